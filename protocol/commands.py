"""What people may ask for. Every command is safe to repeat: it names a seat, hand, turn, version or absolute value."""

from typing import Annotated

from msgspec import Meta

from protocol.hands import HandKind as HandKind
from protocol.hands import Order as Order
from protocol.hands import SilentSignal as SilentSignal
from protocol.message import HandId, MeetingTime, Message, SeatId, TurnId, Version

Note = Annotated[str, Meta(max_length=140, description="A short note with a hand.")]
Reason = Annotated[str, Meta(max_length=300, description="Written to the person it is about; never kept.")]
Words = Annotated[str, Meta(min_length=1, max_length=300, description="Read by those it is written to; never kept.")]
MaybeSeat = Annotated[str, Meta(max_length=24, description="A seat, or empty.")]
Answer = Annotated[str, Meta(max_length=500, description="An answer at the door; never kept.")]


# Everyone


class AcceptAgreement(Message, frozen=True):
    """I accept the group's agreement in the version I was shown."""

    version: Version


class AnswerDoor(Message, frozen=True):
    """My answers to the questions at the door, in their order; empty where I would rather not say."""

    answers: Annotated[list[Answer], Meta(max_length=3)]


class Leave(Message, frozen=True):
    """I leave the meeting for good: my seat, hand and turn go. Any other end of a connection is a drop.

    With `erase`, what was stored about my seat goes at once, too, and not only when the meeting ends; the answer comes
    when it is gone.
    """

    check_on_me: bool = False
    erase: bool = False


class RaiseHand(Message, frozen=True):
    """I would like the floor."""

    kind: HandKind = HandKind.SHARE
    note: Note = ""


class LowerHand(Message, frozen=True):
    """Take a hand down: mine when `hand` is left out; a facilitator may name anybody's."""

    hand: HandId = ""


class DeferHand(Message, frozen=True):
    """Let somebody go before me: my hand stands behind theirs. If it does already, nothing changes."""

    hand: HandId
    after: HandId


class AcceptFloor(Message, frozen=True):
    """The floor that I was offered: I start."""

    turn: TurnId


class PassFloor(Message, frozen=True):
    """Not this time; or, with `later`, come back to me after the next one."""

    turn: TurnId
    later: bool = False


class HoldOffer(Message, frozen=True):
    """I need a little longer before I answer the offer: keep it until then."""

    turn: TurnId
    until: MeetingTime


class FinishTurn(Message, frozen=True):
    """I am done."""

    turn: TurnId


class GiveFloor(Message, frozen=True):
    """I am done, and pass the talking piece to this person, who is offered it next."""

    turn: TurnId
    seat: SeatId


class HoldSilence(Message, frozen=True):
    """A silence inside my turn: the clock stands until I go on with `resume-turn`, or the phase's `hush` is over."""

    turn: TurnId


class AskTime(Message, frozen=True):
    """I would like a little more time: everybody is asked, without names, once the warning has come."""

    turn: TurnId


class AnswerTime(Message, frozen=True):
    """May this turn go on for a little? Nobody learns who answered what; the last answer counts."""

    turn: TurnId
    fine: bool


class AllowQuestion(Message, frozen=True):
    """This question may be asked now, inside the turn, whose clock stands still; says the speaker, or who leads."""

    turn: TurnId
    hand: HandId


class UndoEnd(Message, frozen=True):
    """Put the last speaker back with the time that was left: who leads, or the speaker after a slip of their own."""

    turn: TurnId


class TakeFloor(Message, frozen=True):
    """In an open floor with room for another voice: I speak now."""


class PassRound(Message, frozen=True):
    """In a round, before it comes to me: pass me by for now. I am asked once more at the end."""


class RingBell(Message, frozen=True):
    """Ring the pause bell: everything stands still for a breath, then goes on."""


class SendSignal(Message, frozen=True):
    """A silent signal to whoever has the floor, who sees how many sent it, not who."""

    signal: SilentSignal


class SayReady(Message, frozen=True):
    """I am back from the break."""


class SetPhase(Message, frozen=True):
    """Move on: those who lead to any phase, everybody to the next one where the phase says so. Nobody is cut off."""

    phase: Annotated[str, Meta(min_length=1, max_length=40, description="Of the agenda, by its name.")]


# Facilitators


class SetOrder(Message, frozen=True):
    """Order the queue by this from now on, until the phase ends. Nobody falls out of it."""

    order: Order


class SetPrompt(Message, frozen=True):
    """Show these words to everybody while the phase lasts; empty: the format's own again."""

    prompt: Annotated[str, Meta(max_length=300, description="Never kept.")]


class BeginRound(Message, frozen=True):
    """Offer everybody the floor once, in circle order, beginning now."""


class EndRound(Message, frozen=True):
    """Leave the round; whoever speaks finishes."""


class BeginSilence(Message, frozen=True):
    """Silence together for so long; the bell ends it, or `resume-room`."""

    seconds: Annotated[float, Meta(ge=5, le=3600)]


