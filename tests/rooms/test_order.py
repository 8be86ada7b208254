"""Who is ahead of whom, and why."""

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from protocol.commands import (
    AcceptFloor,
    AddHand,
    CallOn,
    DeferHand,
    FinishTurn,
    HandKind,
    LowerHand,
    MoveHand,
    Order,
    PassFloor,
    PauseRoom,
    RaiseHand,
    SetOrder,
)
from protocol.errors import Code
from protocol.views import Deed, MeetingState, Role, Why
from rooms.events import (
    Dropped,
    FloorOffered,
    HandMoved,
    HandRaised,
    OfferPutOff,
    OrderSet,
    QueueOrdered,
)
from rooms.rules import hands, order
from rooms.state import Kept, Live, Presence, RoomState, Seat
from tests.given import ADA, BEN, BY_HAND, CIKA, DEWI, EKA, FAJAR, HANA, Scene, doors, given, plan

PEOPLE = (ADA, BEN, CIKA, DEWI, EKA, FAJAR)
FIRST, FAIR, CHOSEN, CIRCLE = (plan(order=each, pause=0) for each in Order)
SHARE = HandKind.SHARE


def had(scene: Scene, seat: str, seconds: float) -> Scene:
    """They have a turn, of so many seconds."""
    scene = scene.speaks(seat)
    return scene.when(seat, FinishTurn(scene.turn_id), at=scene.now + seconds)._fine()


def fair() -> Scene:
    """Fajar speaks, Ben had 60 seconds, Cika 30, Dewi twice 10; Eka and Ada have not spoken."""
    scene = given(*PEOPLE, of=FAIR)
    for seat, seconds in ((BEN, 60), (CIKA, 30), (DEWI, 10), (DEWI, 10)):
        scene = had(scene, seat, seconds)
    return scene.speaks(FAJAR)


def reasons(scene: Scene) -> list[Why]:
    return [scene.hand(hand).reason for hand in scene.state.kept.queue]


# Fair


def test_who_has_not_spoken_goes_ahead_of_who_has() -> None:
    scene = fair().raises(BEN).when(EKA, RaiseHand())
    scene.then(HandRaised("h7", EKA, SHARE, Why.NOT_SPOKEN, before="h6"))
    assert scene.queue == (EKA, BEN)


def test_then_the_fewest_turns_then_the_least_time() -> None:
    assert fair().raises(DEWI, BEN).queue == (BEN, DEWI)
    assert fair().raises(BEN, CIKA).queue == (CIKA, BEN)
    assert fair().raises(DEWI, BEN, CIKA, EKA).queue == (EKA, CIKA, BEN, DEWI)


def test_then_first_come() -> None:
    assert fair().raises(EKA, ADA).queue == (EKA, ADA)
    assert fair().raises(ADA, EKA).queue == (ADA, EKA)


@pytest.mark.parametrize(("second", "ahead"), [(30.4, BEN), (30.6, BEN), (29.4, CIKA)])
def test_nobody_is_ahead_for_a_difference_that_nobody_sees(second: float, ahead: str) -> None:
    scene = had(had(given(*PEOPLE, of=FAIR), BEN, 30.45), CIKA, second).speaks(FAJAR).raises(BEN, CIKA)
    assert scene.queue[0] == ahead


def test_the_place_says_why_and_keeps_saying_it() -> None:
    scene = fair().raises(DEWI, BEN, EKA)
    shown = scene.circle.hands
    assert [(shown[id].reason, shown[id].turns, shown[id].spoken) for id in scene.circle.queue] == [
        (Why.NOT_SPOKEN, 0, 0),
        (Why.TURNS, 1, 60),
        (Why.TURNS, 2, 20),
    ]


def test_whoever_has_spoken_meanwhile_is_counted_when_the_next_hand_goes_up() -> None:
    scene = fair()
    scene = scene.when(FAJAR, FinishTurn(scene.turn_id), at=scene.now + 5)
    scene = scene.speaks(ADA).raises(FAJAR, BEN)
    assert scene.queue == (FAJAR, BEN)
    assert scene.circle.hands[scene.circle.queue[0]].spoken == 5


