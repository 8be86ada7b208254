"""Somebody with a real browser: a name, a language, a screen. What they do is a verb, what they see is waited for.

Whatever a page does that no page should do (an error, a warning, a request to another origin) is kept in `noise`.
"""

import re
from typing import Any, Literal

import msgpack
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    expect,
)
from playwright.async_api import (
    TimeoutError as Late,
)

from tests.browser.words import word

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
SIZES = {"phone": PHONE, "desktop": DESKTOP}
PATIENCE = 30_000  # ms for what is waited for; it only ends a broken test

Size = Literal["phone", "desktop"]
Language = Literal["en", "id"]
Way = Literal["voice", "listen", "silent"]

# Everything that the live regions said, in order; `!` in front of what interrupts.
LISTEN = """
window.spoken = []
document.addEventListener('DOMContentLoaded', () => {
  for (const [id, mark] of [['said', ''], ['said-now', '! ']]) {
    const region = document.getElementById(id)
    if (region) new MutationObserver(() => {
      if (region.textContent.trim()) window.spoken.push(mark + region.textContent.trim())
    }).observe(region, { childList: true, characterData: true, subtree: true })
  }
})
"""

LARGE_SAYS = """([label, sub]) => {
  const large = document.getElementById('large')
  const says = (part, text) => large.querySelector(part)?.textContent === text
  return large && says('b', label) && (sub === null || says('small', sub)) && !large.matches('.resting, .busy')
}"""

expect.set_options(timeout=PATIENCE)


