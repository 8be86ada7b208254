"""A turn and its clock."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from protocol.commands import (
    AcceptFloor,
    AllowQuestion,
    CallOn,
    EndTurn,
    Equalise,
    ExtendTurn,
    FinishTurn,
    HandKind,
    HoldSilence,
    PauseRoom,
    PauseTurn,
    ResumeTurn,
    SetPhase,
    TakeFloor,
)
from protocol.errors import Code
from protocol.formats import Ending, Movement, Responses
from protocol.views import TurnState, Why
from rooms.asks import Restart
from rooms.events import (
    Arrived,
    Dropped,
    End,
    Equalised,
    FloorOffered,
    GraceBegan,
    GraceEnded,
    HandRaised,
    Named,
    SetAside,
    SpeakerReturned,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    TurnResumed,
    TurnSuspended,
)
from rooms.state import Plan
from tests.given import ADA, BEN, CIKA, DEWI, HARD, PHASE, PLAN, SERVER, Scene, given, plan, room


def speaking(of: Plan = PLAN) -> Scene:
    """Ben speaks in turn t1 since 5, until 305; nobody waits."""
    return given(ADA, BEN, CIKA, DEWI, of=of).speaks(BEN)


def paused(at: float = 105) -> Scene:
    """Ada paused Ben's turn; with the default, after 100 seconds of 300."""
    return speaking().when(ADA, PauseTurn("t1"), at=at)


def suspended(at: float = 105) -> Scene:
    """Ben dropped; with the default, after 100 seconds of 300."""
    return speaking().drops(BEN, at=at)


def back(at: float = 155) -> Scene:
    """Ben was suspended, and is back."""
    return suspended().returns(BEN, at=at)


# The end


def test_the_speaker_is_done() -> None:
    scene = speaking().when(BEN, FinishTurn("t1"), at=65).then(TurnEnded("t1", End.FINISHED))
    assert scene.turn is None
    assert (scene.circle.people[BEN].turns, scene.circle.people[BEN].spoken) == (1, 60.0)
    assert scene.circle.floor == "t1"


def test_only_the_speaker_is_done() -> None:
    speaking().when(CIKA, FinishTurn("t1")).refused(Code.NO_TURN)
    speaking().when(ADA, FinishTurn("t1")).refused(Code.NO_TURN)


def two() -> Scene:
    """Ben speaks in t1, Cika in t2, in an open floor."""
    scene = given(ADA, BEN, CIKA, DEWI, of=plan(floor=Movement.OPEN, voices=3))
    return scene.when(BEN, TakeFloor()).when(CIKA, TakeFloor())


def test_where_two_may_speak_at_once_each_ends_their_own() -> None:
    two().when(BEN, FinishTurn("t2")).refused(Code.NOT_YOURS)
    two().when(CIKA, FinishTurn("t2")).then(TurnEnded("t2", End.FINISHED))


def test_there_what_is_about_one_turn_is_about_no_other() -> None:
    paused = two().when(ADA, PauseTurn("t1"), at=10).then(TurnPaused("t1"))
    paused.when(ADA, PauseTurn("t1")).refused(Code.NOT_RUNNING)
    paused.when(ADA, ResumeTurn("t2")).refused(Code.NOT_PAUSED)
    paused.when(ADA, PauseTurn("t2")).then(TurnPaused("t2"))
    silent = paused.when(CIKA, HoldSilence("t2"))
    silent.when(CIKA, ResumeTurn("t1")).refused(Code.NOT_YOURS)
    silent.when(CIKA, ResumeTurn("t2")).then(TurnResumed("t2"))
    silent.when(ADA, ResumeTurn("t1")).then(TurnResumed("t1"))


def test_there_an_offer_that_cannot_run_out_is_not_made_longer_but_a_turn_is() -> None:
    held = two().when(ADA, CallOn(DEWI), at=10).when(ADA, PauseRoom(), at=20)
    held.when(ADA, ExtendTurn("t3", 600)).refused(Code.HELD)
    held.when(ADA, ExtendTurn("t1", 600)).then(TurnExtended("t1", 600))


def test_there_an_offer_is_not_finished_by_who_speaks() -> None:
    called = two().when(ADA, CallOn(DEWI), at=10)
    called.when(DEWI, FinishTurn("t3")).refused(Code.NOT_RUNNING)
    called.when(BEN, FinishTurn("t3")).refused(Code.NOT_YOURS)