def test_a_hand_raised_for_somebody_stands_where_theirs_would() -> None:
    assert fair().raises(BEN).when(ADA, AddHand(EKA)).queue == (EKA, BEN)


def test_hands_about_the_room_are_ahead_of_everybody() -> None:
    scene = fair().raises(BEN).raises(DEWI, CIKA, kind=HandKind.PROCESS).raises(EKA)
    assert scene.queue == (DEWI, CIKA, EKA, BEN)
    assert reasons(scene) == [Why.PROCESS, Why.PROCESS, Why.NOT_SPOKEN, Why.TURNS]


def test_nobody_gets_in_front_of_whoever_was_called() -> None:
    scene = fair().raises(BEN).when(ADA, CallOn(DEWI)).raises(EKA)
    assert scene.queue == (DEWI, EKA, BEN)


def move(scene: Scene, hand: str, before: str = "") -> Scene:
    return scene.when(ADA, MoveHand(hand, scene.circle.queue_version, before))._fine()


def test_places_that_somebody_chose_are_stepped_over_and_stay() -> None:
    scene = move(fair().raises(BEN, CIKA, DEWI), "h8", before="h7")  # Dewi in front of Cika
    assert scene.queue == (DEWI, CIKA, BEN)
    assert scene.raises(EKA).queue == (DEWI, EKA, CIKA, BEN)
    scene = move(fair().raises(BEN, CIKA, DEWI), "h8", before="h6")  # between Cika and Ben
    assert scene.raises(EKA).queue == (EKA, CIKA, DEWI, BEN)


def test_behind_everybody_whom_the_order_puts_ahead_even_where_somebody_was_moved() -> None:
    scene = move(fair().raises(EKA, BEN), "h6")  # Eka, who has not spoken, at the end
    assert scene.queue == (BEN, EKA)
    assert scene.raises(CIKA).queue == (CIKA, BEN, EKA)
    assert scene.raises(DEWI).queue == (BEN, EKA, DEWI)


def test_letting_somebody_go_first_is_kept_when_others_come() -> None:
    scene = fair().raises(CIKA, BEN).when(CIKA, DeferHand("h6", "h7"))
    assert scene.queue == (BEN, CIKA)
    scene = scene.raises(EKA, DEWI)
    assert scene.queue == (EKA, BEN, CIKA, DEWI)
    assert reasons(scene) == [Why.NOT_SPOKEN, Why.TURNS, Why.DEFERRED, Why.TURNS]


# Those who lead choose


def test_where_those_who_lead_choose_hands_stand_as_they_were_raised() -> None:
    scene = given(*PEOPLE, of=CHOSEN).raises(CIKA, BEN)
    scene.when(DEWI, RaiseHand()).then(HandRaised("h3", DEWI, SHARE, Why.CHOOSING))
    assert scene.queue == (CIKA, BEN)
    assert scene.wait(500).turn is None
    assert scene.when(ADA, CallOn(BEN)).on_the_floor.seat == BEN


# The circle


def around(*waiting: str) -> Scene:
    """They sit as Ada, Ben, Cika, Dewi, Eka, Fajar; Cika speaks."""
    return given(*PEOPLE, of=CIRCLE).speaks(CIKA).raises(*waiting)


def test_as_people_sit_counted_from_whoever_has_the_floor() -> None:
    scene = around(BEN, FAJAR, DEWI).when(EKA, RaiseHand())
    scene.then(HandRaised("h5", EKA, SHARE, Why.CIRCLE, before="h3"))
    assert scene.queue == (DEWI, EKA, FAJAR, BEN)
    assert reasons(scene) == [Why.CIRCLE] * 4


def test_whoever_spoke_last_comes_last() -> None:
    scene = around().when(CIKA, FinishTurn("t1"), at=20).when(ADA, PauseRoom()).raises(CIKA, BEN, DEWI)
    assert scene.queue == (DEWI, BEN, CIKA)


