"""Whatever may come: commands of the right kind with anything in them, and requests that were bent.

`LINGKAR_LAWS` takes other ways each time, and `LINGKAR_LONG` many more of them.
"""

import asyncio
import contextlib
import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import inspect as shape

from protocol import asked, commands
from protocol.errors import Code
from tests.conftest import a_seed
from tests.reliability.faults.beside import beside
from tests.reliability.faults.raw import Wire, request
from tests.server.evening import Evening, Guest, by_hand
from tests.server.running import House, Running

LONG = bool(os.environ.get("LINGKAR_LONG"))
COMMANDS = 10_000 if LONG else 2_000
REQUESTS = 5_000 if LONG else 400
MOMENT = 0.5  # seconds that somebody waits for an answer before they give up
AT_ONCE = 15  # commands in a second: nobody is too fast
ANYTHING: Sequence[Any] = (
    None, True, False, 0, 1, -1, 2**53, -(2**53), 0.5, 1e300, -1e300, "", "x", "t1", "h1", "x" * 24, "x" * 300, "\0",
    "\u202e", "Z" + "\u0335" * 100, [], [""], ["x"] * 3, {}, {"a": {}}, "share", "process", "participant", "host",
)  # fmt: skip


class Typewriter:
    """Writes commands and questions: fields that are right, nearly right, wrong, missing, or too many."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.kinds = [(event, shape.type_info(kind)) for event, union in EVENTS for kind in get_args(union)]

    def write(self, guests: Sequence[Guest]) -> tuple[str, dict[str, Any]]:
        event, kind = self.chance.choice(self.kinds)
        assert isinstance(kind, shape.StructType)
        known = [found for guest in guests for found in ids(guest.view)] or ["x"]
        fields: dict[str, Any] = {"type": kind.tag}
        for field in kind.fields:
            match self.chance.randrange(8):
                case 0:
                    fields[field.encode_name] = self.chance.choice(ANYTHING)
                case 1:
                    pass
                case 2:
                    fields[field.encode_name] = self.chance.randrange(-5, 400)
                case _:
                    fields[field.encode_name] = self.fitting(field.encode_name, known, guests)
        if self.chance.random() < 0.05:
            fields[self.chance.choice(("x", "seat", "by", "now"))] = self.chance.choice(ANYTHING)
        return event, fields

    def fitting(self, name: str, known: list[str], guests: Sequence[Guest]) -> Any:
        """What may well stand there."""
        view = guests[0].view
        fit: dict[str, Any] = {
            "queue": view.get("queue_version", 0),
            "version": 1,
            "until": self.chance.uniform(0, 5000),
            "kind": self.chance.choice(("share", "respond", "question", "process")),
            "later": True,
            "erase": self.chance.random() < 0.5,
            "answers": ["x"],
            "role": "participant",
            "hours": 1,
            "link": self.chance.choice(("participant", "facilitator", "host", "invite-1")),
            "floor": view.get("floor", ""),
        }
        words = {"note", "reason", "text"}
        return fit.get(name, "words" if name in words else self.chance.choice(known))


EVENTS = (("command", commands.Command), ("ask", asked.Asked))


def ids(view: dict[str, Any]) -> list[str]:
    parts = ("people", "waiting", "hands", "turns", "removed", "proposals")
    return [id for part in parts for id in view.get(part, {})]


def test_commands_with_anything_in_them(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Each is answered with a code of the protocol, none is a bug of ours, and what people see stays what is."""
    by_hand(typed(tmp_path, random.Random(a_seed())))
    assert caplog.text == ""


async def typed(folder: Path, chance: random.Random) -> None:
    server = Evening(folder / "data")
    typewriter = Typewriter(chance)
    try:
        codes: Counter[str | None] = Counter()
        while codes.total() < COMMANDS:
            codes.update(await one_evening(server, typewriter, chance))
        print(codes)
        assert codes[None] > COMMANDS / 20  # much of it was done
        assert len(codes) > 15
    finally:
        await server.end()


async def one_evening(server: Evening, typewriter: Typewriter, chance: random.Random) -> list[str | None]:
    """Some people, and what is written in their name, until those who lead are gone or it is enough."""
    room, people = await server.meeting("Ada", "Budi", "Citra", "Dewi", seats=chance.choice((0, 4)))
    host = server.knock(room, "Hana", "host")
    door = server.knock(room, "Gita")
    host.ask("accept-agreement", version=1)
    guests = [*people, host, door]
    asked_for = []
    for _ in range(20):
        here = [guest for guest in guests if guest.line.connected]
        for _ in range(AT_ONCE * bool(here)):
            guest = chance.choice(here)
            asked_for.append((guest, guest.emit(*typewriter.write(here))))
        await server.at(server.time + 1)
        for guest in guests:
            assert guest.gaps == 0
            assert set(guest.view.get("queue", [])) <= set(guest.view.get("hands", []))
    codes = [guest.answers[key].get("code") for guest, key in asked_for if key in guest.answers]
    assert set(codes) - {None} <= {code.value for code in Code} - {Code.INTERNAL.value}
    await server.at(server.time + 3)
    here = [guest for guest in guests if guest.line.connected]
    shown = [guest.view for guest in here]
    for guest in here:
        guest.emit("resync", {})
    await server.settled()
    assert [guest.kinds()[-1] for guest in here] == ["snapshot"] * len(here)
    assert [guest.view for guest in here] == shown
    return codes


async def test_requests_that_were_bent(server: Running) -> None:
    """Bytes lost, doubled, changed, cut: answered with a code or ended, and the next one is served."""
    chance = random.Random(a_seed())
    async with beside(server) as home:
        good = [
            request("GET", "/"),
            request("GET", "/r/room", "Accept: text/html", "Accept-Encoding: gzip, br"),
            request("GET", "/api/rooms", f"Authorization: Bearer {server.token[:-1]}x"),
            request(
                "POST", "/api/rooms", "Content-Type: application/json", "Content-Length: 13", body=b'{"title":"x"}'
            ),
            request("POST", "/api/rooms", "Transfer-Encoding: chunked", body=b"5\r\nhello\r\n0\r\n\r\n"),
            request("GET", "/socket.io/?EIO=4&transport=websocket", f"Origin: {server.url}", "Upgrade: websocket"),
        ]
        for start in range(0, REQUESTS, 20):
            some = [bent(chance, chance.choice(good)) for _ in range(min(20, REQUESTS - start))]
            found = await asyncio.gather(*(first_answer(home, data + b"\r\n\r\n") for data in some))
            assert all(status == 0 or 200 <= status < 500 for status in found)
        assert await home.health() == (200, "ok")


async def first_answer(home: House, data: bytes) -> int:
    """Its status; 0 when there is none: the connection was ended, or the server waits for more of the request."""
    wire = await Wire.open(home)
    try:
        with contextlib.suppress(ConnectionError):
            await wire.send(data)
        head = await wire.read(12, within=MOMENT)
    except TimeoutError:
        return 0
    finally:
        wire.close()
    return int(head[9:12]) if head.startswith(b"HTTP/1.1 ") else 0


def bent(chance: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found))
        match chance.randrange(5):
            case 0:
                del found[at : at + chance.randint(1, 20)]
            case 1:
                found[at:at] = found[: chance.randint(1, 60)]
            case 2:
                found[at] = chance.randrange(256)
            case 3:
                found[at:at] = chance.choice((b"\r\n", b"\r", b"\n", b"\0", b": ", b"Transfer-Encoding: chunked\r\n"))
            case _:
                found[at:at] = b"9" * chance.randint(1, 30)
        if not found:
            return data
    return bytes(found)
