"""What a host says to those inside, from outside: to all rooms or some.

    POST /api/announcements           {"text", "rooms"?: [id, ...]}  ->  201 {"id", "rooms": [id, ...], "people"}
    GET /api/announcements            ->  {"announcements": [{"id", "text", "age", "rooms": [id, ...], "people"}, ...]}
    DELETE /api/announcements/{id}    it is not shown any more  ->  204

`text` has 1-300 characters, in one or more lines. It is kept in memory only, and shown to everybody inside those rooms,
also to who comes later, for ten minutes, or until it is taken down or another one takes its place. `rooms`: those that
show it; left out, all of them are meant. `people`: how many are inside and here. `age` in seconds.
"""

import secrets
from typing import Any

import msgspec
from aiohttp import web
from msgspec import UNSET, UnsetType

from rooms.state import present
from server import api
from server.directory import Directory
from server.neighbours import Neighbours
from server.requests import Handler, Problem, Refused, answer, body, guarded
from server.room import Room

LONGEST = 300  # characters


class NewAnnouncement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a POST."""

    text: str
    rooms: list[str] | UnsetType = UNSET


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """For whoever has the token."""

    async def announce(request: web.Request) -> web.Response:
        asked = await body(request, NewAnnouncement)
        text, id = _clean(asked.text), secrets.token_hex(5)
        told = [room for room in _meant(rooms, asked) if not room.live.state.kept.closed]
        for room in told:
            room.live.announce(id, text)
        return answer({"id": id, "rooms": [room.id for room in told], "people": sum(map(_here, told))}, 201)

    async def listed(_: web.Request) -> web.Response:
        return answer({"announcements": _standing(rooms)})

    async def take_down(request: web.Request) -> web.Response:
        id = request.match_info["id"]
        showing = [room for room in rooms.rooms() if _shown(room) == id]
        if not showing:
            raise Refused(404, Problem.NOT_FOUND)
        for room in showing:
            room.live.take_down(id)
        return web.Response(status=204)

    table: list[tuple[str, str, Handler]] = [
        ("POST", "/api/announcements", announce),
        ("GET", "/api/announcements", listed),
        ("DELETE", "/api/announcements/{id}", take_down),
    ]
    return [web.route(method, path, guarded(handler, neighbours, host_token)) for method, path, handler in table]


def _clean(text: str) -> str:
    """As people see it, or `Refused`."""
    text = api.lines(text, LONGEST, Problem.ANNOUNCEMENT)
    if not text:
        raise Refused(400, Problem.ANNOUNCEMENT)
    return text


def _meant(rooms: Directory, asked: NewAnnouncement) -> list[Room]:
    """Each once, as they are listed; `Refused` when one is not there."""
    if asked.rooms is UNSET:
        return rooms.rooms()
    if not asked.rooms:
        raise Refused(400, Problem.MALFORMED)
    if any(rooms.find(id) is None for id in asked.rooms):
        raise Refused(404, Problem.NOT_FOUND)
    return [room for room in rooms.rooms() if room.id in asked.rooms]


def _shown(room: Room) -> str:
    stands = room.live.state.live.announcement
    return stands.id if stands is not None else ""


def _here(room: Room) -> int:
    state = room.live.state
    return sum(present(state, seat) for seat in state.kept.circle)


def _standing(rooms: Directory) -> list[dict[str, Any]]:
    """What is shown now, the newest first."""
    found: dict[str, dict[str, Any]] = {}
    for room in rooms.rooms():
        stands = room.live.state.live.announcement
        if stands is not None:
            new = {"id": stands.id, "text": stands.text, "age": 0.0, "rooms": [], "people": 0}
            one = found.setdefault(stands.id, new)
            one["age"] = round(room.live.now - stands.at, 1)
            one["rooms"].append(room.id)
            one["people"] += _here(room)
    return sorted(found.values(), key=lambda one: float(one["age"]))
