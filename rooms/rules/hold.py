"""The room stands still: a facilitator pauses it, or none is left to hold the order; or for a bell, a silence, a break
(see quiet.py). Nothing is lost meanwhile.

Whoever was named as a successor takes over instead, where there is one.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from protocol.commands import NameSuccessor, PauseRoom, ResumeRoom, StepDown, UnnameSuccessor
from protocol.errors import Code, Rejected
from protocol.views import Deed, Hold, MeetingState, Role, TurnState
from rooms.events import (
    Event,
    HoldEnded,
    LeadReturned,
    LeadTaken,
    RoomHeld,
    SuccessorNamed,
    SuccessorUnnamed,
    TurnPaused,
)
from rooms.rules import acts, agreed, drops
from rooms.rules.seats import proposals_end
from rooms.standing import Facts, Standing
from rooms.state import Held, Kept, RoomState, attends, leads

# Asked for


ENDS = frozenset({Hold.BELL, Hold.SILENCE, Hold.BREAK})  # planned to be over at its moment


def may_pause(facts: Facts, me: Standing) -> Code | None:
    """Also in place of a bell, a silence or a break: then it does not end before somebody says so."""
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    return Code.HELD if facts.hold and facts.hold not in ENDS else None


def pause(state: RoomState, by: str, command: PauseRoom, now: float) -> Sequence[Event]:
    return stands_still(state, Hold.PAUSED)


def may_resume(facts: Facts, me: Standing) -> Code | None:
    return None if facts.hold else Code.NOT_HELD


def resume(state: RoomState, by: str, command: ResumeRoom, now: float) -> Sequence[Event]:
    """Whoever would end a bell does not end the pause that somebody else made of it."""
    hold = state.kept.hold
    if command.hold and hold is not None and command.hold != hold.why:
        raise Rejected(Code.STALE)
    return goes_on(state, now)


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
        return stands_still(state, Hold.LOST)
    return [LeadTaken(successor), acts.acted(state, Deed.LED, successor, now)]


def nobody_leads_at(state: RoomState) -> float | None:
    """What stands still goes on doing so; but a bell, a silence or a break is over first."""
    kept, presence = state.kept, state.live.presence
    planned = kept.hold.until if kept.hold and kept.hold.why in ENDS else 0.0
    if kept.meeting is not MeetingState.OPEN or (kept.hold and not planned and not _successor(state)):
        return None
    if any(attends(state, id) for id in _leading(state)):
        return None
    since = max((agreed.away_since(state, id) for id in _leading(state) if id in presence), default=kept.unled)
    due = since + state.phase.unled
    return due if _successor(state) else max(due, planned)


def somebody_leads_again(state: RoomState, now: float) -> Sequence[Event]:
    hold = state.kept.hold
    if hold is None or hold.why is not Hold.LOST or not any(attends(state, id) for id in _leading(state)):
        return []
    return goes_on(state, now)


def _leading(state: RoomState) -> Iterator[str]:
    """Usually whoever sits down first does, so that nobody looks further."""
    seats = state.kept.seats
    return (id for id in state.kept.circle if leads(seats[id].role))


def _successor(state: RoomState) -> str | None:
    return next((id for id in state.kept.successors if attends(state, id)), None)


def stands_still(state: RoomState, why: Hold, until: float = 0.0) -> list[Event]:
    heard = [id for id, turn in state.kept.turns.items() if turn.heard]
    first, *others = heard or [""]
    return [RoomHeld(why, first, tuple(others), until), *(TurnPaused(id) for id in heard)]


def goes_on(state: RoomState, now: float) -> list[Event]:
    """After a bell, whoever was heard goes on at once, for their microphone was only held; else when they say so, or
    after a moment."""
    hold = state.kept.hold
    assert hold is not None
    again = drops.goes_on if hold.why is Hold.BELL else drops.comes_back
    turns = state.kept.turns
    stood = [id for id in hold.turns if id in turns and turns[id].state is TurnState.PAUSED and not turns[id].returned]
    return [HoldEnded(), *(again(state, id, now) for id in stood)]


# What each event means


def held(kept: Kept, event: RoomHeld, at: float) -> Kept:
    """One that takes over from another has its beginning, and its turns."""
    new = (event.turn, *event.others) if event.turn else ()
    first, *others = dict.fromkeys((*(kept.hold.turns if kept.hold else ()), *new)) or [""]
    hold = Held(event.why, kept.hold.since if kept.hold else at, first, tuple(others), event.until)
    of_phase = event.why in (Hold.SILENCE, Hold.BREAK) and not kept.turns
    return replace(kept, hold=hold, held_in_phase=kept.held_in_phase or of_phase)


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
    around = kept.round
    if around and around.rests:
        around = replace(around, rests={seat: until + stood for seat, until in around.rests.items()})
    return replace(
        kept,
        hold=None,
        round=around,
        rung=at if kept.hold.why is Hold.BELL else kept.rung,
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
