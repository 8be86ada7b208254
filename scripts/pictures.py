"""Makes the pictures of the documentation: an evening with the simulated people of `lingkar demo` and a real server, as
somebody on a phone, who leads on a desktop and the host see it; in both languages.

    python -m scripts.pictures [--only en|id|board]

Who is there and what they wish follows from a seed; when exactly they do it does not, so that a picture may show
another one of them next time. Look at every one before it goes in.
"""

import argparse
import asyncio
import base64
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Browser, Page, async_playwright, expect

from scripts.small_png import COLOURS, small
from server.demo.circle import Meeting
from server.demo.people import gathering
from server.formats import FORMATS
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.visitor import Language, Visitor
from tests.server.running import House, Room, house, running

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SEED, PEOPLE, PACE = 7, 7, 2.0
PATIENCE = 150_000  # ms for what simulated people do when they like
LONG = 35.0  # seconds at a door
LARGEST = 60_000  # bytes of a picture
TITLES = {"en": "Tuesday Listening Space", "id": "Ruang Mendengarkan Selasa"}
WORDS = {
    "en": "We speak for ourselves, and let others finish.\n\nNo advice unless it is asked for.",
    "id": "Kita bicara tentang diri sendiri, dan membiarkan yang lain selesai.\n\nSaran hanya kalau diminta.",
}
LATER = {"zone": "UTC", "starts": "2026-01-01T06:30", "minutes": 60, "repeat": {"every": "day"}}
QUESTIONS = {"en": "What brings you here today?", "id": "Apa yang membawamu ke sini hari ini?"}
PAIR = """<style>body {{ margin: 0; padding: 32px; display: flex; gap: 32px; align-items: center; background: #eae3d5 }}
img {{ display: block; border-radius: 14px; box-shadow: 0 6px 30px rgb(42 37 29 / 0.25) }}</style>
<img height="560" src="data:image/png;base64,{}"><img height="560" src="data:image/png;base64,{}">"""


def plan(language: Language) -> dict[str, Any]:
    """A listening space that begins where people share."""
    whole = msgspec.to_builtins(FORMATS["listening-space"])
    phases = [phase for phase in whole["phases"] if phase["name"] in ("sharing", "silence", "closing-round")]
    return {
        "title": TITLES[language],
        "format": {**whole, "phases": phases},
        "agreement": {"text": WORDS[language]},
        "questions": [QUESTIONS[language]],
    }


async def evening(home: House, browser: Browser, language: Language) -> None:
    """From the link to one's own turn, and what those who lead see meanwhile."""
    room = await home.room(**plan(language))
    nadia = await Visitor.with_browser(browser, home.server.url, "Nadia", language, "desktop")
    await nadia.comes(room.links["facilitator"], "listen")
    await nadia.is_in()
    tari = await Visitor.with_browser(
        browser, home.server.url, "Tari", language, "phone", device_scale_factor=1.5, permissions=["microphone"]
    )
    await comes_to_the_door(room, tari)
    await nadia.lets_in(tari)
    async with simulated(room):
        *names, last = [who.name for who in gathering(PEOPLE, SEED)]
        for name in names:
            await nadia.page.mouse.move(640, 30)  # the list holds still while somebody is at it
            await nadia.page.get_by_role("button", name=f"{nadia.word('door-admit')} {name}").click(timeout=PATIENCE)
        await nadia.presses_large(nadia.word("button-open"))
        await nadia.page.mouse.move(640, 30)
        await somebody_shares(tari, hands=2)
        await nadia.sees(last)  # still at the door, and waits kindly
        await keep(tari.page, f"listening-{language}")
        await keep(nadia.page, f"leading-{language}")
        if language == "en":
            await pair(browser)
        await tari.presses_large(tari.word("button-raise"))
        await expect(tari.large).to_contain_text(tari.word("button-start"), timeout=PATIENCE)
        await tari.large_says(tari.word("button-start"))
        await keep(tari.page, f"offered-{language}")
        await tari.tap(tari.large)
        await tari.sees(tari.word("mic-open"))
        await tari.large_says(tari.word("button-finish"))
        await keep(tari.page, f"speaking-{language}")
    for visitor in (nadia, tari):
        await visitor.context.close()
    await home.api("DELETE", f"/api/rooms/{room.id}")


