"""Which data folders are taken, and that the others are refused with a plain sentence and left as they are."""

import contextlib
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from server.database import APPLICATION, DATABASE, MIGRATIONS, lock_folder, prepare
from server.journal import (
    Chain,
    DataDamaged,
    DataFolderInUse,
    DataNewer,
    DataRefused,
    DataUnusable,
    Journal,
)
from tests.server.test_journal import appended, bodies, journal_of, modes, room

ROOT = Path(__file__).parents[2]
HOLD = """
import asyncio, sys
from pathlib import Path
from server.journal import Journal
async def hold():
    journal = Journal.open(Path(sys.argv[1]))
    print("open", flush=True)
    await asyncio.Event().wait()
asyncio.run(hold())
"""


@pytest.fixture
async def filled(tmp_path: Path) -> Path:
    """A database with 40 rooms and 3 meetings of 500 events."""
    async with journal_of(tmp_path) as journal:
        for i in range(40):
            await journal.save_room(room(f"r{i}"))
        for i in range(3):
            await journal.begin(f"m{i}", "r1", 1.0)
            assert await appended(journal, Chain(f"m{i}", 0), *((1.0, b"event %d" % n) for n in range(500)))
    return tmp_path


@contextlib.contextmanager
def edited(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as db, db:
        yield db


def take(folder: Path) -> None:
    lock = lock_folder(folder)
    try:
        prepare(folder)
    finally:
        os.close(lock)


def refusal(folder: Path) -> DataRefused:
    """How the folder is refused, by somebody who would take it; the sentence is one line and ends as sentences do."""
    with pytest.raises(DataRefused) as refused:
        take(folder)
    said = str(refused.value)
    assert str(folder) in said
    assert said.endswith(".")
    assert "\n" not in said
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return refused.value


# Two servers


def test_a_second_server_is_refused_until_the_first_is_gone_also_by_kill(tmp_path: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert first.stdout
        assert first.stdout.readline() == b"open\n"
        second = subprocess.run(
            [sys.executable, "-c", HOLD, str(tmp_path)], capture_output=True, cwd=ROOT, timeout=60, check=False
        )
        assert second.returncode == 1
        assert f"DataFolderInUse: Another server is using the data folder {tmp_path}." in second.stderr.decode()
    finally:
        first.kill()
        first.communicate()
    os.close(lock_folder(tmp_path))


async def test_the_folder_is_held_until_the_journal_is_closed(tmp_path: Path) -> None:
    async with journal_of(tmp_path):
        with pytest.raises(DataFolderInUse):
            Journal.open(tmp_path)
    async with journal_of(tmp_path):
        pass


async def test_a_folder_that_was_refused_is_not_held(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    with pytest.raises(DataDamaged):
        Journal.open(tmp_path)
    os.close(lock_folder(tmp_path))


# The file


async def test_a_new_folder_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    async with journal_of(folder):
        assert folder.stat().st_mode & 0o777 == 0o700


async def test_a_name_with_odd_signs_is_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "a b?mode=memory#%41&ü"
    async with journal_of(folder) as journal:
        await journal.save_room(room("r"))
    async with journal_of(folder) as journal:
        assert len(journal.rooms()) == 1
    assert (folder / DATABASE).stat().st_size > 0


async def test_a_start_that_was_interrupted_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / f"{DATABASE}.new").write_bytes(b"half of a database")
    (tmp_path / f"{DATABASE}.new-journal").write_bytes(b"half of a journal")
    (tmp_path / f"{DATABASE}-wal").write_bytes(b"the log of a database that is gone")
    async with journal_of(tmp_path) as journal:
        assert journal.rooms() == []
    assert set(modes(tmp_path)) == {"lock", DATABASE}


async def test_a_newer_database_is_refused_and_not_touched(filled: Path) -> None:
    with edited(filled) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = (filled / DATABASE).read_bytes()
    assert isinstance(refusal(filled), DataNewer)
    assert (filled / DATABASE).read_bytes() == before


@pytest.mark.parametrize("kept", [0, 1, 99, 100, 4095, 4096, 4097, 0.3, 0.7, -1, -100, -4096])
async def test_a_shortened_file_is_refused(filled: Path, kept: float) -> None:
    whole = (filled / DATABASE).stat().st_size
    os.truncate(filled / DATABASE, int(kept * whole if 0 < kept < 1 else kept if kept >= 0 else whole + kept))
    assert isinstance(refusal(filled), DataDamaged)


async def test_a_file_with_garbage_in_it_is_refused(filled: Path) -> None:
    whole = (filled / DATABASE).read_bytes()
    for content in (os.urandom(20000), b"\0" * 8192, whole[:4096] + os.urandom(len(whole) - 4096), b"hello\n" * 900):
        (filled / DATABASE).write_bytes(content)
        assert isinstance(refusal(filled), DataDamaged)
        assert (filled / DATABASE).read_bytes() == content


async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    with edited(tmp_path) as db:
        db.execute("CREATE TABLE recipe (id, body)")
    assert isinstance(refusal(tmp_path), DataDamaged)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE room SET body = '{}' WHERE id = 'r3'",
        "UPDATE room SET body = x'ff' WHERE id = 'r3'",
        "UPDATE room SET body = 7 WHERE id = 'r3'",
        "DROP TABLE room",
        "CREATE TABLE meeting_x (n)",
    ],
)
async def test_a_database_that_makes_no_sense_is_refused(filled: Path, damage: str) -> None:
    with edited(filled) as db:
        db.execute(damage)

    async def started() -> None:
        async with journal_of(filled) as journal:
            journal.rooms()
            journal.meetings()

    with pytest.raises(DataDamaged, match=r"damaged.*\.$"):
        await started()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM meeting_2 WHERE n = 250",
        "DELETE FROM meeting_2 WHERE n = 0",
        "DELETE FROM meeting_2 WHERE n = -1",
        "DELETE FROM meeting_2",
        "UPDATE meeting_2 SET body = 'x' WHERE n = -1",
        "UPDATE meeting_2 SET body = 7 WHERE n = -1",
        "UPDATE meeting_2 SET at = 'x' WHERE n = -1",
        "UPDATE meeting_2 SET at = 'x' WHERE n = 7",
    ],
)
async def test_a_meeting_that_makes_no_sense_is_told_as_such_and_can_be_erased(filled: Path, damage: str) -> None:
    async with journal_of(filled) as journal:
        whole = {row.id for row in journal.meetings()}
    with edited(filled) as db:
        db.execute(damage)
    async with journal_of(filled) as journal:
        [broken] = [row for row in journal.meetings() if not row.whole]
        assert len([row for row in journal.meetings() if row.whole and row.id in whole]) == len(whole) - 1
        await journal.end(broken.id)
        left = journal.meetings()
        assert len(left) == len(whole) - 1
        assert all(row.whole for row in left)


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).mkdir()
    assert isinstance(refusal(tmp_path), DataUnusable)


