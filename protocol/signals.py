"""About sound and the line itself. Not commands: nothing of it is decided by the rules or kept in a meeting."""

from typing import Annotated

from msgspec import Meta

from protocol.message import Message, SeatId


class Level(Message, frozen=True):
    """How loud somebody speaks who is heard now: a hint from their browser (RFC 6464), at most five times a second."""

    seat: SeatId
    step: Annotated[int, Meta(ge=0, le=4, description="0 is silence, 4 is loud.")]


class Offer(Message, frozen=True):
    """A browser's SDP offer, without candidates; acknowledged with the answer."""

    sdp: Annotated[str, Meta(max_length=16 * 1024)]


class Restarting(Message, frozen=True):
    """The server stops, and is back in a moment: everything is kept, come back as after a drop."""


Signal = Level | Restarting
