"""Rounds: everybody is offered the floor once, in circle order. Passing leaves no mark; whoever passed, or was away, is
asked once more at the end."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import BeginRound, EndRound, PassRound
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import MeetingState, TurnState, Why
from rooms.events import (
    Event,
    OfferPutOff,
    RoundBegan,
    RoundCalled,
    RoundEnded,
    RoundJoined,
    RoundPassed,
    RoundSwept,
)
from rooms.rules import agreed
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, Round, attends, begins, round_on, without

LEAST = 10.0  # seconds: an equal share is never shorter
AWAY = 20.0  # seconds that a round waits, before it is over, for whoever has just lost the connection

# What is there


def of(kept: Kept) -> Round:
    """The round, where there must be one."""
    assert kept.round is not None
    return kept.round


def budget(state: RoomState) -> float:
    """How long a turn in the round is: as all turns, or an equal share of the time that is planned for it."""
    phase, around = state.phase, round_on(state.kept)
    if not (phase.equal and phase.box and around and around.size):
        return phase.turn
    return max(LEAST, min(phase.turn, phase.box / around.size))


def place(kept: Kept, ahead: tuple[str, ...]) -> str:
    """Whom to wait in front of, right behind those who had been passed over before; empty for the end."""
    waiting, passed_over = of(kept).waiting, frozenset(ahead)
    last = max((n for n, seat in enumerate(waiting, 1) if seat in passed_over), default=0)
    return waiting[last] if last < len(waiting) else ""


# Asked for


def may_begin(facts: Facts, me: Standing) -> Code | None:
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    if facts.floor in (Movement.SILENCE, Movement.BREAK):
        return Code.PHASE_OFF
    return Code.ROUND_ON if facts.round else None


def begin(state: RoomState, by: str, command: BeginRound, now: float) -> Sequence[Event]:
    return [RoundBegan(state.kept.circle)]


def may_end(facts: Facts, me: Standing) -> Code | None:
    return None if facts.round else Code.NO_ROUND


def end(state: RoomState, by: str, command: EndRound, now: float) -> Sequence[Event]:
    return [RoundEnded(left=True)]


def may_pass(facts: Facts, me: Standing) -> Code | None:
    if not facts.round:
        return Code.NO_ROUND
    return None if me.round else Code.NOT_IN_ROUND


def pass_by(state: RoomState, by: str, command: PassRound, now: float) -> Sequence[Event]:
    return [RoundPassed(by)]


def later(state: RoomState, id: str, now: float) -> OfferPutOff:
    """Behind the next one who could be asked now; and a rest, or two who say so would be asked in turn for ever."""
    around, rests_until = of(state.kept), begins(state, now) + state.phase.rest
    for n, seat in enumerate(around.waiting, 1):
        if attends(state, seat) and around.rests.get(seat, 0.0) <= now:
            return OfferPutOff(id, Why.LATER, around.waiting[n] if n < len(around.waiting) else "", rests_until)
    return OfferPutOff(id, Why.LATER, rests_until=rests_until)


# Following by itself


def starts(state: RoomState, now: float) -> Sequence[Event]:
    """With its phase."""
    kept = state.kept
    if kept.round is not None or kept.meeting is not MeetingState.OPEN or state.phase.floor is not Movement.ROUND:
        return []
    return [RoundBegan(kept.circle)]


def newcomers(state: RoomState, now: float) -> Sequence[Event]:
    """Whoever comes in while it lasts joins at its end."""
    kept = state.kept
    around = round_on(kept)
    if around is None:
        return []
    asked = [turn.seat for turn in kept.turns.values() if turn.round and turn.state is TurnState.OFFERED]
    counted = (around.waiting, around.again, around.had, around.done, asked)
    if len(kept.circle) == sum(len(seats) for seats in counted):
        return []
    known = around.seats.union(asked)
    return [RoundJoined(seat) for seat in kept.circle if seat not in known]


def nobody_waits(state: RoomState, now: float) -> Sequence[Event]:
    """Of those who are here: then whoever passed or was away is asked once more, or the round is over."""
    due = nobody_waits_at(state)
    if due is None or now < due:
        return []
    around = of(state.kept)
    if not _once_more(state, around):
        return [RoundEnded()]
    left = {*around.waiting, *around.again}
    return [RoundSwept(tuple(seat for seat in state.kept.circle if seat in left))]


def nobody_waits_at(state: RoomState) -> float | None:
    """The second sweep begins at once, and with a quiet moment; after a restart, whoever is yet to be asked is waited
    for. The end comes after the quiet, and waits for people who might be back soon."""
    kept, presence = state.kept, state.live.presence
    around = round_on(kept)
    if around is None or kept.turns or kept.hold or any(attends(state, seat) for seat in around.waiting):
        return None
    if not any(attends(state, seat) for seat in kept.circle):
        return None
    if _once_more(state, around):
        return max(kept.free_since, kept.awaited_until) if around.waiting else kept.free_since
    missed = (*around.waiting, *around.again) if _sweeps(state, around) else around.waiting
    soon = (seat for seat in missed if seat in presence and not presence[seat].aside)
    return max([kept.free_since + state.phase.pause, *(agreed.away_since(state, seat) + AWAY for seat in soon)])


def _sweeps(state: RoomState, around: Round) -> bool:
    return state.phase.second_sweep and around.sweep == 1


def _once_more(state: RoomState, around: Round) -> bool:
    return _sweeps(state, around) and any(attends(state, seat) for seat in around.again)


# What each event means


def began(kept: Kept, event: RoundBegan, at: float) -> Kept:
    return replace(kept, round=Round(event.seats, len(event.seats)))


def joined(kept: Kept, event: RoundJoined, at: float) -> Kept:
    return put(kept, event.seat, "")


def passed(kept: Kept, event: RoundPassed, at: float) -> Kept:
    return passes(take(kept, event.seat), event.seat)


def called(kept: Kept, event: RoundCalled, at: float) -> Kept:
    left = replace(take(kept, event.seat), called=at)
    return put(left, event.seat, next(iter(of(left).waiting), ""))


def swept(kept: Kept, event: RoundSwept, at: float) -> Kept:
    """A quiet moment comes first, as after a turn: whoever was the last to pass is not asked again at once."""
    around = replace(of(kept), waiting=event.seats, again=(), sweep=2, rests={})
    return replace(kept, round=around, free_since=at)


def ended(kept: Kept, event: RoundEnded, at: float) -> Kept:
    """With `left`, also what was offered in it."""
    if not event.left:
        return replace(kept, round=replace(of(kept), over=True))
    turns = {id: turn for id, turn in kept.turns.items() if not (turn.round and turn.state is TurnState.OFFERED)}
    return replace(kept, round=Round((), 0, over=True), turns=turns)


# What other events mean for a round


def take(kept: Kept, seat: str) -> Kept:
    """No longer among those who wait."""
    around = of(kept)
    waiting = _others(around.waiting, seat)
    return replace(kept, round=replace(around, waiting=waiting, rests=without(around.rests, seat)))


def put(kept: Kept, seat: str, before: str, rests_until: float = 0.0) -> Kept:
    """Waits in front of `before`, or at the end."""
    around = of(kept)
    at = around.waiting.index(before) if before in around.waiting else len(around.waiting)
    waiting = (*around.waiting[:at], seat, *around.waiting[at:])
    rests = {**around.rests, seat: rests_until} if rests_until else around.rests
    return replace(kept, round=replace(around, waiting=waiting, rests=rests))


def passes(kept: Kept, seat: str) -> Kept:
    """Asked once more at the end; in the second sweep, not any more."""
    around = of(kept)
    if around.sweep == 1:
        return replace(kept, round=replace(around, again=(*around.again, seat)))
    return replace(kept, round=replace(around, done=(*around.done, seat)))


def has_had(kept: Kept, seat: str) -> Kept:
    """A turn. After it, whoever asked for it later is due."""
    around = of(kept)
    return replace(kept, round=replace(around, had=(*around.had, seat), rests={}))


def gone(kept: Kept, seat: str) -> Kept:
    """The seat has ended: nothing of the round tells of it."""
    around = kept.round
    if around is None:
        return kept
    parts = {name: _others(getattr(around, name), seat) for name in ("waiting", "again", "had", "done")}
    turns = {
        id: replace(turn, ahead=_others(turn.ahead, seat)) if seat in turn.ahead else turn
        for id, turn in kept.turns.items()
    }
    return replace(kept, round=replace(around, **parts, rests=without(around.rests, seat)), turns=turns)


def _others(seats: tuple[str, ...], seat: str) -> tuple[str, ...]:
    return tuple(other for other in seats if other != seat)
