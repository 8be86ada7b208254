"""The hosts' API for when a room meets.

    POST /api/schedules {"schedule"}           ->  {"schedule", "next_meetings"}: looked at, and nothing is changed
    GET /api/rooms/{id}/calendar.ics           ->  the room's meetings for a calendar (RFC 5545), with its title

A schedule is `{"zone", "starts", "minutes", "doors"?, "repeat"?}`, and `null` takes it away. `starts` is the local wall
time of the first meeting, as `2026-11-24T19:30`; `minutes` is how long it is planned, `doors` how many minutes before
it they open (15). `repeat` is `{"every", "also"?, "until"? or "count"?, "except"?}`: every `day`, `week`, `two-weeks`,
`month-day` (the same day of the month) or `month-weekday` (as the second Tuesday); `also`, in a series of weeks, lists
more weekdays (`MO` to `SU`); `until` is its last date; `except` lists the dates that are left out. Dates are local, as
`2026-11-24`.

`next_meetings` are those that are not over, at most five: `{"date", "doors", "starts", "ends"}`; the date is local, the
others are moments in UTC. What a schedule cannot be is `schedule-invalid`, with `{"field", "code"}` as its detail.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from aiohttp import web

from server import dates
from server.calendar_file import FILE_TYPE, calendar_file
from server.directory import Directory
from server.neighbours import Neighbours
from server.requests import Handler, Problem, Refused, answer, body, guarded, named
from server.schedule import Meeting, Schedule, ScheduleWrong, checked, some

SHOWN = 5  # meetings


class ScheduleAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a POST."""

    schedule: Schedule


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """For whoever has the token."""

    async def look(request: web.Request) -> web.Response:
        asked = await body(request, ScheduleAsked)
        return answer(planned(schedule_asked(asked.schedule), rooms.wall()))

    async def calendar(request: web.Request) -> web.Response:
        room = named(rooms, request)
        if room.row.schedule is None:
            raise Refused(404, Problem.NO_SCHEDULE)
        text = calendar_file(room.row.schedule, room.row.title, dates.uid(room.row), room.ground.wall())
        headers = {"Content-Disposition": 'attachment; filename="lingkar.ics"'}
        return web.Response(text=text, content_type=FILE_TYPE, charset="utf-8", headers=headers)

    table: list[tuple[str, str, Handler]] = [
        ("POST", "/api/schedules", look),
        ("GET", "/api/rooms/{id}/calendar.ics", calendar),
    ]
    return [web.route(method, path, guarded(handler, neighbours, host_token)) for method, path, handler in table]


def schedule_asked(asked: Schedule | None) -> Schedule | None:
    """The same one, or `Refused`."""
    try:
        return None if asked is None else checked(asked)
    except ScheduleWrong as wrong:
        raise Refused(400, Problem.SCHEDULE, {"field": wrong.field, "code": wrong.code}) from None


def planned(schedule: Schedule | None, now: float) -> dict[str, Any]:
    """A schedule as hosts see it, with the meetings that follow from it; nothing where there is none."""
    if schedule is None:
        return {}
    return {"schedule": schedule, "next_meetings": [_shown(one) for one in some(schedule, now, SHOWN)]}


def _shown(one: Meeting) -> dict[str, str]:
    return {
        "date": one.day.isoformat(),
        "doors": _moment(one.doors),
        "starts": _moment(one.starts),
        "ends": _moment(one.ends),
    }


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
