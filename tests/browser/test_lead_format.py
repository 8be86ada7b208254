"""The room's format in the hands of those who lead: another one, one's own copy, and what the room will not do."""

import re
from typing import Any

from playwright.async_api import expect

from server.formats import FORMATS
from tests.browser.conftest import Someone
from tests.browser.test_keyboard import tabs_to
from tests.browser.visitor import Size, Visitor
from tests.server.person import Person
from tests.server.running import House, Room


async def leads(home: House, someone: Someone, size: Size = "phone", **plan: Any) -> tuple[Room, Visitor]:
    room = await home.room("Lingkar Rabu", **plan)
    ada = await someone("Ada", "en", size)
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    return room, ada


async def opens_format(ada: Visitor) -> None:
    if ada.size == "phone":
        await ada.presses(ada.word("agenda-tab"))
    await ada.presses(ada.word("lead-format"))
    await expect(ada.page.get_by_role("dialog")).to_have_accessible_name("The format of this room")


async def format_of(home: House, room: Room) -> dict[str, Any]:
    found: dict[str, Any] = (await home.api("GET", f"/api/rooms/{room.id}"))[1]
    return found


async def speaks(person: Person) -> str:
    await person.do("raise-hand")
    turn = str(await person.until(lambda me: me.you.get("turn")))
    await person.do("accept-floor", turn=turn)
    return turn


async def test_another_format_before_the_meeting_begins(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone)
    budi = await home.waiting(room, "Budi")
    await budi.accept()
    await ada.tab(ada.word("door-tab"))
    await ada.presses(f"{ada.word('door-admit')} Budi")
    await budi.until(lambda me: me.view["sight"] == "circle")
    await opens_format(ada)
    await ada.sees("Now: Simple", "This is the format that the room has.")
    await ada.chooses("Council")
    await ada.sees("The meeting begins with “Opening”.")
    await ada.presses("Use it from now on")
    await ada.hears("The room has its new format.")
    await ada.sees("Now: Council")
    assert (await format_of(home, room))["format"] == "council"
    names = [phase.name for phase in FORMATS["council"].phases]
    await budi.until(lambda me: [step["name"] for step in me.view.get("agenda", [])] == names)


async def test_a_copy_is_changed_while_somebody_shares(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone, "desktop")
    budi = await home.waiting(room, "Budi")
    await budi.accept()
    await ada.presses(f"{ada.word('door-admit')} Budi")
    await ada.presses_large("Open the circle")
    await speaks(budi)

    # The same phase in another way: whoever shares goes on.
    await opens_format(ada)
    await ada.presses("Copy and edit Simple")
    await ada.presses(re.compile(r"^1\. Sharing"))
    await ada.writes("Length of a turn", "0:20")
    await ada.sees("“Sharing” goes on, in the new way. Nobody loses a turn or a place.")
    await ada.presses("Use it from now on")
    await ada.hears("Something in it does not fit yet. Nothing that you typed is lost.")
    await expect(ada.page.locator(".faults")).to_be_focused()
    await expect(ada.page.get_by_label("Warning before the end")).to_have_accessible_description(
        re.compile("The warning comes before the end of a turn")
    )
    assert "own_format" not in await format_of(home, room)

    # A sheet that is closed by mistake loses nothing.
    await ada.page.keyboard.press("Escape")
    await expect(ada.page.locator("dialog")).to_have_count(0)
    await opens_format(ada)
    await ada.presses(re.compile(r"^1\. Sharing"))
    await expect(ada.page.get_by_label("Length of a turn")).to_have_value("0:20")
    await ada.writes("Length of a turn", "4")
    await ada.presses("Use it from now on")
    await ada.sees("The room has its new format.", "Now: Copy of “Simple”")
    await budi.until(lambda me: me.view["policy"]["turn"] == 240)
    assert (await format_of(home, room))["own_format"]["phases"][0]["turn"] == 240
    assert next(iter(budi.view["turns"].values()))["state"] == "speaking"

    # Without that phase somebody would lose the floor: the room says so before and after, and changes nothing.
    await ada.chooses("Council")
    await ada.sees("Somebody has the floor, or a round is on, and it would end with this: let it end first.")
    await ada.presses("Use it from now on")
    await ada.sees("Somebody would lose a turn or a place with it.")
    assert (await format_of(home, room))["format"] == "simple"
    await ada.presses("Throw my changes away")
    await ada.presses("Press once more: they are gone then")
    await ada.sees("This is the format that the room has.")


async def test_the_format_by_keyboard_and_who_may(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone, "desktop", format="discussion")
    siti = await someone("Siti", "en", "phone")
    await siti.comes(room.links["participant"])
    await ada.lets_in(siti)
    await expect(siti.button("Format…")).to_have_count(0)

    await tabs_to(ada, "Format", most=60)
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("radio", name="Discussion")).to_be_checked()
    await tabs_to(ada, "Discussion")
    await ada.page.keyboard.press("ArrowDown")
    await expect(ada.page.get_by_role("radio", name="Support circle")).to_be_checked()
    await tabs_to(ada, "Use it from now on")
    await ada.page.keyboard.press("Enter")
    await ada.hears("The room has its new format.")
    assert (await format_of(home, room))["format"] == "support-circle"
