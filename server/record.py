"""What of one meeting is stored, and what is on its way to the disk."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from rooms.events import Durable, Event, KeptEvent, MeetingClosed
from rooms.state import Plan, RoomState
from server.journal import Chain, Journal

MOST_WAITING = 500  # writes that may wait for the disk before people hear "not now"
LONGEST_WAIT = 3.0  # seconds, likewise

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(KeptEvent)

Rows = Sequence[tuple[float, bytes]]  # meeting time, event


def read(rows: Rows) -> list[tuple[float, Durable]]:
    """The events of a meeting as the journal gives them back."""
    return [(at, _decoder.decode(body)) for at, body in rows]


def closed_durably(rows: Rows) -> bool:
    """Whether these events end with the end of the meeting."""
    return bool(rows) and isinstance(_decoder.decode(rows[-1][1]), MeetingClosed)


class _Write(NamedTuple):
    """A write on its way, and the meeting as it will be stored then."""

    ticket: int
    rows: int
    state: RoomState


class Record:
    """Writes are numbered by tickets. `stored` is the last state that the disk is known to have."""

    def __init__(
        self,
        meeting: str,
        journal: Journal,
        stored: RoomState,
        rows: int,
        *,
        begin: Callable[[], None],
        done: Callable[[int], None],
        failed: Callable[[], None],
    ) -> None:
        """`begin` writes the meeting's row before its first event. `done` hears the ticket up to which everything is
        stored; `failed` that nothing behind the last one will be, until `give_up`."""
        self.stored = stored
        self.ticket = 0
        self._meeting, self._journal = meeting, journal
        self._begin, self._done, self._failed = begin, done, failed
        self._rows = rows
        self._begun = rows > 0
        self._chain = Chain(meeting, rows)
        self._writes: deque[_Write] = deque()

    def add(self, state: RoomState, events: Sequence[Event], now: float) -> None:
        """What has happened, and the state after it. What is not durable only changes what there is to go back to."""
        rows = [(now, _encoder.encode(event)) for event in events if isinstance(event, Durable)]
        if not rows:
            if not self._writes:
                self.stored = state
            return
        if not self._begun:
            self._begun = True
            self._begin()
        self.ticket += 1
        self._writes.append(_Write(self.ticket, len(rows), state))
        chain = self._chain
        self._journal.append(chain, rows, lambda done: self._written(chain, done))

    def replan(self, plan: Plan) -> None:
        self.stored = RoomState(plan, self.stored.kept, self.stored.live)

    def mark(self, now: float) -> None:
        """Note how far meeting time has come, so that a crash costs nobody more than that."""
        if self._begun:
            self._journal.mark(self._meeting, now)

    def give_up(self) -> RoomState:
        """Forget what is on its way; the next write goes on from what is stored, which is returned."""
        self._writes.clear()
        self._chain = Chain(self._meeting, self._rows)
        self._begun = self._rows > 0
        return self.stored

    def swamped(self) -> bool:
        """So much waits for the disk that a new command would be a promise too far."""
        return len(self._writes) >= MOST_WAITING or (bool(self._writes) and self._journal.behind > LONGEST_WAIT)

    def _written(self, chain: Chain, done: bool) -> None:
        if chain is not self._chain:
            return  # built on a write that had failed
        if not done:
            return self._failed()
        write = self._writes.popleft()
        self._rows += write.rows
        self.stored = write.state
        return self._done(write.ticket)
