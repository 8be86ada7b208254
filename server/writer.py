"""The thread that writes: what is handed in while a commit is on its way to the disk goes together into the next one.

A commit that fails changes nothing, and the next one is tried with a new connection. What it has written is told on
the event loop, one wake-up per commit. What is erased leaves its traces in the write-ahead log, so that is emptied
before anybody is told that it is gone.
"""

import asyncio
import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from server import stored
from server.database import about_the_disk, clear_log, connect
from server.stored import Meetings

log = logging.getLogger("lingkar.journal")

MOST = 1024  # entries to a commit
AGAIN = 0.25  # seconds between attempts to clear the log while somebody reads it
REMEMBERED = 30.0  # seconds that a failure counts when nothing was written after it
QUIET = 60.0  # seconds between two log lines of one sort

Write = Callable[[sqlite3.Connection, Meetings], None]
Done = Callable[[bool], None]


@dataclass(slots=True, eq=False)
class Chain:
    """One room's line of writes that build on each other.

    After one of them has failed, all later ones fail, also those in the queue; the room goes on with a new chain at
    its last durable `n`. `next_n` counts the meeting's events from 0.
    """

    meeting: str
    next_n: int
    _broken: bool = False  # the writer thread's own


class DatabaseMoved(OSError):
    """The file that is written is not the one that the next start would read: it was moved, removed or replaced."""


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def nobody_waits(ok: bool) -> None:
    """For what nobody has to hear of."""


@dataclass(slots=True, eq=False)
class Entry:
    """Something to write. `done` hears once whether it is on the disk. Where it erases: after a `done(True)`, `gone`
    hears that no byte is left of what it erased; `gone(False)`: the journal was closed while somebody was reading, and
    the next start clears it."""

    write: Write
    done: Done = nobody_waits
    gone: Done | None = None
    chain: Chain | None = None
    since: float = field(default_factory=time.monotonic)
    ok: bool = False

    def hopeless(self) -> bool:
        """Whether a write that this one builds on has failed."""
        return self.chain is not None and self.chain._broken

    def fail(self) -> None:
        if self.chain is not None:
            self.chain._broken = True


class Writer:
    """Has the database from the moment it is made; closes `lock` when it ends, which `closed` tells."""

    def __init__(self, path: Path, lock: int, loop: asyncio.AbstractEventLoop, busy: float) -> None:
        self.commits = 0
        self.failures = 0
        self.closed: asyncio.Future[None] = loop.create_future()
        self._path, self._lock, self._loop, self._busy = path, lock, loop, busy
        self._failed_at = -REMEMBERED  # since the last commit that succeeded
        # shared with the thread, under `_wake`
        self._wake = threading.Condition()
        self._queue: deque[Entry] = deque()
        self._batch: list[Entry] = []  # on its way to the disk
        self._marks: dict[str, float] = {}
        self._closing = False
        self._ended = False
        # the thread's own
        self._meetings = stored.read_stored(path)  # as last committed
        self._db: sqlite3.Connection | None = None
        self._file = (0, 0)  # which file that leads to
        self._traces: list[Done] = []  # wait for what is erased, but not yet from the write-ahead log
        self._said: dict[str, float] = {}
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    # For the loop

    def put(self, entry: Entry) -> None:
        with self._wake:
            if not self._ended:
                self._queue.append(entry)
                self._wake.notify()
                return
        self._loop.call_soon(self._tell, [(entry.done, False)])

    def mark(self, meeting: str, at: float) -> None:
        with self._wake:
            if not self._ended:
                self._marks[meeting] = at
                self._wake.notify()

    @property
    def pending(self) -> int:
        with self._wake:
            return len(self._queue) + len(self._batch)

    @property
    def behind(self) -> float:
        with self._wake:
            oldest = next(iter(self._batch or self._queue), None)
        return 0.0 if oldest is None else time.monotonic() - oldest.since

    @property
    def erasing(self) -> int:
        return len(self._traces)

    @property
    def failing(self) -> bool:
        return time.monotonic() - self._failed_at < REMEMBERED

    async def close(self) -> None:
        with self._wake:
            self._closing = True
            self._wake.notify()
        await asyncio.shield(self.closed)
        self._thread.join()

    def _tell(self, told: Sequence[tuple[Done, bool]]) -> None:
        """On the loop: what became of them."""
        for done, ok in told:
            try:
                done(ok)
            except Exception as error:
                self._loop.call_exception_handler({"message": "what waited for the journal failed", "exception": error})

    # From here on: the thread

    def _run(self) -> None:
        while self._take():
            self._write(self._batch)
            with self._wake:
                batch, self._batch = self._batch, []
            self._send([(entry.done, entry.ok) for entry in batch])
            self._traces += [entry.gone for entry in batch if entry.ok and entry.gone is not None]
            self._clear_traces()
        self._send([(gone, False) for gone in self._traces])  # somebody is reading: the next start clears them
        self._disconnect()
        os.close(self._lock)
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_tell_closed, self.closed)

    def _take(self) -> bool:
        """Wait for something to write and take it; False when all is done."""
        with self._wake:
            self._wake.wait_for(lambda: self._queue or self._marks or self._closing, AGAIN if self._traces else None)
            self._batch = [self._queue.popleft() for _ in range(min(MOST, len(self._queue)))]
            if self._marks:
                self._batch.append(_marking(self._marks))
                self._marks = {}
            self._ended = self._closing and not self._batch
            return not self._ended

    def _write(self, batch: list[Entry]) -> None:
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

    def _commit(self, entries: list[Entry]) -> int | None:
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
        """Empty the write-ahead log, if something was erased and nobody is reading; then it is gone."""
        if not self._traces:
            return
        try:
            db = self._connected()
            db.execute("PRAGMA busy_timeout = 0")
            cleared = clear_log(db, self._path)
            db.execute(f"PRAGMA busy_timeout = {int(self._busy * 1000)}")
        except (sqlite3.Error, OSError) as error:
            self._say("The journal cannot clear its log", error)
            self._disconnect()
            return
        if cleared:
            waited, self._traces = self._traces, []
            self._send([(gone, True) for gone in waited])

    def _connected(self) -> sqlite3.Connection:
        if self._db is None:
            db = connect(self._path, self._busy)
            try:
                self._file = _identity(self._path)
                self._meetings = stored.back_to(self._meetings, db)
            except BaseException:
                db.close()
                raise
            self._db = db
        elif _identity(self._path) != self._file:
            raise DatabaseMoved
        return self._db

    def _disconnect(self) -> None:
        """Closing moves the log into the database where it can, so that a failed commit is gone from it."""
        db, self._db = self._db, None
        if db is not None:
            with contextlib.suppress(sqlite3.Error):
                db.close()

    def _send(self, told: Sequence[tuple[Done, bool]]) -> None:
        if told:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._tell, told)

    def _say(self, what: str, error: Exception) -> None:
        """One line of a sort per minute, with the name of the error and nothing that was to be written."""
        now = time.monotonic()
        if now - self._said.get(what, -QUIET) >= QUIET:
            self._said[what] = now
            log.error("%s: %s", what, getattr(error, "sqlite_errorname", type(error).__name__))


def _marking(marks: Mapping[str, float]) -> Entry:
    """If they fail, the next ones come soon."""
    return Entry(partial(stored.set_marks, marks))


def _tell_closed(closed: asyncio.Future[None]) -> None:
    if not closed.done():
        closed.set_result(None)
