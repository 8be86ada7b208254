"""Silence and breath: the speaker's own, the group's, the bell that anybody may ring, and the break."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import BeginBreak, BeginSilence, HoldSilence, RingBell, SayReady
from protocol.errors import Code, Rejected
from protocol.formats import Movement, Mover
from protocol.views import Hold, MeetingState, TurnState
from rooms.events import BellRung, Event, ReadyForgotten, SaidReady, TurnHushed
from rooms.rules import clock, hold
from rooms.rules.offers import offered_to
from rooms.standing import Facts, Standing
from rooms.state import RUNNING, Kept, Live, RoomState, attends

HUSH_LEAST = 1.0  # seconds: less than this left of the silence in a turn is none
AGAIN = 20.0  # seconds after a bell in which nobody rings another one
AGAIN_BY_ONE = 60.0  # and in which the same person does not
OF_PHASE = {Movement.SILENCE: Hold.SILENCE, Movement.BREAK: Hold.BREAK}

# Asked for


def may_hush(facts: Facts, me: Standing) -> Code | None:
    if not facts.hush:
        return Code.PHASE_OFF
    if me.turn is None:
        return Code.NO_TURN
    return None if me.turn in RUNNING else Code.NOT_RUNNING


def hush(state: RoomState, by: str, command: HoldSilence, now: float) -> Sequence[Event]:
    """In sum the phase says how long, so that a turn cannot be held for ever."""
    left = state.phase.hush - offered_to(state, by, command.turn).hushed
    if left < HUSH_LEAST:
        raise Rejected(Code.ENOUGH)
    return [TurnHushed(command.turn, now + left)]


def may_begin(facts: Facts, me: Standing) -> Code | None:
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    return Code.HELD if facts.hold else None


def begin_silence(state: RoomState, by: str, command: BeginSilence, now: float) -> Sequence[Event]:
    return hold.stands_still(state, Hold.SILENCE, now + command.seconds)


def begin_break(state: RoomState, by: str, command: BeginBreak, now: float) -> Sequence[Event]:
    return hold.stands_still(state, Hold.BREAK, now + command.seconds)


def may_ring(facts: Facts, me: Standing) -> Code | None:
    return may_begin(facts, me) or (None if facts.bell else Code.PHASE_OFF)


def ring(state: RoomState, by: str, command: RingBell, now: float) -> Sequence[Event]:
    """Not so often that it would take the floor from whoever speaks."""
    kept = state.kept
    if (kept.rung and now < kept.rung + AGAIN) or (by in kept.bells and now < kept.bells[by] + AGAIN_BY_ONE):
        raise Rejected(Code.RANG)
    return [BellRung(by), *hold.stands_still(state, Hold.BELL, now + state.phase.breath)]


def may_say_ready(facts: Facts, me: Standing) -> Code | None:
    return None if facts.hold is Hold.BREAK else Code.NOT_HELD


def say_ready(state: RoomState, by: str, command: SayReady, now: float) -> Sequence[Event]:
    return [SaidReady(by)] if by not in state.live.ready else []


# Following by itself


def phase_quiet(state: RoomState, now: float) -> Sequence[Event]:
    """A phase of silence, or a break, begins when nobody has the floor."""
    kept, why = state.kept, OF_PHASE.get(state.phase.floor)
    if why is None or kept.held_in_phase or kept.hold or kept.turns or kept.meeting is not MeetingState.OPEN:
        return []
    return hold.stands_still(state, why, now + state.phase.box)


def over(state: RoomState, now: float) -> Sequence[Event]:
    """Bell and silence end at their moment; a break that is a phase and moves on by itself, when everybody is back."""
    due = over_at(state)
    if (due is not None and now >= due) or _all_back(state):
        return hold.goes_on(state, now)
    return []


def over_at(state: RoomState) -> float | None:
    held = state.kept.hold
    return held.until if held and held.why in (Hold.BELL, Hold.SILENCE) else None


def _all_back(state: RoomState) -> bool:
    """Whoever is here said so."""
    phase, held, ready = state.phase, state.kept.hold, state.live.ready
    if not ready or held is None or held.why is not Hold.BREAK:
        return False
    if phase.floor is not Movement.BREAK or phase.moves_on is not Mover.ITSELF:
        return False
    return all(seat in ready or not attends(state, seat) for seat in state.kept.circle)


def ready_over(state: RoomState, now: float) -> Sequence[Event]:
    """The break is over, or something else is why the room stands still."""
    held = state.kept.hold
    return [ReadyForgotten()] if state.live.ready and (held is None or held.why is not Hold.BREAK) else []


# What each event means


def hushed(kept: Kept, event: TurnHushed, at: float) -> Kept:
    return clock.stop(kept, event.turn, at, TurnState.SILENT, event.until)


def rung(kept: Kept, event: BellRung, at: float) -> Kept:
    return replace(kept, rung=at, bells={**kept.bells, event.seat: at})


def said_ready(live: Live, event: SaidReady, at: float) -> Live:
    return replace(live, ready=live.ready | {event.seat})


def ready_forgotten(live: Live, event: ReadyForgotten, at: float) -> Live:
    return replace(live, ready=frozenset())
