"""The room stands still: paused by a facilitator, or because none is left; and who takes over."""

from typing import Any

import pytest

from protocol.commands import (
    AcceptFloor,
    Admit,
    CallOn,
    ExtendTurn,
    FinishTurn,
    HoldOffer,
    Leave,
    NameSuccessor,
    PassFloor,
    PauseRoom,
    RaiseHand,
    Remove,
    ResumeRoom,
    ResumeTurn,
    RingBell,
    StepDown,
    TakeFloor,
    UnnameSuccessor,
)
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import Hold, Role, TurnState
from rooms.asks import Restart
from rooms.audio import audible
from rooms.events import (
    Dropped,
    FloorOffered,
    HoldEnded,
    LeadReturned,
    LeadTaken,
    RoomHeld,
    SpeakerReturned,
    SuccessorNamed,
    SuccessorUnnamed,
    TurnPaused,
    TurnResumed,
    TurnSuspended,
)
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, HANA, NOBODY, SERVER, Scene, doors, given, plan

# Paused by a facilitator


def test_a_pause_stops_the_turn_and_its_clock() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, PauseRoom(), at=105)
    scene.then(RoomHeld(Hold.PAUSED, "t1"), TurnPaused("t1"))
    assert not audible(scene.state)
    assert scene.circle.hold is Hold.PAUSED
    assert scene.circle.turns["t1"].left == 200
    scene.wait(1000).then()


def test_whoever_was_heard_goes_on_when_they_say_so_or_after_a_moment() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, PauseRoom(), at=105).when(ADA, ResumeRoom(), at=905)
    scene.then(HoldEnded(), SpeakerReturned("t1", 925))
    scene.when(BEN, ResumeTurn("t1"), at=910).then(TurnResumed("t1"))
    scene.wait(925).then(TurnResumed("t1"))


def test_whoever_was_heard_and_has_dropped_meanwhile_has_the_whole_window() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, PauseRoom(), at=105).drops(BEN, at=110)
    scene.then(Dropped(BEN))
    scene.when(ADA, ResumeRoom(), at=500).then(HoldEnded(), TurnSuspended("t1", 620))


def test_a_turn_that_was_paused_before_stays_paused() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, PauseRoom()).when(ADA, ResumeRoom()).when(BEN, ResumeTurn("t1"))
    paused = scene.when(ADA, PauseRoom()).when(BEN, FinishTurn("t1"))
    paused.when(ADA, ResumeRoom()).then(HoldEnded())


def test_nothing_is_offered_and_no_offer_runs_out() -> None:
    scene = given(ADA, BEN, CIKA).offered(BEN)
    assert scene.turn is not None
    until = scene.turn.until
    held = scene.when(ADA, PauseRoom(), at=10)
    held.wait(500).then()
    held.when(BEN, AcceptFloor("t1")).refused(Code.HELD)
    on = held.when(ADA, ResumeRoom(), at=510)
    on.then(HoldEnded())
    assert on.circle.turns["t1"].ends_at == until + 500
    assert on.when(BEN, AcceptFloor("t1")).code is None
    passed = held.when(BEN, PassFloor("t1"))
    assert passed.code is None
    passed.raises(CIKA).wait(600).then()


def test_hands_can_be_raised_meanwhile_and_are_offered_after() -> None:
    scene = given(ADA, BEN).when(ADA, PauseRoom(), at=10).when(BEN, RaiseHand(), at=20)
    assert scene.code is None
    scene.wait(300).then()
    on = scene.when(ADA, ResumeRoom(), at=300)
    assert isinstance(on.said[-1], FloorOffered)


def test_the_quiet_after_a_turn_goes_on_where_it_was() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA).when(BEN, FinishTurn("t1"), at=60)
    on = scene.when(ADA, PauseRoom(), at=62).when(ADA, ResumeRoom(), at=162)
    on.wait(164.9).then()
    assert isinstance(on.wait(165).said[0], FloorOffered)


