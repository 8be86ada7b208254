"""Connections break, pages are reloaded, servers die, tabs are doubled: the seat, the place and the turn stay."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import QUICK, Meeting, Someone
from tests.browser.relay import Relay
from tests.browser.visitor import Visitor
from tests.server.running import House, Running

CUT = (r"WebSocket connection to .* failed", r"net::ERR_")  # what Chromium itself says when a line breaks


class Restartable:
    """The server behind the network; it can be killed and started again on the same data."""

    def __init__(self, data: Path, network: Relay) -> None:
        self.data, self.network = data, network
        self.start()

    def start(self) -> None:
        self.now = Running(self.data, "--public-url", self.network.url, command=QUICK)
        self.network.target = self.now.port


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, network: Relay) -> Iterator[Restartable]:
    found = Restartable(tmp_path_factory.mktemp("lingkar") / "data", network)
    yield found
    found.now.kill()


@pytest.fixture
def server(machine: Restartable) -> Running:
    return machine.now


async def offline(visitor: Visitor) -> None:
    await visitor.sees("You are offline.", "Your place and your hand are kept.")
    await visitor.middle("you are offline, this is what was seen last")
    visitor.forgives(*CUT)


async def test_a_reload_keeps_seat_place_and_name(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await siti.presses_large("Raise hand")
    await siti.large_says("Lower hand", "you are next")
    await siti.page.reload()
    await siti.large_says("Lower hand", "you are next")
    await siti.middle("Budi", "is sharing")
    await ada.queue("Siti: in order")
    await ada.sees("3 here")


async def test_a_speaker_who_reloads_goes_on_where_they_were(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await budi.middle("Siti", "is sharing")
    await siti.page.reload()
    await siti.middle("Your turn", "your turn is kept, go on when you are ready")
    await budi.middle("is back, and goes on in a moment")
    await siti.presses_large("Go on with your turn")
    await siti.large_says("I’m done")
    await budi.middle("Siti", "is sharing")
    await ada.large_says("Give 1 more minute", "for this turn of Siti’s")


async def test_a_cut_line_comes_back_by_itself(meeting: Meeting, network: Relay) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await siti.presses_large("Raise hand")
    await siti.large_says("Lower hand", "you are next")
    network.cut()
    for person in (ada, siti, budi):
        await offline(person)
    await siti.sees("Kept: 1st in the queue")
    await siti.large_says("Reconnect now", "trying by itself every few seconds")
    assert siti.sent[-1]["type"] == "raise-hand"
    await siti.presses_large("Reconnect now")  # while it cannot: else it might have come back by then
    network.heal()
    await siti.large_says("Lower hand")
    await siti.hears("You are connected again.")
    await budi.presses_large("Go on with your turn")
    await siti.middle("Budi", "is sharing")
    await ada.queue("Siti: in order")
    for person in (ada, siti, budi):
        person.forgives(*CUT)


async def test_a_line_that_swallows_everything_is_noticed(meeting: Meeting, network: Relay) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    network.swallow()
    await siti.page.get_by_text("You are offline.").wait_for(timeout=20_000)
    network.cut()
    await offline(ada)
    network.heal()
    await siti.large_says("Raise hand")
    await ada.sees("2 here")
    for person in (ada, siti):
        person.forgives(*CUT)


async def test_a_speaker_whose_line_breaks_is_waited_for(
    meeting: Meeting,
) -> None:
    """Only her line: the others see that she reconnects, and the facilitator may go on without her."""
    _, [ada, siti] = await meeting("Ada", "Siti")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await siti.context.set_offline(True)
    await siti.page.close()
    await ada.middle("Siti", "is reconnecting")
    await ada.sees("reconnecting")
    await ada.presses("End turn")
    await ada.queue("Siti: goes on with a turn")
    siti.forgives(*CUT)


async def test_a_killed_server_gives_everything_back(meeting: Meeting, machine: Restartable) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await siti.presses_large("Raise hand")
    await siti.large_says("Lower hand", "you are next")
    machine.now.kill()
    await offline(siti)
    machine.start()
    await siti.large_says("Lower hand", "you are next")
    await budi.presses_large("Go on with your turn")
    await ada.middle("Budi")
    await ada.queue("Siti: in order")
    await ada.sees("3 here")
    for person in (ada, siti, budi):
        person.forgives(*CUT)


async def test_a_doubled_tab_rests_and_can_be_brought_back(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    first = siti.page
    async with siti.context.expect_page() as opening:
        await first.evaluate("window.open(location.href)")  # what *duplicate tab* does: session storage is copied
    second = await opening.value
    await expect(first.get_by_role("heading", level=1)).to_have_text("You are here in another place now")
    await expect(second.locator("#large b")).to_have_text("Raise hand")
    await ada.sees("2 here")
    await siti.presses("Go on here")
    await siti.large_says("Raise hand")
    await expect(second.get_by_role("heading", level=1)).to_have_text("You are here in another place now")
    await ada.sees("2 here")


async def test_another_device_by_the_link_stands_at_the_door(meeting: Meeting, someone: Someone) -> None:
    """The link is the room's, not hers: it gives nobody her seat."""
    room, [ada, siti] = await meeting("Ada", "Siti")
    again = await someone("Siti")
    await again.comes(room.links["participant"])
    await again.waits_at_the_door()
    await siti.large_says("Raise hand")
    await ada.lets_in(again)
    await ada.sees("3 here")


