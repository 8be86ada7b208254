"""A room's agreement: its versions, and a change while people are in the room."""

from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from protocol.views import Confidentiality
from server import agreements
from server.journal import RoomRow, StorageFailed
from server.room import Room
from tests.server.evening import WALL, Evening, Guest, evening
from tests.server.test_forget import answer, in_files
from tests.server.test_http import Asker, ask, served

__all__ = ["ask", "served"]


async def rewritten(server: Evening, room: Room, text: str) -> None:
    await server.rooms.change(room, msgspec.structs.replace(room.plan, text=text))
    await server.settled()


async def done(server: Evening, guest: Guest, asked: int) -> str:
    """The code of a refusal; empty when it was done."""
    await server.settled()
    return str(answer(guest, asked).get("code", ""))


# Whoever is there


@evening
async def test_everybody_inside_is_asked_again_after_the_turn(server: Evening) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    waits = server.knock(room, "Dewi")
    await server.at(server.time + 1)
    waits.ask("accept-agreement", version=1)
    budi.ask("raise-hand")
    await server.at(server.time + 1)
    budi.ask("accept-floor", turn=budi.turn)
    citra.ask("raise-hand")
    await server.settled()

    await rewritten(server, room, "Nothing is recorded.")
    assert waits.view["agreement"]["text"] == "Nothing is recorded."
    assert not waits.you.get("agreed")
    assert {guest.view["sight"] for guest in (budi, citra)} == {"circle"}
    assert [act["done"] for act in ada.view["acts"].values()][-1] == "agreement-changed"

    budi.ask("finish-turn", turn=budi.turn)
    await server.at(server.time + 6)
    for guest in (ada, budi, citra):
        assert guest.view == {"sight": "door", "agreement": guest.view["agreement"]}
        assert guest.view["agreement"] == {"version": 2, "policy": "stays-in-the-room", "text": "Nothing is recorded."}
        assert guest.you["reading"] and set(guest.you["may"]) == {"accept-agreement", "leave"}
    assert citra.you["place"] == 1
    assert await done(server, ada, ada.ask("close-meeting")) == "not-agreed"
    assert await done(server, citra, citra.ask("accept-agreement", version=1)) == "stale"
    assert await done(server, ada, ada.ask("accept-agreement", version=2)) == ""
    assert ada.view["reading"] == [budi.seat, citra.seat]
    for guest in (budi, citra):
        guest.ask("accept-agreement", version=2)
    await server.settled()
    assert (ada.view["circle"], ada.view.get("reading")) == ([ada.seat, budi.seat, citra.seat], None)
    [turn] = citra.view["turns"].values()
    assert (turn["seat"], turn["state"]) == (citra.seat, "offered")
    assert [guest.gaps for guest in (ada, budi, citra, waits)] == [0] * 4


@evening
async def test_a_question_about_links_is_for_those_who_have_accepted_it(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    await rewritten(server, room, "Nothing is recorded.")
    asked = ada.emit("ask", {"type": "list-links"})
    assert await done(server, ada, asked) == "not-agreed"
    ada.ask("accept-agreement", version=2)
    asked = ada.emit("ask", {"type": "list-links"})
    assert await done(server, ada, asked) == ""


@evening
async def test_whoever_reads_goes_on_reading_after_a_crash(server: Evening) -> None:
    """Also where the row was stored, and nothing of it in the meeting; and no word of it is in the meeting's events."""
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    await room.rewrite(lambda row: agreements.rewritten(row, row.policy, "Nothing is recorded.", server.wall()))
    again = await server.crash(server.folder.with_name("row-only"))
    ada, budi = again.back(ada), again.back(budi)
    await again.at(1)
    assert ada.you["reading"] and budi.you["reading"]
    ada.ask("accept-agreement", version=2)
    await again.settled()
    last = await again.crash(server.folder.with_name("after"))
    ada, budi = last.back(ada), last.back(budi)
    await last.at(1)
    assert (ada.view["sight"], budi.view["sight"]) == ("lead", "door")
    assert ada.view["reading"] == [budi.seat]


@evening
async def test_a_change_that_cannot_be_stored_asks_nobody(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    with server.unwritable(), pytest.raises(StorageFailed):
        await rewritten(server, room, "Nothing is recorded.")
    await server.at(server.time + 5)
    assert (ada.view["sight"], room.row.version) == ("lead", 1)


# Its versions


def test_hosts_read_and_write_them(ask: Asker) -> None:
    made = ask.host("POST", "/api/rooms", {"title": "x", "agreement": {"text": "One."}}).json
    path = f"/api/rooms/{made['id']}"
    first = ask.host("GET", f"{path}/agreement").json
    assert (first["version"], first["policy"], first["text"]) == (1, "stays-in-the-room", "One.")
    [one] = first["versions"]
    assert datetime.fromisoformat(one["at"]).utcoffset().total_seconds() == 0  # type: ignore[union-attr]

    assert ask.host("PATCH", path, {"agreement": {"text": "Two."}}).status == 200
    assert ask.host("PATCH", path, {"agreement": {"policy": "full-disclosure"}}).status == 200
    assert ask.host("PATCH", path, {"title": "y", "agreement": {"text": "Two."}}).status == 200  # the same again
    now = ask.host("GET", f"{path}/agreement").json
    assert (now["version"], now["policy"], now["text"]) == (3, "full-disclosure", "Two.")
    assert [(one["version"], one["policy"], one["text"]) for one in now["versions"]] == [
        (3, "full-disclosure", "Two."),
        (2, "stays-in-the-room", "Two."),
        (1, "stays-in-the-room", "One."),
    ]
    assert ask.host("GET", "/api/rooms/nowhere/agreement").status == 404
    assert ask("GET", f"{path}/agreement").status == 401
    ask.host("DELETE", path)


def row(**fields: object) -> RoomRow:
    plain = {"id": "a", "title": "x", "format": "simple", "policy": "stays-in-the-room", "text": "One.", "version": 1}
    more = {"questions": (), "generations": {}, "created": WALL}
    return msgspec.convert({**plain, **more, **fields}, RoomRow)


def test_the_last_twenty_are_kept() -> None:
    kept = row()
    for number in range(2, 31):
        kept = agreements.rewritten(kept, Confidentiality.STAYS, f"Number {number}.", WALL + number)
    assert [one.version for one in agreements.known(kept)] == list(range(11, 31))
    assert agreements.known(kept)[-1].text == kept.text == "Number 30."
    assert agreements.rewritten(kept, kept.policy, kept.text, WALL + 99) is kept


def test_of_a_room_from_before_it_is_known_what_is_known() -> None:
    """Since when its first version is there; of a later one, nobody wrote it down."""
    [first] = agreements.known(row())
    assert (first.text, first.at) == ("One.", WALL)
    [later] = agreements.known(row(version=4))
    assert (later.version, later.at) == (4, 0.0)
    assert [one.version for one in agreements.known(agreements.rewritten(row(version=4), "x", "y", WALL))] == [4, 5]


@evening
async def test_they_are_there_after_a_restart_and_gone_with_the_room(server: Evening) -> None:
    room = await server.room(text="The first words.")
    await rewritten(server, room, "The second words.")
    after = await server.crash(server.folder.with_name("after"))
    [again] = after.rooms.rooms()
    assert [one.text for one in agreements.known(again.row)] == ["The first words.", "The second words."]
    await after.rooms.delete(again)
    await after.settled()
    assert in_files(Path(after.folder), ["The first words.", "The second words."]) == set()
