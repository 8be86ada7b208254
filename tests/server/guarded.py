"""A bare guarded server with a small door, and the clients that knock: a raw websocket and the real JS library."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import json
import shutil
import socket
import ssl
import subprocess
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
from aiohttp import WSMsgType, web
from socketio import packet as sio

from protocol.errors import Bye, Code
from protocol.replies import Goodbye
from server.wire import Line, Refused, Wire, encode

PATIENCE = 40.0
HOME = "http://page.test"
FOLDER = Path(__file__).parent / "js"


def from_home(origin: str | None) -> bool:
    return origin == HOME


@dataclass
class Parlour:
    """A door that lets everybody in (but `{"refuse": code}`), and does a few plain things that people ask for."""

    here: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    heard: list[tuple[str, object, int | None]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def connected(self, line: Line, auth: object) -> None:
        match auth:
            case {"refuse": str(code)}:
                line.send(encode("snapshot", "never seen"))
                raise Refused(Code(code))
            case {"bug": str(words)}:
                raise ValueError(words)
            case {"close": True}:
                line.close(encode("bye", Goodbye(Bye.CLOSED)))
        line.door = auth
        line.send(encode("snapshot", {"seq": 1, "auth": auth}))
        self.here.append(line)
        self._tell()

    def received(self, line: Line, event: str, data: object, packet_id: int | None) -> None:
        self.heard.append((event, data, packet_id))
        match data:
            case {"bug": str(words)}:
                raise ValueError(words)
            case {"say": words}:
                frame = encode("patch", {"said": words})
                for other in self.here:
                    other.send(frame)
            case {"much": int(size)}:
                line.send(encode("snapshot", "x" * size))
            case {"bye": str(code)}:
                line.close(encode("bye", Goodbye(Bye(code), "because")))
            case {"strike": True}:
                line.strike()
        if packet_id is not None:
            line.ack(packet_id, {"ok": True, "seq": len(self.heard)})
        self._tell()

    def gone(self, line: Line) -> None:
        self.here.remove(line)
        self.left.append(line)
        self._tell()

    def _tell(self) -> None:
        async def tell() -> None:
            async with self.changed:
                self.changed.notify_all()

        task = asyncio.create_task(tell())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def until(self, fact: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(fact)


@dataclass
class Guarded:
    wire: Wire
    door: Parlour
    port: int
    session: aiohttp.ClientSession
    scheme: str = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    async def raw(self, query: str = "?EIO=4&transport=websocket", **headers: str) -> Raw:
        """A websocket after the Engine.IO handshake, without a CONNECT."""
        ws = await self.session.ws_connect(
            f"{self.url}/socket.io/{query}", headers={"Origin": HOME, **headers}, autoping=False, max_msg_size=0
        )
        raw = Raw(ws)
        raw.opening = json.loads((await raw.text())[1:])
        return raw

    async def line(self, **auth: Any) -> Raw:
        """A connected raw line; its snapshot has been read."""
        raw = await self.raw()
        await raw.packet(sio.CONNECT, auth)
        assert (await raw.next())["type"] == sio.CONNECT
        assert (await raw.next())["data"][0] == "snapshot"
        return raw


class Raw:
    """A client that says exactly what it is told to, well-formed or not. Pings are answered unless `mute`."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.opening: dict[str, Any] = {}
        self.mute = False
        self.close_code: int | None = None

    async def text(self) -> str:
        async with asyncio.timeout(PATIENCE):
            return await self.ws.receive_str()

    async def send(self, payload: bytes) -> None:
        await self.ws.send_bytes(payload)

    async def packet(self, kind: int, data: object = None, **fields: object) -> None:
        await self.send(msgspec.msgpack.encode({"type": kind, "data": data, "nsp": "/", **fields}))

    async def event(self, name: str, *args: object, packet_id: int | None = None) -> None:
        fields = {} if packet_id is None else {"id": packet_id}
        await self.packet(sio.EVENT, [name, *args], **fields)

    async def next(self) -> dict[str, Any]:
        """The next Socket.IO packet; pings on the way are answered. `ConnectionError` when the socket has ended."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self.ws.receive()
                if message.type is WSMsgType.BINARY:
                    found: dict[str, Any] = msgspec.msgpack.decode(message.data)
                    return found
                if message.type is WSMsgType.TEXT:
                    assert message.data == "2"
                    if not self.mute:
                        await self.ws.send_str("3")
                else:
                    self.close_code = self.ws.close_code
                    raise ConnectionError(message.type)

    async def answer(self, packet_id: int) -> dict[str, Any]:
        """The acknowledgement with this id."""
        while True:
            found = await self.next()
            if found["type"] == sio.ACK and found["id"] == packet_id:
                (payload,) = found["data"]
                return dict(payload)

    async def ask(self, data: object, packet_id: int = 1, name: str = "command") -> dict[str, Any]:
        await self.event(name, data, packet_id=packet_id)
        return await self.answer(packet_id)

    async def rest(self) -> list[dict[str, Any]]:
        """All packets until the server ends the socket."""
        packets = []
        with contextlib.suppress(ConnectionError):
            while True:
                packets.append(await self.next())
        return packets


def install_js_client() -> Path:
    """The pinned client library, installed once per lock file. No node or npm is an error, never a reason to skip."""
    npm = shutil.which("npm")
    assert npm and shutil.which("node"), "the tests need node and npm (make test installs them)"
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    stamp = FOLDER / "node_modules" / ".installed"
    with (FOLDER / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=FOLDER, check=True, timeout=300)
            stamp.write_text(wanted)
    return FOLDER / "client.mjs"


class JsClient:
    """The real library in node. One process drives any number of connections, told apart by a name."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._reports: deque[dict[str, Any]] = deque()

    @classmethod
    async def start(cls) -> JsClient:
        script = await asyncio.to_thread(install_js_client)
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec("node", str(script), stdin=pipe, stdout=pipe, limit=2**20))

    def do(self, order: str, line: str, **more: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": order, "line": line, **more}).encode() + b"\n")

    def connect(self, line: str, url: str, **more: object) -> None:
        self.do("connect", line, **{"url": url, "origin": HOME, "auth": {"name": line}, **more})

    async def next(self) -> dict[str, Any]:
        """The next report, in the order in which the library made them."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            text = await self._process.stdout.readline()
        assert text, "the client has ended"
        found: dict[str, Any] = json.loads(text)
        return found

    async def expect(self, line: str, on: str, **fields: object) -> dict[str, Any]:
        """The next report of this line, which has to be of this kind."""
        found = await self.next_of(line)
        assert found == found | {"on": on, **fields}
        return found

    async def next_of(self, line: str) -> dict[str, Any]:
        for found in self._reports:
            if found["line"] == line:
                self._reports.remove(found)
                return found
        while (found := await self.next())["line"] != line:
            self._reports.append(found)
        return found

    async def ask(self, line: str, event: str, *args: object, tag: int = 0) -> Any:
        """Emit with an acknowledgement and wait for it; events in between are passed over."""
        self.do("emit", line, event=event, args=list(args), ack=True, tag=tag)
        while (found := await self.next_of(line))["on"] != "ack":
            pass
        assert found["tag"] == tag
        (payload,) = found["answer"]
        return payload

    async def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            await self._process.wait()


async def serve(wire: Wire, tls: ssl.SSLContext | None = None) -> tuple[web.AppRunner, int]:
    app = web.Application()
    wire.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    port: int = runner.addresses[0][1]
    return runner, port


class Stubborn:
    """A client on a bare TCP socket with a small window, which reads only when it is told to."""

    def __init__(self, raw: socket.socket) -> None:
        self._raw = raw
        self._loop = asyncio.get_running_loop()

    @classmethod
    async def connect(cls, server: Guarded) -> Stubborn:
        raw = socket.socket()
        raw.setblocking(False)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client = cls(raw)
        await client._loop.sock_connect(raw, ("127.0.0.1", server.port))
        request = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            f"Origin: {HOME}\r\n\r\n"
        )
        await client._loop.sock_sendall(raw, request.encode())
        await client.read_until(b"maxPayload")
        await client.packet(sio.CONNECT, {"name": "stubborn"})
        await client.read_until(b"snapshot")
        return client

    @staticmethod
    def masked(kind: int, data: object, **fields: object) -> bytes:
        """A packet in a frame, masked with zeroes."""
        payload = msgspec.msgpack.encode({"type": kind, "data": data, "nsp": "/", **fields})
        assert len(payload) < 126
        return bytes([0x82, 0x80 | len(payload), 0, 0, 0, 0]) + payload

    async def packet(self, kind: int, data: object, **fields: object) -> None:
        await self.pour(self.masked(kind, data, **fields))

    async def text(self, words: bytes) -> None:
        await self.pour(bytes([0x81, 0x80 | len(words), 0, 0, 0, 0]) + words)

    async def pour(self, data: bytes) -> None:
        await self._loop.sock_sendall(self._raw, data)

    async def read(self, most: int) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await self._loop.sock_recv(self._raw, most)

    async def read_until(self, wanted: bytes) -> bytes:
        found = b""
        while wanted not in found:
            more = await self.read(4096)
            assert more, "the server has ended the connection"
            found += more
        return found

    def close(self) -> None:
        self._raw.close()
