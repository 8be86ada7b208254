"""What happens around a process: nobody reads its log, its standard files are closed, its data folder goes."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.database import DATABASE
from tests.reliability.faults.beside import quiet, until
from tests.server.running import Running, house, running
from tests.serving import COMMAND, HOME, clean_environment

LONG = bool(os.environ.get("LINGKAR_LONG"))
STOPPED = [12.0, *([60.0] if LONG else [])]  # seconds: longer than anybody is waited for who gives no sign of life


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


# Nobody reads the log


INTO = """import os, sys
os.dup2(os.open(sys.argv[1], os.O_WRONLY), 2)
os.execv(sys.argv[2], sys.argv[2:])"""


@contextlib.contextmanager
def blocked(fifo: Path) -> Iterator[int]:
    """A pipe that is full, and nobody reads from it."""
    os.mkfifo(fifo)
    file = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
    try:
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(file, b"\n" * 512)
        yield file
    finally:
        os.close(file)


async def test_a_log_that_nobody_reads(tmp_path: Path) -> None:
    """The disk fails, which is told, and nobody takes the line: the rooms go on all the same. Whoever reads in the end
    finds it; a server that is told to go does not wait for them."""
    with blocked(tmp_path / "log") as log:
        command = [sys.executable, "-c", INTO, str(tmp_path / "log"), *COMMAND]
        with running(tmp_path / "data", command=command) as server:
            async with quiet(server) as room:
                await room.stop()
                with server.full_disk():
                    for _ in range(3):
                        assert await room.lead.ask("close-queue") == {"ok": False, "code": "not-now"}
                async with asyncio.timeout(20):
                    while not (await room.lead.ask("close-queue"))["ok"]:
                        await asyncio.sleep(0.1)
                await room.lead.do("reopen-queue")
                assert await room.home.health() == (200, "ok")
                lines = await asyncio.to_thread(read_lines, log)
                assert any(b"The journal cannot write" in line for line in lines)
                assert len(lines) == len(set(lines))
                fill_again(log)
                server.terminate()
                assert await asyncio.to_thread(server.end, 15) == 0


def read_lines(log: int) -> list[bytes]:
    """What the server wanted to say, once somebody reads."""
    found, ends = b"", time.monotonic() + 20
    while b"ERROR" not in found and time.monotonic() < ends:
        with contextlib.suppress(BlockingIOError):
            found += os.read(log, 65_536)
    return [line for line in found.splitlines() if line]


def fill_again(log: int) -> None:
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(log, b"\n")


# Without standard files

CLOSED = """import os, sys
for number in sys.argv[1].split(","):
    os.close(int(number))
os.execv(sys.argv[2], sys.argv[2:])"""


@pytest.mark.parametrize("closed", ["0", "0,2", "0,1,2"])
async def test_standard_files_that_are_closed(tmp_path: Path, closed: str) -> None:
    """No file or socket of the server gets their numbers, so nothing that is printed goes into one of them."""
    command = [sys.executable, "-c", CLOSED, closed, *COMMAND, "serve", "--port", "0", "--data", f"{tmp_path}/data"]
    token = "a-token-of-sixteen-letters"
    env = clean_environment() | {"LINGKAR_HOST_TOKEN": token}
    with subprocess.Popen(command, cwd=HOME, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:  # noqa: ASYNC220
        try:
            port = await until(lambda: listening(process.pid))
            found = Found(process, tmp_path / "data", f"http://127.0.0.1:{port}", token)
            async with house(found) as home:
                _, (ada, budi) = await home.meeting("Ada", "Budi")
                with found.full_disk():
                    assert await budi.ask("raise-hand") == {"ok": False, "code": "not-now"}
                async with asyncio.timeout(20):
                    while not (await budi.ask("raise-hand"))["ok"]:
                        await asyncio.sleep(0.1)
                assert ada.bye is None
            process.terminate()
            assert await asyncio.to_thread(process.wait, 15) == 0
        finally:
            process.kill()
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / DATABASE)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


class Found(Running):
    """A server that could not say where it is."""

    def __init__(self, process: subprocess.Popen[bytes], data: Path, url: str, token: str) -> None:
        self.pid, self.data, self.url, self.token = process.pid, data, url, token


def listening(pid: int) -> int | None:
    """The TCP port on which this process listens."""
    sockets = set()
    with contextlib.suppress(OSError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                sockets.add(str(file.readlink()))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
            return int(fields[1].rpartition(":")[2], 16)
    return None


# The data folder


@pytest.mark.parametrize("how", ["moved", "removed"])
async def test_a_data_folder_that_goes_while_the_server_runs(server: Running, how: str) -> None:
    """What would be written now, the next start would not find: so nothing is acknowledged until it is back."""
    away = server.data.with_name("away")
    async with quiet(server) as room:
        await room.stop()
        if how == "moved":
            server.data.rename(away)
        else:
            await asyncio.to_thread(subprocess.run, ["rm", "-r", str(server.data)], check=True)
        for _ in range(2):
            assert await room.lead.ask("close-queue") == {"ok": False, "code": "not-now"}
        assert (await room.home.health())[0] == 503
        for person in (room.lead, room.speaker, room.listener):
            assert (person.bye, person.closed.is_set()) == (None, False)
        if how == "moved":
            away.rename(server.data)
            async with asyncio.timeout(20):
                while not (await room.lead.ask("close-queue"))["ok"]:
                    await asyncio.sleep(0.1)
            await room.unharmed()
            assert await room.home.health() == (200, "ok")
        server.terminate()
        assert await asyncio.to_thread(server.end, 15) == 0
        assert "Traceback" not in server.said
