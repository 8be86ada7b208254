"""The log: nobody waits for it, nothing of what people say is in it, and it does not repeat itself."""

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Iterator

import pytest

from server import logs

SECRET = "words-that-nobody-may-read"


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    yield reader, writer
    os.close(reader)
    os.close(writer)


@pytest.fixture
def logger(pipe: tuple[int, int]) -> Iterator[logging.Logger]:
    """A logger of the server's, whose lines go into the pipe."""
    found = logging.getLogger("lingkar.of-this-test")
    handler = logs.Lines(logs.Writer(pipe[1]))
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    found.addHandler(handler)
    yield found
    found.removeHandler(handler)
    handler.close()


def read(reader: int) -> list[str]:
    found = b""
    with contextlib.suppress(BlockingIOError):
        while more := os.read(reader, 65_536):
            found += more
    return found.decode().splitlines()


def test_lines_arrive_in_order_and_each_sort_once(pipe: tuple[int, int], logger: logging.Logger) -> None:
    for _ in range(3):
        logger.error("the first %s", "thing")
        logger.warning("the second")
    logger.handlers[-1].flush()
    assert read(pipe[0]) == ["ERROR the first thing", "WARNING the second"]


def test_a_flood_of_different_lines_has_an_end(pipe: tuple[int, int], logger: logging.Logger) -> None:
    for number in range(3 * logs.KINDS):
        logger.error("line %d", number)
        if number % 100 == 0:
            logger.handlers[-1].flush()
    logger.handlers[-1].flush()
    assert len(read(pipe[0])) <= logs.KINDS


def test_nobody_waits_for_a_reader(pipe: tuple[int, int]) -> None:
    """More than the pipe and the queue hold: the rest is left out and counted, and said when somebody reads."""
    reader, file = pipe
    writer = logs.Writer(file)
    for number in range(10 * logs.MOST):
        writer.say(f"{number} {'x' * 200}")
    writer.flush()  # gives up after a moment
    found: list[str] = []
    while writer._lines.unfinished_tasks or not found:
        found += read(reader)
    writer.say("at last")
    writer.flush()
    found += read(reader)
    left_out = [int(line.split()[0].strip("(")) for line in found if "left out" in line]
    written = [line for line in found if "x" in line]
    assert sum(left_out) > 0
    assert sum(left_out) + len(written) == 10 * logs.MOST
    assert (found[0].split()[0], "at last" in found) == ("0", True)


def test_a_reader_who_has_gone_is_no_failure() -> None:
    reader, file = os.pipe()
    os.close(reader)
    writer = logs.Writer(file)
    for _ in range(3):
        writer.say("nobody reads this")
    writer.flush()
    assert writer._lines.unfinished_tasks == 0
    os.close(file)


def test_a_file_that_does_not_wait_gets_everything(pipe: tuple[int, int]) -> None:
    """Somebody else who has the same pipe may have said that it must not block."""
    reader, file = pipe
    os.set_blocking(file, False)
    writer = logs.Writer(file)
    for number in range(900):
        writer.say(f"{number} {'x' * 200}")
    found: list[str] = []
    while writer._lines.unfinished_tasks:
        found += read(reader)
    found += read(reader)
    assert len(found) == 900


async def test_what_fails_in_the_loop_is_told_without_content(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    logs.attend(loop)

    def fails(words: str) -> None:
        raise ValueError(words)

    loop.call_soon(fails, SECRET)
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "nobody waited", "exception": OSError(24, SECRET)})
    loop.call_exception_handler({"message": "Fatal read error on socket transport", "exception": TimeoutError(SECRET)})
    loop.call_exception_handler({"message": "something odd", "handle": SECRET})
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 3
    assert told[0].startswith("a bug, in the loop: Exception in: ValueError\n")
    assert "in fails" in told[0]
    assert told[1:] == ["nobody waited: Too many open files", "a bug, in the loop: something odd"]
    assert SECRET not in caplog.text


def test_what_a_thread_dies_of_is_told_without_content(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise ValueError(SECRET)

    before = threading.excepthook
    threading.excepthook = logs._thread_failed
    try:
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    assert "a bug, in a thread: ValueError" in caplog.text
    assert SECRET not in caplog.text
