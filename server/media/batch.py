"""Many small datagrams in one call: sendmmsg(2) through cffi, without a compiler; where there is none, one by one.

Sound that cannot go out now is of no use later: what the kernel has no room for is dropped.
"""

import errno
import socket
import struct
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import cffi

AT_ONCE = 256  # datagrams in one call; when so many wait they go
LARGEST = 1500  # bytes of a datagram; a longer one is not sent
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
"""  # as 64-bit Linux has it
_NOW = getattr(socket, "MSG_DONTWAIT", 0)
_FULL = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, errno.ENOMEM})
_NO_SOCKET = frozenset({errno.EBADF, errno.ENOTSOCK})


def _library() -> tuple[Any, Any]:
    """The foreign function interface and the C library in it; None for both where it has no sendmmsg."""
    if sys.platform != "linux" or sys.maxsize < 1 << 32:
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


class _Target(NamedTuple):
    """An address in both forms."""

    address: Address
    name: bytes  # a struct sockaddr_in or sockaddr_in6


class _Waiting(NamedTuple):
    target: _Target
    data: bytes


class Batch:
    """What goes out by one non-blocking UDP socket, collected until `flush`. Nothing here raises."""

    def __init__(self, sock: socket.socket, together: bool = TOGETHER) -> None:
        self.dropped = 0  # since the beginning: no room, no way, no such address, too long
        self._family = sock.family
        self._write = _Together(sock) if together else _OneByOne(sock)
        self._targets: dict[Address, _Target | None] = {}
        self._waiting: list[_Waiting] = []
        self._sent = 0

    def add(self, address: Address, parts: Sequence[bytes | memoryview]) -> None:
        """One datagram, of the parts one after the other. `address` is numeric, as the socket's recvfrom gives it."""
        target = self._targets.get(address) or self._target(address)
        data = bytes(parts[0]) if len(parts) == 1 else b"".join(parts)
        if target is None or len(data) > LARGEST:
            self.dropped += 1
            return
        self._waiting.append(_Waiting(target, data))
        if len(self._waiting) >= AT_ONCE:
            self._go()

    def flush(self) -> int:
        """Hand everything that waits to the kernel; how many datagrams it took since the last time."""
        if self._waiting:
            self._go()
        sent, self._sent = self._sent, 0
        return sent

    def _go(self) -> None:
        waiting, self._waiting = self._waiting, []
        sent = self._write(waiting)
        self._sent += sent
        self.dropped += len(waiting) - sent

    def _target(self, address: Address) -> _Target | None:
        if address in self._targets:
            return None
        if len(self._targets) >= KNOWN:
            self._targets.clear()
        self._targets[address] = found = _resolved(self._family, address)
        return found


def _resolved(family: int, address: Address) -> _Target | None:
    """Without asking anybody: a name that would have to be looked up is no address."""
    try:
        host, port = str(address[0]).partition("%")[0], int(address[1])
        if family == socket.AF_INET:
            name = struct.pack("=H", family) + struct.pack("!H4s8x", port, socket.inet_pton(family, host))
            return _Target((host, port), name)
        flow, scope = address[2:4] if len(address) >= 4 else (0, 0)
        if ":" not in host:
            host = f"::ffff:{host}"
        packed = struct.pack("!HI16s", port, flow, socket.inet_pton(socket.AF_INET6, host))
        return _Target((host, port, flow, scope), struct.pack("=H", family) + packed + struct.pack("=I", scope))
    except (ValueError, TypeError, LookupError, OSError, struct.error):
        return None


class _OneByOne:
    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def __call__(self, waiting: Sequence[_Waiting]) -> int:
        """How many the kernel took."""
        sent = 0
        for target, data in waiting:
            try:
                self._socket.sendto(data, _NOW, target.address)
                sent += 1
            except OSError as no:
                if no.errno in _FULL or no.errno in _NO_SOCKET:
                    break  # the rest would fare no better; anything else concerns this address only
        return sent


class _Together:
    """The arrays that sendmmsg reads, made once and filled anew each time."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._data = bytearray(AT_ONCE * LARGEST)
        self._names = [_ffi.new("char[28]") for _ in range(AT_ONCE)]
        self._named = [b""] * AT_ONCE
        self._pieces = _ffi.new("struct iovec[]", AT_ONCE)
        self._messages = _ffi.new("struct mmsghdr[]", AT_ONCE)
        self._piece = [self._pieces[n] for n in range(AT_ONCE)]
        self._message = [self._messages[n].msg_hdr for n in range(AT_ONCE)]
        self._start = _ffi.from_buffer(self._data)  # holds the bytes where they are
        for n in range(AT_ONCE):
            self._piece[n].iov_base = self._start + n * LARGEST
            self._message[n].msg_iov = self._pieces + n
            self._message[n].msg_iovlen = 1
            self._message[n].msg_name = self._names[n]

    def __call__(self, waiting: Sequence[_Waiting]) -> int:
        """How many the kernel took."""
        for n, (target, data) in enumerate(waiting):
            size = len(data)
            at = n * LARGEST
            self._data[at : at + size] = data
            self._piece[n].iov_len = size
            if self._named[n] is not target.name:  # mostly the same listeners in the same order
                self._named[n] = target.name
                _ffi.memmove(self._names[n], target.name, len(target.name))
                self._message[n].msg_namelen = len(target.name)
        return self._send(len(waiting))

    def _send(self, count: int) -> int:
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
