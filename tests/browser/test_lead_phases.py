"""An evening through its phases, as whoever leads it sees it, and what everybody is told of it."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Meeting, Someone
from tests.browser.evenings import accepts, agenda, chips, comes, evening, phase
from tests.server.running import House

EVENING = evening(
    phase("opening", order="chosen", box=300),
    phase("check-in", floor="round", box=600),
    phase("sharing", order="fair", box=2400),
    phase("silence", floor="silence", box=600, moves_on="itself"),
    phase("break", floor="break", box=600),
    phase("open-floor", floor="open", voices=2),
)


async def test_an_evening_through_its_phases(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", opened=False, format=EVENING)
    budi = await comes(home, room, ada, "Budi")
    await agenda(ada, "Opening5 min", "Check-in10 min", "Sharing40 min", "Silence10 min", "Break10 min", "Open floor")
    await expect(ada.page.locator(".lead-agenda button")).to_have_count(0)  # first the circle is opened
    await ada.presses_large("Open the circle")
    await siti.hears("The circle is open. Now: Opening.")
    await agenda(ada, ">Opening0:", "Check-in", "Sharing", "Silence", "Break", "Open floor")

    # On to a round with one tap: who is still to come, in the order of the circle, and nobody is marked.
    await ada.presses("On to: Check-in")
    await siti.hears("Now: Check-in.")
    await siti.hears("A round: everybody once, in the order of the circle. You can always pass.")
    await agenda(ada, "Opening", ">Check-in0 of 10 min", "Sharing", "Silence", "Break", "Open floor")
    await ada.large_says("It’s yours: start")
    await chips(ada, ".round", "Siti", "Budi")
    await ada.presses("Pass")
    await siti.presses_large("It’s yours: start")
    await ada.middle("Siti", "is sharing")
    await chips(ada, ".round", "Budi")
    await siti.presses_large("I’m done")
    turn = await accepts(budi)
    await chips(ada, ".round")
    await budi.do("finish-turn", turn=turn)
    await siti.hears("Once around. Whoever would still like to is asked once more.")
    await ada.large_says("It’s yours: start")  # whoever passed is asked once more
    await ada.presses("On to: Sharing")  # in a round that takes two taps: others are yet to be asked
    await ada.button("Press once more: Sharing").blur()
    await expect(ada.button("On to: Sharing")).to_have_count(1)
    await ada.presses("Leave the round")
    await ada.presses("Press once more: leave the round")
    await siti.hears("The round is complete.")
    await expect(ada.page.locator(".floor-part")).to_have_count(0)

    # To any phase with one more tap. The silence ends when whoever leads says so, and the evening moves on by itself.
    await ada.presses("Silence")
    await ada.presses("Press once more: Silence")
    await siti.hears("Silence together.")
    await siti.middle("Silence")
    await ada.presses_large("Go on now")
    await siti.hears("A break of 10 minutes.")
    await agenda(ada, "Opening", "Check-in", "Sharing", "Silence", ">Break0 of 10 min", "Open floor")

    # A break: who is back, and going on when it is time.
    await chips(ada, ".break", "You", "Siti", "Budi")
    await ada.sees("0 of 3 are back")
    await budi.do("say-ready")
    await siti.presses_large("I’m back")
    await chips(ada, ".break", "You")
    await ada.presses_large("I’m back")
    await ada.sees("3 of 3 are back", "Everybody is back.")
    await ada.presses_large("Let the room go on")
    await siti.hears("The break is over. We go on.")

    # An open floor: each voice with an end of its own, and one tap back to structure.
    await ada.presses("On to: Open floor")
    await siti.hears("Up to 2 may speak at once, and whoever likes joins in.")
    await budi.do("take-floor")
    await siti.hears("Budi joins in.")
    await siti.presses_large("Join in")
    await ada.sees("2 of 2 voices")
    await ada.presses("End Budi")
    await budi.until(lambda me: "turn" not in me.you)
    await ada.sees("1 of 2 voices", "free")
    await ada.presses("Back to: Sharing")
    await siti.hears("Your turn has ended. Thank you.")
    await siti.hears("Now: Sharing.")
    assert budi.view["turns"] == {}
    await agenda(ada, "Opening", "Check-in", ">Sharing0 of 40 min", "Silence", "Break", "Open floor")


async def test_words_for_everybody(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti", format=EVENING)
    await ada.presses("Words for everybody…")
    await ada.page.get_by_role("textbox", name="Words for everybody").fill("What gave you strength this week?")
    await ada.presses("Show to everybody")
    await siti.sees("What gave you strength this week?")
    await siti.hears("What gave you strength this week?")
    await ada.presses("Words for everybody…")
    await expect(ada.page.get_by_role("textbox")).to_have_value("What gave you strength this week?")
    await ada.presses("Back to the phase’s own words")
    await expect(siti.page.get_by_text("What gave you strength this week?")).to_have_count(0)

    # And everybody may read that it was done, and by whom.
    await siti.tap(siti.page.locator(".stat > .linkish"))
    await siti.presses("What happened lately")
    await siti.sees("Ada showed everybody other words.")


async def test_a_round_and_a_break_in_between(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", format=evening(phase("sharing")))
    budi = await comes(home, room, ada, "Budi")
    await ada.presses("Begin a round")
    await siti.hears("A round: everybody once")
    await ada.presses("Pass")
    await siti.presses_large("It’s yours: start")

    # A break over a running turn: it waits, with its time.
    await ada.presses("Silence or break…")
    await ada.sees("Siti’s turn waits meanwhile, with its time, and goes on afterwards.")
    await ada.presses("5 min Break")
    await siti.hears("A break of 5 minutes.")
    await siti.presses_large("I’m back")
    await ada.presses_large("I’m back")
    await ada.presses_large("Let the room go on")
    await siti.hears("The break is over. We go on.")
    await siti.presses_large("Go on with your turn")
    await ada.middle("Siti", "is sharing")
    await chips(ada, ".round", "Budi")
    await siti.presses_large("I’m done")
    await budi.until(lambda me: me.you.get("turn"))


async def test_the_agenda_by_keyboard_and_on_a_phone(home: House, someone: Someone) -> None:
    room = await home.room(format=EVENING)
    rani = await someone("Rani", "id", "phone")
    await rani.comes(room.links["facilitator"])
    await rani.presses_large("Buka lingkar")
    await rani.presses("Agenda")
    await agenda(rani, ">Pembukaan", "Sapa kabar", "Berbagi", "Hening", "Istirahat", "Bebas bicara")
    there = rani.page.locator(".lead-agenda").get_by_role("button", name="Berbagi")
    await there.focus()
    await rani.page.keyboard.press("Enter")
    await expect(there).to_have_text("Tekan sekali lagi: Berbagi")
    await expect(there).not_to_have_class(re.compile("resting"))
    await rani.page.keyboard.press("Enter")
    await rani.hears("Sekarang: Berbagi.")
    await agenda(rani, "Pembukaan", "Sapa kabar", ">Berbagi0 dari 40 mnt", "Hening", "Istirahat", "Bebas bicara")
    focused = await rani.page.evaluate("document.activeElement.closest('.agenda-panel') !== null")
    assert focused  # not lost with the row that was pressed
