"""A turn and its clock: limit, grace, then a facilitator decides; nobody is cut off unless the group chose it."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import EndTurn, ExtendTurn, FinishTurn, PauseTurn, ResumeTurn
from protocol.errors import Code, Rejected
from protocol.views import TurnState
from rooms.events import (
    End,
    Event,
    GraceBegan,
    GraceEnded,
    OfferHeld,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    TurnResumed,
)
from rooms.format import Ending
from rooms.rules import clock, drops, offers
from rooms.rules.offers import change
from rooms.standing import Facts, Standing
from rooms.state import HEARD, Kept, Last, RoomState, Turn, leads, without

AHEAD_LIMIT = 3600.0  # seconds: how far from now a turn can be made to end

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
    return None if facts.turns else Code.NO_TURN


def may_extend(facts: Facts, me: Standing) -> Code | None:
    """An offer does not run out while the room stands still."""
    return may_touch(facts, me) or (Code.HELD if facts.hold and facts.turns == {TurnState.OFFERED} else None)


def end(state: RoomState, by: str, command: EndTurn, now: float) -> Sequence[Event]:
    turn = state.kept.turns[command.turn]
    if turn.state is TurnState.OFFERED:
        return offers.taken_back(state, command.turn, now)
    if turn.state is TurnState.SUSPENDED:
        return drops.lost(state, command.turn, turn)
    return [TurnEnded(command.turn, End.TIME if turn.spoken(now) >= turn.budget else End.REVOKED)]


def extend(state: RoomState, by: str, command: ExtendTurn, now: float) -> Sequence[Event]:
    """Only ever longer: `until` at or before the present end changes nothing, so it can be sent twice."""
    if not now < command.until <= now + AHEAD_LIMIT:
        raise Rejected(Code.OUT_OF_RANGE)
    turn = state.kept.turns[command.turn]
    if turn.state is TurnState.OFFERED:
        if state.kept.hold:
            raise Rejected(Code.HELD)
        return [OfferHeld(command.turn, command.until)] if command.until > turn.until else []
    budget = turn.spoken(now) + command.until - now
    return [TurnExtended(command.turn, budget)] if budget > turn.budget else []


def may_pause(facts: Facts, me: Standing) -> Code | None:
    return may_touch(facts, me) or (None if facts.turns & HEARD else Code.NOT_RUNNING)


def pause(state: RoomState, by: str, command: PauseTurn, now: float) -> Sequence[Event]:
    if not state.kept.turns[command.turn].heard:
        raise Rejected(Code.NOT_RUNNING)
    return [TurnPaused(command.turn)]


STANDS = frozenset({TurnState.PAUSED, TurnState.SILENT})  # what can be resumed


def may_resume(facts: Facts, me: Standing) -> Code | None:
    """Facilitators resume what they paused; a speaker who is back after a drop, or was silent, goes on alone."""
    if me.turn is TurnState.QUESTION and TurnState.OFFERED in facts.turns:
        return None  # nobody has to wait for a question that does not come
    if not facts.turns & STANDS:
        return Code.NOT_PAUSED
    if facts.hold:
        return Code.HELD
    return None if me.leads or me.returned or me.turn is TurnState.SILENT else Code.FORBIDDEN


def resume(state: RoomState, by: str, command: ResumeTurn, now: float) -> Sequence[Event]:
    turn = state.kept.turns[command.turn]
    if turn.state is TurnState.QUESTION and turn.seat == by:
        return _without_the_question(state, command.turn, now)
    if turn.state not in STANDS:
        raise Rejected(Code.NOT_PAUSED)
    if not leads(state.kept.seats[by].role):
        offers.offered_to(state, by, command.turn)
    return [drops.goes_on(state, command.turn, now)]


def _without_the_question(state: RoomState, id: str, now: float) -> Sequence[Event]:
    """It was offered, and not begun: its hand stays."""
    for inner, turn in state.kept.turns.items():
        if turn.inside == id and turn.state is TurnState.OFFERED:
            return offers.taken_back(state, inner, now)
    raise Rejected(Code.NOT_PAUSED)


# Following by itself


def limit_reached(state: RoomState, now: float) -> Sequence[Event]:
    """A hard end is only for those who began when it was announced: a turn from the phase before is not cut."""
    for id, turn in state.kept.turns.items():
        if turn.running and now >= turn.limit:
            if hard(state, turn):
                return [TurnEnded(id, End.TIME)]
            if turn.state is TurnState.SPEAKING:
                return [GraceBegan(id)]
    return []


def hard(state: RoomState, turn: Turn) -> bool:
    """This turn ends at its limit."""
    return state.phase.ending is Ending.HARD and of_phase(state.kept, turn)


def of_phase(kept: Kept, turn: Turn) -> bool:
    """It was begun in the phase that is on."""
    return turn.began >= kept.phase_since


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


# What each event means


def ended(kept: Kept, event: TurnEnded, at: float) -> Kept:
    """A question that was asked inside this turn goes on as a turn of its own."""
    before = kept.turns[event.turn]
    turn = clock.still(before, at, TurnState.PAUSED)
    seat = kept.seats[turn.seat]
    told = replace(seat, turns=seat.turns + turn.counted, spoken=seat.spoken + turn.spent)
    others = without(kept.turns, event.turn)
    asked = any(other.inside == event.turn for other in others.values())
    if asked:
        others = {id: replace(t, inside="", counted=True) if t.inside == event.turn else t for id, t in others.items()}
    own = event.how is End.FINISHED and not _stopped(kept, event.turn, before)
    last = Last(event.turn, turn, at, kept.turn_count, kept.overtime, own)
    return replace(
        kept,
        turns=others,
        seats={**kept.seats, turn.seat: told},
        free_since=at,
        last=None if asked or turn.inside else last,
        overtime=max(kept.overtime, _overtime(kept, turn)),
    )


def _stopped(kept: Kept, id: str, turn: Turn) -> bool:
    """By those who lead, for this one turn: then it is theirs whether it goes on."""
    with_the_room = kept.hold is not None and id in kept.hold.turns
    return not (turn.heard or turn.returned or with_the_room)


def _overtime(kept: Kept, turn: Turn) -> float:
    """What it was longer than it was to be when it began; questions and what began in another phase have none."""
    return turn.spent - (turn.base or turn.budget) if of_phase(kept, turn) and not turn.inside else 0.0


def grace_began(kept: Kept, event: GraceBegan, at: float) -> Kept:
    return change(kept, event.turn, state=TurnState.GRACE)


def grace_ended(kept: Kept, event: GraceEnded, at: float) -> Kept:
    return change(kept, event.turn, over=True)


def extended(kept: Kept, event: TurnExtended, at: float) -> Kept:
    turn = kept.turns[event.turn]
    state = TurnState.SPEAKING if turn.state is TurnState.GRACE else turn.state
    return change(kept, event.turn, budget=event.budget, state=state, over=False)


def paused(kept: Kept, event: TurnPaused, at: float) -> Kept:
    return clock.stop(kept, event.turn, at, TurnState.PAUSED)


def resumed(kept: Kept, event: TurnResumed, at: float) -> Kept:
    turn = clock.still(kept.turns[event.turn], at, TurnState.PAUSED)
    state = TurnState.SPEAKING if turn.spent < turn.budget else TurnState.GRACE
    return clock.put(kept, event.turn, replace(turn, state=state))
