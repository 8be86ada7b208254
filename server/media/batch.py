"""Many small datagrams in one call: sendmmsg(2) through cffi, without a compiler; where there is none, one by one.

Sound that cannot go out now is of no use later: what the kernel has no room for is dropped.
"""

import errno
import socket
import struct
import sys
from typing import Any

import cffi

AT_ONCE = 256  # datagrams in one call; when so many wait they go
LARGEST = 1500  # bytes of a datagram; a longer one is not sent
TRAILER = 144  # bytes that SRTP may need behind a packet
SMALL, PLACE = 384, 1664  # bytes for a datagram and its trailer, in whole cache lines: for speech, for the largest
LENGTH, NAME = 4, 8  # words of 4 bytes from one length to the next, of 8 from one name to the next
KNOWN = 4096  # addresses whose form for the kernel is kept

Address = tuple[Any, ...]  # as recvfrom gives it

_DECLARED = """
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name; uint32_t msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
    void *msg_control; size_t msg_controllen; int msg_flags;
};
struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
int sendmmsg(int sockfd, struct mmsghdr *msgvec, unsigned int vlen, int flags);
"""  # as 64-bit Linux has it: 16, 56 and 64 bytes
_NOW = getattr(socket, "MSG_DONTWAIT", 0)
_FULL = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, errno.ENOMEM})
_NO_SOCKET = frozenset({errno.EBADF, errno.ENOTSOCK})


def _library() -> tuple[Any, Any]:
    """The foreign function interface and the C library in it; None for both where it has no sendmmsg."""
    if sys.platform != "linux" or sys.maxsize < 1 << 32 or sys.byteorder != "little":
        return None, None
    ffi = cffi.FFI()
    ffi.cdef(_DECLARED)
    try:
        library = ffi.dlopen(None)
        return (ffi, library) if library.sendmmsg else (None, None)
    except (OSError, AttributeError):
        return None, None


_ffi, _c = _library()
TOGETHER = _c is not None  # whether this machine can send many in one call


class Target:
    """An address in both forms. It keeps the kernel's in its place, `at`, for as long as it lives."""

    __slots__ = ("address", "at", "name")

    def __init__(self, address: Address, name: bytes) -> None:
        self.address = address
        self.name = name  # a struct sockaddr_in or sockaddr_in6
        self.at = int(_ffi.cast("uintptr_t", _ffi.from_buffer(name))) if TOGETHER else 0


class Batch:
    """What goes out by one non-blocking UDP socket, collected until `flush`. Nothing here raises."""

    def __init__(self, sock: socket.socket, together: bool = TOGETHER) -> None:
        self.dropped = 0  # since the beginning: no such address, too long
        self.arena = Arena(sock, PLACE) if together else None
        self.small = Arena(sock, SMALL) if together else None
        self._family = sock.family
        self._one_by_one = _OneByOne(sock)
        self._targets: dict[Address, Target | None] = {}

    def add(self, address: Address, data: bytes) -> None:
        """One datagram. `address` is numeric, as the socket's recvfrom gives it."""
        target = self.target(address)
        if target is None or len(data) > LARGEST:
            self.dropped += 1
        else:
            (self.arena or self._one_by_one).add(target, data)

    def flush(self) -> int:
        """Hand everything that waits to the kernel; how many datagrams it took since the last time."""
        took = 0
        for out in (self.arena, self.small) if self.arena and self.small else (self._one_by_one,):
            out.flush()
            took, out.sent = took + out.sent, 0
            self.dropped, out.dropped = self.dropped + out.dropped, 0
        return took

    def target(self, address: Address) -> Target | None:
        """None for what is no address."""
        if address not in self._targets:
            if len(self._targets) >= KNOWN:
                self._targets.clear()
            self._targets[address] = _resolved(self._family, address)
        return self._targets[address]


