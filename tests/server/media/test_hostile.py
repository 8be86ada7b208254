"""What people may send to disturb a meeting: it goes on, and nothing of it stays behind."""

import asyncio
import socket
from collections.abc import Callable, Iterator

import pytest
from aiortc.rtcdtlstransport import RTCDtlsTransport

from protocol.errors import Code, Rejected
from server.media import ice
from server.media.ice import Ice, new_credentials
from server.media.port import Inlet, Path, open_port
from server.media.rooms import Media
from server.media.selftest import BAD, wrong_with
from tests.server.media.voices import MEETING, Hall, Voice, hall


async def talking(it: Hall) -> Voice:
    """Somebody who hears the one who has the floor."""
    await it.voice("a", 440)
    listener = await it.voice("b")
    it.obey("a")
    await listener.hears()
    return listener


async def test_datagrams_from_nobody() -> None:
    async with hall() as it:
        listener = await talking(it)
        with it.port.visitor() as stranger:
            before = it.port.dropped
            for data in BAD * 20:
                stranger.send(data)
            await until(lambda: it.port.dropped == before + len(BAD) * 20)
        await listener.hears()


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


class TwoSides:
    """Two sides of ICE whose datagrams go through lists."""

    def __init__(self) -> None:
        ours, theirs = new_credentials(), new_credentials()
        self.sent: dict[str, list[bytes]] = {"ours": [], "theirs": []}
        self.learnt: list[object] = []
        self.ours = self._side(Ice, "ours", ours, theirs)
        self.theirs = self._side(Ice, "theirs", theirs, ours)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.path = Path(Inlet(self.sock), ("192.0.2.9", 4000))

    def _side(self, kind: type[Ice], name: str, local: ice.Credentials, remote: ice.Credentials) -> Ice:
        learnt: Callable[[object], None] = self.learnt.append if name == "ours" else lambda _: None
        return kind(
            local, remote, send=lambda data, _: self.sent[name].append(data), learnt=learnt, left=lambda _: None, now=0
        )


@pytest.fixture
def sides() -> Iterator[TwoSides]:
    found = TwoSides()
    yield found
    found.sock.close()


def test_an_address_is_believed_only_after_it_has_answered(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    assert sides.ours.take(sides.sent["theirs"].pop(), sides.path, 0)
    assert (sides.ours.path, sides.learnt) == (None, [])
    answer, check = sides.sent["ours"]
    assert sides.theirs.take(answer, sides.path, 0)
    assert sides.theirs.take(check, sides.path, 0)
    elsewhere = sides.path._replace(address=("192.0.2.66", 4000))
    assert not sides.ours.take(sides.sent["theirs"][0], elsewhere, 0)
    assert sides.ours.take(sides.sent["theirs"][0], sides.path, 0)
    assert (sides.ours.path, sides.learnt) == (sides.path, [sides.path])


def test_a_forged_check_is_not_answered(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    check = bytearray(sides.sent["theirs"].pop())
    for at in range(20, len(check)):
        forged = bytes(check[:at]) + bytes([check[at] ^ 1]) + bytes(check[at + 1 :])
        sides.ours.take(forged, sides.path, 0)
    assert sides.ours.path is None
    assert sides.learnt == []


def test_who_no_longer_answers_is_gone(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    sides.ours.take(sides.sent["theirs"].pop(), sides.path, 0)
    for data in sides.sent["ours"]:
        sides.theirs.take(data, sides.path, 0)
    sides.ours.take(sides.sent["theirs"].pop(0), sides.path, 0)
    assert sides.ours.path == sides.path
    assert sides.ours.watch(ice.LOST - 0.1)
    assert not sides.ours.watch(ice.LOST)


async def test_the_server_tries_itself_out() -> None:
    port = open_port(0, ["127.0.0.1"])
    media = Media(port)
    assert await wrong_with(media, port) == ""
    await until(lambda: media.peers == 0)
    await media.close()


async def test_another_aiortc_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(RTCDtlsTransport, "_setup_srtp")
    port = open_port(0, ["127.0.0.1"])
    media = Media(port)
    assert await wrong_with(media, port) == "this version of aiortc has no _setup_srtp"
    await media.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.01)
