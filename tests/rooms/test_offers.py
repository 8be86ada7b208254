"""The floor is offered: to whom, when, and what the answers do."""

import pytest

from protocol.commands import (
    AcceptFloor,
    CallOn,
    DeferHand,
    EndTurn,
    Equalise,
    ExtendTurn,
    FinishTurn,
    HandKind,
    HoldOffer,
    LowerHand,
    MoveHand,
    OpenMeeting,
    Order,
    PassFloor,
    RaiseHand,
    ResumeRoom,
    TakeFloor,
)
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import Deed, TurnState, Why
from rooms.asks import Restart
from rooms.events import (
    Dropped,
    End,
    FloorAccepted,
    FloorOffered,
    HandMoved,
    HandRaised,
    NoteForgotten,
    OfferHeld,
    OfferPassed,
    OfferPutOff,
    ReturnAwaited,
    TurnEnded,
)
from rooms.rules import offers
from rooms.state import Plan
from tests.given import ADA, BEN, BY_HAND, CIKA, DEWI, EKA, FAJAR, NOBODY, PLAN, SERVER, Scene, doors, given, plan

PEOPLE = (ADA, BEN, CIKA, DEWI, EKA, FAJAR)


def busy(*waiting: str) -> Scene:
    """Fajar speaks in turn t1; these wait, in this order: h2, h3, ..."""
    return given(*PEOPLE).speaks(FAJAR).raises(*waiting)


def called(of: Plan) -> Scene:
    """Fajar speaks in turn t1, by the call of who leads; nobody waits."""
    return given(*PEOPLE, of=of).when(ADA, CallOn(FAJAR)).when(FAJAR, AcceptFloor("t1"))


# By itself: who comes next, and when


def test_the_first_hand_is_offered_the_free_floor() -> None:
    given(ADA, BEN).wait(10).when(BEN, RaiseHand()).then(
        HandRaised("h1", BEN, HandKind.SHARE, Why.FIRST_COME), FloorOffered("t1", BEN, "h1", 300, 50)
    )


def test_not_before_the_quiet_after_a_turn_is_over() -> None:
    scene = busy(BEN).when(FAJAR, FinishTurn("t1"), at=60).then(TurnEnded("t1", End.FINISHED))
    scene.wait(64.999).then()
    scene.wait(65).then(FloorOffered("t2", BEN, "h2", 300, 105))


def test_a_meeting_begins_with_a_quiet_moment() -> None:
    scene = doors(ADA, BEN).when(ADA, OpenMeeting(), at=100).raises(BEN)
    scene.wait(104.999).then()
    scene.wait(105).then(FloorOffered("t1", BEN, "h1", 300, 145))


def test_the_quiet_can_be_left_out() -> None:
    given(ADA, BEN, of=plan(pause=0)).when(BEN, RaiseHand()).then(
        HandRaised("h1", BEN, HandKind.SHARE, Why.FIRST_COME), FloorOffered("t1", BEN, "h1", 300, 40)
    )


def test_nothing_is_offered_while_somebody_has_the_floor() -> None:
    busy(BEN).wait(304).then()


def test_who_is_away_is_passed_over_and_keeps_the_place() -> None:
    scene = busy(BEN, CIKA).drops(BEN).when(FAJAR, FinishTurn("t1"), at=60).wait(65)
    scene.then(FloorOffered("t2", CIKA, "h3", 300, 105))
    assert scene.queue == (BEN,)


def test_who_is_away_is_offered_first_on_return() -> None:
    scene = busy(BEN, CIKA).drops(BEN).when(FAJAR, FinishTurn("t1"), at=60).wait(65)
    scene = scene.when(CIKA, AcceptFloor("t2")).returns(BEN).raises(DEWI).when(CIKA, FinishTurn("t2"), at=80)
    scene.wait(85).then(FloorOffered("t3", BEN, "h2", 300, 125))


