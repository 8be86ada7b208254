"""The data folder: may it be written, does it keep what it is given, is there room, who else reads it."""

import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from server.database import LOCK
from server.doctor.finding import Finding, look, ok, wrong
from server.links import KEY_BYTES, KEY_FILE

LITTLE, NOTHING = 512, 64  # MiB that are free
SLOW = 0.25  # seconds for one write to be kept; everything that a room decides waits for one
TRIES = 3  # the machine may stand still in one of them
FORGETFUL = {"tmpfs", "ramfs"}
DISTANT = {"9p", "ceph", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb3"}


def data(folder: Path, in_use_by_us: bool) -> Iterator[Finding]:
    """`in_use_by_us`: the server of this folder has answered."""
    if not stat.S_ISDIR(_mode(folder)):
        yield from _missing(folder)
        return
    yield from _kept(folder)
    yield from _room(folder)
    yield from _kind(folder)
    yield from _lock(folder, in_use_by_us)
    yield from _private(folder)


def _missing(folder: Path) -> Iterator[Finding]:
    if os.path.lexists(folder):
        yield wrong("data folder", f"{folder} is no folder", "give another one: --data")
        return
    above = next(one for one in folder.absolute().parents if _mode(one))
    if os.access(above, os.W_OK | os.X_OK):
        yield ok("data folder", f"{folder} is not there yet; the first start makes it")
    else:
        yield wrong("data folder", f"{folder} is not there, and {above} may not be written", "make it, or give --data")


def _mode(path: Path) -> int:
    """0 where there is nothing, or nothing that we may look at."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _kept(folder: Path) -> Iterator[Finding]:
    """Write as a server does, into a file without a name, which nothing is left of."""
    try:
        took = min(_keep(folder) for _ in range(TRIES))
    except OSError as no:
        do = "give the user that runs the server the right to write there, or make room on the disk"
        yield wrong("data folder", f"{folder} cannot be written: {no.strerror}", do)
        return
    text = f"{folder} can be written, and keeps what it is given within {max(1, round(took * 1000))} ms"
    if took > SLOW:
        yield look("data folder", text, "use a faster disk: everything that a room decides waits for it")
    else:
        yield ok("data folder", text)


def _keep(folder: Path) -> float:
    start = time.monotonic()
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
    return time.monotonic() - start


def _room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free // 2**20
    text = f"{free} MiB are free"
    if free < NOTHING:
        yield wrong("disk", text, "make room: when it is full, nobody can do anything in a room")
    elif free < LITTLE:
        yield look("disk", text, "make room soon")
    else:
        yield ok("disk", text)


def _kind(folder: Path) -> Iterator[Finding]:
    kind = file_system(folder)
    if kind in FORGETFUL:
        text = f"{kind}: it is memory, and all rooms and links are gone when the machine starts again"
        yield look("file system", text, "put the folder on a disk")
    elif kind in DISTANT:
        text = f"{kind}: it is on another machine, where the database cannot keep what it promises"
        yield wrong("file system", text, "put the folder on a disk of this machine")
    else:
        yield ok("file system", kind or "unknown")


def file_system(folder: Path) -> str:
    """Its kind, as the kernel names it; empty where it does not say."""
    device = folder.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    fields = (line.split() for line in lines)
    return next((one[one.index("-") + 1] for one in fields if one[2] == wanted), "")


def _lock(folder: Path, in_use_by_us: bool) -> Iterator[Finding]:
    if in_use_by_us:
        yield ok("server", "one runs on this folder")
    elif _locked(folder / LOCK):
        do = "stop the other program, or wait until it has ended; two servers cannot use one folder"
        yield wrong("server", "another program has this folder, and does not answer", do)
    else:
        yield ok("server", "none runs on this folder; some things show only while it does")


def _locked(lock: Path) -> bool:
    """Looked at for a moment, with a lock that others may share."""
    try:
        file = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _private(folder: Path) -> Iterator[Finding]:
    """The key opens every room; whoever has it is host."""
    if folder.stat().st_mode & 0o077:
        yield look("rights", f"other users may look into {folder}", f"chmod 700 {folder}")
    key = folder / KEY_FILE
    try:
        found = key.stat()
    except OSError:
        yield ok("key", "not there yet; the first start makes it")
        return
    if found.st_size != KEY_BYTES:
        do = "put your copy of it back, or delete it to begin with new links"
        yield wrong("key", f"{key} is damaged: it should have {KEY_BYTES} bytes", do)
    elif found.st_mode & 0o077:
        yield wrong("key", f"other users may read {key}, and open every room with it", f"chmod 600 {key}")
    else:
        yield ok("key", "only its owner may read it")
