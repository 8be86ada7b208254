"""The talking piece is passed to a named person, who is offered it next and need not take it."""

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    AllowQuestion,
    BeginRound,
    CallOn,
    EndTurn,
    FinishTurn,
    GiveFloor,
    HandKind,
    Leave,
    LowerHand,
    Order,
    PassFloor,
    PassRound,
    PauseRoom,
    RaiseHand,
    ResumeRoom,
    SetPhase,
    UndoEnd,
)
from protocol.errors import Code
from protocol.formats import Movement, Responses
from protocol.views import TurnState, Why
from rooms.asks import Restart
from rooms.events import (
    Dropped,
    End,
    FloorGiven,
    FloorOffered,
    HandRaised,
    OfferPassed,
    OfferPutOff,
    ReturnAwaited,
    TurnEnded,
)
from rooms.state import Plan
from tests.given import ADA, BEN, CIKA, DEWI, NOBODY, PHASE, SERVER, Scene, doors, given, plan, room

COUNCIL = plan(give=True)
AROUND = plan(give=True, floor=Movement.ROUND)
PEOPLE = (ADA, BEN, CIKA, DEWI)


def speaking(*waiting: str, of: Plan = COUNCIL) -> Scene:
    """Ben speaks in turn t1; these wait with a hand: h2, h3, ..."""
    return given(*PEOPLE, of=of).speaks(BEN).raises(*waiting)


def around() -> Scene:
    """A round; Ada speaks in turn t1."""
    return given(*PEOPLE, of=AROUND).wait(5).when(ADA, AcceptFloor("t1"))


def passed_on(scene: Scene, to: str) -> Scene:
    """Whoever speaks is done at 20, and gives it to somebody."""
    return scene.when(scene.on_the_floor.seat, GiveFloor(scene.turn_id, to), at=20)


# To whom


def test_giving_ends_the_turn_and_the_person_is_offered_the_floor_after_the_quiet() -> None:
    scene = passed_on(speaking(CIKA), DEWI).then(TurnEnded("t1", End.FINISHED), FloorGiven(DEWI))
    assert scene.circle.given == DEWI
    assert [seat for seat in PEOPLE if scene.you(seat).next] == [DEWI]
    scene.wait(24.999).then()
    scene = scene.wait(25)
    scene.then(
        HandRaised("h3", DEWI, HandKind.SHARE, Why.CALLED, before="h2", own=False),
        FloorOffered("t2", DEWI, "h3", 300, 65),
    )
    assert scene.circle.given is UNSET
    assert scene.queue == (CIKA,)


def test_who_has_a_hand_up_is_offered_the_floor_out_of_it() -> None:
    scene = passed_on(speaking(CIKA, DEWI), DEWI).wait(25).then(FloorOffered("t2", DEWI, "h3", 300, 65))
    assert scene.queue == (CIKA,)


def test_a_rest_is_over_for_whom_the_piece_is_given_to() -> None:
    scene = given(*PEOPLE, of=COUNCIL).raises(DEWI, BEN).wait(5).when(DEWI, PassFloor("t1", later=True), at=15)
    scene = scene.when(BEN, AcceptFloor("t2"))
    assert scene.hand("h1").rests_until == 45
    assert passed_on(scene, DEWI).wait(25).of(FloorOffered) == [FloorOffered("t3", DEWI, "h1", 300, 65)]


def test_hands_about_the_room_go_first() -> None:
    scene = speaking(CIKA).raises(ADA, kind=HandKind.PROCESS)
    scene = passed_on(scene, DEWI)
    assert scene.you(ADA).next
    scene = scene.wait(25).then(FloorOffered("t2", ADA, "h3", 300, 65))
    assert scene.circle.given == DEWI
    scene = scene.when(ADA, AcceptFloor("t2")).when(ADA, FinishTurn("t2"), at=30).wait(35)
    assert scene.on_the_floor.seat == DEWI


