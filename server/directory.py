"""All rooms of a server, by id: made, found, changed, removed, and taken up again after a restart."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable

import msgspec

from protocol.views import Agreement, Confidentiality, MeetingState, Role, TurnState
from rooms.state import Plan, present
from server.formats import FORMATS
from server.journal import Journal, RoomRow, StorageFailed
from server.links import Keys
from server.live_room import LiveRoom
from server.media.sound import Sound
from server.record import Rows, closed_durably

KINDS = {"participant": Role.PARTICIPANT, "facilitator": Role.FACILITATOR, "host": Role.HOST}  # of links
_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another
_ID_LENGTH = 10


LOOK = 60.0  # seconds between looks at who is still there


class Patience(msgspec.Struct, frozen=True):
    """When a meeting ends by itself, in seconds: with nobody connected for so long, and after so long in any case."""

    empty: float = 2 * 3600.0
    longest: float = 12 * 3600.0


PATIENCE = Patience()


class InUse(Exception):
    """Somebody has a seat: what they agreed to cannot change under them."""


class RoomPlan(msgspec.Struct, frozen=True):
    """A room as its host asks for it."""

    title: str
    format: str = "simple"
    policy: Confidentiality = Confidentiality.STAYS
    text: str = ""
    questions: tuple[str, ...] = ()


class RoomNumbers(msgspec.Struct, frozen=True):
    """What hosts see of a room without entering it. Times in seconds."""

    state: MeetingState
    present: int
    reconnecting: int
    facilitators: int
    waiting: int
    hands: int
    longest_wait: float  # of a hand
    longest_at_door: float
    speaking: bool
    over: bool


class Room:
    """A room, and the meeting that gathers or runs in it."""

    def __init__(
        self, row: RoomRow, keys: Keys, journal: Journal, url: Callable[[], str], sound: Sound | None = None
    ) -> None:
        self.row = row
        self.live: LiveRoom
        self._keys, self._journal, self._url, self._sound = keys, journal, url, sound
        self._erasing: set[asyncio.Task[None]] = set()
        self._began: float | None = None  # on the loop's clock, as everything here; None while nobody has come
        self._seen = 0.0  # somebody connected

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def plan(self) -> RoomPlan:
        row = self.row
        return RoomPlan(row.title, row.format, Confidentiality(row.policy), row.text, row.questions)

    def links(self) -> dict[str, str]:
        """The links, with their secrets: for a terminal or the host's own page."""
        row = self.row
        return {
            kind: f"{self._url()}/r/{self.id}#{self._keys.secret(self.id, kind, row.generations[kind])}"
            for kind in ("host", "facilitator", "participant")
        }

    def gather(self) -> None:
        """A fresh meeting: the doors are there, nothing has begun."""
        self._take_up(f"m{secrets.token_hex(8)}", (), 0.0)

    def go_on(self, meeting: str, events: Rows, at: float, age: float) -> None:
        """The meeting that was interrupted when the server stopped; it began `age` seconds ago."""
        self._take_up(meeting, events, at)
        self._seen = asyncio.get_running_loop().time()
        self._began = self._seen - age

    def _take_up(self, meeting: str, events: Rows, at: float) -> None:
        self._began = None

        def begin() -> None:
            self._seen = asyncio.get_running_loop().time()
            self._began = self._seen if self._began is None else self._began
            self._journal.begin(meeting, self.id, time.time()).add_done_callback(_looked_at)

        def over() -> None:
            self.gather()
            self.erase(meeting)

        self.live = LiveRoom(
            meeting, self.rules(), self._journal, begin=begin, over=over, stored=events, at=at, sound=self._sound
        )

    def rules(self) -> Plan:
        """The plan as the rules read it."""
        row = self.row
        agreement = Agreement(version=row.version, policy=Confidentiality(row.policy), text=row.text)
        return Plan(row.title, FORMATS[row.format], agreement, row.questions)

    def look(self, now: float, patience: Patience) -> None:
        """End a meeting that everybody has left behind, so that it is forgotten. Regularly."""
        if self._began is None:
            return
        if self.live.lines:
            self._seen = now
        if now - self._seen >= patience.empty or now - self._began >= patience.longest:
            self.live.close().add_done_callback(_looked_at)  # on a disk that fails: again with the next look

    def erase(self, meeting: str) -> None:
        """Erase a meeting that is over, however long the disk refuses."""
        task = asyncio.get_running_loop().create_task(self._erased(meeting))
        self._erasing.add(task)
        task.add_done_callback(self._erasing.discard)

    async def _erased(self, meeting: str) -> None:
        pause = 0.5
        while True:
            try:
                return await self._journal.end(meeting)
            except StorageFailed:
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)

    async def stop(self) -> None:
        """The server stops; what is not erased yet will be after the next start."""
        self.live.stop()
        for task in tuple(self._erasing):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def numbers(self) -> RoomNumbers:
        live = self.live
        state, now = live.state, live.now
        kept = state.kept
        here = [id for id in kept.circle if present(state, id)]
        waiting = [seat for id, seat in kept.seats.items() if not seat.inside and present(state, id)]
        away = [id for id in kept.circle if id in state.live.presence and not state.live.presence[id].aside]
        return RoomNumbers(
            state=kept.meeting,
            present=len(here),
            reconnecting=len(away) - len(here),
            facilitators=sum(kept.seats[id].role is not Role.PARTICIPANT for id in here),
            waiting=len(waiting),
            hands=len(kept.queue),
            longest_wait=round(max((now - hand.since for hand in kept.hands.values()), default=0.0), 1),
            longest_at_door=round(max((now - seat.since for seat in waiting), default=0.0), 1),
            speaking=any(turn.state is not TurnState.OFFERED for turn in kept.turns.values()),
            over=any(turn.over for turn in kept.turns.values()),
        )


