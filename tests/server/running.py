"""A real `lingkar serve` in a process of its own that tests may kill, starve and start again; and the people who come.

Everything that it prints is kept in memory, so that a test can look for what should not be there.
"""

import asyncio
import re
import resource
import signal
import sqlite3
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from server.database import DATABASE
from tests.server.person import Person
from tests.serving import COMMAND, HOME, clean_environment

PATIENCE = 60.0  # seconds for a start or an end; a condition is waited for, this only ends a broken test


class Running:
    """One process. `url` is where it answers, `token` opens the hosts' API: printed by the server, unless it is given
    one, and then it prints none."""

    def __init__(
        self,
        data: Path,
        *flags: str,
        env: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
        token: str = "",
    ) -> None:
        self._process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--data", str(data), *([] if token else ["--print-link"]), *flags],
            cwd=HOME,
            env=clean_environment() | dict(env or {}) | ({"LINGKAR_HOST_TOKEN": token} if token else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._said: list[str] = []
        self._ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.data = data
        self.pid = self._process.pid
        self._ready.wait(PATIENCE)
        port = re.search(r"port (\d+)\)", self.said)
        if port is None:
            self.kill()
            raise AssertionError(f"the server did not start:\n{self.said}")
        self.url = f"http://127.0.0.1:{port[1]}"
        self.token = token or self.said.partition("/host#")[2].split()[0]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    @property
    def said(self) -> str:
        """Both outputs, until now; all of it once the process has ended."""
        return "".join(self._said)

    @property
    def code(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """SIGKILL; returns when the process is no more."""
        self._process.kill()
        self.end()

    def terminate(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop; `end` waits for it."""
        self._process.send_signal(by)

    def end(self, within: float = PATIENCE) -> int:
        """Wait for the end; the exit status."""
        status = self._process.wait(within)
        self._listener.join(within)
        return status

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Not another byte goes into any file (pipes and sockets are none); then there is room again."""
        before = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, before)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._said.append(line)
                if line.startswith("Ctrl-C"):
                    self._ready.set()
        self._ready.set()


@contextmanager
def running(
    data: Path,
    *flags: str,
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = COMMAND,
    token: str = "",
) -> Iterator[Running]:
    """A server until the end of the block, however it ends."""
    server = Running(data, *flags, env=env, command=command, token=token)
    try:
        yield server
    finally:
        if server.code is None:
            server.kill()


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Another program has the database of this folder for itself: writes wait five seconds, then fail."""
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None, timeout=30)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


class Room(NamedTuple):
    """A room and its links by kind: host, facilitator, participant."""

    id: str
    links: dict[str, str]


class House:
    """A running server and everybody who came to it from this test. Give it another server after a restart."""

    def __init__(self, server: Running, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session
        self.data = server.data

    async def api(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Asked as the host; status and document."""
        headers = {"Authorization": f"Bearer {self.server.token}"}
        async with self.session.request(method, self.server.url + path, json=body, headers=headers) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else None

    async def room(self, title: str = "Wednesday", **plan: object) -> Room:
        status, made = await self.api("POST", "/api/rooms", {"title": title, **plan})
        assert status == 201, made
        return Room(made["id"], made["links"])

    async def health(self) -> tuple[int, str]:
        async with self.session.get(f"{self.server.url}/healthz") as answer:
            return answer.status, (await answer.json())["status"]

    def person(self) -> Person:
        return Person(self.session, self.server.url)

    async def waiting(self, room: Room, name: str, kind: str = "participant") -> Person:
        """Somebody by a link: at the door, the agreement not accepted."""
        return await self.person().join(room.links[kind], name)

    async def leading(self, room: Room, name: str, kind: str = "facilitator") -> Person:
        """The first holder of a leading link, inside."""
        person = await self.waiting(room, name, kind)
        await person.accept()
        await person.until(lambda me: me.view["sight"] == "lead")
        return person

    async def seated(self, room: Room, lead: Person, name: str, kind: str = "participant") -> Person:
        """Somebody who agreed and was let in."""
        person = await self.waiting(room, name, kind)
        await person.accept()
        await lead.do("admit", seat=person.seat)
        await person.until(lambda me: me.view["sight"] != "door")
        return person

    async def meeting(self, *names: str, **plan: Any) -> tuple[Room, list[Person]]:
        """An open meeting: the first one leads."""
        room = await self.room(**plan)
        lead = await self.leading(room, names[0])
        others = await asyncio.gather(*(self.seated(room, lead, name) for name in names[1:]))
        await lead.do("open-meeting")
        return room, [lead, *others]


@asynccontextmanager
async def house(server: Running, address: str = "127.0.0.1") -> AsyncIterator[House]:
    """People for this server, who all come from that address. Their connections end with the block, and so does a
    server that was put in the place of this one."""
    connector = aiohttp.TCPConnector(local_addr=(address, 0), limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        found = House(server, session)
        try:
            yield found
        finally:
            if found.server is not server and found.server.code is None:
                found.server.kill()
