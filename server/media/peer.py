"""One person's connection for sound: ICE, DTLS and SRTP, without any task, queue or await per packet.

A peer belongs to one offer. It has no restart: a browser that lost its way makes a new offer, and a new peer takes over
when it is connected. Whatever goes wrong ends this peer and nothing else.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pylibsrtp

from server.guard import Budget as Again
from server.guard import trace
from server.media import rtcp
from server.media.batch import Batch, Target
from server.media.budget import Budget
from server.media.ice import Credentials, Ice, new_credentials
from server.media.lines import lines
from server.media.port import Path, Port
from server.media.private import Certificate, Dtls, HandshakeFailed, context
from server.media.rtcp import Reception
from server.media.sdp import Offer

log = logging.getLogger("lingkar.media")

ARRIVING = 20.0  # seconds until a peer has to be connected
SOURCES = 2  # RTP sources that one peer may have: a browser changes its own at most when devices change
REPEATS = 50  # packets per second that it may ask for once more
REPORTERS = 3  # the same for RTCP: a browser that only listens reports under a number of its own, perhaps per line

# Whoever can forge this peer's address must not use up what the peer may send: only what has proven to be the peer's is
# counted in its budget. What has not is tried, which costs a few microseconds (measured: 4 for sound, 10 for a check;
# to read and drop a stranger's datagram costs 2), and after so many datagrams in a row everybody else has a turn (see
# `port`). A flood of forged packets therefore takes nothing from anybody that a somewhat larger flood of any datagrams,
# for which nothing need be forged, would not; while a limit on tries would be a lever: the peer's own packets would
# wait behind the forged ones. Limited is what costs more, or is kept, and what a browser hardly needs:
STRANGERS, AT_ONCE = 20.0, 40  # packets per second of sources that neither the offer named nor a packet has proven
FLIGHTS, FLIGHT = 20.0, 64  # DTLS datagrams per second: they can be forged during the handshake, and broken, anyway


class Peer:
    """`heard` is told each decrypted RTP packet, `reported` each RTCP one, `changed` that it connected or closed."""

    def __init__(
        self,
        port: Port,
        certificate: Certificate,
        offer: Offer,
        *,
        heard: Callable[["Peer", bytes, float], None],
        reported: Callable[["Peer", bytes, float], None],
        changed: Callable[["Peer"], None],
    ) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self.offer = offer
        self.local: Credentials = new_credentials()
        self.lines = lines(self, len(offer.mids))  # what it is sent
        self.ssrc = self.lines[0].ssrc
        self.connected = self.closed = False
        self.reception: Reception | None = None  # of what it sends
        self.again = Again(REPEATS, rtcp.MOST_ASKED, now)
        self._port = port
        self._heard, self._reported, self._changed = heard, reported, changed
        self._budget = Budget(now)
        self._strangers, self._flights = Again(STRANGERS, AT_ONCE, now), Again(FLIGHTS, FLIGHT, now)
        self._announced = frozenset(ssrc.to_bytes(4, "big") for ssrc in offer.ssrcs)
        self._sources: set[bytes] = set()
        self._reporters: set[bytes] = set()
        self._most = REPORTERS + len(offer.more)
        self._path: Path | None = None
        self._reached = asyncio.Event()
        remote = Credentials(offer.ufrag, offer.pwd)
        self._ice = Ice(self.local, remote, send=port.send, learnt=self._learnt, left=self._left, now=now)
        self._dtls = Dtls(certificate, offer.fingerprint, self._send)
        self._incoming: Any = None
        self._outgoing: Any = None
        port.admit(self.local.ufrag, self)
        self.life = loop.create_task(self._live())

    # what the port brings

    def check(self, data: bytes, path: Path, now: float) -> None:
        times = self._ice.times(data)
        if times == 0 or (times == 1 and not self._budget.take(now, len(data))):
            return
        if self._ice.obey(data, path, now) and self._ice.path is not None and self._ice.path != self._path:
            self._path = self._ice.path
            self._reached.set()
            if self.connected:
                self._changed(self)

    def take(self, kind: str, data: bytes, path: Path, now: float) -> None:
        if kind == "dtls":
            if self._flights.take(now):
                self._dtls.take(data)
        elif self.connected:
            try:
                self._sound(data, now) if kind == "srtp" else self._report(data, now)
            except pylibsrtp.Error:
                return  # forged, repeated or too late

    def _sound(self, data: bytes, now: float) -> None:
        source = data[8:12]
        if source not in self._sources:
            if len(self._sources) >= SOURCES or not (source in self._announced or self._strangers.take(now)):
                return
            packet = self._incoming.unprotect(data)
            self._sources.add(source)
        else:
            packet = self._incoming.unprotect(data)
        if self._budget.take(now, len(data)):
            self._heard(self, packet, now)

    def _report(self, data: bytes, now: float) -> None:
        reporter = data[4:8]
        if reporter not in self._reporters:
            if len(self._reporters) >= self._most or not (reporter in self._announced or self._strangers.take(now)):
                return
            packet = self._incoming.unprotect_rtcp(data)
            self._reporters.add(reporter)
        else:
            packet = self._incoming.unprotect_rtcp(data)
        if self._budget.take(now, len(data)):
            self._reported(self, packet, now)

    # what goes to the person

    def send(self, packet: bytes) -> bool:
        """An RTP packet, out with the port's next flush; false when there is no way."""
        if self._path is None or not self.connected:
            return False
        self._port.queue(self._outgoing.protect(packet), self._path)
        return True

    def way(self) -> tuple[Batch, Any, Target] | None:
        """Through what packets get here, encrypted with what, and where to; until the path changes."""
        target = self._path.inlet.batch.target(self._path.address) if self._path is not None else None
        if self._path is None or target is None or not self.connected:
            return None
        return self._path.inlet.batch, context(self._outgoing), target

    def report(self, packet: bytes) -> None:
        """A compound RTCP packet, at once."""
        if self._path is not None and self.connected:
            self._port.send(self._outgoing.protect_rtcp(packet), self._path)

    # its life

    @property
    def hosts(self) -> set[str]:
        """The addresses of this peer."""
        return self._ice.hosts

    def watch(self, now: float) -> None:
        """Once a second."""
        if not self.closed and (self._budget.flooded(now) or not self._ice.watch(now)):
            self.close()

    def close(self) -> None:
        """Nothing is taken or sent from now on, but for a goodbye; `life` ends soon."""
        if self.closed:
            return
        self.closed, self.connected = True, False
        self._port.dismiss(self.local.ufrag, self)
        self._ice.close()
        if asyncio.current_task() is not self.life:
            self.life.cancel()
        self._changed(self)

    async def _live(self) -> None:
        try:
            async with asyncio.timeout(ARRIVING):
                await self._reached.wait()
                self._incoming, self._outgoing = await self._dtls.agree()
            if not self.closed:  # `wait_for`, which the handshake uses, may lose a cancellation
                self.connected = True
                self._changed(self)
                await self._dtls.ended()
        except (TimeoutError, HandshakeFailed, asyncio.CancelledError):
            pass
        except Exception as bug:
            log.error("a bug, in a peer's life: %s", trace(bug))
        finally:
            self.close()
            await self._dtls.close()
            self._path = None

    def _learnt(self, path: Path) -> None:
        self._port.learn(path, self)

    def _left(self, path: Path) -> None:
        self._port.leave(path, self)

    def _send(self, data: bytes) -> None:
        if self._path is not None:
            self._port.send(data, self._path)
