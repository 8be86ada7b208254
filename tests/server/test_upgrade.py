"""After an update: what earlier versions have stored goes on; what cannot be read ends, holds up nobody, and those who
come back to it are told."""

import contextlib
import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rooms.events import KeptEvent
from server.database import DATABASE
from server.record import Unreadable, read
from server.stored import VERSION, read_meetings
from tests.server.evening import Evening, Guest, by_hand
from tests.server.running import house, running
from tests.server.test_forget import answer, in_files

KEPT = Path(__file__).parent / "kept"
FOLDERS = ["first", "second", "third", "fourth"]
SHAPES = "e2ed3e8b"  # of all that version 4 stores: see the test


def unpacked(kept: str, folder: Path) -> dict[str, Any]:
    """The data folder as it was, a moment ago; what people know of it."""
    known: dict[str, Any] = json.loads((KEPT / f"{kept}.json").read_text())
    folder.mkdir(mode=0o700)
    (folder / "key").write_bytes(bytes.fromhex(known["key"]))
    (folder / "key").chmod(0o600)
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as db:
        db.executescript((KEPT / f"{kept}.sql").read_text())
        (table,) = db.execute("SELECT name FROM sqlite_schema WHERE name GLOB 'meeting_*'").fetchone()
        (head,) = db.execute(f"SELECT body FROM {table} WHERE n = -1").fetchone()
        head = json.dumps(json.loads(head) | {"started": time.time() - 60}).encode()
        db.execute(f"UPDATE {table} SET body = ? WHERE n = -1", (head,))
        db.commit()
    return known


def back(server: Evening, known: dict[str, Any], name: str, called: str = "") -> Guest:
    """Somebody comes back to what is theirs."""
    auth = {"v": 1, "room": known["room"], "resume": known["people"][name]["resume"], "name": called or name}
    return server.guest().knock(auth)


def played(folder: Path, scene: Callable[[Evening], Awaitable[None]]) -> None:
    """A scene on a server that starts on this folder."""

    async def play() -> None:
        server = Evening(folder)
        try:
            await scene(server)
        finally:
            await server.end()

    by_hand(play())


# What earlier versions stored


@pytest.mark.parametrize("kept", FOLDERS)
def test_a_meeting_of_an_earlier_version_goes_on_with_everybody_in_place(kept: str, tmp_path: Path) -> None:
    known = unpacked(kept, tmp_path / "data")
    seats = {name: person["seat"] for name, person in known["people"].items()}

    async def scene(server: Evening) -> None:
        people = [back(server, known, name) for name in ("Ada", "Budi", "Citra", "Dewi")]
        more = [back(server, known, name) for name in ("Hana", "Joko") if name in seats]
        gita = back(server, known, "Gita")
        assert {back(server, known, name).code for name in ("Eka", "Fajar")} == {"no-entry"}  # removed, gone
        await server.at(1)
        ada, budi, citra, dewi = people
        assert [guest.seat for guest in people] == [seats[name] for name in ("Ada", "Budi", "Citra", "Dewi")]
        assert ada.view["sight"] == "lead"
        assert [ada.view["hands"][hand]["seat"] for hand in ada.view["queue"]] == known["order"]
        if "reasons" in known:
            assert [ada.view["hands"][hand]["reason"] for hand in ada.view["queue"]] == known["reasons"]
            assert ada.view["people"][seats["Hana"]]["turns"] == 1
        assert (ada.view["phase"], ada.view["policy"].get("order"), ada.view.get("round")) == ("sharing", None, None)
        [turn] = budi.view["turns"].values()
        assert turn["seat"] == budi.seat
        assert gita.view["sight"] == "door"
        assert ada.view["waiting"].keys() == {gita.seat}
        if kept != "first":
            assert ada.view["successors"] == [citra.seat]
            ada.ask("resume-room")
        asked = [ada.ask("admit", seat=gita.seat), ada.ask("remove", seat=dewi.seat, reason="x")]
        asked += [ada.ask("undo-removal", seat=dewi.seat)]
        await server.settled()
        await server.at(2)
        assert all(answer(ada, number)["ok"] for number in asked)
        assert back(server, known, "Dewi").code == ""
        asked_by = citra.ask("leave", erase=True)
        await server.settled()
        assert answer(citra, asked_by)["ok"]
        assert in_files(server.folder, [citra.seat, ada.seat]) == {ada.seat}

        again = await server.crash(server.folder.with_name("after"))
        [row] = read_meetings(again.folder / DATABASE)
        assert row.version == VERSION
        ada = back(again, known, "Ada")
        await again.at(1)
        assert ada.view["people"].keys() == {ada.seat, budi.seat, dewi.seat, gita.seat, *(one.seat for one in more)}

    played(tmp_path / "data", scene)


