"""Fifty people turn their sound on within five seconds while somebody speaks: when does each hear, and who waits?

The stall is measured as in `storm.py`: the longest that idle people at the door wait for an answer meanwhile.
"""

import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.audio_load import Hired, hired
from benchmarks.audio_room import Lingkar, lingkar
from benchmarks.storm import probe

PEOPLE = 50
WITHIN = 5.0  # seconds
CALM = 3.0  # seconds of nothing before
HEARING = 5.0  # seconds after the last offer in which everyone has to hear


@dataclass(frozen=True)
class Joined:
    """`ms` from sending an offer until the first packet is there, sorted; the longest waits of idle people."""

    ms: list[float]
    stall_ms: float
    calm_ms: float

    def quantile(self, share: float) -> float:
        return self.ms[int(len(self.ms) * share)]


async def joined() -> Joined:
    async with lingkar() as room:
        with ExitStack() as processes:
            speaker, load = (processes.enter_context(hired()) for _ in range(2))
            await room.come(PEOPLE)
            await room.speaker(speaker)
            while speaker.do("waiting")["waiting"]:
                await asyncio.sleep(0.05)
            speaker.do("speak", id=f"{room.name}/speaker")
            async with probe(room.made) as longest:
                await asyncio.sleep(CALM)
                calm = await longest()
                offered = await _offers(room, load)
                heard = await _heard(load)
                stall = await longest()
    return Joined(sorted((heard[id] - at) * 1000 for id, at in offered.items()), stall, calm)


async def _offers(room: Lingkar, load: Hired) -> dict[str, float]:
    """When each was sent."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    offered = {}
    for n, person in enumerate(room.people):
        await asyncio.sleep(max(0.0, begun + n * WITHIN / PEOPLE - loop.time()))
        offered[f"{room.name}/{n}"] = time.monotonic()
        await room.connect(load, str(n), person, "recvonly")
    return offered


async def _heard(load: Hired) -> dict[str, float]:
    """When the first packet came to each."""
    async with asyncio.timeout(HEARING):
        while len(found := load.do("first")) < PEOPLE:
            await asyncio.sleep(0.05)
    return found
