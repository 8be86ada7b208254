"""The meetings of a room as a file for calendars (iCalendar, RFC 5545). No link is in it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from server.schedule import Schedule, first_meeting, last_day, rule

FILE_TYPE = "text/calendar"
_AHEAD = timedelta(days=3653)  # of a series without an end, for which the file says when clocks change
_WEEK = timedelta(days=7)  # no zone changes its clock twice within one


def calendar_file(schedule: Schedule, title: str, uid: str, now: float) -> str:
    """One entry, with its series and its time zone. `uid` stays the same however often the file is made, so that
    calendars know it again; `now`: wall time, when it is made."""
    first = first_meeting(schedule)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lingkar//Lingkar//EN",
        "CALSCALE:GREGORIAN",
        *_zone(first, _until(schedule, first, now)),
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{datetime.fromtimestamp(now, UTC):{_UTC}}",
        f"DTSTART;TZID={schedule.zone}:{first:{_LOCAL}}",
        f"DURATION:PT{schedule.minutes}M",
        f"SUMMARY:{_escaped(title)}",
        "CLASS:PRIVATE",
    ]
    if series := rule(schedule):
        lines.append(f"RRULE:{series}")
    if schedule.repeat is not None and schedule.repeat.left_out:
        left_out = (f"{day.replace('-', '')}T{first:%H%M%S}" for day in sorted(schedule.repeat.left_out))
        lines.append(f"EXDATE;TZID={schedule.zone}:{','.join(left_out)}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


_LOCAL = "%Y%m%dT%H%M%S"
_UTC = "%Y%m%dT%H%M%SZ"


def _until(schedule: Schedule, first: datetime, now: float) -> datetime:
    """Up to when the file has to know the clocks."""
    ahead = max(first, datetime.fromtimestamp(now, UTC)) + _AHEAD
    last = last_day(schedule)
    return ahead if last is None else min(ahead, datetime(last.year, last.month, last.day, tzinfo=UTC) + _WEEK)


def _escaped(text: str) -> str:
    for plain in ("\\", ";", ","):
        text = text.replace(plain, f"\\{plain}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; no letter is cut."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > 75:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])


# The time zone


class _Clock(NamedTuple):
    """How a zone's clock stands: what is added to UTC, whether it is summer time, what people call it."""

    offset: timedelta
    summer: bool
    name: str


def _zone(first: datetime, until: datetime) -> Iterator[str]:
    """VTIMEZONE: how the clock stood at first, and each change of it up to then."""
    zone = first.tzinfo
    assert isinstance(zone, ZoneInfo)
    begin = first.astimezone(UTC) - timedelta(days=2)
    before = _clock(zone, begin)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    yield from _observed(before, before.offset, [datetime(1970, 1, 1)])  # noqa: DTZ001  (local time)
    changes: dict[tuple[timedelta, _Clock], list[datetime]] = {}
    for moment in _changes(zone, begin, until):
        after = _clock(zone, moment)
        changes.setdefault((before.offset, after), []).append((moment + before.offset).replace(tzinfo=None))
        before = after
    for (offset, after), moments in changes.items():
        yield from _observed(after, offset, moments)
    yield "END:VTIMEZONE"


def _observed(clock: _Clock, before: timedelta, moments: list[datetime]) -> Iterator[str]:
    """Since these moments, as the clock `before` showed them, it stands like this."""
    kind = "DAYLIGHT" if clock.summer else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{moments[0]:{_LOCAL}}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(clock.offset)}"
    yield f"TZNAME:{_escaped(clock.name)}"
    if moments[1:]:
        yield f"RDATE:{','.join(f'{moment:{_LOCAL}}' for moment in moments[1:])}"
    yield f"END:{kind}"


def _changes(zone: ZoneInfo, begin: datetime, until: datetime) -> Iterable[datetime]:
    """When its clock changes, in UTC."""
    before = _clock(zone, begin)
    while begin < until:
        end = begin + _WEEK
        after = _clock(zone, end)
        if before != after:
            yield _change(zone, begin, end)
        begin, before = end, after


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which it changes, between these two."""
    old = _clock(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _clock(zone, middle) == old else (before, middle)
    return after


def _clock(zone: ZoneInfo, moment: datetime) -> _Clock:
    local = moment.astimezone(zone)
    return _Clock(local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or zone.key)


def _offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign, seconds = "-" if seconds < 0 else "+", abs(seconds)
    text = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return f"{text}{seconds % 60:02}" if seconds % 60 else text
