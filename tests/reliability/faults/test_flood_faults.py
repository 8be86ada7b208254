"""Too much of what is allowed, beside a room that goes on."""

import asyncio
from typing import Any

from tests.reliability.faults.beside import beside, speaks
from tests.reliability.faults.raw import Wire, auth_of, frame, packed
from tests.server.person import EVENT, Person
from tests.server.running import House, Running

SECONDS = 3  # of a flood


async def test_two_hundred_events_a_second(server: Running) -> None:
    """All are answered; what is too much with `too-fast`. The others in the room are answered as ever."""
    async with beside(server) as home:
        _, (eka, loud, other) = await home.meeting("Eka", "Loud", "Other")
        flood = asyncio.create_task(pour(loud, {"type": "lower-hand"}))
        for _ in range(5):
            await other.do("raise-hand")
            await other.do("lower-hand")
        answers = await flood
        assert len(answers) == 200 * SECONDS
        assert {answer["code"] for answer in answers} == {"no-hand", "too-fast"}
        assert (loud.bye, loud.closed.is_set()) == (None, False)
        await eka.do("close-queue")
        await asyncio.gather(*(one.until(lambda me: not me.view["queue_open"]) for one in (eka, loud, other)))
        assert loud.view == other.view


async def test_i_need_support_two_hundred_times_a_second(server: Running) -> None:
    """A hand about the room goes up once; nobody else in the room is told more than that."""
    async with beside(server) as home:
        _, (eka, loud, speaker) = await home.meeting("Eka", "Loud", "Speaker")
        await speaks(eka, speaker)
        before = len(eka.frames("patch"))
        answers = await pour(loud, {"type": "raise-hand", "kind": "process"})
        assert [answer["ok"] for answer in answers].count(True) == 1
        assert {answer.get("code") for answer in answers} == {None, "hand-up", "too-fast"}
        assert len(eka.view["queue"]) == 1
        assert len(eka.frames("patch")) - before < 10


async def pour(person: Person, command: dict[str, Any]) -> list[dict[str, Any]]:
    """The same command 200 times a second for a while; all answers."""
    before = len(person.frames("ack"))
    for _ in range(10 * SECONDS):
        for _ in range(20):
            await person.pack({"type": EVENT, "nsp": "/", "id": 99, "data": ["command", command]})
        await asyncio.sleep(0.1)
    await person.until(lambda me: len(me.frames("ack")) - before == 200 * SECONDS)
    return person.frames("ack")[before:]


async def test_snapshots_asked_for_again_and_again(server: Running) -> None:
    """A few bytes do not fetch thousands: one in two seconds is answered."""
    async with beside(server) as home:
        _, (eka, _) = await home.meeting("Eka", "Fajar")
        before = len(eka.frames("snapshot"))
        for _ in range(50):
            await eka.tell("resync", None)
        await eka.do("close-queue")
        assert 1 <= len(eka.frames("snapshot")) - before <= 2


async def test_readers_who_stop(server: Running) -> None:
    """Ten of a room take nothing any more while much happens there: they are cut, what waited for them is let go."""
    async with beside(server) as home:
        room, (eka, fajar, speaker) = await home.meeting("Eka", "Fajar", "Speaker")
        await speaks(eka, speaker)
        deaf = [await stopped(home, room.links["participant"]) for _ in range(10)]
        for wire in deaf:
            await wire.send(frame(packed(2, ["command", {"type": "accept-agreement", "version": 1}], 1)))
        await eka.until(lambda me: sum(bool(shown.get("agreed")) for shown in me.view["waiting"].values()) == 10)
        for seat in list(eka.view["waiting"]):
            await eka.do("admit", seat=seat)
        while any(shown["present"] for shown in eka.view["people"].values() if shown["name"] == "Deaf"):
            await fajar.do("raise-hand", note="x" * 140)
            await fajar.do("lower-hand")
            await asyncio.sleep(0.12)


async def stopped(home: House, link: str) -> Wire:
    wire = await (await Wire.open(home, window=4096)).upgrade()
    return await wire.connect(auth_of(link, "Deaf"))
