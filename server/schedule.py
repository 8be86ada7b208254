"""When a room meets: a first meeting by the clock on the wall of a time zone, and how it repeats.

Everything counts in local wall time, so a meeting stays at half past seven when the clocks change. Where a local time
does not exist, or exists twice, it is read as RFC 5545 reads it: by the clock before the change, and the first one.
Nothing here looks at a clock: `now` is wall time, in seconds since 1970.
"""

import calendar
import contextlib
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count, islice
from typing import NamedTuple

import msgspec

MINUTES = (5, 24 * 60)  # that a meeting is planned for
DOORS = (0, 24 * 60)  # minutes before it
YEARS = (2000, 2199)  # of all dates
COUNT = (1, 1000)  # meetings of a series
LEFT_OUT = 200  # dates


class Every(StrEnum):
    """How a series goes on from its first date."""

    DAY = "day"
    WEEK = "week"
    TWO_WEEKS = "two-weeks"  # counted from the week of the first date
    MONTH_DAY = "month-day"  # the same day of the month; in a shorter month its last day
    MONTH_WEEKDAY = "month-weekday"  # as the second Tuesday; a fifth one means the last


class Weekday(StrEnum):
    """As RFC 5545 has them, Monday first: so do its weeks begin, of which every second one may count."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


WEEKDAYS = tuple(Weekday)
WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2}


class Repeat(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"left_out": "except"}
):
    """Until a date, which still counts; or so many times; or for ever. A date that is left out counts as one of the
    times, as it does in calendars. Dates are local: `2026-11-24`. `also`: in a series of weeks, weekdays beside that of
    the first date."""

    every: Every
    until: str | None = None
    count: int | None = None
    left_out: tuple[str, ...] = ()
    also: tuple[Weekday, ...] = ()


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`starts`: local wall time of the first meeting, `2026-11-24T19:30`; `minutes`: how long it is planned; `doors`:
    how many minutes before the start they open."""

    zone: str
    starts: str
    minutes: int
    doors: int = 15
    repeat: Repeat | None = None


class Meeting(NamedTuple):
    """One of the dates: its local day, and what follows from it in seconds since 1970."""

    day: date
    doors: float
    starts: float
    ends: float


