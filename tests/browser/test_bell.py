"""Stillness: the pause bell, a silence together, a break, and a question that stops a turn's clock."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.evenings import accepts, evening, phase
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House

KINDS = {"kinds": ["share", "question"], "responses": "inside", "question": 600, "hush": 600}


async def opened(home: House, someone: Someone, **more: object) -> tuple[Person, Person, Visitor, Visitor]:
    """Ada leads and Dimas is there, without a browser; Siti on a phone, Budi on a desktop with a keyboard."""
    room = await home.room(format=evening(phase("discussion", **KINDS | more)))
    ada = await home.leading(room, "Ada")
    dimas = await home.seated(room, ada, "Dimas")
    siti, budi = await someone("Siti"), await someone("Budi", size="desktop")
    for person in (siti, budi):
        await person.comes(room.links["participant"])
        waiting = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if who.get("agreed")])
        await ada.do("admit", seat=waiting[0])
        await person.is_in()
    await ada.do("open-meeting")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await siti.large_says("I’m done")
    return ada, dimas, siti, budi


async def test_the_bell_stops_everything_for_a_breath_and_it_goes_on_by_itself(home: House, someone: Someone) -> None:
    ada, dimas, siti, budi = await opened(home, someone, breath=4)
    turn = ada.view["floor"]
    await expect(budi.button("Bell")).to_be_visible()
    await budi.page.keyboard.press("b")
    for person in (siti, budi):
        await person.middle("Pause", "One breath, then we go on.")
    await expect(siti.page.locator(".ring.bell .arc")).to_have_count(1)
    await expect(siti.page.locator(".piece.given")).to_have_count(1)
    left = ada.view["turns"][turn]["left"]
    for person in (siti, budi):  # by itself
        await person.middle("about 30 minutes left")
    await siti.large_says("I’m done")
    assert ada.view["floor"] == turn and ada.view["turns"][turn]["ends_at"] - left > 0
    assert {act["done"] for act in dimas.view["acts"].values()} == {"admitted"}  # nobody is shown who rang
    await budi.presses("Bell")  # not again at once
    await budi.sees("The bell has just rung. In a little while again.")
    assert ada.view["turns"][turn]["state"] == "speaking"


async def test_a_silence_together_and_a_break(home: House, someone: Someone) -> None:
    ada, dimas, siti, budi = await opened(home, someone)
    await siti.presses_large("I’m done")
    await ada.do("begin-silence", seconds=3600)
    await siti.middle("Silence", "together, until the bell sounds")
    await expect(siti.page.locator(".ring .hush")).to_have_count(2)
    await ada.do("resume-room")
    await siti.middle("Nobody is speaking")

    await ada.do("begin-break", seconds=3600)
    await siti.middle("Break", "about 60 minutes left")
    await siti.large_says("I’m back", "0 of 4 are back")
    await dimas.do("say-ready")
    await siti.large_says("I’m back", "1 of 4 are back")
    await siti.presses_large("I’m back")
    await siti.middle("you are back, we wait for the others")
    await budi.sees("Who is back")
    await budi.queue("Dimas:", "Siti:")
    await budi.opens_person("Siti, is back")
    await budi.closes_sheet()
    await ada.do("resume-room")
    await siti.middle("Nobody is speaking")
    await budi.sees("No hands yet. Silence is always fine.")


async def test_a_question_inside_a_turn_stops_its_clock(home: House, someone: Someone) -> None:
    ada, dimas, siti, budi = await opened(home, someone)
    outer = ada.view["floor"]
    await dimas.do("raise-hand", kind="question")
    await siti.sees("Ask a question")
    await siti.presses("Let ask Dimas")
    inner = await accepts(dimas)
    await budi.middle("Dimas is asking", "Siti’s time stands")
    await siti.middle("Dimas is asking", "your time stands meanwhile")
    await expect(budi.page.locator(".piece.given, .piece.small")).to_have_count(2)
    await siti.large_says("I’m done", "or wait, your time has stopped")
    assert ada.view["turns"][outer]["state"] == "question"
    await dimas.do("finish-turn", turn=inner)
    await siti.middle("as slowly as you like")
    await siti.large_says("I’m done")
    await budi.middle("Siti", "is sharing")
    assert ada.view["turns"][outer]["state"] == "speaking"
    await expect(budi.page.locator(".piece")).to_have_count(1)


async def test_an_open_floor_has_room_for_so_many_voices(home: House, someone: Someone) -> None:
    room = await home.room(format=evening(phase("open-floor", floor="open", voices=2), phase("sharing")))
    ada = await home.leading(room, "Ada")
    dimas = await home.seated(room, ada, "Dimas")
    siti, budi = await someone("Siti"), await someone("Budi", size="desktop")
    for person in (siti, budi):
        await person.comes(room.links["participant"])
        waiting = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if who.get("agreed")])
        await ada.do("admit", seat=waiting[0])
        await person.is_in()
    await ada.do("open-meeting")
    await siti.middle("Open floor", "whoever likes may begin")
    await siti.presses_large("Join in")
    await siti.middle("Your turn", "1 of 2 voices")
    await dimas.do("take-floor")
    await budi.middle("Open floor", "2 of 2 voices")
    await expect(budi.page.locator(".piece.given")).to_have_count(2)
    await budi.large_says("Raise hand", "all voices are taken")
    await budi.presses_large("Raise hand")
    await siti.presses_large("I’m done")
    await budi.presses_large("It’s yours: start")  # as soon as one is free
    await budi.middle("Your turn", "2 of 2 voices")
    await ada.do("set-phase", phase="sharing")  # back to structure
    await budi.large_says("Raise hand")
    await siti.middle("Nobody is speaking")
    await expect(siti.page.locator(".state")).to_have_text(re.compile("Sharing · 2 of 2"))
