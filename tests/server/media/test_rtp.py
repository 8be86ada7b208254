"""A packet is read as it stands, or not at all."""

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.media.rewrite import Rtp, parse


def test_a_packet_as_browsers_send_it() -> None:
    data = struct.pack("!BBHII", 0x90, 0x80 | 111, 7, 960, 42) + bytes.fromhex("bede0001 108a2030")
    packet = parse(data + b"opus", 1)
    assert packet == Rtp(111, True, 7, 960, 42, 0x8A, memoryview(b"opus"))
    without = parse(data + b"opus", None)
    assert without is not None and without.level is None


def test_the_payload_is_not_copied() -> None:
    data = bytearray(struct.pack("!BBHII", 0x80, 111, 7, 960, 42) + b"opus")
    packet = parse(data, None)  # type: ignore[arg-type]
    assert packet is not None and packet.payload.obj is data


@pytest.mark.parametrize(("flags", "between", "after", "payload"), [
    (0x82, bytes(8), b"", b"opus"),  # two contributing sources
    (0x8F, bytes(60), b"", b"opus"),
    (0xA0, b"", b"\0\0\3", b"opus"),  # three bytes of padding
    (0xA0, b"", b"\1", b"opus"),
    (0x90, bytes.fromhex("bede0000"), b"", b"opus"),  # an empty extension
    (0x90, bytes.fromhex("12340001ffffffff"), b"", b"opus"),  # one of another profile
    (0x90, bytes.fromhex("bede0101") + bytes(4 * 257), b"", b"o"),  # a long one, and next to nothing said
    (0x80, b"", b"", b"o"),
    (0xB1, bytes(4) + bytes.fromhex("bede000110050000"), b"\0\2", b"opus"),  # everything at once
])  # fmt: skip
def test_what_lies_around_the_payload(flags: int, between: bytes, after: bytes, payload: bytes) -> None:
    packet = parse(struct.pack("!BBHII", flags, 111, 7, 960, 42) + between + payload + after, 1)
    assert packet is not None and packet.payload == payload


@pytest.mark.parametrize("block", [
    "bede0001 10850000",  # first
    "bede0002 21aabb00 00108500",  # behind another and padding
    "bede0001 00001085",  # last
    "bede0001 10851007",  # the first of two
    "bede0001 1085f0ff",  # before the end mark, and what follows it does not count
    "10000001 01018500",  # two-byte form
    "100f0002 020001018500 0000",  # with application bits, behind an empty one
])  # fmt: skip
def test_the_level_is_found(block: str) -> None:
    packet = parse(struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex(block) + b"opus", 1)
    assert packet is not None and packet.level == 0x85


@pytest.mark.parametrize("block", ["bede0001f0001085", "bede000120850000", "1000000101000000"])
def test_no_level(block: str) -> None:
    packet = parse(struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex(block) + b"opus", 1)
    assert packet is not None and packet.level is None


@pytest.mark.parametrize("data", [
    b"",
    bytes(12),
    struct.pack("!BBHII", 0x80, 111, 7, 960, 42),  # nothing said
    struct.pack("!BBHII", 0x40, 111, 7, 960, 42) + b"opus",  # version 1
    struct.pack("!BBHII", 0x80, 72, 7, 960, 42) + b"opus",  # would be RTCP
    struct.pack("!BBHII", 0x80, 200, 7, 960, 42) + b"opus",
    struct.pack("!BBHII", 0x81, 111, 7, 960, 42) + b"opus",  # a source, then nothing
    struct.pack("!BBHII", 0x8F, 111, 7, 960, 42) + b"opus",  # sources beyond the end
    struct.pack("!BBHII", 0xA0, 111, 7, 960, 42) + b"opus\0",  # padding of no bytes
    struct.pack("!BBHII", 0xA0, 111, 7, 960, 42) + b"\0\0\0\4",  # nothing but padding
    struct.pack("!BBHII", 0xA0, 111, 7, 960, 42) + b"opus\xff",  # padding longer than all
    struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + b"\xbe",  # an extension cut off
    struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex("bede0001"),
    struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex("bedeffff") + b"opus",
    struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex("bede00011f000000") + b"opus",  # it leaves
    struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex("1000000101ff0000") + b"opus",
    struct.pack("!BBHII", 0x90, 111, 7, 960, 42) + bytes.fromhex("1000000100000001") + b"opus",
])  # fmt: skip
def test_what_is_no_packet(data: bytes) -> None:
    assert parse(data, 1) is None


@given(st.binary(max_size=200) | st.builds(lambda rest: b"\x90\x6f" + rest, st.binary(max_size=60)), st.integers(0, 15))
@example(b"\x90\x6f" + bytes(10) + bytes.fromhex("bede0001") + b"\x10", 1)
def test_reading_never_raises(data: bytes, extension: int) -> None:
    packet = parse(data, extension)
    assert packet is None or (0 < len(packet.payload) <= len(data) - 12 and bytes(packet.payload) in data)
