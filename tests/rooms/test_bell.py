"""The pause bell: anybody may ring it, everything stands for a breath, and goes on by itself."""

import pytest

from protocol.commands import (
    AcceptFloor,
    Admit,
    BeginBreak,
    BeginSilence,
    EndTurn,
    FinishTurn,
    HoldSilence,
    Leave,
    NameSuccessor,
    OpenMeeting,
    PauseRoom,
    PauseTurn,
    ResumeRoom,
    ResumeTurn,
    RingBell,
    TakeFloor,
)
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import Hold, TurnState
from rooms.asks import Restart
from rooms.audio import audible
from rooms.events import (
    BellRung,
    Dropped,
    End,
    FloorOffered,
    HoldEnded,
    LeadTaken,
    RoomHeld,
    SpeakerReturned,
    TurnEnded,
    TurnPaused,
    TurnResumed,
    TurnSuspended,
)
from tests.given import ADA, BEN, CIKA, DEWI, HARD, SERVER, Scene, doors, given, plan


def speaking() -> Scene:
    """Ben speaks since 5, until 305."""
    return given(ADA, BEN, CIKA, DEWI).speaks(BEN)


def rung(at: float = 105) -> Scene:
    """Cika rang, after 100 seconds; a breath is 12 seconds."""
    return speaking().when(CIKA, RingBell(), at=at)


def test_everything_stands_still_for_a_breath() -> None:
    scene = rung().then(BellRung(CIKA), RoomHeld(Hold.BELL, "t1", until=117), TurnPaused("t1"))
    assert (scene.circle.hold, scene.circle.hold_until) == (Hold.BELL, 117)
    assert scene.circle.turns["t1"].left == 200
    assert not audible(scene.state)


def test_and_goes_on_by_itself_the_speaker_too() -> None:
    rung().wait(116.9).then()
    scene = rung().wait(117).then(HoldEnded(), TurnResumed("t1"))
    assert audible(scene.state) == {BEN}
    assert scene.on_the_floor.limit == 317
    assert scene.circle.hold != Hold.BELL


def test_also_where_several_speak_at_once() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=3))
    scene = scene.when(BEN, TakeFloor()).when(CIKA, TakeFloor()).when(ADA, RingBell(), at=50)
    scene.then(BellRung(ADA), RoomHeld(Hold.BELL, "t1", ("t2",), 62), TurnPaused("t1"), TurnPaused("t2"))
    on = scene.wait(62).then(HoldEnded(), TurnResumed("t1"), TurnResumed("t2"))
    assert audible(on.state) == {BEN, CIKA}


def test_nobody_is_shown_who_rang() -> None:
    scene, other = rung(), speaking().when(DEWI, RingBell(), at=105)
    assert scene.acts == ()
    assert scene.circle == other.circle
    assert scene.lead == other.lead
    assert {seat: scene.you(seat) for seat in (ADA, BEN)} == {seat: other.you(seat) for seat in (ADA, BEN)}


def test_the_speaker_may_ring_it_too() -> None:
    assert speaking().when(BEN, RingBell(), at=105).wait(117).on_the_floor.state is TurnState.SPEAKING


def test_also_when_nobody_speaks_and_the_quiet_is_as_long_as_ever() -> None:
    scene = speaking().raises(CIKA).when(BEN, FinishTurn("t1"), at=60).when(DEWI, RingBell(), at=62)
    scene.then(BellRung(DEWI), RoomHeld(Hold.BELL, until=74))
    scene.wait(76.9).then(HoldEnded())
    assert isinstance(scene.wait(77).said[-1], FloorOffered)


def test_an_offer_does_not_run_out_meanwhile() -> None:
    scene = given(ADA, BEN, CIKA).offered(BEN).when(CIKA, RingBell(), at=30)
    scene.when(BEN, AcceptFloor("t1")).refused(Code.HELD)
    assert scene.wait(42).on_the_floor.until == 57


def test_a_turn_that_stood_before_stands_after() -> None:
    scene = speaking().when(ADA, PauseTurn("t1"), at=50).when(CIKA, RingBell(), at=60)
    scene.then(BellRung(CIKA), RoomHeld(Hold.BELL, until=72))
    scene.wait(500).then(HoldEnded())


def test_a_turn_that_ended_meanwhile_does_not_come_back() -> None:
    rung().when(BEN, FinishTurn("t1"), at=110).wait(117).then(HoldEnded())
    rung().when(ADA, EndTurn("t1"), at=110).wait(117).then(HoldEnded())


def test_a_silence_that_was_held_in_the_turn_is_over() -> None:
    scene = speaking().when(BEN, HoldSilence("t1"), at=50).when(CIKA, RingBell(), at=60)
    scene.then(BellRung(CIKA), RoomHeld(Hold.BELL, "t1", until=72), TurnPaused("t1"))
    on = scene.wait(72).then(HoldEnded(), TurnResumed("t1"))
    assert (on.on_the_floor.state, on.on_the_floor.hushed) == (TurnState.SPEAKING, 10)


# A microphone that was connected anew does not open by itself


