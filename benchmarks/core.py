"""How long does the room think about one command, with 300 people in it?"""

import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from protocol import commands as c
from protocol.patch import diff
from protocol.views import Role
from rooms import core
from rooms.asks import Join
from rooms.privates import Privates
from rooms.state import Plan, RoomState
from rooms.view import Seen, Sight, see
from server.formats import FORMATS

PEOPLE = 300
HANDS = 40
TRIALS = 300


def figures() -> Iterator[Figure]:
    conditions = (
        f"{PEOPLE} people, {HANDS} hands up; decide, evolve, settle, three views with their patches, the "
        f"private parts that changed, the next alarm; median of {TRIALS} commands"
    )
    yield Figure("decide-ms", "ms", conditions, [_one_run() for _ in range(5)], goal=1.0)
    old = [_one_run(history=20_000) / _one_run() for _ in range(3)]
    yield Figure("decide-vs-history", "ratio", "after 20,000 earlier commands against a fresh meeting", old, goal=1.25)


def _one_run(history: int = 0) -> float:
    """Milliseconds for the median command."""
    state = _meeting()
    for n in range(history // 2):
        seat = f"p{n % (PEOPLE - 1)}"
        if not any(hand.seat == seat for hand in state.kept.hands.values()):
            state = core.handle(state, seat, c.RaiseHand(), 10.0).state
            state = core.handle(state, seat, c.LowerHand(), 10.0).state
    for n in range(HANDS + 1):
        state = core.handle(state, f"p{n}", c.RaiseHand(), 10.0).state
    seen, privates = see(state, None), Privates(state)
    taken = []
    for n in range(TRIALS):
        seat = f"p{HANDS + 1 + (n // 2) % (PEOPLE - HANDS - 1)}"
        command = c.RaiseHand() if n % 2 == 0 else c.LowerHand()
        begun = time.perf_counter()
        state = core.handle(state, seat, command, 11.0).state
        seen, privates = _shown(state, seen, privates)
        core.alarm(state)
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


def _meeting() -> RoomState:
    state = RoomState(Plan("Tuesday", FORMATS["simple"]))
    people = [("f", Role.FACILITATOR), *((f"p{n}", Role.PARTICIPANT) for n in range(PEOPLE - 1))]
    for seat, role in people:
        state = core.handle(state, core.SERVER_SEAT, Join(seat, role, f"Person {seat}"), 1.0).state
        state = core.handle(state, seat, c.AcceptAgreement(version=1), 1.0).state
        if role is Role.PARTICIPANT:
            state = core.handle(state, "f", c.Admit(seat=seat), 1.0).state
    for command in (c.OpenMeeting(), c.CallOn(seat="f"), c.AcceptFloor(turn="t1")):  # hands stay in the queue
        state = core.handle(state, "f", command, 2.0).state
    return state