def test_a_turn_that_ends_meanwhile_is_followed_by_the_usual_quiet() -> None:
    held = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA).when(ADA, PauseRoom(), at=100)
    on = held.when(BEN, FinishTurn("t1"), at=640).when(ADA, ResumeRoom(), at=700)
    on.wait(704.9).then()
    assert isinstance(on.wait(705).said[0], FloorOffered)


def test_what_begins_meanwhile_lasts_as_long_as_ever() -> None:
    later = given(ADA, BEN).offered(BEN).when(ADA, PauseRoom(), at=10).when(BEN, PassFloor("t1", later=True), at=600)
    assert later.when(ADA, ResumeRoom(), at=610).circle.hands["h1"].rests_until == 640
    back = given(ADA, BEN).speaks(BEN).drops(BEN, at=50).when(ADA, PauseRoom(), at=70).returns(BEN, at=560)
    assert back.when(ADA, ResumeRoom(), at=570).circle.turns["t1"].waits_until == 590
    gone = given(ADA, BEN).speaks(BEN).drops(BEN, at=50).returns(BEN, at=60).when(ADA, PauseRoom(), at=65)
    assert gone.drops(BEN, at=560).when(ADA, ResumeRoom(), at=570).circle.turns["t1"].waits_until == 690


def test_an_offer_that_cannot_run_out_is_not_made_longer() -> None:
    held = given(ADA, BEN).offered(BEN).when(ADA, PauseRoom(), at=10)
    held.when(BEN, HoldOffer("t1", 60)).refused(Code.HELD)
    held.when(ADA, ExtendTurn("t1", 60)).refused(Code.HELD)


def test_a_resting_hand_rests_as_long_as_before() -> None:
    scene = given(ADA, BEN).offered(BEN).when(BEN, PassFloor("t1", later=True), at=20)
    on = scene.when(ADA, PauseRoom(), at=30).when(ADA, ResumeRoom(), at=130)
    assert on.circle.hands["h1"].rests_until == 150
    assert isinstance(on.wait(150).said[-1], FloorOffered)


def test_the_door_is_shut_and_nobody_is_called() -> None:
    scene = given(ADA, BEN).joins(CIKA).when(ADA, PauseRoom())
    scene.when(ADA, Admit(CIKA)).refused(Code.HELD)
    scene.when(ADA, CallOn(BEN)).refused(Code.HELD)
    assert scene.when(ADA, ResumeRoom()).when(ADA, Admit(CIKA)).code is None


def test_a_speaker_who_is_back_does_not_go_on_while_the_room_stands_still() -> None:
    scene = given(ADA, BEN).speaks(BEN).drops(BEN, at=50).returns(BEN, at=60).when(ADA, PauseRoom(), at=70)
    scene.then(RoomHeld(Hold.PAUSED))
    scene.wait(500).then()
    scene.when(BEN, ResumeTurn("t1")).refused(Code.HELD)
    on = scene.when(ADA, ResumeRoom(), at=570)
    on.wait(580).then(TurnResumed("t1"))


def test_a_window_that_was_running_goes_on_where_it_was() -> None:
    scene = given(ADA, BEN).speaks(BEN).drops(BEN, at=50).when(ADA, PauseRoom(), at=70)
    on = scene.wait(500).when(ADA, ResumeRoom(), at=570)
    assert on.circle.turns["t1"].waits_until == 670
    assert on.circle.turns["t1"].state is TurnState.SUSPENDED


@pytest.mark.parametrize(
    ("scene", "command", "code"),
    [
        (doors(ADA), PauseRoom(), Code.NOT_OPEN),
        (given(ADA).when(ADA, PauseRoom()), PauseRoom(), Code.HELD),
        (given(ADA), ResumeRoom(), Code.NOT_HELD),
    ],
)
def test_what_stands_still_is_not_stopped_and_what_goes_is_not_resumed(scene: Scene, command: Any, code: Code) -> None:
    scene.when(ADA, command).refused(code)