def test_in_a_round_it_is_given_to_somebody_who_is_yet_to_come() -> None:
    scene = passed_on(around(), DEWI).wait(25).then(FloorOffered("t2", DEWI, "", 300, 65, round=True))
    scene = scene.when(DEWI, AcceptFloor("t2")).when(DEWI, GiveFloor("t2", ADA)).refused(Code.NOT_IN_ROUND)
    scene = scene.when(DEWI, FinishTurn("t2"), at=30).wait(35)
    assert scene.on_the_floor.seat == BEN
    passed = around().when(CIKA, PassRound())
    passed.when(ADA, GiveFloor("t1", CIKA)).refused(Code.NOT_IN_ROUND)


@pytest.mark.parametrize("of", [plan(give=True, automatic_offers=False), plan(give=True, order=Order.CHOSEN)])
def test_it_is_given_where_nothing_else_is_offered_by_itself_too(of: Plan) -> None:
    scene = given(*PEOPLE, of=of).raises(CIKA).when(ADA, CallOn(BEN)).when(BEN, AcceptFloor("t1"))
    scene = passed_on(scene, DEWI).wait(25)
    assert scene.on_the_floor.seat == DEWI
    assert scene.when(DEWI, PassFloor("t2")).wait(500).of(FloorOffered) == []


def test_it_is_given_in_grace_and_while_the_turn_stands() -> None:
    grace = speaking().wait(310)
    assert grace.on_the_floor.state is TurnState.GRACE
    grace.when(BEN, GiveFloor("t1", DEWI)).then(TurnEnded("t1", End.FINISHED), FloorGiven(DEWI))
    held = speaking().when(ADA, PauseRoom(), at=10)
    held = held.when(BEN, GiveFloor("t1", DEWI), at=20).wait(100).then()
    held = held.when(ADA, ResumeRoom())
    held.wait(104.999).then()
    assert held.wait(105).on_the_floor.seat == DEWI


def test_the_piece_is_given_by_whoever_has_it() -> None:
    given(*PEOPLE, of=COUNCIL).when(BEN, GiveFloor("t1", DEWI)).refused(Code.STALE)
    speaking().when(CIKA, GiveFloor("t1", DEWI)).refused(Code.NO_TURN)
    speaking().when(ADA, GiveFloor("t1", DEWI)).refused(Code.NO_TURN)
    given(*PEOPLE, of=COUNCIL).offered(BEN).when(BEN, GiveFloor("t1", DEWI)).refused(Code.NOT_RUNNING)
    speaking(of=plan()).when(BEN, GiveFloor("t1", DEWI)).refused(Code.PHASE_OFF)
    assert "give-floor" in speaking().may(BEN)
    assert "give-floor" not in speaking(of=plan()).may(BEN)


def test_somebody_elses_piece_is_not_given() -> None:
    two = given(*PEOPLE, of=plan(give=True, floor=Movement.OPEN, voices=2)).raises(BEN, CIKA)
    two = two.when(BEN, AcceptFloor("t1")).when(CIKA, AcceptFloor("t2"))
    two.when(CIKA, GiveFloor("t1", DEWI)).refused(Code.NOT_YOURS)
    two.when(CIKA, GiveFloor("t2", BEN)).refused(Code.HAS_FLOOR)
    two.when(CIKA, GiveFloor("t2", DEWI)).then(
        TurnEnded("t2", End.FINISHED),
        FloorGiven(DEWI),
        HandRaised("h3", DEWI, HandKind.SHARE, Why.CALLED, own=False),
        FloorOffered("t3", DEWI, "h3", 300, two.now + 40),
    )


def test_it_is_given_to_somebody_else_who_is_here() -> None:
    scene = speaking()
    scene.when(BEN, GiveFloor("t1", BEN)).refused(Code.SELF)
    scene.when(BEN, GiveFloor("t1", NOBODY)).refused(Code.NO_SEAT)
    scene.drops(DEWI).when(BEN, GiveFloor("t1", DEWI)).refused(Code.NOT_HERE)
    scene.joins("eka").when(BEN, GiveFloor("t1", "eka")).refused(Code.WAITING)
    doors(*PEOPLE, of=COUNCIL).when(BEN, GiveFloor("t1", DEWI)).refused(Code.STALE)


