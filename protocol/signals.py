"""WebRTC signalling. Not commands: nothing of it is decided by the rules or kept in a meeting."""

from typing import Annotated

from msgspec import Meta

from protocol.message import Message


class Offer(Message, frozen=True):
    """A browser's SDP offer, without candidates; acknowledged with the answer."""

    sdp: Annotated[str, Meta(max_length=16 * 1024)]
