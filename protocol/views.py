"""What a browser is shown. A view never holds null: a thing that is not there is left out.

Three sights: the *door* (not yet in), the *circle* (everyone in the room), the *lead* (facilitators and hosts).
Patches are RFC 7396 merge patches between two views of the same sight.
"""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from protocol.announcement import Announcement
from protocol.commands import HandKind, Order, SilentSignal
from protocol.deeds import Deed as Deed
from protocol.formats import Clock, Ending, Movement, Mover, Responses, Silence, Text
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
    BELL = "bell", "somebody rang the pause bell: one breath, until `hold_until`, then it goes on by itself"
    SILENCE = "silence", "silence together until `hold_until`, then it goes on by itself"
    BREAK = "break", "a break, planned until `hold_until`; it goes on when those who lead say so"


class TurnState(Term):
    """`offered`, `speaking` and `grace` run (`ends_at`); in the others the clock stands still (`left`)."""

    OFFERED = "offered", "waits for an answer until `ends_at`"
    SPEAKING = "speaking", "being heard until `ends_at`"
    GRACE = "grace", "the time is used up: finishing the thought until `ends_at`, then facilitators decide"
    PAUSED = "paused", "a facilitator stopped it and its clock"
    SUSPENDED = "suspended", "its speaker lost the connection; the floor is held until `waits_until`"
    SILENT = "silent", "the speaker holds a silence, and is still heard; the clock goes on at `waits_until`"
    QUESTION = "question", "somebody else asks the speaker something, in a turn that is `inside` this one"


class Why(Term):
    """Why a hand stands where it stands."""

    FIRST_COME = "first-come", "in the order in which hands were raised"
    PROCESS = "process", "about the room: goes ahead"
    CALLED = "called", "a facilitator asked for this person"
    MOVED = "moved", "a facilitator put it there"
    LATER = "later", "asked to be offered again, or did not answer an offer"
    DEFERRED = "deferred", "let the next one go first"
    RETURNED = "returned", "lost the connection in the middle of a turn: the rest of it waits"
    NOT_SPOKEN = "not-spoken", "fair order: has not spoken yet in this meeting"
    TURNS = "turns", "fair order: has had so many `turns`, and `spoken` so many seconds"
    CHOOSING = "choosing", "those who lead choose; hands stand as they were raised"
    CIRCLE = "circle", "as people sit, counted from whoever had the floor last"


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
    turns: Annotated[int, Meta(description="With the reason `turns`: how many its person has had.")] = 0
    spoken: Annotated[int, Meta(description="With the reason `turns`: for how many seconds.")] = 0
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
        MeetingTime | UnsetType,
        Meta(description="While it stands still: until when the floor is held, or when it goes on by itself."),
    ] = UNSET
    inside: Annotated[TurnId | UnsetType, Meta(description="A question, asked inside this turn.")] = UNSET
    declined: Annotated[bool, Meta(description="The group was asked for more time, and said that it is enough.")] = (
        False
    )
    hard: Annotated[
        bool, Meta(description="It ends at `ends_at` by itself: a hard ending, and not a turn from the phase before.")
    ] = False


class Policy(Part, frozen=True):
    """What the current phase asks for (see `Phase` of the formats); lengths in seconds."""

    kinds: list[HandKind]
    turn: Seconds
    warning: Seconds
    grace: Seconds
    offer: Seconds
    window: Annotated[Seconds, Meta(description="How long a dropped speaker's floor is held.")]
    floor: Movement = Movement.QUEUE
    order: Annotated[Order, Meta(description="As it is now; those who lead can change it.")] = Order.FIRST_COME
    ending: Ending = Ending.SOFT
    clock: Clock = Clock.SOFT
    responses: Responses = Responses.AFTER
    text: Text = Text.NOTES
    give: bool = False
    voices: int = 1
    consent: Seconds = 0
    consent_silence: Silence = Silence.YES
    hush: Seconds = 0
    bell: bool = False
    breath: Seconds = 0
    moves_on: Mover = Mover.LEAD


class Step(Part, frozen=True):
    """One phase of the agenda. For the common names the page has words of its own."""

    name: str
    title: str = ""
    floor: Movement = Movement.QUEUE
    box: Annotated[Seconds, Meta(description="How long it is planned to be; 0: open.")] = 0
    voices: Annotated[
        int,
        Meta(description="How many may speak at once. An offer of sound has as many lines as the most of all steps."),
    ] = 1