async def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).symlink_to(tmp_path / "gone")
    assert isinstance(refusal(tmp_path), DataUnusable)
    assert not (tmp_path / "gone").exists()


async def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("hello")
    with pytest.raises(DataUnusable, match="cannot be used: "):
        Journal.open(tmp_path / "data")


async def test_a_log_cut_short_is_read_as_far_as_it_is_whole(filled: Path) -> None:
    """What a power cut may leave: the commits before the torn one are all there."""
    child = multiprocessing.get_context("spawn").Process(target=_leave_log, args=(filled,))
    child.start()
    child.join(60)
    assert child.exitcode == 9
    log = filled / f"{DATABASE}-wal"
    whole = log.stat().st_size
    assert whole > 20000
    os.truncate(log, whole - 5000)
    with log.open("ab") as file:
        file.write(os.urandom(5000))
    async with journal_of(filled) as journal:
        found = bodies(journal)["m0"]
    assert found == [b"event %d" % n for n in range(len(found))]
    assert 500 < len(found) < 540


def _leave_log(folder: Path) -> None:
    import asyncio

    async def write() -> None:
        journal = Journal.open(folder)
        chain = Chain("m0", 500)
        for n in range(500, 540):
            assert await appended(journal, chain, (1.0, b"event %d" % n))
        os._exit(9)

    asyncio.run(write())


