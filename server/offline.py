"""What a browser keeps for the time without a network: a page that says so, and the places for help.

`/sw.js` is the worker that keeps it, `/signposts.json` what the operator wrote down. Neither address names a room, and
the answers are the same for everybody.
"""

import json
from collections.abc import Iterator

import msgspec
from aiohttp import web

from server import assets
from server.assets import Assets, modules, sheets
from server.errors import ErrorPages
from server.signposts import LANGUAGES, Signposts

PAGE = "/offline"
SIGNPOSTS = "/signposts.json"
WORKER = "/sw.js"
_WORKER_FILE = "sw.js"
# The worker itself may ask this server, and nothing else. It is no document, so the pages' policy does not bind it.
_WORKER_POLICY = "default-src 'none'; connect-src 'self'"
_MENU = "js/ui/menu.js"  # the way to help in a room: it opens without a network, too
_PARTS = ("page", "errors", "help", "menu")


def routes(found: Assets, pages: ErrorPages, signposts: Signposts) -> list[web.RouteDef]:
    """The worker, its page and the signposts."""
    worker = _worker(found)
    listed = assets.asset("signposts.json", msgspec.json.encode(signposts))

    async def send_worker(request: web.Request) -> web.Response:
        response = await assets.respond(request, worker, "no-cache")  # another build is noticed at once
        response.headers["Content-Security-Policy"] = _WORKER_POLICY
        return response

    async def send_page(request: web.Request) -> web.Response:
        return await assets.respond(request, pages.offline, "no-store")

    async def send_signposts(request: web.Request) -> web.Response:
        return await assets.respond(request, listed, "no-store")

    return [web.get(WORKER, send_worker), web.get(PAGE, send_page), web.get(SIGNPOSTS, send_signposts)]


def kept(found: Assets) -> list[str]:
    """Paths of all that the worker keeps: the page without a network with all it needs, and what a room's page, which
    is there already, needs to show help. No page of a room, nothing of the API, nothing that holds a secret."""
    files = {path: file.body for path, file in found.files.items()}
    return [PAGE, SIGNPOSTS, *(f"{found.prefix}/{path}" for path in dict.fromkeys(_parts(found, files)))]


def _parts(found: Assets, files: dict[str, bytes]) -> Iterator[str]:
    yield "mark.svg"
    page = found.pages["error.html"].body.decode().replace(found.prefix, assets.PLACEHOLDER)
    yield from sheets(files, page)
    yield from modules(files, page)
    room = modules(files, found.pages["room.html"].body.decode().replace(found.prefix, assets.PLACEHOLDER))
    menu = modules(files, f'<script src="{assets.PLACEHOLDER}/{_MENU}">')
    yield from (path for path in menu if path not in room)
    yield "css/menu.css"
    yield from (f"lang/{code}/{part}.ftl" for code in LANGUAGES for part in _PARTS)


def _worker(found: Assets) -> assets.Asset:
    text = found.files[_WORKER_FILE].body.decode()
    filled = text.replace("{{build}}", found.prefix.rsplit("/", 1)[1]).replace("['{{kept}}']", json.dumps(kept(found)))
    return assets.asset(_WORKER_FILE, filled.encode())
