"""Rounds, silence, bell, order and asking for time, by the hand clock: the server dies, the disk fails or somebody is
erased in the middle of them. What was acknowledged is there, what was not has not happened, and of whoever went nothing
stays."""

import asyncio
import contextlib
import random
import shutil
import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from protocol.formats import Format, Phase
from protocol.views import TurnState
from rooms import core
from rooms.state import Kept, RoomState, present
from server.database import DATABASE
from server.directory import Room
from server.record import read
from server.stored import read_meetings, read_rooms
from tests.conftest import FRESH, a_seed
from tests.reliability.practice import FORMAT, PHASES, anything, changed, faults, line
from tests.server.evening import Evening, Guest, evening
from tests.server.test_cli import lingkar
from tests.server.test_forget import in_files, in_memory

NAMES = ("Ada", "Budi", "Citra", "Dewi", "Eka")
SECONDS = (0, 0, 0.1, 0.1, 1, 2.5, 5, 20, 61)


class Stage:
    """A meeting in that format, and the people of it; the first one leads."""

    def __init__(self, server: Evening, room: Room, people: Sequence[Guest]) -> None:
        self.server, self.room = server, room
        self.people = {guest.name: guest for guest in people}
        self.seats = {guest.name: guest.seat for guest in people}

    @classmethod
    async def begin(cls, server: Evening, phase: str = "round") -> "Stage":
        room, people = await server.meeting(*NAMES, format=FORMAT.name, own=FORMAT)
        self = cls(server, room, people)
        if phase != "round":
            await self.do("Ada", "set-phase", phase=phase)
            await self.on(2)
        return self

    @property
    def state(self) -> RoomState:
        return self.room.live.state

    @property
    def kept(self) -> Kept:
        return self.state.kept

    def seat(self, name: str) -> str:
        return self.seats[name]

    def names(self, seats: Sequence[str]) -> list[str]:
        known = {seat: name for name, seat in self.seats.items()}
        return [known[seat] for seat in seats]

    async def on(self, seconds: float) -> None:
        await self.server.at(self.server.time + seconds)

    async def ask(self, name: str, type: str, **fields: Any) -> dict[str, Any]:
        """The answer; `turn` is one's own where it is left out."""
        guest = self.people[name]
        if type in OWN_TURN and "turn" not in fields:
            fields = {"turn": guest.turn} | fields
        key = guest.ask(type, **fields)
        await self.server.settled()
        while key not in guest.answers:  # what is erased is cleared in the thread's own time
            await self.server.settled()
            assert guest.heard
        return guest.answers[key]

    async def do(self, name: str, type: str, **fields: Any) -> None:
        answer = await self.ask(name, type, **fields)
        assert answer["ok"], (name, type, fields, answer)

    async def speaks(self, name: str) -> None:
        """They have the floor."""
        await self.do("Ada", "call-on", seat=self.seat(name))
        await self.on(2)
        await self.do(name, "accept-floor")

    async def crash(self, *back: str) -> Kept:
        """The server dies, and starts again; those come back, or everybody. The meeting in that moment."""
        self.server = await self.server.crash(self.server.folder.with_name(self.server.folder.name + "-"))
        [self.room] = self.server.rooms.rooms()
        for name in back or self.people:
            self.people[name] = self.server.back(self.people[name])
        await self.server.settled()
        found = self.kept
        await self.on(0.25)  # and now they have been shown it
        return found

    def stored(self) -> Kept:
        """What the disk makes of it."""
        [row] = self.server.journal.meetings()
        return core.replay(self.state.plan, read(row.events)).kept

    def rows(self) -> int:
        [row] = self.server.journal.meetings()
        return len(row.events)

    def state_of(self, name: str) -> str:
        turn = next((turn for turn in self.kept.turns.values() if turn.seat == self.seat(name)), None)
        return str(turn.state) if turn else ""


OWN_TURN = ("accept-floor", "pass-floor", "finish-turn", "give-floor", "hold-silence", "ask-time", "resume-turn")


# The server dies


