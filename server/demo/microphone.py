"""One connection for the sound of one turn: it offers, connects and sends; what it might hear, it does not ask for.

Small on purpose, from the server's own ICE and DTLS: a stock peer would need an address that is not loopback, and a
decoder's thread for each simulated person.
"""

import asyncio
import contextlib
import ipaddress
import random
import re
import socket
import struct
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, NamedTuple

from server.demo.voice import Packet
from server.media import demux
from server.media.ice import Credentials, Ice, new_credentials
from server.media.private import Certificate, Dtls, HandshakeFailed
from server.media.sdp import LEVEL

OPUS, LEVEL_ID = 111, 1
PACE = 0.02  # seconds between packets
AGAIN = 0.1  # seconds until a check that may have been lost is sent once more
CONNECTING = 10.0  # seconds
_CANDIDATE = re.compile(r"a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host")

Ask = Callable[[str], Awaitable[str]]  # an offer to the server; its answer, or `Silent`


class Silent(Exception):
    """There is no sound here. The room goes on without."""


class Far(NamedTuple):
    """Where the server may be."""

    host: str
    port: int


async def speak(ask: Ask, certificate: Certificate, voice: Iterator[Packet], heard: Callable[[], bool]) -> None:
    """Connect, and send while `heard()` says so, until cancelled. `Silent` where it cannot."""
    microphone = Microphone(certificate)
    try:
        await microphone.connect(ask)
        await microphone.send(voice, heard)
    finally:
        await microphone.close()


class Microphone:
    def __init__(self, certificate: Certificate) -> None:
        self._certificate = certificate
        self._local = new_credentials()
        self._loop = asyncio.get_running_loop()
        self._socket: socket.socket | None = None
        self._far: Far | None = None
        self._ice: Ice | None = None
        self._dtls: Dtls | None = None
        self._protect: Callable[[bytes], bytes] | None = None
        self._source, self._sent = random.getrandbits(31) + 1, 0

    def offer(self) -> str:
        """SDP of one voice that is sent."""
        lines = [
            "v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=group:BUNDLE 0",
            f"m=audio 9 UDP/TLS/RTP/SAVPF {OPUS}",
            "c=IN IP4 0.0.0.0",
            f"a=extmap:{LEVEL_ID} {LEVEL}",
            "a=sendonly",
            "a=mid:0",
            "a=rtcp-mux",
            f"a=rtpmap:{OPUS} opus/48000/2",
            f"a=ice-ufrag:{self._local.ufrag}",
            f"a=ice-pwd:{self._local.password}",
            f"a=fingerprint:sha-256 {self._certificate.fingerprint()}",
            "a=setup:actpass",
        ]  # fmt: skip
        return "\r\n".join(lines) + "\r\n"

    async def connect(self, ask: Ask) -> None:
        """Raises `Silent`."""
        answer = await ask(self.offer())
        said = {name: value for line in answer.splitlines() for name, _, value in [line[2:].partition(":")]}
        places = [Far(host, int(port)) for host, port in _CANDIDATE.findall(answer)]
        family, places = _reachable(places)
        try:
            self._socket = _open(family)
            self._loop.add_reader(self._socket, self._read)
            self._ice = Ice(
                self._local, Credentials(said["ice-ufrag"], said["ice-pwd"]),
                send=self._send, learnt=_ignore, left=_ignore, now=self._loop.time(),
            )  # fmt: skip
            fingerprint = said["fingerprint"].partition(" ")[2]
            self._dtls = Dtls(self._certificate, fingerprint, self._send_on, begins=False)
            async with asyncio.timeout(CONNECTING):
                self._protect = (await self._shake(self._ice, self._dtls, places)).protect
        except (OSError, KeyError, TimeoutError, HandshakeFailed):
            raise Silent from None

    async def _shake(self, ice: Ice, dtls: Dtls, places: list[Far]) -> Any:
        """Check every place until one answers; then the server begins with DTLS. The session for what goes."""
        shaking = asyncio.create_task(dtls.agree())
        try:
            while not shaking.done():
                for place in places if ice.path is None else ():
                    ice.ask(place, self._loop.time())
                await asyncio.wait([shaking], timeout=AGAIN)
            return shaking.result()[1]
        finally:
            shaking.cancel()

    async def send(self, voice: Iterator[Packet], heard: Callable[[], bool]) -> None:
        """Fifty packets a second while somebody is to be heard."""
        due = self._loop.time()
        while True:
            if heard():
                self._packet(next(voice))
            due = max(due + PACE, self._loop.time() - 5 * PACE)  # what a busy machine held up is made up for a little
            await asyncio.sleep(due - self._loop.time())

    def _packet(self, packet: Packet) -> None:
        assert self._protect is not None
        self._sent += 1
        header = struct.pack("!BBHII", 0x90, OPUS, self._sent & 0xFFFF, 960 * self._sent & 0xFFFFFFFF, self._source)
        voiced = 0x80 if packet.level < 127 else 0
        extension = struct.pack("!HHBBH", 0xBEDE, 1, LEVEL_ID << 4, voiced | packet.level, 0)
        self._send_on(self._protect(header + extension + packet.opus))

    async def close(self) -> None:
        if self._dtls is not None:
            await self._dtls.close()
        if self._socket is not None:
            self._loop.remove_reader(self._socket)
            self._socket.close()

    def _read(self) -> None:
        assert self._socket is not None
        while True:
            try:
                data, address = self._socket.recvfrom(2048)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP answer
            far, kind = Far(*address[:2]), demux.kind(data)
            if kind == "stun" and self._ice is not None:
                self._ice.take(data, far, self._loop.time())
            elif kind == "dtls" and self._dtls is not None:
                self._far = far
                self._dtls.take(data)

    def _send_on(self, data: bytes) -> None:
        path = (self._ice.path if self._ice is not None else None) or self._far
        if path is not None:
            self._send(data, path)

    def _send(self, data: bytes, far: Far) -> None:
        if self._socket is not None and self._socket.fileno() >= 0:
            with contextlib.suppress(OSError):
                self._socket.sendto(data, far)


def _reachable(places: list[Far]) -> tuple[socket.AddressFamily, list[Far]]:
    """One kind of address for one socket: IPv4, where there is one."""
    old = [place for place in places if ipaddress.ip_address(place.host).version == 4]
    return (socket.AF_INET, old) if old else (socket.AF_INET6, places)


def _open(family: socket.AddressFamily) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.bind(("", 0))
    return sock


def _ignore(_: Any) -> None:
    pass
