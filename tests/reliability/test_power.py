"""The power goes: whatever part of what was not synced is lost, torn or garbage, everything that anybody was shown or
told is there when the server starts again, in its order; and what was forgotten is not there in any form.

A real server without a network (see `evening.py`) on a folder that is recorded (see `storage.py`). Afterwards the power
is cut at hundreds of moments. The ledger is what went out to people: every view that somebody who leads was shown is
compared with the meeting as the disk had it, event by event. `LINGKAR_LAWS=long` looks at ten times as many moments.
"""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgpack
import msgspec
import pytest
from aiohttp import WSMsgType

from protocol.views import Role
from rooms import core
from rooms.events import Durable
from rooms.state import Kept, Plan, RoomState
from server import backup, entries
from server.database import DATABASE, DataRefused, prepare
from server.directory import Room
from server.formats import FORMATS
from server.frames import Frame
from server.journal import Journal
from server.line import Line
from server.links import KeysUnreadable
from server.record import read
from server.stored import RoomRow, read_rooms
from tests.conftest import FRESH, a_seed
from tests.reliability.storage import Disk, Op, Recorder, library, recording
from tests.server.evening import Evening, Guest, by_hand
from tests.server.evening import Kept as Outlet
from tests.server.person import EVENT, merged
from tests.server.test_interleavings import Crowd

Events = list[tuple[float, Durable]]
Position = tuple[int, int]  # how often the events had begun anew, and how many there are since
MOMENTS = 3000 if FRESH else 150
STEPS = 400  # acts of an evening in each room
HOWS = ("nothing", "everything", "some", "some", "torn")

pytestmark = pytest.mark.skipif(library() is None, reason="SQLite is part of this Python and cannot be listened to")


class Shown(NamedTuple):
    """Somebody who leads was shown this."""

    room: str
    line: int
    view: dict[str, Any]


class Token(NamedTuple):
    """Somebody holds this now."""

    room: str
    name: str
    resume: str


class Told(NamedTuple):
    """The host was told that the room's row is this one now; None: that the room is no more."""

    room: str
    row: RoomRow | None


class Gone(NamedTuple):
    """Nothing of these may be on the disk any more."""

    traces: tuple[bytes, ...]


class Truth(NamedTuple):
    """How it was when nothing had gone wrong yet."""

    meetings: dict[str, list[Events]]  # by room: its events; each time that somebody was erased, they begin anew
    rows: dict[str, list[RoomRow]]  # by room, as it was changed


class Noting(Outlet):
    """What goes out is noted between what the disk does."""

    def __init__(self, recorder: Recorder, line: int) -> None:
        super().__init__()
        self._recorder, self._line = recorder, line
        self._view: dict[str, Any] = {}
        self.room = self.name = ""

    def write(self, item: Frame) -> None:
        super().write(item)
        packet = msgpack.unpackb(item.payload) if item.opcode is WSMsgType.BINARY else {}
        if packet.get("type") != EVENT:
            return
        event, data = packet["data"]
        if event == "snapshot":
            self._view = data["view"]
            if "resume" in data["you"]:
                self._recorder.note(Token(self.room, self.name, data["you"]["resume"]))
        elif event == "patch":
            self._view = merged(self._view, data["patch"])
        else:
            return
        if self._view["sight"] == "lead":
            self._recorder.note(Shown(self.room, self._line, self._view))


class Noted(Guest):
    def __init__(self, server: Evening, recorder: Recorder, line: int) -> None:
        super().__init__(server.sockets, server.loop.time())
        self._outlet: Noting = Noting(recorder, line)
        self.line = Line(self.line._limits, server.sockets, self._outlet, self.line._transport, server.loop.time())

    def knock(self, auth: dict[str, Any]) -> Guest:
        self._outlet.room, self._outlet.name = auth["room"], auth["name"]
        return super().knock(auth)


class Watched(Evening):
    """A server of which everything is noted."""

    def __init__(self, folder: Path, recorder: Recorder) -> None:
        super().__init__(folder)
        self.recorder = recorder
        self._lines = 0

    def guest(self) -> Guest:
        self._lines += 1
        return Noted(self, self.recorder, self._lines)


# What happens


