"""Rounds: everybody once, in circle order; passing without a mark; once more at the end."""

import dataclasses

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    BeginRound,
    CallOn,
    CloseMeeting,
    EndRound,
    EndTurn,
    FinishTurn,
    HandKind,
    HoldOffer,
    Leave,
    LowerAll,
    OpenMeeting,
    Order,
    PassFloor,
    PassRound,
    PauseRoom,
    RaiseHand,
    Remove,
    ResumeRoom,
    SetPhase,
    UndoEnd,
    UndoRemoval,
)
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import Round as RoundSeen
from protocol.views import TurnState, Why
from rooms.asks import Restart
from rooms.events import (
    Dropped,
    End,
    FloorAccepted,
    FloorOffered,
    HandLaidDown,
    HandMoved,
    HandRaised,
    HandTakenUp,
    OfferPassed,
    OfferPutOff,
    ReturnAwaited,
    RoundBegan,
    RoundCalled,
    RoundEnded,
    RoundJoined,
    RoundPassed,
    RoundSwept,
    TurnEnded,
)
from rooms.rules import rounds
from rooms.state import Plan, Round
from tests.given import ADA, BEN, CIKA, DEWI, EKA, PHASE, SERVER, Scene, doors, given, plan, room

ROUND = plan(floor=Movement.ROUND)
ONCE = plan(floor=Movement.ROUND, second_sweep=False)
PEOPLE = (ADA, BEN, CIKA)


def going(*people: str, of: Plan = ROUND) -> Scene:
    """A round among them; at 5 the first one is offered the floor, as t1."""
    return given(*(people or PEOPLE), of=of).wait(5)


def state(scene: Scene) -> Round:
    around = scene.state.kept.round
    assert around is not None
    return around


def waiting(scene: Scene) -> tuple[str, ...]:
    return state(scene).waiting


def speaks_next(scene: Scene, seconds: float = 10) -> Scene:
    """Whoever is offered the floor takes it, speaks for a while, and it is quiet for a moment."""
    turn = scene.on_the_floor
    scene = scene.when(turn.seat, AcceptFloor(scene.turn_id))
    scene = scene.when(turn.seat, FinishTurn(scene.turn_id), at=scene.now + seconds)
    said, scene = scene.said, scene.wait(scene.now + 5)
    return dataclasses.replace(scene, said=(*said, *scene.said))


def passes_next(scene: Scene) -> Scene:
    return scene.when(scene.on_the_floor.seat, PassFloor(scene.turn_id))


# Around


def test_a_round_begins_with_its_phase_and_with_everybody_who_is_inside() -> None:
    scene = doors(*PEOPLE, of=ROUND).joins(DEWI).drops(CIKA)
    assert scene.state.kept.round is None
    scene = scene.when(ADA, OpenMeeting())
    assert scene.of(RoundBegan) == [RoundBegan(PEOPLE)]
    assert state(scene).size == 3


def test_everybody_is_offered_the_floor_once_in_circle_order() -> None:
    scene = going()
    assert scene.of(FloorOffered) == [FloorOffered("t1", ADA, "", 300, 45, round=True)]
    scene = scene.when(ADA, AcceptFloor("t1"), at=6).then(FloorAccepted("t1"))
    assert (waiting(scene), state(scene).had) == ((BEN, CIKA), (ADA,))
    scene = scene.when(ADA, FinishTurn("t1"), at=20)
    scene.wait(24.999).then()
    scene = scene.wait(25).then(FloorOffered("t2", BEN, "", 300, 65, round=True))
    scene = speaks_next(speaks_next(scene))
    assert scene.of(RoundEnded) == [RoundEnded()]
    assert state(scene).over
    assert state(scene).had == PEOPLE
    assert scene.wait(scene.now + 1000).said == ()


def test_a_round_is_over_when_the_quiet_after_the_last_turn_is() -> None:
    scene = speaks_next(going(ADA, BEN)).when(BEN, AcceptFloor("t2")).when(BEN, FinishTurn("t2"), at=40)
    assert not state(scene).over
    scene.wait(44.999).then()
    scene.wait(45).then(RoundEnded())


