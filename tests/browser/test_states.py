"""Every state of every page: measured, written down as a screen reader meets it, and heard, in both languages.

`trees/` holds the accessibility trees, `spoken/` what the live regions said; both are read by people when they change.

    LINGKAR_REVIEW=1        write both again instead of comparing
    LINGKAR_PICTURES=folder put pictures of every state in every look there
"""

import os
import re
from pathlib import Path

import pytest

from tests.browser.accessible import looks, pictures
from tests.browser.conftest import Someone
from tests.browser.relay import Relay
from tests.browser.tour import TOURS
from tests.browser.visitor import Language, Visitor
from tests.server.running import House

HERE = Path(__file__).parent
REVIEW = bool(os.environ.get("LINGKAR_REVIEW"))
PICTURES = os.environ.get("LINGKAR_PICTURES")
SETTLED = 4500  # ms: when the files are written again, nothing more is said after this
PAGES_ON_A_DESKTOP = ("hosting",)


def reviewed(kind: str, name: str) -> dict[str, str]:
    """What was written down: text by state."""
    path = HERE / kind / f"{name}.txt"
    parts = re.split(r"^== (.+)\n", path.read_text(), flags=re.MULTILINE)[1:] if path.exists() else []
    return {state: text.strip() for state, text in zip(parts[::2], parts[1::2], strict=True)}


def write(kind: str, name: str, found: dict[str, str]) -> None:
    path = HERE / kind / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n\n".join(f"== {state}\n{text}".rstrip() for state, text in found.items()) + "\n")


async def tree(visitor: Visitor) -> str:
    """The page as assistive technology is given it; running clocks are left out, and what was said before."""
    snapshot = await visitor.page.locator("body > :not(#said, #said-now)").aria_snapshot()
    return re.sub(r"\d+:\d\d", "m:ss", snapshot)


async def spoken(visitor: Visitor, expected: str | None) -> str:
    """What was said since the last time; what is expected is waited for."""
    if REVIEW:
        await visitor.page.wait_for_timeout(SETTLED)
    elif expected:
        heard = "(text) => window.spoken.join('\\n').length >= text.length"
        await visitor.page.wait_for_function(heard, arg=expected)
    lines: list[str] = await visitor.page.evaluate("window.spoken.splice(0)")
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("tour", TOURS)
async def test_every_state(tour: str, language: Language, home: House, someone: Someone, network: Relay) -> None:
    visitor = await someone("Siti Aminah", language, "desktop" if tour in PAGES_ON_A_DESKTOP else "phone")
    said_before = reviewed("spoken", f"{tour}.{language}")
    wrong: list[str] = []
    trees: dict[str, str] = {}
    said: dict[str, str] = {}
    async for state in TOURS[tour](home, visitor, network):
        said[state] = await spoken(visitor, said_before.get(state))
        if language == "en":
            trees[state] = await tree(visitor)
        wrong += [f"{state}: {sentence}" for sentence in await looks(visitor.page)]
        if PICTURES:
            await pictures(visitor.page, Path(PICTURES), f"{tour}.{state}.{language}")
    visitor.forgives("WebSocket connection to .* failed")
    assert not wrong, "\n".join(wrong)
    if REVIEW:
        write("spoken", f"{tour}.{language}", said)
        if trees:
            write("trees", tour, trees)
    assert said == reviewed("spoken", f"{tour}.{language}")
    if trees:
        assert trees == reviewed("trees", tour)


async def test_the_measures_find_what_is_wrong(someone: Someone) -> None:
    visitor = await someone("Nobody")
    await visitor.page.set_content(
        """<!doctype html><html lang="en"><title>Lingkar</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><body style="margin: 0"><main><h1>Heading</h1>
        <p style="color: #999">Too pale</p><button style="width: 20px; height: 20px; border: 0" class="big"></button>
        <p style="position: sticky; top: 0; width: 700px; animation: go 1s infinite">Wide</p>
        <style>@keyframes go { 50% { opacity: 0.9 } }</style></main></body></html>"""
    )
    wrong = "\n".join(await looks(visitor.page))
    for found in ("color-contrast", "button-name", "phone light: small:", "moves:", "sticks:", "no edge", "scrolls sideways"):
        assert found in wrong
