"""When a room meets next, as it is told to those who have a link of it: no title, nobody."""

import hashlib
from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from protocol.replies import Dates
from server.schedule import Meeting, Schedule, meetings, some
from server.stored import RoomRow

TOLD = 12  # dates


def ahead(row: RoomRow, schedule: Schedule, now: float) -> Dates:
    """The meetings that are not over."""
    return _dates(row, schedule, now, some(schedule, now, TOLD))


def after(row: RoomRow, now: float) -> Dates | UnsetType:
    """The meetings that have not begun, for those whose meeting has just been closed."""
    if row.schedule is None:
        return UNSET
    found = (one for one in meetings(row.schedule, now) if one.starts > now)
    return _dates(row, row.schedule, now, [one for one, _ in zip(found, range(TOLD), strict=False)])


def _dates(row: RoomRow, schedule: Schedule, now: float, found: Iterable[Meeting]) -> Dates:
    starts = [one.starts for one in found]
    return Dates(round(now, 1), schedule.zone, schedule.minutes, schedule.doors, starts, uid(row))


def uid(row: RoomRow) -> str:
    """What calendars know its entries by; not the room's id, which stands in its links."""
    return hashlib.sha256(f"lingkar calendar {row.id}".encode()).hexdigest()[:20]
