"""A council on phones: the talking piece goes around; people pass, come back, are asked once more, and pass it on."""

import re

from playwright.async_api import FloatRect, expect

from tests.browser.conftest import Someone
from tests.browser.evenings import accepts, evening, phase
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room

COUNCIL = evening(
    phase("round", floor="round", responses="none", give=True, hush=600, pause=0, rest=0, moves_on="anyone"),
    phase("closing-round", floor="round", responses="none", pause=0, box=600),
)


async def council(home: House, someone: Someone, *names: str) -> tuple[Room, Person, list[Visitor]]:
    """Ada leads without a browser and sits first, then these people in this order; not begun yet."""
    room = await home.room(format=COUNCIL)
    ada = await home.leading(room, "Ada")
    people = [await someone(name) for name in names]
    for person in people:
        await person.comes(room.links["participant"])
        waiting = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if who.get("agreed")])
        await ada.do("admit", seat=waiting[0])
        await person.is_in()
    return room, ada, people


async def passes(person: Person) -> None:
    await person.do("pass-floor", turn=await person.until(lambda me: me.you.get("turn")))


async def place(visitor: Visitor) -> FloatRect:
    box = await visitor.large.bounding_box()
    assert box is not None
    return box


async def seats(visitor: Visitor) -> dict[str, str]:
    """What is said of everybody's seat, by name."""
    words = await visitor.page.locator(".seats .seat .vh").all_inner_texts()
    return {text.split(",")[0].removesuffix(" (you)"): text for text in words}


async def test_everybody_is_asked_once_and_whoever_passed_once_more(home: House, someone: Someone) -> None:
    _, ada, [budi, siti, wulan] = await council(home, someone, "Budi", "Siti", "Wulan")
    await ada.do("open-meeting")
    await siti.large_says("Pass when it comes", "1 person before you")  # Ada is asked already, then Budi
    await siti.queue("Budi:", "You:", "Wulan:")
    await siti.sees("What do you bring into the circle?", "Round · 1 of 2", "Round · 3 to come", "In circle order")
    stood = await place(siti)

    # Ada passes: her seat looks like the seat of somebody who has had a turn
    await passes(ada)
    await budi.presses_large("It’s yours: start")
    await siti.middle("Budi", "is sharing")
    await siti.large_says("Pass when it comes", "you are next")
    assert (await seats(siti))["Ada"] == "Ada, facilitator"

    # Siti passes beforehand, with one tap; nobody sees a mark
    await siti.presses_large("Pass when it comes")
    await siti.large_says("Raise a hand about the room")
    now = await place(siti)
    assert (round(now["y"]), round(now["height"])) == (round(stood["y"]), round(stood["height"]))
    await budi.presses_large("I’m done")
    await wulan.large_says("It’s yours: start")
    found = await seats(wulan)
    assert found["Siti"] == "Siti" and found["Budi"] == "Budi"

    # Wulan would rather come later; nobody is behind her, so it comes back
    await wulan.presses("Come back to me")
    await wulan.presses_large("It’s yours: start")
    await wulan.presses_large("I’m done")

    # The second sweep, said kindly: Ada, then Siti
    await siti.sees("Once more, for whoever likes")
    await passes(ada)
    await siti.sees("Now, or a little later, or not at all: all of it is fine")
    await siti.presses("Pass")
    await siti.sees("Nobody is speaking")
    for person in (budi, siti, wulan):  # after the round, hands work as ever
        await person.large_says("Raise hand")
    assert [command["type"] for command in siti.sent] == ["accept-agreement", "pass-round", "pass-floor"]


async def test_the_piece_is_passed_to_somebody_who_is_still_to_come(home: House, someone: Someone) -> None:
    _, ada, [budi, siti, wulan] = await council(home, someone, "Budi", "Siti", "Wulan")
    await ada.do("open-meeting")
    await accepts(ada)
    await ada.do("finish-turn", turn=ada.you["turn"])
    await budi.presses_large("It’s yours: start")
    await budi.presses("Pass it on")
    await budi.unfolds()
    rows = budi.page.locator("dialog .rows strong")
    await expect(rows).to_have_text(["Siti", "Wulan"])  # not Ada, who has had her turn
    await budi.presses("Pass it on Wulan")
    await expect(budi.page.locator("dialog")).to_have_count(0)
    await expect(budi.large).to_be_focused()  # the control that opened the sheet has gone

    await wulan.presses_large("It’s yours: start")
    await siti.middle("Wulan", "is sharing")
    await siti.queue("You:")
    await wulan.presses("Silence")
    await siti.middle("Wulan", "holds a silence")
    await expect(siti.page.locator(".ring .hush")).to_have_count(1)
    await wulan.presses_large("Go on speaking")
    await wulan.presses_large("I’m done")
    await siti.large_says("It’s yours: start")  # on with whoever was passed over
    sent = [(command["type"], command.get("seat")) for command in budi.sent[1:]]
    assert [type for type, _ in sent] == ["accept-floor", "give-floor"]


async def test_a_hand_about_the_room_goes_first_and_the_agenda_leads_on(home: House, someone: Someone) -> None:
    _, ada, [budi, siti] = await council(home, someone, "Budi", "Siti")
    await ada.do("open-meeting")
    await accepts(ada)
    await siti.presses("About the room")
    await siti.queue("You: about the room", "Budi:", "You:")
    await siti.large_says("Pass when it comes")  # the hand is lowered by the tool beside it
    await ada.do("finish-turn", turn=ada.you["turn"])
    await siti.presses_large("It’s yours: start")
    await siti.presses_large("I’m done")
    await budi.large_says("It’s yours: start")

    await siti.tap(siti.page.locator(".state .linkish"))
    await siti.unfolds()
    await expect(siti.page.locator(".agenda [aria-current=step] strong")).to_have_text("Round")
    await expect(siti.page.locator(".agenda > li").nth(1)).to_contain_text("about 10 min")
    await siti.presses("Move on to: Closing round")  # everybody may, here; to the next one only, and it ends a round
    await siti.presses("Press once more: Closing round")
    await expect(siti.page.locator("dialog")).to_have_count(0)
    await siti.sees("Closing round · 2 of 2", "With what do you go home?")
    await siti.large_says("Pass when it comes")
    await siti.tap(siti.page.locator(".policy"))
    await siti.unfolds()
    await expect(siti.page.locator("dialog p")).to_have_count(4)
    await expect(siti.page.locator("dialog")).to_have_text(re.compile("Everybody is asked once, in circle order"))
