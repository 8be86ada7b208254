"""The hosts' API: rooms are made, listed, changed and removed with the host token, in JSON.

    POST /api/rooms            {"title", "format"? or "format_toml"?, "agreement"?: {"policy"?, "text"?}, "questions"?,
                               "seats"?, "two_to_remove"?, "schedule"?}  ->  201 a room
    GET /api/rooms             ->  {"rooms": [a room, ...]}
    GET /api/rooms/{id}        ->  a room
    PATCH /api/rooms/{id}      {"title"?, "format"? or "format_toml"?, "agreement"?, ...}  ->  a room
    DELETE /api/rooms/{id}     closes its meeting, then removes it  ->  204
    POST /api/rooms/{id}/close closes its meeting, of which nothing is kept; the room gathers anew  ->  a room

A room is `{"id", "title", "format", "own_format"?, "agreement", "questions", "seats", "two_to_remove", "links",
"schedule"?, "next_meetings"?}`;
`links` are `{"host", "facilitator", "participant"}`, but for those that are revoked or have expired; and, in numbers,
what happens in it. A `format` is asked for by the name of one that comes with the server, or whole; `own_format` is
there when it is none of those (see server/api_formats.py). `seats`: for how many participants there is room; 0: no
limit. Where people are in the room, they are asked again when its agreement changes (see server/api_agreement.py). What
cannot be done is `{"code": ...}` (see `Problem`). More about links: server/api_links.py; about schedules:
server/api_schedule.py; about the numbers: server/numbers.py; all of them as they change: server/api_board.py.
"""

import asyncio
import unicodedata
from typing import Any

import msgspec
from aiohttp import web
from msgspec import UNSET, UnsetType

from protocol.views import Confidentiality
from rooms.format import Format, built, read
from server import entries, reform
from server.api_schedule import planned, schedule_asked
from server.directory import Directory
from server.formats import FORMATS
from server.neighbours import Neighbours
from server.requests import Handler, Problem, Refused, answer, body, guarded, named
from server.room import Room, RoomPlan
from server.schedule import Schedule

TITLE, QUESTION, QUESTIONS, AGREEMENT = 80, 200, 3, 10_000  # characters, but for the number of questions
SEATS = 300  # the most a room can be limited to: all who come to a meeting, the door included, are not many more


class AgreementAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is; for a new room: what is said here stays here, and no words of its own."""

    policy: Confidentiality | UnsetType = UNSET
    text: str | UnsetType = UNSET


class FormatAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By its name, whole, or as TOML text."""

    format: str | dict[str, Any] | UnsetType = UNSET
    format_toml: str | UnsetType = UNSET


class Changes(FormatAsked, frozen=True, kw_only=True):
    """The body of a PATCH. What is left out stays as it is."""

    title: str | UnsetType = UNSET
    agreement: AgreementAsked = AgreementAsked()
    questions: list[str] | UnsetType = UNSET
    seats: int | UnsetType = UNSET
    two_to_remove: bool | UnsetType = UNSET
    schedule: Schedule | UnsetType | None = UNSET


class NewRoom(Changes, frozen=True, kw_only=True):
    """The body of a POST."""

    title: str


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """The API over these rooms, for whoever has the token."""
    turn = asyncio.Lock()  # a change builds on the one before, which may still be on its way to the disk

    async def create(request: web.Request) -> web.Response:
        asked = await body(request, NewRoom)
        room = await rooms.create(changed(RoomPlan(title=""), asked, await format_asked(asked)))
        return answer(shown(room), 201)

    async def listed(_: web.Request) -> web.Response:
        return answer({"rooms": [shown(room) for room in rooms.rooms()]})

    async def one(request: web.Request) -> web.Response:
        return answer(shown(named(rooms, request)))

    async def change(request: web.Request) -> web.Response:
        asked = await body(request, Changes)
        form = await format_asked(asked)
        async with turn:
            room = named(rooms, request)
            await rooms.change(room, changed(room.plan, asked, form))
        return answer(shown(room))

    async def delete(request: web.Request) -> web.Response:
        async with turn:
            await rooms.delete(named(rooms, request))
        return web.Response(status=204)

    async def close(request: web.Request) -> web.Response:
        async with turn:
            room = named(rooms, request)
            await room.live.close()
        return answer(shown(room))

    table: list[tuple[str, str, Handler]] = [
        ("POST", "/api/rooms", create),
        ("GET", "/api/rooms", listed),
        ("GET", "/api/rooms/{id}", one),
        ("PATCH", "/api/rooms/{id}", change),
        ("DELETE", "/api/rooms/{id}", delete),
        ("POST", "/api/rooms/{id}/close", close),
    ]
    return [web.route(method, path, guarded(handler, neighbours, host_token)) for method, path, handler in table]


