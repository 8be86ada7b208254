"""The journal: one thread that writes everything durable, many rooms to one commit.

What is handed in while a commit is on its way to the disk goes together into the next one, so that a single command
waits for one commit and many rooms share its cost. The event loop never waits: `append` puts an entry in a queue, and
what became of it is told on the loop, one wake-up per commit. A commit that fails changes nothing, and the next one
is tried with a new connection.
"""

import asyncio
import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

import msgspec

from server import stored
from server.database import (
    DataDamaged,
    DataFolderInUse,
    DataNewer,
    DataRefused,
    DataUnusable,
    about_the_disk,
    connect,
    lock_folder,
    prepare,
)
from server.stored import MeetingRow, Meetings, RoomRow

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

log = logging.getLogger("lingkar.journal")

MOST = 1024  # entries to a commit
AGAIN = 0.25  # seconds between attempts to clear the log while somebody reads it
REMEMBERED = 30.0  # seconds that a failure counts when nothing was written after it
QUIET = 60.0  # seconds between two log lines of one sort

Write = Callable[[sqlite3.Connection, Meetings], None]
Done = Callable[[bool], None]


class StorageFailed(Exception):
    """It could not be made durable; nothing changed. Trying again may help."""


@dataclass(slots=True, eq=False)
class Chain:
    """One room's line of writes that build on each other.

    After one of them has failed, all later ones fail, also those in the queue; the room goes on with a new chain at
    its last durable `n`. `next_n` counts the meeting's events from 0.
    """

    meeting: str
    next_n: int
    _broken: bool = False  # the writer thread's own


@dataclass(slots=True, eq=False)
class _Entry:
    write: Write
    done: Done
    chain: Chain | None = None
    erases: bool = False
    since: float = field(default_factory=time.monotonic)
    ok: bool = False

    def hopeless(self) -> bool:
        """Whether a write that this one builds on has failed."""
        return self.chain is not None and self.chain._broken

    def fail(self) -> None:
        if self.chain is not None:
            self.chain._broken = True


