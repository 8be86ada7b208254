"""Ephemeral events: names, presence, words, answers. They never leave memory."""

from protocol.announcement import Announcement
from protocol.commands import SilentSignal
from protocol.views import Act
from rooms.events.ground import Ephemeral


class Named(Ephemeral, frozen=True):
    seat: str
    name: str
    skeleton: str


class Arrived(Ephemeral, frozen=True):
    seat: str


class Dropped(Ephemeral, frozen=True):
    seat: str


class SetAside(Ephemeral, frozen=True):
    seat: str


class HearersChanged(Ephemeral, frozen=True):
    """Sound reaches these seats, and no others."""

    seats: frozenset[str]


class Noted(Ephemeral, frozen=True):
    hand: str
    note: str


class Answered(Ephemeral, frozen=True):
    seat: str
    answers: tuple[str, ...]


class AnswersForgotten(Ephemeral, frozen=True):
    """What was said at the door, by this person and to them."""

    seat: str


class Told(Ephemeral, frozen=True):
    """Those who admit wrote this to people at the door."""

    seats: tuple[str, ...]
    text: str


class ReasonGiven(Ephemeral, frozen=True):
    """Why somebody would remove this person."""

    seat: str
    reason: str


class ReasonForgotten(Ephemeral, frozen=True):
    seat: str


class NameKept(Ephemeral, frozen=True):
    """The name of a person who was removed, for a while, so that it can be undone."""

    seat: str


class NamesForgotten(Ephemeral, frozen=True):
    """Of people who were removed: it was long enough ago."""

    seats: tuple[str, ...]


class Recalled(Ephemeral, frozen=True):
    """Memory has somebody again whose removal was undone: not here just now."""

    seat: str


class Acted(Ephemeral, frozen=True):
    """Somebody who leads did something that the room should know."""

    act: Act


class ActsForgotten(Ephemeral, frozen=True):
    """They were long enough ago."""

    acts: tuple[str, ...]


class Announced(Ephemeral, frozen=True):
    """A host said something to everybody, from outside."""

    announcement: Announcement


class AnnouncementEnded(Ephemeral, frozen=True):
    pass


class SeatErased(Ephemeral, frozen=True):
    """Also what others did to this person, or this person to others, has no name any more."""

    seat: str


class SeatForgotten(Ephemeral, frozen=True):
    """What memory held about a seat goes with it."""

    seat: str


class AllForgotten(Ephemeral, frozen=True):
    pass


class NoteForgotten(Ephemeral, frozen=True):
    hand: str


class Voted(Ephemeral, frozen=True):
    """Whether a turn may go on."""

    seat: str
    fine: bool


class VotesForgotten(Ephemeral, frozen=True):
    pass


class Signalled(Ephemeral, frozen=True):
    seat: str
    signal: SilentSignal


class SignalsForgotten(Ephemeral, frozen=True):
    seats: tuple[str, ...]


class SaidReady(Ephemeral, frozen=True):
    seat: str


class ReadyForgotten(Ephemeral, frozen=True):
    pass


class Prompted(Ephemeral, frozen=True):
    """Shown to everybody; empty: the phase's own again."""

    text: str
