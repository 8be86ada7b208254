"""One contract, two ways: many datagrams in one call, and one by one."""

import os
import select
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from server.media import batch
from server.media.batch import AT_ONCE, KNOWN, LARGEST, TOGETHER, Batch

WAYS = [True, False] if TOGETHER else [False]
FAMILIES = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]


@pytest.fixture(params=WAYS, ids=lambda together: "together" if together else "one by one")
def together(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=FAMILIES, ids=["IPv4", "IPv6"])
def sockets(request: pytest.FixtureRequest) -> Iterator[tuple[socket.socket, socket.socket]]:
    """One that sends, without ever blocking, and one that receives."""
    family, host = request.param
    with (
        closing(socket.socket(family, socket.SOCK_DGRAM)) as ours,
        closing(socket.socket(family, socket.SOCK_DGRAM)) as their,
    ):
        try:
            their.bind((host, 0))
        except OSError:
            pytest.skip("this machine does not have the family")
        their.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
        ours.setblocking(False)
        yield ours, their


def received(sock: socket.socket, count: int) -> list[bytes]:
    """So many datagrams; fails when they do not come, or more do."""
    got: list[bytes] = []
    while len(got) < count:
        ready, _, _ = select.select([sock], [], [], 10)
        assert ready, f"{len(got)} of {count} came"
        got.append(sock.recv(2000))
    assert select.select([sock], [], [], 0)[0] == []
    return got


def test_linux_can_send_many_together() -> None:
    assert TOGETHER is (sys.platform == "linux" and sys.maxsize >= 1 << 32)


def test_nothing_goes_before_the_flush_and_everything_in_order(
    sockets: tuple[socket.socket, socket.socket], together: bool
) -> None:
    ours, their = sockets
    out = Batch(ours, together)
    for n in range(100):
        out.add(their.getsockname(), b"head%d" % n)
    assert select.select([their], [], [], 0)[0] == []
    assert out.flush() == 100
    assert received(their, 100) == [b"head%d" % n for n in range(100)]
    assert out.flush() == 0
    assert out.dropped == 0


def test_more_than_one_call_holds(sockets: tuple[socket.socket, socket.socket], together: bool) -> None:
    ours, their = sockets
    out = Batch(ours, together)
    for n in range(2 * AT_ONCE + 5):
        out.add(their.getsockname(), b"%d" % n)
    assert out.flush() == 2 * AT_ONCE + 5
    assert received(their, 2 * AT_ONCE + 5) == [b"%d" % n for n in range(2 * AT_ONCE + 5)]


def test_sizes_from_nothing_to_the_largest(sockets: tuple[socket.socket, socket.socket], together: bool) -> None:
    ours, their = sockets
    out = Batch(ours, together)
    sizes = [LARGEST, 0, 1, 700, LARGEST + 1, LARGEST - 1]
    for size in sizes:
        out.add(their.getsockname(), b"x" * size)
    assert out.flush() == 5
    assert [len(data) for data in received(their, 5)] == [LARGEST, 0, 1, 700, LARGEST - 1]
    assert out.dropped == 1


def test_each_gets_its_own(sockets: tuple[socket.socket, socket.socket], together: bool) -> None:
    """Also when the next batch goes to the same ones in another order, and shorter."""
    ours, their = sockets
    with closing(socket.socket(their.family, socket.SOCK_DGRAM)) as third:
        third.bind((their.getsockname()[0], 0))
        out = Batch(ours, together)
        for turn in (b"a long first", b"short"):
            targets = [their, third, third] if turn == b"short" else [third, their, their]
            for n, target in enumerate(targets):
                out.add(target.getsockname(), turn + b"%d" % n)
            assert out.flush() == 3
        assert received(their, 3) == [b"a long first1", b"a long first2", b"short0"]
        assert received(third, 3) == [b"a long first0", b"short1", b"short2"]


@pytest.mark.parametrize("address", [
    ("localhost", 9), ("room.example", 9), ("", 9), ("127.0.0.1",), (), ("127.0.0.1", 65536), ("127.0.0.1", -1),
    ("127.0.0.1", None), ("1.2.3", 9), ("::1", 9, "x", 0), ("fe80:", 9), ("::1", 9, 0, -1), ("\0", 9),
])  # fmt: skip
def test_what_is_no_address_harms_nobody(
    sockets: tuple[socket.socket, socket.socket], together: bool, address: tuple[object, ...]
) -> None:
    ours, their = sockets
    out = Batch(ours, together)
    for where in (address, their.getsockname(), address):
        out.add(where, b"x")
    assert out.flush() == 1
    assert received(their, 1) == [b"x"]
    assert out.dropped == 2


