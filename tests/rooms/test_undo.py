"""Putting the last speaker back."""

from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    AllowQuestion,
    BeginRound,
    BeginSilence,
    CallOn,
    EndRound,
    EndTurn,
    FinishTurn,
    GiveFloor,
    HandKind,
    HoldSilence,
    Leave,
    PassFloor,
    PauseRoom,
    PauseTurn,
    RaiseHand,
    Remove,
    ResumeRoom,
    ResumeTurn,
    RingBell,
    SetPhase,
    TakeFloor,
    UndoEnd,
)
from protocol.errors import Code
from protocol.formats import Ending, Movement, Responses
from protocol.views import Deed, TurnState
from rooms.audio import audible
from rooms.events import (
    End,
    FloorGiven,
    FloorOffered,
    HandLowered,
    NoteForgotten,
    OfferPassed,
    OfferPutOff,
    TurnEnded,
    TurnExtended,
    TurnRestored,
    TurnResumed,
)
from tests.given import ADA, BEN, CIKA, DEWI, HARD, PHASE, Scene, given, plan, room


def ended(at: float = 105) -> Scene:
    """Ben was done by accident, after 100 seconds of 300. Nobody waits."""
    return given(ADA, BEN, CIKA, DEWI).speaks(BEN).when(BEN, FinishTurn("t1"), at=at)


def waited() -> Scene:
    """The same, and Cika's hand (h2) is up."""
    return given(ADA, BEN, CIKA, DEWI).speaks(BEN).raises(CIKA).when(BEN, FinishTurn("t1"), at=105)


# What is put back


def test_the_turn_is_back_with_the_time_that_was_left() -> None:
    scene = ended()
    assert scene.circle.last is not UNSET
    assert (scene.circle.last.turn, scene.circle.last.seat, scene.circle.last.left) == ("t1", BEN, 200)
    back = scene.when(BEN, UndoEnd("t1"), at=110).then(TurnRestored("t1", 130))
    shown = back.circle.turns["t1"]
    assert (shown.state, shown.left, shown.waits_until) == (TurnState.PAUSED, 200, 130)
    assert not audible(back.state)
    assert back.circle.last is UNSET


def test_it_goes_on_when_its_person_says_so_or_after_a_moment() -> None:
    scene = ended().when(ADA, UndoEnd("t1"), at=110)
    scene.when(BEN, ResumeTurn("t1"), at=115).then(TurnResumed("t1"))
    scene.wait(129.9).then()
    on = scene.wait(130).then(TurnResumed("t1"))
    assert on.on_the_floor.limit == 330


def test_it_is_counted_as_one() -> None:
    scene = ended().when(BEN, UndoEnd("t1"), at=110)
    assert (scene.circle.people[BEN].turns, scene.circle.people[BEN].spoken) == (0, 0)
    scene = scene.when(BEN, ResumeTurn("t1"), at=115).when(BEN, FinishTurn("t1"), at=135)
    assert (scene.circle.people[BEN].turns, scene.circle.people[BEN].spoken) == (1, 120)
    assert scene.when(BEN, UndoEnd("t1"), at=140).code is None


def test_overtime_is_not_counted_twice_nor_kept() -> None:
    scene = ended(at=350)
    assert scene.circle.overtime == 45
    assert scene.when(BEN, UndoEnd("t1")).circle.overtime == 0


def test_the_silence_that_was_held_in_it_is_counted() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(BEN, HoldSilence("t1"), at=50).when(BEN, FinishTurn("t1"), at=150)
    back = scene.when(BEN, UndoEnd("t1"), at=155)
    assert (back.on_the_floor.hushed, back.circle.turns["t1"].left) == (100, 255)


@pytest.mark.parametrize("at", [105, 400])
def test_what_a_facilitator_ended_too(at: float) -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, EndTurn("t1"), at=at)
    assert scene.when(ADA, UndoEnd("t1")).code is None


def test_and_what_time_ended_where_the_group_chose_it() -> None:
    """With as long for a last word as a warning lasts."""
    scene = given(ADA, BEN, of=HARD).speaks(BEN).wait(305).when(ADA, UndoEnd("t1"), at=306)
    scene = scene.then(TurnRestored("t1", 326), TurnExtended("t1", 330)).wait(326).then(TurnResumed("t1"))
    scene.wait(355.9).then()
    scene.wait(356).then(TurnEnded("t1", End.TIME))


