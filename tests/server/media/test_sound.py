"""Who is heard by whom, with real peers over real UDP."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pylibsrtp
import pytest
from aioice import stun

from server.media.port import open_port
from server.media.rewrite import REST
from server.media.rooms import RENEWED, Media
from tests.server.media.test_sdp import CHROMIUM
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


@pytest.mark.parametrize("unheard", [0, 1, 400, 20_000])
async def test_what_is_skipped_between_two_turns_is_no_loss(unheard: int) -> None:
    """The same person, the same stream: after a pause, and when the floor comes back."""
    async with hall() as it, it.client("a") as speaker, it.client("b") as listener:
        for turn in range(3):
            it.obey("a")
            count = len(listener.heard)
            await speaker.say(lambda count=count: len(listener.heard) >= count + 5)  # type: ignore[misc]
            reception = it.media._rooms[MEETING].peers["a"].reception
            assert reception is not None
            block = reception.block(asyncio.get_running_loop().time())
            assert block is not None
            assert (turn, block.lost, block.fraction) == (turn, 0, 0)
            it.obey("")
            speaker.said += unheard


async def test_sound_follows_to_another_address() -> None:
    """A phone that changes networks: its check from there chooses it, and nothing is lost on the way."""
    async with hall() as it, it.client("a") as speaker, it.client("b") as listener:
        it.obey("a")
        await speaker.say(lambda: len(listener.heard) >= 3)
        before = it.port._paths.copy()
        former = listener.socket
        with it.port.visitor() as moved:
            listener.socket = moved
            asyncio.get_running_loop().add_reader(moved, listener.read)
            check = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
            check.attributes["USERNAME"] = listener._ice._theirs.decode()
            check.attributes["USE-CANDIDATE"] = None
            check.add_message_integrity(listener._ice._remote_key)
            moved.send(bytes(check))
            await until(lambda: len(it.port._paths) == len(before) + 1)
            count = len(listener.heard)
            await speaker.say(lambda: len(listener.heard) >= count + 5)
            assert {packet[8:12] for packet in listener.heard} == {listener.heard[0][8:12]}
            asyncio.get_running_loop().remove_reader(moved)
            listener.socket = former


async def test_at_the_end_listeners_are_told_that_nothing_more_comes() -> None:
    """Two packets of nobody's voice, at once; not to the speaker, and not once more."""
    async with hall() as it, it.client("a") as speaker, it.client("b") as listener:
        it.obey("a")
        await speaker.say(lambda: len(listener.heard) >= 3)
        it.obey("")
        await until(lambda: listener.heard[-1][12:] == REST[-1])
        it.obey("a")
        it.obey("b")
        it.obey("")
        await speaker.say(lambda: speaker.said > 20)
        assert [packet[12:] for packet in listener.heard].count(REST[-1]) == 1
        assert [packet[12:] for packet in listener.heard[-2:]] == list(REST)
        assert [len(packet) for packet in speaker.heard] == []
        numbers = [int.from_bytes(packet[2:4], "big") for packet in listener.heard]
        assert [later - sooner for sooner, later in pairwise(numbers)] == [1] * (len(numbers) - 1)


async def test_what_was_overtaken_before_somebody_came_does_not_reach_them() -> None:
    """Their stream begins with the next new packet; the late one has its place in the streams of the others."""
    async with hall() as it, it.client("a") as speaker, it.client("b") as listener:
        it.obey("a")
        await speaker.say(lambda: len(listener.heard) >= 3)
        late, newer = speaker.sealed(payload=b"\xf8late"), speaker.sealed(payload=b"\xf8newer")
        speaker._send(newer)
        await until(lambda: listener.heard[-1][12:] == b"\xf8newer")
        async with it.client("c") as newcomer:
            speaker._send(late)
            await speaker.say(lambda: len(newcomer.heard) >= 3 and listener.heard[-1][12:] == newcomer.heard[-1][12:])
            numbers = [int.from_bytes(packet[2:4], "big") for packet in listener.heard]
            assert sorted(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
            assert b"\xf8late" in [packet[12:] for packet in listener.heard]
            assert b"\xf8late" not in [packet[12:] for packet in newcomer.heard]
            room = it.media._rooms[MEETING]
            lane = room.forwarder._choirs[1].lanes[0]
            counted = [room.peers[seat].lines[0].packets + lane.packets for seat in "bc"]
            await until(lambda: counted == [len(listener.heard), len(newcomer.heard)])


async def test_a_listener_to_whom_nothing_can_be_sent_goes_and_the_others_hear_on() -> None:
    async with hall() as it, it.client("a") as speaker, it.client("b") as listener, it.client("c"):
        room = it.media._rooms[MEETING]
        room.peers["c"]._outgoing = pylibsrtp.Session()  # without any key
        room.forwarder.aim()
        it.obey("a")
        await speaker.say(lambda: len(listener.heard) >= 5)
        assert it.media.connected(MEETING) == {"a", "b"}


async def test_another_voice_takes_an_open_floor_when_the_first_is_quiet() -> None:
    async with hall() as it, it.client("a") as one, it.client("b") as two, it.client("c") as listener:
        it.obey("ab")
        await one.say(lambda: len(listener.heard) >= 5)
        two.packet(payload=b"\xf8two")
        await one.say(lambda: len(listener.heard) >= 10)
        assert b"\xf8two" not in [packet[12:] for packet in listener.heard]
        await two.say(lambda: len(one.heard) >= 5)
        numbers = [int.from_bytes(packet[2:4], "big") for packet in listener.heard]
        assert [later - sooner for sooner, later in pairwise(numbers)] == [1] * (len(numbers) - 1)


async def test_new_peers_get_a_new_certificate_in_time() -> None:
    """One is valid for 30 days; who is connected keeps the one that they have."""
    clock = [1_000_000.0]
    port = open_port(0, ["127.0.0.1"])
    it = Hall(port, Media(port, wall=lambda: clock[0]))
    it.obey()

    def shown() -> str:
        text = it.media.answer(MEETING, "d", CHROMIUM)
        return next(line for line in text.splitlines() if line.startswith("a=fingerprint:"))

    async with it.client("a") as speaker, it.client("b") as listener:
        it.obey("a")
        first = shown()
        clock[0] += RENEWED - 1
        assert shown() == first
        clock[0] += 1
        second = shown()
        assert second != first
        assert shown() == second
        await speaker.say(lambda: len(listener.heard) >= 5)
        async with it.client("c") as newcomer:
            await speaker.say(lambda: len(newcomer.heard) >= 5)
        clock[0] -= 2 * RENEWED  # set back
        assert shown() not in (first, second)
    await it.close()


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
