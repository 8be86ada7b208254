"""The one database file of a data folder: locked, found or made, checked, brought up to date, connected to."""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

DATABASE = "lingkar.db"
LOCK = "lock"
APPLICATION = 0x4C494E47  # "LING": tells our file from anybody else's

# One entry per schema number: statements done in one transaction. Only ever add at the end.
Migrations = tuple[tuple[str, ...], ...]
MIGRATIONS: Migrations = (("CREATE TABLE room (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID",),)

_DAMAGED = {0, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_DISK = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}


class DataRefused(Exception):
    """The data folder cannot be used. The message is one plain sentence for the operator."""


class DataFolderInUse(DataRefused):
    """Another server has it."""


class DataUnusable(DataRefused):
    """It cannot be read or written: rights, a full disk, somebody's lock."""


class DataDamaged(DataRefused):
    """The database is not whole, or not one of ours."""


class DataNewer(DataRefused):
    """A newer version of this program has written it."""


def lock_folder(folder: Path) -> int:
    """Take the data folder, made where it is missing, for this process: until the returned file is closed, or the
    process ends in whatever way. Raises `DataFolderInUse` or `DataUnusable`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DataUnusable(f"The data folder {folder} cannot be used: {error.strerror}.") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        if isinstance(error, BlockingIOError):
            raise DataFolderInUse(f"Another server is using the data folder {folder}.") from None
        raise DataUnusable(f"The data folder {folder} cannot be locked: {error.strerror}.") from None
    return file


def prepare(folder: Path, migrations: Migrations = MIGRATIONS) -> Path:
    """The database of a locked data folder: whole, of this schema, writable, nothing left in its log.

    Raises `DataDamaged`, `DataNewer` or `DataUnusable`; what was in the file is still there then.
    """
    path = folder / DATABASE
    with plainly(path):
        if not os.path.lexists(path):
            _make(path, migrations)
        with contextlib.closing(_connection(path)) as db:
            _check(db, path, len(migrations))
            _migrate(db, migrations)
        with contextlib.closing(connect(path)) as db:
            clear_log(db, path)
            if path.stat().st_size != _number(db, "page_count") * _number(db, "page_size"):
                raise _damaged(path)  # its last page is not all there, which `quick_check` does not see
    return path


def connect(path: Path, busy: float = 5.0) -> sqlite3.Connection:
    """A connection that keeps what it commits and leaves nothing of what it deletes. It may be given to a thread;
    transactions are begun by hand. `busy`: seconds to wait for somebody's lock. Raises `sqlite3.Error`.
    """
    db = _connection(path, busy)
    try:
        if db.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
            raise sqlite3.OperationalError("no write-ahead log on this file system")
    except BaseException:
        db.close()
        raise
    return db


def clear_log(db: sqlite3.Connection, path: Path) -> bool:
    """Move the write-ahead log into the database and empty it; False while somebody reads. What was erased is gone then
    for good: SQLite does not sync that it has shortened the log, and the power could bring all of it back by going.
    Raises `sqlite3.Error` or `OSError`.
    """
    (kept, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if kept:
        return False
    with contextlib.suppress(FileNotFoundError):
        log = os.open(f"{path}-wal", os.O_RDONLY | os.O_CLOEXEC)  # SQLite has no lock on this file that we could lose
        try:
            os.fsync(log)
        finally:
            os.close(log)
    return True


def about_the_disk(error: BaseException) -> bool:
    """Whether nothing can be written just now, as against one thing that can never be."""
    return isinstance(error, sqlite3.Error) and _primary(error) in _DISK


@contextlib.contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Whatever is wrong with the file, said in one sentence, as a `DataRefused`."""
    try:
        yield
    except OSError as error:
        raise DataUnusable(f"The database {path} cannot be used: {error.strerror}.") from None
    except sqlite3.Error as error:
        if _primary(error) in _DAMAGED:
            raise _damaged(path) from None
        raise DataUnusable(f"The database {path} cannot be used: {error}.") from None
    except (msgspec.DecodeError, TypeError, ValueError):
        raise _damaged(path) from None


def _damaged(path: Path) -> DataDamaged:
    return DataDamaged(f"The database {path} is damaged, or is not one of this program: put a backup in its place.")


def _connection(path: Path, busy: float = 5.0) -> sqlite3.Connection:
    # mode=rw: a file that is gone is an error, never quietly a new one.
    address = f"{path.absolute().as_uri()}?mode=rw"
    db = sqlite3.connect(
        address, uri=True, timeout=busy, isolation_level=None, check_same_thread=False, cached_statements=1024
    )
    try:
        for setting in (
            "synchronous = FULL",  # a commit is on the disk (a log with NORMAL may lose the last ones)
            "fullfsync = ON",  # also where a plain fsync does not mean that
            "secure_delete = ON",  # what is deleted is overwritten
            "temp_store = MEMORY",  # and was never copied into a temporary file
            "trusted_schema = OFF",
        ):
            db.execute(f"PRAGMA {setting}")
    except BaseException:
        db.close()
        raise
    return db


def _make(path: Path, migrations: Migrations) -> None:
    """A new database, put in place whole or not at all: so an empty file in its place is damage, not a beginning."""
    new = path.with_name(f"{path.name}.new")
    for old in (f"{path.name}-wal", f"{path.name}-shm", new.name, f"{new.name}-journal"):
        path.with_name(old).unlink(missing_ok=True)
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(_connection(new)) as db:
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        _migrate(db, migrations)
    new.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _check(db: sqlite3.Connection, path: Path, newest: int) -> None:
    if _number(db, "application_id") != APPLICATION:
        raise _damaged(path)
    if _number(db, "user_version") > newest:
        raise DataNewer(f"The database {path} was written by a newer version of this program: use that one.")
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _damaged(path)


def _migrate(db: sqlite3.Connection, migrations: Migrations) -> None:
    for version in range(_number(db, "user_version"), len(migrations)):
        db.execute("BEGIN IMMEDIATE")
        for statement in migrations[version]:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {version + 1}")
        db.execute("COMMIT")  # if anything raises before this, closing the connection takes it all back
    db.execute("BEGIN IMMEDIATE")  # proves that we may write
    db.execute("ROLLBACK")


def _number(db: sqlite3.Connection, pragma: str) -> int:
    (value,) = db.execute(f"PRAGMA {pragma}").fetchone()
    return int(value)


def _primary(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for what Python's module found wrong by itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
