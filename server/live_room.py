"""One meeting while it runs: the value, its clock, its journal and the people connected to it.

Nothing here awaits. A command is decided at once; what it causes to be sent waits in the outbox for the journal.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from protocol.errors import Bye, Code, Rejected
from protocol.replies import Done, Goodbye, Refused
from protocol.signals import Level
from protocol.views import Role
from rooms import asks, core
from rooms.events import Event, Parting, SeatEnded
from rooms.fallback import fall_back
from rooms.state import Plan, RoomState
from server.frames import encode
from server.guard import trace
from server.journal import Journal, StorageFailed
from server.line import Line
from server.media.sound import Hearing, Sound
from server.outbox import Answer, Call, Deliver, Effect, Farewell, Outbox
from server.record import Record, Rows, read
from server.streams import Streams

log = logging.getLogger("lingkar.room")

SOON = 0.25  # seconds: people who come and go are announced together
MARK = 2.0  # seconds between marks of meeting time, so that a crash costs nobody more
RETRY = 1.0  # seconds before what follows by itself is tried again on a disk that failed
RESYNC = 2.0  # seconds between snapshots that one person may ask for

_GOODBYE = {
    Parting.LEFT: Bye.LEFT,
    Parting.REMOVED: Bye.REMOVED,
    Parting.DECLINED: Bye.DECLINED,
    Parting.GONE: Bye.LEFT,
}


class LiveRoom:
    def __init__(
        self,
        meeting: str,
        plan: Plan,
        journal: Journal,
        *,
        begin: Callable[[], None],
        over: Callable[[], None],
        stored: Rows = (),
        at: float = 0.0,
        sound: Sound | None = None,
    ) -> None:
        """`stored` are the events of a meeting that goes on after a restart, `at` its last known time. `begin` writes
        the meeting's row before its first event; `over` is told when a closed meeting is durably so."""
        self.meeting = meeting
        self._over = over
        self._loop = asyncio.get_running_loop()
        self._epoch = self._loop.time() - at
        self.state = core.replay(plan, read(stored))
        self._outbox = Outbox()
        self._record = Record(
            meeting, journal, self.state, len(stored), begin=begin, done=self._outbox.open, failed=self._fall_back
        )
        self._streams = Streams()
        self._hearing = Hearing(meeting, sound, self)
        self._resynced: dict[str, float] = {}
        self._shown_at = 0.0
        self._soon: asyncio.TimerHandle | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._marks: asyncio.TimerHandle | None = None
        self._closing: asyncio.Future[None] | None = None
        self._not_before = 0.0
        self._stopped = False
        if stored:
            self._ask(asks.Restart())

    @property
    def now(self) -> float:
        """Meeting time."""
        return self._loop.time() - self._epoch

    @property
    def lines(self) -> int:
        return len(self._streams.lines)

    def addresses(self) -> dict[str, str]:
        """Where people are connected from, by seat, as the sockets have it."""
        return {seat: line.address for seat, line in self._streams.lines.items()}

    # Asked for by people

    def join(self, line: Line, role: Role, name: str, token: Callable[[str], str]) -> str:
        """A new seat; `token` makes its resume token. `Rejected` when there is none to be had."""
        if self._record.swamped():
            raise Rejected(Code.NOT_NOW)
        seat = secrets.token_hex(5)
        self._streams.connect(seat, line, token(seat))
        try:
            self._ask(asks.Join(seat, role, name))
        except Rejected:
            self._streams.disconnect(seat)
            raise
        return seat

    def resume(self, line: Line, seat: str, name: str) -> None:
        """The same person again, on a new connection; an older one hears that it is elsewhere now."""
        if seat not in self.state.kept.seats:
            raise Rejected(Code.NO_ENTRY)
        before = self._streams.connect(seat, line)
        if before is not None:
            before.close(encode("bye", Goodbye(code=Bye.ELSEWHERE)))
            self._hearing.gone(seat)
        self._ask(asks.Return(seat, name))

    def drop(self, seat: str, line: Line) -> None:
        """The connection is gone; the seat stays."""
        self._resynced.pop(seat, None)
        if self._streams.lines.get(seat) is line:
            self._streams.disconnect(seat)
            if seat in self.state.kept.seats and not self._stopped:
                self._ask(asks.Drop(seat))

    def handle(self, seat: str, line: Line, command: Any, packet_id: int | None) -> Code | None:
        """Decide; answer when it is durable. Returns the code of a refusal."""
        if self._record.swamped():
            if packet_id is not None:
                line.ack(packet_id, Refused(code=Code.NOT_NOW))  # now: its place would be behind all that waits
            return Code.NOT_NOW
        now = self.now
        try:
            outcome = core.handle(self.state, seat, command, now)
        except Rejected as no:
            return self._refuse(line, packet_id, no.code)
        self._accept(outcome, now)
        byes = _goodbyes(outcome.events, getattr(command, "reason", ""))
        effects, parting = self._streams.show(self.state, now, byes)
        answer = Answer(line, packet_id, Done(seq=self._streams.seq(seat)))
        self._shown([*effects, answer, *parting], now)
        return None

    def resync(self, seat: str) -> None:
        """A snapshot, at most one per person and `RESYNC`."""
        now = self.now
        if now - self._resynced.get(seat, -RESYNC) >= RESYNC:
            self._resynced[seat] = now
            self._outbox.put(self._record.ticket, self._streams.again(seat, now))

    def _refuse(self, line: Line, packet_id: int | None, code: Code) -> Code:
        """In its place behind what was answered before."""
        self._outbox.put(self._record.ticket, [Answer(line, packet_id, Refused(code=code))])
        return code

    # Asked for by the host

    def close(self) -> asyncio.Future[None]:
        """End the meeting; done when that is durable. Fails with `StorageFailed`."""
        if self._closing is None or self._closing.done():
            self._closing = self._loop.create_future()
            if not self.state.kept.closed:
                self._ask(asks.Close(), at_once=True)
        return self._closing

    def replan(self, plan: Plan) -> None:
        """The host changed the room."""
        self.state = RoomState(plan, self.state.kept, self.state.live)
        self._record.replan(plan)
        self._show()

    def stop(self) -> None:
        """The server stops: no timer of ours runs on, and that people drop now is no event of the meeting."""
        self._stopped = True
        for timer in (self._soon, self._alarm, self._marks):
            if timer is not None:
                timer.cancel()
        self._hearing.over()
        if not self.state.kept.closed:
            self._record.mark(self.now)

    # Told by media

    def sound_reaches(self, seats: frozenset[str]) -> None:
        if not self._stopped and not self.state.kept.closed:
            self._ask(asks.Hear(seats))

    def level(self, seat: str, step: int) -> None:
        """At once and past the outbox: it is worth nothing later."""
        self._streams.hint(encode("signal", Level(seat=seat, step=step)))

    # What happens by itself

    def _ask(self, ask: asks.Ask, at_once: bool = False) -> None:
        now = self.now
        self._accept(core.handle(self.state, core.SERVER_SEAT, ask, now), now)
        if at_once:
            self._show()
        else:
            self._show_soon()
        self._set_alarm()

    def _wake(self) -> None:
        self._alarm = None
        now = self.now
        try:
            outcome = core.settle(self.state, now)
        except Exception as bug:  # a rule of ours is wrong: the room goes on, and tries again later
            log.error("a bug, in settle: %s", trace(bug))
            self._not_before = now + 5 * RETRY
        else:
            if outcome.events:
                self._accept(outcome, now)
                self._show()
        self._set_alarm()

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        due = None if self._stopped else core.alarm(self.state)
        if due is not None:
            self._alarm = self._loop.call_at(self._epoch + max(due, self._not_before), self._wake)
        self._mark_soon()

    def _mark_soon(self) -> None:
        """While anything depends on the time; also a turn that nothing will end by itself."""
        if self._marks is None and not self._stopped and (self._alarm is not None or self.state.kept.turns):
            self._marks = self._loop.call_later(MARK, self._mark)

    def _mark(self) -> None:
        self._marks = None
        if not self.state.kept.closed:
            self._record.mark(self.now)
        self._mark_soon()

    # What is shown

    def _show_soon(self) -> None:
        """At once, unless something was shown a moment ago: then together with whatever else comes."""
        if self._soon is None:
            due = self._shown_at + SOON
            if self._loop.time() >= due:
                self._show()
            else:
                self._soon = self._loop.call_at(due, self._show)

    def _show(self) -> None:
        now = self.now
        effects, parting = self._streams.show(self.state, now, {})
        self._shown([*effects, *parting], now)

    def _shown(self, effects: list[Effect], now: float) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        self._shown_at = self._loop.time()
        heard = self._hearing.to_open()
        if heard is not None:
            effects.append(Call(heard))
        if self.state.kept.closed:
            effects.append(Call(self._finish))
        self._outbox.put(self._record.ticket, effects)
        self._set_alarm()

    def _finish(self) -> None:
        """The meeting is durably over. A server that stops erases it after the next start."""
        if self._closing is not None and not self._closing.done():
            self._closing.set_result(None)
        if not self._stopped:
            self.stop()
            self._over()

    # What is kept

    def _accept(self, outcome: core.Outcome, now: float) -> None:
        self.state = outcome.state
        self._hearing.close(outcome.state)
        self._record.add(outcome.state, outcome.events, now)

    def _fall_back(self) -> None:
        """Nothing that was not stored has happened. Whoever asked for it hears `not-now`, and everyone sees what is."""
        log.warning("a write failed; the room goes back to what is stored")
        waited = self._outbox.fail(self._record.ticket)
        for effect in waited:
            match effect:
                case Answer(line, packet_id, _) if packet_id is not None:
                    line.ack(packet_id, Refused(code=Code.NOT_NOW))
                case Farewell(seat, line, _) if seat not in self._streams.lines and line.connected:
                    self._streams.connect(seat, line)
        stored = self._record.give_up()
        for seat in [seat for seat in self._streams.lines if seat not in stored.kept.seats]:
            self._streams.lines[seat].drop()
            self._streams.disconnect(seat)
        now = self.now
        self.state = fall_back(stored, self.state, self._streams.lines.keys(), now)
        self._hearing.start_over(self.state)
        if self._closing is not None and not self._closing.done():
            self._closing.set_exception(StorageFailed())
        self._not_before = now + RETRY
        self._streams.start_over({line for effect in waited if isinstance(effect, Deliver) for line in effect.lines})
        self._show()


def _goodbyes(events: Sequence[Event], reason: str) -> dict[str, Goodbye]:
    """What the people are told whose seats ended."""
    byes = {
        event.seat: Goodbye(code=_GOODBYE[event.how], reason=reason) for event in events if isinstance(event, SeatEnded)
    }
    return byes
