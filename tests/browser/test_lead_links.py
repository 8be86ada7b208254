"""The room's links in the hands of those who lead: handed on, made for one person, renewed, revoked."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.test_keyboard import tabs_to
from tests.browser.visitor import Visitor
from tests.server.person import TurnedAway
from tests.server.running import House, Room


async def opens_links(home: House, someone: Someone, kind: str = "facilitator") -> tuple[Room, Visitor]:
    room = await home.room()
    ada = await someone("Ada", "en", "phone")
    await ada.comes(room.links[kind])
    await ada.is_in()
    await ada.presses("Menu: people, agreement, settings, leave")
    await ada.presses("Links")
    await expect(ada.page.get_by_role("dialog")).to_have_accessible_name("Links of this room")
    await ada.sees("leads to the door")
    return room, ada


async def test_a_personal_invite_is_made_used_and_revoked(home: House, someone: Someone) -> None:
    room, ada = await opens_links(home, someone)
    assert await ada.page.get_by_label("Participants", exact=True).input_value() == room.links["participant"]
    await expect(ada.page.get_by_label("Facilitators", exact=True)).to_have_count(0)  # a host hands that one on
    await expect(ada.page.get_by_text("Handed on and changed by a host only.")).to_have_count(2)
    await expect(ada.button("Invite a facilitator")).to_have_count(0)

    await ada.page.get_by_label("A new link opens the room").select_option(label="for 12 hours")
    await ada.presses("Make a personal invite")
    await ada.sees("Personal invite 1", "New: give it to one person", "nobody came by it")
    await ada.hears("New: give it to one person")
    await ada.sees("until ")
    url = await ada.page.get_by_label("Personal invite 1").input_value()
    await ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ada.presses(re.compile("^Copy ?: Personal invite 1$"))
    await ada.hears("Copied")
    assert await ada.page.evaluate("navigator.clipboard.readText()") == url
    sari = await home.person().join(url, "Sari")
    await sari.accept()
    await sari.until(lambda me: me.view["sight"] == "circle")  # walks in

    await ada.closes_sheet()
    await ada.presses("Menu: people, agreement, settings, leave")
    await ada.presses("Links")
    await ada.sees("Sari came by it")
    await ada.presses("Revoke Personal invite 1")
    await ada.presses("Press once more: who came by it goes, too Personal invite 1")
    await sari.closed.wait()
    assert sari.bye is not None and sari.bye["code"] == "revoked"
    await expect(ada.page.get_by_text("Personal invite 1")).to_have_count(0)
    with pytest.raises(TurnedAway):
        await home.person().join(url, "Sari")


async def test_a_renewed_link_shows_the_new_one_and_looking_elsewhere_takes_it_back(
    home: House, someone: Someone
) -> None:
    room, ada = await opens_links(home, someone)
    await ada.presses("Renew Participants")
    await expect(ada.button("Press once more: the old one opens nothing Participants")).to_be_visible()
    await ada.page.get_by_label("Participants", exact=True).focus()
    await expect(ada.button("Renew Participants")).to_be_visible()
    assert await ada.page.get_by_label("Participants", exact=True).input_value() == room.links["participant"]
    await ada.presses("Renew Participants")
    await ada.presses("Press once more: the old one opens nothing Participants")
    await expect(ada.page.get_by_label("Participants", exact=True)).not_to_have_value(room.links["participant"])
    with pytest.raises(TurnedAway):
        await home.waiting(room, "Budi")
    new = await ada.page.get_by_label("Participants", exact=True).input_value()
    await home.person().join(new, "Budi")


async def test_links_by_keyboard(home: House, someone: Someone) -> None:
    """A host revokes the participants' link and opens it again; every step is a key."""
    room = await home.room()
    ada = await someone("Ada", "en", "desktop")
    await ada.comes(room.links["host"])
    await ada.is_in()
    await tabs_to(ada, "Menu: people")
    await ada.page.keyboard.press("Enter")
    await tabs_to(ada, "Links")
    await ada.page.keyboard.press("Enter")
    await ada.sees("leads to the door")
    await expect(ada.page.get_by_label("Host", exact=True)).to_have_value(room.links["host"])
    await tabs_to(ada, "Revoke Participants")
    await ada.page.keyboard.press("Enter")
    await ada.hears("Press once more: it opens nothing any more")
    await expect(ada.page.locator(".btn.sure:not(.resting)")).to_have_count(1)
    await ada.page.keyboard.press("Enter")
    await ada.sees("Revoked: it opens nothing.")
    await ada.hears("Revoked. This link opens nothing any more.")
    with pytest.raises(TurnedAway):
        await home.waiting(room, "Budi")
    await tabs_to(ada, "Make a new one Participants")
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_label("Participants", exact=True)).to_be_visible()
    await home.person().join(await ada.page.get_by_label("Participants", exact=True).input_value(), "Budi")


async def test_everybody_reads_what_a_host_did_from_outside(home: House, someone: Someone) -> None:
    room = await home.room()
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti", "id")
    await siti.comes(room.links["participant"])
    await ada.do("admit", seat=await ada.until(lambda me: next(iter(me.view["waiting"]), None)))
    await siti.is_in()
    await siti.tap(siti.page.locator(".stat .linkish"))
    await siti.presses("Yang baru terjadi")
    await siti.sees("Ada membukakan pintu untuk Siti.")
    status, _ = await home.api("POST", f"/api/rooms/{room.id}/links/participant/renew", {})
    assert status == 200
    await siti.sees("Penyelenggara memperbarui sebuah tautan.")  # while the list is open
    await expect(siti.page.locator("dialog li").first).to_contain_text("Penyelenggara")  # the latest first
    eko = await home.waiting(room._replace(links=await links(home, room)), "Eko")
    await eko.accept()
    await ada.do("decline", seat=eko.seat, reason="")
    await siti.sees("Ada tidak membukakan pintu untuk seseorang.")
    assert "Eko" not in await siti.page.inner_text("body")


async def links(home: House, room: Room) -> dict[str, str]:
    """The room's own, as they are now."""
    found = (await home.api("GET", f"/api/rooms/{room.id}"))[1]["links"]
    return {kind: str(url) for kind, url in found.items()}
