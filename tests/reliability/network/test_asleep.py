"""A laptop is closed and opened again: nothing of the browser runs meanwhile, and the network has forgotten it."""

import os
import signal
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.relay_udp import Line
from tests.reliability.network.evening import Gathered


@pytest_asyncio.fixture(loop_scope="session")
async def laptop() -> AsyncIterator[Browser]:
    """A browser that can be put to sleep without the others'."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


async def test_sleep(gathered: Gathered, laptop: Browser, line: Line) -> None:
    evening = await gathered(laptop)
    processes = await all_of(laptop)
    tell(processes, signal.SIGSTOP)
    try:
        line.fall_silent()
        print("missed after", *[f"{each:.1f} s" for each in await evening.are_missed()])
    finally:
        tell(processes, signal.SIGCONT)
    print("back after", *[f"{each:.2f} s" for each in await evening.are_back()])
    await evening.have_everything()


async def all_of(browser: Browser) -> list[int]:
    """The browser, its pages, its network, its sound: the ids of all its processes."""
    session = await browser.new_browser_cdp_session()
    found = await session.send("SystemInfo.getProcessInfo")
    await session.detach()
    return [process["id"] for process in found["processInfo"]]


def tell(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        os.kill(process, what)
