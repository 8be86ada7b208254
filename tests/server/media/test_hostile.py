"""What people may send to disturb a meeting: it goes on, and nothing of it stays behind."""

import asyncio
import gc
import random
import select
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path as File

import pytest
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsTransport

from protocol.errors import Code, Rejected
from server.media import ice, peer, stun
from server.media.budget import FLOOD, PACKET_BURST, PACKETS
from server.media.peer import Peer
from server.media.port import Path, open_port
from server.media.private import Dtls
from server.media.rooms import Media
from server.media.selftest import BAD, SAID, Client, wrong_with
from tests.server.media.test_sdp import CHROMIUM, FIREFOX
from tests.server.media.voices import MEETING, Hall, Voice, hall

PACE = 0.02  # seconds between packets of somebody who speaks
PIECES = ["", "\r\n", "9" * 40, "a=", "\0", "m=audio ", "a=ssrc:"]
HANDSHAKE = b"\x16\xfe\xff" + bytes(8) + b"\x00\x20" + bytes(32)  # a DTLS record that begins one


class Talk:
    """a speaks, b listens, c and d are in the room without sound."""

    def __init__(self, hall: Hall, speaker: Client, listener: Client) -> None:
        self.hall, self.speaker, self.listener = hall, speaker, listener
        self.sent: list[bytes] = []  # what the speaker has put on the wire, his checks too
        self.said = 0
        self._send = speaker._send
        speaker._send = self._record  # type: ignore[method-assign]

    def _record(self, data: bytes) -> None:
        self.sent.append(data)
        self._send(data)

    async def speak(self, beside: Callable[[], object] = lambda: None, count: int = 30) -> None:
        """So many packets with numbers in them, and something else before each."""
        for _ in range(count):
            beside()
            self.speaker.packet(payload=SAID + struct.pack("!I", self.said))
            self.said += 1
            await asyncio.sleep(PACE)

    async def caught_up(self) -> None:
        """All that was sent has been read."""
        self.hall.port.flush()
        await until(lambda: select.select([self.listener.socket], [], [], 0)[0] == [])

    @property
    def heard(self) -> list[int]:
        """The numbers that the listener heard."""
        return [int.from_bytes(data[15:], "big") for data in self.listener.heard if len(data) == 19]

    def peer(self, seat: str) -> Peer:
        return self.hall.media._rooms[MEETING].peers[seat]

    def path(self, client: Client) -> Path:
        """Where the port sees this client."""
        return Path(self.hall.port._inlets[0], client.socket.getsockname())


@asynccontextmanager
async def talk() -> AsyncIterator[Talk]:
    """Afterwards everything was heard and nothing is left of whatever happened."""
    async with hall() as it, it.client("a") as speaker, it.client("b") as listener:
        it.obey("a")
        await speaker.say(lambda: bool(listener.heard))
        found = Talk(it, speaker, listener)
        before = remains(it)
        yield found
        await found.speak(count=5)
        await until(lambda: len(found.heard) >= found.said)
        assert found.heard == list(range(found.said))
        await until(lambda: remains(it)[:-1] == before[:-1])
        assert remains(it) == before
        assert {"a", "b"} <= it.media.connected(MEETING)


def remains(it: Hall) -> list[int]:
    """Everything that could pile up: tasks, connections, addresses, open files, and what memory consists of."""
    gc.collect()
    files = File("/proc/self/fd")
    peers = sum(type(one) is Peer for one in gc.get_objects())
    counts = [len(asyncio.all_tasks()), it.media.peers, it.port.guests, len(it.port._paths)]
    return [*counts, len(list(files.iterdir())) if files.exists() else 0, peers]


def forged(client: Client) -> list[bytes]:
    """What somebody can make who sees this client's datagrams, but does not have its keys."""
    known, other = (struct.pack("!BBHII", 0x80, 111, random.getrandbits(16), 7, ssrc) for ssrc in (7, 99))
    name = client._ice._theirs
    return [
        *(known + random.randbytes(60) for _ in range(30)),
        *(other + random.randbytes(60) for _ in range(10)),
        *(struct.pack("!BBHI", 0x80, 201, 7, ssrc) + random.randbytes(40) for ssrc in (7, 8, 9, 10)),
        *(stun.request(random.randbytes(12), name, 1, 1, b"not the password at all") for _ in range(5)),
        *(stun.answer(name[:8] + bytes(4), "192.0.2.1", 1, b"not the password at all") for _ in range(2)),
        *(HANDSHAKE, b"\x17\xfe\xfd" + random.randbytes(60), b"\x15\xfe\xfd" + bytes(8) + b"\x00\x02\x02\x28"),
    ]


