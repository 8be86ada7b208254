"""How soon is everybody back, once the network is? Many drops of many lengths; the times are printed (`pytest -s`).

Those here are seen by the browser at once (a reset), as when an address goes away; in a long look (LINGKAR_LONG=1) ten
times as many, and such of which nobody is told. Each kind of loss by itself is in `test_lost.py`.
"""

import asyncio
import os
import random

import pytest
from playwright.async_api import Browser

from tests.browser.relay_udp import Line
from tests.conftest import a_seed
from tests.reliability.network.evening import Gathered, connected

LONG = "LINGKAR_LONG" in os.environ
DROPS = 80 if LONG else 6
LONGEST = 3.0  # seconds that a drop lasts
GENEROUS = 8.0  # seconds, for 95 of 100, on a busy machine; promised are 2


@pytest.mark.timeout(900 if LONG else 120)
async def test_back_within_two_seconds(gathered: Gathered, chromium: Browser, line: Line) -> None:
    chance = random.Random(a_seed())
    evening = await gathered(chromium)
    taken: list[float] = []
    for _ in range(DROPS):
        line.cut()
        for person in evening.people:
            await connected(person, is_on=False)
        await asyncio.sleep(chance.uniform(0, LONGEST))
        line.heal()
        taken += await evening.are_back()
    tell(taken)
    await evening.have_everything()


@pytest.mark.timeout(900)
@pytest.mark.skipif(not LONG, reason="takes some minutes: LINGKAR_LONG=1")
async def test_back_out_of_black_holes(gathered: Gathered, chromium: Browser, line: Line) -> None:
    """From one that is over when the pages have noticed to one of three quarters of a minute."""
    chance = random.Random(a_seed())
    evening = await gathered(chromium)
    taken: list[float] = []
    for _ in range(DROPS // 8):
        line.black_hole()
        for person in evening.people:
            await connected(person, is_on=False)
        await asyncio.sleep(chance.uniform(0, 35))
        line.heal()
        taken += await evening.are_back()
    tell(taken)
    await evening.have_everything()


def tell(taken: list[float]) -> None:
    half, most = quantile(taken, 0.5), quantile(taken, 0.95)
    told = f"{len(taken)} times back: p50 {half:.2f} s, p95 {most:.2f} s, longest {max(taken):.2f} s"
    print(told)
    assert most < GENEROUS, told


def quantile(taken: list[float], share: float) -> float:
    return sorted(taken)[int(len(taken) * share)]