def test_where_everybody_with_a_hand_is_away_the_first_to_return_is_offered_the_floor() -> None:
    scene = busy(BEN, CIKA).drops(BEN).drops(CIKA).when(FAJAR, FinishTurn("t1"), at=60).wait(100).then()
    assert scene.returns(CIKA).of(FloorOffered) == [FloorOffered("t2", CIKA, "h3", 300, 140)]


def test_a_format_may_leave_the_offers_to_the_facilitators() -> None:
    scene = given(ADA, BEN, of=BY_HAND).raises(BEN).wait(1000).then()
    scene.when(ADA, CallOn(BEN)).then(FloorOffered("t1", BEN, "h1", 300, 1040))


CHOSEN = plan(order=Order.CHOSEN)


def test_where_those_who_lead_choose_nothing_is_offered_by_itself() -> None:
    scene = given(*PEOPLE, of=CHOSEN).raises(BEN).raises(CIKA, kind=HandKind.PROCESS).wait(1000).then()
    assert not any(scene.you(seat).next for seat in PEOPLE)
    scene.when(ADA, CallOn(BEN)).then(FloorOffered("t1", BEN, "h1", 300, 1040))


@pytest.mark.parametrize("of", [CHOSEN, BY_HAND])
def test_who_was_called_meanwhile_was_chosen_and_is_offered_it_by_itself(of: Plan) -> None:
    scene = given(*PEOPLE, of=of).raises(BEN, CIKA).when(ADA, CallOn(DEWI)).when(DEWI, AcceptFloor("t1"))
    scene = scene.when(ADA, CallOn(CIKA))
    assert [seat for seat in PEOPLE if scene.you(seat).next] == [CIKA]
    scene = scene.when(DEWI, FinishTurn("t1"), at=60)
    scene.wait(64.999).then()
    scene.wait(65).then(FloorOffered("t2", CIKA, "h2", 300, 105))


@pytest.mark.parametrize("floor", [Movement.SILENCE, Movement.BREAK])
def test_in_a_silence_or_a_break_nothing_is_offered_but_to_whom_somebody_calls(floor: Movement) -> None:
    scene = given(*PEOPLE, of=plan(floor=floor, box=60)).raises(BEN).wait(60)
    scene = scene.when(ADA, ResumeRoom()) if scene.state.kept.hold else scene
    assert scene.wait(1000).of(FloorOffered) == []
    assert not scene.you(BEN).next
    assert scene.when(ADA, CallOn(BEN)).of(FloorOffered) == [FloorOffered("t1", BEN, "h1", 300, 100)]


def test_after_a_break_whoever_was_called_meanwhile_is_offered_it_by_itself() -> None:
    scene = given(*PEOPLE, of=plan(floor=Movement.BREAK, box=60)).when(ADA, ResumeRoom(), at=70)
    scene = scene.when(ADA, CallOn(BEN)).when(BEN, AcceptFloor("t1")).when(ADA, CallOn(CIKA))
    assert [seat for seat in PEOPLE if scene.you(seat).next] == [CIKA]
    scene = scene.when(BEN, FinishTurn("t1"), at=100).wait(105)
    assert scene.of(FloorOffered) == [FloorOffered("t2", CIKA, "h2", 300, 145)]


def test_nobody_is_next_before_the_meeting_is_open() -> None:
    assert not doors(ADA, BEN).you(BEN).next


def test_turns_are_longer_when_everybody_gets_the_overtime_that_somebody_had() -> None:
    scene = busy(BEN).when(FAJAR, FinishTurn("t1"), at=365).when(ADA, Equalise(50)).wait(370)
    assert scene.of(FloorOffered) == [FloorOffered("t2", BEN, "h2", 350, 410)]
    scene = scene.when(BEN, AcceptFloor("t2"))
    assert scene.on_the_floor.base == 350


def test_what_was_left_of_a_lost_turn_gets_no_longer() -> None:
    scene = busy().when(FAJAR, FinishTurn("t1"), at=365).when(ADA, Equalise(50)).when(ADA, CallOn(BEN), at=370)
    scene = scene.when(BEN, AcceptFloor("t2"), at=371).drops(BEN, at=471).wait(600).returns(BEN)
    assert scene.of(FloorOffered) == [FloorOffered("t3", BEN, "h3", 250, 640)]


