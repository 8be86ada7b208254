"""What does it cost the server to tell a room of 100 people that a hand went up, and when do they all know?

Server CPU is read from the kernel for the whole server process, everything included: parsing, deciding, the disk, the
acknowledgement, private parts. The crowd lives in another process and only counts. The peer does nothing but deliver.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.crowd import Crowd, Member
from benchmarks.figure import Figure

PEOPLE = 100
COMMANDS = 400
RATE = 40.0  # commands a second in the room
RUNS = 3
PEERS = Path(__file__).parent / "peers"
CLOCK = os.sysconf("SC_CLK_TCK")
TOKEN = "benchmark-token-benchmark-token"


@dataclass
class Run:
    """One measured meeting."""

    cpu_us: float  # of the server, per delivered patch
    spread_ms: list[float]

    def p99(self) -> float:
        return sorted(self.spread_ms)[int(len(self.spread_ms) * 0.99)]


def figures() -> Iterator[Figure]:
    conditions = (
        f"one room of {PEOPLE} people, {COMMANDS} commands at {RATE:.0f}/s that change the queue, msgpack over loopback "
        "websockets, fsync on; CPU of the whole server process per delivered patch"
    )
    ours, theirs = [], []
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=PEERS, check=True)
    for _ in range(RUNS):
        ours.append(asyncio.run(_measured(_lingkar())))
        theirs.append(asyncio.run(_measured(_node())))
    yield Figure("patch-cpu-us", "us", conditions, [run.cpu_us for run in ours], goal=25.0)
    ratios = [mine.cpu_us / other.cpu_us for mine, other in zip(ours, theirs, strict=True)]
    yield Figure("patch-cpu-vs-node", "ratio", conditions, ratios, peer="Socket.IO 4.8.4 for Node, broadcast and ack only")
    yield Figure("patch-p99-ms", "ms", conditions + "; until the last of them has it", [r.p99() for r in ours], goal=50.0)
    late = [mine.p99() / other.p99() for mine, other in zip(ours, theirs, strict=True)]
    yield Figure("patch-p99-vs-node", "ratio", conditions, late, peer="Socket.IO 4.8.4 for Node, no disk")


@dataclass
class Served:
    """A running server with a full room."""

    pid: int
    crowd: Crowd
    speakers: list[Member]


async def _measured(server: "AsyncIterator[Served]") -> Run:
    async with asynccontextmanager(lambda: server)() as served:
        speakers = served.speakers
        for n in range(20):  # everything has been touched once
            await served.crowd.spread(speakers[n // 2], "raise-hand" if n % 2 == 0 else "lower-hand")
        before, counted = _cpu(served.pid), sum(m.patches for m in served.crowd.members)
        spread = []
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for n in range(COMMANDS):
            await asyncio.sleep(max(0.0, begun + n / RATE - loop.time()))
            member = speakers[(n // 2) % len(speakers)]
            spread.append(await served.crowd.spread(member, "raise-hand" if n % 2 == 0 else "lower-hand"))
        delivered = sum(m.patches for m in served.crowd.members) - counted
        cpu = _cpu(served.pid) - before
        for member in served.crowd.members:
            await member.leave()
    return Run(cpu / delivered * 1e6, [taken * 1000 for taken in spread])


def _cpu(pid: int) -> float:
    """Seconds of processor that the process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK


async def _lingkar() -> AsyncIterator[Served]:
    folder = tempfile.mkdtemp(prefix="lingkar-bench-")
    env = {**os.environ, "LINGKAR_HOST_TOKEN": TOKEN}
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as child:
        try:
            assert child.stdout is not None
            found = re.search(r"http://localhost:\d+", child.stdout.readline())
            assert found is not None
            async with aiohttp.ClientSession() as session:
                yield await _full_room(session, found.group(), child.pid)
        finally:
            child.terminate()
            child.wait(20)
            shutil.rmtree(folder)


async def _full_room(session: aiohttp.ClientSession, url: str, pid: int) -> Served:
    key = {"Authorization": f"Bearer {TOKEN}"}
    async with session.post(f"{url}/api/rooms", json={"title": "Benchmark"}, headers=key) as made:
        links = (await made.json())["links"]
    crowd = Crowd()
    lead = await _come(session, url, links["facilitator"], crowd, "Facilitator")
    await lead.inside.wait()
    await lead.ask("open-meeting")
    await lead.ask("call-on", seat=lead.seat)
    await lead.ask("accept-floor", turn="t1")  # the floor is taken, so that hands stay in the queue
    for n in range(PEOPLE - 1):
        member = await _come(session, url, links["participant"], crowd, f"Person {n}")
        while not (await lead.ask("admit", seat=member.seat))["ok"]:
            await asyncio.sleep(0.05)  # a facilitator's connection has a budget of commands
        await asyncio.wait_for(member.inside.wait(), 10)
        crowd.members.append(member)
    crowd.members.append(lead)
    return Served(pid, crowd, crowd.members[:40])


async def _come(session: aiohttp.ClientSession, url: str, link: str, crowd: Crowd, name: str) -> Member:
    room, _, secret = link.rpartition("/r/")[2].partition("#")
    member = await Member(crowd).connect(session, url, {"v": 1, "room": room, "secret": secret, "name": name})
    answer = await member.ask("accept-agreement", version=1)
    assert answer["ok"], answer
    while not member.seat:
        await asyncio.sleep(0.01)
    return member


async def _node() -> AsyncIterator[Served]:
    with subprocess.Popen(["node", "node.mjs"], cwd=PEERS, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            url = f"http://127.0.0.1:{int(child.stdout.readline())}"
            crowd = Crowd()
            async with aiohttp.ClientSession() as session:
                for _ in range(PEOPLE):
                    member = await Member(crowd).connect(session, url, {})
                    await asyncio.wait_for(member.inside.wait(), 10)
                    crowd.members.append(member)
                yield Served(child.pid, crowd, crowd.members[:40])
        finally:
            child.terminate()
            child.wait(20)
