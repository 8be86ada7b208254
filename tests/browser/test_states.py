"""Every state of every page in English: measured, written down as a screen reader meets it, and heard."""

import pytest

from tests.browser.accessible import looks
from tests.browser.conftest import Someone
from tests.browser.relay import Relay
from tests.browser.reviewed import Reading
from tests.browser.tour import TOURS
from tests.server.running import House


@pytest.mark.parametrize("tour", TOURS)
async def test_every_state(tour: str, home: House, someone: Someone, network: Relay) -> None:
    visitor = await someone("Siti Aminah", "en", "desktop" if tour == "hosting" else "phone")
    reading = Reading(tour, visitor)
    wrong: list[str] = []
    async for state in TOURS[tour](home, visitor, network):
        await reading.listen(state)
        await reading.read(state)
        wrong += [f"{state}: {sentence}" for sentence in await looks(visitor.page, reading.states)]
    visitor.forgives("WebSocket connection to .* failed")
    assert not wrong, "\n".join(wrong)
    reading.as_before()


async def test_the_measures_find_what_is_wrong(someone: Someone) -> None:
    visitor = await someone("Nobody")
    await visitor.page.set_content(
        """<!doctype html><html lang="en"><title>Lingkar</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <body style="margin: 0"><main><h1>Heading</h1>
        <p style="color: #999">Too pale</p><button style="width: 20px; height: 20px; border: 0" class="big"></button>
        <p style="position: sticky; top: 0; width: 700px; animation: go 1s infinite">Wide</p>
        <style>@keyframes go { 50% { opacity: 0.9 } }</style></main></body></html>"""
    )
    wrong = "\n".join(await looks(visitor.page))
    for found in (
        "color-contrast",
        "button-name",
        "phone light: small:",
        "moves:",
        "sticks:",
        "no edge",
        "scrolls sideways",
    ):
        assert found in wrong


async def test_a_request_to_somebody_else_is_noticed(someone: Someone, origin: str) -> None:
    visitor = await someone("Nobody")
    await visitor.opens(f"{origin}/")
    await visitor.page.evaluate("fetch('http://elsewhere.example/').catch(() => 0)")
    assert any("elsewhere.example" in line for line in visitor.noise)
    visitor.forgives("elsewhere.example", "net::ERR")
