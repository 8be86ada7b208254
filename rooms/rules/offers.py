"""The floor is offered, never pushed: accepted, passed, put off, or left to move on gently with the hand kept."""

from collections.abc import Sequence

import msgspec

from protocol.commands import AcceptFloor, CallOn, HandKind, HoldOffer, PassFloor
from protocol.errors import Code, Rejected
from protocol.views import MeetingState, TurnState, Why
from rooms.events import (
    Event,
    FloorAccepted,
    FloorOffered,
    HandMoved,
    HandRaised,
    NoteForgotten,
    OfferHeld,
    OfferPassed,
    OfferPutOff,
)
from rooms.rules import hands
from rooms.standing import Facts, Standing
from rooms.state import Hand, Kept, RoomState, Turn, begins, hand_of, present, turn_of, without

HOLD_LIMIT = 10  # an offer can be kept ten times its length (WCAG 2.2.1: at least ten extensions)

# Asked for


def may_answer(facts: Facts, me: Standing) -> Code | None:
    """There is an offer to pass, or to think about."""
    return None if me.turn is TurnState.OFFERED else Code.NO_TURN


def may_accept(facts: Facts, me: Standing) -> Code | None:
    return may_answer(facts, me) or (Code.HELD if facts.hold else None)


def accept_floor(state: RoomState, by: str, command: AcceptFloor, now: float) -> Sequence[Event]:
    turn = offered_to(state, by, command.turn)
    return [FloorAccepted(command.turn), NoteForgotten(turn.hand)]


def offered_to(state: RoomState, by: str, id: str) -> Turn:
    turn = state.kept.turns[id]
    if turn.seat != by:
        raise Rejected(Code.NOT_YOURS)
    return turn


def pass_floor(state: RoomState, by: str, command: PassFloor, now: float) -> Sequence[Event]:
    turn = offered_to(state, by, command.turn)
    if command.later:
        return put_off(state, command.turn, now)
    return [OfferPassed(command.turn), NoteForgotten(turn.hand)]


def taken_back(state: RoomState, id: str, now: float) -> Sequence[Event]:
    """No answer: the hand stays, unless a facilitator called somebody who had none."""
    turn = state.kept.turns[id]
    if turn.held is not None and turn.held.own:
        return put_off(state, id, now)
    return [OfferPassed(id)]


def put_off(state: RoomState, id: str, now: float) -> Sequence[Event]:
    """Back behind the next one; and a rest, so that somebody alone in the queue is not asked again at once."""
    behind_next = state.kept.queue[1] if len(state.kept.queue) > 1 else ""
    return [OfferPutOff(id, Why.LATER, before=behind_next, rests_until=begins(state, now) + state.phase.rest)]


def hold_offer(state: RoomState, by: str, command: HoldOffer, now: float) -> Sequence[Event]:
    turn = offered_to(state, by, command.turn)
    if not command.until > turn.until:
        return []
    if command.until > turn.since + HOLD_LIMIT * state.phase.offer:
        raise Rejected(Code.ENOUGH)
    return [OfferHeld(command.turn, command.until)]


def may_call(facts: Facts, me: Standing) -> Code | None:
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    return Code.HELD if facts.hold else None


def call_on(state: RoomState, by: str, command: CallOn, now: float) -> Sequence[Event]:
    """At once when the floor is free, else next. Aimed at an older floor it is stale, so two clicks call once."""
    kept = state.kept
    if command.floor and command.floor != kept.floor:
        raise Rejected(Code.STALE)
    if not kept.seats[command.seat].inside:
        raise Rejected(Code.WAITING)
    if turn_of(kept, command.seat):
        raise Rejected(Code.HAS_FLOOR)
    if not present(state, command.seat):
        raise Rejected(Code.NOT_HERE)
    hand = hand_of(kept, command.seat)
    if kept.turns:
        return _ahead(kept, command.seat, hand)
    if hand:
        return [offer(state, hand, kept.hands[hand], now)]
    raised = HandRaised(hands.next_hand(kept), command.seat, HandKind.SHARE, Why.CALLED, own=False)
    return [raised, offer(state, raised.hand, Hand(command.seat, raised.kind, raised.reason, now), now)]


def _ahead(kept: Kept, seat: str, hand: str | None) -> Sequence[Event]:
    """Behind hands about the room and whoever was called before."""
    first = next(
        (
            id
            for id in kept.queue
            if not (kept.hands[id].kind is HandKind.PROCESS or kept.hands[id].reason is Why.CALLED)
        ),
        "",
    )
    if hand is None:
        return [HandRaised(hands.next_hand(kept), seat, HandKind.SHARE, Why.CALLED, before=first, own=False)]
    if kept.hands[hand].reason is Why.CALLED:
        return []
    if first == "" or kept.queue.index(hand) <= kept.queue.index(first):
        first = hands.behind(kept.queue, hand)  # far enough in front: nobody is called to a later place
    return [HandMoved(hand, Why.CALLED, before=first)]


