"""Places for help: on every page and in every state, with and without a network; and what stays afterwards."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Request, expect

from tests.browser.accessible import looks
from tests.browser.conftest import QUICK, Meeting, Someone
from tests.browser.keeping import NOTHING_LEFT, kept, takes_in, until
from tests.browser.relay import Relay
from tests.browser.test_returning import CUT
from tests.browser.visitor import Visitor
from tests.server.running import House, Running, running

SIGNPOSTS = Path(__file__).resolve().parents[2] / "docs" / "hosting" / "signposts.toml"  # placeholders only
MENU = "Menu: people, agreement, settings, leave"
LISTENS = "Example: a line that listens"
CHECKED = "Last checked on 1 November 2026."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, network: Relay) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("lingkar") / "data"
    flags = ("--public-url", network.url, "--signposts", str(SIGNPOSTS))
    with running(data, *flags, command=QUICK) as found:
        network.target = found.port
        yield found


async def reads(person: Visitor, *, menu: bool = False) -> None:
    """Opens help, finds the list in it, and comes back by Escape; once only closes the sheet."""
    if menu:
        await person.presses(MENU)
    way = person.button("Help").first
    await person.tap(way)
    await person.unfolds()
    await person.sees(LISTENS, CHECKED)
    await expect(person.page.get_by_role("dialog").get_by_role("heading", name="Help")).to_be_focused()
    assert await person.page.title() == "Lingkar"
    await person.page.keyboard.press("Escape")
    await expect(person.page.get_by_role("dialog")).to_have_count(0)
    if not menu:
        await expect(way).to_be_focused()


async def test_help_is_within_reach_everywhere_and_asks_nothing_that_names_a_room(
    home: House, someone: Someone, origin: str
) -> None:
    room = await home.room(format="still")
    ada, siti = await someone("Ada", size="desktop"), await someone("Siti")
    asked: list[Request] = []
    siti.context.on("request", lambda request: asked.append(request) if "signposts" in request.url else None)
    await siti.page.route("**/signposts.json", lambda route: route.abort())
    await siti.opens(f"{origin}/")
    await siti.presses("Help")
    await siti.sees("The list could not be fetched.", "If you need somebody now")
    await siti.page.unroute("**/signposts.json")
    await siti.presses("Try again")
    await siti.sees(LISTENS)
    for path in ("/", "/r/a/b"):  # the front page; an error
        await siti.opens(f"{origin}{path}")
        await reads(siti)
    siti.forgives("404", "ERR_FAILED")
    await siti.opens(room.links["participant"])
    await reads(siti)
    await siti.page.keyboard.press("Tab")
    await siti.gives_name()
    await siti.reads_and_agrees()
    await reads(siti)
    await siti.chooses(siti.word("sound-way-silent"))
    await siti.goes_in()
    await siti.waits_at_the_door()
    await reads(siti)

    await siti.tap(siti.button("Help"))
    await siti.unfolds()
    ways = {
        name: await siti.page.get_by_role("link", name=name).evaluate(
            "(a) => [a.getAttribute('href'), a.rel, a.target]"
        )
        for name in ("Call +00 000 0000", "Send a text message to +00 000 0001", "Open help.example.org")
    }
    assert list(ways.values()) == [
        ["tel:+000000000", "noreferrer noopener", ""],
        ["sms:+000000001", "noreferrer noopener", ""],
        ["https://help.example.org/", "noreferrer noopener", "_blank"],
    ]
    assert await looks(siti.page) == []
    await ada.comes(room.links["facilitator"])
    await ada.is_in()
    await ada.presses("Let in Siti")
    await siti.is_in()
    await siti.sees(LISTENS)  # nobody takes it away while it is read
    await siti.closes_sheet()

    await reads(siti, menu=True)
    await ada.presses_large("Open the circle")
    await ada.presses("Pause room")
    await siti.middle("The room is paused")
    await reads(siti, menu=True)
    await siti.presses(MENU)
    await siti.presses("Leave the room")
    await siti.presses(re.compile("^Leave the room"))
    await siti.heading("You have left")
    await reads(siti)
    assert {request.url for request in asked} == {f"{origin}/signposts.json"}
    for request in asked:
        assert (await request.all_headers()).get("referer", "") == ""


async def test_without_a_network_there_is_help_in_the_room_and_on_a_kind_page(
    meeting: Meeting, network: Relay, origin: str
) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti", format="still")
    await takes_in(siti)
    paths = await kept(siti)
    assert {"/offline", "/signposts.json"} <= set(paths)
    assert [path for path in paths if not re.match(r"/offline$|/signposts\.json$|/a/[0-9a-f]{16}/", path)] == []
    network.cut()
    await siti.sees("You are offline.")
    await reads(siti, menu=True)  # neither the menu nor help was ever open
    assert await siti.page.evaluate("fetch('/api/rooms').then(() => 'answered', () => 'failed')") == "failed"
    link = siti.page.url
    await siti.page.reload()
    await siti.heading("There is no network just now")
    assert (siti.page.url, await siti.page.title()) == (link, "Lingkar")
    assert await looks(siti.page) == []
    await reads(siti)
    await siti.presses("Indonesia")
    await siti.heading("Sedang tidak ada jaringan")
    await siti.presses("English")
    network.heal()
    await siti.presses("Try again")
    await siti.large_says("Raise hand")
    assert sorted(await kept(siti)) == sorted(paths)  # no page of the room has come to it
    for person in (ada, siti):
        person.forgives(*CUT, "Failed to load resource", "Failed to fetch")


async def test_quick_exit_takes_what_was_kept_along(someone: Someone, home: House, origin: str) -> None:
    """From each page: *back* leads to the one before it, never to the page itself, and nothing is stored any more."""
    room = await home.room()
    person = await someone("Siti")
    for path, by_button in (
        ("/", True),
        ("/host#no-such-code", False),
        ("/nowhere", True),
        (f"/r/{room.id}#no-such-secret", False),
        (f"/r/{room.id}", True),
    ):
        await person.opens(f"{origin}/healthz")
        await person.opens(origin + path)
        await person.presses("Indonesia")
        assert await person.page.title() == "Lingkar"
        await takes_in(person)
        if by_button:
            leaves = person.button("Keluar cepat")
            box = await leaves.bounding_box()
            assert box is not None
            assert (box["height"] >= 44, box["y"] < 60, box["x"] + box["width"] > 370) == (True, True, True)
            await person.tap(leaves)
        else:
            await person.page.keyboard.press("Escape")
            await person.page.keyboard.press("Escape")
        await person.page.wait_for_url("about:blank")
        assert await person.page.title() == ""
        await person.page.go_back()
        await expect(person.page).to_have_url(f"{origin}/healthz")
        await until(person.page, NOTHING_LEFT)
    person.forgives("404", "401")
