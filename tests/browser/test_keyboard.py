"""Without a pointer: a whole turn, the door, the queue, the circle, the sheets. Every step is a key."""

from playwright.async_api import expect

from tests.browser.conftest import Someone
from tests.browser.visitor import Visitor
from tests.server.running import House


async def tabs_to(visitor: Visitor, name: str, key: str = "Tab", most: int = 40) -> None:
    """Tab until the control with this accessible name has the focus."""
    seen: list[str] = []
    for _ in range(most):
        await visitor.page.keyboard.press(key)
        focused = await visitor.page.locator(":focus").aria_snapshot() if await _anything_focused(visitor) else ""
        if name in focused:
            return
        seen.append(focused)
    raise AssertionError(f"{name!r} is not on the way: {seen}")


async def _anything_focused(visitor: Visitor) -> bool:
    return bool(await visitor.page.evaluate("document.activeElement !== document.body"))


async def types(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        await visitor.page.keyboard.press(key)


async def comes_by_keyboard(visitor: Visitor, link: str, into: str = "Come in") -> None:
    await visitor.opens(link)
    await tabs_to(visitor, visitor.word("join-name-label"))
    await visitor.page.keyboard.type(visitor.name)
    await types(visitor, "Enter")
    await visitor.heading(visitor.word("join-agreement-title"))
    await tabs_to(visitor, visitor.word("join-agree"))
    await types(visitor, "Enter")
    await visitor.heading(visitor.word("sound-title"))
    await tabs_to(visitor, visitor.word("sound-way-voice"))
    await types(visitor, "ArrowDown", "ArrowRight")
    await expect(visitor.page.get_by_role("radio", name=visitor.word("sound-way-silent"))).to_be_checked()
    await tabs_to(visitor, into)
    await types(visitor, "Enter")


async def test_a_whole_turn_and_its_facilitator_without_a_pointer(home: House, someone: Someone) -> None:
    room = await home.room("Lingkar Rabu", questions=["Dari mana?"])
    ada = await someone("Ada", "en", "desktop")
    siti = await someone("Siti", "en", "desktop")
    budi = await home.waiting(room, "Budi")
    await budi.accept()

    # In: focus begins at the heading of each page.
    await comes_by_keyboard(ada, room.links["facilitator"])
    await ada.large_says("Open the circle")
    await expect(ada.page.get_by_role("heading", level=1)).to_be_focused()
    await comes_by_keyboard(siti, room.links["participant"], "On to the waiting room")
    await expect(siti.page.get_by_role("heading", level=1)).to_be_focused()

    # The facilitator lets both in, one after the other: focus goes from a handled row to its neighbour.
    await ada.sees("Budi", "Siti")
    await tabs_to(ada, "Let in Budi")
    await types(ada, "Enter")
    await budi.until(lambda me: me.view["sight"] == "circle")
    await expect(ada.button("Let in Siti")).to_be_focused()
    await types(ada, "Enter")  # too soon: that key was not aimed at Siti
    assert [command["type"] for command in ada.sent].count("admit") == 1
    await types(ada, "Shift+Tab", "Tab", "Enter")
    await siti.is_in()
    await expect(siti.page.get_by_role("heading", level=1)).to_be_focused()

    # Opened with Enter on the large button; the first thing behind the heading leads there.
    await tabs_to(ada, "Open the circle", most=60)
    await types(ada, "Enter")
    await siti.large_says("Raise hand")
    await siti.page.keyboard.press("Shift+Tab")
    await expect(siti.page.locator(".skip")).to_be_focused()
    await types(siti, "Enter")
    await expect(siti.large).to_be_focused()

    # A whole turn: r raises the hand, Enter starts, Enter ends.
    await types(siti, "r")
    await siti.large_says("It’s yours: start")
    await types(siti, "Enter")
    await siti.large_says("I’m done")
    await budi.do("raise-hand")

    # Meanwhile the facilitator pauses, goes on, adds time, and calls on the next one.
    await ada.large_says("Give 1 more minute")
    await types(ada, "Enter")
    await ada.middle("of 4:00")
    await tabs_to(ada, "Pause turn")
    await types(ada, "Enter")
    await siti.middle("your turn is kept, its clock has stopped")
    await expect(ada.button("Go on")).to_be_focused()
    await types(ada, "Shift+Tab", "Tab", "Enter")
    await siti.middle("as slowly as you like")
    await siti.large_says("I’m done")
    await types(siti, "Enter")
    await siti.large_says("Raise hand")
    await expect(siti.large).to_be_focused()
    await budi.do("pass-floor", turn=await budi.until(lambda me: me.you.get("turn")))
    await ada.large_says("Raise hand")
    await expect(ada.page.locator(":focus")).to_have_count(1)

    # From the circle: End goes to the last seat, Enter opens the person's sheet, the call is one Tab and Enter away.
    await tabs_to(ada, "Ada (you), facilitator", "Shift+Tab", most=60)
    await types(ada, "ArrowRight", "Enter")
    await expect(ada.page.get_by_role("dialog")).to_have_accessible_name("Budi")
    await tabs_to(ada, "Offer Budi the turn")
    await types(ada, "Enter")
    await budi.until(lambda me: me.you.get("turn"))
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await expect(ada.page.locator(".seat:focus")).to_have_count(1)


async def test_the_circle_is_one_tab_stop_and_arrows_walk_it(home: House, someone: Someone) -> None:
    room = await home.room()
    ada = await home.leading(room, "Ada")
    others = [await home.seated(room, ada, name) for name in ("Budi", "Citra")]
    siti = await someone("Siti", "en", "desktop")
    await siti.comes(room.links["participant"])
    await ada.do("admit", seat=await ada.until(lambda me: next(iter(me.view["waiting"]), None)))
    await siti.is_in()
    await ada.do("open-meeting")
    await others[0].do("raise-hand")
    await others[0].do("accept-floor", turn=await others[0].until(lambda me: me.you.get("turn")))
    await siti.middle("Budi", "is sharing")

    await tabs_to(siti, "Siti (you)")
    focused = siti.page.locator(".seat:focus .vh")
    for key, name in (
        ("ArrowRight", "Ada, facilitator"),
        ("ArrowDown", "Budi, is sharing"),
        ("ArrowRight", "Citra"),
        ("ArrowRight", "Siti (you)"),
        ("ArrowLeft", "Citra"),
        ("Home", "Siti (you)"),
        ("End", "Budi, is sharing"),
        ("ArrowUp", "Ada, facilitator"),
    ):
        await types(siti, key)
        await expect(focused).to_have_text(name)
    await types(siti, "Tab")
    await expect(siti.page.locator(".seats :focus")).to_have_count(0)
    await types(siti, "Shift+Tab")
    await expect(focused).to_have_text("Ada, facilitator")  # where one was


async def test_a_sheet_keeps_the_focus_and_gives_it_back(home: House, someone: Someone) -> None:
    room = await home.room()
    siti = await someone("Siti", "en", "desktop")
    await comes_by_keyboard(siti, room.links["facilitator"])
    await siti.is_in()
    await tabs_to(siti, "Menu: people")
    await types(siti, "Enter")
    dialog = siti.page.get_by_role("dialog")
    await expect(dialog).to_have_accessible_name("Menu")
    for key in ["Tab"] * 15 + ["Shift+Tab"] * 18:
        await types(siti, key)
        assert await siti.page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        ), "the page behind the sheet has the focus"  # body: on its way through the browser's own bar
    await types(siti, "Escape")
    await expect(dialog).to_have_count(0)
    await expect(siti.button("Menu: people, agreement, settings, leave")).to_be_focused()

    # ? opens the list of keys; inside it the switch turns the single keys off, and they do nothing then.
    await types(siti, "?")
    await expect(dialog).to_have_accessible_name("Keyboard shortcuts")
    await tabs_to(siti, "Single-key shortcuts")
    await types(siti, " ", "Escape")
    await expect(dialog).to_have_count(0)
    await types(siti, "?", "r")
    await siti.large_says("Open the circle")
    await expect(dialog).to_have_count(0)


async def test_nothing_is_pressed_by_a_key_that_is_held(home: House, someone: Someone) -> None:
    """Enter held down through two changes of meaning presses once."""
    room = await home.room()
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti", "en", "desktop")
    await siti.comes(room.links["participant"])
    await ada.do("admit", seat=await ada.until(lambda me: next(iter(me.view["waiting"]), None)))
    await siti.is_in()
    await ada.do("open-meeting")
    await siti.large_says("Raise hand")
    await siti.large.focus()
    await siti.page.keyboard.down("Enter")
    await siti.large_says("It’s yours: start")
    for _ in range(5):
        await siti.page.keyboard.down("Enter")  # what a keyboard repeats while the key is held
    await siti.page.keyboard.up("Enter")
    await ada.do("close-queue")
    await siti.sees("It’s yours: start")
    assert [command["type"] for command in siti.sent][1:] == ["raise-hand"]