def test_a_turn_that_was_not_begun_cannot_be_finished() -> None:
    given(ADA, BEN).offered(BEN).when(BEN, FinishTurn("t1")).refused(Code.NOT_RUNNING)


def test_a_turn_is_finished_once() -> None:
    speaking().when(BEN, FinishTurn("t1")).when(BEN, FinishTurn("t1")).refused(Code.STALE)


def test_a_paused_turn_can_be_finished() -> None:
    paused().when(BEN, FinishTurn("t1")).then(TurnEnded("t1", End.FINISHED))


def test_a_facilitator_ends_a_turn() -> None:
    speaking().when(ADA, EndTurn("t1"), at=304).then(TurnEnded("t1", End.REVOKED))
    speaking().when(ADA, EndTurn("t1"), at=306).then(TurnEnded("t1", End.TIME))
    speaking().when(CIKA, EndTurn("t1")).refused(Code.FORBIDDEN)


def test_an_older_turn_is_never_ended_in_place_of_this_one() -> None:
    scene = speaking().when(BEN, FinishTurn("t1"), at=20).speaks(CIKA)
    scene.when(ADA, EndTurn("t1")).refused(Code.STALE)
    scene.when(ADA, ExtendTurn("t1", 900)).refused(Code.STALE)
    scene.when(ADA, PauseTurn("t1")).refused(Code.STALE)
    scene.when(BEN, FinishTurn("t1")).refused(Code.STALE)
    assert scene.wait(306).on_the_floor.seat == CIKA  # nor by a timer of the older one
    assert scene.wait(306).on_the_floor.state is TurnState.SPEAKING


# Soft time


def test_grace_begins_at_the_limit() -> None:
    speaking().wait(304.999).then()
    scene = speaking().wait(305).then(GraceBegan("t1"))
    assert scene.circle.turns["t1"].ends_at == 365


def test_after_the_grace_nobody_is_cut_off_and_facilitators_decide() -> None:
    speaking().wait(305).wait(364.999).then()
    scene = speaking().wait(305).wait(365).then(GraceEnded("t1"))
    assert scene.circle.turns["t1"].over
    assert scene.on_the_floor.state is TurnState.GRACE
    scene.wait(5000).then()
    scene.when(ADA, EndTurn("t1")).then(TurnEnded("t1", End.TIME))


def test_the_speaker_finishes_in_grace() -> None:
    scene = speaking().when(BEN, FinishTurn("t1"), at=340).then(TurnEnded("t1", End.FINISHED))
    assert scene.circle.people[BEN].spoken == 335


def test_a_group_may_choose_a_hard_end() -> None:
    speaking(HARD).wait(304.999).then()
    scene = speaking(HARD).wait(305).then(TurnEnded("t1", End.TIME))
    assert scene.circle.people[BEN].spoken == 300


def test_a_hard_end_holds_for_a_turn_that_was_paused_at_its_limit() -> None:
    scene = speaking(HARD).when(ADA, PauseTurn("t1"), at=305).then(TurnPaused("t1"))
    scene.when(ADA, ResumeTurn("t1"), at=400).then(TurnResumed("t1"), TurnEnded("t1", End.TIME))


def phases(*endings: Ending) -> Scene:
    """Ben speaks since 5, until 305; the phase after this one ends turns as the second says."""
    of = room(*(structs.replace(PHASE, name=f"phase-{n}", ending=ending) for n, ending in enumerate(endings)))
    return given(ADA, BEN, CIKA, of=of).speaks(BEN)


@pytest.mark.parametrize("at", [100, 330])
@pytest.mark.parametrize("endings", [(Ending.SOFT, Ending.HARD), (Ending.HARD, Ending.HARD)])
def test_a_turn_that_goes_on_in_another_phase_is_not_cut(endings: tuple[Ending, Ending], at: float) -> None:
    """Time never cuts a person who began when it was not said; nor one for whom it was said of a phase that is over."""
    scene = phases(*endings).when(ADA, SetPhase("phase-1"), at=min(at, 304 if endings[0] is Ending.HARD else at))
    assert scene.wait(900).on_the_floor.state is TurnState.GRACE
    later = scene.when(BEN, FinishTurn("t1"), at=910).speaks(CIKA)
    assert isinstance(later.wait(2000).said[-1], TurnEnded)


# The same for everybody


def over(extra: float = 0.0) -> Scene:
    """Ben had 45 seconds more than 300; everybody else in this phase gets so much more."""
    scene = speaking().when(BEN, FinishTurn("t1"), at=350)
    return scene.when(ADA, Equalise(extra)) if extra else scene


