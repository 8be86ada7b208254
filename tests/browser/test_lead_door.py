"""The door of a full room, after a removal, and with an invite that is in use; and words to those who wait."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.visitor import Visitor
from tests.server.person import TurnedAway
from tests.server.running import House, Room


async def leads(home: House, someone: Someone, **plan: Any) -> tuple[Room, Visitor]:
    room = await home.room(**plan)
    ada = await someone("Ada", "en", "desktop")
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    return room, ada


async def test_a_full_room_says_so_and_keeps_a_line(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone, seats=1)
    people = [await home.waiting(room, name) for name in ("Budi", "Tari", "Eko")]
    for person in people:
        await person.accept()
    await ada.sees("0 of 1 seats taken")
    await ada.presses("Let in Budi")
    await ada.sees("1 of 1 seats taken", "1st in line for a seat", "2nd in line for a seat")
    await expect(ada.page.locator(".door-panel .chip")).to_have_text("full")
    await ada.presses("Let in Tari")
    await ada.sees("Every seat is taken. When somebody leaves, or the host gives the room more seats, there is room.")
    assert people[1].you["line"] == 1

    # A seat becomes free: there is room, and no line any more.
    await people[0].do("leave")
    await ada.sees("0 of 1 seats taken")
    await expect(ada.page.get_by_text("in line for a seat")).to_have_count(0)
    await ada.presses("Let in Tari")
    await people[1].until(lambda me: me.view["sight"] == "circle")


async def test_words_to_one_and_to_all_who_wait(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone)
    await expect(ada.button("Write to all who wait…")).to_have_attribute("aria-disabled", "true")
    tari, eko = [await home.waiting(room, name) for name in ("Tari", "Eko")]
    await ada.sees("Tari", "Eko")
    await ada.presses("Write to all who wait…")
    await ada.chooses("We begin in a few minutes.")
    await ada.presses("Send")
    for person in (tari, eko):
        assert await person.until(lambda me: me.you.get("message")) == "We begin in a few minutes."
    await expect(ada.page.get_by_text("written: “We begin in a few minutes.”")).to_have_count(2)

    await ada.presses("Tari")
    await ada.presses("Write to Tari…")
    await ada.chooses("In my own words")
    await expect(ada.button("Write something first")).to_have_attribute("aria-disabled", "true")
    await ada.page.get_by_role("textbox", name="In my own words").fill("One moment, Tari.")
    await ada.presses("Send")
    assert await tari.until(lambda me: me.you.get("message") == "One moment, Tari.")
    assert eko.you["message"] == "We begin in a few minutes."
    await ada.sees("written: “One moment, Tari.”")


async def test_after_a_removal_the_link_is_renewed_at_the_door(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone)
    budi, tari = [await home.waiting(room, name) for name in ("Budi", "Tari")]
    for person in (budi, tari):
        await person.accept()
        await ada.presses(f"Let in {person.name}")
    await ada.opens_person("Budi")
    await ada.presses("Remove from the room…")
    await ada.writes("A reason, for them to read", "Enough.")
    await ada.presses("Remove Budi")
    await budi.closed.wait()
    again = await home.waiting(room, "Kiki")  # by the room's link: as far as the door
    await ada.sees("Kiki", "Whoever stands there now may be somebody who was removed, by another name.")
    await ada.presses("Renew the link")
    await again.closed.wait()
    assert again.bye is not None and again.bye["code"] == "revoked"
    await ada.sees("The room has another link now")
    await expect(ada.button("Renew the link")).to_have_count(0)
    with pytest.raises(TurnedAway):
        await home.waiting(room, "Kiki")
    assert not tari.closed.is_set()  # who is in, stays


async def test_a_link_that_is_renewed_at_the_door_still_expires_when_it_would_have(
    home: House, someone: Someone
) -> None:
    room, ada = await leads(home, someone)
    status, link = await home.api("POST", f"/api/rooms/{room.id}/links/participant/renew", {"hours": 5})
    assert status == 200
    budi = await home.person().join(link["url"], "Budi")
    await budi.accept()
    await ada.presses("Let in Budi")
    await ada.opens_person("Budi")
    await ada.presses("Remove from the room…")
    await ada.writes("A reason, for them to read", "Enough.")
    await ada.presses("Remove Budi")
    await ada.presses("Renew the link")
    await ada.sees("The room has another link now")
    [after] = [
        each
        for each in (await home.api("GET", f"/api/rooms/{room.id}/links"))[1]["links"]
        if each["id"] == "participant"
    ]
    assert after["url"] != link["url"]
    assert abs(after["until"] - link["until"]) < 60


async def test_an_invite_in_use_asks_whether_it_is_the_same_person(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone)
    status, made = await home.api("POST", f"/api/rooms/{room.id}/links", {"role": "participant"})
    assert status == 201
    sari = await home.person().join(made["url"], "Sari")
    await sari.accept()
    await sari.until(lambda me: me.view["sight"] == "circle")  # walks in
    other = await home.person().join(made["url"], "Sari again")
    await other.accept()
    await ada.sees("by the invite of Sari, who is here")
    await ada.presses("Sari again")
    await ada.sees("The same person?", "somebody has handed the invite on")
    await ada.presses("Yes, give the seat back")
    await expect(ada.page.locator("dialog")).to_have_count(0)
    await other.closed.wait()
    assert other.bye is not None and other.bye["code"] == "yours"
    here = await home.person().connect({"v": 1, "room": room.id, "name": "Sari again", "resume": other.bye["resume"]})
    await here.until(lambda me: me.view["sight"] == "circle")
    assert here.seat == sari.seat
    await sari.closed.wait()
    assert sari.bye is not None and sari.bye["code"] == "elsewhere"
    await expect(ada.page.locator(".door > li")).to_have_count(0)


async def test_a_locked_door_opens_to_nobody_new(home: House, someone: Someone) -> None:
    room, ada = await leads(home, someone)
    await home.waiting(room, "Tari")
    await ada.sees("Tari")
    await ada.presses("Lock the door")
    await ada.hears("The door is locked: nobody new comes to it.")
    await expect(ada.page.locator(".door-panel .chip")).to_have_text("locked")
    with pytest.raises(TurnedAway):
        await home.waiting(room, "Eko")
    await ada.presses("Unlock the door")
    await ada.hears("The door is open to newcomers again.")
    await home.waiting(room, "Eko")
    await ada.sees("Tari", "Eko")


async def test_a_host_renews_the_link_of_somebody_who_led(home: House, someone: Someone) -> None:
    room = await home.room()
    ada = await someone("Ada", "en", "desktop")
    await ada.comes(room.links["host"])
    await ada.is_in()
    rani = await home.leading(room, "Rani")
    await ada.opens_person("Rani")
    await ada.presses("Remove from the room…")
    await ada.writes("A reason, for them to read", "Enough.")
    await ada.presses("Remove Rani")
    await rani.closed.wait()
    await ada.sees("Removed from this meeting", "facilitator · just now")
    await expect(ada.button("Renew the link")).to_have_count(0)  # participants had nothing to do with it
    await ada.presses("Renew the link: Facilitators")
    await ada.sees("The room has another link now")
    with pytest.raises(TurnedAway):
        await home.waiting(room, "Rani", "facilitator")
