"""One connection, and the door it comes through."""

from __future__ import annotations

import asyncio
import secrets
import socket
from typing import Protocol

from aiohttp import WSMessage, WSMsgType
from engineio import packet as eio
from socketio import packet as sio

from protocol.errors import Code
from protocol.replies import Dates
from protocol.replies import Refused as Refusal
from server.frames import Frame, FramingError, Outlet, Packet, closing, frame, packet, text, unacknowledged, unpack
from server.guard import Budget, Limits, Malformed, Pulse, Strikes, event, log, trace, value

_PING = text(str(eio.PING))
_DISCONNECT = packet(sio.DISCONNECT)
_ENDS = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)
NORMAL, GOING_AWAY, NOT_SUPPORTED, POLICY = 1000, 1001, 1003, 1008  # RFC 6455, section 7.4.1


class Refused(Exception):
    """Raised by a `Door`: this connection does not come in. The code is all that it hears, and with `early` when."""

    def __init__(self, code: Code, dates: Dates | None = None) -> None:
        super().__init__(code)
        self.code, self.dates = code, dates


class Door(Protocol):
    """Who decides. All of it is called in order, per line; nothing of it waits."""

    def connected(self, line: Line, auth: object) -> None:
        """Somebody asks to come in; raise `Refused` to say no."""

    def received(self, line: Line, event: str, data: object, packet_id: int | None) -> None:
        """`event` is command, resync, signal or ask; `data` holds only what JSON could say. Answer with `line.ack`."""

    def gone(self, line: Line) -> None:
        """The line is no more. Exactly once for each line that came in."""


