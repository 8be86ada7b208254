"""What a browser is shown. A view never holds null: a thing that is not there is left out.

Three sights: the *door* (not yet in), the *circle* (everyone in the room), the *lead* (facilitators and hosts).
Patches are RFC 7396 merge patches between two views of the same sight.
"""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from protocol.commands import HandKind
from protocol.message import HandId, MeetingTime, Part, SeatId, Seconds, Term, TurnId, Version


class Role(Term):
    """What a seat came as."""

    PARTICIPANT = "participant", "comes to listen and to be heard"
    FACILITATOR = "facilitator", "holds the order, the time and the door"
    HOST = "host", "made the room; may do what a facilitator may"


class MeetingState(Term):
    """Where a meeting is; when it closes everything about it is erased and everyone is told goodbye."""

    DOORS = "doors", "people gather; nothing has begun"
    OPEN = "open", "hands and turns are possible"


class Hold(Term):
    """Why the room stands still: nobody is heard, no clock runs, nothing is offered; everything is kept."""

    PAUSED = "paused", "a facilitator paused the room"
    LOST = "lost", "no facilitator is here; it goes on when one returns, or a successor takes over"


class TurnState(Term):
    """`offered`, `speaking` and `grace` run (`ends_at`); `paused` and `suspended` stand still (`left`)."""

    OFFERED = "offered", "waits for an answer until `ends_at`"
    SPEAKING = "speaking", "being heard until `ends_at`"
    GRACE = "grace", "the time is used up: finishing the thought until `ends_at`, then facilitators decide"
    PAUSED = "paused", "a facilitator stopped it and its clock"
    SUSPENDED = "suspended", "its speaker lost the connection; the floor is held until `waits_until`"


class Why(Term):
    """Why a hand stands where it stands."""

    FIRST_COME = "first-come", "in the order in which hands were raised"
    PROCESS = "process", "about the room: goes ahead"
    CALLED = "called", "a facilitator asked for this person"
    MOVED = "moved", "a facilitator put it there"
    LATER = "later", "asked to be offered again, or did not answer an offer"
    DEFERRED = "deferred", "let the next one go first"
    RETURNED = "returned", "lost the connection in the middle of a turn: the rest of it waits"


class Confidentiality(Term):
    """What may leave the room."""

    GENERAL = "general-experience-only", "general experience only: what was learnt, without anything about a person"
    STAYS = "stays-in-the-room", "what is said here stays here"
    FULL = "full-disclosure", "what is said here may be told elsewhere"


class Agreement(Part, frozen=True):
    """What everyone accepts before anything else. `text` is the group's own words and may be empty: the page shows the
    policy and the rules that the server keeps in the reader's language."""

    version: Version
    policy: Confidentiality
    text: str = ""


class Person(Part, frozen=True):
    """Somebody in the room. `name` is missing for a moment after a server restart, until the person is back."""

    role: Role
    present: bool
    number: Annotated[int, Meta(description="Counts seats in this meeting from 0; gives the colour and pattern.")]
    name: str | UnsetType = UNSET
    turns: int = 0
    spoken: Annotated[int, Meta(description="Seconds spoken in finished turns.")] = 0
    hears: Annotated[bool, Meta(description="Sound reaches this person: whoever is audible now is heard there.")] = (
        False
    )


class Hand(Part, frozen=True):
    """One request for the floor. An offer that nobody answered leaves it up; it rests until `rests_until`."""

    seat: SeatId
    kind: HandKind
    reason: Why
    since: MeetingTime
    rests_until: MeetingTime | UnsetType = UNSET
    note: Annotated[str, Meta(description="Only the lead sight has it.")] = ""


class Turn(Part, frozen=True):
    """One offered or granted floor. `ends_at` while its clock runs, else `left`; in grace `ends_at` is the end of the
    grace, after which facilitators decide (`over`)."""

    seat: SeatId
    state: TurnState
    budget: Seconds
    ends_at: MeetingTime | UnsetType = UNSET
    left: Seconds | UnsetType = UNSET
    over: bool = False
    waits_until: Annotated[
        MeetingTime | UnsetType, Meta(description="While suspended: how long the floor is held.")
    ] = UNSET


class Policy(Part, frozen=True):
    """What the current phase asks for; lengths in seconds."""

    kinds: list[HandKind]
    turn: Seconds
    warning: Seconds
    grace: Seconds
    offer: Seconds
    window: Annotated[Seconds, Meta(description="How long a dropped speaker's floor is held.")]


class Waiting(Part, frozen=True):
    """Somebody at the door."""

    role: Role
    present: bool
    since: MeetingTime
    number: int
    name: str | UnsetType = UNSET
    agreed: bool = False
    admitted: Annotated[bool, Meta(description="Let in, but still reading the agreement.")] = False
    lookalike: Annotated[bool, Meta(description="The name looks like a facilitator's: cannot be admitted with it.")] = (
        False
    )
    answers: list[str] = field(default_factory=list)


class DoorView(Part, frozen=True, tag_field="sight", tag="door"):
    """All that somebody sees who is not admitted yet or has not accepted the agreement: nothing about people."""

    agreement: Agreement
    questions: list[str] = field(default_factory=list)


class CircleView(Part, frozen=True, tag_field="sight", tag="circle"):
    """What everyone in the room sees. Things are kept by id; `circle` and `queue` give their order."""

    title: str
    format: str
    meeting: MeetingState
    agreement: Agreement
    policy: Policy
    people: dict[SeatId, Person]
    circle: Annotated[
        list[SeatId], Meta(description="Who is in the circle, in circle order; the long absent are left out.")
    ]
    hands: dict[HandId, Hand]
    queue: list[HandId]
    queue_version: Version
    queue_open: bool
    turns: dict[TurnId, Turn]
    floor: Annotated[str, Meta(description="The latest turn's id, also after it ended; empty before the first.")]
    pause_until: Annotated[MeetingTime | UnsetType, Meta(description="The quiet after a turn lasts until then.")] = (
        UNSET
    )
    hold: Annotated[Hold | UnsetType, Meta(description="The room stands still.")] = UNSET
    successors: Annotated[
        list[SeatId], Meta(description="Who takes over when no facilitator is here any more, the first one first.")
    ] = field(default_factory=list)


class LeadView(CircleView, frozen=True, tag="lead"):
    """What facilitators and hosts see: the circle, the notes with hands, and the door."""

    questions: list[str] = field(default_factory=list)
    waiting: dict[SeatId, Waiting] = field(default_factory=dict)


View = DoorView | CircleView | LeadView


class You(Part, frozen=True):
    """The private part, sent whole whenever it changes. `may` lists the commands that would not be refused at once."""

    seat: SeatId
    role: Role
    may: list[str]
    agreed: bool = False
    admitted: bool = False
    name: str = ""
    hand: HandId | UnsetType = UNSET
    turn: Annotated[TurnId | UnsetType, Meta(description="The turn that I hold or am offered.")] = UNSET
    place: Annotated[int | UnsetType, Meta(description="My place in the queue, from 1.")] = UNSET
    next: Annotated[bool, Meta(description="The next offer comes to me.")] = False
    answered: bool = False
    resume: Annotated[str | UnsetType, Meta(description="Only when it is new: gives the seat back after a drop.")] = (
        UNSET
    )