def test_overtime_is_the_longest_of_the_phase() -> None:
    assert over().circle.overtime == 45
    less = over().speaks(CIKA)
    assert less.when(CIKA, FinishTurn("t2"), at=less.now + 310).circle.overtime == 45
    assert less.when(CIKA, FinishTurn("t2"), at=less.now + 360).circle.overtime == 60
    assert speaking().when(BEN, FinishTurn("t1"), at=200).circle.overtime == 0


def test_time_that_was_given_is_overtime_too() -> None:
    scene = speaking().when(ADA, ExtendTurn("t1", 365), at=105).when(BEN, FinishTurn("t1"), at=345)
    assert scene.circle.overtime == 40


def test_overtime_of_a_turn_that_began_in_the_phase_before_is_none_of_this_one() -> None:
    scene = phases(Ending.SOFT, Ending.SOFT).when(ADA, SetPhase("phase-1"), at=340)
    assert scene.when(BEN, FinishTurn("t1"), at=400).circle.overtime == 0


def test_a_turn_from_before_there_was_overtime_counts_from_its_budget() -> None:
    scene = speaking()
    turn = structs.replace(scene.on_the_floor, base=0.0)
    kept = structs.replace(scene.state.kept, turns={"t1": turn})
    old = replace(scene, state=structs.replace(scene.state, kept=kept))
    assert old.when(BEN, FinishTurn("t1"), at=350).circle.overtime == 45


def test_everybody_else_gets_as_much() -> None:
    scene = over(45).then(Equalised(45))
    assert scene.circle.extra == 45
    assert scene.speaks(CIKA).on_the_floor.budget == 345


def test_never_more_than_that_and_said_twice_it_is_once() -> None:
    over().when(ADA, Equalise(45.1)).refused(Code.OUT_OF_RANGE)
    over(45).when(ADA, Equalise(45)).then()
    over(45).when(ADA, Equalise(20)).then(Equalised(20))
    assert over(45).when(ADA, Equalise(0)).speaks(CIKA).on_the_floor.budget == 300


def test_whoever_had_more_makes_nobodys_overtime() -> None:
    scene = over(45).speaks(CIKA)
    assert scene.when(CIKA, FinishTurn("t2"), at=scene.now + 345).circle.overtime == 45


def next_speaks(**changes: Any) -> Scene:
    """Ben had 45 seconds more; Cika speaks in t2 since 355."""
    return (
        speaking(plan(**changes))
        .raises(CIKA)
        .when(BEN, FinishTurn("t1"), at=350)
        .wait(355)
        .when(CIKA, AcceptFloor("t2"))
    )


def test_whoever_speaks_when_it_is_given_gets_it_too() -> None:
    scene = next_speaks().when(ADA, Equalise(45), at=400).then(Equalised(45), TurnExtended("t2", 345))
    assert scene.on_the_floor.limit == 700
    scene.when(ADA, Equalise(45)).then()
    assert scene.when(CIKA, FinishTurn("t2"), at=699).circle.overtime == 45


def test_and_whoever_is_offered_the_floor() -> None:
    scene = speaking().raises(CIKA).when(BEN, FinishTurn("t1"), at=350).wait(355).when(ADA, Equalise(45), at=356)
    scene = scene.then(Equalised(45), TurnExtended("t2", 345)).when(CIKA, AcceptFloor("t2"), at=360)
    assert (scene.on_the_floor.budget, scene.on_the_floor.base, scene.on_the_floor.limit) == (345, 345, 705)


def test_a_turn_that_stands_or_is_in_its_grace_gets_it() -> None:
    grace = next_speaks().wait(660).when(ADA, Equalise(45))
    assert (grace.on_the_floor.state, grace.on_the_floor.limit) == (TurnState.SPEAKING, 700)
    stands = next_speaks().when(ADA, PauseTurn("t2"), at=400).when(ADA, Equalise(45), at=410)
    assert (stands.on_the_floor.state, stands.on_the_floor.budget) == (TurnState.PAUSED, 345)


def test_who_has_spoken_for_longer_has_had_it() -> None:
    next_speaks().wait(699).when(ADA, Equalise(45)).then(Equalised(45), TurnExtended("t2", 345))
    next_speaks().wait(700).when(ADA, Equalise(45)).then(Equalised(45))


