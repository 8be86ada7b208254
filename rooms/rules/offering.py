"""The floor is free: whoever comes next is offered it."""

from collections.abc import Sequence

from protocol.commands import HandKind
from protocol.views import MeetingState, Why
from rooms.events import Event, FloorOffered, HandRaised
from rooms.rules import hands, next_up, order, rounds
from rooms.rules.next_up import Next
from rooms.state import Hand, Kept, RoomState

# What the other rules ask


def offer(state: RoomState, one: Next, now: float) -> list[Event]:
    """To somebody who comes next: out of the hand, or the round, or a hand that does not stay when nobody answers."""
    kept = state.kept
    if one.round:
        budget = rounds.budget(state) + kept.extra
        return [FloorOffered(next_turn(kept), one.seat, "", budget, now + state.phase.offer, round=True)]
    if one.hand:
        return [_out_of(state, one.hand, kept.hands[one.hand], now)]
    id, before = hands.next_hand(kept), order.behind_called(kept)
    raised = HandRaised(id, one.seat, HandKind.SHARE, Why.CALLED, before=before, own=False)
    return [raised, _out_of(state, raised.hand, Hand(one.seat, raised.kind, raised.reason, now), now)]


def _out_of(state: RoomState, id: str, hand: Hand, now: float) -> FloorOffered:
    budget = hand.budget or length(state)
    return FloorOffered(next_turn(state.kept), hand.seat, id, budget, now + state.phase.offer)


def length(state: RoomState) -> float:
    """Of a turn that begins now; and as much longer as everybody gets since somebody had overtime."""
    return state.phase.turn + state.kept.extra


def next_turn(kept: Kept) -> str:
    return f"t{kept.turn_count + 1}"


# Following by itself


def offer_next(state: RoomState, now: float) -> Sequence[Event]:
    """The floor is free, the quiet after the last turn is over: the first who is here and not resting is offered it."""
    due = offer_next_at(state)
    if due is None or now < due:
        return []
    return offer(state, next(one for one in next_up.here(state) if one.rests_until <= now), now)


def offer_next_at(state: RoomState) -> float | None:
    kept = state.kept
    if kept.hold or kept.meeting is not MeetingState.OPEN or not next_up.free(state):
        return None
    due, rested = next_up.quiet_until(state), float("inf")
    if kept.awaited_until > due and next_up.awaited(state):
        due = kept.awaited_until
    for one in next_up.here(state):
        rested = min(rested, one.rests_until)
        if rested <= due:
            return due
    return rested if rested < float("inf") else None