# Following by itself


def offer_next(state: RoomState, now: float) -> Sequence[Event]:
    """The floor is free, the quiet after the last turn is over: the first who is here and not resting is offered it."""
    due = offer_next_at(state)
    if due is None or now < due:
        return []
    id, hand = next((id, hand) for id, hand in _candidates(state) if hand.rests_until <= now)
    return [offer(state, id, hand, now)]


def offer_next_at(state: RoomState) -> float | None:
    kept = state.kept
    if kept.turns or kept.hold or kept.meeting is not MeetingState.OPEN or not state.phase.automatic_offers:
        return None
    rested = [hand.rests_until for _, hand in _candidates(state)]
    if not rested:
        return None
    awaited = 0.0 if present(state, kept.hands[kept.queue[0]].seat) else kept.awaited_until
    return max(kept.free_since + state.phase.pause, min(rested), awaited)


def _candidates(state: RoomState) -> list[tuple[str, Hand]]:
    hands = ((id, state.kept.hands[id]) for id in state.kept.queue)
    return [(id, hand) for id, hand in hands if present(state, hand.seat)]


def offer(state: RoomState, id: str, hand: Hand, now: float) -> FloorOffered:
    budget = hand.budget or state.phase.turn
    turn = f"t{state.kept.turn_count + 1}"
    return FloorOffered(turn, hand.seat, id, budget, now + state.phase.offer)


def lapse(state: RoomState, now: float) -> Sequence[Event]:
    """Nobody answered: the floor moves on gently."""
    for id, turn in state.kept.turns.items():
        if turn.state is TurnState.OFFERED and now >= turn.until and not state.kept.hold:
            return taken_back(state, id, now)
    return []


def lapse_at(state: RoomState) -> float | None:
    if state.kept.hold:
        return None
    return min((t.until for t in state.kept.turns.values() if t.state is TurnState.OFFERED), default=None)


def absent(state: RoomState, now: float) -> Sequence[Event]:
    """Whoever drops while offered is passed over: the hand goes back to its place, and is offered first on return."""
    for id, turn in state.kept.turns.items():
        if turn.held is not None and not present(state, turn.seat):
            return [OfferPutOff(id, turn.held.reason, before=_its_place(state.kept.queue, turn.ahead))]
    return []


def _its_place(queue: tuple[str, ...], ahead: tuple[str, ...]) -> str:
    """The hand to stand in front of, right behind those who had been passed over before: else people who drop one after
    the other would turn their order round."""
    still = [place for place, hand in enumerate(queue, 1) if hand in ahead]
    rest = queue[max(still, default=0) :]
    return rest[0] if rest else ""


# What each event means


def offered(kept: Kept, event: FloorOffered, at: float) -> Kept:
    hand = kept.hands[event.hand]
    ahead = kept.queue[: kept.queue.index(event.hand)]
    turn = Turn(
        event.seat, TurnState.OFFERED, event.budget, at, until=event.until, hand=event.hand, held=hand, ahead=ahead
    )
    return msgspec.structs.replace(
        hands.take(kept, event.hand),
        turns={**kept.turns, event.turn: turn},
        floor=event.turn,
        turn_count=kept.turn_count + 1,
    )


def held(kept: Kept, event: OfferHeld, at: float) -> Kept:
    return change(kept, event.turn, until=event.until)


def passed(kept: Kept, event: OfferPassed, at: float) -> Kept:
    return msgspec.structs.replace(kept, turns=without(kept.turns, event.turn))


def back_in_queue(kept: Kept, event: OfferPutOff, at: float) -> Kept:
    turn = kept.turns[event.turn]
    assert turn.held is not None  # an offer always comes from a hand
    own = turn.held.own or event.reason is Why.LATER  # who asks for it later, wants it
    hand = msgspec.structs.replace(turn.held, reason=event.reason, rests_until=event.rests_until, own=own)
    left = msgspec.structs.replace(kept, turns=without(kept.turns, event.turn))
    return hands.put(left, turn.hand, hand, event.before)


def accepted(kept: Kept, event: FloorAccepted, at: float) -> Kept:
    return change(kept, event.turn, state=TurnState.SPEAKING, since=at, until=0.0, hand="", held=None, ahead=())


def change(kept: Kept, id: str, **fields: object) -> Kept:
    """The same meeting with one turn changed."""
    turn = msgspec.structs.replace(kept.turns[id], **fields)
    return msgspec.structs.replace(kept, turns={**kept.turns, id: turn})
