"""A turn and its clock: limit, grace, then a facilitator decides; nobody is cut off unless the group chose it."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import EndTurn, ExtendTurn, FinishTurn, HandKind, PauseTurn, ResumeTurn
from protocol.errors import Code, Rejected
from protocol.views import TurnState, Why
from rooms.events import (
    End,
    Event,
    GraceBegan,
    GraceEnded,
    HandRaised,
    OfferHeld,
    SpeakerReturned,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    TurnResumed,
    TurnSuspended,
)
from rooms.format import Ending
from rooms.rules import hands, offers
from rooms.rules.offers import change
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, Turn, begins, present, without

RETURN_PAUSE = 20.0  # seconds a speaker who is back has before the clock goes on by itself
AHEAD_LIMIT = 3600.0  # seconds: how far from now a turn can be made to end
REMAINDER_LEAST = 10.0  # seconds: a lost turn with less than this left is simply over

# Asked for


def may_finish(facts: Facts, me: Standing) -> Code | None:
    if me.turn is None:
        return Code.NO_TURN
    return Code.NOT_RUNNING if me.turn is TurnState.OFFERED else None


def finish(state: RoomState, by: str, command: FinishTurn, now: float) -> Sequence[Event]:
    offers.offered_to(state, by, command.turn)
    return [TurnEnded(command.turn, End.FINISHED)]


def may_touch(facts: Facts, me: Standing) -> Code | None:
    """There is a turn to end, or an offer to take back."""
    return Code.NO_TURN if facts.turn is None else None


def may_extend(facts: Facts, me: Standing) -> Code | None:
    """An offer does not run out while the room stands still."""
    return may_touch(facts, me) or (Code.HELD if facts.hold and facts.turn is TurnState.OFFERED else None)


def end(state: RoomState, by: str, command: EndTurn, now: float) -> Sequence[Event]:
    turn = state.kept.turns[command.turn]
    if turn.state is TurnState.OFFERED:
        return offers.taken_back(state, command.turn, now)
    if turn.state is TurnState.SUSPENDED:
        return _lost(state, command.turn, turn)
    return [TurnEnded(command.turn, End.TIME if turn.spoken(now) >= turn.budget else End.REVOKED)]


def extend(state: RoomState, by: str, command: ExtendTurn, now: float) -> Sequence[Event]:
    """Only ever longer: `until` at or before the present end changes nothing, so it can be sent twice."""
    if not now < command.until <= now + AHEAD_LIMIT:
        raise Rejected(Code.OUT_OF_RANGE)
    turn = state.kept.turns[command.turn]
    if turn.state is TurnState.OFFERED:
        return [OfferHeld(command.turn, command.until)] if command.until > turn.until else []
    budget = turn.spoken(now) + command.until - now
    return [TurnExtended(command.turn, budget)] if budget > turn.budget else []


def may_pause(facts: Facts, me: Standing) -> Code | None:
    if facts.turn is None:
        return Code.NO_TURN
    return None if facts.turn in (TurnState.SPEAKING, TurnState.GRACE) else Code.NOT_RUNNING


def pause(state: RoomState, by: str, command: PauseTurn, now: float) -> Sequence[Event]:
    return [TurnPaused(command.turn)]


def may_resume(facts: Facts, me: Standing) -> Code | None:
    """Facilitators resume what they paused; a speaker who is back after a drop goes on alone."""
    if facts.turn is not TurnState.PAUSED:
        return Code.NOT_PAUSED
    if facts.hold:
        return Code.HELD
    return None if me.leads or me.returned else Code.FORBIDDEN


def resume(state: RoomState, by: str, command: ResumeTurn, now: float) -> Sequence[Event]:
    if not present(state, state.kept.turns[command.turn].seat):
        return [TurnSuspended(command.turn, now + state.phase.window)]
    return [TurnResumed(command.turn)]


# Following by itself


def limit_reached(state: RoomState, now: float) -> Sequence[Event]:
    for id, turn in state.kept.turns.items():
        if turn.running and now >= turn.limit:
            if state.phase.ending is Ending.HARD:
                return [TurnEnded(id, End.TIME)]
            if turn.state is TurnState.SPEAKING:
                return [GraceBegan(id)]
    return []


def limit_at(state: RoomState) -> float | None:
    return min((t.limit for t in state.kept.turns.values() if t.state is TurnState.SPEAKING), default=None)


def grace_over(state: RoomState, now: float) -> Sequence[Event]:
    """Nothing is cut off: the turn goes on, and facilitators see that it is theirs to decide."""
    for id, turn in state.kept.turns.items():
        if turn.state is TurnState.GRACE and not turn.over and now >= turn.limit + state.phase.grace:
            return [GraceEnded(id)]
    return []


def grace_over_at(state: RoomState) -> float | None:
    ends = [t.limit for t in state.kept.turns.values() if t.state is TurnState.GRACE and not t.over]
    return min(ends) + state.phase.grace if ends else None


def speaker_absent(state: RoomState, now: float) -> Sequence[Event]:
    """A speaker who drops is suspended: the clock stops, the floor waits."""
    for id, turn in state.kept.turns.items():
        if (turn.running or turn.returned) and not present(state, turn.seat):
            return [TurnSuspended(id, begins(state, now) + state.phase.window)]
    return []


def speaker_back(state: RoomState, now: float) -> Sequence[Event]:
    """Back in time: the turn is theirs again, and goes on when they say so, or after a moment."""
    for id, turn in state.kept.turns.items():
        if turn.state is TurnState.SUSPENDED and present(state, turn.seat):
            return [SpeakerReturned(id, begins(state, now) + RETURN_PAUSE)]
    return []


def held_long_enough(state: RoomState, now: float) -> Sequence[Event]:
    """A dropped speaker's window is over; one who came back and said nothing goes on."""
    if state.kept.hold:
        return []
    for id, turn in state.kept.turns.items():
        if turn.state is TurnState.SUSPENDED and now >= turn.until:
            return _lost(state, id, turn)
        if turn.returned and now >= turn.until:
            return [TurnResumed(id)]
    return []