def test_who_drops_meanwhile_goes_on_as_after_any_drop() -> None:
    gone = rung().drops(BEN, at=110).then(Dropped(BEN), TurnSuspended("t1", 225))
    gone.wait(117).then(HoldEnded())
    assert gone.wait(117).on_the_floor.until == 237
    back = gone.returns(BEN, at=112)
    assert back.said[-1] == SpeakerReturned("t1", 125)
    on = back.wait(117).then(HoldEnded())
    assert not audible(on.state)
    on.wait(137).then(TurnResumed("t1"))
    assert on.when(BEN, ResumeTurn("t1"), at=120).said == (TurnResumed("t1"),)


def test_nor_after_a_restart() -> None:
    scene = rung().when(SERVER, Restart(), at=110)
    back = scene.returns(ADA, at=111).returns(CIKA, at=111).returns(BEN, at=112).wait(117)
    back.then(HoldEnded())
    assert back.on_the_floor.returned


def test_a_turn_that_stood_for_another_reason_is_not_touched_when_its_speaker_drops() -> None:
    scene = speaking().when(ADA, PauseTurn("t1"), at=50).when(CIKA, RingBell(), at=60)
    scene.drops(BEN, at=65).then(Dropped(BEN))


# When, and how often


def test_not_twice_by_one_person_within_a_minute() -> None:
    scene = rung().wait(117)
    scene.when(CIKA, RingBell(), at=164.9).refused(Code.RANG)
    assert scene.when(CIKA, RingBell(), at=165).code is None


def test_nor_by_anybody_for_twenty_seconds_after_it_was_over() -> None:
    scene = rung().wait(117)
    scene.when(DEWI, RingBell(), at=136.9).refused(Code.RANG)
    assert scene.when(DEWI, RingBell(), at=137).code is None


def test_the_first_bell_may_be_rung_at_once() -> None:
    assert given(ADA, BEN).when(BEN, RingBell()).code is None


def test_what_stands_still_needs_no_bell() -> None:
    for command in (PauseRoom(), BeginSilence(60), BeginBreak(60)):
        speaking().when(ADA, command).when(CIKA, RingBell()).refused(Code.HELD)
    rung().when(DEWI, RingBell()).refused(Code.HELD)


def test_where_and_when_there_is_one() -> None:
    quiet = given(ADA, BEN, of=plan(bell=False))
    quiet.when(BEN, RingBell()).refused(Code.PHASE_OFF)
    assert "ring-bell" not in quiet.may(BEN)
    doors(ADA, BEN).when(BEN, RingBell()).refused(Code.NOT_OPEN)
    assert doors(ADA, BEN).when(BEN, RingBell()).when(ADA, OpenMeeting()).code is None
    assert "ring-bell" in given(ADA, BEN).may(BEN)
    given(ADA, BEN).joins(CIKA).when(CIKA, RingBell()).refused(Code.NOT_ADMITTED)


# Those who lead


def test_they_may_end_it_earlier() -> None:
    rung().when(ADA, ResumeRoom(), at=110).then(HoldEnded(), TurnResumed("t1"))
    rung().when(BEN, ResumeRoom()).refused(Code.FORBIDDEN)


@pytest.mark.parametrize("at", [106, 116])
def test_a_pause_takes_over_and_is_none_that_ends_by_itself(at: float) -> None:
    scene = rung().when(ADA, PauseRoom(), at=at).then(RoomHeld(Hold.PAUSED))
    scene.wait(900).then()
    scene.when(ADA, PauseRoom()).refused(Code.HELD)
    on = scene.when(ADA, ResumeRoom(), at=905).then(HoldEnded(), SpeakerReturned("t1", 925))
    assert on.circle.turns["t1"].left == 200


def test_nobody_comes_in_meanwhile() -> None:
    rung().joins("eka").when(ADA, Admit("eka")).refused(Code.HELD)


def test_without_anybody_who_leads_the_room_stands_still_only_after_it() -> None:
    scene = speaking().drops(ADA, at=80).when(CIKA, RingBell(), at=105)
    scene.wait(116.9).then()
    lost = scene.wait(117)
    lost.then(HoldEnded(), TurnResumed("t1"), RoomHeld(Hold.LOST, "t1"), TurnPaused("t1"))
    back = lost.returns(ADA, at=150)
    assert back.said[-2:] == (HoldEnded(), SpeakerReturned("t1", 170))


def test_a_successor_does_not_wait_for_it() -> None:
    scene = speaking().when(ADA, NameSuccessor(DEWI)).drops(ADA, at=80).when(CIKA, RingBell(), at=105)
    scene.wait(110).then(LeadTaken(DEWI))
    assert scene.wait(117).on_the_floor.state is TurnState.SPEAKING


def test_of_whoever_leaves_nothing_tells_that_they_rang() -> None:
    scene = rung().when(CIKA, Leave())
    assert scene.state.kept.bells == {}
    assert CIKA not in repr(rung().when(CIKA, Leave(erase=True)).state)


def test_a_hard_end_is_not_passed_by_it() -> None:
    scene = given(ADA, BEN, CIKA, of=HARD).speaks(BEN).when(CIKA, RingBell(), at=300)
    scene.wait(317).then(HoldEnded(), TurnResumed("t1"), TurnEnded("t1", End.TIME))
