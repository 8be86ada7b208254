"""Real people in real browsers with a real server.

One Chromium for all, one `lingkar serve` for each module on a free port, one browser context for each person. When a
test ends, every page must have been silent: no error, no warning, no request to anybody else.
"""

import asyncio
import inspect
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.relay import Relay, beyond, relay
from tests.browser.visitor import Language, Size, Visitor
from tests.server.running import House, Room, Running, running

pytest.register_assert_rewrite("tests.browser.reviewed")

CHROMIUM = "/usr/bin/chromium"
# Without the first three every window brings pages of the browser itself, which take longer than ours. A list that is
# given here takes the place of Playwright's: the others are those of its list that matter on this system.
WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    f"--disable-features={','.join(WITHOUT)}",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",  # a microphone that beeps; whether a page may have it is each context's
    "--allow-loopback-in-peer-connection",  # the server and the browser are on one machine
    # there is no other host to ask
    "--host-resolver-rules=MAP plain.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
QUICK = (sys.executable, "-m", "tests.browser.quick")


class Someone(Protocol):
    """A person with a browser of their own; not anywhere yet."""

    def __call__(
        self, name: str, language: Language = "en", size: Size = "phone", **options: Any
    ) -> Awaitable[Visitor]: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everybody here shares one browser, so everything runs on one loop."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def network() -> AsyncIterator[Relay]:
    """What lies between the browsers and the server."""
    async with relay() as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, network: Relay) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("lingkar") / "data", "--public-url", network.url, command=QUICK) as found:
        network.target = found.port
        yield found


@pytest.fixture
def origin(server: Running, network: Relay) -> Iterator[str]:
    """Where browsers find the server."""
    yield network.url
    network.heal()


@pytest_asyncio.fixture(loop_scope="session")
async def home(server: Running, network: Relay) -> AsyncIterator[House]:
    """The server, and people without a browser where many are needed."""
    async with beyond(server, network) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def someone(chromium: Browser, origin: str) -> AsyncIterator[Someone]:
    """`await someone("Siti", "id", "phone")`; options go to the browser context."""
    people: list[Visitor] = []

    async def made(name: str, language: Language = "en", size: Size = "phone", **options: Any) -> Visitor:
        visitor = await Visitor.with_browser(chromium, origin, name, language, size, **options)
        people.append(visitor)
        return visitor

    yield made
    await pictures(people)
    noise = {visitor.name: visitor.noise for visitor in people if visitor.noise}
    for visitor in people:
        await visitor.context.close()
    assert noise == {}


async def pictures(people: list[Visitor]) -> None:
    """With LINGKAR_PICTURES=folder: how every page looked when the test ended, for whoever looks into a failure."""
    folder = os.environ.get("LINGKAR_PICTURES")
    for visitor in people:
        if folder and not visitor.page.is_closed():
            await visitor.page.screenshot(path=f"{folder}/{visitor.name}.png")


Meeting = Callable[..., Awaitable[tuple[Room, list[Visitor]]]]


@pytest.fixture
def meeting(home: House, someone: Someone) -> Meeting:
    """`room, [ada, siti] = await meeting("Ada", "Siti")`: an open meeting; the first one leads, on a desktop."""

    async def gathered(first: str, *others: str, opened: bool = True, **plan: Any) -> tuple[Room, list[Visitor]]:
        room = await home.room(**plan)
        people = [await someone(first, size="desktop"), *[await someone(name) for name in others]]
        lead = people[0]
        await lead.comes(room.links["facilitator"])
        await lead.is_in()
        await asyncio.gather(*(visitor.comes(room.links["participant"]) for visitor in people[1:]))
        for visitor in people[1:]:
            await lead.lets_in(visitor)
        if opened:
            await lead.presses_large("Open the circle")
            for visitor in people[1:]:
                await visitor.large_says("Raise hand")
        return room, people

    return gathered
