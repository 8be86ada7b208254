"""People with a microphone, without a browser: stock aiortc on loopback, whose microphones are tones."""

import array
import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from fractions import Fraction
from typing import NamedTuple
from unittest.mock import patch

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from av import AudioFrame

from server.media.port import Port, open_port
from server.media.private import new_certificate
from server.media.rooms import Media, Told
from server.media.selftest import Client, client

MEETING = "meeting"
RATE, FRAME = 48_000, 960
PATIENCE = 40.0


class Tone(MediaStreamTrack):
    """A microphone that hears nothing but this."""

    kind = "audio"

    def __init__(self, pitch: int) -> None:
        super().__init__()
        self._count = 0
        self._began = 0.0
        period = [int(9000 * math.sin(2 * math.pi * pitch * n / RATE)) for n in range(RATE)]
        self._second = array.array("h", period)

    async def recv(self) -> AudioFrame:
        clock = asyncio.get_running_loop().time
        self._began = self._began or clock()
        await asyncio.sleep(max(0.0, self._began + self._count * FRAME / RATE - clock()))
        start = self._count * FRAME % RATE
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(self._second[start : start + FRAME].tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._count * FRAME, Fraction(1, RATE)
        self._count += 1
        return frame


class Heard(NamedTuple):
    """A packet as it came out of SRTP."""

    at: float
    data: bytes

    @property
    def sequence(self) -> int:
        return int.from_bytes(self.data[2:4], "big")

    @property
    def timestamp(self) -> int:
        return int.from_bytes(self.data[4:8], "big")

    @property
    def source(self) -> int:
        return int.from_bytes(self.data[8:12], "big")


class Voice:
    """One person's connection. Listens only, unless it has a pitch; to as many voices as it has lines."""

    def __init__(self, pitch: int | None = None, lines: int = 1) -> None:
        self.heard: list[Heard] = []
        self.answer = ""
        self._news = asyncio.Condition()
        self._loop = asyncio.get_running_loop()
        policy = RTCBundlePolicy.MAX_COMPAT  # it reads where we are from the first line only in this way
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=policy))
        if pitch is None:
            self.connection.addTransceiver("audio", direction="recvonly")
        else:
            self.connection.addTrack(Tone(pitch))
        for _ in range(1, lines):
            self.connection.addTransceiver("audio", direction="recvonly")
        self.tracks: list[MediaStreamTrack] = []
        self.connection.on("track", self.tracks.append)

    async def offer(self) -> str:
        with only_loopback():
            await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

    async def connect(self, ask: Callable[[str], Awaitable[str]]) -> None:
        """Offer, and be connected."""
        self.answer = await ask(await self.offer())
        transport = self.connection.getTransceivers()[0].receiver.transport
        decode = transport._handle_rtp_data

        async def tap(data: bytes, arrival_time_ms: int) -> None:
            async with self._news:
                self.heard.append(Heard(self._loop.time(), data))
                self._news.notify_all()
            await decode(data, arrival_time_ms=arrival_time_ms)

        transport._handle_rtp_data = tap  # type: ignore[method-assign]
        connected = asyncio.Event()
        state = lambda: connected.set() if self.connection.connectionState == "connected" else None  # noqa: E731
        self.connection.on("connectionstatechange", state)
        await self.connection.setRemoteDescription(RTCSessionDescription(self.answer, "answer"))
        await asyncio.wait_for(connected.wait(), PATIENCE)

    async def hears(self, count: int = 10) -> list[Heard]:
        """The next packets, this many."""
        first = len(self.heard)
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: len(self.heard) >= first + count), PATIENCE)
        return self.heard[first:]

    async def pitch(self, among: tuple[int, ...], line: int = 0) -> int:
        """Which of these tones is the loudest in what is decoded now, of this line."""
        samples = array.array("h")
        for number in range(40):
            frame = await asyncio.wait_for(self.tracks[line].recv(), PATIENCE)
            assert isinstance(frame, AudioFrame)
            if number >= 20:  # what was waiting in buffers is over
                samples.frombytes(bytes(frame.planes[0])[: frame.samples * 2 * len(frame.layout.channels)])
        step = len(samples) // (20 * FRAME)
        return max(among, key=lambda tone: _power(samples[::step], tone))

    async def close(self) -> None:
        await self.connection.close()


def _power(samples: "array.array[int]", pitch: int) -> float:
    angle = 2 * math.pi * pitch / RATE
    across = sum(value * math.cos(angle * n) for n, value in enumerate(samples))
    along = sum(value * math.sin(angle * n) for n, value in enumerate(samples))
    return across**2 + along**2


@contextmanager
def only_loopback() -> Iterator[None]:
    """aioice never offers loopback by itself, and a test asks for no network."""
    with patch("aioice.ice.get_host_addresses", lambda *_, **__: ["127.0.0.1"]):
        yield


class Hall:
    """Media over a real port, and the people in one meeting there."""

    def __init__(self, port: Port, media: Media) -> None:
        self.port, self.media = port, media
        self._voices: list[Voice] = []

    def obey(self, audible: str = "", listeners: str = "abcd") -> None:
        self.media.obey(MEETING, frozenset(audible), frozenset(listeners))

    @asynccontextmanager
    async def client(self, seat: str, lines: int = 1) -> AsyncIterator[Client]:
        """Somebody who sends exactly what a test wants."""
        more = tuple(str(number) for number in range(1, lines))
        async with client(self.media, self.port, new_certificate(), MEETING, seat, more) as found:
            await self._until_connected(seat)
            yield found

    async def voice(self, seat: str, pitch: int | None = None, lines: int = 1) -> Voice:
        voice = Voice(pitch, lines)
        self._voices.append(voice)

        async def ask(sdp: str) -> str:
            return self.media.answer(MEETING, seat, sdp)

        await voice.connect(ask)
        await self._until_connected(seat)
        return voice

    async def _until_connected(self, seat: str) -> None:
        """The other side of the same handshake."""
        async with asyncio.timeout(PATIENCE):
            while seat not in self.media.connected(MEETING):
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        await asyncio.gather(*(voice.close() for voice in self._voices))
        await self.media.close()


@asynccontextmanager
async def hall(told: Told | None = None) -> AsyncIterator[Hall]:
    """Nobody is audible, and a, b, c, d may listen."""
    port = open_port(0, ["127.0.0.1"])
    found = Hall(port, Media(port, told))
    found.obey()
    try:
        yield found
    finally:
        await found.close()
