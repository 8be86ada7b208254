"""Where connections come from, and how much may come from one place: in memory only, and never logged.

A place is an IPv4 address or an IPv6 /56, as one household or one office has it. A whole group may sit behind one
address, so the limits stop floods and nothing that people do.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web

from server.guard import Budget, Strikes

Network = IPv4Network | IPv6Network

IPV6_PREFIX = 56  # bits: what a provider gives to one customer
HOPS = 16  # addresses of a forwarding header that are read


@dataclass(frozen=True)
class Allowed:
    """For one place. Counts, and per second."""

    lines: int = 1000  # at a time
    arrivals: int = 600  # at once: a hall behind one address, coming back after a restart ...
    arrival_rate: float = 20.0  # ... and then
    wrong_tokens: int = 100  # of hosts, at once ...
    wrong_token_rate: float = 0.5
    struck_out: int = 20  # lines that were ended for what they sent ...
    span: float = 600.0  # ... within so many seconds: nothing more from there for as long
    places: int = 10_000  # that are remembered; the longest quiet ones are forgotten


class _Place:
    def __init__(self, allowed: Allowed, now: float) -> None:
        self.lines = 0
        self.arrivals = Budget(allowed.arrival_rate, allowed.arrivals, now)
        self.tokens = Budget(allowed.wrong_token_rate, allowed.wrong_tokens, now)
        self.strikes = Strikes(allowed.struck_out, allowed.span)
        self.shut_until = 0.0


class Neighbours:
    """`now` is on one monotonic clock, in seconds."""

    def __init__(self, trusted: Sequence[Network] = (), allowed: Allowed | None = None) -> None:
        """`trusted`: proxies whose `X-Forwarded-For` is believed."""
        self._trusted, self._allowed = tuple(trusted), allowed or Allowed()
        self._places: OrderedDict[str, _Place] = OrderedDict()

    def place_of(self, request: web.Request) -> str:
        return self.place(request.remote or "", request.headers.getall("X-Forwarded-For", []))

    def place(self, peer: str, forwarded: Sequence[str] = ()) -> str:
        """Where a request comes from: the address of the socket, or what a trusted proxy says, read from its end."""
        for hop in [peer, *reversed(_hops(forwarded))]:
            found = _address(hop)
            if found is None:
                break
            peer = found
            if not any(ip_address(found) in network for network in self._trusted):
                break
        return _prefix(peer)

    def arrive(self, place: str, now: float) -> bool:
        """Whether one more line may begin there."""
        found = self._at(place, now)
        if now < found.shut_until or found.lines >= self._allowed.lines or not found.arrivals.take(now):
            return False
        found.lines += 1
        return True

    def leave(self, place: str, now: float, *, struck_out: bool) -> None:
        """One ended that had begun; `struck_out`: for what it sent."""
        found = self._at(place, now)
        found.lines -= 1
        if struck_out and found.strikes.add(now):
            found.shut_until = now + self._allowed.span

    def guess(self, place: str, now: float) -> bool:
        """A wrong token came from there; whether another one may be tried."""
        return self._at(place, now).tokens.take(now)

    def _at(self, place: str, now: float) -> _Place:
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = _Place(self._allowed, now)
            self._forget()
        self._places.move_to_end(place)
        return found

    def _forget(self) -> None:
        """Places without a line; whoever floods from ten thousand of them is no neighbour any more."""
        excess = len(self._places) - self._allowed.places
        for place in [place for place, found in self._places.items() if not found.lines][: max(0, excess)]:
            del self._places[place]


def _hops(forwarded: Sequence[str]) -> list[str]:
    return [hop.strip() for line in forwarded for hop in line.split(",")][-HOPS:]


def _address(text: str) -> str | None:
    """An address in its one spelling, without port, brackets and zone; None for anything else."""
    text = text.strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(found)


def _prefix(address: str) -> str:
    if ":" not in address:
        return address
    return str(IPv6Network((address.partition("%")[0], IPV6_PREFIX), strict=False))
