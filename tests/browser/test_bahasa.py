"""The states of the pages in Indonesian: heard, and with enough room for their words. LINGKAR_LONG=1: every tour."""

import pytest

from tests.browser.accessible import LONG, fits
from tests.browser.conftest import Someone
from tests.browser.relay import Relay
from tests.browser.reviewed import Reading
from tests.browser.tour import TOURS
from tests.server.running import House

OFTEN = (
    "coming-in",
    "listening",
    "sharing",
    "leading",
    "leading-phases",
    "in-a-round",
    "open-floor",
    "going",
    "hosting",
)


@pytest.mark.parametrize("tour", TOURS if LONG else OFTEN)
async def test_every_state(tour: str, home: House, someone: Someone, network: Relay) -> None:
    visitor = await someone("Siti Aminah", "id", "desktop" if tour == "hosting" else "phone")
    reading = Reading(tour, visitor)
    wrong: list[str] = []
    async for state in TOURS[tour](home, visitor, network):
        await reading.listen(state)
        wrong += [f"{state}: {sentence}" for sentence in await fits(visitor.page)]
    visitor.forgives("WebSocket connection to .* failed")
    assert not wrong, "\n".join(wrong)
    reading.as_before()
