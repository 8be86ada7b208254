"""A host announces something from outside: everybody inside reads it where nothing has to move for it, and puts it away
for themselves; and a host who comes in is seen."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.accessible import looks, pictures
from tests.browser.conftest import Meeting, Someone
from tests.browser.reviewed import PICTURES
from tests.browser.visitor import Visitor
from tests.server.running import House

WORDS = "Kita berkumpul lagi pukul delapan di ruang utama. Ambil minum dulu, tidak usah buru-buru."


async def shown(visitor: Visitor, name: str) -> None:
    """With LINGKAR_PICTURES=folder: how it looks."""
    if PICTURES:
        await pictures(visitor.page, Path(PICTURES), f"announced {name}")


async def places(visitor: Visitor) -> list[dict[str, float]]:
    """Where circle, queue and large button are."""
    found: list[dict[str, float]] = await visitor.page.evaluate(
        """() => ['.circle', '.queue, .queue-panel', '#large'].map((one) => {
          const { x, y, width, height } = document.querySelector(one).getBoundingClientRect()
          return { x, y, width, height }
        })"""
    )
    return found


async def test_an_announcement_from_the_host_page_to_a_phone(
    home: House, someone: Someone, meeting: Meeting, origin: str
) -> None:
    for old in (await home.api("GET", "/api/rooms"))[1]["rooms"]:
        await home.api("DELETE", f"/api/rooms/{old['id']}")
    room, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="listening-space")
    waits = await someone("Wati")
    await waits.comes(room.links["participant"])
    await waits.waits_at_the_door()
    host = await someone("Host", "en", "desktop")
    await host.opens(f"{origin}/host#{home.server.token}")
    await budi.page.set_viewport_size({"width": 390, "height": 640})
    before = [await places(one) for one in (ada, siti, budi)]

    await host.presses("Announce")
    await expect(host.page.get_by_label("What you want to say")).to_be_focused()
    await host.writes("What you want to say", WORDS)
    await host.sees("For 3 people in 1 room")
    assert await looks(host.page) == []
    await shown(host, "host")
    await host.presses("Announce this")
    await host.sees("Announced to 3 people in 1 room.", "Shown now", "It takes the place of what is shown there now.")

    for one in (ada, siti, budi):
        await expect(one.page.get_by_role("button", name=f"From the host: {WORDS}")).to_be_visible()
        await one.hears(f"From the host: {WORDS}")
    assert [await places(one) for one in (ada, siti, budi)] == before
    assert WORDS not in await waits.page.content()
    for one in (ada, siti, budi):
        await shown(one, one.name)
    assert await looks(siti.page) == []

    await siti.presses("Put it away")
    await expect(siti.page.locator(".announced")).to_have_count(0)
    await expect(siti.page.locator("h1")).to_be_focused()
    await budi.presses(f"From the host: {WORDS}")
    await budi.unfolds()
    await budi.sees("Everybody in the room can read this.")
    assert await looks(budi.page) == []
    await budi.presses("Put it away")
    await expect(budi.page.locator("dialog, .announced-line")).to_have_count(0)
    assert [await places(one) for one in (ada, siti, budi)] == before

    await home.leading(room, "Hana", "host")
    await siti.tap(siti.page.locator(".stat > .linkish"))
    await siti.presses("What happened lately")
    await siti.sees("Hana came in as a host.", "A host announced something to everybody.", WORDS)
    await siti.closes_sheet()
    await siti.opens_person("Hana")
    await siti.sees("host")

    await host.presses("Take it down")
    await host.hears("It is not shown any more.")
    await expect(ada.page.locator(".announced")).to_have_count(0)
    assert [line for line in await siti.heard() if WORDS in line] == [f"From the host: {WORDS}"]
