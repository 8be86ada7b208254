"""The floor is offered, never pushed: accepted, passed, put off, or left to move on gently with the hand kept."""

from collections.abc import Sequence

import msgspec

from protocol.commands import AcceptFloor, HandKind, HoldOffer, PassFloor
from protocol.errors import Code, Rejected
from protocol.views import TurnState, Why
from rooms.events import (
    Event,
    FloorAccepted,
    FloorOffered,
    HandLaidDown,
    NoteForgotten,
    OfferHeld,
    OfferPassed,
    OfferPutOff,
)
from rooms.rules import hands, order, rounds
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, Turn, attends, begins, hand_of, without

HOLD_LIMIT = 10  # an offer can be kept ten times its length (WCAG 2.2.1: at least ten extensions)

# Asked for


def may_answer(facts: Facts, me: Standing) -> Code | None:
    """There is an offer to pass, or to think about."""
    return None if me.turn is TurnState.OFFERED else Code.NO_TURN


def may_accept(facts: Facts, me: Standing) -> Code | None:
    return may_answer(facts, me) or (Code.HELD if facts.hold else None)


def accept_floor(state: RoomState, by: str, command: AcceptFloor, now: float) -> Sequence[Event]:
    """Who speaks has no hand up: one that waits for the end of the round is laid down."""
    turn = offered_to(state, by, command.turn)
    if not turn.round:
        return [FloorAccepted(command.turn), NoteForgotten(turn.hand)]
    hand = hand_of(state.kept, by)
    return [FloorAccepted(command.turn), *([HandLaidDown(hand)] if hand else [])]


def offered_to(state: RoomState, by: str, id: str) -> Turn:
    turn = state.kept.turns[id]
    if turn.seat != by:
        raise Rejected(Code.NOT_YOURS)
    return turn


def pass_floor(state: RoomState, by: str, command: PassFloor, now: float) -> Sequence[Event]:
    turn = offered_to(state, by, command.turn)
    return put_off(state, command.turn, now) if command.later else passes(command.turn, turn)


def passes(id: str, turn: Turn) -> list[Event]:
    """Nothing stays, but a place at the end of a round."""
    return [OfferPassed(id), NoteForgotten(turn.hand)] if turn.hand else [OfferPassed(id)]


def taken_back(state: RoomState, id: str, now: float) -> Sequence[Event]:
    """No answer: the hand stays, unless somebody was asked who had none. In a round it is as if they had passed."""
    turn = state.kept.turns[id]
    if turn.held is not None and turn.held.own:
        return put_off(state, id, now)
    return [OfferPassed(id)]


def put_off(state: RoomState, id: str, now: float) -> Sequence[Event]:
    """Back behind the next one; and a rest, so that somebody alone in the queue is not asked again at once."""
    if state.kept.turns[id].round:
        return [rounds.later(state, id, now)]
    behind_next = state.kept.queue[1] if len(state.kept.queue) > 1 else ""
    return [OfferPutOff(id, Why.LATER, before=behind_next, rests_until=begins(state, now) + state.phase.rest)]


def back(state: RoomState, id: str) -> OfferPassed | OfferPutOff:
    """The offer is taken away, and the hand, or the place in the round, is where it was. Nothing stays of an offer to
    somebody who had no hand."""
    turn = state.kept.turns[id]
    return OfferPassed(id) if turn.held is not None and not turn.held.own else _where_it_was(state, id, turn)


def all_back(state: RoomState, ids: Sequence[str], now: float) -> tuple[list[Event], Kept]:
    """The same for several, each of which finds its place among those before; and the meeting after it."""
    events: list[Event] = []
    for id in ids:
        event = back(state, id)
        kept = (
            passed(state.kept, event, now) if isinstance(event, OfferPassed) else back_in_queue(state.kept, event, now)
        )
        state = msgspec.structs.replace(state, kept=kept)
        events.append(event)
    return events, state.kept