def test_several_who_speak_at_once_all_go_on() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=2)).when(BEN, TakeFloor()).when(CIKA, TakeFloor())
    held = scene.when(ADA, PauseRoom(), at=50)
    held.then(RoomHeld(Hold.PAUSED, "t1", ("t2",)), TurnPaused("t1"), TurnPaused("t2"))
    held.when(ADA, ResumeRoom(), at=60).then(HoldEnded(), SpeakerReturned("t1", 80), SpeakerReturned("t2", 80))
    held.when(BEN, FinishTurn("t1")).when(ADA, ResumeRoom(), at=60).then(HoldEnded(), SpeakerReturned("t2", 80))


def test_whoever_rests_in_a_round_rests_as_long_as_before() -> None:
    scene = given(ADA, BEN, of=plan(floor=Movement.ROUND)).wait(5)
    scene = scene.when(ADA, AcceptFloor("t1")).when(ADA, FinishTurn("t1")).wait(10)
    scene = scene.when(BEN, PassFloor("t2", later=True), at=20).when(ADA, PauseRoom(), at=30)
    on = scene.when(ADA, ResumeRoom(), at=130)
    assert on.state.kept.round is not None
    assert on.state.kept.round.rests == {BEN: 150}
    assert isinstance(on.wait(150).said[-1], FloorOffered)


# Nobody leads


def test_without_a_facilitator_the_room_stands_still_after_a_while() -> None:
    scene = given(ADA, BEN).speaks(BEN).drops(ADA, at=100)
    scene.wait(129).then()
    held = scene.wait(130)
    held.then(RoomHeld(Hold.LOST, "t1"), TurnPaused("t1"))
    assert held.circle.hold is Hold.LOST
    held.wait(219).then()


def test_a_facilitator_who_is_back_in_time_changes_nothing() -> None:
    given(ADA, BEN).speaks(BEN).drops(ADA, at=100).returns(ADA, at=129).wait(200).then()


def test_one_who_leads_is_enough() -> None:
    given(ADA, HANA, BEN).drops(ADA, at=100).wait(219).then()


def test_it_goes_on_when_one_returns() -> None:
    scene = given(ADA, BEN).speaks(BEN).drops(ADA, at=100).wait(400).returns(ADA, at=500)
    assert scene.said[-2:] == (HoldEnded(), SpeakerReturned("t1", 520))


def test_a_facilitator_who_left_counts_from_then() -> None:
    scene = given(ADA, BEN).when(ADA, Leave(), at=100)
    scene.wait(129).then()
    scene.wait(130).then(RoomHeld(Hold.LOST))


def test_a_pause_is_no_less_one_when_the_facilitator_is_lost() -> None:
    scene = given(ADA, BEN).when(ADA, PauseRoom(), at=50).drops(ADA, at=100)
    scene.wait(219).then()
    assert scene.returns(ADA, at=600).circle.hold is Hold.PAUSED


def test_before_the_meeting_is_open_nothing_stands_still() -> None:
    doors(ADA, BEN).drops(ADA, at=10).wait(100).then()


def test_after_a_restart_facilitators_have_a_moment_to_return() -> None:
    scene = given(ADA, BEN).when(SERVER, Restart(), at=100)
    assert scene.returns(BEN, at=101).wait(129).circle.hold is not Hold.LOST
    assert scene.returns(BEN, at=101).wait(130).circle.hold is Hold.LOST
    assert scene.returns(ADA, at=102).wait(500).circle.hold is not Hold.LOST


# Successors


def test_a_successor_takes_over_and_nothing_stands_still() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN).when(ADA, NameSuccessor(CIKA))
    scene.then(SuccessorNamed(CIKA))
    assert scene.circle.successors == [CIKA]
    lost = scene.drops(ADA, at=100).wait(130)
    lost.then(LeadTaken(CIKA))
    assert lost.sight(CIKA) == "lead"
    assert lost.circle.people[CIKA].role is Role.FACILITATOR
    assert lost.circle.successors == []
    assert lost.circle.turns["t1"].state is TurnState.SPEAKING
    assert lost.when(CIKA, PauseRoom()).code is None


