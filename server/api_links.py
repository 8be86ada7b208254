"""The hosts' API for the links of a room: its own three, and personal invites.

    GET /api/rooms/{id}/links                  ->  {"links": [a link, ...]}
    POST /api/rooms/{id}/links                 {"role"?, "hours"?}  ->  201 a link: a personal invite
    POST /api/rooms/{id}/links/{link}/renew    {"hours"?}  ->  a link; the old one opens nothing any more
    DELETE /api/rooms/{id}/links/{link}        it opens nothing any more, and whoever came by it goes  ->  204
    GET /api/rooms/{id}/links/{link}/drawing   ->  {"size", "path"}: its QR code, a path in a box of that size

A link is `{"id", "role", "url", "until"?, "people"?}`: without `url` when it has expired, and not in the list when it
was revoked; a revoked link of the room itself opens again when it is renewed. `hours` until it expires, `until` as
seconds since 1970. `people` is left out for personal invites: whether that one person is here is for those who are.
"""

import asyncio

import msgspec
from aiohttp import web
from msgspec import UNSET

from protocol.replies import Link
from protocol.views import Role
from server import entries
from server.directory import Directory
from server.moving import drawn
from server.neighbours import Neighbours
from server.requests import Handler, Problem, Refused, answer, body, guarded, named
from server.room import Room

LONGEST = 24 * 366.0  # hours


class NewInvite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a POST."""

    role: Role = Role.PARTICIPANT
    hours: float = 0


class Renewal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a renewal."""

    hours: float = 0


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """For whoever has the token."""

    async def listed(request: web.Request) -> web.Response:
        return answer({"links": entries.listed(named(rooms, request), None)})

    async def make(request: web.Request) -> web.Response:
        room, asked = named(rooms, request), await body(request, NewInvite)
        return answer(_one(room, await entries.make(room, asked.role, _hours(asked.hours))), 201)

    async def renew(request: web.Request) -> web.Response:
        room, asked, link = named(rooms, request), await body(request, Renewal), request.match_info["link"]
        await entries.renew(room, link, _hours(asked.hours))
        return answer(_one(room, link))

    async def revoke(request: web.Request) -> web.Response:
        await entries.revoke(named(rooms, request), request.match_info["link"])
        return web.Response(status=204)

    async def draw(request: web.Request) -> web.Response:
        link = _one(named(rooms, request), request.match_info["link"])
        if link.url is UNSET:  # expired
            raise Refused(404, Problem.NO_LINK)
        return answer((await asyncio.to_thread(drawn, link.url))._asdict())

    table: list[tuple[str, str, Handler]] = [
        ("GET", "/api/rooms/{id}/links", listed),
        ("POST", "/api/rooms/{id}/links", make),
        ("POST", "/api/rooms/{id}/links/{link}/renew", renew),
        ("DELETE", "/api/rooms/{id}/links/{link}", revoke),
        ("GET", "/api/rooms/{id}/links/{link}/drawing", draw),
    ]
    return [web.route(method, path, guarded(handler, neighbours, host_token)) for method, path, handler in table]


def _one(room: Room, link: str) -> Link:
    found = next((one for one in entries.listed(room, None) if one.id == link), None)
    if found is None:  # revoked by somebody else meanwhile
        raise Refused(404, Problem.NO_LINK)
    return found


def _hours(hours: float) -> float:
    if not 0 <= hours <= LONGEST:
        raise Refused(400, Problem.HOURS)
    return hours