async def an_evening(folder: Path, recorder: Recorder, chance: random.Random) -> Truth:
    """Two meetings at once with anything in any order; rooms and links are made and changed, people erased; at the end
    one meeting is closed, and the other one's room is deleted."""
    server, truth = Watched(folder, recorder), Truth({}, {})
    crowds = [await crowd(server, truth, chance) for _ in range(2)]
    crowds[1].failing = crowds[0].failing  # they have one disk
    for step in range(2 * STEPS):
        one = crowds[step % 2]
        await one.step()
        what = chance.random()
        if what < 0.1:
            one.failing.close()
            await changed(one.room, chance)
            row = one.room.row
            truth.rows[row.id].append(row)
            recorder.note(Told(row.id, row))
        elif what < 0.12:
            one.failing.close()
            await erased(server, truth, one)
    for one, closes in zip(crowds, (True, False), strict=True):
        one.failing.close()
        await begins_anew(server, truth, one.room)
        await over(server, one, closes)
    await server.end()
    return truth


async def crowd(server: Watched, truth: Truth, chance: random.Random) -> Crowd:
    room, people = await server.meeting("Ada", "Budi", "Citra", questions=("Who sent you?",))
    truth.meetings[room.id], truth.rows[room.id] = [], [room.row]
    server.recorder.note(Told(room.id, room.row))
    return Crowd(server, room, list(people), chance)


async def changed(room: Room, chance: random.Random) -> None:
    """The host changes the room or its links."""
    match chance.randrange(4):
        case 0:
            await entries.make(room, Role.PARTICIPANT, 1)
        case 1:
            await entries.renew(room, chance.choice(list(room.row.generations)), 0)
        case 2 if room.row.invites:
            await entries.revoke(room, chance.choice(list(room.row.invites)))
        case _:
            title = str(chance.random())
            await room.rewrite(lambda row: msgspec.structs.replace(row, title=title))


async def begins_anew(server: Watched, truth: Truth, room: Room) -> None:
    """What the disk has of a meeting until now."""
    await server.settled()
    await server._told()
    rows = [row for row in server.journal.meetings() if row.room == room.id]
    truth.meetings[room.id].append(read(rows[0].events))


async def erased(server: Watched, truth: Truth, crowd: Crowd) -> None:
    """Somebody leaves, and wants nothing to be kept."""
    them = [guest for guest in crowd.here if guest is not crowd.lead and guest.you]
    if not them:
        return
    await begins_anew(server, truth, crowd.room)
    guest = crowd.chance.choice(them)
    if "end" in guest.kinds():  # the server had to let them go, when the disk failed
        return
    key = guest.ask("leave", erase=True)
    while not guest.kinds() or key not in guest.answers:  # it is cleared in the journal's own time
        await server.settled()
    assert guest.answers[key]["ok"]
    server.recorder.note(Gone((guest.seat.encode(),)))
    crowd.look()


async def over(server: Watched, crowd: Crowd, closes: bool) -> None:
    room, recorder = crowd.room, server.recorder
    traces = [seat.encode() for seat in room.live.state.kept.seats]
    recorder.note("over")
    if closes:
        crowd.lead.ask("close-meeting")
        await server.settled()
        while room._erasing:
            await server.settled()
    else:
        await server.rooms.delete(room)
        recorder.note(Told(room.id, None))
        traces.append(room.id.encode())
    recorder.note(Gone(tuple(traces)))


# What must be there


