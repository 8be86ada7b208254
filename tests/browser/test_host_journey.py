"""An evening of somebody who hosts three rooms at once, from the first to the last minute."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.test_lead_host import hosts
from tests.server.running import House

WORDS = "We meet again at eight."
FORMAT = "Led"  # somebody has to lead: two seconds without, and the room is on hold


async def test_three_rooms_one_of_which_loses_its_facilitator(home: House, someone: Someone, origin: str) -> None:
    host = await hosts(home, someone, origin)
    page = host.page
    await host.presses("New room")
    await host.writes("Title", "Evening")
    await page.get_by_label("How many").select_option("3")
    await host.chooses(FORMAT)
    await host.presses("Make 3 rooms")
    await expect(page.locator(".opener")).to_have_text(["Evening 1", "Evening 2", "Evening 3"])
    await host.sees("Nothing at the moment.")

    # A personal invite for each of two facilitators, who walk in and open their rooms.
    invites = []
    for nth in (1, 2):
        await host.presses(f"Evening {nth}")
        await host.sees("Nobody leads now.")
        await host.presses(f"Send a facilitator Evening {nth}")
        await host.hears("The invite is ready.")
        invite = page.get_by_label("Personal invite 1, facilitator", exact=True)
        await expect(page.get_by_role("img", name="For a camera: Personal invite 1, facilitator")).to_be_visible()
        invites.append(await invite.input_value())
        await host.presses("Done")
        await host.sees("1 invite to lead is open")
        await host.presses("All rooms")
    rani, bayu = await someone("Rani", "en", "desktop"), await someone("Bayu", "en", "phone")
    for facilitator, link in zip((rani, bayu), invites, strict=True):
        await facilitator.comes(link)
        await facilitator.presses_large("Open the circle")
    await expect(page.locator(".room-foot")).to_have_text(["calmRani", "calmBayu", "not begunnobody leads"])

    # Somebody waits at a door, with a phone, and is let in.
    rooms = (await home.api("GET", "/api/rooms"))[1]["rooms"]
    siti = await someone("Siti", "id", "phone")
    await siti.comes(rooms[0]["links"]["participant"])
    await siti.waits_at_the_door()
    await expect(page.locator(".room-card").first).to_contain_text("1 at the door")
    await rani.lets_in(siti)
    await expect(page.locator(".room-card").first).to_contain_text("2 people")

    # The page of the one who leads there dies.
    before = await page.locator(".room-card").all_inner_texts()
    await rani.page.close()
    row = page.locator(".need")
    await expect(row).to_contain_text("The facilitator’s connection is lost. The room is on hold, everything is kept.")
    await host.hears("Evening 1: The facilitator’s connection is lost.")
    await expect(page.locator(".room-card").first).to_contain_text("On hold: turn and queue are kept")
    await expect(page.locator(".room-foot").first).to_have_text("no facilitatornobody leads")
    assert (await page.locator(".room-card").all_inner_texts())[1:] == before[1:]  # cards keep their places
    await siti.middle("Ditahan")

    # Another one is sent, from the row itself.
    await host.presses("Send a facilitator Evening 1")
    invite = row.get_by_label("Personal invite 2, facilitator", exact=True)
    await expect(row.get_by_role("button", name=re.compile("^Copy ?: Personal invite 2"))).to_be_focused()
    dewi = await someone("Dewi", "id", "phone")
    await dewi.comes(await invite.input_value())
    await dewi.is_in()
    await expect(row).to_contain_text("Dealt with.")
    await expect(row).to_have_class("need solved")
    await expect(page.locator(".room-foot").first).to_have_text("calmDewi")
    await host.presses("Done")  # until then the row stays, so that nothing goes under the host's hand
    await expect(row).to_have_count(0)
    await host.sees("Nothing at the moment.")

    # Something for all rooms: everybody inside reads it until it is taken down, wherever the host is by then.
    everybody = (siti, bayu, dewi)
    await host.presses("Announce")
    await expect(page.get_by_label("What you want to say")).to_be_focused()
    await page.keyboard.type(WORDS)
    await host.sees("For 3 people in 3 rooms")
    await host.presses("Announce this")
    await host.sees("Announced to 3 people in 3 rooms.", "Shown now")
    await expect(page.locator(".room-card").get_by_text("an announcement is shown")).to_have_count(3)
    for one in everybody:
        await one.hears(f"{one.word('announced-from')} {WORDS}")
    await host.presses("Announce")
    await host.presses("Evening 2")
    await host.presses("Announce")
    await host.presses("Take it down in 3 rooms")
    await host.hears("It is not shown any more.")
    for one in everybody:
        await expect(one.page.locator(".announced, .announced-line")).to_have_count(0)
    await host.presses("All rooms")
    await expect(page.locator(".room-card").get_by_text("an announcement is shown")).to_have_count(0)
    assert "Siti" not in await page.content()
