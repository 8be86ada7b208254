"""A server without a network, whose clock a test moves by hand: real rooms, real journal, real lines.

What is sent is kept in lists. A crash is a copy of the data folder, taken at that moment and opened as a new server.
"""

import asyncio
import contextlib
import shutil
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgpack
from aiohttp import WSMessage, WSMsgType

from server import entries
from server.directory import Directory, Room, RoomPlan
from server.frames import Frame
from server.guard import Limits
from server.journal import Journal
from server.line import Line
from server.links import Keys
from server.media.sound import Sound
from server.metrics import Metrics
from server.sockets import Sockets
from tests.server.person import ACK, CONNECT, CONNECT_ERROR, EVENT, merged
from tests.server.running import held

WALL = 1_790_000_000.0  # what the wall clock shows when the hand stands at 0
PATIENCE = 200.0  # seconds of real time, for a test that is broken


class HandLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock stands still until it is moved."""

    hand = 5000.0

    def time(self) -> float:
        return self.hand


def evening(scene: Callable[["Evening"], Awaitable[None]]) -> Callable[[Path], None]:
    """A test from a scene on a fresh server."""

    async def play(folder: Path) -> None:
        server = Evening(folder)
        try:
            await scene(server)
        finally:
            await server.end()

    def test(tmp_path: Path) -> None:
        by_hand(play(tmp_path / "data"))

    test.__name__, test.__doc__ = scene.__name__, scene.__doc__
    return test


def by_hand(main: Coroutine[Any, Any, None]) -> None:
    """Run to its end on such a loop."""
    with asyncio.Runner(loop_factory=HandLoop) as runner:
        loop = runner.get_loop()
        task = loop.create_task(main)
        guard = threading.Timer(PATIENCE, loop.call_soon_threadsafe, [task.cancel])
        guard.start()
        try:
            loop.run_until_complete(task)
        finally:
            guard.cancel()


class Kept:
    """An outlet: what would go to the network."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.written = 0

    def write(self, item: Frame) -> None:
        self.frames.append(item)
        self.written += len(item.wire)

    def held(self) -> int:
        return 0

    async def finish(self) -> None:
        pass


class Guest:
    """One connection of one person; what it was sent is read when somebody looks."""

    def __init__(self, sockets: Sockets, now: float) -> None:
        self._outlet = Kept()
        self.line = Line(Limits(refusal=0.0), sockets, self._outlet, asyncio.Transport(), now)
        self._read = self._asked = 0
        self._heard: list[tuple[str, Any]] = []
        self.answers: dict[int, dict[str, Any]] = {}
        self.name = self.room = self._code = ""
        self.refusal: dict[str, Any] = {}
        self._resume: str | None = None
        self._view: dict[str, Any] = {}
        self._you: dict[str, Any] = {}
        self._seq = self._gaps = 0

    def knock(self, auth: dict[str, Any]) -> "Guest":
        self.name, self.room = auth["name"], auth["room"]
        self._send({"type": CONNECT, "nsp": "/", "data": auth})
        return self

    def ask(self, type: str, **fields: Any) -> int:
        """Send a command; the key of its answer."""
        return self.emit("command", {"type": type, **fields})

    def emit(self, event: str, data: object) -> int:
        self._asked += 1
        self._send({"type": EVENT, "nsp": "/", "id": self._asked, "data": [event, data]})
        return self._asked

    def _send(self, packet: object) -> None:
        self.line.take(WSMessage(WSMsgType.BINARY, msgpack.packb(packet), None))

    def pull(self) -> None:
        """The connection is lost."""
        self.line.over()

    @property
    def heard(self) -> list[tuple[str, Any]]:
        """Every event, in order; answers as "ack", the end as "end"."""
        self._listen()
        return self._heard

    def _listen(self) -> None:
        frames = self._outlet.frames[self._read :]
        self._read += len(frames)
        for frame in frames:
            if frame.opcode is WSMsgType.CLOSE:
                self._heard.append(("end", int.from_bytes(frame.payload)))
                self.line.over()
            elif frame.opcode is WSMsgType.BINARY:
                self._take(msgpack.unpackb(frame.payload))

    def _take(self, packet: dict[str, Any]) -> None:
        match packet["type"]:
            case type if type == EVENT:
                event, data = packet["data"]
                self._heard.append((event, data))
                self._see(event, data)
            case type if type == ACK:
                self.answers[packet["id"]] = packet["data"][0]
                self._heard.append(("ack", packet["data"][0]))
            case type if type == CONNECT_ERROR:
                self.refusal = packet["data"]["data"]
                self._code = self.refusal["code"]

    def _see(self, event: str, data: dict[str, Any]) -> None:
        match event:
            case "snapshot":
                self._seq, self._view, self._you = data["seq"], data["view"], data["you"]
                self._resume = data["you"].get("resume", self._resume)
            case "patch":
                self._gaps += data["seq"] != self._seq + 1
                self._seq = data["seq"]
                self._view = merged(self._view, data["patch"])
            case "you":
                self._you = data

    def kinds(self, since: int = 0) -> list[str]:
        return [kind for kind, _ in self.heard[since:]]

    @property
    def code(self) -> str:
        """Why the connection was refused; empty when it was not."""
        self._listen()
        return self._code

    @property
    def view(self) -> dict[str, Any]:
        self._listen()
        return self._view

    @property
    def you(self) -> dict[str, Any]:
        self._listen()
        return self._you

    @property
    def gaps(self) -> int:
        """Patches that did not follow the one before."""
        self._listen()
        return self._gaps

    @property
    def resume(self) -> str | None:
        self._listen()
        return self._resume

    @property
    def seat(self) -> str:
        return str(self.you["seat"])

    @property
    def turn(self) -> str:
        return str(self.you["turn"])


