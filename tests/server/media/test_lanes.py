"""Several voices on several streams, with real peers over real UDP: which stream has which, and that each is whole."""

import asyncio
import random
import struct
from collections.abc import Callable
from contextlib import AsyncExitStack
from itertools import pairwise
from typing import Any

from server.media.lanes import HELD
from server.media.rewrite import REST
from server.media.selftest import Client
from tests.conftest import a_seed
from tests.server.media.handset import Handset
from tests.server.media.voices import MEETING, PATIENCE, Hall, hall


class Word:
    """Of somebody: packets that can be told apart."""

    def __init__(self, client: Client, payload: bytes) -> None:
        self.client, self.payload = client, payload

    def packet(self) -> None:
        self.client.packet(payload=self.payload)


def heard(client: Client, word: Word) -> list[bytes]:
    return [packet for packet in client.heard if packet[12:] == word.payload]


def streams(packets: list[bytes]) -> set[bytes]:
    """Their SSRCs."""
    return {packet[8:12] for packet in packets}


async def speak(words: list[Word], until: Callable[[], bool]) -> None:
    """All of them at the same pace, until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not until():
            for word in words:
                word.packet()
            await asyncio.sleep(0.02)


def whole(client: Client) -> bool:
    """Every stream that came goes on from packet to packet, across voices."""
    for source in streams(client.heard):
        stream = [packet for packet in client.heard if packet[8:12] == source]
        for one, other in pairwise(stream):
            if (int.from_bytes(other[2:4], "big") - int.from_bytes(one[2:4], "big")) & 0xFFFF != 1:
                return False
            if (int.from_bytes(other[4:8], "big") - int.from_bytes(one[4:8], "big")) & 0xFFFFFFFF >= 1 << 31:
                return False
    return True


def source(it: Hall, seat: str, line: int) -> bytes:
    return it.media._rooms[MEETING].peers[seat].lines[line].ssrc.to_bytes(4, "big")


async def test_a_stock_peer_decodes_two_voices_at_once() -> None:
    """And is told where both streams are in time."""
    async with hall() as it:
        listener = await it.voice("c", lines=3)
        a, b = await it.voice("a", 440, lines=3), await it.voice("b", 1760, lines=3)
        it.obey("a")
        await listener.hears(10)
        it.obey("ab")
        await asyncio.gather(listener.hears(40), a.hears(10), b.hears(10))
        tones = (440, 1760)
        assert await listener.pitch(tones, 0) == 440
        assert await listener.pitch(tones, 1) == 1760
        assert await a.pitch(tones, 1) == 1760 and await b.pitch(tones, 0) == 440
        ssrcs = [line.ssrc for line in it.media._rooms[MEETING].peers["c"].lines]
        assert {packet.source for packet in listener.heard} == set(ssrcs[:2])
        reported: set[int] = set()
        async with asyncio.timeout(PATIENCE):
            while reported != set(ssrcs[:2]):
                await asyncio.sleep(0.1)
                stats = [one for each in listener.connection.getReceivers() for one in (await each.getStats()).values()]
                reported = {one.ssrc for one in stats if one.type == "remote-outbound-rtp"}


async def test_one_voice_is_always_on_the_first_stream() -> None:
    async with hall() as it, it.client("a", 3) as a, it.client("b", 3) as b, it.client("c", 3) as c:
        words = {"a": Word(a, b"\xf8aa"), "b": Word(b, b"\xf8bb")}
        for seat in "abab":
            it.obey(seat)
            count = len(heard(c, words[seat]))
            await speak([words[seat]], lambda seat=seat, count=count: len(heard(c, words[seat])) > count + 5)  # type: ignore[misc]
            it.obey("")
        assert streams(c.heard) == {source(it, "c", 0)}
        assert whole(c)


async def test_voices_come_and_go_and_each_stream_is_whole() -> None:
    """Whoever is heard stays where they are while others end and begin; nobody is sent themselves."""
    async with (
        hall() as it,
        it.client("a", 2) as a,
        it.client("b", 2) as b,
        it.client("c", 2) as c,
        it.client("d", 2) as d,
    ):
        words = {"a": Word(a, b"\xf8aa"), "b": Word(b, b"\xf8bb"), "c": Word(c, b"\xf8cc")}
        for on in ("a", "ab", "b", "bc", "c", "ac", "a", "", "ab"):
            it.obey(on)
            counts = {seat: len(heard(d, words[seat])) for seat in on}
            await speak(
                list(words.values()),
                lambda on=on, counts=counts: all(len(heard(d, words[seat])) > counts[seat] + 5 for seat in on),  # type: ignore[misc]
            )
        for client in (a, b, c, d):
            assert whole(client)
        assert streams(d.heard) == {source(it, "d", 0), source(it, "d", 1)}
        assert [heard(each, word) for each, word in zip((a, b, c), words.values(), strict=True)] == [[], [], []]


async def test_an_end_on_one_stream_is_no_end_on_the_other() -> None:
    """The two packets by which listeners know that nothing more comes are on the stream of the voice that ended."""
    async with hall() as it, it.client("a", 2) as a, it.client("b", 2) as b, it.client("c", 2) as c:
        words = [Word(a, b"\xf8aa"), Word(b, b"\xf8bb")]
        it.obey("a")
        await speak(words[:1], lambda: len(heard(c, words[0])) > 3)
        it.obey("ab")
        await speak(words, lambda: len(heard(c, words[1])) > 3)
        it.obey("b")
        await speak(words[1:], lambda: any(packet[12:] == REST[1] for packet in c.heard))
        ends = [packet for packet in c.heard if packet[12:] in REST]
        assert [packet[8:12] for packet in ends] == [source(it, "c", 0)] * 2


class Lossy:
    """A listener's line on which each fifth packet of a stream is lost when it comes for the first time."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.lost: list[bytes] = []  # their first twelve bytes

    def unprotect(self, data: bytes) -> bytes:
        if int.from_bytes(data[2:4], "big") % 5 == 0 and data[:12] not in self.lost:
            self.lost.append(data[:12])
            raise OSError("lost")
        found: bytes = self._session.unprotect(data)
        return found