def test_it_goes_on_from_everybody_who_speaks() -> None:
    scene = around(BEN).when(CIKA, FinishTurn("t1"), at=20)
    scene = scene.when(BEN, AcceptFloor("t2"), at=21).raises(ADA, CIKA)
    assert scene.queue == (CIKA, ADA)
    scene = scene.when(BEN, FinishTurn("t2"), at=30).when(CIKA, AcceptFloor("t3"), at=31).raises(BEN)
    assert scene.queue == (ADA, BEN)


def test_a_word_about_the_room_does_not_move_the_circle_on() -> None:
    scene = around().raises(EKA, kind=HandKind.PROCESS).when(CIKA, FinishTurn("t1"), at=20)
    scene = scene.when(EKA, AcceptFloor("t2"), at=21).raises(FAJAR, DEWI)
    assert scene.queue == (DEWI, FAJAR)


def test_before_anybody_has_spoken_it_begins_where_the_circle_does() -> None:
    scene = given(*PEOPLE, of=CIRCLE).when(ADA, PauseRoom()).raises(EKA, BEN, ADA)
    assert scene.queue == (ADA, BEN, EKA)


def test_nobody_gets_in_front_of_who_is_away() -> None:
    scene = around(EKA).drops(EKA).raises(DEWI)
    assert scene.queue == (EKA, DEWI)


def test_who_was_passed_over_is_still_ahead_when_they_are_back() -> None:
    """Dewi was away when it came to her: Eka spoke. She is back, and those who sit behind Eka do not pass her."""
    scene = around(DEWI, EKA, ADA).drops(DEWI).when(CIKA, FinishTurn("t1"), at=20)
    scene = scene.when(EKA, AcceptFloor("t2"), at=21).returns(DEWI)
    assert scene.raises(FAJAR).queue == (DEWI, FAJAR, ADA)
    assert scene.raises(CIKA).queue == (DEWI, ADA, CIKA)


# The order is changed


def mixed() -> Scene:
    """Fajar speaks. Ben was moved to the front, behind a hand about the room; Dewi let Cika go first."""
    scene = fair().when(ADA, SetOrder(Order.FIRST_COME)).raises(DEWI, CIKA, EKA, BEN).when(DEWI, DeferHand("h6", "h7"))
    scene = move(scene, "h9", before="h7")
    return scene.raises(ADA, kind=HandKind.PROCESS)


def test_a_new_order_explains_every_place_anew_and_throws_nobody_out() -> None:
    before = mixed()
    assert before.queue == (ADA, BEN, CIKA, DEWI, EKA)
    scene = before.when(ADA, SetOrder(Order.FAIR))
    fairly = (Why.PROCESS, Why.NOT_SPOKEN, Why.TURNS, Why.TURNS, Why.TURNS)
    scene.then(OrderSet(None), QueueOrdered(("h10", "h8", "h7", "h9", "h6"), fairly))
    assert scene.queue == (ADA, EKA, CIKA, BEN, DEWI)
    assert scene.circle.policy.order is Order.FAIR
    assert scene.circle.queue_version == before.circle.queue_version + 1
    assert (scene.circle.hands["h6"].turns, scene.circle.hands["h6"].spoken) == (2, 20)
    assert scene.circle.hands["h8"].since == before.circle.hands["h8"].since


@pytest.mark.parametrize(
    ("wanted", "why", "queue"),
    [
        (Order.CHOSEN, Why.CHOOSING, (ADA, DEWI, CIKA, EKA, BEN)),
        (Order.CIRCLE, Why.CIRCLE, (ADA, BEN, CIKA, DEWI, EKA)),
    ],
)
def test_whichever_it_is(wanted: Order, why: Why, queue: tuple[str, ...]) -> None:
    scene = mixed().when(ADA, SetOrder(wanted))
    assert scene.said[0] == OrderSet(wanted)
    assert scene.queue == queue
    assert reasons(scene) == [Why.PROCESS, why, why, why, why]
    assert [(act.done, act.by, act.whom) for act in scene.acts] == [(Deed.ORDER_SET, ADA, "")]
    assert scene.circle.policy.order is wanted


