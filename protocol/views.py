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


class Deed(Term):
    """What somebody who leads has done; the room sees all of it."""

    ADMITTED = "admitted", "let somebody in"
    DECLINED = "declined", "did not let somebody in (no name is shown)"
    DOOR_LOCKED = "door-locked", "locked the door: nobody new comes to it"
    DOOR_UNLOCKED = "door-unlocked", "unlocked the door"
    REMOVED = "removed", "removed somebody"
    RESTORED = "restored", "undid a removal"
    CALLED = "called", "asked for somebody to be offered the floor next"
    HAND_ADDED = "hand-added", "raised a hand for somebody"
    HAND_LOWERED = "hand-lowered", "took somebody's hand down"
    HAND_MOVED = "hand-moved", "moved somebody's hand"
    ALL_LOWERED = "all-lowered", "took all hands down"
    QUEUE_CLOSED = "queue-closed", "closed the queue"
    QUEUE_REOPENED = "queue-reopened", "opened the queue again"
    TURN_ENDED = "turn-ended", "ended somebody's turn, or took back an offer"
    TURN_PAUSED = "turn-paused", "paused somebody's turn"
    TURN_RESUMED = "turn-resumed", "let somebody's turn go on"
    TURN_EXTENDED = "turn-extended", "gave somebody more time"
    ROOM_PAUSED = "room-paused", "paused the room"
    ROOM_RESUMED = "room-resumed", "let the room go on"
    SUCCESSOR_NAMED = "successor-named", "named who takes over when no facilitator is here"
    SUCCESSOR_UNNAMED = "successor-unnamed", "took that back"
    LED = "led", "took over, because nobody led any more"
    STEPPED_DOWN = "stepped-down", "gave the lead back"
    INVITED = "invited", "made a personal invite"
    LINK_RENEWED = "link-renewed", "renewed a link: the old one opens nothing any more"
    LINK_REVOKED = "link-revoked", "revoked a link"


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


class Act(Part, frozen=True):
    """Something that somebody did who leads; the latest twenty, for ten minutes. The names are as they were then."""

    done: Deed
    at: MeetingTime
    by: Annotated[SeatId | UnsetType, Meta(description="Left out: a host, from outside the room.")] = UNSET
    who: Annotated[str, Meta(description="Their name.")] = ""
    seat: Annotated[SeatId | UnsetType, Meta(description="Whom it was about.")] = UNSET
    whom: Annotated[str, Meta(description="Their name.")] = ""


class Proposal(Part, frozen=True):
    """Somebody who leads would remove this person; it needs another one."""

    by: SeatId
    until: MeetingTime
    reason: str = ""


class Removed(Part, frozen=True):
    """Somebody who was removed from this meeting. By the room's link they can stand at the door again."""

    number: int
    at: MeetingTime
    role: Role = Role.PARTICIPANT
    personal: Annotated[bool, Meta(description="They came by a personal invite, which opens nothing now.")] = False
    name: Annotated[str | UnsetType, Meta(description="For ten minutes.")] = UNSET


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
    again: Annotated[
        SeatId | UnsetType, Meta(description="Came by a personal invite that this seat came by: is it the same person?")
    ] = UNSET
    line: Annotated[int, Meta(description="The place in the line for a seat, from 1, while the room is full.")] = 0
    told: Annotated[str, Meta(description="What was last written to them.")] = ""


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
    locked: Annotated[bool, Meta(description="Nobody new comes to the door.")] = False
    acts: Annotated[dict[str, Act], Meta(description="What those who lead did lately, by id.")] = field(
        default_factory=dict
    )
    lately: Annotated[list[str], Meta(description="The acts in their order, the latest last.")] = field(
        default_factory=list
    )


class LeadView(CircleView, frozen=True, tag="lead"):
    """What facilitators and hosts see: the circle, the notes with hands, the door, and who was removed."""

    questions: list[str] = field(default_factory=list)
    waiting: dict[SeatId, Waiting] = field(default_factory=dict)
    seats: Annotated[int, Meta(description="How many participants the room has a seat for; 0: no limit.")] = 0
    taken: Annotated[int, Meta(description="How many of those seats are taken; only with a limit.")] = 0
    two_to_remove: Annotated[bool, Meta(description="Removing somebody needs two who lead.")] = False
    proposals: Annotated[dict[SeatId, Proposal], Meta(description="Who would be removed.")] = field(
        default_factory=dict
    )
    removed: Annotated[dict[SeatId, Removed], Meta(description="Who was removed from this meeting.")] = field(
        default_factory=dict
    )


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
    line: Annotated[int | UnsetType, Meta(description="At the door of a full room: my place in the line, from 1.")] = (
        UNSET
    )
    message: Annotated[str, Meta(description="At the door: what those who admit wrote to me.")] = ""
    resume: Annotated[str | UnsetType, Meta(description="Only when it is new: gives the seat back after a drop.")] = (
        UNSET
    )