@pytest.mark.parametrize(("warning", "more"), [(0, 10), (9, 10), (60, 60)])
def test_where_no_warning_is_given_it_is_long_enough_to_say_something(warning: float, more: float) -> None:
    scene = given(ADA, BEN, of=plan(ending=Ending.HARD, warning=warning)).speaks(BEN).wait(305)
    assert scene.when(ADA, UndoEnd("t1")).of(TurnExtended) == [TurnExtended("t1", 300 + more)]


def test_so_has_whoever_was_ended_shortly_before() -> None:
    """With 29 seconds left it is 30, with 30 nothing more."""
    scene = given(ADA, BEN, of=HARD).speaks(BEN)
    assert scene.when(ADA, EndTurn("t1"), at=276).when(ADA, UndoEnd("t1")).of(TurnExtended) == [TurnExtended("t1", 301)]
    assert scene.when(ADA, EndTurn("t1"), at=275).when(ADA, UndoEnd("t1")).of(TurnExtended) == []


def test_but_nobody_gains_time_by_being_done_and_not() -> None:
    scene = given(ADA, BEN, of=HARD).speaks(BEN).when(BEN, FinishTurn("t1"), at=303).when(BEN, UndoEnd("t1"), at=304)
    scene.then(TurnRestored("t1", 324)).wait(324).wait(326).then(TurnEnded("t1", End.TIME))


def test_where_nothing_ends_at_the_limit_grace_goes_on() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, EndTurn("t1"), at=310).when(ADA, UndoEnd("t1"), at=311)
    assert scene.then(TurnRestored("t1", 331)).wait(331).on_the_floor.state is TurnState.GRACE


def test_a_turn_that_was_lost_comes_back_and_the_rest_of_it_waits_no_more() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN).drops(BEN, at=105).wait(225)
    assert scene.queue == (BEN,)
    scene.when(ADA, UndoEnd("t1")).refused(Code.NOT_HERE)
    back = scene.returns(BEN, at=226).when(ADA, UndoEnd("t1"), at=227)
    back.then(HandLowered("h2"), NoteForgotten("h2"), TurnRestored("t1", 247))
    assert back.queue == ()


# What happened since


def test_an_offer_that_was_made_since_is_taken_back() -> None:
    scene = waited().wait(110)
    assert scene.on_the_floor.seat == CIKA
    back = scene.when(ADA, UndoEnd("t1"), at=112)
    back.then(OfferPutOff("t2", scene.state.kept.turns["t2"].held.reason), TurnRestored("t1", 132))  # type: ignore[union-attr]
    assert back.queue == (CIKA,)
    assert back.circle.floor == "t1"
    done = back.when(BEN, ResumeTurn("t1")).when(BEN, FinishTurn("t1"), at=140).wait(145)
    assert done.of(FloorOffered) == [FloorOffered("t3", CIKA, "h2", 300, 185)]


def test_of_somebody_who_was_called_and_had_no_hand_nothing_stays() -> None:
    scene = ended().when(ADA, CallOn(DEWI), at=110).when(ADA, UndoEnd("t1"), at=111)
    scene.then(OfferPassed("t2"), TurnRestored("t1", 131))


def test_nor_when_it_is_the_speaker_who_was_called() -> None:
    scene = ended().when(ADA, CallOn(BEN), at=110).when(ADA, UndoEnd("t1"), at=111)
    scene.then(OfferPassed("t2"), TurnRestored("t1", 131))


def test_whoever_was_called_in_the_quiet_is_still_the_next() -> None:
    scene = ended().when(ADA, CallOn(DEWI), at=106).when(BEN, UndoEnd("t1"), at=107).then(TurnRestored("t1", 127))
    assert scene.queue == (DEWI,)


def test_nor_in_a_round_after_its_turn() -> None:
    scene = given(ADA, BEN, of=plan(floor=Movement.ROUND)).wait(5).when(ADA, AcceptFloor("t1"))
    scene = scene.when(ADA, FinishTurn("t1"), at=20).wait(25).when(ADA, EndRound()).when(ADA, CallOn(ADA))
    scene.when(ADA, UndoEnd("t1")).then(OfferPassed("t3"), TurnRestored("t1", 45))


def test_a_hand_of_ones_own_is_taken_down() -> None:
    scene = waited().when(BEN, RaiseHand(), at=106).when(BEN, UndoEnd("t1"), at=107)
    scene.then(HandLowered("h3"), NoteForgotten("h3"), TurnRestored("t1", 127))


def test_and_so_is_an_offer_to_oneself() -> None:
    scene = ended().when(BEN, RaiseHand(), at=106).wait(110)
    assert scene.on_the_floor.seat == BEN
    back = scene.when(ADA, UndoEnd("t1"), at=112)
    assert back.of(TurnRestored) == [TurnRestored("t1", 132)]
    assert (back.queue, list(back.state.kept.turns)) == ((), ["t1"])