class Evening:
    """The server. Times are seconds after the start of this process."""

    def __init__(self, folder: Path, busy: float = 0.05) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, HandLoop)
        self.loop, self.folder = loop, folder
        self.began = loop.time()
        self.keys = Keys.open(folder)
        self.journal = Journal.open(folder, busy=busy)
        self.wall_ahead = 0.0  # seconds that somebody has set the wall clock forward
        self.rooms = Directory(self.keys, self.journal, lambda: "http://page.test", wall=self.wall)
        self.rooms.recover()
        self.sockets = Sockets(self.rooms, self.keys, Metrics(), Sound())
        self._after: Evening | None = None

    def wall(self) -> float:
        """What the wall clock shows: a whole number of seconds at the start."""
        return WALL + self.loop.hand + self.wall_ahead

    async def at(self, seconds: float) -> None:
        """Move the clock on, and let everything happen that is due then."""
        assert self.began + seconds >= self.loop.hand
        self.loop.hand = self.began + seconds
        await self.settled()

    async def settled(self) -> None:
        """Until nothing is left to do without the clock moving."""
        quiet = 0
        while quiet < 3:
            for _ in range(5):
                await asyncio.sleep(0)
            quiet = 0 if self.journal.pending else quiet + 1
            if not quiet:
                await self._told()

    async def _told(self) -> None:
        """Behind everything that the journal has now; its answer comes on the loop, as theirs do."""
        with contextlib.suppress(Exception):
            await self.journal.end("no such meeting")

    async def room(self, **plan: Any) -> Room:
        return await self.rooms.create(RoomPlan(title="Wednesday", **plan))

    def guest(self) -> Guest:
        return Guest(self.sockets, self.loop.time())

    def knock(self, room: Room, name: str, kind: str = "participant") -> Guest:
        """Somebody by a link, at the door at once if the clock stood still for a while."""
        secret = entries.urls(room)[kind].rpartition("#")[2]
        return self.guest().knock({"v": 1, "room": room.id, "secret": secret, "name": name})

    def back(self, guest: Guest) -> Guest:
        """The same person on another connection."""
        new = self.guest()
        new._resume = guest.resume
        return new.knock({"v": 1, "room": guest.room, "resume": guest.resume, "name": guest.name})

    async def meeting(self, *names: str, **plan: Any) -> tuple[Room, Sequence[Guest]]:
        """Everybody sits, the first one leads, the meeting is open, the first pause is over."""
        room = await self.room(**plan)
        people: list[Guest] = []
        for name in names:
            guest = self.knock(room, name, "participant" if people else "facilitator")
            people.append(guest)
            await self.at(self.loop.hand - self.began + 0.25)
            guest.ask("accept-agreement", version=1)
            if len(people) > 1:
                people[0].ask("admit", seat=guest.seat)
        await self.settled()
        people[0].ask("open-meeting")
        await self.at(self.loop.hand - self.began + 5)
        return room, people

    @property
    def time(self) -> float:
        """Seconds after the start."""
        return self.loop.hand - self.began

    async def crash(self, folder: Path) -> "Evening":
        """What is on the disk now, as the next server finds it; this one ends."""
        await self.settled()
        await self._told()  # marks, too: nobody waits for them
        shutil.copytree(self.folder, folder)
        await self.end()
        self._after = Evening(folder)
        return self._after

    async def end(self) -> None:
        if self._after is not None:
            await self._after.end()
        await self.rooms.stop()
        await self.journal.close()

    @contextlib.contextmanager
    def unwritable(self) -> Iterator[None]:
        """Another program holds the database: every write fails, at once."""
        with held(self.folder):
            yield
