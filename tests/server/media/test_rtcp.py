"""Reports: read by another implementation, written by it, statistics against counting, and anything at all."""

import struct
from collections.abc import Iterator

import pytest
from aiortc.rtp import RtcpPacket, RtcpReceiverInfo, RtcpRrPacket, RtcpRtpfbPacket, RtcpSdesPacket, RtcpSrPacket
from hypothesis import example, given
from hypothesis import strategies as st

from server.media.rewrite import RATE
from server.media.rtcp import (
    MOST_ASKED,
    Block,
    Reception,
    Reports,
    ntp_time,
    parse,
    receiver_report,
    sender_report,
    worst,
)

NUMBERS = st.integers(0, 2**32 - 1)
BLOCKS = st.builds(
    Block, NUMBERS, st.integers(0, 255), st.integers(-(2**23), 2**23 - 1), NUMBERS, NUMBERS, NUMBERS, NUMBERS
)


# Writing


def test_a_sender_report_says_what_it_should() -> None:
    report, name = RtcpPacket.parse(sender_report(7, 0.5, 2**32 + 960, 50, 4000, "room"))
    assert isinstance(report, RtcpSrPacket) and isinstance(name, RtcpSdesPacket)
    assert report.ssrc == 7 and report.reports == []
    assert report.sender_info.ntp_timestamp == 2_208_988_800 << 32 | 1 << 31
    assert report.sender_info.rtp_timestamp == 960
    assert (report.sender_info.packet_count, report.sender_info.octet_count) == (50, 4000)
    assert name.chunks[0].ssrc == 7 and name.chunks[0].items == [(1, b"room")]


def test_time_as_ntp_has_it() -> None:
    assert ntp_time(0.0) == 2_208_988_800 << 32
    assert ntp_time(2**32 - 2_208_988_800 + 1.0) == 1 << 32  # the second era begins in 2036
    assert ntp_time(1.0) - ntp_time(0.75) == 1 << 30


@given(NUMBERS, st.lists(BLOCKS, max_size=33), st.text("abcdef0123456789", min_size=1, max_size=300))
def test_a_receiver_report_is_read_as_it_was_written(ssrc: int, blocks: list[Block], name: str) -> None:
    data = receiver_report(ssrc, blocks, name)
    read, described = RtcpPacket.parse(data)
    assert isinstance(read, RtcpRrPacket) and isinstance(described, RtcpSdesPacket)
    assert read.ssrc == ssrc and len(read.reports) == min(31, len(blocks))
    for block, info in zip(blocks, read.reports, strict=False):
        assert (block.ssrc, block.fraction, block.lost) == (info.ssrc, info.fraction_lost, info.packets_lost)
        assert (block.highest, block.jitter, block.last_report, block.delay) == (
            info.highest_sequence, info.jitter, info.lsr, info.dlsr,
        )  # fmt: skip
    assert described.chunks[0].items == [(1, name.encode()[:255])]
    assert parse(data) == Reports(blocks=tuple(blocks[:31]))


@pytest.mark.parametrize(("lost", "written"), [(2**23, 2**23 - 1), (2**40, 2**23 - 1), (-(2**40), -(2**23))])
def test_losses_beyond_counting_are_the_most_that_can_be_said(lost: int, written: int) -> None:
    (read,) = (parse(receiver_report(1, [Block(2, 0, lost, 0, 0)], "x")) or Reports()).blocks
    assert read.lost == written


# Reading


def test_what_a_listener_reports() -> None:
    info = RtcpReceiverInfo(7, 64, -3, 70_000, 12, 99, 5)
    read = parse(bytes(RtcpRrPacket(ssrc=1, reports=[info])))
    assert read == Reports(blocks=(Block(7, 64, -3, 70_000, 12, 99, 5),))
    assert read.blocks[0].loss == 0.25


def test_what_a_listener_asks_for_again() -> None:
    read = parse(bytes(RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=7, lost=[10, 11, 26, 27])))
    assert read is not None and read.asked == ((7, 10), (7, 11), (7, 26), (7, 27))
    wrapped = struct.pack("!BBHIIHH", 0x81, 205, 3, 1, 7, 0xFFFF, 0b11)
    assert parse(wrapped) == Reports(asked=((7, 0xFFFF), (7, 0), (7, 1)))


