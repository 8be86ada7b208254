"""Makes the pictures of the documentation: a real meeting of eight, with the real server, as two of them see it.

    .venv/bin/python -m scripts.pictures

Two people have a browser, a facilitator on a desktop and a participant on a phone; the others speak the wire.
"""

import asyncio
import base64
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, house, running

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "room.png"
NAMES = ("Budi Santoso", "Wulan", "Mbak Siti Nurhaliza", "Dimas", "Laras", "Pak Joko")
PAGE = """<style>body {{ margin: 0; padding: 32px; display: flex; gap: 32px; align-items: center; background: #eae3d5 }}
img {{ display: block; border-radius: 14px; box-shadow: 0 6px 30px rgb(42 37 29 / 0.25) }}</style>
<img height="800" src="data:image/png;base64,{}"><img height="800" src="data:image/png;base64,{}">"""


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data") as server:
        async with house(server) as home, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            desktop, phone = await seen(home, browser)
            page = await browser.new_page(viewport={"width": 1780, "height": 864})
            await page.set_content(PAGE.format(desktop, phone))
            await page.screenshot(path=PICTURE)
            await browser.close()
    print(f"{PICTURE}: {PICTURE.stat().st_size} bytes")


async def seen(home: House, browser: Browser) -> tuple[str, str]:
    """The evening, and how it looks: desktop and phone, each a PNG in base64."""
    room = await home.room("Tuesday Listening Space")
    nadia = await Visitor.with_browser(browser, home.server.url, "Nadia", "en", "desktop", device_scale_factor=1)
    await nadia.comes(room.links["facilitator"])
    await nadia.is_in()
    others = [await at_the_door(home, room.links["participant"], name) for name in NAMES]
    tari = await Visitor.with_browser(browser, home.server.url, "Tari", "en", "phone", device_scale_factor=2)
    await tari.comes(room.links["participant"])
    for name in (*NAMES, "Tari"):
        await nadia.presses(f"Let in {short(name)}")
    await tari.is_in()
    await nadia.presses_large("Open the circle")
    wulan, rest = others[1], [others[3], others[2]]
    await wulan.do("raise-hand")
    await wulan.do("accept-floor", turn=await wulan.until(lambda me: me.you.get("turn")))
    for person in rest:
        await person.do("raise-hand")
    await tari.presses_large("Raise hand")
    await others[4].do("raise-hand", kind="question")
    await at_the_door(home, room.links["participant"], "Mas Hendra")
    await tari.large_says("Lower hand", "you are 3rd")
    await tari.middle("Wulan", "about 3 minutes left")
    await nadia.sees("Mas Hendra")
    await nadia.page.mouse.move(640, 30)
    await nadia.large_says("Give 1 more minute")
    return await picture(nadia), await picture(tari)


async def at_the_door(home: House, link: str, name: str) -> Person:
    """Somebody who has agreed and waits."""
    person = await home.person().join(link, name)
    await person.accept()
    return person


def short(name: str) -> str:
    """What people are called: an honorific keeps the name behind it."""
    first, *more = name.split()
    return f"{first} {more[0]}" if first in ("Mbak", "Pak", "Mas") else first


async def picture(visitor: Visitor) -> str:
    """With everything at rest."""
    await visitor.page.emulate_media(reduced_motion="reduce")
    return base64.b64encode(await visitor.page.screenshot()).decode()


if __name__ == "__main__":
    asyncio.run(main())
