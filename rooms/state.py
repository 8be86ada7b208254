"""The whole of a meeting as one frozen value.

`plan` is the host's configuration, `kept` the durable part (exactly what the journal can rebuild), `live` the ephemeral
part: names, presence, words. Mappings are never changed in place.
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from protocol.announcement import Announcement
from protocol.commands import HandKind, Order, SilentSignal
from protocol.formats import Format, Movement, Phase
from protocol.views import Act, Agreement, Confidentiality, Hold, MeetingState, Role, TurnState, Why

SEAT_LIMIT = 320  # people with a seat in one meeting, the door included
RUNNING = frozenset({TurnState.SPEAKING, TurnState.GRACE})
HEARD = RUNNING | {TurnState.SILENT}  # who holds a silence may end it by speaking


class Value(msgspec.Struct, frozen=True):
    """A frozen value."""


class Seat(Value, frozen=True):
    """One person's place. `agreed` is the version accepted, 0 for none; `link` the link it came by, as
    `<link>.<generation>`; `sat` counts who sat down in the circle, from 1."""

    role: Role
    number: int
    since: float
    admitted: bool = False
    agreed: int = 0
    turns: int = 0
    spoken: float = 0.0
    acting: bool = False  # came as a participant, and took over
    link: str = ""
    personal: bool = False  # the link is an invite for one person
    sat: int = 0
    handed: int = 0  # how often it was given to whoever came by the same invite: nobody before has it any more
    reading: bool = False  # inside, and asked to accept an agreement that has changed

    @property
    def inside(self) -> bool:
        """In the room: admitted and agreed. Everyone else is at the door."""
        return self.admitted and self.agreed > 0


class Hand(Value, frozen=True):
    """A request for the floor. `budget` is what is left of a turn that was lost; 0 means the format's length. `turns`
    and `spoken` are its person's when it went up: they do not change while it waits."""

    seat: str
    kind: HandKind
    reason: Why
    since: float
    rests_until: float = 0.0
    budget: float = 0.0
    own: bool = True  # false: a facilitator called on somebody who had none; it does not stay when nobody answers
    turns: int = 0
    spoken: float = 0.0


class Turn(Value, frozen=True):
    """One offered or granted floor and its clock.

    While the clock runs, seconds spoken are `spent + now - since`; while it stands still, `spent`.
    `until` ends an offer, a suspension, or the moment after a return; 0 means that nothing ends by itself.
    """

    seat: str
    state: TurnState
    budget: float
    since: float
    spent: float = 0.0
    until: float = 0.0
    over: bool = False
    returned: bool = False  # the speaker is back after a drop and may go on alone
    hand: str = ""  # while offered: the hand it came from, and the hand itself, for the offer may give it back
    held: Hand | None = None
    ahead: tuple[str, ...] = ()  # and the hands that were passed over for it, because nobody was there
    base: float = 0.0  # the budget when it was accepted: what is spoken beyond it is overtime
    round: bool = False  # their turn in the round
    inside: str = ""  # a question, in that turn
    about: bool = False  # a word about the room
    counted: bool = True  # among its person's turns; not a question, a word about the room, or the rest of a lost turn
    hushed: float = 0.0  # seconds of silence held in it, without the one that is held now
    given: bool = False  # the piece was passed to them by name
    declined: bool = False  # the group was asked for more time, and said that it is enough
    askings: int = 0  # how often the group was asked
    began: float = 0.0  # when it was accepted

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def heard(self) -> bool:
        return self.state in HEARD

    def spoken(self, now: float) -> float:
        return self.spent + (now - self.since if self.running else 0.0)

    @property
    def limit(self) -> float:
        """When a running clock reaches the budget."""
        return self.since + self.budget - self.spent


class Held(Value, frozen=True):
    """The room stands still. `turn` is the one that ran when it began, `others` those that ran beside it. It ends at
    `until`; 0: when those who lead say so."""

    why: Hold
    since: float
    turn: str = ""
    others: tuple[str, ...] = ()
    until: float = 0.0

    @property
    def turns(self) -> tuple[str, ...]:
        return (self.turn, *self.others) if self.turn else ()