def test_nobody_asks_for_more_than_there_could_be() -> None:
    greedy = struct.pack("!BBHII", 0x81, 205, 2 + 300, 1, 7) + struct.pack("!HH", 0, 0xFFFF) * 300
    read = parse(greedy)
    assert read is not None and len(read.asked) == MOST_ASKED


def test_a_speaker_reports_too() -> None:
    spoken = sender_report(7, 1000.0, 960, 50, 4000, "x")
    middle = ntp_time(1000.0) >> 16 & 0xFFFFFFFF
    assert parse(spoken) == Reports(sent={7: middle})
    with_block = struct.pack("!BBHIQIII", 0x81, 200, 12, 7, ntp_time(1000.0), 0, 0, 0) + bytes(24)
    assert parse(with_block) == Reports(blocks=(Block(0, 0, 0, 0, 0),), sent={7: middle})


def test_a_goodbye() -> None:
    assert parse(struct.pack("!BBHII", 0x82, 203, 2, 7, 8)) == Reports(left=(7, 8))
    assert parse(struct.pack("!BBHI", 0x81, 203, 2, 7) + b"\3bye") == Reports(left=(7,))
    assert parse(struct.pack("!BBH", 0x80, 203, 0)) == Reports()


@pytest.mark.parametrize("data", [
    struct.pack("!BBHII", 0x8F, 205, 2, 1, 7),  # congestion feedback
    struct.pack("!BBHII", 0x81, 206, 2, 1, 7),  # a picture is lost
    struct.pack("!BBHI", 0x80, 207, 1, 1),  # extended reports
    struct.pack("!BBHI", 0x80, 201, 1, 1) + struct.pack("!BBHI", 0xA0, 201, 2, 1) + b"\0\0\0\4",  # the last is padded
    struct.pack("!BBHII", 0x80, 201, 2, 1, 5),  # more than its blocks
])  # fmt: skip
def test_what_we_have_no_use_for_is_passed_over(data: bytes) -> None:
    assert parse(data) == Reports()


@pytest.mark.parametrize("data", [
    b"", b"\x80", b"\x80\xc9\x00", struct.pack("!BBH", 0x80, 201, 1),
    struct.pack("!BBHI", 0x40, 201, 1, 1),  # version 1
    struct.pack("!BBHI", 0x81, 201, 1, 1),  # a block, then nothing
    struct.pack("!BBHI", 0x80, 200, 1, 1),
    struct.pack("!BBH", 0x80, 201, 0),
    struct.pack("!BBHI", 0x82, 203, 1, 7),
    struct.pack("!BBHII", 0x81, 205, 2, 1, 7),  # asks for nothing
    struct.pack("!BBHI", 0x81, 205, 1, 1),
    struct.pack("!BBHI", 0x81, 200, 1, 1),
    struct.pack("!BBHI", 0x80, 201, 1, 1) + b"\x80",  # cut off
    struct.pack("!BBHI", 0x80, 201, 1, 1) + struct.pack("!BBH", 0x80, 201, 9),
    struct.pack("!BBHI", 0xA0, 201, 1, 0),  # padding of no bytes
    struct.pack("!BBHI", 0xA0, 201, 1, 3),
    struct.pack("!BBHI", 0xA0, 201, 1, 8),  # longer than the packet
    struct.pack("!BBHI", 0xA0, 201, 1, 4),  # nothing but padding
    struct.pack("!BBHI", 0xA0, 207, 1, 4) + struct.pack("!BBHI", 0x80, 207, 1, 1),  # not the last is padded
])  # fmt: skip
def test_what_is_no_report(data: bytes) -> None:
    assert parse(data) is None


