"""A facilitator leads a whole short meeting by keys alone.

Wherever the focus goes on the way, it is seen and not covered; whatever a key does, the focus is somewhere afterwards.
"""

import re

from playwright.async_api import ViewportSize, expect

from tests.browser.accessible import SIDEWAYS, ZOOMED
from tests.browser.conftest import Someone
from tests.browser.evenings import evening, phase
from tests.browser.test_keyboard import comes_by_keyboard, types
from tests.browser.visitor import DESKTOP, PATIENCE, PHONE, Visitor
from tests.server.running import House

REASON = "Twice in somebody's turn."
# What has the focus: its name as it is read, and what is wrong with how it is seen. A heading that only gets the focus
# so that readers begin there shows nothing; the ring of what is inside a card is the card's.
FOCUSED = """() => {
  const on = document.activeElement
  if (!on || on === document.body) return { name: '', wrong: ['nowhere'] }
  const card = on.matches('input[type=radio], input[type=checkbox]') ? on.closest('label') ?? on : on
  const read = (on.labels?.[0] ?? on).cloneNode(true)
  for (const drawn of read.querySelectorAll('[aria-hidden=true]')) drawn.remove()
  const name = (on.ariaLabel ?? read.textContent).replace(/\\s+/g, ' ').trim()
  const wrong = []
  const ring = /0px 0px 0px 5px|0px 0px 0px 3px inset/
  const silent = on.matches('h1, h2, h3, main')
  const { boxShadow, outlineColor } = getComputedStyle(card)
  const ringed = ring.test(boxShadow) || (card.matches('dialog') && !/, 0\\)$/.test(outlineColor))
  if (!silent && !ringed) wrong.push('no ring')
  const { left, top, width, height } = card.getBoundingClientRect()
  const hit = (x, y) => card.contains(document.elementFromPoint(left + width * x, top + height * y))
  const parts = [0.1, 0.5, 0.9]
  if (!silent && !parts.some((x) => parts.some((y) => hit(x, y)))) wrong.push('covered')
  return { name, wrong }
}"""
# Lines, letters, words and paragraphs as far apart as somebody may want them (WCAG 1.4.12); and as they were.
SPACED = """() => {
  const apart = new CSSStyleSheet()
  apart.replaceSync(`p { margin-bottom: 2em !important }
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }`)
  document.adoptedStyleSheets = [apart]
}"""
UNSPACED = "() => { document.adoptedStyleSheets = [] }"
LANDSCAPE = ViewportSize(width=844, height=390)
KEPT = "() => document.activeElement !== null && document.activeElement !== document.body"


