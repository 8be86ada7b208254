"""A loop that stands still is noticed, said without content, and ended when nothing is to be expected any more."""

import asyncio
import logging
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from server.watchdog import EXIT, Watchdog
from tests.server.running import house, running


async def test_a_loop_that_runs_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    dog = Watchdog(stall=1.5, dead=3, end=lambda status: pytest.fail("it ended a server that runs"))
    await asyncio.sleep(2.5)
    dog.close()
    assert dog.stalls == 0
    assert caplog.records == []


async def test_where_it_stands_still_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    dog = Watchdog(stall=0.7, dead=60)
    with caplog.at_level(logging.ERROR):
        secret = "what somebody said"
        stands_still(2.5, secret)
    await asyncio.sleep(0)
    dog.close()
    assert dog.stalls == 1
    [line] = [record.getMessage() for record in caplog.records]
    assert "stands_still test_watchdog.py:" in line
    assert secret not in line


async def test_what_never_moves_again_is_ended() -> None:
    ended: list[int] = []
    told = threading.Event()

    def end(status: int) -> None:
        ended.append(status)
        told.set()

    dog = Watchdog(stall=0.5, dead=1.5, end=end)
    told.wait(20)  # the loop hangs in this very line
    dog.close()
    assert ended == [EXIT]


def stands_still(seconds: float, said: str) -> str:
    time.sleep(seconds)
    return said


async def test_a_server_that_was_stopped_and_goes_on_is_no_stall(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            os.kill(server.pid, signal.SIGSTOP)
            await asyncio.sleep(4)
            os.kill(server.pid, signal.SIGCONT)
            assert (await home.health())[1] == "ok"
            assert "stood still" not in server.said
