"""The meeting opens and closes."""

from collections.abc import Sequence

import msgspec

from protocol.commands import CloseMeeting, OpenMeeting
from protocol.errors import Code
from protocol.views import MeetingState
from rooms.asks import Close
from rooms.events import AllForgotten, Event, MeetingClosed, MeetingOpened, PhaseBegan
from rooms.standing import Facts, Standing
from rooms.state import Kept, Live, RoomState

# Asked for


def may_open(facts: Facts, me: Standing) -> Code | None:
    return Code.ALREADY_OPEN if facts.meeting is MeetingState.OPEN else None


def open(state: RoomState, by: str, command: OpenMeeting, now: float) -> Sequence[Event]:
    """With the first phase."""
    return [MeetingOpened(), PhaseBegan(state.phase.name)]


def close(state: RoomState, by: str, command: CloseMeeting | Close, now: float) -> Sequence[Event]:
    return [MeetingClosed(), AllForgotten()]


# What each event means


def opened(kept: Kept, event: MeetingOpened, at: float) -> Kept:
    return msgspec.structs.replace(kept, meeting=MeetingState.OPEN, free_since=at, phase_since=at)


def closed(kept: Kept, event: MeetingClosed, at: float) -> Kept:
    """Nothing of the meeting stays, in memory as on disk."""
    return Kept(closed=True)


def all_forgotten(live: Live, event: AllForgotten, at: float) -> Live:
    return Live()
