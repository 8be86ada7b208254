"""Phases: one after the other, or whichever those who lead want. Hands stay up, and whoever speaks finishes."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from protocol.commands import SetPhase, SetPrompt
from protocol.errors import Code, Rejected
from protocol.formats import Movement, Mover, Phase
from protocol.views import Hold, MeetingState, TurnState
from rooms.events import Event, PhaseBegan, Prompted, VotesForgotten
from rooms.rules import hold, offers, open_floor, order, quiet
from rooms.standing import Facts, Standing
from rooms.state import Kept, Live, RoomState, leads

TIMED = (Hold.SILENCE, Hold.BREAK)  # these end with their phase

# Asked for


def may_set(facts: Facts, me: Standing) -> Code | None:
    """Who does not lead may move on where the phase says so; not while the room stands still, but for the silence or
    break of the phase itself."""
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    if not facts.phases:
        return Code.NO_PHASE
    if me.leads:
        return None
    if not facts.onward:
        return Code.FORBIDDEN
    return None if facts.hold in (None, quiet.OF_PHASE.get(facts.floor)) else Code.HELD


def set_phase(state: RoomState, by: str, command: SetPhase, now: float) -> Sequence[Event]:
    """To the one that is on already: nothing happens, so two clicks move on once."""
    wanted = next((phase for phase in state.plan.format.phases if phase.name == command.phase), None)
    if wanted is None:
        raise Rejected(Code.NO_PHASE)
    if wanted is state.phase:
        return []
    if not leads(state.kept.seats[by].role) and wanted is not following(state):
        raise Rejected(Code.FORBIDDEN)
    return begun(state, wanted, now)


def set_prompt(state: RoomState, by: str, command: SetPrompt, now: float) -> Sequence[Event]:
    """While the phase lasts; before the meeting opens, for its first one."""
    words = command.prompt.strip()
    return [Prompted(words)] if words != state.live.prompt else []


# What the other rules ask


def following(state: RoomState) -> Phase | None:
    """The next phase of the format; none after the last."""
    phases = state.plan.format.phases
    at = phases.index(state.phase) + 1
    return phases[at] if at < len(phases) else None


def has_begun(state: RoomState, name: str) -> bool:
    """Anybody could move on to this phase from the one before it, and that has happened, now or some time ago."""
    phases = state.plan.format.phases
    steps = pairwise(phases[: phases.index(state.phase) + 1])
    return any(to.name == name and before.moves_on is Mover.ANYONE for before, to in steps)


def begun(state: RoomState, phase: Phase, now: float) -> list[Event]:
    """This phase begins instead of the one that is on. A silence or break ends with that one, so do the voices of an
    open floor; who is offered the floor goes back to the place they had."""
    kept, live = state.kept, state.live
    events: list[Event] = []
    if kept.hold and kept.hold.why in TIMED:
        events += hold.goes_on(state, now)
    back, after = _offers_back(state, now)
    events += back
    if state.phase.floor is Movement.OPEN:
        events += open_floor.ended(state)
    if live.answers_time:
        events.append(VotesForgotten())
    if live.prompt:
        events.append(Prompted(""))
    events.append(PhaseBegan(phase.name))
    return events if phase.order is state.order else [*events, *order.ordered(after, phase.order)]


def _offers_back(state: RoomState, now: float) -> tuple[list[Event], Kept]:
    offered = [id for id, turn in state.kept.turns.items() if turn.state is TurnState.OFFERED]
    return offers.all_back(state, offered, now)


# Following by itself


def gone(state: RoomState, now: float) -> Sequence[Event]:
    """After a restart, or since a write failed, the room's format has no such phase: it is in the first one. Whoever
    was offered the floor goes back first, while the round is there that it may have come from."""
    if state.kept.phase in ("", state.phase.name):
        return []
    return [*_offers_back(state, now)[0], PhaseBegan(state.phase.name)]


def move_on(state: RoomState, now: float) -> Sequence[Event]:
    """Where the phase says so: its round, silence or break is over."""
    due, phase = move_on_at(state), following(state)
    return begun(state, phase, now) if due is not None and now >= due and phase else []


def move_on_at(state: RoomState) -> float | None:
    """A turn that is still on is finished before; after the last one of a round comes the quiet."""
    kept, phase = state.kept, state.phase
    if phase.moves_on is not Mover.ITSELF or kept.hold or kept.turns or not following(state):
        return None
    if phase.floor is Movement.ROUND:
        return kept.free_since + phase.pause if kept.round and kept.round.over else None
    return kept.free_since if phase.floor in (Movement.SILENCE, Movement.BREAK) and kept.held_in_phase else None


# What each event means


def phase_began(kept: Kept, event: PhaseBegan, at: float) -> Kept:
    return replace(
        kept,
        phase=event.phase,
        phase_since=at,
        held_in_phase=False,
        order=None,
        round=None,
        given="",
        asking=None,
        overtime=0.0,
        extra=0.0,
    )


def prompted(live: Live, event: Prompted, at: float) -> Live:
    return replace(live, prompt=event.text)