def test_the_people_see_who_is_yet_to_come_and_everybody_their_own_place() -> None:
    scene = going()
    assert scene.circle.round == RoundSeen([BEN, CIKA], 1, 0, again=True)
    assert [scene.you(seat).round_place for seat in PEOPLE] == [UNSET, 1, 2]
    assert [seat for seat in PEOPLE if scene.you(seat).next] == [BEN]
    scene = scene.when(ADA, AcceptFloor("t1"))
    assert scene.circle.round == RoundSeen([BEN, CIKA], 1, 1, again=True)
    assert speaks_next(speaks_next(going(ADA, BEN))).circle.round is UNSET


def test_a_round_of_one_is_over_soon() -> None:
    assert state(speaks_next(going(ADA))).over


# Passing


def test_who_passes_is_asked_once_more_at_the_end() -> None:
    scene = passes_next(going()).then(OfferPassed("t1"), FloorOffered("t2", BEN, "", 300, 45, round=True))
    assert state(scene).again == (ADA,)
    scene = speaks_next(speaks_next(scene))
    scene.then(
        TurnEnded("t3", End.FINISHED), RoundSwept((ADA,)), FloorOffered("t4", ADA, "", 300, scene.now + 40, round=True)
    )
    assert state(scene).sweep == 2
    scene = passes_next(scene).then(OfferPassed("t4"), RoundEnded())
    assert state(scene).done == (ADA,)


def test_passing_leaves_no_mark() -> None:
    """Who passed and who has spoken look the same to the others, but for how much they spoke."""
    before, after = going(), passes_next(going())
    assert after.circle.people == before.circle.people
    assert after.circle.round == RoundSeen([CIKA], 1, 0, again=True)
    assert (after.circle.hands, after.circle.queue, after.circle.last) == ({}, [], UNSET)
    assert not after.acts


def test_whoever_is_the_last_to_pass_is_not_asked_again_at_once() -> None:
    scene = passes_next(passes_next(going(ADA, BEN)))
    scene.then(OfferPassed("t2"), RoundSwept((ADA, BEN)))
    scene.wait(9.999).then()
    scene.wait(10).then(FloorOffered("t3", ADA, "", 300, 50, round=True))


def test_the_second_sweep_is_in_circle_order_too() -> None:
    scene = going().when(CIKA, PassRound()).when(BEN, PassRound())
    assert state(scene).again == (CIKA, BEN)
    assert speaks_next(scene).of(RoundSwept) == [RoundSwept((BEN, CIKA))]


def test_a_format_may_ask_only_once() -> None:
    scene = passes_next(passes_next(going(ADA, BEN, of=ONCE)))
    scene.then(OfferPassed("t2"), RoundEnded())
    assert going(of=ONCE).circle.round == RoundSeen([BEN, CIKA], 1, 0, again=False)


def test_one_may_ask_to_be_passed_by_before_it_comes() -> None:
    scene = going().when(CIKA, PassRound()).then(RoundPassed(CIKA))
    assert (waiting(scene), state(scene).again) == ((BEN,), (CIKA,))
    scene = speaks_next(speaks_next(scene)).wait(45)
    assert scene.on_the_floor.seat == CIKA


def test_passed_by_in_the_second_sweep_is_passed_for_good() -> None:
    scene = passes_next(passes_next(going(ADA, BEN))).when(BEN, PassRound()).then(RoundPassed(BEN))
    assert (waiting(scene), state(scene).done) == ((ADA,), (BEN,))
    assert speaks_next(scene.wait(10)).of(RoundEnded)


def test_only_who_is_yet_to_come_can_be_passed_by() -> None:
    given(*PEOPLE).when(BEN, PassRound()).refused(Code.NO_ROUND)
    scene = going().when(BEN, PassRound())
    scene.when(BEN, PassRound()).refused(Code.NOT_IN_ROUND)
    scene.when(ADA, PassRound()).refused(Code.NOT_IN_ROUND)  # is offered it, and can pass that
    assert "pass-round" in scene.may(CIKA)
    assert "pass-round" not in scene.may(BEN)


