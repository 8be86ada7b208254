"""Bugs of ours are told to the log and to nobody else; what people say or come from is told to neither."""

import asyncio
import logging

import pytest
from aiohttp import web
from socketio import packet as sio

from server.guard import quiet_libraries
from server.wire import Limits
from tests.server.conftest import Serve
from tests.server.guarded import HOME

SECRET = "words-that-nobody-may-read"


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any logger lets through, as if an operator had turned everything on."""
    caplog.set_level(logging.DEBUG)
    return caplog


async def test_a_bug_is_answered_and_logged_without_content(
    guarded: Serve, everything: pytest.LogCaptureFixture
) -> None:
    server = await guarded()
    raw = await server.line()
    for _ in range(5):
        assert await raw.ask({"bug": SECRET}) == {"ok": False, "code": "internal"}
    assert await raw.ask({}) == {"ok": True, "seq": 6}
    (record,) = [record for record in everything.records if record.name == "lingkar.wire"]  # one, not five
    assert "a bug, in received command: ValueError" in record.getMessage()
    assert "guarded.py" in record.getMessage()
    assert SECRET not in everything.text


async def test_a_bug_at_the_door_refuses(guarded: Serve, everything: pytest.LogCaptureFixture) -> None:
    server = await guarded()
    raw = await server.raw()
    await raw.packet(sio.CONNECT, {"bug": SECRET})
    (refusal,) = await raw.rest()
    assert refusal["data"] == {"message": "internal", "data": {"code": "internal"}}
    assert server.door.left == []
    assert "a bug, in connected: ValueError" in everything.text
    assert SECRET not in everything.text


async def test_a_bug_while_somebody_leaves_is_contained(guarded: Serve, everything: pytest.LogCaptureFixture) -> None:
    server = await guarded()
    raw = await server.line()
    server.door.here.clear()  # the parlour does not know this line any more
    await raw.ws.close()
    while server.wire.lines:
        await asyncio.sleep(0)
    assert "a bug, in gone: ValueError" in everything.text


async def test_a_busy_and_a_bad_day_log_nothing(guarded: Serve, everything: pytest.LogCaptureFixture) -> None:
    server = await guarded(limits=Limits(strikes=3, connect=0.2, tick=0.02, drain=0.2))
    raw = await server.line(name=SECRET)
    for _ in range(3):
        await raw.event(SECRET, SECRET, packet_id=1)
    await raw.rest()
    for text in (SECRET, f"4{SECRET}"):
        await (silent := await server.raw()).ws.send_str(text)
        await silent.rest()
    await (await server.raw()).rest()
    query = f"{server.url}/socket.io/?EIO=4&transport=websocket&sid={SECRET}"
    for headers in ({"Origin": f"http://{SECRET}"}, {"Origin": HOME, "Sec-WebSocket-Protocol": SECRET}):
        async with server.session.get(query, headers=headers) as answer:
            assert answer.status in (400, 403)
            assert SECRET not in await answer.text()
    ours = [record for record in everything.records if record.name.split(".")[0] not in ("asyncio", "aiohttp")]
    assert ours == []
    assert SECRET not in everything.text
    assert "127.0.0.1" not in everything.text


async def test_a_websocket_protocol_is_not_logged(guarded: Serve, everything: pytest.LogCaptureFixture) -> None:
    raw = await (await guarded()).raw(**{"Sec-WebSocket-Protocol": SECRET})
    await raw.ws.close()
    assert SECRET not in everything.text


async def test_the_libraries_keep_the_place_and_drop_the_words(everything: pytest.LogCaptureFixture) -> None:
    quiet_libraries()
    logging.getLogger("engineio.server").info("Received packet %s", SECRET)
    logging.getLogger("aiohttp.access").error(SECRET)
    assert everything.records == []

    def fails(request: web.Request) -> web.Response:
        raise ValueError(SECRET)

    try:
        fails(web.Request.__new__(web.Request))
    except ValueError as bug:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", SECRET, exc_info=bug)
    (record,) = everything.records
    assert record.getMessage().startswith("Error handling request from -: ValueError\n")
    assert "in fails" in record.getMessage()
    assert SECRET not in everything.text
