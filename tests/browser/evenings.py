"""Meetings of several phases, in which nothing moves by itself: for those who lead them in tests."""

import re
from typing import Any

from playwright.async_api import expect

from tests.browser.quick import STILL
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room


def phase(name: str, **plan: Any) -> dict[str, Any]:
    """A phase with the times of `still`, unless it says otherwise."""
    return {"name": name, **STILL, **plan}


def evening(*phases: dict[str, Any]) -> dict[str, Any]:
    """A format of these phases."""
    return {"name": "evening", "phases": list(phases)}


async def comes(home: House, room: Room, lead: Visitor, name: str) -> Person:
    """Somebody without a browser, whom the one who leads lets in."""
    person = await home.waiting(room, name)
    await person.accept()
    await lead.presses(f"{lead.word('door-admit')} {name}")
    await person.until(lambda me: me.view["sight"] == "circle")
    return person


async def starts(person: Person, **hand: Any) -> str:
    """Raises a hand, is offered the floor and starts; the turn."""
    await person.do("raise-hand", **hand)
    return await accepts(person)


async def accepts(person: Person) -> str:
    """Starts when it is offered; the turn."""
    turn = str(await person.until(lambda me: me.you.get("turn")))
    await person.do("accept-floor", turn=turn)
    return turn


async def agenda(lead: Visitor, *rows: str) -> None:
    """The beginnings of the agenda's rows as they are shown; `>` stands in front of the phase that is on."""
    found = lead.page.locator(".lead-agenda > li")
    await expect(found).to_have_text([re.compile("^" + re.escape(row.removeprefix(">"))) for row in rows])
    for i, row in enumerate(rows):
        now = found.nth(i).and_(lead.page.locator("[aria-current=step]"))
        await expect(now).to_have_count(1 if row.startswith(">") else 0)


async def chips(lead: Visitor, place: str, *names: str) -> None:
    """The people in a list of names of those who lead: `.round`, `.break`, `.not-spoken`."""
    await expect(lead.page.locator(f"{place} .whom > span:not(.disc)")).to_have_text(list(names))
