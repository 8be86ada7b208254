"""What people who write clients read is true: the exchange of the page is had again, and its client is used."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from scripts import by_example
from tests.browser.relay import relay
from tests.server.person import Person
from tests.server.running import house, running
from tests.serving import HOME, clean_environment

PATIENCE = 60.0  # seconds; only ends a broken test
CLIENT = HOME / "docs" / "examples" / "listener.py"


async def test_the_protocol_by_example_is_what_the_server_says() -> None:
    assert await by_example.page() == by_example.PAGE.read_text(encoding="utf-8"), "type: make example"


class Typist:
    """Somebody who uses the client of the docs: types, and reads what it prints."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.read: list[str] = []

    def types(self, *keys: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{key}\n" for key in keys).encode())

    async def reads(self, text: str) -> None:
        """Until a line has this in it."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await self._process.stdout.readline()).decode():
                self.read.append(line)
                if text in line:
                    return
        raise AssertionError(f"never read {text!r}: {''.join(self.read)}")

    async def ends(self) -> int:
        return await asyncio.wait_for(self._process.wait(), PATIENCE)


@asynccontextmanager
async def typist(link: str, name: str) -> AsyncIterator[Typist]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-u", CLIENT, link, name, env=clean_environment(),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Typist(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_the_client_of_the_docs_comes_speaks_comes_back_and_leaves(tmp_path: Path) -> None:
    async with relay() as network:
        with running(tmp_path / "data", "--audio", "off", "--public-url", network.url) as server:
            network.target = server.port
            async with house(server) as home, AsyncExitStack() as stack:
                room = await home.room(agreement={"text": "We speak for ourselves."})
                rani = await Person(home.session, server.url, network.url).join(room.links["facilitator"], "Rani")
                await rani.accept()
                await rani.do("open-meeting")
                damar = await stack.enter_async_context(typist(room.links["participant"], "Damar"))
                await damar.reads("Agreement: stays-in-the-room We speak for ourselves.")
                damar.types("yes")
                await rani.until(lambda me: any(one.get("agreed") for one in me.view.get("waiting", {}).values()))
                (seat,) = rani.view["waiting"]
                await rani.do("admit", seat=seat)
                await damar.reads("Nobody: the floor is free. [h q]")
                damar.types("h")
                await damar.reads("Damar: offered. [s p q]")
                damar.types("s")
                await damar.reads("Damar: speaking. [d q]")
                network.cut()
                await rani.until(lambda me: not me.view["people"][seat]["present"])
                network.heal()
                await damar.reads("Damar: paused. [s d q]")
                damar.types("s")
                await damar.reads("Damar: speaking. [d q]")
                damar.types("d")
                await damar.reads("Nobody: the floor is free. [h q]")
                assert rani.view["people"][seat]["turns"] == 1
                damar.types("q")
                await damar.reads("Goodbye: left")
                assert await damar.ends() == 0
                await rani.until(lambda me: seat not in me.view["people"])
