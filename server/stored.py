"""What the database holds, how it is read, and each thing that can be written into it.

`room(id, body)` is the hosts' configuration, as JSON. Each meeting that is not over has a table of its own,
`meeting_<key>(n, at, body)`: row -1 is its head (`at` is the last mark of meeting time, `body` says which meeting it
is, and which version of the events it has), rows 0, 1, 2 ... are its events. A table of its own, because erasing must
leave nothing: `secure_delete` cleans the pages that are given back, but in a table that meetings share, SQLite moves
rows from page to page and leaves copies of them in pages that stay in use (seen happen). Dropping a table gives back
every page that it ever had; that is also how part of a meeting is erased: what stays goes to a new table.

The writing functions work inside a transaction, on the database and on `Meetings` as it will be after it. They raise
`Unwritable` for what can never be written, `sqlite3.Error` for what cannot be now.
"""

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from protocol.formats import Format
from server.database import DataNewer, connect, plainly
from server.schedule import Schedule

HEAD = -1
VERSION = 4  # of the events (rooms/events/): one more whenever an earlier program would read them wrongly


class AgreementKept(msgspec.Struct, frozen=True):
    """One version of a room's agreement. `at`: since when, in wall time; 0 where that is not known."""

    version: int
    policy: str
    text: str
    at: float = 0.0


class RoomRow(msgspec.Struct, frozen=True, kw_only=True):
    """A room as its host made it: `format` by name, and `own_format` where it has a copy of its own; the agreement's
    `policy`, `text` and `version`, the questions at the door, the `generations` of its links by id: `participant`,
    `facilitator`, `host`, `invite-3`. `created` is wall time.

    Of the links (see server/invites.py): the `invites` with their roles; how many there ever were; `until` when one
    opens (wall time); up to which generation everybody who came by a link is `ended`; which are `closed`.
    """

    id: str
    title: str
    format: str
    policy: str
    text: str
    version: int
    questions: tuple[str, ...]
    generations: dict[str, int]
    created: float
    invites: dict[str, str] = {}
    invite_count: int = 0
    until: dict[str, float] = {}
    ended: dict[str, int] = {}
    closed: tuple[str, ...] = ()
    seats: int = 0
    two_to_remove: bool = False
    own_format: Format | None = None
    versions: tuple[AgreementKept, ...] = ()  # of the agreement, the oldest first (see server/agreements.py)
    schedule: Schedule | None = None


class MeetingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that was not over. `started` is wall time; `mark` and the events' times are meeting time. `version` is
    that of the newest events; `whole`: none of them is missing."""

    id: str
    room: str
    started: float
    mark: float
    events: list[tuple[float, bytes]]
    version: int = VERSION
    whole: bool = True


class Stored(NamedTuple):
    """What there is of a meeting: its table's key, its room, how many events, and their version."""

    key: int
    room: str
    length: int
    version: int = VERSION


class Unwritable(Exception):
    """This can never be written: it does not fit to what there is. A mistake of ours, not of the disk."""


class _Head(msgspec.Struct, frozen=True):
    id: str
    room: str
    started: float
    events: int = 1  # their version; the first one was not written


Meetings = dict[str, Stored]  # by meeting id


# Reading


def read_rooms(path: Path) -> list[RoomRow]:
    """All rooms, oldest first. Raises `DataRefused`."""
    with plainly(path), contextlib.closing(connect(path)) as db:
        rows = [read_room(body) for (body,) in db.execute("SELECT body FROM room")]
    return sorted(rows, key=lambda row: (row.created, row.id))


def read_room(body: bytes) -> RoomRow:
    """Raises `DataNewer` when only its format or schedule cannot be read, `msgspec.DecodeError` when it is none."""
    try:
        return msgspec.json.decode(body, type=RoomRow)
    except msgspec.ValidationError:
        row, what = without_the_unknown(msgspec.json.decode(body))
        raise DataNewer(f"The room {row.id} has a {what} that this version does not know: use the newer one.") from None


