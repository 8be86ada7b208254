"""Silence: a speaker's own, and the group's."""

from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    BeginSilence,
    CallOn,
    ExtendTurn,
    FinishTurn,
    HoldSilence,
    PauseRoom,
    PauseTurn,
    RaiseHand,
    ResumeRoom,
    ResumeTurn,
    SetPhase,
)
from protocol.errors import Code
from protocol.formats import Movement, Mover
from protocol.views import Hold, TurnState
from rooms.audio import audible
from rooms.events import (
    End,
    FloorOffered,
    HoldEnded,
    PhaseBegan,
    RoomHeld,
    SpeakerReturned,
    TurnEnded,
    TurnExtended,
    TurnHushed,
    TurnPaused,
    TurnResumed,
    TurnSuspended,
)
from tests.given import ADA, BEN, CIKA, PHASE, Scene, doors, given, plan, room

# In a turn


def speaking() -> Scene:
    """Ben speaks since 5, until 305; he may be silent for 120 seconds."""
    return given(ADA, BEN, CIKA).speaks(BEN)


def silent(at: float = 105) -> Scene:
    return speaking().when(BEN, HoldSilence("t1"), at=at)


def test_the_clock_stands_and_the_microphone_is_open() -> None:
    scene = silent().then(TurnHushed("t1", 225))
    shown = scene.circle.turns["t1"]
    assert (shown.state, shown.left, shown.waits_until) == (TurnState.SILENT, 200, 225)
    assert audible(scene.state) == {BEN}


@pytest.mark.parametrize("by", [BEN, ADA])
def test_it_ends_when_the_speaker_goes_on(by: str) -> None:
    scene = silent().when(by, ResumeTurn("t1"), at=165).then(TurnResumed("t1"))
    assert (scene.on_the_floor.limit, scene.circle.turns["t1"].waits_until) == (365, UNSET)
    silent().when(CIKA, ResumeTurn("t1")).refused(Code.FORBIDDEN)


def test_or_after_as_long_as_the_format_says() -> None:
    silent().wait(224.9).then()
    scene = silent().wait(225).then(TurnResumed("t1"))
    scene.when(BEN, HoldSilence("t1")).refused(Code.ENOUGH)


def test_in_sum_it_is_as_long_as_that() -> None:
    scene = silent().when(BEN, ResumeTurn("t1"), at=165).when(BEN, HoldSilence("t1"), at=200)
    scene.then(TurnHushed("t1", 260))
    scene = scene.when(BEN, ResumeTurn("t1"), at=259.5)
    scene.when(BEN, HoldSilence("t1"), at=261).refused(Code.ENOUGH)


def test_every_turn_has_its_own() -> None:
    scene = silent().wait(225).when(BEN, FinishTurn("t1")).speaks(CIKA)
    assert scene.when(CIKA, HoldSilence("t2")).code is None


def test_it_is_no_speaking_time() -> None:
    scene = silent().when(BEN, FinishTurn("t1"), at=205).then(TurnEnded("t1", End.FINISHED))
    assert scene.circle.people[BEN].spoken == 100


def test_also_in_grace_which_goes_on_after_it() -> None:
    scene = speaking().when(BEN, HoldSilence("t1"), at=310).when(BEN, ResumeTurn("t1"), at=330)
    assert (scene.on_the_floor.state, scene.circle.turns["t1"].ends_at) == (TurnState.GRACE, 385)


@pytest.mark.parametrize(
    ("scene", "by", "code"),
    [
        (given(ADA, BEN, of=plan(hush=0)).speaks(BEN), BEN, Code.PHASE_OFF),
        (speaking(), CIKA, Code.NO_TURN),
        (speaking(), ADA, Code.NO_TURN),
        (given(ADA, BEN).offered(BEN), BEN, Code.NOT_RUNNING),
        (silent(), BEN, Code.NOT_RUNNING),
        (speaking().when(ADA, PauseTurn("t1")), BEN, Code.NOT_RUNNING),
        (speaking().when(ADA, PauseRoom()), BEN, Code.NOT_RUNNING),
    ],
)
def test_only_whose_turn_runs_where_the_format_has_it(scene: Scene, by: str, code: Code) -> None:
    scene.when(by, HoldSilence("t1")).refused(code)
    assert "hold-silence" not in scene.may(by)


def test_a_pause_or_a_drop_ends_it_and_what_was_held_counts() -> None:
    paused = silent().when(ADA, PauseTurn("t1"), at=125).then(TurnPaused("t1"))
    assert (paused.on_the_floor.hushed, paused.circle.turns["t1"].left) == (20, 200)
    assert not audible(paused.state)
    dropped = silent().drops(BEN, at=125)
    assert dropped.said[-1] == TurnSuspended("t1", 245)
    assert dropped.on_the_floor.hushed == 20


def test_more_time_can_be_given_meanwhile() -> None:
    scene = silent().when(ADA, ExtendTurn("t1", 405), at=125).then(TurnExtended("t1", 380))
    assert scene.on_the_floor.state is TurnState.SILENT


# Together


def test_a_silence_can_be_begun_at_any_time() -> None:
    scene = given(ADA, BEN).when(ADA, BeginSilence(60), at=10).then(RoomHeld(Hold.SILENCE, until=70))
    assert (scene.circle.hold, scene.circle.hold_until) == (Hold.SILENCE, 70)
    scene.wait(69.9).then()
    scene.wait(70).then(HoldEnded())


