"""How much does a phone fetch before somebody can be in a room?

A real Chromium with an empty cache comes in by the participants' link and is let in. What it fetched by then is
compared with what our own list of the page's parts says, so that neither can forget something. What is fetched only
when somebody opens it (a sheet) or leads (the panels) is not counted: it is not part of coming in.
"""

import asyncio
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page, ViewportSize, async_playwright

from benchmarks.figure import Figure
from benchmarks.served import room
from server.assets import Asset, read

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=800)
LANGUAGE = "id"
WORDS = ("page", "room")  # of the language's files, those that everybody in a room has
GOAL = 120_000
CHROMIUM = shutil.which("chromium")


@dataclass
class Fetched:
    """What the network panel knows, by path: bytes on the wire, and how many of them are headers of the answer."""

    bytes: dict[str, int] = field(default_factory=dict)
    headers: dict[str, int] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)  # asked for elsewhere
    _paths: dict[str, str] = field(default_factory=dict)

    async def listen(self, session: CDPSession, home: str) -> None:
        def asked(event: dict[str, Any]) -> None:
            url = event["request"]["url"]
            self._paths[event["requestId"]] = urlsplit(url).path
            if not url.startswith(home + "/"):
                self.strange.append(url)

        def answered(event: dict[str, Any]) -> None:
            self._add(self.headers, event["requestId"], event["response"]["encodedDataLength"])

        def finished(event: dict[str, Any]) -> None:
            self._add(self.bytes, event["requestId"], event["encodedDataLength"])

        session.on("Network.requestWillBeSent", asked)
        session.on("Network.responseReceived", answered)
        session.on("Network.loadingFinished", finished)
        await session.send("Network.enable")

    def _add(self, to: dict[str, int], request: str, size: float) -> None:
        path = self._paths[request]
        to[path] = to.get(path, 0) + int(size)

    @property
    def wire(self) -> int:
        return sum(self.bytes.values())

    @property
    def bodies(self) -> int:
        return self.wire - sum(self.headers[path] for path in self.bytes)


async def _smallest(assets: Iterable[Asset]) -> list[int]:
    return [len(await one.smallest() if one.packed else one.body) for one in assets]


def figures() -> Iterator[Figure]:
    listed = _listed()
    known = sum(asyncio.run(_smallest(listed.values())))
    conditions = "Chromium, empty cache, from opening a participant's link until in the room; Brotli bodies"
    if CHROMIUM is None:
        yield Figure(
            "page-bytes", "bytes", conditions, [], goal=GOAL, why_missing="there is no chromium on this machine"
        )
        return
    first, fetched = asyncio.run(_visit(CHROMIUM))
    assert not fetched.strange, fetched.strange
    files = {_name(path) for path in fetched.bytes}
    told = (
        f"; {len(files)} files, {first} bytes of them before the name is asked for; by our own list it is {known} bytes"
    )
    if files != listed.keys():
        told += f"; only fetched: {sorted(files - listed.keys())}; only listed: {sorted(listed.keys() - files)}"
    yield Figure("page-bytes", "bytes", conditions + told, [float(fetched.bodies)], goal=GOAL)
    yield Figure("page-bytes-wire", "bytes", conditions + " and the answers' headers, HTTP/1.1", [float(fetched.wire)])


def _listed() -> dict[str, Asset]:
    """By name: the room's page, everything that it names or preloads, and one language."""
    assets = read()
    page = assets.pages["room.html"]
    found = {"room.html": page}
    for path in re.findall(r'(?:href|src)="/a/[^"/]+/([^"]+)"', page.body.decode()):
        if not path.endswith(".webmanifest"):  # only asked for by somebody who installs the page
            found[path] = assets.files[path]
    return found | {path: assets.files[path] for path in (f"lang/{LANGUAGE}/{words}.ftl" for words in WORDS)}


def _name(path: str) -> str:
    return path.split("/", 3)[3] if path.startswith("/a/") else "room.html"


async def _visit(chromium: str) -> tuple[int, Fetched]:
    """Bytes until the name is asked for, and everything until in the room."""
    fetched = Fetched()
    async with room() as made, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            lead = await (await browser.new_context(viewport=DESK, locale=LANGUAGE)).new_page()
            await _comes(lead, made.links["facilitator"], "Ada")
            await lead.locator(".room.leading").wait_for()
            context = await browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale=LANGUAGE)
            page = await context.new_page()
            await fetched.listen(await context.new_cdp_session(page), made.url)
            await page.goto(made.links["participant"])
            await page.locator("input").wait_for()
            await page.wait_for_load_state("networkidle")
            first = fetched.bodies
            await _comes(page, None, "Sari")
            await lead.locator(".door .acts button").click()
            await page.locator(".room").wait_for()
            await page.wait_for_load_state("networkidle")
        finally:
            await browser.close()
    return first, fetched


async def _comes(page: Page, link: str | None, name: str) -> None:
    """Through the steps, as far as they go without anybody else."""
    if link:
        await page.goto(link)
    await page.locator("input").fill(name)
    await page.keyboard.press("Enter")
    await page.locator("button[aria-describedby=agree-answer]").click()
    await page.locator("button[aria-describedby=sound-answer]").click()
