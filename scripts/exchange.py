"""What went over the wire between people and a real server, written so that it is the same each time.

Ids of rooms and connections, secrets and tokens get stand-ins. Moments do, too: each step of the story has a time of
its own, and what happened in it is told with that time. Nothing else is changed, and nothing is left out unless an
`…` says so.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import aiohttp

from tests.server.person import ACK, CONNECT, EVENT, Person

WIDTH = 112  # characters of a line
# Seconds from what happens to a moment that is told with it: itself, back after a drop, an offer, the floor of somebody
# who dropped, a turn.
LENGTHS = (0.0, 20.0, 40.0, 120.0, 180.0)
SLACK = 9.0  # seconds that a step may take at most: less than half of what those are apart
MOMENTS = {"now", "since", "ends_at", "waits_until", "rests_until", "phase_since", "at", "until"}
NOTHING = "h0"  # a hand that nobody has: asked about to learn that everything before has been heard


class Packet(NamedTuple):
    """`sent`: by the person, else by the server."""

    sent: bool
    data: dict[str, Any]


class Noted(Person):
    """Somebody whose packets are written down."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        super().__init__(session, url)
        self.packets: list[Packet] = []
        self._barriers: set[int] = set()

    async def pack(self, packet: object) -> None:
        assert isinstance(packet, dict)
        if _asks_nothing(packet):
            self._barriers.add(packet["id"])
        else:
            self.packets.append(Packet(True, packet))
        await super().pack(packet)

    async def _take(self, packet: dict[str, Any]) -> None:
        if not (packet["type"] == ACK and packet["id"] in self._barriers):
            self.packets.append(Packet(False, packet))
        await super()._take(packet)

    async def caught_up(self) -> None:
        """Everything that was sent to them before now has come."""
        await self.ask("lower-hand", hand=NOTHING)

    def news(self) -> list[Packet]:
        """What was written down since the last time."""
        found, self.packets = self.packets, []
        return found


def _asks_nothing(packet: Mapping[str, Any]) -> bool:
    data = packet.get("data")
    return packet["type"] == EVENT and isinstance(data, list) and data[-1] == {"type": "lower-hand", "hand": NOTHING}