# Rights


def test_a_folder_that_may_not_be_written_is_refused_plainly(tmp_path: Path) -> None:
    """In a process without rights, at each point where they may be missing."""
    (tmp_path / "data").mkdir()
    child = multiprocessing.get_context("spawn").Process(target=_open_without_rights, args=(tmp_path,))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert msgspec.json.decode((tmp_path / "told").read_bytes()) == [
        f"The data folder {tmp_path / 'data'} cannot be used: Permission denied.",
        f"The database {tmp_path / 'data' / DATABASE} cannot be used: Permission denied.",
        f"The database {tmp_path / 'data' / DATABASE} cannot be used: attempt to write a readonly database.",
        f"The database {tmp_path / 'data' / DATABASE} cannot be used: unable to open database file.",
        f"The data folder {tmp_path / 'data'} cannot be used: Permission denied.",
    ]


def _open_without_rights(base: Path) -> None:
    folder, told = base / "data", []
    if os.getuid() == 0:
        for parent in [base, *base.parents]:
            if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001 and parent != Path("/"):
                parent.chmod(0o711)
        os.chown(folder, 65534, 65534)
        os.chown(base, 65534, 65534)
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    def attempt() -> None:
        with pytest.raises(DataUnusable) as refused:
            take(folder)
        told.append(str(refused.value))

    folder.chmod(0o500)
    attempt()
    folder.chmod(0o700)
    (folder / "lock").touch()
    folder.chmod(0o500)
    attempt()
    folder.chmod(0o700)
    prepare(folder)
    (folder / DATABASE).chmod(0o400)
    attempt()
    (folder / DATABASE).chmod(0o000)
    attempt()
    (folder / "lock").chmod(0o000)
    attempt()
    (base / "told").write_bytes(msgspec.json.encode(told))


# Migrations


def version(folder: Path) -> int:
    with edited(folder) as db:
        (number,) = db.execute("PRAGMA user_version").fetchone()
    return int(number)


async def test_an_older_database_is_brought_up_to_date_and_keeps_everything(filled: Path) -> None:
    before = (await _rooms_of(filled))[:2]
    added = (*MIGRATIONS, ("CREATE TABLE extra (a)", "INSERT INTO extra SELECT id FROM room"), ("DROP TABLE extra",))
    prepare(filled, added[:2])
    with edited(filled) as db:
        assert db.execute("SELECT count(*) FROM extra").fetchone() == (40,)
        db.execute("DROP TABLE extra")
        db.execute("PRAGMA user_version = 1")
    assert (await _rooms_of(filled))[:2] == before


async def _rooms_of(folder: Path) -> list[object]:
    async with journal_of(folder) as journal:
        return [journal.rooms(), journal.meetings()]


async def test_a_migration_that_is_interrupted_has_not_begun(filled: Path) -> None:
    broken = (*MIGRATIONS, ("CREATE TABLE extra (a)", "INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(DataRefused):
        prepare(filled, broken)
    assert version(filled) == 1
    with edited(filled) as db:
        assert not db.execute("SELECT name FROM sqlite_schema WHERE name = 'extra'").fetchall()
    prepare(filled, (*MIGRATIONS, ("CREATE TABLE extra (a)",)))
    assert version(filled) == 2


async def test_a_new_database_says_whose_it_is_and_of_which_schema(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert version(tmp_path) == len(MIGRATIONS)
    with edited(tmp_path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
