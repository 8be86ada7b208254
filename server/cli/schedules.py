"""`lingkar room schedule | calendar`: when the rooms of a running server meet."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from server import remote
from server.cli.running import add_server, server
from server.cli.said import say, tell
from server.config import Parser, refuse
from server.schedule import Every, Weekday, known

_FLAGS = ("zone", "minutes", "doors", "repeat", "also", "until", "count", "left_out")
_SAID = {
    Every.DAY: "every day",
    Every.WEEK: "every week",
    Every.TWO_WEEKS: "every two weeks",
    Every.MONTH_DAY: "on the same day of every month",
    Every.MONTH_WEEKDAY: "on the same weekday of every month",
}


def add(commands: "argparse._SubParsersAction[Parser]", env: Mapping[str, str]) -> None:
    """`room schedule`, `room calendar`."""
    planning = commands.add_parser("schedule", help="print when a room meets, or plan it anew")
    add_flags(planning)
    planning.add_argument("--none", action="store_true", help="take the schedule away: the doors are always there")
    planning.set_defaults(do=schedule)
    calendar = commands.add_parser("calendar", help="print a room's meetings as a file for calendars (.ics)")
    calendar.set_defaults(do=print_calendar)
    for one in (planning, calendar):
        one.add_argument("id", metavar="ID")
        add_server(one, env)


def add_flags(one: Parser) -> None:
    """What makes a schedule."""
    one.add_argument("--starts", metavar="TIME", help="local time of the first meeting, as 2026-11-24T19:30")
    one.add_argument("--zone", metavar="ZONE", help="its time zone, as Asia/Jakarta")
    one.add_argument("--minutes", type=int, metavar="N", help="how long a meeting is planned")
    one.add_argument("--doors", type=int, metavar="N", help="minutes before it that the doors open (15)")
    one.add_argument("--repeat", choices=[every.value for every in Every], help="how the series goes on")
    days, told = [day.value for day in Weekday], "another weekday of a series of weeks: MO, TU, WE, TH, FR, SA or SU"
    one.add_argument("--also", action="append", choices=days, metavar="WEEKDAY", help=told)
    one.add_argument("--until", metavar="DATE", help="its last date, as 2026-12-31")
    one.add_argument("--count", type=int, metavar="N", help="or after so many meetings")
    one.add_argument("--except", dest="left_out", action="append", metavar="DATE", help="a date that is left out")


def asked_for(asked: argparse.Namespace) -> dict[str, Any] | None:
    """The schedule that the flags make; None without any. Refuses what is not whole."""
    given = [name for name in ("starts", *_FLAGS) if getattr(asked, name) is not None]
    if not given:
        return None
    if None in (asked.starts, asked.zone, asked.minutes):
        refuse("a schedule needs --starts, --zone and --minutes.")
    if asked.repeat is None and any(name in given for name in ("also", "until", "count", "left_out")):
        refuse("--also, --until, --count and --except need --repeat.")
    found: dict[str, Any] = {"zone": asked.zone, "starts": asked.starts, "minutes": asked.minutes}
    if asked.doors is not None:
        found["doors"] = asked.doors
    if asked.repeat is not None:
        series = {
            "every": asked.repeat,
            "also": asked.also,
            "until": asked.until,
            "count": asked.count,
            "except": asked.left_out,
        }
        found["repeat"] = {name: value for name, value in series.items() if value is not None}
    return found


def schedule(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    path, plan = f"/api/rooms/{remote.quoted(asked.id)}", asked_for(asked)
    if asked.none and plan is not None:
        refuse("give a schedule or --none, not both.")
    change = asked.none or plan is not None
    room = server(asked, env).ask("PATCH", path, {"schedule": plan}) if change else server(asked, env).ask("GET", path)
    facts = {name: room.get(name) for name in ("id", "schedule", "next_meetings")}
    always = [f"{room['title']} ({room['id']}) has no schedule: its doors are always there."]
    tell(asked, facts, lines(room) or always)


def lines(room: Mapping[str, Any]) -> list[str]:
    """What a schedule says, and the next dates by the clock of its zone; nothing without one."""
    if "schedule" not in room:
        return []
    plan, following = room["schedule"], room["next_meetings"]
    repeat = plan["repeat"]
    series = "once" if repeat is None else " ".join([_SAID[Every(repeat["every"])], *_end(repeat)])
    how = f"{plan['minutes']} min; the doors open {plan['doors']} min before"
    first = f"From {plan['starts'].replace('T', ' ')} ({plan['zone']}), {series}, {how}."
    return [first, *(_dates(plan["zone"], following) if following else ["No more meetings are planned."])]


def _end(repeat: Mapping[str, Any]) -> Iterator[str]:
    if "also" in repeat:
        yield f"also on {', '.join(repeat['also'])}"
    if "until" in repeat:
        yield f"until {repeat['until']}"
    if "count" in repeat:
        yield f"{repeat['count']} times"
    if "except" in repeat:
        yield f"but not on {', '.join(repeat['except'])}"


def _dates(zone: str, following: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """In UTC where this machine does not know the zone, and the server does."""
    clock = ZoneInfo(zone) if known(zone) else UTC
    for one in following:
        starts, doors = (datetime.fromisoformat(one[name]).astimezone(clock) for name in ("starts", "doors"))
        yield f"  {starts:%a %Y-%m-%d %H:%M} {starts:%Z}, doors {doors:%H:%M}"


def print_calendar(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    path = f"/api/rooms/{remote.quoted(asked.id)}/calendar.ics"
    text = server(asked, env).read("GET", path).decode()
    if asked.json:
        return tell(asked, {"id": asked.id, "calendar": text}, [])
    return say(text.removesuffix("\n"))
