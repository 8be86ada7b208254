"""Where connections come from, and how much may come from one place: in memory only, and never logged.

A place is an IPv4 address or an IPv6 /56, as one household or one office has it. A whole group may sit behind one
address, so the limits stop floods and nothing that people do.
"""

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

from aiohttp import web

from server.guard import Budget

Network = IPv4Network | IPv6Network

IPV6_PREFIX = 56  # bits: what a provider gives to one customer
HOPS = 16  # addresses of a forwarding header that are read


@dataclass(frozen=True)
class Allowed:
    """For one place. Counts, seconds, and per second.

    A line that was ended for what it sent is *struck out*; one that stayed for a while and was not is *settled*. A
    household or a hall has one address, and somebody in it may be a nuisance: so struck-out lines slow those down that
    come after them, and shut the place only where they far outweigh the settled ones.
    """

    lines: int = 1000  # at a time
    arrivals: int = 600  # at once: a hall behind one address, coming back after a restart ...
    arrival_rate: float = 20.0  # ... and then
    wrong_tokens: int = 100  # of hosts, at once ...
    wrong_token_rate: float = 0.5
    slowed: int = 10  # struck-out lines within `span`, from which on everybody who comes ...
    wait: float = 2.0  # ... waits so long
    struck_out: int = 20  # within `span`: nothing more from there, where nobody is settled; for each one, as many more
    settled: float = 60.0  # how long a line has to last for that
    remembered: int = 1000  # struck-out lines, and settled ones
    span: float = 600.0  # how long both are remembered, and a place after it became quiet
    places: int = 10_000  # that are remembered; the longest quiet ones are forgotten


class Visit(NamedTuple):
    """One line from a place, from `since` on; it has to `wait` for so long before anything else."""

    place: str
    number: int
    since: float
    wait: float


class Remembered(NamedTuple):
    """What is remembered of a place."""

    place: str
    lines: int
    quiet: float  # seconds since anything came from there
    struck_out: int


class _Place:
    def __init__(self, allowed: Allowed, now: float) -> None:
        self._allowed = allowed
        self.at = now
        self.visits: dict[int, Visit] = {}
        self.arrivals = Budget(allowed.arrival_rate, allowed.arrivals, now)
        self.tokens = Budget(allowed.wrong_token_rate, allowed.wrong_tokens, now)
        self.struck_out: deque[float] = deque(maxlen=allowed.remembered)
        self._left: deque[float] = deque(maxlen=allowed.remembered)  # settled ones

    def leave(self, visit: Visit, now: float, struck_out: bool) -> None:
        del self.visits[visit.number]
        if struck_out:
            self.struck_out.append(now)
        elif now - visit.since >= self._allowed.settled:
            self._left.append(now)

    def nuisances(self, now: float) -> int:
        return _lately(self.struck_out, now - self._allowed.span)

    def shut(self, now: float) -> bool:
        nuisances = self.nuisances(now)
        if nuisances < self._allowed.struck_out:
            return False
        settled = sum(now - visit.since >= self._allowed.settled for visit in self.visits.values())
        settled += _lately(self._left, now - self._allowed.span)
        return nuisances >= self._allowed.struck_out * (1 + settled)


def _lately(times: deque[float], since: float) -> int:
    while times and times[0] < since:
        times.popleft()
    return len(times)


class Neighbours:
    """`now` is on one monotonic clock, in seconds."""

    def __init__(self, trusted: Sequence[Network] = (), allowed: Allowed | None = None) -> None:
        """`trusted`: proxies whose `X-Forwarded-For` is believed."""
        self._trusted, self._allowed = tuple(trusted), allowed or Allowed()
        self._places: OrderedDict[str, _Place] = OrderedDict()  # the longest quiet ones first
        self._count = 0

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

    def arrive(self, place: str, now: float) -> Visit | None:
        """One more line begins there; None when it may not."""
        found = self._at(place, now)
        if len(found.visits) >= self._allowed.lines or not found.arrivals.take(now) or found.shut(now):
            return None
        self._count += 1
        wait = self._allowed.wait if found.nuisances(now) >= self._allowed.slowed else 0.0
        visit = found.visits[self._count] = Visit(place, self._count, now, wait)
        return visit

    def leave(self, visit: Visit, now: float, *, struck_out: bool) -> None:
        """It has ended; `struck_out`: for what it sent."""
        self._at(visit.place, now).leave(visit, now, struck_out)

    def guess(self, place: str, now: float) -> bool:
        """A wrong token came from there; whether another one may be tried."""
        return self._at(place, now).tokens.take(now)

    def known(self, now: float) -> list[Remembered]:
        """Everything that is remembered."""
        self.forget(now)
        return [
            Remembered(place, len(found.visits), round(now - found.at, 1), found.nuisances(now))
            for place, found in self._places.items()
        ]

    def forget(self, now: float) -> None:
        """Places that have been quiet for long enough. Regularly."""
        quiet = now - self._allowed.span
        for place in [place for place, found in self._places.items() if not found.visits and found.at <= quiet]:
            del self._places[place]

    def _at(self, place: str, now: float) -> _Place:
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = _Place(self._allowed, now)
            self._make_room()
        found.at = now
        self._places.move_to_end(place)
        return found

    def _make_room(self) -> None:
        """Places without a line; whoever floods from ten thousand of them is no neighbour any more."""
        excess = len(self._places) - self._allowed.places
        if excess > 0:
            for place in [place for place, found in self._places.items() if not found.visits][:excess]:
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
