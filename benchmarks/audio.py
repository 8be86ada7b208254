"""What does it cost the server to bring one voice to many, how late is it, what does a listener need, and a join?

Our server, Janus as it comes and Janus with one event loop run beside each other with the same listeners, whose ends
are in other processes (see `audio_turns.py`). Server CPU is that of the whole process, all threads, everything
included: checks, reports, the people's other connections.
"""

import asyncio
import resource
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from benchmarks import audio_janus
from benchmarks.audio_join import CALM, PEOPLE, WITHIN, Joined, joined
from benchmarks.audio_turns import (
    BEST,
    JANUS,
    LATE,
    LIMIT,
    LINGKAR,
    LIVELY,
    ROUNDS,
    TURN,
    Evening,
    Round,
    Turn,
    evening,
)
from benchmarks.figure import Figure

EVENINGS = 2  # every server started anew
JOINS = 3
MOST = max(ROUNDS)
VOICE = (
    "one voice, 50 packets/s with 80 bytes of Opus, DTLS-SRTP over an address of this machine; the listeners' ends "
    "sleep until something comes, check every 2.5 s and report every 5 s as a browser does"
)


def figures() -> Iterator[Figure]:
    _allow_many_files()
    no_janus = audio_janus.missing()
    evenings = [asyncio.run(evening(with_janus=not no_janus)) for _ in range(EVENINGS)]
    yield from Told(evenings, no_janus).all()
    yield from _joins([asyncio.run(joined()) for _ in range(JOINS)])


