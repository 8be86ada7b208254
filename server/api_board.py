"""The hosts' board over HTTP: all rooms in numbers, once or as they change.

    GET /api/board        ->  {"at", "rooms": [numbers, ...]}

With `Accept: text/event-stream` the answer goes on: an event `board` with such a document whenever something other than
passing time has changed, at most once a second, and every ten seconds while a clock runs; a comment every fifteen
seconds. `at` is the moment it was true, as ISO 8601; numbers: server/numbers.py. Only so many can look on at once, and
whoever does not read is let go. The stream ends when the server stops.
"""

from aiohttp import web

from server.board import Board, Onlooker
from server.frames import bound_kernel
from server.guard import Limits
from server.neighbours import Neighbours
from server.requests import Problem, Refused, guarded

BEAT = 15.0  # seconds
STUCK = 10.0  # seconds that whoever looks on may take to read what was sent
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}  # not kept back by nginx


def routes(board: Board, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """For whoever has the token."""

    async def look(request: web.Request) -> web.StreamResponse:
        if "text/event-stream" not in request.headers.get("Accept", ""):
            return web.Response(body=board.now(), content_type="application/json")
        onlooker = board.watch(lambda: request.transport is None)
        if onlooker is None:
            raise Refused(503, Problem.BOARD_FULL)
        try:
            return await _stream(request, onlooker)
        finally:
            board.leave(onlooker)

    return [web.route("GET", "/api/board", guarded(look, neighbours, host_token))]


async def _stream(request: web.Request, onlooker: Onlooker) -> web.StreamResponse:
    response = web.StreamResponse(headers=HEADERS)
    response.force_close()
    await response.prepare(request)
    transport = request.transport
    if transport is None:
        return response
    bound_kernel(transport, Limits().kernel)
    transport.set_write_buffer_limits(0)  # more is written when this was read
    try:
        while not onlooker.over:
            body = await onlooker.next(BEAT)
            if not onlooker.over:
                async with onlooker.reading(STUCK):
                    await response.write(b"event: board\ndata: %b\n\n" % body if body is not None else b":\n\n")
                    await request.writer.drain()
    except ConnectionError:
        pass  # gone
    except TimeoutError:
        transport.abort()
    return response
