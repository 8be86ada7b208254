"""What everything that is asked over HTTP shares: who may ask, the body as a value, and answers, all of them JSON."""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TypeVar

import msgspec
from aiohttp import web

from protocol.errors import Code, Rejected
from rooms.format import FormatWrong
from server.directory import Directory
from server.journal import StorageFailed
from server.neighbours import Neighbours
from server.room import Room

BODY = 64 * 1024  # bytes
PATIENCE = 10.0  # seconds for a body to arrive


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
    FORMAT = "format-unknown"  # none of that name comes with the server
    FORMAT_WRONG = "format"  # it could not run; `detail` is a list of what is wrong and where
    WOULD_LOSE = "would-lose"  # with another format somebody would lose a turn or a place now
    AGREEMENT = "agreement-invalid"
    ANNOUNCEMENT = "announcement-invalid"  # 1-300 visible characters, one or more lines
    QUESTIONS = "questions-invalid"  # up to three, 1-200 visible characters each
    SEATS = "seats-invalid"  # 0 to 300
    SCHEDULE = "schedule-invalid"  # `detail` is `{"field", "code"}`: what of it, and why
    NO_SCHEDULE = "no-schedule"  # the room has none
    HOURS = "hours-invalid"  # 0 to a year
    NO_LINK = "no-link"  # the room has no such link
    LINKS_FULL = "links-full"  # it has as many personal invites as it can have
    BOARD_FULL = "board-full"  # as many look on already as can: ask for it without the stream
    TOO_FAST = "too-fast"  # too many wrong tokens from there
    NOT_NOW = "not-now"  # it could not be made durable; nothing changed
    INTERNAL = "internal"


class Refused(Exception):
    """A request that is answered with a code, and more about it where there is more to say."""

    def __init__(self, status: int, code: Problem, detail: object = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail


_REJECTED = {
    Code.NO_LINK: (404, Problem.NO_LINK),
    Code.LINKS_FULL: (409, Problem.LINKS_FULL),
    Code.WOULD_LOSE: (409, Problem.WOULD_LOSE),
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body")


def guarded(handler: Handler, neighbours: Neighbours, *tokens: str) -> Handler:
    """The handler behind any of these tokens (empty ones open nothing), with a full disk as a plain answer."""

    async def ask(request: web.Request) -> web.StreamResponse:
        if not bearer(request, *tokens):
            if not neighbours.guess(neighbours.place_of(request), asyncio.get_running_loop().time()):
                raise Refused(429, Problem.TOO_FAST)
            raise Refused(401, Problem.UNAUTHORIZED)
        try:
            return await handler(request)
        except Rejected as no:
            status, code = _REJECTED[no.code]
            raise Refused(status, code) from None
        except FormatWrong as wrong:
            raise Refused(400, Problem.FORMAT_WRONG, wrong.faults) from None
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


def named(rooms: Directory, request: web.Request) -> Room:
    """The room that the path names, or `Refused`."""
    room = rooms.find(request.match_info["id"])
    if room is None:
        raise Refused(404, Problem.NOT_FOUND)
    return room


def answer(document: object, status: int = 200) -> web.Response:
    """A JSON answer that nobody stores."""
    return web.Response(body=msgspec.json.encode(document), status=status, content_type="application/json")