# Answers


def test_accepting_begins_the_turn() -> None:
    scene = given(ADA, BEN).offered(BEN).when(BEN, AcceptFloor("t1"), at=20)
    scene.then(FloorAccepted("t1"), NoteForgotten("h1"))
    assert (scene.on_the_floor.state, scene.on_the_floor.since) == (TurnState.SPEAKING, 20)
    assert scene.state.kept.hands == {}


def test_the_note_has_done_its_work() -> None:
    scene = given(ADA, BEN).when(BEN, RaiseHand(note="short"), at=20)
    assert scene.state.live.notes == {"h1": "short"}
    assert scene.when(BEN, AcceptFloor("t1")).state.live.notes == {}


def test_passing_takes_the_hand_down_and_the_floor_moves_on_at_once() -> None:
    scene = given(ADA, BEN, CIKA).raises(BEN, CIKA).wait(5).when(BEN, PassFloor("t1"), at=20)
    scene.then(OfferPassed("t1"), NoteForgotten("h1"), FloorOffered("t2", CIKA, "h2", 300, 60))
    assert scene.queue == ()
    assert scene.circle.people[BEN].turns == 0


def test_later_comes_back_after_the_next_one() -> None:
    scene = given(*PEOPLE).raises(BEN, CIKA, DEWI).wait(5).when(BEN, PassFloor("t1", later=True), at=20)
    scene.then(OfferPutOff("t1", Why.LATER, "h3", 50), FloorOffered("t2", CIKA, "h2", 300, 60))
    assert scene.queue == (BEN, DEWI)
    assert scene.circle.hands["h1"].reason is Why.LATER


def test_later_keeps_the_note() -> None:
    scene = given(ADA, BEN).when(BEN, RaiseHand(note="short"), at=20).when(BEN, PassFloor("t1", later=True))
    assert scene.lead.hands["h1"].note == "short"


def test_who_is_alone_and_said_later_is_asked_again_after_a_rest() -> None:
    scene = (
        given(ADA, BEN)
        .offered(BEN)
        .when(BEN, PassFloor("t1", later=True), at=20)
        .then(OfferPutOff("t1", Why.LATER, "", 50))
    )
    scene.wait(49.999).then()
    scene.wait(50).then(FloorOffered("t2", BEN, "h1", 300, 90))


def test_who_rests_lets_others_go_first() -> None:
    scene = given(ADA, BEN, CIKA).offered(BEN).when(BEN, PassFloor("t1", later=True), at=20)
    assert scene.raises(CIKA).of(FloorOffered) == [FloorOffered("t2", CIKA, "h2", 300, 60)]


def test_who_moves_their_hand_rests_no_more() -> None:
    scene = busy(BEN).when(FAJAR, FinishTurn("t1"), at=60).wait(65).when(BEN, PassFloor("t2", later=True), at=70)
    scene = scene.raises(CIKA).when(CIKA, AcceptFloor("t3")).raises(DEWI).when(BEN, DeferHand("h2", "h4"))
    assert scene.hand("h2").rests_until == 0


def test_the_offer_can_be_kept_longer() -> None:
    scene = given(ADA, BEN).offered(BEN).when(BEN, HoldOffer("t1", 200), at=20).then(OfferHeld("t1", 200))
    scene.wait(199.999).then()
    assert scene.wait(200).of(OfferPutOff)


def test_keeping_an_offer_never_shortens_it_and_can_be_repeated() -> None:
    scene = given(ADA, BEN).offered(BEN)
    scene.when(BEN, HoldOffer("t1", 45)).then()
    scene.when(BEN, HoldOffer("t1", 10)).then()
    scene.when(BEN, HoldOffer("t1", float("nan"))).then()


