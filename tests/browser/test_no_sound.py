"""A server without sound: the page has one step less and says so plainly; everything else is as it was."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import QUICK, Someone
from tests.browser.relay import Relay
from tests.server.running import House, Running, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, network: Relay) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("lingkar") / "data"
    with running(data, "--public-url", network.url, "--audio", "off", command=QUICK) as found:
        network.target = found.port
        yield found


async def test_three_steps_and_a_turn_that_is_seen(home: House, someone: Someone) -> None:
    room = await home.room(format="still")
    siti = await someone("Siti")
    await siti.opens(room.links["facilitator"])
    await siti.gives_name()
    await siti.heading("Our agreement")
    await expect(siti.page.locator(".steps li")).to_have_text(["Name", "Agreement", "Waiting"])
    await siti.reads_and_agrees()
    await siti.is_in()
    await siti.presses_large("Open the circle")
    await siti.sees("This room has no sound")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start", "all see that it is your turn")
    await siti.sees("Take the time you need")
    await siti.presses_large("It’s yours: start")
    await siti.large_says("I’m done")
    await siti.presses("1 here")
    await expect(siti.page.locator(".hears")).to_have_count(0)
    await siti.closes_sheet()
    await siti.presses("Menu: people, agreement, settings, leave")
    await expect(siti.button("Sound")).to_have_count(0)
    assert siti.sent[0]["type"] == "accept-agreement"
