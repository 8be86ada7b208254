"""What keeps one connection from harming the others: limits, budgets, strikes, the pulse, strict reading."""

import logging
import math
import traceback
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from protocol.errors import Bye
from protocol.replies import Goodbye
from server.frames import Frame, encode

log = logging.getLogger("lingkar.wire")

EVENTS = frozenset({"command", "resync", "signal", "ask"})
LARGEST_INT = 2**53  # what a browser's number holds exactly


@dataclass(frozen=True)
class Limits:
    """How much one line may ask for. Seconds, bytes, or counts."""

    ping: float = 5.0  # how often a line is asked for a sign of life
    pong: float = 5.0  # how long it may take to answer, once the question has reached it
    stall: float = 10.0  # nothing moves for so long although something waits: the line is cut
    connect: float = 10.0  # from the websocket to a valid CONNECT
    drain: float = 2.0  # after a goodbye
    refusal: float = 0.1  # after a CONNECT that finds no entry, whatever the reason: the time it takes tells nothing
    tick: float = 0.25  # how often the lines are looked at

    frame: int = 64 * 1024  # largest message from a client
    queue: int = 4 * 1024 * 1024  # most that may wait for one reader; far above any snapshot
    kernel: int = 64 * 1024  # SO_SNDBUF: what the kernel may hide from us
    depth: int = 8  # arrays and maps inside each other
    unconnected: int = 2000  # sockets that have not sent a CONNECT yet, all together; beyond, the oldest go

    rate: float = 20.0  # events per second ...
    burst: int = 60  # ... and at once
    frame_rate: float = 100.0  # frames of any kind per second; beyond this the line is cut
    frame_burst: int = 1000

    strikes: int = 20  # malformed events ...
    strike_span: float = 60.0  # ... within so many seconds
    framing: int = 3  # frames that are no packets at all
    goodbye: Frame = field(default=encode("bye", Goodbye(Bye.STRIKES)), repr=False)


class Budget:
    """A token bucket: `burst` at once, then `rate` per second."""

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._level = float(burst)
        self._at = now

    def take(self, now: float) -> bool:
        """Whether there is room for one more."""
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        if self._level < 1:
            return False
        self._level -= 1
        return True


class Strikes:
    """Counts what went wrong within the last `span` seconds."""

    def __init__(self, most: int, span: float) -> None:
        self._span = span
        self._times: deque[float] = deque(maxlen=most)

    def add(self, now: float) -> bool:
        """One more; whether that is too many."""
        self._times.append(now)
        return len(self._times) == self._times.maxlen and now - self._times[0] <= self._span


class Pulse:
    """Decides when to ask a line for a sign of life, and when it is dead.

    Times are *listening time* (see `Wire`), so a process that stood still cuts nobody off. Anything heard is a sign of
    life. A question that waits behind a snapshot on a slow network is given time while the peer takes bytes; once the
    peer has it, `pong` seconds remain. A peer that talks but takes nothing for `stall` seconds is dead as well.
    """

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._ask_at = now + limits.ping
        self._taken = 0
        self._moved_at = now
        self._question: int | None = None  # bytes written up to and with the unanswered question
        self._asked_at = now
        self._reached_at: float | None = None

    def heard(self) -> None:
        self._question = None

    def asked(self, now: float, written: int) -> None:
        """A question went out as the last of `written` bytes."""
        self._ask_at = now + self._limits.ping
        if self._question is None:
            self._question, self._asked_at, self._reached_at = written, now, None

    def check(self, now: float, written: int, held: int) -> Literal["fine", "ask", "dead"]:
        """`held` of the `written` bytes were not yet taken by the peer."""
        taken = written - held
        if held == 0 or taken > self._taken:
            self._taken, self._moved_at = taken, now
        elif now - self._moved_at >= self._limits.stall:
            return "dead"
        if self._question is not None and now - self._waits_since(now, taken, self._question) >= self._limits.pong:
            return "dead"
        return "ask" if now >= self._ask_at else "fine"

    def _waits_since(self, now: float, taken: int, question: int) -> float:
        if self._reached_at is None and taken >= question:
            self._reached_at = now
        return max(self._asked_at, self._moved_at) if self._reached_at is None else self._reached_at


class Malformed(Exception):
    """Data that the protocol has no place for."""


def value(raw: msgspec.Raw, depth: int) -> Any:
    """Builtins from msgpack, as JSON could say them; None when there is nothing.

    `Malformed` for anything else: extension types, bytes, keys that are not text, NaN and infinities, integers beyond
    2^53, text that is not UTF-8 (lone surrogates, too), deep nesting.
    """
    if not bytes(raw):
        return None
    try:
        found = msgspec.msgpack.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Malformed from error
    _plain(found, depth)
    return found


def _plain(found: object, depth: int) -> None:
    match found:
        case None | bool() | str():
            return
        case int():
            fine = abs(found) <= LARGEST_INT
        case float():
            fine = math.isfinite(found)
        case list() if depth:
            fine = True
            for item in found:
                _plain(item, depth - 1)
        case dict() if depth:
            fine = all(type(key) is str for key in found)
            for item in found.values():
                _plain(item, depth - 1)
        case _:
            fine = False
    if not fine:
        raise Malformed


def event(raw: msgspec.Raw, depth: int) -> tuple[str, Any]:
    """An event's name and its one argument (None when left out); `Malformed` when it is not one of ours."""
    match value(raw, depth + 1):
        case [str(name)] if name in EVENTS:
            return name, None
        case [str(name), data] if name in EVENTS:
            return name, data
        case _:
            raise Malformed


def trace(bug: BaseException) -> str:
    """Where something went wrong and its type, without its message: that could hold what somebody said."""
    lines = traceback.format_list(traceback.extract_tb(bug.__traceback__))
    return f"{type(bug).__name__}\n{''.join(lines)}".rstrip()


_QUIET = {
    "aioice": logging.CRITICAL,  # addresses at INFO
    "aiortc": logging.CRITICAL,  # SDP at DEBUG, addresses in tracebacks
    "engineio": logging.ERROR,
    "engineio.server": logging.ERROR,  # payloads at INFO
    "socketio": logging.ERROR,
    "socketio.server": logging.ERROR,
    "aiohttp.access": logging.CRITICAL,  # addresses and paths
    "aiohttp.client": logging.WARNING,
    "aiohttp.internal": logging.WARNING,
    "aiohttp.server": logging.WARNING,
    "aiohttp.web": logging.WARNING,
    "aiohttp.websocket": logging.ERROR,  # addresses at WARNING
}


def _without_content(record: logging.LogRecord) -> bool:
    """Keeps a library's own words and the place in the code; drops arguments (addresses) and exception messages."""
    if record.args:
        record.msg, record.args = str(record.msg).replace("%s", "-").replace("%r", "-"), None
    if record.exc_info and record.exc_info[1] is not None:
        record.msg = f"{record.msg}: {trace(record.exc_info[1])}"
    record.exc_info = record.exc_text = None
    return True


def quiet_libraries() -> None:
    """Nothing that people say, are called or come from reaches a log through the libraries below us."""
    for name, level in _QUIET.items():
        library = logging.getLogger(name)
        library.setLevel(level)
        if _without_content not in library.filters:
            library.addFilter(_without_content)