@pytest.mark.parametrize("number", range(200 if FRESH else 4))
def test_a_practice_goes_on_where_it_was(number: int, tmp_path: Any) -> None:
    """Anything that one may do, at any moment; each time that the server dies, the meeting is what it was."""
    chance = random.Random(a_seed() + number)

    @evening
    async def scene(server: Evening) -> None:
        stage = await Stage.begin(server, chance.choice(FORMAT.phases).name)
        for _ in range(4):
            for _ in range(40):
                name = chance.choice(NAMES)
                guest = stage.people[name]
                act = anything(chance, guest.view, guest.you)
                if act:
                    await stage.ask(name, act[0], **act[1])
                await stage.on(chance.choice(SECONDS))
                assert not faults(stage.kept)
            before = stage.kept
            after = await stage.crash()
            assert not changed(before, after)
            assert not faults(after)
            was = [one for one in line(before) if one[0] in after.hands]
            assert [one for one in line(after) if one in was] == was
            assert {hand.seat for hand in before.hands.values()} <= {
                *(hand.seat for hand in after.hands.values()),
                *(turn.seat for turn in after.turns.values()),
            }
            assert stage.stored() == stage.kept
            assert stage.state.live.prompt == ""

    scene(tmp_path)


@evening
async def test_a_round_through_five_deaths(server: Evening) -> None:
    """Everybody speaks once who wants to; nobody is offered it after a turn, nobody is forgotten."""
    stage = await Stage.begin(server)
    await stage.do("Ada", "pass-floor")
    await stage.on(2)
    await stage.do("Budi", "accept-floor")
    await stage.do("Citra", "pass-round")
    await stage.crash()
    around = stage.kept.round
    assert around is not None
    assert [stage.names(part) for part in (around.waiting, around.again, around.had)] == [
        ["Dewi", "Eka"],
        ["Ada", "Citra"],
        ["Budi"],
    ]
    await stage.do("Budi", "resume-turn")
    await stage.do("Budi", "give-floor", seat=stage.seat("Eka"))
    await stage.crash()
    assert stage.names([stage.kept.given]) == ["Eka"]
    await stage.on(3)
    assert stage.state_of("Eka") == "offered"
    await stage.crash()  # while she was offered it: as whenever a connection is lost then, she is where she was
    await stage.on(3)
    assert [stage.state_of(name) for name in NAMES] == ["", "", "", "offered", ""]
    await stage.do("Dewi", "pass-floor")
    await stage.on(3)
    await stage.do("Eka", "accept-floor")
    await stage.do("Eka", "finish-turn")
    await stage.on(3)  # the second sweep
    await stage.crash()
    await stage.on(3)
    assert stage.kept.round is not None
    assert (stage.kept.round.sweep, stage.state_of("Ada")) == (2, "offered")
    await stage.do("Ada", "accept-floor")
    await stage.do("Ada", "finish-turn")
    await stage.do("Citra", "pass-round")
    await stage.do("Ada", "undo-end", turn="t" + str(stage.kept.turn_count))
    await stage.crash()
    assert stage.state_of("Ada") == "paused"
    await stage.do("Ada", "resume-turn")
    await stage.do("Ada", "finish-turn")
    await stage.on(2)
    await stage.do("Dewi", "accept-floor")
    await stage.do("Dewi", "finish-turn")
    await stage.on(30)
    around = stage.kept.round
    assert (around.over, around.waiting, around.again) == (True, (), ())
    assert sorted(stage.names(around.had)) == ["Ada", "Budi", "Dewi", "Eka"]
    assert not stage.kept.turns


@evening
async def test_the_first_who_are_back_do_not_go_ahead_in_the_round(server: Evening) -> None:
    """Who passed is asked once more at the end, not as soon as they are the first to be here again."""
    stage = await Stage.begin(server)
    await stage.do("Ada", "pass-floor")
    await stage.on(2)
    await stage.do("Budi", "pass-floor")
    await stage.on(2)
    assert stage.state_of("Citra") == "offered"
    await stage.crash("Ada", "Budi")
    await stage.on(5)
    assert stage.kept.round is not None
    assert stage.kept.round.sweep == 1
    for name in NAMES[2:]:
        stage.people[name] = stage.server.back(stage.people[name])
    await stage.on(3)
    assert stage.state_of("Citra") == "offered"


@evening
async def test_a_hand_that_waits_aside_comes_back_after_a_death(server: Evening) -> None:
    stage = await Stage.begin(server, "sharing")
    await stage.speaks("Eka")
    for name in ("Budi", "Ada", "Citra"):
        await stage.do(name, "raise-hand", kind="share")
    await stage.do("Ada", "begin-round")
    await stage.do("Eka", "finish-turn")
    await stage.on(3)
    queue = stage.kept.queue
    await stage.do("Ada", "accept-floor")
    [aside] = stage.kept.laid_down
    await stage.crash()
    assert list(stage.kept.laid_down) == [aside]
    await stage.do("Ada", "resume-turn")
    await stage.do("Ada", "finish-turn")
    assert (sorted(stage.kept.queue), dict(stage.kept.laid_down)) == (sorted(queue), {})
    assert stage.kept.hands[aside].reason == "turns"


