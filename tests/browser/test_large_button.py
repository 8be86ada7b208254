"""The large button: it does what it said when the finger came down, rests when it changes, and never moves."""

from playwright.async_api import FloatRect, expect

from tests.browser.conftest import Meeting, Someone
from tests.browser.visitor import Visitor
from tests.server.running import House

TAPPED_WITH_THE_CHANGE = """
window.tapped = []
new MutationObserver(() => {
  const large = document.getElementById('large')
  large.click()
  window.tapped.push(large.dataset.means)
}).observe(document.getElementById('large'), { attributes: true, attributeFilter: ['data-means'] })
"""


async def hold(visitor: Visitor) -> None:
    """The mouse goes down in the middle of the large button, and stays down."""
    box = await place(visitor)
    await visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await visitor.page.mouse.down()


async def place(visitor: Visitor) -> FloatRect:
    box = await visitor.large.bounding_box()
    assert box is not None
    return box


async def test_a_press_sends_what_was_shown_when_it_began(home: House, someone: Someone) -> None:
    room = await home.room()
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti", size="desktop")
    await siti.comes(room.links["participant"])
    await ada.until(lambda me: any(each.get("agreed") for each in me.view["waiting"].values()))
    [seat] = ada.view["waiting"]
    await ada.do("admit", seat=seat)
    await ada.do("open-meeting")

    # "Raise hand" is held; meanwhile the floor is offered; letting go does not start a turn.
    await siti.large_says("Raise hand")
    await hold(siti)
    await ada.do("call-on", seat=seat)
    await siti.large_says("It’s yours: start")
    before = len(siti.sent)
    await siti.page.mouse.up()
    await siti.sees("Who has the turn needs no hand.")
    assert [command["type"] for command in siti.sent[before:]] == ["raise-hand"]
    await ada.until(lambda me: me.view["turns"][me.view["floor"]]["state"] == "offered")

    # "Start" is held; meanwhile the offer is taken back; letting go aims at what is gone, and nothing is said.
    await siti.large_says("It’s yours: start")
    await hold(siti)
    await ada.do("end-turn", turn=ada.view["floor"])
    await siti.large_says("Raise hand")
    before = len(siti.sent)
    await siti.page.mouse.up()
    await siti.large_says("Raise hand")
    assert [command["type"] for command in siti.sent[before:]] == ["accept-floor"]
    await expect(siti.page.locator(".refused")).to_have_count(0)
    assert not ada.view["turns"]

    # A mouse that leaves the button takes the press back.
    await hold(siti)
    await siti.page.mouse.move(5, 5)
    before = len(siti.sent)
    await siti.page.mouse.up()
    await ada.do("close-queue")
    await siti.large_says("Raise a hand about the room")
    assert siti.sent[before:] == []


async def test_a_tap_together_with_a_change_does_nothing(meeting: Meeting) -> None:
    _, [_, siti] = await meeting("Ada", "Siti")
    await siti.page.evaluate(TAPPED_WITH_THE_CHANGE)
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await siti.presses_large("I’m done")
    await siti.large_says("Raise hand")
    tapped = await siti.page.evaluate("window.tapped.map((means) => means.split(' ')[0])")
    assert {"start", "finish", "raise"} <= set(tapped)
    sent = [command["type"] for command in siti.sent]
    assert sent == ["accept-agreement", "raise-hand", "accept-floor", "finish-turn"]


async def test_two_quick_taps_ask_once(meeting: Meeting) -> None:
    _, [_, siti] = await meeting("Ada", "Siti")
    await siti.large_says("Raise hand")
    await siti.large.evaluate("(large) => { large.click(); large.click(); large.click() }")
    await siti.large_says("It’s yours: start")
    assert [command["type"] for command in siti.sent].count("raise-hand") == 1


