"""One meeting while it runs: the value, its clock, its journal and the people connected to it.

Nothing here awaits. A command is decided at once; what it causes to be sent waits in the outbox for the journal.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from msgspec import UNSET, UnsetType

from protocol.commands import Remove
from protocol.errors import Bye, Code, Rejected
from protocol.replies import Dates, Done, Goodbye, Refused
from protocol.signals import Level
from protocol.views import Role
from rooms import asks, core
from rooms.events import MeetingClosed, Rebuilt
from rooms.fallback import fall_back
from rooms.rules import removal
from rooms.state import Kept, Plan
from server.frames import encode
from server.goodbyes import Token, goodbyes, not_stored_yet, not_yet_erased
from server.guard import trace
from server.journal import Journal, StorageFailed
from server.line import Line
from server.links import holder
from server.media.sound import Hearing, Sound
from server.outbox import Answer, Call, Deliver, Effect, Farewell, Outbox
from server.record import Record, Rows, taken_up
from server.streams import Streams
from server.timers import Timers

log = logging.getLogger("lingkar.room")

RETRY = 1.0  # seconds before what follows by itself is tried again on a disk that failed
RESYNC = 2.0  # seconds between snapshots that one person may ask for
HELD = 2.0  # seconds that the goodbye of a meeting waits for the disk to have erased it


class LiveRoom:
    def __init__(
        self,
        meeting: str,
        plan: Plan,
        journal: Journal,
        *,
        begin: Callable[[], None],
        over: Callable[[Callable[[], None]], None],
        token: Token,
        fallen: Callable[[], None],
        stored: Rows = (),
        at: float = 0.0,
        sound: Sound | None = None,
        next_dates: Callable[[], Dates | UnsetType] = lambda: UNSET,
    ) -> None:
        """`stored` are the events of a meeting that goes on after a restart, `at` its last known time. `begin` writes
        the meeting's row before its first event; `over` is told when a closed meeting is durably so, and tells
        when it is erased; `fallen` is told when the room went back to what is stored. `token` makes resume tokens;
        `next_dates` says when the room meets again."""
        self.meeting = meeting
        self._over, self._fallen, self._token = over, fallen, token
        self._next_dates = next_dates
        self._loop = asyncio.get_running_loop()
        self._epoch = self._loop.time() - at
        self.state = taken_up(plan, stored, at)
        self.was = Kept()  # the last of a meeting that is over
        self._outbox = Outbox()
        self._record = Record(
            meeting,
            journal,
            self.state,
            len(stored),
            begin=begin,
            done=self._outbox.open,
            gone=self._outbox.release,
            failed=self._fall_back,
        )
        self._streams = Streams()
        self._byes: dict[str, Goodbye] = {}  # that were not shown yet ...
        self._erased = False  # ... and that wait until something is erased
        self._hearing = Hearing(meeting, sound, self)
        self._resynced: dict[str, float] = {}
        self._timers = Timers(self._epoch, show=self._show, wake=self._wake, mark=self._mark)
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

    def join(self, line: Line, role: Role, name: str, link: str, *, personal: bool) -> str:
        """A new seat for somebody who came by this link (`invite-3.2`). `Rejected` when there is none to be had."""
        if self._record.swamped():
            raise Rejected(Code.NOT_NOW)
        seat = secrets.token_hex(5)
        self._streams.connect(seat, line, self._token(seat, name, link))
        try:
            self._ask(asks.Join(seat, role, name, link, personal))
        except Rejected:
            self._streams.disconnect(seat)
            raise
        return seat

    def resume(self, line: Line, seat: str, name: str, token: str | None = None) -> None:
        """The same person again, on a new connection; an older one hears that it is elsewhere now."""
        if seat not in self.state.kept.seats:
            raise Rejected(Code.NO_ENTRY)
        before = self._streams.connect(seat, line, token)
        if before is not None:
            before.close(encode("bye", Goodbye(code=Bye.ELSEWHERE)))
            self._hearing.gone(seat)
        self._ask(asks.Return(seat, name))

    def full(self, role: Role, link: str, *, personal: bool) -> bool:
        """Whether nobody could come in by this link now, whatever they are called."""
        try:
            core.decide(self.state, core.SERVER_SEAT, asks.Join("", role, "", link, personal), self.now)
        except Rejected:
            return True
        return False

    def move(self, line: Line, seat: str) -> None:
        """The same person on another device, which gets a resume token of its own. The name is the one they have."""
        name, here = self.state.live.names.get(seat), self.state.kept.seats.get(seat)
        if name is None or here is None:
            raise Rejected(Code.NO_ENTRY)
        self.resume(line, seat, name.text, self._token(holder(seat, here), name.text, here.link))

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
        reason = removal.reason(self.state, command) if isinstance(command, Remove) else getattr(command, "reason", "")
        self._accept(outcome, now, reason)
        self._show(lambda: Answer(line, packet_id, Done(seq=self._streams.seq(seat))))
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

    def announce(self, id: str, text: str) -> None:
        """Shown to everybody inside."""
        self._ask(asks.Announce(id, text), at_once=True)

    def take_down(self, id: str) -> None:
        self._ask(asks.TakeDown(id), at_once=True)

    def replan(self, plan: Plan, by: str = "") -> None:
        """The room was changed: by that seat, or by a host from outside. `Rejected` with `WOULD_LOSE`: it was not."""
        now = self.now
        outcome = core.reform(self.state, plan, by, now)
        self._record.replan(plan)
        self._accept(outcome, now)
        self._show()

    def unlink(self, ask: asks.Unlink) -> None:
        """Links were renewed or revoked: who has to go hears it. That they were is stored already."""
        if self.state.kept.closed:
            return
        self._ask(ask, at_once=True)

    def turn_out(self, seats: Iterable[str]) -> None:
        """Their links are revoked, but that their seats end could not be stored: they go at once, and so will those."""
        for seat in seats:
            line = self._streams.lines.get(seat)
            if line is not None:
                line.close(encode("bye", not_stored_yet(self.state, seat)))

    def stop(self) -> None:
        """The server stops: no timer of ours runs on, and that people drop now is no event of the meeting."""
        self._stopped = True
        self._timers.stop()
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
            self._timers.show_soon()
        self._set_alarm()

    def _wake(self) -> None:
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
        """A turn that nothing will end by itself runs with the time as well."""
        due = core.alarm(self.state)
        due = max(due, self._not_before) if due is not None else None
        self._timers.wake_at(due, marks=bool(self.state.kept.turns))

    def _mark(self) -> None:
        if not self.state.kept.closed:
            self._record.mark(self.now)
        self._set_alarm()

    # What is shown

    def _show(self, answer: Callable[[], Answer] | None = None) -> None:
        """Everybody what has changed; then the answer, then the last word to those who have gone. Where something is
        to be erased, answer and last words wait until it is."""
        now, ticket = self.now, self._record.ticket
        (byes, self._byes), (erased, self._erased) = (self._byes, {}), (self._erased, False)
        effects, parting = self._streams.show(self.state, now, byes)
        self._timers.shown()
        heard = self._hearing.to_open()
        if heard is not None:
            effects.append(Call(heard))
        last: list[Effect] = [*([answer()] if answer is not None else []), *parting]
        if erased:
            self._outbox.hold(ticket, last)
        else:
            effects += last
        if self.state.kept.closed:
            effects.append(Call(partial(self._finish, ticket, not_yet_erased(last, byes))))
        self._outbox.put(ticket, effects)
        self._set_alarm()

    def _finish(self, ticket: int, not_yet_erased: Sequence[Effect]) -> None:
        """The meeting is durably over. A server that stops erases it after the next start."""
        if self._closing is not None and not self._closing.done():
            self._closing.set_result(None)
        if not self._stopped:
            self.stop()
            self._loop.call_later(HELD, self._outbox.release, ticket, not_yet_erased)
            self._over(partial(self._outbox.release, ticket))

    # What is kept

    def _accept(self, outcome: core.Outcome, now: float, reason: str = "") -> None:
        before, self.state = self.state, outcome.state
        if self.state.kept.closed and not before.kept.closed:
            self.was = before.kept
        self._byes |= goodbyes(before, outcome.state, outcome.events, reason, self._token, self._next_dates)
        self._erased |= any(isinstance(event, Rebuilt | MeetingClosed) for event in outcome.events)
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
        self._byes, self._erased = {}, False
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
        self._fallen()  # first: whoever has to go is shown nothing more
        self._show()