def test_no_answer_is_a_pass() -> None:
    scene = going()
    scene.wait(44.999).then()
    scene = scene.wait(45).then(OfferPassed("t1"), FloorOffered("t2", BEN, "", 300, 85, round=True))
    assert state(scene).again == (ADA,)
    again = going().when(BEN, HoldOffer("t1", 60)).refused(Code.NO_TURN).when(ADA, HoldOffer("t1", 60))
    again.wait(59.999).then()


def test_those_who_lead_may_take_the_offer_back() -> None:
    scene = speaks_next(going()).when(ADA, EndTurn("t2"))
    assert scene.of(OfferPassed) == [OfferPassed("t2")]
    assert scene.on_the_floor.seat == CIKA
    assert state(scene).again == (BEN,)


# Later


def test_come_back_to_me_is_behind_the_next_one() -> None:
    scene = going().when(ADA, PassFloor("t1", later=True), at=6)
    scene.then(OfferPutOff("t1", Why.LATER, CIKA, 36), FloorOffered("t2", BEN, "", 300, 46, round=True))
    assert waiting(scene) == (ADA, CIKA)
    two = going(ADA, BEN).when(ADA, PassFloor("t1", later=True), at=6)
    assert two.of(OfferPutOff) == [OfferPutOff("t1", Why.LATER, "", 36)]
    assert waiting(two) == (ADA,)


def test_two_who_would_each_rather_come_after_the_other_do_not_keep_it_from_the_third() -> None:
    scene = going().when(ADA, PassFloor("t1", later=True), at=6).when(BEN, PassFloor("t2", later=True), at=7)
    assert scene.on_the_floor.seat == CIKA
    scene = scene.when(CIKA, AcceptFloor("t3")).when(CIKA, FinishTurn("t3"), at=12).wait(17)
    assert (scene.on_the_floor.seat, waiting(scene)) == (ADA, (BEN,)), "after the next one, without the rest of a rest"


def test_the_next_one_is_somebody_who_is_here() -> None:
    scene = given(ADA, BEN, CIKA, DEWI, of=ROUND).drops(BEN).wait(5).when(ADA, PassFloor("t1", later=True))
    assert scene.on_the_floor.seat == CIKA
    assert waiting(scene) == (BEN, ADA, DEWI)


def alone_and_later() -> Scene:
    """Ben has spoken; Ada, who asked for it later at 30, is the only one who waits."""
    scene = going(ADA, BEN).when(ADA, PassFloor("t1", later=True), at=6).when(BEN, AcceptFloor("t2"))
    scene = scene.when(BEN, FinishTurn("t2"), at=20).wait(25)
    return scene.when(ADA, PassFloor("t3", later=True), at=30).then(OfferPutOff("t3", Why.LATER, "", 60))


def test_who_is_alone_and_said_later_is_asked_again_after_a_rest() -> None:
    scene = alone_and_later()
    scene.wait(59.999).then()
    scene = scene.wait(60).then(FloorOffered("t4", ADA, "", 300, 100, round=True))
    assert state(scene).rests == {}


def test_who_rests_does_not_stop_a_newcomer() -> None:
    scene = alone_and_later().comes_in(CIKA)
    assert scene.on_the_floor.seat == CIKA
    scene = scene.when(CIKA, PassFloor("t4", later=True))  # Ada, before her, still rests
    assert scene.of(OfferPutOff) == [OfferPutOff("t4", Why.LATER, "", 60)]
    assert waiting(scene) == (ADA, CIKA)
    assert scene.wait(60).on_the_floor.seat == ADA


def test_a_rest_waits_while_the_room_stands_still() -> None:
    scene = alone_and_later().when(ADA, PauseRoom(), at=40).when(ADA, ResumeRoom(), at=140)
    scene.wait(159.999).then()
    assert scene.wait(160).of(FloorOffered)


# Coming, dropping, going


def test_who_comes_in_meanwhile_joins_at_the_end() -> None:
    scene = going(ADA, BEN).comes_in(CIKA)
    assert scene.of(RoundJoined) == [RoundJoined(CIKA)]
    assert waiting(scene) == (BEN, CIKA)
    assert state(scene).size == 2
    later = speaks_next(speaks_next(going(ADA, BEN))).comes_in(CIKA)
    assert (later.of(RoundJoined), state(later).over) == ([], True)


