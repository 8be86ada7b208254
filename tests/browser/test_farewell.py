"""Every way in which a page can be over: what it says, what the server still knows, and the one way on."""

import re

from playwright.async_api import expect

from tests.browser.accessible import looks
from tests.browser.conftest import Meeting, Someone
from tests.browser.relay import Relay
from tests.browser.test_returning import CUT
from tests.browser.visitor import Visitor
from tests.server.running import House

MENU = "Menu: people, agreement, settings, leave"
KNOWS = "What the server still knows"
NUMBERS = "That there was this seat in the meeting"
NAME = "The name you used here: for ten minutes at most"
NOTHING = "Nothing else about you."


async def stored(person: Visitor) -> str:
    text: str = await person.page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    return text


async def knows(person: Visitor, *sentences: str) -> list[str]:
    """Opens what the server still knows; these are among it, and the last one says that there is nothing else."""
    await person.page.get_by_text(KNOWS).click()
    items = person.page.locator(".keeps li")
    await expect(items.last).to_have_text(NOTHING)
    texts = await items.all_inner_texts()
    for sentence in sentences:
        assert any(text.startswith(sentence) for text in texts), texts
    return texts


async def removes(lead: Visitor, name: str, reason: str) -> None:
    await lead.opens_person(name)
    await lead.presses("Remove from the room…")
    await lead.writes("A reason, for them to read", reason)
    await lead.presses(f"Remove {name}")


async def test_who_was_removed_may_try_again_and_is_back_when_it_is_undone(meeting: Meeting, network: Relay) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    await removes(ada, "Siti", "Please rest today.")
    await siti.heading("You are no longer in this room")
    await siti.sees("“Please rest today.”")
    await knows(siti, NUMBERS, NAME)
    assert "#" not in siti.page.url
    assert await looks(siti.page) == []
    await siti.presses("Try again")
    await siti.sees("You have just tried: nothing has changed yet.", "“Please rest today.”")
    await siti.heading("You are no longer in this room")
    await expect(siti.page.get_by_role("heading", level=1)).to_be_focused()
    await siti.page.reload()
    await siti.heading("You are no longer in this room")
    await ada.presses(re.compile("^Undo"))
    await siti.presses("Try again")
    await siti.large_says("Raise hand")
    await ada.sees("2 here")


async def test_who_is_not_let_in_reads_why_and_what_stays(home: House, someone: Someone) -> None:
    room = await home.room()
    ada, siti = await someone("Ada", size="desktop"), await someone("Siti")
    await ada.comes(room.links["facilitator"])
    await siti.comes(room.links["participant"])
    await siti.waits_at_the_door()
    await ada.presses("Siti")
    await ada.presses("Do not let in…")
    await ada.presses("Do not let Siti in")
    await siti.heading("The door was not opened this time")
    assert NAME not in "".join(await knows(siti))
    assert await stored(siti) == "{}{}"


async def test_leaving_says_what_stays_and_erasing_that_it_is_gone(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    for person in (siti, budi):
        await person.presses("Leave")
    assert await looks(siti.page) == []
    await siti.presses("Leave the room")
    await siti.heading("You have left")
    await knows(siti, NUMBERS)
    await budi.presses("Leave and erase what the server has of me now")
    await budi.heading("You have left, and it is erased")
    assert NUMBERS not in "".join(await knows(budi))
    for person in (siti, budi):
        assert await stored(person) == "{}{}"
    await ada.sees("1 here")


async def test_leaving_without_a_network_says_that_nobody_heard_it(meeting: Meeting, network: Relay) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    network.cut()
    await siti.sees("You are offline.")
    await siti.presses("Leave")
    await siti.presses("Leave and erase what the server has of me now")
    await siti.sees("Not connected just now. This has not been sent.")
    await siti.presses("Leave the room")
    await siti.heading("You have left")
    await siti.sees("The server did not take note of it")
    assert await stored(siti) == "{}{}"
    network.heal()
    for person in (ada, siti):
        person.forgives(*CUT)


async def test_a_revoked_link_and_a_closed_meeting_say_so(meeting: Meeting, home: House) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti")
    status, _ = await home.api("DELETE", f"/api/rooms/{room.id}/links/participant")
    assert status == 204
    await siti.heading("This link is no longer in use")
    await knows(siti, NUMBERS)
    await ada.presses(MENU)
    await ada.presses("Close the meeting for everyone")
    await ada.presses("Press once more: close and erase")
    await ada.heading("The meeting has ended")
    assert NUMBERS not in "".join(await knows(ada))


async def test_whoever_comes_again_by_a_personal_invite_gets_their_seat(
    meeting: Meeting, someone: Someone, home: House
) -> None:
    room, [ada] = await meeting("Ada")
    status, link = await home.api("POST", f"/api/rooms/{room.id}/links", {"role": "participant"})
    assert status == 201
    siti, again = await someone("Siti"), await someone("Siti again", size="desktop")
    await siti.comes(link["url"])
    await siti.large_says("Raise hand")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start")
    await again.comes(link["url"])
    await again.waits_at_the_door()
    await ada.presses(re.compile("^Yes, give the seat back"))
    await again.large_says("It’s yours: start")
    await siti.heading("You are here in another place now")
    await ada.sees("2 here")


async def test_what_those_who_lead_do_about_me_is_said_with_their_name(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="still")
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await siti.presses_large("Raise hand")
    await siti.large_says("Lower hand", "you are next")
    await ada.presses_large("Give 1 more minute")
    await budi.hears("Ada gave you more time.")
    await budi.sees("Ada gave you more time.")
    await ada.opens_person("Siti")
    await ada.presses("Lower Siti’s hand")
    await siti.hears("Ada took your hand down.")
    await siti.sees("Ada took your hand down.")
    assert "Your hand is down." not in " ".join(await siti.heard())


async def test_at_the_door_of_a_full_room_one_knows_the_place_and_reads_what_is_written(
    home: House, someone: Someone
) -> None:
    room = await home.room(seats=1)
    ada = await someone("Ada", size="desktop")
    await ada.comes(room.links["facilitator"])
    people = [await someone(name) for name in ("Siti", "Budi", "Cika")]
    for person in people:
        await person.comes(room.links["participant"])
        await person.waits_at_the_door()
    siti, budi, cika = people
    await ada.lets_in(siti)
    await budi.sees("You are 1st in line")
    await cika.sees("You are 2nd in line")
    await ada.presses("Write to all who wait…")
    await ada.chooses("In my own words")
    await ada.page.get_by_role("dialog").get_by_role("textbox").fill("We begin in ten minutes.")
    await ada.presses("Send")
    for person in (budi, cika):
        await person.sees("We begin in ten minutes.")
        await person.hears("They wrote to you: We begin in ten minutes.")
    assert await looks(cika.page) == []
    await budi.presses("Leave")
    await cika.hears("You are 1st in line.")