def test_first_come_again_is_as_hands_went_up() -> None:
    scene = given(*PEOPLE, of=FIRST).speaks(FAJAR).raises(DEWI, BEN)
    scene = move(scene, "h3", before="h2").when(ADA, SetOrder(Order.FAIR)).when(ADA, SetOrder(Order.FIRST_COME))
    scene.then(OrderSet(None), QueueOrdered(("h2", "h3"), (Why.FIRST_COME, Why.FIRST_COME)))
    assert scene.circle.hands["h2"].turns == 0


def test_the_same_order_again_changes_nothing() -> None:
    mixed().when(ADA, SetOrder(Order.FIRST_COME)).then()
    fair().when(ADA, SetOrder(Order.FAIR)).then()
    assert fair().when(ADA, SetOrder(Order.FAIR)).acts == ()


def test_with_no_hand_up_only_the_order_changes() -> None:
    fair().when(ADA, SetOrder(Order.CIRCLE)).then(OrderSet(Order.CIRCLE))


def test_whoever_was_called_or_lost_the_connection_stays_in_front() -> None:
    scene = fair().raises(BEN, EKA).when(ADA, CallOn(DEWI)).drops(FAJAR)
    scene = scene.wait(scene.now + 121).when(ADA, SetOrder(Order.CIRCLE))
    assert (scene.on_the_floor.seat, scene.queue) == (DEWI, (FAJAR, BEN, EKA))
    assert reasons(scene) == [Why.RETURNED, Why.CIRCLE, Why.CIRCLE]
    called = fair().raises(CIKA, EKA).when(ADA, CallOn(DEWI)).when(ADA, CallOn(CIKA)).when(ADA, SetOrder(Order.CHOSEN))
    assert called.queue == (DEWI, CIKA, EKA)
    assert reasons(called) == [Why.CALLED, Why.CALLED, Why.CHOOSING]


def test_whoever_rests_goes_on_resting() -> None:
    scene = given(*PEOPLE, of=FIRST).offered(BEN).when(BEN, PassFloor("t1", later=True), at=10)
    scene = scene.when(ADA, SetOrder(Order.FAIR), at=15)
    scene.then(OrderSet(Order.FAIR), QueueOrdered(("h1",), (Why.NOT_SPOKEN,)))
    assert scene.hand("h1").rests_until == 40
    scene.wait(39.9).then()
    assert scene.wait(40).of(FloorOffered)


def test_the_next_offer_goes_by_the_new_order() -> None:
    scene = fair().raises(DEWI, EKA).when(ADA, SetOrder(Order.FIRST_COME))
    scene = scene.when(FAJAR, FinishTurn(scene.turn_id))
    assert scene.on_the_floor.seat == DEWI


def test_nothing_is_offered_while_those_who_lead_choose_and_again_afterwards() -> None:
    scene = fair().raises(DEWI, EKA).when(ADA, SetOrder(Order.CHOSEN))
    scene = scene.when(FAJAR, FinishTurn(scene.turn_id))
    assert scene.wait(scene.now + 500).turn is None
    assert scene.when(ADA, SetOrder(Order.FAIR)).on_the_floor.seat == EKA


def test_who_may_set_it_and_when() -> None:
    doors(ADA, BEN).when(ADA, SetOrder(Order.FAIR)).refused(Code.NOT_OPEN)
    given(ADA, BEN).when(BEN, SetOrder(Order.FAIR)).refused(Code.FORBIDDEN)
    assert "set-order" in given(ADA, BEN).may(ADA)
    assert "set-order" not in doors(ADA, BEN).may(ADA)
    given(ADA, BEN).when(ADA, PauseRoom()).when(ADA, SetOrder(Order.FAIR)).then(OrderSet(Order.FAIR))


# Back in the queue after an offer that was not answered