def test_the_piece_is_not_given_any_more() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(give=True)).speaks(BEN).when(BEN, GiveFloor("t1", CIKA), at=105)
    back = scene.when(BEN, UndoEnd("t1"), at=106).then(FloorGiven(""), TurnRestored("t1", 126))
    assert back.circle.given is UNSET
    offered = scene.wait(110).when(ADA, UndoEnd("t1"), at=111)
    offered.then(OfferPassed("t2"), TurnRestored("t1", 131))
    assert offered.queue == ()


def test_in_a_round_the_place_is_as_it_was() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.ROUND)).wait(5).when(ADA, AcceptFloor("t1"))
    scene = scene.when(ADA, FinishTurn("t1"), at=20).wait(25)
    assert scene.on_the_floor.seat == BEN
    back = scene.when(ADA, UndoEnd("t1"), at=26).when(ADA, ResumeTurn("t1"))
    assert back.state.kept.round is not None
    assert back.state.kept.round.waiting == (BEN, CIKA)
    again = back.when(ADA, FinishTurn("t1"), at=40).wait(45)
    assert (again.on_the_floor.seat, again.circle.people[ADA].turns) == (BEN, 1)


def test_in_an_open_floor_there_is_room_or_an_offer_is_taken_back() -> None:
    scene = given(ADA, BEN, CIKA, DEWI, of=plan(floor=Movement.OPEN, voices=2))
    scene = scene.when(BEN, TakeFloor()).when(CIKA, TakeFloor()).when(BEN, FinishTurn("t1"), at=20)
    back = scene.when(BEN, UndoEnd("t1"), at=21).then(TurnRestored("t1", 41))
    assert set(back.state.kept.turns) == {"t1", "t2"}
    third = scene.when(ADA, CallOn(DEWI), at=21)
    assert third.of(FloorOffered) != []
    assert [type(event) for event in third.when(ADA, UndoEnd("t1"), at=22).said] == [OfferPassed, TurnRestored]


def test_there_an_offer_beside_which_there_is_room_stays() -> None:
    scene = given(ADA, BEN, CIKA, DEWI, of=plan(floor=Movement.OPEN, voices=3)).when(BEN, TakeFloor())
    scene = scene.when(CIKA, TakeFloor()).when(BEN, FinishTurn("t1"), at=20).when(ADA, CallOn(DEWI), at=21)
    back = scene.when(ADA, UndoEnd("t1"), at=22).then(TurnRestored("t1", 42))
    assert set(back.state.kept.turns) == {"t1", "t2", "t3"}


def test_there_a_question_that_its_person_was_about_to_ask_is_not_asked() -> None:
    """Nobody has two turns; and the one that the question was let into goes on."""
    of = plan(floor=Movement.OPEN, voices=2, kinds=(HandKind.QUESTION,), responses=Responses.INSIDE)
    scene = given(ADA, BEN, CIKA, DEWI, of=of).when(BEN, TakeFloor()).when(CIKA, TakeFloor())
    scene = scene.when(BEN, FinishTurn("t1"), at=20).when(ADA, CallOn(DEWI)).raises(BEN, kind=HandKind.QUESTION)
    scene = scene.when(CIKA, AllowQuestion("t2", "h2")).when(ADA, UndoEnd("t1"), at=30)
    turns = {id: (turn.seat, turn.state) for id, turn in scene.state.kept.turns.items()}
    assert turns == {"t1": (BEN, TurnState.PAUSED), "t2": (CIKA, TurnState.SPEAKING)}
    assert scene.queue == ()


# Who, and until when


def test_the_speaker_only_while_nobody_was_offered_the_floor() -> None:
    scene = waited()
    assert "undo-end" in scene.may(BEN)
    offered = scene.wait(110)
    assert "undo-end" not in offered.may(BEN)
    offered.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    passed = offered.when(CIKA, PassFloor("t2"))
    passed.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    assert passed.when(ADA, UndoEnd("t1")).code is None


@pytest.mark.parametrize("at", [105, 400])
def test_not_the_speaker_when_those_who_lead_ended_it(at: float) -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, EndTurn("t1"), at=at)
    assert "undo-end" not in scene.may(BEN)
    scene.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    timed = given(ADA, BEN, of=HARD).speaks(BEN).wait(305)
    timed.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)


