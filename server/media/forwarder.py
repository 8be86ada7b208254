"""One room's sound: what whoever is audible says goes to everyone who listens, and nothing else goes to anybody.

This is the only place that chooses a source. A packet gets its place in the room's one timeline once; per listener it
is only given a header, protected and queued.
"""

import logging
import random
from collections.abc import Callable, Iterable, Mapping

from server.guard import trace
from server.media import rtcp
from server.media.batch import Batch
from server.media.fan import MOST, Way, fan
from server.media.level import Meter
from server.media.peer import Peer
from server.media.rewrite import Outgoing, Timeline, parse
from server.media.rtcp import Reception

log = logging.getLogger("lingkar.media")

HELD = 0.5  # seconds of quiet after which, where several may be heard, another voice takes the stream
CNAME = "room"  # of the one stream, the same in every room
REPORTED = 5  # a listener gets each so many-th report: RFC 3550, section 6.2, wants seconds between them
KEPT = 256  # packets that can be repeated to a listener who lost them


class Forwarder:
    """`peers` are the room's connected ones by seat: a live mapping that its owner keeps, telling `aim` of changes."""

    def __init__(self, peers: Mapping[str, Peer], level: Callable[[str, int], None]) -> None:
        """`level` is told a seat and how loud it speaks, 0 to 4, at most five times a second."""
        self.audible: frozenset[str] = frozenset()
        self.listeners: frozenset[str] = frozenset()
        self.sent = 0  # packets, to all listeners together
        self.packets = self.octets = 0  # to each who listened all the time
        self._peers = peers
        self._level = level
        self._meter = Meter()
        self._timeline = Timeline(random.getrandbits(32))
        self._source: str | None = None
        self._targets: dict[str, Peer] = {}
        self._hearing: frozenset[Peer] = frozenset()  # the targets
        self._ways: dict[Batch, list[Way]] = {}  # to them
        self._since = 0  # the highest of the targets'
        self._reports = 0
        self._kept: list[Outgoing | None] = [None] * KEPT

    def obey(self, audible: frozenset[str], listeners: frozenset[str], now: float) -> None:
        """Who may be heard by whom, from this moment on."""
        self.audible, self.listeners = audible, listeners
        self.aim()
        if self._source is not None and self._source not in audible:
            self._let_go(now)
            self.aim()

    def aim(self) -> None:
        """Work out anew whom to send to. A listener's own stream goes on where it stopped, without a gap."""
        targets = {
            seat: peer
            for seat, peer in self._peers.items()
            if peer.connected and seat in self.listeners and seat != self._source
        }
        for seat, peer in self._targets.items():
            if targets.get(seat) is not peer:
                peer.next = (self._timeline.sequence + 1 + peer.offset) & 0xFFFF
                peer.went(self.packets, self.octets)
        for seat, peer in targets.items():
            if self._targets.get(seat) is not peer:
                peer.offset = self._timeline.offset(peer.next)
                self._since = peer.since = self._timeline.sequence + 1
                peer.went(-self.packets, -self.octets)
        self._targets = targets
        self._hearing = frozenset(targets.values())
        self._ways = _ways(self._hearing)

    def heard(self, seat: str, peer: Peer, data: bytes, now: float) -> None:
        """A decrypted packet of this seat's peer."""
        if seat not in self.audible:
            return
        packet = parse(data, peer.offer.level_extension)
        if packet is None or packet.payload_type != peer.offer.payload_type or len(packet.payload) > MOST:
            return
        if seat != self._source:
            if not self._take_over(seat, now):
                return
            peer.reception = None  # what it sent while nobody listened is not lost
        if peer.reception is None or peer.reception.ssrc != packet.ssrc:
            peer.reception = Reception(packet.ssrc)
        peer.reception.came(packet.sequence, packet.timestamp, now)
        out = self._timeline.next(packet, seat, now)
        if out is None:
            return
        self._kept[out.sequence % KEPT] = out
        self._spread(out)
        if packet.level is not None:
            self._tell(self._meter.heard(packet.level, now))

    def reported(self, peer: Peer, data: bytes, now: float) -> None:
        """A decrypted RTCP datagram: what a listener lost, and asks for once more."""
        said = rtcp.parse(data)
        if said is None:
            return
        for block in said.blocks:
            if block.ssrc == peer.ssrc:
                peer.loss = block.loss
        for ssrc, sequence in said.asked:
            if ssrc == peer.ssrc and peer.again.take(now):
                self.repeat(peer, sequence)
        if peer.reception is not None and peer.reception.ssrc in said.sent:
            peer.reception.reported(said.sent[peer.reception.ssrc], now)

    def report(self, now: float, wall: float) -> None:
        """Once a second: to the speaker how it arrives here and at the listeners, to these where their stream is."""
        self._reports += 1
        timestamp = self._timeline.clock(now)
        for peer in list(self._targets.values())[self._reports % REPORTED :: REPORTED]:
            packets, octets = peer.packets + self.packets, peer.octets + self.octets
            if packets > peer.told:
                peer.told = packets
                peer.report(rtcp.sender_report(peer.ssrc, wall, timestamp, packets, octets, CNAME))
        speaker = self._peers.get(self._source) if self._source is not None else None
        if speaker is not None and speaker.reception is not None:
            losses = [peer.loss for peer in self._targets.values() if peer.packets + self.packets]
            block = speaker.reception.block(now, rtcp.worst(losses))
            if block is not None:
                speaker.report(rtcp.receiver_report(speaker.ssrc, [block], CNAME))

    def tick(self, now: float) -> None:
        """A few times a second: who says nothing is not shown as speaking."""
        self._tell(self._meter.tick(now))

    def _tell(self, step: int | None) -> None:
        if step is not None and self._source is not None:
            self._level(self._source, step)

    def repeat(self, peer: Peer, sequence: int) -> None:
        """Once more what this listener lost, by its own count, if it was sent that at all."""
        at = (sequence - peer.offset) & 0xFFFF
        out = self._kept[at % KEPT]
        if out is None or out.sequence & 0xFFFF != at or out.sequence < peer.since:
            return
        if peer in self._hearing:
            peer.send(out.header(peer.ssrc, peer.offer.payload_type, peer.offset) + out.payload)

    def _take_over(self, seat: str, now: float) -> bool:
        if self._source is not None and now - self._timeline.at < HELD:
            return False
        if self._source is not None:
            self._let_go(now)
        self._source = seat
        self.aim()
        return True

    def _let_go(self, now: float) -> None:
        """Of the source. What was said before is not repeated either."""
        self._tell(self._meter.over())
        self._timeline.cut(now)
        for out in self._timeline.rest():
            self._spread(out)
        self._source = None
        self._kept = [None] * KEPT

    def _spread(self, out: Outgoing) -> None:
        """Out with the port's next flush, to all listeners; to the newest of them not what is older than they are."""
        self.packets += 1
        self.octets += len(out.payload)
        for batch, ways in self._ways.items():
            if out.sequence < self._since:
                for way in ways:
                    if out.sequence < way.peer.since:
                        way.peer.went(-1, -len(out.payload))
                ways = [way for way in ways if out.sequence >= way.peer.since]
            self.sent += len(ways)
            try:
                failed = fan(batch, out, ways)
            except Exception as bug:
                log.error("a bug, in sending to peers: %s", trace(bug))
                continue
            for peer in failed:
                log.error("a bug, in sending to a peer: it cannot be encrypted")
                peer.close()


def _ways(peers: Iterable[Peer]) -> dict[Batch, list[Way]]:
    found: dict[Batch, list[Way]] = {}
    for peer in peers:
        way = peer.way()
        if way is not None:
            found.setdefault(way[0], []).append(way[1])
    return found
