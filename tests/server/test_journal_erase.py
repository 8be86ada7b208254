"""When a meeting ends we forget: no byte of it is left in any file of the data folder, while the server goes on."""

import asyncio
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from server.database import DATABASE
from server.journal import Chain, Journal, StorageFailed
from tests.server.test_journal import appended, bodies, journal_of, room

SEARCH = """
import json, pathlib, sys
files = [file.read_bytes() for file in pathlib.Path(sys.argv[1]).iterdir()]
words = json.load(sys.stdin)
print(json.dumps([word for word in words if any(word.encode() in file for file in files)]))
"""


async def found(folder: Path, words: Iterable[str]) -> set[str]:
    """Which of the words are in the raw files. Read by another process: when one closes a file that it also has as a
    database, SQLite's locks on it are gone."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SEARCH, str(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    answer, _ = await child.communicate(json.dumps(list(words)).encode())
    assert child.returncode == 0
    return set(json.loads(answer))


async def fill(journal: Journal, meetings: list[str], events: int, seed: int) -> None:
    """Events of many sizes, one meeting's between the others', in small commits and large ones."""
    chance = random.Random(seed)
    chains = {meeting: Chain(meeting, 0) for meeting in meetings}
    asked = []
    for _ in range(events):
        meeting = chance.choice(meetings)
        length = chance.choice([1, 3, 10, 60]) if chance.random() < 0.98 else 900
        asked.append(appended(journal, chains[meeting], (1.0, f"words of {meeting}; ".encode() * length)))
        if chance.random() < 0.02:
            assert all(await asyncio.gather(*asked))
            asked.clear()
    assert all(await asyncio.gather(*asked))


async def test_nothing_of_an_ended_meeting_is_left_and_everything_of_the_others(tmp_path: Path) -> None:
    chance = random.Random(7)
    meetings = [f"meeting-{chance.randbytes(4).hex()}" for _ in range(70)]
    async with journal_of(tmp_path) as journal:
        await journal.save_room(room("r"))
        for meeting in meetings:
            await journal.begin(meeting, "r", 1.0)
        await fill(journal, meetings, 6000, seed=1)
        assert await found(tmp_path, meetings) == set(meetings)
        while meetings:
            over = {meetings.pop(chance.randrange(len(meetings))) for _ in range(10)}
            before = bodies(journal)
            await asyncio.gather(*(journal.end(meeting) for meeting in over))
            assert await found(tmp_path, [*over, *meetings]) == set(meetings)
            assert bodies(journal) == {meeting: before[meeting] for meeting in meetings}


async def test_events_that_failed_are_not_left_either(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        await journal.save_room(room("r"))
        await journal.begin("m", "r", 1.0)
        assert not await appended(journal, Chain("m", 5), (1.0, b"CANARY"))
        assert not await appended(journal, Chain("other", 0), (1.0, b"CANARY"))
        assert await appended(journal, Chain("m", 0), (1.0, b"kept words"))
        assert await found(tmp_path, ["CANARY", "kept words"]) == {"kept words"}


async def test_nothing_of_a_deleted_room_is_left(tmp_path: Path) -> None:
    chance = random.Random(3)
    names = [f"room-{i:03}-end" for i in range(120)]
    async with journal_of(tmp_path) as journal:
        for name in chance.sample(names, len(names)):
            long = "so that it needs more than a page; " * chance.choice([0, 5, 200])
            await journal.save_room(room(name, title=f"title of {name}", text=f"{long}text of {name}"))
        for i in range(0, 120, 8):
            await journal.begin(f"meeting {i}", names[i], 1.0)
            assert await appended(journal, Chain(f"meeting {i}", 0), (1.0, f"words of {names[i]}".encode()))
        kept = set(names)
        for batch in range(0, 120, 24):
            gone = set(names[batch : batch + 24])
            kept -= gone
            await asyncio.gather(*(journal.delete_room(name) for name in gone))
            assert await found(tmp_path, names) == kept
            assert {row.id for row in journal.rooms()} == kept
        assert journal.meetings() == []


async def test_while_somebody_reads_the_end_is_not_reached_but_comes(tmp_path: Path) -> None:
    """Another program that reads the database keeps the log from being emptied: nobody is told that all is gone."""
    async with journal_of(tmp_path, busy=0.05) as journal:
        await journal.save_room(room("r"))
        await journal.begin("m", "r", 1.0)
        await journal.begin("m2", "r", 1.0)
        assert await appended(journal, Chain("m", 0), (1.0, b"CANARY"))
        reader = await reading(tmp_path)
        end = journal.end("m")
        chain = Chain("m2", 0)
        for _ in range(20):
            assert await appended(journal, chain, (1.0, b"the others go on"))
            assert not end.done()
        assert [row.id for row in journal.meetings()] == ["m2"]
        reader.kill()
        await reader.wait()
        await end
        assert await found(tmp_path, ["CANARY"]) == set()


async def test_what_somebody_kept_from_being_erased_is_erased_at_the_next_start(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, busy=0.05)
    await journal.save_room(room("r"))
    await journal.begin("m", "r", 1.0)
    assert await appended(journal, Chain("m", 0), (1.0, b"CANARY"))
    reader = await reading(tmp_path)
    end = journal.end("m")
    await journal.close()
    with pytest.raises(StorageFailed):
        await end
    reader.kill()
    await reader.wait()
    assert await found(tmp_path, ["CANARY"]) == {"CANARY"}
    async with journal_of(tmp_path) as again:
        assert again.meetings() == []
        assert await found(tmp_path, ["CANARY"]) == set()


READ = f"""
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1] + "/{DATABASE}", isolation_level=None)
db.execute("BEGIN")
db.execute("SELECT count(*) FROM room").fetchone()
print("reading", flush=True)
time.sleep(600)
"""


async def reading(folder: Path) -> asyncio.subprocess.Process:
    """A process that reads the database and does not stop."""
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", READ, str(folder), stdout=subprocess.PIPE)
    assert child.stdout
    assert await child.stdout.readline() == b"reading\n"
    return child


def test_a_table_that_meetings_share_would_leave_copies(tmp_path: Path) -> None:
    """Why each meeting has a table of its own. When this fails, SQLite has changed: the note in `stored.py` is old."""
    chance = random.Random(1)
    db = sqlite3.connect(tmp_path / "shared.db", isolation_level=None)
    db.execute("PRAGMA secure_delete = ON")
    db.execute("CREATE TABLE event (meeting, n, body, PRIMARY KEY (meeting, n))")
    meetings = [f"meeting-{i:02}-end" for i in range(20)]
    db.execute("BEGIN")
    for n in range(10000):
        meeting = chance.choice(meetings)
        body = f"words of {meeting}; ".encode() * chance.randint(1, 20)
        db.execute("INSERT INTO event VALUES (?, ?, ?)", (meeting, n, body))
    db.execute("COMMIT")
    left = 0
    for meeting in meetings:
        db.execute("DELETE FROM event WHERE meeting = ?", (meeting,))
        left += (tmp_path / "shared.db").read_bytes().count(f"words of {meeting}".encode())
    db.close()
    assert left > 0
