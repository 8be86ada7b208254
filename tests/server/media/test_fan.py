"""One packet to many listeners: each can read it, as its own."""

import os
import select
import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple, cast

import pytest
from pylibsrtp import Policy, Session

from server.media.batch import AT_ONCE, SMALL, TOGETHER, TRAILER, Batch
from server.media.fan import MOST, Way, fan
from server.media.lines import Line
from server.media.private import context
from server.media.rewrite import FIXED, Outgoing

WAYS = [True, False] if TOGETHER else [False]
PROFILES = [
    Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
]
CLOSE = SMALL - 12 - TRAILER  # bytes of the largest payload that lies with the small ones


class Listener:
    """What a fan needs of a line, and the other end of it."""

    def __init__(self, batch: Batch, ssrc: int, profile: int) -> None:
        key = os.urandom(64)
        self.seals = Session(Policy(key, Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile))
        self.opens = Session(Policy(key, Policy.SSRC_ANY_INBOUND, srtp_profile=profile))
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", 0))
        self.batch, self.ssrc, self.payload_type, self.offset = batch, ssrc, 96 + ssrc % 32, ssrc * 1000
        self.packets = 0

    def way(self) -> Way:
        target = self.batch.target(self.sock.getsockname())
        assert target is not None
        keys: Any = context(self.seals)
        return Way(keys, target.at, self.ssrc, self.payload_type, self.offset, cast(Line, self), target)

    def send(self, packet: bytes) -> None:
        self.batch.add(self.sock.getsockname(), self.seals.protect(packet))
        self.packets += 1

    def went(self, packets: int, octets: int) -> None:
        self.packets += packets

    def hears(self) -> bytes:
        assert select.select([self.sock], [], [], 10)[0]
        return self.opens.unprotect(self.sock.recv(2000))


class Room(NamedTuple):
    batch: Batch
    listeners: list[Listener]

    @property
    def ways(self) -> list[Way]:
        return [listener.way() for listener in self.listeners]


@pytest.fixture(params=WAYS, ids=lambda together: "together" if together else "one by one")
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as ours:
        batch = Batch(ours, bool(request.param))
        found = Room(batch, [Listener(batch, n + 1, PROFILES[n % 3]) for n in range(9)])
        yield found
        for listener in found.listeners:
            listener.sock.close()


@pytest.mark.parametrize("size", [1, 80, CLOSE, CLOSE + 1, MOST])
def test_each_reads_its_own(room: Room, size: int) -> None:
    payload = os.urandom(size)
    assert fan(room.batch, Outgoing(70_000, 2**32 - 1, True, memoryview(payload)), room.ways) == []
    assert room.batch.flush() == 9
    for it in room.listeners:
        sequence = (70_000 + it.offset) & 0xFFFF
        assert it.hears() == FIXED.pack(0x80, 0x80 | it.payload_type, sequence, 2**32 - 1, it.ssrc) + payload
        assert it.packets == 0  # the lane counts


def test_one_after_the_other(room: Room) -> None:
    """Large and small ones, and datagrams of another kind, in one flush."""
    sizes = [100, CLOSE + 50, 3, MOST, 100]
    for number, size in enumerate(sizes):
        fan(room.batch, Outgoing(number, number * 960, False, memoryview(bytes([number]) * size)), room.ways)
    room.batch.add(room.listeners[0].sock.getsockname(), b"another")
    assert room.batch.flush() == 9 * len(sizes) + 1
    for it in room.listeners[1:]:
        heard = sorted((it.hears() for _ in sizes), key=lambda data: data[4:8])
        assert [data[12:] for data in heard] == [bytes([n]) * size for n, size in enumerate(sizes)]


def test_more_than_one_call_holds(room: Room) -> None:
    rounds = AT_ONCE // 9 + 2
    for number in range(rounds):
        fan(room.batch, Outgoing(number, number, False, memoryview(b"x" * 100)), room.ways)
    assert room.batch.flush() == rounds * 9
    for it in room.listeners:
        assert [it.hears()[4:8] for _ in range(rounds)] == [n.to_bytes(4, "big") for n in range(rounds)]


def test_who_cannot_be_encrypted_to_is_named_and_the_others_hear(room: Room) -> None:
    broken = room.listeners[4]
    broken.seals = Session()  # without any key
    out = Outgoing(5, 960, False, memoryview(b"voice"))
    assert fan(room.batch, out, room.ways) == [cast(Line, broken)]
    assert room.batch.flush() == 8
    assert {it.hears()[12:] for it in room.listeners if it is not broken} == {b"voice"}


def test_an_address_lives_until_it_was_used(room: Room) -> None:
    """Whoever is no target any more when the flush comes was one when the packet came."""
    fan(room.batch, Outgoing(1, 1, False, memoryview(b"voice")), room.ways)
    room.batch._targets.clear()
    assert room.batch.flush() == 9
    assert all(it.hears()[12:] == b"voice" for it in room.listeners)
