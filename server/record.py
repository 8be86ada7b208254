"""What of one meeting is stored, and what is on its way to the disk."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from rooms import asks, core
from rooms.events import Durable, Event, KeptEvent, MeetingClosed, Rebuilt
from rooms.privates import Privates
from rooms.state import Plan, RoomState
from rooms.view import see
from server.invites import parts
from server.journal import Chain, Journal
from server.writer import nobody_waits

MOST_WAITING = 500  # writes that may wait for the disk before people hear "not now"
LONGEST_WAIT = 3.0  # seconds, likewise

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(KeptEvent)

Rows = Sequence[tuple[float, bytes]]  # meeting time, event


class Unreadable(Exception):
    """This program cannot go on with that meeting."""


def read(rows: Rows) -> list[tuple[float, Durable]]:
    """The events of a meeting as the journal gives them back. Raises `Unreadable`."""
    try:
        return [(at, _decoder.decode(body)) for at, body in rows]
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError):
        raise Unreadable from None


def taken_up(plan: Plan, rows: Rows, at: float) -> RoomState:
    """The meeting as it was stored. Raises `Unreadable` also when the rules of today can make nothing of it: an
    earlier version wrote it, or the disk has changed it."""
    events = read(rows)
    try:
        state = core.replay(plan, events)
        if rows:  # can it go on, and be shown?
            again = core.handle(state, core.SERVER_SEAT, asks.Restart(), at).state
            core.alarm(again)
            see(again, None)
            privates = Privates(again)
            for id, seat in again.kept.seats.items():
                privates.of(id)
                if seat.link:  # what the first versions wrote has none
                    parts(seat.link)
    except Exception:
        raise Unreadable from None
    return state


def closed_durably(rows: Rows) -> bool:
    """Whether these events end with the end of the meeting. Raises `Unreadable`."""
    return bool(rows) and isinstance(read(rows[-1:])[0][1], MeetingClosed)


class _Write(NamedTuple):
    """A write on its way, and the meeting as it will be stored then: in so many rows. `anew`: in the place of all that
    was there."""

    ticket: int
    rows: int
    state: RoomState
    anew: bool


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
        gone: Callable[[int], None],
        failed: Callable[[], None],
    ) -> None:
        """`begin` writes the meeting's row before its first event. `done` hears the ticket up to which everything is
        stored; `gone` the ticket whose write has erased what it had to; `failed` that nothing behind the last one that
        was stored will be, until `give_up`."""
        self.stored = stored
        self.ticket = 0
        self._meeting, self._journal = meeting, journal
        self._begin, self._done, self._gone, self._failed = begin, done, gone, failed
        self._rows = rows
        self._begun = rows > 0
        self._unsure = False  # whether the disk has what is stored, or what failed to take its place
        self._chain = Chain(meeting, rows)
        self._writes: deque[_Write] = deque()

    def add(self, state: RoomState, events: Sequence[Event], now: float) -> None:
        """What has happened, and the state after it. What is not durable only changes what there is to go back to."""
        durable = [event for event in events if isinstance(event, Durable)]
        if not durable:
            if not self._writes:
                self.stored = state
            return
        self.ticket += 1
        anew = self._write(durable, now)
        self._writes.append(_Write(self.ticket, self._chain.next_n, state, anew))

    def _write(self, events: Sequence[Durable], now: float) -> bool:
        """Returns whether it takes the place of all that there is."""
        chain, journal, ticket = self._chain, self._journal, self.ticket
        unsure, self._unsure = self._unsure, False

        def done(ok: bool) -> None:
            self._written(chain, ok)

        def gone(ok: bool) -> None:
            if ok:
                self._gone(ticket)

        if not self._begun or unsure:
            self._begun = True
            self._begin()
        rebuilt = max((i for i, event in enumerate(events) if isinstance(event, Rebuilt)), default=None)
        if rebuilt is not None:
            journal.replace(chain, _rows(events[rebuilt:], now), done, gone)
            return True
        if unsure:
            journal.replace(chain, _rows([Rebuilt(self.stored.kept)], now), nobody_waits, nobody_waits)
        journal.append(chain, _rows(events, now), done)
        return unsure

    def replan(self, plan: Plan) -> None:
        self.stored = RoomState(plan, self.stored.kept, self.stored.live)

    def mark(self, now: float) -> None:
        """Note how far meeting time has come, so that a crash costs nobody more than that."""
        if self._begun:
            self._journal.mark(self._meeting, now)

    def give_up(self) -> RoomState:
        """Forget what is on its way; the next write goes on from what is stored, which is returned."""
        self._unsure |= any(write.anew for write in self._writes)
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
        self._rows = write.rows
        self.stored = write.state
        return self._done(write.ticket)


def _rows(events: Sequence[Durable], now: float) -> Rows:
    return [(now, _encoder.encode(event)) for event in events]
