"""The smallest thing that has sound: one UDP socket that offers, connects, says what a test wants and notes what comes.

It is as rude as a changed browser: it goes on sending whatever it is told. What arrives is timed by the kernel, so a
test process that is late does not make the server late.
"""

import asyncio
import contextlib
import random
import socket
import struct
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from pylibsrtp import Error as Undecipherable

from server.media import demux
from server.media.ice import Credentials, Ice, new_credentials
from server.media.private import Certificate, Dtls, new_certificate
from server.media.sdp import LEVEL

OPUS, LEVEL_ID = 111, 1
REST = (b"\xf8\xff\xfe", b"\xf8")  # Opus that is no sound, by which the server ends a turn
PACE = 0.02  # seconds between packets
LOUD, SILENT = 20, 127  # -dBov in the audio level
PATIENCE = 40.0
AGAIN = 0.1  # seconds until a check that may have been lost is sent once more
_TIMED = 35  # SO_TIMESTAMPNS of Linux, socket(7); Python has no name for it
_TAG = struct.Struct("!II")

Ask = Callable[[str], Awaitable[str]]


class Far(NamedTuple):
    """Where the server is."""

    host: str
    port: int


class Came(NamedTuple):
    """A packet that was heard. `at` is on the loop's clock, `tag` what its speaker was saying, `line` where it came."""

    at: float
    tag: int
    number: int
    line: int = 0


class Said(NamedTuple):
    """A packet that was handed to the network."""

    at: float
    number: int


