"""One room's sound: what whoever is audible says goes to everyone who listens, and nothing else goes to anybody.

This is the only place that chooses a source. Where several are audible each has a lane (see `lanes`); one alone is on
the first. Whoever has fewer lines than there are voices hears as many, those who go on speaking.
"""

from collections.abc import Callable, Mapping

from server.media import rtcp
from server.media.fan import MOST
from server.media.lanes import CNAME, Choir, Lane
from server.media.level import Meter
from server.media.peer import Peer
from server.media.rewrite import parse
from server.media.rtcp import Reception


class Forwarder:
    """`peers` are the room's connected ones by seat: a live mapping that its owner keeps, telling `aim` of changes."""

    def __init__(self, peers: Mapping[str, Peer], level: Callable[[str, int], None]) -> None:
        """`level` is told a seat and how loud it speaks, 0 to 4, at most five times a second."""
        self.audible: frozenset[str] = frozenset()
        self.listeners: frozenset[str] = frozenset()
        self._peers = peers
        self._level = level
        self._choirs: dict[int, Choir] = {}  # by the number of lines
        self._lanes: dict[str, list[Lane]] = {}  # that somebody is on, in different choirs; for each voice
        self._meters: dict[str, Meter] = {}  # of each voice
        self._reports = 0
        self._sent = 0  # on lanes that are no more

    @property
    def sent(self) -> int:
        """Packets, to all listeners together."""
        return self._sent + sum(lane.sent for choir in self._choirs.values() for lane in choir.lanes)

    def obey(self, audible: frozenset[str], listeners: frozenset[str], now: float) -> None:
        """Who may be heard by whom, from this moment on."""
        self.audible, self.listeners = audible, listeners
        self.aim()
        for choir in list(self._choirs.values()):
            choir.obey(audible, now, self._left)

    def aim(self) -> None:
        """Work out anew whom to send to."""
        found: dict[int, dict[str, Peer]] = {}
        for seat, peer in self._peers.items():
            if peer.connected and seat in self.listeners:
                found.setdefault(len(peer.lines), {})[seat] = peer
        for width in found.keys() - self._choirs.keys():
            self._choirs[width] = Choir(width)
        for width, choir in list(self._choirs.items()):
            choir.aim(found.get(width, {}))
            if width not in found:
                self._dissolve(width)

    def _dissolve(self, width: int) -> None:
        """Nobody has so many lines any more."""
        for lane in self._choirs.pop(width).lanes:
            self._sent += lane.sent
            seat, lane.source = lane.source, None
            if seat is not None:
                self._left(seat)

    def heard(self, seat: str, peer: Peer, data: bytes, now: float) -> None:
        """A decrypted packet of this seat's peer."""
        if seat not in self.audible:
            return
        packet = parse(data, peer.offer.level_extension)
        if packet is None or packet.payload_type != peer.offer.payload_type or len(packet.payload) > MOST:
            return
        lanes = self._lanes.get(seat)
        if lanes is None or len(lanes) < len(self._choirs):
            lanes = self._join(seat, peer, now)
            if not lanes:
                return
        if peer.reception is None or peer.reception.ssrc != packet.ssrc:
            peer.reception = Reception(packet.ssrc)
        peer.reception.came(packet.sequence, packet.timestamp, now)
        out = False
        for lane in lanes:
            out |= lane.heard(packet, seat, now)
        if out and packet.level is not None:
            self._tell(seat, self._meters[seat].heard(packet.level, now))

    def reported(self, peer: Peer, data: bytes, now: float) -> None:
        """A decrypted RTCP datagram: what a listener lost, and asks for once more."""
        said = rtcp.parse(data)
        if said is None:
            return
        lines = {line.ssrc: line for line in peer.lines}
        for block in said.blocks:
            if block.ssrc in lines:
                lines[block.ssrc].loss = block.loss
        choir = self._choirs.get(len(lines))
        for ssrc, sequence in said.asked:
            if ssrc in lines and choir is not None and peer.again.take(now):
                choir.lanes[lines[ssrc].number].repeat(lines[ssrc], sequence)
        if peer.reception is not None and peer.reception.ssrc in said.sent:
            peer.reception.reported(said.sent[peer.reception.ssrc], now)

    def report(self, now: float, wall: float) -> None:
        """Once a second: to who speaks how it arrives here and at the listeners, to these where their streams are."""
        self._reports += 1
        for choir in self._choirs.values():
            for lane in choir.lanes:
                lane.report(self._reports, now, wall)
        for seat, lanes in self._lanes.items():
            speaker = self._peers.get(seat)
            if speaker is None or speaker.reception is None:
                continue
            block = speaker.reception.block(now, rtcp.worst([loss for lane in lanes for loss in lane.losses()]))
            if block is not None:
                speaker.report(rtcp.receiver_report(speaker.ssrc, [block], CNAME))

    def tick(self, now: float) -> None:
        """A few times a second: who says nothing is not shown as speaking."""
        for seat, meter in list(self._meters.items()):
            self._tell(seat, meter.tick(now))

    def _tell(self, seat: str, step: int | None) -> None:
        if step is not None:
            self._level(seat, step)

    def _join(self, seat: str, peer: Peer, now: float) -> list[Lane]:
        """On a lane of each choir where there is room; the lanes that this voice is on then."""
        found = []
        for choir in list(self._choirs.values()):
            lane = choir.find(seat)
            if lane is None and (lane := choir.room_for(now)) is not None:
                former = lane.source
                if former is not None:
                    lane.let_go(now)
                    self._left(former)
                lane.take(seat, choir.listeners)
            if lane is not None:
                found.append(lane)
        found = [lane for lane in found if lane.source == seat]  # what went out may have ended the last of a choir
        if found and seat not in self._lanes:
            peer.reception = None  # what it sent while nobody listened is not lost
            self._meters[seat] = Meter()
        if found:
            self._lanes[seat] = found
        return found

    def _left(self, seat: str) -> None:
        """A lane. Who is on none is shown as silent, at once."""
        lanes = [lane for lane in self._lanes.get(seat, ()) if lane.source == seat]
        if lanes:
            self._lanes[seat] = lanes
        elif self._lanes.pop(seat, None) is not None:
            self._tell(seat, self._meters.pop(seat).over())