class Round(Part, frozen=True):
    """Everybody once, in circle order. Only who is yet to be asked stands here, in that order; who passed is marked
    nowhere, and may be asked once more in the second sweep."""

    waiting: list[SeatId]
    sweep: Annotated[int, Meta(description="1; 2: whoever passed or was away is asked once more.")] = 1
    had: Annotated[int, Meta(description="How many have had a turn in it.")] = 0
    again: Annotated[bool, Meta(description="Whoever passes now is asked once more at the end.")] = False


class Asking(Part, frozen=True):
    """Everybody is asked whether this turn may go on for a little."""

    turn: TurnId
    until: MeetingTime


class Last(Part, frozen=True):
    """The turn that ended last, while it can be put back."""

    turn: TurnId
    seat: SeatId
    left: Annotated[Seconds, Meta(description="What was left of its time.")]


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
    """All that somebody sees who is not admitted yet or has not accepted the newest agreement: nothing about people."""

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
    hold_until: Annotated[
        MeetingTime | UnsetType, Meta(description="For a bell, a silence or a break: until then.")
    ] = UNSET
    format_title: Annotated[str, Meta(description="A host's own words for the format.")] = ""
    phase: Annotated[str, Meta(description="The current phase, one of the agenda.")] = ""
    phase_since: MeetingTime = 0
    prompt: Annotated[str, Meta(description="Somebody's own words for everybody; empty: the page's own, if any.")] = ""
    agenda: list[Step] = field(default_factory=list)
    round: Round | UnsetType = UNSET
    given: Annotated[SeatId | UnsetType, Meta(description="Was passed the piece, and is offered it next.")] = UNSET
    asking: Asking | UnsetType = UNSET
    last: Last | UnsetType = UNSET
    overtime: Annotated[Seconds, Meta(description="The longest overtime in this phase.")] = 0
    extra: Annotated[Seconds, Meta(description="How much longer turns are made by `equalise`.")] = 0
    ready: Annotated[list[SeatId], Meta(description="In a break: who is back.")] = field(default_factory=list)
    successors: Annotated[
        list[SeatId], Meta(description="Who takes over when no facilitator is here any more, the first one first.")
    ] = field(default_factory=list)
    locked: Annotated[bool, Meta(description="Nobody new comes to the door.")] = False
    announcement: Announcement | UnsetType = UNSET
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
    reading: Annotated[list[SeatId], Meta(description="Who is asked again to agree.")] = field(default_factory=list)


View = DoorView | CircleView | LeadView


class You(Part, frozen=True):
    """The private part, sent whole whenever it changes. `may` lists the commands that would not be refused at once."""

    seat: SeatId
    role: Role
    may: list[str]
    agreed: bool = False
    admitted: bool = False
    reading: Annotated[bool, Meta(description="Inside, and asked to accept an agreement that has changed.")] = False
    name: str = ""
    hand: HandId | UnsetType = UNSET
    turn: Annotated[TurnId | UnsetType, Meta(description="The turn that I hold or am offered.")] = UNSET
    place: Annotated[int | UnsetType, Meta(description="My place in the queue, from 1.")] = UNSET
    next: Annotated[bool, Meta(description="The next offer comes to me.")] = False
    answered: bool = False
    round_place: Annotated[
        int | UnsetType, Meta(description="In a round: my place among those who are yet to be asked, from 1.")
    ] = UNSET
    signals: Annotated[
        dict[SilentSignal, int], Meta(description="For whoever has the floor: how many people show what.")
    ] = field(default_factory=dict)
    answered_time: Annotated[bool | UnsetType, Meta(description="What I answered when more time was asked for.")] = (
        UNSET
    )
    line: Annotated[int | UnsetType, Meta(description="At the door of a full room: my place in the line, from 1.")] = (
        UNSET
    )
    message: Annotated[str, Meta(description="At the door: what those who admit wrote to me.")] = ""
    resume: Annotated[str | UnsetType, Meta(description="Only when it is new: gives the seat back after a drop.")] = (
        UNSET
    )