def without_the_unknown(plain: dict[str, Any]) -> tuple[RoomRow, str]:
    """A row but for its `format`, or its `schedule`, which cannot be read; and which it is. Raises
    `msgspec.ValidationError` when it is something else."""
    try:
        return msgspec.convert(plain | {"schedule": None}, RoomRow), "schedule"
    except msgspec.ValidationError:
        return msgspec.convert(plain | {"schedule": None, "own_format": None}, RoomRow), "format"


def read_meetings(path: Path) -> list[MeetingRow]:
    """All meetings that were not over, with their events in order. Raises `DataRefused`."""
    with plainly(path), contextlib.closing(connect(path)) as db:
        return sorted((_meeting(db, key) for key in _keys(db)), key=lambda row: (row.started, row.id))


def read_stored(path: Path) -> Meetings:
    """What there is of each meeting. Raises `DataRefused`."""
    with plainly(path), contextlib.closing(connect(path)) as db:
        return _stored(db)


def _stored(db: sqlite3.Connection) -> Meetings:
    found = {}
    for key in _keys(db):
        about = _head(db, key)
        (last,) = db.execute(f"SELECT coalesce(max(n), {HEAD}) FROM meeting_{key}").fetchone()
        found[about.id] = Stored(key, about.room, last + 1, about.events)
    return found


def _keys(db: sqlite3.Connection) -> list[int]:
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'meeting_*'").fetchall()
    return [int(name.removeprefix("meeting_")) for (name,) in tables]


def _head(db: sqlite3.Connection, key: int) -> _Head:
    """What its head says; where that cannot be read, a meeting in no room, so that it can be erased."""
    row = db.execute(f"SELECT body FROM meeting_{key} WHERE n = {HEAD}").fetchone()
    try:
        return msgspec.json.decode(row[0], type=_Head)
    except (TypeError, ValueError):  # none, or not what we wrote
        return _Head(f"unreadable-{key}", "", 0.0)


def _meeting(db: sqlite3.Connection, key: int) -> MeetingRow:
    about = _head(db, key)
    rows = db.execute(f"SELECT n, at, body FROM meeting_{key} ORDER BY n").fetchall()
    told = [(at, body) for n, at, body in rows if n != HEAD]
    whole = bool(about.room) and [n for n, _, _ in rows] == list(range(HEAD, len(told)))
    whole = whole and all(isinstance(at, float) and isinstance(body, bytes) for _, at, body in rows)
    mark = rows[0][1] if whole else 0.0
    return MeetingRow(
        id=about.id, room=about.room, started=about.started, mark=mark, events=told, version=about.events, whole=whole
    )


# Writing


def add_events(
    meeting: str, n: int, rows: Sequence[tuple[int, float, bytes]], db: sqlite3.Connection, meetings: Meetings
) -> None:
    """Events `n` and on, as rows (n, meeting time, body); nothing else may be at their places."""
    there = meetings.get(meeting)
    if there is None or there.length != n:
        raise Unwritable("no such place in a meeting")
    if there.version < VERSION:  # written by an earlier version, which must not read on from here
        head = msgspec.structs.replace(_head(db, there.key), events=VERSION)
        db.execute(f"UPDATE meeting_{there.key} SET body = ? WHERE n = {HEAD}", (msgspec.json.encode(head),))
    db.executemany(f"INSERT INTO meeting_{there.key} (n, at, body) VALUES (?, ?, ?)", rows)
    meetings[meeting] = Stored(there.key, there.room, n + len(rows))


def replace_events(
    meeting: str, rows: Sequence[tuple[int, float, bytes]], db: sqlite3.Connection, meetings: Meetings
) -> None:
    """These events, as rows (n, meeting time, body), in the place of all that there are."""
    there = meetings.get(meeting)
    if there is None:
        raise Unwritable("no such meeting")
    (mark,) = db.execute(f"SELECT at FROM meeting_{there.key} WHERE n = {HEAD}").fetchone()
    head = msgspec.structs.replace(_head(db, there.key), events=VERSION)
    key = _make_table(head, mark, db)
    db.executemany(f"INSERT INTO meeting_{key} (n, at, body) VALUES (?, ?, ?)", rows)
    db.execute(f"DROP TABLE meeting_{there.key}")
    meetings[meeting] = Stored(key, there.room, len(rows))


