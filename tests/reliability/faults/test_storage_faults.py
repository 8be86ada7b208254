"""A disk that fails again and again, and another program that holds the database, beside many rooms."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.faults.beside import an_address, quiet, quietly, said
from tests.server.person import Person
from tests.server.running import Running, held, house, running

ROOMS = 4


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


async def stored(person: Person, *types: str) -> None:
    """Ask until the disk takes it."""
    for type in types:
        async with asyncio.timeout(20):
            while not (answer := await person.ask(type))["ok"]:
                assert answer["code"] == "not-now"
                await asyncio.sleep(0.1)


@pytest.mark.parametrize("how", ["full", "held"])
async def test_a_disk_that_fails_again_and_again_is_told_once(server: Running, how: str) -> None:
    """In many rooms, with many commands: a line of each sort, not one for each failure; then everything heals."""
    async with quiet(server) as room, house(server, an_address()) as home:
        await room.stop()
        leads = [(await home.meeting("Eka", title=f"Room {number}"))[1][0] for number in range(ROOMS)]
        with server.full_disk() if how == "full" else held(server.data):
            for _ in range(5 if how == "full" else 2):
                answers = await asyncio.gather(*(lead.ask("close-queue") for lead in leads))
                assert answers == [{"ok": False, "code": "not-now"}] * ROOMS
        await stored(room.lead, "close-queue", "reopen-queue")
        await asyncio.gather(*(stored(lead, "close-queue") for lead in leads))
        assert await home.health() == (200, "ok")
        await room.unharmed()
        quietly(
            said(server), [r"^ERROR lingkar\.journal: The journal cannot write", r"^WARNING lingkar\.room: a write"]
        )


async def test_a_disk_that_fails_while_people_come_and_go(server: Running) -> None:
    """Newcomers are not let in without a place that lasts; who drops is not gone; nobody is in twice."""
    async with quiet(server) as room:
        await room.stop()
        with server.full_disk():
            newcomer = room.home.person()
            await newcomer.connect(
                {
                    "v": 1,
                    "room": room.room.id,
                    "secret": room.room.links["participant"].partition("#")[2],
                    "name": "Zed",
                },
                waits=False,
            )
            await newcomer.closed.wait()
            assert newcomer.heard == []
            await room.listener.pull()
            room.listener = await room.home.person().come_back(room.listener)
            assert await room.listener.ask("lower-hand") == {"ok": False, "code": "not-now"}
        await stored(room.lead, "close-queue", "reopen-queue")
        late = await room.home.waiting(room.room, "Zed")
        await room.lead.until(lambda me: late.seat in me.view["waiting"])
        assert len(room.lead.view["waiting"]) == 2
        await late.do("leave")
        await room.lead.until(lambda me: late.seat not in me.view["waiting"])
        await room.unharmed()
