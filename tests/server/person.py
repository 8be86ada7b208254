"""Somebody with a browser, without the browser: speaks Engine.IO 4 and Socket.IO over msgpack.

Independent of the server's own code: it knows the wire from its description alone, and keeps the view by patches.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import msgpack

CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = range(5)


class TurnedAway(Exception):
    """The server did not let the connection in; the message is its code."""


class Gone(Exception):
    """The connection ended while something was waited for."""


class Person:
    """One connection of one person. `view` and `you` are what the server has shown."""

    def __init__(self, session: aiohttp.ClientSession, url: str, origin: str | None = None) -> None:
        self._session, self._url, self._origin = session, url, origin or url
        self.name = self.room = ""
        self.view: dict[str, Any] = {}
        self.you: dict[str, Any] = {}
        self.seq = 0
        self.resume: str | None = None
        self.now = self.since = 0.0  # meeting time of the last snapshot, and when it came
        self.bye: dict[str, Any] | None = None
        self.closed = asyncio.Event()
        self.heard: list[tuple[str, Any]] = []  # every event, in order; and ("ack", ...) of every answer
        self.gaps = 0
        self._changed = asyncio.Condition()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._next = 0

    async def join(self, link: str, name: str) -> "Person":
        """By a link, `.../r/<room>#<secret>`."""
        room, _, secret = link.rpartition("/r/")[2].partition("#")
        return await self.connect({"v": 1, "room": room, "secret": secret, "name": name})

    async def come_back(self, other: "Person", room: str = "", name: str = "") -> "Person":
        """On another connection, to the seat that the other one had, in the same room and by the same name."""
        self.resume = other.resume
        room, name = room or other.room, name or other.name
        return await self.connect({"v": 1, "room": room, "resume": other.resume, "name": name})

    async def connect(self, auth: Any, waits: bool = True) -> "Person":
        if isinstance(auth, dict):
            self.name, self.room = str(auth.get("name")), str(auth.get("room"))
        url = self._url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self.socket = await self._session.ws_connect(url, headers={"Origin": self._origin}, max_msg_size=0)
        opened = await self.socket.receive_str()
        assert json.loads(opened[1:])["upgrades"] == []
        await self.pack({"type": CONNECT, "nsp": "/", "data": auth})
        self._connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._read())
        await self._connected
        if waits:
            await self.until(lambda me: bool(me.you))
        return self

    @property
    def seat(self) -> str:
        return str(self.you["seat"])

    async def accept(self) -> None:
        """The agreement, in the version that was shown."""
        await self.do("accept-agreement", version=self.view["agreement"]["version"])

    def frames(self, *kinds: str) -> list[Any]:
        """What was heard of these kinds, in order."""
        return [data for kind, data in self.heard if kind in kinds]

    async def pack(self, packet: object) -> None:
        await self.socket.send_bytes(msgpack.packb(packet))

    async def ask(self, type: str, **fields: Any) -> dict[str, Any]:
        """Send a command; its acknowledgement."""
        return await self.emit("command", {"type": type, **fields})

    async def emit(self, event: str, data: object) -> dict[str, Any]:
        self._next += 1
        answer = self._answers[self._next] = asyncio.get_running_loop().create_future()
        await self.pack({"type": EVENT, "nsp": "/", "id": self._next, "data": [event, data]})
        found: dict[str, Any] = await asyncio.wait_for(answer, 20)
        return found

    async def tell(self, event: str, data: object) -> None:
        """Send without asking for an answer."""
        await self.pack({"type": EVENT, "nsp": "/", "data": [event, data]})

    async def do(self, type: str, **fields: Any) -> None:
        """A command that must be done."""
        answer = await self.ask(type, **fields)
        assert answer["ok"], answer

    async def until(self, condition: Callable[["Person"], Any], within: float = 40) -> Any:
        """Wait for what is shown."""

        async def wait() -> Any:
            async with self._changed:
                while not (found := condition(self)):
                    if self.closed.is_set():
                        raise Gone(str(self.bye))
                    await self._changed.wait()
                return found

        return await asyncio.wait_for(wait(), within)

    async def pull(self) -> None:
        """The network goes: no goodbye of any kind."""
        self._reader.cancel()
        transport = self.socket._response.connection and self.socket._response.connection.transport
        if transport is not None:
            transport.abort()
        await self.socket.close()

    async def _read(self) -> None:
        try:
            async for message in self.socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    if message.data == "2":
                        await self.socket.send_str("3")
                else:
                    await self._take(msgpack.unpackb(message.data))
        finally:
            self.closed.set()
            if not self._connected.done():
                self._connected.set_exception(Gone("before the connection was made"))
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(Gone(str(self.bye)))
                    answer.exception()
            async with self._changed:
                self._changed.notify_all()

    async def _take(self, packet: dict[str, Any]) -> None:
        match packet["type"]:
            case 0:
                self._connected.set_result(None)
            case 4:
                self._connected.set_exception(TurnedAway(packet["data"]["data"]["code"]))
            case 3:
                self.heard.append(("ack", packet["data"][0]))
                answer = self._answers.pop(packet["id"], None)
                if answer is not None and not answer.done():
                    answer.set_result(packet["data"][0])
            case 2:
                event, data = packet["data"]
                self.heard.append((event, data))
                self._see(event, data)
        async with self._changed:
            self._changed.notify_all()

    def _see(self, event: str, data: dict[str, Any]) -> None:
        match event:
            case "snapshot":
                self.seq, self.view, self.you = data["seq"], data["view"], data["you"]
                self.now, self.since = data["now"], time.monotonic()
                self.resume = data["you"].get("resume", self.resume)
            case "patch":
                self.gaps += data["seq"] != self.seq + 1
                self.seq = data["seq"]
                self.view = merged(self.view, data["patch"])
            case "you":
                self.you = data
            case "bye":
                self.bye = data


def merged(document: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    found = dict(document) if isinstance(document, dict) else {}
    for key, value in patch.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = merged(found.get(key), value)
    return found
