"""A room that goes on while somebody else does harm, and what the server looks like afterwards.

    async with beside(server) as home:
        ...  # whatever may go wrong, by people of `home`, who come from an address of their own

In the room beside it Ada leads, Budi has the floor, Citra's hand is up and Dewi stands at the door. All the while Ada
closes and opens the queue. At the end: each of them has what they had, what they were shown is what the server would
show them now, Dewi has heard nothing; the server has as many connections, tasks, threads and open files as before, no
failure of its own was counted, memory is where it was, and the log has said nothing, or what was expected, once.
"""

import asyncio
import itertools
import os
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.reliability.faults.raw import close_all
from tests.server.person import Person
from tests.server.running import House, Room, Running, house

PATIENCE = 30.0  # seconds; a condition is waited for, this only ends a broken test
GROWTH = 24  # MiB that the process may have grown: the memory that Python keeps for the next flood
PAUSE = 0.15  # seconds between two things that Ada does: within what one connection may ask for

BUSY = r"the server has stood still|there is no sound"  # what a machine that does too much may bring a server to say

_numbers = itertools.count(1)


def an_address() -> str:
    """Where nobody came from before: what one test did is not held against the next."""
    number = (os.getpid() % 128) * 1000 + next(_numbers)
    return f"127.{1 + (number >> 16 & 0x3F)}.{number >> 8 & 0xFF}.{number & 0xFF}"


class Baseline(NamedTuple):
    """What must be as it was."""

    people: float
    peers: float
    tasks: float
    bugs: float
    files: int
    threads: int


def memory(pid: int) -> float:
    """MiB that the process really occupies."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - what they lead to is nothing to look at


async def gauges(home: House) -> dict[str, float]:
    """`/metrics` by name; those with labels added up."""
    headers = {"Authorization": f"Bearer {home.server.token}", "Connection": "close"}
    async with home.session.get(f"{home.server.url}/metrics", headers=headers) as answer:
        assert answer.status == 200
        text = await answer.text()
    found: dict[str, float] = {}
    for name, value in re.findall(r"^(\w+)(?:\{[^}]*\})? (\S+)$", text, re.MULTILINE):
        found[name] = found.get(name, 0.0) + float(value)
    return found


async def baseline(home: House) -> Baseline:
    numbers = await gauges(home)
    pid = home.server.pid
    threads = len(os.listdir(f"/proc/{pid}/task"))  # noqa: PTH208
    return Baseline(
        numbers["lingkar_people"],
        numbers["lingkar_peers"],
        numbers["lingkar_tasks"],
        numbers.get("lingkar_bugs_total", 0.0),
        files(pid),
        threads,
    )


async def until(fact: Callable[[], Any], within: float = PATIENCE) -> Any:
    """Wait for something that nobody signals."""
    async with asyncio.timeout(within):
        while not (found := fact()):
            await asyncio.sleep(0.02)
    return found


async def speaks(lead: Person, person: Person) -> None:
    """From now on they have the floor."""
    await lead.do("call-on", seat=person.seat)
    await person.until(lambda me: me.you.get("turn"))
    await person.do("accept-floor", turn=person.you["turn"])


class Quiet:
    """The room that goes on."""

    def __init__(self, home: House, room: Room, people: list[Person], waiting: Person) -> None:
        self.home, self.room, self.waiting = home, room, waiting
        self.lead, self.speaker, self.listener = people
        self.trips = 0
        self._heard = len(waiting.heard)
        self._ends = asyncio.Event()
        self._may = asyncio.Lock()
        self._going = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        while not self._ends.is_set():
            async with self._may:
                await self.lead.do("close-queue")
                await self.lead.do("reopen-queue")
            self.trips += 1
            await asyncio.sleep(PAUSE)

    def waits(self) -> asyncio.Lock:
        """`async with`: meanwhile Ada asks for nothing."""
        return self._may

    async def moves(self) -> None:
        """Ada is answered twice more from now on: nothing stands still."""
        so_far = self.trips
        await until(lambda: self.trips >= so_far + 2 or self._going.done())
        assert not self._going.done(), self._going.exception()

    async def stop(self) -> None:
        self._ends.set()
        await self._going

    async def unharmed(self) -> None:
        """Everybody has what they had, and has been told all of it."""
        people = [self.lead, self.speaker, self.listener]
        [turn] = self.lead.view["turns"].values()
        assert (turn["seat"], turn["state"]) == (self.speaker.seat, "speaking")
        assert [self.lead.view["hands"][hand]["seat"] for hand in self.lead.view["queue"]] == [self.listener.seat]
        for person in people:
            assert (person.bye, person.gaps, person.closed.is_set()) == (None, 0, False)
            assert self.lead.view["people"][person.seat]["present"]
        assert len(self.waiting.heard) == self._heard
        shown = dict(self.listener.view)
        again = await self.home.person().come_back(self.listener)
        await again.until(lambda me: me.view["people"][me.seat]["present"])
        assert again.view == shown
        assert self.listener.bye == {"code": "elsewhere"}


async def sound(home: House) -> None:
    """Wait until the server has tried its sound out."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with home.session.get(f"{home.server.url}/healthz") as answer:
                if (await answer.json())["audio"] != "starting":
                    return
            await asyncio.sleep(0.05)


