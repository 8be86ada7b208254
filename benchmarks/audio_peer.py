"""One person's end of a media connection, as light as it can be: ICE, DTLS and SRTP on one socket, and counting.

It sends what a browser sends as often as a browser does (checks, reports) and knows none of the servers.
"""

import contextlib
import secrets
import socket
import struct
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import ifaddr
from aioice import stun
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL
from pylibsrtp import Error, Policy, Session

OPUS, LEVEL_ID = 111, 1
PACE, TICKS = 0.02, 960  # seconds and ticks of a packet
SIZE = 80  # bytes of Opus in it
SAID = b"\x78LINGKAR"  # how they begin; then the time in ns
CHECKED = 2.5  # seconds between two checks, as in Chromium
REPORTED = 5.0  # seconds between two receiver reports
HURRY = 0.05  # seconds until something of the beginning is sent again


def own_address() -> str:
    """Of this machine: what is sent there stays here. Loopback only if there is no other; Janus has no use for it."""
    addresses = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    return next((address for address in addresses if not address.startswith(("127.", "169.254."))), "127.0.0.1")


HOST = own_address()

# by name: libsrtp's number, bytes of key and salt; in Chromium's order
PROFILES = {
    "SRTP_AES128_CM_SHA1_80": (1, 16, 14),
    "SRTP_AEAD_AES_256_GCM": (8, 32, 12),
    "SRTP_AEAD_AES_128_GCM": (7, 16, 12),
}
_STAMPED = 35  # SO_TIMESTAMPNS, and the type of the message that it brings
_TIME, _NS = struct.Struct("=qq"), struct.Struct("!Q")
_RTP = struct.Struct("!BBHIIHHBBH")


class Theirs(NamedTuple):
    """What the server's SDP says. `begins`: whether we say hello; `controls`: whether we choose the path."""

    ufrag: str
    pwd: str
    port: int
    begins: bool
    controls: bool


