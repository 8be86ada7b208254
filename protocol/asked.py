"""What people ask the server for that is no act in the meeting: links, and another device. Event `ask`, acknowledged.

Facilitators and hosts ask about links; everybody who has a seat may move it. Nothing of this is decided by the rules;
what the room should know of it, it hears as an act (see `Act`).
"""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from protocol.formats import Format
from protocol.message import Message
from protocol.views import Role

LinkId = Annotated[str, Meta(min_length=1, max_length=24, description="A link, as `list-links` names it.")]
Hours = Annotated[float, Meta(ge=0, le=24 * 366, description="Until it expires; 0: it does not.")]


class ListLinks(Message, frozen=True):
    """Which links open this room now?"""


class MakeInvite(Message, frozen=True):
    """A personal invite: for one person, who walks in with it; whoever comes by it after them waits to be confirmed."""

    role: Role = Role.PARTICIPANT
    hours: Hours = 0


class RenewLink(Message, frozen=True):
    """Another secret for this link: the old one opens nothing. Whoever is in stays; who waits by it does not."""

    link: LinkId
    hours: Hours = 0


class RevokeLink(Message, frozen=True):
    """This link opens nothing any more, and everybody who came by it goes."""

    link: LinkId


class Move(Message, frozen=True):
    """A way for my seat to another device: once, and for a short while."""


class ListFormats(Message, frozen=True):
    """Which formats are there, and which is this room's?"""


class SetFormat(Message, frozen=True):
    """Let the room have this format from now on: one that comes with the server, by its name, or this very one."""

    name: Annotated[str, Meta(max_length=40)] = ""
    format: Format | UnsetType = UNSET


Asked = ListLinks | MakeInvite | RenewLink | RevokeLink | Move | ListFormats | SetFormat