def set_marks(marks: Mapping[str, float], db: sqlite3.Connection, meetings: Meetings) -> None:
    """How far meeting time has come; it never goes back. Meetings that are over are left out."""
    for meeting, at in marks.items():
        if meeting in meetings:
            db.execute(f"UPDATE meeting_{meetings[meeting].key} SET at = ? WHERE n = {HEAD} AND at < ?", (at, at))


def begin_meeting(meeting: str, room: str, started: float, db: sqlite3.Connection, meetings: Meetings) -> None:
    """A new meeting, in a room that is there; nothing happens when it has begun already."""
    if meeting in meetings and meetings[meeting].room == room:
        return
    if meeting in meetings or not db.execute("SELECT 1 FROM room WHERE id = ?", (room,)).fetchone():
        raise Unwritable("no such room, or the meeting is in another one")
    meetings[meeting] = Stored(_make_table(_Head(meeting, room, started, VERSION), 0.0, db), room, 0)


def _make_table(head: _Head, mark: float, db: sqlite3.Connection) -> int:
    """A table with nothing but a head; its key."""
    key = 1 + max(_keys(db), default=0)
    db.execute(f"CREATE TABLE meeting_{key} (n INTEGER PRIMARY KEY, at REAL NOT NULL, body BLOB NOT NULL)")
    body = msgspec.json.encode(head)
    db.execute(f"INSERT INTO meeting_{key} (n, at, body) VALUES ({HEAD}, ?, ?)", (mark, body))
    return key


def end_meeting(meeting: str, db: sqlite3.Connection, meetings: Meetings) -> None:
    """All of a meeting goes; nothing happens when it is gone already."""
    there = meetings.pop(meeting, None)
    if there is not None:
        db.execute(f"DROP TABLE meeting_{there.key}")


def save_room(room: str, body: bytes, db: sqlite3.Connection, meetings: Meetings) -> None:
    """A room, new or changed."""
    db.execute("INSERT INTO room (id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body", (room, body))


def delete_room(room: str, db: sqlite3.Connection, meetings: Meetings) -> None:
    """A room and its meetings go. The other rooms move to a new table, so that no page of the old one is kept."""
    for meeting in [meeting for meeting, there in meetings.items() if there.room == room]:
        end_meeting(meeting, db, meetings)
    (table,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'room'").fetchone()
    db.execute("ALTER TABLE room RENAME TO old_room")
    db.execute(table)
    db.execute("INSERT INTO room SELECT * FROM old_room WHERE id != ? ORDER BY id", (room,))
    db.execute("DROP TABLE old_room")


def back_to(meetings: Meetings, db: sqlite3.Connection) -> Meetings:
    """Take back what a failed commit has left behind after all; returns what is there then.

    A commit whose very last step failed may stand complete in the write-ahead log, and come to life when that is read
    again. Those who asked for it were told that it failed. What was erased cannot be taken back: a meeting that was
    replaced or ended stays so, and its room writes anew what it knows (see `Record`).
    """
    found = _stored(db)
    if found == meetings:
        return found
    kept: Meetings = {}
    db.execute("BEGIN IMMEDIATE")
    for meeting, there in found.items():
        known = meetings.get(meeting)
        if known is None:
            db.execute(f"DROP TABLE meeting_{there.key}")
        elif known.key == there.key:
            db.execute(f"DELETE FROM meeting_{there.key} WHERE n >= ?", (known.length,))
            kept[meeting] = there._replace(length=min(known.length, there.length))
        else:
            kept[meeting] = there
    db.execute("COMMIT")
    return kept