def test_an_offer_is_kept_for_at_most_ten_times_its_length() -> None:
    scene = given(ADA, BEN).offered(BEN)  # at 5
    scene.when(BEN, HoldOffer("t1", 405)).then(OfferHeld("t1", 405))
    scene.when(BEN, HoldOffer("t1", 405.1)).refused(Code.ENOUGH)
    scene.when(ADA, ExtendTurn("t1", 900)).when(BEN, HoldOffer("t1", 900)).then()


@pytest.mark.parametrize("answer", [AcceptFloor("t1"), PassFloor("t1"), HoldOffer("t1", 60)])
def test_only_the_person_who_is_offered_the_floor_answers(answer: object) -> None:
    scene = given(ADA, BEN, CIKA).offered(BEN)
    scene.when(CIKA, answer).refused(Code.NO_TURN)
    scene.when(ADA, answer).refused(Code.NO_TURN)


@pytest.mark.parametrize("kind", [AcceptFloor, PassFloor, FinishTurn])
def test_an_answer_to_an_older_offer_is_stale(kind: type) -> None:
    given(ADA, BEN).offered(BEN).when(BEN, kind("t0")).refused(Code.STALE)


@pytest.mark.parametrize("answer", [AcceptFloor("t1"), PassFloor("t1"), HoldOffer("t1", 60)])
def test_an_offer_is_answered_once(answer: object) -> None:
    given(ADA, BEN).speaks(BEN).when(BEN, answer).refused(Code.NO_TURN)


# No answer


def test_an_unanswered_offer_moves_on_gently_and_keeps_the_hand() -> None:
    scene = given(ADA, BEN, CIKA).raises(BEN, CIKA).wait(5)
    scene.wait(44.999).then()
    scene = scene.wait(45).then(OfferPutOff("t1", Why.LATER, "", 75), FloorOffered("t2", CIKA, "h2", 300, 85))
    assert scene.queue == (BEN,)


def test_an_answer_at_the_very_moment_still_counts() -> None:
    given(ADA, BEN).offered(BEN).when(BEN, AcceptFloor("t1"), at=45).then(FloorAccepted("t1"), NoteForgotten("h1"))


def test_a_late_server_is_in_the_persons_favour() -> None:
    given(ADA, BEN).offered(BEN).late(BEN, AcceptFloor("t1"), at=50).then(FloorAccepted("t1"), NoteForgotten("h1"))


def test_a_facilitator_takes_an_offer_back_and_the_hand_stays() -> None:
    scene = given(ADA, BEN, CIKA).raises(BEN, CIKA).wait(5).when(ADA, EndTurn("t1"), at=10)
    scene.then(OfferPutOff("t1", Why.LATER, "", 40), FloorOffered("t2", CIKA, "h2", 300, 50))


def test_a_facilitator_gives_an_offer_more_time() -> None:
    scene = given(ADA, BEN).offered(BEN)
    scene.when(ADA, ExtendTurn("t1", 1000)).then(OfferHeld("t1", 1000))
    scene.when(ADA, ExtendTurn("t1", 40)).then()
    scene.when(ADA, ExtendTurn("t1", 45)).then()


def test_who_drops_while_offered_goes_back_to_the_head() -> None:
    scene = given(ADA, BEN, CIKA).raises(BEN, CIKA).wait(5).drops(BEN, at=10)
    scene.then(Dropped(BEN), OfferPutOff("t1", Why.FIRST_COME, "h2"), FloorOffered("t2", CIKA, "h2", 300, 50))
    assert scene.queue == (BEN,)
    scene = scene.when(CIKA, PassFloor("t2"), at=12).then(OfferPassed("t2"), NoteForgotten("h2"))
    assert scene.returns(BEN).of(FloorOffered) == [FloorOffered("t3", BEN, "h1", 300, 52)]


def test_who_drops_while_offered_alone_waits_at_the_head() -> None:
    given(ADA, BEN).offered(BEN).drops(BEN).then(Dropped(BEN), OfferPutOff("t1", Why.FIRST_COME))