class Journal:
    """Everything durable of one data folder. Its methods are for the event loop; a thread of its own writes.

    `commits` and `failures` (of whole commits) count since the start, for whoever watches.
    """

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
        self._path = path
        self._lock = lock
        self._loop = loop
        self._busy = busy
        self.commits = 0
        self.failures = 0
        self._failed_at = -REMEMBERED  # since the last commit that succeeded
        self._closed: asyncio.Future[None] = loop.create_future()
        # shared with the thread, under `_wake`
        self._wake = threading.Condition()
        self._queue: deque[_Entry] = deque()
        self._batch: list[_Entry] = []  # on its way to the disk
        self._marks: dict[str, float] = {}
        self._closing = False
        self._ended = False
        # the thread's own
        self._meetings = stored.read_stored(path)  # as last committed
        self._db: sqlite3.Connection | None = None
        self._traces: list[_Entry] = []  # erased, but not yet from the write-ahead log
        self._said: dict[str, float] = {}
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    # What was found: for the start

    def rooms(self) -> list[RoomRow]:
        """All rooms, oldest first. Reads the disk. Raises `DataRefused`."""
        return stored.read_rooms(self._path)

    def meetings(self) -> list[MeetingRow]:
        """All meetings that are not over, with their events in order. Reads the disk. Raises `DataRefused`."""
        return stored.read_meetings(self._path)

    # What is written

    def append(self, chain: Chain, events: Sequence[tuple[float, bytes]], done: Done) -> None:
        """Write events (meeting time, body) at the chain's end; `done(True)` is called when they are on the disk.

        `done(False)`: nothing of them is. Calls come in the order of the appends, never from inside this one. An append
        without events has its place in this order too.
        """
        n = chain.next_n
        chain.next_n = n + len(events)
        rows = [(n + i, at, body) for i, (at, body) in enumerate(events)]
        self._put(_Entry(partial(stored.add_events, chain.meeting, n, rows), done, chain))

    def mark(self, meeting: str, at: float) -> None:
        """Note that meeting time has come this far. Best effort: only the latest counts, nobody is told."""
        with self._wake:
            if not self._ended:
                self._marks[meeting] = at
                self._wake.notify()

    def begin(self, meeting: str, room: str, started: float) -> asyncio.Future[None]:
        """A new meeting in a saved room; `started` is wall time. Safe to repeat. Fails with `StorageFailed`."""
        return self._promise(partial(stored.begin_meeting, meeting, room, started))

    def end(self, meeting: str) -> asyncio.Future[None]:
        """Erase a meeting; done when no byte of it is left, also in the log. Safe to repeat; `StorageFailed`.

        While another program reads the database this may take as long as it reads.
        """
        return self._promise(partial(stored.end_meeting, meeting), erases=True)

    def save_room(self, row: RoomRow) -> asyncio.Future[None]:
        """A room as it is from now on. Fails with `StorageFailed`."""
        return self._promise(partial(stored.save_room, row.id, msgspec.json.encode(row)))

    def delete_room(self, room: str) -> asyncio.Future[None]:
        """Erase a room and its meetings, as `end` does. Safe to repeat. Fails with `StorageFailed`."""
        return self._promise(partial(stored.delete_room, room), erases=True)

    # How it goes

    @property
    def pending(self) -> int:
        """Entries that are not on the disk yet."""
        with self._wake:
            return len(self._queue) + len(self._batch)

    @property
    def behind(self) -> float:
        """Seconds that the oldest of them has waited; 0 when there is none."""
        with self._wake:
            oldest = next(iter(self._batch or self._queue), None)
        return 0.0 if oldest is None else time.monotonic() - oldest.since

    @property
    def failing(self) -> bool:
        """The last commit failed, and not long ago: the disk has not shown yet that it takes anything again."""
        return time.monotonic() - self._failed_at < REMEMBERED

    async def close(self) -> None:
        """Write what is queued, clear the log, let go of the folder. Safe to repeat, and to give up on."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        await asyncio.shield(self._closed)
        self._thread.join()

    def _promise(self, write: Write, erases: bool = False) -> asyncio.Future[None]:
        future: asyncio.Future[None] = self._loop.create_future()
        self._put(_Entry(write, partial(_resolve, future), erases=erases))
        return future

    def _put(self, entry: _Entry) -> None:
        with self._wake:
            if not self._ended:
                self._queue.append(entry)
                self._wake.notify()
                return
        self._loop.call_soon(self._tell, [entry])

    def _tell(self, entries: list[_Entry]) -> None:
        """On the loop: what became of them."""
        for entry in entries:
            try:
                entry.done(entry.ok)
            except Exception as error:
                self._loop.call_exception_handler({"message": "what waited for the journal failed", "exception": error})

    # From here on: the thread

    def _run(self) -> None:
        while self._take():
            self._write(self._batch)
            with self._wake:
                batch, self._batch = self._batch, []
            # What is erased, but not from the log, is not done yet.
            self._traces += [entry for entry in batch if entry.erases and entry.ok]
            self._send([entry for entry in batch if not (entry.erases and entry.ok)])
            self._clear_traces()
        for entry in self._traces:
            entry.ok = False  # somebody is reading: the next start clears them
        self._send(self._traces)
        self._disconnect()
        os.close(self._lock)
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_resolve, self._closed, True)

    def _take(self) -> bool:
        """Wait for something to write and take it; False when all is done."""
        with self._wake:
            self._wake.wait_for(lambda: self._queue or self._marks or self._closing, AGAIN if self._traces else None)
            self._batch = [self._queue.popleft() for _ in range(min(MOST, len(self._queue)))]
            if self._marks:
                self._batch.append(_Entry(partial(stored.set_marks, self._marks), _nobody_waits))
                self._marks = {}
            self._ended = self._closing and not self._batch
            return not self._ended

    def _write(self, batch: list[_Entry]) -> None:
        """Write what can be written, in order; then each entry knows whether it was."""
        left = [entry for entry in batch if not entry.hopeless()]
        while left:
            try:
                unwritable = self._commit(left)
            except Exception as error:
                self.failures += 1
                self._failed_at = time.monotonic()
                self._say("The journal cannot write", error)
                for entry in left:
                    entry.fail()
                self._disconnect()
                return
            if unwritable is None:
                for entry in left:
                    entry.ok = True
                return
            # One that can never be written takes with it what builds on it, and nothing else.
            left[unwritable].fail()
            left = left[:unwritable] + [entry for entry in left[unwritable + 1 :] if not entry.hopeless()]

    def _commit(self, entries: list[_Entry]) -> int | None:
        """All of them in one transaction; or none, and the index of the first that can never be written.

        Raises when nothing can be written now.
        """
        db = self._connected()
        meetings = self._meetings.copy()
        db.execute("BEGIN IMMEDIATE")
        for index, entry in enumerate(entries):
            try:
                entry.write(db, meetings)
            except Exception as error:
                if about_the_disk(error):
                    raise
                self._say("The journal was given what can never be written", error)
                db.execute("ROLLBACK")
                return index
        db.execute("COMMIT")
        self._meetings = meetings
        self.commits += 1
        self._failed_at = -REMEMBERED
        return None

    def _clear_traces(self) -> None:
        """Empty the write-ahead log, if something was erased and nobody is reading; then it is done."""
        if not self._traces:
            return
        try:
            db = self._connected()
            db.execute("PRAGMA busy_timeout = 0")
            (kept, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            db.execute(f"PRAGMA busy_timeout = {int(self._busy * 1000)}")
        except sqlite3.Error as error:
            self._say("The journal cannot clear its log", error)
            self._disconnect()
            return
        if not kept:
            self._send(self._traces)
            self._traces = []

    def _connected(self) -> sqlite3.Connection:
        if self._db is None:
            db = connect(self._path, self._busy)
            try:
                self._meetings = stored.back_to(self._meetings, db)
            except BaseException:
                db.close()
                raise
            self._db = db
        return self._db

    def _disconnect(self) -> None:
        """Closing moves the log into the database where it can, so that a failed commit is gone from it."""
        db, self._db = self._db, None
        if db is not None:
            with contextlib.suppress(sqlite3.Error):
                db.close()

    def _send(self, entries: list[_Entry]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._tell, entries)

    def _say(self, what: str, error: Exception) -> None:
        """One line of a sort per minute, with the name of the error and nothing that was to be written."""
        now = time.monotonic()
        if now - self._said.get(what, -QUIET) >= QUIET:
            self._said[what] = now
            log.error("%s: %s", what, getattr(error, "sqlite_errorname", type(error).__name__))


def _nobody_waits(ok: bool) -> None:
    """Marks: if they fail, the next ones come soon."""


def _resolve(future: asyncio.Future[None], ok: bool) -> None:
    if future.done():  # given up on
        return
    if ok:
        future.set_result(None)
    else:
        future.set_exception(StorageFailed())