def _allow_many_files() -> None:
    """As many as may be, for all that is started: 200 listeners are some hundred sockets in each process."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Told:
    """What the evenings say."""

    def __init__(self, evenings: Sequence[Evening], no_janus: str) -> None:
        self._evenings, self._no_janus = evenings, no_janus
        of_janus = "" if no_janus else f"Janus {audio_janus.version()}, VideoRoom"
        self._as_it_comes, self._best = of_janus, of_janus + ", event_loops=1"
        profiles = evenings[0].profiles
        left_out = sum(one.left_out for one in evenings)
        self._conditions = (
            f"{VOICE}; {', '.join(f'{server}: {profile}' for server, profile in profiles.items())}; turns of {TURN} s, "
            f"one server after the other, another one first each round; {len(evenings)} starts of every server"
            + (f"; {left_out} rounds left out because packets came late or not at all" if left_out else "")
        )

    def all(self) -> Iterator[Figure]:
        yield from self._costs()
        for size in ROUNDS:
            if size != MOST:
                yield from self._costs_of_fewer(size)
        yield from self._latencies(LATE)
        yield from self._latencies(MOST, f"-{MOST}")
        yield from self._memory()

    def _rounds(self, size: int) -> list[Round]:
        return [one for evening in self._evenings for one in evening.rounds[size]]

    def _each(self, size: int, server: str, what: Callable[[Turn], float]) -> list[float]:
        return [what(one[server]) for one in self._rounds(size) if server in one]

    def _ratio(
        self,
        name: str,
        size: int,
        server: str,
        what: Callable[[Turn], float],
        conditions: str,
        goal: float | None = None,
    ) -> Figure:
        """Ours by theirs, round by round."""
        raw = [what(one[LINGKAR]) / what(one[server]) for one in self._rounds(size) if server in one]
        peer = {JANUS: self._as_it_comes, BEST: self._best, LIMIT: "libsrtp and sendmmsg in C, nothing else"}[server]
        return Figure(name, "ratio", conditions, raw, goal, peer or "Janus", "" if raw else self._no_janus or NO_ROUND)

    def _costs(self) -> Iterator[Figure]:
        conditions = f"{MOST} listeners; CPU of the whole server process per packet that arrived; {self._conditions}"
        for server, name in ((LINGKAR, ""), (JANUS, "janus-"), (BEST, "janus-best-"), (LIMIT, "limit-")):
            raw = self._each(MOST, server, _cost)
            if raw or server == LINGKAR:
                yield Figure(f"{name}audio-cpu-us", "us", conditions, raw, why_missing="" if raw else NO_ROUND)
        lively = conditions + "; the level of the voice changes 4 times a second, which everybody is shown"
        yield Figure("audio-cpu-lively-us", "us", lively, self._each(MOST, LIVELY, _cost))
        yield self._ratio("audio-cpu-vs-janus", MOST, JANUS, _cost, conditions, goal=0.4)
        yield self._ratio("audio-cpu-vs-janus-best", MOST, BEST, _cost, conditions, goal=0.6)
        yield self._ratio("audio-cpu-vs-limit", MOST, LIMIT, _cost, conditions, goal=2.0)

    def _costs_of_fewer(self, size: int) -> Iterator[Figure]:
        medians = [f"{name} {median(raw):.1f} us" for name in (JANUS, BEST) if (raw := self._each(size, name, _cost))]
        conditions = f"{size} listeners ({', '.join(medians) or 'no Janus'}); as audio-cpu-us"
        yield Figure(f"audio-cpu-us-{size}", "us", conditions, self._each(size, LINGKAR, _cost))
        yield self._ratio(f"audio-cpu-vs-janus-{size}", size, JANUS, _cost, conditions)
        yield self._ratio(f"audio-cpu-vs-janus-best-{size}", size, BEST, _cost, conditions)

    def _latencies(self, size: int, of: str = "") -> Iterator[Figure]:
        """In the rounds with so many listeners; `of` stands in the figures' names."""
        conditions = (
            f"{size} listeners; from before the speaker's end protects a packet until the kernel has it for the "
            f"listener's; {self._conditions}"
        )
        for server, name in ((LINGKAR, ""), (JANUS, "janus-"), (BEST, "janus-best-")):
            if raw := self._each(size, server, _half):
                yield Figure(f"{name}audio-latency{of}-ms", "ms", conditions + "; median", raw)
                yield Figure(f"{name}audio-latency{of}-p99-ms", "ms", conditions, self._each(size, server, _most))
        medians, most = conditions + "; medians", conditions + "; 99th percentiles"
        yield self._ratio(f"audio-latency{of}-vs-janus", size, JANUS, _half, medians, goal=1.0)
        yield self._ratio(f"audio-latency{of}-vs-janus-best", size, BEST, _half, medians)
        yield self._ratio(f"audio-latency{of}-p99-vs-janus", size, JANUS, _most, most)

    def _memory(self) -> Iterator[Figure]:
        conditions = (
            f"resident memory of the server with {MOST} listeners after all turns, less that with none, per listener; "
            "ours with the person's other connection"
        )
        for server, name, goal in ((LINGKAR, "", 150.0), (JANUS, "janus-", None), (BEST, "janus-best-", None)):
            if raw := [one.kib[server] for one in self._evenings if server in one.kib]:
                yield Figure(f"{name}audio-memory-kib", "KiB", conditions, raw, goal)


NO_ROUND = "in every round packets of one of the servers came late or not at all: this machine has too much to do"


def _cost(turn: Turn) -> float:
    return turn.cpu_us


def _half(turn: Turn) -> float:
    return turn.quantile(0.5)


def _most(turn: Turn) -> float:
    return turn.quantile(0.99)


def _joins(runs: Sequence[Joined]) -> Iterator[Figure]:
    calm = max(run.calm_ms for run in runs)
    conditions = (
        f"{PEOPLE} people who are in the room turn their sound on within {WITHIN:.0f} s, while somebody speaks; from "
        "sending the offer until the first packet is there"
    )
    yield Figure("audio-join-ms", "ms", conditions + "; median", [run.quantile(0.5) for run in runs], goal=60.0)
    yield Figure("audio-join-p95-ms", "ms", conditions, [run.quantile(0.95) for run in runs])
    stall = (
        f"the same; the longest that one of 5 idle people at the door, who ask 16 times a second each, waited for an "
        f"answer; in {CALM:.0f} s before, their longest wait was {calm:.1f} ms"
    )
    yield Figure("audio-join-stall-ms", "ms", stall, [run.stall_ms for run in runs], goal=20.0)