def test_who_comes_in_while_all_have_passed_is_in_the_second_sweep() -> None:
    scene = passes_next(passes_next(going(ADA, BEN))).comes_in(CIKA)
    assert waiting(scene) == (ADA, BEN, CIKA)


def test_who_is_away_is_passed_over_and_first_on_return() -> None:
    scene = given(*PEOPLE, of=ROUND).drops(BEN).wait(5)
    scene = speaks_next(scene)
    assert scene.on_the_floor.seat == CIKA
    assert waiting(scene) == (BEN,)
    scene = speaks_next(scene.returns(BEN))
    assert scene.on_the_floor.seat == BEN


def test_who_drops_while_offered_keeps_the_place() -> None:
    scene = given(ADA, BEN, CIKA, DEWI, of=ROUND).drops(ADA).wait(5).drops(BEN, at=6)
    scene.then(Dropped(BEN), OfferPutOff("t1", Why.CIRCLE, CIKA), FloorOffered("t2", CIKA, "", 300, 46, round=True))
    assert waiting(scene) == (ADA, BEN, DEWI)
    last = going(ADA, BEN).when(ADA, AcceptFloor("t1")).when(ADA, FinishTurn("t1"), at=10).wait(15).drops(BEN)
    assert last.of(OfferPutOff) == [OfferPutOff("t2", Why.CIRCLE)]


def test_the_end_waits_a_moment_for_whoever_has_just_lost_the_connection() -> None:
    scene = speaks_next(going(ADA, BEN)).drops(BEN)  # at 20
    scene.wait(39.999).then()
    scene.wait(40).then(RoundEnded())
    assert scene.returns(BEN, at=39).on_the_floor.seat == BEN


def test_who_was_away_is_asked_once_more_with_those_who_passed() -> None:
    scene = given(*PEOPLE, of=ROUND).drops(CIKA).wait(5)
    scene = passes_next(scene)
    scene = speaks_next(scene)
    assert scene.of(RoundSwept) == [RoundSwept((ADA, CIKA))]
    assert waiting(speaks_next(scene.wait(scene.now + 5)).returns(CIKA)) == (CIKA,)


def test_who_passed_and_is_away_at_the_end_is_waited_for_too() -> None:
    scene = passes_next(going(ADA, BEN)).when(BEN, AcceptFloor("t2")).drops(ADA, at=10)
    scene = scene.when(BEN, FinishTurn("t2"), at=15)
    scene.wait(29.999).then()
    scene.wait(30).then(RoundEnded())
    assert scene.returns(ADA, at=29).of(RoundSwept) == [RoundSwept((ADA,))]
    once = passes_next(going(ADA, BEN, of=ONCE)).when(BEN, AcceptFloor("t2")).drops(ADA, at=10)
    once.when(BEN, FinishTurn("t2"), at=15).wait(20).then(RoundEnded())


def test_who_has_been_away_for_long_is_not_waited_for() -> None:
    scene = given(ADA, BEN, of=ROUND).drops(BEN).wait(5).when(ADA, AcceptFloor("t1"))
    scene = scene.when(ADA, FinishTurn("t1"), at=200)
    scene.wait(205).then(RoundEnded())


def test_a_round_is_not_over_while_nobody_is_here() -> None:
    scene = given(ADA, BEN, of=plan(floor=Movement.ROUND, unled=1000)).drops(ADA).drops(BEN).wait(900)
    assert not state(scene).over
    assert scene.returns(BEN).on_the_floor.seat == BEN


def test_a_round_outlives_a_restart() -> None:
    scene = speaks_next(going(ADA, BEN, CIKA, DEWI)).when(BEN, PassFloor("t2")).when(SERVER, Restart(), at=25)
    assert scene.of(ReturnAwaited) == [ReturnAwaited(45)]
    scene = scene.returns(ADA, at=26).returns(DEWI, at=27)
    assert scene.turn is None
    assert scene.returns(CIKA, at=30).on_the_floor.seat == CIKA
    late = scene.wait(44.999)
    assert late.turn is None
    assert late.wait(45).on_the_floor.seat == DEWI


