"""What is said about the streams (RFC 3550, section 6; RFC 4585): our reports, and what listeners report."""

import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from server.media.rewrite import RATE

SR, RR, SDES, BYE, FEEDBACK = 200, 201, 202, 203, 205
_NACK = 1  # RFC 4585, section 6.2.1
_EPOCH = 2_208_988_800  # seconds from 1900, where NTP begins, to 1970
MOST_ASKED = 64  # packets that one datagram may ask for again

_32 = 0xFFFFFFFF
_MISORDER, _DROPOUT = 100, 3000  # RFC 3550, appendix A.1


@dataclass(frozen=True)
class Block:
    """A report block: how a stream of `ssrc` arrives at whoever sends this (RFC 3550, section 6.4.1)."""

    ssrc: int
    fraction: int  # lost since the last report, of 256
    lost: int  # since the beginning; negative when more came than were sent
    highest: int  # sequence, with the number of wraps above 16 bits
    jitter: int  # in ticks
    last_report: int = 0  # middle 32 bits of the NTP time of the last sender report; 0 when there was none
    delay: int = 0  # since then, in 1/65536 s

    @property
    def loss(self) -> float:
        """The share that was lost, 0 to 1."""
        return self.fraction / 256


@dataclass(frozen=True)
class Reports:
    """What one RTCP datagram says, as far as it concerns us."""

    blocks: tuple[Block, ...] = ()
    asked: tuple[tuple[int, int], ...] = ()  # (ssrc, sequence) of packets to send again
    sent: dict[int, int] = field(default_factory=dict)  # ssrc to the middle 32 bits of its sender report's NTP time
    left: tuple[int, ...] = ()  # ssrcs that ended


def sender_report(ssrc: int, wall: float, timestamp: int, packets: int, octets: int, cname: str) -> bytes:
    """Our report of one stream to one listener: `timestamp` is what the stream has at `wall` (seconds since 1970)."""
    ntp = ntp_time(wall)
    sent = struct.pack("!IQIII", ssrc, ntp, timestamp & _32, packets & _32, octets & _32)
    return _packet(0, SR, sent) + _description(ssrc, cname)


def receiver_report(ssrc: int, blocks: Sequence[Block], cname: str) -> bytes:
    """Ours about what arrives here; `ssrc` is our own, at most 31 blocks."""
    content = struct.pack("!I", ssrc) + b"".join(_written(block) for block in blocks[:31])
    return _packet(len(blocks[:31]), RR, content) + _description(ssrc, cname)


def ntp_time(wall: float) -> int:
    """Seconds since 1970 as 64 bits of seconds and fractions since 1900 (RFC 3550, section 4)."""
    return round((wall + _EPOCH) * (1 << 32)) & ((1 << 64) - 1)