class Ledger:
    """What people and the host know, up to a moment."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self.positions = {room: _positions(eras) for room, eras in truth.meetings.items()}
        self.needed: dict[str, Position] = dict.fromkeys(truth.meetings, (0, 0))  # without this, a view cannot be
        self.tokens: dict[str, Token] = {}
        self.told: dict[str, RoomRow | None] = {}
        self.gone: list[bytes] = []
        self.ending = False
        self._seen: dict[int, Position] = {}  # how far each connection has come

    def take(self, note: object) -> None:
        match note:
            case Shown(room, line, view) if not self.ending:
                self._seen[line] = self._where(room, view, self._seen.get(line, (0, 0)))
                self.needed[room] = max(self.needed[room], self._seen[line])
            case Token(_, _, resume):
                self.tokens[resume] = note
            case Told(room, row):
                self.told[room] = row
            case Gone(traces):
                self.gone += traces
            case "over":
                self.ending = True

    def _where(self, room: str, view: dict[str, Any], since: Position) -> Position:
        """The first state of the meeting, as the disk came to have it, that looks like this view."""
        for position in self.positions[room].get(_of_view(view), ()):
            if position >= since:
                return position
        raise AssertionError(f"what was shown was never stored: {_of_view(view)!r}")


def _positions(eras: Sequence[Events]) -> dict[bytes, list[Position]]:
    """Where a meeting looked how."""
    found: dict[bytes, list[Position]] = {}
    for era, events in enumerate(eras):
        state = RoomState(Plan("", FORMATS["simple"]))
        found.setdefault(_of_kept(state.kept), []).append((era, 0))
        for n, (at, event) in enumerate(events, 1):
            state = core.evolve(state, event, at)
            found.setdefault(_of_kept(state.kept), []).append((era, n))
    return found


def _of_kept(kept: Kept) -> bytes:
    inside = {id: (seat.role, seat.turns) for id, seat in kept.seats.items() if seat.inside}
    door = {id: (seat.role, seat.admitted, seat.agreed > 0) for id, seat in kept.seats.items() if not seat.inside}
    hands = {id: (hand.seat, hand.kind, hand.reason) for id, hand in kept.hands.items()}
    turns = {id: (turn.seat, turn.state, float(turn.budget), turn.over) for id, turn in kept.turns.items()}
    hold = kept.hold.why if kept.hold else None
    order = (list(kept.queue), kept.queue_version, kept.queue_open, kept.floor, hold, list(kept.successors))
    return msgspec.json.encode((kept.meeting, inside, door, hands, turns, order), order="sorted")


def _of_view(view: dict[str, Any]) -> bytes:
    inside = {id: (seat["role"], seat.get("turns", 0)) for id, seat in view["people"].items()}
    door = {
        id: (seat["role"], seat.get("admitted", False), seat.get("agreed", False))
        for id, seat in view.get("waiting", {}).items()
    }
    hands = {id: (hand["seat"], hand["kind"], hand["reason"]) for id, hand in view["hands"].items()}
    turns = {
        id: (turn["seat"], turn["state"], float(turn["budget"]), turn.get("over", False))
        for id, turn in view["turns"].items()
    }
    floor = (view["floor"], view.get("hold"), view.get("successors", []))
    order = (view["queue"], view["queue_version"], view["queue_open"], *floor)
    return msgspec.json.encode((view["meeting"], inside, door, hands, turns, order), order="sorted")


# After the power came back


async def looked_at(folder: Path, files: dict[str, bytes], ledger: Ledger, people: bool) -> None:
    """What the next server finds is what was promised, and with `people`, everybody comes back to it."""
    assert not [trace for trace in ledger.gone if any(trace in content for content in files.values())]
    made(folder, files)
    journal = Journal.open(folder)
    rooms, meetings = journal.rooms(), {row.room: row for row in journal.meetings()}
    await journal.close()
    _rooms_are(rooms, ledger)
    for room, needed in ledger.needed.items():
        found = read(meetings[room].events) if room in meetings else []
        _goes_on(found, ledger.truth.meetings[room], needed, ledger.ending)
    if people:
        await _people_are(folder, ledger)
    content = there(folder)
    assert not [trace for trace in ledger.gone if trace in content]


def there(folder: Path) -> bytes:
    """All files in one."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def made(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _rooms_are(rooms: Sequence[RoomRow], ledger: Ledger) -> None:
    found = {row.id: row for row in rooms}
    for room, told in ledger.told.items():
        if told is None:
            assert room not in found
        elif not ledger.ending:
            known = ledger.truth.rows[room]
            assert found[room] in known[known.index(told) :], "a room is as it was before"


def _goes_on(found: Events, eras: Sequence[Events], needed: Position, ending: bool) -> None:
    """A meeting has as much as was shown, or more, and nothing else."""
    if ending:
        assert not found or found[: len(eras[-1])] == eras[-1]  # erased is erased as a whole
        return
    fits = [(era, len(found)) for era, events in enumerate(eras) if found == events[: len(found)]]
    assert fits, "there are other events than there ever were"
    assert max(fits) >= needed, f"{needed} was shown, {fits} is there"


