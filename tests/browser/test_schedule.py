"""Planned rooms: coming before the doors open, the next date at the end, and planning on the host page."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright.async_api import expect

from tests.browser.accessible import looks, pictures
from tests.browser.conftest import Someone
from tests.browser.test_lead_host import hosts, the_room
from tests.browser.visitor import Visitor
from tests.server.running import House

DAY = timedelta(days=1)


def planned(ahead: timedelta, **more: Any) -> dict[str, Any]:
    """From now on the clock of Jakarta, an hour and a half long."""
    starts = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=7) + ahead
    return {"zone": "Asia/Jakarta", "starts": f"{starts:%Y-%m-%dT%H:%M}", "minutes": 90, **more}


async def fine(visitor: Visitor, name: str) -> None:
    """In every look, and for whoever looks at pictures."""
    if folder := os.environ.get("LINGKAR_PICTURES"):
        await pictures(visitor.page, Path(folder), name)
    assert await looks(visitor.page) == []


async def saved_by(visitor: Visitor, label: str, file: Path) -> Any:
    """The calendar that a button gives."""
    async with visitor.page.expect_download() as coming:
        await visitor.presses(label)
    await (await coming.value).save_as(file)
    return Calendar.from_ical(text_of(file))


def text_of(file: Path) -> bytes:
    return file.read_bytes()


async def test_early_and_then_in_by_itself(home: House, someone: Someone, tmp_path: Path) -> None:
    series = {"every": "week", "count": 3}
    plan = planned(DAY, repeat=series)
    room = await home.room("Secret title", schedule=plan)
    begins = datetime.fromisoformat(plan["starts"] + "+07:00").astimezone(UTC)
    ada = await home.leading(room, "Ada")
    budi = await someone("Budi", "en", timezone_id="Europe/Berlin")
    siti = await someone("Siti", "id", timezone_id="Asia/Jakarta")
    for visitor in (budi, siti):
        await visitor.page.clock.install()
        await visitor.opens(room.links["participant"])
        await visitor.gives_name()
        await visitor.heading(visitor.word("page-early-title"))
        await expect(visitor.button(visitor.word("dates-leave"))).to_be_visible()

    # when, by the reader's clock and in their language; by the group's where it differs; about the room nothing
    text = await budi.page.locator("main").inner_text()
    assert re.search(r"The doors open on \w+,? \d+ \w+( \d+)? at \d\d:\d\d\.", text)
    assert re.search(r"By the clock of Asia/Jakarta: \w+", text)
    assert f":{begins - timedelta(minutes=15):%M}." in text
    assert "Secret" not in text + await budi.page.content()
    assert "Ada" not in text
    other = await siti.page.locator("main").inner_text()
    assert re.search(r"Pintunya dibuka \w+, \d+ \w+( \d+)? pukul \d\d[.]\d\d", other)
    assert "Menurut jam" not in other
    await budi.page.get_by_text("Keep it in your calendar").click()
    await fine(budi, "early")
    await fine(siti, "early-id")

    # the calendar: all dates, no title, and no link unless it is wanted
    calendar = await saved_by(budi, "Save the calendar file", tmp_path / "one.ics")
    entries = calendar.walk("VEVENT")
    assert calendar.errors == []
    assert [str(entry["SUMMARY"]) for entry in entries] == ["Lingkar"] * 3
    assert [entry.decoded("DTSTART") for entry in entries] == [begins + week * 7 * DAY for week in range(3)]
    assert all(entry.decoded("DURATION") == timedelta(minutes=90) for entry in entries)
    secret = room.links["participant"].rpartition("#")[2]
    assert secret not in text_of(tmp_path / "one.ics").decode()
    assert room.id not in text_of(tmp_path / "one.ics").decode()
    await budi.page.get_by_label("All 3 dates that are planned").uncheck()
    await budi.page.get_by_label("With my link").check()
    linked = await saved_by(budi, "Save the calendar file", tmp_path / "two.ics")
    [entry] = linked.walk("VEVENT")
    assert str(entry["URL"]) == str(entry["DESCRIPTION"]) == room.links["participant"]
    assert entry["UID"] == entries[0]["UID"]

    # a reload stays here; then somebody who leads opens, and the page notices by itself: by its timer, or when it wakes
    await budi.page.reload()
    await budi.heading(budi.word("page-early-title"))
    await expect(budi.page.get_by_role("button", name="Leave")).to_be_visible()
    focused = "document.activeElement.tagName"
    await ada.do("open-meeting")
    await siti.page.clock.fast_forward("11:00")
    await siti.heading(siti.word("join-agreement-title"))
    assert await siti.page.evaluate(focused) == "H1"
    await budi.context.set_offline(True)
    await budi.context.set_offline(False)
    await budi.heading(budi.word("join-agreement-title"))
    budi.forgives("ERR_INTERNET_DISCONNECTED")


async def test_the_last_word_names_the_next_date(home: House, someone: Someone) -> None:
    room = await home.room(schedule=planned(timedelta(minutes=5), repeat={"every": "week", "count": 2}))
    ada = await home.leading(room, "Ada")
    budi = await someone("Budi", "en", timezone_id="Asia/Jakarta")
    await budi.comes(room.links["participant"])  # the doors are open: a quarter of an hour before
    await budi.waits_at_the_door()
    await ada.do("open-meeting")
    await ada.do("close-meeting")
    await budi.heading("The meeting has ended")
    await expect(budi.page.get_by_text(re.compile(r"The next meeting is on \w+"))).to_be_visible()
    await budi.page.get_by_text("Keep it in your calendar").click()
    await expect(budi.page.get_by_label("With my link")).to_have_count(0)  # this tab has forgotten it

    # nothing is planned any more: said honestly, and leaving forgets the link
    await home.api("PATCH", f"/api/rooms/{room.id}", {"schedule": planned(-DAY)})
    citra = await someone("Citra", "en")
    await citra.opens(room.links["participant"])
    await citra.gives_name()
    await citra.sees("No more meetings are planned here.")
    await citra.presses("Leave")
    await citra.heading("One voice at a time")
    assert await citra.page.evaluate("sessionStorage.length") == 0


async def test_a_host_plans_a_series(home: House, someone: Someone, origin: str, tmp_path: Path) -> None:
    host = await hosts(home, someone, origin)
    made = await home.room("Thursday")
    await host.presses("Thursday")
    await host.presses("Dates")
    await host.presses("Plan meetings")
    await expect(host.page.get_by_label("First date")).to_be_focused()
    fields = {"First date": "2030-03-21", "Begins at": "19:30", "Length, in minutes": "60"}
    for label, text in fields.items():
        await host.writes(label, text)
    await host.page.get_by_label("Time zone").select_option("Europe/Berlin")
    await host.page.get_by_label("How often").select_option(label="Every week")
    dates = host.page.locator(".schedule-dates li")
    await expect(dates).to_have_count(5)
    await expect(dates.nth(1)).to_contain_text(re.compile("Thursday,? 28 March 2030"))
    await expect(dates.nth(2)).to_contain_text("begins at 19:30, doors at 19:15")  # summer time has begun
    await expect(host.page.get_by_label("Thursday", exact=True)).to_have_count(0)  # the first date is one
    await host.page.get_by_label("Monday").check()
    await expect(dates.nth(1)).to_contain_text(re.compile("Monday,? 25 March 2030"))
    await fine(host, "weekdays")
    await host.page.get_by_label("Monday").uncheck()
    await host.presses(re.compile("Leave out Thursday,? 28 March 2030"))
    await expect(dates.nth(1)).to_contain_text(re.compile("Thursday,? 4 April 2030"))
    await expect(host.button(re.compile("Take back in Thursday,? 28 March 2030"))).to_be_focused()
    assert "schedule" not in await the_room(home)  # nothing is changed before it is saved

    await host.page.get_by_label("The series ends").select_option(label="With a date")
    await host.writes("Last date", "2030-03-01")
    await host.sees("Last date: it is before the first date.")
    await host.presses("Save the schedule")
    await host.hears("Last date: it is before the first date.")
    await expect(host.page.get_by_label("Last date")).to_be_focused()
    host.forgives("status of 400")
    await host.writes("Last date", "2030-04-11")
    await expect(dates).to_have_count(4)  # three, and the one that is left out
    await host.page.get_by_label("Saturday").check()
    await expect(dates).to_have_count(6)  # five are shown
    await fine(host, "schedule")
    await host.presses("Save the schedule")
    await host.hears("The schedule has been saved.")
    schedule = {"zone": "Europe/Berlin", "starts": "2030-03-21T19:30", "minutes": 60, "doors": 15}
    repeat = {"every": "week", "until": "2030-04-11", "except": ["2030-03-28"], "also": ["SA"]}
    assert (await the_room(home))["schedule"] == {**schedule, "repeat": repeat}

    calendar = await saved_by(host, "Calendar file", tmp_path / "room.ics")
    [entry] = calendar.walk("VEVENT")
    assert (str(entry["SUMMARY"]), entry["RRULE"].to_ical()) == (
        "Thursday",
        b"FREQ=WEEKLY;UNTIL=20300411T173000Z;BYDAY=TH,SA",
    )
    assert made.links["participant"].rpartition("#")[2] not in text_of(tmp_path / "room.ics").decode()

    await host.presses("Take the schedule away")
    await host.presses("Press once more: the doors are always there then")
    await host.hears("The schedule is gone.")
    assert "schedule" not in await the_room(home)
    await expect(host.page.get_by_role("button", name="Plan meetings")).to_be_focused()