class Removal(Value, frozen=True):
    """A seat that was taken from somebody, as it was, until the meeting ends."""

    seat: Seat
    at: float


class Proposed(Value, frozen=True):
    """Somebody who leads would remove a person, and another one has to say so, too."""

    by: str
    until: float


class Round(Value, frozen=True):
    """Everybody once, in circle order. `waiting` are yet to be asked, in that order; `again` once more, at the end;
    `size` how many there were when it began, newcomers not counted. `rests` until when somebody who asked for it later
    is not asked."""

    waiting: tuple[str, ...]
    size: int
    again: tuple[str, ...] = ()
    had: tuple[str, ...] = ()  # a turn
    done: tuple[str, ...] = ()  # passed for good
    sweep: int = 1
    rests: Mapping[str, float] = {}
    over: bool = False

    @property
    def seats(self) -> frozenset[str]:
        return frozenset((*self.waiting, *self.again, *self.had, *self.done))


class Asking(Value, frozen=True):
    """The group is asked for more time for this turn."""

    turn: str
    until: float


class Last(Value, frozen=True):
    """The turn that ended last, as it was, with all seconds spoken in `spent`. `count`: how many turns there had been;
    `overtime`: the longest before; `own`: its person ended it, whom nobody had stopped."""

    id: str
    turn: Turn
    at: float
    count: int = 0
    overtime: float = 0.0
    own: bool = False


class Kept(Value, frozen=True):
    """The durable part."""

    meeting: MeetingState = MeetingState.DOORS
    closed: bool = False
    seats: Mapping[str, Seat] = {}
    circle: tuple[str, ...] = ()  # who is inside, in the order of sitting down
    hands: Mapping[str, Hand] = {}
    queue: tuple[str, ...] = ()
    queue_version: int = 0
    queue_open: bool = True
    turns: Mapping[str, Turn] = {}  # at most the phase's number of voices, and questions inside them
    floor: str = ""  # the latest turn
    free_since: float = 0.0
    awaited_until: float = 0.0  # after a restart: how long the floor waits for the first in the queue
    hold: Held | None = None
    locked: bool = False  # nobody new comes to the door
    successors: tuple[str, ...] = ()
    unled: float = 0.0  # when the last who led gave the seat up
    seat_count: int = 0
    hand_count: int = 0
    turn_count: int = 0
    sat_count: int = 0
    removed: Mapping[str, Removal] = {}
    proposals: Mapping[str, Proposed] = {}  # by the seat that would be removed
    phase: str = ""  # its name; empty: the first
    phase_since: float = 0.0
    held_in_phase: bool = False  # its silence or break has been
    order: Order | None = None  # chosen in the room, instead of the phase's
    round: Round | None = None
    laid_down: Mapping[str, Hand] = {}  # hands of those who speak in the round
    given: str = ""  # the seat to which the last speaker passed the piece
    asking: Asking | None = None
    last: Last | None = None  # while it can be put back
    spoke: str = ""  # who had the floor last
    called: float = 0.0  # when somebody was called last, to come next; 0: not since the last offer
    overtime: float = 0.0  # the longest in this phase
    extra: float = 0.0  # what everybody else gets for it
    rung: float = 0.0  # when the bell was heard last ...
    bells: Mapping[str, float] = {}  # ... and by whom, each time the latest; 0 and missing: not yet
    agreement: int = 0  # the newest version that somebody has accepted, or to which it has changed
    changed: float | None = None  # since when a change waits for a gap
    asked: float = 0.0  # when everybody inside was asked again


class Presence(Value, frozen=True):
    """Whether a seat has a live connection, and since when. `aside`: gone for longer than the window."""

    present: bool
    since: float
    aside: bool = False


