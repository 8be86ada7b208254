"""What only the server itself asks of a meeting: nothing here can come over the wire."""

import msgspec

from protocol.views import Role


class Ask(msgspec.Struct, frozen=True):
    pass


class Join(Ask, frozen=True):
    """Somebody came by a link. The seat id is made by the server, at random; the name is clean (see rooms/names.py)."""

    seat: str
    role: Role
    name: str


class Return(Ask, frozen=True):
    """The seat has a live connection again."""

    seat: str
    name: str


class Drop(Ask, frozen=True):
    """The seat's connection ended by anything but `leave`."""

    seat: str


class Hear(Ask, frozen=True):
    """Sound reaches exactly these seats now."""

    seats: frozenset[str]


class Restart(Ask, frozen=True):
    """The server is back after it stopped: nobody is here yet, and no clock ran meanwhile."""


class Close(Ask, frozen=True):
    """The host, or time, ends the meeting."""
