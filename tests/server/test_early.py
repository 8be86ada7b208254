"""Who comes before the doors of a planned room open, and what hosts and people are told of its dates."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from icalendar import Calendar

from protocol.views import Role
from server import entries
from server.directory import Room
from server.schedule import Every, Repeat, Schedule
from tests.server.evening import WALL, Evening, Guest, evening
from tests.server.running import House, Running, house, running
from tests.server.test_invites import by, invited
from tests.server.test_uniform import heard, with_secret

HOUR = 3600.0


def planned(ahead: float, repeat: Repeat | None = None) -> Schedule:
    """A meeting of an hour that begins so many seconds after the wall clock's start, by the clock of Jakarta, with the
    doors a quarter of an hour before."""
    starts = datetime.fromtimestamp(WALL + ahead + 7 * HOUR, UTC)
    assert starts.second == 0
    return Schedule("Asia/Jakarta", f"{starts:%Y-%m-%dT%H:%M}", 60, 15, repeat)


def at(server: Evening, seconds: float) -> None:
    """Set the wall clock, to seconds after `WALL`."""
    server.wall_ahead = seconds - server.loop.hand


def dates(guest: Guest) -> dict[str, Any]:
    """What came with the refusal."""
    assert guest.code == "early"
    found: dict[str, Any] = guest.refusal["dates"]
    return found


ROUND = 20 * 60.0 + 40  # after which WALL is a whole minute


@evening
async def test_participants_hear_when_the_doors_open_and_then_come_in(server: Evening) -> None:
    room = await server.room(schedule=planned(ROUND + HOUR, Repeat(Every.WEEK, count=3)))
    invite = entries.url(room, await entries.make(room, Role.PARTICIPANT, 0))
    starts = WALL + ROUND + HOUR
    at(server, ROUND)
    told = dates(server.knock(room, "Budi"))
    assert told == {
        "now": WALL + ROUND,
        "zone": "Asia/Jakarta",
        "minutes": 60,
        "doors": 15,
        "starts": [starts, starts + 7 * 24 * HOUR, starts + 14 * 24 * HOUR],
        "uid": told["uid"],
    }
    # by a personal invite, and whatever the name is: a name tells nobody more than the link does
    assert dates(server.guest().knock(with_secret(room, invite, "\u202e"))) == told
    assert room.live.state.kept.seats == {}
    assert "Wednesday" not in str(told)
    assert room.id not in str(told)
    for kind in ("facilitator", "host"):
        assert server.knock(room, "Ada", kind).code == ""
    assert server.knock(room, "Budi").code == "early"  # who leads is here, but nothing has been opened
    at(server, ROUND + 45 * 60 - 1)
    assert server.knock(room, "Budi").code == "early"
    at(server, ROUND + 45 * 60)
    budi = server.knock(room, "Budi")
    await server.at(server.time + 0.25)
    assert (budi.code, budi.view["sight"]) == ("", "door")
    at(server, ROUND + 2 * HOUR)
    assert dates(server.knock(room, "Citra"))["starts"] == told["starts"][1:]
    assert server.back(budi).code == ""  # who has a seat comes back to it whatever the clock says
    at(server, ROUND + 15 * 24 * HOUR)
    assert dates(server.knock(room, "Citra"))["starts"] == []


@evening
async def test_an_opened_meeting_has_its_doors_open(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    await plan(server, room, planned(ROUND + 24 * HOUR, Repeat(Every.DAY, count=2)))
    at(server, ROUND)
    assert server.knock(room, "Citra").code == ""
    ada.ask("close-meeting")
    await server.at(server.time + 0.25)
    assert server.knock(room, "Citra").code == "early"
    [bye] = [data for event, data in budi.heard if event == "bye"]
    starts = WALL + ROUND + 24 * HOUR
    assert bye["code"] == "closed"
    assert bye["next"]["starts"] == [starts, starts + 24 * HOUR]
    assert bye["next"]["zone"] == "Asia/Jakarta"


@evening
async def test_the_next_date_is_not_the_one_that_is_just_over(server: Evening) -> None:
    """Closed in good time, the hour that was planned goes on: the next date is the one after it."""
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    await plan(server, room, planned(ROUND, Repeat(Every.WEEK, count=2)))
    at(server, ROUND + HOUR / 2)
    ada.ask("close-meeting")
    await server.at(server.time + 0.25)
    [bye] = [data for event, data in budi.heard if event == "bye"]
    assert bye["next"]["starts"] == [WALL + ROUND + 7 * 24 * HOUR]
    assert server.knock(room, "Citra").code == ""  # somebody late may still find it


@evening
async def test_a_room_without_a_schedule_says_nothing_of_dates(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    ada.ask("close-meeting")
    await server.at(server.time + 0.25)
    [bye] = [data for event, data in budi.heard if event == "bye"]
    assert "next" not in bye
    assert server.knock(room, "Citra").code == ""


@evening
async def test_a_wrong_link_learns_nothing_of_the_schedule(server: Evening) -> None:
    """The one answer, byte for byte, at the one moment: also where an invite was revoked, or somebody was removed."""
    room, (ada, _) = await server.meeting("Ada", "Budi")
    revoked, barred = [await invited(server, ada) for _ in range(2)]
    sari = await by(server, barred["url"], "Sari")
    ada.ask("remove", seat=sari.seat, reason="")
    await server.settled()
    await entries.revoke(room, revoked["id"])
    ada.ask("close-meeting")
    await server.at(server.time + 0.25)
    wrong = [with_secret(room, url) for url in (revoked["url"], barred["url"], "#wrong", "#")]
    before = {await heard(server, auth) for auth in wrong}
    await plan(server, room, planned(ROUND + 24 * HOUR))
    at(server, ROUND)
    assert server.knock(room, "Budi").code == "early"
    assert {await heard(server, auth) for auth in wrong} == before
    assert len(before) == 1


@evening
async def test_a_schedule_outlives_a_crash(server: Evening) -> None:
    room = await server.room(schedule=planned(ROUND + 24 * HOUR, Repeat(Every.DAY, left_out=("2026-10-01",))))
    after = await server.crash(server.folder.with_name("after"))
    [again] = after.rooms.rooms()
    assert again.plan == room.plan
    at(after, ROUND)
    assert after.knock(again, "Budi").code == "early"


async def plan(server: Evening, room: Room, schedule: Schedule | None) -> None:
    await server.rooms.change(room, msgspec.structs.replace(room.plan, schedule=schedule))


# The API


async def test_a_schedule_is_given_changed_and_taken_away(home: House) -> None:
    plan = {
        "zone": "Europe/Berlin",
        "starts": "2030-03-21T19:30",
        "minutes": 60,
        "repeat": {"every": "week", "count": 7},
    }
    made = await home.room(schedule=plan)
    path = f"/api/rooms/{made.id}"
    _, room = await home.api("GET", path)
    assert room["schedule"] == {**plan, "doors": 15}
    assert [one["date"] for one in room["next_meetings"]] == [
        "2030-03-21",
        "2030-03-28",
        "2030-04-04",
        "2030-04-11",
        "2030-04-18",
    ]
    first = {"starts": "2030-03-21T18:30:00Z", "doors": "2030-03-21T18:15:00Z", "ends": "2030-03-21T19:30:00Z"}
    assert room["next_meetings"][0] == {"date": "2030-03-21", **first}
    looked = await home.api("POST", "/api/schedules", {"schedule": {**plan, "doors": 0, "repeat": None}})
    one = {"date": "2030-03-21", **first, "doors": first["starts"]}
    assert looked == (200, {"schedule": {**plan, "doors": 0, "repeat": None}, "next_meetings": [one]})

    wrong = {"code": "schedule-invalid", "detail": {"field": "zone", "code": "unknown"}}
    for method, place in (("PATCH", path), ("POST", "/api/schedules")):
        assert await home.api(method, place, {"schedule": {**plan, "zone": "Berlin"}}) == (400, wrong)
        for shape in ("soon", {**plan, "minutes": "60"}, {**plan, "title": "x"}, {"zone": "UTC"}):
            assert await home.api(method, place, {"schedule": shape}) == (400, {"code": "malformed"})
    assert (await home.api("PATCH", path, {"title": "Thursday"}))[1]["schedule"] == room["schedule"]
    async with home.session.get(f"{home.server.url}{path}/calendar.ics") as answer:
        assert answer.status == 401
    _, gone = await home.api("PATCH", path, {"schedule": None})
    assert {"schedule", "next_meetings"} & gone.keys() == set()
    assert await home.api("GET", f"{path}/calendar.ics") == (404, {"code": "no-schedule"})


async def test_the_calendar_of_a_room_is_a_file(home: House) -> None:
    made = await home.room("Rabu; malam", schedule={"zone": "UTC", "starts": "2030-03-21T19:30", "minutes": 60})
    headers = {"Authorization": f"Bearer {home.server.token}"}
    async with home.session.get(f"{home.server.url}/api/rooms/{made.id}/calendar.ics", headers=headers) as answer:
        text = await answer.text()
        assert (answer.content_type, answer.charset) == ("text/calendar", "utf-8")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="lingkar.ics"'
        assert answer.headers["Cache-Control"] == "no-store"
    [entry] = Calendar.from_ical(text).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Rabu; malam"
    assert all(link.rpartition("#")[2] not in text for link in made.links.values())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("lingkar") / "data") as found:
        yield found


@pytest.fixture
async def home(server: Running) -> AsyncIterator[House]:
    async with house(server) as found:
        yield found