class Name(Value, frozen=True):
    text: str
    skeleton: str  # what it looks like (see rooms/names.py)


class Gone(Value, frozen=True):
    """What memory still holds of somebody who was removed."""

    name: Name
    at: float


class Shown(Value, frozen=True):
    """A silent signal, and since when."""

    signal: SilentSignal
    since: float


class Live(Value, frozen=True):
    """The ephemeral part: lost with the process, given again by browsers where possible."""

    names: Mapping[str, Name] = {}
    presence: Mapping[str, Presence] = {}
    hearers: frozenset[str] = frozenset()  # whom sound reaches: all of them are present
    notes: Mapping[str, str] = {}  # by hand
    answers: Mapping[str, tuple[str, ...]] = {}  # by seat, only at the door
    messages: Mapping[str, str] = {}  # what those who admit wrote, by seat, only at the door
    reasons: Mapping[str, str] = {}  # of proposals to remove somebody, by that seat
    gone: Mapping[str, Gone] = {}  # who was removed a moment ago
    answers_time: Mapping[str, bool] = {}  # whether a turn may go on, by seat
    signals: Mapping[str, Shown] = {}  # to whoever has the floor, by seat
    ready: frozenset[str] = frozenset()  # who is back from the break
    prompt: str = ""  # shown instead of the phase's
    acts: dict[str, Act] = {}  # what those who lead did lately, the latest last; the views have this very object
    act_count: int = 0
    announcement: Announcement | None = None


class Plan(Value, frozen=True):
    """A room as its host made it."""

    title: str
    format: Format
    agreement: Agreement = Agreement(version=1, policy=Confidentiality.STAYS)
    questions: tuple[str, ...] = ()
    seats: int = 0  # for how many participants there is room; 0: no limit
    two_to_remove: bool = False  # removing somebody needs two who lead


class RoomState(Value, frozen=True):
    plan: Plan
    kept: Kept = Kept()
    live: Live = Live()

    @property
    def phase(self) -> Phase:
        phases, name = self.plan.format.phases, self.kept.phase
        return next((phase for phase in phases if phase.name == name), phases[0])

    @property
    def order(self) -> Order:
        """Who is ahead of whom, now."""
        return self.kept.order or self.phase.order

    @property
    def voices(self) -> int:
        """How many may have the floor at once; in a round, wherever it is held, one after the other."""
        phase, around = self.phase, self.kept.round
        return phase.voices if phase.floor is Movement.OPEN and (around is None or around.over) else 1


def present(state: RoomState, seat: str) -> bool:
    known = state.live.presence.get(seat)
    return known is not None and known.present


def attends(state: RoomState, seat: str) -> bool:
    """Is here, and not asked just now whether they accept an agreement that has changed. Everybody else who is inside
    is passed over: they neither hear nor are heard."""
    return present(state, seat) and not state.kept.seats[seat].reading


def begins(state: RoomState, now: float) -> float:
    """What a length that begins now counts from. While the room stands still, that is when it began to: every moment
    moves on when it ends (see rules/hold.py), by as long as it stood."""
    return state.kept.hold.since if state.kept.hold else now


def round_on(kept: Kept) -> Round | None:
    """The round, while it is not over."""
    return kept.round if kept.round is not None and not kept.round.over else None


def leads(role: Role) -> bool:
    """Facilitators and hosts hold the order."""
    return role is not Role.PARTICIPANT


def turn_of(kept: Kept, seat: str) -> tuple[str, Turn] | None:
    """The turn that a seat holds or is offered."""
    return next(((id, turn) for id, turn in kept.turns.items() if turn.seat == seat), None)


def hand_of(kept: Kept, seat: str) -> str | None:
    """The hand that a seat has in the queue."""
    return next((id for id in kept.queue if kept.hands[id].seat == seat), None)


V = TypeVar("V")


def without(mapping: Mapping[str, V], key: str) -> Mapping[str, V]:
    return {k: v for k, v in mapping.items() if k != key}
