"""Every state of every page in Indonesian: heard, and with enough room for its words."""

import pytest

from tests.browser.accessible import fits
from tests.browser.conftest import Someone
from tests.browser.relay import Relay
from tests.browser.reviewed import Reading
from tests.browser.tour import TOURS
from tests.server.running import House


@pytest.mark.parametrize("tour", TOURS)
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
