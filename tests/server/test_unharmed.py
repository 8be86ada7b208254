"""What one connection does to its room is not felt in another; and the server goes when it is told to."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgpack
import pytest

from tests.server.person import EVENT, Person
from tests.server.running import House, Running, held, house, running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


def stop_reading(person: Person) -> None:
    """The connection stays open, and nothing is taken from it any more."""
    connection = person.socket._response.connection
    assert connection is not None
    assert connection.transport is not None
    connection.transport.pause_reading()


def sees_no_more(seat: str, person: Person) -> bool:
    return not person.view["people"][seat]["present"]


async def round_trips(person: Person, ends: asyncio.Event) -> int:
    """Somebody who leads another room closes and opens the queue, again and again; how often."""
    count = 0
    while not ends.is_set():
        await person.do("close-queue")
        await person.do("reopen-queue")
        count += 1
        await asyncio.sleep(0.15)  # within what one connection may ask for
    return count


async def flood(person: Person) -> None:
    """More commands than anybody has a use for, all at once, until the server has enough."""
    frame = msgpack.packb({"type": EVENT, "nsp": "/", "id": 1, "data": ["command", {"type": "lower-hand"}]})
    with contextlib.suppress(ConnectionError):
        while not person.closed.is_set():
            for _ in range(200):
                await person.socket.send_bytes(frame)
            await asyncio.sleep(0)


async def babble(person: Person) -> None:
    """Frames that are no packets."""
    with contextlib.suppress(ConnectionError):
        for junk in (b"", b"\xc1", b"\x81\xa4type\x02", msgpack.packb([1, 2, 3]), b"\x00" * 60_000):
            await person.socket.send_bytes(junk)
    await person.closed.wait()


async def test_other_rooms_are_answered_whatever_happens_in_one(server: Running) -> None:
    async with house(server) as home, house(server) as elsewhere:
        _, (ada, deaf, loud, odd, fine) = await home.meeting("Ada", "Deaf", "Loud", "Odd", "Fine")
        _, (eka, _) = await elsewhere.meeting("Eka", "Fajar")
        ends = asyncio.Event()
        trips = asyncio.create_task(round_trips(eka, ends))
        stop_reading(deaf)
        await asyncio.gather(flood(loud), babble(odd))
        for person in (deaf, loud, odd):
            await ada.until(partial(sees_no_more, person.seat), within=20)
        ends.set()
        assert await trips > 10
        assert loud.bye in ({"code": "strikes"}, None)
        await fine.do("raise-hand")
        assert [ada.view["people"][person.seat]["present"] for person in (ada, fine)] == [True, True]
        assert await home.health() == (200, "ok")


async def a_house_full(home: House) -> tuple[Person, list[Person]]:
    """An open meeting with a turn that runs and hands behind it; one of them does not read any more."""
    _, people = await home.meeting("Ada", "Budi", "Citra", "Dewi", "Hung")
    ada, budi, *others = people
    await ada.do("call-on", seat=budi.seat)
    await budi.until(lambda me: me.you.get("turn"))
    await budi.do("accept-floor", turn=budi.you["turn"])
    for person in others:
        await person.do("raise-hand")
    stop_reading(others[-1])
    return ada, people


@pytest.mark.parametrize("disk", ["fine", "held"])
async def test_it_goes_when_it_is_told_to(server: Running, disk: str) -> None:
    """Exit 0 within 15 seconds with people connected, one of them hung; also with a request that never ends and a disk
    that is somebody else's. Browsers hear that they should come again."""
    async with house(server) as home:
        ada, people = await a_house_full(home)
        port = int(server.url.rpartition(":")[2])
        _, idle = await asyncio.open_connection("127.0.0.1", port)
        start = time.monotonic()
        if disk == "held":
            idle.write(b"POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + server.token.encode())
            idle.write(b"\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
            with held(server.data):
                server.terminate()
                assert await asyncio.to_thread(server.end, 15) == 0
        else:
            server.terminate(signal.SIGTERM)
            server.terminate(signal.SIGTERM)
            assert await asyncio.to_thread(server.end, 15) == 0
        assert time.monotonic() - start < 15
        for person in people[:-1]:
            await person.closed.wait()
            assert (person.bye, person.socket.close_code) == (None, 1001)
        assert "Traceback" not in server.said
        idle.close()

        with running(server.data) as again:
            home.server = again
            back = await home.person().come_back(ada)
            [turn] = back.view["turns"].values()
            assert (turn["state"], turn["seat"]) == ("suspended", people[1].seat)
            assert turn["left"] <= turn["budget"]
            assert [back.view["hands"][h]["seat"] for h in back.view["queue"]] == [p.seat for p in people[2:]]
