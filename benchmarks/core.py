"""How long does the room think about one command, with 300 people in it?"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from benchmarks.figure import Figure
from protocol import commands as c
from protocol.commands import Order
from protocol.formats import Movement
from protocol.patch import diff
from protocol.views import Role
from rooms import core
from rooms.asks import Join
from rooms.format import Format
from rooms.privates import Privates
from rooms.state import Plan, RoomState
from rooms.view import Seen, Sight, see
from server.formats import FORMATS

PEOPLE = 300
HANDS = 40
TRIALS = 300
RUNS = 5

SIMPLE = FORMATS["simple"]
FAIR = replace(SIMPLE, phases=(replace(SIMPLE.phases[0], order=Order.FAIR),))
ROUND = replace(SIMPLE, phases=(replace(SIMPLE.phases[0], floor=Movement.ROUND, pause=0),))
ALL_OF_IT = "decide, evolve, settle, three views with their patches, the private parts that changed, the next alarm"


def figures() -> Iterator[Figure]:
    hands = f"{PEOPLE} people, {HANDS} hands up; {ALL_OF_IT}; median of {TRIALS} commands"
    yield Figure("decide-ms", "ms", hands, [_one_run() for _ in range(RUNS)], goal=1.0)
    old = [_one_run(history=20_000) / _one_run() for _ in range(3)]
    yield Figure("decide-vs-history", "ratio", "after 20,000 earlier commands against a fresh meeting", old, goal=1.25)
    fair = f"the same in fair order, where whoever comes now goes ahead of those {HANDS}, who have spoken"
    yield Figure("decide-fair-ms", "ms", fair, [_fair() for _ in range(RUNS)], goal=1.0)
    anew = f"{PEOPLE} people, all but one with a hand up, which another order turns round; {ALL_OF_IT}; median of 40"
    yield Figure("order-ms", "ms", anew, [_orders() for _ in range(RUNS)], goal=20.0)
    around = f"{PEOPLE} people, one round, in which each of them accepts and finishes: a command of those; {ALL_OF_IT}"
    yield Figure("round-ms", "ms", around, [_round() for _ in range(RUNS)], goal=5.0)


def _one_run(history: int = 0) -> float:
    """Milliseconds for the median command."""
    room = _Room(SIMPLE)
    room.somebody_speaks()
    for n in range(history // 2):
        seat = f"p{n % (PEOPLE - 1)}"
        room.does(seat, c.RaiseHand())
        room.does(seat, c.LowerHand())
    room.raised(range(HANDS + 1))
    return room.timed(room.up_and_down())


def _fair() -> float:
    """Those who wait have spoken; who comes now has not, and stands in front of them, and behind nobody."""
    room = _Room(FAIR)
    for n in range(HANDS + 1):
        room.has_a_turn(f"p{n}")
    room.somebody_speaks()
    room.raised(range(HANDS + 1))
    return room.timed(room.up_and_down())


def _orders() -> float:
    room = _Room(SIMPLE)
    for n in range(0, PEOPLE - 1, 2):
        room.has_a_turn(f"p{n}")
    room.somebody_speaks()
    room.raised(range(PEOPLE - 1))
    orders = (Order.FAIR, Order.FIRST_COME) * 20
    return room.timed(("f", partial(c.SetOrder, order)) for order in orders)


def _round() -> float:
    room = _Room(ROUND)

    def steps() -> Iterator[tuple[str, Callable[[], Any]]]:
        while room.turn:
            seat = room.state.kept.turns[room.turn].seat
            yield seat, lambda: c.AcceptFloor(room.turn)
            yield seat, lambda: c.FinishTurn(room.turn)

    taken = room.timed(steps())
    around = room.state.kept.round
    assert around is not None
    assert len(around.had) == PEOPLE
    return taken


class _Room:
    """An open meeting with 300 people, and what was shown of it last."""

    def __init__(self, form: Format) -> None:
        self.state = RoomState(Plan("Tuesday", form))
        self.now = 1.0
        people = [("f", Role.FACILITATOR), *((f"p{n}", Role.PARTICIPANT) for n in range(PEOPLE - 1))]
        for seat, role in people:
            self.does(core.SERVER_SEAT, Join(seat, role, f"Person {seat}"))
            self.does(seat, c.AcceptAgreement(version=1))
            if role is Role.PARTICIPANT:
                self.does("f", c.Admit(seat=seat))
        self.does("f", c.OpenMeeting())
        self.now += 10.0

    @property
    def turn(self) -> str:
        return next(iter(self.state.kept.turns), "")

    def does(self, seat: str, command: Any) -> None:
        self.state = core.handle(self.state, seat, command, self.now).state

    def has_a_turn(self, seat: str) -> None:
        self.does("f", c.CallOn(seat=seat))
        self.does(seat, c.AcceptFloor(turn=self.turn))
        self.now += 10.0
        self.does(seat, c.FinishTurn(turn=self.turn))
        self.now += 10.0  # the quiet after it

    def somebody_speaks(self) -> None:
        """So that hands stay in the queue."""
        self.does("f", c.CallOn(seat="f"))
        self.does("f", c.AcceptFloor(turn=self.turn))

    def raised(self, people: Sequence[int]) -> None:
        for n in people:
            self.does(f"p{n}", c.RaiseHand())

    def up_and_down(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        """Hands of people who have none up."""
        for n in range(TRIALS):
            yield f"p{HANDS + 1 + (n // 2) % (PEOPLE - HANDS - 2)}", c.RaiseHand if n % 2 == 0 else c.LowerHand

    def timed(self, steps: Iterator[tuple[str, Callable[[], Any]]]) -> float:
        """Milliseconds for the median of these."""
        seen, privates = see(self.state, None), Privates(self.state)
        taken = []
        for seat, command in steps:
            asked = command()
            begun = time.perf_counter()
            self.does(seat, asked)
            seen, privates = _shown(self.state, seen, privates)
            core.alarm(self.state)
            taken.append(time.perf_counter() - begun)
        return sorted(taken)[len(taken) // 2] * 1000


def _shown(state: RoomState, before: Seen, old: Privates) -> tuple[Seen, Privates]:
    """What `server/streams.py` does with a new state, but for the encoding."""
    seen, privates = see(state, before), Privates(state)
    for sight in Sight:
        diff(before.view(sight), seen.view(sight))
    for seat in privates.others(old):
        privates.of(seat)
    return seen, privates