async def test_empty_and_oversized_datagrams_from_strangers() -> None:
    async with talk() as it:
        with it.hall.port.visitor() as stranger:
            await it.speak(lambda: [stranger.send(data) for data in (b"", b"x" * 1501, b"\x80" * 9000, *BAD)])


async def test_checks_from_strangers() -> None:
    """Also such as name somebody, as everybody on the way could read."""
    async with talk() as it:
        name = it.speaker._ice._theirs
        checks = [
            stun.request(bytes(12), name, 1, 1, b"wrong"),
            stun.request(bytes(12), b"nobody00:nobody", 1, 1, b"wrong"),
            stun.answer(name[:8] + bytes(4), "192.0.2.1", 9, b"wrong"),
            stun.request(bytes(12), name, 1, 1, b"wrong")[:-8],
        ]
        with it.hall.port.visitor() as stranger:
            await it.speak(lambda: [stranger.send(data) for data in checks * 5])
            assert len(it.hall.port._paths) == 2


async def test_handshakes_from_strangers() -> None:
    async with talk() as it:
        with it.hall.port.visitor() as stranger:
            await it.speak(lambda: [stranger.send(HANDSHAKE) for _ in range(20)])


async def test_a_flood_in_the_name_of_the_speaker() -> None:
    """From his address, and ten times what he may send himself."""
    async with talk() as it:
        await it.speak(lambda: [it._send(data) for data in forged(it.speaker)], count=60)
        assert not it.peer("a")._budget.flooded(asyncio.get_running_loop().time())


async def test_a_long_flood_in_the_name_of_the_speaker() -> None:
    """As above, for longer than anybody may flood for himself; by the clock of the test."""
    async with talk() as it:
        speaker, path, now = it.peer("a"), it.path(it.speaker), asyncio.get_running_loop().time() - FLOOD - 2
        fakes = forged(it.speaker)
        before = it.hall.media.sent
        for n in range(round(50 * (FLOOD + 2))):
            for k, data in enumerate(fakes[:40]):
                speaker.take("srtp", data, path, now + (n - 1 + k / 40) * PACE)
            speaker.take("srtp", it.speaker.sealed(), path, now + n * PACE)
            speaker.watch(now + n * PACE)
            if n % 50 == 0:
                await it.caught_up()
        await it.caught_up()
        assert it.hall.media.sent == before + 50 * (FLOOD + 2)
        assert not speaker.closed


async def test_repeated_packets_of_the_speaker() -> None:
    """From his address, and from another."""
    async with talk() as it:
        with it.hall.port.visitor() as stranger:

            def again() -> None:
                for data in it.sent[-5:] * 5:
                    it._send(data)
                    stranger.send(data)

            await it.speak(again)


async def test_repeated_checks_of_the_speaker() -> None:
    """They are real, and could be sent again by anybody, from anywhere: to him they cost nothing."""
    async with talk() as it:
        loop = asyncio.get_running_loop()
        it.speaker._ice.ask(it.speaker._path, loop.time())
        check = it.sent[-1]
        answered: list[bytes] = []
        ours = it.peer("a")._ice
        ours._send = lambda data, _: answered.append(data)
        speaker = it.peer("a")
        for n in range(5000):
            where = Path(it.hall.port._inlets[0], ("192.0.2.1", 1 + n % 60_000))
            speaker.check(check, where, loop.time())
        assert len([data for data in answered if data[:2] == stun.ANSWER]) <= ice.REPEATED
        assert it.peer("a")._budget.take(loop.time(), 100)
        assert speaker._path == it.path(it.speaker)
        del ours._send  # what waits for an answer from nowhere is forgotten
        ours._send = it.hall.port.send
        ours.watch(loop.time() + ice.ASKED)
        await it.speak()


