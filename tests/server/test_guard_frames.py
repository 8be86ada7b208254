"""Frames that are no packets, packets that are not for us, and events that are not of the protocol."""

from typing import Any

import msgpack
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet as sio
from socketio.msgpack_packet import MsgPackPacket

from server.frames import FramingError, encode, frame, packet, unpack
from server.guard import Malformed, Strikes, value
from server.wire import Limits
from tests.server.conftest import Serve

MALFORMED = {"ok": False, "code": "malformed"}


def pack(**fields: object) -> bytes:
    return bytes(msgpack.packb({"type": 2, "nsp": "/", "data": ["command", {}]} | fields))


NO_PACKETS = {
    "empty": b"",
    "not msgpack": b"\xc1",
    "cut off": pack()[:-1],
    "something after it": pack() + b"\xc0",
    "no map": msgpack.packb([2, "/"]),
    "no type": msgpack.packb({"nsp": "/", "data": []}),
    "no namespace": msgpack.packb({"type": 2, "data": []}),
    "type is text": pack(type="2"),
    "type is true": pack(type=True),
    "unknown type": pack(type=7),
    "huge type": pack(type=2**64 - 1),
    "acknowledgement": pack(type=sio.ACK, id=1, data=[]),
    "refusal": pack(type=sio.CONNECT_ERROR, data={}),
    "binary event": pack(type=sio.BINARY_EVENT, attachments=1),
    "binary acknowledgement": pack(type=sio.BINARY_ACK, id=1),
    "second connect": pack(type=sio.CONNECT, data={}),
    "other namespace": pack(nsp="/admin"),
    "connect elsewhere": pack(type=sio.CONNECT, nsp="/admin", data={}),
    "namespace that is nil": pack(nsp=None),
    "negative id": pack(id=-1),
    "id beyond 31 bits": pack(id=2**31 + 1),
    "id that is text": pack(id="1"),
    "fractional id": pack(id=1.0),
    "disconnect with an id": pack(type=sio.DISCONNECT, id=1),
    "keys that are no text": msgpack.packb({"type": 2, "nsp": "/", 3: 4}),
    "nested without end": b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data" + b"\x91" * 60_000 + b"\xc0",
    "array longer than the frame": b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data\xdd\xff\xff\xff\xff",
}


@pytest.mark.parametrize("payload", NO_PACKETS.values(), ids=NO_PACKETS.keys())
async def test_the_third_frame_that_is_no_packet_ends_the_socket(guarded: Serve, payload: bytes) -> None:
    server = await guarded()
    raw, other = await server.line(), await server.line()
    await raw.send(payload)
    await raw.send(payload)
    assert await raw.ask({"still": "here"}) == {"ok": True, "seq": 1}
    await raw.send(payload)
    assert await raw.rest() == []
    assert raw.close_code == 1008
    assert await other.ask({}) == {"ok": True, "seq": 2}
    await server.door.until(lambda: len(server.door.left) == 1)


@pytest.mark.parametrize(
    "text", ["", "2", "2probe", "4", '42["command",{}]', "40", "5", "6", "0{}", "b4AAAA", "x", "ÿ"]
)
async def test_text_that_is_not_a_pong_ends_the_socket_at_once(guarded: Serve, text: str) -> None:
    server = await guarded()
    raw = await server.line()
    await raw.ws.send_str(text)
    assert await raw.rest() == []
    assert raw.close_code == 1003
    await server.door.until(lambda: server.door.left)  # default limits: no ping timeout helps here
    assert server.door.heard == []


async def test_text_that_is_no_utf_8_ends_the_socket(guarded: Serve) -> None:
    server = await guarded()
    raw = await server.line()
    await raw.ws.send_frame(b"\xff\xfe", 1)  # type: ignore[arg-type]
    assert await raw.rest() == []
    await server.door.until(lambda: server.door.left)


@pytest.mark.parametrize("goodbye", ["1", None])
async def test_the_ends_that_a_client_may_choose(guarded: Serve, goodbye: str | None) -> None:
    server = await guarded()
    raw = await server.line()
    await (raw.ws.send_str(goodbye) if goodbye else raw.packet(sio.DISCONNECT))
    assert await raw.rest() == []
    assert raw.close_code == 1000
    await server.door.until(lambda: server.door.left)


