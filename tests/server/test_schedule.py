"""When a room meets: every date as another library reads the same series, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from server.schedule import (
    WEEKS,
    Every,
    Repeat,
    Schedule,
    ScheduleWrong,
    Weekday,
    checked,
    doors_open,
    known,
    last_day,
    meetings,
    rule,
    some,
)

# With summer time and without, on both halves of the earth, by half an hour, abolished, and moved by a religious month.
ZONES = (
    "Asia/Jakarta",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Pacific/Chatham",
    "Europe/Dublin",
    "America/St_Johns",
    "UTC",
)
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
STARTS = st.builds(
    "{}T{:02}:{:02}".format, DAYS.map(date.isoformat), st.integers(0, 23), st.sampled_from([0, 15, 30, 59])
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    starts = draw(STARTS)
    first = date.fromisoformat(starts[:10])
    ends = draw(st.sampled_from(["never", "until", "count"]))
    until = (first + timedelta(days=draw(st.integers(0, 1500)))).isoformat() if ends == "until" else None
    times = draw(st.integers(1, 60)) if ends == "count" else None
    every = draw(st.sampled_from(Every))
    also = tuple(draw(st.lists(st.sampled_from(Weekday), max_size=4))) if every in WEEKS else ()
    repeat = Repeat(every, until, times, also=also)
    plan = Schedule(draw(st.sampled_from(ZONES)), starts, draw(st.integers(5, 600)), draw(st.integers(0, 300)))
    plan = Schedule(plan.zone, plan.starts, plan.minutes, plan.doors, draw(st.sampled_from([None, repeat])))
    if plan.repeat is None:
        return plan
    among = [one.day.isoformat() for one in some(plan, 0.0, 12)]
    out = draw(st.lists(st.sampled_from(among), unique=True, max_size=4))
    return Schedule(plan.zone, starts, plan.minutes, plan.doors, Repeat(every, until, times, tuple(out), also))


def as_others_read_it(plan: Schedule, most: int) -> list[datetime]:
    """The starts, by a library that knows nothing of ours; in UTC."""
    first = datetime.fromisoformat(plan.starts)
    zone = tz.gettz(plan.zone)
    assert zone is not None
    left_out = set(plan.repeat.left_out) if plan.repeat else set()
    series = [first]
    if plan.repeat is not None:
        # `UNTIL` has to be local here, because this reads dates without a zone
        text = ";".join(part for part in rule(plan).split(";") if not part.startswith("UNTIL"))
        if plan.repeat.until is not None:
            text += f";UNTIL={plan.repeat.until.replace('-', '')}T235959"
        series = list(islice(rrulestr(text, dtstart=first), most + len(left_out)))
    kept = [moment for moment in series if moment.date().isoformat() not in left_out]
    return [tz.resolve_imaginary(moment.replace(tzinfo=zone)).astimezone(UTC) for moment in kept[:most]]


@settings(deadline=None, max_examples=300)
@given(schedules())
def test_every_date_is_as_others_read_the_same_series(plan: Schedule) -> None:
    ours = [datetime.fromtimestamp(one.starts, UTC) for one in some(plan, 0.0, 40)]
    assert ours == as_others_read_it(plan, 40)


@settings(deadline=None, max_examples=200)
@given(schedules(), st.integers(-400, 4000), st.integers(0, 86400))
def test_whenever_one_looks_the_next_ones_are_those_that_are_not_over(plan: Schedule, days: int, seconds: int) -> None:
    now = datetime.fromisoformat(plan.starts).replace(tzinfo=UTC).timestamp() + days * 86400.0 + seconds
    every = some(plan, 0.0, 5000)
    ahead = [one for one in every if one.ends > now]
    assert some(plan, now, 3) == ahead[:3]
    for one in ahead[:1]:
        assert (one.starts - one.doors, one.ends - one.starts) == (plan.doors * 60.0, plan.minutes * 60.0)
        for moment in (now, one.doors - 1, one.doors, one.ends - 1, one.ends):
            assert doors_open(plan, moment) == any(other.doors <= moment < other.ends for other in every)
    end = last_day(plan)
    assert end is None or all(one.day <= end for one in ahead[:50])


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (Every.WEEK, ["11-24", "11-27", "12-01", "12-04", "12-08"]),
        (Every.TWO_WEEKS, ["11-24", "11-27", "12-08", "12-11", "12-22"]),  # weeks begin on Monday
    ],
)
def test_a_week_may_have_several_days(every: Every, days: list[str]) -> None:
    plan = checked(Schedule("UTC", "2026-11-24T10:00", 60, 0, Repeat(every, count=5, also=(Weekday.FRIDAY,))))
    assert [f"{one.day:%m-%d}" for one in some(plan, 0.0, 9)] == days
    assert last_day(plan) == some(plan, 0.0, 9)[-1].day


def test_half_past_seven_stays_half_past_seven_when_the_clocks_change() -> None:
    plan = checked(Schedule("Europe/Berlin", "2026-10-18T19:30", 90, 15, Repeat(Every.WEEK, count=3)))
    assert [f"{datetime.fromtimestamp(one.starts, UTC):%m-%d %H:%M}" for one in some(plan, 0.0, 9)] == [
        "10-18 17:30",
        "10-25 18:30",
        "11-01 18:30",
    ]


@pytest.mark.parametrize(
    ("starts", "utc"),
    [
        ("2027-03-28T02:30", "01:30"),  # does not exist: as the clock before says it, an hour later for people
        ("2026-10-25T02:30", "00:30"),  # exists twice: the first one
    ],
)
def test_a_time_that_the_clocks_skip_or_show_twice(starts: str, utc: str) -> None:
    [one] = some(checked(Schedule("Europe/Berlin", starts, 60)), 0.0, 9)
    assert f"{datetime.fromtimestamp(one.starts, UTC):%H:%M}" == utc


@pytest.mark.parametrize(
    ("starts", "every", "dates"),
    [
        ("2027-01-31T10:00", Every.MONTH_DAY, ["01-31", "02-28", "03-31", "04-30"]),
        ("2027-11-30T10:00", Every.MONTH_DAY, ["11-30", "12-30", "01-30", "02-29"]),
        ("2026-11-24T10:00", Every.MONTH_WEEKDAY, ["11-24", "12-22", "01-26", "02-23"]),  # the fourth Tuesday
        ("2026-12-29T10:00", Every.MONTH_WEEKDAY, ["12-29", "01-26", "02-23", "03-30"]),  # a fifth: the last
        ("2026-12-24T10:00", Every.TWO_WEEKS, ["12-24", "01-07", "01-21", "02-04"]),
    ],
)
def test_months_of_any_length(starts: str, every: Every, dates: list[str]) -> None:
    plan = checked(Schedule("Asia/Jakarta", starts, 60, 15, Repeat(every)))
    assert [f"{one.day:%m-%d}" for one in some(plan, 0.0, 4)] == dates


def test_a_date_that_is_left_out_counts_as_one_of_the_times() -> None:
    plan = checked(Schedule("UTC", "2026-11-24T10:00", 60, 0, Repeat(Every.DAY, count=3, left_out=("2026-11-25",))))
    assert [one.day.day for one in meetings(plan, 0.0)] == [24, 26]


REPEAT = {"every": Every.WEEK}


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"zone": "Asia/Nowhere"}, "zone", "unknown"),
        ({"zone": "../../etc/passwd"}, "zone", "unknown"),
        ({"zone": "localtime"}, "zone", "unknown"),
        ({"zone": ""}, "zone", "unknown"),
        ({"starts": "tomorrow"}, "starts", "not-a-time"),
        ({"starts": "2026-11-24T19:30:00"}, "starts", "not-a-time"),
        ({"starts": "2026-11-24T19:30Z"}, "starts", "not-a-time"),
        ({"starts": "2026-2-3T9:5"}, "starts", "not-a-time"),
        ({"starts": "2026-02-30T19:30"}, "starts", "not-a-time"),
        ({"starts": "1999-12-31T19:30"}, "starts", "out-of-range"),
        ({"starts": "2200-01-01T19:30"}, "starts", "out-of-range"),
        ({"minutes": 4}, "minutes", "out-of-range"),
        ({"minutes": 1441}, "minutes", "out-of-range"),
        ({"doors": -1}, "doors", "out-of-range"),
        ({"doors": 1441}, "doors", "out-of-range"),
        ({"until": "2026-11-23"}, "repeat.until", "before-start"),
        ({"until": "24.11.2026"}, "repeat.until", "not-a-date"),
        ({"until": "20261124"}, "repeat.until", "not-a-date"),
        ({"until": "2200-01-01"}, "repeat.until", "out-of-range"),
        ({"until": "2026-12-24", "count": 3}, "repeat.until", "two-ends"),
        ({"count": 0}, "repeat.count", "out-of-range"),
        ({"count": 1001}, "repeat.count", "out-of-range"),
        ({"left_out": ("soon",)}, "repeat.except", "not-a-date"),
        ({"left_out": ("2026-12-01",) * 201}, "repeat.except", "too-many"),
        ({"count": 1, "left_out": ("2026-11-24",)}, "repeat.except", "nothing-left"),
        ({"every": Every.DAY, "also": (Weekday.FRIDAY,)}, "repeat.also", "not-weekly"),
        ({"every": Every.WEEK, "also": (Weekday.FRIDAY,) * 8}, "repeat.also", "too-many"),
    ],
)
def test_what_cannot_be_says_where_and_why(changed: dict[str, object], field: str, code: str) -> None:
    plain = {"zone": "Asia/Jakarta", "starts": "2026-11-24T19:30", "minutes": 90, "doors": 15}
    own = {name: value for name, value in changed.items() if name in plain}
    series = {name: value for name, value in changed.items() if name not in plain}
    plan = Schedule(**plain | own, repeat=Repeat(**REPEAT | series))  # type: ignore[arg-type]
    with pytest.raises(ScheduleWrong) as wrong:
        checked(plan)
    assert (wrong.value.field, wrong.value.code) == (field, code)


def test_a_series_ends_with_the_last_year_that_there_is() -> None:
    plan = checked(Schedule("UTC", "2199-12-30T10:00", 60, 0, Repeat(Every.DAY)))
    assert [one.day.day for one in meetings(plan, 0.0)] == [30, 31]


def test_the_zones_that_browsers_offer_are_known() -> None:
    """Also by the names that some of them still use."""
    assert all(map(known, (*ZONES, "Asia/Calcutta", "Asia/Saigon", "Europe/Kiev", "America/Buenos_Aires")))
