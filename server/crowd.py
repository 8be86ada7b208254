"""How much may come to one meeting: to one seat, by one link, from one place, and from everybody together.

A connection has bounds of its own (see guard.py) and so has an address (see neighbours.py). These ones cannot be got
around by connecting again, or from many addresses.
"""

from collections.abc import Set
from dataclasses import dataclass, field

from server.guard import Budget


@dataclass(frozen=True)
class Bounds:
    """(per second, at once), but for `waiting`."""

    newcomers: tuple[float, int] = (5.0, 400)  # by one link: a whole meeting comes within seconds, and once
    waiting: int = 160  # at the door, from one place: half of all seats, so that others find one, too
    returns: tuple[float, int] = (2.0, 60)  # to one seat: a page tries again twice a second at most
    offers: tuple[float, int] = (0.5, 8)  # of sound; a browser makes one with each connection
    asks: tuple[float, int] = (1.0, 40)  # about links: somebody invites a whole group one by one
    moves: tuple[float, int] = (0.1, 5)  # ways to another device: each is drawn
    commands: tuple[float, int] = (600.0, 2000)  # of everybody in the room


BOUNDS = Bounds()


@dataclass(slots=True)
class Person:
    """What one seat has left; a new connection does not fill it up again."""

    returns: Budget
    offers: Budget
    asks: Budget
    moves: Budget


@dataclass
class Crowd:
    """Of one meeting. `now` is on one monotonic clock."""

    bounds: Bounds = BOUNDS
    _commands: Budget | None = None
    _links: dict[str, Budget] = field(default_factory=dict)
    _people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # of those who stand at the door, by seat

    def comes(self, link: str, now: float) -> bool:
        """Whether one more may come by this link."""
        return self._links.setdefault(link, _budget(self.bounds.newcomers, now)).take(now)

    def waits(self, place: str, waiting: Set[str]) -> bool:
        """Whether one more may stand at the door who comes from there; `waiting`: the seats of those who do. Where the
        others came from is forgotten."""
        self.places = {seat: known for seat, known in self.places.items() if seat in waiting}
        return sum(known == place for known in self.places.values()) < self.bounds.waiting

    def stands(self, seat: str, place: str) -> None:
        """At the door, from there."""
        self.places[seat] = place

    def acts(self, now: float) -> bool:
        """Whether the room takes one more command."""
        self._commands = self._commands or _budget(self.bounds.commands, now)
        return self._commands.take(now)

    def of(self, seat: str, now: float) -> Person:
        """What this seat has left."""
        found = self._people.get(seat)
        if found is None:
            bounds = self.bounds
            found = self._people[seat] = Person(
                _budget(bounds.returns, now),
                _budget(bounds.offers, now),
                _budget(bounds.asks, now),
                _budget(bounds.moves, now),
            )
        return found

    def forget(self, seats: Set[str], waiting: Set[str]) -> None:
        """All but these, of whom some wait. Now and then."""
        self._people = {seat: person for seat, person in self._people.items() if seat in seats}
        self.places = {seat: place for seat, place in self.places.items() if seat in waiting}


def _budget(bound: tuple[float, int], now: float) -> Budget:
    return Budget(bound[0], bound[1], now)