async def test_nothing_is_heard_after_a_disconnect(guarded: Serve) -> None:
    server = await guarded()
    raw = await server.line()
    await raw.packet(sio.DISCONNECT)
    await raw.event("command", {"say": "too late"})
    assert await raw.rest() == []
    assert server.door.heard == []
    await server.door.until(lambda: len(server.door.left) == 1)


async def test_a_disconnect_is_an_end_even_if_the_socket_stays(guarded: Serve) -> None:
    server = await guarded(limits=Limits(drain=60.0))
    raw = await server.line()
    await raw.packet(sio.DISCONNECT)  # and then neither reads nor closes
    await server.door.until(lambda: len(server.door.left) == 1)
    await raw.ws.close()


async def test_nothing_is_heard_after_a_goodbye(guarded: Serve) -> None:
    server = await guarded()
    raw = await server.line()
    await raw.event("command", {"bye": "removed"}, packet_id=1)
    for _ in range(5):
        await raw.event("command", {"say": "too late"}, packet_id=2)
    packets = await raw.rest()
    assert [found["type"] for found in packets] == [sio.EVENT, sio.DISCONNECT]
    assert len(server.door.heard) == 1


@pytest.mark.parametrize("first", [pack(), pack(id=1), pack(type=sio.DISCONNECT)])
async def test_connect_comes_first(guarded: Serve, first: bytes) -> None:
    server = await guarded()
    raw = await server.raw()
    for _ in range(3):
        await raw.send(first)
    assert await raw.rest() == []
    assert server.door.heard == []
    assert server.door.left == []


@pytest.mark.parametrize("data", [msgpack.ExtType(0, b"x"), {"v": float("nan")}, {"a": b"x"}, {1: 2}])
async def test_a_connect_with_impossible_data_is_refused(guarded: Serve, data: object) -> None:
    server = await guarded()
    raw = await server.raw()
    await raw.send(pack(type=sio.CONNECT, data=data))
    (refusal,) = await raw.rest()
    assert refusal == {
        "type": sio.CONNECT_ERROR,
        "nsp": "/",
        "data": {"message": "malformed", "data": {"code": "malformed"}},
    }


async def test_a_connect_without_data_is_for_the_door_to_judge(guarded: Serve) -> None:
    server = await guarded()
    raw = await server.raw()
    await raw.send(msgpack.packb({"type": 0, "nsp": "/"}))
    assert (await raw.next())["type"] == sio.CONNECT
    assert (await raw.next())["data"] == ["snapshot", {"seq": 1, "auth": None}]


@pytest.mark.parametrize("reserved", ["connect", "disconnect", "message", "connect_error", "*", "snapshot", "__init__"])
async def test_reserved_and_unknown_events(guarded: Serve, reserved: str) -> None:
    server = await guarded()
    raw = await server.line()
    assert await raw.ask({}, name=reserved) == MALFORMED
    await raw.event(reserved, {})  # without an acknowledgement there is no answer, but a strike
    assert await raw.ask({}) == {"ok": True, "seq": 1}
    assert [event for event, *_ in server.door.heard] == ["command"]
    assert server.door.left == []


STRANGE: dict[str, object] = {
    "no list": {"command": {}},
    "nothing": None,
    "no name": [],
    "name is a number": [1, {}],
    "two arguments": ["command", {}, {}],
    "bytes": ["command", {"a": b"x"}],
    "bytes as a key": ["command", {b"a": 1}],
    "number as a key": ["command", {1: 1}],
    "nil as a key": ["command", {None: 1}],
    "extension": ["command", msgpack.ExtType(4, b"x")],
    "undefined, as JS packs it": ["command", {"a": msgpack.ExtType(0, b"\0")}],
    "time": ["command", msgpack.Timestamp(1)],
    "nan": ["command", {"until": float("nan")}],
    "infinity": ["command", {"until": float("-inf")}],
    "too large": ["command", {"version": 2**53 + 1}],
    "too small": ["command", {"version": -(2**53) - 1}],
    "2^64 - 1": ["command", {"version": 2**64 - 1}],
    "nested nine deep": ["command", {"a": [[[[[[[{}]]]]]]]}],
}
RAW = {
    "lone surrogate": b"\x92\xa7command\xa3\xed\xa0\x80",
    "overlong": b"\x92\xa7command\xa2\xc0\x80",
    "no utf-8 in a key": b"\x92\xa7command\x81\xa1\xff\x01",
    "array as a key": b"\x92\xa7command\x81\x91\x01\x01",
    "map as a key": b"\x92\xa7command\x81\x80\x01",
}
BAD_DATA: dict[str, Any] = STRANGE | {name: msgspec.Raw(data) for name, data in RAW.items()}