def _looked_at(future: "asyncio.Future[None]") -> None:
    """A meeting that could not begin, or end, shows in the writes behind it, which the room hears of."""
    future.cancelled() or future.exception()


class Directory:
    """Rooms are few and looked up often: all of them live in memory."""

    def __init__(
        self,
        keys: Keys,
        journal: Journal,
        url: Callable[[], str],
        sound: Sound | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        """`url` tells the public address without a slash at its end; meetings tell `sound` who is heard by whom."""
        self._keys, self._journal, self._url, self._sound = keys, journal, url, sound
        self._patience = patience
        self._rooms: dict[str, Room] = {}
        self._timer: asyncio.TimerHandle | None = None

    def recover(self) -> None:
        """Take up every room and every meeting that was not over."""
        for row in self._journal.rooms():
            self._rooms[row.id] = Room(row, self._keys, self._journal, self._url, self._sound)
        for meeting in self._journal.meetings():
            room = self._rooms[meeting.room]
            if not meeting.events or closed_durably(meeting.events):
                room.erase(meeting.id)
            else:
                # the wall clock is asked this once: its steps, while the server runs, make nobody older
                age = max(0.0, time.time() - meeting.started)
                room.go_on(meeting.id, meeting.events, max(meeting.mark, meeting.events[-1][0]), age)
        for room in self._rooms.values():
            if not hasattr(room, "live"):
                room.gather()
        self._look()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        for room in self._rooms.values():
            room.look(loop.time(), self._patience)
        self._timer = loop.call_later(LOOK, self._look)

    def rooms(self) -> list[Room]:
        """Oldest first."""
        return list(self._rooms.values())

    def find(self, id: str) -> Room | None:
        return self._rooms.get(id)

    async def create(self, plan: RoomPlan) -> Room:
        """A new room; `StorageFailed` when it could not be kept."""
        id = "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
        row = RoomRow(
            id=id,
            title=plan.title,
            format=plan.format,
            policy=plan.policy,
            text=plan.text,
            version=1,
            questions=plan.questions,
            generations=dict.fromkeys(KINDS, 1),
            created=time.time(),
        )
        await self._journal.save_room(row)
        room = Room(row, self._keys, self._journal, self._url, self._sound)
        room.gather()
        self._rooms[id] = room
        return room

    async def change(self, room: Room, plan: RoomPlan) -> None:
        """What changes shows at once; the agreement only while nobody has a seat, else `InUse`."""
        old = room.row
        agreed = (plan.policy, plan.text) == (Confidentiality(old.policy), old.text)
        if not agreed and room.live.state.kept.seats:
            raise InUse
        row = msgspec.structs.replace(
            old,
            title=plan.title,
            policy=plan.policy,
            text=plan.text,
            questions=plan.questions,
            version=old.version + (not agreed),
        )
        await self._journal.save_room(row)
        room.row = row
        room.live.replan(room.rules())

    async def delete(self, room: Room) -> None:
        """Close the meeting, then forget the room. Nobody comes in meanwhile. `StorageFailed` leaves it as it was."""
        self._rooms.pop(room.id, None)
        try:
            await room.live.close()
            await self._journal.delete_room(room.id)
        except StorageFailed:
            back = [*self._rooms.values(), room]
            self._rooms = {one.id: one for one in sorted(back, key=lambda one: one.row.created)}
            raise
        await room.stop()

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for room in self._rooms.values():
            await room.stop()
