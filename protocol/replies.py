"""Everything the server sends, and what a connection begins with."""

from typing import Any, Literal

from msgspec import UNSET, UnsetType

from protocol.errors import Bye, Code
from protocol.message import MeetingTime, Part
from protocol.views import View, You


class Auth(Part, frozen=True, forbid_unknown_fields=True):
    """What a connection begins with: a link's secret and a name, or the resume token and the same name."""

    v: int
    room: str
    name: str
    secret: str | UnsetType = UNSET
    resume: str | UnsetType = UNSET


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


class Goodbye(Part, frozen=True):
    """The last thing a connection hears."""

    code: Bye
    reason: str = ""
