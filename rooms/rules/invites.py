"""Links that are taken back, and personal invites that somebody comes by again."""

from collections.abc import Sequence

from msgspec.structs import replace

from rooms.asks import Unlink
from rooms.events import Dropped, Event, Parting, SeatHandedOver
from rooms.rules import acts
from rooms.rules.seats import seat_ends
from rooms.state import Kept, RoomState

# Asked for


def hand_over(state: RoomState, seat: str, owner: str) -> Sequence[Event]:
    """Whoever stands at the door is the person of that seat: they have it again, and their place at the door ends. If
    the seat was given up for long, it is waited for anew."""
    ended = seat_ends(state, seat, Parting.YOURS)
    expected: list[Event] = [Dropped(owner)] if state.live.presence[owner].aside else []
    return [*ended, SeatHandedOver(owner, state.kept.seats[seat].link), *expected]


def unlink(state: RoomState, by: str, ask: Unlink, now: float) -> Sequence[Event]:
    """Whoever came by these links goes: from the door, or from the room, too. The room is told once; not by whom, when
    they have gone before it was done."""
    asker = ask.by if ask.by in state.kept.seats else ""
    events: list[Event] = []
    for id, seat in state.kept.seats.items():
        if seat.link in ask.links and (ask.inside or not seat.admitted):
            events += seat_ends(state, id, Parting.UNLINKED)
    return [*events, acts.acted(state, ask.deed, asker, now)]


# What each event means


def handed_over(kept: Kept, event: SeatHandedOver, at: float) -> Kept:
    owner = kept.seats[event.seat]
    seat = replace(owner, link=event.link, handed=owner.handed + 1)
    return replace(kept, seats={**kept.seats, event.seat: seat})
