"""What a host says to everybody inside, from outside: one text at a time, for ten minutes, and only in memory."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.announcement import Announcement
from protocol.views import Deed
from rooms.asks import Announce, TakeDown
from rooms.events import Announced, AnnouncementEnded, Event
from rooms.rules import acts
from rooms.state import Live, RoomState

SHOWN = 600.0  # seconds, at most

# Asked for


def announce(state: RoomState, by: str, ask: Announce, now: float) -> Sequence[Event]:
    """In the place of the one before."""
    return [Announced(Announcement(ask.id, ask.text, now)), acts.acted(state, Deed.ANNOUNCED, "", now)]


def take_down(state: RoomState, by: str, ask: TakeDown, now: float) -> Sequence[Event]:
    """Only that one: another may stand there by now."""
    stands = state.live.announcement
    return [AnnouncementEnded()] if stands is not None and stands.id == ask.id else []


# Following by itself


def lapse(state: RoomState, now: float) -> Sequence[Event]:
    due = lapse_at(state)
    return [AnnouncementEnded()] if due is not None and now >= due else []


def lapse_at(state: RoomState) -> float | None:
    stands = state.live.announcement
    return stands.at + SHOWN if stands is not None else None


# What each event means


def announced(live: Live, event: Announced, at: float) -> Live:
    return replace(live, announcement=event.announcement)


def ended(live: Live, event: AnnouncementEnded, at: float) -> Live:
    return replace(live, announcement=None)