@pytest.mark.parametrize("kept", FOLDERS)
def test_a_turn_of_an_earlier_version_ends_and_can_be_put_back(kept: str, tmp_path: Path) -> None:
    """By today's rules: what was stored of it knows nothing of them."""
    known = unpacked(kept, tmp_path / "data")

    async def scene(server: Evening) -> None:
        ada, budi, citra = (back(server, known, name) for name in ("Ada", "Budi", "Citra"))
        await server.at(1)
        if kept != "first":
            ada.ask("resume-room")
            await server.settled()
        asked = [budi.ask("resume-turn", turn=budi.turn)]
        await server.at(11)
        turn, [before] = budi.turn, ada.view["turns"].values()
        left = before["ends_at"] - room_time(server, known)
        asked += [budi.ask("finish-turn", turn=turn)]
        await server.at(11.5)
        asked += [ada.ask("undo-end", turn=turn), ada.ask("set-order", order="fair")]
        await server.at(12)
        [again] = ada.view["turns"].values()
        assert (again["seat"], again["state"]) == (budi.seat, "paused")
        assert left - 1 < again["left"] <= left
        asked += [ada.ask("resume-turn", turn=turn), ada.ask("end-turn", turn=turn)]
        asked += [ada.ask("begin-silence", seconds=30)]
        await server.at(13)
        assert [answer(ada, number).get("code") for number in asked[2:]] == [None] * 5
        assert [answer(budi, number).get("code") for number in asked[:2]] == [None] * 2
        assert (ada.view["hold"], ada.view["policy"]["order"]) == ("silence", "fair")
        assert {hand["reason"] for hand in ada.view["hands"].values()} <= {"process", "not-spoken", "turns"}
        assert citra.gaps == ada.gaps == 0

    played(tmp_path / "data", scene)


def room_time(server: Evening, known: dict[str, Any]) -> float:
    """Meeting time of the meeting that goes on."""
    return next(room.live.now for room in server.rooms.rooms() if room.id == known["room"])


@pytest.mark.parametrize("kept", FOLDERS)
def test_links_of_an_earlier_version_open_the_room(kept: str, tmp_path: Path) -> None:
    known = unpacked(kept, tmp_path / "data")

    async def scene(server: Evening) -> None:
        for kind, secret in known["links"].items():
            guest = server.guest().knock({"v": 1, "room": known["room"], "secret": secret, "name": f"New {kind}"})
            assert guest.code == ""
        assert [room.id for room in server.rooms.rooms()] == [known["room"], known["empty"]]
        plan = server.rooms.rooms()[0].plan
        assert (plan.seats, plan.two_to_remove) == (40 if kept in ("third", "fourth") else 0, False)
        assert (plan.format, plan.own) == ("simple", None)

    played(tmp_path / "data", scene)


@pytest.mark.parametrize(("kept", "version"), [("second", 1), ("third", 2), ("fourth", 3)])
def test_who_continues_an_old_meeting_says_so_on_the_disk(kept: str, version: int, tmp_path: Path) -> None:
    """So that the version before does not read on from there."""
    known = unpacked(kept, tmp_path / "data")
    assert [row.version for row in read_meetings(tmp_path / "data" / DATABASE)] == [version]

    async def scene(server: Evening) -> None:
        back(server, known, "Ada")
        await server.settled()
        assert {row.version for row in read_meetings(server.folder / DATABASE)} == {VERSION}

    played(tmp_path / "data", scene)


def test_what_is_stored_has_the_shape_of_its_version() -> None:
    """When this fails, what meetings store has changed. If a program of before would misread it, raise `VERSION` in
    `server/stored.py`; if today's cannot read what was stored before, it must (give new fields a default). Then note
    the new shape."""
    (shape,), parts = msgspec.json.schema_components([KeptEvent], ref_template="{name}")
    fields = [
        (name, sorted((part.get("properties") or {}).items(), key=str), part.get("required", []))
        for name, part in sorted(parts.items())
        if part.get("type") == "object"
    ]
    assert hashlib.sha256(json.dumps([shape, fields], sort_keys=True).encode()).hexdigest()[:8] == SHAPES


# What cannot be read

EVENT = "INSERT INTO meeting_1 SELECT max(n) + 1, max(at), {} FROM meeting_1"
HEAD = "UPDATE meeting_1 SET body = {} WHERE n = -1"