@pytest.mark.parametrize("what", ["ring-bell", "begin-silence"])
def test_a_bell_and_a_silence_end_at_their_moment_after_a_death(what: str, tmp_path: Any) -> None:
    @evening
    async def scene(server: Evening) -> None:
        stage = await Stage.begin(server, "sharing")
        await stage.speaks("Budi")
        await stage.on(10)
        await stage.do("Ada", what, **({"seconds": 12} if what == "begin-silence" else {}))
        hold = stage.kept.hold
        assert hold is not None
        await stage.on(4)
        await stage.crash()
        assert stage.kept.hold == hold
        await stage.on(hold.until - stage.room.live.now - 0.5)
        assert stage.kept.hold == hold
        await stage.on(1)
        assert stage.people["Eka"].view.get("hold") is None
        assert stage.state_of("Budi") == "paused"
        if what == "ring-bell":
            assert (await stage.ask("Citra", "ring-bell"))["code"] == "rang"
        await stage.do("Budi", "resume-turn")
        [turn] = stage.kept.turns.values()
        assert turn.spent == pytest.approx(10, abs=3)

    scene(tmp_path)


@evening
async def test_a_break_waits_for_everybody_anew_after_a_death(server: Evening) -> None:
    """Who said that they are back was told to nobody but memory."""
    stage = await Stage.begin(server, "break")
    for name in NAMES[1:]:
        await stage.do(name, "say-ready")
    await stage.crash()
    assert stage.state.live.ready == frozenset()
    await stage.on(70)
    assert stage.kept.hold is not None
    for name in NAMES:
        await stage.do(name, "say-ready")
    await stage.on(0.5)
    assert stage.kept.phase == "closing-round"


@evening
async def test_an_asking_for_time_ends_without_an_answer_when_the_server_dies(server: Evening) -> None:
    """The turn stands then; its speaker goes on, and may ask again."""
    stage = await Stage.begin(server, "sharing")
    await stage.speaks("Budi")
    await stage.on(70)
    await stage.do("Budi", "ask-time")
    await stage.do("Citra", "answer-time", turn=stage.kept.floor, fine=False)
    [turn] = stage.kept.turns.values()
    await stage.crash()
    assert (stage.kept.asking, stage.state.live.answers_time) == (None, {})
    assert "asking" not in stage.people["Citra"].view
    await stage.do("Budi", "resume-turn")
    await stage.do("Budi", "ask-time")
    for name in ("Ada", "Citra", "Dewi", "Eka"):
        await stage.do(name, "answer-time", turn=stage.kept.floor, fine=True)
    [after] = stage.kept.turns.values()
    assert after.budget == turn.budget + 30


@evening
async def test_a_question_inside_a_turn_outlives_the_server(server: Evening) -> None:
    stage = await Stage.begin(server, "sharing")
    await stage.speaks("Budi")
    outer = stage.kept.floor
    await stage.do("Citra", "raise-hand", kind="question")
    await stage.do("Budi", "allow-question", turn=outer, hand=stage.kept.queue[0])
    await stage.do("Citra", "accept-floor")
    await stage.crash()
    assert {turn.inside for turn in stage.kept.turns.values()} == {"", outer}
    await stage.do("Citra", "resume-turn")
    assert [stage.state_of(name) for name in ("Budi", "Citra")] == ["question", "speaking"]
    await stage.do("Citra", "finish-turn")
    assert stage.state_of("Budi") == "speaking"
    assert [stage.kept.seats[stage.seat(name)].turns for name in ("Budi", "Citra")] == [0, 0]


# Nothing that is said in passing is kept


