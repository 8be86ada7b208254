"""What holds in every meeting, whatever people do, in whatever order, whenever; see `laws/`.

A state machine joins, drops, asks for everything, waits and restarts, and long walks go through rounds, questions and
silences; after each step every law is checked. Set `LINGKAR_LAWS=long` for a long run with new examples each time.
"""

import os
from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from protocol import commands as c
from protocol.views import TurnState
from rooms import core
from rooms.events import Event, FloorAccepted
from rooms.fitting import misfits
from rooms.state import Plan
from tests.conftest import a_seed
from tests.given import Scene
from tests.given import given as scene_of
from tests.rooms.laws.machine import Meetings
from tests.rooms.laws.plans import FAIR, ODD, ONCE, PLAIN, ROUND, SEATED, TWO, room
from tests.rooms.laws.walk import ROOMS, Walk

LONG = os.environ.get("LINGKAR_LAWS") == "long"
pytestmark = pytest.mark.timeout(7200 if LONG else 600)  # on a busy machine, too

TestMeetings = pytest.mark.no_cover(Meetings.TestCase)  # twice as fast, and the walks come to the same lines
TestMeetings.settings = settings(
    max_examples=1_500 if LONG else 80,
    stateful_step_count=80 if LONG else 40,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@pytest.mark.parametrize("name", ROOMS)
def test_a_long_walk(name: str) -> None:
    """Further than the machine comes: 250 things that people do with the floor, one after the other."""
    seed, events = a_seed(), Counter[type[Event]]()
    for number in range(300 if LONG else 3):
        walk = Walk(ROOMS[name], seed * 1000 + number)
        try:
            walk.goes(250)
        except BaseException:
            print(*walk.told[-60:], sep="\n")
            raise
        events += walk.events
    assert events[FloorAccepted] > 20


@pytest.mark.parametrize("of", ODD, ids=lambda of: of.format.name)
def test_the_odd_rooms_could_be_made(of: Plan) -> None:
    assert list(misfits(of.format)) == []


class Guest(msgspec.Struct, frozen=True):
    """How somebody answers offers, before saying yes; how long they speak then; how often they want to."""

    kind: c.HandKind
    answers: list[str]
    seconds: float
    turns: int


GUESTS = st.lists(
    st.builds(
        Guest,
        kind=st.sampled_from([c.HandKind.SHARE, c.HandKind.PROCESS]),
        answers=st.lists(st.sampled_from(["later", "ignore", "drop"]), max_size=3),
        seconds=st.sampled_from([0.0, 3.0, 40.0, 400.0]),
        turns=st.integers(1, 3),
    ),
    min_size=1,
    max_size=5,
)
QUEUES = (*PLAIN[:2], *PLAIN[3:5], room(FAIR), room(SEATED), room(TWO))


@settings(max_examples=800 if LONG else 120, derandomize=not LONG, deadline=None)
@given(GUESTS, st.sampled_from(QUEUES))
def test_nobody_starves(guests: list[Guest], of: Plan) -> None:
    """Whoever stays, is here and says yes in the end gets the floor, as often as they asked for it."""
    people = {f"g{number}": guest for number, guest in enumerate(guests)}
    scene = scene_of("ada", *people, of=of)
    for seat, guest in people.items():
        scene = scene.when(seat, c.RaiseHand(guest.kind))
    answered, spoke = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for _ in range(400):
        offer = next((turn for turn in scene.state.kept.turns.values() if turn.state is TurnState.OFFERED), None)
        if offer is None:
            due = core.alarm(scene.state)
            if due is None:
                break
            scene = scene.wait(due)
            continue
        seat, guest = offer.seat, people[offer.seat]
        if answered[seat] < len(guest.answers):
            answered[seat] += 1
            scene = answer(scene, seat, guest.answers[answered[seat] - 1])
        else:
            spoke[seat] += 1
            scene = shares(scene, seat, guest, spoke[seat])
    assert spoke == {seat: guest.turns for seat, guest in people.items()}
    assert scene.queue == ()


GIVEN = st.lists(st.lists(st.integers(0, 4), max_size=6), min_size=2, max_size=5)


@settings(max_examples=800 if LONG else 80, derandomize=not LONG, deadline=None)
@given(GIVEN, st.integers(1, 5), st.sampled_from([room(FAIR), room(replace(PLAIN[0].format.phases[0], give=True))]))
def test_nobody_starves_however_the_piece_is_given(gives: list[list[int]], hands: int, of: Plan) -> None:
    """Whoever speaks gives it on wherever they may, for ever: to those whom they like, one after the other. Everybody
    who had a hand up gets the floor all the same."""
    people = {f"g{number}": wishes for number, wishes in enumerate(gives)}
    scene = scene_of("ada", *people, of=of)
    waiting = {*list(people)[:hands]}
    for seat in list(people)[:hands]:
        scene = scene.raises(seat)
    for number in range(60):
        turn = scene.turn
        if turn is None:
            due = core.alarm(scene.state)
            if due is None:
                break
            scene = scene.wait(due)
        elif turn.state is TurnState.OFFERED:
            scene = scene.when(turn.seat, c.AcceptFloor(scene.turn_id))
            waiting.discard(turn.seat)
        else:
            scene = gives_on(scene, turn.seat, [*people], people.get(turn.seat, []), number)
    assert waiting == set()


def gives_on(scene: Scene, seat: str, people: list[str], wishes: list[int], number: int) -> Scene:
    to = people[(wishes[number % len(wishes)] if wishes else number) % len(people)]
    given_on = scene.when(seat, c.GiveFloor(scene.turn_id, to), at=scene.now + 3)
    return given_on if given_on.code is None else scene.when(seat, c.FinishTurn(scene.turn_id), at=scene.now + 3)


def turn_of(scene: Scene, seat: str) -> str:
    return next(id for id, turn in scene.state.kept.turns.items() if turn.seat == seat)


def answer(scene: Scene, seat: str, how: str) -> Scene:
    """Anything but yes."""
    turn = turn_of(scene, seat)
    if how == "later":
        return scene.when(seat, c.PassFloor(turn, later=True))
    if how == "ignore":
        return scene.wait(scene.state.kept.turns[turn].until)
    return scene.drops(seat).returns(seat, at=scene.now + 1)


def shares(scene: Scene, seat: str, guest: Guest, times: int) -> Scene:
    """Says yes, speaks, and raises a hand again for the next time."""
    turn = turn_of(scene, seat)
    scene = scene.when(seat, c.AcceptFloor(turn))
    if turn in scene.wait(scene.now + guest.seconds).state.kept.turns:
        scene = scene.when(seat, c.FinishTurn(turn), at=scene.now + guest.seconds)
    else:  # it ended at its announced moment
        scene = scene.wait(scene.now + guest.seconds)
    return scene.when(seat, c.RaiseHand(guest.kind)) if times < guest.turns else scene


ROUND_ANSWERS = st.lists(st.sampled_from(["yes", "pass", "later", "ignore", "drop", "by", "give"]), max_size=4)


@settings(max_examples=800 if LONG else 120, derandomize=not LONG, deadline=None)
@given(st.lists(ROUND_ANSWERS, min_size=1, max_size=5), st.sampled_from([ROUND, ONCE]))
def test_a_round_comes_to_everybody_and_to_its_end(everybody: list[list[str]], phase: object) -> None:
    """However people answer: nobody has two turns, everybody who would say yes in the end has one, and it ends."""
    people = {f"g{number}": list(answers) for number, answers in enumerate(everybody)}
    scene = scene_of("ada", *people, of=room(phase))  # type: ignore[arg-type]
    had: list[str] = []
    for _ in range(400):
        around = scene.state.kept.round
        if around is None or around.over:
            break
        offer = next(((id, turn) for id, turn in scene.state.kept.turns.items()), None)
        if offer is None or offer[1].state is not TurnState.OFFERED:
            due = core.alarm(scene.state)
            assert due is not None, "the round waits for nothing"
            scene = scene.wait(due)
            continue
        id, turn = offer
        seat = turn.seat
        how = people[seat].pop(0) if people.get(seat) else "yes"
        scene, spoke = in_the_round(scene, id, seat, how)
        had += [seat] if spoke else []
    assert scene.state.kept.round is None or scene.state.kept.round.over
    assert len(set(had)) == len(had), "nobody twice"
    asked_twice = isinstance(phase, type(ROUND)) and phase.second_sweep
    for seat, answers in {f"g{n}": a for n, a in enumerate(everybody)}.items():
        declined = sum(how in ("pass", "ignore", "by") for how in answers)
        if declined == 0 or (asked_twice and declined == 1):
            assert seat in had, f"{seat} would have said yes"


def in_the_round(scene: Scene, id: str, seat: str, how: str) -> tuple[Scene, bool]:
    """The scene after this answer, and whether they spoke."""
    if how == "pass":
        return scene.when(seat, c.PassFloor(id)), False
    if how in ("later", "ignore", "drop"):
        return answer(scene, seat, how), False
    if how == "by":
        return scene.when(seat, c.PassFloor(id)), False
    scene = scene.when(seat, c.AcceptFloor(id))
    around = scene.state.kept.round
    waiting = around.waiting if around else ()
    if how == "give" and waiting:
        given_to = scene.when(seat, c.GiveFloor(id, waiting[-1]), at=scene.now + 3)
        if given_to.code is None:
            return given_to, True
    return scene.when(seat, c.FinishTurn(id), at=scene.now + 3), True
