"""Notices when the event loop stands still: then nobody is heard, offered or answered, and nobody else would say so.

A thread of its own asks the loop for a sign of life. After a while it says where the loop hangs, by place in the code
and never with content; after much longer it ends the process, so that whatever watches over it can start a new one,
which takes up every meeting where it was.
"""

import asyncio
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger("lingkar.watchdog")

BEAT = 0.5  # seconds between signs of life
STALL = 2.0  # seconds without one that are told
DEAD = 60.0  # seconds after which nothing is to be expected any more
EXIT = 70  # the process's status then: an internal error, by the custom of sysexits.h


class Watchdog:
    """`stalls` counts them since the start."""

    def __init__(self, *, stall: float = STALL, dead: float = DEAD, end: Callable[[int], object] = os._exit) -> None:
        self.stalls = 0
        self._stall, self._dead, self._end = stall, dead, end
        self._loop = asyncio.get_running_loop()
        self._watched = threading.get_ident()
        self._alive = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        self._alive = time.monotonic()

    def _watch(self) -> None:
        told = False
        looked = time.monotonic()
        while not self._stop.wait(BEAT):
            now = time.monotonic()
            if now - looked > 3 * BEAT:
                self._alive = now  # we were stopped too: a suspended machine, a debugger
            looked = now
            try:
                self._loop.call_soon_threadsafe(self._beat)
            except RuntimeError:  # the loop is closed
                return
            still = now - self._alive
            if still < self._stall:
                told = False
            elif not told:
                told = True
                self.stalls += 1
                log.error("the server has stood still for %.0f s, at: %s", still, self._where())
            if still >= self._dead:
                log.critical("the server has stood still for %.0f s, and ends", still)
                self._end(EXIT)
                return

    def _where(self) -> str:
        frame = sys._current_frames().get(self._watched)
        found = traceback.extract_stack(frame) if frame is not None else []
        return " < ".join(f"{step.name} {Path(step.filename).name}:{step.lineno}" for step in reversed(found[-8:]))