@evening
async def test_votes_signals_and_the_words_of_the_hour_never_reach_the_disk(server: Evening) -> None:
    stage = await Stage.begin(server, "sharing")
    await stage.speaks("Budi")
    await stage.on(70)
    await stage.do("Budi", "ask-time")
    rows, turn = stage.rows(), stage.kept.floor
    await stage.do("Citra", "answer-time", turn=turn, fine=True)
    await stage.do("Dewi", "answer-time", turn=turn, fine=False)
    await stage.do("Dewi", "answer-time", turn=turn, fine=True)
    await stage.do("Citra", "send-signal", signal="louder")
    await stage.do("Ada", "set-prompt", prompt="What does Nachtigall sing?")
    assert stage.people["Eka"].view["prompt"] == "What does Nachtigall sing?"
    assert stage.people["Budi"].you["signals"] == {"louder": 1}
    assert stage.rows() == rows
    await stage.do("Budi", "finish-turn")
    await stage.do("Ada", "begin-break", seconds=60)
    rows = stage.rows()
    await stage.do("Citra", "say-ready")
    assert stage.rows() == rows
    words = ["Nachtigall", "louder", "voted", "signalled", "prompted", "said-ready"]
    assert await asyncio.to_thread(in_files, stage.server.folder, [*words, stage.seat("Ada")]) == {stage.seat("Ada")}
    assert not [kind for kind, _ in stage.people["Ada"].heard if kind == "internal"]


# Erased


async def around(stage: Stage) -> str:
    """Eka had her turn of the round, passes the piece, and is the last who had the floor."""
    await stage.do("Ada", "call-on", seat=stage.seat("Eka"))
    await stage.do("Ada", "pass-floor")
    await stage.on(2.5)
    await stage.do("Eka", "accept-floor")
    await stage.do("Eka", "give-floor", seat=stage.seat("Citra"))
    return "Eka"


async def passed(stage: Stage) -> str:
    """Ada was offered it, passed, and Budi speaks."""
    await stage.do("Ada", "pass-floor")
    await stage.on(2.5)
    await stage.do("Budi", "accept-floor")
    await stage.do("Dewi", "pass-round")
    return "Dewi"


async def receives(stage: Stage) -> str:
    """The piece is on its way to Eka."""
    await stage.do("Ada", "accept-floor")
    await stage.do("Ada", "give-floor", seat=stage.seat("Eka"))
    return "Eka"


async def offered(stage: Stage) -> str:
    """Budi waits in the round with a hand up for something else, and is offered his turn."""
    await stage.do("Budi", "raise-hand", kind="process")
    await stage.do("Ada", "pass-floor")
    await stage.on(2.5)
    return "Budi"


async def speaks(stage: Stage) -> str:
    """With a hand that waits aside, asking for more time, while others answer and send signals; after the bell."""
    await stage.do("Ada", "end-round")
    await stage.do("Ada", "set-phase", phase="sharing")
    await stage.do("Budi", "raise-hand", kind="share")
    await stage.on(3)
    await stage.do("Budi", "pass-floor", later=True)
    await stage.do("Ada", "begin-round")
    await stage.on(3)
    await stage.do("Ada", "pass-floor")
    await stage.on(3)
    await stage.do("Budi", "accept-floor")
    await stage.do("Budi", "ring-bell")
    await stage.on(13)
    await stage.on(70)
    await stage.do("Budi", "ask-time")
    return "Budi"


async def votes(stage: Stage) -> str:
    """Whoever answers, sent a signal, and rang the bell."""
    await stage.do("Ada", "accept-floor")
    await stage.do("Eka", "ring-bell")
    await stage.on(13)
    await stage.on(70)
    await stage.do("Ada", "ask-time")
    await stage.do("Eka", "answer-time", turn=stage.kept.floor, fine=True)
    await stage.do("Eka", "send-signal", signal="slower")
    return "Eka"


async def asks(stage: Stage) -> str:
    """A question inside a turn; and had spoken before."""
    await stage.do("Ada", "set-phase", phase="sharing")
    await stage.speaks("Citra")
    await stage.do("Citra", "finish-turn")
    await stage.on(2)
    await stage.speaks("Budi")
    await stage.do("Citra", "raise-hand", kind="question")
    await stage.do("Budi", "allow-question", turn=stage.kept.floor, hand=stage.kept.queue[0])
    await stage.do("Citra", "accept-floor")
    return "Citra"


async def ready(stage: Stage) -> str:
    await stage.do("Ada", "set-phase", phase="break")
    await stage.do("Dewi", "say-ready")
    return "Dewi"