def test_whoever_passed_and_is_the_first_to_be_back_after_a_restart_is_not_asked_before_the_others() -> None:
    scene = passes_next(going(ADA, BEN, CIKA)).when(SERVER, Restart(), at=25).returns(ADA, at=26)
    assert (state(scene).sweep, scene.turn) == (1, None)
    assert scene.returns(BEN, at=30).on_the_floor.seat == BEN
    late = scene.wait(44.999)
    assert (state(late).sweep, late.turn) == (1, None)
    assert late.wait(45).of(RoundSwept) == [RoundSwept((ADA, BEN, CIKA))]


def test_who_leaves_is_in_no_part_of_it() -> None:
    scene = going(ADA, BEN, CIKA, DEWI, EKA).when(ADA, PassFloor("t1")).when(BEN, AcceptFloor("t2"))
    scene = scene.when(DEWI, PassRound()).when(BEN, FinishTurn("t2"))
    for seat in (BEN, CIKA, DEWI, EKA):
        left = scene.when(seat, Leave())
        assert seat not in state(left).seats
    assert state(scene).size == state(scene.when(EKA, Leave())).size == 5
    offered = scene.wait(15).when(CIKA, Leave())
    assert OfferPassed("t3") in offered.said
    assert CIKA not in state(offered).seats


def test_who_is_given_the_seat_back_joins_at_the_end() -> None:
    scene = going().when(ADA, Remove(BEN, "x")).when(ADA, UndoRemoval(BEN))
    assert scene.of(RoundJoined) == [RoundJoined(BEN)]
    assert waiting(scene) == (CIKA, BEN)


def test_what_was_left_of_a_lost_turn_is_offered_before_the_round_goes_on() -> None:
    scene = speaks_next(going()).when(BEN, AcceptFloor("t2"), at=20).drops(BEN, at=40).wait(160)
    assert scene.of(HandRaised) == [HandRaised("h1", BEN, HandKind.SHARE, Why.RETURNED, budget=280)]
    scene = scene.wait(165)
    assert scene.on_the_floor.seat == CIKA  # Ben is not here
    scene = scene.returns(BEN).when(CIKA, PassFloor("t3"))
    assert scene.of(FloorOffered) == [FloorOffered("t4", BEN, "h1", 280, 205)]
    assert state(scene).had == (ADA, BEN)


# Hands


def test_hands_about_the_room_go_before_the_round() -> None:
    scene = going().when(ADA, AcceptFloor("t1")).when(CIKA, RaiseHand(HandKind.PROCESS))
    scene = scene.when(ADA, FinishTurn("t1"), at=20).wait(25).then(FloorOffered("t2", CIKA, "h1", 300, 65))
    assert waiting(scene) == (BEN, CIKA)
    assert speaks_next(scene).on_the_floor.seat == BEN


def test_other_hands_wait_until_the_round_is_over() -> None:
    scene = given(ADA, BEN).speaks(BEN).raises(ADA).when(ADA, BeginRound()).when(BEN, FinishTurn("t1"))
    scene = scene.wait(10)
    assert scene.of(FloorOffered) == [FloorOffered("t2", ADA, "", 300, 50, round=True)]
    assert scene.queue == (ADA,)
    scene = passes_next(passes_next(scene))
    assert scene.of(RoundSwept)
    scene = passes_next(passes_next(scene.wait(15)))
    scene.then(OfferPassed("t5"), RoundEnded(), FloorOffered("t6", ADA, "h2", 300, 55))


# Hands that wait meanwhile

SPOKEN = given(*PEOPLE, of=plan(order=Order.FAIR)).speaks(BEN).raises(CIKA, ADA).when(ADA, BeginRound())


def in_the_round(scene: Scene, seat: str) -> Scene:
    """They speak, after the others have passed."""
    scene = scene.when(BEN, FinishTurn("t1"), at=20).wait(25)
    while scene.on_the_floor.seat != seat:
        scene = passes_next(scene)
    return scene.when(seat, AcceptFloor(scene.turn_id))


