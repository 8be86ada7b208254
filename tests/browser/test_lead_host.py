"""The host page: a room with a limit, its links, and its end of them."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.visitor import Size, Visitor
from tests.server.person import TurnedAway
from tests.server.running import House


async def hosts(home: House, someone: Someone, origin: str, size: Size = "desktop") -> Visitor:
    for old in (await home.api("GET", "/api/rooms"))[1]["rooms"]:
        await home.api("DELETE", f"/api/rooms/{old['id']}")
    host = await someone("Host", "en", size)
    await host.opens(f"{origin}/host#{home.server.token}")
    await host.heading("Your rooms")
    return host


async def the_room(home: House) -> dict[str, object]:
    [room] = (await home.api("GET", "/api/rooms"))[1]["rooms"]
    found: dict[str, object] = room
    return found


async def test_a_room_with_a_limit_that_is_changed(home: House, someone: Someone, origin: str) -> None:
    host = await hosts(home, someone, origin)
    await host.presses("New room")
    await host.writes("Title", "Thursday")
    await host.writes("Seats for participants", "12")
    await host.page.get_by_label("Two agree before somebody is removed").check()
    await host.presses("Make the room")
    await host.sees("Thursday")
    room = await the_room(home)
    assert (room["seats"], room["two_to_remove"]) == (12, True)

    await host.presses("Limits")
    await expect(host.page.get_by_label("Seats for participants")).to_have_value("12")
    await expect(host.page.get_by_label("Two agree before somebody is removed")).to_be_checked()
    await host.writes("Seats for participants", "")
    await host.page.get_by_label("Two agree before somebody is removed").uncheck()
    await host.presses("Save")
    await host.sees("Saved.")
    room = await the_room(home)
    assert (room["seats"], room["two_to_remove"]) == (0, False)


async def test_links_are_made_renewed_and_revoked(home: House, someone: Someone, origin: str) -> None:
    host = await hosts(home, someone, origin)
    made = await home.room("Thursday")
    ada = await home.leading(made, "Ada")
    await host.sees("Thursday")
    await host.presses("Show links")
    await expect(host.page.get_by_label("Participants", exact=True)).to_have_value(made.links["participant"])

    await host.page.get_by_label("A new link opens the room").select_option(label="for a week")
    await host.sees("goes straight in · 1 person came by it")  # numbers, and not whose an invite is
    await host.presses("Invite a facilitator")
    await host.sees("Personal invite 1, facilitator", "New: give it to one person")
    await expect(host.page.locator(".link.made")).to_contain_text(re.compile(r"until \w+"))
    rani = await home.person().join(await host.page.get_by_label("Personal invite 1").input_value(), "Rani")
    await rani.accept()
    await rani.until(lambda me: me.view["sight"] == "lead")

    await host.presses("Renew Participants")
    await host.presses("Press once more: the old one opens nothing Participants")
    await expect(host.page.get_by_label("Participants", exact=True)).not_to_have_value(made.links["participant"])
    await host.hears("Renewed. The old link opens nothing any more.")
    with pytest.raises(TurnedAway):
        await home.waiting(made, "Budi")

    await host.presses("Revoke Personal invite 1, facilitator")
    await host.presses("Press once more: whoever came by it goes, too Personal invite 1, facilitator")
    await rani.closed.wait()
    assert rani.bye is not None and rani.bye["code"] == "revoked"
    await expect(host.page.get_by_text("Personal invite 1")).to_have_count(0)
    assert not ada.closed.is_set()

    # A link of the room that is revoked opens it again when it is renewed; without the host's there is no way in.
    await host.presses("Revoke Host")
    await host.presses("Press once more: it opens nothing any more Host")
    await host.sees("Revoked: it opens nothing.")
    await expect(host.page.get_by_role("link", name="Go in")).to_have_count(0)
    await host.presses("Make a new one Host")
    await expect(host.page.get_by_label("Host", exact=True)).not_to_have_value(made.links["host"])
    await expect(host.page.get_by_role("link", name="Go in")).to_have_count(1)