class Visitor:
    """One person, one browser context, usually one page."""

    def __init__(self, name: str, language: Language, size: Size, home: str, context: BrowserContext) -> None:
        self.name, self.language, self.size = name, language, size
        self.context = context
        self.noise: list[str] = []
        self.sent: list[dict[str, Any]] = []  # every command, in order
        self.page: Page
        self._home = re.sub(r"^https?://(localhost|127\.0\.0\.1|plain\.test)", "", home)

    @classmethod
    async def with_browser(
        cls, browser: Browser, home: str, name: str, language: Language, size: Size, **options: Any
    ) -> "Visitor":
        """A fresh context: nothing remembered, nothing shared. `home` is the only origin that may be asked. People with
        a phone want nothing to move (drawing it is most of what a waiting page costs), people at a desk do not mind."""
        context = await browser.new_context(
            **{
                "viewport": SIZES[size],
                "has_touch": size == "phone",
                "is_mobile": size == "phone",
                "device_scale_factor": 1,
                "reduced_motion": "reduce" if size == "phone" else "no-preference",
                "locale": {"en": "en-GB", "id": "id-ID"}[language],
                **options,
            }
        )
        context.set_default_timeout(PATIENCE)
        visitor = cls(name, language, size, home, context)
        await context.add_init_script(LISTEN)
        context.on("request", visitor._asked)
        context.on("console", visitor._heard)
        context.on("weberror", lambda error: visitor.noise.append(f"error: {error.error}"))
        await visitor.new_tab()
        return visitor

    async def new_tab(self) -> Page:
        """Another tab in the same browser; it is the one that is used from now on."""
        self.page = await self.context.new_page()
        self.page.on("websocket", self._dialled)
        return self.page

    def _asked(self, request: Request) -> None:
        if not re.match(rf"https?://(localhost|127\.0\.0\.1|plain\.test){self._home}/|(about|data|blob):", request.url):
            self.noise.append(f"asked a stranger: {request.url}")

    def _dialled(self, socket: WebSocket) -> None:
        if not re.match(rf"wss?://(localhost|127\.0\.0\.1|plain\.test){self._home}/", socket.url):
            self.noise.append(f"dialled a stranger: {socket.url}")
        socket.on("framesent", self._sends)

    def _sends(self, frame: bytes | str) -> None:
        """Socket.IO packets are MessagePack; what Engine.IO says for itself is text."""
        if isinstance(frame, bytes):
            packet = msgpack.unpackb(frame)
            if packet["type"] == 2 and packet["data"][0] == "command":
                self.sent.append(packet["data"][1])

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.noise.append(f"{message.type}: {message.text}")

    def forgives(self, *patterns: str) -> None:
        """Takes out noise that was to be expected: a browser itself complains when a connection is cut."""
        self.noise = [line for line in self.noise if not any(re.search(pattern, line) for pattern in patterns)]

    # Coming in

    async def opens(self, link: str) -> None:
        await self.page.goto(link)

    def word(self, key: str, **arguments: str) -> str:
        return word(self.language, key, **arguments)

    async def gives_name(self) -> None:
        await self.page.get_by_label(self.word("join-name-label")).fill(self.name)
        await self.presses(self.word("join-name-go"))

    async def agrees(self, way: Way = "silent") -> None:
        """To the agreement, and how they will be here: most tests are about something else than sound."""
        await self.reads_and_agrees()
        await self.chooses(self.word(f"sound-way-{way}"))
        await self.goes_in()

    async def reads_and_agrees(self) -> None:
        """As far as the choice of sound; the server knows nothing of it yet."""
        await self.presses(self.word("join-agree"))

    async def goes_in(self) -> None:
        """From the choice of sound to the door or, when it is open already, through it."""
        words = f"{re.escape(self.word('join-wait'))}|{re.escape(self.word('join-come-in'))}"
        await self.presses(re.compile(f"^({words})$"))

    async def comes(self, link: str, way: Way = "silent") -> None:
        """By a link, to the door or, with a facilitator's link, in."""
        await self.opens(link)
        await self.gives_name()
        await self.agrees(way)

    async def is_in(self) -> None:
        await expect(self.page.locator(".room")).to_be_visible()

    async def waits_at_the_door(self) -> None:
        await expect(self.page.locator(".join-waiting")).to_be_visible()

    async def lets_in(self, other: "Visitor") -> None:
        """By name, as those who lead see the door on their screen."""
        if self.size == "phone":
            await self.tab(self.word("door-tab"))
        await self.presses(f"{self.word('door-admit')} {other.name}")
        await other.is_in()

    async def tab(self, label: str) -> None:
        await self.presses(re.compile(rf"^{label} ?\d+$"))

    # Doing

    async def tap(self, control: Locator) -> None:
        """With a finger on a phone, with a mouse on a desktop; not while its meaning has just changed."""
        await expect(control).not_to_have_class(re.compile(r"\bresting\b"))
        await (control.tap() if self.size == "phone" else control.click())

    def button(self, label: str | re.Pattern[str]) -> Locator:
        """By name; while a sheet is open, on the sheet."""
        top = self.page.locator("dialog[open], body:not(:has(dialog[open]))")
        return top.get_by_role("button", name=label, exact=isinstance(label, str))

    async def presses(self, label: str | re.Pattern[str]) -> None:
        """A button by its name."""
        await self.tap(self.button(label))

    async def chooses(self, option: str) -> None:
        """One of several cards, by the text that is seen on it."""
        await self.tap(self.page.locator("label").filter(has=self.page.get_by_text(option, exact=True)))
        await expect(self.page.get_by_role("radio", name=option)).to_be_checked()

    async def writes(self, field: str, text: str) -> None:
        await self.page.get_by_label(field).fill(text)

    async def opens_person(self, name: str) -> None:
        """Somebody's sheet, from their seat in the circle."""
        await self.tap(self.page.locator(".seats").get_by_role("button", name=re.compile(rf"^{name}")))
        await expect(self.page.get_by_role("dialog")).to_be_visible()

    @property
    def large(self) -> Locator:
        return self.page.locator("#large")

    async def large_says(self, label: str, sub: str | None = None) -> None:
        """The large button says this, and would do it: it has rested and nothing is under way."""
        try:
            await self.page.wait_for_function(LARGE_SAYS, arg=[label, sub])
        except Late:
            shown = await self.large.inner_text()
            raise AssertionError(f"the large button says {shown!r}, not {label!r} and {sub!r}") from None

    async def presses_large(self, label: str) -> None:
        await self.large_says(label)
        await self.tap(self.large)

    async def unfolds(self) -> None:
        """A sheet that may have to be fetched first."""
        await expect(self.page.locator("dialog[open] #sheet-title")).to_be_visible()

    async def closes_sheet(self) -> None:
        await self.presses(self.word("room-close"))
        await expect(self.page.locator("dialog")).to_have_count(0)

    # Seeing

    async def sees(self, *texts: str) -> None:
        for text in texts:
            await expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    async def middle(self, *texts: str) -> None:
        """The words in the middle of the circle contain these."""
        for text in texts:
            await expect(self.page.locator(".centre")).to_contain_text(text)

    async def heading(self, text: str) -> None:
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    async def queue(self, *rows: str) -> None:
        """The queue that is shown, as `Name: reason` in order."""
        lead = await self.page.locator(".queue-panel").count() > 0
        rows_at = self.page.locator(".queue-panel .rows > li" if lead else ".queue .line > li")
        if not rows:
            await expect(rows_at).to_have_count(0)
            return
        patterns = [re.compile(rf"{re.escape(who)}.*{re.escape(why)}", re.DOTALL) for who, why in map(_split, rows)]
        await expect(rows_at).to_have_text(patterns)

    async def heard(self) -> list[str]:
        """What the live regions of the page said so far; `! ` in front of what interrupted."""
        spoken: list[str] = await self.page.evaluate("window.spoken")
        return spoken

    async def hears(self, sentence: str) -> None:
        await self.page.wait_for_function("(text) => window.spoken.some((line) => line.includes(text))", arg=sentence)


def _split(row: str) -> tuple[str, str]:
    who, _, why = row.partition(":")
    return who, why.strip()