def test_whoever_drops_while_offered_has_the_place_again() -> None:
    scene = given(*PEOPLE, of=FAIR).offered(BEN).raises(CIKA).drops(BEN)
    scene.then(Dropped(BEN), OfferPutOff("t1", Why.NOT_SPOKEN, before="h2"), FloorOffered("t2", CIKA, "h2", 300, 40))


def test_but_not_ahead_of_somebody_who_is_by_the_order() -> None:
    scene = had(given(*PEOPLE, of=FAIR), BEN, 20).offered(BEN).raises(CIKA).drops(BEN)
    scene.then(Dropped(BEN), OfferPutOff("t2", Why.TURNS), FloorOffered("t3", CIKA, "h3", 300, 60))
    assert scene.queue == (BEN,)
    assert (scene.hand("h2").turns, scene.hand("h2").spoken) == (1, 20)


def test_nor_as_people_sit_ahead_of_somebody_who_sits_nearer() -> None:
    scene = around(FAJAR).drops(FAJAR).when(CIKA, FinishTurn("t1"), at=20).raises(EKA)
    assert (scene.on_the_floor.seat, scene.queue) == (EKA, (FAJAR,))
    scene = scene.raises(DEWI)
    assert scene.queue == (FAJAR, DEWI)
    assert scene.drops(EKA).drops(DEWI).queue == (FAJAR, DEWI, EKA)


def test_nor_ahead_of_a_hand_about_the_room() -> None:
    scene = given(*PEOPLE, of=FIRST).offered(BEN).raises(CIKA, kind=HandKind.PROCESS).raises(DEWI)
    assert scene.drops(BEN).queue == (BEN, DEWI)
    assert scene.drops(CIKA).drops(BEN).queue == (CIKA, BEN)
    called = given(*PEOPLE, of=FIRST).when(ADA, CallOn(BEN)).raises(CIKA, kind=HandKind.PROCESS)
    assert called.drops(CIKA).drops(BEN).queue == (CIKA, BEN)


def test_and_for_the_reason_that_holds_now() -> None:
    scene = given(*PEOPLE, of=FIRST).offered(BEN).when(ADA, SetOrder(Order.FAIR)).drops(BEN)
    assert reasons(scene) == [Why.NOT_SPOKEN]


def test_whoever_was_passed_over_and_let_others_go_first_is_not_in_front_any_more() -> None:
    """Cika was away when it came to Ben; she is back, and stands behind Dewi."""
    scene = given(*PEOPLE, of=FIRST).speaks(FAJAR).raises(CIKA, BEN, DEWI).drops(CIKA)
    scene = scene.when(FAJAR, FinishTurn("t1")).returns(CIKA).when(CIKA, DeferHand("h2", "h4"))
    assert (scene.on_the_floor.seat, scene.queue) == (BEN, (DEWI, CIKA))
    scene = scene.drops(BEN)
    assert (scene.on_the_floor.seat, scene.queue) == (DEWI, (BEN, CIKA))


def test_nor_is_a_hand_about_the_room_taken_along() -> None:
    """Cika was put in front of Dewi's, which was called; then Cika lets Fajar go first, and Dewi drops."""
    scene = given(*PEOPLE, of=BY_HAND).when(ADA, CallOn(BEN)).when(BEN, AcceptFloor("t1")).raises(CIKA, FAJAR)
    scene = move(scene.raises(EKA, DEWI, kind=HandKind.PROCESS), "h2", before="h5")
    scene = scene.when(BEN, FinishTurn("t1"), at=20).when(ADA, CallOn(DEWI), at=25)
    assert (scene.on_the_floor.seat, scene.queue) == (DEWI, (EKA, CIKA, FAJAR))
    scene = scene.when(CIKA, DeferHand("h2", "h3")).drops(DEWI)
    assert scene.queue == (EKA, DEWI, FAJAR, CIKA)


