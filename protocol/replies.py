"""Everything the server sends, and what a connection begins with."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType, field

from protocol.errors import Bye, Code, Known
from protocol.formats import Format
from protocol.message import MeetingTime, Part, SeatId
from protocol.views import Role, View, You


class Auth(Part, frozen=True, forbid_unknown_fields=True):
    """What a connection begins with: a link's secret and a name, the resume token and the same name, or the one-time
    code with which a seat moves here (its name is known: `name` is ignored then)."""

    v: int
    room: str
    name: str
    secret: str | UnsetType = UNSET
    resume: str | UnsetType = UNSET
    move: str | UnsetType = UNSET


class Done(Part, frozen=True, omit_defaults=False):
    """Acknowledgement of a command that was done (or had been done already)."""

    seq: int
    ok: Literal[True] = True


class Answered(Part, frozen=True, omit_defaults=False):
    """Acknowledgement of an offer that was taken: the SDP answer, with the server's addresses in it."""

    sdp: str
    ok: Literal[True] = True


class Refused(Part, frozen=True, omit_defaults=False):
    """Acknowledgement of a command that changed nothing."""

    code: Code
    ok: Literal[False] = False
    detail: str | UnsetType = UNSET


class Snapshot(Part, frozen=True, omit_defaults=False):
    """Everything this connection may see. Patches that follow count on from `seq`."""

    seq: int
    now: MeetingTime
    you: You
    view: View


class Patch(Part, frozen=True, omit_defaults=False):
    """An RFC 7396 merge patch from the view before; `seq` is one more than the last, else ask with `resync`."""

    seq: int
    patch: dict[str, Any]


class Dates(Part, frozen=True, omit_defaults=False):
    """When a planned room meets, as somebody hears who has a link of it. Moments are wall time, seconds since 1970."""

    now: float
    zone: Annotated[str, Meta(description="The room's own, as `Asia/Jakarta`.")]
    minutes: Annotated[int, Meta(description="How long a meeting is planned.")]
    doors: Annotated[int, Meta(description="How many minutes before its start the doors open.")]
    starts: Annotated[list[float], Meta(description="Of the next ones; empty when no more are planned.")]
    uid: Annotated[str, Meta(description="For entries in calendars: always the same for this room.")]


class Goodbye(Part, frozen=True):
    """The last thing a connection hears."""

    code: Bye
    reason: str = ""
    resume: Annotated[str, Meta(description="With `yours`: gives the seat.")] = ""
    knows: Annotated[list[Known], Meta(description="What the server still knows now.")] = field(default_factory=list)
    next: Annotated[Dates | UnsetType, Meta(description="With `closed`: of a room that has planned meetings.")] = UNSET


# Answers to what is asked for about links and devices (see `asked.py`)


class Link(Part, frozen=True):
    """A link that opens the room. `id`: `participant`, `facilitator`, `host`, or `invite-<n>` for a personal one."""

    id: str
    role: Role
    url: Annotated[str | UnsetType, Meta(description="Left out where the asker may not hand it on.")] = UNSET
    until: Annotated[float | UnsetType, Meta(description="Wall time, seconds since 1970: it opens nothing after.")] = (
        UNSET
    )
    people: Annotated[int, Meta(description="How many seats there are now of those who came by it.")] = 0
    seat: Annotated[SeatId | UnsetType, Meta(description="Of a personal invite: whose it is now.")] = UNSET


class Links(Part, frozen=True, omit_defaults=False):
    """Acknowledgement: the live links, as they are now. `made` is the one that was made or renewed."""

    links: list[Link]
    made: str = ""
    ok: Literal[True] = True


class Formats(Part, frozen=True, omit_defaults=False):
    """Acknowledgement: the formats that come with the server, and the room's own as it is now. `own`: it is none of
    them, but a copy that was changed."""

    formats: list[Format]
    current: Format
    own: bool = False
    ok: Literal[True] = True


class Way(Part, frozen=True, omit_defaults=False):
    """Acknowledgement of `move`: the way for another device, once and for `seconds`."""

    url: str
    size: Annotated[int, Meta(description="Width and height of the QR code, in modules, quiet zone included.")]
    path: Annotated[str, Meta(description="Its dark modules as the `d` of an SVG path in that box.")]
    seconds: float
    ok: Literal[True] = True
