"""What the server says to whoever runs it: plain lines without content, which nobody ever waits for.

A log that nobody reads any more (a pipe whose reader hangs, a terminal that was stopped) must not stop a meeting. So
lines wait in a bounded queue for a thread of their own; what does not fit is left out, and how much is said later. The
same line comes once a minute at most, however often its reason does.
"""

import asyncio
import contextlib
import logging
import os
import queue
import select
import threading
import time
from typing import Any

from server.guard import trace

log = logging.getLogger("lingkar.loop")

MOST = 1000  # lines that may wait for a reader
QUIET = 60.0  # seconds between two lines that say the same
KINDS = 1000  # lines that are remembered for that
PATIENCE = 1.0  # seconds that the end of the process waits for a reader


class Writer:
    """Lines for a file that may take its time. `say` never waits."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._lines: queue.Queue[str] = queue.Queue(MOST)
        self._left_out = 0
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def say(self, line: str) -> None:
        try:
            self._lines.put_nowait(line)
        except queue.Full:
            self._left_out += 1

    def flush(self) -> None:
        """Wait until everything is written, for a moment at most."""
        ends = time.monotonic() + PATIENCE
        while self._lines.unfinished_tasks and self._thread.is_alive() and time.monotonic() < ends:
            time.sleep(0.005)

    def _run(self) -> None:
        while True:
            line = self._lines.get()
            missing, self._left_out = self._left_out, 0
            if missing:
                line = f"{line}\n({missing} lines were left out here: nobody was reading)"
            with contextlib.suppress(OSError):  # nobody will read it, and there is no one to tell
                _write(self._file, f"{line}\n".encode(errors="replace"))
            self._lines.task_done()


def _write(file: int, data: bytes) -> None:
    while data:
        try:
            data = data[os.write(file, data) :]
        except BlockingIOError:
            select.select([], [file], [])


class Lines(logging.Handler):
    """Log records, each sort once a minute."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._said: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        line, now = self.format(record), time.monotonic()
        if now - self._said.get(line, -QUIET) < QUIET:
            return
        if len(self._said) >= KINDS:
            self._said = {kind: said for kind, said in self._said.items() if now - said < QUIET}
        if len(self._said) < KINDS:
            self._said[line] = now
            self._writer.say(line)

    def flush(self) -> None:
        self._writer.flush()


def begin(file: int = 2) -> None:
    """From now on everything that is logged goes this way, also what threads of ours die of."""
    handler = Lines(Writer(file))
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    threading.excepthook = _thread_failed


def end() -> None:
    """Whatever waits is written, if somebody reads."""
    for handler in logging.getLogger().handlers:
        handler.flush()


def attend(loop: asyncio.AbstractEventLoop) -> None:
    """What fails in the loop itself is told without content: the loop's own way prints addresses and arguments."""
    loop.set_exception_handler(_loop_failed)


def _loop_failed(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    what = str(context.get("message", "")).partition(" callback")[0]  # behind it stand the callback's arguments
    error = context.get("exception")
    if isinstance(error, OSError) and "transport" in what:
        return  # a network somewhere gave up: that is every day
    if isinstance(error, OSError):  # a library for TLS has numbers of its own
        known = error.errno if type(error).__module__ == "builtins" else None
        log.error("%s: %s", what, os.strerror(known) if known else type(error).__name__)
    else:
        log.error("a bug, in the loop: %s%s", what, f": {trace(error)}" if error is not None else "")


def _thread_failed(found: threading.ExceptHookArgs) -> None:
    if found.exc_value is not None:
        log.critical("a bug, in a thread: %s", trace(found.exc_value))


def hold_standard_files() -> None:
    """Standard files that were closed are nothing from now on: else the next file or socket would get their numbers,
    and what is printed would go into it."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
