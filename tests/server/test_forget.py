"""Forgetting on request: `leave` with `erase` leaves nothing of the seat, in memory or on the disk; and what people are
told when they go is what is so."""

import asyncio
import contextlib
import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rooms.events import Rebuilt
from server.database import DATABASE, connect
from server.record import read
from server.stored import read_meetings, read_stored, replace_events
from tests.server.evening import Evening, Guest, evening
from tests.server.person import Gone, TurnedAway
from tests.server.running import House, Running, house, running
from tests.server.test_cli import lingkar
from tests.server.test_journal_erase import READ

LEFT = ["room", "seat", "name", "address", "counts"]  # somebody whom those who lead have let in
NOTHING = ["room", "address", "counts"]


SEARCH = """
import json, pathlib, sys
files = [file.read_bytes() for file in pathlib.Path(sys.argv[1]).iterdir() if file.is_file()]
words = json.load(sys.stdin)
print(json.dumps([word for word in words if any(word.encode() in file for file in files)]))
"""


def in_files(folder: Path, words: Iterable[str]) -> set[str]:
    """Which of the words are in the raw files. Read by another process, as `found` does."""
    said = subprocess.run(
        [sys.executable, "-c", SEARCH, str(folder)],
        input=json.dumps(list(words)).encode(),
        capture_output=True,
        check=True,
    )
    return set(json.loads(said.stdout))


def in_memory(room: Any, *words: str) -> set[str]:
    """Which of the words the meeting's values have."""
    live = room.live
    known = msgspec.json.encode([live.state.kept, live.state.live, live._record.stored.kept, live._record.stored.live])
    return {word for word in words if word.encode() in known}


def last(guest: Guest, count: int) -> list[tuple[str, Any]]:
    return guest.heard[-count:]


def answer(guest: Guest, asked: int) -> Any:
    """None while there is none."""
    return guest.answers.get(asked) if guest.heard else None


@contextlib.contextmanager
def somebody_reads(folder: Path) -> Iterator[None]:
    """Another program reads the database all the while."""
    reader = subprocess.Popen([sys.executable, "-c", READ, str(folder)], stdout=subprocess.PIPE)
    try:
        assert reader.stdout and reader.stdout.readline() == b"reading\n"
        yield
    finally:
        reader.kill()
        reader.communicate()


async def erased(server: Evening) -> None:
    """Until the log has been emptied."""
    await server.journal.end("nobody's")
    await server.settled()


# Erased on request


@evening
async def test_whoever_wants_to_be_erased_is_nowhere_and_the_others_stay(server: Evening) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    citra.ask("raise-hand", note="a note")
    await server.at(server.time + 1)
    budi.ask("raise-hand", note="another")
    await server.at(server.time + 1)
    assert in_files(server.folder, [budi.seat, citra.seat]) == {budi.seat, citra.seat}
    seat, others = budi.seat, {ada.seat, citra.seat}
    asked = budi.ask("leave", erase=True)
    await server.settled()
    assert answer(budi, asked)["ok"]
    assert [kind for kind, _ in last(budi, 3)] == ["ack", "bye", "end"]
    assert last(budi, 2)[0] == ("bye", {"code": "left", "knows": NOTHING})
    assert in_files(server.folder, [seat, *others]) == others
    assert in_memory(room, seat, "Budi", *others) == others
    await server.at(server.time + 1)
    assert ada.view["people"].keys() == citra.view["people"].keys() == others
    assert server.back(budi).code == "no-entry"
    citra.ask("lower-hand") if citra.you.get("hand") else citra.ask("pass-floor", turn=citra.turn)
    await server.settled()

    again = await server.crash(server.folder.with_name("after"))
    ada, citra = again.back(ada), again.back(citra)
    assert again.back(budi).code == "no-entry"
    await again.at(1)
    assert ada.view["people"].keys() == others
    assert in_files(again.folder, [seat, *others]) == others


