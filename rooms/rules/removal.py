"""Removing somebody: by two who lead where the room wants it, and to be undone until the meeting ends."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import KeepSeat, Remove, UndoRemoval
from protocol.errors import Code, Rejected
from protocol.views import Role
from rooms.events import (
    Event,
    NamesForgotten,
    Parting,
    ProposalEnded,
    ReasonForgotten,
    ReasonGiven,
    Recalled,
    RemovalProposed,
    SeatRestored,
)
from rooms.rules.entry import same_invite
from rooms.rules.seats import seat_ends
from rooms.standing import Facts, Standing
from rooms.state import SEAT_LIMIT, Kept, Live, Presence, Proposed, RoomState, Seat, attends, begins, leads, without

AGREE = 60.0  # seconds that a proposal waits for another who leads
NAMED = 600.0  # seconds for which memory holds the name of a person who was removed

# Asked for


def remove(state: RoomState, by: str, command: Remove, now: float) -> Sequence[Event]:
    """Facilitators remove participants and one another, never a host; who only took over removes nobody who leads;
    nobody removes themselves.

    Where two have to agree, the first proposes it and the second carries it; whoever is alone does not need to wait for
    somebody who is not there.
    """
    if command.seat == by:
        raise Rejected(Code.SELF)
    _may_take(state.kept.seats[by], state.kept.seats[command.seat])
    proposal = state.kept.proposals.get(command.seat)
    if proposal and proposal.by != by:
        return _removed(state, command.seat)
    if not _needs_another(state, by, command.seat):
        return _removed(state, command.seat)
    if proposal:
        return []
    proposed = RemovalProposed(command.seat, by, begins(state, now) + AGREE)
    return [proposed, ReasonGiven(command.seat, command.reason)]


def _removed(state: RoomState, seat: str) -> list[Event]:
    """Wherever they are: also whoever stands at the door by the same personal invite, which opens nothing now."""
    seats, me = state.kept.seats, state.kept.seats[seat]
    events = seat_ends(state, seat, Parting.REMOVED)
    for id, other in seats.items():
        if id != seat and not other.admitted and same_invite(me, other):
            events += seat_ends(state, id, Parting.UNLINKED)
    return events


def _may_take(me: Seat, other: Seat) -> None:
    if (other.role is Role.HOST and me.role is not Role.HOST) or (me.acting and leads(other.role)):
        raise Rejected(Code.FORBIDDEN)


def _needs_another(state: RoomState, by: str, seat: str) -> bool:
    """Another one who leads, and did not only take over, is here to be asked."""
    kept = state.kept
    others = (id for id in kept.circle if id not in (by, seat) and attends(state, id))
    return state.plan.two_to_remove and any(leads(kept.seats[id].role) and not kept.seats[id].acting for id in others)


def reason(state: RoomState, command: Remove) -> str:
    """What a person is told who is removed by this command; `state` is that before it. Who proposed it gave a reason
    first."""
    return state.live.reasons.get(command.seat) or command.reason


def may_keep(facts: Facts, me: Standing) -> Code | None:
    """Whomever a proposal is about knows nothing of it."""
    return None if facts.proposed and not me.proposed else Code.NOT_PROPOSED


def keep_seat(state: RoomState, by: str, command: KeepSeat, now: float) -> Sequence[Event]:
    if command.seat not in state.kept.proposals:
        raise Rejected(Code.NOT_PROPOSED)
    return _ends(command.seat)


def _ends(seat: str) -> list[Event]:
    return [ProposalEnded(seat), ReasonForgotten(seat)]


def may_undo(facts: Facts, me: Standing) -> Code | None:
    return None if facts.removed else Code.NOT_REMOVED


def undo(state: RoomState, by: str, command: UndoRemoval, now: float) -> Sequence[Event]:
    """Within the same limits as removing: what one could not take, one does not give."""
    kept = state.kept
    _may_take(kept.seats[by], kept.removed[command.seat].seat)
    if len(kept.seats) >= SEAT_LIMIT:
        raise Rejected(Code.FULL)
    return [SeatRestored(command.seat), Recalled(command.seat)]


# Following by itself


def lapse(state: RoomState, now: float) -> Sequence[Event]:
    """Nobody else said so. While the room stands still, this waits too."""
    due = () if state.kept.hold else state.kept.proposals.items()
    return next((_ends(seat) for seat, proposal in due if now >= proposal.until), [])


def lapse_at(state: RoomState) -> float | None:
    if state.kept.hold:
        return None
    return min((proposal.until for proposal in state.kept.proposals.values()), default=None)


def forget_names(state: RoomState, now: float) -> Sequence[Event]:
    due = tuple(seat for seat, gone in state.live.gone.items() if now >= gone.at + NAMED)
    return [NamesForgotten(due)] if due else []


def forget_names_at(state: RoomState) -> float | None:
    return min((gone.at + NAMED for gone in state.live.gone.values()), default=None)


# What each event means


def proposed(kept: Kept, event: RemovalProposed, at: float) -> Kept:
    return replace(kept, proposals={**kept.proposals, event.seat: Proposed(event.by, event.until)})


def proposal_ended(kept: Kept, event: ProposalEnded, at: float) -> Kept:
    return replace(kept, proposals=without(kept.proposals, event.seat))


def restored(kept: Kept, event: SeatRestored, at: float) -> Kept:
    """Back in the circle behind those who had sat down before."""
    seat = kept.removed[event.seat].seat
    if seat.agreed < kept.agreement:  # which has changed meanwhile
        seat = replace(seat, reading=True) if seat.inside else replace(seat, agreed=0)
    seats = {**kept.seats, event.seat: seat}
    circle = kept.circle
    if seat.inside:
        circle = tuple(sorted((*circle, event.seat), key=lambda id: seats[id].sat))
    return replace(kept, seats=seats, circle=circle, removed=without(kept.removed, event.seat))


def reason_given(live: Live, event: ReasonGiven, at: float) -> Live:
    return replace(live, reasons={**live.reasons, event.seat: event.reason})


def reason_forgotten(live: Live, event: ReasonForgotten, at: float) -> Live:
    return replace(live, reasons=without(live.reasons, event.seat))


def names_forgotten(live: Live, event: NamesForgotten, at: float) -> Live:
    return replace(live, gone={seat: gone for seat, gone in live.gone.items() if seat not in event.seats})


def recalled(live: Live, event: Recalled, at: float) -> Live:
    gone = live.gone.get(event.seat)
    return replace(
        live,
        names={**live.names, event.seat: gone.name} if gone else live.names,
        presence={**live.presence, event.seat: Presence(False, at)},
        gone=without(live.gone, event.seat),
    )