def test_whoever_has_a_word_about_the_room_does_not_either_and_it_goes_where_it_was_given() -> None:
    scene = speaking().raises(CIKA, kind=HandKind.PROCESS)
    scene = passed_on(scene, DEWI).wait(25).when(CIKA, AcceptFloor("t2"))
    assert "give-floor" not in scene.may(CIKA)
    scene.when(CIKA, GiveFloor("t2", ADA)).refused(Code.NOT_YOURS)
    scene = scene.when(CIKA, FinishTurn("t2"), at=30).wait(35)
    assert (scene.on_the_floor.seat, scene.on_the_floor.state) == (DEWI, TurnState.OFFERED)


def test_whoever_asks_a_question_inside_a_turn_does_not_hold_the_piece() -> None:
    of = plan(give=True, responses=Responses.INSIDE)
    scene = given(*PEOPLE, of=of).speaks(BEN).raises(CIKA, kind=HandKind.QUESTION)
    scene = scene.when(BEN, AllowQuestion("t1", "h2")).when(CIKA, AcceptFloor("t2"))
    scene.when(CIKA, GiveFloor("t2", DEWI)).refused(Code.NOT_YOURS)
    alone = scene.when(BEN, FinishTurn("t1")).when(CIKA, GiveFloor("t2", DEWI))
    assert alone.of(FloorGiven) == [FloorGiven(DEWI)]


# Given on


def given_to_dewi(*waiting: str, of: Plan = COUNCIL) -> Scene:
    """Ben gave it to Dewi, who speaks in t2 since 25; these wait."""
    return passed_on(speaking(*waiting, of=of), DEWI).wait(25).when(DEWI, AcceptFloor("t2"))


def test_a_piece_that_was_given_goes_back_to_the_queue_while_a_hand_waits() -> None:
    scene = given_to_dewi(CIKA)
    assert scene.on_the_floor.given
    assert "give-floor" not in scene.may(DEWI)
    scene.when(DEWI, GiveFloor("t2", BEN)).refused(Code.ENOUGH)
    scene.when(DEWI, GiveFloor("t2", CIKA)).refused(Code.ENOUGH)  # who is next anyhow
    scene = scene.when(DEWI, FinishTurn("t2"), at=30).wait(35).when(CIKA, AcceptFloor("t3"))
    assert not scene.on_the_floor.given
    assert scene.raises(BEN).when(CIKA, GiveFloor("t3", DEWI)).of(FloorGiven) == [FloorGiven(DEWI)]


def test_it_is_given_on_while_nobody_waits() -> None:
    scene = given_to_dewi()
    assert "give-floor" in scene.may(DEWI)
    raised = scene.raises(CIKA)
    assert "give-floor" not in raised.may(DEWI)
    assert "give-floor" in raised.when(CIKA, LowerHand()).may(DEWI)
    assert scene.when(DEWI, GiveFloor("t2", ADA), at=30).wait(35).on_the_floor.seat == ADA


def test_somebody_who_is_away_does_not_wait_until_they_are_back() -> None:
    scene = given_to_dewi(CIKA).drops(CIKA)
    assert "give-floor" in scene.may(DEWI)
    assert "give-floor" not in scene.returns(CIKA).may(DEWI)


def test_somebody_who_rests_waits() -> None:
    scene = given(*PEOPLE, of=COUNCIL).raises(CIKA, BEN).wait(5).when(CIKA, PassFloor("t1", later=True), at=15)
    scene = passed_on(scene.when(BEN, AcceptFloor("t2")), DEWI).wait(25).when(DEWI, AcceptFloor("t3"))
    assert scene.hand("h1").rests_until > scene.now
    scene.when(DEWI, GiveFloor("t3", ADA)).refused(Code.ENOUGH)


@pytest.mark.parametrize("of", [plan(give=True, automatic_offers=False), plan(give=True, order=Order.CHOSEN)])
def test_where_those_who_lead_choose_only_whoever_they_called_waits(of: Plan) -> None:
    scene = given(*PEOPLE, of=of).raises(CIKA).when(ADA, CallOn(BEN)).when(BEN, AcceptFloor("t1"))
    scene = passed_on(scene, DEWI).wait(25).when(DEWI, AcceptFloor("t2"))
    assert "give-floor" in scene.may(DEWI)
    scene.when(ADA, CallOn(CIKA)).when(DEWI, GiveFloor("t2", BEN)).refused(Code.ENOUGH)


