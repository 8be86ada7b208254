"""Five hundred people are in rooms when the server is killed: when is everybody back, and who waits meanwhile?

Each of them tries when a page would, which is read from the page's own code. The stall is measured from outside by idle
people, who are back as soon as the server answers (see `probe.py`).
"""

import asyncio
import itertools
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.crowd import Crowd, Gone, Member
from benchmarks.figure import Figure
from benchmarks.served import Lingkar, Room, admit, come, lingkar, make_room
from benchmarks.storm import probe

CONNECTION = Path(__file__).parent.parent / "static" / "js" / "connection.js"
JITTER = "(0.5 + Math.random())"
MANY = (25,) * 20  # people in each room
LARGE = (300, *(25,) * 8)  # a room has 320 seats at most
WITH_HANDS = 5  # in each room
AT_ONCE = 20  # who come to one room together, before anything is measured
RUNS = 3
ATTEMPT = 10.0  # seconds that a page gives one attempt, from dialling to the first snapshot


def pauses(chance: random.Random) -> Iterator[float]:
    """Seconds before each attempt of one page after a drop (`retry` in `connection.js`, for the first two minutes)."""
    code = CONNECTION.read_text()
    found = re.search(r"^const STEPS = \[([\d., ]+)\]$", code, re.MULTILINE)
    if found is None or JITTER not in code:
        raise RuntimeError(f"{CONNECTION} tries again in another way than this benchmark knows")
    steps = [float(step) for step in found[1].split(",")]
    for step in itertools.chain(steps, itertools.repeat(steps[-1])):
        yield step * (0.5 + chance.random())


@dataclass(frozen=True)
class Run:
    """Seconds since the kill: until the server answered, and until each of the people had their seat back."""

    served_s: float
    back_s: Sequence[float]
    stall_ms: float
    calm_ms: float  # longest wait in a quiet moment before

    @property
    def p95(self) -> float:
        return sorted(self.back_s)[int(len(self.back_s) * 0.95)]


def figures() -> Iterator[Figure]:
    yield from _told("", MANY)
    yield from _told("-large", LARGE)


def _told(name: str, sizes: Sequence[int]) -> Iterator[Figure]:
    runs = [asyncio.run(_run(sizes, seed)) for seed in range(RUNS)]
    people, served = sum(sizes), max(run.served_s for run in runs)
    calm = max(run.calm_ms for run in runs)
    rooms = " + ".join(f"{len(list(same))} of {size}" for size, same in itertools.groupby(sizes))
    conditions = (
        f"{people} people in {len(sizes)} rooms ({rooms}), {WITH_HANDS} hands up in each; the server is killed "
        f"(SIGKILL) and started again at once, and answers again within {served:.2f} s; everybody comes back by the "
        "page's own schedule to the seat and the place in the queue that they had; seconds since the kill"
    )
    stall = (
        f"the same; the longest that one of 5 idle people at a door, who ask 16 times a second each, waited for an "
        f"answer from when the server answers; in a quiet moment before, {calm:.1f} ms"
    )
    yield Figure(f"back-{people}{name}-s", "s", conditions, [max(run.back_s) for run in runs], goal=10.0)
    yield Figure(f"back-{people}{name}-p95-s", "s", conditions, [run.p95 for run in runs])
    yield Figure(f"back-{people}{name}-stall-ms", "ms", stall, [run.stall_ms for run in runs])


@dataclass(frozen=True)
class _Seated:
    """Somebody in a room, as they were when the server went away."""

    room: Room
    name: str
    member: Member


async def _run(sizes: Sequence[int], seed: int) -> Run:
    chance = random.Random(seed)
    with lingkar() as server:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            people = await _seated(session, server, sizes)
            async with probe(people[0].room) as longest:
                await asyncio.sleep(3)
                calm = await longest()
                async with _returning(session, people, chance) as returning:
                    killed = time.perf_counter()
                    await asyncio.to_thread(server.kill)
                    await longest()
                    await asyncio.to_thread(server.start)
                    served = time.perf_counter() - killed
                    back = await returning()
                stall = await longest()
    return Run(served, [at - killed for at in back], stall, calm)


async def _seated(session: aiohttp.ClientSession, server: Lingkar, sizes: Sequence[int]) -> list[_Seated]:
    """Rooms with everybody inside, and some hands up while somebody speaks."""
    rooms = [await make_room(server) for _ in sizes]
    filled = await asyncio.gather(*(_filled(session, room, size) for room, size in zip(rooms, sizes, strict=True)))
    return [person for people in filled for person in people]


async def _filled(session: aiohttp.ClientSession, room: Room, size: int) -> list[_Seated]:
    lead = await come(session, room.url, room.links["facilitator"], Crowd(), "Facilitator")
    await lead.until(lead.inside)
    await do(lead, "open-meeting")
    await do(lead, "call-on", seat=lead.seat)
    await do(lead, "accept-floor", turn="t1")
    others = await filled(session, room, lead, size - 1)
    people = [_Seated(room, "Facilitator", lead), *(_Seated(room, name(n), one) for n, one in enumerate(others))]
    for person in people[1 : 1 + WITH_HANDS]:
        await do(person.member, "raise-hand")
    return people


async def filled(session: aiohttp.ClientSession, room: Room, lead: Member, count: int) -> list[Member]:
    """So many more in the room, by `name`."""
    link = room.links["participant"]
    people: list[Member] = []
    for first in range(0, count, AT_ONCE):
        some = range(first, min(count, first + AT_ONCE))
        waiting = await asyncio.gather(*(come(session, room.url, link, Crowd(), name(n)) for n in some))
        for member in waiting:
            await admit(lead, member)
        people += waiting
    return people


def name(n: int) -> str:
    return f"Person {n}"


async def do(member: Member, type: str, **fields: str) -> None:
    answer = await member.ask(type, **fields)
    assert answer["ok"], answer


@asynccontextmanager
async def _returning(
    session: aiohttp.ClientSession, people: Sequence[_Seated], chance: random.Random
) -> AsyncIterator[Callable[[], Awaitable[Sequence[float]]]]:
    """Everybody comes back when their connection ends; what is given waits for all, and says when each one was."""
    back: list[Member] = []

    async def one(person: _Seated) -> float:
        await person.member.gone.wait()
        fresh = await returned(session, person.room, person.name, person.member, chance)
        back.append(fresh)
        assert fresh.seat == person.member.seat, "somebody has another seat than before"
        assert fresh.place == person.member.place, "somebody has another place in the queue than before"
        return time.perf_counter()

    tasks = [asyncio.create_task(one(person)) for person in people]

    async def all_of_them() -> Sequence[float]:
        return await asyncio.gather(*tasks)

    try:
        yield all_of_them
    finally:
        for task in tasks:
            task.cancel()
        for member in back:
            await member.leave()


async def returned(session: aiohttp.ClientSession, room: Room, name: str, was: Member, chance: random.Random) -> Member:
    """The same person on a new connection, after as many attempts as it takes."""
    auth = {"v": 1, "room": room.id, "resume": was.resume, "name": name}
    for pause in pauses(chance):
        await asyncio.sleep(pause)
        fresh = Member(was.crowd)
        fresh.resume = was.resume
        try:
            async with asyncio.timeout(ATTEMPT):
                await fresh.connect(session, room.url, auth)
                await fresh.until(fresh.inside)
            return fresh
        except (Gone, TimeoutError):
            continue
    raise AssertionError("there is always another attempt")
