"""A whole evening on a phone for somebody who hears the page: every step by the role and the name of a control.

What is said meanwhile is one reviewed text, in both languages: `spoken/whole-evening.*.txt`.
"""

import re
from typing import Literal

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Someone
from tests.browser.evenings import accepts, evening, phase
from tests.browser.reviewed import Reading
from tests.browser.visitor import Language, Visitor
from tests.server.running import House

QUESTION = "Bagaimana kamu tahu tentang kami?"
EVENING = evening(phase("check-in", floor="round"), phase("sharing"), phase("break", floor="break", box=600))


class Reader:
    """Somebody who finds everything by what it is and what it is called, as assistive technology is told it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.word = visitor, visitor.page, visitor.word

    def control(self, role: Literal["button", "radio"], key: str, **arguments: str) -> Locator:
        """The one of this role whose name begins with these words: a large button's second line follows."""
        after = "($|,)" if role == "button" else ""
        name = re.compile(f"^{re.escape(self.word(key, **arguments))}{after}")
        return self.page.get_by_role(role, name=name)

    async def presses(self, key: str, **arguments: str) -> None:
        control = self.control("button", key, **arguments)
        await expect(control).to_be_enabled()
        await self.visitor.tap(control)

    async def is_at(self, key: str, **arguments: str) -> None:
        """The page begins with this heading, and so does the reader: it has the focus."""
        heading = self.page.get_by_role("heading", level=1, name=self.word(key, **arguments))
        await expect(heading).to_be_focused()

    async def in_sheet(self, name: str) -> None:
        """A sheet whose name begins so; the focus is in it."""
        sheet = self.page.get_by_role("dialog", name=re.compile(f"^{re.escape(name)}"))
        await expect(sheet).to_be_visible()
        await expect(sheet.locator(":focus")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "id"])
async def test_a_whole_evening_by_ear(language: Language, home: House, someone: Someone) -> None:
    room = await home.room("Lingkar Rabu", format=EVENING, questions=[QUESTION])
    ada = await home.leading(room, "Ada")
    budi = await home.seated(room, ada, "Budi")
    siti = await someone("Siti", language)
    reader, reading = Reader(siti), Reading("whole-evening", siti)

    await siti.opens(room.links["participant"])
    await expect(reader.page.get_by_role("heading", level=1)).to_have_text(siti.word("join-name-title"))
    await reader.page.get_by_role("textbox", name=siti.word("join-name-label")).fill("Siti")
    await reader.presses("join-name-go")
    await reader.is_at("join-agreement-title")
    await reading.listen("agreement")
    await reader.presses("join-agree")
    await reader.is_at("sound-title")
    await reader.control("radio", "sound-way-silent").check()
    await reader.presses("join-wait")
    await reader.is_at("join-waiting-title", name="Siti")
    await reader.page.get_by_role("textbox", name=QUESTION).fill("Dari teman.")
    await reader.presses("join-answer")
    await reading.listen("door")

    await ada.do("admit", seat=await ada.until(lambda me: next(iter(me.view["waiting"]), None)))
    await expect(reader.page.get_by_role("heading", level=1, name="Lingkar Rabu")).to_be_focused()
    await reading.listen("in")

    # A round: whoever is before passes, the piece comes, is taken and given on.
    await ada.do("open-meeting")
    for person in (ada, budi):
        await person.do("pass-floor", turn=str(await person.until(lambda me: me.you.get("turn"))))
    await reader.control("button", "button-start").wait_for()
    await reading.listen("the-piece-comes")
    await reader.presses("button-start")
    await reader.control("button", "button-finish").wait_for()
    await reading.listen("sharing-in-the-round")
    await reader.presses("button-finish")
    await ada.until(lambda me: not any(turn["state"] == "speaking" for turn in me.view["turns"].values()))
    await reading.listen("given-on")

    # Hands: somebody shares, a hand waits its turn and is started; a sheet that tells who is here.
    await ada.do("set-phase", phase="sharing")
    await reader.control("button", "button-raise").wait_for()
    await reading.listen("sharing")
    await budi.do("raise-hand")
    turn = await accepts(budi)
    await reader.presses("button-raise")
    await reader.control("button", "button-lower").wait_for()
    await reading.listen("hand-up")
    await budi.do("finish-turn", turn=turn)
    await reader.presses("button-start")
    await reader.control("button", "button-finish").wait_for()
    await reading.listen("own-turn")
    await reader.presses("menu-open")
    await reader.in_sheet(siti.word("menu-title"))
    await reader.presses("tool-people")
    await reader.in_sheet("3 ")
    await reader.presses("room-close")
    await expect(reader.page.get_by_role("dialog")).to_have_count(0)
    await reader.presses("button-finish")
    await reader.control("button", "button-raise").wait_for()
    await reading.listen("done")

    # A break, and back; then out.
    await ada.do("set-phase", phase="break")
    await reader.control("button", "button-ready").wait_for()
    await reading.listen("break")
    await reader.presses("button-ready")
    await ada.until(lambda me: str(me.view).count("ready") > 0)
    await reading.listen("back-from-the-break")
    await reader.presses("tool-leave")
    await reader.presses("leave-now")
    await reader.is_at("page-left-title")
    reading.as_before()