def test_in_a_round_it_is_given_on_for_there_it_comes_to_everybody() -> None:
    scene = passed_on(around(), DEWI).raises(ADA, kind=HandKind.PROCESS).wait(25)
    scene = scene.when(ADA, AcceptFloor("t2")).when(ADA, FinishTurn("t2"), at=30).wait(35).when(DEWI, AcceptFloor("t3"))
    assert scene.on_the_floor.given
    scene = scene.raises(ADA, kind=HandKind.PROCESS)
    assert scene.when(DEWI, GiveFloor("t3", CIKA)).of(FloorGiven) == [FloorGiven(CIKA)]


def test_it_was_given_also_after_a_drop_and_when_its_end_was_undone() -> None:
    lost = given_to_dewi(CIKA).drops(DEWI).returns(DEWI)
    lost.when(DEWI, GiveFloor("t2", BEN)).refused(Code.ENOUGH)
    undone = given_to_dewi(CIKA).when(DEWI, FinishTurn("t2"), at=30).when(DEWI, UndoEnd("t2"), at=31)
    undone.when(DEWI, GiveFloor("t2", BEN)).refused(Code.ENOUGH)


# Not taken


def offered_to_dewi(of: Plan = COUNCIL) -> Scene:
    """Dewi, who has no hand up, was given the piece, and is offered it as t2; Cika waits."""
    return passed_on(speaking(CIKA, of=of), DEWI).wait(25)


def test_who_passes_leaves_nothing_and_it_goes_on_as_usual() -> None:
    scene = offered_to_dewi().when(DEWI, PassFloor("t2"))
    assert scene.of(OfferPassed, FloorOffered) == [OfferPassed("t2"), FloorOffered("t3", CIKA, "h2", 300, 65)]
    assert scene.queue == ()


def test_who_does_not_answer_leaves_nothing() -> None:
    scene = offered_to_dewi().wait(65)
    scene.then(OfferPassed("t2"), FloorOffered("t3", CIKA, "h2", 300, 105))
    assert offered_to_dewi().when(ADA, EndTurn("t2")).of(OfferPassed) == [OfferPassed("t2")]


def test_who_says_later_has_a_hand_up_then() -> None:
    scene = offered_to_dewi().when(DEWI, PassFloor("t2", later=True))
    assert scene.hand("h3").own
    assert scene.queue == (DEWI,)


def test_a_hand_of_ones_own_stays_when_nobody_answers() -> None:
    scene = passed_on(speaking(CIKA, DEWI), DEWI).wait(25).wait(65)
    assert scene.of(OfferPutOff, FloorOffered) == [
        OfferPutOff("t2", Why.LATER, "", 95),
        FloorOffered("t3", CIKA, "h2", 300, 105),
    ]


def test_who_passes_in_a_round_is_asked_once_more_at_the_end() -> None:
    scene = passed_on(around(), DEWI).wait(25).when(DEWI, PassFloor("t2"))
    assert scene.on_the_floor.seat == BEN
    assert scene.state.kept.round is not None
    assert scene.state.kept.round.again == (DEWI,)


def test_who_is_away_when_it_comes_is_not_waited_for() -> None:
    scene = passed_on(speaking(CIKA), DEWI).drops(DEWI, at=22)
    scene.wait(24.999).then()
    scene.wait(25).then(FloorGiven(""), FloorOffered("t2", CIKA, "h2", 300, 65))
    back = scene.returns(DEWI, at=24).wait(25)
    assert back.on_the_floor.seat == DEWI


def test_who_drops_while_offered_is_offered_it_first_on_return() -> None:
    scene = offered_to_dewi().drops(DEWI)
    assert scene.of(Dropped, OfferPutOff, FloorOffered) == [
        Dropped(DEWI),
        OfferPutOff("t2", Why.CALLED, "h2"),
        FloorOffered("t3", CIKA, "h2", 300, 65),
    ]
    scene = scene.returns(DEWI).when(CIKA, PassFloor("t3"))
    assert scene.of(FloorOffered) == [FloorOffered("t4", DEWI, "h3", 300, 65)]


