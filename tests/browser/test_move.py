"""A seat goes to another device: by a picture or a link, once; the old page says so and can bring it back."""

import re

from playwright.async_api import Page, expect

from tests.browser.accessible import looks
from tests.browser.conftest import Meeting, Someone
from tests.browser.test_returning import CUT
from tests.browser.visitor import Visitor

MENU = "Menu: people, agreement, settings, leave"
FOUND = """async (image) => {
  const parts = image.querySelector('path').getAttribute('d')
  const { width, height } = image.viewBox.baseVal
  return parts.length > 500 && width === height && width > 20
}"""


async def way_of(person: Visitor) -> str:
    """The link that is shown to somebody who wants to move."""
    await person.presses(MENU)
    await person.presses(person.word("menu-move"))
    await expect(person.page.get_by_role("heading", name=person.word("menu-move"))).to_be_focused()
    return await person.page.get_by_label(person.word("move-link")).input_value()


async def stored(page: Page) -> str:
    text: str = await page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    return text


async def test_a_seat_moves_with_name_and_hand_and_can_be_brought_back(meeting: Meeting, someone: Someone) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await siti.presses_large("Raise hand")
    await siti.large_says("Lower hand", "you are next")
    link = await way_of(siti)
    assert re.search(r"/r/[^#]+#~[a-z0-9]{20,}$", link)
    assert await siti.page.locator("svg.qr").evaluate(FOUND)
    other = await someone("Siti's laptop", size="desktop")
    await other.opens(link)
    await other.heading("Your seat comes to this device")
    code = link.partition("#~")[2]
    assert "#" not in other.page.url
    assert await other.page.evaluate("history.length") <= 2
    await other.page.reload()  # not used yet: it is still known here
    await other.heading("Your seat comes to this device")
    await other.chooses("Without sound")
    await other.presses("Come in here")
    await other.large_says("Lower hand", "you are next")
    assert code not in await stored(other.page)
    await siti.heading("Your seat is on your other device")
    await ada.sees("3 here")
    await ada.queue("Siti: in order")
    await other.page.reload()
    await other.large_says("Lower hand", "you are next")
    await siti.presses("Bring it back here")
    await siti.large_says("Lower hand", "you are next")
    await other.heading("You are here in another place now")
    await ada.sees("3 here")


async def test_a_way_works_once_and_a_new_one_ends_the_old(meeting: Meeting, someone: Someone) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    first = await way_of(siti)
    await siti.closes_sheet()
    second = await way_of(siti)
    assert first != second
    stranger = await someone("Stranger", size="desktop")
    await stranger.opens(first)
    await stranger.presses("Come in here")
    await stranger.heading("This way to your seat has run out")
    await stranger.sees("Your seat is still where it was")
    assert await stored(stranger.page) == "{}{}"
    phone = await someone("Siti's phone")
    await phone.opens(second)
    await phone.presses("Come in here")
    await phone.large_says("Raise hand")
    await stranger.opens(second)
    await stranger.presses("Come in here")
    await stranger.heading("This way to your seat has run out")
    await phone.large_says("Raise hand")
    await ada.sees("2 here")


async def test_a_facilitator_moves_in_the_middle_of_leading(meeting: Meeting, someone: Someone) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    link = await way_of(ada)
    phone = await someone("Ada's phone", "id")
    await phone.opens(link)
    await phone.heading("Tempatmu pindah ke perangkat ini")
    await phone.presses("Masuk di sini")
    await expect(phone.page.locator(".room.leading")).to_be_visible()
    await ada.heading("Your seat is on your other device")
    await siti.presses_large("Raise hand")
    await expect(phone.page.locator(".queue-panel .rows > li")).to_have_count(0)
    await siti.large_says("It’s yours: start")


async def test_the_way_is_shown_to_everybody(meeting: Meeting) -> None:
    """On every screen, for every eye; without a network it says so, and can be asked for again."""
    _, [_, siti] = await meeting("Ada", "Siti")
    await way_of(siti)
    await siti.page.get_by_text("Works once, for").wait_for()
    assert await looks(siti.page) == []
    await siti.closes_sheet()
    await siti.context.set_offline(True)
    await siti.sees("You are offline.")
    await siti.presses(MENU)
    await siti.presses(siti.word("menu-move"))
    await siti.sees("Not connected just now. This has not been sent.")
    await siti.context.set_offline(False)
    await expect(siti.page.get_by_text("You are offline.")).to_have_count(0, timeout=20_000)
    await siti.presses("Make a new one")
    await siti.page.get_by_text("Works once, for").wait_for()
    siti.forgives(*CUT)
