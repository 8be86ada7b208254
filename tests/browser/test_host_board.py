"""The host board: all rooms in numbers, live; what it says, and what it never says."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.evenings import starts
from tests.browser.relay import Relay
from tests.browser.test_keyboard import tabs_to, types
from tests.browser.test_lead_host import hosts
from tests.server.running import House

SEEN = """(state) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


async def test_an_empty_board_says_what_comes_first(home: House, someone: Someone, origin: str) -> None:
    host = await hosts(home, someone, origin, "phone")
    await host.sees("No rooms yet", "Give each facilitator a personal invite")
    await host.presses("Make the first room")
    await expect(host.page.get_by_label("Title", exact=True)).to_be_focused()


async def test_rooms_change_as_they_do_and_name_nobody_who_takes_part(
    home: House, someone: Someone, origin: str
) -> None:
    host = await hosts(home, someone, origin)
    made = await home.room("Thursday", format="still")
    await host.sees("Thursday", "Nobody is here yet")
    ada = await home.leading(made, "Ada")
    budi = await home.seated(made, ada, "Budi")
    await host.sees("2 people", "Not begun yet, somebody who leads is here")
    await ada.do("open-meeting")
    await host.sees("Nobody is sharing just now", "calm")
    await starts(budi)
    await host.sees("Someone is sharing, about 30 minutes left")
    await expect(host.page.locator(".mini .speaks")).to_have_count(1)
    await home.waiting(made, "Citra")
    await host.sees("1 at the door")
    await ada.do("pause-room")
    await host.sees("Paused: everybody is silent")
    await expect(host.page.locator(".mini .seat")).to_have_count(2)
    shown = await host.page.content()
    assert "Ada" in shown
    assert "Budi" not in shown
    assert "Citra" not in shown


async def test_a_lost_line_is_told_calmly_and_nothing_goes(
    home: House, someone: Someone, origin: str, network: Relay
) -> None:
    host = await hosts(home, someone, origin, "phone")
    made = await home.room("Thursday")
    await host.sees("Thursday", "Nobody is here yet")
    network.cut()
    await expect(host.page.locator(".host-bar")).to_contain_text("Not connected since")
    await host.sees("Thursday")
    network.heal()
    await home.leading(made, "Ada")
    await host.page.evaluate("dispatchEvent(new Event('online'))")  # it would try again by itself
    await host.sees("1 person, ", "Not begun yet, somebody who leads is here")
    await expect(host.page.locator(".host-bar")).not_to_contain_text("Not connected")

    # Nobody looks: the line is closed; again: it is opened.
    line = re.compile("/api/board$")
    async with host.page.expect_event("requestfailed", lambda request: line.search(request.url) is not None):
        await host.page.evaluate(SEEN, "hidden")
    async with host.page.expect_request(line):
        await host.page.evaluate(SEEN, "visible")
    host.forgives("net::ERR")


async def test_many_rooms_can_be_looked_through_and_opened_by_keyboard(
    home: House, someone: Someone, origin: str
) -> None:
    host = await hosts(home, someone, origin)
    await tabs_to(host, "New room")
    await types(host, "Enter")
    await expect(host.page.get_by_label("Title")).to_be_focused()
    await host.page.keyboard.type("Pairs")
    await host.page.get_by_label("How many").select_option("12")
    await host.sees("From “Pairs 1” to “Pairs 12”, all alike.")
    await host.presses("Make 12 rooms")
    await host.hears("12 rooms have been made.")
    await expect(host.page.locator(".room-card")).to_have_count(12)
    await expect(host.page.get_by_label("Look for a title")).to_have_count(0)
    await home.room("Council")
    await expect(host.page.locator(".room-card")).to_have_count(13)
    await tabs_to(host, "Look for a title")
    await host.page.keyboard.type("pairs 1")
    await expect(host.page.locator(".room-card")).to_have_count(4)
    await host.sees("4 rooms")
    await tabs_to(host, "Pairs 11")
    await types(host, "Enter")
    await host.heading("Pairs 11")
    await expect(host.page.get_by_role("heading", level=1)).to_be_focused()
    await host.page.go_back()
    await host.heading("Host board")
    await expect(host.button("Pairs 11")).to_be_focused()
    await host.page.reload()
    await host.heading("Host board")
    await expect(host.page.locator(".room-card")).to_have_count(13)
