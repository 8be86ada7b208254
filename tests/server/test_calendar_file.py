"""The file for calendars, read by a parser that is not ours."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from dateutil import tz
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from server.calendar_file import calendar_file
from server.schedule import Every, Repeat, Schedule, some
from tests.server.test_schedule import ZONES, schedules

NOW = 1_790_000_000.0  # September 2026


def event(plan: Schedule, title: str = "Wednesday") -> tuple[Any, Any]:
    """The time zone and the only entry of the file."""
    text = calendar_file(plan, title, "1d", NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    found = Calendar.from_ical(text)
    assert found.errors == []
    [zone], [entry] = found.walk("VTIMEZONE"), found.walk("VEVENT")
    assert zone.errors == entry.errors == []
    return zone, entry


def test_a_series_is_one_entry() -> None:
    plan = Schedule(
        "Europe/Berlin", "2026-11-24T19:30", 90, 15, Repeat(Every.WEEK, "2026-12-29", left_out=("2026-12-22",))
    )
    zone, entry = event(plan)
    assert (str(zone["TZID"]), str(entry["UID"]), str(entry["SUMMARY"])) == ("Europe/Berlin", "1d", "Wednesday")
    assert (entry.decoded("DTSTART").isoformat(), entry["DTSTART"].params["TZID"]) == (
        "2026-11-24T19:30:00+01:00",
        "Europe/Berlin",
    )
    assert entry.decoded("DURATION").total_seconds() == 90 * 60
    assert entry.decoded("DTSTAMP") == datetime.fromtimestamp(NOW, UTC)
    assert entry["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261229T183000Z"
    assert entry["EXDATE"].dts[0].dt.date() == date(2026, 12, 22)
    assert {"URL", "LOCATION", "DESCRIPTION", "ATTENDEE", "ORGANIZER"} & entry.keys() == set()


def test_a_single_meeting_has_no_series() -> None:
    _, entry = event(Schedule("Asia/Jakarta", "2026-11-24T19:30", 90))
    assert {"RRULE", "EXDATE"} & entry.keys() == set()


@example("a, b; c\\ d: “é” " + "\U0001f54a" * 40)
@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=80))
def test_whatever_the_title_is_it_comes_back(title: str) -> None:
    title = title.strip() or "x"
    assert str(event(Schedule("Asia/Jakarta", "2026-11-24T19:30", 90), title)[1]["SUMMARY"]) == title


@settings(deadline=None, max_examples=25)
@given(schedules())
def test_the_clocks_in_the_file_are_those_of_the_zone(plan: Schedule) -> None:
    """Its own time zone, without the machine's, says the same moments; for the ten years that it covers."""
    zone, entry = event(plan)
    told = zone.to_tz(lookup_tzid=False)
    for one in some(plan, 0.0, 30):
        wall = datetime.combine(one.day, datetime.fromisoformat(plan.starts).time())
        if one.starts < NOW + 3600 * 24 * 3600 and not tz.datetime_ambiguous(wall, tz.gettz(plan.zone)):
            real = tz.resolve_imaginary(wall.replace(tzinfo=tz.gettz(plan.zone)))
            if real.replace(tzinfo=None) == wall:
                assert wall.replace(tzinfo=told).timestamp() == one.starts
    assert entry.decoded("DTSTART").replace(tzinfo=None).isoformat(timespec="minutes") == plan.starts


@pytest.mark.parametrize("zone", ZONES)
def test_a_series_without_an_end_knows_ten_years_of_clocks(zone: str) -> None:
    plan = Schedule(zone, "2026-11-24T19:30", 90, 15, Repeat(Every.DAY))
    told = event(plan)[0].to_tz(lookup_tzid=False)
    for one in some(plan, 0.0, 3600)[::30]:
        wall = datetime.combine(one.day, datetime.fromisoformat(plan.starts).time())
        assert wall.replace(tzinfo=told).timestamp() == one.starts
