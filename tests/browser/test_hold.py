"""The room stands still: everybody sees why, nothing is lost, and it goes on where it was."""

from playwright.async_api import expect

from tests.browser.conftest import Meeting
from tests.browser.visitor import Visitor

CUT = (r"WebSocket connection to .* failed", r"net::ERR_")


async def goes_away(visitor: Visitor) -> None:
    """Only this one's line breaks."""
    await visitor.context.set_offline(True)
    await visitor.page.close()


async def test_a_facilitator_pauses_the_room_and_lets_it_go_on(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="still")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await budi.presses_large("Raise hand")
    await ada.presses("Pause room")
    await siti.middle("The room is paused", "Your turn is kept, and your time has stopped.")
    await budi.middle("The room is paused", "Everything is kept, and goes on soon.")
    await budi.hears("The room is paused. Everything is kept.")
    await budi.large_says("Lower hand")
    await siti.large_says("I’m done", "or wait, your time has stopped")
    await ada.presses_large("Let the room go on")
    await siti.presses_large("Go on with your turn")
    await budi.middle("Siti", "is sharing")
    await budi.hears("The room goes on.")
    await ada.large_says("Give 1 more minute")


async def test_an_offer_waits_while_the_room_stands_still(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti", format="still")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start")
    await ada.presses("Pause room")
    await siti.middle("The room is paused")
    await expect(siti.page.get_by_role("button", name="It’s yours: start")).to_have_count(0)
    await ada.presses_large("Let the room go on")
    await siti.presses_large("It’s yours: start")
    await ada.middle("Siti", "is sharing")


async def test_without_a_facilitator_the_circle_is_told_and_waits(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="led")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await goes_away(ada)
    for person in (siti, budi):
        await person.middle("On hold", "The facilitator’s connection is lost. Everything is kept.")
    await budi.hears("No facilitator is here just now. Everything is kept, and goes on when one is back.")
    await budi.presses_large("Raise hand")
    ada.forgives(*CUT)


async def test_a_successor_takes_over_and_gives_it_back(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="led")
    await ada.opens_person("Siti")
    await ada.presses("Siti takes over if I am lost")
    await siti.hears("You were named to take over if the facilitators are lost.")
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await goes_away(ada)
    await siti.hears("You have taken over: you hold the order now.")
    await budi.hears("Siti has taken over and leads now.")
    await budi.middle("Your turn")
    await siti.large_says("Give 1 more minute", "for this turn of Budi’s")
    ada.forgives(*CUT)


async def test_whoever_was_named_may_say_no(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti", format="led")
    await ada.opens_person("Siti")
    await ada.presses("Siti takes over if I am lost")
    await siti.opens_person("Siti")
    await siti.sees("If the facilitators are lost, you take over")
    await siti.presses("Not me, please")
    await goes_away(ada)
    await siti.middle("On hold")
    ada.forgives(*CUT)
