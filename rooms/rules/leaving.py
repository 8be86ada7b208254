"""Leaving: a seat ends, and where its person wants it, so does everything that was stored about it."""

from collections.abc import Callable, Sequence
from typing import Any

from protocol.commands import Leave
from rooms.events import (
    Durable,
    Event,
    HandLowered,
    OfferPassed,
    Parting,
    ProposalEnded,
    Rebuilt,
    SeatEnded,
    SeatErased,
    TurnEnded,
)
from rooms.rules import acts, hands, offers, removal, seats, turns
from rooms.state import Kept, Live, RoomState

# Asked for


def leave(state: RoomState, by: str, command: Leave, now: float) -> Sequence[Event]:
    """Erased is what the journal has from before, too: it begins anew, with the meeting as it is without this seat."""
    events = seats.seat_ends(state, by, Parting.LEFT)
    if not command.erase:
        return events
    kept = state.kept
    for event in events:
        if isinstance(event, Durable):
            kept = _MEANS[type(event)](kept, event, now)
    return [*events, Rebuilt(kept), SeatErased(by)]


# What each event means

_MEANS: dict[type, Callable[[Kept, Any, float], Kept]] = {
    HandLowered: hands.lowered,
    OfferPassed: offers.passed,
    TurnEnded: turns.ended,
    ProposalEnded: removal.proposal_ended,
    SeatEnded: seats.ended,
}  # of everything that a seat ends with


def rebuilt(kept: Kept, event: Rebuilt, at: float) -> Kept:
    return event.kept


def erased(live: Live, event: SeatErased, at: float) -> Live:
    return acts.nameless(live, event.seat)