PACKETS = st.builds(
    lambda flags, kind, content: (
        struct.pack("!BBH", flags | 0x80, kind, len(content) // 4) + content[: len(content) // 4 * 4]
    ),
    st.integers(0, 255),
    st.sampled_from([200, 201, 202, 203, 205, 206]),
    st.binary(max_size=60),
)


@given(st.binary(max_size=120) | st.lists(PACKETS).map(b"".join))
@example(b"\xa0\xc9\x00\x00")
def test_reading_never_raises(data: bytes) -> None:
    read = parse(data)
    assert read is None or len(read.asked) <= MOST_ASKED


# How a stream arrives


def arriving(reception: Reception, sequences: Iterator[int] | list[int] | range) -> Reception:
    """Packets in their time, by their numbers."""
    for sequence in sequences:
        reception.came(sequence & 0xFFFF, sequence * 960 & 0xFFFFFFFF, sequence * 0.02)
    return reception


def test_nothing_came_nothing_to_say() -> None:
    assert Reception(7).block(1.0) is None


def test_everything_came() -> None:
    block = arriving(Reception(7), range(100, 200)).block(5.0)
    assert block == Block(7, fraction=0, lost=0, highest=199, jitter=0)


def test_every_fourth_is_lost() -> None:
    reception = arriving(Reception(7), [n for n in range(101) if n % 4 != 1])
    block = reception.block(5.0)
    assert block is not None and (block.lost, block.highest) == (25, 100)
    assert block.loss == pytest.approx(0.25, abs=0.01)
    later = arriving(reception, range(101, 201)).block(9.0)
    assert later is not None and (later.fraction, later.lost) == (0, 25)  # since the last report none
    silent = reception.block(10.0)
    assert silent is not None and silent.fraction == 0


def test_late_ones_were_not_lost_and_twice_is_not_more() -> None:
    block = arriving(Reception(7), [0, 1, 4, 3, 2, 5]).block(1.0)
    assert block is not None and (block.lost, block.fraction, block.highest) == (0, 0, 5)
    twice = arriving(Reception(7), [0, 1, 1, 1]).block(1.0)
    assert twice is not None and (twice.lost, twice.fraction) == (-2, 0)


def test_counting_goes_around() -> None:
    block = arriving(Reception(7), range(65_530, 65_540)).block(1.0)
    assert block is not None and (block.highest, block.lost) == (65_539, 0)


@pytest.mark.parametrize("to", [5000 + 3001, 5000 - 101])
def test_a_stream_that_counts_anew_lost_nothing(to: int) -> None:
    reception = arriving(Reception(7), range(4900, 5001))
    arriving(reception, [to])
    block = reception.block(1.0)
    assert block is not None and (block.lost, block.fraction, block.highest) == (0, 0, to)


def test_jitter_follows_how_unevenly_packets_come() -> None:
    reception = Reception(7)
    for n in range(2000):
        reception.came(n, n * 960, n * 0.02 + 0.01 * (n % 2))  # ten milliseconds to and fro
    block = reception.block(99.0)
    assert block is not None and block.jitter == pytest.approx(0.01 * RATE, rel=0.01)
    wrapping = Reception(7)
    for n in range(100):
        wrapping.came(n, (2**32 - 5 * 960 + n * 960) & 0xFFFFFFFF, n * 0.02)
    unmoved = wrapping.block(99.0)
    assert unmoved is not None and unmoved.jitter == 0


def test_the_streams_own_report_comes_back_with_the_time_since() -> None:
    reception = arriving(Reception(7), range(10))
    reception.reported(0xABCDEF01, 3.0)
    block = reception.block(3.5)
    assert block is not None and (block.last_report, block.delay) == (0xABCDEF01, 32768)


def test_what_is_lost_further_on_is_stated_too() -> None:
    reception = arriving(Reception(7), range(10))
    block = reception.block(1.0, least=0.1)
    assert block is not None and block.fraction == 25 and block.lost == 0
    total = arriving(reception, [11, 13]).block(2.0, least=1.0)
    assert total is not None and total.fraction == 255


@pytest.mark.parametrize(("losses", "share", "result"), [
    ([], 0.9, 0.0), ([0.2], 0.9, 0.2), ([0.0] * 9 + [0.8], 0.9, 0.0), ([0.0] * 8 + [0.1, 0.8], 0.9, 0.1),
    ([0.3, 0.1, 0.2], 0.5, 0.2), ([0.3, 0.1, 0.2], 1.0, 0.3), ([0.3, 0.1, 0.2], 0.0, 0.1),
])  # fmt: skip
def test_one_with_a_broken_line_does_not_decide_for_all(losses: list[float], share: float, result: float) -> None:
    assert worst(losses, share) == result


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), NUMBERS, st.floats(0, 1)), max_size=60), st.floats(0, 1))
def test_whatever_comes_a_report_can_be_written(packets: list[tuple[int, int, float]], least: float) -> None:
    reception, now = Reception(7), 0.0
    for sequence, timestamp, passed in packets:
        now += passed
        reception.came(sequence, timestamp, now)
        block = reception.block(now, least)
        assert block is not None and 0 <= block.fraction <= 255
        assert parse(receiver_report(1, [block], "x")) == Reports(blocks=(block,))
