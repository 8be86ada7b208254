"""Backups hold what hosts made: rooms, their agreements and questions. Never a meeting, a name or the key.

A restored room gets new links, always: what was revoked after the backup must not come back to life with it.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from protocol.views import Confidentiality
from server import schedule
from server.database import DATABASE, clear_log, connect, lock_folder, plainly, prepare
from server.formats import FORMATS
from server.stored import Meetings, RoomRow, end_meeting, read_rooms, read_stored, save_room, without_the_unknown

VERSION = 3  # 1: no room had a format of its own; 2: or a schedule
POLICIES = {policy.value for policy in Confidentiality}


class BackupRefused(Exception):
    """It cannot be written or read. The message is one plain sentence for the operator."""


class _Backup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lingkar_backup: int
    rooms: list[dict[str, Any]]  # as they stand there: rows of today may have more fields
    sha256: str  # of the rooms: half a file is none


def write(folder: Path, file: Path) -> int:
    """Write all rooms of a data folder, in use or not; the number of rooms. Raises `BackupRefused`, `DataRefused`."""
    if not (folder / DATABASE).exists():
        raise BackupRefused(f"There is no database in {folder}.")
    rooms = read_rooms(folder / DATABASE)
    whole = msgspec.json.format(msgspec.json.encode(_Backup(VERSION, msgspec.to_builtins(rooms), digest(rooms))))
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "wb") as out:
                out.write(whole)
                out.flush()
                os.fsync(number)
        except BaseException:
            with contextlib.suppress(OSError):
                file.unlink()
            raise
    except OSError as error:
        raise BackupRefused(f"The backup {file} cannot be written: {error.strerror}.") from None
    return len(rooms)


def restore(folder: Path, file: Path) -> int:
    """Put the rooms of a backup into a data folder that no server uses, each under new links; the number of rooms.

    Rooms that are not in the backup stay; of all rooms the links are new, and meetings that were going on are erased.
    All of it, or nothing. Raises `BackupRefused`, `DataRefused`.
    """
    backed_up = {row.id: row for row in _read(file)}
    lock = lock_folder(folder)
    try:
        path = prepare(folder)
        known = {row.id: row for row in read_rooms(path)}
        rooms = {**known, **backed_up}
        meetings = read_stored(path)
        with plainly(path), contextlib.closing(connect(path)) as db:
            db.execute("BEGIN IMMEDIATE")
            for meeting in list(meetings):
                end_meeting(meeting, db, meetings)
            for id, row in rooms.items():
                renewed = _renewed(row, known.get(id, row), time.time())
                save_room(id, msgspec.json.encode(renewed), db, Meetings())
            db.execute("COMMIT")
            clear_log(db, path)
    finally:
        os.close(lock)
    return len(backed_up)


def _renewed(row: RoomRow, known: RoomRow, now: float) -> RoomRow:
    """With generations that no link ever had: rotating counts by ones, so the seconds of the clock are always ahead."""
    newest = max((*row.generations.values(), *known.generations.values()), default=0)
    generation = max(newest + 1, int(now))
    return msgspec.structs.replace(
        row,
        generations=dict.fromkeys(row.generations, generation),
        invite_count=max(row.invite_count, known.invite_count),
    )


def _read(file: Path) -> list[RoomRow]:
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_Backup)
    except OSError as error:
        raise BackupRefused(f"The backup {file} cannot be read: {error.strerror}.") from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise BackupRefused(f"{file} is not a backup of this program.") from None
    if found.lingkar_backup > VERSION:
        raise BackupRefused(f"The backup {file} was written by a newer version of this program: use that one.")
    if found.sha256 != digest(found.rooms):
        raise BackupRefused(f"The backup {file} is damaged.")
    try:
        return [_known(room, file) for room in found.rooms]
    except msgspec.ValidationError:
        raise BackupRefused(f"{file} is not a backup of this program.") from None


def _known(room: Any, file: Path) -> RoomRow:
    """A room that this version can run. Raises `BackupRefused`, `msgspec.ValidationError`."""
    try:
        row = msgspec.convert(room, RoomRow)
    except msgspec.ValidationError:
        row, what = without_the_unknown(room)
        unknown = f"a {what} of its own"
    else:
        unknown = "" if row.own_format or row.format in FORMATS else repr(row.format)
    unknown = unknown or ("" if row.policy in POLICIES else repr(row.policy))
    if row.schedule is not None and not schedule.known(row.schedule.zone):
        unknown = f"a schedule by the clock of {row.schedule.zone!r}"
    if unknown:
        raise BackupRefused(
            f"The backup {file} has a room with {unknown}, which this version of this program does not know: "
            "use the one that wrote it."
        )
    return row


def digest(rooms: Sequence[Any]) -> str:
    """Of rows, or of what stands for them in a backup."""
    return hashlib.sha256(msgspec.json.encode(rooms)).hexdigest()