def test_and_hands_about_the_room_are_first_come_again() -> None:
    """Dewi, who came later, was put in front, and Eka called; then all are ordered anew, and Eka drops."""
    scene = given(*PEOPLE, of=BY_HAND).when(ADA, CallOn(BEN)).when(BEN, AcceptFloor("t1"))
    scene = move(scene.raises(EKA, DEWI, kind=HandKind.PROCESS), "h3", before="h2")
    scene = scene.when(BEN, FinishTurn("t1"), at=20).when(ADA, CallOn(EKA), at=25)
    assert (scene.on_the_floor.seat, scene.queue) == (EKA, (DEWI,))
    scene = scene.when(ADA, SetOrder(Order.FAIR)).drops(EKA)
    assert scene.queue == (EKA, DEWI)


def test_a_place_that_somebody_chose_is_had_again_as_it_was() -> None:
    scene = move(given(*PEOPLE, of=FAIR).speaks(FAJAR).raises(BEN, CIKA, DEWI), "h4", before="h2")
    scene = scene.when(FAJAR, FinishTurn("t1"))
    assert (scene.on_the_floor.seat, scene.queue) == (DEWI, (BEN, CIKA))
    scene = scene.drops(BEN).drops(DEWI)
    assert scene.queue == (DEWI, BEN)
    assert reasons(scene) == [Why.MOVED, Why.NOT_SPOKEN]


def test_people_who_drop_one_after_the_other_keep_their_order() -> None:
    scene = given(*PEOPLE, of=FAIR).offered(BEN).raises(CIKA, DEWI).drops(BEN).drops(CIKA).drops(DEWI)
    assert scene.queue == (BEN, CIKA, DEWI)


def test_whoever_was_called_is_behind_all_who_were_passed_over_for_them() -> None:
    scene = given(*PEOPLE, of=FIRST).speaks(FAJAR)
    for seat in (BEN, CIKA, DEWI):
        scene = scene.when(ADA, CallOn(seat))
    scene = scene.drops(BEN).drops(CIKA).when(FAJAR, FinishTurn("t1"))
    assert (scene.on_the_floor.seat, scene.queue) == (DEWI, (BEN, CIKA))
    assert scene.drops(DEWI).queue == (BEN, CIKA, DEWI)
    about = scene.raises(EKA, ADA, kind=HandKind.PROCESS).drops(EKA).drops(ADA).drops(DEWI)
    assert about.queue == (EKA, ADA, BEN, CIKA, DEWI)


# Hands about the room


def test_hands_about_the_room_are_in_the_order_in_which_they_were_raised() -> None:
    scene = given(*PEOPLE, of=FAIR).speaks(FAJAR).raises(BEN).raises(CIKA, DEWI, EKA, kind=HandKind.PROCESS)
    assert scene.queue == (CIKA, DEWI, EKA, BEN)


def test_a_hand_about_the_room_that_let_somebody_go_first_holds_nobody_up() -> None:
    scene = given(*PEOPLE, of=FIRST).speaks(FAJAR).raises(BEN, kind=HandKind.PROCESS).raises(CIKA, DEWI)
    scene = scene.when(BEN, DeferHand("h2", "h3")).when(EKA, RaiseHand(HandKind.PROCESS))
    assert scene.queue == (EKA, CIKA, BEN, DEWI)
    assert scene.when(ADA, SetOrder(Order.FAIR)).queue == (BEN, EKA, CIKA, DEWI)


def test_a_hand_that_was_moved_in_front_of_one_about_the_room_stays_there() -> None:
    scene = given(*PEOPLE, of=FIRST).speaks(FAJAR).raises(BEN, kind=HandKind.PROCESS).raises(CIKA)
    scene = move(scene, "h3", before="h2").raises(DEWI, kind=HandKind.PROCESS)
    assert scene.queue == (CIKA, BEN, DEWI)


# In whatever room