def test_a_hand_waits_aside_while_its_person_speaks_in_the_round() -> None:
    scene = in_the_round(SPOKEN, CIKA)
    scene.then(FloorAccepted("t4"), HandLaidDown("h2"))
    assert (scene.queue, scene.you(CIKA).hand) == ((ADA,), UNSET)
    ended = scene.when(CIKA, FinishTurn("t4"), at=60)
    assert ended.of(HandTakenUp) == [HandTakenUp("h2", Why.TURNS)]
    assert [(hand.seat, hand.turns) for hand in ended.state.kept.hands.values()] == [(ADA, 0), (CIKA, 1)]
    assert ended.state.kept.laid_down == {}


def test_first_come_it_stands_where_it_stood() -> None:
    scene = in_the_round(given(*PEOPLE).speaks(BEN).raises(CIKA, ADA).when(ADA, BeginRound()), CIKA)
    assert scene.when(CIKA, FinishTurn("t4"), at=60).queue == (CIKA, ADA)


def test_a_hand_about_the_room_is_ahead_again() -> None:
    """It rested when the round came to its person."""
    scene = given(*PEOPLE).speaks(BEN).raises(ADA, kind=HandKind.PROCESS).raises(CIKA).when(ADA, BeginRound())
    scene = scene.when(BEN, FinishTurn("t1"), at=20).wait(25).when(ADA, PassFloor("t2", later=True))
    scene = scene.when(ADA, AcceptFloor("t3")).then(FloorAccepted("t3"), HandLaidDown("h2"))
    scene.when(ADA, FinishTurn("t3"), at=40).then(TurnEnded("t3", End.FINISHED), HandTakenUp("h2", Why.PROCESS, "h3"))


def test_and_of_those_it_is_where_it_was() -> None:
    """Among themselves they are first come: one that went up meanwhile is behind it."""
    scene = given(*PEOPLE).speaks(BEN).raises(ADA, kind=HandKind.PROCESS).raises(CIKA).when(ADA, BeginRound())
    scene = scene.when(BEN, FinishTurn("t1"), at=20).wait(25).when(ADA, PassFloor("t2", later=True))
    scene = scene.when(ADA, AcceptFloor("t3")).raises(BEN, kind=HandKind.PROCESS)
    assert scene.when(ADA, FinishTurn("t3"), at=40).queue == (ADA, BEN, CIKA)


def test_it_goes_with_its_person() -> None:
    scene = in_the_round(SPOKEN, CIKA)
    left = scene.when(CIKA, Leave())
    assert "cika" not in repr(left.state.kept)


def test_all_lowered_are_those_that_wait_aside_too() -> None:
    scene = in_the_round(SPOKEN, CIKA)
    lowered = scene.when(ADA, LowerAll(scene.state.kept.queue_version))
    assert lowered.when(CIKA, FinishTurn("t4"), at=60).queue == ()


def test_what_is_left_of_a_lost_turn_takes_its_place() -> None:
    scene = in_the_round(SPOKEN, CIKA).drops(CIKA, at=60)
    lost = scene.wait(180)
    assert [(hand.seat, hand.reason) for hand in lost.state.kept.hands.values()] == [
        (ADA, Why.NOT_SPOKEN),
        (CIKA, Why.RETURNED),
    ]
    assert lost.state.kept.laid_down == {}


def test_put_back_it_waits_aside_again() -> None:
    ended = in_the_round(SPOKEN, CIKA).when(CIKA, FinishTurn("t4"), at=60)
    again = ended.when(CIKA, UndoEnd("t4"), at=61)
    assert (again.queue, set(again.state.kept.laid_down)) == ((ADA,), {"h2"})


# Begun by those who lead


def test_a_round_can_begin_in_any_queue() -> None:
    scene = given(*PEOPLE).when(ADA, BeginRound(), at=30)
    scene.then(RoundBegan(PEOPLE), FloorOffered("t1", ADA, "", 300, 70, round=True))
    assert [act.done for act in scene.acts] == ["round-begun"]


def test_a_round_waits_for_whoever_speaks_and_who_does_is_asked_too() -> None:
    scene = given(*PEOPLE).speaks(BEN).when(ADA, BeginRound()).then(RoundBegan(PEOPLE))
    scene = scene.when(BEN, FinishTurn("t1"), at=20).wait(25)
    assert (scene.on_the_floor.seat, waiting(scene)) == (ADA, (BEN, CIKA))


