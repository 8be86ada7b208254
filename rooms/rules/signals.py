"""Silent signals to whoever has the floor, who learns how many sent one, not who."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import SendSignal
from protocol.errors import Code, Rejected
from protocol.views import MeetingState
from rooms.events import Event, Signalled, SignalsForgotten
from rooms.standing import Facts, Standing
from rooms.state import Live, RoomState, Shown

SHOWN = 20.0  # seconds

# Asked for


def may_send(facts: Facts, me: Standing) -> Code | None:
    """Whether somebody is heard just now everybody sees: it is not told to each of them once more."""
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    return None if me.turn is None else Code.HAS_FLOOR


def send(state: RoomState, by: str, command: SendSignal, now: float) -> Sequence[Event]:
    """One at a time: the last one counts."""
    if not any(turn.heard for turn in state.kept.turns.values()):
        raise Rejected(Code.NO_TURN)
    return [Signalled(by, command.signal)]


# Following by itself


def forget(state: RoomState, now: float) -> Sequence[Event]:
    """They were long enough ago, or nobody is heard any more."""
    signals = state.live.signals
    if not signals:
        return []
    heard = any(turn.heard for turn in state.kept.turns.values())
    due = tuple(seat for seat, shown in signals.items() if not heard or now >= shown.since + SHOWN)
    return [SignalsForgotten(due)] if due else []


def forget_at(state: RoomState) -> float | None:
    return min((shown.since + SHOWN for shown in state.live.signals.values()), default=None)


# What each event means


def signalled(live: Live, event: Signalled, at: float) -> Live:
    return replace(live, signals={**live.signals, event.seat: Shown(event.signal, at)})


def forgotten(live: Live, event: SignalsForgotten, at: float) -> Live:
    return replace(live, signals={seat: shown for seat, shown in live.signals.items() if seat not in event.seats})
