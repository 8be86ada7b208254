"""A long walk at random through one meeting, which comes further with the floor than the machine does: rounds,
questions, silences, time that is asked for, turns that are put back, several voices, and a queue in every order."""

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from protocol import commands as c
from protocol.formats import Mover
from protocol.views import Role
from rooms import asks
from rooms.events import Event
from rooms.state import Plan, RoomState, present
from rooms.view import see
from tests.given import SERVER
from tests.rooms.laws import agreed, clocks, ending, floor, memory, order, rounds, sights
from tests.rooms.laws.aiming import FIELDS, refusal, values_of
from tests.rooms.laws.plans import ASKING, BREAK, CHOSEN, FAIR, HUSH, ONCE, OPEN, QUICK, ROUND, SEATED, TWO, room
from tests.rooms.laws.world import World

LAWS = (
    *memory.LAWS,
    *floor.LAWS,
    *order.LAWS,
    *rounds.LAWS,
    *clocks.LAWS,
    *agreed.LAWS,
    sights.patches_and_sharing_make_the_same_views,
)
TALK = replace(ASKING, warning=39, hush=6, rest=5, kinds=tuple(c.HandKind))
MORE = replace(FAIR, warning=39, hush=6, rest=5, kinds=tuple(c.HandKind))
LATER = replace(TALK, name="later", order=c.Order.FAIR)
ROOMS = {
    "talk": room(TALK, MORE, CHOSEN),
    "round": room(ROUND, LATER, ONCE, replace(ROUND, name="again", second_sweep=False)),
    "open": room(OPEN, replace(TALK, moves_on=Mover.ANYONE), TWO, replace(ROUND, box=60, equal=True)),
    "kitchen": room(TWO, replace(OPEN, name="three")),
    "quiet": room(HUSH, TALK, BREAK, replace(HUSH, name="short", box=5)),
    **{phase.name: room(replace(phase, rest=20, kinds=tuple(c.HandKind))) for phase in (FAIR, SEATED, CHOSEN, QUICK)},
}
MOMENTS = (0.0, 0.0, 0.0, 0.4, 1.0, 2.0, 5.0, 12.0, 25.0)

# How often what is asked for, among what can be done
LIKES: dict[type, int] = {
    kind: how_often
    for how_often, kinds in {
        40: (c.AcceptFloor, c.AnswerTime),
        25: (c.RaiseHand, c.AllowQuestion),
        15: (c.FinishTurn, c.TakeFloor),
        10: (c.AskTime, c.ResumeTurn, c.ResumeRoom, c.ReopenQueue, c.SayReady),
        6: (c.PassFloor, c.GiveFloor, c.CallOn, c.HoldSilence),
        3: (c.DeferHand, c.MoveHand, c.PassRound, c.UndoEnd, c.LowerHand, c.AddHand, c.SetOrder, c.SetPhase),
        2: (c.HoldOffer, c.SendSignal, c.EndTurn, c.ExtendTurn, c.Equalise),
        1: (c.RingBell, c.BeginSilence, c.BeginBreak, c.PauseRoom, c.PauseTurn, c.BeginRound, c.EndRound, c.CloseQueue),
    }.items()
    for kind in kinds
}


class Walk(World):
    """`steps` says what was done, so that it can be read where a law does not hold."""

    def __init__(self, of: Plan, seed: int, people: int = 5) -> None:
        super().__init__()
        self.chance = random.Random(seed)
        self.told: list[str] = []
        self.events: Counter[type[Event]] = Counter()
        self.begin(of)
        for number in range(people):
            seat = self.joins(Role.PARTICIPANT if number else Role.FACILITATOR)
            self.accepts(seat)
            self.ask("s0", c.Admit(seat))
        self.ask("s0", c.OpenMeeting())

    def goes(self, steps: int) -> None:
        for step in range(steps):
            self.passes(self.chance.choice(MOMENTS))
            self.something()
            for law in LAWS:
                law(self)
            if step % 25 == 24:
                ending.everybody_gets_the_floor(self.state, self.now)

    def something(self) -> None:
        what = self.chance.random()
        if what < 0.05:
            self.somebody_drops_or_is_back()
        elif what < 0.06:
            self.somebody_comes_or_goes()
        elif what < 0.065:
            self.the_server_restarts()
        elif what < 0.07:
            self.does("the agreement changes")
            self.another_agreement()
        elif what < 0.10:
            self.does("time passes")
            self.passes(self.chance.choice([20.0, 61.0]))
        else:
            self.somebody_does_what_can_be_done(LIKES)

    def does(self, what: str) -> None:
        self.told.append(f"{self.now:8.1f} {what}")

    def somebody_does_what_can_be_done(self, likes: Mapping[type, int]) -> None:
        if (reading := agreed.reading(self.state)) and self.chance.random() < 0.3:
            self.does(f"{reading[0]} accepts it")
            return self.accepts(reading[0])
        can = {seat: self.possible(seat) for seat in self.state.kept.circle if present(self.state, seat)}
        kinds = [kind for kind in likes if any(kind in of for of in can.values())]
        if kinds:
            [kind] = self.chance.choices(kinds, [likes[kind] for kind in kinds])
            seat = self.chance.choice([seat for seat, of in can.items() if kind in of])
            command = self.well_aimed(kind, seat)
            self.does(f"{seat} {command}")
            self.ask(seat, command)

    def well_aimed(self, kind: type, seat: str) -> Any:
        """Something of the kind that is done, where a few tries find it."""
        values = values_of(self.state, kind, self.now)
        tries = [kind(**{f.name: self.chance.choice(values[f.name]) for f in FIELDS[kind]}) for _ in range(8)]
        return next((one for one in tries if refusal(self.state, seat, one, self.now) is None), tries[0])

    def somebody_drops_or_is_back(self) -> None:
        seat = self.chance.choice([*self.state.kept.seats])
        if not present(self.state, seat):
            self.does(f"{seat} is back")
            self.returns(seat)
        elif seat != "s0":
            self.does(f"{seat} drops")
            self.ask(SERVER, asks.Drop(seat))

    def somebody_comes_or_goes(self) -> None:
        others = [seat for seat in self.state.kept.seats if seat != "s0"]
        if len(others) > 3:
            seat, erase = self.chance.choice(others), self.chance.random() < 0.5
            self.does(f"{seat} leaves{' and wants to be erased' if erase else ''}")
            self.ask(seat, c.Leave(erase=erase))
            assert not erase or f"'{seat}'" not in repr((self.state.kept, self.state.live, self.stored))
        else:
            seat = self.joins(Role.PARTICIPANT)
            self.does(f"{seat} comes in")
            self.accepts(seat)
            self.ask("s0", c.Admit(seat))

    def the_server_restarts(self) -> None:
        self.does("the server restarts")
        if self.around is not None:
            self.around.here.clear()
        self.state = RoomState(self.state.plan, self.stored.kept)
        self.seen = self.seen_before = see(self.state, None)
        self.ask(SERVER, asks.Restart())
        for seat in self.chance.sample([*self.state.kept.seats], len(self.state.kept.seats)):
            self.returns(seat)

    def writes_down(self, before: RoomState, event: Event, after: RoomState) -> None:
        self.events[type(event)] += 1
        super().writes_down(before, event, after)