def test_a_round_can_begin_again_when_it_is_over() -> None:
    scene = speaks_next(going(ADA))
    assert speaks_next(scene.when(ADA, BeginRound())).of(RoundEnded)
    scene.when(ADA, EndRound()).refused(Code.NO_ROUND)


def test_a_round_begins_only_where_there_can_be_one() -> None:
    doors(ADA, of=ROUND).when(ADA, BeginRound()).refused(Code.NOT_OPEN)
    going().when(ADA, BeginRound()).refused(Code.ROUND_ON)
    given(*PEOPLE).when(BEN, BeginRound()).refused(Code.FORBIDDEN)
    for floor in (Movement.SILENCE, Movement.BREAK):
        given(*PEOPLE, of=plan(floor=floor, box=60)).when(ADA, BeginRound()).refused(Code.PHASE_OFF)


def test_those_who_lead_may_leave_a_round() -> None:
    scene = going().when(ADA, EndRound()).then(RoundEnded(left=True))
    assert scene.turn is None
    assert scene.circle.round is UNSET
    assert [act.done for act in scene.acts] == ["round-ended"]
    assert scene.wait(100).said == ()  # nor does it begin by itself again
    assert scene.when(BEN, RaiseHand()).of(FloorOffered) == [FloorOffered("t2", BEN, "h1", 300, 45)]
    given(ADA).when(ADA, EndRound()).refused(Code.NO_ROUND)
    going().when(BEN, EndRound()).refused(Code.FORBIDDEN)


def test_whoever_speaks_finishes_when_a_round_is_left() -> None:
    scene = going().when(ADA, AcceptFloor("t1")).when(ADA, EndRound())
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert state(scene).seats == frozenset()
    scene.when(ADA, FinishTurn("t1"), at=20).then(TurnEnded("t1", End.FINISHED))


def test_the_queue_goes_on_when_a_round_is_left_while_somebody_without_a_hand_is_offered_the_floor() -> None:
    scene = given(*PEOPLE).when(ADA, BeginRound(), at=10).when(CIKA, RaiseHand()).when(ADA, EndRound())
    scene.then(RoundEnded(left=True), FloorOffered("t2", CIKA, "h1", 300, 50))


TWO = room(replace(PHASE, name="a", floor=Movement.ROUND), replace(PHASE, name="b"))


def test_a_round_ends_with_its_phase() -> None:
    scene = going(of=TWO).when(ADA, SetPhase("b"))
    assert scene.of(OfferPutOff) == [OfferPutOff("t1", Why.CIRCLE, BEN)]
    assert (scene.state.kept.round, scene.turn) == (None, None)
    scene = scene.when(ADA, SetPhase("a"))
    assert scene.of(RoundBegan) == [RoundBegan(PEOPLE)]


# Called


def test_called_in_a_round_is_next() -> None:
    scene = going().when(ADA, AcceptFloor("t1")).when(ADA, CallOn(CIKA)).then(RoundCalled(CIKA))
    assert waiting(scene) == (CIKA, BEN)
    scene.when(ADA, CallOn(CIKA)).then()
    alone = going(ADA, BEN).when(ADA, AcceptFloor("t1"))
    alone.when(ADA, CallOn(BEN)).then()


def test_called_in_a_round_rests_no_more() -> None:
    scene = alone_and_later().comes_in(CIKA).when(ADA, CallOn(ADA))
    scene.then(RoundCalled(ADA))
    assert state(scene).rests == {}


def test_called_in_a_round_in_the_quiet_is_offered_it_when_that_is_over() -> None:
    scene = going().when(ADA, AcceptFloor("t1")).when(ADA, FinishTurn("t1"), at=20).when(ADA, CallOn(CIKA, floor="t1"))
    scene.then(RoundCalled(CIKA)).when(ADA, CallOn(BEN, floor="t1")).refused(Code.STALE)
    scene = scene.wait(25).then(FloorOffered("t2", CIKA, "", 300, 65, round=True)).when(CIKA, PassFloor("t2"), at=30)
    assert scene.on_the_floor.seat == BEN
    assert state(scene).again == (CIKA,)


