"""What the server tries out before it says that it has sound: two people of its own making, over the real port."""

import asyncio
import contextlib
import logging
import socket
import struct
from collections.abc import AsyncIterator, Callable
from typing import Any

from server.guard import trace
from server.media import demux
from server.media.ice import Credentials, Ice, new_credentials
from server.media.port import Inlet, Path, Port
from server.media.private import Certificate, Dtls, missing, new_certificate
from server.media.rooms import Media
from server.media.sdp import Offer

log = logging.getLogger("lingkar.media")

PATIENCE = 5.0  # seconds for all of it; it takes a tenth of one
TRIES = 2  # the machine may have stood still meanwhile
AGAIN = 0.1  # seconds until something that may have been lost is sent once more
OPUS = 111
MEETING = "self-test"
SAID = b"\xf8\xff\xfe"  # an Opus packet of silence
BAD = (b"", b"\x00", b"\x16", b"\x80", b"\x80" * 1501, b"\x00\x01\x00\x08" + b"\xff" * 24, b"\x16\xfe\xfd" * 20)


async def wrong_with(media: Media, port: Port) -> str:
    """Empty when sound gets through and nothing else does; otherwise one plain sentence for the log."""
    absent = missing()
    if absent:
        return f"this version of aiortc or pylibsrtp has no {', '.join(absent)}"
    try:
        for _ in range(TRIES):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    return await _talk(media, port)
        return "no packet came through on the media address and port"
    except OSError as no:
        return f"the media port could not be used: {no.strerror}"
    except Exception as bug:
        log.error("a bug, in the self-test: %s", trace(bug))
        return "the self-test of sound failed"
    finally:
        media.over(MEETING)


async def _talk(media: Media, port: Port) -> str:
    speaker, listener = frozenset(["speaker"]), frozenset(["listener"])
    certificate = new_certificate()
    media.obey(MEETING, frozenset(), speaker | listener)
    ours = (media, port, certificate, MEETING)
    async with client(*ours, "speaker") as one, client(*ours, "listener") as two:
        await one.say(lambda: one.said >= 5)
        if two.heard:
            return "sound came through that nobody may hear"
        for data in BAD:
            one.socket.send(data)
        media.obey(MEETING, speaker, speaker | listener)
        await one.say(lambda: bool(two.heard))
    return "" if two.heard[0][12:] == SAID else "sound came through changed"


class Client:
    """The other end of a peer, as small as it can be: on one socket, it begins with ICE and waits in DTLS."""

    def __init__(self, sock: socket.socket, offer: Offer, certificate: Certificate, answered: dict[str, str]) -> None:
        self.socket = sock
        self.heard: list[bytes] = []
        self.said = 0  # packets
        self._loop = asyncio.get_running_loop()
        self._path = Path(Inlet(sock), sock.getpeername())
        theirs = Credentials(answered["ice-ufrag"], answered["ice-pwd"])
        ignore: Callable[[Any], None] = lambda _: None  # noqa: E731
        self._ice = Ice(
            Credentials(offer.ufrag, offer.pwd), theirs,
            send=lambda data, _: self._send(data), learnt=ignore, left=ignore, now=self._loop.time(),
        )  # fmt: skip
        fingerprint = answered["fingerprint"].partition(" ")[2]
        self._dtls = Dtls(certificate, fingerprint, self._send, begins=False)
        self._keys: Any = None

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.socket.send(data)

    def read(self) -> None:
        with contextlib.suppress(OSError):
            data = self.socket.recv(2048)
            kind = demux.kind(data)
            if kind == "stun":
                self._ice.take(data, self._path, self._loop.time())
            elif kind == "dtls":
                self._dtls.take(data)
            elif kind == "srtp" and self._keys is not None:
                self.heard.append(self._keys[0].unprotect(data))

    async def connect(self) -> None:
        shaking = asyncio.create_task(self._dtls.agree())
        try:
            while not shaking.done():
                if self._ice.path is None:
                    self._ice.ask(self._path, self._loop.time())
                await asyncio.wait([shaking], timeout=AGAIN)
            self._keys = shaking.result()
        finally:
            shaking.cancel()

    async def say(self, until: Callable[[], bool]) -> None:
        """Packets of silence, at least one, until something has happened."""
        while True:
            self.packet()
            await asyncio.sleep(AGAIN / 5)  # the pace of speech
            if until():
                return

    def packet(self, source: int = 7, payload: bytes = SAID) -> None:
        """One packet."""
        self._send(self.sealed(source, payload))

    def sealed(self, source: int = 7, payload: bytes = SAID) -> bytes:
        """One packet, as it goes over the wire."""
        self.said += 1
        header = struct.pack("!BBHII", 0x80, OPUS, self.said & 0xFFFF, 960 * self.said, source)
        protected: bytes = self._keys[1].protect(header + payload)
        return protected

    async def close(self) -> None:
        await self._dtls.close()


@contextlib.asynccontextmanager
async def client(
    media: Media, port: Port, certificate: Certificate, meeting: str, seat: str, more: tuple[str, ...] = ()
) -> AsyncIterator[Client]:
    """Somebody connected in this seat; with `more` lines to hear several voices at once."""
    local = new_credentials()
    offer = Offer(
        mid="0", direction="sendrecv", payload_type=OPUS, ufrag=local.ufrag, pwd=local.password,
        fingerprint=certificate.fingerprint(), ssrcs=(), mid_extension=None, level_extension=None, nack=False,
        more=more,
    )  # fmt: skip
    answered = media.answer(meeting, seat, offer.text)
    lines = [line[2:].partition(":") for line in answered.splitlines() if line.startswith("a=")]
    with port.visitor() as sock:
        found = Client(sock, offer, certificate, {name: value for name, _, value in lines})
        loop = asyncio.get_running_loop()
        loop.add_reader(sock, found.read)
        try:
            await found.connect()
            yield found
        finally:
            loop.remove_reader(sock)
            await found.close()
