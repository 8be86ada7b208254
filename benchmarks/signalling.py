"""What does it cost the server to tell a room of 100 people that a hand went up, and when do they all know?

Server CPU is read from the kernel for the whole server process, everything included: parsing, deciding, the disk, the
acknowledgement, private parts. The crowd lives in another process and only counts. The peers do nothing but deliver.
"""

import asyncio
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from benchmarks import prosody
from benchmarks.figure import Figure
from benchmarks.served import PEERS, Served, cpu, node_room, our_room

PEOPLE = 100
SPEAKERS = 40  # of them raise and lower a hand, one after the other
COMMANDS = 400
WARMING = 20  # commands before, so that everything has been touched once
RATE = 40.0  # commands a second in the room
RUNS = 5


@dataclass(frozen=True)
class Run:
    """One measured meeting."""

    cpu_us: float  # of the server, per delivered patch
    payload: int  # mean bytes of a delivered patch
    spread_ms: Sequence[float]

    def p99(self) -> float:
        return sorted(self.spread_ms)[int(len(self.spread_ms) * 0.99)]


def figures() -> Iterator[Figure]:
    no_prosody = prosody.missing()
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=PEERS, check=True)
    runs = _runs(["lingkar", "node"] if no_prosody else ["lingkar", "node", "prosody"])
    ours, node, chat = runs["lingkar"], runs["node"], runs.get("prosody", [])
    conditions = (
        f"one room of {PEOPLE} people, {COMMANDS} commands at {RATE:.0f}/s that change the queue, patches of "
        f"{ours[0].payload} bytes (msgpack) over loopback websockets, fsync on; CPU of the whole server process per "
        "delivered patch; each round measures every server once, another one first"
    )
    yield Figure("patch-cpu-us", "us", conditions, [run.cpu_us for run in ours], goal=25.0)
    for name, theirs in (("node", node), ("prosody", chat)):
        if theirs:
            yield Figure(f"{name}-patch-cpu-us", "us", conditions, [run.cpu_us for run in theirs])
    bare = "Socket.IO 4.8.4 for Node, broadcast and ack only, no disk, same heartbeat"
    yield Figure("patch-cpu-vs-node", "ratio", conditions, _ratios(ours, node), peer=bare)
    muc = "Prosody MUC over plain TCP, no disk, a body as large as our payload"
    ratios = _ratios(ours, chat) if chat else []
    yield Figure("patch-cpu-vs-prosody", "ratio", conditions, ratios, peer=muc, why_missing=no_prosody)
    late = conditions + "; until the last of them has it"
    yield Figure("patch-p99-ms", "ms", late, [run.p99() for run in ours], goal=50.0)
    ratios = [mine.p99() / other.p99() for mine, other in zip(ours, node, strict=True)]
    yield Figure("patch-p99-vs-node", "ratio", late, ratios, peer=bare)


def _ratios(ours: Sequence[Run], theirs: Sequence[Run]) -> list[float]:
    """Round by round, so that whatever else the machine did then counts for both."""
    return [mine.cpu_us / other.cpu_us for mine, other in zip(ours, theirs, strict=True)]


def _runs(names: Sequence[str]) -> dict[str, list[Run]]:
    """`RUNS` rounds; another server begins each time, after one run of ours that tells how large a patch is."""
    payload = asyncio.run(_measured(our_room(PEOPLE, SPEAKERS), commands=WARMING)).payload
    servers = {
        "lingkar": lambda: our_room(PEOPLE, SPEAKERS),
        "node": lambda: node_room(PEOPLE, SPEAKERS),
        "prosody": lambda: prosody.prosody_room(PEOPLE, SPEAKERS, payload),
    }
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for n in range(RUNS):
        first = n % len(names)
        for name in (*names[first:], *names[:first]):
            runs[name].append(asyncio.run(_measured(servers[name]())))
    return runs


async def _measured(server: AbstractAsyncContextManager[Served], commands: int = COMMANDS) -> Run:
    async with server as served:
        crowd = served.crowd
        for n in range(WARMING):
            await _say(served, n)
        before, (patches, size) = cpu(served.pid), crowd.counted()
        spread = []
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for n in range(commands):
            await asyncio.sleep(max(0.0, begun + n / RATE - loop.time()))
            spread.append(await _say(served, n))
        used = cpu(served.pid) - before
        now = crowd.counted()
        delivered = now[0] - patches
        assert delivered == commands * PEOPLE, f"{delivered} delivered, not {commands * PEOPLE}"
        for member in crowd.members:
            await member.leave()
    return Run(used / delivered * 1e6, round((now[1] - size) / delivered), [taken * 1000 for taken in spread])


async def _say(served: Served, n: int) -> float:
    """The n-th command: a hand goes up, or the same one down. Seconds until everyone knows."""
    speaker = served.speakers[(n // 2) % len(served.speakers)]
    return await served.crowd.spread(speaker, "raise-hand" if n % 2 == 0 else "lower-hand")
