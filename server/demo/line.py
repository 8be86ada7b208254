"""One connection of a simulated person, over the wire that docs/protocol.md describes."""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgpack

from protocol import patch
from server.demo.microphone import Silent

CONNECT, EVENT, ACK, CONNECT_ERROR = 0, 2, 3, 4
ANSWER = 20.0  # seconds that an answer may take
_PATH = "/socket.io/?EIO=4&transport=websocket"


class TurnedAway(Exception):
    """The server did not let the connection in; the message is its code."""


class Gone(Exception):
    """The connection ended."""


class Line:
    """`view` and `you` are what the server has shown; `changed` is set whenever that is something new."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.view: Mapping[str, Any] = {}
        self.you: Mapping[str, Any] = {}
        self.resume = ""
        self.bye = ""
        self.over = False
        self.changed = asyncio.Event()
        self._ahead = 0.0  # meeting time, less the monotonic clock
        self._connected = asyncio.get_running_loop().create_future()
        self._answers: dict[int, asyncio.Future[Mapping[str, Any]]] = {}
        self._asked, self._seq = 0, 0
        self._reading = asyncio.create_task(self._read())

    @property
    def now(self) -> float:
        """Meeting time."""
        return time.monotonic() + self._ahead

    async def command(self, command: Mapping[str, Any]) -> bool:
        """Whether it was done; a refusal is an answer like another."""
        return bool((await self._emit("command", command)).get("ok"))

    async def sound(self, sdp: str) -> str:
        """An offer; its answer. `Silent` when there is none."""
        answer = await self._emit("signal", {"type": "offer", "sdp": sdp})
        if not answer.get("ok"):
            raise Silent
        return str(answer["sdp"])

    async def _emit(self, event: str, data: object) -> Mapping[str, Any]:
        if self.over:
            raise Gone
        self._asked += 1
        answer = self._answers[self._asked] = asyncio.get_running_loop().create_future()
        try:
            await self._pack({"type": EVENT, "nsp": "/", "id": self._asked, "data": [event, data]})
            return await asyncio.wait_for(answer, ANSWER)
        except (TimeoutError, ConnectionError):
            raise Gone from None
        finally:
            self._answers.pop(self._asked, None)

    async def _pack(self, packet: object) -> None:
        await self._socket.send_bytes(msgpack.packb(packet))

    async def close(self) -> None:
        """Away, without a word: the seat stays."""
        self._reading.cancel()
        await asyncio.wait([self._reading])
        with contextlib.suppress(ConnectionError):
            await self._socket.close()

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    if message.data == "2":
                        await self._socket.send_str("3")
                elif message.type is aiohttp.WSMsgType.BINARY:
                    await self._take(msgpack.unpackb(message.data))
        except ConnectionError:
            pass
        finally:
            self.over = True
            for waits in (self._connected, *self._answers.values()):
                if not waits.done():
                    waits.set_exception(Gone())
                    waits.exception()  # seen, should nobody wait for it
            self.changed.set()

    async def _take(self, packet: Mapping[str, Any]) -> None:
        match packet["type"]:
            case type if type == CONNECT:
                self._connected.set_result(None)
            case type if type == CONNECT_ERROR:
                self._connected.set_exception(TurnedAway(packet["data"]["data"]["code"]))
            case type if type == ACK:
                answer = self._answers.get(packet["id"])
                if answer is not None and not answer.done():
                    answer.set_result(packet["data"][0])
            case type if type == EVENT:
                await self._see(*packet["data"])

    async def _see(self, event: str, data: Any) -> None:
        match event:
            case "snapshot":
                self._seq, self.view, self.you = data["seq"], data["view"], data["you"]
                self._ahead = data["now"] - time.monotonic()
                self.resume = data["you"].get("resume", self.resume)
            case "patch":
                if data["seq"] != self._seq + 1:  # a snapshot will say what is so
                    return await self._pack({"type": EVENT, "nsp": "/", "data": ["resync"]})
                self._seq, self.view = data["seq"], patch.apply(dict(self.view), data["patch"])
            case "you":
                self.you = data
                self.resume = data.get("resume", self.resume)
            case "bye":
                self.bye, self.resume = data["code"], data.get("resume", self.resume)
            case _:
                return
        self.changed.set()


async def connect(session: aiohttp.ClientSession, origin: str, auth: Mapping[str, Any]) -> Line:
    """A line that has been shown something. Raises `TurnedAway`, `Gone`, or `OSError` where no server answers."""
    try:
        socket = await session.ws_connect(origin.replace("http", "ws", 1) + _PATH, headers={"Origin": origin})
        await socket.receive_str()  # the opening of Engine.IO, which asks for nothing
    except (aiohttp.ClientError, TypeError):
        raise Gone from None
    line = Line(socket)
    try:
        await line._pack({"type": CONNECT, "nsp": "/", "data": auth})
        await asyncio.wait_for(line._connected, ANSWER)
        while not line.you:
            line.changed.clear()
            await asyncio.wait_for(line.changed.wait(), ANSWER)
            if line.over:
                raise Gone
    except BaseException as ended:
        await line.close()
        if isinstance(ended, TimeoutError | ConnectionError):
            raise Gone from None
        raise
    return line