@asynccontextmanager
async def quiet(server: Running) -> AsyncIterator[Quiet]:
    async with house(server, an_address()) as home:
        await sound(home)
        room, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
        waiting = await home.waiting(room, "Dewi")
        await speaks(ada, budi)
        await citra.do("raise-hand")
        await ada.until(lambda me: me.view["queue"] and me.view["waiting"])
        found = Quiet(home, room, [ada, budi, citra], waiting)
        try:
            yield found
        finally:
            await found.stop()


@asynccontextmanager
async def beside(server: Running, says: Sequence[str] = (), growth: float = GROWTH) -> AsyncIterator[House]:
    """`says`: patterns of log lines that may be said, each once. `growth`: MiB."""
    async with quiet(server) as room:
        said = len(server.said)
        before, size = await baseline(room.home), memory(server.pid)
        async with AsyncExitStack() as stack:
            home = await stack.enter_async_context(house(server, an_address()))
            stack.callback(close_all)
            yield home
            await room.moves()
        await without_other_rooms(room)
        await returned(room.home, before)
        await room.stop()
        await room.unharmed()
        assert memory(server.pid) < size + growth
        quietly(server.said[said:], says)
        status, _ = await room.home.api("DELETE", f"/api/rooms/{room.room.id}")
        assert status == 204


async def without_other_rooms(room: Quiet) -> None:
    """Those that were made for the harm are removed; that works, too."""
    _, listed = await room.home.api("GET", "/api/rooms")
    for other in listed["rooms"]:
        if other["id"] != room.room.id:
            status, _ = await room.home.api("DELETE", f"/api/rooms/{other['id']}")
            assert status == 204


async def returned(home: House, before: Baseline) -> None:
    """Everything that could pile up is where it was, or below."""
    now = before
    try:
        async with asyncio.timeout(PATIENCE):
            while any(number > was for number, was in zip(now, before, strict=True)) or now is before:
                await asyncio.sleep(0.05)
                now = await baseline(home)
    except TimeoutError:
        raise AssertionError(f"before: {before}\nnow: {now}") from None


def quietly(said: str, says: Sequence[str]) -> None:
    """Nothing was said but what was expected, each once; never a traceback."""
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if not re.search(BUSY, line)]
    for line in lines:
        assert any(re.search(pattern, line) for pattern in says), said
    assert len(lines) == len(set(lines)), said


def said(server: Running) -> str:
    """What it said after its start."""
    return server.said.partition("Ctrl-C")[2].partition("\n")[2]
