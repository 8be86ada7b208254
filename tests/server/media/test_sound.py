"""Who is heard by whom, with real peers over real UDP."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.server.media.voices import MEETING, Hall, Heard, Voice, hall

SILENT = 0.2  # seconds after which nothing more may come

ENDS: dict[str, Callable[[Hall], None]] = {
    "end": lambda it: it.obey(""),
    "drop": lambda it: it.obey("", "bcd"),
    "removal": lambda it: it.media.gone(MEETING, "a"),
    "closing": lambda it: it.media.over(MEETING),
    "next": lambda it: it.obey("d"),  # who says nothing
}


def steps(packets: list[Heard]) -> set[int]:
    return {(after.sequence - before.sequence) & 0xFFFF for before, after in pairwise(packets)}


async def test_the_floor_is_heard_and_nobody_else() -> None:
    async with hall() as it:
        a, b, c = await it.voice("a", 440), await it.voice("b"), await it.voice("c", 1760)
        it.obey("a")
        await b.hears(30)
        assert await b.pitch((440, 1760)) == 440
        assert a.heard == []
        assert len(c.heard) > 10
        it.obey("c")
        await a.hears(30)
        assert await b.pitch((440, 1760)) == 1760


async def test_nobody_is_heard_while_the_floor_is_free() -> None:
    async with hall() as it:
        voices = [await it.voice("a", 440), await it.voice("b", 880), await it.voice("c")]
        await sending(it, 25)
        assert [voice.heard for voice in voices] == [[], [], []]


@pytest.mark.parametrize("how", ENDS)
async def test_nothing_comes_after_the_end(how: str) -> None:
    async with hall() as it:
        a, b = await it.voice("a", 440), await it.voice("b")
        it.obey("a")
        await b.hears()
        ENDS[how](it)
        ended = asyncio.get_running_loop().time()
        if how == "removal":
            it.obey("", "bcd")
        await sending_on(a, 25)
        assert [packet for packet in b.heard if packet.at > ended + SILENT] == []


async def test_a_change_of_the_floor_is_one_stream() -> None:
    async with hall() as it:
        _, b, _ = await it.voice("a", 440), await it.voice("b"), await it.voice("c", 880)
        for turn in "acacac":
            it.obey(turn)
            await b.hears(12)
            it.obey("")
        assert len({packet.source for packet in b.heard}) == 1
        assert str(b.heard[0].source) in b.answer
        assert steps(b.heard) == {1}
        ticks = [(after.timestamp - before.timestamp) & 0xFFFFFFFF for before, after in pairwise(b.heard)]
        assert all(tick >= 960 and tick % 960 == 0 for tick in ticks)


async def test_who_spoke_hears_on_without_a_gap() -> None:
    async with hall() as it:
        a, b, _ = await it.voice("a", 440), await it.voice("b"), await it.voice("c", 880)
        it.obey("c")
        await a.hears(8)
        it.obey("a")
        await b.hears(40)
        it.obey("c")
        await a.hears(8)
        assert steps(a.heard) == {1}


async def test_a_new_offer_takes_over_when_it_is_connected() -> None:
    async with hall() as it:
        _, former = await it.voice("a", 440), await it.voice("b")
        it.obey("a")
        await former.hears()
        again = await it.voice("b")
        await again.hears()
        count = len(former.heard)
        await again.hears(20)
        assert len(former.heard) == count
        assert it.port.guests == 2


async def test_a_speaker_who_comes_back_is_heard_again() -> None:
    async with hall() as it:
        former, b = await it.voice("a", 440), await it.voice("b")
        it.obey("a")
        await b.hears()
        await former.close()
        await it.voice("a", 880)
        await b.hears()
        assert await b.pitch((440, 880)) == 880
        assert steps(b.heard) == {1}


async def test_what_was_sent_while_nobody_listened_is_not_reported_as_lost() -> None:
    async with hall() as it:
        a, b = await it.voice("a", 440), await it.voice("b")
        for _ in range(2):
            it.obey("a")
            await b.hears(60)  # longer than between two reports
            it.obey("")
            await sending(it, 10)
        it.obey("a")
        await b.hears(60)
        stats = await a.connection.getSenders()[0].getStats()
        report = next(one for one in stats.values() if one.type == "remote-inbound-rtp")
        assert (report.packetsLost, report.fractionLost) == (0, 0)


async def test_tasks_and_peers_return_to_where_they_were() -> None:
    before = asyncio.all_tasks()
    async with hall() as it:
        voices = [await it.voice(seat, 300) for seat in "abcd"]
        assert (it.media.peers, it.port.guests) == (4, 4)
        it.obey("a", "abc")
        await until(lambda: it.media.peers == 3)
        await asyncio.gather(*(voice.close() for voice in voices))
        await until(lambda: it.media.peers == 0)
        assert it.port.guests == 0
    await until(lambda: asyncio.all_tasks() == before)


async def sending(it: Hall, count: int) -> None:
    """Until this many more datagrams have come to the port from everybody together."""
    start = it.port.taken
    await until(lambda: it.port.taken >= start + count)


async def sending_on(voice: Voice, count: int) -> None:
    """For as long as this voice takes to say so many packets more, whether anybody listens or not."""
    sender = voice.connection.getSenders()[0]

    async def said() -> int:
        stats = await sender.getStats()
        return int(next(one.packetsSent for one in stats.values() if one.type == "outbound-rtp"))

    start = await said()
    deadline = asyncio.get_running_loop().time() + count * 0.04
    while await said() < start + count and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.02)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.01)
