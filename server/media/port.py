"""The one UDP port of all peers, and the door before them: what no known peer can have sent goes no further.

A STUN check finds its peer by our ufrag in it; everything else by an address that ICE has proven to be the peer's.
"""

import asyncio
import errno
import ipaddress
import logging
import socket
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import ifaddr

from server.guard import trace
from server.media import demux
from server.media.batch import Batch
from server.media.ice import UFRAG

log = logging.getLogger("lingkar.media")

AT_ONCE = 128  # datagrams per wake-up, so that the rest of the server has its turn
BUFFER = 4 * 1024 * 1024  # asked of the kernel for bursts; it gives what it allows
TRIES = 8  # to find a port that is free on every address

_ANY = {4: "0.0.0.0", 6: "::"}
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


class Inlet:
    """One socket."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.batch = Batch(sock)


class Path(NamedTuple):
    """By which socket a datagram came, and from where."""

    inlet: Inlet
    address: tuple[Any, ...]

    @property
    def host(self) -> str:
        return str(self.address[0]).partition("%")[0]

    @property
    def port(self) -> int:
        return int(self.address[1])


class Guest(Protocol):
    """A peer, as the port knows it. Whatever it raises ends it, and it alone."""

    def check(self, data: bytes, path: Path, now: float) -> None:
        """A STUN message that names it; not verified."""

    def take(self, kind: str, data: bytes, path: Path, now: float) -> None:
        """`kind` is dtls, srtp or srtcp; it came from an address that is the peer's."""

    def close(self) -> None: ...


class Port:
    """`number` is the UDP port that was really bound, `addresses` are the ones that peers are told."""

    def __init__(self, inlets: Sequence[Inlet], addresses: Sequence[str], number: int) -> None:
        self.number, self.addresses = number, tuple(addresses)
        self.taken = self.dropped = 0  # datagrams
        self._inlets = inlets
        self._guests: dict[str, Guest] = {}
        self._paths: dict[Path, Guest] = {}
        self._loop = asyncio.get_running_loop()
        for inlet in inlets:
            self._loop.add_reader(inlet.sock, self._read, inlet)

    def admit(self, ufrag: str, guest: Guest) -> None:
        self._guests[ufrag] = guest

    def learn(self, path: Path, guest: Guest) -> None:
        """ICE has proven that the peer is there."""
        self._paths[path] = guest

    def leave(self, path: Path, guest: Guest) -> None:
        if self._paths.get(path) is guest:
            del self._paths[path]

    def dismiss(self, ufrag: str, guest: Guest) -> None:
        """Forget the peer and all its addresses."""
        if self._guests.get(ufrag) is guest:
            del self._guests[ufrag]
        for path in [path for path, owner in self._paths.items() if owner is guest]:
            del self._paths[path]

    @property
    def guests(self) -> int:
        return len(self._guests)

    def send(self, data: bytes, path: Path) -> None:
        """At once; what the kernel does not take is lost, as on any network."""
        try:
            path.inlet.sock.sendto(data, path.address)
        except OSError:
            self.dropped += 1

    def queue(self, data: bytes, path: Path) -> None:
        """With the others, at the next `flush`."""
        path.inlet.batch.add(path.address, data)

    def flush(self) -> None:
        for inlet in self._inlets:
            inlet.batch.flush()

    def visitor(self) -> socket.socket:
        """A socket that talks to this port over the first of its addresses."""
        bound = self._inlets[0].sock
        host, number, *more = bound.getsockname()
        sock = socket.socket(bound.family, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.connect((_LOOPBACK.get(host, host), number, *more))
        return sock

    def close(self) -> None:
        for inlet in self._inlets:
            self._loop.remove_reader(inlet.sock)
            inlet.sock.close()

    def _read(self, inlet: Inlet) -> None:
        now = self._loop.time()
        for _ in range(AT_ONCE):
            try:
                data, address = inlet.sock.recvfrom(2048)
            except OSError as no:
                if no.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
                    break
                continue  # an ICMP answer to something that we sent
            self._deliver(data, Path(inlet, address), now)
        self.flush()

    def _deliver(self, data: bytes, path: Path, now: float) -> None:
        kind = demux.kind(data)  # `other`, too, when it is empty or larger than anything of ours
        guest = self._named(data) if kind == "stun" else self._paths.get(path) if kind != "other" else None
        if guest is None:
            self.dropped += 1
            return
        self.taken += 1
        try:
            if kind == "stun":
                guest.check(data, path, now)
            else:
                guest.take(kind, data, path, now)
        except Exception as bug:
            log.error("a bug, in a peer: %s", trace(bug))
            guest.close()

    def _named(self, data: bytes) -> Guest | None:
        """By the ufrag of a request; an answer has ours at the beginning of its transaction id."""
        ufrag = demux.ufrag(data) or data[8 : 8 + UFRAG].decode("ascii", "replace")
        return self._guests.get(ufrag)


def open_port(number: int = 0, addresses: Sequence[str] = ()) -> Port:
    """Bind on every address (all of this machine's when none is given); `OSError` when that cannot be done.

    An address that is not this machine's own, as behind a NAT that forwards, is told to peers while all are bound.
    """
    told = tuple(addresses) or own_addresses()
    for last in range(TRIES - 1, -1, -1):
        try:
            bound = _bind(told, number)
        except OSError as no:
            if number or not last or no.errno != errno.EADDRINUSE:
                raise
            continue
        return Port([Inlet(sock) for sock in bound], told, bound[0].getsockname()[1])
    raise AssertionError


def _bind(addresses: Sequence[str], number: int) -> list[socket.socket]:
    wild = {_version(address) for address in addresses if not is_own(address)}
    places = [_ANY[version] if (version := _version(address)) in wild else address for address in addresses]
    bound: list[socket.socket] = []
    try:
        for place in dict.fromkeys(places):
            bound.append(_socket(place, number))
            number = bound[0].getsockname()[1]
    except BaseException:
        for sock in bound:
            sock.close()
        raise
    return bound


def _version(address: str) -> int:
    return ipaddress.ip_address(address).version


def is_own(address: str) -> bool:
    """Whether it is an address of this machine."""
    with socket.socket(_FAMILY[_version(address)], socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _socket(address: str, number: int) -> socket.socket:
    sock = socket.socket(_FAMILY[_version(address)], socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        if sock.family is socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            sock.setsockopt(socket.SOL_SOCKET, option, BUFFER)
        sock.bind((address, number))
    except BaseException:
        sock.close()
        raise
    return sock


def own_addresses() -> tuple[str, ...]:
    """Of all interfaces, without loopback and link-local ones; 127.0.0.1 on a machine that has no other."""
    found = [ip.ip if isinstance(ip.ip, str) else ip.ip[0] for adapter in ifaddr.get_adapters() for ip in adapter.ips]
    parsed = [ipaddress.ip_address(address.partition("%")[0]) for address in found]
    usable = [str(one) for one in parsed if not (one.is_loopback or one.is_link_local or one.is_unspecified)]
    return tuple(dict.fromkeys(usable)) or ("127.0.0.1",)
