"""The guarded Socket.IO: one `Line` per connection, and a `Door` that decides who comes in and hears what they say.

python-engineio keeps the HTTP side of the handshake, python-socketio shapes the packets. Their event loop side (a task
per incoming message, another per recipient, no bound on anything) is replaced: one reader per websocket, everything in
order, nothing awaited between a packet and the door. What is refused here never reaches the rooms.
"""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable
from typing import Any, Literal

import engineio
from aiohttp import web
from engineio import packet as eio
from socketio.msgpack_packet import MsgPackPacket

from protocol.signals import Restarting
from server.frames import Direct, Frame, Outlet, Stock, bound_kernel, encode, text
from server.guard import Limits, quiet_libraries
from server.line import Door, Line, Refused, new_id
from server.neighbours import Neighbours

__all__ = ["Door", "Frame", "Limits", "Line", "Refused", "Wire", "encode"]

_FRAMES_AT_ONCE = 32
_RESTARTING = encode("signal", Restarting())


class _Engine(engineio.AsyncServer):  # type: ignore[misc]
    """The library's HTTP side, with our rules before it and our reader behind it."""

    def __init__(self, wire: "Wire", limits: Limits) -> None:
        super().__init__(
            async_mode="aiohttp",
            async_handlers=False,
            transports=["websocket"],
            allow_upgrades=False,
            http_compression=False,
            cors_allowed_origins=[],
            monitor_clients=False,
            ping_interval=limits.ping,
            ping_timeout=limits.pong,
            max_http_buffer_size=limits.frame,
            logger=logging.getLogger("engineio.server"),
        )
        self._wire = wire

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        refusal = self._wire.refusal(request)
        if refusal is not None:
            return refusal
        answer: web.StreamResponse = await super().handle_request(request)
        return answer

    async def _handle_connect(self, environ: dict[str, Any], transport: str, jsonp_index: None = None) -> object:
        """Called by the library for a websocket request of the right version."""
        return await self._wire.serve(environ["aiohttp.request"])


