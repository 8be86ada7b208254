"""How loud somebody speaks, from the header alone (RFC 6464), as five steps for the ring around a name.

A hint, not a truth: it is what the speaker's browser says.
"""

import math
from typing import NamedTuple

STEPS = (-55, -42, -32, -22)  # dBov from which on it is step 1, 2, 3, 4
MARGIN = 2.0  # dB below such a border until the step is left again
RISE, FALL = 0.05, 0.3  # seconds in which a change is followed for two thirds
PAUSE = 0.2  # seconds between changes: at most five a second
QUIET = 0.5  # seconds without a packet that are silence, if the browser sends none in silence

_SILENCE = -127


class Level(NamedTuple):
    dbov: int  # 0 is the loudest, -127 silence
    voice: bool  # the browser takes it for speech; some never do


def decode(value: int) -> Level:
    """The byte of the extension."""
    return Level(-(value & 0x7F), value > 127)


class Meter:
    """The step of one speaker. `now` is on a monotonic clock, in seconds."""

    def __init__(self) -> None:
        self.step = 0  # 0 to 4, as last told
        self._loudness = float(_SILENCE)
        self._heard: float | None = None
        self._told = -math.inf

    def heard(self, value: int, now: float) -> int | None:
        """The extension's byte of a packet; the new step, when there is one to tell."""
        self._follow(decode(value).dbov, now)
        return self._tell(now)

    def tick(self, now: float) -> int | None:
        """Without a packet, a few times a second; the new step, when there is one to tell."""
        if self._heard is not None and now - self._heard >= QUIET:
            self._loudness, self._heard = float(_SILENCE), None
        return self._tell(now)

    def over(self) -> int | None:
        """The turn is over: no ring, at once."""
        was, self.step = self.step, 0
        self._loudness, self._heard = float(_SILENCE), None
        return 0 if was else None

    def _follow(self, dbov: int, now: float) -> None:
        if self._heard is None:
            self._loudness = float(dbov)
        else:
            constant = RISE if dbov > self._loudness else FALL
            share = 1 - math.exp(-max(0.0, now - self._heard) / constant)
            self._loudness += (dbov - self._loudness) * share
        self._heard = now

    def _tell(self, now: float) -> int | None:
        step = sum(self._loudness >= border for border in STEPS)
        if step < self.step and self._loudness >= STEPS[self.step - 1] - MARGIN:
            step = self.step
        if step == self.step or now - self._told < PAUSE:
            return None
        self.step, self._told = step, now
        return step
