"""The room has another format from now on: also in the middle of a meeting, where nobody loses anything by it."""

from collections.abc import Sequence

from protocol.errors import Code, Rejected
from protocol.formats import Ending, Phase
from protocol.views import Deed, MeetingState, TurnState
from rooms.asks import Reform
from rooms.events import Event
from rooms.rules import acts, order, phases
from rooms.state import RoomState, round_on


def reform(state: RoomState, by: str, ask: Reform, now: float) -> Sequence[Event]:
    """The phase that is on goes on where the new format has it, in the new one's lengths; else it is the first.

    Not while somebody speaks, or a round is on, that would end or be cut short by it. The plan of `state` is the one
    before.
    """
    if ask.format == state.plan.format or state.kept.closed:
        return []
    told = acts.acted(state, Deed.FORMAT_CHANGED, ask.by if ask.by in state.kept.seats else "", now)
    if state.kept.meeting is not MeetingState.OPEN:
        return [told]
    phase = next((phase for phase in ask.format.phases if phase.name == state.phase.name), ask.format.phases[0])
    if _loses(state, phase):
        raise Rejected(Code.WOULD_LOSE)
    if not _same(state.phase, phase):
        return [*phases.begun(state, phase, now), told]
    if state.kept.order or phase.order is state.phase.order:
        return [told]
    return [*order.ordered(state.kept, phase.order), told]


def _same(before: Phase, after: Phase) -> bool:
    """One and the same phase in both formats."""
    return before.name == after.name and before.floor is after.floor


def _loses(state: RoomState, after: Phase) -> bool:
    """Somebody a turn or the rest of it, or a place in the round."""
    kept, before = state.kept, state.phase
    speaks = any(turn.state is not TurnState.OFFERED for turn in kept.turns.values())
    around = round_on(kept) is not None
    if not _same(before, after):
        return speaks or around
    cut = after.ending is Ending.HARD and before.ending is Ending.SOFT
    return (speaks and cut) or (around and before.second_sweep and not after.second_sweep)
