"""Who gets a websocket, and for how long without saying who they are."""

import asyncio
import socket

import aiohttp
import engineio
import pytest
from aiohttp import web
from socketio import packet as sio

from server.wire import Limits, Wire
from tests.server.conftest import Serve
from tests.server.guarded import HOME, PATIENCE, Guarded, Parlour, from_home

GOOD = "?EIO=4&transport=websocket"
HANDSHAKE = {
    "Origin": HOME,
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


async def knock(server: Guarded, method: str, query: str, headers: dict[str, str]) -> tuple[int, str]:
    async with server.session.request(method, f"{server.url}/socket.io/{query}", headers=headers) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize("writes", ["direct", "stock"])
async def test_the_opening_says_what_is_fixed(guarded: Serve, writes: str) -> None:
    raw = await (await guarded(writes=writes)).raw()
    sid = raw.opening.pop("sid")
    assert len(sid) >= 20
    assert raw.opening == {"upgrades": [], "pingInterval": 5000, "pingTimeout": 5000, "maxPayload": 65536}


@pytest.mark.parametrize("origin", [None, "http://elsewhere.test", "null", "", HOME + "/", HOME.upper()])
async def test_a_foreign_or_missing_origin_is_forbidden(guarded: Serve, origin: str | None) -> None:
    headers = HANDSHAKE | {"Origin": origin} if origin is not None else HANDSHAKE.copy()
    if origin is None:
        del headers["Origin"]
    for query in (GOOD, "?EIO=4&transport=polling", ""):
        status, text = await knock(await guarded(), "GET", query, headers)
        assert (status, text) == (403, '{"code": "origin"}')


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?EIO=4",
        "?EIO=4&transport=polling",
        "?EIO=4&transport=websocket&transport=polling",
        "?EIO=4&transport=websocket&sid=abc",
        "?EIO=4&transport=websocket&j=0",
        "?EIO=4&transport=websocket&b64=1",
        "?EIO=3&transport=websocket",
        "?transport=websocket",
        "?EIO=4&EIO=3&transport=websocket",
        "?EIO=4&transport=webtransport",
    ],
)
async def test_only_a_websocket_of_version_4(guarded: Serve, query: str) -> None:
    status, text = await knock(await guarded(), "GET", query, HANDSHAKE)
    assert (status, text) == (400, '{"code": "websocket-only"}')


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
async def test_only_get(guarded: Serve, method: str) -> None:
    assert (await knock(await guarded(), method, GOOD, HANDSHAKE))[0] == 400


@pytest.mark.parametrize("wrong", [{"Upgrade": "h2c"}, {"Sec-WebSocket-Version": "99"}, {"Sec-WebSocket-Key": "x"}])
async def test_a_broken_websocket_handshake(guarded: Serve, wrong: dict[str, str]) -> None:
    assert (await knock(await guarded(), "GET", GOOD, HANDSHAKE | wrong))[0] == 400


async def test_no_compression_even_when_offered(guarded: Serve) -> None:
    server = await guarded()
    ws = await server.session.ws_connect(f"{server.url}/socket.io/{GOOD}", headers={"Origin": HOME}, compress=15)
    assert ws.compress == 0
    await ws.close()


async def test_a_compressed_frame_ends_the_socket(guarded: Serve) -> None:
    server = await guarded()
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    lines = [f"GET /socket.io/{GOOD} HTTP/1.1", "Host: x", *(f"{key}: {value}" for key, value in HANDSHAKE.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
    writer.write(b"\xc2\x81\0\0\0\0\xc0")  # RSV1 set
    async with asyncio.timeout(PATIENCE):
        assert (await reader.read())[-4:-2] == b"\x88\x02"  # a close frame, then the end
    writer.close()
    await writer.wait_closed()


async def test_64_kib_fit_and_not_one_byte_more(guarded: Serve) -> None:
    server = await guarded()
    raw = await server.line()
    envelope = len(packed(0))
    await raw.send(packed(65536 - envelope))
    assert await raw.answer(1) == {"ok": True, "seq": 1}
    await raw.send(packed(65537 - envelope))
    assert await raw.rest() == []
    assert raw.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
    await server.door.until(lambda: server.door.left)
    assert len(server.door.heard) == 1


def packed(filler: int) -> bytes:
    """An event with so many letters in it, always with a five-byte string header."""
    words = b"\xdb" + filler.to_bytes(4, "big") + b"x" * filler
    return b"\x84\xa4type\x02\xa3nsp\xa1/\xa2id\x01\xa4data\x92\xa7command" + words


async def test_a_socket_that_never_connects_is_cut(guarded: Serve) -> None:
    server = await guarded(limits=Limits(connect=0.3, tick=0.02))
    raw = await server.raw()
    assert await raw.rest() == []
    assert server.door.left == []
    late = await server.line(name="in time")  # the deadline is for the CONNECT only
    for number in range(1, 4):
        await asyncio.sleep(0.15)
        assert await late.ask({}) == {"ok": True, "seq": number}


async def test_too_many_without_a_connect_make_room_for_the_newest(guarded: Serve) -> None:
    server = await guarded(limits=Limits(unconnected=3))
    member = await server.line()
    waiting = [await server.raw() for _ in range(5)]
    for oldest in waiting[:2]:
        assert await oldest.rest() == []
    for newest in waiting[2:]:
        await newest.packet(sio.CONNECT, {})
        assert (await newest.next())["type"] == sio.CONNECT
    assert await member.ask({}) == {"ok": True, "seq": 1}
    assert server.wire.lines == 4


async def test_the_kernel_hides_little(guarded: Serve) -> None:
    server = await guarded()
    await server.line()
    (line,) = server.door.here
    transport = line._transport
    raw: socket.socket = transport.get_extra_info("socket")
    assert raw.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * 64 * 1024  # Linux doubles what it is told


async def test_after_close_nobody_comes_in(guarded: Serve) -> None:
    server = await guarded()
    raw = await server.line()
    closing = asyncio.create_task(server.wire.close())
    assert [found["data"] for found in await raw.rest()] == [["signal", {"type": "restarting"}]]
    assert raw.close_code == aiohttp.WSCloseCode.GOING_AWAY
    await closing
    assert await knock(server, "GET", GOOD, HANDSHAKE) == (503, '{"code": "busy"}')
    assert server.wire.lines == 0


async def test_close_does_not_wait_for_those_who_do_not_answer(guarded: Serve) -> None:
    server = await guarded(limits=Limits(drain=0.2, tick=0.02))
    await server.line()  # never reads its close frame
    async with asyncio.timeout(PATIENCE):
        await server.wire.close()
    await server.door.until(lambda: len(server.door.left) == 1)


async def test_a_missing_private_name_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(engineio.AsyncServer, "_handle_connect")
    with pytest.raises(ImportError, match=r"python-engineio 4\.15\.1.*AsyncServer\._handle_connect"):
        Wire(Parlour(), origin=from_home)


async def test_other_pages_of_the_app_are_untouched() -> None:
    app = web.Application()
    Wire(Parlour(), origin=from_home).attach(app)
    assert {resource.canonical for resource in app.router.resources()} == {"/socket.io/"}
