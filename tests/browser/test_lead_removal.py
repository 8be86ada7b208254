"""Removing somebody: two agree where the room wants it, it can be undone, and everybody may read that it happened."""

from typing import Any

from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room

REASON = "Three times in somebody's turn."


async def two_leaders(home: House, someone: Someone, **plan: Any) -> tuple[Room, Visitor, Visitor, Person]:
    """Ada on a desktop and Rani on a phone lead; Budi sits with them."""
    room = await home.room(two_to_remove=True, **plan)
    ada, rani = await someone("Ada", "en", "desktop"), await someone("Rani", "id", "phone")
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    await rani.comes(room.links["facilitator"])
    await ada.lets_in(rani)
    budi = await home.waiting(room, "Budi")
    await budi.accept()
    await ada.presses("Let in Budi")
    await budi.until(lambda me: me.view["sight"] == "circle")
    return room, ada, rani, budi


async def proposes(ada: Visitor, name: str) -> None:
    await ada.opens_person(name)
    await ada.presses("Remove from the room…")
    await ada.sees("In this room two have to agree")
    await ada.writes("A reason, for them to read", REASON)
    await ada.presses(f"Propose to remove {name}")


async def test_two_have_to_agree(home: House, someone: Someone) -> None:
    room, ada, rani, budi = await two_leaders(home, someone)
    siti = await someone("Siti")
    await siti.comes(room.links["participant"])
    await ada.lets_in(siti)

    # Who proposed sees that it waits; the other one reads the reason; nobody else learns of it.
    await proposes(ada, "Budi")
    await ada.sees("You would like to remove Budi.", "It waits for another one who leads.")
    await rani.sees("Ada ingin mengeluarkan Budi.", REASON)
    await rani.hears("Ada ingin mengeluarkan Budi. Jawabanmu ditunggu.")
    await expect(ada.page.locator(".proposals").get_by_role("button")).to_have_count(1)
    await siti.sees("4 here")
    assert "Budi." not in await siti.page.inner_text("body")
    assert "proposals" not in str(budi.view)

    # Kept: the card goes for both, and who proposed hears it.
    await rani.presses("Biarkan Budi")
    for person in (ada, rani):
        await expect(person.page.locator(".proposals")).to_have_count(0)
    await ada.hears("Budi stays.")
    assert not budi.closed.is_set()

    # Proposed again, and taken back by the one who proposed it.
    await proposes(ada, "Budi")
    await rani.sees("Ada ingin mengeluarkan Budi.")
    await ada.presses("Take back Budi")
    await expect(rani.page.locator(".proposals")).to_have_count(0)

    # And again: the other one agrees, in the person's own sheet; Budi reads the reason of the one who proposed it.
    await proposes(ada, "Budi")
    await rani.opens_person("Budi")
    await rani.presses("Keluarkan Budi")
    await expect(rani.page.locator("dialog")).to_have_count(0)
    await budi.closed.wait()
    assert budi.bye is not None and (budi.bye["code"], budi.bye["reason"]) == ("removed", REASON)
    await siti.sees("3 here")

    # Everybody may read what happened; not why.
    await siti.tap(siti.page.locator(".stat .linkish"))
    await siti.presses("What happened lately")
    await expect(siti.page.get_by_role("dialog")).to_have_accessible_name("What happened lately")
    await siti.sees("Rani removed Budi.", "Ada let Rani in.")
    assert REASON not in await siti.page.inner_text("body")


async def test_a_removal_is_undone(home: House, someone: Someone) -> None:
    _, ada, rani, budi = await two_leaders(home, someone)
    await proposes(ada, "Budi")
    await rani.presses("Keluarkan Budi")
    await budi.closed.wait()
    await ada.sees("Removed from this meeting", "The room’s link still leads to the door.")
    await ada.presses("Undo Budi")
    await expect(ada.page.locator(".removed")).to_have_count(0)
    again = await home.person().come_back(budi)
    await again.until(lambda me: me.view["sight"] == "circle")
    assert again.seat == budi.seat
    await ada.sees("3 here")


async def test_who_leads_alone_removes_at_once(home: House, someone: Someone) -> None:
    room = await home.room(two_to_remove=True)
    ada = await someone("Ada")
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    budi = await home.waiting(room, "Budi")
    await budi.accept()
    await ada.tab("Door")
    await ada.presses("Let in Budi")
    await budi.until(lambda me: me.view["sight"] == "circle")
    await ada.opens_person("Budi")
    await ada.presses("Remove from the room…")
    await ada.writes("A reason, for them to read", REASON)
    await ada.presses("Remove Budi")
    await budi.closed.wait()
    await expect(ada.page.locator(".proposals")).to_have_count(0)
    await ada.sees("Removed from this meeting")


async def test_a_proposal_moves_nothing_and_answers_to_the_keyboard(home: House, someone: Someone) -> None:
    _, ada, rani, budi = await two_leaders(home, someone)
    where = "() => document.querySelector('.tabs').getBoundingClientRect().top"
    before = await rani.page.evaluate(where)
    await proposes(ada, "Budi")
    await rani.sees("Ada ingin mengeluarkan Budi.")
    assert await rani.page.evaluate(where) == before
    keep = ada.button("Take back Budi")
    await keep.focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.locator(".proposals")).to_have_count(0)
    await expect(ada.page.get_by_role("heading", level=1)).to_be_focused()
    assert not budi.closed.is_set()


async def test_revoking_a_link_goes_round_nobody(home: House, someone: Someone) -> None:
    """Where two have to agree, one who leads cannot remove people by revoking the link they came by."""
    _, ada, _, budi = await two_leaders(home, someone)
    await ada.presses("Menu: people, agreement, settings, leave")
    await ada.presses("Links")
    await ada.sees("in this room two have to agree to that")
    await expect(ada.button("Renew Participants")).to_be_visible()
    await expect(ada.button("Revoke Participants")).to_have_count(0)
    await ada.presses("Make a personal invite")
    await expect(ada.button("Revoke Personal invite 1")).to_be_visible()  # nobody came by it
    assert not budi.closed.is_set()
