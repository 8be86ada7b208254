"""Sound for all rooms: makes it so that who may be heard is heard, by those who may hear, and by nobody else.

Told what is (`obey`, `gone`, `over`), any number of times and in any order; keeps nothing that would have to agree with
a meeting's state. Nothing here raises into a meeting, except a refused offer to the one who made it.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from protocol.errors import Code, Rejected
from server.guard import trace
from server.media.answer import Ours, answer
from server.media.forwarder import Forwarder
from server.media.peer import Peer
from server.media.port import Port
from server.media.private import Certificate, new_certificate
from server.media.sdp import SPEECH, SdpRefused, check

log = logging.getLogger("lingkar.media")

MOST = 1000  # peers of one server
RENEWED = 10 * 24 * 3600.0  # seconds after which new peers get another certificate; one is valid for 30 days
TICK = 0.25  # seconds between looks at who speaks
TICKS = 4  # of these between looks at who is still there, and reports
CLOSING = 2.0  # seconds that the goodbyes to all peers may take


class Told(Protocol):
    """Who wants to know what happens in meetings."""

    def connected(self, meeting: str, seats: frozenset[str]) -> None:
        """Sound reaches these seats now, and no others. Never called from within a call of ours."""

    def level(self, meeting: str, seat: str, step: int) -> None:
        """How loud the speaker is, 0 to 4; at most five times a second."""


class _Room:
    def __init__(self, level: Callable[[str, int], None]) -> None:
        self.peers: dict[str, Peer] = {}  # connected, by seat
        self.coming: dict[str, Peer] = {}  # not yet
        self.forwarder = Forwarder(self.peers, level)

    def all(self) -> list[Peer]:
        return [*self.peers.values(), *self.coming.values()]


class Media:
    def __init__(self, port: Port, told: Told | None = None, wall: Callable[[], float] = time.time) -> None:
        """`wall` is the time of day, in seconds since 1970: by it certificates grow old."""
        self._port, self._told, self._wall = port, told, wall
        self._certificate: Certificate = new_certificate()
        self._made = wall()
        self._rooms: dict[str, _Room] = {}
        self._lives: set[asyncio.Task[None]] = set()
        self._reached: dict[str, frozenset[str]] = {}  # as last told
        self._telling: set[str] = set()
        self._ticks = 0
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(TICK, self._watch)

    @property
    def peers(self) -> int:
        """Connections, also those on their way in or out."""
        return len(self._lives)

    def hosts(self, meeting: str) -> dict[str, list[str]]:
        """Where sound comes from and goes to, by seat."""
        room = self._rooms.get(meeting)
        found: dict[str, set[str]] = {}
        for seat, peer in [*room.peers.items(), *room.coming.items()] if room is not None else []:
            found.setdefault(seat, set()).update(peer.hosts)
        return {seat: sorted(hosts) for seat, hosts in found.items()}

    def connected(self, meeting: str) -> frozenset[str]:
        """The seats whose sound can flow: the real answer to who hears, for those who listen."""
        room = self._rooms.get(meeting)
        return frozenset(room.peers) if room is not None else frozenset()

    @property
    def sent(self) -> int:
        """Packets that were forwarded in the rooms that there are."""
        return sum(room.forwarder.sent for room in self._rooms.values())

    def answer(self, meeting: str, seat: str, offered: str) -> str:
        """SDP for a seat's offer; `Rejected` for an offer that is none, or from somebody who is not in the room."""
        try:
            offer = check(offered)
        except SdpRefused:
            raise Rejected(Code.MALFORMED) from None
        room = self._rooms.get(meeting)
        if room is None or seat not in room.forwarder.listeners:
            raise Rejected(Code.NOT_ADMITTED)
        if len(self._lives) >= MOST:
            raise Rejected(Code.NOT_NOW)
        former = room.coming.pop(seat, None)
        if former is not None:
            former.close()
        forwarder, certificate = room.forwarder, self._valid()
        peer = Peer(
            self._port,
            certificate,
            offer,
            heard=lambda peer, packet, now: forwarder.heard(seat, peer, packet, now),
            reported=forwarder.reported,
            changed=lambda peer: self._changed(meeting, room, seat, peer),
        )
        self._lives.add(peer.life)
        peer.life.add_done_callback(self._lives.discard)
        room.coming[seat] = peer
        ours = Ours(peer.local, certificate.fingerprint(), [line.ssrc for line in peer.lines])
        return answer(offer, ours, SPEECH, [(address, self._port.number) for address in self._port.addresses])

    def _valid(self) -> Certificate:
        """The one that new peers get; those that there are keep theirs."""
        if not 0 <= self._wall() - self._made < RENEWED:  # also when the clock was set back
            self._certificate, self._made = new_certificate(), self._wall()
        return self._certificate

    def obey(self, meeting: str, audible: frozenset[str], listeners: frozenset[str]) -> None:
        """From now on these are heard, by these; peers of everybody else are closed."""
        room = self._rooms.get(meeting)
        if not listeners:
            return self.over(meeting)
        if room is None:
            room = self._rooms[meeting] = _Room(partial(self._tell, meeting))
        if (audible, listeners) == (room.forwarder.audible, room.forwarder.listeners):
            return None
        return self._safely(partial(self._obey, room, audible, listeners))

    def _obey(self, room: _Room, audible: frozenset[str], listeners: frozenset[str]) -> None:
        room.forwarder.obey(audible, listeners, self._loop.time())
        self._port.flush()
        for seat in (room.peers.keys() | room.coming.keys()) - listeners:
            self._close(room, seat)

    def gone(self, meeting: str, seat: str) -> None:
        """The seat's connection is no more; a new one makes a new offer."""
        room = self._rooms.get(meeting)
        if room is not None:
            self._safely(partial(self._close, room, seat))

    def over(self, meeting: str) -> None:
        """The meeting has ended."""
        room = self._rooms.pop(meeting, None)
        if room is not None:
            self._safely(partial(self._obey, room, frozenset(), frozenset()))

    async def close(self) -> None:
        """The server stops."""
        self._timer.cancel()
        for meeting in list(self._rooms):
            self.over(meeting)
        if self._lives:
            await asyncio.wait(self._lives, timeout=CLOSING)
        self._port.close()

    def _close(self, room: _Room, seat: str) -> None:
        for peer in (room.peers.get(seat), room.coming.get(seat)):
            if peer is not None:
                peer.close()

    def _changed(self, meeting: str, room: _Room, seat: str, peer: Peer) -> None:
        """It connected, and takes the place of the one before; or it closed."""
        if peer.connected and room.coming.get(seat) is peer:
            before = room.peers.get(seat)
            room.peers[seat] = room.coming.pop(seat)
            if before is not None:
                before.close()
        elif peer.closed:
            for place in (room.peers, room.coming):
                if place.get(seat) is peer:
                    del place[seat]
        room.forwarder.aim()
        if self._told is not None and meeting not in self._telling:
            self._telling.add(meeting)
            self._loop.call_soon(self._tell_connected, meeting)

    def _tell_connected(self, meeting: str) -> None:
        self._telling.discard(meeting)
        seats = self.connected(meeting)
        if self._told is not None and seats != self._reached.get(meeting, frozenset()):
            self._reached[meeting] = seats
            if not seats:
                del self._reached[meeting]
            self._safely(partial(self._told.connected, meeting, seats))

    def _watch(self) -> None:
        self._timer = self._loop.call_later(TICK, self._watch)
        self._ticks += 1
        now = self._loop.time()
        for room in list(self._rooms.values()):
            self._safely(partial(room.forwarder.tick, now))
            if self._ticks % TICKS == 0:
                for peer in room.all():
                    self._safely(partial(peer.watch, now))
                self._safely(partial(room.forwarder.report, now, time.time()))

    def _tell(self, meeting: str, seat: str, step: int) -> None:
        if self._told is not None:
            self._safely(partial(self._told.level, meeting, seat, step))

    def _safely(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Exception as bug:
            log.error("a bug, in media: %s", trace(bug))
