"""The hosts' API: rooms are made, listed, changed and removed with the host token, in JSON.

    POST /api/rooms            {"title", "format"?, "agreement"?: {"policy"?, "text"?}, "questions"?}  ->  201 a room
    GET /api/rooms             ->  {"rooms": [a room, ...]}
    GET /api/rooms/{id}        ->  a room
    PATCH /api/rooms/{id}      {"title"?, "agreement"?, "questions"?}  ->  a room
    DELETE /api/rooms/{id}     closes its meeting, then removes it  ->  204

A room is `{"id", "title", "format", "agreement", "questions", "links": {"host", "facilitator", "participant"}}` and, in
numbers, what happens in it. What cannot be done is `{"code": ...}` (see `Problem`).
"""

import asyncio
import hashlib
import hmac
import unicodedata
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from aiohttp import web
from msgspec import UNSET, UnsetType

from protocol.views import Confidentiality
from server.directory import Directory, InUse, Room, RoomPlan
from server.formats import FORMATS
from server.journal import StorageFailed
from server.neighbours import Neighbours

BODY = 64 * 1024  # bytes
PATIENCE = 10.0  # seconds for a body to arrive
TITLE, QUESTION, QUESTIONS, AGREEMENT = 80, 200, 3, 10_000  # characters, but for the number of questions


class Problem(StrEnum):
    """Why a request was refused: the `code` of the answer."""

    UNAUTHORIZED = "unauthorized"  # no token, or not the right one
    NOT_FOUND = "not-found"
    METHOD = "method-not-allowed"
    MEDIA_TYPE = "media-type"  # a body is `application/json`, not compressed
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    MALFORMED = "malformed"  # not JSON, a field too many, or of another type
    TITLE = "title-invalid"  # 1-80 visible characters
    FORMAT = "format-unknown"
    AGREEMENT = "agreement-invalid"
    QUESTIONS = "questions-invalid"  # up to three, 1-200 visible characters each
    IN_USE = "in-use"  # people have accepted the agreement: it changes when nobody is there
    TOO_FAST = "too-fast"  # too many wrong tokens from there
    NOT_NOW = "not-now"  # it could not be made durable; nothing changed
    INTERNAL = "internal"


class Refused(Exception):
    """A request that is answered with a code."""

    def __init__(self, status: int, code: Problem) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class AgreementAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is; for a new room: what is said here stays here, and no words of its own."""

    policy: Confidentiality | UnsetType = UNSET
    text: str | UnsetType = UNSET


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a PATCH. What is left out stays as it is."""

    title: str | UnsetType = UNSET
    agreement: AgreementAsked = AgreementAsked()
    questions: list[str] | UnsetType = UNSET


class NewRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a POST."""

    title: str
    format: str = "simple"
    agreement: AgreementAsked = AgreementAsked()
    questions: list[str] = []


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body")


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """The API over these rooms, for whoever has the token."""
    turn = asyncio.Lock()  # a change builds on the one before, which may still be on its way to the disk

    async def create(request: web.Request) -> web.Response:
        asked = await body(request, NewRoom)
        if asked.format not in FORMATS:
            raise Refused(400, Problem.FORMAT)
        plan = changed(
            RoomPlan(title="", format=asked.format),
            Changes(title=asked.title, agreement=asked.agreement, questions=asked.questions),
        )
        room = await rooms.create(plan)
        return answer(shown(room), 201)

    async def listed(_: web.Request) -> web.Response:
        return answer({"rooms": [shown(room) for room in rooms.rooms()]})

    async def one(request: web.Request) -> web.Response:
        return answer(shown(named(request)))

    async def change(request: web.Request) -> web.Response:
        asked = await body(request, Changes)
        async with turn:
            room = named(request)
            await rooms.change(room, changed(room.plan, asked))
        return answer(shown(room))

    async def delete(request: web.Request) -> web.Response:
        async with turn:
            await rooms.delete(named(request))
        return web.Response(status=204)

    def named(request: web.Request) -> Room:
        room = rooms.find(request.match_info["id"])
        if room is None:
            raise Refused(404, Problem.NOT_FOUND)
        return room

    table: list[tuple[str, str, Handler]] = [
        ("POST", "/api/rooms", create),
        ("GET", "/api/rooms", listed),
        ("GET", "/api/rooms/{id}", one),
        ("PATCH", "/api/rooms/{id}", change),
        ("DELETE", "/api/rooms/{id}", delete),
    ]
    return [web.route(method, path, guarded(handler, neighbours, host_token)) for method, path, handler in table]


def guarded(handler: Handler, neighbours: Neighbours, *tokens: str) -> Handler:
    """The handler behind any of these tokens (empty ones open nothing), with a full disk as a plain answer."""

    async def ask(request: web.Request) -> web.StreamResponse:
        if not bearer(request, *tokens):
            if not neighbours.guess(neighbours.place_of(request), asyncio.get_running_loop().time()):
                raise Refused(429, Problem.TOO_FAST)
            raise Refused(401, Problem.UNAUTHORIZED)
        try:
            return await handler(request)
        except InUse:
            raise Refused(409, Problem.IN_USE) from None
        except StorageFailed:
            raise Refused(503, Problem.NOT_NOW) from None

    return ask


def bearer(request: web.Request, *tokens: str) -> bool:
    """Whether the request carries one of the tokens. Takes as long for a wrong one as for the right one."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    digest = _digest(given.strip())
    right = [hmac.compare_digest(digest, _digest(token)) for token in tokens if token]
    return scheme.lower() == "bearer" and any(right)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


async def body(request: web.Request, kind: type[Body]) -> Body:
    """The JSON body as a value of that type, or `Refused`."""
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise Refused(415, Problem.MEDIA_TYPE)
    try:
        return msgspec.json.decode(await _bytes(request), type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise Refused(400, Problem.MALFORMED) from None


async def _bytes(request: web.Request) -> bytes:
    found = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.content.iter_any():
                found += piece
                if len(found) > BODY:
                    raise Refused(413, Problem.TOO_LARGE)
    except TimeoutError:
        raise Refused(408, Problem.TOO_SLOW) from None
    return bytes(found)


def changed(plan: RoomPlan, asked: Changes) -> RoomPlan:
    """The plan with what was asked for, or `Refused` with the first thing that is wrong."""
    new: dict[str, Any] = {}
    if asked.title is not UNSET:
        new["title"] = _words(asked.title, TITLE, Problem.TITLE)
    if asked.agreement.policy is not UNSET:
        new["policy"] = asked.agreement.policy
    if asked.agreement.text is not UNSET:
        new["text"] = _lines(asked.agreement.text, AGREEMENT, Problem.AGREEMENT)
    if asked.questions is not UNSET:
        if len(asked.questions) > QUESTIONS:
            raise Refused(400, Problem.QUESTIONS)
        new["questions"] = tuple(_words(text, QUESTION, Problem.QUESTIONS) for text in asked.questions)
    return msgspec.structs.replace(plan, **new)


def _words(text: str, most: int, problem: Problem) -> str:
    """One line as people see it: composed (NFC), one space between words. `Refused` if there is nothing to see."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(unicodedata.category(char)[0] in "LNS" for char in text):
        raise Refused(400, problem)
    return _visible(text, most, problem)


def _lines(text: str, most: int, problem: Problem) -> str:
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
        "links": room.links(),
        **msgspec.to_builtins(room.numbers()),
    }


def answer(document: object, status: int = 200) -> web.Response:
    """A JSON answer that nobody stores."""
    return web.Response(body=msgspec.json.encode(document), status=status, content_type="application/json")
