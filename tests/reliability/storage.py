"""A disk whose power can be cut at any moment, afterwards.

While somebody records, everything that this process does to the files of one folder is written down in order: what
SQLite does through its file layer, and what our own code does through `os`. From that the folder can be made again as
a real disk might have it after the power went at any point: what was synced is there; of what was not, any part may be
missing, in pieces of 512 bytes, or be garbage; names of files reach the disk in their order, but late.

Nothing is compiled: the methods of SQLite's own files (https://sqlite.org/c3ref/io_methods.html) are called, and noted.
"""

import contextlib
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import cffi

SECTOR = 512  # bytes that a disk writes whole or not at all

_C = """
typedef long long int sqlite3_int64;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_io_methods {
    int iVersion;
    int (*xClose)(sqlite3_file*);
    void *xRead;
    int (*xWrite)(sqlite3_file*, const void*, int, sqlite3_int64);
    int (*xTruncate)(sqlite3_file*, sqlite3_int64);
    int (*xSync)(sqlite3_file*, int);
    void *others[13];
} sqlite3_io_methods;
struct sqlite3_file { const sqlite3_io_methods *pMethods; };
typedef struct sqlite3_vfs sqlite3_vfs;
struct sqlite3_vfs {
    int iVersion;
    int szOsFile;
    int mxPathname;
    sqlite3_vfs *pNext;
    const char *zName;
    void *pAppData;
    int (*xOpen)(sqlite3_vfs*, const char*, sqlite3_file*, int, int*);
    int (*xDelete)(sqlite3_vfs*, const char*, int);
};
sqlite3_vfs *sqlite3_vfs_find(const char *);
"""
_WAL, _MAIN_JOURNAL = 0x80000, 0x800  # SQLITE_OPEN_...: a log syncs its folder with its first sync
_called: list[object] = []  # what a file that is still open may call


class Op(NamedTuple):
    """One thing that happened. `file` counts files as they were made: a name may come to mean another one."""

    kind: str  # create name unname | write truncate sync | folder | note
    file: int = 0
    at: int = 0  # offset, or length of a truncated file
    data: bytes = b""
    name: str = ""
    note: object = None


class Recorder:
    """What happened, in order. `note` puts a mark of the test's own between."""

    def __init__(self, folder: Path, syncs: bool = True) -> None:
        """With `syncs` False the disk is one that lies: what it says about syncing is not so."""
        self.folder = os.fspath(folder.absolute())
        self.ops: list[Op] = []
        self.wrong: list[BaseException] = []  # in a call from C nobody hears an exception
        self.syncs = syncs
        self._names: dict[str, int] = {}
        self._files = 0

    def note(self, what: object) -> None:
        self.ops.append(Op("note", note=what))

    def inside(self, path: str) -> str | None:
        """The name in the folder, if it is there; a shared memory file is none, no crash keeps it."""
        folder, name = os.path.split(path)
        return name if folder == self.folder and not name.endswith("-shm") else None

    def opened(self, path: str) -> int:
        """The file of that path; a new one is noted."""
        if path not in self._names:
            self._files += 1
            self._names[path] = self._files
            self.ops.append(Op("create", self._files, name=Path(path).name))
        return self._names[path]

    def named(self, old: str, new: str) -> None:
        self._names[new] = self._names[old]
        self.ops.append(Op("name", self._names[new], name=Path(new).name))

    def unnamed(self, path: str) -> None:
        if self._names.pop(path, None) is not None:
            self.ops.append(Op("unname", name=Path(path).name))

    def wrote(self, file: int, at: int, data: bytes) -> None:
        self.ops.append(Op("write", file, at, data))

    def truncated(self, file: int, length: int) -> None:
        self.ops.append(Op("truncate", file, length))

    def synced(self, file: int) -> None:
        if self.syncs:
            self.ops.append(Op("sync", file))

    def folder_synced(self) -> None:
        if self.syncs:
            self.ops.append(Op("folder"))


@contextlib.contextmanager
def recording(folder: Path, syncs: bool = True) -> Iterator[Recorder]:
    """Note what this process does to the files of that folder, until the end of the block. The folder is empty."""
    recorder = Recorder(folder, syncs)
    with _sqlite_told(recorder), _os_told(recorder):
        yield recorder
    if recorder.wrong:
        raise recorder.wrong[0]


