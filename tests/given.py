"""Given, when, then: how the tests of a meeting are written.

    given(ADA, BEN).offered(BEN).when(BEN, AcceptFloor("t1"), at=60).then(FloorAccepted("t1"), NoteForgotten("h1"))
    given(ADA, BEN).when(BEN, OpenMeeting()).refused(Code.FORBIDDEN)
    given(ADA, BEN).speaks(BEN).wait(until=303).then(GraceBegan("t1"))

A `Scene` is a value: each step gives a new one, so a scene can be the start of several stories. Time is meeting time.
Before a command, and in `wait`, every alarm that lies earlier is answered at its very moment, as the server would.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from protocol.commands import AcceptAgreement, AcceptFloor, Admit, HandKind, OpenMeeting, RaiseHand
from protocol.errors import Code, Rejected
from protocol.views import Act, Agreement, CircleView, Confidentiality, DoorView, LeadView, Role, You
from rooms import core
from rooms.asks import Drop, Join, Return
from rooms.core import SERVER_SEAT
from rooms.events import Acted, ActsForgotten, Durable, Event
from rooms.format import Ending, Format, Phase
from rooms.privates import Privates
from rooms.state import Hand, Plan, RoomState, Turn
from rooms.view import Sight, see, sight_of

SERVER = SERVER_SEAT
HANA, HADI = "hana", "hadi"  # hosts
ADA, AGUS = "ada", "agus"  # facilitators
BEN, CIKA, DEWI, EKA, FAJAR = "ben", "cika", "dewi", "eka", "fajar"
NOBODY = "nobody"  # holds no seat

ROLES = {HANA: Role.HOST, HADI: Role.HOST, ADA: Role.FACILITATOR, AGUS: Role.FACILITATOR}

OPEN_AT = 0.0  # when the meetings of `given` open
PHASE = Phase(
    kinds=(HandKind.SHARE, HandKind.QUESTION),
    turn=300,
    warning=30,
    grace=60,
    pause=5,
    offer=40,
    rest=30,
    window=120,
)
AGREEMENT = Agreement(version=1, policy=Confidentiality.STAYS, text="We listen.")
QUESTIONS = ("What brings you?", "Have you been here before?")


def plan(**changes: Any) -> Plan:
    """A room whose phase is `PHASE` with these changes."""
    phase = msgspec.structs.replace(PHASE, **changes)
    return Plan("Tuesdays", Format(name="plain", phases=(phase,)), AGREEMENT, QUESTIONS)


def room(*phases: Phase) -> Plan:
    """A room with these phases."""
    return Plan("Tuesdays", Format(name="several", phases=phases), AGREEMENT, QUESTIONS)


PLAN = plan()
HARD = plan(ending=Ending.HARD)
BY_HAND = plan(automatic_offers=False)


@dataclass(frozen=True)
class Scene:
    """A meeting at a moment, with what the last step made happen, or the code with which it was refused."""

    state: RoomState
    now: float = 0.0
    said: tuple[Event, ...] = ()
    code: Code | None = None
    acts: tuple[Act, ...] = ()  # of what was said, what the room is told of those who lead
    journal: tuple[tuple[float, Durable], ...] = ()

    # Steps

    def when(self, by: str, command: Any, at: float | None = None) -> "Scene":
        """Somebody asks for something, now or at the given moment; what was due before has happened."""
        scene = self if at is None else self._until(at, including=False)
        try:
            outcome = core.handle(scene.state, by, command, scene.now)
        except Rejected as no:
            return replace(scene, said=(), acts=(), code=no.code)
        return replace(scene, said=(), acts=(), code=None)._on(outcome)

    def late(self, by: str, command: Any, at: float) -> "Scene":
        """Somebody asks at that moment, and the server did not wake up for what was due before."""
        return replace(self, now=at).when(by, command)

    def wait(self, until: float) -> "Scene":
        """Nobody does anything; what follows by itself happens, up to and including that moment."""
        return replace(self, said=(), acts=(), code=None)._until(until, including=True)

    def _until(self, at: float, including: bool) -> "Scene":
        assert at >= self.now, "time does not run backwards"
        scene = self
        while (due := core.alarm(scene.state)) is not None and (due < at or (including and due == at)):
            scene = replace(scene, now=max(due, scene.now))
            scene = scene._on(core.settle(scene.state, scene.now))
        return replace(scene, now=at)

    def _on(self, outcome: core.Outcome) -> "Scene":
        durable = tuple((self.now, event) for event in outcome.events if isinstance(event, Durable))
        said = (*self.said, *(e for e in outcome.events if not isinstance(e, Acted | ActsForgotten)))
        acts = (*self.acts, *(event.act for event in outcome.events if isinstance(event, Acted)))
        due = core.alarm(outcome.state)
        assert due is None or due > self.now, "what is settled has nothing due"
        return replace(self, state=outcome.state, said=said, acts=acts, journal=(*self.journal, *durable))

    # Short stories, told by the commands that people would use

    def joins(self, *seats: str) -> "Scene":
        """They stand at the door; the first facilitator and the first host are let in by their link."""
        scene = self
        for seat in seats:
            join = Join(seat, ROLES.get(seat, Role.PARTICIPANT), seat.title())
            scene = scene.when(SERVER, join)._fine()
        return scene

    def comes_in(self, *seats: str, by: str = ADA) -> "Scene":
        """They join, accept the agreement, and are admitted where the link does not do so."""
        scene = self
        for seat in seats:
            scene = scene.joins(seat).when(seat, AcceptAgreement(AGREEMENT.version))._fine()
            if not scene.state.kept.seats[seat].admitted:
                scene = scene.when(by, Admit(seat))._fine()
        return scene

    def raises(self, *seats: str, kind: HandKind = HandKind.SHARE) -> "Scene":
        """They raise a hand, one after the other."""
        scene = self
        for seat in seats:
            scene = scene.when(seat, RaiseHand(kind))._fine()
        return scene

    def offered(self, seat: str) -> "Scene":
        """They raise a hand and wait until the floor is offered to them."""
        scene = self if seat in self.queue else self.raises(seat)
        due = core.alarm(scene.state)
        if scene.turn is None and due is not None:
            scene = scene.wait(due)
        assert scene.turn is not None
        assert scene.turn.seat == seat
        return replace(scene, said=())

    def speaks(self, seat: str) -> "Scene":
        """They are offered the floor and take it."""
        scene = self.offered(seat)
        return replace(scene.when(seat, AcceptFloor(scene.turn_id))._fine(), said=())

    def drops(self, seat: str, at: float | None = None) -> "Scene":
        return self.when(SERVER, Drop(seat), at)

    def returns(self, seat: str, at: float | None = None) -> "Scene":
        return self.when(SERVER, Return(seat, seat.title()), at)

    def _fine(self) -> "Scene":
        assert self.code is None, f"refused with {self.code}"
        return self

    # What was said

    def then(self, *events: Event) -> "Scene":
        """Exactly this happened, in this order; nothing at all when no event is given. Acts are told apart."""
        assert self.code is None, f"refused with {self.code}"
        assert list(self.said) == list(events)
        return self

    def refused(self, code: Code) -> "Scene":
        """The last command was refused with this code."""
        assert self.code is code, f"{self.code} with {self.said}"
        return self

    def of(self, *kinds: type) -> list[Event]:
        """What was said of these kinds."""
        return [event for event in self.said if isinstance(event, kinds)]

    # What is there

    @property
    def turn_id(self) -> str:
        return next(iter(self.state.kept.turns), "")

    @property
    def turn(self) -> Turn | None:
        """The turn on the floor."""
        return self.state.kept.turns.get(self.turn_id)

    @property
    def on_the_floor(self) -> Turn:
        """The turn on the floor, where there must be one."""
        turn = self.turn
        assert turn is not None
        return turn

    @property
    def queue(self) -> tuple[str, ...]:
        """The seats in the queue, in order."""
        return tuple(self.hand(hand).seat for hand in self.state.kept.queue)

    def hand(self, hand: str) -> Hand:
        return self.state.kept.hands[hand]

    def view(self, sight: Sight) -> DoorView | CircleView | LeadView:
        return see(self.state, None).view(sight)

    @property
    def circle(self) -> CircleView:
        """What everyone in the room sees."""
        return see(self.state, None).circle

    @property
    def lead(self) -> LeadView:
        """What facilitators and hosts see."""
        return see(self.state, None).lead

    def sight(self, seat: str) -> Sight:
        return sight_of(self.state, seat)

    def you(self, seat: str) -> You:
        return Privates(self.state).of(seat)

    def may(self, seat: str) -> Sequence[str]:
        return self.you(seat).may


def empty(of: Plan = PLAN) -> Scene:
    """A room that nobody has entered yet."""
    return Scene(RoomState(of))


def doors(*seats: str, of: Plan = PLAN) -> Scene:
    """These people are inside; the meeting has not been opened. The first one lets the others in."""
    return replace(empty(of).comes_in(*seats, by=seats[0]), said=())


def given(*seats: str, of: Plan = PLAN) -> Scene:
    """These people are in an open meeting at `OPEN_AT`; the first one leads it."""
    return replace(doors(*seats, of=of).when(seats[0], OpenMeeting())._fine(), said=())