def state_of(policy: Order, seats: dict[str, Seat], spoke: str, away: frozenset[str]) -> RoomState:
    kept = Kept(meeting=MeetingState.OPEN, seats=seats, circle=tuple(seats), spoke=spoke)
    live = Live(presence={id: Presence(id not in away, 0) for id in seats})
    return RoomState(plan(order=policy), kept, live)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[RoomState, list[str]]:
    turns = draw(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 200)), min_size=2, max_size=9))
    seats = {
        f"s{n}": Seat(Role.PARTICIPANT, n, 0, admitted=True, agreed=1, turns=count, spoken=seconds if count else 0.0)
        for n, (count, seconds) in enumerate(turns)
    }
    order_of = draw(st.sampled_from(list(Order)))
    return state_of(order_of, seats, draw(st.sampled_from(["", *seats])), frozenset()), draw(st.permutations([*seats]))


@for_all(rooms())
def test_one_by_one_or_all_at_once_is_the_same_queue(case: tuple[RoomState, list[str]]) -> None:
    """Whatever the order, a hand is put where it would stand if all of them were sorted."""
    state, seats = case
    for seat in seats:
        [raised] = hands.raise_hand(state, seat, RaiseHand(), 1.0)
        assert isinstance(raised, HandRaised)
        state = msgspec.structs.replace(state, kept=hands.raised(state.kept, raised, 1.0))
    assert len(state.kept.queue) == len(seats)
    assert order.ordered(state.kept, state.order) == []
    rank = order.ranks(state.kept, state.order)
    ranked = [rank(id, state.kept.hands[id]) for id in state.kept.queue]
    assert ranked == sorted(ranked)


def test_a_lowered_hand_leaves_the_others_in_their_order() -> None:
    scene = fair().raises(DEWI, BEN, CIKA, EKA).when(CIKA, LowerHand())
    assert scene.queue == (EKA, BEN, DEWI)


def test_a_hand_that_is_called_leaves_its_place() -> None:
    scene = fair().raises(DEWI, EKA).when(ADA, CallOn(DEWI)).then(HandMoved("h6", Why.CALLED, before="h7"))
    assert scene.queue == (DEWI, EKA)


def test_whoever_chooses_may_choose_themselves() -> None:
    """Nobody has to offer the floor to themselves; participants' hands wait, and whom they called goes before."""
    scene = given(ADA, BEN, CIKA, of=plan(order=Order.CHOSEN)).raises(BEN)
    assert scene.turn is None
    speaks = scene.when(ADA, RaiseHand()).wait(until=5).when(ADA, AcceptFloor("t1"))
    assert speaks.on_the_floor.seat == ADA
    speaks.when(ADA, FinishTurn("t1"), at=20).wait(until=60).then()
    host = given(ADA, BEN, CIKA, HANA, of=plan(order=Order.CHOSEN)).raises(BEN).when(ADA, RaiseHand()).wait(until=5)
    called = host.when(ADA, AcceptFloor("t1")).when(ADA, CallOn(CIKA)).when(HANA, RaiseHand())
    assert called.queue == (CIKA, HANA, BEN)


def test_a_word_about_the_room_is_no_turn() -> None:
    """Whoever could not hear, and said so, has not spoken yet."""
    scene = given(ADA, BEN, CIKA, of=plan(order=Order.FAIR)).raises(BEN, kind=HandKind.PROCESS).wait(until=5)
    scene = scene.when(BEN, AcceptFloor("t1")).when(BEN, FinishTurn("t1"), at=15)
    assert (scene.state.kept.seats[BEN].turns, scene.state.kept.seats[BEN].spoken) == (0, 10)
    raised = scene.raises(BEN)
    assert [hand.reason for hand in raised.state.kept.hands.values()] == [Why.NOT_SPOKEN]


def test_a_turn_in_two_parts_is_one() -> None:
    """The rest of a turn that a lost connection cut in two."""
    scene = given(ADA, BEN, of=plan(order=Order.FAIR)).speaks(BEN).drops(BEN, at=65).wait(until=185)
    assert scene.state.kept.seats[BEN].turns == 1
    again = scene.returns(BEN).wait(until=200)
    again = again.when(BEN, AcceptFloor(again.turn_id)).when(BEN, FinishTurn(again.turn_id), at=210)
    assert scene.queue == (BEN,)
    assert (again.state.kept.seats[BEN].turns, again.state.kept.seats[BEN].spoken) == (1, 70)