class StandIns:
    """What is told in the place of what is never the same twice. `step` says at what time of the story we are."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._moments: dict[float, float] = {0.0: 0.0}
        self._step, self._real, self._turn = 0.0, 0.0, ""
        self._ends: dict[str, float] = {}  # by turn: when it would end, while its clock runs
        self.lengths = {length: length for length in LENGTHS}  # as they are: as they are told
        self.spoken: dict[str, int] = {}  # by seat: for how many seconds in turns that are over

    def step(self, at: float, real: float) -> None:
        """`real`: meeting time as the server has it, at the beginning of the step; `at`: as the story has it."""
        self._step, self._real = at, real

    def text(self, real: str, told: str) -> str:
        self._texts[real] = told
        return real

    def told(self, value: Any, key: str = "") -> Any:
        """A document with its stand-ins."""
        if isinstance(value, dict):
            self._turn = value.get("turn", self._turn)
            return {self.told(name): self._inner(key, name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.told(inner) for inner in value]
        if isinstance(value, str):
            return self._words(value)
        if isinstance(value, float) and key in MOMENTS:
            return self._moment(value, key)
        if key == "left" and isinstance(value, float) and not value.is_integer():
            return self._left(value)
        return _plain(value)

    def _words(self, text: str) -> str:
        for real, told in self._texts.items():
            text = text.replace(real, told)
        return text

    def _moment(self, real: float, key: str) -> Any:
        if real not in self._moments:
            base, length = min(((real - length, told) for length, told in self.lengths.items()), key=self._distance)
            assert abs(base - self._real) < SLACK, f"{key} {real} is of no step"
            self._moments[real] = self._step + length
        if key == "ends_at":
            self._ends[self._turn] = self._moments[real]
        return _plain(self._moments[real])

    def _distance(self, candidate: tuple[float, float]) -> float:
        return abs(candidate[0] - self._real)

    def _left(self, real: float) -> Any:
        """Seconds of a clock that stands still: until the end that it had, from the step in which it stopped."""
        told = self.lengths.setdefault(real, self._ends[self._turn] - self._step)
        return _plain(told)

    def _inner(self, key: str, name: str, inner: Any) -> Any:
        if key == "turns":
            self._turn = name
        if name in self.spoken and isinstance(inner, dict) and "spoken" in inner:
            inner = {**inner, "spoken": self.spoken[name]}
        return self.told(inner, name)


def _plain(value: Any) -> Any:  # 180.0 is told as 180
    return int(value) if isinstance(value, float) and value.is_integer() else value


def kind(packet: Packet) -> str:
    """The event that it is, if it is one."""
    return str(packet.data["data"][0]) if packet.data["type"] == EVENT else ""


def written(packet: Packet, stand: StandIns) -> tuple[str, Any]:
    """A packet as people read it: what it is, and what it carries. Nobody is turned away in the story."""
    data = stand.told(packet.data)
    match data["type"]:
        case type if type == EVENT:
            return data["data"][0], data["data"][1] if len(data["data"]) > 1 else None
        case type if type == ACK:
            return "answer", data["data"][0]
        case type if type == CONNECT:
            return "connect", data.get("data")
    return "disconnect", None


def lines(who: str, packets: Iterable[Packet], stand: StandIns) -> str:
    """Several packets, one below the other."""
    found = []
    for packet in packets:
        name, carried = written(packet, stand)
        head = f"{who} {'>' if packet.sent else '<'} {name}"
        found.append(head if carried is None else f"{head:<{len(who) + 12}} {laid_out(carried, len(who) + 13)}")
    return "\n".join(found)


def laid_out(value: Any, used: int = 0, indent: str = "") -> str:
    """JSON in as few lines as fit; `used`: characters that stand before it on its first line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + used + len(flat) <= WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [
            f"{inner}{json.dumps(key)}: {laid_out(each, len(json.dumps(key)) + 3, inner)}"
            for key, each in value.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    if all(isinstance(each, str) for each in value):
        return _filled([json.dumps(each, ensure_ascii=False) for each in value], inner, indent)
    return "[\n" + ",\n".join(inner + laid_out(each, 1, inner) for each in value) + f"\n{indent}]"


def _filled(words: Sequence[str], inner: str, indent: str) -> str:
    """A long list of words, several on a line."""
    rows: list[str] = []
    row = inner
    for word in words:
        if len(row) + len(word) + 1 > WIDTH:
            rows, row = [*rows, row.rstrip()], inner
        row += word + ", "
    return "[\n" + "\n".join([*rows, row.rstrip(", ")]) + f"\n{indent}]"


def sound(answer: str, stand: StandIns) -> str:
    """An SDP answer with stand-ins for what is drawn by lot."""
    for pattern, told in (
        (r"(?<=a=ice-ufrag:)\S+", "Qm4x"),
        (r"(?<=a=ice-pwd:)\S+", "the-password-of-this-connection"),
        (r"(?<=a=fingerprint:sha-256 )\S+", "6F:1A:…:90"),
        (r"(?<=127\.0\.0\.1 )\d+", "40000"),
        (r"(?<=o=- )\d+ \d+", "1 1"),
        (r"(?<=a=candidate:)\S+", "1"),
        (r"(?<=a=ssrc:)\d+", "1001"),
        (r"(?<=a=msid:)\S+ \S+", "lingkar voice"),
        (r"(?<=cname:)\S+", "lingkar"),
    ):
        for real in re.findall(pattern, answer):
            answer = answer.replace(real, told)
    return str(stand.told(answer)).replace("\r\n", "\n").strip()