def library() -> str | None:
    """The SQLite that Python has loaded; None where it is part of Python itself."""
    assert sqlite3.sqlite_version
    with Path("/proc/self/maps").open() as maps:
        return next((line.split()[-1] for line in maps if "libsqlite3.so" in line), None)


@contextlib.contextmanager
def _sqlite_told(recorder: Recorder) -> Iterator[None]:
    ffi = cffi.FFI()
    ffi.cdef(_C)
    vfs = ffi.dlopen(library()).sqlite3_vfs_find(ffi.NULL)
    real_open, real_delete = vfs.xOpen, vfs.xDelete
    whose: dict[int, tuple[int, Any]] = {}  # file structure: our number, its own methods
    first: set[int] = set()  # logs that were never synced
    ours: dict[int, Any] = {}  # own methods: ours

    def told(error: Any, value: BaseException, trace: Any) -> None:
        recorder.wrong.append(value)

    def callback(kind: str) -> Callable[[Any], Any]:
        return ffi.callback(kind, error=10, onerror=told)  # type: ignore[no-any-return] # SQLITE_IOERR

    def address(file: Any) -> int:
        return int(ffi.cast("uintptr_t", file))

    @callback("int(sqlite3_file*)")
    def close(file: Any) -> int:
        _, own = whose.pop(address(file))
        file.pMethods = own
        return int(own.xClose(file))

    @callback("int(sqlite3_file*, const void*, int, sqlite3_int64)")
    def write(file: Any, data: Any, amount: int, at: int) -> int:
        number, own = whose[address(file)]
        code = int(own.xWrite(file, data, amount, at))
        if code == 0:
            recorder.wrote(number, at, bytes(ffi.buffer(data, amount)))
        return code

    @callback("int(sqlite3_file*, sqlite3_int64)")
    def truncate(file: Any, length: int) -> int:
        number, own = whose[address(file)]
        code = int(own.xTruncate(file, length))
        if code == 0:
            recorder.truncated(number, length)
        return code

    @callback("int(sqlite3_file*, int)")
    def sync(file: Any, flags: int) -> int:
        number, own = whose[address(file)]
        code = int(own.xSync(file, flags))
        if code == 0:
            recorder.synced(number)
            if number in first:
                first.discard(number)
                recorder.folder_synced()
        return code

    @callback("int(sqlite3_vfs*, const char*, sqlite3_file*, int, int*)")
    def open_file(self: Any, path: Any, file: Any, flags: int, out: Any) -> int:
        code = int(real_open(self, path, file, flags, out))
        text = os.fsdecode(ffi.string(path)) if path != ffi.NULL else ""
        if code == 0 and recorder.inside(text):
            own = file.pMethods
            if address(own) not in ours:
                methods = ffi.new("sqlite3_io_methods*", own[0])
                methods.xClose, methods.xWrite, methods.xTruncate, methods.xSync = close, write, truncate, sync
                ours[address(own)] = methods
            known = recorder._files
            number = recorder.opened(text)
            if number > known and flags & (_WAL | _MAIN_JOURNAL):
                first.add(number)
            whose[address(file)] = number, own
            file.pMethods = ours[address(own)]
        return code

    @callback("int(sqlite3_vfs*, const char*, int)")
    def delete(self: Any, path: Any, sync_folder: int) -> int:
        code = int(real_delete(self, path, sync_folder))
        text = os.fsdecode(ffi.string(path))
        if code == 0 and recorder.inside(text):
            recorder.unnamed(text)
            if sync_folder:
                recorder.folder_synced()
        return code

    vfs.xOpen, vfs.xDelete = open_file, delete
    _called.extend((close, write, truncate, sync, open_file, delete, ours))
    try:
        yield
    finally:
        vfs.xOpen, vfs.xDelete = real_open, real_delete


