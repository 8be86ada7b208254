"""A bare TCP connection to a server, and websocket frames made by hand: right, wrong, slow or never read."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import Sequence

import msgpack

from tests.server.running import House

PATIENCE = 20.0
opened: list["Wire"] = []  # of this test; whatever becomes of it, they are closed
_ESTABLISHED = 1  # of the states in Linux's tcp.h


class Wire:
    """One connection, from the address of whoever does harm."""

    def __init__(self, raw: socket.socket, home: House) -> None:
        self._raw, self._home = raw, home
        self._loop = asyncio.get_running_loop()
        self._dribbling: asyncio.Task[None] | None = None
        opened.append(self)

    @classmethod
    async def open(cls, home: House, window: int = 0) -> "Wire":
        """`window`: bytes that our side takes before somebody reads, so that what is not read stays with the server."""
        raw = socket.socket()
        raw.setblocking(False)
        if window:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        connector = home.session.connector
        address = getattr(connector, "_local_addr_infos", [(0, 0, 0, "", ("127.0.0.1", 0))])[0][4]
        raw.bind((address[0], 0))
        found = cls(raw, home)
        async with asyncio.timeout(PATIENCE):
            await found._loop.sock_connect(raw, ("127.0.0.1", home.server.port))
        return found

    async def send(self, data: bytes) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._loop.sock_sendall(self._raw, data)

    async def read(self, most: int = 65_536, within: float = PATIENCE) -> bytes:
        """What comes next; empty at the end, however it came to it."""
        async with asyncio.timeout(within):
            try:
                return await self._loop.sock_recv(self._raw, most)
            except ConnectionError:
                return b""

    async def rest(self, within: float = PATIENCE) -> bytes:
        """Everything until the server ends the connection."""
        found = b""
        async with asyncio.timeout(within):
            while more := await self.read(within=within):
                found += more
        return found

    async def until(self, wanted: bytes) -> bytes:
        found = b""
        while wanted not in found:
            more = await self.read()
            assert more, f"the server has ended the connection after {found!r}"
            found += more
        return found

    def dribble(self, byte: bytes) -> None:
        """From now on this, again and again, for as long as it is taken."""

        async def go_on() -> None:
            with contextlib.suppress(OSError):
                while True:
                    await self._loop.sock_sendall(self._raw, byte)
                    await asyncio.sleep(0.5)

        self._dribbling = asyncio.create_task(go_on())

    async def ended(self, within: float) -> bool:
        """Whether the server ends the connection in that time; nothing is read from it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not self._over():
                    await asyncio.sleep(0.2)
        return self._over()

    def _over(self) -> bool:
        """The kernel knows that the other side has said its last word (RFC 9293: CLOSE-WAIT), or is gone."""
        state = self._raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return state != _ESTABLISHED

    def close(self) -> None:
        if self._dribbling is not None:
            self._dribbling.cancel()
        self._raw.close()

    def reset(self) -> None:
        """Gone without an end, as when a machine loses its power and comes back."""
        self._raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._raw.close()

    # As a websocket

    async def upgrade(self, *more: str) -> "Wire":
        """The handshake, with more header lines; the opening packet has been read."""
        host = self._home.server.url.removeprefix("http://")
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: {host}",
            f"Origin: {self._home.server.url}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            *more,
        ]
        await self.send("\r\n".join([*lines, "", ""]).encode())
        await self.until(b"maxPayload")
        return self

    async def connect(self, auth: object) -> "Wire":
        """CONNECT; whatever the server shows first has been read."""
        await self.send(frame(packed(0, auth)))
        await self.until(b"snapshot")
        return self


def frame(payload: bytes, first: int = 0x82, length: int | None = None) -> bytes:
    """A masked frame (with a mask of zeroes); `length` is what its header claims."""
    size = len(payload) if length is None else length
    if size < 126:
        header = struct.pack("!BB", first, 0x80 | size)
    elif size < 65_536:
        header = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        header = struct.pack("!BBQ", first, 0x80 | 127, size)
    return header + bytes(4) + payload


def packed(kind: int, data: object, packet_id: int | None = None) -> bytes:
    """A Socket.IO packet."""
    fields: dict[str, object] = {"type": kind, "nsp": "/", "data": data}
    return bytes(msgpack.packb(fields if packet_id is None else fields | {"id": packet_id}))


def auth_of(link: str, name: str) -> dict[str, object]:
    """What a browser that opened this link says first."""
    room, _, secret = link.rpartition("/r/")[2].partition("#")
    return {"v": 1, "room": room, "secret": secret, "name": name}


async def open_many(home: House, count: int, window: int = 0) -> list[Wire]:
    """A few at a time, so that none waits for another attempt."""
    found: list[Wire] = []
    while len(found) < count:
        found += await asyncio.gather(*(Wire.open(home, window) for _ in range(min(50, count - len(found)))))
    return found


def close_all() -> None:
    while opened:
        opened.pop().close()


async def answer_to(home: House, request: bytes) -> tuple[int, dict[str, object] | None]:
    """What one request on a connection of its own is answered; status 0 when the connection just ends."""
    wire = await Wire.open(home)
    try:
        with contextlib.suppress(ConnectionError):  # refused before it was read to its end
            await wire.send(request)
        head, _, body = (await wire.rest()).partition(b"\r\n\r\n")
    finally:
        wire.close()
    if not head:
        return 0, None
    status = int(head.split()[1])
    try:
        return status, json.loads(body)
    except ValueError:
        return status, None


def request(method: str, path: str, *lines: str, body: bytes = b"") -> bytes:
    """A request whose connection ends with its answer, unless a line says otherwise."""
    head: Sequence[str] = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *lines, "", ""]
    return "\r\n".join(head).encode("latin-1") + body
