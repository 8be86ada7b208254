"""One outgoing stream out of many speakers: reads what comes in, and gives it its place in the room's timeline."""

from dataclasses import dataclass, field
from struct import Struct
from typing import NamedTuple

RATE = 48_000  # ticks of an Opus timestamp per second (RFC 7587, section 4.1)
GRID = 960  # ticks of 20 ms
LONGEST = 5_760  # ticks of the longest Opus packet
WINDOW = 64  # packets that one may come behind a newer one of the same speaker
LEAP = 500  # packets missing at once: no loss any more, the speaker was simply away
DRIFT = 2.0  # seconds by which a speaker's timestamps may disagree with our clock between two packets
# What follows the last packet of somebody who stops: 20 ms of silence, and a packet without sound. To a listener's
# decoder the first is a clean end; the second is what a browser sends when it begins to send nothing (RFC 7587, section
# 3.1.3), so that what is missing from then on is silence, and not a loss to be filled with the last sound.
REST = (b"\xf8\xff\xfe", b"\xf8")
FOREMOST = 2 * GRID  # ticks before the time from which on there is no rest: speakers follow each other without a pause
STALE = 5.0  # seconds for which a former speaker's packets may still be on their way

FIXED = Struct("!BBHII")
_ONE_BYTE, _TWO_BYTE = 0xBEDE, 0x100  # RFC 8285, sections 4.2 and 4.3


class Rtp(NamedTuple):
    """A packet as it came in. `level` is the byte of the audio level extension, as it stands (see `level.py`)."""

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    ssrc: int
    level: int | None
    payload: memoryview


def parse(data: bytes, level_extension: int | None) -> Rtp | None:
    """A decrypted packet (RFC 3550, section 5.1) without its padding; None when it is not one, or says nothing.

    `level_extension` is the id that the publisher's offer gave to the audio level.
    """
    if len(data) <= 12:
        return None
    flags, second, sequence, timestamp, ssrc = FIXED.unpack_from(data)
    payload_type = second & 0x7F
    if flags >> 6 != 2 or 64 <= payload_type <= 95:  # those would be RTCP (RFC 5761, section 4)
        return None
    start = 12 + 4 * (flags & 0x0F)
    level: int | None = None
    if flags & 0x10:
        begin = start + 4
        if begin > len(data):
            return None
        start = begin + 4 * int.from_bytes(data[start + 2 : begin], "big")
        if start > len(data):
            return None
        form = int.from_bytes(data[begin - 4 : begin - 2], "big")
        found = _extension(data[begin:start], form, level_extension)
        if found is None:
            return None
        level = found[0] if found else None
    padded = flags & 0x20
    end = len(data) - data[-1] if padded else len(data)
    if end <= start or (padded and data[-1] == 0):
        return None
    return Rtp(payload_type, second > 127, sequence, timestamp, ssrc, level, memoryview(data)[start:end])


def _extension(data: bytes, form: int, wanted: int | None) -> bytes | None:
    """The value of one header extension, empty when it is not there; None when an element leaves the block."""
    if form != _ONE_BYTE and form >> 4 != _TWO_BYTE:
        return b""
    short = form == _ONE_BYTE
    found = b""
    at = 0
    while at < len(data):
        if data[at] == 0:
            at += 1
            continue
        if short:
            name, length = data[at] >> 4, (data[at] & 0x0F) + 1
            if name == 15:
                break
            at += 1
        elif at + 1 < len(data):
            name, length = data[at], data[at + 1]
            at += 2
        else:
            return None
        if at + length > len(data):
            return None
        if name == wanted:
            found = found or data[at : at + length]
        at += length
    return found


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A packet in the room's timeline. `sequence` counts from 0 without end, `timestamp` has 32 bits."""

    sequence: int
    timestamp: int
    marker: bool
    payload: memoryview = field(repr=False)

    def header(self, ssrc: int, payload_type: int, sequence_offset: int) -> bytes:
        """The twelve bytes before the payload, for one listener (RFC 3550, section 5.1)."""
        second = payload_type | 0x80 if self.marker else payload_type
        return FIXED.pack(0x80, second, (self.sequence + sequence_offset) & 0xFFFF, self.timestamp, ssrc)


class _Run:
    """An unbroken piece of one speaker's stream: what it was before, and where it begins in ours."""

    __slots__ = ("first", "highest", "key", "out", "seen", "shift", "step")

    def __init__(self, key: tuple[str, int], packet: Rtp, out: int, timestamp: int) -> None:
        self.key = key
        self.first = self.highest = packet.sequence  # both without wrapping, from here on
        self.out = out  # our sequence of the first
        self.shift = timestamp - packet.timestamp
        self.seen = 1  # bit n: the packet n before the highest came
        self.step = LONGEST  # ticks: the least distance between two packets that we saw

    def lasts(self) -> int:
        """Ticks of a packet, so that the next speaker's first one does not begin inside the last."""
        return GRID if self.step == LONGEST else self.step


Left = dict[tuple[str, int], tuple[int, float]]  # former runs: highest sequence, and when they ended


