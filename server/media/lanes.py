"""One outgoing stream of a room: one voice at a time, to one line of each listener; and a choir of such streams.

A packet gets its place in a lane's timeline once; per listener it is only given a header, protected and queued.
"""

import logging
import random
from collections.abc import Callable, Iterable, Iterator, Mapping

from server.guard import trace
from server.media import rtcp
from server.media.batch import Batch
from server.media.fan import Way, fan
from server.media.lines import Line
from server.media.peer import Peer
from server.media.rewrite import Left, Outgoing, Rtp, Timeline

log = logging.getLogger("lingkar.media")

HELD = 0.5  # seconds of quiet after which, where more are audible than there are lanes, another voice takes this one
CNAME = "room"  # of all streams, the same in every room
REPORTED = 5  # a listener gets each so many-th report: RFC 3550, section 6.2, wants seconds between them
KEPT = 256  # packets that can be repeated to a listener who lost them


class Lane:
    """A stream. Whoever is on it keeps it while they are audible, and is not sent it."""

    def __init__(self, number: int, left: Left) -> None:
        """`left`: who was on one of the lanes of this choir."""
        self.number = number
        self.source: str | None = None
        self.sent = 0  # packets, to all listeners together
        self.packets = self.octets = 0  # to each who listened all the time
        self.targets: dict[str, Line] = {}
        self._timeline = Timeline(random.getrandbits(32), left)
        self._hearing: frozenset[Line] = frozenset()  # the targets
        self._ways: dict[Batch, list[Way]] = {}  # to them
        self._since = 0  # the highest of the targets'
        self._kept: list[Outgoing | None] = [None] * KEPT

    def aim(self, listeners: Mapping[str, Peer]) -> None:
        """Work out anew whom to send to. A listener's own stream goes on where it stopped, without a gap."""
        timeline = self._timeline
        targets = (
            {seat: peer.lines[self.number] for seat, peer in listeners.items() if seat != self.source}
            if self.source is not None or timeline.sequence >= 0
            else {}  # nobody was ever on it
        )
        for seat, line in self.targets.items():
            if targets.get(seat) is not line:
                line.next = (timeline.sequence + 1 + line.offset) & 0xFFFF
                line.went(self.packets, self.octets)
        for seat, line in targets.items():
            if self.targets.get(seat) is not line:
                line.offset = timeline.offset(line.next)
                self._since = line.since = timeline.sequence + 1
                line.went(-self.packets, -self.octets)
        self.targets = targets
        self._hearing = frozenset(targets.values())
        self._ways = _ways(self._hearing)

    def take(self, seat: str, listeners: Mapping[str, Peer]) -> None:
        """From now on this is the voice."""
        self.source = seat
        self.aim(listeners)

    def let_go(self, now: float) -> None:
        """Of the voice. What was said before is not repeated either."""
        self._timeline.cut(now)
        for out in self._timeline.rest():
            self._spread(out)
        self.source = None
        self._kept = [None] * KEPT

    def quiet(self, now: float) -> float:
        """For how long nothing has come."""
        return now - self._timeline.at

    def heard(self, packet: Rtp, seat: str, now: float) -> bool:
        """A packet of the voice on this lane; whether it went out."""
        out = self._timeline.next(packet, seat, now)
        if out is None:
            return False
        self._kept[out.sequence % KEPT] = out
        self._spread(out)
        return True

    def repeat(self, line: Line, sequence: int) -> None:
        """Once more what this listener lost, by its own count, if it was sent that at all."""
        at = (sequence - line.offset) & 0xFFFF
        out = self._kept[at % KEPT]
        if out is None or out.sequence & 0xFFFF != at or out.sequence < line.since:
            return
        if line in self._hearing:
            line.send(out.header(line.ssrc, line.peer.offer.payload_type, line.offset) + out.payload)

    def report(self, turn: int, now: float, wall: float) -> None:
        """To each so many-th listener where their stream is; `turn` counts the calls."""
        timestamp = self._timeline.clock(now)
        for line in list(self.targets.values())[turn % REPORTED :: REPORTED]:
            packets, octets = line.packets + self.packets, line.octets + self.octets
            if packets > line.told:
                line.told = packets
                line.peer.report(rtcp.sender_report(line.ssrc, wall, timestamp, packets, octets, CNAME))

    def losses(self) -> Iterator[float]:
        """What the listeners of this voice say that they lose."""
        return (line.loss for line in self.targets.values() if line.packets + self.packets)

    def _spread(self, out: Outgoing) -> None:
        """Out with the port's next flush, to all listeners; to the newest of them not what is older than they are."""
        self.packets += 1
        self.octets += len(out.payload)
        for batch, ways in self._ways.items():
            if out.sequence < self._since:
                for way in ways:
                    if out.sequence < way.line.since:
                        way.line.went(-1, -len(out.payload))
                ways = [way for way in ways if out.sequence >= way.line.since]
            self.sent += len(ways)
            try:
                failed = fan(batch, out, ways)
            except Exception as bug:
                log.error("a bug, in sending to peers: %s", trace(bug))
                continue
            for line in failed:
                log.error("a bug, in sending to a peer: it cannot be encrypted")
                line.peer.close()


def _ways(lines: Iterable[Line]) -> dict[Batch, list[Way]]:
    found: dict[Batch, list[Way]] = {}
    for line in lines:
        way = line.way()
        if way is not None:
            found.setdefault(way[0], []).append(way[1])
    return found


class Choir:
    """The lanes for all listeners who have the same number of lines, and so hear the same."""

    def __init__(self, width: int) -> None:
        left: Left = {}
        self.lanes = tuple(Lane(number, left) for number in range(width))
        self.listeners: Mapping[str, Peer] = {}

    def aim(self, listeners: Mapping[str, Peer]) -> None:
        """These, all of whom have as many lines as there are lanes, hear it from now on."""
        self.listeners = listeners
        for lane in self.lanes:
            lane.aim(listeners)

    def find(self, seat: str) -> Lane | None:
        """The lane that this voice is on."""
        return next((lane for lane in self.lanes if lane.source == seat), None)

    def room_for(self, now: float) -> Lane | None:
        """The first that is free; or else, as nobody may be unheard for ever, the one where it is quiet for longest."""
        free = next((lane for lane in self.lanes if lane.source is None), None)
        if free is not None:
            return free
        lane = max(self.lanes, key=lambda lane: lane.quiet(now))
        return lane if lane.quiet(now) >= HELD else None

    def obey(self, audible: frozenset[str], now: float, gone: Callable[[str], None]) -> None:
        """Whoever is not audible leaves their lane at once; `gone` is told who."""
        for lane in self.lanes:
            seat = lane.source
            if seat is not None and seat not in audible:
                lane.let_go(now)
                lane.aim(self.listeners)
                gone(seat)
