"""Servers beside each other with the same listeners: one after the other has a voice to forward, a few seconds each.

A voice that does not arrive is cheap, and so is one that waits until there is a heap of it: a round in which a server
lost more than `LOST`, or half of the packets came later than `LATEST`, is not counted for any of them.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from benchmarks.audio_janus import janus
from benchmarks.audio_load import Hired, hired
from benchmarks.audio_peer import HOST
from benchmarks.audio_room import lingkar
from benchmarks.served import child, resident

LINGKAR, LIVELY, JANUS, BEST, LIMIT = "lingkar", "lingkar-lively", "janus", "janus-best", "limit"
ROUNDS = {20: 1, 50: 3, 100: 1, 200: 4}  # by how many listen
LATE = 50  # listeners, all of whose packets are looked at
SAMPLE = 10  # with more or fewer of them each so many'th
SETTLING = 0.4  # seconds of speech before each turn
TURN = 2.5  # seconds
AGAIN = 1  # round more in an evening, when some do not count
LOST = 0.001
LATEST = 20.0  # ms: the next packet is there already
LOADS = 2  # processes in which the listeners' ends are
CONNECTING = 30.0  # seconds that all may take
PROFILE = "SRTP_AEAD_AES_256_GCM"  # of the limit: the one with the least work


@dataclass(frozen=True)
class Turn:
    """What a server did in one."""

    cpu_us: float  # per packet that arrived
    late: Sequence[
        float
    ]  # ms from before the speaker's end protects until the kernel has it for the listener's; sorted
    missing: float  # share of what was said and did not arrive

    def quantile(self, share: float) -> float:
        return self.late[int(len(self.late) * share)]

    @property
    def arrived(self) -> bool:
        return self.missing <= LOST and (not self.late or self.quantile(0.5) <= LATEST)


Round = Mapping[str, Turn]


@dataclass
class Evening:
    """`rounds` by how many listened; `kib` of memory for each listener, `profiles` of SRTP, both by server."""

    rounds: dict[int, list[Round]] = field(default_factory=dict)
    kib: dict[str, float] = field(default_factory=dict)
    profiles: dict[str, str] = field(default_factory=dict)
    left_out: int = 0  # rounds


class Server(Protocol):
    name: str
    pid: int

    async def come(self, count: int) -> None:
        """So many more people, without sound."""

    async def speaker(self, load: Hired) -> None:
        """Connect the one who speaks; the name of that end is `<server>/speaker`."""

    async def listen(self, loads: Sequence[Hired], first: int, last: int) -> None:
        """Connect these listeners, spread over the load."""


def clock(pid: int) -> float:
    """Seconds of processor that the process has used, user and system, all threads, ended ones too.

    The same as in /proc/<pid>/stat, but in nanoseconds: the number is how Linux names another process's clock.
    """
    return time.clock_gettime(~pid << 3 | 2)


class Stage:
    """All of the servers, and the processes in which everybody's ends are."""

    def __init__(self, servers: Sequence[Server], speaker: Hired, loads: Sequence[Hired]) -> None:
        self.servers, self.speaker, self.loads = servers, speaker, loads
        self._listening = 0

    async def begin(self) -> None:
        for server in self.servers:
            await server.speaker(self.speaker)
        await self._connected()

    async def grow(self, size: int) -> None:
        """So many listen, at each server."""
        for server in self.servers:
            await server.come(size - self._listening)
            await server.listen(self.loads, self._listening, size)
        await self._connected()
        self._listening = size

    async def _connected(self) -> None:
        async with asyncio.timeout(CONNECTING):
            while any(load.do("waiting")["waiting"] for load in (self.speaker, *self.loads)):
                await asyncio.sleep(0.05)
        await asyncio.sleep(SETTLING)

    def profiles(self) -> dict[str, str]:
        found: dict[str, str] = self.loads[0].do("waiting")["profiles"]
        return found

    async def turn(self, server: Server, lively: bool = False) -> Turn:
        """A voice at this server, and nowhere else."""
        self.speaker.do("speak", id=f"{server.name}/speaker", lively=lively)
        try:
            return await self.measured(server.name, server.pid)
        finally:
            self.speaker.do("speak", id="")

    async def measured(self, name: str, pid: int) -> Turn:
        await asyncio.sleep(SETTLING)
        self._counted(name)
        used = clock(pid)
        await asyncio.sleep(TURN)
        used = clock(pid) - used
        found = self._counted(name)
        if found["wrong"] or not found["packets"]:
            raise RuntimeError(f"{name}: of {found['packets']} packets {found['wrong']} were not what was said")
        missing = found["lost"] / found["packets"] + found["silent"] / self._listening
        return Turn(used / found["packets"] * 1e6, sorted(found["late"]), missing)

    def _counted(self, name: str) -> dict[str, Any]:
        """By all load together, since the last time."""
        counts = [load.do("count", server=name) for load in self.loads]
        together: dict[str, Any] = {key: sum(count[key] for count in counts) for key in counts[0] if key != "late"}
        return together | {"late": [late for count in counts for late in count["late"]]}

    async def limit(self, ports: Sequence[str]) -> Turn:
        """As many packets to as many sleeping sockets, from a program that does nothing else."""
        command = [sys.executable, "-m", "benchmarks.audio_limit", HOST, PROFILE, *ports]
        with child(command) as process:
            assert process.stdout is not None
            await asyncio.to_thread(process.stdout.readline)
            return await self.measured(LIMIT, process.pid)


@asynccontextmanager
async def stage(with_janus: bool) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as rooms:
        with ExitStack() as processes:
            speaker, *loads = [processes.enter_context(hired()) for _ in range(1 + LOADS)]
            servers: list[Server] = [await rooms.enter_async_context(lingkar())]
            if with_janus:
                servers.append(await rooms.enter_async_context(janus(JANUS)))
                servers.append(await rooms.enter_async_context(janus(BEST, "event_loops = 1")))
            yield Stage(servers, speaker, loads)


async def evening(with_janus: bool) -> Evening:
    """Every size once, the small ones first; in each round every server once, another one first."""
    found = Evening()
    async with stage(with_janus) as on:
        await on.begin()
        empty = {server.name: resident(server.pid) for server in on.servers}
        for size in ROUNDS:
            for load in on.loads:
                load.do("sample", every=1 if size == LATE else SAMPLE)
            await on.grow(size)
            await _rounds(on, size, found)
        size = max(ROUNDS)
        found.kib = {server.name: (resident(server.pid) - empty[server.name]) / size for server in on.servers}
        found.profiles = on.profiles()
    return found


async def _rounds(on: Stage, size: int, found: Evening) -> None:
    rounds = found.rounds[size] = []
    ports = (
        [on.loads[n % LOADS].do("make", id=f"{LIMIT}/{n}")["port"] for n in range(size)] if size == max(ROUNDS) else []
    )
    for n in range(ROUNDS[size] + max(0, AGAIN - found.left_out)):
        first = n % len(on.servers)
        done = {server.name: await on.turn(server) for server in (*on.servers[first:], *on.servers[:first])}
        if size == max(ROUNDS):
            done[LIVELY] = await on.turn(on.servers[0], lively=True)
            done[LIMIT] = await on.limit([str(port) for port in ports])
        if all(turn.arrived for turn in done.values()):
            rounds.append(done)
        else:
            found.left_out += 1
        if len(rounds) == ROUNDS[size]:
            return