@evening
async def test_who_leads_and_who_waits_can_be_erased_too(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    dewi = server.knock(room, "Dewi")
    await server.at(server.time + 1)
    seats = [ada.seat, dewi.seat]
    for guest in (ada, dewi):
        guest.ask("leave", erase=True)
        guest.ask("raise-hand")  # too late
        await server.settled()
        assert ("bye", {"code": "left", "knows": NOTHING}) in guest.heard
    assert in_files(server.folder, [*seats, budi.seat]) == {budi.seat}
    assert in_memory(room, *seats, "Ada", "Dewi", budi.seat) == {budi.seat}
    assert budi.view["people"].keys() == {budi.seat}


@evening
async def test_several_at_once_and_somebody_who_raises_a_hand_in_between(server: Evening) -> None:
    _, people = await server.meeting("Ada", "Budi", "Citra", "Dewi", "Eka")
    ada, *others, eka = people
    seats = [guest.seat for guest in others]
    asked = []
    for guest in others:
        eka.ask("raise-hand")
        asked.append(guest.ask("leave", erase=True))
        eka.ask("lower-hand")
    await server.settled()
    assert all(answer(guest, number)["ok"] for guest, number in zip(others, asked, strict=True))
    assert in_files(server.folder, [*seats, eka.seat, ada.seat]) == {eka.seat, ada.seat}
    again = await server.crash(server.folder.with_name("after"))
    ada, eka = again.back(ada), again.back(eka)
    await again.at(1)
    assert ada.view["people"].keys() == {ada.seat, eka.seat}


@evening
async def test_a_disk_that_refuses_to_erase_changes_nothing(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("raise-hand", note="a note")
    await server.settled()
    before, shown = ada.view, room.live.state.kept
    with server.unwritable():
        asked = budi.ask("leave", erase=True)
        await server.settled()
    assert answer(budi, asked) == {"ok": False, "code": "not-now"}
    await server.at(server.time + 2)
    assert room.live.state.kept == shown
    assert ada.view == before
    assert not {"bye", "end"} & set(budi.kinds())
    assert in_memory(room, budi.seat, "Budi", "a note") == {budi.seat, "Budi", "a note"}
    asked = budi.ask("leave", erase=True)
    await server.settled()
    assert answer(budi, asked)["ok"]
    assert in_files(server.folder, [budi.seat, ada.seat]) == {ada.seat}


@evening
async def test_a_rewrite_that_failed_and_is_on_the_disk_after_all_costs_nobody_their_seat(server: Evening) -> None:
    """The last step of a commit may fail and yet stand in the log. The person was told that nothing happened."""
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    path, meeting = server.folder / DATABASE, room.live.meeting
    with contextlib.closing(connect(path)) as db:
        db.execute("BEGIN IMMEDIATE")
        asked = budi.ask("leave", erase=True)
        await server.settled()
        assert answer(budi, asked) == {"ok": False, "code": "not-now"}
        kept = room.live.state.kept
        without = msgspec.structs.replace(kept, seats={ada.seat: kept.seats[ada.seat]}, circle=(ada.seat,))
        replace_events(meeting, [(0, 1.0, msgspec.msgpack.encode(Rebuilt(without)))], db, stored_in(db))
        db.execute("COMMIT")
    await server.at(server.time + 2)
    hand = budi.ask("raise-hand")
    await server.settled()
    assert answer(budi, hand)["ok"]
    again = await server.crash(server.folder.with_name("after"))
    ada, budi = again.back(ada), again.back(budi)
    await again.at(1)
    assert budi.you.get("hand") or budi.you.get("turn")
    assert ada.view["people"].keys() == {ada.seat, budi.seat}


def stored_in(db: Any) -> Any:
    from server.stored import _stored

    return _stored(db)


@evening
async def test_while_somebody_reads_the_database_the_answer_waits_and_nobody_else_does(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    with somebody_reads(server.folder):
        asked = budi.ask("leave", erase=True)
        while ada.view["people"].keys() != {ada.seat}:
            await asyncio.sleep(0)
        hand = ada.ask("raise-hand")
        while answer(ada, hand) is None:
            await asyncio.sleep(0)
        assert answer(budi, asked) is None
        assert not {"bye", "end"} & set(budi.kinds())
    await erased(server)
    assert [kind for kind, _ in last(budi, 3)] == ["ack", "bye", "end"]
    assert in_files(server.folder, [budi.seat, ada.seat]) == {ada.seat}


async def test_killed_at_any_moment_it_is_all_there_or_all_gone(tmp_path: Path) -> None:
    chance = random.Random(3)
    data = tmp_path / "data"
    with running(data) as server:
        async with house(server) as home:
            room, (ada, *_) = await home.meeting("Ada")
            for lap in range(8):
                who = await home.seated(room, ada, f"Budi {lap}")
                seat, token = who.seat, who.resume
                asking = asyncio.create_task(who.ask("leave", erase=True))
                await asyncio.sleep(chance.random() * 0.012)  # how long, does not matter
                home.server.kill()
                with contextlib.suppress(Gone, ConnectionError):
                    assert (await asking)["ok"]
                erased = not asking.cancelled() and asking.exception() is None
                home.server = Running(data)
                ada = await home.person().come_back(ada)
                there = in_files(data, [seat]) == {seat}
                assert there is (seat in ada.view["people"])
                assert not (erased and there)
                auth = {"v": 1, "room": room.id, "resume": token, "name": f"Budi {lap}"}
                if there:
                    back = await home.person().connect(auth)
                    await back.do("leave", erase=True)
                else:
                    with pytest.raises(TurnedAway, match="no-entry"):
                        await home.person().connect(auth)
                assert in_files(data, [seat, ada.seat]) == {ada.seat}


# What is said is so


async def test_the_goodbye_of_everybody_who_goes_is_what_the_server_could_hand_over(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            await told(home)


def home_knows(home: House, id: str) -> Any:
    """What the server would hand over."""
    return json.loads(lingkar("disclose", id, "--data", str(home.data)).stdout)


async def told(home: House) -> None:
    room, (ada, removed, left, erased, stays) = await home.meeting("Ada", "Budi", "Citra", "Dewi", "Eka")
    declined, gone, revoked = [await home.waiting(room, name) for name in ("Fajar", "Gita", "Hana")]
    await ada.do("decline", seat=declined.seat, reason="not today")
    await gone.do("leave")
    status, _ = await home.api("POST", f"/api/rooms/{room.id}/links/participant/renew", {})
    assert status == 200
    await ada.do("remove", seat=removed.seat, reason="please")
    await left.do("leave")
    expected = {
        removed: ("removed", LEFT),
        left: ("left", LEFT),
        declined: ("declined", ["room", "seat", "address", "counts"]),
        gone: ("left", ["room", "seat", "address", "counts"]),
        revoked: ("revoked", ["room", "seat", "address", "counts"]),
    }
    for person, (code, knows) in expected.items():
        await person.closed.wait()
        assert person.bye and (person.bye["code"], person.bye["knows"]) == (code, knows), person.name
    found = home_knows(home, room.id)
    memory, disk = json.dumps(found["memory"]), json.dumps(found["disk"])
    for person, (_, knows) in expected.items():
        assert ("seat" in knows) == (person.seat in disk), person.name
        assert ("name" in knows) == (person.name in memory), person.name
        assert person.name not in disk
    await erased.do("leave", erase=True)
    await erased.closed.wait()
    assert erased.bye == {"code": "left", "knows": NOTHING}
    found = json.dumps(home_knows(home, room.id))
    assert erased.seat not in found
    assert erased.name not in found
    await ada.do("close-meeting")
    for person in (ada, stays):
        await person.closed.wait()
        assert person.bye == {"code": "closed", "knows": NOTHING}
    found = home_knows(home, room.id)
    everybody = [ada, stays, erased, *expected]
    assert not [
        person.name for person in everybody if person.name in json.dumps(found) or person.seat in json.dumps(found)
    ]


@evening
async def test_the_end_of_a_meeting_is_told_when_it_is_erased(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    asked = ada.ask("close-meeting")
    seats = [ada.seat, budi.seat]
    await server.settled()
    assert [kind for kind, _ in last(ada, 3)] == ["ack", "bye", "end"]
    assert answer(ada, asked)["ok"]
    for guest in (ada, budi):
        assert ("bye", {"code": "closed", "knows": NOTHING}) in guest.heard
    assert in_files(server.folder, seats) == set()
    assert room.live.meeting not in {row.id for row in read_meetings(server.folder / DATABASE)}


@evening
async def test_on_a_disk_that_does_not_erase_the_end_is_told_with_what_is_left(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    seats = [ada.seat, budi.seat]
    with somebody_reads(server.folder):
        was = room.live
        ada.ask("close-meeting")
        while room.live is was:
            await asyncio.sleep(0)
        assert not {"bye", "end"} & {*ada.kinds(), *budi.kinds()}
        server.loop.hand += 3
        while "end" not in budi.kinds():
            await asyncio.sleep(0)
        for guest in (ada, budi):
            assert ("bye", {"code": "closed", "knows": ["room", "seat", "address", "counts"]}) in guest.heard
        assert in_files(server.folder, seats) == set(seats)
    await erased(server)
    assert in_files(server.folder, seats) == set()
    assert budi.kinds().count("bye") == 1


@evening
async def test_a_restart_finds_the_rewritten_meeting(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("leave", erase=True)
    ada.ask("close-queue")
    await server.settled()
    [row] = read_meetings(server.folder / DATABASE)
    kinds = [type(event) for _, event in read(row.events)]
    assert kinds[0] is Rebuilt
    assert len(kinds) >= 2
    assert read_stored(server.folder / DATABASE)[row.id].length == len(kinds)
