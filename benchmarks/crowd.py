"""Many people on many sockets, as cheap as they can be: while measuring, a member only counts frames."""

import asyncio
import time
from typing import Any

import aiohttp
import msgpack

PATCH = b"\xa5patch"  # how msgpack writes the event's name, near the start of a packet


class Member:
    """One connection. `patches` counts what was delivered, `last` is when."""

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd = crowd
        self.seat = ""
        self.patches = 0
        self.inside = asyncio.Event()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._next = 0

    async def connect(self, session: aiohttp.ClientSession, url: str, auth: object) -> "Member":
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self.socket = await session.ws_connect(address, headers={"Origin": url}, max_msg_size=0)
        await self.socket.receive()
        await self.socket.send_bytes(msgpack.packb({"type": 0, "nsp": "/", "data": auth}))
        self.reader = asyncio.create_task(self._read())
        return self

    async def ask(self, type: str, **fields: Any) -> Any:
        self._next += 1
        answer = self._answers[self._next] = asyncio.get_running_loop().create_future()
        packet = {"type": 2, "nsp": "/", "id": self._next, "data": ["command", {"type": type, **fields}]}
        await self.socket.send_bytes(msgpack.packb(packet))
        return await asyncio.wait_for(answer, 30)

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await self.socket.send_str("3")
            elif PATCH in message.data[:24]:
                self.patches += 1
                self.crowd.delivered()
            else:
                self._take(msgpack.unpackb(message.data))

    def _take(self, packet: dict[str, Any]) -> None:
        if packet["type"] == 3:
            self._answers.pop(packet["id"]).set_result(packet["data"][0])
        elif packet["type"] == 2 and packet["data"][0] == "snapshot":
            snapshot = packet["data"][1]
            self.seat = snapshot["you"]["seat"]
            if "agreement" not in snapshot["view"] or "people" in snapshot["view"]:
                self.inside.set()

    async def leave(self) -> None:
        self.reader.cancel()
        await self.socket.close()


class Crowd:
    """Everybody in one room. `spread` is the time from a command to its patch at the last of them."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self._waits = 0
        self._all = asyncio.Event()

    def delivered(self) -> None:
        self._waits -= 1
        if self._waits == 0:
            self._all.set()

    async def spread(self, member: Member, type: str, **fields: Any) -> float:
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