async def comes_to_the_door(room: Room, tari: Visitor) -> None:
    await tari.opens(room.links["participant"])
    await tari.page.get_by_label(tari.word("join-name-label")).fill(tari.name)
    await keep(tari.page, f"join-{tari.language}")
    await tari.gives_name()
    await expect(tari.button(tari.word("join-agree"))).to_be_visible()
    await keep(tari.page, f"agreement-{tari.language}")
    await tari.agrees("voice")
    await tari.waits_at_the_door()
    await keep(tari.page, f"door-{tari.language}")


async def somebody_shares(visitor: Visitor, hands: int) -> None:
    """Until somebody else has the floor and so many wait for it."""
    await visitor.page.wait_for_function(
        """([shares, hands]) => document.querySelector('.centre')?.textContent.includes(shares)
            && document.querySelectorAll('.queue .line > li').length >= hands""",
        arg=[visitor.word("room-shares"), hands],
        timeout=PATIENCE,
    )


@asynccontextmanager
async def simulated(room: Room) -> AsyncIterator[None]:
    """People of the demo come to the door of this room, and go at the end."""
    stop = asyncio.Event()
    people = Meeting(room.links["participant"], people=PEOPLE, pace=PACE, seed=SEED, silent=True)
    lives = asyncio.create_task(people.run(stop))
    try:
        yield
    finally:
        stop.set()
        await lives


async def board(home: House, browser: Browser) -> None:
    """Six rooms, as the host sees them: one shares, one waits at its door, one has lost who led it, one has a
    break, one meets later."""
    titles = (TITLES["en"], "Reading circle", "Evening circle", "Council", "Early morning", "Newcomers")
    plans = {TITLES["en"]: plan("en"), "Council": {"format": "council"}, "Early morning": {"schedule": LATER}}
    rooms = [await home.room(**{"title": title, **plans.get(title, {})}) for title in titles]
    nadia, lost, rests = [
        await home.leading(room, name)
        for room, name in zip((rooms[0], *rooms[2:4]), ("Nadia", "Sari", "Bayu"), strict=True)
    ]
    for lead, room in ((nadia, rooms[0]), (lost, rooms[2]), (rests, rooms[3])):
        if lead is not nadia:
            await asyncio.gather(*(home.seated(room, lead, who.name) for who in gathering(PEOPLE - 2, SEED)))
        await lead.do("open-meeting")
    await rests.do("begin-break", seconds=600)
    await lost.socket.close()
    async with simulated(rooms[0]), simulated(rooms[1]):
        host = await Visitor.with_browser(browser, home.server.url, "host", "en", "desktop")
        await host.opens(f"{home.server.url}/host#{home.server.token}")
        for _ in range(PEOPLE - 1):
            found = await nadia.until(
                lambda me: [s for s, w in me.view.get("waiting", {}).items() if w.get("agreed")], 240
            )
            await nadia.do("admit", seat=found[0])
        await nadia.until(lambda me: me.view["queue"] and me.view["turns"], 240)
        await numbers(home, rooms[1], lambda room: room["longest_at_door"] > LONG)  # nobody leads: that needs the host
        await numbers(home, rooms[2], lambda room: room["hold"] == "lost")
        await host.sees(*titles)
        await keep(host.page, "board-en")
        await host.context.close()


async def numbers(home: House, room: Room, are: Callable[[dict[str, Any]], bool]) -> None:
    """Until a room is so."""
    while True:
        _, found = await home.api("GET", f"/api/rooms/{room.id}")
        if are(found):
            return
        await asyncio.sleep(1)


async def pair(browser: Browser) -> None:
    """Both sights beside each other, for the README."""
    page = await browser.new_page(viewport={"width": 1251, "height": 624})
    shots = (FOLDER / f"{name}-en.png" for name in ("leading", "listening"))
    await page.set_content(PAIR.format(*(base64.b64encode(shot.read_bytes()).decode() for shot in shots)))
    await keep(page, "room", colours=64)
    await page.close()


async def keep(page: Page, name: str, colours: int = COLOURS) -> None:
    """What the page shows, with everything at rest."""
    await page.emulate_media(reduced_motion="reduce")
    path = FOLDER / f"{name}.png"
    path.write_bytes(small(await page.screenshot(animations="disabled"), colours))
    print(f"{path.name}: {path.stat().st_size} bytes", flush=True)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} is larger than {LARGEST} bytes")


async def main(only: Sequence[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data") as server:
        async with house(server) as home, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for language in ("en", "id"):
                if language in only:
                    await evening(home, browser, language)
            if "board" in only:
                await board(home, browser)
            await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes the pictures of the documentation.")
    parser.add_argument("--only", action="append", choices=("en", "id", "board"), help="instead of all")
    asyncio.run(main(parser.parse_args().only or ("en", "id", "board")))