def packed(**event: Any) -> str:
    return f"x'{msgspec.msgpack.encode(event).hex()}'"


BROKEN = {
    "an unknown event": EVENT.format(packed(type="seat-painted", seat="x")),
    "an event without its fields": EVENT.format(packed(type="seat-ended")),
    "an event of another shape": EVENT.format(packed(type="seat-ended", seat=7, how="left")),
    "half an event": EVENT.format("x'84a4'"),
    "no event": EVENT.format("x''"),
    "an event of nobody": EVENT.format(packed(type="seat-admitted", seat="nobody")),
    "a seat by no link": EVENT.format(packed(type="seat-taken", seat="q", role="participant", link="garbage")),
    "an event of no turn": EVENT.format(packed(type="turn-paused", turn="t99")),
    "a newer version": HEAD.format("cast(json_set(cast(body AS TEXT), '$.events', 99) AS BLOB)"),
    "a gap": "DELETE FROM meeting_1 WHERE n = 3",
    "another room": HEAD.format("cast(json_set(cast(body AS TEXT), '$.room', 'gone') AS BLOB)"),
}
NAMELESS = {
    "no head": "DELETE FROM meeting_1 WHERE n = -1",
    "another head": HEAD.format("x'7b'"),
    "nothing": "DELETE FROM meeting_1",
}


@contextlib.contextmanager
def edited(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as db:
        yield db
        db.commit()


@pytest.mark.parametrize("damage", [*BROKEN, *NAMELESS])
def test_a_meeting_that_cannot_be_read_ends_and_holds_up_nobody(
    damage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    known = unpacked("second", folder)
    seats = [person["seat"] for person in known["people"].values()]
    with edited(folder) as db:
        db.execute((BROKEN | NAMELESS)[damage])

    async def scene(server: Evening) -> None:
        expected = "lost" if damage in BROKEN else "no-entry"  # which meeting it was, nobody can say
        assert back(server, known, "Ada").code == back(server, known, "Gita").code == expected
        assert back(server, known, "Ada", called="Budi").code == "no-entry"
        foreign = {"v": 1, "room": known["empty"], "resume": known["people"]["Ada"]["resume"], "name": "Ada"}
        assert server.guest().knock(foreign).code == "no-entry"
        new = server.guest().knock({"v": 1, "room": known["room"], "secret": known["links"]["host"], "name": "Ada"})
        assert new.code == ""
        await server.journal.end("nobody's")
        await server.settled()
        assert in_files(folder, seats) == set()
        [said] = [record for record in caplog.records if record.levelno >= logging.WARNING]
        assert "unreadable" in said.getMessage()
        assert not any(secret in caplog.text for secret in (*seats, known["room"], "seat-painted"))
        again = await server.crash(folder.with_name("after"))
        assert back(again, known, "Ada").code == "no-entry"  # who were lost, only memory knew

    played(folder, scene)


def test_the_other_meetings_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    known = unpacked("first", folder)
    with edited(folder) as db:
        db.execute("CREATE TABLE meeting_2 AS SELECT * FROM meeting_1")
        head = {"id": "mbroken", "room": known["empty"], "started": time.time()}
        db.execute("UPDATE meeting_2 SET body = ? WHERE n = -1", (json.dumps(head).encode(),))
        db.execute("DELETE FROM meeting_2 WHERE n = 2")

    async def scene(server: Evening) -> None:
        ada = back(server, known, "Ada")
        await server.at(1)
        assert ada.view["sight"] == "lead"
        assert len(server.rooms.rooms()) == 2
        await server.journal.end("nobody's")
        assert [row.room for row in read_meetings(folder / DATABASE)] == [known["room"]]

    played(folder, scene)


async def test_a_real_server_starts_and_says_so_once(tmp_path: Path) -> None:
    known = unpacked("second", tmp_path / "data")
    with edited(tmp_path / "data") as db:
        db.execute(BROKEN["a newer version"])
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            status, rooms = await home.api("GET", "/api/rooms")
            assert (status, {room["id"] for room in rooms["rooms"]}) == (200, {known["room"], known["empty"]})
        server.terminate()
        assert server.end() == 0
        assert server.said.count("unreadable") == 1
        assert "Traceback" not in server.said


def test_events_are_read_whole_or_not_at_all() -> None:
    with pytest.raises(Unreadable):
        read([(1.0, msgspec.msgpack.encode({"type": "meeting-opened"})), (2.0, b"\xc1")])