class BeginBreak(Message, frozen=True):
    """A break for so long; it ends with `resume-room`."""

    seconds: Annotated[float, Meta(ge=30, le=3600)]


class Equalise(Message, frozen=True):
    """Somebody had overtime: all turns in this phase are so much longer from now on; at most the view's `overtime`."""

    extra: Annotated[float, Meta(ge=0, le=3600)]


class Admit(Message, frozen=True):
    """Let one named person in from the door. Whoever came by a personal invite that is in use gets the seat it has."""

    seat: SeatId


class Decline(Message, frozen=True):
    """Do not let this person in; the reason is shown to them alone."""

    seat: SeatId
    reason: Reason = ""


class TellWaiting(Message, frozen=True):
    """A few words to somebody at the door, or to everybody there when `seat` is left out; the last ones count."""

    text: Words
    seat: MaybeSeat = ""


class LockDoor(Message, frozen=True):
    """Nobody new comes to the door. Whoever has a seat comes back to it, and whoever leads comes in."""


class UnlockDoor(Message, frozen=True):
    """People can come to the door again."""


class OpenMeeting(Message, frozen=True):
    """Begin."""


class CloseMeeting(Message, frozen=True):
    """End the meeting for everyone; what the server knew about it is erased."""


class CallOn(Message, frozen=True):
    """Offer this person the floor next: if it is free, after the quiet. `floor` is the last turn that the asker saw."""

    seat: SeatId
    floor: Annotated[str, Meta(max_length=24, description="The `floor` of the view, empty before the first.")] = ""


class AddHand(Message, frozen=True):
    """Raise a hand for somebody who cannot."""

    seat: SeatId
    kind: HandKind = HandKind.SHARE


class MoveHand(Message, frozen=True):
    """Put a hand before another one, or at the end when `before` is left out. `queue` is the order it was aimed at."""

    hand: HandId
    queue: Version
    before: HandId = ""


class LowerAll(Message, frozen=True):
    """Take all hands down. `queue` is the order it was aimed at."""

    queue: Version


class CloseQueue(Message, frozen=True):
    """No new hands, except about the room."""


class ReopenQueue(Message, frozen=True):
    """New hands are welcome again."""


class ExtendTurn(Message, frozen=True):
    """Let this turn, or offer, go on until then; while its clock stands still, as if it went on now."""

    turn: TurnId
    until: MeetingTime


class PauseTurn(Message, frozen=True):
    """Stop the turn and its clock."""

    turn: TurnId


class ResumeTurn(Message, frozen=True):
    """Go on with a paused turn."""

    turn: TurnId


class EndTurn(Message, frozen=True):
    """End this turn, take back this offer, or go on without a speaker who dropped."""

    turn: TurnId


class PauseRoom(Message, frozen=True):
    """Everything stands still: nobody is heard, no clock runs, nobody is let in."""


class ResumeRoom(Message, frozen=True):
    """The room goes on where it was. Aimed at another `hold` than the view's, it is stale."""

    hold: Annotated[str, Meta(max_length=24)] = ""


class NameSuccessor(Message, frozen=True):
    """This person takes over when no facilitator is here any more; the first who was named, first."""

    seat: SeatId


class UnnameSuccessor(Message, frozen=True):
    """Not this person after all; of themselves, everybody."""

    seat: SeatId


class StepDown(Message, frozen=True):
    """I took over, and give it back."""


class Remove(Message, frozen=True):
    """Remove a person; the reason is shown to them alone.

    Where the room wants two to agree and another who leads is here, this proposes it; the same command from another
    of them, within a minute, carries it.
    """

    seat: SeatId
    reason: Reason


class KeepSeat(Message, frozen=True):
    """Not removed after all: takes back a proposal, one's own or somebody else's."""

    seat: SeatId


class UndoRemoval(Message, frozen=True):
    """The removed person has the seat again, and may come back to it: by the same page, or the same personal link."""

    seat: SeatId


Command = (
    AcceptAgreement
    | AnswerDoor
    | Leave
    | RaiseHand
    | LowerHand
    | DeferHand
    | AcceptFloor
    | PassFloor
    | HoldOffer
    | FinishTurn
    | GiveFloor
    | HoldSilence
    | AskTime
    | AnswerTime
    | AllowQuestion
    | UndoEnd
    | TakeFloor
    | PassRound
    | RingBell
    | SendSignal
    | SayReady
    | SetPhase
    | SetOrder
    | SetPrompt
    | BeginRound
    | EndRound
    | BeginSilence
    | BeginBreak
    | Equalise
    | Admit
    | Decline
    | TellWaiting
    | LockDoor
    | UnlockDoor
    | OpenMeeting
    | CloseMeeting
    | CallOn
    | AddHand
    | MoveHand
    | LowerAll
    | CloseQueue
    | ReopenQueue
    | ExtendTurn
    | PauseTurn
    | ResumeTurn
    | EndTurn
    | PauseRoom
    | ResumeRoom
    | NameSuccessor
    | UnnameSuccessor
    | StepDown
    | Remove
    | KeepSeat
    | UndoRemoval
)
