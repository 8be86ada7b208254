"""Many people on many sockets, as cheap as they can be: while measuring, a member only counts frames."""

import asyncio
import time
from typing import Any, Protocol

import aiohttp
import msgpack

PATCH = b"\xa5patch"  # how msgpack writes the event's name, near the start of a packet


class Gone(Exception):
    """The connection ended, or never came to be, while something was waited for."""


class Counted(Protocol):
    """Somebody in a measured room. `patches` counts what was delivered, `size` its bytes."""

    patches: int
    size: int

    async def ask(self, type: str, **fields: Any) -> Any: ...

    async def leave(self) -> None: ...


class Crowd:
    """Everybody in one room."""

    def __init__(self) -> None:
        self.members: list[Counted] = []
        self._waits = 0
        self._all = asyncio.Event()

    def delivered(self, count: int = 1) -> None:
        if 0 < self._waits <= count:
            self._all.set()
        self._waits -= count

    async def spread(self, member: Counted, type: str, **fields: Any) -> float:
        """Send a command; seconds until everyone has its patch."""
        self._waits = len(self.members)
        self._all.clear()
        begun = time.perf_counter()
        asked = asyncio.create_task(member.ask(type, **fields))
        await asyncio.wait_for(self._all.wait(), 30)
        taken = time.perf_counter() - begun
        answer = await asked
        if not answer["ok"]:
            raise RuntimeError(f"{type} was refused: {answer}")
        return taken

    def counted(self) -> tuple[int, int]:
        """What was delivered until now: how many, how many bytes."""
        return sum(member.patches for member in self.members), sum(member.size for member in self.members)


class Member:
    """One connection by Socket.IO, to our server or to Node's."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.seat = ""
        self.resume = ""
        self.place: int | None = None  # in the queue
        self.patches = 0
        self.size = 0
        self.shown = asyncio.Event()  # there was a snapshot, perhaps of the door
        self.inside = asyncio.Event()
        self.gone = asyncio.Event()  # the connection is no more
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._next = 0

    async def connect(self, session: aiohttp.ClientSession, url: str, auth: object) -> "Member":
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        try:
            self.socket = await session.ws_connect(address, headers={"Origin": url}, max_msg_size=0)
            await self.socket.receive()
            await self.socket.send_bytes(msgpack.packb({"type": 0, "nsp": "/", "data": auth}))
        except (aiohttp.ClientError, OSError) as no:
            raise Gone from no
        self.reader = asyncio.create_task(self._read())
        return self

    async def until(self, event: asyncio.Event, within: float = 30) -> None:
        """Wait for `shown` or `inside`; `Gone` when the connection ends before."""
        waits = {asyncio.create_task(each.wait()) for each in (event, self.gone)}
        try:
            await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
        if not event.is_set():
            raise Gone

    async def ask(self, type: str, **fields: Any) -> Any:
        self._next += 1
        answer = self._answers[self._next] = asyncio.get_running_loop().create_future()
        packet = {"type": 2, "nsp": "/", "id": self._next, "data": ["command", {"type": type, **fields}]}
        try:
            await self.socket.send_bytes(msgpack.packb(packet))
        except (aiohttp.ClientError, OSError) as no:
            raise Gone from no
        return await asyncio.wait_for(answer, 30)

    async def _read(self) -> None:
        try:
            await self._read_on()
        finally:
            self.gone.set()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(Gone())
                    answer.exception()  # also where nobody waits for it any more

    async def _read_on(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await self.socket.send_str("3")
            elif PATCH in message.data[:24]:
                self.patches += 1
                self.size += len(message.data)
                self.crowd.delivered()
            else:
                self._take(msgpack.unpackb(message.data))

    def _take(self, packet: dict[str, Any]) -> None:
        if packet["type"] == 3:
            self._answers.pop(packet["id"]).set_result(packet["data"][0])
        elif packet["type"] == 2 and packet["data"][0] == "snapshot":
            snapshot = packet["data"][1]
            self.seat = snapshot["you"]["seat"]
            self.resume = snapshot["you"].get("resume", self.resume)
            self.place = snapshot["you"].get("place")
            self.shown.set()
            if "agreement" not in snapshot["view"] or "people" in snapshot["view"]:
                self.inside.set()
        elif packet["type"] == 2 and packet["data"][0] == "you":
            self.place = packet["data"][1].get("place")
        elif packet["type"] == 4:
            raise RuntimeError(f"turned away: {packet['data']}")

    async def leave(self) -> None:
        self.reader.cancel()
        await self.socket.close()

    def stop_reading(self) -> None:
        """As one whose network is gone: nothing that comes is taken any more, and nobody is told."""
        self.reader.cancel()
