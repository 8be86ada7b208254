"""Makes the icons by which the page is installed, from `static/mark.svg`.

    .venv/bin/python -m scripts.icons

Two have round corners of their own; a *maskable* one is cut by the system, so its mark keeps clear of the edge.
"""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS

STATIC = Path(__file__).resolve().parents[1] / "static"
PAPER = "#f5f0e6"
# size in px, share of it that the mark takes, radius of the corners as a share
ICONS = {"icon-192.png": (192, 0.7, 0.22), "icon-512.png": (512, 0.7, 0.22), "icon-mask-512.png": (512, 0.54, 0.0)}
PAGE = """<style>body {{ margin: 0; background: none }} div {{ display: grid; place-items: center; width: 100vw;
height: 100vh; border-radius: {corner}px; background: {paper} }} svg {{ width: {mark}px; height: {mark}px }}</style>
<div>{svg}</div>"""


async def main() -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name, (size, mark, corner) in ICONS.items():
            (STATIC / name).write_bytes(await drawn(browser, size, mark, corner))
            print(f"{name}: {(STATIC / name).stat().st_size} bytes")
        await browser.close()


async def drawn(browser: Browser, size: int, mark: float, corner: float) -> bytes:
    """One of them, as PNG."""
    page = await browser.new_page(viewport={"width": size, "height": size}, device_scale_factor=1)
    svg = (STATIC / "mark.svg").read_text()
    await page.set_content(PAGE.format(corner=size * corner, mark=size * mark, paper=PAPER, svg=svg))
    picture = await page.screenshot(omit_background=True)
    await page.close()
    return picture


if __name__ == "__main__":
    asyncio.run(main())
