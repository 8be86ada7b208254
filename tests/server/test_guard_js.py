"""The contract with the browser's own library, for both ways of writing."""

from typing import Any

import pytest

from server.wire import Limits
from tests.server.conftest import Serve
from tests.server.guarded import JsClient

QUICK = Limits(ping=0.2, pong=1.0, tick=0.02, drain=0.5, connect=2.0)


@pytest.fixture(params=["direct", "stock"])
def writes(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_connects_asks_hears_and_leaves(guarded: Serve, js: JsClient, writes: str) -> None:
    server = await guarded(writes=writes)
    for name in "ab":
        js.connect(name, server.url)
        await js.expect(name, "connect")
        await js.expect(name, "event", event="snapshot", args=[{"seq": 1, "auth": {"name": name}}])
    assert server.wire.lines == 2
    js.do(
        "emit", "a", event="command", args=[{"say": "selamat datang \u2728", "n": [1, -2, 2**53, 0.5, True]}], ack=True
    )
    heard: dict[str, Any] = {"event": "patch", "args": [{"said": "selamat datang \u2728"}]}
    await js.expect("a", "event", **heard)
    await js.expect("a", "ack", answer=[{"ok": True, "seq": 1}])
    await js.expect("b", "event", **heard)
    assert server.door.heard == [("command", {"say": "selamat datang \u2728", "n": [1, -2, 2**53, 0.5, True]}, 0)]
    js.do("disconnect", "b")
    await js.expect("b", "disconnect", reason="io client disconnect")
    await server.door.until(lambda: len(server.door.left) == 1)
    assert await js.ask("a", "resync") == {"ok": True, "seq": 2}


@pytest.mark.parametrize("size", [0, 100, 200, 70_000, 400_000])
async def test_frames_of_every_length_arrive(guarded: Serve, js: JsClient, writes: str, size: int) -> None:
    server = await guarded(writes=writes)
    js.connect("a", server.url)
    await js.expect("a", "connect")
    await js.next_of("a")
    js.do("emit", "a", event="command", args=[{"much": size}])
    await js.expect("a", "event", event="snapshot", args=["x" * size])


async def test_hundreds_of_events_come_in_order(guarded: Serve, js: JsClient, writes: str) -> None:
    server = await guarded(writes=writes, limits=Limits(burst=1000))
    js.connect("a", server.url)
    await js.expect("a", "connect")
    await js.next_of("a")
    for number in range(300):
        js.do("emit", "a", event="command", args=[{"say": number}], ack=True, tag=number)
    for number in range(300):
        await js.expect("a", "event", args=[{"said": number}])
        await js.expect("a", "ack", tag=number, answer=[{"ok": True, "seq": number + 1}])


async def test_stays_while_only_pings_pass(guarded: Serve, js: JsClient, writes: str) -> None:
    server = await guarded(writes=writes, limits=QUICK)
    js.connect("quiet", server.url)
    await js.expect("quiet", "connect")
    await js.next_of("quiet")
    busy = await server.line()
    for number in range(25):  # each waits for a ping: five seconds in all, five times what silence may last
        while (await busy.ws.receive()).data != "2":
            pass
        await busy.ws.send_str("3")
        assert await busy.ask({}, packet_id=number) == {"ok": True, "seq": number + 1}
    assert await js.ask("quiet", "command", {}) == {"ok": True, "seq": 26}
    assert server.door.left == []


async def test_a_goodbye_is_final(guarded: Serve, js: JsClient, writes: str) -> None:
    """Under msgpack a DISCONNECT with `data: None` would be a parse error, and the browser would come back."""
    server = await guarded(writes=writes, limits=QUICK)
    js.connect("a", server.url)
    await js.expect("a", "connect")
    await js.next_of("a")
    js.do("emit", "a", event="command", args=[{"bye": "removed"}])
    await js.expect("a", "event", event="bye", args=[{"code": "removed", "reason": "because"}])
    await js.expect("a", "disconnect", reason="io server disconnect", active=False)
    await server.door.until(lambda: len(server.door.left) == 1)
    watcher = await server.line()
    while (await watcher.ws.receive()).data != "2":  # four times as long as the browser waits before it comes back
        pass
    assert server.wire.lines == 1


async def test_refused_at_the_door(guarded: Serve, js: JsClient, writes: str) -> None:
    server = await guarded(writes=writes)
    js.connect("a", server.url, auth={"refuse": "no-entry"})
    await js.expect("a", "connect_error", message="no-entry", data={"code": "no-entry"}, active=False)
    assert server.door.here == server.door.left == []
    assert server.wire.lines == 0


async def test_closed_while_coming_in(guarded: Serve, js: JsClient, writes: str) -> None:
    server = await guarded(writes=writes)
    js.connect("a", server.url, auth={"close": True})
    await js.expect("a", "connect")
    await js.expect("a", "event", event="bye", args=[{"code": "closed"}])
    await js.expect("a", "disconnect", reason="io server disconnect", active=False)
    await server.door.until(lambda: len(server.door.left) == 1)


async def test_comes_back_after_the_server_goes_away(guarded: Serve, js: JsClient, writes: str) -> None:
    server = await guarded(writes=writes)
    js.connect("a", server.url)
    await js.expect("a", "connect")
    await js.next_of("a")
    await server.wire.close()
    assert server.wire.lines == 0
    assert len(server.door.left) == 1
    await js.expect("a", "event", event="signal", args=[{"type": "restarting"}])
    await js.expect("a", "disconnect", reason="transport close", active=True)
    await js.expect("a", "connect_error", message="websocket error", active=True)


async def test_malformed_data_of_the_library_is_answered(guarded: Serve, js: JsClient) -> None:
    server = await guarded()
    js.connect("a", server.url)
    await js.expect("a", "connect")
    await js.next_of("a")
    for event in ("message", "patch", "Command", ""):
        assert await js.ask("a", event, {}) == {"ok": False, "code": "malformed"}
    assert await js.ask("a", "command", {}, {}) == {"ok": False, "code": "malformed"}
    assert await js.ask("a", "command", {"a": [[[[[[[[1]]]]]]]]}) == {"ok": False, "code": "malformed"}
    assert server.door.heard == []
    assert await js.ask("a", "command") == {"ok": True, "seq": 1}
    assert server.door.heard == [("command", None, 6)]


async def test_polling_and_foreign_pages_are_refused(guarded: Serve, js: JsClient) -> None:
    server = await guarded()
    js.connect("polling", server.url, transports=["polling"])
    await js.expect("polling", "connect_error", message="xhr poll error")
    js.connect("foreign", server.url, origin="http://elsewhere.test")
    await js.expect("foreign", "connect_error", message="websocket error")
    assert server.wire.lines == 0
