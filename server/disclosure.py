"""Everything that this server could hand over about a meeting, for whoever runs it and whoever asks them.

Asked for through a socket in the data folder, which only its owner can open: a host sees a room in numbers, or goes in
and is seen, and this is no way around that.
"""

import asyncio
import contextlib
import http.client
import os
import socket
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from server.database import DATABASE
from server.directory import Directory, Room
from server.record import read
from server.stored import MeetingRow, read_meetings

SOCKET = "control"
PATIENCE = 15.0  # seconds

_NOTHING_ELSE = "There is no audio, no text of messages, and no link secret: they are not kept anywhere."


class Unknown(Exception):
    """There is no such room or meeting. The message is one plain sentence."""


class Control:
    """The socket of a running server."""

    def __init__(self, folder: Path, rooms: Directory) -> None:
        self._folder, self._rooms = folder, rooms
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.add_routes([web.get("/disclosure/{id}", self._disclose)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        with _short(self._folder) as path:
            path.unlink(missing_ok=True)  # of a server that was killed: the folder's lock is ours
            await web.UnixSite(self._runner, path).start()
            path.chmod(0o600)

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            with contextlib.suppress(OSError):
                (self._folder / SOCKET).unlink()

    async def _disclose(self, request: web.Request) -> web.Response:
        id = request.match_info["id"]
        room = next((room for room in self._rooms.rooms() if id in (room.id, room.live.meeting)), None)
        stored = await asyncio.to_thread(read_meetings, self._folder / DATABASE)
        found = disclosed(id, room, stored)
        return web.Response(status=404 if found is None else 200, body=msgspec.json.encode(found))


def disclosed(id: str, room: Room | None, stored: list[MeetingRow]) -> dict[str, Any] | None:
    """What memory and disk have about the room or meeting of that id; None when there is nothing."""
    meetings = [row for row in stored if id in (row.room, row.id) or (room and row.id == room.live.meeting)]
    if room is None and not meetings:
        return None
    return {
        "disk": [_on_disk(row) for row in meetings],
        "memory": _in_memory(room) if room is not None else {},
        "note": _NOTHING_ELSE,
    }


def _on_disk(row: MeetingRow) -> dict[str, Any]:
    events = [{"at": at, **_plain(event)} for at, event in read(row.events)]
    return {"meeting": row.id, "room": row.room, "started": row.started, "mark": row.mark, "events": events}


def _in_memory(room: Room) -> dict[str, Any]:
    live = room.live
    return {
        "meeting": live.meeting,
        "room": room.id,
        "plan": _plain(room.plan),
        "now": live.now,
        "kept": _plain(live.state.kept),
        "live": _plain(live.state.live),
        "connections": live.addresses(),  # of those who are connected at this moment
    }


def _plain(value: object) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value, order="deterministic")
    return plain


def ask(folder: Path, id: str) -> dict[str, Any]:
    """From the command line: of the server that runs on this data folder, or of the disk alone. Raises `Unknown`,
    `DataRefused`, `OSError`."""
    found = _of_the_server(folder, id)
    if found is None and (folder / DATABASE).exists():
        found = disclosed(id, None, read_meetings(folder / DATABASE))
    if found is None:
        raise Unknown(f"there is no meeting or room {id!r} in {folder}.")
    return found


def _of_the_server(folder: Path, id: str) -> dict[str, Any] | None:
    with _short(folder) as path, contextlib.closing(http.client.HTTPConnection("control", timeout=PATIENCE)) as line:
        line.sock = socket.socket(socket.AF_UNIX)
        line.sock.settimeout(PATIENCE)
        try:
            line.sock.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
            return None  # no server runs there
        line.request("GET", f"/disclosure/{urllib.parse.quote(id, safe='')}")
        answer = line.getresponse()
        said: Mapping[str, Any] | None = msgspec.json.decode(answer.read()) if answer.status == 200 else None
        return dict(said) if said is not None else None


@contextlib.contextmanager
def _short(folder: Path) -> Iterator[Path]:
    """A path to the socket that is short enough for the kernel (107 bytes), wherever the folder is."""
    if not folder.is_dir():
        yield folder / SOCKET
        return
    number = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield Path(f"/proc/self/fd/{number}", SOCKET)
    finally:
        os.close(number)
