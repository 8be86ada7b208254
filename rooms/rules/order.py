"""Who is ahead of whom: first come, fair, as people sit, or as those who lead choose. Every place says why.

The places that the order gives are kept in it; those that somebody chose (called, moved, deferred, later, returned)
stay where they are among their neighbours until the order changes.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from protocol.commands import HandKind, Order, SetOrder
from protocol.errors import Code
from protocol.views import MeetingState, Why
from rooms.events import Event, OrderSet, QueueOrdered
from rooms.standing import Facts, Standing
from rooms.state import Hand, Kept, RoomState, Seat, attends

BY = {
    Order.FIRST_COME: (Why.FIRST_COME,),
    Order.FAIR: (Why.NOT_SPOKEN, Why.TURNS),
    Order.CHOSEN: (Why.CHOOSING,),
    Order.CIRCLE: (Why.CIRCLE,),
}
GIVEN = tuple(reason for reasons in BY.values() for reason in reasons)  # places that the order gives
_AHEAD = (Why.PROCESS, Why.CALLED)  # nobody new gets in front of these

Rank = tuple[float, float, int]
Ranks = Callable[[str, Hand], Rank]

# Asked for


def may_set(facts: Facts, me: Standing) -> Code | None:
    return None if facts.meeting is MeetingState.OPEN else Code.NOT_OPEN


def set_order(state: RoomState, by: str, command: SetOrder, now: float) -> Sequence[Event]:
    """Until the phase ends. Whoever waits is ordered anew, and nobody falls out."""
    if command.order is state.order:
        return []
    own = command.order is state.phase.order
    return [OrderSet(None if own else command.order), *ordered(state.kept, command.order)]


# What the other rules ask


def why(order: Order, hand: Hand) -> Why:
    """The reason for a place that this order gives."""
    return BY[order][order is Order.FAIR and hand.turns > 0]


def told(hand: Hand, seat: Seat) -> Hand:
    """With how much its person has spoken, in whole seconds: people see no smaller difference; and none at all between
    those who only asked something, or said a word about the room."""
    return replace(hand, turns=seat.turns, spoken=float(round(seat.spoken)) if seat.turns else 0.0)


def place(state: RoomState, id: str, hand: Hand) -> tuple[Why, str]:
    """The reason for a new hand's place, and the hand in front of which it stands; empty for the end.

    That is the first one from which on all places that the order gives come later by it. As people sit, nobody gets in
    front of who is away, or was passed over: they are offered the floor when they are back.
    """
    kept, circle = state.kept, state.order is Order.CIRCLE
    rank = ranks(kept, state.order)
    mine, before = rank(id, hand), ""
    behind: Rank | None = None
    for other in reversed(kept.queue):
        known = kept.hands[other]
        if known.reason in _AHEAD:
            break
        if known.reason not in GIVEN:
            continue
        theirs = rank(other, known)
        if theirs < mine or (circle and (not attends(state, known.seat) or (behind is not None and theirs > behind))):
            break
        before, behind = other, theirs
    return why(state.order, hand), before


def back(state: RoomState, id: str, hand: Hand, ahead: tuple[str, ...]) -> tuple[Why, str]:
    """The same for a hand that was offered the floor and is in the queue again, as if it had been there all the time:
    behind those of `ahead`, who had been passed over for it, and behind hands about the room. Where the order gave the
    place, it does so again: others have come, or the order is another one."""
    kept, queue = state.kept, state.kept.queue
    known = [kept.hands[other] for other in queue]
    at = max((n + 1 for n, other in enumerate(queue) if other in ahead or _about(known[n], hand)), default=0)
    if hand.reason is Why.PROCESS:
        return hand.reason, _there(queue, _first_come(known, queue, id, at))
    if hand.reason not in GIVEN:
        return hand.reason, _there(queue, at)
    rank = ranks(kept, state.order)
    places = [(n, rank(queue[n], known[n])) for n in range(len(queue)) if known[n].reason in GIVEN]
    at = max([at, *(n + 1 for n, theirs in places if theirs < rank(id, hand))])
    if state.order is not Order.CIRCLE:
        at = min([at, *(n for n, theirs in places if theirs > rank(id, hand))])
    return why(state.order, hand), _there(queue, at)


def _first_come(known: Sequence[Hand], queue: Sequence[str], id: str, at: int) -> int:
    """Among hands about the room, and in front of all places that the order gave: whoever was ahead may have deferred
    meanwhile, or the order be another one."""
    process = [n for n, one in enumerate(known) if one.reason is Why.PROCESS]
    older = [n + 1 for n in process if number(queue[n]) < number(id)]
    later = [n for n, one in enumerate(known) if one.reason in GIVEN or (n in process and n + 1 not in older)]
    return min([max([at, *older]), *later])


def _about(other: Hand, hand: Hand) -> bool:
    """The other one is about the room and therefore ahead."""
    return other.reason is Why.PROCESS and hand.reason is not Why.PROCESS


def _there(queue: tuple[str, ...], at: int) -> str:
    return queue[at] if at < len(queue) else ""


def behind_process(kept: Kept) -> str:
    """The first hand behind those about the room; empty when there is none."""
    queue, hands = kept.queue, kept.hands
    return _there(queue, max((n for n, id in enumerate(queue, 1) if hands[id].reason is Why.PROCESS), default=0))


def behind_returned(kept: Kept) -> str:
    """The first hand behind those about the room and the rests of lost turns; empty when there is none."""
    rest = kept.queue[kept.queue.index(first) :] if (first := behind_process(kept)) else ()
    return next((id for id in rest if kept.hands[id].reason is not Why.RETURNED), "")


def behind_called(kept: Kept) -> str:
    """The first hand that is neither about the room nor called; empty when there is none."""
    hands = kept.hands
    return next((id for id in kept.queue if not _goes_ahead(hands[id])), "")


def _goes_ahead(hand: Hand) -> bool:
    return hand.kind is HandKind.PROCESS or hand.reason is Why.CALLED


def ranks(kept: Kept, order: Order) -> Ranks:
    """What hands are compared by: the smaller one goes ahead."""
    if order is Order.FAIR:
        return lambda id, hand: (hand.turns, hand.spoken, number(id))
    if order is Order.CIRCLE:
        seats = {seat: n for n, seat in enumerate(kept.circle)}
        after = seats.get(kept.spoke, -1) + 1
        return lambda id, hand: ((seats[hand.seat] - after) % len(seats), 0, number(id))
    return lambda id, hand: (0, 0, number(id))


def number(hand: str) -> int:
    """Hands are counted as they go up."""
    return int(hand[1:])


def ordered(kept: Kept, order: Order) -> list[Event]:
    """The whole queue in this order: hands about the room; whoever was called, or lost the connection in a turn, as
    they stand; then everybody else. Nothing when everybody stands there already, for that reason."""
    hands = {id: told(kept.hands[id], kept.seats[kept.hands[id].seat]) for id in kept.queue}
    rank = ranks(kept, order)
    process = sorted((id for id in kept.queue if hands[id].kind is HandKind.PROCESS), key=number)
    others = [id for id in kept.queue if hands[id].kind is not HandKind.PROCESS]
    stay = [id for id in others if hands[id].reason in (Why.CALLED, Why.RETURNED)]
    rest = sorted((id for id in others if id not in stay), key=lambda id: rank(id, hands[id]))
    reasons = {**dict.fromkeys(process, Why.PROCESS), **{id: hands[id].reason for id in stay}}
    reasons |= {id: why(order, hands[id]) for id in rest}
    queue = (*process, *stay, *rest)
    same = queue == kept.queue and all(kept.hands[id].reason is reasons[id] for id in queue)
    return [] if same else [QueueOrdered(queue, tuple(reasons[id] for id in queue))]


# Following by itself


def outdated(state: RoomState, now: float) -> Sequence[Event]:
    """The room has another format after a restart, or since a write failed: every place says why by today's order."""
    hands = state.kept.hands
    first = next((hands[id] for id in state.kept.queue if hands[id].reason in GIVEN), None)
    if first is None or first.reason in BY[state.order]:
        return []
    return ordered(state.kept, state.order)


# What each event means


def order_set(kept: Kept, event: OrderSet, at: float) -> Kept:
    return replace(kept, order=event.order)


def queue_ordered(kept: Kept, event: QueueOrdered, at: float) -> Kept:
    """Whoever rests goes on resting."""
    hands = dict(kept.hands)
    for id, reason in zip(event.queue, event.reasons, strict=True):
        hands[id] = replace(told(hands[id], kept.seats[hands[id].seat]), reason=reason)
    return replace(kept, hands=hands, queue=event.queue, queue_version=kept.queue_version + 1)
