"""What only the server itself asks of a meeting: nothing here can come over the wire."""

import msgspec

from protocol.formats import Format
from protocol.views import Deed, Role


class Ask(msgspec.Struct, frozen=True):
    pass


class Join(Ask, frozen=True):
    """Somebody came by a link. The seat id is made by the server, at random; the name is clean (see rooms/names.py).

    `link` is `<link>.<generation>`; the rules only ask whether two are the same. `personal`: an invite for one person.
    """

    seat: str
    role: Role
    name: str
    link: str = ""
    personal: bool = False


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


class Unlink(Ask, frozen=True):
    """These links, as `<link>.<generation>`, open nothing any more: who waits by them goes; with `inside`, everybody.

    `deed` is what the room is told, `by` the seat that did it; empty: a host, from outside the room.
    """

    links: frozenset[str]
    inside: bool
    deed: Deed
    by: str = ""


class Reform(Ask, frozen=True):
    """The room has another format from now on; the state is still in the plan before (see core.reform).

    `by` is the seat that changed it; empty: a host, from outside the room.
    """

    format: Format
    by: str = ""


class Announce(Ask, frozen=True):
    """A host says this to everybody inside, from outside the room. The text is clean."""

    id: str
    text: str


class TakeDown(Ask, frozen=True):
    """What was announced is not shown any more."""

    id: str


class Restart(Ask, frozen=True):
    """The server is back after it stopped: nobody is here yet, and no clock ran meanwhile."""


class Close(Ask, frozen=True):
    """The host, or time, ends the meeting."""