def test_time_that_somebody_was_given_already_is_part_of_it() -> None:
    scene = next_speaks().when(ADA, ExtendTurn("t2", 675), at=400).then(TurnExtended("t2", 320))
    scene.when(ADA, Equalise(45)).then(Equalised(45), TurnExtended("t2", 345))
    scene = scene.when(ADA, ExtendTurn("t2", 715), at=400).then(TurnExtended("t2", 360))
    scene.when(ADA, Equalise(45)).then(Equalised(45))


def test_less_takes_nothing_back_and_more_is_given_once() -> None:
    scene = next_speaks().when(ADA, Equalise(20)).then(Equalised(20), TurnExtended("t2", 320))
    scene.when(ADA, Equalise(45)).then(Equalised(45), TurnExtended("t2", 345))
    back = scene.when(ADA, Equalise(0)).then(Equalised(0))
    back.when(ADA, Equalise(20)).then(Equalised(20))
    later = scene.when(CIKA, FinishTurn("t2"), at=400).speaks(DEWI)
    assert later.on_the_floor.budget == 320
    later.when(ADA, Equalise(45)).then(Equalised(45), TurnExtended("t3", 345))


def test_neither_the_rest_of_a_lost_turn_nor_a_question_nor_what_began_before_is_longer() -> None:
    lost = next_speaks(window=10).drops(CIKA, at=455).wait(465).returns(CIKA).wait(470)
    assert lost.on_the_floor.budget == 200
    lost.when(ADA, Equalise(45)).then(Equalised(45))
    lost.when(CIKA, AcceptFloor("t3")).when(ADA, Equalise(45)).then(Equalised(45))
    asks = next_speaks(responses=Responses.INSIDE).raises(DEWI, kind=HandKind.QUESTION)
    asks = asks.when(CIKA, AllowQuestion("t2", "h3")).when(ADA, Equalise(45))
    asks.then(Equalised(45), TurnExtended("t2", 345))
    talk = structs.replace(PHASE, name="talk", floor=Movement.QUEUE)
    of = room(talk, structs.replace(PHASE, name="open", floor=Movement.OPEN, voices=2))
    scene = given(ADA, BEN, CIKA, DEWI, of=of).speaks(BEN).when(ADA, SetPhase("open")).when(CIKA, TakeFloor())
    scene = scene.when(CIKA, FinishTurn("t2"), at=scene.now + 340).when(ADA, Equalise(40))
    scene.then(Equalised(40))


def test_a_word_about_the_room_is_longer_as_all_turns() -> None:
    scene = speaking().raises(CIKA, kind=HandKind.PROCESS).when(BEN, FinishTurn("t1"), at=350).wait(355)
    scene.when(ADA, Equalise(45)).then(Equalised(45), TurnExtended("t2", 345))
    scene.when(CIKA, AcceptFloor("t2")).when(ADA, Equalise(45)).then(Equalised(45), TurnExtended("t2", 345))


def test_where_nobody_had_more_there_is_nothing_to_give() -> None:
    speaking().when(ADA, Equalise(0)).refused(Code.OUT_OF_RANGE)
    assert "equalise" not in speaking().may(ADA)
    assert "equalise" in over().may(ADA)
    over().when(BEN, Equalise(10)).refused(Code.FORBIDDEN)


# More time


def test_more_time_moves_the_limit() -> None:
    scene = speaking().when(ADA, ExtendTurn("t1", 365), at=105).then(TurnExtended("t1", 360))
    scene.wait(364.999).then()
    scene.wait(365).then(GraceBegan("t1"))


def test_more_time_can_be_asked_for_twice() -> None:
    speaking().when(ADA, ExtendTurn("t1", 365), at=105).when(ADA, ExtendTurn("t1", 365), at=106).then()


def test_time_is_never_taken_away() -> None:
    scene = speaking().when(ADA, ExtendTurn("t1", 304), at=105).then()
    assert scene.on_the_floor.limit == 305


def test_more_time_ends_the_grace() -> None:
    scene = speaking().when(ADA, ExtendTurn("t1", 400), at=370).then(TurnExtended("t1", 395))
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert not scene.on_the_floor.over
    scene.wait(400).then(GraceBegan("t1"))


@pytest.mark.parametrize("until", [105, 104, -1, 3705.1, float("inf"), float("nan")])
def test_an_end_in_the_past_or_too_far_away_is_refused(until: float) -> None:
    speaking().when(ADA, ExtendTurn("t1", until), at=105).refused(Code.OUT_OF_RANGE)