@pytest.mark.parametrize(
    ("answers", "reason"), [((), Why.FIRST_COME), ((PassFloor("t1", later=True),), Why.LATER)], ids=["first", "later"]
)
def test_an_offer_that_is_taken_away_by_something_else_leaves_the_hand_where_it_was(
    answers: tuple[object, ...], reason: Why
) -> None:
    scene = given(ADA, BEN, CIKA).raises(BEN, CIKA).wait(5)
    for answer in answers:
        scene = scene.when(BEN, answer, at=35).when(CIKA, PassFloor("t2"), at=40).wait(65)
    assert offers.back(scene.state, scene.turn_id) == OfferPutOff(scene.turn_id, reason, "" if answers else "h2")
    called = given(ADA, BEN).when(ADA, CallOn(BEN))
    assert offers.back(called.state, "t1") == OfferPassed("t1")


# After a restart


def restarted() -> Scene:
    """Three hands were up while Fajar spoke until 60; the server is back at 61."""
    return busy(BEN, CIKA, DEWI).when(FAJAR, FinishTurn("t1"), at=60).when(SERVER, Restart(), at=61)


def test_the_order_outlives_a_restart() -> None:
    scene = restarted()
    assert scene.of(ReturnAwaited) == [ReturnAwaited(81)]
    scene = scene.returns(DEWI, at=62).returns(CIKA).returns(BEN, at=70)
    assert scene.of(FloorOffered) == [FloorOffered("t2", BEN, "h2", 300, 110)]


def test_the_floor_waits_only_for_the_first_in_the_queue() -> None:
    restarted().returns(BEN, at=62).wait(65).then(FloorOffered("t2", BEN, "h2", 300, 105))


def test_the_floor_does_not_wait_for_ever_after_a_restart() -> None:
    scene = restarted().returns(DEWI, at=62).wait(80.999)
    assert scene.turn is None
    scene.wait(81).then(FloorOffered("t2", DEWI, "h4", 300, 121))


def test_who_was_offered_the_floor_is_awaited_too() -> None:
    scene = given(ADA, BEN, CIKA).raises(BEN, CIKA).wait(5).when(SERVER, Restart(), at=6).returns(CIKA, at=7)
    assert scene.turn is None
    assert scene.returns(BEN).of(FloorOffered) == [FloorOffered("t2", BEN, "h1", 300, 47)]


def test_who_was_offered_the_floor_is_awaited_before_new_hands() -> None:
    scene = given(ADA, BEN, CIKA).offered(BEN).when(SERVER, Restart(), at=6).returns(CIKA, at=7).raises(CIKA)
    assert scene.turn is None
    assert scene.returns(BEN).of(FloorOffered) == [FloorOffered("t2", BEN, "h1", 300, 47)]


def test_a_facilitator_need_not_wait_for_anybody() -> None:
    scene = restarted().returns(ADA, at=62).returns(DEWI).when(ADA, CallOn(DEWI)).wait(65)
    scene.then(FloorOffered("t2", DEWI, "h4", 300, 105))


# Called by a facilitator


def test_calling_on_somebody_with_a_hand_offers_it_at_once() -> None:
    scene = called(CHOSEN).raises(BEN, CIKA).when(FAJAR, FinishTurn("t1"), at=60)
    scene = scene.when(ADA, CallOn(CIKA, floor="t1"), at=65).then(FloorOffered("t2", CIKA, "h3", 300, 105))
    assert scene.queue == (BEN,)


@pytest.mark.parametrize("of", [PLAN, CHOSEN, BY_HAND])
def test_whoever_is_called_in_the_quiet_after_a_turn_is_offered_it_when_that_is_over(of: Plan) -> None:
    scene = called(of).raises(BEN, CIKA).when(FAJAR, FinishTurn("t1"), at=60)
    scene = scene.when(ADA, CallOn(CIKA, floor="t1"), at=64.9).then(HandMoved("h3", Why.CALLED, before="h2"))
    assert [(act.done, act.whom) for act in scene.acts] == [(Deed.CALLED, "Cika")]
    assert [seat for seat in PEOPLE if scene.you(seat).next] == [CIKA]
    scene.wait(65).then(FloorOffered("t2", CIKA, "h3", 300, 105))


