"""Servers to measure: each in a process of its own, with a full room, on a free port, gone afterwards."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.crowd import Counted, Crowd, Member

PEERS = Path(__file__).parent / "peers"
TOKEN = "benchmark-token-benchmark-token"
CLOCK = os.sysconf("SC_CLK_TCK")
STOPPING = 20.0  # seconds that a server may take to end


@dataclass(frozen=True)
class Served:
    """A running server with a full room; `speakers` are the people who raise and lower their hands."""

    pid: int
    crowd: Crowd
    speakers: Sequence[Counted]


@dataclass(frozen=True)
class Room:
    """A room on a server of ours."""

    id: str
    url: str
    pid: int
    links: dict[str, str]


def cpu(pid: int) -> float:
    """Seconds of processor that the process has used, user and system, all threads. Steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK


def resident(pid: int) -> float:
    """KiB of memory that the process has."""
    found = re.search(r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found is not None
    return float(found.group(1))


def free_port() -> int:
    """For a server that cannot be told to choose one itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def child(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the block, asked first and made to after a while."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOPPING)
            except subprocess.TimeoutExpired:
                process.kill()


class Lingkar:
    """Our server on a data folder; killed, it comes back where it was, with what it had stored."""

    def __init__(self, folder: str, flags: Sequence[str]) -> None:
        self._folder, self._flags = folder, flags
        self._port = 0
        self.url = ""
        self.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        """Returns when people can come."""
        env = {**os.environ, "LINGKAR_HOST_TOKEN": TOKEN}
        command = [sys.executable, "-m", "server", "serve", "--port", str(self._port), "--data", self._folder]
        self._process = subprocess.Popen([*command, *self._flags], stdout=subprocess.PIPE, text=True, env=env)
        assert self._process.stdout is not None
        found = re.search(r"http://localhost:(\d+)", self._process.stdout.readline())
        assert found is not None
        self.url, self._port = found[0], int(found[1])

    def kill(self) -> None:
        """At once and without a word; returns when it is no more."""
        with self._process as process:
            process.kill()

    def stop(self) -> None:
        with self._process as process:
            process.terminate()
            try:
                process.wait(STOPPING)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def lingkar(*flags: str) -> Iterator[Lingkar]:
    """Our server with an empty data folder."""
    folder = tempfile.mkdtemp(prefix="lingkar-bench-")
    try:
        server = Lingkar(folder, flags)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@asynccontextmanager
async def room(*flags: str) -> AsyncIterator[Room]:
    """A new room on a new server."""
    with lingkar(*flags) as server:
        yield await make_room(server)


async def make_room(server: Lingkar) -> Room:
    key = {"Authorization": f"Bearer {TOKEN}"}
    async with aiohttp.request("POST", f"{server.url}/api/rooms", json={"title": "Benchmark"}, headers=key) as made:
        document = await made.json()
    return Room(document["id"], server.url, server.pid, document["links"])


@asynccontextmanager
async def places(count: int) -> AsyncIterator[Sequence[aiohttp.ClientSession]]:
    """Ways to a server from so many addresses: only so many may wait at a door from one."""
    async with AsyncExitStack() as open:
        yield [await open.enter_async_context(_from(f"127.0.0.{n}")) for n in range(1, count + 1)]


def _from(address: str) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, local_addr=(address, 0)))


async def come(session: aiohttp.ClientSession, url: str, link: str, crowd: Crowd, name: str) -> Member:
    """Somebody at the door who has accepted the agreement; with a facilitator's link, inside."""
    member = await Member(crowd).connect(session, url, entry(link, name))
    await member.until(member.shown, 10)
    answer = await member.ask("accept-agreement", version=1)
    assert answer["ok"], answer
    return member


def entry(link: str, name: str) -> dict[str, object]:
    """What a connection by a link begins with."""
    id, _, secret = link.rpartition("/r/")[2].partition("#")
    return {"v": 1, "room": id, "secret": secret, "name": name}


async def admit(lead: Member, member: Member) -> None:
    """Let one person in; waits while the facilitator has used up a connection's budget of commands."""
    while not (answer := await lead.ask("admit", seat=member.seat))["ok"]:
        assert answer["code"] == "too-fast", answer
        await asyncio.sleep(0.05)
    await member.until(member.inside, 10)


@asynccontextmanager
async def our_room(people: int, speakers: int) -> AsyncIterator[Served]:
    """Everybody is in and somebody has the floor, so that hands stay in the queue."""
    async with room() as made, aiohttp.ClientSession() as session:
        crowd = Crowd()
        lead = await come(session, made.url, made.links["facilitator"], crowd, "Facilitator")
        await asyncio.wait_for(lead.inside.wait(), 10)
        for type, fields in (("open-meeting", {}), ("call-on", {"seat": lead.seat}), ("accept-floor", {"turn": "t1"})):
            answer = await lead.ask(type, **fields)
            assert answer["ok"], answer
        for n in range(people - 1):
            member = await come(session, made.url, made.links["participant"], crowd, f"Person {n}")
            await admit(lead, member)
            crowd.members.append(member)
        crowd.members.append(lead)
        yield Served(made.pid, crowd, crowd.members[:speakers])


@asynccontextmanager
async def node_room(people: int, speakers: int) -> AsyncIterator[Served]:
    """The same number of people at Node's Socket.IO, which delivers and does nothing else."""
    with child(["node", "node.mjs"], cwd=PEERS) as process:
        assert process.stdout is not None
        url = f"http://127.0.0.1:{int(process.stdout.readline())}"
        crowd = Crowd()
        async with aiohttp.ClientSession() as session:
            for _ in range(people):
                member = await Member(crowd).connect(session, url, {})
                await asyncio.wait_for(member.inside.wait(), 10)
                crowd.members.append(member)
            yield Served(process.pid, crowd, crowd.members[:speakers])
