"""Somebody's network was gone for a moment: how long does the server take to give them their seat back?

From dialling until the snapshot is there, in a room where things happen. How soon a page dials is the page's affair
(see `tests/reliability/network/`).
"""

import asyncio
import time
from collections.abc import Iterator

import aiohttp

from benchmarks.back import do, filled, name
from benchmarks.crowd import Crowd, Member
from benchmarks.figure import Figure
from benchmarks.served import Room, come, room

PEOPLE = 100
RESUMES = 400
RATE = 20.0  # of them a second
GONE = 0.3  # seconds
COMMANDS = 10.0  # a second, that change the queue
RUNS = 3


def figures() -> Iterator[Figure]:
    runs = [asyncio.run(_run()) for _ in range(RUNS)]
    conditions = (
        f"a room of {PEOPLE} people with {COMMANDS:.0f} commands a second that change the queue; {RESUMES} times, "
        f"{RATE:.0f} a second, somebody's network is gone for {GONE} s, half of the times without the server hearing "
        "of it; from dialling again until the snapshot with the same seat is there"
    )
    yield Figure("resume-ms", "ms", conditions + "; median", [_quantile(run, 0.5) for run in runs])
    yield Figure("resume-p95-ms", "ms", conditions, [_quantile(run, 0.95) for run in runs], goal=300.0)


def _quantile(run: list[float], share: float) -> float:
    return sorted(run)[int(len(run) * share)] * 1000


async def _run() -> list[float]:
    async with room() as made, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        lead = await come(session, made.url, made.links["facilitator"], Crowd(), "Facilitator")
        await lead.until(lead.inside)
        await do(lead, "open-meeting")
        await do(lead, "call-on", seat=lead.seat)
        await do(lead, "accept-floor", turn="t1")
        people = await filled(session, made, lead, PEOPLE)
        going_on = asyncio.create_task(_goes_on(people.pop()))
        begun = time.perf_counter()

        async def one(n: int) -> float:
            await asyncio.sleep(max(0.0, begun + n / RATE - time.perf_counter()))
            return await _resumed(session, made, people, n)

        taken = await asyncio.gather(*(one(n) for n in range(RESUMES)))
        going_on.cancel()
        for member in [lead, *people]:
            await member.leave()
    return taken


async def _goes_on(member: Member) -> None:
    while True:
        for type in ("raise-hand", "lower-hand"):
            await do(member, type)
            await asyncio.sleep(1 / COMMANDS)


async def _resumed(session: aiohttp.ClientSession, made: Room, people: list[Member], n: int) -> float:
    """Seconds; by turns, the old connection ends or only falls silent."""
    who = n % len(people)
    was = people[who]
    was.stop_reading()
    if n // len(people) % 2:
        await was.socket.close()
    await asyncio.sleep(GONE)
    fresh = people[who] = Member(was.crowd)
    fresh.resume = was.resume
    begun = time.perf_counter()
    await fresh.connect(session, made.url, {"v": 1, "room": made.id, "resume": was.resume, "name": name(who)})
    await fresh.until(fresh.inside)
    taken = time.perf_counter() - begun
    assert fresh.seat == was.seat, "somebody has another seat than before"
    await was.leave()
    return taken
