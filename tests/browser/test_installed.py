"""The page as something that is installed: what a browser needs for it, when its worker comes, and what follows it."""

import json
import shutil
import sys
from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.keeping import NOTHING_LEFT, UNDER_IT, kept, takes_in, until
from tests.browser.relay import Relay
from tests.server.running import Running, running
from tests.serving import HOME

QUIET = 20_000  # ms after which the page takes in what it needs without a network

# One cache, and not that with this path in it.
OTHERS_ONLY = """async (path) => (await caches.keys()).length === 1 && !(await caches.match(path))"""


async def test_a_browser_can_install_it(someone: Someone, origin: str) -> None:
    siti = await someone("Siti")
    await siti.opens(f"{origin}/")
    browser = await siti.context.new_cdp_session(siti.page)
    found = await browser.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert (manifest["name"], manifest["short_name"], manifest["display"]) == ("Lingkar", "Lingkar", "standalone")
    assert "shortcuts" not in manifest
    missing = await browser.send("Page.getInstallabilityErrors")
    # a context of a test is like a private window, where nothing is installed; there is nothing else against it
    assert {error["errorId"] for error in missing["installabilityErrors"]} <= {"in-incognito"}
    sizes = {"192x192", "512x512"}
    assert {icon["sizes"] for icon in manifest["icons"] if icon["type"] == "image/png"} == sizes
    for icon in manifest["icons"]:
        drawn = """async ([manifest, { src, sizes }]) => {
          const image = new Image()
          image.src = new URL(src, new URL(manifest, location)).href
          await image.decode()
          return sizes === 'any' || `${image.naturalWidth}x${image.naturalHeight}` === sizes
        }"""
        assert await siti.page.evaluate(drawn, [found["url"], icon]), icon


async def test_the_worker_comes_when_all_is_quiet(someone: Someone, origin: str) -> None:
    siti = await someone("Siti")
    await siti.page.clock.install()
    await siti.opens(f"{origin}/")
    await siti.heading("One voice at a time")
    await siti.page.clock.run_for(QUIET - 5_000)
    assert await siti.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert await siti.page.evaluate(NOTHING_LEFT)
    await siti.page.clock.run_for(10_000)
    await until(siti.page, UNDER_IT)


async def test_another_build_takes_over_and_nobody_minds(
    someone: Someone, origin: str, server: Running, network: Relay, tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    for folder in ("protocol", "rooms", "server", "static"):
        shutil.copytree(HOME / folder, newer / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with (newer / "static" / "mark.svg").open("a") as mark:
        mark.write("<!-- newer -->\n")
    (newer / "start.py").write_text("from server.__main__ import main\n\nmain()\n")

    siti = await someone("Siti")
    await siti.opens(f"{origin}/")
    await takes_in(siti)
    before = await kept(siti)
    old = siti.page
    with running(
        tmp_path / "data", "--public-url", origin, command=(sys.executable, str(newer / "start.py"))
    ) as updated:
        try:
            network.target = updated.port
            network.cut()  # nothing of before stays open
            network.heal()
            await siti.new_tab()
            await siti.opens(f"{origin}/")
            await siti.heading("One voice at a time")
            await until(siti.page, OTHERS_ONLY, before[-1])
            after = await kept(siti)
            assert len(after) == len(before)
            assert set(after) & set(before) == {"/offline", "/signposts.json"}
            siti.page = old  # open all the time
            await siti.tap(siti.button("Help"))
            await siti.unfolds()
            await siti.sees("Whoever runs this server has not named a place to turn to.")
            await siti.closes_sheet()
            await expect(old.get_by_role("heading", level=1)).to_be_visible()
        finally:
            network.target = server.port