def _resolved(family: int, address: Address) -> Target | None:
    """Without asking anybody: a name that would have to be looked up is no address."""
    try:
        host, port = str(address[0]).partition("%")[0], int(address[1])
        if family == socket.AF_INET:
            name = struct.pack("=H", family) + struct.pack("!H4s8x", port, socket.inet_pton(family, host))
            return Target((host, port), name)
        flow, scope = address[2:4] if len(address) >= 4 else (0, 0)
        if ":" not in host:
            host = f"::ffff:{host}"
        packed = struct.pack("!HI16s", port, flow, socket.inet_pton(socket.AF_INET6, host))
        return Target((host, port, flow, scope), struct.pack("=H", family) + packed + struct.pack("=I", scope))
    except (ValueError, TypeError, LookupError, OSError, struct.error):
        return None


class _OneByOne:
    def __init__(self, sock: socket.socket) -> None:
        self.sent = self.dropped = 0
        self._socket = sock
        self._waiting: list[tuple[Target, bytes]] = []

    def add(self, target: Target, data: bytes) -> None:
        self._waiting.append((target, data))
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        sent = 0
        for target, data in waiting:
            try:
                self._socket.sendto(data, _NOW, target.address)
                sent += 1
            except OSError as no:
                if no.errno in _FULL or no.errno in _NO_SOCKET:
                    break  # the rest would fare no better; anything else concerns this address only
        self.sent += sent
        self.dropped += len(waiting) - sent


class Arena:
    """The memory that sendmmsg reads: places for datagrams, written (and encrypted, see `fan`) where they lie.

    The place `n` begins at `n * place` in `data`, which the pointer `starts[n]` points to. Its length is
    `lengths[LENGTH * n + 2]`, to which `sizes[n]` points. `names[NAME * n]` is where its address is, which has to live
    until the next flush: in `kept`.
    """

    def __init__(self, sock: socket.socket, place: int) -> None:
        self.place = place
        self.count = 0  # places that are filled
        self.kept: list[object] = []  # until the next flush
        self.sent = self.dropped = 0
        self._socket = sock
        self._pieces = _ffi.new("struct iovec[]", AT_ONCE)
        self._messages = _ffi.new("struct mmsghdr[]", AT_ONCE)
        memory = _ffi.new("char[]", AT_ONCE * place)
        size = 16 if sock.family == socket.AF_INET else 28
        self.starts = [memory + n * place for n in range(AT_ONCE)]
        for n in range(AT_ONCE):
            self._pieces[n].iov_base = self.starts[n]
            self._messages[n].msg_hdr.msg_iov = self._pieces + n
            self._messages[n].msg_hdr.msg_iovlen = 1
            self._messages[n].msg_hdr.msg_namelen = size
        self.data = memoryview(_ffi.buffer(memory)).cast("B")
        self.lengths = memoryview(_ffi.buffer(self._pieces)).cast("B").cast("I")
        self.names = memoryview(_ffi.buffer(self._messages)).cast("B").cast("Q")
        self.sizes = [_ffi.cast("int *", _ffi.addressof(self._pieces[n], "iov_len")) for n in range(AT_ONCE)]

    def add(self, target: Target, data: bytes) -> None:
        n = self.count
        self.data[n * self.place : n * self.place + len(data)] = data
        self.lengths[LENGTH * n + 2] = len(data)
        self.names[NAME * n] = target.at
        self.kept.append(target)
        self.count = n + 1
        if self.count == AT_ONCE:
            self.flush()

    def flush(self) -> None:
        count, self.count = self.count, 0
        if count:
            sent = self._send(count)
            self.sent += sent
            self.dropped += count - sent
            self.kept.clear()

    def _send(self, count: int) -> int:
        """How many the kernel took."""
        at = sent = 0
        file = self._socket.fileno()
        while at < count:
            done = _c.sendmmsg(file, self._messages + at, count - at, _NOW)
            if done > 0:
                at, sent = at + done, sent + done
                continue
            no = _ffi.errno
            if no in _FULL or no in _NO_SOCKET:
                break
            if no != errno.EINTR:
                at += 1  # this address only
        return sent
