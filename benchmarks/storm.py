"""Three hundred people come within three seconds, or come back after the network was gone: who else notices?

The stall is measured from outside: the longest that an idle person waits for an answer meanwhile (see `probe.py`).
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from benchmarks.crowd import Crowd, Member
from benchmarks.figure import Figure
from benchmarks.served import Room, admit, child, come, entry, places, resident, room

PEOPLE = 300
WITHIN = 3.0  # seconds
PLACES = 10  # that they come from
RUNS = 3


@dataclass(frozen=True)
class Storm:
    """`stall_ms`: longest wait of an idle person; `all_s`: from the first connection until everyone had a snapshot."""

    stall_ms: float
    all_s: float


@dataclass(frozen=True)
class Run:
    calm_ms: float  # longest wait in as many quiet seconds before
    coming: Storm
    returning: Storm
    kib: float  # of the server's memory, per person inside


def figures() -> Iterator[Figure]:
    runs = [asyncio.run(_run()) for _ in range(RUNS)]
    calm = max(run.calm_ms for run in runs)
    coming = (
        f"{PEOPLE} people from {PLACES} addresses connect to one room within {WITHIN:.0f} s and accept the agreement; "
        "5 idle people at its door ask 16 times a second each; in a quiet moment before, their longest wait was "
        f"{calm:.1f} ms"
    )
    returning = f"the same {PEOPLE}, admitted, lose their connections at once and resume within {WITHIN:.0f} s"
    stall = "; the longest that an idle person waited for an answer"
    everyone = "; from the first connection until everyone had a snapshot"
    yield Figure("join-stall-ms", "ms", coming + stall, [run.coming.stall_ms for run in runs], goal=100.0)
    yield Figure("join-all-s", "s", coming + everyone, [run.coming.all_s for run in runs])
    yield Figure("return-stall-ms", "ms", returning + stall, [run.returning.stall_ms for run in runs], goal=100.0)
    yield Figure("return-all-s", "s", returning + everyone, [run.returning.all_s for run in runs])
    memory = f"resident memory of the server with {PEOPLE} people in one room, less that before they came, per person"
    yield Figure("person-memory-kib", "KiB", memory, [run.kib for run in runs], goal=50.0)


async def _run() -> Run:
    async with room() as made, places(PLACES) as sessions:
        lead = await come(sessions[0], made.url, made.links["facilitator"], Crowd(), "Facilitator")
        await lead.until(lead.inside)
        async with probe(made) as longest:
            await asyncio.sleep(WITHIN)
            calm, before = await longest(), resident(made.pid)
            members = [Member(Crowd()) for _ in range(PEOPLE)]
            coming = await _storm(members, lambda n: _arrive(sessions[n % PLACES], made, members[n], n), longest)
            for member in members:
                await admit(lead, member)
            kib = (resident(made.pid) - before) / PEOPLE
            again = [Member(Crowd()) for _ in range(PEOPLE)]
            for member in members:
                await member.leave()
            await longest()
            returning = await _storm(
                again, lambda n: _return(sessions[n % PLACES], made, members[n], again[n], n), longest
            )
        for member in [lead, *again]:
            await member.leave()
    return Run(calm, coming, returning, kib)


@asynccontextmanager
async def probe(made: Room) -> AsyncIterator[Callable[[], Awaitable[float]]]:
    """Idle people; what is given asks for their longest wait since it was asked last, in milliseconds."""
    command = [sys.executable, "-m", "benchmarks.probe", made.url, made.links["participant"]]
    with child(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        tell, hear = process.stdin, process.stdout
        assert await asyncio.to_thread(hear.readline) == "ready\n"

        def longest() -> float:
            tell.write("\n")
            tell.flush()
            return float(hear.readline())

        yield lambda: asyncio.to_thread(longest)


async def _storm(
    members: Sequence[Member], arrive: Callable[[int], Awaitable[None]], longest: Callable[[], Awaitable[float]]
) -> Storm:
    begun = time.perf_counter()

    async def one(n: int) -> None:
        await asyncio.sleep(n * WITHIN / len(members))
        await arrive(n)

    await asyncio.gather(*(one(n) for n in range(len(members))))
    return Storm(await longest(), time.perf_counter() - begun)


async def _arrive(session: aiohttp.ClientSession, made: Room, member: Member, n: int) -> None:
    await member.connect(session, made.url, entry(made.links["participant"], f"Person {n}"))
    await member.until(member.shown)
    answer = await member.ask("accept-agreement", version=1)
    assert answer["ok"], answer


async def _return(session: aiohttp.ClientSession, made: Room, was: Member, member: Member, n: int) -> None:
    auth = {"v": 1, "room": made.id, "resume": was.resume, "name": f"Person {n}"}
    await member.connect(session, made.url, auth)
    await member.until(member.inside)
