"""A hand is laid down while its person speaks in the round, and taken up afterwards: a round takes nobody's place."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import HandKind
from protocol.views import Why
from rooms.events import Event, HandLaidDown, HandLowered, HandTakenUp, NoteForgotten
from rooms.rules import hands, order
from rooms.state import Hand, Kept, RoomState, hand_of, turn_of, without

# Following by itself


def comes_back(state: RoomState, now: float) -> Sequence[Event]:
    """Their turn is over: the hand stands where the order puts it now. What was left of a lost turn is a hand already,
    and further in front."""
    for id, hand in state.kept.laid_down.items():
        if turn_of(state.kept, hand.seat) is None:
            if hand_of(state.kept, hand.seat):
                return [HandLowered(id), NoteForgotten(id)]
            return [_taken_up(state, id, order.told(hand, state.kept.seats[hand.seat]))]
    return []


def _taken_up(state: RoomState, id: str, hand: Hand) -> HandTakenUp:
    if hand.kind is HandKind.PROCESS:
        queue, known = state.kept.queue, state.kept.hands
        newer = [one for one in queue if known[one].reason is Why.PROCESS and order.number(one) > order.number(id)]
        return HandTakenUp(id, Why.PROCESS, newer[0] if newer else order.behind_process(state.kept))
    return HandTakenUp(id, *order.place(state, id, hand))


# What each event means


def laid(kept: Kept, event: HandLaidDown, at: float) -> Kept:
    """Whatever it rested from is over when it is back."""
    hand = replace(kept.hands[event.hand], rests_until=0.0)
    return replace(hands.take(kept, event.hand), laid_down={**kept.laid_down, event.hand: hand})


def taken_up(kept: Kept, event: HandTakenUp, at: float) -> Kept:
    hand = kept.laid_down[event.hand]
    hand = replace(order.told(hand, kept.seats[hand.seat]), reason=event.reason)
    return hands.put(replace(kept, laid_down=without(kept.laid_down, event.hand)), event.hand, hand, event.before)
