"""The clock: links expire by it, and certificates."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Self

from server.doctor.finding import Finding, look, ok, wrong

YEARS = range(2026, 2100)  # this version is from the first of them
JUMP = 0.5  # seconds that the clock may move against the steady one while we look
APART = 60.0  # seconds that two clocks may differ
PATIENCE = 5.0  # seconds for the system's answer about its clock


class Moment(NamedTuple):
    """The same moment by the clock on the wall and by the steady one, in seconds."""

    wall: float
    steady: float

    @classmethod
    def now(cls) -> Self:
        return cls(time.time(), time.monotonic())


def right(began: Moment, date: str) -> Iterator[Finding]:
    """`began`: when the doctor began to look. `date`: of an answer of the public URL; empty when there was none."""
    now = Moment.now()
    year = time.gmtime(now.wall).tm_year
    jump = (now.wall - began.wall) - (now.steady - began.steady)
    apart = _apart(date, now.wall)
    set_right = "set it, and let the system keep it right (`timedatectl set-ntp true`)"
    if year not in YEARS:
        yield wrong("clock", f"it says that this is the year {year}", set_right)
    elif abs(jump) > JUMP:
        yield look("clock", f"it was set by {jump:+.1f} seconds while we looked", "see who sets it, and why")
    elif abs(apart) > APART:
        yield look("clock", f"it differs by {apart:+.0f} seconds from that of the public URL", set_right)
    elif _synchronized() == "no":
        yield look("clock", "the system does not keep it right", set_right)
    else:
        yield ok("clock", time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now.wall)))


def _apart(date: str, now: float) -> float:
    try:
        return now - parsedate_to_datetime(date).timestamp() if date else 0.0
    except ValueError:
        return 0.0


def _synchronized() -> str:
    """What the system says about itself, `yes` or `no`; empty where it says nothing."""
    program = shutil.which("timedatectl")
    if program is None:
        return ""
    try:
        asked = subprocess.run(
            [program, "show", "--property", "NTPSynchronized", "--value"],
            capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()