@pytest.mark.parametrize("how", [around, passed, receives, offered, speaks, votes, asks, ready])
def test_who_is_erased_in_the_middle_of_it_leaves_no_trace(how: Any, tmp_path: Any) -> None:
    """In memory, on the disk, in what people are shown and what a next server finds; and it goes on without them."""

    @evening
    async def scene(server: Evening) -> None:
        stage = await Stage.begin(server)
        name = await how(stage)
        gone = stage.people[name]
        seat = gone.seat
        assert in_memory(stage.room, seat) == {seat}
        await stage.do(name, "leave", erase=True)
        del stage.people[name]
        await stage.server.settled()
        shown = [guest.view for guest in stage.people.values()]
        assert in_memory(stage.room, seat) == set()
        assert seat.encode() not in msgspec.json.encode(shown)
        assert await asyncio.to_thread(in_files, stage.server.folder, [seat, stage.seat("Ada")]) == {stage.seat("Ada")}
        assert (faults(stage.kept), stage.stored()) == ([], stage.kept)
        before = stage.kept
        assert not changed(before, await stage.crash())
        await stage.on(200)
        assert not faults(stage.kept)
        assert in_memory(stage.room, seat) == set()

    scene(tmp_path)


# The disk fails


async def refused_for_now(stage: Stage, name: str, type: str, **fields: Any) -> None:
    assert await stage.ask(name, type, **fields) == {"ok": False, "code": "not-now"}


async def heals(stage: Stage, name: str, type: str, **fields: Any) -> None:
    """As soon as the disk takes it again."""
    await stage.on(1.5)
    await stage.do(name, type, **fields)


@evening
async def test_a_disk_that_fails_while_the_group_answers(server: Evening) -> None:
    """Nobody has to answer twice; what could not be kept has not happened; then the answers count."""
    stage = await Stage.begin(server, "sharing")
    await stage.speaks("Budi")
    await stage.on(70)
    await stage.do("Ada", "set-prompt", prompt="What is it like?")
    await stage.do("Budi", "ask-time")
    turn = stage.kept.floor
    for name in ("Ada", "Citra"):
        await stage.do(name, "answer-time", turn=turn, fine=True)
    kept, votes = stage.kept, dict(stage.state.live.answers_time)
    with stage.server.unwritable():
        await refused_for_now(stage, "Budi", "hold-silence")
        assert (stage.kept, stage.state.live.answers_time) == (kept, votes)
        await stage.do("Dewi", "answer-time", turn=turn, fine=True)  # needs no disk
        await refused_for_now(stage, "Eka", "answer-time", turn=turn, fine=True)  # the last one: the turn would go on
        assert (stage.kept.asking, stage.kept.turns[turn].budget) == (kept.asking, kept.turns[turn].budget)
    assert stage.people["Citra"].view["prompt"] == "What is it like?"
    assert len(stage.state.live.answers_time) == 3
    await heals(stage, "Eka", "answer-time", turn=turn, fine=True)
    assert (stage.kept.asking, stage.state.live.answers_time) == (None, {})
    assert stage.kept.turns[turn].budget == kept.turns[turn].budget + 30
    assert stage.stored() == stage.kept


@evening
async def test_a_disk_that_fails_while_the_bell_rings(server: Evening) -> None:
    """A bell that could not be kept was not rung; one that was ends when the disk takes it, and not before."""
    stage = await Stage.begin(server, "sharing")
    await stage.speaks("Budi")
    with stage.server.unwritable():
        await refused_for_now(stage, "Citra", "ring-bell")
        assert (stage.kept.hold, stage.kept.bells, stage.state_of("Budi")) == (None, {}, "speaking")
    await heals(stage, "Citra", "ring-bell")
    assert stage.kept.hold
    await stage.do("Eka", "raise-hand", kind="process")
    with stage.server.unwritable():
        await stage.on(15)
        assert stage.people["Eka"].view["hold"] == "bell"
    await stage.on(2)
    assert "hold" not in stage.people["Eka"].view
    assert stage.state_of("Budi") == "speaking"
    assert stage.stored() == stage.kept


@evening
async def test_a_disk_that_fails_in_a_round(server: Evening) -> None:
    """Passed, given and accepted are as they were, or done; never in between."""
    stage = await Stage.begin(server)
    kept = stage.kept
    with stage.server.unwritable():
        await refused_for_now(stage, "Ada", "accept-floor")
        assert (stage.kept, stage.state_of("Ada")) == (kept, "offered")
        await refused_for_now(stage, "Ada", "pass-floor")
        await refused_for_now(stage, "Citra", "pass-round")
        assert (stage.kept, faults(stage.kept)) == (kept, [])
    await heals(stage, "Ada", "accept-floor")
    speaking = stage.kept
    with stage.server.unwritable():
        await refused_for_now(stage, "Ada", "give-floor", seat=stage.seat("Dewi"))
        assert (stage.kept, stage.people["Dewi"].view.get("given")) == (speaking, None)
    await heals(stage, "Ada", "give-floor", seat=stage.seat("Dewi"))
    with stage.server.unwritable():
        await stage.on(5)  # she would be offered it now
        assert stage.people["Dewi"].you.get("turn") is None
        await refused_for_now(stage, "Ada", "set-phase", phase="open-floor")
        assert stage.people["Eka"].view["phase"] == "round"
    await stage.on(2)
    assert stage.state_of("Dewi") == "offered"
    assert stage.stored() == stage.kept


