"""HTTP from people who mean no good, beside a room that goes on."""

import asyncio
import gzip
import re
import zlib

import brotli

from tests.reliability.faults.beside import beside, gauges, memory
from tests.reliability.faults.raw import Wire, answer_to, auth_of, frame, open_many, packed, request
from tests.server.running import House, Running

BOMB = 64 * 2**20  # bytes of a body when somebody inflates it


async def test_a_thousand_idle_connections(server: Running) -> None:
    """They cost a little memory, and nobody waits behind them."""
    async with beside(server, growth=64) as home:
        size = memory(server.pid)
        idle = await open_many(home, 1000)
        for wire in idle[:500]:
            await wire.send(b"GET / HTTP/1.1\r\nHost:")
        _, people = await home.meeting("Eka", "Fajar")
        await people[1].do("raise-hand")
        assert await home.health() == (200, "ok")
        assert memory(server.pid) < size + 48


async def test_a_hundred_requests_that_are_reset_before_their_answer(server: Running) -> None:
    async with beside(server) as home:
        for wire in await open_many(home, 100):
            await wire.send(request("GET", "/"))
            wire.reset()
        assert await home.health() == (200, "ok")


ODD = {
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    "http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a version of its own": b"GET / HTTP/9.9\r\n\r\n",
    "zeroes": bytes(4096),
    "a long target": b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    "a zero in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    "a bare line feed in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\nb: c\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n: x\r\n\r\n",
    "a negative length": b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a length that is no number": b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 0x10\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a length and chunks": b"POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an odd chunk": b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "an odd coding": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
}


async def test_what_is_hardly_http(server: Running) -> None:
    """Each is answered with a code or just ended; the log says nothing, the next request is served."""
    async with beside(server) as home:
        for name, sent in ODD.items():
            status, _ = await answer_to(home, sent)
            assert status in (0, 400, 401, 404, 405, 411, 413, 414, 431), name
            assert (await home.health())[0] == 200


async def test_thousands_of_header_lines(server: Running) -> None:
    async with beside(server) as home:
        lines = [f"X-{number}: y" for number in range(20_000)]
        status, _ = await answer_to(home, request("GET", "/healthz", *lines))
        assert status in (0, 400, 431)


async def test_bodies_that_grow_when_they_are_inflated(server: Running) -> None:
    """Nobody inflates them."""
    packed = {
        "gzip": gzip.compress(bytes(BOMB), 1),
        "deflate": zlib.compress(bytes(BOMB), 1),
        "br": brotli.compress(bytes(BOMB), quality=1),
    }
    async with beside(server) as home:
        bearer = f"Authorization: Bearer {server.token}"
        for coding, body in packed.items():
            head = [bearer, "Content-Type: application/json", f"Content-Encoding: {coding}"]
            small = body[:60_000]
            length = f"Content-Length: {len(small)}"
            status, answer = await answer_to(home, request("POST", "/api/rooms", *head, length, body=small))
            assert (status, answer) == (415, {"code": "media-type"}), coding
            length = f"Content-Length: {len(body)}"
            status, _ = await answer_to(home, request("POST", "/api/rooms", *head, length, body=body))
            assert status in (0, 413, 415), coding


async def test_frames_that_grow_when_they_are_inflated(server: Running) -> None:
    """Compression was asked for and not granted; a frame that is compressed all the same ends the connection."""
    async with beside(server) as home:
        bomb = zlib.compressobj(9, wbits=-15)
        squeezed = bomb.compress(bytes(BOMB)) + bomb.flush(zlib.Z_SYNC_FLUSH)
        for first in (0xC2, 0xC1, 0xA2, 0x92):  # each of the reserved bits, and text
            wire = await (await Wire.open(home)).upgrade("Sec-WebSocket-Extensions: permessage-deflate")
            await wire.send(frame(squeezed[:60_000], first))
            assert b"\x88\x02\x03\xea" in await wire.rest()  # 1002, a protocol error
            wire.close()


BROKEN = {
    "as large as can be said": frame(b"x", length=2**63 - 1),
    "larger than can be": frame(b"x", length=2**64 - 1),
    "64 KiB and a byte": frame(bytes(65_537)),
    "fragments without an end": frame(b"x" * 60_000, first=0x02) + frame(b"x" * 60_000, first=0x00),
    "a fragment of nothing": frame(b"x", first=0x80),
    "a new message inside another": frame(b"x", first=0x02) + frame(b"y", first=0x82),
    "a long ping": frame(bytes(126), first=0x89),
    "half a ping": frame(b"x", first=0x09),
    "an unknown kind": frame(b"x", first=0x83),
    "an unknown control": frame(b"x", first=0x8B),
    "an end of one byte": frame(b"x", first=0x88),
    "an end that is no number": frame(b"\x00\x00", first=0x88),
    "text that is none": frame(b"\xff\xfe", first=0x81),
}
GOODBYES = re.compile(rb"\x88\x02\x03[\xe8-\xf3]", re.DOTALL)  # 1000 to 1011


async def test_frames_that_break_the_websocket(server: Running) -> None:
    """The connection ends with a number of RFC 6455; somebody who was in has dropped, and can come back."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        for name, sent in BROKEN.items():
            wire = await (await Wire.open(home)).upgrade()
            await wire.connect(auth_of(room.links["participant"], "Gita"))
            await wire.send(sent)
            assert GOODBYES.search(await wire.rest()), name
            wire.close()
        await eka.until(lambda me: len(me.view["waiting"]) == len(BROKEN))
        await eka.until(lambda me: not any(shown.get("present") for shown in me.view["waiting"].values()))


async def test_a_frame_that_comes_byte_by_byte(server: Running) -> None:
    """It is heard when it is whole, and nobody waits for it."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        wire = await (await Wire.open(home)).upgrade()
        await wire.connect(auth_of(room.links["participant"], "Gita"))
        accept = frame(packed(2, ["command", {"type": "accept-agreement", "version": 1}], 7))
        for number in range(len(accept)):
            assert not any(shown.get("agreed") for shown in eka.view["waiting"].values())
            await wire.send(accept[number : number + 1])
            await asyncio.sleep(0.005)
        await wire.until(b"\xa2ok\xc3")
        await eka.until(lambda me: any(shown.get("agreed") for shown in me.view["waiting"].values()))
        wire.close()


async def test_requests_that_come_all_at_once_on_one_connection(server: Running) -> None:
    async with beside(server) as home:
        wire = await Wire.open(home)
        await wire.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 1999 + request("GET", "/healthz"))
        assert (await wire.rest()).count(b"HTTP/1.1 200 ") == 2000
        wire.close()


async def test_a_foreign_page_and_another_transport(server: Running) -> None:
    """Hundreds of each, and none becomes a connection."""
    async with beside(server) as home:
        people = (await gauges(home))["lingkar_people"]
        await refused_many(home, "transport=websocket", "https://elsewhere.example", 403)
        await refused_many(home, "transport=polling", server.url, 400)
        await refused_many(home, "transport=websocket&EIO=3", server.url, 400)
        assert (await gauges(home))["lingkar_people"] == people


async def refused_many(home: House, query: str, origin: str, status: int) -> None:
    for _ in range(300):
        async with home.session.get(f"{home.server.url}/socket.io/?EIO=4&{query}", headers={"Origin": origin}) as no:
            assert no.status == status
            assert set(await no.json()) == {"code"}
