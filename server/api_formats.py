"""The hosts' API for formats: those that come with the server, a room's own, and a look at one that somebody wrote.

    GET /api/formats                    ->  {"formats": [a format, ...]}
    POST /api/formats                   {"format"} or {"format_toml"}  ->  {"format": a format}; nothing is changed
    GET /api/formats/{name}             ->  its TOML text, with what its comments say to people
    GET /api/rooms/{id}/format          ->  the TOML text of a room's format

A format is as protocol/formats.py has it; what holds its default is left out. What is wrong with one is answered
`{"code": "format", "detail": [{"at", "code", "why", "line"?, "low"?, "high"?}, ...]}`, all of it at once.
"""

from aiohttp import web

from rooms.format_text import written
from server.api import FormatAsked, format_asked
from server.directory import Directory
from server.formats import FORMATS, TEXTS
from server.neighbours import Neighbours
from server.requests import Handler, Problem, Refused, answer, body, guarded, named


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """For whoever has the token."""

    async def listed(_: web.Request) -> web.Response:
        return answer({"formats": list(FORMATS.values())})

    async def check(request: web.Request) -> web.Response:
        found = await format_asked(await body(request, FormatAsked))
        if found is None:
            raise Refused(400, Problem.MALFORMED)
        return answer({"format": found})

    async def one(request: web.Request) -> web.Response:
        if request.match_info["name"] not in TEXTS:
            raise Refused(404, Problem.NOT_FOUND)
        return _text(TEXTS[request.match_info["name"]])

    async def of_room(request: web.Request) -> web.Response:
        room = named(rooms, request)
        kept = TEXTS.get(room.row.format) if room.row.own_format is None else None
        return _text(kept or written(room.rules().format))

    table: list[tuple[str, str, Handler]] = [
        ("GET", "/api/formats", listed),
        ("POST", "/api/formats", check),
        ("GET", "/api/formats/{name}", one),
        ("GET", "/api/rooms/{id}/format", of_room),
    ]
    return [web.route(method, path, guarded(handler, neighbours, host_token)) for method, path, handler in table]


def _text(toml: str) -> web.Response:
    return web.Response(text=toml, content_type="text/plain", charset="utf-8")