class Line:
    """One connection: a websocket, and after a valid CONNECT somebody at the other end.

    Nothing here raises or awaits. What is sent during `Door.connected` follows the CONNECT packet.
    """

    def __init__(self, limits: Limits, door: Door, outlet: Outlet, transport: asyncio.Transport, now: float) -> None:
        self.door: object = None  # free for the owner
        self.place = ""  # where it comes from (see neighbours.py)
        self.connected = False
        self.flooded = False
        self.struck_out = False  # ended for what it sent
        self._limits, self._owner = limits, door
        self._outlet, self._transport = outlet, transport
        self._socket: socket.socket | None = transport.get_extra_info("socket")
        self._pulse = Pulse(limits, now)
        self._deadline: float | None = now + limits.connect  # of the CONNECT, later of the end
        self._closing = False
        self._waits_for_connect: list[Frame] | None = None
        self._refusing: asyncio.TimerHandle | None = None
        clock = asyncio.get_running_loop().time
        self._clock = clock
        self._frames = Budget(limits.frame_rate, limits.frame_burst, clock())
        self._events = Budget(limits.rate, limits.burst, clock())
        self._strikes = Strikes(limits.strikes, limits.strike_span)
        self._misframed = 0
        self._reported: dict[str, float] = {}

    @property
    def arriving(self) -> bool:
        """Still without a CONNECT."""
        return not self.connected and not self._closing

    @property
    def address(self) -> str:
        """The other end, or the proxy before it; only ever read from the socket."""
        peer = self._transport.get_extra_info("peername")
        return str(peer[0]) if peer else ""

    # for the owner

    def send(self, item: Frame) -> None:
        """Write an encoded event; after the end, nothing happens."""
        if self.connected and not self._closing:
            self.write(item)

    def hint(self, item: Frame) -> None:
        """Like `send`, for what is worth nothing later: left out while anything waits to be taken."""
        if not self._outlet.held():
            self.send(item)

    def ack(self, packet_id: int, payload: object) -> None:
        """Answer a packet that asked for it."""
        self.send(packet(sio.ACK, [payload], packet_id))

    def close(self, goodbye: Frame | None = None) -> None:
        """Say goodbye and end the connection; a browser does not come back by itself after this."""
        if self._closing:
            return
        if goodbye is not None:
            self.send(goodbye)
        self.send(_DISCONNECT)
        self.end(NORMAL)

    def drop(self) -> None:
        """End the connection without a goodbye: a browser comes back by itself."""
        self.end(GOING_AWAY)

    def strike(self) -> None:
        """Something malformed came; too much of it ends the line."""
        if self._strikes.add(self._clock()):
            self.struck_out = True
            self.close(self._limits.goodbye)

    # for the reader

    def take(self, message: WSMessage) -> bool:
        """What came by the websocket; whether to read on."""
        self._pulse.heard()
        if message.type in _ENDS:
            self.end(NORMAL)
            return False
        if not self._frames.take(self._clock()):
            self.flooded = self.struck_out = True
            self.close(self._limits.goodbye)
            self.over()
            return False
        if self._closing:
            return True
        match message.type:
            case WSMsgType.BINARY:
                return self._binary(message.data)
            case WSMsgType.TEXT:
                return self._text(message.data)
            case WSMsgType.PING:
                self.write(frame(WSMsgType.PONG, bytes(message.data)))
        return True

    def _text(self, content: str) -> bool:
        """Engine.IO over text: nothing but a pong, or the end. Under msgpack every message is binary."""
        if content[:1] == str(eio.PONG):
            return True
        self.end(NORMAL if content == str(eio.CLOSE) else NOT_SUPPORTED)
        return False

    def _binary(self, payload: bytes) -> bool:
        try:
            found = unpack(payload)
            if (found.type == sio.CONNECT) is self.connected:
                raise FramingError
        except FramingError:
            self._misframed += 1
            if self._misframed >= self._limits.framing:
                self.struck_out = True
                self.end(POLICY)
                return False
            return True
        if found.type == sio.CONNECT:
            self._connect(found)
        elif found.type == sio.EVENT:
            self._event(found)
        else:
            self.over()
            self.end(NORMAL)
        return True

    def _connect(self, found: Packet) -> None:
        came = self._clock()
        self._waits_for_connect = []
        self.connected = True
        try:
            self._owner.connected(self, value(found.data, self._limits.depth))
        except Refused as no:
            self._turn_away(no.code, came + self._limits.refusal if no.code is Code.NO_ENTRY else came, no.dates)
        except Malformed:
            self._turn_away(Code.MALFORMED, came)
        except Exception as bug:
            self.report("connected", bug)
            self._turn_away(Code.INTERNAL, came)
        else:
            said, self._waits_for_connect = self._waits_for_connect, None
            self._deadline = None
            for said_frame in [packet(sio.CONNECT, {"sid": new_id()}), *said]:
                self.write(said_frame)

    def _turn_away(self, code: Code, at: float, dates: Dates | None = None) -> None:
        """It hears nothing but the code, at that time on the clock: when tells no more than the code does."""
        self.connected, self._closing = False, True
        self._waits_for_connect = None  # whatever was said before the refusal
        self._deadline = None
        if at <= self._clock():
            self._refuse_entry(code, dates)
        else:
            self._refusing = asyncio.get_running_loop().call_at(at, self._refuse_entry, code)

    def _refuse_entry(self, code: Code, dates: Dates | None = None) -> None:
        self._refusing = None
        data = {"code": code} if dates is None else {"code": code, "dates": dates}
        self.write(packet(sio.CONNECT_ERROR, {"message": code, "data": data}))
        self.write(closing(NORMAL))

    def _event(self, found: Packet) -> None:
        if not self._events.take(self._clock()):
            return self._refuse(found.id, Code.TOO_FAST)
        try:
            name, data = event(found.data, self._limits.depth)
        except Malformed:
            self._refuse(found.id, Code.MALFORMED)
            return self.strike()
        try:
            self._owner.received(self, name, data, found.id)
        except Exception as bug:
            self.report(f"received {name}", bug)
            self._refuse(found.id, Code.INTERNAL)
        return None

    def _refuse(self, packet_id: int | None, code: Code) -> None:
        if packet_id is not None:
            self.ack(packet_id, Refusal(code))

    # its life

    def report(self, where: str, bug: Exception) -> None:
        """A bug of ours goes to the log without its message, one of a kind per minute."""
        now = self._clock()
        kind = f"{where} {type(bug).__name__}"
        if now - self._reported.get(kind, -60.0) >= 60:
            self._reported[kind] = now
            log.error("a bug, in %s: %s", where, trace(bug))

    def write(self, item: Frame) -> None:
        if self._waits_for_connect is not None:
            self._waits_for_connect.append(item)
            return
        self._outlet.write(item)
        if self._outlet.held() > self._limits.queue:
            self.cut()

    def end(self, code: int) -> None:
        """Nothing but the end of the websocket follows; the peer has `drain` seconds to take what was written."""
        if not self._closing:
            self._closing = True
            self._deadline = None
            self.write(closing(code))

    def cut(self) -> None:
        """End it at once; the reader notices with its next step."""
        self._transport.abort()

    def over(self) -> None:
        """The person is gone from this line: told to the owner once."""
        if self._refusing is not None:
            self._refusing.cancel()
            self._refusing = None
            self.write(closing(NORMAL))
        if self.connected:
            self.connected = False
            try:
                self._owner.gone(self)
            except Exception as bug:
                self.report("gone", bug)

    def watch(self, now: float) -> None:
        """Regularly: deadlines, the pulse."""
        if self._closing and self._deadline is None:
            self._deadline = now + self._limits.drain
        if self._deadline is not None and now >= self._deadline:
            return self.cut()
        written, held = self._outlet.written, self._outlet.held() + unacknowledged(self._socket)
        match self._pulse.check(now, written, held):
            case "dead":
                self.cut()
            case "ask" if not self._closing:
                self.write(_PING)
                self._pulse.asked(now, self._outlet.written)
        return None


def new_id() -> str:
    """A session id. The protocol has one; nothing is looked up by it."""
    return secrets.token_urlsafe(15)