def test_whoever_was_heard_goes_on_afterwards_when_they_say_so() -> None:
    scene = speaking().when(ADA, BeginSilence(60), at=105)
    scene.then(RoomHeld(Hold.SILENCE, "t1", until=165), TurnPaused("t1"))
    on = scene.wait(165).then(HoldEnded(), SpeakerReturned("t1", 185))
    on.when(BEN, ResumeTurn("t1"), at=170).then(TurnResumed("t1"))
    assert scene.drops(BEN, at=110).wait(165).said == (HoldEnded(), TurnSuspended("t1", 285))


def test_those_who_lead_end_it_earlier_or_make_it_a_pause() -> None:
    scene = given(ADA, BEN).when(ADA, BeginSilence(60), at=10)
    scene.when(ADA, ResumeRoom(), at=20).then(HoldEnded())
    scene.when(ADA, PauseRoom(), at=20).then(RoomHeld(Hold.PAUSED)).wait(500).then()


def test_hands_go_up_and_wait() -> None:
    scene = given(ADA, BEN).when(ADA, BeginSilence(60), at=10).when(BEN, RaiseHand(), at=20)
    scene.wait(69).then()
    assert isinstance(scene.wait(75).said[-1], FloorOffered)


def test_who_begins_one_and_when() -> None:
    given(ADA, BEN).when(BEN, BeginSilence(60)).refused(Code.FORBIDDEN)
    doors(ADA).when(ADA, BeginSilence(60)).refused(Code.NOT_OPEN)
    given(ADA).when(ADA, BeginSilence(60)).when(ADA, BeginSilence(60)).refused(Code.HELD)


def test_without_anybody_who_leads_it_is_ended_first() -> None:
    scene = given(ADA, BEN).when(ADA, BeginSilence(60), at=10).drops(ADA, at=15)
    scene.wait(69.9).then()
    scene.wait(70).then(HoldEnded(), RoomHeld(Hold.LOST))


# A phase of silence

SHARING = replace(PHASE, name="sharing")
SILENCE = replace(PHASE, name="silence", floor=Movement.SILENCE, box=120)
CLOSING = replace(PHASE, name="closing-round")


def phase(**changes: Any) -> Scene:
    """Sharing, then silence, then a closing; Ben speaks in t1."""
    of = room(SHARING, replace(SILENCE, **changes), CLOSING)
    return given(ADA, BEN, CIKA, of=of)


def test_it_begins_with_its_phase_when_nobody_speaks() -> None:
    scene = phase().when(ADA, SetPhase("silence"), at=100)
    scene.then(PhaseBegan("silence"), RoomHeld(Hold.SILENCE, until=220))
    scene.wait(220).then(HoldEnded())
    scene.wait(900).then(HoldEnded())


def test_or_when_whoever_speaks_has_finished() -> None:
    scene = phase().speaks(BEN).when(ADA, SetPhase("silence"), at=100).then(PhaseBegan("silence"))
    scene.when(BEN, FinishTurn("t1"), at=120).then(TurnEnded("t1", End.FINISHED), RoomHeld(Hold.SILENCE, until=240))


def test_a_silence_that_was_begun_over_a_turn_is_not_the_phase_s() -> None:
    scene = phase().speaks(BEN).when(ADA, SetPhase("silence"), at=100).when(ADA, BeginSilence(10), at=110).wait(120)
    scene = scene.when(BEN, ResumeTurn("t1"))
    assert scene.when(BEN, FinishTurn("t1"), at=130).of(RoomHeld) == [RoomHeld(Hold.SILENCE, until=250)]


def test_it_moves_on_by_itself_where_the_format_says_so() -> None:
    scene = phase(moves_on=Mover.ITSELF).when(ADA, SetPhase("silence"), at=100)
    scene.wait(219.9).then()
    assert scene.wait(225).said == (HoldEnded(), PhaseBegan("closing-round"))


def test_moving_on_ends_it() -> None:
    scene = phase().when(ADA, SetPhase("silence"), at=100).when(ADA, SetPhase("closing-round"), at=120)
    scene.then(HoldEnded(), PhaseBegan("closing-round"))
    assert scene.circle.hold is UNSET


def test_afterwards_somebody_can_be_called_and_it_does_not_begin_again() -> None:
    scene = phase().when(ADA, SetPhase("silence"), at=100).wait(230).when(ADA, CallOn(BEN)).when(BEN, AcceptFloor("t1"))
    scene.when(BEN, FinishTurn("t1"), at=300).wait(900).then()


def test_it_waits_while_the_room_is_paused() -> None:
    scene = phase().when(ADA, PauseRoom(), at=50).when(ADA, SetPhase("silence"), at=60).then(PhaseBegan("silence"))
    scene.when(ADA, ResumeRoom(), at=100).then(HoldEnded(), RoomHeld(Hold.SILENCE, until=220))


def test_a_meeting_may_begin_with_one() -> None:
    scene = given(ADA, BEN, of=room(SILENCE, SHARING))
    assert scene.circle.hold_until == 120
    assert doors(ADA, BEN, of=room(SILENCE, SHARING)).wait(50).circle.hold is UNSET