class Handset:
    """`heard` is in order of arrival, `said` by tag. `rests` are the server's own ends, with what had been heard."""

    def __init__(self, certificate: Certificate | None = None, lines: int = 1) -> None:
        """`lines` are the voices that it can hear at once."""
        self.heard: list[Came] = []
        self.rests: list[Came] = []
        self.said: dict[int, list[Said]] = defaultdict(list)
        self.garbled = 0  # packets that do not decrypt
        self.others = 0  # datagrams that are nothing of ours
        self.level = LOUD
        self.lost = asyncio.Event()  # the server said goodbye, or the handshake failed
        self._mids = [str(number) for number in range(lines)]
        self._lines: dict[int, int] = {}  # by SSRC
        self._certificate = certificate or new_certificate()
        self._local = new_credentials()
        self._loop = asyncio.get_running_loop()
        self._socket = _socket()
        self._loop.add_reader(self._socket, self._read)
        self._far: Far | None = None
        self._ice: Ice | None = None
        self._dtls: Dtls | None = None
        self._keys: Any = None
        self._life: asyncio.Task[None] | None = None
        self._mouth: asyncio.TimerHandle | None = None
        self._said = 0
        self._source = random.getrandbits(31) + 1
        self._saying: int | None = None
        self._counts: dict[int, int] = defaultdict(int)
        self._waits: list[tuple[int, int, asyncio.Future[None]]] = []

    @property
    def far(self) -> Far:
        """Where the server is, as it said."""
        assert self._far is not None
        return self._far

    @property
    def can_talk(self) -> bool:
        """It was connected once."""
        return self._keys is not None

    @property
    def offer(self) -> str:
        session = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(self._mids)}"]
        lines = [line for mid in self._mids for line in self._section(mid)]
        return "\r\n".join([*session, *lines]) + "\r\n"

    def _section(self, mid: str) -> list[str]:
        return [
            f"m=audio 9 UDP/TLS/RTP/SAVPF {OPUS}",
            "c=IN IP4 0.0.0.0",
            f"a=extmap:{LEVEL_ID} {LEVEL}",
            "a=recvonly" if mid != "0" else "a=sendrecv",
            f"a=mid:{mid}",
            "a=rtcp-mux",
            f"a=rtpmap:{OPUS} opus/48000/2",
            f"a=ice-ufrag:{self._local.ufrag}",
            f"a=ice-pwd:{self._local.password}",
            f"a=fingerprint:sha-256 {self._certificate.fingerprint()}",
            "a=setup:actpass",
        ]

    async def connect(self, ask: Ask) -> "Handset":
        """Offer, and be connected."""
        answer = await ask(self.offer)
        lines = [line[2:].partition(":") for line in answer.splitlines() if line.startswith("a=")]
        said = {name: value for name, _, value in lines}
        sources = [int(value.split()[0]) for name, _, value in lines if name == "ssrc"]
        self._lines = {source: line for line, source in enumerate(sources)}
        host, port = said["candidate"].split()[4:6]
        self._far = Far(host, int(port))
        self._ice = Ice(
            self._local, Credentials(said["ice-ufrag"], said["ice-pwd"]),
            send=lambda data, _: self._send(data), learnt=_ignore, left=_ignore, now=self._loop.time(),
        )  # fmt: skip
        self._dtls = Dtls(self._certificate, said["fingerprint"].partition(" ")[2], self._send, begins=False)
        shaking = asyncio.create_task(self._dtls.agree())
        async with asyncio.timeout(PATIENCE):
            while not shaking.done():
                if self._ice.path is None:
                    self._ice.ask(self._far, self._loop.time())
                await asyncio.wait([shaking], timeout=AGAIN)
        self._keys = shaking.result()
        self._life = asyncio.create_task(self._lives())
        return self

    async def _lives(self) -> None:
        assert self._dtls is not None
        await self._dtls.ended()
        self.lost.set()

    def talk(self, tag: int) -> None:
        """Say this, fifty times a second, until told otherwise; whatever else happens."""
        self._saying = tag
        if self._mouth is None:
            self._mouth = self._loop.call_later(random.random() * PACE, self._talk, self._loop.time())

    def hush(self) -> None:
        if self._mouth is not None:
            self._mouth.cancel()
            self._mouth = None

    def packet(self, tag: int) -> None:
        """One packet of speech, with its level in the header."""
        self._said += 1
        count = self._said
        header = struct.pack("!BBHII", 0x90, OPUS, count & 0xFFFF, 960 * count & 0xFFFFFFFF, self._source)
        extension = struct.pack("!HHBBH", 0xBEDE, 1, LEVEL_ID << 4, 0x80 | self.level, 0)
        self._send(self._keys[1].protect(header + extension + b"\xf8" + _TAG.pack(tag, count)))
        self.said[tag].append(Said(self._loop.time(), count))

    async def hears(self, tag: int, count: int = 1, within: float = PATIENCE) -> None:
        """So many packets of this have come."""
        if self._counts[tag] < count:
            waits = self._loop.create_future()
            self._waits.append((tag, count, waits))
            await asyncio.wait_for(waits, within)

    async def comes(self, tag: int, number: int) -> None:
        """This very packet has come."""
        async with asyncio.timeout(PATIENCE):
            while number not in self.numbers(tag):
                await asyncio.sleep(PACE / 2)

    def count(self, tag: int) -> int:
        return self._counts[tag]

    def numbers(self, tag: int) -> set[int]:
        """Which packets of this have come."""
        return {came.number for came in self.heard if came.tag == tag}

    async def says(self, count: int) -> None:
        """So many packets more are on their way."""
        first = self._said
        async with asyncio.timeout(PATIENCE):
            while self._said < first + count:
                await asyncio.sleep(PACE / 2)

    async def goodbye(self) -> None:
        """The server is told that this was all; whatever comes after that is noted still."""
        self.hush()
        if self._dtls is not None:
            await self._dtls.close()

    async def close(self) -> None:
        """Away."""
        await self.goodbye()
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait([self._life])
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._socket.close()

    def _talk(self, due: float) -> None:
        assert self._saying is not None
        self.packet(self._saying)
        due = max(due + PACE, self._loop.time() - PACE)
        self._mouth = self._loop.call_at(due, self._talk, due)

    def _send(self, data: bytes) -> None:
        if self._far is not None and self._socket.fileno() >= 0:
            with contextlib.suppress(OSError):
                self._socket.sendto(data, self._far)

    def knock(self, data: bytes, far: Far) -> None:
        """Anything, from this very socket."""
        self._socket.sendto(data, far)

    def _read(self) -> None:
        while True:
            try:
                data, notes, _, address = self._socket.recvmsg(2048, 64)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP answer
            self._take(data, Far(*address), _arrival(notes))

    def _take(self, data: bytes, far: Far, at: float) -> None:
        kind = demux.kind(data)
        if kind == "stun" and self._ice is not None:
            self._ice.take(data, far, self._loop.time())
        elif kind == "dtls" and self._dtls is not None:
            self._dtls.take(data)
        elif kind == "srtp" and self._keys is not None:
            self._hear(data, at)
        elif kind != "srtcp":
            self.others += 1

    def _hear(self, data: bytes, at: float) -> None:
        try:
            packet = self._keys[0].unprotect(data)
        except Undecipherable:
            self.garbled += 1
            return
        if packet[12:] in REST:
            self.rests.append(Came(at, self.heard[-1].tag if self.heard else 0, 0))
            return
        tag, number = _TAG.unpack(packet[13:21])
        self.heard.append(Came(at, tag, number, self._lines[int.from_bytes(packet[8:12], "big")]))
        self._counts[tag] += 1
        for wanted, least, waits in self._waits:
            if wanted == tag and self._counts[tag] >= least and not waits.done():
                waits.set_result(None)
        self._waits = [one for one in self._waits if not one[2].done()]


def _ignore(_: Any) -> None:
    pass


def _socket() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, _TIMED, 1)
    sock.bind(("127.0.0.1", 0))
    return sock


def _arrival(notes: list[tuple[int, int, bytes]]) -> float:
    """When the kernel had it, on the loop's clock; it says so on the wall's."""
    now = time.monotonic()
    for level, kind, data in notes:
        if (level, kind) == (socket.SOL_SOCKET, _TIMED):
            seconds, nanoseconds = struct.unpack("qq", data[:16])
            return now - max(0.0, time.time() - float(seconds + nanoseconds / 1e9))
    return now
