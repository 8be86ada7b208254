"""Formats on the host page: picked, copied and changed, refused without a loss, kept as a file and read from one."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.async_api import expect

from protocol.formats import Format, Phase
from rooms import fitting
from rooms import format as formats
from rooms.format import read
from server.formats import FORMATS, TEXTS
from tests.browser.conftest import Someone
from tests.browser.evenings import starts
from tests.browser.test_keyboard import tabs_to
from tests.browser.test_lead_host import hosts, the_room
from tests.browser.test_words import words
from tests.browser.visitor import Visitor
from tests.server.running import House

EDITOR = Path(__file__).parent / "js" / "formats.mjs"
ODD = Format(
    name="odd",
    title='Say "A\\B" 🌙',
    phases=(Phase(name="a", prompt="What is 'here'?", turn=90.5, kinds=()), Phase(name="b", bell=False, consent=75)),
)


def edited(*every: Format) -> dict[str, Any]:
    """What the page's own modules make of them."""
    done = subprocess.run(
        ["node", str(EDITOR)], input=msgspec.json.encode(every), capture_output=True, timeout=30, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# The page's own modules, against the server's


def test_the_page_knows_every_value_of_a_phase() -> None:
    found = edited()
    whole = {field: getattr(Phase(), field) for field in Phase.__struct_fields__}
    assert found["defaults"] == json.loads(msgspec.json.encode(whole))
    assert set(found["fields"]) - {"asked"} == set(Phase.__struct_fields__)  # every one can be reached


def test_a_copy_that_nobody_changed_is_the_same_format() -> None:
    every = [*FORMATS.values(), ODD]
    found = edited(*every)
    assert found["unread"] == []
    assert [msgspec.convert(each, Format) for each in found["sent"]] == every
    assert [read(text) for text in found["toml"]] == every


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_format_and_phase_of_the_server_has_words(language: str) -> None:
    known = words(language)
    assert [name for name in FORMATS if not {f"format-{name}", f"format-{name}-text"} <= known.keys()] == []
    phases = {phase.name for each in FORMATS.values() for phase in each.phases}
    assert [name for name in phases if f"phase-{name}" not in known] == []


def test_whatever_the_server_finds_wrong_is_said_in_the_readers_language() -> None:
    sources = [Path(module.__file__ or "").read_text() for module in (formats, fitting)]
    code = re.compile(r'(?:Fault\(.*?|yield "\w+"), "([a-z-]+)"')
    codes = {found for text in sources for found in code.findall(text)}
    assert {"syntax", "range", "hidden", "same-name", "consent-late", "unknown-field"} <= codes
    assert [code for code in sorted(codes) if f"edit-wrong-{code}" not in words("en")] == []


# In a browser


async def new_room(home: House, someone: Someone, origin: str, size: Any = "phone") -> Visitor:
    """The form for a new room; it has a title already."""
    host = await hosts(home, someone, origin, size)
    await host.presses("New room")
    await host.writes("Title", "Thursday")
    await expect(host.page.get_by_role("radio", name="Simple")).to_be_checked()
    return host


REFUSED = "the server responded with a status of 400"  # a browser complains of what the page explains


async def unfolds(host: Visitor, phase: str) -> None:
    await host.presses(re.compile(rf"^\d+\. {phase}\b"))


async def test_a_format_is_picked(home: House, someone: Someone, origin: str) -> None:
    host = await new_room(home, someone, origin)
    card = host.page.get_by_role("radio", name="Council", exact=True)
    await expect(card).to_have_accessible_description(re.compile(r"talking piece.*about \d+ minutes.*Round 50 min"))
    await host.chooses("Council")
    await host.presses("Make the room")
    await host.sees("Thursday", "Council")
    room = await the_room(home)
    assert room["format"] == "council"
    assert "own_format" not in room

    await host.presses("Format")
    await expect(host.page.get_by_role("radio", name="Council")).to_be_checked()
    await host.chooses("Open floor")
    await host.presses("Save the format")
    await host.sees("The format has been saved.")
    assert (await the_room(home))["format"] == "open-floor"


async def test_a_copy_is_changed_and_nothing_typed_is_lost(home: House, someone: Someone, origin: str) -> None:
    host = await new_room(home, someone, origin)
    page = host.page
    await host.chooses("Listening space")
    await host.presses("Copy and edit Listening space")
    await host.writes("Name of your format", "Our evening")
    await unfolds(host, "Sharing")
    await host.writes("Words for everybody", "What do you carry with you today?")
    await host.writes("Length of a turn", "soon")
    await host.presses("Make the room")

    # What cannot be read is said here; the focus goes to it, and from there to the field.
    await host.hears("One thing does not fit yet.")
    await expect(page.locator(".faults")).to_be_focused()
    await host.presses("Sharing · Length of a turn, in minutes: A number, like 3 or 2:30.")
    turn = page.get_by_label("Length of a turn")
    await expect(turn).to_be_focused()
    await expect(turn).to_have_value("soon")
    await expect(turn).to_have_accessible_description(re.compile("A number, like 3 or 2:30"))
    assert (await home.api("GET", "/api/rooms"))[1]["rooms"] == []

    # What does not fit together is said by the server.
    await turn.fill("0:05")
    await host.writes("Warning before the end", "60")
    await host.presses("Make the room")
    await host.sees("From 0:10 to 360.")
    await turn.fill("0:30")
    await host.presses("Make the room")
    await host.sees("The warning comes before the end of a turn")
    await expect(page.get_by_label("Words for everybody")).to_have_value("What do you carry with you today?")
    await turn.fill("2:30")
    host.forgives(REFUSED)
    await host.presses("Make the room")
    await host.sees("Thursday", "Our evening")
    own: Any = (await the_room(home))["own_format"]
    found = msgspec.convert(own, Format)
    [sharing] = [phase for phase in found.phases if phase.name == "sharing"]
    assert (found.title, sharing.turn, sharing.warning, sharing.prompt) == (
        "Our evening",
        150,
        60,
        "What do you carry with you today?",
    )


async def test_phases_are_added_moved_and_removed_by_keyboard(home: House, someone: Someone, origin: str) -> None:
    host = await new_room(home, someone, origin, "desktop")
    keys = host.page.keyboard
    await host.page.get_by_role("radio", name="Simple").focus()
    await tabs_to(host, "Copy and edit")
    await keys.press("Enter")
    await tabs_to(host, "Another phase")
    await keys.type("Silence")
    await tabs_to(host, "Add")
    await keys.press("Enter")
    await host.hears("“Silence” is the last one now, number 2.")
    opened = host.page.locator(":focus")
    await expect(opened).to_have_accessible_name(re.compile("2. Silence"))
    await keys.press("Alt+ArrowUp")
    await host.hears("“Silence” is now 1 of 2.")
    await expect(opened).to_have_accessible_name(re.compile("1. Silence"))
    await tabs_to(host, "Move “Silence” down")
    await keys.press("Enter")
    await host.hears("“Silence” is now 2 of 2.")
    await expect(opened).to_have_accessible_name("Move “Silence” down")
    await keys.press("Enter")  # it is the last one: nothing happens
    await expect(host.page.locator(".edit-phase strong")).to_have_text(["1. Sharing", "2. Silence"])

    await host.presses("Remove “Silence”")
    await expect(opened).to_have_accessible_name(re.compile("1. Sharing"))
    await expect(host.button("Remove “Sharing”")).to_have_attribute("aria-disabled", "true")
    await host.presses("Put it back")
    await expect(opened).to_have_accessible_name(re.compile("2. Silence"))
    await tabs_to(host, "Planned length", most=60)
    await keys.press("Control+a")
    await keys.type("2")
    await tabs_to(host, "Who moves on")
    await keys.type("It moves on")
    await host.presses("Make the room")
    await host.sees("Thursday")
    own: Any = (await the_room(home))["own_format"]
    found = msgspec.convert(own, Format)
    assert [(phase.name, phase.floor, phase.box) for phase in found.phases] == [
        ("sharing", "queue", 0),
        ("silence", "silence", 120),
    ]
    assert found.phases[1].moves_on == "itself"


async def test_only_what_means_something_is_asked_for(home: House, someone: Someone, origin: str) -> None:
    host = await new_room(home, someone, origin)
    page = host.page
    await host.presses("Copy and edit Simple")
    await unfolds(host, "Sharing")
    await page.get_by_label("When the time of a turn is over").select_option(label="It ends at that moment")
    await expect(page.get_by_label("Time to finish the thought")).to_have_count(0)
    await page.get_by_label("The group can give more time").check()
    await expect(page.get_by_label("How much more")).to_have_value("1")
    await page.get_by_label("How the floor moves").select_option(label="Open floor")
    await expect(page.get_by_label("How many voices at once")).to_have_value("3")
    await expect(page.get_by_label("The speaker may pass the talking piece")).to_have_count(0)
    await page.get_by_label("How the floor moves").select_option(label="Break")
    await expect(page.get_by_label("Planned length")).to_have_value("10")
    await expect(page.get_by_label("Length of a turn")).to_have_count(0)
    await page.get_by_label("How the floor moves").select_option(label="Round")
    await expect(page.get_by_label("Share the planned time equally")).to_be_visible()
    await page.get_by_text("Seldom needed").click()
    await expect(page.get_by_label("How long a hand rests")).to_have_value("30")


async def test_a_format_as_a_file_and_from_one(home: House, someone: Someone, origin: str, tmp_path: Path) -> None:
    host = await new_room(home, someone, origin, "desktop")
    page = host.page
    await host.chooses("Discussion")
    await page.get_by_text("As a TOML file").click()
    await expect(page.get_by_label("As a TOML file")).to_have_value(TEXTS["discussion"])
    async with page.expect_download() as saved:
        await host.presses("Download")
    file = tmp_path / (await saved.value).suggested_filename
    await (await saved.value).save_as(file)
    assert file.name == "discussion.toml"
    assert file.read_text() == TEXTS["discussion"]

    # A file that is none says where, and changes nothing.
    broken = tmp_path / "broken.toml"
    broken.write_text('name = "ours"\n\n[[phases]]\nname = "sharing"\nturn = 5\nwarnign = 3\n')
    choose = page.locator("input[type=file]")
    await choose.set_input_files(broken)
    await expect(page.locator(".file-wrong li")).to_have_text(
        [re.compile(r"^Line 5: turn.*from 10 to 21600"), re.compile(r"^Line 6: warnign.*did you mean warning\?$")]
    )
    await expect(page.get_by_role("radio", name="Discussion")).to_be_checked()
    host.forgives(REFUSED)

    mended = tmp_path / "ours.toml"
    mended.write_text('name = "ours"\ntitle = "Kamis"\n\n[[phases]]\nname = "sharing"\nturn = 100\n')
    await choose.set_input_files(mended)
    await host.hears("“Kamis” is here.")
    await expect(page.get_by_role("radio", name="Kamis")).to_be_checked()
    await unfolds(host, "Sharing")
    await expect(page.get_by_label("Length of a turn")).to_have_value("1:40")
    await host.presses("Make the room")
    await host.sees("Thursday", "Kamis")
    assert msgspec.convert((await the_room(home))["own_format"], Format) == read(mended.read_text())


async def test_a_second_copy_replaces_the_first_only_when_asked_twice(
    home: House, someone: Someone, origin: str
) -> None:
    host = await new_room(home, someone, origin)
    await host.presses("Copy and edit Simple")
    await host.writes("Name of your format", "Ours")
    await host.chooses("Council")
    await host.presses("Copy and edit Council")
    await host.presses("Press once more: it replaces your own Council")
    await expect(host.page.get_by_label("Name of your format")).to_have_value("")
    await expect(host.page.locator(".edit-phase")).to_have_count(len(FORMATS["council"].phases))

    # Closing the form by mistake loses nothing.
    await host.writes("Name of your format", "Ours again")
    await host.presses("Cancel")
    await host.presses("New room")
    await expect(host.page.get_by_role("radio", name="Ours again")).to_be_checked()


async def test_nobody_loses_a_turn_by_another_format(home: House, someone: Someone, origin: str) -> None:
    host = await hosts(home, someone, origin)
    room = await home.room("Thursday", format="still")
    ada = await home.leading(room, "Ada")
    budi = await home.seated(room, ada, "Budi")
    await ada.do("open-meeting")
    await starts(budi)
    await host.presses("Thursday")
    await host.presses("Format")
    await host.sees("A meeting is under way.")
    await host.chooses("Council")
    await host.presses("Save the format")
    await host.sees("Somebody would lose a turn or a place with it. Let it end first. Nothing has changed.")
    host.forgives("the server responded with a status of 409")
    assert (await the_room(home))["format"] == "still"
    await budi.do("finish-turn", turn=budi.you["turn"])
    await host.presses("Save the format")
    await host.sees("The format has been saved.")
    await budi.until(lambda me: me.view["phase"] == FORMATS["council"].phases[0].name)
