"""Everything that this server could hand over about a meeting, for whoever runs it and whoever asks them.

Asked for through a socket in the data folder, which only its owner can open: a host sees a room in numbers, or goes in
and is seen, and this is no way around that.
"""

import asyncio
import urllib.parse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from aiohttp import web

from server import control
from server.database import DATABASE
from server.directory import Directory, Room
from server.media.sound import Sound
from server.neighbours import Neighbours
from server.record import Unreadable, read
from server.stored import MeetingRow, RoomRow, read_meetings, read_rooms

_NOTHING_ELSE = "There is no sound, and no link secret: they are not kept anywhere. Secrets follow from the key file."


class Unknown(Exception):
    """There is no such room or meeting. The message is one plain sentence."""


class Disclosure:
    """What a running server could hand over."""

    def __init__(self, folder: Path, rooms: Directory, sound: Sound, neighbours: Neighbours) -> None:
        self._folder, self._rooms, self._sound, self._neighbours = folder, rooms, sound, neighbours

    def routes(self) -> list[web.RouteDef]:
        """For the socket in the data folder."""
        return [web.get("/disclosure/{id}", self._disclose)]

    async def _disclose(self, request: web.Request) -> web.Response:
        id = request.match_info["id"]
        stored = await asyncio.to_thread(_read, self._folder / DATABASE)
        room = next((room for room in self._rooms.rooms() if id in (room.id, room.live.meeting)), None)
        memory = self._in_memory(room) if room is not None else None
        found = disclosed(id, stored, memory)
        return web.Response(status=404 if found is None else 200, body=msgspec.json.encode(found))

    def _in_memory(self, room: Room) -> dict[str, Any]:
        live, now = room.live, asyncio.get_running_loop().time()
        room.ways.forget(now)
        return {
            "meeting": live.meeting,
            "room": room.id,
            "plan": _plain(room.rules()),
            "now": live.now,
            "kept": _plain(live.state.kept),
            "live": _plain(live.state.live),
            "connections": live.addresses(),  # of those who are connected at this moment
            "sound": self._sound.hosts(live.meeting),  # where their sound comes from and goes to
            "moves": len(room.ways),  # codes for another device that were not used yet; only their digests are there
            "at_the_door": room.crowd.places,  # where those come from who wait, while they do
            "barred": sorted(room.barred),  # invites that open nothing any more
            "places": [place._asdict() for place in self._neighbours.known(now)],  # of the whole server
        }


class Stored(NamedTuple):
    """What the disk has."""

    rooms: list[RoomRow]
    meetings: list[MeetingRow]


def _read(path: Path) -> Stored:
    return Stored(read_rooms(path), read_meetings(path))


def disclosed(id: str, stored: Stored, memory: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What memory (None: no such room there) and disk have about the room or meeting of that id; None when there is
    nothing."""
    ids = {id} if memory is None else {id, memory["room"], memory["meeting"]}
    meetings = [row for row in stored.meetings if ids & {row.room, row.id}]
    rooms = [row for row in stored.rooms if row.id in ids or any(row.id == meeting.room for meeting in meetings)]
    if memory is None and not meetings and not rooms:
        return None
    return {
        "disk": [_on_disk(row) for row in meetings],
        "room": [_plain(row) for row in rooms],
        "memory": memory or {},
        "note": _NOTHING_ELSE,
    }


def _on_disk(row: MeetingRow) -> dict[str, Any]:
    try:
        events = [{"at": at, **_plain(event)} for at, event in read(row.events)]
    except Unreadable:  # as it is
        events = [{"at": at, "bytes": str(body)} for at, body in row.events]
    return {"meeting": row.id, "room": row.room, "started": row.started, "mark": row.mark, "events": events}


def _plain(value: object) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value, order="deterministic")
    return plain


def ask(folder: Path, id: str) -> dict[str, Any]:
    """From the command line: of the server that runs on this data folder, or of the disk alone. Raises `Unknown`,
    `DataRefused`, `OSError`."""
    found = _of_the_server(folder, id)
    if found is None and (folder / DATABASE).exists():
        found = disclosed(id, _read(folder / DATABASE), None)
    if found is None:
        raise Unknown(f"there is no meeting or room {id!r} in {folder}.")
    return found


def _of_the_server(folder: Path, id: str) -> dict[str, Any] | None:
    answer = control.ask(folder, f"/disclosure/{urllib.parse.quote(id, safe='')}")
    said: Mapping[str, Any] | None = msgspec.json.decode(answer.body) if answer and answer.status == 200 else None
    return dict(said) if said is not None else None