async def test_it_stays_where_it_is_and_keeps_the_focus_through_a_whole_turn(home: House, someone: Someone) -> None:
    """On a phone and on a desktop: one node, one place, one height; the focus stays on it."""
    for size in ("phone", "desktop"):
        room = await home.room()
        ada = await home.leading(room, "Ada")
        budi = await home.seated(room, ada, "Budi")
        siti = await someone(f"Siti on a {size}", size="phone" if size == "phone" else "desktop")
        await siti.comes(room.links["participant"])
        await ada.until(lambda me: any(each.get("agreed") for each in me.view["waiting"].values()))
        await ada.do("admit", seat=next(iter(ada.view["waiting"])))
        await siti.large_says("Not begun yet")
        await siti.page.evaluate("window.first = document.getElementById('large'); window.first.focus()")
        places = [await place(siti)]

        async def still(label: str, to: Visitor = siti, seen: list[FloatRect] = places) -> None:
            await to.large_says(label)
            assert await to.page.evaluate("document.activeElement === window.first && window.first.isConnected")
            seen.append(await place(to))

        await ada.do("open-meeting")
        await still("Raise hand")
        await budi.do("raise-hand")
        await budi.do("accept-floor", turn=await budi.until(lambda me: me.you.get("turn")))
        await siti.page.keyboard.press("Enter")
        await still("Lower hand")
        await ada.do("raise-hand")
        await still("You are next")
        await ada.do("close-queue")
        await ada.do("reopen-queue")
        await budi.do("finish-turn", turn=budi.you["turn"])
        await still("It’s yours: start")
        await siti.page.keyboard.press("Enter")
        await still("I’m done")
        await ada.do("pause-turn", turn=ada.view["floor"])
        await siti.middle("your turn is kept, its clock has stopped")
        await still("I’m done")
        await siti.page.keyboard.press("Enter")
        await still("Raise hand")
        await ada.do("close-queue")
        await still("Raise a hand about the room")

        assert {(round(box["x"]), round(box["y"]), round(box["height"])) for box in places} == {
            (round(places[0]["x"]), round(places[0]["y"]), round(places[0]["height"]))
        }


async def test_the_focus_goes_to_a_neighbour_when_its_control_goes(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await ada.button("Pause turn").focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.button("Go on")).to_be_focused()
    await ada.button("End turn").focus()
    await siti.presses_large("I’m done")
    await expect(ada.button("End turn")).to_have_count(0)
    assert await ada.page.evaluate("document.activeElement.closest('.dock') !== null")


async def test_a_list_holds_still_under_a_hand(meeting: Meeting) -> None:
    """Hovered by a mouse, or focused by a keyboard, the rows stay; new ones wait and say so."""
    _, [ada, siti, budi, wulan] = await meeting("Ada", "Siti", "Budi", "Wulan")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await budi.presses_large("Raise hand")
    await ada.queue("Budi: in order")
    row = ada.page.locator(".queue-panel .rows > li").first
    await row.hover()
    before = await row.bounding_box()
    await wulan.presses_large("Raise hand")
    await ada.sees("The list holds still while you touch it. 1 new one waits below.")
    await ada.queue("Budi: in order")
    await budi.presses_large("You are next")
    await wulan.large_says("You are next")
    await ada.queue("Budi:")
    assert await row.bounding_box() == before
    await ada.page.mouse.move(640, 30)
    await ada.queue("Wulan: in order", "Budi: after the next one")

    await ada.page.keyboard.press("Tab")
    await ada.button("Move or lower: Wulan").focus()
    await wulan.presses_large("You are next")
    await budi.large_says("You are next")
    await ada.queue("Wulan:", "Budi:")
    await ada.button("Close queue").focus()
    await ada.queue("Budi: after the next one", "Wulan: after the next one")


async def test_a_row_that_went_leaves_its_place_blank(meeting: Meeting) -> None:
    """Nothing closes up under the mouse: the next tap cannot hit somebody else."""
    _, [ada, siti, budi, wulan] = await meeting("Ada", "Siti", "Budi", "Wulan")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    for person in (budi, wulan):
        await person.presses_large("Raise hand")
        await person.large_says("Lower hand")
    second = ada.page.locator(".queue-panel .rows > li").nth(1)
    await ada.queue("Budi:", "Wulan:")
    await second.hover()
    before = await second.bounding_box()
    await budi.presses("Lower hand")
    await expect(ada.page.locator(".queue-panel .rows > li").first).to_have_class("blank")
    assert await second.bounding_box() == before
    await ada.page.mouse.move(640, 30)
    await ada.queue("Wulan:")


async def test_a_list_holds_still_under_a_finger(home: House, someone: Someone) -> None:
    """While it is down, and a moment longer: then the new order is shown."""
    room = await home.room()
    ada = await someone("Ada")
    await ada.comes(room.links["facilitator"])
    await ada.presses_large("Open the circle")
    host = await home.leading(room, "Host", "host")
    budi, citra, dewi = [await home.seated(room, host, name) for name in ("Budi", "Citra", "Dewi")]
    await budi.do("raise-hand")
    await budi.do("accept-floor", turn=await budi.until(lambda me: me.you.get("turn")))
    await citra.do("raise-hand")
    await ada.queue("Citra: in order")
    row = ada.page.locator(".queue-panel .rows > li").first
    await row.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    await dewi.do("raise-hand", kind="process")
    await ada.sees("The list holds still while you touch it. 1 new one waits below.")
    await ada.queue("Citra: in order")
    await row.dispatch_event("pointerup", {"pointerType": "touch", "bubbles": True})
    await ada.queue("Dewi: about the room", "Citra: in order")
