"""The choice of sound on the way in, at any time after it, and what the large button makes of it."""

from playwright.async_api import expect

from tests.browser.conftest import Meeting, Someone
from tests.browser.visitor import Visitor
from tests.server.running import House

MEANINGS = """
window.meanings = []
const large = document.getElementById('large')
const note = () => window.meanings.push(large.dataset.means.split(' ')[0])
note()
new MutationObserver(note).observe(large, { attributes: true, attributeFilter: ['data-means'] })
"""


def sent(visitor: Visitor) -> list[str]:
    return [command["type"] for command in visitor.sent]


async def test_the_agreement_is_sent_by_the_tap_that_leaves_the_choice(home: House, someone: Someone) -> None:
    room = await home.room()
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti")
    await siti.opens(room.links["participant"])
    await siti.gives_name()
    await siti.reads_and_agrees()
    await siti.heading("How would you like to be here?")
    await expect(siti.page.get_by_role("heading", level=1)).to_be_focused()
    await siti.presses("Back to the agreement")
    await siti.heading("Our agreement")
    await siti.reads_and_agrees()
    await siti.heading("How would you like to be here?")
    assert sent(siti) == []

    # Let in meanwhile: nobody is in before the choice is made; then the button leads straight there.
    [seat] = await ada.until(lambda me: list(me.view["waiting"]))
    assert not ada.view["waiting"][seat].get("agreed")
    await ada.do("admit", seat=seat)
    await siti.chooses("Just listening")
    await siti.presses("Come in")
    await siti.is_in()
    assert sent(siti) == ["accept-agreement"]
    await ada.until(lambda me: me.view["people"].get(seat, {}).get("hears"))
    await siti.sees("You are listening")

    # A reload asks nothing again.
    await siti.page.reload()
    await siti.is_in()
    await ada.until(lambda me: me.view["people"][seat].get("hears"))
    await siti.presses("Menu: people, agreement, settings, leave")
    await siti.presses("Sound")
    await expect(siti.page.get_by_role("radio", name="Just listening")).to_be_checked()
    assert sent(siti) == ["accept-agreement"]


async def test_an_agreement_that_changed_is_read_once_more(home: House, someone: Someone) -> None:
    """No room changes its agreement yet; what the page would make of the server's answer is."""
    room = await home.room()
    siti = await someone("Siti")
    await siti.opens(room.links["participant"])
    await siti.gives_name()
    await siti.reads_and_agrees()
    await siti.page.evaluate(
        """async () => {
          const main = document.querySelector('script[type=module]').src
          const { consent } = await import(main.replace('main.js', 'ui/join-sound.js'))
          consent.value = -1
        }"""
    )
    await siti.heading("Our agreement")
    await siti.sees("The agreement has changed meanwhile. Please read it once more.")
    await siti.agrees()
    await siti.waits_at_the_door()


async def test_the_way_is_changed_at_any_time_and_kept(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    await siti.presses("You are here without sound")
    await siti.chooses("Just listening")
    await siti.presses("Done")
    await siti.sees("You are listening")
    await ada.presses("2 here")
    await ada.sees("1 of 2 hear whoever speaks")
    await ada.closes_sheet()

    # Closed without *Done*: nothing has changed.
    await siti.presses("You are listening")
    await siti.chooses("Without sound")
    await siti.closes_sheet()
    await siti.sees("You are listening")

    # Offered a turn: the button is honest, and the way to a microphone stands above it.
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start", "no microphone: nobody hears you")
    await siti.presses("Use a microphone")
    await siti.chooses("With my voice")
    await siti.presses("Done")
    await siti.large_says("It’s yours: start", "microphone opens, nobody hears")
    await siti.sees("Take the time you need")


async def test_a_turn_with_a_microphone_moves_nothing_and_means_what_it_says(home: House, someone: Someone) -> None:
    for size in ("phone", "desktop"):
        room = await home.room(format="still")
        ada = await home.leading(room, "Ada")
        siti = await someone(f"Siti on a {size}", size="phone" if size == "phone" else "desktop")
        await siti.context.grant_permissions(["microphone"])
        await siti.comes(room.links["participant"], "voice")
        [seat] = await ada.until(lambda me: list(me.view["waiting"]))
        await ada.do("admit", seat=seat)
        await ada.do("open-meeting")
        await ada.until(lambda me: any(each.get("hears") for each in me.view["people"].values()))
        await siti.large_says("Raise hand")
        places = [await siti.large.bounding_box()]
        await siti.page.evaluate(MEANINGS)
        await siti.presses_large("Raise hand")
        await siti.large_says("It’s yours: start")
        places.append(await siti.large.bounding_box())
        await siti.presses_large("It’s yours: start")
        await siti.large_says("I’m done")
        await expect(siti.page.locator(".live")).to_have_text("Your microphone is open")
        await siti.hears("! Your microphone is open, nobody hears yet.")
        await expect(siti.page.locator(".seat.you .voice:not([data-step='0'])")).to_have_count(1)  # it beeps
        places.append(await siti.large.bounding_box())
        await ada.do("pause-turn", turn=ada.view["floor"])
        await siti.sees("Your microphone is closed")
        await siti.hears("! Your microphone is closed.")
        await ada.do("resume-turn", turn=ada.view["floor"])
        await siti.large_says("Open the microphone again")
        places.append(await siti.large.bounding_box())
        await siti.presses_large("Open the microphone again")
        await expect(siti.page.locator(".live")).to_be_visible()
        await siti.presses_large("I’m done")
        await siti.large_says("Raise hand")
        await siti.sees("Your microphone is closed")
        places.append(await siti.large.bounding_box())

        assert {(round(box["x"]), round(box["y"]), round(box["height"])) for box in places if box} == {
            (round(box["x"]), round(box["y"]), round(box["height"])) for box in places[:1] if box
        }
        means = await siti.page.evaluate("window.meanings")
        assert means == ["raise", "lower", "start", "finish", "microphone", "finish", "raise"] or means == [
            "raise", "start", "finish", "microphone", "finish", "raise",
        ]  # fmt: skip


async def test_a_start_that_is_refused_lets_the_microphone_go(home: House, someone: Someone) -> None:
    room = await home.room(format="still")
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti", size="desktop")
    await siti.context.grant_permissions(["microphone"])
    await siti.comes(room.links["participant"], "voice")
    [seat] = await ada.until(lambda me: list(me.view["waiting"]))
    await ada.do("admit", seat=seat)
    await ada.do("open-meeting")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start")
    box = await siti.large.bounding_box()
    assert box is not None
    await siti.page.mouse.move(box["x"] + 60, box["y"] + 20)
    await siti.page.mouse.down()
    await ada.do("end-turn", turn=ada.view["floor"])
    await siti.large_says("Lower hand")
    await siti.page.mouse.up()
    await siti.sees("Your microphone is closed")
    await expect(siti.page.locator(".live")).to_have_count(0)
    assert not any("microphone" in line for line in await siti.heard())