def test_an_offer_that_was_ended_in_the_first_quiet_does_not_keep_another_from_being_called() -> None:
    scene = (
        doors(*PEOPLE).when(ADA, OpenMeeting(), at=10).when(ADA, CallOn(BEN), at=10.5).when(ADA, EndTurn("t1"), at=11)
    )
    scene = scene.when(ADA, CallOn(CIKA, floor="t1"), at=11.5)
    assert [hand.seat for hand in scene.circle.hands.values() if hand.reason is Why.CALLED] == [CIKA]
    scene.when(ADA, CallOn(DEWI, floor="t1"), at=11.6).refused(Code.STALE)
    assert scene.wait(15).on_the_floor.seat == CIKA


def test_in_the_quiet_somebody_without_a_hand_can_be_called_too() -> None:
    scene = busy(BEN).when(FAJAR, FinishTurn("t1"), at=60).when(ADA, CallOn(DEWI), at=61)
    scene = scene.then(HandRaised("h3", DEWI, HandKind.SHARE, Why.CALLED, before="h2", own=False)).wait(65)
    scene.then(FloorOffered("t2", DEWI, "h3", 300, 105))


def test_a_hand_that_rests_and_is_called_in_the_quiet_rests_no_more() -> None:
    scene = given(*PEOPLE).raises(BEN, FAJAR).wait(5).when(BEN, PassFloor("t1", later=True))
    scene = scene.when(FAJAR, AcceptFloor("t2")).when(FAJAR, FinishTurn("t2"), at=10).when(ADA, CallOn(BEN), at=11)
    assert scene.wait(15).of(FloorOffered) == [FloorOffered("t3", BEN, "h1", 300, 55)]


def test_where_several_speak_there_is_no_quiet_for_a_call() -> None:
    scene = given(*PEOPLE, of=plan(floor=Movement.OPEN, voices=2)).when(BEN, TakeFloor())
    scene = scene.when(BEN, FinishTurn("t1"), at=60).when(ADA, CallOn(CIKA), at=61)
    assert scene.on_the_floor.seat == CIKA


def test_calling_on_somebody_without_a_hand_offers_the_floor_too() -> None:
    given(ADA, BEN).when(ADA, CallOn(BEN)).then(
        HandRaised("h1", BEN, HandKind.SHARE, Why.CALLED, own=False), FloorOffered("t1", BEN, "h1", 300, 40)
    )


def test_called_while_somebody_speaks_is_next() -> None:
    scene = busy(BEN, CIKA).when(ADA, CallOn(CIKA)).then(HandMoved("h3", Why.CALLED, before="h2"))
    assert scene.queue == (CIKA, BEN)
    scene.when(ADA, CallOn(CIKA)).then()


def test_called_without_a_hand_while_somebody_speaks_is_next() -> None:
    scene = (
        busy(BEN)
        .when(ADA, CallOn(CIKA))
        .then(HandRaised("h3", CIKA, HandKind.SHARE, Why.CALLED, before="h2", own=False))
    )
    assert scene.queue == (CIKA, BEN)


def test_called_one_after_the_other_they_come_in_that_order() -> None:
    scene = busy(BEN).when(ADA, CallOn(DEWI)).when(ADA, CallOn(EKA)).when(ADA, CallOn(BEN))
    assert scene.queue == (DEWI, EKA, BEN)


def test_who_is_first_already_is_called_in_place() -> None:
    scene = busy(BEN, CIKA).when(ADA, CallOn(BEN)).then(HandMoved("h2", Why.CALLED, before="h3"))
    assert scene.queue == (BEN, CIKA)


def test_hands_about_the_room_go_before_whoever_is_called() -> None:
    scene = busy(BEN).raises(CIKA, kind=HandKind.PROCESS).when(ADA, CallOn(DEWI))
    assert scene.queue == (CIKA, DEWI, BEN)


