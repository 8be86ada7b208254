"""The network between a browser and the server, in this process: it can be cut, swallow everything, and heal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.server.person import Person
from tests.server.running import House, Running


class Relay:
    """Passes bytes on to `target` (a port on loopback), which may become another one."""

    def __init__(self) -> None:
        self.target = 0
        self.url = ""
        self._open = True
        self._passes = asyncio.Event()
        self._passes.set()
        self._writers: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Every connection ends at once, and no new one is made until `heal`."""
        self._open = False
        for writer in self._writers:
            writer.transport.abort()

    def swallow(self) -> None:
        """Nothing arrives any more, and nobody is told."""
        self._passes.clear()

    def heal(self) -> None:
        self._open = True
        self._passes.set()

    def carried(self, piece: bytes) -> bytes:
        """What arrives of this, in either direction; as long as it was."""
        return piece

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        self._writers.add(writer)
        try:
            if not self._open:
                return
            there, here = await asyncio.open_connection("127.0.0.1", self.target)
            self._writers.add(here)
            try:
                await asyncio.gather(self._pass(reader, here), self._pass(there, writer))
            finally:
                self._writers.discard(here)
                here.transport.abort()
        except OSError:
            pass  # the server is away, or one side has gone
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65536):
            await self._passes.wait()
            writer.write(self.carried(piece))
            await writer.drain()
        writer.write_eof()


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