async def test_what_is_lost_of_either_voice_is_sent_once_more() -> None:
    async with hall() as it, it.client("a", 2) as a, it.client("b", 2) as b, it.client("c", 2) as c:
        lossy = Lossy(c._keys[0])
        c._keys = (lossy, c._keys[1])
        words = [Word(a, b"\xf8aa"), Word(b, b"\xf8bb")]
        it.obey("ab")
        await speak(words, lambda: streams(lossy.lost) == {source(it, "c", 0), source(it, "c", 1)})
        wanted = {next(head for head in lossy.lost if head[8:12] == source(it, "c", line)) for line in (0, 1)}
        for head in wanted:
            c._send(c._keys[1].protect_rtcp(struct.pack("!BBHI", 0x81, 205, 3, 1) + head[8:12] + head[2:4] + b"\0\0"))
        await speak(words, lambda: wanted <= {packet[:12] for packet in c.heard})


async def test_more_voices_than_lines_take_turns_when_one_is_quiet() -> None:
    """Three may speak, and this listener hears two at once: nobody who speaks on is interrupted."""
    async with (
        hall() as it,
        it.client("a", 2) as a,
        it.client("b", 2) as b,
        it.client("c", 2) as c,
        it.client("d", 2) as d,
    ):
        words = [Word(a, b"\xf8aa"), Word(b, b"\xf8bb"), Word(c, b"\xf8cc")]
        it.obey("abc")
        await speak(words[:2], lambda: all(len(heard(d, word)) > 5 for word in words[:2]))
        until = asyncio.get_running_loop().time() + 2 * HELD
        await speak(words, lambda: asyncio.get_running_loop().time() > until)
        assert heard(d, words[2]) == []
        await speak([words[0], words[2]], lambda: len(heard(d, words[2])) > 5)
        assert streams(heard(d, words[2])) == streams(heard(d, words[1]))
        assert whole(d)


