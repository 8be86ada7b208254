"""The journal: everything durable of one data folder, many rooms to one commit.

The event loop never waits: what is to be written goes into a queue for a thread of its own (see `writer.py`), so that
a single command waits for one commit and many rooms share its cost. What became of it is told on the loop.
"""

import asyncio
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Self

import msgspec

from server import stored
from server.database import DataDamaged, DataFolderInUse, DataNewer, DataRefused, DataUnusable, lock_folder, prepare
from server.stored import MeetingRow, RoomRow
from server.writer import Chain, Done, Entry, Write, Writer

__all__ = [
    "Chain",
    "DataDamaged",
    "DataFolderInUse",
    "DataNewer",
    "DataRefused",
    "DataUnusable",
    "Journal",
    "MeetingRow",
    "RoomRow",
    "StorageFailed",
]

Events = Sequence[tuple[float, bytes]]  # meeting time, body


class StorageFailed(Exception):
    """It could not be made durable; nothing changed. Trying again may help."""


class Journal:
    """Everything durable of one data folder. Its methods are for the event loop; a thread of its own writes."""

    @classmethod
    def open(cls, folder: Path, loop: asyncio.AbstractEventLoop | None = None, *, busy: float = 5.0) -> Self:
        """Take the data folder and start writing; `loop` is the running one when left out.

        `busy`: seconds that a commit waits for another program's lock before it fails. Raises `DataRefused`, which is
        one of `DataFolderInUse`, `DataUnusable`, `DataDamaged`, `DataNewer`.
        """
        loop = loop or asyncio.get_running_loop()
        lock = lock_folder(folder)
        try:
            return cls(prepare(folder), lock, loop, busy)
        except BaseException:
            os.close(lock)
            raise

    def __init__(self, path: Path, lock: int, loop: asyncio.AbstractEventLoop, busy: float) -> None:
        self._path, self._loop = path, loop
        self._writer = Writer(path, lock, loop, busy)

    # What was found: for the start

    def rooms(self) -> list[RoomRow]:
        """All rooms, oldest first. Reads the disk. Raises `DataRefused`."""
        return stored.read_rooms(self._path)

    def meetings(self) -> list[MeetingRow]:
        """All meetings that are not over, with their events in order. Reads the disk. Raises `DataRefused`."""
        return stored.read_meetings(self._path)

    # What is written

    def append(self, chain: Chain, events: Events, done: Done) -> None:
        """Write events at the chain's end; `done(True)` is called when they are on the disk.

        `done(False)`: nothing of them is. Calls come in the order of the appends, never from inside this one. An append
        without events has its place in this order too.
        """
        n = chain.next_n
        chain.next_n = n + len(events)
        self._writer.put(Entry(partial(stored.add_events, chain.meeting, n, _rows(events, n)), done, chain=chain))

    def replace(self, chain: Chain, events: Events, done: Done, gone: Done) -> None:
        """Write events in the place of all that the meeting has, in its order with the appends. After `done(True)`,
        `gone(True)` says that no byte is left of what was there before; that may take as long as another program reads
        the database."""
        chain.next_n = len(events)
        write = partial(stored.replace_events, chain.meeting, _rows(events, 0))
        self._writer.put(Entry(write, done, gone, chain))

    def mark(self, meeting: str, at: float) -> None:
        """Note that meeting time has come this far. Best effort: only the latest counts, nobody is told."""
        self._writer.mark(meeting, at)

    def begin(self, meeting: str, room: str, started: float) -> asyncio.Future[None]:
        """A new meeting in a saved room; `started` is wall time. Safe to repeat. Fails with `StorageFailed`."""
        return self._kept(partial(stored.begin_meeting, meeting, room, started))

    def end(self, meeting: str) -> asyncio.Future[None]:
        """Erase a meeting; done when no byte of it is left, also in the log. Safe to repeat; `StorageFailed`.

        While another program reads the database this may take as long as it reads.
        """
        return self._erased(partial(stored.end_meeting, meeting))

    def save_room(self, row: RoomRow) -> asyncio.Future[None]:
        """A room as it is from now on. Fails with `StorageFailed`."""
        return self._kept(partial(stored.save_room, row.id, msgspec.json.encode(row)))

    def delete_room(self, room: str) -> asyncio.Future[None]:
        """Erase a room and its meetings, as `end` does. Safe to repeat. Fails with `StorageFailed`."""
        return self._erased(partial(stored.delete_room, room))

    # How it goes

    @property
    def commits(self) -> int:
        """Since the start."""
        return self._writer.commits

    @property
    def failures(self) -> int:
        """Of whole commits, since the start."""
        return self._writer.failures

    @property
    def pending(self) -> int:
        """Entries that are not on the disk yet."""
        return self._writer.pending

    @property
    def behind(self) -> float:
        """Seconds that the oldest of them has waited; 0 when there is none."""
        return self._writer.behind

    @property
    def erasing(self) -> int:
        """Erasures that are decided, and not gone from the log yet: another program reads the database."""
        return self._writer.erasing

    @property
    def failing(self) -> bool:
        """The last commit failed, and not long ago: the disk has not shown yet that it takes anything again."""
        return self._writer.failing

    async def close(self) -> None:
        """Write what is queued, clear the log, let go of the folder. Safe to repeat, and to give up on."""
        await self._writer.close()

    def _kept(self, write: Write) -> asyncio.Future[None]:
        future: asyncio.Future[None] = self._loop.create_future()
        self._writer.put(Entry(write, partial(_resolve, future)))
        return future

    def _erased(self, write: Write) -> asyncio.Future[None]:
        future: asyncio.Future[None] = self._loop.create_future()
        self._writer.put(Entry(write, lambda ok: None if ok else _resolve(future, ok), partial(_resolve, future)))
        return future


def _rows(events: Events, n: int) -> list[tuple[int, float, bytes]]:
    return [(n + i, at, body) for i, (at, body) in enumerate(events)]


def _resolve(future: asyncio.Future[None], ok: bool) -> None:
    if future.done():  # given up on
        return
    if ok:
        future.set_result(None)
    else:
        future.set_exception(StorageFailed())
