"""All that is spoken over plain HTTP, joined: pages, health, metrics, the schema and the hosts' API.

Every answer has the security headers. What goes wrong is answered `{"code": ...}`; a bug of ours leaves its traceback
in the log, without any content, and never reaches a browser. Nothing here sets or reads a cookie.
"""

import hmac
import logging
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from protocol.generate import schema
from server import (
    api,
    api_agreement,
    api_announcements,
    api_board,
    api_formats,
    api_links,
    api_schedule,
    assets,
    offline,
    requests,
)
from server.assets import Assets
from server.board import Board
from server.directory import Directory
from server.errors import ErrorPages, wants_page
from server.guard import trace
from server.metrics import CONTENT_TYPE, Metrics
from server.neighbours import Neighbours
from server.requests import Handler, Problem, Refused
from server.signposts import Signposts

log = logging.getLogger("lingkar.http")

LAG = 10.0  # seconds that the oldest unwritten entry may wait before we say that storing has stalled
MARK = "Lingkar-Mark"  # a header of `/healthz`, both ways
IDLE = 30.0  # seconds that a connection may take for a request's head, the first one or the next
STOP = 5.0  # seconds that a request may still take when the server stops


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What the HTTP side needs to know. `behind`: seconds that the oldest unwritten entry of the journal has waited;
    `audio`: starting, on or off."""

    assets: Assets
    rooms: Directory
    board: Board
    metrics: Metrics
    behind: Callable[[], float]
    origins: Sequence[str]
    host_token: str
    metrics_token: str = ""
    audio: Callable[[], str] = lambda: "off"
    mark: str = ""  # by which our own doctor knows this server again, whatever stands in between
    neighbours: Neighbours = msgspec.field(default_factory=Neighbours)
    signposts: Signposts = Signposts()


def attach(app: web.Application, site: Site) -> None:
    """Add every route, the funnel for errors and the headers to an application that has not started yet."""
    errors = ErrorPages(site.assets)
    app.middlewares.append(_funnel(site, errors))
    app.on_response_prepare.append(_dress(headers(site.origins)))
    app.add_routes(assets.routes(site.assets))
    app.add_routes(offline.routes(site.assets, errors, site.signposts))
    app.add_routes(api.routes(site.rooms, site.host_token, site.neighbours))
    app.add_routes(api_announcements.routes(site.rooms, site.host_token, site.neighbours))
    app.add_routes(api_board.routes(site.board, site.host_token, site.neighbours))
    app.add_routes(api_agreement.routes(site.rooms, site.host_token, site.neighbours))
    app.add_routes(api_formats.routes(site.rooms, site.host_token, site.neighbours))
    app.add_routes(api_links.routes(site.rooms, site.host_token, site.neighbours))
    app.add_routes(api_schedule.routes(site.rooms, site.host_token, site.neighbours))
    app.add_routes(_small(site))


def _small(site: Site) -> list[web.RouteDef]:
    wire = assets.asset("schema.json", msgspec.json.encode(schema()))

    async def health(request: web.Request) -> web.Response:
        stalled = site.behind() > LAG
        status = "storing-stalled" if stalled else "ok"
        response = requests.answer({"status": status, "audio": site.audio()}, 503 if stalled else 200)
        given = request.headers.get(MARK, "").encode("utf-8", "surrogateescape")  # whatever bytes came
        if site.mark and hmac.compare_digest(given, site.mark.encode()):
            response.headers[MARK] = "same"  # nobody learns anything who does not know it
        return response

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=site.metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    async def schema_json(request: web.Request) -> web.Response:
        return await assets.respond(request, wire, "no-cache")

    return [
        web.get("/healthz", health),
        web.get("/metrics", requests.guarded(metrics, site.neighbours, site.host_token, site.metrics_token)),
        web.get("/protocol/schema.json", schema_json),
    ]


# Errors

_CODES = {404: Problem.NOT_FOUND, 405: Problem.METHOD, 413: Problem.TOO_LARGE, 415: Problem.MEDIA_TYPE}
_FOR_BOTH = ("Allow", "WWW-Authenticate")


def _funnel(site: Site, errors: ErrorPages) -> Any:
    """The one place where what went wrong becomes an answer: a page for people, a code for programs."""

    async def said(request: web.Request, coded: web.Response) -> web.Response:
        if not wants_page(request):
            return coded
        page = await assets.respond(request, errors.of(coded.status), "no-store")
        page.set_status(coded.status)
        page.headers.update({name: coded.headers[name] for name in _FOR_BOTH if name in coded.headers})
        return page

    @web.middleware
    async def funnel(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as no:
            return await said(request, _coded(no.status, no.code, detail=no.detail))
        except web.HTTPException as no:
            code = _CODES.get(no.status, Problem.MALFORMED)
            return await said(request, _coded(no.status, code, no.headers.get("Allow")))
        except ConnectionError:
            raise
        except Exception as bug:
            site.metrics.bugs.labels("http").inc()
            log.error("a request failed: %s", trace(bug))
            return await said(request, _coded(500, Problem.INTERNAL))

    return funnel


def _coded(status: int, code: Problem, allow: str | None = None, detail: object = None) -> web.Response:
    response = requests.answer({"code": code} if detail is None else {"code": code, "detail": detail}, status)
    if allow:
        response.headers["Allow"] = allow
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


# Headers

_DENIED = (
    "accelerometer", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
    "magnetometer", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "usb", "xr-spatial-tracking",
)  # fmt: skip


def headers(origins: Sequence[str]) -> dict[str, str]:
    """What every answer carries. `origins`: where the page is served, as browsers write it (`https://meet.example.org`)."""
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in origins)  # 'self' is not enough for older Safaris
    policy = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        f"connect-src 'self' {sockets}".strip(),
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types worker",  # the address of the worker is the one thing that wants a policy; js/offline.js has it
    ]
    found = {
        "Content-Security-Policy": "; ".join(policy),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(["microphone=(self)", *(f"{name}=()" for name in _DENIED)]),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
    }
    if origins and all(origin.startswith("https:") for origin in origins):
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


# Scripts and sheets are never documents, and what binds only documents would be a third of all that a phone fetches.
_NEVER_DOCUMENTS = ("text/javascript", "text/css")
_FOR_THOSE = ("Cross-Origin-Resource-Policy", "Strict-Transport-Security", "X-Content-Type-Options")


def _dress(extra: dict[str, str]) -> Callable[[web.Request, web.StreamResponse], Any]:
    few = {name: value for name, value in extra.items() if name in _FOR_THOSE}

    async def dress(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(few if response.content_type in _NEVER_DOCUMENTS else extra)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.popall("Server", None)  # it names versions

    return dress


# How aiohttp listens


class _NoAddresses(logging.Filter):
    """aiohttp logs the sender's address with each request that is not HTTP, and the sender's bytes in the error."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            return False
        text = f": {trace(error)}" if error else ""
        record.msg, record.args, record.exc_info = f"a connection failed{text}", (), None
        return True


def listening(idle: float = IDLE) -> dict[str, Any]:
    """Arguments for `web.AppRunner`: nothing about people in the log, no patience with slow heads, no inflating."""
    quiet = logging.getLogger("lingkar.http.aiohttp")
    quiet.filters[:] = [_NoAddresses()]
    return {
        "access_log": None,
        "auto_decompress": False,
        "keepalive_timeout": idle,
        "lingering_time": 2.0,
        "logger": quiet,
        "shutdown_timeout": STOP,
    }
