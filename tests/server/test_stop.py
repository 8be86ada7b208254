"""SIGTERM: everybody is told that the server is back in a moment, what was decided is on the disk, and the process is
gone within 15 seconds, whatever holds it."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.server.person import Person
from tests.server.running import PATIENCE, House, Room, Running, held, house, running
from tests.server.test_unharmed import stop_reading
from tests.serving import HOME, clean_environment

GONE = 15.0  # seconds; what was promised


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


@pytest.fixture
async def home(server: Running) -> AsyncIterator[House]:
    async with house(server) as found:
        yield found


async def goes(server: Running, *, again: bool = False) -> float:
    """Told to stop (`again`: twice), it does, in good order; the seconds that it took."""
    start = time.monotonic()
    server.terminate()
    if again:
        server.terminate()
    assert await asyncio.to_thread(server.end, PATIENCE) == 0
    took = time.monotonic() - start
    assert took < GONE
    assert "Traceback" not in server.said
    return took


async def a_house_full(home: House) -> tuple[Room, list[Person], Person]:
    """An open meeting with a turn that runs, hands behind it, and somebody at the door."""
    room, people = await home.meeting("Ada", "Budi", "Citra", "Dewi")
    ada, budi, *others = people
    await ada.do("call-on", seat=budi.seat)
    await budi.until(lambda me: me.you.get("turn"))
    await budi.do("accept-floor", turn=budi.you["turn"])
    for person in others:
        await person.do("raise-hand")
    return room, people, await home.waiting(room, "Eka")


async def as_it_was(home: House, people: list[Person]) -> None:
    """A new server on this folder knows the turn and the order."""
    home.server = Running(home.data)
    ada, budi, *others = people
    back = await home.person().come_back(ada)
    [turn] = back.view["turns"].values()
    assert (turn["state"], turn["seat"]) == ("suspended", budi.seat)
    assert turn["left"] <= turn["budget"]
    assert [back.view["hands"][hand]["seat"] for hand in back.view["queue"]] == [person.seat for person in others]


async def test_everybody_is_told_and_finds_everything_again(home: House) -> None:
    _, people, waiting = await a_house_full(home)
    await goes(home.server)
    for person in (*people, waiting):
        await person.closed.wait()
        assert person.heard[-1] == ("signal", {"type": "restarting"})
        assert (person.bye, person.socket.close_code) == (None, 1001)
    await as_it_was(home, people)
    back = await home.person().come_back(waiting)
    assert back.view["sight"] == "door"


async def test_told_twice_it_goes_once(home: House) -> None:
    _, people, _ = await a_house_full(home)
    stop_reading(people[-1])
    await goes(home.server, again=True)
    await as_it_was(home, people)


async def test_somebody_who_does_not_read_holds_nobody(home: House) -> None:
    room, people, _ = await a_house_full(home)
    hung = [await home.waiting(room, f"Hung {n}") for n in range(5)]
    for person in hung:
        stop_reading(person)
        for _ in range(20):
            await person.tell("resync", {})
    await goes(home.server)
    await as_it_was(home, people)


async def test_a_request_that_never_ends_holds_nobody(home: House) -> None:
    _, people, _ = await a_house_full(home)
    head = b"POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + home.server.token.encode()
    slow = []
    for sent in (b"", b"GET /he", head + b"\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"):
        reader, writer = await asyncio.open_connection("127.0.0.1", home.server.port)
        writer.write(sent)
        slow.append((reader, writer))
    await home.health()  # behind those
    await goes(home.server)
    for _, writer in slow:
        writer.close()
    await as_it_was(home, people)


async def test_a_disk_that_is_somebody_elses_holds_it_for_a_moment(home: House) -> None:
    _, people, _ = await a_house_full(home)
    with held(home.data):
        asked = asyncio.create_task(people[2].ask("lower-hand"))
        while (await home.health())[0] == 200 and not home.server.code:
            async with home.session.get(f"{home.server.url}/metrics", headers=bearer(home)) as answer:
                if "lingkar_journal_pending 0.0" not in await answer.text():
                    break
        await goes(home.server)
        with contextlib.suppress(Exception):
            assert not (await asked)["ok"]  # nobody was told what is not so
    await as_it_was(home, people)


def bearer(home: House) -> dict[str, str]:
    return {"Authorization": f"Bearer {home.server.token}"}


def test_a_handshake_that_was_begun_holds_nobody(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    made += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(made, check=True, capture_output=True, timeout=60)
    with running(tmp_path / "data", "--tls-cert", str(cert), "--tls-key", str(key)) as server:
        hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"  # the first bytes of a handshake
        with contextlib.ExitStack() as open_ones:
            for sent in (b"", hello[:1], hello):
                line = open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                line.sendall(sent)
            start = time.monotonic()
            server.terminate()
            assert server.end() == 0
            assert time.monotonic() - start < GONE
        assert "Traceback" not in server.said


STUCK = """
import asyncio, sys, threading, time
from pathlib import Path
from server import app, logs
from server.__main__ import parser
from server.config import config

async def main():
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 600)  # a thread that does not come back
    settings = config(parser({}).parse_args(["serve", "--port", "0", "--audio", "off", "--data", sys.argv[1]]), {})
    await app.run(settings, lambda port, token: print("ready", flush=True))

logs.begin()
asyncio.run(main())
"""


def test_a_thread_that_does_not_come_back_is_not_waited_for(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, str(tmp_path / "data")],
        cwd=HOME,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        start = time.monotonic()
        os.kill(process.pid, signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
        assert time.monotonic() - start < GONE
        assert process.returncode == 70
        assert "stopped, although not everything had ended" in said
        assert not (tmp_path / "data" / "lingkar.db-wal").exists()  # all the same in good order
    finally:
        process.kill()
        process.communicate()
