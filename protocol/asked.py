"""What people ask the server for that is no act in the meeting: links, and another device. Event `ask`, acknowledged.

Facilitators and hosts ask about links; everybody who has a seat may move it. Nothing of this is decided by the rules;
what the room should know of it, it hears as an act (see `Act`).
"""

from typing import Annotated

from msgspec import Meta

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


Asked = ListLinks | MakeInvite | RenewLink | RevokeLink | Move
