"""Many ends of media connections in one process, told by lines of JSON what to do; each line has one answer.

`python -m benchmarks.audio_load`. A line is `{"do": ..., ...}`; the functions of `Load` below are what there is to do.
It ends when nobody writes to it any more.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.audio_peer import PACE, Heard, Peer, Theirs, fingerprint

QUIET = 30  # below full scale, in dB: the level that a packet states, always the same
SAYS = (12, 60, 25, 70)  # or this one after the other, which changes what everybody is shown
SYLLABLE = 12  # packets for each
TEND = 0.02  # seconds between looks at what is due


class Load:
    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._peers: dict[str, Peer] = {}
        self._by_file: dict[int, Peer] = {}
        self._heard: dict[str, Heard] = {}
        self._speaker: Peer | None = None
        self._lively = False
        self._spoken, self._begun = 0, 0.0
        self._rest = b""

    # what there is to do

    def make(self, id: str, sample: int = 1) -> dict[str, object]:
        """A new end, `server/name`; what its SDP says."""
        peer = self._peers[id] = Peer(self._heard.setdefault(id.partition("/")[0], Heard()))
        peer.sample = sample
        self._by_file[peer.socket.fileno()] = peer
        self._epoll.register(peer.socket, select.EPOLLIN)
        said = {"ufrag": peer.ufrag, "pwd": peer.pwd, "ssrc": peer.ssrc, "fingerprint": fingerprint()}
        return {**said, "port": peer.socket.getsockname()[1]}

    def connect(self, id: str, **theirs: Any) -> dict[str, object]:
        self._peers[id].connect(Theirs(**theirs))
        return {}

    def waiting(self) -> dict[str, object]:
        """How many are on their way, and which profiles those have who are connected, by server."""
        profiles = {id.partition("/")[0]: peer.profile for id, peer in self._peers.items() if peer.profile}
        return {"waiting": sum(peer.coming for peer in self._peers.values()), "profiles": profiles}

    def sample(self, every: int) -> dict[str, object]:
        for peer in self._peers.values():
            peer.sample = every
        return {}

    def speak(self, id: str, lively: bool = False) -> dict[str, object]:
        """This one speaks from now on, and nobody else; "" for nobody. How many packets the former one sent."""
        spoken = self._spoken
        self._speaker = self._peers[id] if id else None
        self._lively = lively
        self._spoken, self._begun = 0, time.monotonic()
        return {"spoken": spoken}

    def count(self, server: str) -> dict[str, object]:
        """What came from this server since the last time; what is missing between, and who had nothing at all."""
        peers = [peer for id, peer in self._peers.items() if id.startswith(server + "/")]
        heard = self._heard.pop(server, Heard())
        self._heard[server] = fresh = Heard()
        lost = silent = 0
        for peer in peers:
            lost, silent = lost + peer.lost(), silent + (peer.packets == 0)
            peer.anew(fresh)
        return {**vars(heard), "lost": lost, "silent": silent}

    def first(self) -> dict[str, object]:
        """When the first packet came to each; only those that have had one."""
        return {id: peer.first for id, peer in self._peers.items() if peer.first is not None}

    # how it is done

    def run(self) -> None:
        told = sys.stdin.fileno()
        self._epoll.register(told, select.EPOLLIN)
        tended = 0.0
        while True:
            now = time.monotonic()
            self._say(now)
            if now - tended >= TEND:
                tended = now
                for peer in list(self._peers.values()):
                    peer.tend(now)
            for file, _ in self._epoll.poll(self._until(now)):
                if file in self._by_file:
                    self._by_file[file].read()
                elif file == told and not self._obey(os.read(file, 65536)):
                    return

    def _obey(self, data: bytes) -> bool:
        """What was written to us; False at the end."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            wanted = json.loads(line)
            print(json.dumps(getattr(self, wanted.pop("do"))(**wanted)), flush=True)
        return bool(data)

    def _until(self, now: float) -> float:
        """Seconds that nothing has to be done."""
        if self._speaker is None:
            return TEND
        return max(0.0, min(TEND, self._begun + self._spoken * PACE - now))

    def _say(self, now: float) -> None:
        if self._speaker is not None and now >= self._begun + self._spoken * PACE:
            level = SAYS[self._spoken // SYLLABLE % len(SAYS)] if self._lively else QUIET
            self._spoken += 1
            self._speaker.speak(level)


class Hired:
    """Such a process, from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(self, what: str, **fields: object) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **fields}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def hired() -> Iterator[Hired]:
    """One more process of load, gone afterwards."""
    from benchmarks.served import child

    with child([sys.executable, "-m", "benchmarks.audio_load"], stdin=subprocess.PIPE) as process:
        yield Hired(process)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for whoever started this to say
    Load().run()
