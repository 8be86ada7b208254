"""One more busy room (see `lives.py`): a round goes around, the piece is passed, silences are held, the bell rings,
time is asked for, questions are allowed into turns; order, phase and format change, all while the server may die.

Each act makes an event that nothing else makes. Whoever asked keeps the acts that were acknowledged, in order; in the
meeting that the dead server left they are, in that order, and no more of them than were asked for.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from rooms import core
from rooms.events import Durable
from rooms.state import Kept, Plan
from server.database import DATABASE
from server.record import read
from server.stored import read_meetings
from tests.reliability.lives import Facts, Life, Somebody
from tests.reliability.practice import FORMAT, anything, faults, line, place_of_each

MADE = {  # the event of an act, and which of its fields tells whose, or what, it is
    "accept-floor": ("floor-accepted", "turn"),
    "give-floor": ("floor-given", "seat"),
    "hold-silence": ("turn-hushed", "turn"),
    "ask-time": ("time-asked", "turn"),
    "allow-question": ("turn-interposed", "turn"),
    "undo-end": ("turn-restored", "turn"),
    "pass-round": ("round-passed", "seat"),
    "take-floor": ("floor-taken", "seat"),
    "ring-bell": ("bell-rung", "seat"),
    "set-phase": ("phase-began", "phase"),
    "equalise": ("equalised", "extra"),
    "begin-silence": ("room-held", "why"),
    "end-round": ("round-ended", "left"),
}
ONCE = frozenset(
    ("floor-accepted", "turn-hushed", "time-asked", "turn-interposed", "turn-restored", "bell-rung")
)  # by nothing else
RARE = frozenset(("ring-bell", "begin-silence", "begin-break", "pass-round", "send-signal", "defer-hand"))
Made = tuple[str, object]
CALM = {"pause": 0, "turn": 10, "warning": 9, "grace": 10, "offer": 600, "breath": 3, "consent_for": 10}


def formats() -> list[dict[str, Any]]:
    """The same, twice, under two titles: nobody loses anything by the one or the other."""
    plain = msgspec.to_builtins(FORMAT)
    phases = [phase | CALM for phase in plain["phases"] if phase.get("floor") not in ("silence", "break")]
    return [plain | {"phases": phases, "title": title} for title in ("Kamis", "Jumat")]


class Practice(Life):
    """The first one leads, the others take part."""

    rows = 0  # that were looked at
    left = Kept()  # by the last server

    @classmethod
    async def begin(cls, *who: Any, **plan: Any) -> "Practice":
        found: Practice = await super().begin(*who, format=formats()[0], **plan)
        return found

    async def prepare(self) -> None:
        self.acts: dict[str, list[Made]] = {person.seat: [] for person in self.people}
        self.open: dict[str, Made] = {}
        if self.lead.view.get("hold"):
            await self.lead.ask("resume-room")
        for person in self.people:
            turn = person.view["turns"].get(person.line.you.get("turn", ""))
            if turn and turn["state"] == "paused":
                await person.line.ask("resume-turn", turn=person.line.you["turn"])
        self.ledger.sure.setdefault(("format", self.room.id), "Kamis")

    def busy(self) -> Sequence[Awaitable[None]]:
        def act(person: Somebody) -> Callable[[], Awaitable[object]]:
            return lambda: self.takes_part(person)

        return [*(self.until_dead(act(person)) for person in self.people), self.until_dead(self.reform, 0.5)]

    async def takes_part(self, person: Somebody) -> None:
        line = person.line
        if self.chance.random() < 0.03:
            await person.flicker(self.chance)
            return
        act = anything(self.chance, line.view, line.you, MADE.keys() - RARE)
        if act is None or (act[0] in RARE and self.chance.random() < 0.8):
            return
        type, fields = act
        made = self.made(type, fields, person.seat)
        if made:
            self.open[person.seat] = made
        done = (await line.ask(type, **fields))["ok"]
        self.open.pop(person.seat, None)
        if done:
            self.ledger.kinds[type] += 1
            if made:
                self.acts[person.seat].append(made)

    def made(self, type: str, fields: dict[str, Any], seat: str) -> Made | None:
        """The event that this act makes; none where it makes nothing, or what others make as well."""
        view = self.lead.view
        if type == "set-phase" and fields["phase"] == view["phase"]:
            return None
        if type == "equalise":  # asked for twice, it happens once
            return None
        if type not in MADE:
            return None
        kind, field = MADE[type]
        own = {"seat": seat, "why": "silence", "left": True}
        return kind, fields.get(field, own.get(field))

    async def reform(self) -> None:
        """The host gives the room another format."""
        key = ("format", self.room.id)
        form = formats()[self.ledger.sure[key] == "Kamis"]
        await self.ledger.ask("change format", key, form["title"], self.patched({"format": form}))

    async def patched(self, body: object) -> bool:
        status, said = await self.home.api("PATCH", f"/api/rooms/{self.room.id}", body)
        assert status in (200, 409), said
        return status == 200

    def on_disk(self, folder: Path) -> list[str]:
        events = self.events(folder)
        self.left = core.replay(Plan("", FORMAT), events).kept
        names = [(str(type(event).__struct_config__.tag), event) for _, event in events[self.rows :]]
        fields = dict(MADE.values())
        found = [(name, getattr(event, fields[name])) for name, event in names if name in fields]
        self.rows = len(events)
        wrong = faults(self.left)
        for seat, acts in self.acts.items():
            rest = iter(found)
            wrong += [f"{act} of {seat} is lost, or not in its place" for act in acts if act not in rest]
        asked = Counter(act for acts in self.acts.values() for act in acts) + Counter(self.open.values())
        often = Counter(act for act in found if act[0] in ONCE)
        return wrong + [f"{act} happened {n} times" for act, n in often.items() if n > asked[act]]

    def events(self, folder: Path) -> list[tuple[float, Durable]]:
        """Of a copy: the next server finds the folder as it was left."""
        with tempfile.TemporaryDirectory() as copy:
            for path in folder.glob(f"{DATABASE}*"):
                shutil.copy(path, copy)
            [row] = [row for row in read_meetings(Path(copy) / DATABASE) if row.room == self.room.id]
        return read(row.events)

    async def found(self) -> Facts:
        return {("format", self.room.id): self.lead.view["format_title"]}

    def doubles(self) -> int:
        """In an open floor two may speak."""
        super().doubles()
        return 0

    def wrong(self) -> list[str]:
        """Beside the acts: the same phase, order, round and line of hands as the dead server left."""
        view, left = self.lead.view, self.left
        seen = {"phase": view["phase"], "extra": view.get("extra", 0), "given": view.get("given", "")}
        was: dict[str, Any] = {"phase": left.phase, "extra": left.extra, "given": left.given}
        was["given"] = was["given"] if seen["given"] else ""  # is offered it by now
        wrong = [f"{name} was {was[name]} and is {seen[name]}" for name in was if was[name] != seen[name]]
        now = [(hand, view["hands"][hand]["reason"]) for hand in view["queue"]]
        stood = [(hand, str(why)) for hand, why in line(left) if hand in view["hands"]]
        if [one for one in now if one in stood] != stood:
            wrong.append(f"the line was {stood} and is {now}")
        places = place_of_each(left)
        if places and places["waiting"] and "round" in view:
            offered = [turn["seat"] for turn in view["turns"].values() if turn["state"] == "offered"]
            waiting = {*view["round"]["waiting"], *offered}
            forgotten = [seat for seat in places["waiting"] if seat not in waiting]
            twice = [seat for seat in view["round"]["waiting"] if seat in places["had"]]
            if forgotten or twice or view["round"].get("had", 0) != len(places["had"]):
                wrong.append(f"the round was {places} and is {view['round']}")
        return wrong