class Wire:
    """All lines of one server.

    *Listening time* runs while lines are looked at: a tick adds at most twice its length, so that a process that stood
    still (a debugger, a suspended machine) does not take everybody for dead.
    """

    def __init__(
        self,
        door: Door,
        *,
        origin: Callable[[str | None], bool],
        limits: Limits | None = None,
        neighbours: Neighbours | None = None,
        writes: Literal["direct", "stock"] = "direct",
    ) -> None:
        _check_private_names()
        quiet_libraries()
        self._door, self._origin, self._writes = door, origin, writes
        self._limits = limits or Limits()
        self._neighbours = neighbours or Neighbours()
        self._engine = _Engine(self, self._limits)
        self._open: dict[Line, None] = {}  # oldest first
        self._now = self._ticked_at = 0.0
        self._ticker: asyncio.TimerHandle | None = None
        self._shut: asyncio.Event | None = None

    @property
    def lines(self) -> int:
        """How many are connected."""
        return sum(line.connected for line in self._open)

    def attach(self, app: web.Application) -> None:
        """Serve `/socket.io/`."""
        self._engine.attach(app, "socket.io")

    async def close(self) -> None:
        """End all lines, within a deadline; browsers come back by themselves unless their owner said goodbye first."""
        self._shut = self._shut or asyncio.Event()
        for line in self._open:
            line.send(_RESTARTING)
            line.drop()
        if self._open:
            with contextlib.suppress(TimeoutError):  # the ticks cut off those who do not go; this is for our own bugs
                await asyncio.wait_for(self._shut.wait(), 2 * self._limits.drain + 1)

    def refusal(self, request: web.Request) -> web.Response | None:
        """Why this request does not become a websocket; None when it may."""
        if not self._origin(request.headers.get("Origin")):
            return web.json_response({"code": "origin"}, status=403)
        query = request.query
        wrong = query.getall("transport", []) != ["websocket"] or query.getall("EIO", []) != ["4"]
        if request.method != "GET" or wrong or {"sid", "j", "b64"} & query.keys():
            return web.json_response({"code": "websocket-only"}, status=400)
        if not web.WebSocketResponse().can_prepare(request):
            return web.json_response({"code": "websocket-only"}, status=400)
        if self._shut is not None:
            return web.json_response({"code": "busy"}, status=503, headers={"Retry-After": "5"})
        return None

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One websocket, from its handshake to its end, unless too much comes from where it does."""
        clock = asyncio.get_running_loop().time
        visit = self._neighbours.arrive(self._neighbours.place_of(request), clock())
        if visit is None:
            return web.json_response({"code": "too-fast"}, status=429, headers={"Retry-After": "30"})
        struck_out = False
        try:
            if visit.wait:
                await asyncio.sleep(visit.wait)
            if request.transport is None:  # gone meanwhile
                return web.json_response({"code": "too-fast"}, status=429)
            ws, struck_out = await self._served(request, visit.place)
        finally:
            self._neighbours.leave(visit, clock(), struck_out=struck_out)
        return ws

    async def _served(self, request: web.Request, place: str) -> tuple[web.WebSocketResponse, bool]:
        ws = web.WebSocketResponse(
            compress=False, autoping=False, autoclose=False, timeout=1.0, max_msg_size=self._limits.frame + 1
        )
        await ws.prepare(request)
        transport = request.transport
        if transport is None or self._shut is not None:
            return ws, False
        bound_kernel(transport, self._limits.kernel)
        outlet: Outlet = Direct(transport) if self._writes == "direct" else Stock(transport, ws)
        line = Line(self._limits, self._door, outlet, transport, self._listen())
        line.place = place
        self._open[line] = None
        self._make_room()
        try:
            line.write(self._hello())
            await _read(ws, line)
            if line.flooded:
                await asyncio.sleep(self._limits.drain)  # deaf; closed now, what it sent would undo the goodbye
        finally:
            line.over()
            await outlet.finish()
            if outlet.held():
                transport.abort()  # an end that still waits behind a reader who stopped is not waited for
            elif not transport.is_closing():
                transport.close()
            self._leave(line)
        return ws, line.struck_out

    def _make_room(self) -> None:
        """Too many without a CONNECT: the oldest go. Whoever means it has sent one within a round trip."""
        if len(self._open) <= self._limits.unconnected:
            return
        arriving = [line for line in self._open if line.arriving]
        for line in arriving[: max(0, len(arriving) - self._limits.unconnected)]:
            line.cut()

    def _leave(self, line: Line) -> None:
        del self._open[line]
        if self._shut is not None and not self._open:
            self._shut.set()

    def _hello(self) -> Frame:
        limits = self._limits
        fields = {
            "sid": new_id(),
            "upgrades": [],
            "pingInterval": int(limits.ping * 1000),
            "pingTimeout": int(limits.pong * 1000),
            "maxPayload": limits.frame,
        }
        return text(eio.Packet(eio.OPEN, fields).encode())

    def _listen(self) -> float:
        """Listening time; starts the ticks with the first line."""
        if self._ticker is None:
            loop = asyncio.get_running_loop()
            self._ticked_at = loop.time()
            self._ticker = loop.call_later(self._limits.tick, self._tick)
        return self._now

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._now += min(now - self._ticked_at, 2 * self._limits.tick)
        self._ticked_at = now
        for line in tuple(self._open):
            try:
                line.watch(self._now)
            except Exception as bug:  # the others are still looked after
                line.report("watch", bug)
                line.cut()
        self._ticker = loop.call_later(self._limits.tick, self._tick) if self._open else None


async def _read(ws: web.WebSocketResponse, line: Line) -> None:
    """Everything from one websocket, in order, until its end."""
    for count in itertools.count(1):
        if not line.take(await ws.receive()):
            return
        if count % _FRAMES_AT_ONCE == 0:
            await asyncio.sleep(0)  # aiohttp hands out all that it has without letting others run


def _check_private_names() -> None:
    """What we use of the pinned libraries below their public face; all of it is named here."""
    used = [
        (engineio.AsyncServer, "handle_request"),
        (engineio.AsyncServer, "_handle_connect"),
        (engineio.AsyncServer, "attach"),
        (MsgPackPacket, "_to_dict"),
        (web.WebSocketResponse, "send_frame"),
    ]
    missing = [f"{owner.__module__}.{owner.__qualname__}.{name}" for owner, name in used if not hasattr(owner, name)]
    if missing:
        raise ImportError(f"this needs python-engineio 4.15.1, python-socketio 5.18.1 and aiohttp 3.14.5: no {missing}")