def hold_offer(state: RoomState, by: str, command: HoldOffer, now: float) -> Sequence[Event]:
    turn = offered_to(state, by, command.turn)
    if not command.until > turn.until:
        return []
    if command.until > turn.since + HOLD_LIMIT * state.phase.offer:
        raise Rejected(Code.ENOUGH)
    return [OfferHeld(command.turn, command.until)]


# Following by itself


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
        if turn.state is TurnState.OFFERED and not attends(state, turn.seat):
            return [_where_it_was(state, id, turn)]
    return []


def _where_it_was(state: RoomState, id: str, turn: Turn) -> OfferPutOff:
    if turn.held is not None:
        reason, before = order.back(state, turn.hand, turn.held, turn.ahead)
        return OfferPutOff(id, reason, before)
    return OfferPutOff(id, Why.CIRCLE, rounds.place(state.kept, turn.ahead))


# What each event means


def offered(kept: Kept, event: FloorOffered, at: float) -> Kept:
    turn = Turn(event.seat, TurnState.OFFERED, event.budget, at, until=event.until, inside=event.inside)
    turn = msgspec.structs.replace(turn, given=kept.given == event.seat)
    if event.round:
        ahead = _ahead(rounds.of(kept).waiting, event.seat)
        turn = msgspec.structs.replace(turn, round=True, ahead=ahead)
        left = rounds.take(kept, event.seat)
    else:
        ahead = _ahead(kept.queue, event.hand)
        turn = msgspec.structs.replace(turn, hand=event.hand, held=kept.hands[event.hand], ahead=ahead)
        left = hands.take(kept, event.hand)
    return msgspec.structs.replace(
        left,
        turns={**kept.turns, event.turn: turn},
        floor=event.turn,
        turn_count=kept.turn_count + 1,
        given="" if kept.given == event.seat else kept.given,
        called=0.0,  # nobody was since this offer
    )


def _ahead(queue: tuple[str, ...], one: str) -> tuple[str, ...]:
    return queue[: queue.index(one)]


def held(kept: Kept, event: OfferHeld, at: float) -> Kept:
    return change(kept, event.turn, until=event.until)


def passed(kept: Kept, event: OfferPassed, at: float) -> Kept:
    turn = kept.turns[event.turn]
    left = msgspec.structs.replace(kept, turns=without(kept.turns, event.turn))
    return rounds.passes(left, turn.seat) if turn.round else left


def back_in_queue(kept: Kept, event: OfferPutOff, at: float) -> Kept:
    turn = kept.turns[event.turn]
    left = msgspec.structs.replace(kept, turns=without(kept.turns, event.turn))
    if turn.held is None:
        return rounds.put(left, turn.seat, event.before, event.rests_until)
    own = turn.held.own or event.reason is Why.LATER  # who asks for it later, wants it
    hand = msgspec.structs.replace(turn.held, reason=event.reason, rests_until=event.rests_until, own=own)
    return hands.put(left, turn.hand, hand, event.before)


def accepted(kept: Kept, event: FloorAccepted, at: float) -> Kept:
    """Neither a question inside a turn nor a word about the room moves the circle on."""
    turn = kept.turns[event.turn]
    about = turn.held is not None and turn.held.kind is HandKind.PROCESS
    no_share = about or bool(turn.inside)
    rest = turn.held is not None and turn.held.budget > 0
    speaks = msgspec.structs.replace(
        turn, state=TurnState.SPEAKING, since=at, until=0.0, hand="", held=None, ahead=(), base=turn.budget, began=at
    )
    speaks = msgspec.structs.replace(speaks, counted=not (no_share or rest), about=about)
    left = msgspec.structs.replace(
        kept,
        turns={**kept.turns, event.turn: speaks},
        spoke=kept.spoke if no_share else turn.seat,
        last=None,
    )
    return rounds.has_had(left, turn.seat) if turn.round else left


def change(kept: Kept, id: str, **fields: object) -> Kept:
    """The same meeting with one turn changed."""
    turn = msgspec.structs.replace(kept.turns[id], **fields)
    return msgspec.structs.replace(kept, turns={**kept.turns, id: turn})
