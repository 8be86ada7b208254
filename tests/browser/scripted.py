"""People whose browser can run a function in the page and tap an element, and no more: Firefox, WebKit.

Like `Visitor`: what they do is a verb, what they see is waited for.
"""

import asyncio
from abc import ABC, abstractmethod
from typing import Any

from tests.browser.visitor import LARGE_SAYS, Language, Way
from tests.browser.words import word

PATIENCE = 60.0  # seconds for what is waited for; it only ends a broken test
SEES = "(text) => document.getElementById('page').innerText.includes(text)"
# The first of these that is seen, stays where it is, has nothing over it, and whose meaning has not just changed.
TAPPABLE = """async (...names) => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const which = %s
  const where = (one) => one.getBoundingClientRect()
  for (const one of which(...names)) {
    one.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    const before = JSON.stringify(where(one))
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    const { x, y, width, height } = where(one)
    const seen = one.contains(document.elementFromPoint(x + width / 2, y + height / 2))
    if (seen && JSON.stringify(where(one)) === before && !one.closest('.resting')) return one
  }
}"""


class Scripted(ABC):
    """One person. What their browser must be able to do stands first."""

    def __init__(self, name: str, language: Language) -> None:
        self.name, self.language = name, language

    @abstractmethod
    async def opens(self, link: str) -> None: ...

    @abstractmethod
    async def asks(self, question: str, *arguments: object) -> Any:
        """What a function in the page returns; arguments and answer are JSON."""

    @abstractmethod
    async def touched(self, which: str, *names: str) -> bool:
        """Taps the middle of what `TAPPABLE` finds with this choice, if there is one now."""

    @abstractmethod
    async def typed(self, text: str) -> None:
        """Letter by letter, to what has the focus."""

    def word(self, key: str, **arguments: str) -> str:
        return word(self.language, key, **arguments)

    # Coming in

    async def comes_to_sound(self, link: str) -> None:
        """By a link, as far as the choice of sound."""
        await self.opens(link)
        await self.writes(self.word("join-name-label"), self.name)
        await self.presses(self.word("join-name-go"))
        await self.presses(self.word("join-agree"))

    async def goes_to_the_door(self, way: Way) -> None:
        await self.chooses(self.word(f"sound-way-{way}"))
        await self.presses(self.word("join-wait"))
        await self.until("() => document.querySelector('.join-waiting') !== null")

    async def is_in(self) -> None:
        await self.until("() => document.querySelector('.room') !== null")

    # Doing

    async def presses(self, label: str) -> None:
        """A button by its name."""
        await self._taps(
            "(name) => all('button').filter((one) => (one.ariaLabel ?? one.textContent).trim() === name)", label
        )

    async def presses_large(self, label: str) -> None:
        await self.large_says(label)
        await self._taps("() => all('#large')")

    async def chooses(self, option: str) -> None:
        """One of several cards, by the text that is seen on it."""
        await self._taps(
            "(name) => all('label').filter((one) => one.querySelector('strong')?.textContent === name)", option
        )

    async def writes(self, field: str, text: str) -> None:
        """Letter by letter."""
        await self._taps(
            "(name) => all('label').filter((one) => one.textContent === name).map((one) => one.control)", field
        )
        await self.typed(text)

    async def _taps(self, which: str, *names: str) -> None:
        """The first of these that can be tapped, as soon as there is one."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self.touched(which, *names):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{self.name} cannot tap {names or which}:\n{await self.text()}") from None

    # Seeing

    async def until(self, question: str, *arguments: object) -> Any:
        """The first answer that is not empty."""
        answer = None
        try:
            async with asyncio.timeout(PATIENCE):
                while not (answer := await self.asks(question, *arguments)):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            shown = await self.text()
            raise AssertionError(f"{question} {arguments} is {answer!r} for {self.name}, who sees:\n{shown}") from None
        return answer

    async def text(self) -> str:
        found: str = await self.asks("() => document.body.innerText")
        return found

    async def sees(self, *texts: str) -> None:
        """Anywhere on the page; what is only said to readers of the screen does not count."""
        for text in texts:
            await self.until(SEES, text)

    async def large_says(self, label: str, sub: str | None = None) -> None:
        await self.until(f"(...words) => ({LARGE_SAYS})(words)", label, sub)
