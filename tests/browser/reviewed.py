"""What people have read and found good: accessibility trees in `trees/`, spoken lines in `spoken/`, a file for a tour.

LINGKAR_REVIEW=1         write them again instead of comparing; then read the difference
LINGKAR_PICTURES=folder  put pictures of every state in every look there
"""

import os
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.accessible import pictures
from tests.browser.visitor import Visitor

HERE = Path(__file__).parent
REVIEW = bool(os.environ.get("LINGKAR_REVIEW"))
PICTURES = os.environ.get("LINGKAR_PICTURES")
HEARD_ALL = """(expected) => {
  const lines = (urgent) => window.spoken.filter((line) => line.startsWith('! ') === urgent).join(' ')
  return [lines(false), lines(true)].filter(Boolean).join('\\n').length >= expected.length
}"""
SETTLED = 4500  # ms: when the files are written again, nothing more is said after this


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
    """The page as assistive technology is given it: an open sheet alone. Running clocks and addresses are left out, and
    what was said before."""
    await expect(visitor.page.locator(".resting, .busy")).to_have_count(0)
    top = visitor.page.locator("dialog[open]")
    seen = top if await top.count() else visitor.page.locator("#page")
    snapshot = re.sub(r":?\n +- /url: .*", "", await seen.aria_snapshot())
    snapshot = re.sub(r"https?://\S+", "(an address)", snapshot)
    still = re.sub(r"\d+:\d\d", "m:ss", snapshot)
    still = re.sub(r"\w+day m:ss \w+", "a day, m:ss", still)
    still = re.sub(r"until \w{3},? [^\"\n]*m:ss( [AP]M)?", "until some day", still)
    still = re.sub(r"since [^\"\n]*m:ss( [AP]M)?", "since some day", still)
    still = re.sub(r"(\d+ of )?\d+ min\b|about \d+ minutes|just now", "some minutes", still)
    return re.sub(r"no names, \d+ seconds", "no names, some seconds", still)


async def spoken(visitor: Visitor, expected: str | None) -> str:
    """What was said since the last time, politely and urgently; what is expected is waited for."""
    if REVIEW:
        await visitor.page.wait_for_timeout(SETTLED)
    elif expected:
        await visitor.page.wait_for_function(HEARD_ALL, arg=expected)
    lines: list[str] = await visitor.page.evaluate("window.spoken.splice(0)")
    return "\n".join(
        filter(None, (" ".join(line for line in lines if line.startswith("! ") is urgent) for urgent in (False, True)))
    )


class Reading:
    """One tour in one language: what is found in each state, beside what was written down."""

    def __init__(self, tour: str, visitor: Visitor) -> None:
        self._tour, self._visitor = tour, visitor
        self._spoken = f"{tour}.{visitor.language}"
        self._before = reviewed("spoken", self._spoken)
        self._said: dict[str, str] = {}
        self._trees: dict[str, str] = {}

    @property
    def states(self) -> int:
        """How many were heard."""
        return len(self._said)

    async def listen(self, state: str) -> None:
        """What is said in this state; afterwards nothing rests on the page any more."""
        self._said[state] = await spoken(self._visitor, self._before.get(state))
        await expect(self._visitor.page.locator(".resting, .busy")).to_have_count(0)
        if PICTURES:
            await pictures(self._visitor.page, Path(PICTURES), f"{self._tour}.{state}.{self._visitor.language}")

    async def read(self, state: str) -> None:
        """What a screen reader meets in this state."""
        self._trees[state] = await tree(self._visitor)

    def as_before(self) -> None:
        """The same as what was written down."""
        if REVIEW:
            write("spoken", self._spoken, self._said)
            if self._trees:
                write("trees", self._tour, self._trees)
        assert self._said == reviewed("spoken", self._spoken)
        if self._trees:
            assert self._trees == reviewed("trees", self._tour)