@cache
def _certificate() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """One for all of a process."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bench")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    return made.sign(key, hashes.SHA256()), key


def fingerprint() -> str:
    return _certificate()[0].fingerprint(hashes.SHA256()).hex(":").upper()


@cache
def _context() -> SSL.Context:
    context = SSL.Context(SSL.DTLS_METHOD)
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
    cert, key = _certificate()
    context.use_certificate(cert)
    context.use_privatekey(key)
    context.set_tlsext_use_srtp(":".join(PROFILES).encode())
    return context


class Heard:
    """What came since it was asked last."""

    def __init__(self) -> None:
        self.packets = self.proven = self.wrong = 0
        self.late: list[float] = []  # ms from the speaker's stamp to the kernel's, of those that were decrypted


class Peer:
    """`heard` may be shared. Of what comes every `sample`th packet is decrypted and looked at."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self.sample = 1
        self.ufrag, self.pwd = secrets.token_hex(4), secrets.token_hex(16)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, _STAMPED, 1)
        self.socket.bind((HOST, 0))
        self.profile = ""  # of SRTP; not empty when connected
        self.first: float | None = None  # monotonic time of the first packet
        self.packets = 0  # that came since `anew`
        self.spoken = 0  # packets
        self._lowest = self._highest = -1  # sequence, without wrapping
        self._theirs: Theirs | None = None
        self._proven = False
        self._tls: Any = None
        self._incoming: Any = None
        self._outgoing: Any = None
        self._due = self._report = 0.0
        self.ssrc, self._stream = secrets.randbits(31) + 1, 0

    def connect(self, theirs: Theirs) -> None:
        self._theirs = theirs
        self.socket.connect((HOST, theirs.port))
        self._tls = SSL.Connection(_context(), None)
        self._tls.set_ciphertext_mtu(1200)
        if theirs.begins:
            self._tls.set_connect_state()
        else:
            self._tls.set_accept_state()
        self.tend(time.monotonic())

    def read(self) -> None:
        """One datagram."""
        try:
            data, more, _, _ = self.socket.recvmsg(2048, 64)
        except OSError:
            return
        first = data[0] if data else 255
        if 128 <= first <= 191:
            if not 192 <= data[1] <= 223:
                self._sound(data, more)
        elif first <= 3:
            self._check(data)
        elif first <= 63 and self._tls is not None:
            self._tls.bio_write(data)
            self._shake()

    def tend(self, now: float) -> None:
        """What is due: until there is a connection everything once more, then signs of life."""
        if self._theirs is None or now < self._due:
            return
        if not self.profile:
            self._due = now + HURRY
            if not self._proven:
                self._ask()
            elif self._theirs.begins:
                self._tls.DTLSv1_handle_timeout()
                self._shake()
            return
        self._due = now + CHECKED
        self._ask()
        if now >= self._report:
            self._report = now + REPORTED
            self._tell()

    def speak(self, level: int) -> None:
        """The next packet."""
        self.spoken += 1
        header = _RTP.pack(
            0x90, OPUS, self.spoken & 0xFFFF, TICKS * self.spoken & 0xFFFFFFFF, self.ssrc,
            0xBEDE, 1, LEVEL_ID << 4, 0x80 | level, 0,
        )  # fmt: skip
        stamped = SAID + _NS.pack(time.time_ns())
        self._send(self._outgoing.protect(header + stamped.ljust(SIZE, b"\x55")))

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.socket.send(data)

    def _sound(self, data: bytes, more: list[tuple[int, int, bytes]]) -> None:
        self.heard.packets += 1
        self.packets += 1
        sequence = data[2] << 8 | data[3]
        if self.packets == 1:
            self.first = self.first or time.monotonic()
            self._lowest = self._highest = sequence
            self._stream = int.from_bytes(data[8:12], "big")
        else:
            self._highest = max(self._highest, self._highest + ((sequence - self._highest + 0x8000) & 0xFFFF) - 0x8000)
        if self._incoming is not None and self.packets % self.sample == 0:
            self._prove(data, more)

    def _prove(self, data: bytes, more: list[tuple[int, int, bytes]]) -> None:
        """That it is what was said."""
        try:
            opened = self._incoming.unprotect(data)
        except Error:
            opened = b""
        said = opened[-SIZE:]
        if not said.startswith(SAID) or len(said) != SIZE:
            self.heard.wrong += 1
            return
        self.heard.proven += 1
        seconds, ns = _TIME.unpack(more[0][2])
        self.heard.late.append((seconds * 10**9 + ns - _NS.unpack_from(said, len(SAID))[0]) / 1e6)

    @property
    def coming(self) -> bool:
        """On its way."""
        return self._theirs is not None and not self.profile

    def lost(self) -> int:
        """Packets that are missing between those that came since `anew`."""
        return self._highest - self._lowest + 1 - self.packets if self.packets else 0

    def anew(self, heard: Heard) -> None:
        """Count from the next packet on."""
        self.heard, self.packets = heard, 0

    # ICE, for one path that is right

    def _ask(self) -> None:
        assert self._theirs is not None
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self._theirs.ufrag}:{self.ufrag}"
        request.attributes["PRIORITY"] = 0x6EFFFFFF
        if self._theirs.controls:
            request.attributes["ICE-CONTROLLING"] = self.ssrc
            request.attributes["USE-CANDIDATE"] = None
        else:
            request.attributes["ICE-CONTROLLED"] = self.ssrc
        self._sign(request, self._theirs.pwd)

    def _sign(self, message: stun.Message, key: str) -> None:
        message.add_message_integrity(key.encode())
        message.add_fingerprint()
        self._send(bytes(message))

    def _check(self, data: bytes) -> None:
        message = stun.parse_message(data)
        if message.message_class is stun.Class.REQUEST and self._theirs is not None:
            answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
            answer.attributes["XOR-MAPPED-ADDRESS"] = (HOST, self._theirs.port)
            self._sign(answer, self.pwd)
        elif message.message_class is stun.Class.RESPONSE and not self._proven:
            self._proven = True
            self._shake()

    # DTLS and what it is for

    def _shake(self) -> None:
        assert self._theirs is not None
        if self.profile or not (self._proven or not self._theirs.begins):
            return
        try:
            self._tls.do_handshake()
        except SSL.WantReadError:
            self._flush()
            return
        self._flush()
        self.profile = self._tls.get_selected_srtp_profile().decode()
        number, key, salt = PROFILES[self.profile]
        out = self._tls.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt), None)
        keys = [out[n * key : n * key + key] + out[2 * key + n * salt : 2 * key + (n + 1) * salt] for n in (0, 1)]
        ours, theirs = keys if self._theirs.begins else keys[::-1]
        self._incoming = Session(Policy(key=theirs, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=number))
        self._outgoing = Session(Policy(key=ours, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=number))
        now = time.monotonic()
        self._due = now + CHECKED * secrets.randbelow(1000) / 1000
        self._report = now + REPORTED * secrets.randbelow(1000) / 1000

    def _flush(self) -> None:
        """A datagram for each record, so that none is cut."""
        with contextlib.suppress(SSL.WantReadError):
            flight = b""
            while True:
                flight += self._tls.bio_read(4096)
                while len(flight) >= 13 and len(flight) >= (end := 13 + int.from_bytes(flight[11:13], "big")):
                    self._send(flight[:end])
                    flight = flight[end:]

    def _tell(self) -> None:
        """A receiver report: nothing is lost."""
        if self._stream:
            block = struct.pack("!IIIIII", self._stream, 0, self._highest & 0xFFFFFFFF, 0, 0, 0)
            report = struct.pack("!BBHI", 0x81, 201, 7, self.ssrc) + block
            self._send(self._outgoing.protect_rtcp(report))
