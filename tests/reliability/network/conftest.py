"""A server, and one network between it and real browsers, for each module; the network is what tests make worse."""

import inspect
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.conftest import chromium
from tests.browser.relay_udp import Line, lines
from tests.reliability.network.evening import Evening, Gathered, Machine, gathering

__all__ = ["chromium"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everybody here shares one browser, so everything runs on one loop."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def street() -> AsyncIterator[Line]:
    """The network of everybody who has a browser."""
    async with lines(1) as [found]:
        yield found


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, street: Line) -> Iterator[Machine]:
    found = Machine(tmp_path_factory.mktemp("lingkar") / "data", street)
    yield found
    if found.now.code is None:
        found.now.kill()


@pytest.fixture
def line(street: Line) -> Iterator[Line]:
    """Well again for the next test."""
    yield street
    street.heal()


@pytest_asyncio.fixture(loop_scope="session")
async def gathered(machine: Machine, line: Line) -> AsyncIterator[Gathered]:
    """`evening = await gathered(browser)`"""
    async with aiohttp.ClientSession() as session, gathering(machine, session) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def evening(gathered: Gathered, chromium: Browser) -> Evening:
    return await gathered(chromium)
