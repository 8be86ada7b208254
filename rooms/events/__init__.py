"""What has happened, in the past tense. Durable events go to the journal and may carry no word or name; ephemeral ones
never leave memory. The time of an event travels beside it."""

# ruff: isort: skip-file
from rooms.events.floor import (
    BellRung as BellRung,
)
from rooms.events.floor import (
    Equalised as Equalised,
)
from rooms.events.floor import (
    FloorAccepted as FloorAccepted,
)
from rooms.events.floor import (
    FloorGiven as FloorGiven,
)
from rooms.events.floor import (
    FloorOffered as FloorOffered,
)
from rooms.events.floor import (
    FloorTaken as FloorTaken,
)
from rooms.events.floor import (
    GraceBegan as GraceBegan,
)
from rooms.events.floor import (
    GraceEnded as GraceEnded,
)
from rooms.events.floor import (
    HandLaidDown as HandLaidDown,
)
from rooms.events.floor import (
    HandLowered as HandLowered,
)
from rooms.events.floor import (
    HandMoved as HandMoved,
)
from rooms.events.floor import (
    HandRaised as HandRaised,
)
from rooms.events.floor import (
    HandTakenUp as HandTakenUp,
)
from rooms.events.floor import (
    HoldEnded as HoldEnded,
)
from rooms.events.floor import (
    OfferHeld as OfferHeld,
)
from rooms.events.floor import (
    OfferPassed as OfferPassed,
)
from rooms.events.floor import (
    OfferPutOff as OfferPutOff,
)
from rooms.events.floor import (
    OrderSet as OrderSet,
)
from rooms.events.floor import (
    PhaseBegan as PhaseBegan,
)
from rooms.events.floor import (
    QueueClosed as QueueClosed,
)
from rooms.events.floor import (
    QueueOrdered as QueueOrdered,
)
from rooms.events.floor import (
    QueueReopened as QueueReopened,
)
from rooms.events.floor import (
    RoomHeld as RoomHeld,
)
from rooms.events.floor import (
    RoundBegan as RoundBegan,
)
from rooms.events.floor import (
    RoundCalled as RoundCalled,
)
from rooms.events.floor import (
    RoundEnded as RoundEnded,
)
from rooms.events.floor import (
    RoundJoined as RoundJoined,
)
from rooms.events.floor import (
    RoundPassed as RoundPassed,
)
from rooms.events.floor import (
    RoundSwept as RoundSwept,
)
from rooms.events.floor import (
    SpeakerReturned as SpeakerReturned,
)
from rooms.events.floor import (
    TimeAnswered as TimeAnswered,
)
from rooms.events.floor import (
    TimeAsked as TimeAsked,
)
from rooms.events.floor import (
    TurnEnded as TurnEnded,
)
from rooms.events.floor import (
    TurnExtended as TurnExtended,
)
from rooms.events.floor import (
    TurnHushed as TurnHushed,
)
from rooms.events.floor import (
    TurnInterposed as TurnInterposed,
)
from rooms.events.floor import (
    TurnPaused as TurnPaused,
)
from rooms.events.floor import (
    TurnRestored as TurnRestored,
)
from rooms.events.floor import (
    TurnResumed as TurnResumed,
)
from rooms.events.floor import (
    TurnSuspended as TurnSuspended,
)
from rooms.events.ground import (
    Durable as Durable,
)
from rooms.events.ground import (
    End as End,
)
from rooms.events.ground import (
    Ephemeral as Ephemeral,
)
from rooms.events.ground import (
    Parting as Parting,
)
from rooms.events.memory import (
    Acted as Acted,
)
from rooms.events.memory import (
    ActsForgotten as ActsForgotten,
)
from rooms.events.memory import (
    AllForgotten as AllForgotten,
)
from rooms.events.memory import (
    Announced as Announced,
)
from rooms.events.memory import (
    AnnouncementEnded as AnnouncementEnded,
)
from rooms.events.memory import (
    Answered as Answered,
)
from rooms.events.memory import (
    AnswersForgotten as AnswersForgotten,
)
from rooms.events.memory import (
    Arrived as Arrived,
)
from rooms.events.memory import (
    Dropped as Dropped,
)
from rooms.events.memory import (
    HearersChanged as HearersChanged,
)
from rooms.events.memory import (
    Named as Named,
)
from rooms.events.memory import (
    NameKept as NameKept,
)
from rooms.events.memory import (
    NamesForgotten as NamesForgotten,
)
from rooms.events.memory import (
    Noted as Noted,
)
from rooms.events.memory import (
    NoteForgotten as NoteForgotten,
)
from rooms.events.memory import (
    Prompted as Prompted,
)
from rooms.events.memory import (
    ReadyForgotten as ReadyForgotten,
)
from rooms.events.memory import (
    ReasonForgotten as ReasonForgotten,
)
from rooms.events.memory import (
    ReasonGiven as ReasonGiven,
)
from rooms.events.memory import (
    Recalled as Recalled,
)
from rooms.events.memory import (
    SaidReady as SaidReady,
)
from rooms.events.memory import (
    SeatErased as SeatErased,
)
from rooms.events.memory import (
    SeatForgotten as SeatForgotten,
)
from rooms.events.memory import (
    SetAside as SetAside,
)
from rooms.events.memory import (
    Signalled as Signalled,
)
from rooms.events.memory import (
    SignalsForgotten as SignalsForgotten,
)
from rooms.events.memory import (
    Told as Told,
)
from rooms.events.memory import (
    Voted as Voted,
)
from rooms.events.memory import (
    VotesForgotten as VotesForgotten,
)
from rooms.events.people import (
    AgreementAccepted as AgreementAccepted,
)
from rooms.events.people import (
    AgreementAsked as AgreementAsked,
)
from rooms.events.people import (
    AgreementChanged as AgreementChanged,
)
from rooms.events.people import (
    DoorLocked as DoorLocked,
)
from rooms.events.people import (
    DoorUnlocked as DoorUnlocked,
)
from rooms.events.people import (
    LeadReturned as LeadReturned,
)
from rooms.events.people import (
    LeadTaken as LeadTaken,
)
from rooms.events.people import (
    MeetingClosed as MeetingClosed,
)
from rooms.events.people import (
    MeetingOpened as MeetingOpened,
)
from rooms.events.people import (
    ProposalEnded as ProposalEnded,
)
from rooms.events.people import (
    Rebuilt as Rebuilt,
)
from rooms.events.people import (
    RemovalProposed as RemovalProposed,
)
from rooms.events.people import (
    ReturnAwaited as ReturnAwaited,
)
from rooms.events.people import (
    SeatAdmitted as SeatAdmitted,
)
from rooms.events.people import (
    SeatEnded as SeatEnded,
)
from rooms.events.people import (
    SeatHandedOver as SeatHandedOver,
)
from rooms.events.people import (
    SeatRestored as SeatRestored,
)
from rooms.events.people import (
    SeatTaken as SeatTaken,
)
from rooms.events.people import (
    SuccessorNamed as SuccessorNamed,
)
from rooms.events.people import (
    SuccessorUnnamed as SuccessorUnnamed,
)

Event = Durable | Ephemeral

# fmt: off
KeptEvent = (
    SeatTaken | SeatAdmitted | AgreementAccepted | SeatEnded | SeatHandedOver | RemovalProposed | ProposalEnded
    | SeatRestored | Rebuilt | ReturnAwaited | MeetingOpened | MeetingClosed | HandRaised | HandLowered | HandMoved
    | QueueClosed | QueueReopened | FloorOffered | OfferHeld | OfferPassed | OfferPutOff | FloorAccepted | GraceBegan
    | GraceEnded | TurnExtended | TurnPaused | TurnSuspended | DoorLocked | DoorUnlocked | RoomHeld | HoldEnded
    | SuccessorNamed | SuccessorUnnamed | LeadTaken | LeadReturned | SpeakerReturned | TurnResumed | TurnEnded
    | HandLaidDown | HandTakenUp
    | QueueOrdered | OrderSet | FloorTaken | FloorGiven | TurnHushed | TurnInterposed | TurnRestored | TimeAsked
    | TimeAnswered | Equalised | PhaseBegan | RoundBegan | RoundJoined | RoundPassed | RoundCalled | RoundSwept
    | RoundEnded | BellRung | AgreementChanged | AgreementAsked
)
# fmt: on
