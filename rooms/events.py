"""What has happened, in the past tense. Durable events go to the journal and may carry no word or name; ephemeral ones
never leave memory. The time of an event travels beside it."""

from enum import StrEnum

import msgspec

from protocol.commands import HandKind, Order, SilentSignal
from protocol.message import kebab
from protocol.views import Act, Hold, Role, Why
from rooms.state import Kept


class Durable(msgspec.Struct, frozen=True, tag=kebab, omit_defaults=True):
    """Rebuilt from the journal."""


class Ephemeral(msgspec.Struct, frozen=True):
    """Memory only."""


class Parting(StrEnum):
    """How a seat ended."""

    LEFT = "left"
    REMOVED = "removed"
    DECLINED = "declined"
    GONE = "gone"  # waited at the door, dropped, did not come back
    UNLINKED = "unlinked"  # the link they came by opens nothing any more
    YOURS = "yours"  # stood at the door by an invite whose seat they were given back


class End(StrEnum):
    """How a turn ended."""

    FINISHED = "finished"
    TIME = "time"
    REVOKED = "revoked"
    LEFT = "left"


# Durable


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


class HandRaised(Durable, frozen=True):
    """`before` is the hand that it goes in front of; empty means the end."""

    hand: str
    seat: str
    kind: HandKind
    reason: Why
    before: str = ""
    budget: float = 0.0
    own: bool = True  # false: a facilitator called on somebody who had no hand up
    turns: int = 0
    spoken: float = 0.0


class HandLowered(Durable, frozen=True):
    hand: str


class HandMoved(Durable, frozen=True):
    hand: str
    reason: Why
    before: str = ""


class QueueClosed(Durable, frozen=True):
    pass


class QueueReopened(Durable, frozen=True):
    pass


class QueueOrdered(Durable, frozen=True):
    """All hands in this order now, each with its reason."""

    queue: tuple[str, ...]
    reasons: tuple[Why, ...]


class OrderSet(Durable, frozen=True):
    """Chosen in the room; none: the phase's own."""

    order: Order | None = None


class FloorOffered(Durable, frozen=True):
    """Out of a hand, which leaves the queue and waits with the offer; or out of the round, with no hand. `inside`: a
    question, in that turn."""

    turn: str
    seat: str
    hand: str
    budget: float
    until: float
    round: bool = False
    inside: str = ""


class FloorTaken(Durable, frozen=True):
    """A voice in an open floor."""

    turn: str
    seat: str
    budget: float


class FloorGiven(Durable, frozen=True):
    """The piece is passed to this person, who is offered it next; empty: not any more."""

    seat: str


class OfferHeld(Durable, frozen=True):
    turn: str
    until: float


class OfferPassed(Durable, frozen=True):
    """The person passed, or the offer was taken from somebody who had no hand: nothing stays."""

    turn: str


class OfferPutOff(Durable, frozen=True):
    """The hand goes back to the queue, in front of `before`, and rests until then."""

    turn: str
    reason: Why
    before: str = ""
    rests_until: float = 0.0


class FloorAccepted(Durable, frozen=True):
    turn: str


class GraceBegan(Durable, frozen=True):
    turn: str


class GraceEnded(Durable, frozen=True):
    turn: str


class TurnExtended(Durable, frozen=True):
    turn: str
    budget: float


class TurnPaused(Durable, frozen=True):
    turn: str


class TurnSuspended(Durable, frozen=True):
    turn: str
    until: float


class TurnHushed(Durable, frozen=True):
    """A silence inside a turn, until then at most."""

    turn: str
    until: float


class TurnInterposed(Durable, frozen=True):
    """It stands still for a question."""

    turn: str


class TurnRestored(Durable, frozen=True):
    """The turn that ended last is back, and goes on when its person says so, or then."""

    turn: str
    until: float


class TimeAsked(Durable, frozen=True):
    """The group is asked whether this turn may go on, until then."""

    turn: str
    until: float


class TimeAnswered(Durable, frozen=True):
    """Nobody is asked any more. `declined`: it is enough, for this turn."""

    turn: str
    declined: bool = False


class Equalised(Durable, frozen=True):
    extra: float


class PhaseBegan(Durable, frozen=True):
    phase: str


class RoundBegan(Durable, frozen=True):
    seats: tuple[str, ...]


class RoundJoined(Durable, frozen=True):
    seat: str


class RoundPassed(Durable, frozen=True):
    """Before it came to them."""

    seat: str


class RoundCalled(Durable, frozen=True):
    """This person is the next of the round."""

    seat: str


class RoundSwept(Durable, frozen=True):
    """The second sweep begins, with these."""

    seats: tuple[str, ...]


class RoundEnded(Durable, frozen=True):
    """Over; or, with `left`, left before its end and forgotten."""

    left: bool = False


class BellRung(Durable, frozen=True):
    seat: str


class DoorLocked(Durable, frozen=True):
    pass


class DoorUnlocked(Durable, frozen=True):
    pass


class RoomHeld(Durable, frozen=True):
    """Everything stands still; `turn`, and the `others` beside it, ran until now. It ends at `until`, where that is
    given. Where the room stood still already, it does now for another reason."""

    why: Hold
    turn: str = ""
    others: tuple[str, ...] = ()
    until: float = 0.0


class HoldEnded(Durable, frozen=True):
    """Everything goes on; what had a moment to wait for has as long as before."""


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


class SpeakerReturned(Durable, frozen=True):
    turn: str
    until: float


class TurnResumed(Durable, frozen=True):
    turn: str


class TurnEnded(Durable, frozen=True):
    turn: str
    how: End


# Ephemeral


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


Event = Durable | Ephemeral

# fmt: off
KeptEvent = (
    SeatTaken | SeatAdmitted | AgreementAccepted | SeatEnded | SeatHandedOver | RemovalProposed | ProposalEnded
    | SeatRestored | Rebuilt | ReturnAwaited | MeetingOpened | MeetingClosed | HandRaised | HandLowered | HandMoved
    | QueueClosed | QueueReopened | FloorOffered | OfferHeld | OfferPassed | OfferPutOff | FloorAccepted | GraceBegan
    | GraceEnded | TurnExtended | TurnPaused | TurnSuspended | DoorLocked | DoorUnlocked | RoomHeld | HoldEnded
    | SuccessorNamed | SuccessorUnnamed | LeadTaken | LeadReturned | SpeakerReturned | TurnResumed | TurnEnded
    | QueueOrdered | OrderSet | FloorTaken | FloorGiven | TurnHushed | TurnInterposed | TurnRestored | TimeAsked
    | TimeAnswered | Equalised | PhaseBegan | RoundBegan | RoundJoined | RoundPassed | RoundCalled | RoundSwept
    | RoundEnded | BellRung
)
# fmt: on