def test_the_first_named_who_is_here_takes_over() -> None:
    scene = given(ADA, BEN, CIKA, DEWI).when(ADA, NameSuccessor(BEN)).when(ADA, NameSuccessor(CIKA))
    scene.drops(BEN, at=90).drops(ADA, at=100).wait(130).then(LeadTaken(CIKA))


def test_a_successor_who_comes_back_takes_over_a_room_that_stands_still() -> None:
    scene = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(CIKA)).drops(CIKA, at=90).drops(ADA, at=100).wait(200)
    assert scene.circle.hold is Hold.LOST
    assert scene.returns(CIKA, at=210).said[-2:] == (LeadTaken(CIKA), HoldEnded())


def test_a_successor_takes_over_a_paused_room_and_may_let_it_go_on() -> None:
    scene = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(CIKA)).when(ADA, PauseRoom()).drops(ADA, at=100).wait(130)
    scene.then(LeadTaken(CIKA))
    assert scene.circle.hold is Hold.PAUSED
    scene.when(CIKA, ResumeRoom()).then(HoldEnded())


def test_naming_is_safe_to_repeat_and_can_be_taken_back() -> None:
    scene = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(BEN))
    scene.when(ADA, NameSuccessor(BEN)).then()
    scene.when(ADA, UnnameSuccessor(BEN)).then(SuccessorUnnamed(BEN))
    scene.when(BEN, UnnameSuccessor(BEN)).then(SuccessorUnnamed(BEN))
    scene.when(ADA, UnnameSuccessor(CIKA)).then()
    scene.when(CIKA, UnnameSuccessor(BEN)).refused(Code.NOT_NAMED)
    both = scene.when(ADA, NameSuccessor(CIKA))
    both.when(CIKA, UnnameSuccessor(BEN)).refused(Code.FORBIDDEN)


def test_whom_one_may_name() -> None:
    scene = given(ADA, AGUS, BEN).joins(CIKA)
    scene.when(ADA, NameSuccessor(AGUS)).refused(Code.LEADS)
    scene.when(ADA, NameSuccessor(CIKA)).refused(Code.WAITING)
    scene.when(ADA, NameSuccessor(NOBODY)).refused(Code.NO_SEAT)


def test_a_successor_who_leaves_is_none() -> None:
    assert given(ADA, BEN).when(ADA, NameSuccessor(BEN)).when(BEN, Leave()).state.kept.successors == ()


def test_whoever_took_over_gives_it_back() -> None:
    taken = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(CIKA)).drops(ADA, at=100).wait(130)
    back = taken.returns(ADA, at=140)
    assert back.circle.hold is not Hold.LOST
    down = back.when(CIKA, StepDown())
    down.then(LeadReturned(CIKA))
    assert down.sight(CIKA) == "circle"
    assert down.circle.people[CIKA].role is Role.PARTICIPANT
    down.wait(900).then()
    back.when(ADA, StepDown()).refused(Code.NOT_ACTING)


def test_if_nobody_else_leads_the_room_stands_still_after_that() -> None:
    taken = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(CIKA)).when(ADA, Leave(), at=100).wait(130)
    taken.when(CIKA, StepDown(), at=200).wait(230).then(RoomHeld(Hold.LOST))


def test_whoever_took_over_removes_nobody_who_leads() -> None:
    taken = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(CIKA)).drops(ADA, at=100).wait(130).returns(ADA, at=140)
    taken.when(CIKA, Remove(ADA, "")).refused(Code.FORBIDDEN)
    assert taken.when(ADA, Remove(CIKA, "")).code is None
    assert taken.when(CIKA, Remove(BEN, "")).code is None


def test_who_would_end_a_bell_does_not_end_a_pause() -> None:
    scene = given(ADA, BEN, HANA).when(BEN, RingBell(), at=40).when(HANA, PauseRoom(), at=41)
    scene.when(ADA, ResumeRoom(hold="bell"), at=42).refused(Code.STALE)
    scene.when(ADA, ResumeRoom(hold="paused"), at=42).then(HoldEnded())
    scene.when(ADA, ResumeRoom(), at=42).then(HoldEnded())
