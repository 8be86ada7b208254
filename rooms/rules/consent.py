"""More time, by consent: a speaker asks, everybody else is asked without names, and nobody learns who answered what."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from protocol.commands import AnswerTime, AskTime
from protocol.errors import Code, Rejected
from protocol.formats import Silence
from protocol.views import TurnState
from rooms.events import Event, TimeAnswered, TimeAsked, TurnExtended, Voted, VotesForgotten
from rooms.rules import turns
from rooms.rules.offers import change, offered_to
from rooms.standing import Facts, Standing
from rooms.state import RUNNING, Asking, Kept, Live, RoomState, Turn, attends

LEAST = 5.0  # seconds before a hard end in which nobody could answer any more

# Asked for


def may_ask(facts: Facts, me: Standing) -> Code | None:
    if not facts.consent:
        return Code.PHASE_OFF
    if me.turn is None:
        return Code.NO_TURN
    if me.turn not in RUNNING:
        return Code.NOT_RUNNING
    if facts.asking:
        return Code.STALE  # asked twice, or somebody else asks: nobody has said that it is enough
    return Code.ENOUGH if me.enough else None


def ask(state: RoomState, by: str, command: AskTime, now: float) -> Sequence[Event]:
    """From the warning on. A hard end does not wait for the answer: it comes before."""
    turn = offered_to(state, by, command.turn)
    if turn.state is TurnState.SPEAKING and turn.limit - now > state.phase.warning:
        raise Rejected(Code.TOO_EARLY)
    until = now + state.phase.consent_for
    if turns.hard(state, turn):
        until = min(until, turn.limit)
        if until < now + LEAST:
            raise Rejected(Code.ENOUGH)
    return [TimeAsked(command.turn, until)]


def may_answer(facts: Facts, me: Standing) -> Code | None:
    if not facts.asking:
        return Code.NOT_ASKED
    return Code.SELF if me.asks else None


def answer(state: RoomState, by: str, command: AnswerTime, now: float) -> Sequence[Event]:
    asked = state.kept.asking
    if asked is None or asked.turn != command.turn:
        raise Rejected(Code.NOT_ASKED)
    return [Voted(by, command.fine)] if state.live.answers_time.get(by) is not command.fine else []


# Following by itself


def answered(state: RoomState, now: float) -> Sequence[Event]:
    """Everybody has said so, or the time for it is over; without a result where the turn was stopped meanwhile."""
    asked = state.kept.asking
    if asked is None:
        return [VotesForgotten()] if state.live.answers_time else []
    turn = state.kept.turns.get(asked.turn)
    if turn is None or not turn.heard:
        return [TimeAnswered(asked.turn)]
    missing = _missing(state, turn)
    if now < asked.until and (missing or not state.live.answers_time):
        return []
    if not _is_fine(state, missing):
        return [TimeAnswered(asked.turn, declined=True)]
    return [TimeAnswered(asked.turn), TurnExtended(asked.turn, _longer(turn, state.phase.consent, now))]


def answered_at(state: RoomState) -> float | None:
    return state.kept.asking.until if state.kept.asking else None


def _missing(state: RoomState, turn: Turn) -> int:
    """How many are here and could answer, and have not."""
    votes = state.live.answers_time
    return sum(seat not in votes and seat != turn.seat and attends(state, seat) for seat in state.kept.circle)


def _is_fine(state: RoomState, missing: int) -> bool:
    """More say that it is fine than that it is enough."""
    votes = state.live.answers_time
    fine = sum(votes.values())
    enough = len(votes) - fine
    if state.phase.consent_silence is Silence.YES:
        fine += missing
    else:
        enough += missing
    return fine > enough


def _longer(turn: Turn, by: float, now: float) -> float:
    """Counted from the limit, or from now where that is over."""
    return max(turn.budget, turn.spoken(now)) + by


# What each event means


def asked(kept: Kept, event: TimeAsked, at: float) -> Kept:
    counted = change(kept, event.turn, askings=kept.turns[event.turn].askings + 1)
    return replace(counted, asking=Asking(event.turn, event.until))


def time_answered(kept: Kept, event: TimeAnswered, at: float) -> Kept:
    closed = replace(kept, asking=None)
    return change(closed, event.turn, declined=True) if event.declined else closed


def voted(live: Live, event: Voted, at: float) -> Live:
    votes: Mapping[str, bool] = {**live.answers_time, event.seat: event.fine}
    return replace(live, answers_time=votes)


def votes_forgotten(live: Live, event: VotesForgotten, at: float) -> Live:
    return replace(live, answers_time={})