def test_an_hour_is_possible() -> None:
    speaking().when(ADA, ExtendTurn("t1", 3705), at=105).then(TurnExtended("t1", 3700))


def test_a_standing_clock_can_be_given_more_time() -> None:
    scene = paused().when(ADA, ExtendTurn("t1", 805), at=505).then(TurnExtended("t1", 400))
    assert scene.circle.turns["t1"].left == 300
    assert scene.on_the_floor.state is TurnState.PAUSED


def test_participants_give_no_time() -> None:
    speaking().when(BEN, ExtendTurn("t1", 365)).refused(Code.FORBIDDEN)


@pytest.mark.parametrize("command", [ExtendTurn("t1", 400), PauseTurn("t1"), EndTurn("t1"), ResumeTurn("t1")])
def test_where_there_is_no_turn_everything_about_one_is_stale(command: object) -> None:
    given(ADA, BEN).when(ADA, command).refused(Code.STALE)


# Pause


def test_a_pause_stops_turn_and_clock() -> None:
    scene = paused().then(TurnPaused("t1"))
    assert scene.circle.turns["t1"].left == 200
    scene.wait(5000).then()


def test_the_clock_goes_on_where_it_stood() -> None:
    scene = paused().when(ADA, ResumeTurn("t1"), at=1000).then(TurnResumed("t1"))
    scene.wait(1199.999).then()
    scene.wait(1200).then(GraceBegan("t1"))


def test_a_pause_is_not_counted_as_speaking() -> None:
    scene = paused().when(ADA, ResumeTurn("t1"), at=1000).when(BEN, FinishTurn("t1"), at=1010)
    assert scene.circle.people[BEN].spoken == 110


def test_a_turn_paused_in_grace_goes_on_in_grace() -> None:
    scene = paused(at=310).when(ADA, ResumeTurn("t1"), at=1000).then(TurnResumed("t1"))
    assert scene.on_the_floor.state is TurnState.GRACE
    scene.wait(1055).then(GraceEnded("t1"))


def test_a_turn_paused_right_at_its_limit_goes_on_in_grace() -> None:
    scene = paused(at=305).when(ADA, ResumeTurn("t1"), at=1000).then(TurnResumed("t1"))
    assert scene.on_the_floor.state is TurnState.GRACE


def test_only_a_running_turn_is_paused_only_a_paused_one_resumed() -> None:
    paused().when(ADA, PauseTurn("t1")).refused(Code.NOT_RUNNING)
    speaking().when(ADA, ResumeTurn("t1")).refused(Code.NOT_PAUSED)
    given(ADA, BEN).offered(BEN).when(ADA, PauseTurn("t1")).refused(Code.NOT_RUNNING)


def test_a_speaker_does_not_resume_what_a_facilitator_paused() -> None:
    paused().when(BEN, ResumeTurn("t1")).refused(Code.FORBIDDEN)
    paused().when(CIKA, ResumeTurn("t1")).refused(Code.FORBIDDEN)


def test_a_paused_turn_does_not_begin_again_because_its_speaker_came_back() -> None:
    scene = paused().drops(BEN).then(Dropped(BEN))
    scene = scene.returns(BEN, at=200).then(Named(BEN, "Ben", "ben"), Arrived(BEN))
    scene.wait(5000).then()


def test_resuming_a_turn_whose_speaker_is_away_suspends_it() -> None:
    scene = paused().drops(BEN).when(ADA, ResumeTurn("t1"), at=200).then(TurnSuspended("t1", 320))
    assert scene.circle.turns["t1"].left == 200


# The speaker drops


def test_the_turn_of_a_speaker_who_drops_is_suspended() -> None:
    scene = suspended().then(Dropped(BEN), TurnSuspended("t1", 225))
    shown = scene.circle.turns["t1"]
    assert (shown.state, shown.left, shown.waits_until) == (TurnState.SUSPENDED, 200, 225)
    assert not scene.circle.people[BEN].present


def test_a_speaker_who_is_back_has_a_moment_before_the_clock_goes_on() -> None:
    scene = back().then(Named(BEN, "Ben", "ben"), Arrived(BEN), SpeakerReturned("t1", 175))
    assert scene.circle.turns["t1"].left == 200
    scene.wait(174.999).then()
    scene.wait(175).then(TurnResumed("t1"))