def test_an_address_that_cannot_be_reached_harms_nobody(
    sockets: tuple[socket.socket, socket.socket], together: bool
) -> None:
    """Broadcast is not allowed to us, and multicast on no such interface is no way."""
    ours, their = sockets
    nowhere = ("255.255.255.255", 9) if ours.family == socket.AF_INET else ("ff02::1", 9, 0, 999_999)
    out = Batch(ours, together)
    for where in (nowhere, their.getsockname(), nowhere, nowhere, their.getsockname()):
        out.add(where, b"x")
    assert out.flush() == 2
    assert received(their, 2) == [b"x", b"x"]
    assert out.dropped == 3


def both(target: batch.Target | None) -> tuple[batch.Address, bytes]:
    assert target is not None
    return target.address, target.name


def test_an_address_as_the_kernel_wants_it() -> None:
    """struct sockaddr_in6: family, port, flow, address, scope (RFC 3493, section 3.3); sockaddr_in without the rest."""
    family, long = struct.pack("=H", socket.AF_INET6), socket.inet_pton(socket.AF_INET6, "fe80::1")
    found = batch._resolved(socket.AF_INET6, ("fe80::1%eth0", 258, 5, 7))
    assert both(found) == (("fe80::1", 258, 5, 7), family + b"\1\2\0\0\0\5" + long + struct.pack("=I", 7))
    short = batch._resolved(socket.AF_INET6, ("fe80::1", 258))
    assert both(short) == (("fe80::1", 258, 0, 0), family + b"\1\2\0\0\0\0" + long + bytes(4))
    old = batch._resolved(socket.AF_INET, ("10.0.0.1", 258))
    assert both(old) == (("10.0.0.1", 258), struct.pack("=H", socket.AF_INET) + b"\1\2\x0a\0\0\1" + bytes(8))


@pytest.mark.parametrize("together", WAYS)
def test_an_ipv4_peer_of_a_socket_for_both(together: bool) -> None:
    with (
        closing(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)) as ours,
        closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as their,
    ):
        their.bind(("127.0.0.1", 0))
        ours.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        out = Batch(ours, together)
        out.add(their.getsockname(), b"short form")
        out.add(("::ffff:127.0.0.1", their.getsockname()[1], 0, 0), b"long form")
        assert out.flush() == 2
        assert received(their, 2) == [b"short form", b"long form"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for an address by its way")
@pytest.mark.parametrize("together", WAYS)
def test_what_the_kernel_has_no_room_for_is_dropped_at_once(together: bool) -> None:
    """A local socket that nobody reads: unlike UDP it has a queue that is full at a known moment."""
    with (
        closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as ours,
        closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as their,
    ):
        their_name: Any = b"\0lingkar %017d" % (
            os.getpid() * 2 + together
        )  # as long as an IPv6 address, which none is else
        their.bind(their_name)
        out = Batch(ours, together)
        out._targets[their_name] = batch.Target(their_name, struct.pack("=H", socket.AF_UNIX) + their_name)
        for _ in range(AT_ONCE - 1):
            out.add(their_name, b"x" * 1000)
        room = out.flush()
        assert 0 < room < AT_ONCE
        assert out.dropped == AT_ONCE - 1 - room
        out.add(their_name, b"x")
        assert out.flush() == 0
        for _ in range(room):
            assert their.recv(2000) == b"x" * 1000
        out.add(their_name, b"again")
        assert out.flush() == 1
        assert their.recv(2000) == b"again"


@pytest.mark.parametrize("together", WAYS)
def test_a_closed_socket_takes_nothing(together: bool) -> None:
    ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    out = Batch(ours, together)
    ours.close()
    for _ in range(AT_ONCE + 1):
        out.add(("127.0.0.1", 9), b"x")
    assert out.flush() == 0
    assert out.dropped == AT_ONCE + 1


def test_addresses_are_not_kept_without_end() -> None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as ours:
        out = Batch(ours, together=False)
        for port in range(1, KNOWN + 100):
            out.add(("255.255.255.255", port), b"x")  # refused by the kernel: nobody may broadcast
            out.add(("no address", port), b"x")
            assert len(out._targets) <= KNOWN
        assert out.flush() == 0
        assert out.dropped == 2 * (KNOWN + 99)
