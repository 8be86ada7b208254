"""The hosts' board: all rooms in numbers, told to whoever looks on as they change.

One look a second serves all who look on, and there is none while nobody does. What passing time alone changes is told
every `AGAIN` seconds: whoever looks on can count on from `at`.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from operator import is_

import msgspec

from rooms.state import RoomState
from server.directory import Directory
from server.numbers import RoomNumbers, clockless

LOOK = 1.0  # seconds between looks
AGAIN = 10.0  # seconds after which times are told again, if one of them runs
MOST = 32  # who can look on at once


class Onlooker:
    """Somebody who looks on. Only the latest is kept for them: whoever is slow misses what was in between."""

    def __init__(self, gone: Callable[[], bool]) -> None:
        self.gone = gone  # the connection is no more
        self.latest: bytes | None = None
        self.over = False
        self._told = asyncio.Event()
        self._reading: asyncio.Timeout | None = None

    def tell(self, body: bytes) -> None:
        self.latest = body
        self._told.set()

    async def next(self, within: float) -> bytes | None:
        """What is new; None when nothing was for so many seconds, or when it is over."""
        if self.latest is None and not self.over:
            self._told.clear()
            try:
                await asyncio.wait_for(self._told.wait(), within)
            except TimeoutError:
                return None
        body, self.latest = self.latest, None
        return body

    @asynccontextmanager
    async def reading(self, within: float) -> AsyncIterator[None]:
        """What they have been sent, until they have it. `TimeoutError` after so many seconds, or when it is over."""
        try:
            async with asyncio.timeout(within) as self._reading:
                yield
        finally:
            self._reading = None

    def end(self) -> None:
        """At once, whether they read or not."""
        self.over = True
        self._told.set()
        if self._reading is not None:
            self._reading.reschedule(asyncio.get_running_loop().time())


class Board:
    def __init__(self, rooms: Directory, wall: Callable[[], float] = time.time) -> None:
        self._rooms, self._wall = rooms, wall
        self._onlookers: set[Onlooker] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._states: list[RoomState] = []  # what the last look saw
        self._told: list[RoomNumbers] = []
        self._told_at = 0.0  # on the loop's clock
        self._stopped = False

    @property
    def onlookers(self) -> int:
        return len(self._onlookers)

    def now(self) -> bytes:
        """All rooms, as JSON."""
        return self._body(self._numbers())

    def watch(self, gone: Callable[[], bool]) -> Onlooker | None:
        """Somebody looks on from now on, and is told at once how it is; None when as many do as can."""
        for one in [one for one in self._onlookers if one.gone()]:
            self.leave(one)
        if self._stopped or len(self._onlookers) >= MOST:
            return None
        onlooker = Onlooker(gone)
        self._onlookers.add(onlooker)
        onlooker.tell(self.now())
        if self._timer is None:
            self._told = self._numbers()
            self._told_at = asyncio.get_running_loop().time()
            self._look_soon()
        return onlooker

    def leave(self, onlooker: Onlooker) -> None:
        self._onlookers.discard(onlooker)
        onlooker.end()
        if not self._onlookers and self._timer is not None:
            self._timer.cancel()
            self._timer, self._states, self._told = None, [], []

    def stop(self) -> None:
        """The server stops: nobody looks on any more."""
        self._stopped = True
        for onlooker in tuple(self._onlookers):
            self.leave(onlooker)

    def _look_soon(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(LOOK, self._look)

    def _look(self) -> None:
        self._look_soon()
        now = asyncio.get_running_loop().time()
        before, self._states = self._states, [room.live.state for room in self._rooms.rooms()]
        again = now - self._told_at >= AGAIN
        if not again and len(before) == len(self._states) and all(map(is_, before, self._states)):
            return  # nothing has happened anywhere
        numbers = self._numbers()
        if numbers == self._told or (not again and list(map(clockless, numbers)) == list(map(clockless, self._told))):
            return
        self._told, self._told_at = numbers, now
        body = self._body(numbers)
        for onlooker in self._onlookers:
            onlooker.tell(body)

    def _numbers(self) -> list[RoomNumbers]:
        return [room.numbers() for room in self._rooms.rooms()]

    def _body(self, numbers: list[RoomNumbers]) -> bytes:
        at = datetime.fromtimestamp(self._wall(), UTC).isoformat(timespec="milliseconds")
        return msgspec.json.encode({"at": at, "rooms": numbers})