async def test_one_who_sends_ten_times_as_much_is_cut_and_then_closed() -> None:
    async with talk() as it, it.hall.client("d") as hostile:
        sender, path, now = it.peer("d"), it.path(hostile), asyncio.get_running_loop().time() - FLOOD - 1
        it.hall.obey("d")
        hostile.packet()
        await until(lambda: bool(it.peer("d")._sources))
        before = it.hall.media.sent
        for n in range(round(500 * (FLOOD + 1))):
            sender.take("srtp", hostile.sealed(), path, now + n / 500)
            if n % 100 == 0:
                await it.caught_up()
        await it.caught_up()
        taken = (it.hall.media.sent - before) / 2  # two listen
        assert PACKETS * FLOOD < taken <= PACKET_BURST + PACKETS * (FLOOD + 1) + 1
        assert not sender.closed
        sender.watch(now + FLOOD + 1)
        assert bool(sender.closed)
        del sender
        it.hall.obey("a")
        await it.speak()


async def test_many_sources() -> None:
    async with talk() as it, it.hall.client("d") as hostile:

        def another() -> None:
            for n in range(10):
                hostile.packet(source=1000 * it.said + n)

        await it.speak(another)
        assert len(it.peer("d")._sources) == peer.SOURCES


async def test_what_is_wrong_inside_the_encryption() -> None:
    """From the speaker himself, as a browser gone mad."""
    head = struct.pack("!HII", 9, 9, 8)
    sounds = [
        b"\x80\x6f" + head,  # says nothing
        b"\x80\x48" + head + SAID,  # would be RTCP
        b"\x80\x00" + head + SAID,  # is not Opus
        b"\x90\x6f" + head + b"\xbe\xde\x00\x01\x1f\x00\x00\x00" + SAID,  # an extension that leaves its block
        b"\x90\x6f" + head + b"\x10\x00\x00\x01\x01\xff\x00\x00" + SAID,
        b"\xa0\x6f" + head + b"\xff" * 20,  # more padding than packet
        b"\xa0\x6f" + head + b"\x00" * 20,  # none
        b"\x8f\x6f" + head + b"\x00" * 60,  # many sources, and nothing after them
    ]
    reports = [
        struct.pack("!BBHI", 0x9F, 201, 1, 7),  # 31 blocks, and none there
        struct.pack("!BBHI", 0x81, 205, 1, 7),
        struct.pack("!BBHI", 0xA0, 201, 1, 7),
        struct.pack("!BBHI", 0x80, 200, 99, 7) + bytes(40),
        struct.pack("!BBHI", 0x80, 206, 1, 7),
    ]
    async with talk() as it:
        seal = it.speaker._keys[1]

        def wrong() -> None:
            for data in sounds:
                it.speaker._send(seal.protect(data))
            for data in reports:
                it.speaker._send(seal.protect_rtcp(data))

        await it.speak(wrong, count=10)


async def test_one_who_asks_for_everything_once_more() -> None:
    async with talk() as it:
        ours = it.peer("b")
        seal = it.listener._keys[1]

        def ask() -> None:
            newest = it.listener.heard[-1][2:4]
            wanted = struct.pack("!II", 1, ours.ssrc) + b"".join(newest + b"\xff\xff" for _ in range(20))
            asked = struct.pack("!BBH", 0x81, 205, len(wanted) // 4) + wanted
            for _ in range(10):
                it.listener._send(seal.protect_rtcp(asked))

        count = len(it.listener.heard)
        await it.speak(ask)
        assert len(it.listener.heard) - count < 30 + peer.REPEATS * 10
        it.listener.heard[:] = [data for n, data in enumerate(it.listener.heard) if data not in it.listener.heard[:n]]


async def test_hundreds_of_bent_offers() -> None:
    async with talk() as it:
        chance = random.Random(7)
        answers = 0

        def bend() -> None:
            nonlocal answers
            for _ in range(10):
                text = list(chance.choice([CHROMIUM, FIREFOX]))
                for _ in range(chance.randint(1, 8)):
                    at = chance.randrange(len(text))
                    text[at : at + chance.randint(0, 30)] = chance.choice(PIECES)
                try:
                    it.hall.media.answer(MEETING, "c", "".join(text))
                    answers += 1
                except Rejected as no:
                    assert no.code is Code.MALFORMED

        await it.speak(bend)
        assert answers < 150  # of 300
        it.hall.media.gone(MEETING, "c")


async def test_twenty_offers_in_a_second() -> None:
    async with talk() as it:
        await it.speak(lambda: it.hall.media.answer(MEETING, "c", CHROMIUM), count=20)
        assert it.hall.port.guests == 3
        it.hall.media.gone(MEETING, "c")


async def test_an_offer_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with talk() as it:
        monkeypatch.setattr(peer, "ARRIVING", 0.3)
        it.hall.media.answer(MEETING, "c", CHROMIUM)
        assert it.hall.port.guests == 3
        await it.speak()
        await until(lambda: it.hall.port.guests == 2)


async def test_a_proven_address_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with talk() as it:
        monkeypatch.setattr(peer, "ARRIVING", 0.5)
        monkeypatch.setattr(Dtls, "take", lambda *_: None)  # nobody hears what others say in their handshakes
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.4), it.hall.client("c"):
                pass
        assert len(it.hall.port._paths) == 3
        await it.speak()
        await until(lambda: it.hall.port.guests == 2)