def test_who_leaves_is_forgotten() -> None:
    scene = passed_on(speaking(CIKA), DEWI).when(DEWI, Leave())
    assert (scene.state.kept.given, scene.circle.given) == ("", UNSET)
    assert scene.wait(25).on_the_floor.seat == CIKA


def test_who_asks_to_be_passed_by_is_not_offered_it() -> None:
    scene = passed_on(around(), DEWI).when(DEWI, PassRound(), at=22)
    scene.wait(24.999).then()
    scene.wait(25).then(FloorGiven(""), FloorOffered("t2", BEN, "", 300, 65, round=True))


def test_somebody_who_is_called_comes_between() -> None:
    scene = passed_on(speaking(), DEWI).when(ADA, CallOn(CIKA), at=22)
    scene = scene.when(CIKA, AcceptFloor("t2")).when(CIKA, FinishTurn("t2"), at=30).wait(35)
    assert scene.on_the_floor.seat == DEWI
    called = passed_on(speaking(), DEWI).when(ADA, CallOn(DEWI), at=22)
    assert called.state.kept.given == ""


def test_the_last_who_had_it_says_who_is_next() -> None:
    scene = passed_on(speaking(), DEWI).when(ADA, CallOn(CIKA), at=22).when(CIKA, AcceptFloor("t2"))
    scene = scene.when(CIKA, GiveFloor("t2", ADA), at=30).wait(35)
    assert scene.on_the_floor.seat == ADA


# The room meanwhile


def test_it_waits_while_the_room_stands_still() -> None:
    scene = passed_on(speaking(CIKA), DEWI).when(ADA, PauseRoom(), at=22).drops(DEWI).wait(100).then()
    scene = scene.returns(DEWI).when(ADA, ResumeRoom())
    scene.wait(102.999).then()
    assert scene.wait(103).on_the_floor.seat == DEWI


def test_it_outlives_a_restart() -> None:
    scene = passed_on(speaking(), DEWI).when(SERVER, Restart(), at=21)
    assert scene.of(ReturnAwaited) == [ReturnAwaited(41)]
    scene = scene.returns(ADA, at=22)
    assert scene.returns(DEWI, at=40).on_the_floor.seat == DEWI
    assert scene.wait(40.999).state.kept.given == DEWI
    assert scene.wait(41).of(FloorGiven) == [FloorGiven("")]


def test_the_queue_waits_for_whom_it_was_given_to_after_a_restart() -> None:
    scene = passed_on(speaking(CIKA), DEWI).when(SERVER, Restart(), at=21).returns(CIKA, at=22).wait(40)
    assert scene.turn is None
    assert scene.wait(41).on_the_floor.seat == CIKA


def test_a_new_phase_begins_without_it() -> None:
    of = room(replace(PHASE, name="a", give=True), replace(PHASE, name="b", floor=Movement.ROUND))
    scene = passed_on(speaking(of=of), DEWI).when(ADA, SetPhase("b"), at=22).wait(25)
    assert scene.on_the_floor.seat == ADA
    assert scene.state.kept.given == ""


def test_a_round_that_begins_meanwhile_begins_with_whom_it_was_given_to() -> None:
    scene = passed_on(speaking(), DEWI).when(ADA, BeginRound(), at=22).wait(25)
    scene.then(FloorOffered("t2", DEWI, "", 300, 65, round=True))


def test_an_end_that_is_undone_gave_nothing() -> None:
    scene = passed_on(speaking(CIKA), DEWI).when(BEN, UndoEnd("t1"), at=22)
    assert scene.state.kept.given == ""
    scene = scene.wait(50).when(BEN, FinishTurn("t1")).wait(60)
    assert scene.on_the_floor.seat == CIKA
    offered = offered_to_dewi().when(ADA, UndoEnd("t1"))
    assert offered.queue == (CIKA,)


def test_a_hand_of_the_given_is_raised_in_front_of_the_queue_and_behind_who_was_called() -> None:
    scene = passed_on(speaking(CIKA).when(ADA, CallOn(ADA)), DEWI).wait(25)
    assert scene.of(HandRaised) == [HandRaised("h4", DEWI, HandKind.SHARE, Why.CALLED, before="h2", own=False)]
    scene.when(CIKA, RaiseHand()).refused(Code.HAND_UP)