def test_a_speaker_who_is_back_goes_on_alone() -> None:
    scene = back().when(BEN, ResumeTurn("t1"), at=160).then(TurnResumed("t1"))
    assert scene.on_the_floor.limit == 360


def test_a_facilitator_may_let_a_returned_speaker_go_on() -> None:
    back().when(ADA, ResumeTurn("t1"), at=160).then(TurnResumed("t1"))


def test_nobody_else_goes_on_for_a_returned_speaker() -> None:
    back().when(CIKA, ResumeTurn("t1"), at=160).refused(Code.FORBIDDEN)


def test_a_speaker_who_drops_again_is_suspended_again() -> None:
    back().drops(BEN, at=160).then(Dropped(BEN), TurnSuspended("t1", 280))


def test_the_floor_is_held_for_the_window() -> None:
    suspended().wait(224.999).then()
    scene = suspended().wait(225)
    assert scene.of(TurnEnded, HandRaised) == [
        TurnEnded("t1", End.LEFT),
        HandRaised("h2", BEN, scene.hand("h2").kind, Why.RETURNED, budget=200),
    ]
    assert scene.of(SetAside) == [SetAside(BEN)]


def test_back_at_the_very_moment_is_in_time() -> None:
    assert suspended().returns(BEN, at=225).on_the_floor.returned


def test_the_rest_of_a_lost_turn_waits_at_the_head_and_is_offered_on_return() -> None:
    scene = suspended().raises(CIKA, DEWI).wait(230)
    assert scene.queue == (BEN, DEWI)
    assert scene.on_the_floor.seat == CIKA
    assert scene.circle.people[BEN].spoken == 100
    scene = scene.returns(BEN).when(CIKA, AcceptFloor("t2")).when(CIKA, FinishTurn("t2"), at=240).wait(245)
    scene.then(FloorOffered("t3", BEN, "h4", 200, 285))


def test_hands_about_the_room_stay_ahead_of_it() -> None:
    scene = suspended().raises(CIKA).raises(DEWI, kind=HandKind.PROCESS).when(ADA, EndTurn("t1"))
    assert scene.queue == (DEWI, BEN, CIKA)


def test_a_facilitator_goes_on_earlier_and_the_rest_is_kept() -> None:
    scene = suspended().when(ADA, EndTurn("t1"), at=110)
    assert scene.of(TurnEnded) == [TurnEnded("t1", End.LEFT)]
    assert (scene.queue, scene.hand("h2").budget) == ((BEN,), 200)


@pytest.mark.parametrize(("dropped_at", "kept"), [(295, True), (295.1, False), (330, False)])
def test_a_rest_too_short_to_say_anything_is_simply_over(dropped_at: float, kept: bool) -> None:
    scene = suspended(at=dropped_at).when(ADA, EndTurn("t1"))
    assert (scene.queue == (BEN,)) is kept


def test_a_suspended_turn_can_be_given_more_time() -> None:
    suspended().when(ADA, ExtendTurn("t1", 410), at=110).then(TurnExtended("t1", 400))


def test_a_suspended_turn_is_neither_paused_nor_resumed() -> None:
    suspended().when(ADA, PauseTurn("t1")).refused(Code.NOT_RUNNING)
    suspended().when(ADA, ResumeTurn("t1")).refused(Code.NOT_PAUSED)


def test_a_restart_suspends_whoever_was_speaking() -> None:
    scene = speaking().when(SERVER, Restart(), at=105)
    assert scene.of(TurnSuspended) == [TurnSuspended("t1", 225)]
    assert scene.circle.turns["t1"].left == 200


def test_a_restart_leaves_a_paused_turn_paused() -> None:
    scene = paused().when(SERVER, Restart(), at=200).returns(ADA).returns(BEN).wait(1000)
    assert scene.on_the_floor.state is TurnState.PAUSED


def test_first_lost_first_offered() -> None:
    """What was left of two lost turns, one after the other."""
    scene = given(ADA, BEN, CIKA, DEWI).raises(BEN, CIKA, DEWI).wait(until=5).when(BEN, AcceptFloor("t1"))
    scene = scene.drops(BEN, at=20).when(ADA, EndTurn("t1"), at=25).wait(until=30)
    scene = scene.when(CIKA, AcceptFloor(scene.turn_id)).drops(CIKA, at=50).when(ADA, EndTurn("t2"), at=55)
    assert scene.queue == (BEN, CIKA, DEWI)
    assert scene.raises(ADA, kind=HandKind.PROCESS).queue == (ADA, BEN, CIKA, DEWI)
