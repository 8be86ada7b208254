"""What one connection does to its room is not felt in another."""

import asyncio
import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgpack
import pytest

from tests.server.person import EVENT, Person
from tests.server.running import Running, house, running


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