@evening
async def test_a_disk_that_fails_while_everybody_comes_back_from_the_break(server: Evening) -> None:
    stage = await Stage.begin(server, "break")
    await stage.on(61)
    for name in NAMES[:-1]:
        await stage.do(name, "say-ready")
    with stage.server.unwritable():
        await refused_for_now(stage, "Eka", "say-ready")  # the next phase would begin
        assert stage.kept.phase == "break"
        assert len(stage.state.live.ready) >= len(NAMES) - 1
    await heals(stage, "Eka", "say-ready")
    await stage.on(1)
    assert stage.kept.phase == "closing-round"
    assert all(present(stage.state, seat) for seat in stage.kept.circle)
    assert not [turn for turn in stage.kept.turns.values() if turn.state is not TurnState.OFFERED]


# The format


@evening
async def test_a_format_that_this_version_cannot_read_stops_the_start_and_loses_nothing(server: Evening) -> None:
    """A newer version wrote it, in the middle of a round. With that version, or its format, everybody is where they
    were."""
    stage = await Stage.begin(server)
    await stage.do("Ada", "accept-floor")
    await stage.do("Budi", "pass-round")
    await stage.server._told()
    folder = server.folder.with_name("newer")
    shutil.copytree(server.folder, folder)
    before = stage.kept
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as db, db:
        [[body]] = db.execute("SELECT body FROM room")
        newer = msgspec.json.decode(body)
        newer["own_format"]["phases"][0]["choir"] = True
        db.execute("UPDATE room SET body = ?", [msgspec.json.encode(newer)])
    written = (folder / DATABASE).read_bytes()
    said = await asyncio.to_thread(lingkar, "serve", "--port", "0", "--data", str(folder))
    assert said.returncode != 0
    assert f"The room {stage.room.id} has a format that this version does not know" in said.stderr
    assert "Traceback" not in said.stderr
    assert (folder / DATABASE).read_bytes() == written
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as db, db:
        db.execute("UPDATE room SET body = ?", [body])
    [row] = read_meetings(folder / DATABASE)
    assert core.replay(stage.state.plan, read(row.events)).kept == before
    [room] = read_rooms(folder / DATABASE)
    assert room.own_format == FORMAT


@pytest.mark.parametrize("lost", ["round", "sharing", "open-floor", "break"])
def test_a_format_that_changes_while_the_server_is_down_leaves_everybody_in_place(lost: str, tmp_path: Any) -> None:
    """The row of the room was written, and then the server died; or a host changed it in between. The phase that was on
    is gone from it: the first one is."""

    @evening
    async def scene(server: Evening) -> None:
        stage = await Stage.begin(server, lost)
        await stage.ask("Eka", "raise-hand", kind="process")
        if lost == "open-floor":
            await stage.do("Budi", "take-floor")
        elif lost == "sharing":
            await stage.do("Dewi", "raise-hand", kind="question")
        await stage.on(3)
        phases = tuple(phase for phase in PHASES if phase.name != lost)
        form = Format(name="practice", phases=(Phase(name="welcome", turn=100), *phases))
        await server.journal.save_room(msgspec.structs.replace(stage.room.row, own_format=form))
        before, hands = stage.kept, {hand.seat for hand in stage.kept.hands.values()}
        hands |= {turn.seat for turn in stage.kept.turns.values() if turn.hand}
        await stage.crash()
        assert stage.state.phase.name == "welcome"
        assert (stage.kept.seats.keys(), stage.kept.circle) == (before.seats.keys(), before.circle)
        up = {*(hand.seat for hand in stage.kept.hands.values()), *(turn.seat for turn in stage.kept.turns.values())}
        assert hands <= up
        if lost == "open-floor":
            await stage.do("Budi", "resume-turn")
            await stage.do("Budi", "finish-turn")
        await stage.ask("Ada", "resume-room")
        await stage.on(200)
        assert not faults(stage.kept)
        assert stage.stored() == stage.kept

    scene(tmp_path)
