"""How long does an idle person wait for an answer? In a process of its own, so that a busy crowd does not count.

`python -m benchmarks.probe URL LINK`: five people at the door ask for what is refused at once, together 80 times a
second. Prints a line when they are ready and, for each line on standard input, the longest wait in ms since the last.
"""

import asyncio
import sys
import time
from contextlib import suppress

import aiohttp

from benchmarks.crowd import Crowd, Gone, Member
from benchmarks.served import come

PEOPLE = 5
AGAIN = 0.02  # seconds between attempts while the server is away: they are there before anybody else
EVERY = 0.0625  # seconds between two questions of one person: a connection may ask 20 times a second


class Waits:
    """The longest wait so far, the questions that are still open included."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._open: dict[Member, float] = {}

    async def ask(self, member: Member) -> None:
        begun = self._open[member] = time.perf_counter()
        try:
            answer = await member.ask("raise-hand")
        finally:
            del self._open[member]
        assert answer["code"] == "not-admitted", answer
        self._longest = max(self._longest, time.perf_counter() - begun)

    def since_last(self) -> float:
        now = time.perf_counter()
        found = max([self._longest, *(now - begun for begun in self._open.values())])
        self._longest = 0.0
        return found


async def main(url: str, link: str) -> None:
    waits = Waits()
    async with aiohttp.ClientSession() as session:
        people = [await come(session, url, link, Crowd(), f"Idle {n}") for n in range(PEOPLE)]

        async def stay(n: int) -> None:
            """Through the server's end and return; while it is away nobody waits for an answer."""
            while True:
                with suppress(Gone):
                    await _ask_on(waits, people[n], n * EVERY / PEOPLE)
                await asyncio.sleep(AGAIN)
                with suppress(Gone):
                    people[n] = await come(session, url, link, Crowd(), f"Idle {n}")

        asking = [asyncio.create_task(stay(n)) for n in range(PEOPLE)]
        print("ready", flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            for task in asking:
                if task.done():
                    task.result()
            print(waits.since_last() * 1000, flush=True)
        for task in asking:
            task.cancel()
        for member in people:
            await member.leave()


async def _ask_on(waits: Waits, member: Member, after: float) -> None:
    """Until the connection ends: `Gone`."""
    loop = asyncio.get_running_loop()
    due = loop.time() + after
    while True:
        await asyncio.sleep(due - loop.time())
        await waits.ask(member)
        due = max(due + EVERY, loop.time())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