def changed(plan: RoomPlan, asked: Changes, form: Format | None) -> RoomPlan:
    """The plan with what was asked for, or `Refused` with the first thing that is wrong."""
    new: dict[str, Any] = {}
    if asked.title is not UNSET:
        new["title"] = _words(asked.title, TITLE, Problem.TITLE)
    if form is not None:
        new["format"], new["own"] = form.name, reform.own(form)
    if asked.agreement.policy is not UNSET:
        new["policy"] = asked.agreement.policy
    if asked.agreement.text is not UNSET:
        new["text"] = lines(asked.agreement.text, AGREEMENT, Problem.AGREEMENT)
    if asked.questions is not UNSET:
        if len(asked.questions) > QUESTIONS:
            raise Refused(400, Problem.QUESTIONS)
        new["questions"] = tuple(_words(text, QUESTION, Problem.QUESTIONS) for text in asked.questions)
    if asked.seats is not UNSET:
        if not 0 <= asked.seats <= SEATS:
            raise Refused(400, Problem.SEATS)
        new["seats"] = asked.seats
    if asked.two_to_remove is not UNSET:
        new["two_to_remove"] = asked.two_to_remove
    if asked.schedule is not UNSET:
        new["schedule"] = schedule_asked(asked.schedule)
    return msgspec.structs.replace(plan, **new)


async def format_asked(asked: FormatAsked) -> Format | None:
    """None where it was left out. `FormatWrong`, or `Refused` when no format has that name. Long texts are read beside
    the loop: others are not kept waiting."""
    if asked.format is not UNSET and asked.format_toml is not UNSET:
        raise Refused(400, Problem.MALFORMED)
    if asked.format_toml is not UNSET:
        return await asyncio.to_thread(read, asked.format_toml)
    if isinstance(asked.format, str) and asked.format not in FORMATS:
        raise Refused(400, Problem.FORMAT)
    if isinstance(asked.format, str):
        return FORMATS[asked.format]
    return None if asked.format is UNSET else built(asked.format)


def _words(text: str, most: int, problem: Problem) -> str:
    """One line as people see it: composed (NFC), one space between words. `Refused` if there is nothing to see."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(unicodedata.category(char)[0] in "LNS" for char in text):
        raise Refused(400, problem)
    return _visible(text, most, problem)


def lines(text: str, most: int, problem: Problem) -> str:
    """Like `_words`, but with its lines as they are; may be empty."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", "    ")).strip()
    _visible(text.replace("\n", " "), most, problem)
    return text


def _visible(text: str, most: int, problem: Problem) -> str:
    if len(text) > most or any(unicodedata.category(char) in _HIDDEN for char in text):
        raise Refused(400, problem)
    return text


# Controls, formats (direction marks, zero width), surrogates, private and unassigned, line and paragraph separators.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def shown(room: Room) -> dict[str, Any]:
    """A room as hosts see it: how it is set up, its links, and numbers."""
    plan = room.plan
    return {
        "id": room.id,
        "title": plan.title,
        "format": plan.format,
        "agreement": {"policy": plan.policy, "text": plan.text},
        "questions": plan.questions,
        "seats": plan.seats,
        "two_to_remove": plan.two_to_remove,
        "links": entries.urls(room),
        **({} if plan.own is None else {"own_format": plan.own}),
        **msgspec.to_builtins(room.numbers()),
        **planned(plan.schedule, room.ground.wall()),
    }
