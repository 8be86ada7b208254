"""Durable events: who comes, goes and leads, and the meeting itself."""

from protocol.views import Role
from rooms.events.ground import Durable, Parting
from rooms.state import Kept


class SeatTaken(Durable, frozen=True):
    seat: str
    role: Role
    admitted: bool = False
    link: str = ""
    personal: bool = False


class SeatAdmitted(Durable, frozen=True):
    seat: str


class AgreementAccepted(Durable, frozen=True):
    seat: str
    version: int


class AgreementChanged(Durable, frozen=True):
    """The host gave the room another agreement, of this version, than those have accepted who came before."""

    version: int


class AgreementAsked(Durable, frozen=True):
    """Everybody inside is asked to accept it."""


class SeatEnded(Durable, frozen=True):
    seat: str
    how: Parting


class SeatHandedOver(Durable, frozen=True):
    """Whoever stood at the door by the same invite has this seat now; `link` is what they came by."""

    seat: str
    link: str


class RemovalProposed(Durable, frozen=True):
    """`by` would remove this person; it needs another who leads, until then."""

    seat: str
    by: str
    until: float


class ProposalEnded(Durable, frozen=True):
    """Taken back, carried, lapsed, or without one of the two seats."""

    seat: str


class SeatRestored(Durable, frozen=True):
    """A removal was undone: the seat is as it was, but for its hand and turn."""

    seat: str


class Rebuilt(Durable, frozen=True):
    """All that is known of the meeting from here on. Where somebody asked to be erased, the journal begins with it, and
    what was stored before is gone."""

    kept: Kept


class ReturnAwaited(Durable, frozen=True):
    """After a restart: the floor waits until then for the first in the queue, so that the order outlives it."""

    until: float


class MeetingOpened(Durable, frozen=True):
    pass


class MeetingClosed(Durable, frozen=True):
    pass


class DoorLocked(Durable, frozen=True):
    pass


class DoorUnlocked(Durable, frozen=True):
    pass


class SuccessorNamed(Durable, frozen=True):
    seat: str


class SuccessorUnnamed(Durable, frozen=True):
    seat: str


class LeadTaken(Durable, frozen=True):
    """No facilitator is here: this successor is one now."""

    seat: str


class LeadReturned(Durable, frozen=True):
    """Who took over is a participant again."""

    seat: str