def held_until(state: RoomState) -> float | None:
    if state.kept.hold:
        return None
    turns = state.kept.turns.values()
    return min((t.until for t in turns if t.state is TurnState.SUSPENDED or t.returned), default=None)


def _lost(state: RoomState, id: str, turn: Turn) -> Sequence[Event]:
    """The floor goes on; what was left of the turn waits at the head of the queue."""
    events: list[Event] = [TurnEnded(id, End.LEFT)]
    left = turn.budget - turn.spent
    if left >= REMAINDER_LEAST:
        head = state.kept.queue[0] if state.kept.queue else ""
        hand = hands.next_hand(state.kept)
        events.append(HandRaised(hand, turn.seat, HandKind.SHARE, Why.RETURNED, before=head, budget=left))
    return events


# What each event means


def ended(kept: Kept, event: TurnEnded, at: float) -> Kept:
    turn = kept.turns[event.turn]
    seat = kept.seats[turn.seat]
    told = replace(seat, turns=seat.turns + 1, spoken=seat.spoken + turn.spoken(at))
    return replace(kept, turns=without(kept.turns, event.turn), seats={**kept.seats, turn.seat: told}, free_since=at)


def grace_began(kept: Kept, event: GraceBegan, at: float) -> Kept:
    return change(kept, event.turn, state=TurnState.GRACE)


def grace_ended(kept: Kept, event: GraceEnded, at: float) -> Kept:
    return change(kept, event.turn, over=True)


def extended(kept: Kept, event: TurnExtended, at: float) -> Kept:
    turn = kept.turns[event.turn]
    state = TurnState.SPEAKING if turn.state is TurnState.GRACE else turn.state
    return change(kept, event.turn, budget=event.budget, state=state, over=False)


def paused(kept: Kept, event: TurnPaused, at: float) -> Kept:
    return _stopped(kept, event.turn, at, TurnState.PAUSED)


def suspended(kept: Kept, event: TurnSuspended, at: float) -> Kept:
    return _stopped(kept, event.turn, at, TurnState.SUSPENDED, until=event.until, returned=False)


def _stopped(kept: Kept, id: str, at: float, state: TurnState, **fields: object) -> Kept:
    return change(kept, id, state=state, spent=kept.turns[id].spoken(at), **fields)


def returned(kept: Kept, event: SpeakerReturned, at: float) -> Kept:
    return change(kept, event.turn, state=TurnState.PAUSED, until=event.until, returned=True)


def resumed(kept: Kept, event: TurnResumed, at: float) -> Kept:
    turn = kept.turns[event.turn]
    state = TurnState.SPEAKING if turn.spent < turn.budget else TurnState.GRACE
    return change(kept, event.turn, state=state, since=at, until=0.0, returned=False)
