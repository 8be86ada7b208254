"""All rooms of a server, by id: made, found, changed, removed, and taken up again after a restart."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable

import msgspec

from server import agreements, reform, schedule
from server.formats import FORMATS
from server.invites import KINDS
from server.journal import DataNewer, Journal, MeetingRow, RoomRow, StorageFailed
from server.links import Keys
from server.media.sound import Sound
from server.record import Unreadable, closed_durably, taken_up
from server.room import PATIENCE, Ground, Patience, Room, RoomPlan, barred_for_good, looked_at
from server.stored import VERSION

__all__ = ["PATIENCE", "Directory", "Patience", "Room", "RoomPlan"]

log = logging.getLogger("lingkar.rooms")

_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another
_ID_LENGTH = 10

LOOK = 60.0  # seconds between looks at who is still there


class Directory:
    """Rooms are few and looked up often: all of them live in memory."""

    def __init__(
        self,
        keys: Keys,
        journal: Journal,
        url: Callable[[], str],
        sound: Sound | None = None,
        patience: Patience = PATIENCE,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """See `Ground`."""
        self._ground = Ground(keys, journal, url, sound, wall)
        self._journal = journal
        self._patience = patience
        self._rooms: dict[str, Room] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.lost: set[str] = set()  # meetings that could not be taken up

    def recover(self) -> None:
        """Take up every room and every meeting that was not over. Raises `DataRefused`."""
        for row in self._journal.rooms():
            if row.own_format is None and row.format not in FORMATS:
                raise DataNewer(f"The room {row.id} has a format that this version does not know: use the newer one.")
            if row.schedule is not None and not schedule.known(row.schedule.zone):
                raise DataNewer(f"The room {row.id} meets by a clock ({row.schedule.zone}) that is not known here.")
            self._rooms[row.id] = Room(row, self._ground)
        for meeting in self._journal.meetings():
            self._take_up(meeting)
        for room in self._rooms.values():
            if not hasattr(room, "live"):
                room.gather()
        self._look()

    def _take_up(self, meeting: MeetingRow) -> None:
        room, events = self._rooms.get(meeting.room), meeting.events
        try:
            if room is None or not meeting.whole or meeting.version > VERSION:
                raise Unreadable
            if not events:
                room.erase(meeting.id)
            elif closed_durably(events):
                was = taken_up(room.rules(), events[:-1], events[-1][0])
                room.erase(meeting.id, barred_for_good(was.kept))
            else:
                # the wall clock is asked this once: its steps, while the server runs, make nobody older
                age = max(0.0, self._ground.wall() - meeting.started)
                room.go_on(meeting.id, events, max(meeting.mark, events[-1][0]), age)
        except Unreadable:
            self._give_up(room, meeting.id)

    def _give_up(self, room: Room | None, meeting: str) -> None:
        """It cannot go on, and never holds up the start: it is erased, and whoever comes back to it is told."""
        log.warning("a meeting that an update, or the disk, made unreadable has ended; its room starts anew")
        self.lost.add(meeting)
        if room is not None:
            room.erase(meeting)
        else:
            self._journal.end(meeting).add_done_callback(looked_at)

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

    def wall(self) -> float:
        """Wall time, by which links expire and rooms meet; in seconds since 1970."""
        return self._ground.wall()

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
            # also where the wall clock was set back: they are listed as they were made
            created=max([self._ground.wall(), *(room.row.created + 0.001 for room in self._rooms.values())]),
            seats=plan.seats,
            two_to_remove=plan.two_to_remove,
            own_format=plan.own,
            schedule=plan.schedule,
        )
        await self._journal.save_room(row)
        room = Room(row, self._ground)
        room.gather()
        self._rooms[id] = room
        return room

    async def change(self, room: Room, plan: RoomPlan) -> None:
        """What changes shows at once; about the agreement everybody is asked again. See reform.py."""

        def change(old: RoomRow) -> RoomRow:
            return msgspec.structs.replace(
                agreements.rewritten(old, plan.policy, plan.text, self._ground.wall()),
                title=plan.title,
                questions=plan.questions,
                seats=plan.seats,
                two_to_remove=plan.two_to_remove,
                format=plan.format,
                own_format=plan.own,
                schedule=plan.schedule,
            )

        await reform.rewrite(room, change)

    async def delete(self, room: Room) -> None:
        """Close the meeting, then forget the room. Nobody comes in meanwhile. `StorageFailed` leaves it as it was."""
        self._rooms.pop(room.id, None)
        try:
            await room.remove()
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
