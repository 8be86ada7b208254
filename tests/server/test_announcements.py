"""What a host says from outside: who sees it, for how long, and what is refused. Over real sockets."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.server.evening import Evening, evening
from tests.server.person import Person
from tests.server.running import House, Running, house, running

WORDS = "Pukul delapan kita berkumpul lagi.\nSampai nanti."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("lingkar") / "data") as found:
        yield found


@pytest.fixture
async def home(server: Running) -> AsyncIterator[House]:
    async with house(server) as found:
        yield found


async def announced(home: House, text: str, *rooms: str) -> dict[str, Any]:
    status, made = await home.api("POST", "/api/announcements", {"text": text, "rooms": list(rooms)})
    assert status == 201, made
    return dict(made)


def stands(person: Person) -> str:
    return str(person.view.get("announcement", {}).get("text", ""))


async def test_it_is_shown_in_the_rooms_that_are_meant_and_not_at_the_door(home: House, server: Running) -> None:
    one, (ada, budi) = await home.meeting("Ada", "Budi")
    other, (eka,) = await home.meeting("Eka")
    waiting = await home.waiting(one, "Citra")
    made = await announced(home, f"  {WORDS}\r\n", one.id)
    assert (made["rooms"], made["people"]) == ([one.id], 2)
    for person in (ada, budi):
        assert await person.until(stands) == WORDS
        assert person.view["acts"][person.view["lately"][-1]] == {
            "done": "announced",
            "at": person.view["announcement"]["at"],
        }
    await ada.do("admit", seat=waiting.seat)
    await waiting.accept()
    assert await waiting.until(stands) == WORDS  # whoever comes later sees it, too
    assert all(WORDS.split("\n")[0] not in repr(frame) for frame in waiting.heard if "door" in repr(frame))
    assert stands(eka) == ""
    assert WORDS.encode() not in b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
    assert WORDS[:20] not in server.said

    [shown] = (await home.api("GET", "/api/announcements"))[1]["announcements"]
    assert shown.pop("age") < 60
    assert shown == {"id": made["id"], "text": WORDS, "rooms": [one.id], "people": 3}
    newer = await announced(home, "Lima menit lagi.", one.id, other.id)
    assert (await budi.until(lambda me: stands(me) != WORDS and stands(me)), newer["people"]) == ("Lima menit lagi.", 4)
    numbers = {room["id"]: room["announced"] for room in (await home.api("GET", "/api/board"))[1]["rooms"]}
    assert (numbers[one.id], numbers[other.id]) == (newer["id"], newer["id"])
    assert (await home.api("DELETE", f"/api/announcements/{made['id']}"))[0] == 404  # another one stands there
    assert (await home.api("DELETE", f"/api/announcements/{newer['id']}"))[0] == 204
    for person in (budi, eka):
        await person.until(lambda me: not stands(me))


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"text": ""}, (400, "announcement-invalid")),
        ({"text": " \n "}, (400, "announcement-invalid")),
        ({"text": "x" * 301}, (400, "announcement-invalid")),
        ({"text": "a\u202eb"}, (400, "announcement-invalid")),
        ({"text": "x", "rooms": ["nowhere"]}, (404, "not-found")),
        ({"text": "x", "rooms": []}, (400, "malformed")),
        ({"text": 5}, (400, "malformed")),
        ({"text": "x", "colour": "red"}, (400, "malformed")),
        ({}, (400, "malformed")),
    ],
)
async def test_what_cannot_be_said_is_refused_with_a_code(asked: object, refused: tuple[int, str], home: House) -> None:
    status, answer = await home.api("POST", "/api/announcements", asked)
    assert (status, answer["code"]) == refused


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("GET", ""), ("DELETE", "/x")])
async def test_only_for_hosts(method: str, path: str, home: House) -> None:
    async with home.session.request(method, f"{home.server.url}/api/announcements{path}") as answer:
        assert (answer.status, await answer.json()) == (401, {"code": "unauthorized"})


@evening
async def test_it_goes_by_itself_after_ten_minutes_also_where_nobody_is(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    empty = await server.room()
    for one in (room, empty):
        one.live.announce("n1", WORDS)
    await server.settled()
    assert ada.view["announcement"]["text"] == WORDS
    assert [one.numbers().announced for one in (room, empty)] == ["n1", "n1"]
    start = server.time
    await server.at(start + 599)
    assert "announcement" in ada.view
    await server.at(start + 600)
    assert "announcement" not in ada.view
    assert [one.numbers().announced for one in (room, empty)] == ["", ""]
    assert server.journal.meetings()[0].room == room.id
    assert len(server.journal.meetings()) == 1  # nothing of the empty room is on the disk
