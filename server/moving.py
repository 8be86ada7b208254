"""A seat moves to another device: by a code that works once, for a short while, and is drawn to be read by a camera.

Codes are in memory only, and only as digests; they end with the process.
"""

import base64
import hashlib
import secrets
from typing import NamedTuple

import segno

SECONDS = 120.0
LONGEST = 64  # characters that are looked at; ours have 26
BYTES = 16
QUIET = 4  # modules around a QR code, which a camera needs


class Mover(NamedTuple):
    """Whose way it is."""

    meeting: str
    seat: str
    handed: int = 0  # how often it had been handed over: whoever has it then did not ask for this


class _Way(NamedTuple):
    mover: Mover
    until: float


class Ways:
    """The codes of one room that have not been used: one per seat at most. `now` is on one monotonic clock."""

    def __init__(self) -> None:
        self._ways: dict[bytes, _Way] = {}  # oldest first

    def __len__(self) -> int:
        return len(self._ways)

    def make(self, mover: Mover, now: float) -> str:
        """A new code; the one before it opens nothing any more."""
        self.end(mover)
        self.forget(now)
        code = base64.b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=").lower()
        self._ways[_digest(code)] = _Way(mover, now + SECONDS)
        return code

    def take(self, code: str, now: float) -> Mover | None:
        """Whose way it is, for the one time that it is asked for."""
        self.forget(now)
        way = self._ways.pop(_digest(code), None)
        return None if way is None else way.mover

    def end(self, mover: Mover) -> None:
        """The one of this seat, if there is one."""
        self._ways = {digest: way for digest, way in self._ways.items() if way.mover[:2] != mover[:2]}

    def forget(self, now: float) -> None:
        """Those whose time is over."""
        self._ways = {digest: way for digest, way in self._ways.items() if now < way.until}


def _digest(code: str) -> bytes:
    """What cannot be a code of ours is not looked at, but takes as long."""
    return hashlib.sha256(code[:LONGEST].encode("utf-8", "surrogatepass")).digest()


class Drawing(NamedTuple):
    """A QR code: its dark modules as the `d` of an SVG path in a box of `size` x `size`."""

    size: int
    path: str


def drawn(url: str) -> Drawing:
    """The address as a QR code of error level M, quiet zone included. About 10 ms."""
    code = segno.make_qr(url, error="m", boost_error=False)
    path = []
    for y, row in enumerate(code.matrix, QUIET):
        x = 0
        while (begin := row.find(1, x)) >= 0:
            end = row.find(0, begin)
            x = len(row) if end < 0 else end
            path.append(f"M{begin + QUIET} {y}h{x - begin}v1h-{x - begin}z")
    return Drawing(len(code.matrix) + 2 * QUIET, "".join(path))
