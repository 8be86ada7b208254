"""Who is ahead of whom, and that the reason which is shown holds."""

from itertools import combinations
from typing import TYPE_CHECKING

from protocol.commands import HandKind, Order
from protocol.views import MeetingState, TurnState, Why
from rooms import events as e
from rooms.state import Hand, Kept, RoomState, Seat, attends

if TYPE_CHECKING:
    from tests.rooms.laws.world import World

BY_POLICY = {
    Order.FIRST_COME: {Why.FIRST_COME},
    Order.FAIR: {Why.NOT_SPOKEN, Why.TURNS},
    Order.CHOSEN: {Why.CHOOSING},
    Order.CIRCLE: {Why.CIRCLE},
}
PLACED = {why for whys in BY_POLICY.values() for why in whys}


def the_queue_is_in_order(m: "World") -> None:
    kept = m.state.kept
    waiting = [kept.hands[hand].seat for hand in kept.queue]
    assert len(set(kept.queue)) == len(kept.queue)
    assert set(kept.queue) == set(kept.hands)
    assert len(set(waiting)) == len(waiting)
    in_round = {turn.seat for turn in kept.turns.values() if turn.round and turn.state is TurnState.OFFERED}
    assert not {turn.seat for turn in kept.turns.values()} & set(waiting) - in_round
    assert all(kept.seats[seat].inside for seat in waiting)
    assert not set(kept.laid_down) & set(kept.queue)
    assert not m.awake or {hand.seat for hand in kept.laid_down.values()} <= {turn.seat for turn in kept.turns.values()}
    assert not waiting or kept.meeting is MeetingState.OPEN


def reasons_are_those_of_the_order(m: "World") -> None:
    """Places that the policy gave are explained by the policy that is in force."""
    for hand in m.state.kept.hands.values():
        assert hand.reason not in PLACED or hand.reason in BY_POLICY[m.state.order]
        if hand.reason in (Why.NOT_SPOKEN, Why.TURNS):
            seat = m.state.kept.seats[hand.seat]
            assert (hand.turns, hand.spoken) == had(seat), "what it stands on has not changed"
            assert (hand.reason is Why.TURNS) == (hand.turns > 0)


def whoever_is_ahead_has_a_reason_that_holds(m: "World") -> None:
    """Pairwise, over the places that the policy gave; places that somebody chose are what they were chosen to be."""
    kept = m.state.kept
    hands = [(id, kept.hands[id]) for id in kept.queue]
    process = [place for place, (_, hand) in enumerate(hands) if hand.reason is Why.PROCESS]
    placed = [(place, id, hand) for place, (id, hand) in enumerate(hands) if hand.reason in PLACED]
    for (_, id, hand), (_, other, behind) in combinations(placed, 2):
        if hand.reason in (Why.FIRST_COME, Why.CHOOSING):
            assert came(id, hand) < came(other, behind)
        if hand.reason in (Why.NOT_SPOKEN, Why.TURNS):
            assert (hand.turns, hand.spoken, *came(id, hand)) < (behind.turns, behind.spoken, *came(other, behind))
    assert not process or not placed or max(process) < placed[0][0], "what is about the room goes ahead"
    about = [came(*hands[place]) for place in process]
    assert about == sorted(about)


def had(seat: Seat) -> tuple[int, int]:
    """Turns, and seconds in whole ones; without a turn what somebody said counts for nothing."""
    return seat.turns, round(seat.spoken) if seat.turns else 0


def came(id: str, hand: Hand) -> tuple[float, int]:
    return hand.since, int(id[1:])


def raised_where_it_belongs(before: RoomState, event: e.Event) -> None:
    """A new hand goes in front of the first of those who all come later by the policy, and passes nobody else."""
    if not isinstance(event, e.HandRaised) or event.reason not in PLACED:
        return
    kept = before.kept
    at = kept.queue.index(event.before) if event.before else len(kept.queue)
    ahead, behind = kept.queue[:at], kept.queue[at:]
    for id in behind:
        hand = kept.hands[id]
        assert hand.kind is not HandKind.PROCESS or hand.reason is not Why.PROCESS
        assert hand.reason is not Why.CALLED
        assert hand.reason not in PLACED or later(before, event, hand), "whoever is passed comes later"
    placed = [kept.hands[id] for id in ahead if kept.hands[id].reason in PLACED]
    if placed and not (before.order is Order.CIRCLE and passed_over(before, placed[-1], behind)):
        assert not later(before, event, placed[-1]), "it could stand in front of this one"


def passed_over(state: RoomState, hand: Hand, behind: tuple[str, ...]) -> bool:
    """Its person is away, or was, and the floor has gone on to those who sit behind: they are first when it is free."""
    kept = state.kept
    others = [kept.hands[id] for id in behind if kept.hands[id].reason in PLACED]
    return not attends(state, hand.seat) or any(steps(kept, o.seat) < steps(kept, hand.seat) for o in others)


def later(state: RoomState, event: e.HandRaised, hand: Hand) -> bool:
    """Whether a hand comes later by the policy than the one that goes up now."""
    match state.order:
        case Order.FAIR:
            seat = state.kept.seats[event.seat]
            return (hand.turns, hand.spoken) > had(seat)
        case Order.CIRCLE:
            return steps(state.kept, hand.seat) > steps(state.kept, event.seat) and attends(state, hand.seat)
        case _:
            return False


def steps(kept: Kept, seat: str) -> int:
    """How far somebody sits from whoever had the floor last, clockwise; that person comes last."""
    circle = kept.circle
    start = circle.index(kept.spoke) if kept.spoke in circle else -1
    return (circle.index(seat) - start - 1) % len(circle)


LAWS = (the_queue_is_in_order, reasons_are_those_of_the_order, whoever_is_ahead_has_a_reason_that_holds)