def test_who_has_had_a_turn_and_is_called_comes_before_the_round_goes_on() -> None:
    scene = speaks_next(going()).when(BEN, AcceptFloor("t2"))
    scene = scene.when(ADA, CallOn(ADA))
    scene.then(HandRaised("h1", ADA, HandKind.SHARE, Why.CALLED, own=False))
    scene = scene.when(BEN, FinishTurn("t2"), at=40).wait(45)
    assert scene.of(FloorOffered) == [FloorOffered("t3", ADA, "h1", 300, 85)]
    assert speaks_next(scene).on_the_floor.seat == CIKA


def test_a_hand_that_waits_for_the_end_of_a_round_and_is_called_does_not_wait_any_more() -> None:
    scene = given(ADA, BEN).when(ADA, BeginRound()).wait(5).when(ADA, AcceptFloor("t1"))
    scene = scene.when(ADA, FinishTurn("t1"), at=10).when(ADA, RaiseHand()).wait(15).when(BEN, AcceptFloor("t2"))
    scene = scene.when(ADA, CallOn(ADA)).then(HandMoved("h1", Why.CALLED)).when(BEN, FinishTurn("t2"), at=25)
    scene.wait(30).then(FloorOffered("t3", ADA, "h1", 300, 70))


# Time


@pytest.mark.parametrize(("box", "budget"), [(1200, 300), (600, 200), (90, 30), (20, 10), (0, 300)])
def test_equal_time_is_a_share_of_what_is_planned(box: float, budget: float) -> None:
    of = plan(floor=Movement.ROUND, equal=True, box=box)
    scene = going(of=of)
    assert scene.on_the_floor.budget == budget
    assert scene.on_the_floor.base == 0
    joined = speaks_next(scene.comes_in(DEWI).when(ADA, PassFloor("t1")))
    assert joined.on_the_floor.budget == budget  # newcomers take nothing from the others


def test_time_is_not_shared_where_the_format_does_not_say_so() -> None:
    assert going(of=plan(floor=Movement.ROUND, box=60)).on_the_floor.budget == 300


def test_equal_time_is_for_rounds_only() -> None:
    scene = speaks_next(going(of=plan(floor=Movement.ROUND, equal=True, box=90)))
    scene = scene.when(BEN, PassFloor(scene.turn_id)).when(ADA, RaiseHand(HandKind.PROCESS))
    scene = scene.when(CIKA, PassFloor(scene.turn_id))
    assert scene.on_the_floor.budget == 300


def test_an_equal_share_of_nobody_is_a_whole_turn() -> None:
    left = going(of=plan(floor=Movement.ROUND, equal=True, box=90)).when(ADA, EndRound())
    assert rounds.budget(left.state) == 300


# By hand


def test_where_nothing_is_offered_by_itself_a_round_goes_by_calls() -> None:
    scene = given(*PEOPLE, of=plan(floor=Movement.ROUND, automatic_offers=False)).wait(100).then()
    assert not any(scene.you(seat).next for seat in PEOPLE)
    scene = scene.when(ADA, CallOn(BEN)).then(FloorOffered("t1", BEN, "", 300, 140, round=True))
    quiet = scene.when(BEN, AcceptFloor("t1")).when(BEN, FinishTurn("t1"), at=120).when(ADA, CallOn(CIKA), at=121)
    quiet.then(FloorOffered("t2", CIKA, "", 300, 161, round=True))  # or it would not follow
    assert waiting(speaks_next(scene)) == (ADA, CIKA)


def test_a_round_goes_by_itself_where_those_who_lead_choose_from_the_queue() -> None:
    scene = given(*PEOPLE, of=plan(order=Order.CHOSEN)).raises(CIKA).when(ADA, BeginRound(), at=10)
    assert scene.on_the_floor.seat == ADA
    scene = scene.when(ADA, PassFloor("t1")).when(BEN, PassFloor("t2")).when(CIKA, AcceptFloor("t3"))
    assert state(scene).had == (CIKA,)


def test_a_closed_meeting_has_no_round() -> None:
    assert going().when(ADA, CloseMeeting()).state.kept.round is None