async def talking(it: Hall) -> Voice:
    """Somebody who hears the one who has the floor."""
    await it.voice("a", 440)
    listener = await it.voice("b")
    it.obey("a")
    await listener.hears()
    return listener


async def test_datagrams_from_somebody_inside() -> None:
    async with hall() as it:
        listener = await talking(it)
        async with it.client("d") as hostile:
            for data in BAD * 20:
                hostile.socket.send(data)
            await listener.hears()
            count = len(hostile.heard)
            await until(lambda: len(hostile.heard) > count)


async def test_no_more_than_two_sources_of_one_person() -> None:
    async with hall() as it:
        listener = await it.voice("b")
        async with it.client("d") as hostile:
            it.obey("d")
            for number in range(100):
                hostile.packet(source=100 + number, payload=b"\xf8" + bytes([number]))
            hostile.packet(source=101, payload=b"\xf8\xff")
            await until(lambda: any(packet.data[12:] == b"\xf8\xff" for packet in listener.heard))
            assert {packet.data[12:] for packet in listener.heard} == {b"\xf8\x00", b"\xf8\x01", b"\xf8\xff"}


async def test_a_flood_of_packets_is_cut() -> None:
    async with hall() as it:
        listener = await it.voice("b")
        async with it.client("d") as hostile:
            it.obey("d")
            for _ in range(3000):
                hostile.packet()
            await listener.hears(1)
            await asyncio.sleep(0)
            it.obey("")
            await it.voice("a", 440)
            it.obey("a")
            await listener.hears()
            assert len(listener.heard) < 500


async def test_a_flood_of_offers_leaves_one() -> None:
    async with hall() as it:
        listener = await talking(it)
        for _ in range(40):
            voice = Voice()
            it.media.answer(MEETING, "c", await voice.offer())
            await voice.close()
        await until(lambda: it.port.guests == 3)
        await listener.hears()
        it.obey("a", "ab")
        await until(lambda: it.media.peers == 2)


@pytest.mark.parametrize("sdp", ["", "v=0\r\n", "x" * 20_000, "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"])
async def test_what_is_no_offer(sdp: str) -> None:
    async with hall() as it:
        with pytest.raises(Rejected) as refused:
            it.media.answer(MEETING, "a", sdp)
        assert refused.value.code is Code.MALFORMED
        assert it.media.peers == 0


async def test_only_people_in_the_room_are_answered() -> None:
    async with hall() as it:
        voice = Voice()
        offer = await voice.offer()
        for meeting, seat in ((MEETING, "z"), ("another", "a")):
            with pytest.raises(Rejected) as refused:
                it.media.answer(meeting, seat, offer)
            assert refused.value.code is Code.NOT_ADMITTED
        await voice.close()


async def test_the_answer_says_nothing_but_our_address() -> None:
    async with hall() as it:
        voice = await it.voice("a")
        candidates = [line for line in voice.answer.splitlines() if line.startswith("a=candidate")]
        assert [line.split()[4:6] for line in candidates] == [["127.0.0.1", str(it.port.number)]]
        assert "useinbandfec=1" in voice.answer


async def test_the_server_tries_itself_out() -> None:
    port = open_port(0, ["127.0.0.1"])
    media = Media(port)
    assert await wrong_with(media, port) == ""
    await until(lambda: media.peers == 0)
    await media.close()


@pytest.mark.parametrize(("where", "name"), [
    (RTCDtlsTransport, "_setup_srtp"), (RTCCertificate, "_create_ssl_context"),
])  # fmt: skip
async def test_other_versions_of_the_libraries_are_noticed(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    port = open_port(0, ["127.0.0.1"])
    media = Media(port)
    monkeypatch.delattr(where, name)
    assert await wrong_with(media, port) == f"this version of aiortc or pylibsrtp has no {name}"
    await media.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.01)
