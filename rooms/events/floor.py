"""Durable events: hands, offers, turns, rounds, phases, and the room that stands still."""

from protocol.commands import HandKind, Order
from protocol.views import Hold, Why
from rooms.events.ground import Durable, End


class HandRaised(Durable, frozen=True):
    """`before` is the hand that it goes in front of; empty means the end."""

    hand: str
    seat: str
    kind: HandKind
    reason: Why
    before: str = ""
    budget: float = 0.0
    own: bool = True  # false: a facilitator called on somebody who had no hand up


class HandLowered(Durable, frozen=True):
    hand: str


class HandLaidDown(Durable, frozen=True):
    """While its person speaks in the round."""

    hand: str


class HandTakenUp(Durable, frozen=True):
    """In the queue again, in front of `before`."""

    hand: str
    reason: Why
    before: str = ""


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


class RoomHeld(Durable, frozen=True):
    """Everything stands still; `turn`, and the `others` beside it, ran until now. It ends at `until`, where that is
    given. Where the room stood still already, it does now for another reason."""

    why: Hold
    turn: str = ""
    others: tuple[str, ...] = ()
    until: float = 0.0


class HoldEnded(Durable, frozen=True):
    """Everything goes on; what had a moment to wait for has as long as before."""


class SpeakerReturned(Durable, frozen=True):
    turn: str
    until: float


class TurnResumed(Durable, frozen=True):
    turn: str


class TurnEnded(Durable, frozen=True):
    turn: str
    how: End
