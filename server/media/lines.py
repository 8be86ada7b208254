"""One of the streams that a peer is sent: a line of its offer, and where that stream stands."""

import secrets
from typing import TYPE_CHECKING

from server.media.batch import Batch
from server.media.fan import Way

if TYPE_CHECKING:
    from server.media.peer import Peer


class Line:
    """The number `n` of a peer carries one voice at a time, and the same one to everybody who has as many lines."""

    __slots__ = ("loss", "next", "number", "octets", "offset", "packets", "peer", "since", "ssrc", "told")

    def __init__(self, peer: "Peer", number: int, ssrc: int) -> None:
        self.peer, self.number = peer, number
        self.ssrc = ssrc
        self.next = 64 + secrets.randbelow(32_000)  # sequence
        self.offset = self.since = 0  # since it is a target: the distance to the lane's sequence, and that at the start
        # what the reports say
        self.packets = self.octets = 0  # sent; while it is one of a lane's targets, less what that has spread
        self.told = 0  # packets at the last report
        self.loss = 0.0  # as the peer says

    def send(self, packet: bytes) -> None:
        """An RTP packet, out with the port's next flush."""
        if self.peer.send(packet):
            self.went(1, len(packet) - 12)

    def went(self, packets: int, octets: int) -> None:
        """So many more were sent, or by a lane that counts once for all."""
        self.packets += packets
        self.octets += octets

    def way(self) -> tuple[Batch, Way] | None:
        """How the lane's packets get here, and through what; until the path or `offset` changes."""
        found = self.peer.way()
        if found is None:
            return None
        batch, keys, target = found
        return batch, Way(keys, target.at, self.ssrc, self.peer.offer.payload_type, self.offset, self, target)


def lines(peer: "Peer", count: int) -> tuple[Line, ...]:
    """So many, each with a number of its own."""
    ssrcs: set[int] = set()
    while len(ssrcs) < count:
        ssrcs.add(secrets.randbits(31) + 1)
    return tuple(Line(peer, number, ssrc) for number, ssrc in enumerate(ssrcs))
