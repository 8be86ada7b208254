"""The order of the queue as those who lead hold it: every place says why, it can change, nobody falls out of it."""

from playwright.async_api import expect

from tests.browser.conftest import Meeting
from tests.browser.evenings import chips, comes, evening, phase, starts
from tests.server.person import Person
from tests.server.running import House


async def speaks(person: Person, **hand: object) -> None:
    """A whole turn."""
    turn = await starts(person, **hand)
    await person.do("finish-turn", turn=turn)
    await person.until(lambda me: "turn" not in me.you)


async def test_a_fair_evening(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", format=evening(phase("sharing", order="fair"), phase("after")))
    budi, wulan, dimas, eko = [await comes(home, room, ada, name) for name in ("Budi", "Wulan", "Dimas", "Eko")]
    await chips(ada, ".not-spoken", "Siti", "Budi", "Wulan", "Dimas", "Eko")
    await speaks(budi)
    await speaks(wulan)
    await speaks(wulan)
    turn = await starts(dimas)
    await siti.hears("Dimas is sharing.")
    await chips(ada, ".not-spoken", "Siti", "Eko")

    # Hands come in the worst order; each stands where the fair order puts it, and says why.
    await wulan.do("raise-hand")
    await budi.do("raise-hand")
    await eko.do("raise-hand")
    await siti.presses_large("Raise hand")
    await ada.queue("Eko: not spoken yet", "Siti: not spoken yet", "Budi: 1 turn", "Wulan: 2 turns")
    await chips(ada, ".not-spoken")
    await siti.large_says("Lower hand", "you are 2nd")
    await siti.hears("Your hand is up. You are 2nd.")

    # A place that somebody chose is said to be that, and stays.
    await ada.presses("Next Budi")
    await ada.queue("Budi: called by a facilitator", "Eko: not spoken yet", "Siti: not spoken yet", "Wulan: 2 turns")

    # Another order: said to everybody in one sentence, explained where it stands, and all are still there.
    await ada.presses("Order of the queue: Fair order")
    await expect(ada.page.locator(".orders > [aria-current=true] strong")).to_have_text("Fair order")
    await ada.presses("Choose First come, first served")
    await expect(ada.page.locator("dialog")).to_have_count(0)
    await siti.hears("The queue is now in the order in which hands were raised.")
    await ada.queue("Budi: called by a facilitator", "Wulan: in order", "Eko: in order", "Siti: in order")
    await siti.large_says("Lower hand", "you are 4th")

    # The hand of who leads: nothing is offered by itself, the row offers it.
    await ada.presses("Order of the queue: First come, first served")
    await ada.presses("Choose Those who lead choose")
    await dimas.do("finish-turn", turn=turn)
    await dimas.until(lambda me: me.view["turns"] == {} or me.view["floor"] != turn)
    called = await budi.until(lambda me: me.you.get("turn"))  # who was called is offered it all the same
    await budi.do("pass-floor", turn=called)
    await ada.large_says("Offer to Wulan", "waits to be chosen")
    assert not any(person.view["turns"] for person in (eko, wulan))
    await ada.presses("Offer Eko")
    turn = await eko.until(lambda me: me.you.get("turn"))
    await eko.do("accept-floor", turn=turn)
    await ada.queue("Wulan: waits to be chosen", "Siti: waits to be chosen")

    # Another phase: its own order again.
    await ada.presses("On to: After")
    await ada.queue("Wulan: in order", "Siti: in order")
    await expect(ada.button("Order of the queue: First come, first served")).to_be_visible()


async def test_a_closed_queue_still_says_its_order(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti", format=evening(phase("sharing", order="circle")))
    await ada.presses("Close queue")
    await expect(ada.page.locator(".queue-panel .head .chip")).to_have_text("Closed for now")
    await expect(ada.button("Order of the queue: As people sit")).to_be_visible()
    await siti.hears("The queue is closed for now.")


async def test_who_leads_asks_somebody_who_has_not_spoken(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", format=evening(phase("sharing", order="chosen")))
    budi = await comes(home, room, ada, "Budi")
    await chips(ada, ".not-spoken", "Siti", "Budi")
    await ada.tap(ada.page.locator(".not-spoken").get_by_role("button", name="Budi"))
    await ada.presses("Raise a hand for Budi")
    await ada.queue("Budi: waits to be chosen")
    await chips(ada, ".not-spoken", "Siti")
    await ada.tap(ada.page.locator(".not-spoken").get_by_role("button", name="Siti"))
    await ada.presses("Offer Siti the turn")
    await siti.presses("Pass")  # nobody marks that
    await chips(ada, ".not-spoken", "Siti")
    assert "pass" not in (await ada.page.inner_text(".right-side")).lower()
    await ada.presses_large("Offer to Budi")
    await budi.until(lambda me: me.you.get("turn"))