def test_nobody_is_called_to_a_later_place() -> None:
    scene = busy(BEN).raises(CIKA, DEWI, kind=HandKind.PROCESS).when(ADA, CallOn(CIKA))
    scene.then(HandMoved("h3", Why.CALLED, before="h4"))
    assert scene.queue == (CIKA, DEWI, BEN)
    alone = busy().raises(CIKA, kind=HandKind.PROCESS).when(ADA, CallOn(CIKA))
    alone.then(HandMoved("h2", Why.CALLED))


def test_who_was_called_without_a_hand_and_does_not_answer_is_left_in_peace() -> None:
    given(ADA, BEN).when(ADA, CallOn(BEN)).wait(40).then(OfferPassed("t1"))
    given(ADA, BEN).when(ADA, CallOn(BEN)).when(ADA, EndTurn("t1")).then(OfferPassed("t1"))


def test_who_was_called_without_a_hand_and_drops_comes_before_the_others_on_return() -> None:
    scene = busy(BEN).when(FAJAR, FinishTurn("t1"), at=60).when(ADA, CallOn(CIKA), at=61)
    assert scene.of(HandRaised) == [HandRaised("h3", CIKA, HandKind.SHARE, Why.CALLED, before="h2", own=False)]
    assert scene.drops(CIKA).queue == (CIKA, BEN)


def test_who_was_called_and_says_later_has_a_hand_up_then() -> None:
    scene = given(ADA, BEN).when(ADA, CallOn(BEN)).when(BEN, PassFloor("t1", later=True))
    assert scene.hand("h1").own
    assert scene.wait(30).wait(70).of(OfferPutOff)  # and stays up when nobody answers


def test_who_was_called_without_a_hand_and_drops_is_asked_once_more() -> None:
    scene = given(ADA, BEN).when(ADA, CallOn(BEN)).drops(BEN)
    scene.then(Dropped(BEN), OfferPutOff("t1", Why.CALLED))
    scene.returns(BEN, at=10).wait(50).then(OfferPassed("t2"))


def test_a_called_hand_can_be_lowered_by_its_person() -> None:
    assert busy().when(ADA, CallOn(BEN)).when(BEN, LowerHand()).queue == ()


def test_two_clicks_call_once() -> None:
    first = busy(BEN, CIKA).when(FAJAR, FinishTurn("t1"), at=60).when(ADA, CallOn(CIKA, floor="t1"), at=61)
    for scene in (first, first.wait(65)):  # before the offer, and after it
        scene.when(ADA, CallOn(CIKA, floor="t1")).refused(Code.STALE)
        scene.when(ADA, CallOn(BEN, floor="t1")).refused(Code.STALE)
    first.when(ADA, CallOn(CIKA)).then()
    first.wait(65).when(ADA, CallOn(CIKA)).refused(Code.HAS_FLOOR)


def test_what_was_called_while_somebody_spoke_makes_no_call_after_it_stale() -> None:
    scene = busy(BEN, CIKA).when(ADA, CallOn(CIKA, floor="t1"), at=50).when(FAJAR, FinishTurn("t1"), at=60)
    scene = scene.when(ADA, CallOn(BEN, floor="t1"), at=61).then(HandMoved("h2", Why.CALLED))
    assert scene.queue == (CIKA, BEN)


def test_calling_is_refused_where_it_makes_no_sense() -> None:
    doors(ADA, BEN).when(ADA, CallOn(BEN)).refused(Code.NOT_OPEN)
    given(ADA).joins(BEN).when(ADA, CallOn(BEN)).refused(Code.WAITING)
    given(ADA, BEN).drops(BEN).when(ADA, CallOn(BEN)).refused(Code.NOT_HERE)
    given(ADA, BEN).when(ADA, CallOn(NOBODY)).refused(Code.NO_SEAT)
    given(ADA, BEN, CIKA).when(BEN, CallOn(CIKA)).refused(Code.FORBIDDEN)


def test_a_moved_hand_is_moved_again_by_a_call() -> None:
    scene = busy(BEN, CIKA)
    scene = scene.when(ADA, MoveHand("h3", scene.circle.queue_version, "h2")).when(ADA, CallOn(BEN))
    assert scene.queue == (BEN, CIKA)
