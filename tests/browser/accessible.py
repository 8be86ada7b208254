"""What can be measured about one state of a page: rules of WCAG by axe, places to hit, motion, small windows.

Each check returns sentences about what is wrong; an empty list is a good page. As one state of a page shares most of
what it shows with the next, each is looked at on a light phone and in one more look, in turn; LINGKAR_LONG=1 looks at
each in all of them.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page, ViewportSize

from tests.browser.visitor import DESKTOP, PHONE

LONG = "LINGKAR_LONG" in os.environ
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
NARROW = ViewportSize(width=320, height=640)
ZOOMED = ViewportSize(width=320, height=256)  # 1280 x 1024 at 400 %
LOOKS: list[tuple[str, ViewportSize, Literal["light", "dark"]]] = [
    ("phone light", PHONE, "light"),
    ("phone dark", PHONE, "dark"),
    ("desktop light", DESKTOP, "light"),
    ("desktop dark", DESKTOP, "dark"),
]
EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that another colour scheme changes

# From the top of an open sheet: what is scrolled half under its title is not hidden for good.
RUN_AXE = """async (only) => {
  document.querySelector('dialog[open]')?.scrollTo(0, 0)
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(' ')}: ${failureSummary.split('\\n').slice(1).map((line) => line.trim()).join('; ')}`))
}"""

# Everything that can be pressed and is seen: 44 px by itself, or hit 22 px around its middle (labels, invisible edges).
SMALL_TARGETS = """() => {
  const top = document.querySelector('dialog[open]') ?? document.body
  const all = top.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"]')
  const hit = (element, x, y) => {
    const found = document.elementFromPoint(x, y)
    return found !== null && (element.contains(found) || found.contains(element) && found.matches('label'))
  }
  const small = []
  for (const element of all) {
    if (!element.checkVisibility({ opacityProperty: false, visibilityProperty: true })) continue
    if (element.matches('.skip, ol, ul')) continue
    element.scrollIntoView({ block: 'center', inline: 'center' })
    const { left, top, width, height } = element.getBoundingClientRect()
    if (width >= 43.9 && height >= 43.9) continue
    const [x, y, r] = [left + width / 2, top + height / 2, 21.5]
    const wide = width >= 43.9 || (hit(element, x - r, y) && hit(element, x + r, y))
    const high = height >= 43.9 || (hit(element, x, y - r) && hit(element, x, y + r))
    const name = element.textContent.trim().slice(0, 40)
    if (!wide || !high) small.push(`small: ${element.tagName} "${name}" ${width} x ${height}`)
  }
  window.scrollTo(0, 0)
  return small
}"""

SIDEWAYS = """() => {
  const page = document.documentElement
  if (page.scrollWidth <= page.clientWidth) return []
  const wide = [...document.querySelectorAll('body *')].filter((element) =>
    element.getBoundingClientRect().right > page.clientWidth + 1 && !element.closest('.line, .vh, .skip'))
  return [`scrolls sideways, ${page.scrollWidth} of ${page.clientWidth} px: ` +
    wide.slice(0, 4).map((element) => `${element.tagName}.${element.className}`).join(', ')]
}"""

STICKS = """() => [...document.querySelectorAll('body *')]
  .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
  .filter((element) => !element.matches('dialog, #said, #said-now') && element.checkVisibility())
  .map((element) => `sticks: ${element.tagName}.${element.className}`)"""

MOVES = """() => document.getAnimations()
  .filter((animation) => animation.playState === 'running')
  .map((animation) => `moves: ${animation.effect?.target?.className} ${animation.animationName ?? ''}`)"""

# In forced colours, what is told by a background elsewhere needs an edge.
WITHOUT_EDGE = """() => [...document.querySelectorAll('.big, .btn:not(.plain), .field, .disc')]
  .filter((element) => element.checkVisibility())
  .filter((element) => parseFloat(getComputedStyle(element).borderTopWidth) === 0)
  .map((element) => `no edge in forced colours: ${element.className}`)"""


@cache
def _axe() -> str:
    return AXE.read_text()


async def _rules(page: Page, only: Mapping[str, object]) -> list[str]:
    """Axe in the current look."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())
    found: list[str] = await page.evaluate(RUN_AXE, only)
    return found


async def looks(page: Page, nth: int = 0) -> list[str]:
    """Everything, on phone and desktop, light and dark; then narrow, zoomed, still, in forced colours. If not
    LONG: of the three looks after the first only the `nth`."""
    size, still = page.viewport_size, await _still(page)
    first, *others = LOOKS
    wrong: list[str] = []
    for name, viewport, scheme in (first, *(others if LONG else [others[nth % len(others)]])):
        await page.set_viewport_size(viewport)
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = await _rules(page, EVERY_RULE if scheme == "light" else COLOURS)
        if scheme == "light":
            found += await _ask(page, SMALL_TARGETS, SIDEWAYS, MOVES)
        wrong += [f"{name}: {sentence}" for sentence in found]
    await page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
    wrong += await _ask(page, WITHOUT_EDGE)
    await page.emulate_media(forced_colors="none", reduced_motion="reduce")
    await page.set_viewport_size(ZOOMED)
    wrong += [f"zoomed: {sentence}" for sentence in await _ask(page, SIDEWAYS, STICKS)]
    await page.set_viewport_size(NARROW)
    wrong += [f"narrow: {sentence}" for sentence in await _ask(page, SIDEWAYS, SMALL_TARGETS)]
    await _as_it_was(page, size, still)
    return wrong


async def fits(page: Page) -> list[str]:
    """What longer words can break: places to hit, and lines that are too wide, on a phone and a narrow one."""
    size, still = page.viewport_size, await _still(page)
    wrong: list[str] = []
    await page.emulate_media(reduced_motion="reduce")
    for name, viewport in (("phone", PHONE), ("narrow", NARROW)):
        await page.set_viewport_size(viewport)
        wrong += [f"{name}: {sentence}" for sentence in await _ask(page, SIDEWAYS, SMALL_TARGETS)]
    await _as_it_was(page, size, still)
    return wrong


async def _still(page: Page) -> bool:
    """Whoever looks at it wants nothing to move."""
    return bool(await page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches"))


async def _as_it_was(page: Page, size: ViewportSize | None, still: bool) -> None:
    assert size is not None
    await page.set_viewport_size(size)
    await page.emulate_media(reduced_motion="reduce" if still else "no-preference")


async def _ask(page: Page, *questions: str) -> list[str]:
    answers: list[Any] = [await page.evaluate(question) for question in questions]
    return [sentence for answer in answers for sentence in answer]


async def pictures(page: Page, folder: Path, name: str) -> None:
    """How it looks, for whoever reviews it: every look, forced colours, narrow and zoomed."""
    size = page.viewport_size
    for look, viewport, scheme in LOOKS:
        await page.set_viewport_size(viewport)
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.screenshot(path=folder / f"{name} {look}.png")
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
    await page.screenshot(path=folder / f"{name} forced.png")
    await page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    for look, viewport in (("narrow", NARROW), ("zoomed", ZOOMED)):
        await page.set_viewport_size(viewport)
        await page.screenshot(path=folder / f"{name} {look}.png", full_page=True)
    assert size is not None
    await page.set_viewport_size(size)
