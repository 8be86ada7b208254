"""The network between a browser and the server, in this process: it can be cut, swallow everything, be slow, forget
connections, come from another address, and heal."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp

from tests.server.person import Person
from tests.server.running import House, Running

DIALS = (1.0, 3.0, 7.0, 15.0, 31.0, 63.0)  # seconds after which TCP asks again for a connection that nobody answers
LOST = 0.3  # seconds that a lost segment takes at least: TCP sends it again, and everything behind it waits
Piece = tuple[float, bytes]  # when it arrives, and what


class Relay:
    """Passes bytes on to `target` (a port on loopback), which may become another one.

    `delay` and `jitter` are in seconds, each way: a piece takes `delay` and up to `jitter` less or more. `loss` is the
    share of pieces that are lost; in a TCP stream that is a stall. `source` is the address that the server sees.
    """

    def __init__(self) -> None:
        self.target = 0
        self.url = ""
        self.source = "127.0.0.1"
        self.delay = self.jitter = self.loss = 0.0
        self._cut = asyncio.Event()
        self._dials_late = False
        self._passes = asyncio.Event()
        self._passes.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._silent: set[asyncio.StreamWriter] = set()
        self._chance = random.Random(5)

    def cut(self) -> None:
        """Every connection ends at once, and no new one is made until `heal`."""
        self._cut.set()
        for writer in self._writers:
            writer.transport.abort()

    def swallow(self) -> None:
        """Nothing arrives any more, and nobody is told."""
        self._passes.clear()

    def black_hole(self) -> None:
        """As `swallow`; what was there is lost for good, and who dials meanwhile gets through only when TCP asks again,
        after longer and longer whiles."""
        self.fall_silent()
        self._dials_late = True
        self.swallow()

    def fall_silent(self) -> None:
        """The connections that are there stay open on both sides, and nothing arrives by them ever again."""
        self._silent |= self._writers

    def move(self, source: str) -> None:
        """Another network: new connections come from another address, of the old ones nobody hears again."""
        self.fall_silent()
        self.source = source

    def heal(self) -> None:
        self._cut.clear()
        self._dials_late = False
        self.source = "127.0.0.1"
        self.delay = self.jitter = self.loss = 0.0
        self._passes.set()

    def carried(self, piece: bytes) -> bytes:
        """What arrives of this, in either direction; as long as it was."""
        return piece

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        self._writers.add(writer)
        try:
            await self._dialled()
            if self._cut.is_set():
                return
            there, here = await asyncio.open_connection("127.0.0.1", self.target, local_addr=(self.source, 0))
            self._writers.add(here)
            try:
                await asyncio.gather(self._pass(reader, here), self._pass(there, writer))
            finally:
                self._writers.discard(here)
                self._silent.discard(here)
                here.transport.abort()
        except OSError:
            pass  # the server is away, or one side has gone
        finally:
            self._writers.discard(writer)
            self._silent.discard(writer)
            writer.transport.abort()

    async def _dialled(self) -> None:
        """Out of a black hole, with the first question that TCP asks after it."""
        clock = asyncio.get_running_loop().time
        begun, late = clock(), self._dials_late
        await self._passes.wait()
        if late:
            again = next((at for at in DIALS if begun + at >= clock()), DIALS[-1])
            with suppress(TimeoutError):
                await asyncio.wait_for(self._cut.wait(), begun + again - clock())

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        way: asyncio.Queue[Piece | None] = asyncio.Queue(256)
        arriving = asyncio.create_task(self._arrive(way, writer))
        arriving.add_done_callback(
            lambda task: task.cancelled() or task.exception()
        )  # the other way round says it, too
        clock = asyncio.get_running_loop().time
        try:
            while piece := await reader.read(65536):
                await way.put((clock() + self._takes(), piece))
            await way.put(None)
            await arriving
        except OSError:
            if writer not in self._silent:
                raise
        finally:
            arriving.cancel()

    async def _arrive(self, way: "asyncio.Queue[Piece | None]", writer: asyncio.StreamWriter) -> None:
        """In order, each when it is due or a moment after the one before it."""
        clock = asyncio.get_running_loop().time
        while (found := await way.get()) is not None:
            due, piece = found
            if due > clock():
                await asyncio.sleep(due - clock())
            await self._passes.wait()
            if writer not in self._silent:
                writer.write(self.carried(piece))
                await writer.drain()
        if writer not in self._silent:
            writer.write_eof()

    def _takes(self) -> float:
        """Seconds until a piece arrives that sets out now."""
        if not (self.delay or self.loss):
            return 0.0
        lost = self._chance.random() < self.loss
        return self.delay + self.jitter * self._chance.uniform(-1, 1) + lost * (LOST + 2 * self.delay)


class Beyond(House):
    """People without a browser, who reach the server itself: what happens to the network does not happen to them."""

    def __init__(self, server: Running, session: aiohttp.ClientSession, network: Relay) -> None:
        super().__init__(server, session)
        self.network = network

    def person(self) -> Person:
        return Person(self.session, self.server.url, origin=self.network.url)


@asynccontextmanager
async def beyond(server: Running, network: Relay) -> AsyncIterator[Beyond]:
    """Their connections end with the block."""
    async with aiohttp.ClientSession() as session:
        yield Beyond(server, session, network)


@asynccontextmanager
async def relay() -> AsyncIterator[Relay]:
    """A relay on a free port."""
    found = Relay()
    server = await asyncio.start_server(found.meet, "127.0.0.1", 0)
    found.url = f"http://localhost:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        server.close()
        found.heal()
        found.cut()