async def test_listeners_with_more_and_with_fewer_lines_are_in_one_room() -> None:
    async with (
        hall() as it,
        it.client("a", 2) as a,
        it.client("b", 1) as b,
        it.client("c", 1) as c,
        it.client("d", 2) as d,
    ):
        words = [Word(a, b"\xf8aa"), Word(b, b"\xf8bb")]
        it.obey("ab")
        await speak(words[:1], lambda: all(len(heard(each, words[0])) > 5 for each in (b, c, d)))
        await speak(words, lambda: len(heard(d, words[1])) > 20 and len(heard(a, words[1])) > 20)
        assert heard(c, words[1]) == []
        await speak(words[1:], lambda: len(heard(c, words[1])) > 5)
        assert all(whole(each) for each in (a, b, c, d))
        # Those with fewer lines go; who stays hears on, and counts are not lost.
        sent = it.media.sent
        for seat in "bc":
            it.media.gone(MEETING, seat)
        it.obey("a")
        count = len(heard(d, words[0]))
        await speak(words[:1], lambda: len(heard(d, words[0])) > count + 5)
        assert it.media.sent > sent
        assert len(it.media._rooms[MEETING].forwarder._choirs) == 1


async def test_any_few_may_speak_and_all_who_have_lines_enough_hear_each_of_them() -> None:
    """And nobody hears anybody else, or themselves; whoever comes and goes, and with how many lines."""
    chance = random.Random(a_seed())
    widths = {seat: chance.choice((1, 2, 3)) for seat in "abcd"}
    before: set[str] = set()
    async with hall() as it, AsyncExitStack() as stack:
        clients = {seat: await stack.enter_async_context(it.client(seat, width)) for seat, width in widths.items()}
        for number in range(12):
            on = set(chance.sample("abcd", chance.randint(0, 3)))
            it.obey("".join(on))
            words = {seat: Word(client, b"\xf8" + seat.encode() + bytes([number])) for seat, client in clients.items()}
            wide = [seat for seat in "abcd" if widths[seat] >= len(on)]

            def all_heard(on: set[str] = on, words: dict[str, Word] = words, wide: list[str] = wide) -> bool:
                pairs = ((ear, seat) for ear in wide for seat in on if seat != ear)
                return all(len(heard(clients[ear], words[seat])) > 2 for ear, seat in pairs)

            await speak(list(words.values()), all_heard)
            for seat, client in clients.items():
                said = {chr(packet[13]) for packet in client.heard if packet[14:] == bytes([number])}
                assert said <= on - {seat}, (number, widths)
                late = {chr(packet[13]) for packet in client.heard if packet[14:] == bytes([max(0, number - 1)])}
                assert late <= (on | before) - {seat}, (number, widths)
            before = on
        assert all(whole(client) for client in clients.values()), widths


class Ears:
    """What a meeting is told."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}

    def connected(self, meeting: str, seats: frozenset[str]) -> None:
        pass

    def level(self, meeting: str, seat: str, step: int) -> None:
        self.levels[seat] = step


async def test_each_voice_has_a_level_of_its_own() -> None:
    ears = Ears()
    async with hall(ears) as it:
        handsets = {}
        for seat in "abc":

            async def ask(offer: str, seat: str = seat) -> str:
                return it.media.answer(MEETING, seat, offer)

            handsets[seat] = await Handset(lines=2).connect(ask)
        handsets["b"].level = 40  # not so loud
        async with asyncio.timeout(PATIENCE):
            while len(it.media.connected(MEETING)) < 3:
                await asyncio.sleep(0.01)
        it.obey("ab")
        for tag, seat in enumerate("ab"):
            handsets[seat].talk(tag)
        async with asyncio.timeout(PATIENCE):
            while ears.levels != {"a": 4, "b": 2}:
                await asyncio.sleep(0.02)
        it.obey("b")
        assert ears.levels["a"] == 0 and ears.levels["b"] > 0
        handsets["b"].hush()
        async with asyncio.timeout(PATIENCE):
            while ears.levels != {"a": 0, "b": 0}:
                await asyncio.sleep(0.02)
        await asyncio.gather(*(handset.close() for handset in handsets.values()))
