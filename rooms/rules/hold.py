"""The room stands still: a facilitator pauses it, or none is left to hold the order. Nothing is lost meanwhile.

Whoever was named as a successor takes over instead, where there is one.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import NameSuccessor, PauseRoom, ResumeRoom, StepDown, UnnameSuccessor
from protocol.errors import Code, Rejected
from protocol.views import Deed, Hold, MeetingState, Role
from rooms.events import (
    Event,
    HoldEnded,
    LeadReturned,
    LeadTaken,
    RoomHeld,
    SpeakerReturned,
    SuccessorNamed,
    SuccessorUnnamed,
    TurnPaused,
    TurnSuspended,
)
from rooms.rules import acts
from rooms.rules.seats import proposals_end
from rooms.rules.turns import RETURN_PAUSE
from rooms.standing import Facts, Standing
from rooms.state import Held, Kept, RoomState, leads, present

# Asked for


def may_pause(facts: Facts, me: Standing) -> Code | None:
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    return Code.HELD if facts.hold else None


def pause(state: RoomState, by: str, command: PauseRoom, now: float) -> Sequence[Event]:
    return _stands_still(state, Hold.PAUSED)


def may_resume(facts: Facts, me: Standing) -> Code | None:
    return None if facts.hold else Code.NOT_HELD


def resume(state: RoomState, by: str, command: ResumeRoom, now: float) -> Sequence[Event]:
    return _goes_on(state, now)


def name(state: RoomState, by: str, command: NameSuccessor, now: float) -> Sequence[Event]:
    """Somebody who is in, and does not lead already; named twice is named."""
    seat = state.kept.seats[command.seat]
    if leads(seat.role):
        raise Rejected(Code.LEADS)
    if not seat.inside:
        raise Rejected(Code.WAITING)
    return [] if command.seat in state.kept.successors else [SuccessorNamed(command.seat)]


def may_unname(facts: Facts, me: Standing) -> Code | None:
    """Somebody else's name facilitators may take back; one's own, everybody."""
    if me.successor or (me.leads and facts.successors):
        return None
    return Code.NOT_NAMED


def unname(state: RoomState, by: str, command: UnnameSuccessor, now: float) -> Sequence[Event]:
    if command.seat != by and not leads(state.kept.seats[by].role):
        raise Rejected(Code.FORBIDDEN)
    return [SuccessorUnnamed(command.seat)] if command.seat in state.kept.successors else []


def may_step_down(facts: Facts, me: Standing) -> Code | None:
    return None if me.acting else Code.NOT_ACTING


def step_down(state: RoomState, by: str, command: StepDown, now: float) -> Sequence[Event]:
    return [*proposals_end(state, by), LeadReturned(by)]


# Following by itself


def nobody_leads(state: RoomState, now: float) -> Sequence[Event]:
    """The first successor who is here takes over; without one the room stands still."""
    due = nobody_leads_at(state)
    if due is None or now < due:
        return []
    successor = _successor(state)
    if successor is None:
        return _stands_still(state, Hold.LOST)
    return [LeadTaken(successor), acts.acted(state, Deed.LED, successor, now)]


def nobody_leads_at(state: RoomState) -> float | None:
    kept, presence = state.kept, state.live.presence
    if kept.meeting is not MeetingState.OPEN or (kept.hold and not _successor(state)):
        return None
    leading = _leading(state)
    if any(present(state, id) for id in leading):
        return None
    return max((presence[id].since for id in leading if id in presence), default=kept.unled) + state.phase.unled


def somebody_leads_again(state: RoomState, now: float) -> Sequence[Event]:
    hold = state.kept.hold
    if hold is None or hold.why is not Hold.LOST or not any(present(state, id) for id in _leading(state)):
        return []
    return _goes_on(state, now)


def _leading(state: RoomState) -> list[str]:
    seats = state.kept.seats
    return [id for id in state.kept.circle if leads(seats[id].role)]


def _successor(state: RoomState) -> str | None:
    return next((id for id in state.kept.successors if present(state, id)), None)


def _stands_still(state: RoomState, why: Hold) -> Sequence[Event]:
    running = next((id for id, turn in state.kept.turns.items() if turn.running), "")
    return [RoomHeld(why, running), *([TurnPaused(running)] if running else [])]


def _goes_on(state: RoomState, now: float) -> Sequence[Event]:
    """Whoever was heard goes on when they say so, or after a moment: nobody else opens their microphone."""
    hold = state.kept.hold
    assert hold is not None
    turn = state.kept.turns.get(hold.turn)
    if turn is None:
        return [HoldEnded()]
    if present(state, turn.seat):
        return [HoldEnded(), SpeakerReturned(hold.turn, now + RETURN_PAUSE)]
    return [HoldEnded(), TurnSuspended(hold.turn, now + state.phase.window)]


# What each event means


def held(kept: Kept, event: RoomHeld, at: float) -> Kept:
    return replace(kept, hold=Held(event.why, at, event.turn))


def ended(kept: Kept, event: HoldEnded, at: float) -> Kept:
    """Every moment that something waits for moves on by as long as the room stood still."""
    assert kept.hold is not None
    stood = at - kept.hold.since
    turns = {id: replace(turn, until=turn.until + stood) if turn.until else turn for id, turn in kept.turns.items()}
    hands = {
        id: replace(hand, rests_until=hand.rests_until + stood) if hand.rests_until else hand
        for id, hand in kept.hands.items()
    }
    proposals = {id: replace(proposal, until=proposal.until + stood) for id, proposal in kept.proposals.items()}
    return replace(
        kept,
        hold=None,
        proposals=proposals,
        turns=turns,
        hands=hands,
        free_since=min(at, kept.free_since + stood),  # a turn may have ended meanwhile: the quiet after it begins now
        awaited_until=kept.awaited_until + stood if kept.awaited_until else 0.0,
    )


def named(kept: Kept, event: SuccessorNamed, at: float) -> Kept:
    return replace(kept, successors=(*kept.successors, event.seat))


def unnamed(kept: Kept, event: SuccessorUnnamed, at: float) -> Kept:
    return replace(kept, successors=tuple(seat for seat in kept.successors if seat != event.seat))


def taken(kept: Kept, event: LeadTaken, at: float) -> Kept:
    seat = replace(kept.seats[event.seat], role=Role.FACILITATOR, acting=True)
    successors = tuple(id for id in kept.successors if id != event.seat)
    return replace(kept, seats={**kept.seats, event.seat: seat}, successors=successors)


def returned(kept: Kept, event: LeadReturned, at: float) -> Kept:
    seat = replace(kept.seats[event.seat], role=Role.PARTICIPANT, acting=False)
    left = replace(kept, seats={**kept.seats, event.seat: seat})
    return left if any(leads(left.seats[id].role) for id in left.circle) else replace(left, unled=at)
