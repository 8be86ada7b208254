"""What a machine does to a process: it stands still, is short of files, and its clock is set."""

import asyncio
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.faults.beside import Quiet, files, quiet, quietly, said, until
from tests.reliability.faults.raw import close_all, open_many, request
from tests.server.running import Running, running
from tests.serving import COMMAND

LONG = bool(os.environ.get("LINGKAR_LONG"))
STOPPED = [12.0, *([60.0] if LONG else [])]  # seconds: longer than anybody is waited for who gives no sign of life


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


async def ends(server: Running, room: Quiet) -> None:
    """The room is as it was, and the server goes when it is told to."""
    await room.moves()
    await room.stop()
    await room.unharmed()
    server.terminate()
    assert await asyncio.to_thread(server.end, 15) == 0


# Standing still


@pytest.mark.parametrize("seconds", STOPPED)
async def test_a_process_that_is_stopped_and_goes_on(server: Running, seconds: float) -> None:
    """SIGSTOP, as a debugger or a machine that moves to another host: nobody is cut off, and the turn's time was the
    turn's. A machine that sleeps stops its monotonic clock as well; then not even that has passed."""
    async with quiet(server) as room:
        [turn] = room.lead.view["turns"].values()
        async with room.waits():
            os.kill(server.pid, signal.SIGSTOP)
            try:
                await asyncio.sleep(seconds)
            finally:
                os.kill(server.pid, signal.SIGCONT)
        await room.moves()
        fresh = await room.home.person().come_back(room.speaker)
        [same] = fresh.view["turns"].values()
        assert same["ends_at"] == turn["ends_at"]
        assert fresh.now >= room.speaker.now + seconds
        room.speaker = fresh
        await ends(server, room)
        quietly(said(server), [])


# Short of files


async def test_no_more_files_and_then_some(server: Running) -> None:
    """Nobody new comes in; the rooms go on and are stored; one line says so. With files again, those who waited are
    served without knocking again."""
    async with quiet(server) as room:
        await room.moves()
        before = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
        numbers = [int(name) for name in os.listdir(f"/proc/{server.pid}/fd")]  # noqa: PTH208
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (max(numbers) + 4, before[1]))
        waiting = await open_many(room.home, 20)
        for wire in waiting:
            await wire.send(request("GET", "/healthz"))
        await until(lambda: "Too many open files" in server.said)
        await asyncio.sleep(2.5)  # asyncio tries again each second, and it fails each time
        await room.moves()
        async with room.waits():
            await room.listener.do("lower-hand")
            await room.listener.do("raise-hand")
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, before)
        assert all(b'"ok"' in answer for answer in await asyncio.gather(*(wire.rest() for wire in waiting)))
        close_all()
        await until(lambda: files(server.pid) <= len(numbers) + 1)
        await ends(server, room)
        quietly(
            said(server), [r"^ERROR lingkar\.loop: socket\.accept\(\) out of system resource: Too many open files$"]
        )


def test_the_server_takes_as_many_files_as_it_may_have(tmp_path: Path) -> None:
    """Many systems give 1,024 to whoever does not ask."""
    few = [sys.executable, "-c", LIMITED, *COMMAND]
    with running(tmp_path / "data", command=few) as server:
        soft, hard = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
        assert soft == hard == 4000


LIMITED = """import os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 4000))
os.execv(sys.argv[1], sys.argv[1:])"""

# The wall clock


async def test_a_wall_clock_that_is_set(tmp_path: Path) -> None:
    """An hour on, an hour back, two years on: meetings run by the other clock. After a restart, too, everybody has
    what they had."""
    clock = tmp_path / "clock"
    clock.write_text("0")
    command = [sys.executable, "-m", "tests.reliability.faults.wall", str(clock)]
    with running(tmp_path / "data", command=command) as server:
        async with quiet(server) as room:
            [turn] = room.lead.view["turns"].values()
            for seconds in (3600, -3600, 2 * 365 * 86_400, -2 * 365 * 86_400, 0):
                clock.write_text(str(seconds))
                await room.moves()
                assert await room.home.health() == (200, "ok")
                assert [one["ends_at"] for one in room.lead.view["turns"].values()] == [turn["ends_at"]]
            await room.stop()
            for seconds in (-3600, 3600):
                clock.write_text(str(seconds))
                room.home.server.kill()
                room.home.server = Running(server.data, command=command)
                room.lead = await room.home.person().come_back(room.lead)
                room.speaker = await room.home.person().come_back(room.speaker)
                room.listener = await room.home.person().come_back(room.listener)
                await back_in_place(room)
            assert "Traceback" not in room.home.server.said


async def back_in_place(room: Quiet) -> None:
    [(turn, shown)] = room.lead.view["turns"].items()
    assert (shown["seat"], shown["state"]) == (room.speaker.seat, "paused")
    assert 0 < shown["left"] <= shown["budget"]
    assert [room.lead.view["hands"][hand]["seat"] for hand in room.lead.view["queue"]] == [room.listener.seat]
    await room.speaker.do("resume-turn", turn=turn)
    await room.lead.until(lambda me: me.view["turns"][turn]["state"] == "speaking")
