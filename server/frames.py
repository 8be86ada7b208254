"""Frames: what is written to a websocket, encoded once for all who get it, and the two ways to write it.

A frame carries either one Socket.IO packet as msgpack (binary) or one Engine.IO packet (text). Its bytes on the wire
(RFC 6455, section 5.2; a server does not mask, nothing is compressed) are made once, when it is encoded.
"""

import asyncio
import contextlib
import fcntl
import socket
import struct
import termios
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
from aiohttp import ClientConnectionResetError, WSMsgType, web
from socketio import packet as sio
from socketio.msgpack_packet import MsgPackPacket

_encoder = msgspec.msgpack.Encoder()


class Frame(NamedTuple):
    """One complete websocket frame; `wire` is header and payload."""

    opcode: WSMsgType
    payload: bytes
    wire: bytes


def frame(opcode: WSMsgType, payload: bytes) -> Frame:
    """An unfragmented, unmasked frame."""
    size = len(payload)
    first = 0x80 | opcode
    if size < 126:
        header = struct.pack("!BB", first, size)
    elif size < 65536:
        header = struct.pack("!BBH", first, 126, size)
    else:
        header = struct.pack("!BBQ", first, 127, size)
    return Frame(opcode, payload, header + payload)


def text(engine_packet: str) -> Frame:
    """An Engine.IO packet that is text (open, ping)."""
    return frame(WSMsgType.TEXT, engine_packet.encode())


def closing(code: int) -> Frame:
    """The end of the websocket (RFC 6455, section 5.5.1)."""
    return frame(WSMsgType.CLOSE, struct.pack("!H", code))


class _LeanPacket(MsgPackPacket):  # type: ignore[misc]
    """The library's packet, written by msgspec and without a `data` of None: the JS parser takes `data: null` in a
    DISCONNECT for a parse error, and a removed person's browser would come back by itself."""

    def encode(self) -> bytes:
        fields: dict[str, Any] = self._to_dict()
        if self.data is None:
            del fields["data"]
        return _encoder.encode(fields)


def packet(kind: int, data: object = None, packet_id: int | None = None) -> Frame:
    """A Socket.IO packet for the namespace `/`. `data` may hold msgspec structs and `Raw` msgpack."""
    return frame(WSMsgType.BINARY, _LeanPacket(kind, data=data, namespace="/", id=packet_id).encode())


def encode(event: str, payload: object) -> Frame:
    """An event, ready for any number of lines."""
    return packet(sio.EVENT, [event, payload])


class Outlet(Protocol):
    """Where frames go, in order. `written` counts the bytes handed in, `held()` those still in this process."""

    written: int

    def write(self, item: Frame) -> None: ...

    def held(self) -> int: ...

    async def finish(self) -> None:
        """Hand what was written to the transport, as far as it still takes it."""


def _buffered(transport: asyncio.Transport) -> int:
    try:
        return transport.get_write_buffer_size()
    except AttributeError:  # a TLS transport that was closed twice (Python 3.11) has forgotten what it was
        return 0


class Direct:
    """Writes straight to the transport: one system call per frame, no task, no copy of the payload."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.written = 0

    def write(self, item: Frame) -> None:
        if not self._transport.is_closing():
            self._transport.write(item.wire)
            self.written += len(item.wire)

    def held(self) -> int:
        return _buffered(self._transport)

    async def finish(self) -> None:
        pass


class Stock:
    """Writes through aiohttp's own public sending path: a queue and a task per line. Slower, same wire."""

    def __init__(self, transport: asyncio.Transport, ws: web.WebSocketResponse) -> None:
        self._transport = transport
        self._ws = ws
        self._queue: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._queued = 0
        self._writer = asyncio.create_task(self._write_all())
        self.written = 0

    def write(self, item: Frame) -> None:
        if not self._transport.is_closing():
            self._queue.put_nowait(item)
            self._queued += len(item.wire)
            self.written += len(item.wire)

    def held(self) -> int:
        return self._queued + _buffered(self._transport)

    async def _write_all(self) -> None:
        with contextlib.suppress(ClientConnectionResetError):
            while (item := await self._queue.get()) is not None:
                self._queued -= len(item.wire)  # it is with the transport before anything is awaited
                await self._ws.send_frame(item.payload, item.opcode)

    async def finish(self) -> None:
        self._queue.put_nowait(None)
        _, unwritten = await asyncio.wait([self._writer], timeout=1.0)
        for writer in unwritten:
            writer.cancel()


def bound_kernel(transport: asyncio.Transport, size: int) -> None:
    """Without this the kernel hides up to 4 MiB per reader who stopped, and nobody notices that they stopped."""
    raw = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)


def unacknowledged(raw: socket.socket | None) -> int:
    """Bytes that the kernel still keeps because the peer has not acknowledged them (Linux: tcp(7), SIOCOUTQ)."""
    if raw is None or raw.fileno() < 0:
        return 0
    try:
        return int(struct.unpack("i", fcntl.ioctl(raw.fileno(), termios.TIOCOUTQ, bytes(4)))[0])
    except OSError:  # closed this moment
        return 0


class FramingError(Exception):
    """Not a packet that a client may send."""


class Packet(msgspec.Struct, frozen=True):
    """A packet from a client. Only the envelope is read; `data` stays msgpack until a budget was asked."""

    type: int
    nsp: str
    id: int | None = None
    data: msgspec.Raw = msgspec.Raw(b"")


_envelopes = msgspec.msgpack.Decoder(Packet)
_FROM_CLIENTS: Sequence[int] = (sio.CONNECT, sio.DISCONNECT, sio.EVENT)
LARGEST_ID = 2**31


def unpack(payload: bytes) -> Packet:
    """The packet in a binary frame; `FramingError` unless it is CONNECT, DISCONNECT or EVENT for `/`.

    A client has nothing to acknowledge, and under msgpack there are no binary packets: those wedge a stock server.
    """
    try:
        found = _envelopes.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FramingError from error
    if found.type not in _FROM_CLIENTS or found.nsp != "/":
        raise FramingError
    if found.id is not None and (found.type != sio.EVENT or not 0 <= found.id <= LARGEST_ID):
        raise FramingError
    return found
