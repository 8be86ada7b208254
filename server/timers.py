"""What a room waits for: to show what came together, the next moment of its rules, the next mark of its time."""

import asyncio
from collections.abc import Callable

SOON = 0.25  # seconds: people who come and go are announced together
MARK = 2.0  # seconds between marks of meeting time, so that a crash costs nobody more


class Timers:
    """`epoch` is where meeting time began on the loop's clock, which all times here are on."""

    def __init__(
        self, epoch: float, *, show: Callable[[], None], wake: Callable[[], None], mark: Callable[[], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._epoch = epoch
        self._show, self._wake, self._mark = show, wake, mark
        self._shown_at = 0.0
        self._showing: asyncio.TimerHandle | None = None
        self._waking: asyncio.TimerHandle | None = None
        self._marking: asyncio.TimerHandle | None = None
        self._stopped = False

    def show_soon(self) -> None:
        """At once, unless something was shown a moment ago: then together with whatever else comes."""
        if self._showing is None:
            due = self._shown_at + SOON
            if self._loop.time() >= due:
                self._show()
            elif not self._stopped:
                self._showing = self._loop.call_at(due, self._show)

    def shown(self) -> None:
        if self._showing is not None:
            self._showing.cancel()
            self._showing = None
        self._shown_at = self._loop.time()

    def wake_at(self, due: float | None, *, marks: bool) -> None:
        """The next moment, in meeting time. `marks`: something depends on the time, also if nothing is due."""
        if self._waking is not None:
            self._waking.cancel()
            self._waking = None
        if due is not None and not self._stopped:
            self._waking = self._loop.call_at(self._epoch + due, self._woken)
        if self._marking is None and not self._stopped and (self._waking is not None or marks):
            self._marking = self._loop.call_later(MARK, self._marked)

    def stop(self) -> None:
        self._stopped = True
        for timer in (self._showing, self._waking, self._marking):
            if timer is not None:
                timer.cancel()

    def _woken(self) -> None:
        self._waking = None
        self._wake()

    def _marked(self) -> None:
        self._marking = None
        self._mark()
