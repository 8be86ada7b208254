"""Every private name of aiortc and pylibsrtp that we lean on, and nothing else.

Of aiortc it is the DTLS association without its peer connection, of pylibsrtp its door to libsrtp. Both are pinned;
`missing()` is part of the self-test at start, so that another version is noticed before a meeting is.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, cast

import pylibsrtp
from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCIceTransport
from aiortc.rtcdtlstransport import RTCDtlsTransport
from OpenSSL import SSL
from pylibsrtp import Session

# srtp_protect(context, packet, length): encrypts in place, and lengthens; 0 when it went well. The packet needs
# `batch.TRAILER` bytes of room behind it.
protect: Callable[[Any, Any, Any], int] = getattr(getattr(pylibsrtp, "lib", None), "srtp_protect", lambda *_: 1)


def context(session: Session) -> Any:
    """What `protect` takes; valid for as long as the session lives."""
    return session._srtp[0]


FLIGHT = 16  # datagrams of a handshake that may wait
HANDSHAKE = 15.0  # seconds; a browser that needs more makes a new offer
ENDING = 1.0  # seconds that a goodbye may take

_WANTED = ("_set_role", "_recv_next", "_setup_srtp", "_validate_peer_identity", "_write_ssl", "start", "stop")
_KEPT = ("_rx_srtp", "_tx_srtp", "_task", "_srtp_profiles", "_transport")


class HandshakeFailed(Exception):
    """No association came about. Says nothing about whom."""


class Certificate(RTCCertificate):
    """One for the whole server, and one context: a storm of people who join makes neither anew."""

    _context: SSL.Context | None = None

    def _create_ssl_context(self, srtp_profiles: Any) -> SSL.Context:
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
        return self._context

    def fingerprint(self) -> str:
        """SHA-256, as SDP writes it."""
        return next(one.value for one in self.getFingerprints() if one.algorithm == "sha-256")


def new_certificate() -> Certificate:
    made: Certificate = Certificate.generateCertificate()
    return made


class _Way:
    """What `RTCDtlsTransport` takes for its ICE transport: it only ever gets DTLS, and sends over the chosen path."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self.came: asyncio.Queue[bytes] = asyncio.Queue(FLIGHT)
        self._put = send

    async def _recv(self) -> bytes:
        return await self.came.get()

    async def _send(self, data: bytes) -> None:
        self._put(data)


def _transport(way: _Way, certificate: Certificate) -> RTCDtlsTransport:
    return RTCDtlsTransport(cast(RTCIceTransport, way), [certificate])


class Dtls:
    """One association. `fingerprint` is the SHA-256 one that the peer must have; `begins`: whether we say hello."""

    def __init__(
        self, certificate: Certificate, fingerprint: str, send: Callable[[bytes], None], begins: bool = True
    ) -> None:
        self._way = _Way(send)
        self._expected = RTCDtlsParameters([RTCDtlsFingerprint("sha-256", fingerprint)])
        self._transport = _transport(self._way, certificate)
        self._transport._set_role("client" if begins else "server")

    def take(self, data: bytes) -> None:
        """A DTLS datagram; what is too much is dropped, the peer repeats it."""
        with contextlib.suppress(asyncio.QueueFull):
            self._way.came.put_nowait(data)

    async def agree(self) -> tuple[Session, Session]:
        """Shake hands; the SRTP sessions for what comes and what goes. `HandshakeFailed` for whatever reason."""
        try:
            async with asyncio.timeout(HANDSHAKE):
                await self._transport.start(self._expected)
        except Exception:
            raise HandshakeFailed from None
        if self._transport.state != "connected":
            raise HandshakeFailed
        return self._transport._rx_srtp, self._transport._tx_srtp

    async def ended(self) -> None:
        """Returns when the peer has said goodbye, or the association broke."""
        pump = self._transport._task
        if pump is not None:
            await asyncio.wait([pump])
            if not pump.cancelled():
                pump.exception()  # whatever it was, only this association ended

    async def close(self) -> None:
        """Say goodbye, under a deadline."""
        with contextlib.suppress(Exception):
            async with asyncio.timeout(ENDING):
                await self._transport.stop()
        self._transport.remove_all_listeners()


def missing() -> list[str]:
    """The names that these versions do not have; none, when they are the ones that we know."""
    names = [name for name in _WANTED if not hasattr(RTCDtlsTransport, name)]
    made = _transport(_Way(lambda _: None), new_certificate())
    names += [name for name in _KEPT if not hasattr(made, name)]
    if not hasattr(RTCCertificate, "_create_ssl_context"):
        names.append("_create_ssl_context")
    if not hasattr(getattr(pylibsrtp, "lib", None), "srtp_protect"):
        names.append("srtp_protect")
    elif not hasattr(Session(), "_srtp"):
        names.append("_srtp")
    return names
