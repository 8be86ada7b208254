"""One room on the host page: its limits, its links, what it is called, its copies, its ends, its sheet of paper."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.visitor import Size, Visitor
from tests.server.person import TurnedAway
from tests.server.running import House, Room


async def hosts(home: House, someone: Someone, origin: str, size: Size = "desktop") -> Visitor:
    for old in (await home.api("GET", "/api/rooms"))[1]["rooms"]:
        await home.api("DELETE", f"/api/rooms/{old['id']}")
    host = await someone("Host", "en", size)
    await host.opens(f"{origin}/host#{home.server.token}")
    await host.heading("Host board")
    return host


async def at_room(
    home: House, someone: Someone, origin: str, size: Size = "desktop", **plan: object
) -> tuple[Room, Visitor]:
    """A host at the page of the only room, *Thursday*."""
    host = await hosts(home, someone, origin, size)
    room = await home.room("Thursday", **plan)
    await host.presses("Thursday")
    await host.heading("Thursday")
    return room, host


async def the_room(home: House) -> dict[str, object]:
    [room] = (await home.api("GET", "/api/rooms"))[1]["rooms"]
    found: dict[str, object] = room
    return found


async def test_a_room_with_a_limit_that_is_changed(home: House, someone: Someone, origin: str) -> None:
    host = await hosts(home, someone, origin)
    await host.presses("New room")
    await host.writes("Title", "Thursday")
    await host.presses("Plan meetings")
    await expect(host.page.get_by_label("First date")).to_be_focused()
    await host.presses("Without a schedule")
    await expect(host.button("Plan meetings")).to_be_focused()
    await host.writes("Seats for participants", "12")
    await host.page.get_by_label("Two agree before somebody is removed").check()
    await host.presses("Make the room")
    await host.heading("Thursday")
    await expect(
        host.page.get_by_label("Participants", exact=True)
    ).to_be_visible()  # whoever makes one wants its links
    room = await the_room(home)
    assert (room["seats"], room["two_to_remove"], room.get("schedule")) == (12, True, None)

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
    made, host = await at_room(home, someone, origin)
    ada = await home.leading(made, "Ada")
    await host.presses("Links")
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
    await expect(host.page.get_by_role("link", name="Enter the room")).to_have_count(0)
    await host.presses("Make a new one Host")
    await expect(host.page.get_by_label("Host", exact=True)).not_to_have_value(made.links["host"])
    await expect(host.page.get_by_role("link", name="Enter the room")).to_have_count(1)


async def test_a_room_is_called_something_else_and_copied(home: House, someone: Someone, origin: str) -> None:
    agreement = {"policy": "general-experience-only", "text": "We listen."}
    old: dict[str, Any] = {
        "format": "council",
        "agreement": agreement,
        "questions": ["Who told you?"],
        "seats": 7,
        "two_to_remove": True,
        "schedule": {"zone": "Asia/Jakarta", "starts": "2030-03-21T19:30", "minutes": 60, "doors": 15},
    }
    _, host = await at_room(home, someone, origin, **old)
    await host.presses("Title and questions")
    title = host.page.get_by_label("Title", exact=True)
    await title.fill("\u200b")
    await host.presses("Save")
    await host.hears("Title: 1 to 80 visible characters.")
    host.forgives("the server responded with a status of 400")
    await expect(title).to_be_focused()
    await title.fill("Friday")
    await host.writes("Question 2", "How are you?")
    await host.presses("Save")
    await host.heading("Friday")

    await host.presses("Make a copy")
    await host.heading("Make a copy")
    await expect(title).to_have_value("Friday (copy)")
    await expect(host.page.get_by_role("radio", name="Council", exact=True)).to_be_checked()
    await host.page.go_back()
    await host.heading("Friday")  # nothing was made
    await host.presses("Make a copy")
    await expect(host.page.get_by_label("First date")).to_have_value("2030-03-21")
    await host.writes("Length, in minutes", "1")
    await host.presses("Make the room")
    await host.hears("Length, in minutes: too much or too little.")
    await expect(host.page.get_by_label("Length, in minutes")).to_be_focused()
    host.forgives("the server responded with a status of 400")
    await host.writes("Length, in minutes", "60")
    await host.presses("Make the room")
    await host.heading("Friday (copy)")
    await host.sees("not begun")
    first, second = (await home.api("GET", "/api/rooms"))[1]["rooms"]
    same = ("format", "agreement", "questions", "seats", "two_to_remove", "schedule")
    assert [first[field] for field in same] == [second[field] for field in same]
    assert second["questions"] == ["Who told you?", "How are you?"]
    assert (first["title"], second["title"]) == ("Friday", "Friday (copy)")
    assert host.page.url == f"{origin}/host"  # which room it is, is in no address
    await host.page.go_back()
    await host.heading("Friday")  # past the form


async def test_two_presses_close_a_meeting_and_two_delete_a_room(home: House, someone: Someone, origin: str) -> None:
    made, host = await at_room(home, someone, origin)
    ada = await home.leading(made, "Ada")
    await host.sees("Leads now: Ada")
    await host.presses("Close the meeting")
    await host.sees("Everyone in it is told goodbye, and everything of the meeting is erased.")
    await expect(host.button("Cancel")).to_be_focused()
    await host.presses("Cancel")
    await expect(host.button("Close the meeting")).to_be_focused()
    assert not ada.closed.is_set()
    await host.presses("Close the meeting")
    await host.presses("Close the meeting for everyone")
    await ada.closed.wait()
    assert ada.bye is not None and ada.bye["code"] == "closed"
    await host.hears("The meeting in “Thursday” has been closed.")
    await host.sees("Nobody leads now.")
    await host.presses("Delete the room")
    await host.presses("Delete the room for good")
    await host.heading("Host board")
    await host.hears("The room “Thursday” has been deleted.")
    await host.sees("No rooms yet")

    # What another host page does while this one looks.
    other = await home.room("Friday")
    await host.presses("Friday")
    await home.api("DELETE", f"/api/rooms/{other.id}")
    await host.heading("That room is no longer there.")
    await expect(host.page.get_by_role("heading", level=1)).to_be_focused()
    await host.presses("All rooms")
    await host.sees("No rooms yet")


async def test_a_sheet_of_paper_has_the_link_only_while_it_is_printed(
    home: House, someone: Someone, origin: str
) -> None:
    made, host = await at_room(home, someone, origin)
    page = host.page
    await page.evaluate(
        "() => { window.print = () => { window.asked = (window.asked ?? 0) + 1 } }"
    )  # the browser's own
    await host.presses("Sheet to print")
    await page.get_by_label("With the room’s title").uncheck()
    await host.presses("Print")
    await page.wait_for_function("() => window.asked === 1")
    paper = page.locator("#paper")
    await expect(paper).to_be_hidden()
    await page.emulate_media(media="print")
    await expect(paper.get_by_text(made.links["participant"])).to_be_visible()
    await expect(paper.get_by_role("img", name="The link for a camera")).to_be_visible()
    await expect(paper.get_by_text("Cara masuk")).to_be_visible()
    await expect(paper.get_by_text("How to come in")).to_be_visible()
    await expect(paper.get_by_text("Thursday")).to_have_count(0)
    await expect(page.locator("#page")).to_be_hidden()
    await page.emulate_media(media="screen")
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await expect(paper).to_have_count(0)

    # Whose link is revoked has no sheet, and the others have.
    await home.room("Friday")
    await home.api("DELETE", f"/api/rooms/{made.id}/links/participant")
    await host.presses("All rooms")
    await host.sees("Friday")
    await expect(host.button("Thursday")).to_be_focused()
    await host.presses("Print the links")
    await host.presses("Print")
    await host.sees("1 room has no open link for participants and was left out.")
    await page.wait_for_function("() => window.asked === 2")
    await expect(paper.locator(".paper h1")).to_have_text(["Friday"])
