"""The agreement changes in the middle of a meeting: what its host sees, and those who are asked again."""

import re

from playwright.async_api import Page, expect

from tests.browser.accessible import looks
from tests.browser.conftest import Someone
from tests.browser.test_lead_host import hosts
from tests.browser.visitor import Visitor
from tests.server.running import House

TEXT = "Kita mendengarkan.\n\nTidak memberi nasihat tanpa diminta.\nBoleh diam."
NEW = "Kita mendengarkan.\n\nTidak memberi nasihat tanpa diminta.\nBoleh diam, kapan saja.\nTidak merekam."
LABEL = "The group’s agreement in its own words"


async def marked(page: Page) -> list[str]:
    """What is marked, as it reads: the word for it, and the line."""
    found = await page.locator(".changes li").all_inner_texts()
    return [" ".join(text.split()) for text in found]


async def reads_again(siti: Visitor) -> None:
    await siti.heading("Kesepakatannya berubah")
    await expect(siti.page.locator("h1")).to_be_focused()
    assert await marked(siti.page) == [
        "Dihapus Boleh diam.",
        "Ditambahkan Boleh diam, kapan saja. Tidak merekam.",
    ]
    assert await siti.page.locator(".changes del, .changes ins").count() == 3


async def test_everybody_is_asked_again_after_the_turn_that_is_running(
    home: House, someone: Someone, origin: str
) -> None:
    hana = await hosts(home, someone, origin)
    room = await home.room("Lingkar Rabu", agreement={"text": TEXT})
    ada, siti = await someone("Ada", "en", "desktop"), await someone("Siti", "id", "phone")
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    await siti.comes(room.links["participant"])
    await ada.lets_in(siti)
    await ada.presses_large("Open the circle")
    budi = await home.waiting(room, "Budi")
    await budi.accept()
    await ada.presses("Let in Budi")
    await budi.do("raise-hand")
    turn = str(await budi.until(lambda me: me.you.get("turn")))
    await budi.do("accept-floor", turn=turn)

    # The host sees what saving will do, and what was typed outlives a closed section.
    await hana.presses("Lingkar Rabu")
    card = hana.page.locator(".fold", has=hana.page.get_by_role("heading", name="Agreement", exact=True))
    opener = card.get_by_role("button", name="Agreement", exact=True)
    await opener.click()
    await expect(card).to_contain_text(re.compile(r"Version 1, since .*Nothing has changed here yet\."))
    await card.get_by_label(LABEL).fill(NEW)
    await expect(card).to_contain_text("3 people are asked again, after the turn that is running.")
    assert await marked(hana.page) == ["Removed Boleh diam.", "Added Boleh diam, kapan saja. Tidak merekam."]
    assert await looks(hana.page) == []
    await opener.click()
    await opener.click()
    await expect(card.get_by_label(LABEL)).to_have_value(NEW)
    await card.get_by_role("button", name="Save the agreement").click()
    await hana.hears("The agreement has been saved.")
    await expect(card).to_contain_text(re.compile(r"Version 2, since .*Nothing has changed here yet\."))

    # Nothing jumps while somebody shares; then all of them read.
    await siti.is_in()
    await expect(siti.page.locator(".centre")).to_contain_text("Budi")
    await budi.do("finish-turn", turn=turn)
    await reads_again(siti)
    assert await looks(siti.page) == []
    await siti.page.get_by_text("Baca seluruh kesepakatan").click()
    await siti.sees("Kita mendengarkan.")
    await ada.heading("The agreement has changed")
    await ada.presses("I agree")
    await ada.is_in()
    await ada.hears("You are in the circle")
    await expect(ada.page.locator("h1")).to_be_focused()
    await ada.sees("Still reading the agreement, which has changed: Siti, Budi")

    # Whoever has lost the page reads the whole of it.
    await siti.page.reload()
    await siti.heading("Kesepakatannya berubah")
    await siti.sees("Kita mendengarkan.")
    await expect(siti.page.locator(".changes")).to_have_count(0)
    await siti.presses("Aku setuju")
    await siti.is_in()
    await ada.sees("Budi is still reading the agreement, which has changed.")

    # A version of before, once more.
    await card.locator("summary", has_text="Version 1").click()
    await card.get_by_role("button", name="Use this text again").click()
    await expect(card.get_by_label(LABEL)).to_be_focused()
    await expect(card.get_by_label(LABEL)).to_have_value(TEXT)
    await expect(card).to_contain_text("3 people are asked again at once.")
    await card.get_by_role("button", name="Save the agreement").click()
    await siti.heading("Kesepakatannya berubah")
    assert await marked(siti.page) == ["Dihapus Boleh diam, kapan saja. Tidak merekam.", "Ditambahkan Boleh diam."]
    await siti.presses("Belum, keluar saja")
    await siti.heading("Kamu sudah keluar")
    assert [one.noise for one in (ada, siti, hana)] == [[], [], []]


async def test_where_what_is_different_cannot_be_fetched_the_whole_is_shown(home: House, someone: Someone) -> None:
    room = await home.room("Lingkar Rabu", agreement={"text": TEXT})
    ada = await someone("Ada", "en")
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    await ada.page.route(re.compile(r"/again\.(js|ftl)"), lambda route: route.abort())
    await home.api("PATCH", f"/api/rooms/{room.id}", {"agreement": {"text": NEW}})
    await ada.heading("Our agreement")
    await ada.sees("Tidak merekam.")
    await ada.presses("I agree")
    await ada.is_in()
    ada.forgives("Failed to load", "net::ERR_FAILED")
    assert ada.noise == []