async def test_who_was_removed_cannot_reload_back_in(meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti")
    await ada.opens_person("Siti")
    await ada.presses("Remove from the room…")
    await ada.writes("A reason, for them to read", "Please rest today.")
    await ada.presses("Remove Siti")
    await siti.heading("You are no longer in this room")
    await siti.page.reload()
    await siti.heading("You are no longer in this room")  # refused again, and told so
    await siti.comes(room.links["participant"])  # the shared link leads to the door, as for everybody
    await siti.waits_at_the_door()
    assert "Wednesday" not in await siti.page.inner_text("body")


async def test_a_closed_meeting_is_over_and_a_fresh_one_begins_at_the_door(meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti")
    await ada.presses("Menu: people, agreement, settings, leave")
    await ada.presses("Close the meeting for everyone")
    await ada.presses("Press once more: close and erase")
    for person in (ada, siti):
        await person.heading("The meeting has ended")
        assert await person.page.evaluate("[location.hash, sessionStorage.length]") == ["", 0]
    await siti.comes(room.links["participant"])
    await siti.waits_at_the_door()


@pytest.mark.parametrize(
    ("path", "heading"),
    [("#", "The link is not complete"), ("#no-such-secret-as-this-one", "This room cannot be opened")],
)
async def test_a_wrong_link_says_so_and_nothing_more(
    path: str, heading: str, home: House, someone: Someone, origin: str
) -> None:
    room = await home.room("A title that nobody outside reads")
    siti = await someone("Siti")
    await siti.opens(f"{origin}/r/{room.id}{path}")
    if len(path) > 1:
        await siti.gives_name()
    await siti.heading(heading)
    assert "title" not in await siti.page.inner_text("body")


async def test_back_and_forward_return_to_the_seat(meeting: Meeting, origin: str) -> None:
    _, [_, siti] = await meeting("Ada", "Siti")
    await siti.page.goto(f"{origin}/")
    await siti.heading("One voice at a time")
    await siti.page.go_back()
    await siti.large_says("Raise hand")
    await siti.page.go_forward()
    await siti.heading("One voice at a time")


@pytest.mark.parametrize("how", ["button", "Escape twice"])
async def test_quick_exit_leaves_no_trace(how: str, meeting: Meeting, someone: Someone, origin: str) -> None:
    room, [ada, _] = await meeting("Ada", "Siti")
    eko = await someone("Eko", "en", "desktop")
    await eko.page.goto(f"{origin}/")
    await eko.comes(room.links["participant"])
    await ada.lets_in(eko)
    await ada.sees("3 here")
    if how == "button":
        await eko.presses("Quick exit")
    else:
        await eko.page.keyboard.press("Escape")
        await eko.page.keyboard.press("Escape")
    await eko.page.wait_for_url("about:blank")
    await ada.sees("2 here")  # the seat is given back, too
    await eko.page.go_back()
    await expect(eko.page).to_have_url(f"{origin}/")  # not the room: its entry in the history is gone
    assert await eko.page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]


async def test_escape_belongs_to_an_open_sheet_first(meeting: Meeting) -> None:
    _, [ada] = await meeting("Ada", opened=False)
    await ada.presses("Menu: people, agreement, settings, leave")
    await ada.page.keyboard.press("Escape")
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await ada.page.keyboard.press("Escape")
    await ada.heading("Wednesday")


async def test_a_room_that_comes_slowly_is_shown_when_it_comes(home: House, someone: Someone) -> None:
    """Whoever is let in before the room's own scripts are there waits for them, is told, and presses nothing."""
    room = await home.room()
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti")
    comes = asyncio.Event()

    async def late(route: Route) -> None:
        await comes.wait()
        await route.continue_()

    await siti.page.route("**/js/ui/room.js", late)
    await siti.comes(room.links["participant"])
    await siti.waits_at_the_door()
    await ada.do("admit", seat=await ada.until(lambda me: next(iter(me.view["waiting"]), None)))
    await siti.heading("Come in")
    await siti.sees("This could not be fetched. Check your connection.")
    comes.set()
    await siti.is_in()