async def _people_are(folder: Path, ledger: Ledger) -> None:
    """Whoever has a seat has it again, as it was; whoever has none does not come in."""
    server = Evening(folder)
    back: dict[tuple[str, str], Guest] = {}
    for token in ledger.tokens.values():
        said = server.keys.read_resume(token.resume)
        assert said is not None, "the key is another one"
        room = server.rooms.find(token.room)
        guest = server.guest()
        guest.knock({"v": 1, "room": token.room, "resume": token.resume, "name": token.name})
        if room is not None and room.live.meeting == said.meeting and said.seat in room.live.state.kept.seats:
            back[token.room, said.seat] = guest
        else:
            await server.at(server.time + 1)
            assert guest.code == "no-entry"
    await server.at(server.time + 1)
    for (id, seat), guest in back.items():
        room = server.rooms.find(id)
        assert room is not None
        kept = room.live.state.kept.seats[seat]
        assert (guest.you["seat"], guest.you["role"]) == (seat, kept.role)
        assert (guest.view["sight"] == "door") is not kept.inside
    await server.end()


def moments(ops: Sequence[Op], chance: random.Random) -> list[int]:
    """When to cut: anywhere, and more often where not just a log grows."""
    everywhere = [n for n, op in enumerate(ops) if op.kind != "note"]
    log = {op.file for op in ops if op.name.endswith("-wal")}
    seldom = [n for n in everywhere if ops[n].file not in log or ops[n].kind not in ("write", "sync")]
    chosen = chance.choices(everywhere, k=MOMENTS * 2 // 3) + chance.choices(seldom, k=MOMENTS // 3)
    return sorted(set(chosen))


def cut(tmp_path: Path, chance: random.Random, ops: Sequence[Op], truth: Truth) -> int:
    """Cut the power at many moments; the number of disks that were looked at."""
    disk, ledger, looked = Disk(), Ledger(truth), 0

    async def look() -> None:
        nonlocal looked
        chosen = set(moments(ops, chance))
        for n, op in enumerate(ops):
            if op.kind == "note":
                ledger.take(op.note)
                continue
            if n in chosen:
                # just before it is done: everything that went out until now is known
                for how in [chance.choice(HOWS), chance.choice(HOWS)]:
                    looked += 1
                    await looked_at(tmp_path / f"{looked}", disk.image(chance, how), ledger, looked % 5 == 0)
                    shutil.rmtree(tmp_path / f"{looked}")
            disk.take(op)

    by_hand(look())
    return looked


def recorded(tmp_path: Path, chance: random.Random, syncs: bool = True) -> tuple[list[Op], Truth]:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    found: list[Truth] = []

    async def play() -> None:
        found.append(await an_evening(folder, recorder, chance))

    with recording(folder, syncs) as recorder:
        by_hand(play())
    return recorder.ops, found[0]


@pytest.mark.timeout(3600 if FRESH else 120)
@pytest.mark.parametrize("number", range(3))
def test_whatever_the_disk_lost_nobody_lost_anything(number: int, tmp_path: Path) -> None:
    chance = random.Random(a_seed() + number)
    ops, truth = recorded(tmp_path, chance)
    assert sum(len(events) for eras in truth.meetings.values() for events in eras) > 60
    looked = cut(tmp_path, chance, ops, truth)
    print(f"{looked} disks after {len(ops)} operations")


def test_a_disk_that_lies_is_found_out(tmp_path: Path) -> None:
    """The test above can fail: where syncing does nothing, something is missing."""
    chance = random.Random(a_seed())
    ops, truth = recorded(tmp_path, chance, syncs=False)
    with pytest.raises((AssertionError, DataRefused, KeysUnreadable)):
        cut(tmp_path, chance, ops, truth)


def test_rooms_are_restored_wholly_or_not_at_all(tmp_path: Path) -> None:
    """And once `lingkar restore` has said so, no link of before opens anything any more."""
    chance, folder = random.Random(a_seed()), tmp_path / "data"
    folder.mkdir()
    before: list[RoomRow] = []

    async def play() -> None:
        server = Evening(folder)
        for _ in range(3):
            await server.room()
        before.extend(server.journal.rooms())
        await server.end()

    with recording(folder) as recorder:
        by_hand(play())
        backup.write(folder, tmp_path / "saved")
        began = len(recorder.ops)
        assert backup.restore(folder, tmp_path / "saved") == 3
        ended = len(recorder.ops)
    after = read_rooms(folder / DATABASE)
    disk, found = Disk(), list[bool]()
    for n, op in enumerate([*recorder.ops, Op("note")]):
        for how in HOWS * 4 if n >= began else ():
            again = tmp_path / "again"
            made(again, disk.image(chance, how))
            rooms = read_rooms(prepare(again))
            assert rooms in (before, after)
            assert n < ended or rooms == after
            found.append(rooms == after)
            shutil.rmtree(again)
        disk.take(op)
    assert {True, False} == set(found)