class Timeline:
    """The outgoing sequence and timestamp of one stream of a room, across speakers.

    `now` is on one monotonic clock, in seconds. The first packet that goes out has sequence 0.
    """

    def __init__(self, timestamp: int = 0, left: Left | None = None) -> None:
        """`left` is shared by timelines that the same speakers take in turn."""
        self.timestamp = timestamp & 0xFFFFFFFF  # of the newest packet
        self.at = 0.0  # when that came
        self.sequence = -1  # of the newest packet
        self._newest = 0  # the timestamp that it came with
        self._run: _Run | None = None
        self._left: Left = {} if left is None else left
        self._lasts = GRID  # ticks of the newest packet of the run that ended
        self._resumes: int | None = None
        self._resting = False  # what `rest` makes is the newest
        self._ahead = 0.0  # ticks that the timestamp is before the time, after speakers who followed at once

    def offset(self, start: int) -> int:
        """The `sequence_offset` with which the next new packet is number `start` for a listener."""
        return (start - self.sequence - 1) & 0xFFFF

    def clock(self, now: float) -> int:
        """The timestamp that the stream has at this moment, whether somebody speaks or not: for sender reports."""
        return self.timestamp + round((now - self.at) * RATE - self._ahead) & 0xFFFFFFFF

    def cut(self, now: float) -> None:
        """The floor is free: whoever is next begins anew, and what is still on its way is late."""
        if self._run is not None:
            for key in [key for key, left in self._left.items() if now - left[1] > STALE]:
                del self._left[key]
            self._left[self._run.key] = (self._run.highest, now)
            self._lasts = self._run.lasts()
            self._run = None

    def rest(self) -> list[Outgoing]:
        """After a cut: what tells the listeners that nothing more is coming. Nobody's voice, and only once."""
        if self.sequence < 0 or self._run is not None or self._resting or self._ahead > FOREMOST:
            return []
        self._resting = True
        found = []
        for payload in REST:
            self.sequence += 1
            self.timestamp = self.timestamp + self._lasts & 0xFFFFFFFF
            self._ahead += self._lasts
            self._lasts = GRID
            found.append(Outgoing(self.sequence, self.timestamp, False, memoryview(payload)))
        return found

    def next(self, packet: Rtp, source: str, now: float) -> Outgoing | None:
        """Where this packet goes; None for one that came too late or twice.

        Within one speaker's stream the distances stay as they are: a gap is a loss. With another speaker, or a stream
        that began again, the sequence goes on without a gap, the timestamp by the time that passed, and the marker is
        set.
        """
        run = self._run
        if run is None or run.key != (source, packet.ssrc):
            return self._begin(packet, (source, packet.ssrc), now)
        ahead = _signed(packet.sequence - run.highest, 16)
        if ahead <= 0:
            return self._behind(run, packet, -ahead, now)
        ticks = _signed(packet.timestamp - self._newest, 32)
        if ahead > LEAP or ticks <= 0 or abs(ticks / RATE - (now - self.at)) > DRIFT:
            return self._anew(packet, run.key, now)
        self._resumes = None
        run.highest += ahead
        run.seen = (run.seen << ahead | 1) & ((1 << WINDOW) - 1)
        run.step = max(GRID, min(run.step, ticks // ahead))
        return self._newest_is(run, packet, now, packet.marker)

    def _begin(self, packet: Rtp, key: tuple[str, int], now: float) -> Outgoing | None:
        left = self._left.get(key)
        if left is not None and now - left[1] <= STALE and _signed(packet.sequence - left[0], 16) <= 0:
            return None
        return self._anew(packet, key, now)

    def _anew(self, packet: Rtp, key: tuple[str, int], now: float) -> Outgoing:
        """The first packet of a run."""
        if self._run is not None:
            former = self._run.key
            self.cut(now)
            if former == key:
                self._left.pop(key, None)
        timestamp = self.timestamp
        if self.sequence >= 0:
            passed = (now - self.at) * RATE - self._ahead
            ticks = max(self._lasts, round(passed / GRID) * GRID)
            timestamp += ticks
            self._ahead = max(0.0, ticks - passed)
        self._resumes = None
        self._run = _Run(key, packet, self.sequence + 1, timestamp)
        return self._newest_is(self._run, packet, now, True)

    def _behind(self, run: _Run, packet: Rtp, behind: int, now: float) -> Outgoing | None:
        """A packet that newer ones overtook, or the first of a stream that counts anew (RFC 3550, appendix A.1)."""
        if behind >= WINDOW:
            if packet.sequence == self._resumes:
                return self._anew(packet, run.key, now)
            self._resumes = (packet.sequence + 1) & 0xFFFF
            return None
        if run.seen >> behind & 1 or run.highest - behind < run.first:
            return None
        run.seen |= 1 << behind
        sequence = run.out + run.highest - behind - run.first
        return Outgoing(sequence, packet.timestamp + run.shift & 0xFFFFFFFF, packet.marker, packet.payload)

    def _newest_is(self, run: _Run, packet: Rtp, now: float, marker: bool) -> Outgoing:
        self.sequence = run.out + run.highest - run.first
        self.timestamp = packet.timestamp + run.shift & 0xFFFFFFFF
        self._newest, self.at, self._resting = packet.timestamp, now, False
        return Outgoing(self.sequence, self.timestamp, marker, packet.payload)


def _signed(difference: int, bits: int) -> int:
    """The shortest way around, of counters that wrap."""
    half = 1 << (bits - 1)
    return ((difference + half) & ((half << 1) - 1)) - half