@contextlib.contextmanager
def _os_told(recorder: Recorder) -> Iterator[None]:
    """The calls that our own code makes; each is done, and noted."""
    real_write, real_fsync, real_truncate = os.write, os.fsync, os.ftruncate
    real_rename, real_link, real_unlink = os.rename, os.link, os.unlink

    def path_of(file: int) -> str:
        return str(Path(f"/proc/self/fd/{file}").readlink())

    def write(file: int, data: bytes) -> int:
        at = os.lseek(file, 0, os.SEEK_CUR) if recorder.inside(path_of(file)) else 0
        amount = real_write(file, data)
        if recorder.inside(path_of(file)):
            recorder.wrote(recorder.opened(path_of(file)), at, bytes(data[:amount]))
        return amount

    def fsync(file: int) -> None:
        real_fsync(file)
        if path_of(file) == recorder.folder:
            recorder.folder_synced()
        elif recorder.inside(path_of(file)):
            recorder.synced(recorder.opened(path_of(file)))

    def ftruncate(file: int, length: int) -> None:
        real_truncate(file, length)
        if recorder.inside(path_of(file)):
            recorder.truncated(recorder.opened(path_of(file)), length)

    def rename(old: Any, new: Any) -> None:
        real_rename(old, new)
        if recorder.inside(os.fspath(old)):
            recorder.named(os.fspath(old), os.fspath(new))
            recorder.unnamed(os.fspath(old))

    def link(old: Any, new: Any) -> None:
        real_link(old, new)
        if recorder.inside(os.fspath(old)):
            recorder.named(os.fspath(old), os.fspath(new))

    def unlink(path: Any) -> None:
        real_unlink(path)
        if recorder.inside(os.fspath(path)):
            recorder.unnamed(os.fspath(path))

    with (
        patch.object(os, "write", write),
        patch.object(os, "fsync", fsync),
        patch.object(os, "fdatasync", fsync),
        patch.object(os, "ftruncate", ftruncate),
        patch.object(os, "rename", rename),
        patch.object(os, "replace", rename),
        patch.object(os, "link", link),
        patch.object(os, "unlink", unlink),
    ):
        yield


Pending = list[tuple[str, int, bytes]]  # write or truncate, offset or length, what was written


class Disk:
    """What is on the disk for sure, and what may be, after some of the operations."""

    def __init__(self) -> None:
        self._sure: dict[int, bytes] = {}
        self._pending: dict[int, Pending] = {}
        self._names: dict[str, int] = {}
        self._renames: list[Op] = []

    def take(self, op: Op) -> None:
        match op.kind:
            case "create" | "name" | "unname":
                self._renames.append(op)
            case "folder":
                self._names = _renamed(self._names, self._renames)
                self._renames.clear()
            case "write" | "truncate":
                self._pending.setdefault(op.file, []).append((op.kind, op.at, op.data))
            case "sync":
                self._sure[op.file] = _applied(self._sure.get(op.file, b""), self._pending.pop(op.file, []))

    @property
    def settled(self) -> bool:
        """Nothing is on its way."""
        return not self._renames and not self._pending

    def image(self, chance: random.Random, how: str) -> dict[str, bytes]:
        """The files as they may be found. `how`: nothing, everything or some of what was not synced; `torn`: everything
        but pieces of the last write to each file."""
        amount = {"nothing": 0, "everything": len(self._renames)}.get(how, chance.randint(0, len(self._renames)))
        names = _renamed(self._names, self._renames[:amount])
        return {name: self._content(file, chance, how) for name, file in names.items()}

    def _content(self, file: int, chance: random.Random, how: str) -> bytes:
        pending, sure = self._pending.get(file, []), self._sure.get(file, b"")
        match how:
            case "nothing":
                return sure
            case "everything":
                return _applied(sure, pending)
            case "torn":
                return _applied(sure, [*pending[:-1], *_torn(pending[-1:], chance, 0.5)])
        return _applied(sure, _torn(pending, chance, chance.choice((0.1, 0.5, 0.9))))


def _renamed(names: dict[str, int], ops: list[Op]) -> dict[str, int]:
    found = dict(names)
    for op in ops:
        if op.kind == "unname":
            found.pop(op.name, None)
        else:
            found[op.name] = op.file
    return found


def _applied(content: bytes, pending: Pending) -> bytes:
    found = bytearray(content)
    for kind, at, data in pending:
        if kind == "truncate":
            del found[at:]
            found.extend(bytes(at - len(found)))
        else:
            found.extend(bytes(max(0, at - len(found))))
            found[at : at + len(data)] = data
    return bytes(found)


def _torn(pending: Pending, chance: random.Random, kept: float) -> Pending:
    """Each piece is there with that probability; now and then one that is not has become garbage."""
    found: Pending = []
    for kind, at, data in pending:
        if kind == "truncate":
            if chance.random() < kept:
                found.append((kind, at, data))
            continue
        start = 0
        while start < len(data):
            end = min(len(data), start + SECTOR - (at + start) % SECTOR)
            piece = data[start:end]
            if chance.random() < kept:
                found.append((kind, at + start, piece))
            elif chance.random() < 0.1:
                found.append((kind, at + start, chance.randbytes(len(piece))))
            start = end
    return found