def _packet(count: int, kind: int, content: bytes) -> bytes:
    return struct.pack("!BBH", 0x80 | count, kind, len(content) // 4) + content


def _description(ssrc: int, cname: str) -> bytes:
    """The canonical name that every compound packet carries: for us, random words that say nothing."""
    name = cname.encode("ascii")[:255]
    item = struct.pack("!IBB", ssrc, 1, len(name)) + name
    return _packet(1, SDES, item + bytes(4 - len(item) % 4))


def _written(block: Block) -> bytes:
    lost = max(-(1 << 23), min((1 << 23) - 1, block.lost)) & 0xFFFFFF
    return struct.pack(
        "!IIIIII",
        block.ssrc,
        block.fraction << 24 | lost,
        block.highest & _32,
        block.jitter & _32,
        block.last_report,
        block.delay & _32,
    )


def parse(data: bytes) -> Reports | None:
    """A decrypted RTCP datagram, compound or reduced (RFC 5506); None when any packet in it does not fit.

    What we have no use for is passed over.
    """
    blocks: list[Block] = []
    asked: list[tuple[int, int]] = []
    sent: dict[int, int] = {}
    left: list[int] = []
    packets = _packets(data)
    if packets is None:
        return None
    for count, kind, content in packets:
        if kind in (SR, RR):
            start = 24 if kind == SR else 4
            if len(content) < start + 24 * count:
                return None
            if kind == SR:
                sent[int.from_bytes(content[:4], "big")] = int.from_bytes(content[6:10], "big")
            blocks += [_read(content[at : at + 24]) for at in range(start, start + 24 * count, 24)]
        elif kind == BYE:
            if len(content) < 4 * count:
                return None
            left += struct.unpack_from(f"!{count}I", content)
        elif kind == FEEDBACK and count == _NACK:
            if len(content) < 12:
                return None
            asked += _asked(content)
    return Reports(tuple(blocks), tuple(asked[:MOST_ASKED]), sent, tuple(left))


def _packets(data: bytes) -> list[tuple[int, int, bytes]] | None:
    """Count, type and content of each packet; None when one does not fit. Only the last may be padded."""
    found = []
    at = 0
    while at < len(data):
        end = at + 4
        if end <= len(data):
            end += 4 * int.from_bytes(data[at + 2 : end], "big")
        if end > len(data) or data[at] >> 6 != 2:
            return None
        padding = 0
        if data[at] & 0x20:
            padding = data[end - 1] if end == len(data) else 0
            if padding == 0 or padding % 4 or padding > end - at - 4:
                return None
        found.append((data[at] & 0x1F, data[at + 1], data[at + 4 : end - padding]))
        at = end
    return found or None


def _read(data: bytes) -> Block:
    ssrc, losses, highest, jitter, last_report, delay = struct.unpack("!IIIIII", data)
    lost = losses & 0xFFFFFF
    return Block(ssrc, losses >> 24, lost - (1 << 24 if lost >> 23 else 0), highest, jitter, last_report, delay)


def _asked(content: bytes) -> Iterator[tuple[int, int]]:
    """A generic NACK: a packet, and a bit for each of the 16 that follow it."""
    ssrc = int.from_bytes(content[4:8], "big")
    for at in range(8, len(content) - 3, 4):
        first, mask = struct.unpack_from("!HH", content, at)
        yield ssrc, first
        for bit in range(16):
            if mask >> bit & 1:
                yield ssrc, (first + 1 + bit) & 0xFFFF


class Reception:
    """How one stream arrives (RFC 3550, appendix A.1, A.3 and A.8). `now` is monotonic, in seconds."""

    def __init__(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self._first: int | None = None
        self._highest = 0  # with the wraps
        self._came = 0
        self._jitter = 0.0
        self._transit: float | None = None
        self._before = (0, 0)  # expected and come, at the last report
        self._reported: tuple[int, float] | None = None  # the stream's own last report: NTP, and when it came

    def came(self, sequence: int, timestamp: int, now: float) -> None:
        """A packet of the stream."""
        if self._first is None:
            self._first = self._highest = sequence
        ahead = ((sequence - self._highest + 0x8000) & 0xFFFF) - 0x8000
        if ahead > _DROPOUT or ahead < -_MISORDER:  # it counts anew
            self._first = self._highest = sequence
            self._came, self._before, self._transit = 0, (0, 0), None
            ahead = 0
        self._highest += max(0, ahead)
        self._came += 1
        transit = (now * RATE - timestamp) % (1 << 32)
        if self._transit is not None:
            apart = abs((transit - self._transit + (1 << 31)) % (1 << 32) - (1 << 31))
            self._jitter += (min(apart, RATE) - self._jitter) / 16
        self._transit = transit

    def reported(self, ntp: int, now: float) -> None:
        """The stream's own sender report came, with these middle 32 bits of its NTP time."""
        self._reported = (ntp, now)

    def block(self, now: float, least: float = 0.0) -> Block | None:
        """A report since the last one; None before the first packet.

        `least` is a share of loss that is stated at any rate: what the speaker's own listeners lose further on.
        """
        if self._first is None:
            return None
        expected = self._highest - self._first + 1
        before = self._before
        self._before = (expected, self._came)
        wanted = expected - before[0]
        missing = wanted - (self._came - before[1])
        share = max(missing / wanted if wanted > 0 else 0.0, least)
        ntp, at = self._reported or (0, now)
        return Block(
            self.ssrc,
            fraction=max(0, min(255, int(share * 256))),
            lost=expected - self._came,
            highest=self._highest,
            jitter=int(self._jitter),
            last_report=ntp,
            delay=round(max(0.0, now - at) * 65536),
        )


def worst(losses: Sequence[float], share: float = 0.9) -> float:
    """The loss that so many of the listeners stay below or meet; one with a broken line does not decide for all."""
    if not losses:
        return 0.0
    ordered = sorted(losses)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]