class ScheduleWrong(Exception):
    """It is none that could be kept: which `field`, and a `code` for why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


# Looked at


def checked(asked: Schedule) -> Schedule:
    """The same one, or `ScheduleWrong`: `unknown`, `not-a-time`, `not-a-date`, `not-weekly`, `out-of-range`,
    `two-ends`, `before-start`, `too-many`, `nothing-left`."""
    if not known(asked.zone):
        raise ScheduleWrong("zone", "unknown")
    first = _time("starts", asked.starts)
    _within("starts", first.year, YEARS)
    _within("minutes", asked.minutes, MINUTES)
    _within("doors", asked.doors, DOORS)
    if asked.repeat is not None:
        _check_repeat(asked, asked.repeat, first.date())
    return asked


def _check_repeat(schedule: Schedule, repeat: Repeat, first: date) -> None:
    if repeat.also and repeat.every not in WEEKS:
        raise ScheduleWrong("repeat.also", "not-weekly")
    if len(repeat.also) > len(WEEKDAYS):
        raise ScheduleWrong("repeat.also", "too-many")
    if repeat.until is not None and repeat.count is not None:
        raise ScheduleWrong("repeat.until", "two-ends")
    if repeat.until is not None:
        until = _day("repeat.until", repeat.until)
        _within("repeat.until", until.year, YEARS)
        if until < first:
            raise ScheduleWrong("repeat.until", "before-start")
    if repeat.count is not None:
        _within("repeat.count", repeat.count, COUNT)
    if len(repeat.left_out) > LEFT_OUT:
        raise ScheduleWrong("repeat.except", "too-many")
    for left in repeat.left_out:
        _day("repeat.except", left)
    if next(_days(schedule, first), None) is None:
        raise ScheduleWrong("repeat.except", "nothing-left")


def _within(field: str, number: int, limits: tuple[int, int]) -> None:
    if not limits[0] <= number <= limits[1]:
        raise ScheduleWrong(field, "out-of-range")


def _time(field: str, text: str) -> datetime:
    with contextlib.suppress(ValueError):
        found = _local(text)
        if found.isoformat(timespec="minutes") == text:
            return found
    raise ScheduleWrong(field, "not-a-time")


def _day(field: str, text: str) -> date:
    with contextlib.suppress(ValueError):
        found = date.fromisoformat(text)
        if found.isoformat() == text:
            return found
    raise ScheduleWrong(field, "not-a-date")


def known(zone: str) -> bool:
    """Whether this machine has such a zone. (Two files among them are no zones of the world.)"""
    return zone in _zones()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


# Its meetings


def meetings(schedule: Schedule, now: float) -> Iterator[Meeting]:
    """Those whose planned end is still to come, in their order."""
    zone, first = zoneinfo.ZoneInfo(schedule.zone), _first(schedule)
    begun = datetime.fromtimestamp(now - schedule.minutes * 60, zone).date() - timedelta(days=1)
    for day in _days(schedule, max(begun, first.date())):
        starts = datetime.combine(day, first.time(), zone).timestamp()
        one = Meeting(day, starts - schedule.doors * 60, starts, starts + schedule.minutes * 60)
        if one.ends > now:
            yield one


def some(schedule: Schedule, now: float, most: int) -> list[Meeting]:
    """The next ones; fewer where there are no more."""
    return list(islice(meetings(schedule, now), most))


def doors_open(schedule: Schedule, now: float) -> bool:
    """From the doors of a meeting to its planned end."""
    one = next(meetings(schedule, now), None)
    return one is not None and one.doors <= now


def _first(schedule: Schedule) -> datetime:
    return _local(schedule.starts)


def _local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007  (a zone comes later)


def _days(schedule: Schedule, after: date) -> Iterator[date]:
    """The dates of the series from that one on, without those that are left out."""
    first, repeat = _first(schedule).date(), schedule.repeat
    if repeat is None:
        if first >= after:
            yield first
        return
    left_out = frozenset(repeat.left_out)
    for number in count(_steps(first, after, repeat)):
        if repeat.count is not None and number >= repeat.count:
            return
        day = _nth(first, number, repeat)
        if day.year > YEARS[1] or (repeat.until is not None and day.isoformat() > repeat.until):
            return
        if day >= after and day.isoformat() not in left_out:
            yield day


def _steps(first: date, after: date, repeat: Repeat) -> int:
    """A number of steps before which there is no date from that one on."""
    if repeat.every is Every.DAY:
        return max(0, (after - first).days)
    if repeat.every in WEEKS:
        days = _weekdays(first, repeat)
        weeks = (after - _monday(first)).days // 7 // WEEKS[repeat.every]
        return max(0, weeks * len(days) - days.index(first.weekday()))
    return max(0, (after.year - first.year) * 12 + after.month - first.month)


def _weekdays(first: date, repeat: Repeat) -> list[int]:
    """On which the meetings of a week are, 0 for Monday."""
    return sorted({first.weekday(), *(WEEKDAYS.index(day) for day in repeat.also)})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _nth(first: date, number: int, repeat: Repeat) -> date:
    """The date that many steps after the first one."""
    every = repeat.every
    if every is Every.DAY:
        return first + timedelta(days=number)
    if every in WEEKS:
        days = _weekdays(first, repeat)
        turns, place = divmod(days.index(first.weekday()) + number, len(days))
        return _monday(first) + timedelta(weeks=turns * WEEKS[every], days=days[place])
    years, month = divmod(first.month - 1 + number, 12)
    year, month = first.year + years, month + 1
    length = calendar.monthrange(year, month)[1]
    if every is Every.MONTH_DAY:
        return date(year, month, min(first.day, length))
    week = (first.day - 1) // 7
    day = 1 + (first.weekday() - date(year, month, 1).weekday()) % 7 + week * 7
    return date(year, month, day if day <= length and week < 4 else _last(year, month, first.weekday()))


def _last(year: int, month: int, weekday: int) -> int:
    end = date(year, month, calendar.monthrange(year, month)[1])
    return end.day - (end.weekday() - weekday) % 7


# As others read it


def rule(schedule: Schedule) -> str:
    """The series as a recurrence rule of RFC 5545; empty for a single meeting."""
    repeat, first = schedule.repeat, _first(schedule)
    if repeat is None:
        return ""
    parts = [_FREQUENCIES.get(repeat.every, "FREQ=MONTHLY")]
    if repeat.also:
        parts.append(f"BYDAY={','.join(WEEKDAYS[day] for day in _weekdays(first.date(), repeat))}")
    if repeat.every is Every.MONTH_DAY:
        parts.append(_by_day_of_month(first.day))
    if repeat.every is Every.MONTH_WEEKDAY:
        week = (first.day - 1) // 7 + 1
        parts.append(f"BYDAY={week if week < 5 else -1}{WEEKDAYS[first.weekday()]}")
    if repeat.count is not None:
        parts.append(f"COUNT={repeat.count}")
    if repeat.until is not None:
        last = datetime.combine(date.fromisoformat(repeat.until), first.time(), zoneinfo.ZoneInfo(schedule.zone))
        parts.append(f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


_FREQUENCIES = {
    Every.DAY: "FREQ=DAILY",
    Every.WEEK: "FREQ=WEEKLY",
    Every.TWO_WEEKS: "FREQ=WEEKLY;INTERVAL=2",
}


def _by_day_of_month(day: int) -> str:
    """The last of the days that the month has, where it is short."""
    if day <= 28:
        return f"BYMONTHDAY={day}"
    if day == 31:
        return "BYMONTHDAY=-1"
    return f"BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"


def first_meeting(schedule: Schedule) -> datetime:
    """Its local start, with its zone."""
    return _first(schedule).replace(tzinfo=zoneinfo.ZoneInfo(schedule.zone))


def last_day(schedule: Schedule) -> date | None:
    """After which nothing comes any more; None for a series without an end."""
    first, repeat = _first(schedule).date(), schedule.repeat
    if repeat is None:
        return first
    if repeat.count is not None:
        return _nth(first, repeat.count - 1, repeat)
    return None if repeat.until is None else date.fromisoformat(repeat.until)