class Keys:
    """The keyboard of somebody. `stops` are all names at which the focus was seen."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.stops: list[str] = []

    async def walks_to(self, name: str, most: int = 90, exact: bool = False) -> None:
        """Tab until what has the focus begins with this name; each stop on the way is looked at."""
        seen: list[str] = []
        for _ in range(most):
            await types(self.visitor, "Tab")
            found = await self.page.evaluate(FOCUSED)
            if found["wrong"] == ["nowhere"]:
                continue  # in the browser's own bar: there one comes from the last control to the first
            assert found["wrong"] == [], f"{found['name']}: {found['wrong']}"
            seen.append(found["name"])
            self.stops.append(found["name"])
            if found["name"] == name or (not exact and found["name"].startswith(name)):
                return
        raise AssertionError(f"{name!r} is not on the way: {seen}")

    async def presses(self, name: str, key: str = "Enter") -> None:
        """Goes there and presses it, once it has stopped resting."""
        await self.walks_to(name)
        await expect(self.page.locator(":focus")).not_to_have_class(re.compile(r"\bresting\b"))
        await self.hits(key)

    async def hits(self, *keys: str) -> None:
        """A key, and then the focus is somewhere."""
        for key in keys:
            await types(self.visitor, key)
            await self.page.wait_for_function(KEPT, timeout=PATIENCE)

    async def is_on(self, name: str) -> None:
        """What has the focus now, by itself."""
        await expect(self.page.locator(":focus")).to_have_accessible_name(re.compile(f"^{re.escape(name)}"))

    async def sheet(self, title: str | None) -> None:
        """The sheet that is open, or none."""
        dialog = self.page.get_by_role("dialog")
        if title is None:
            await expect(dialog).to_have_count(0)
        else:
            await expect(dialog).to_have_accessible_name(title)
            await expect(dialog.locator(":focus")).to_have_count(1)


async def test_a_whole_meeting_is_led_by_keys(home: House, someone: Someone) -> None:
    plan = evening(phase("opening", turn=1800), phase("sharing", turn=1800))
    room = await home.room("Lingkar Rabu", format=plan)
    ada = await someone("Ada", "en", "desktop")
    keys = Keys(ada)
    await comes_by_keyboard(ada, room.links["facilitator"])
    await ada.large_says("Open the circle")
    people = []
    for name in ("Budi", "Wulan", "Dimas"):
        people.append(await home.waiting(room, name))
        await people[-1].accept()
        await keys.presses(f"Let in {name}")
        await people[-1].until(lambda me: me.view["sight"] == "circle")
        await keys.page.wait_for_function(KEPT)
    budi, wulan, dimas = people

    # Open; the first one speaks, two more hands go up, and the one below is moved up, then taken down.
    await keys.presses("Open the circle")
    await budi.until(lambda me: me.view["meeting"] == "open")
    await budi.do("raise-hand")
    turn = await budi.until(lambda me: me.you.get("turn"))
    await budi.do("accept-floor", turn=turn)
    for person in (wulan, dimas):
        await person.do("raise-hand")
    await ada.queue("Wulan:", "Dimas:")
    await keys.presses("Move or lower: Dimas")
    await keys.sheet("Dimas’s hand")
    await keys.presses("Move up")
    await keys.sheet(None)
    await ada.queue("Dimas:", "Wulan:")
    await keys.is_on("Move or lower: Dimas")
    await keys.presses("Move or lower: Dimas")
    await keys.presses("Lower Dimas")
    await ada.queue("Wulan:")
    await keys.page.wait_for_function(KEPT)

    # A sheet closes by Escape and gives the focus back; the list of keys opens by one of them.
    await keys.presses("Add a hand")
    await keys.sheet("A hand for whom?")
    await keys.hits("Escape")
    await keys.sheet(None)
    await keys.is_on("Add a hand")
    await keys.hits("?")
    await keys.sheet("Keyboard shortcuts")
    await keys.hits("Escape")
    await keys.is_on("Add a hand")

    # Time for Budi, then the whole room stands still and goes on; Budi ends, Wulan is offered the floor.
    await ada.large_says("Give 1 more minute")
    await keys.presses("Give 1 more minute")
    await ada.middle("of 31:00")
    await keys.presses("Pause room")
    await budi.until(lambda me: me.view.get("hold") == "paused")
    await keys.presses("Let the room go on")
    await budi.until(lambda me: not me.view.get("hold"))
    await ada.large_says("Give 1 more minute")
    await budi.do("finish-turn", turn=turn)
    turn = await wulan.until(lambda me: me.you.get("turn"))
    await ada.large_says("Keep the offer open")
    await keys.page.wait_for_function(KEPT)
    await wulan.do("accept-floor", turn=turn)
    await wulan.do("finish-turn", turn=turn)

    # On to the next phase; the floor for Dimas, from his seat in the circle.
    await keys.presses("On to: Sharing")
    await budi.until(lambda me: me.view["phase"] == "sharing")
    await keys.walks_to("Ada (you), facilitator")
    await keys.hits("End", "Enter")
    await keys.sheet("Dimas")
    await keys.presses("Offer Dimas the turn")
    turn = await dimas.until(lambda me: me.you.get("turn"))
    await keys.sheet(None)
    await dimas.do("pass-floor", turn=turn)

    # On a phone, upright and on its side, and at 400 %: once around, nothing is covered, and a seat is shown where the
    # picture of the circle has gone. Text may stand further apart.
    for size in (PHONE, LANDSCAPE, ZOOMED):
        await ada.page.set_viewport_size(size)
        await keys.walks_to("Quick exit")
        await keys.walks_to("To the large button")
        await ada.page.evaluate(SPACED)
        assert await ada.page.evaluate(SIDEWAYS) == [], size
        await ada.page.evaluate(UNSPACED)
    await ada.page.set_viewport_size(DESKTOP)

    # Somebody is removed, with a reason that is typed; then the meeting is closed, with one more press.
    await keys.walks_to("Dimas", exact=True)
    await expect(ada.page.locator(".seat:focus")).to_have_count(1)
    await keys.hits("ArrowRight", "ArrowRight", "Enter")
    await keys.sheet("Budi")
    await keys.presses("Remove from the room…")
    await keys.sheet("Remove Budi?")
    await keys.walks_to("A reason")
    await ada.page.keyboard.type(REASON)
    await keys.presses("Remove Budi")
    await budi.closed.wait()
    await keys.sheet(None)
    await keys.page.wait_for_function(KEPT)
    await keys.presses("Menu")
    await keys.presses("Close the meeting for everyone")
    await keys.is_on("Press once more")
    await expect(keys.page.locator(":focus")).not_to_have_class(re.compile(r"\bresting\b"))
    await types(ada, "Enter")
    await ada.heading(ada.word("page-closed-title"))
    await expect(ada.page.get_by_role("heading", level=1)).to_be_focused()
    assert len(set(keys.stops)) > 25
    assert REASON in [command.get("reason") for command in ada.sent]
