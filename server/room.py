"""One room: its row, and the meeting that gathers or runs in it."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from protocol.views import Agreement, Confidentiality, Deed
from rooms import asks
from rooms.format import Format
from rooms.state import Kept, Plan
from server import dates, invites, numbers
from server.crowd import Crowd
from server.formats import chosen
from server.journal import Journal, RoomRow, StorageFailed
from server.links import Keys
from server.live_room import LiveRoom
from server.media.sound import Sound
from server.moving import Ways
from server.numbers import RoomNumbers
from server.record import Rows
from server.schedule import Schedule

GOODBYE = 5.0  # seconds that the end of a room waits for everybody to be told
AGAIN = 1.0  # seconds until seats whose links are dead are ended once more, on a disk that failed


class Patience(msgspec.Struct, frozen=True):
    """When a meeting ends by itself, in seconds: with nobody connected for so long, and after so long in any case."""

    empty: float = 2 * 3600.0
    longest: float = 12 * 3600.0


PATIENCE = Patience()


class Ground(NamedTuple):
    """What all rooms of a server stand on. `url` tells the public address without a slash at its end; meetings tell
    `sound` who is heard by whom; `wall` is the clock by which links expire."""

    keys: Keys
    journal: Journal
    url: Callable[[], str]
    sound: Sound | None = None
    wall: Callable[[], float] = time.time


class RoomPlan(msgspec.Struct, frozen=True):
    """A room as its host asks for it. `own`: a format of the room's own, which has that name too. `seats`: for so many
    participants there is room; 0: no limit."""

    title: str
    format: str = "simple"
    policy: Confidentiality = Confidentiality.STAYS
    text: str = ""
    questions: tuple[str, ...] = ()
    seats: int = 0
    two_to_remove: bool = False
    own: Format | None = None
    schedule: Schedule | None = None


class Room:
    """A room, and the meeting that gathers or runs in it."""

    def __init__(self, row: RoomRow, ground: Ground) -> None:
        self.row = row
        self.ground = ground
        self.ways = Ways()
        self.crowd = Crowd()
        self.barred: frozenset[str] = frozenset()  # invites that open nothing any more, though the row has them yet
        self.live: LiveRoom
        self._changing = asyncio.Lock()
        self._removed = False
        self._erasing: set[asyncio.Task[None]] = set()
        self._again: asyncio.TimerHandle | None = None
        self._began: float | None = None  # on the loop's clock, as everything here; None while nobody has come
        self._seen = 0.0  # somebody connected

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def plan(self) -> RoomPlan:
        row = self.row
        return RoomPlan(
            title=row.title,
            format=row.format,
            policy=Confidentiality(row.policy),
            text=row.text,
            questions=row.questions,
            seats=row.seats,
            two_to_remove=row.two_to_remove,
            own=row.own_format,
            schedule=row.schedule,
        )

    def rules(self) -> Plan:
        """The plan as the rules read it."""
        row = self.row
        agreement = Agreement(version=row.version, policy=Confidentiality(row.policy), text=row.text)
        form = chosen(row.format, row.own_format)
        return Plan(row.title, form, agreement, row.questions, row.seats, row.two_to_remove)

    # Its row

    async def rewrite(self, change: Callable[[RoomRow], RoomRow]) -> None:
        """The row as it is to be from now on, one change after the other. `StorageFailed`, or whatever `change` raises,
        leaves it as it was."""
        async with self._changing:
            row = change(self.row)
            if row == self.row or self._removed:
                return
            await self.ground.journal.save_room(row)
            self.row = row

    async def remove(self) -> None:
        """Its meeting is closed, and then it is no more. `StorageFailed` leaves it as it was."""
        await self.live.close()
        async with self._changing:
            await self.ground.journal.delete_room(self.id)
            self._removed = True
        if self._erasing:
            await asyncio.wait(self._erasing, timeout=GOODBYE)  # of which nothing is left to do, but to say goodbye

    # Its meeting

    def gather(self) -> None:
        """A fresh meeting: the doors are there, nothing has begun."""
        self._take_up(f"m{secrets.token_hex(8)}", (), 0.0)

    def go_on(self, meeting: str, events: Rows, at: float, age: float) -> None:
        """The meeting that was interrupted when the server stopped; it began `age` seconds ago. Who has no link any
        more is not in it."""
        self._take_up(meeting, events, at)
        self._seen = asyncio.get_running_loop().time()
        self._began = self._seen - age
        self.put_out()

    def _take_up(self, meeting: str, events: Rows, at: float) -> None:
        self._began = None
        self.crowd = Crowd()
        keys, journal = self.ground.keys, self.ground.journal

        def begin() -> None:
            self._seen = asyncio.get_running_loop().time()
            self._began = self._seen if self._began is None else self._began
            journal.begin(meeting, self.id, self.ground.wall()).add_done_callback(looked_at)

        def over(gone: Callable[[], None]) -> None:
            barred = barred_for_good(self.live.was)
            self.gather()
            self.erase(meeting, barred, gone)

        def token(seat: str, name: str, descent: str) -> str:
            return keys.resume(self.id, meeting, seat, name, invites.parts(descent))

        self.live = LiveRoom(
            meeting,
            self.rules(),
            journal,
            begin=begin,
            over=over,
            token=token,
            fallen=self._put_out_again,
            stored=events,
            at=at,
            sound=self.ground.sound,
            next_dates=lambda: dates.after(self.row, self.ground.wall()),
        )

    def look(self, now: float, patience: Patience) -> None:
        """End a meeting that everybody has left behind, so that it is forgotten. Regularly."""
        self.ways.forget(now)
        self.crowd.forget(self.live.state.kept.seats.keys(), self.waiting())
        if self._began is None:
            return
        if self.live.lines:
            self._seen = now
        if now - self._seen >= patience.empty or now - self._began >= patience.longest:
            self.live.close().add_done_callback(looked_at)  # on a disk that fails: again with the next look

    def waiting(self) -> set[str]:
        """The seats of those who are not let in."""
        return {id for id, seat in self.live.state.kept.seats.items() if not seat.admitted}

    # Who has no link any more

    def put_out(self) -> None:
        """End every seat whose link is dead, and who waits at the door by one that opens nothing now."""
        gone, old = invites.outcasts(self.row, self.live.state.kept.seats)
        if gone:
            self.live.unlink(asks.Unlink(gone, inside=True, deed=Deed.LINK_REVOKED))
        if old:
            self.live.unlink(asks.Unlink(old, inside=False, deed=Deed.LINK_RENEWED))

    def _put_out_again(self) -> None:
        """The room went back to what is stored: the row is ahead of it, for it is stored first."""
        seats = self.live.state.kept.seats
        gone, old = invites.outcasts(self.row, seats)
        out = [id for id, seat in seats.items() if seat.link in gone or (seat.link in old and not seat.admitted)]
        if out and self._again is None:
            self._again = asyncio.get_running_loop().call_later(AGAIN, self._at_last)
        self.live.turn_out(out)

    def _at_last(self) -> None:
        self._again = None
        self.put_out()

    # Its end

    def erase(self, meeting: str, barred: Iterable[str] = (), gone: Callable[[], None] | None = None) -> None:
        """Erase a meeting that is over, however long the disk refuses, and then say that it is `gone`; the `barred`
        invites open nothing any more."""
        self.barred |= frozenset(barred)
        task = asyncio.get_running_loop().create_task(self._erased(meeting, gone))
        self._erasing.add(task)
        task.add_done_callback(self._erasing.discard)

    async def _erased(self, meeting: str, gone: Callable[[], None] | None) -> None:
        pause = 0.5
        while True:
            try:
                await self.rewrite(lambda row: invites.without(row, self.barred))  # first: the meeting says who it was
                self.barred = frozenset(self.barred & self.row.invites.keys())
                await self.ground.journal.end(meeting)
                return gone() if gone is not None else None
            except StorageFailed:
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)

    async def stop(self) -> None:
        """The server stops; what is not erased yet will be after the next start."""
        self.live.stop()
        if self._again is not None:
            self._again.cancel()
        for task in tuple(self._erasing):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def numbers(self) -> RoomNumbers:
        return numbers.of(self.id, self.live.state, self.live.now)


def barred_for_good(kept: Kept) -> frozenset[str]:
    """The personal invites of those who were removed from a meeting that is over."""
    return frozenset(invites.link_of(gone.seat.link) for gone in kept.removed.values() if gone.seat.personal)


def looked_at(future: "asyncio.Future[None]") -> None:
    """A meeting that could not begin, or end, shows in the writes behind it, which the room hears of."""
    future.cancelled() or future.exception()