def with_data(data: object) -> bytes:
    body = bytes(data) if isinstance(data, msgspec.Raw) else msgpack.packb(data)
    return b"\x84\xa4type\x02\xa3nsp\xa1/\xa2id\x05\xa4data" + body


@pytest.mark.parametrize("data", BAD_DATA.values(), ids=BAD_DATA.keys())
async def test_malformed_events_are_answered_and_struck(guarded: Serve, data: object) -> None:
    server = await guarded(limits=Limits(strikes=3))
    raw = await server.line()
    for _ in range(2):
        await raw.send(with_data(data))
        assert await raw.answer(5) == MALFORMED
    await raw.send(with_data(data))
    packets = await raw.rest()
    assert [found["type"] for found in packets] == [sio.ACK, sio.EVENT, sio.DISCONNECT]
    assert packets[1]["data"] == ["bye", {"code": "strikes"}]
    assert "data" not in packets[2]
    assert server.door.heard == []
    await server.door.until(lambda: len(server.door.left) == 1)


GOOD: list[Any] = [
    None,
    True,
    -1,
    2**53,
    -(2**53),
    0.25,
    "",
    "\U0001f331",
    [],
    {"a": [[[[[[[]]]]]]]},
    {"": {"b": None}},
]


@pytest.mark.parametrize("data", GOOD)
async def test_plain_data_arrives_as_it_is(guarded: Serve, data: object) -> None:
    server = await guarded()
    raw = await server.line()
    assert await raw.ask(data, packet_id=2**31, name="signal") == {"ok": True, "seq": 1}
    assert server.door.heard == [("signal", data, 2**31)]


async def test_the_owner_may_strike_as_well(guarded: Serve) -> None:
    server = await guarded(limits=Limits(strikes=3))
    raw = await server.line()
    for number in range(1, 3):
        assert await raw.ask({"strike": True}) == {"ok": True, "seq": number}
    await raw.event("command", {"strike": True})
    assert [found["type"] for found in await raw.rest()] == [sio.EVENT, sio.DISCONNECT]


def test_strikes_are_forgotten() -> None:
    strikes = Strikes(3, 60.0)
    assert [strikes.add(now) for now in (0.0, 1.0, 60.5, 61.0, 62.0)] == [False, False, False, True, True]
    assert [strikes.add(now) for now in (200.0, 201.0, 260.0)] == [False, False, True]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_packet_or_refused(data: bytes) -> None:
    try:
        found = unpack(data)
        value(found.data, 8)
    except (FramingError, Malformed):
        return
    assert found.type in (0, 1, 2)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(["snapshot", "patch"]), plain)
def test_our_packets_are_those_of_the_library(event: str, payload: object) -> None:
    """Read by python-socketio's own decoder, and by our strict one."""
    made = encode(event, payload)
    found = MsgPackPacket(encoded_packet=made.payload)
    assert (found.packet_type, found.namespace, found.id, found.data) == (sio.EVENT, "/", None, [event, payload])
    assert unpack(made.payload).type == sio.EVENT
    assert MsgPackPacket(encoded_packet=packet(sio.ACK, [payload], 7).payload).id == 7


@pytest.mark.parametrize(("size", "header"), [(0, 2), (125, 2), (126, 4), (65535, 4), (65536, 10)])
def test_frame_headers(size: int, header: int) -> None:
    made = frame(encode("x", None).opcode, b"z" * size)
    assert len(made.wire) == header + size
    assert made.wire[0] == 0x82
    assert made.wire.endswith(made.payload)
