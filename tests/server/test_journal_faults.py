"""The journal on a bad day: killed, out of space, locked out, stalled. Nobody is told what is not so, nothing is lost
that was acknowledged, nobody waits but the writer, and it heals by itself.
"""

import asyncio
import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.database import DATABASE, connect, prepare
from server.journal import Chain, Journal, StorageFailed
from server.stored import Stored, add_events, back_to, begin_meeting, read_meetings, save_room
from tests.server.test_journal import appended, bodies, journal_of, room

ROOT = Path(__file__).parents[2]


def child(*arguments: str) -> contextlib.AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """This module in a process of its own; killed at the end."""
    return child_of(__name__, *arguments)


@contextlib.asynccontextmanager
async def child_of(module: str, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        await running.communicate()


async def line(running: asyncio.subprocess.Process) -> str:
    assert running.stdout
    return (await running.stdout.readline()).decode().strip()


# Killed


async def busy_rooms(folder: Path) -> None:
    """Five rooms that go on where they were, each with a few appends under way and now and then a new meeting. Tells
    what was acknowledged, at once and in order."""
    journal = Journal.open(folder)
    there = {row.room: row for row in journal.meetings()}

    def say(text: str) -> None:
        os.write(1, text.encode() + b"\n")

    async def go_on(name: str) -> None:
        await journal.save_room(room(name))
        row = there.get(name)
        meeting, n = (row.id, len(row.events)) if row else (f"{name}.0", 0)
        under_way = asyncio.Semaphore(20)
        while True:
            await journal.begin(meeting, name, 1.0)
            say(f"begun {meeting}")
            chain = Chain(meeting, n)
            for at in range(n, n + 300):
                await under_way.acquire()

                def done(ok: bool, told: str = f"kept {meeting} {at}") -> None:
                    assert ok
                    say(told)
                    under_way.release()

                journal.append(chain, [(float(at), f"{meeting} {at}".encode() * 5)], done)
                journal.mark(meeting, float(at))
            say(f"ending {meeting}")
            await journal.end(meeting)
            say(f"ended {meeting}")
            meeting, n = f"{name}.{int(meeting.split('.')[1]) + 1}", 0

    await asyncio.gather(*(go_on(f"r{i}") for i in range(5)))


async def test_what_was_acknowledged_survives_kill_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(11)
    meetings_seen: set[str] = set()
    for _ in range(8):
        told: list[str] = []
        async with child("busy_rooms", str(tmp_path)) as running:
            assert running.stdout
            enough = chance.randint(20, 4000)
            while len(told) < enough:
                told.append(await line(running))
            running.send_signal(signal.SIGKILL)
            told += (await running.stdout.read()).decode().split("\n")[:-1]
            assert await running.wait() == -signal.SIGKILL
        kept = {tuple(said.split()[1:]) for said in told if said.startswith("kept ")}
        begun, ending, ended = (
            {s.split()[1] for s in told if s.startswith(w + " ")} for w in ("begun", "ending", "ended")
        )
        async with journal_of(tmp_path) as journal:
            found = bodies(journal)
            marks = {row.id: row.mark for row in journal.meetings()}
        assert begun - ending <= found.keys()
        assert not ended & found.keys()
        for meeting, events in found.items():
            assert events == [f"{meeting} {n}".encode() * 5 for n in range(len(events))]
            assert marks[meeting] <= len(events) + 20
        for meeting, n in kept:
            assert meeting in ending or int(n) < len(found[meeting])
        meetings_seen |= found.keys()
    assert len(meetings_seen) > 5


# No space


async def fill_up(folder: Path) -> None:
    """Writes until the disk is full, says what was kept; goes on when told that there is space again."""
    async with journal_of(folder) as journal:
        await journal.save_room(room("r"))
        await journal.begin("m", "r", 1.0)
        await journal.begin("other", "r", 1.0)
        assert await appended(journal, Chain("other", 0), (1.0, b"o" * 20000))
        if "limit" in sys.argv:
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
        chain, n = Chain("m", 0), 0
        while await appended(journal, chain, (1.0, body(n))):
            n += 1
        several = [appended(journal, chain, (1.0, body(n + i))) for i in range(5)]
        assert await asyncio.gather(*several) == [False] * 5
        with pytest.raises(StorageFailed):
            await journal.save_room(room("r2", text="x" * 3_000_000))
        assert journal.failures >= 2
        sys.stdout.write(f"full {n}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        if "limit" in sys.argv:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert not await appended(journal, chain, (1.0, b"on a failed chain"))
        chain = Chain("m", n)
        for more in range(n, n + 10):
            assert await appended(journal, chain, (1.0, body(more)))
        await journal.end("other")
        await journal.save_room(room("r2"))


def body(n: int) -> bytes:
    return b"%06d" % n * 500


async def filled_up_and_healed(folder: Path, *how: str) -> None:
    async with child("fill_up", str(folder), *how) as running:
        word, kept = (await line(running)).split()
        assert word == "full"
        (folder / "ballast").unlink(missing_ok=True)
        await running.communicate(b"go on\n")
        assert running.returncode == 0
    async with journal_of(folder) as journal:
        assert bodies(journal) == {"m": [body(n) for n in range(int(kept) + 10)]}
        assert [row.id for row in journal.rooms()] == ["r", "r2"]
    assert int(kept) > 10


async def test_a_file_that_may_not_grow_fails_and_heals(tmp_path: Path) -> None:
    await filled_up_and_healed(tmp_path, "limit")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 2 MiB, half of it taken."""
    where = tmp_path / "small"
    where.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", where], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("may not mount a file system here; the test with a limit stands in for it")
    try:
        (where / "ballast").write_bytes(b"x" * 1024 * 1024)
        yield where
    finally:
        subprocess.run(["umount", where], check=True)


async def test_a_full_disk_fails_and_heals(small_disk: Path) -> None:
    await filled_up_and_healed(small_disk)


# Locked, stalled


async def hold_lock(folder: Path) -> None:
    """Another program that holds the database's write lock until it is told to let go."""
    with contextlib.closing(connect(folder / DATABASE)) as db:
        db.execute("BEGIN IMMEDIATE")
        os.write(1, b"locked\n")
        await asyncio.to_thread(sys.stdin.readline)
        db.execute("ROLLBACK")


async def let_go(running: asyncio.subprocess.Process) -> None:
    await running.communicate(b"let go\n")
    assert running.returncode == 0


async def until_behind(journal: Journal, seconds: float) -> None:
    async with asyncio.timeout(30):
        while journal.behind < seconds:
            await asyncio.sleep(0.01)


async def test_a_stalled_disk_delays_and_only_the_writer_waits(tmp_path: Path) -> None:
    async with journal_of(tmp_path, busy=60.0) as journal, child("hold_lock", str(tmp_path)) as locking:
        # The lock is asked for when the database is there, and the journal waits for it from then on.
        assert await line(locking) == "locked"
        saved = journal.save_room(room("r"))
        begun = journal.begin("m", "r", 1.0)
        chain = Chain("m", 0)
        asked = [appended(journal, chain, (1.0, b"%d" % n)) for n in range(3000)]
        await until_behind(journal, 0.3)  # the loop turns all the while
        assert journal.pending == 3002
        assert not saved.done()
        assert not begun.done()
        assert not any(future.done() for future in asked)
        assert journal.meetings() == []
        await let_go(locking)
        assert all(await asyncio.gather(*asked))
        assert (journal.pending, journal.behind, journal.failures) == (0, 0.0, 0)
        assert bodies(journal) == {"m": [b"%d" % n for n in range(3000)]}


async def test_a_lock_that_stays_fails_what_waited_and_the_next_try_works(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with journal_of(tmp_path, busy=0.1) as journal:
        await journal.save_room(room("r", title="CANARY"))
        await journal.begin("m", "r", 1.0)
        chain = Chain("m", 0)
        assert await appended(journal, chain, (1.0, b"before"))
        async with child("hold_lock", str(tmp_path)) as locking:
            assert await line(locking) == "locked"
            for _ in range(3):
                with pytest.raises(StorageFailed):
                    await journal.save_room(room("r", title="CANARY 2"))
            assert not await appended(journal, chain, (2.0, b"CANARY while locked"))
            with pytest.raises(StorageFailed):
                await journal.end("m")
            await let_go(locking)
        assert not await appended(journal, chain, (2.0, b"on a failed chain"))
        chain = Chain("m", 1)
        assert await appended(journal, chain, (3.0, b"after"))
        assert bodies(journal) == {"m": [b"before", b"after"]}
        assert journal.rooms()[0].title == "CANARY"
        assert journal.failures == 5
    said = [record.getMessage() for record in caplog.records]
    assert said == ["The journal cannot write: SQLITE_BUSY"], "one line of a sort per minute, without content"


async def test_closing_can_be_given_up_while_the_disk_stalls(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, busy=60.0)
    async with child("hold_lock", str(tmp_path)) as locking:
        assert await line(locking) == "locked"
        saved = journal.save_room(room("r"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(journal.close(), 0.05)
        await let_go(locking)
    await saved
    await journal.close()


async def test_a_database_that_is_gone_is_an_error_and_not_a_new_one(tmp_path: Path) -> None:
    async with journal_of(tmp_path, busy=0.05) as journal:
        await journal.save_room(room("r"))
        async with child("hold_lock", str(tmp_path)) as locking:
            assert await line(locking) == "locked"
            with pytest.raises(StorageFailed):
                await journal.save_room(room("r2"))  # from here on it has to connect anew
            await let_go(locking)
        (tmp_path / DATABASE).rename(tmp_path / "away")
        with pytest.raises(StorageFailed):
            await journal.save_room(room("r2"))
        assert not (tmp_path / DATABASE).exists()
        (tmp_path / "away").rename(tmp_path / DATABASE)
        await journal.save_room(room("r3"))
        assert {row.id for row in journal.rooms()} == {"r", "r3"}


# Failed, and there after all


def test_what_a_failed_commit_left_behind_is_taken_back(tmp_path: Path) -> None:
    """When the last step of a commit fails, it may stand complete in the log all the same."""
    path = prepare(tmp_path)
    with contextlib.closing(connect(path)) as db:
        found: dict[str, Stored] = {}
        save_room("r", b"{}", db, found)
        for meeting in ("same", "longer", "replaced", "shorter"):
            begin_meeting(meeting, "r", 1.0, db, found)
            add_events(meeting, 0, [(n, 1.0, b"%d" % n) for n in range(3)], db, found)
        acknowledged = found | {"erased": Stored(9, "r", 2), "shorter": found["shorter"]._replace(length=5)}
        add_events("longer", 3, [(n, 1.0, b"never acknowledged") for n in (3, 4)], db, found)
        begin_meeting("unknown", "r", 1.0, db, found)
        acknowledged["replaced"] = acknowledged["replaced"]._replace(key=77)
        kept = back_to(acknowledged, db)
        assert back_to(kept, db) == kept
    lengths = {"same": 3, "longer": 3, "shorter": 3, "replaced": 3}
    assert {row.id: len(row.events) for row in read_meetings(path)} == lengths
    assert {meeting: there.length for meeting, there in kept.items()} == lengths


if __name__ == "__main__":
    asyncio.run({"busy_rooms": busy_rooms, "fill_up": fill_up, "hold_lock": hold_lock}[sys.argv[1]](Path(sys.argv[2])))