def test_nor_when_they_had_paused_it() -> None:
    """Or the speaker would go on alone after *done* and *undo*."""
    scene = given(ADA, BEN).speaks(BEN).when(ADA, PauseTurn("t1"), at=50).when(BEN, FinishTurn("t1"), at=60)
    scene.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    assert scene.when(ADA, UndoEnd("t1")).code is None


@pytest.mark.parametrize("stop", [PauseRoom(), RingBell(), BeginSilence(60)])
def test_but_when_it_was_the_whole_room_that_stood_still(stop: Any) -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN).when(ADA, stop, at=50).when(BEN, FinishTurn("t1"), at=55)
    assert scene.when(BEN, UndoEnd("t1")).code is None


def test_and_when_it_had_been_put_back_before() -> None:
    scene = ended().when(ADA, UndoEnd("t1")).when(BEN, FinishTurn("t1"), at=110)
    assert scene.when(BEN, UndoEnd("t1")).code is None


def test_nobody_else_but_those_who_lead() -> None:
    ended().when(CIKA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    assert "undo-end" not in ended().may(CIKA)
    assert "undo-end" in ended().may(ADA)


def test_not_after_somebody_has_begun() -> None:
    scene = waited().wait(110).when(CIKA, AcceptFloor("t2"))
    scene.when(ADA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    assert scene.circle.last is UNSET
    taken = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=2)).when(BEN, TakeFloor())
    taken = taken.when(BEN, FinishTurn("t1")).when(CIKA, TakeFloor())
    taken.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)


@pytest.mark.parametrize(("by", "command"), [(BEN, Leave()), (ADA, Remove(BEN, "")), (BEN, Leave(erase=True))])
def test_not_of_somebody_who_is_gone(by: str, command: Any) -> None:
    scene = ended().when(by, command)
    scene.when(ADA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    assert scene.state.kept.last is None
    speaking = given(ADA, BEN, CIKA).speaks(BEN).when(by, command)
    assert speaking.state.kept.last is None
    assert ended().when(CIKA, Leave()).state.kept.last is not None


def test_not_another_turn_nor_twice() -> None:
    ended().when(ADA, UndoEnd("t9")).refused(Code.NOTHING_TO_UNDO)
    ended().when(ADA, UndoEnd("t1")).when(ADA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    given(ADA, BEN).when(ADA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    given(ADA, BEN).speaks(BEN).when(ADA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)


def test_while_the_room_stands_still_it_stands_too() -> None:
    scene = ended().when(ADA, PauseRoom(), at=110).when(ADA, UndoEnd("t1"), at=150)
    scene.wait(500).then()
    assert scene.when(ADA, ResumeRoom(), at=510).on_the_floor.until == 530


# Another phase since

ONE, TWO = replace(PHASE, name="one"), replace(PHASE, name="two")


def test_in_another_phase_only_those_who_lead() -> None:
    """The last voice of an open floor does not come back by its own hand."""
    of = room(replace(PHASE, name="open-floor", floor=Movement.OPEN, voices=2), TWO)
    scene = given(ADA, BEN, CIKA, of=of).when(BEN, TakeFloor()).when(ADA, SetPhase("two"), at=50)
    assert scene.circle.last is not UNSET
    scene.when(BEN, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)
    scene.when(ADA, UndoEnd("t1")).then(TurnRestored("t1", 70))


def test_overtime_of_the_phase_before_is_not_that_of_this_one() -> None:
    scene = given(ADA, BEN, of=room(ONE, TWO)).speaks(BEN).when(BEN, FinishTurn("t1"), at=350)
    scene = scene.when(ADA, SetPhase("two"), at=360).when(ADA, UndoEnd("t1"), at=361)
    assert scene.circle.overtime == 0
    assert scene.when(BEN, ResumeTurn("t1")).when(BEN, FinishTurn("t1"), at=400).circle.overtime == 0


# What the room is told


def test_the_room_is_told_when_somebody_who_leads_did_it() -> None:
    [act] = ended().when(ADA, UndoEnd("t1")).acts
    assert (act.done, act.by, act.seat) == (Deed.END_UNDONE, ADA, BEN)
    assert ended().when(BEN, UndoEnd("t1")).acts == ()


def test_an_offer_in_a_round_with_a_hand_up_beside_it() -> None:
    scene = ended().when(ADA, BeginRound()).raises(BEN).wait(110).when(ADA, PassFloor("t2"))
    assert (scene.on_the_floor.seat, scene.queue) == (BEN, (BEN,))
    scene = scene.when(ADA, UndoEnd("t1"))
    assert [type(event) for event in scene.said] == [OfferPutOff, HandLowered, NoteForgotten, TurnRestored]
    assert scene.queue == ()
