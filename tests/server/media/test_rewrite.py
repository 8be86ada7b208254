"""The room's timeline: one unbroken stream, whoever speaks."""

import struct
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.rewrite import DRIFT, GRID, LEAP, RATE, REST, STALE, WINDOW, Left, Outgoing, Rtp, Timeline

ADA, BEN = "ada", "ben"
FIRST, SECOND = 1111, 2222  # SSRCs


def rtp(sequence: int, timestamp: int = 0, ssrc: int = FIRST, marker: bool = False, payload: bytes = b"voice") -> Rtp:
    return Rtp(111, marker, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc, None, memoryview(payload))


def spoken(ssrc: int, sequence: int, timestamp: int, ticks: int = GRID) -> Iterator[Rtp]:
    """What a browser sends while somebody speaks."""
    while True:
        yield rtp(sequence, timestamp, ssrc)
        sequence, timestamp = sequence + 1, timestamp + ticks


def run(
    timeline: Timeline, packets: Iterator[Rtp], source: str, n: int, now: float, pace: float = 0.02
) -> list[Outgoing]:
    """`n` packets in their time; all of them must go out."""
    sent = [timeline.next(next(packets), source, now + k * pace) for k in range(n)]
    assert None not in sent
    return [out for out in sent if out is not None]


# One speaker


def test_a_speaker_is_passed_on_as_he_is() -> None:
    timeline = Timeline(timestamp=5000)
    sent = run(timeline, spoken(FIRST, 300, 70_000), ADA, 5, now=1.0)
    assert [out.sequence for out in sent] == [0, 1, 2, 3, 4]
    assert [out.timestamp for out in sent] == [5000 + n * GRID for n in range(5)]
    assert [out.marker for out in sent] == [True, False, False, False, False]
    assert bytes(sent[0].payload) == b"voice"
    marked = timeline.next(rtp(305, 70_000 + 5 * GRID, marker=True), ADA, 1.1)
    assert marked is not None and (marked.sequence, marked.marker) == (5, True)


def test_the_header_is_the_listeners_own() -> None:
    sent = Timeline(timestamp=9).next(rtp(5), ADA, 0.0)
    assert sent is not None
    assert sent.header(77, 111, 100) == struct.pack("!BBHII", 0x80, 0x80 | 111, 100, 9, 77)
    assert sent.header(78, 96, 0xFFFF) == struct.pack("!BBHII", 0x80, 0x80 | 96, 0xFFFF, 9, 78)
    later = Outgoing(70_000, 9, False, memoryview(b""))
    assert later.header(77, 111, 3) == struct.pack("!BBHII", 0x80, 111, 70_003 - 65_536, 9, 77)


def test_a_listener_begins_where_it_wants() -> None:
    timeline = Timeline()
    packets = spoken(FIRST, 65_500, 0)
    for so_far in (0, 5, 70_000):
        while timeline.sequence + 1 < so_far:
            timeline.next(next(packets), ADA, timeline.at + 0.02)
        offset = timeline.offset(1234)
        sent = timeline.next(next(packets), ADA, timeline.at + 0.02)
        assert sent is not None
        assert struct.unpack_from("!H", sent.header(1, 111, offset), 2) == (1234,)


def test_the_clock_of_the_stream_runs_on() -> None:
    timeline = Timeline(timestamp=2**32 - 1000)
    run(timeline, spoken(FIRST, 0, 7), ADA, 2, now=5.0)
    assert timeline.clock(5.02) == 2**32 - 40
    assert timeline.clock(6.02) == RATE - 40


def test_a_loss_stays_a_gap() -> None:
    timeline = Timeline()
    assert timeline.next(rtp(10, 0), ADA, 0.0)
    sent = timeline.next(rtp(14, 4 * GRID), ADA, 0.08)
    assert sent is not None and (sent.sequence, sent.timestamp, sent.marker) == (4, 4 * GRID, False)


def test_packets_that_overtook_each_other_keep_their_places() -> None:
    timeline = Timeline()
    got = [timeline.next(rtp(n, n * GRID), ADA, 0.02 * k) for k, n in enumerate([10, 12, 11, 15, 13, 14])]
    assert [(out.sequence, out.timestamp) for out in got if out] == [(n, n * GRID) for n in (0, 2, 1, 5, 3, 4)]
    assert timeline.sequence == 5 and timeline.timestamp == 5 * GRID


def test_nothing_goes_out_twice() -> None:
    timeline = Timeline()
    for n in (10, 12, 11):
        assert timeline.next(rtp(n, n * GRID), ADA, 0.0)
    for n in (12, 11, 10):
        assert timeline.next(rtp(n, n * GRID), ADA, 0.0) is None


def test_the_window_of_the_late() -> None:
    timeline = Timeline()
    packets = spoken(FIRST, 0, 0)
    run(timeline, packets, ADA, 1, 0.0)
    newest = WINDOW + 1
    assert timeline.next(rtp(newest, newest * GRID), ADA, 1.0)
    assert timeline.next(rtp(1, GRID), ADA, 1.0) is None  # exactly too late
    late = timeline.next(rtp(2, 2 * GRID), ADA, 1.0)
    assert late is not None and late.sequence == 2


def test_before_the_first_packet_there_was_another_speaker() -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 0, 0), ADA, 3, 0.0)
    assert timeline.next(rtp(500, 0, SECOND), BEN, 0.1)
    assert timeline.next(rtp(499, -GRID, SECOND), BEN, 0.1) is None  # its place is Ada's last packet's


def test_the_counters_wrap() -> None:
    timeline = Timeline(timestamp=2**32 - 3 * GRID)
    sent = run(timeline, spoken(FIRST, 65_533, 2**32 - GRID), ADA, 70_000, 0.0)
    assert [out.sequence for out in sent] == list(range(70_000))
    assert timeline._run is not None and timeline._run.seen.bit_length() == WINDOW  # no more is remembered
    assert [out.timestamp for out in sent[:5]] == [2**32 - 3 * GRID, 2**32 - 2 * GRID, 2**32 - GRID, 0, GRID]


# A change of speaker


@pytest.mark.parametrize(("elapsed", "ticks"), [
    (0.0, GRID), (0.001, GRID), (0.02, GRID), (0.029, GRID), (0.031, 2 * GRID), (1.0, RATE), (3600.0, 3600 * RATE),
])  # fmt: skip
def test_the_next_speaker_follows_without_a_gap(elapsed: float, ticks: int) -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 123), ADA, 3, now=0.0)
    sent = timeline.next(rtp(60_000, 99, SECOND), BEN, 0.04 + elapsed)
    assert sent is not None
    assert (sent.sequence, sent.timestamp, sent.marker) == (3, 2 * GRID + ticks, True)


def test_a_long_packet_is_heard_to_its_end() -> None:
    """With packets of 60 ms, the next speaker may not begin inside the last one."""
    for cut in (False, True):
        timeline = Timeline()
        run(timeline, spoken(FIRST, 500, 0, ticks=3 * GRID), ADA, 3, now=0.0, pace=0.06)
        if cut:
            timeline.cut(0.121)
        sent = timeline.next(rtp(1, 0, SECOND), BEN, 0.125)
        assert sent is not None and sent.timestamp == 3 * 3 * GRID


def test_a_rest_in_the_speech_does_not_make_its_packets_long() -> None:
    timeline = Timeline()
    timeline.next(rtp(1, 0), ADA, 0.0)
    timeline.next(rtp(2, 20 * GRID), ADA, 0.4)  # quiet: one packet in 400 ms
    sent = timeline.next(rtp(1, 0, SECOND), BEN, 0.41)
    assert sent is not None and sent.timestamp - 20 * GRID <= 6 * GRID


def test_what_the_former_speaker_still_sends_is_late() -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 0), ADA, 10, now=0.0)
    assert timeline.next(rtp(1, 0, SECOND), BEN, 0.2)
    for sequence in (509, 505, 500):
        assert timeline.next(rtp(sequence, 0), ADA, 0.3) is None
    back = timeline.next(rtp(510, 10 * GRID), ADA, 0.4)
    assert back is not None and (back.sequence, back.marker) == (11, True)


def test_after_a_while_a_number_says_nothing_any_more() -> None:
    """Somebody who kept sending without the floor may have counted once around."""
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 0), ADA, 10, now=0.0)
    timeline.next(rtp(1, 0, SECOND), BEN, 1.0)
    assert timeline.next(rtp(400, 0), ADA, 1.0 + STALE - 0.01) is None
    assert timeline.next(rtp(400, 0), ADA, 1.0 + STALE + 0.01)


def test_a_cut_ends_a_speech_also_when_the_same_person_goes_on() -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 0), ADA, 3, now=0.0)
    timeline.cut(0.05)
    timeline.cut(0.05)
    assert timeline.next(rtp(502, 2 * GRID), ADA, 0.06) is None
    sent = timeline.next(rtp(800, 300 * GRID), ADA, 10.04)  # what was sent in between went nowhere: no loss
    assert sent is not None and (sent.sequence, sent.timestamp, sent.marker) == (3, 2 * GRID + 10 * RATE, True)


def test_eight_changes_in_a_row_are_one_stream() -> None:
    timeline = Timeline()
    voices = {ADA: spoken(FIRST, 65_530, 2**32 - 5), BEN: spoken(SECOND, 9, 77)}
    sent = []
    for turn in range(8):
        sent += run(timeline, voices[ADA if turn % 2 else BEN], ADA if turn % 2 else BEN, 10, now=turn * 0.2)
    assert [out.sequence for out in sent] == list(range(80))
    assert [out.timestamp for out in sent] == [n * GRID for n in range(80)]
    assert [n for n, out in enumerate(sent) if out.marker] == list(range(0, 80, 10))


def test_former_speakers_are_forgotten() -> None:
    timeline = Timeline()
    for n in range(1000):
        timeline.next(rtp(n, 0, ssrc=n), f"seat {n}", n * 1.0)
    assert len(timeline._left) <= STALE + 1


# The end of a speech


def test_at_rest_the_listeners_are_told_that_nothing_is_missing() -> None:
    timeline = Timeline()
    assert timeline.rest() == []  # nobody has spoken yet
    run(timeline, spoken(FIRST, 500, 0), ADA, 3, now=0.0)
    assert timeline.rest() == []  # somebody still speaks
    timeline.cut(0.05)
    told = timeline.rest()
    assert [(out.sequence, out.timestamp, bytes(out.payload)) for out in told] == [
        (3, 3 * GRID, REST[0]),
        (4, 4 * GRID, REST[1]),
    ]
    assert not any(out.marker for out in told)
    timeline.cut(0.06)
    assert timeline.rest() == []


def test_a_rest_begins_after_the_last_sound() -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 0, ticks=3 * GRID), ADA, 3, now=0.0, pace=0.06)
    timeline.cut(0.13)
    assert [out.timestamp for out in timeline.rest()] == [9 * GRID, 10 * GRID]


@pytest.mark.parametrize(("elapsed", "ticks"), [
    (0.0, 3 * GRID), (0.02, 3 * GRID), (0.06, 3 * GRID), (0.08, 4 * GRID), (1.0, RATE), (3600.0, 3600 * RATE),
])  # fmt: skip
def test_after_a_rest_the_next_speaker_is_where_the_clock_is(elapsed: float, ticks: int) -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 123), ADA, 3, now=0.0)
    timeline.cut(0.04)
    timeline.rest()
    sent = timeline.next(rtp(60_000, 99, SECOND), BEN, 0.04 + elapsed)
    assert sent is not None
    assert (sent.sequence, sent.timestamp, sent.marker) == (5, 2 * GRID + ticks, True)


def test_speakers_who_follow_at_once_do_not_add_up_to_a_delay() -> None:
    timeline = Timeline()
    voices = {ADA: spoken(FIRST, 65_530, 2**32 - 5), BEN: spoken(SECOND, 9, 77)}
    for turn in range(50):
        source = ADA if turn % 2 else BEN
        run(timeline, voices[source], source, 10, now=turn * 0.2)
        spoken_so_far = (turn * 10 + 9) * GRID
        assert 0 <= timeline.timestamp - spoken_so_far <= 4 * GRID
        assert timeline.clock(turn * 0.2 + 0.18) == spoken_so_far
        timeline.cut(turn * 0.2 + 0.19)
        timeline.rest()
    late = timeline.next(rtp(9, 9, ssrc=3), ADA, 50 * 0.2 + 1.0)
    assert late is not None and late.timestamp == 500 * GRID + RATE  # after a pause everything is in its place


# A stream that breaks


def test_a_new_stream_of_the_same_person() -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 500, 0), ADA, 3, now=0.0)
    sent = timeline.next(rtp(9000, 5, SECOND), ADA, 0.1)
    assert sent is not None and (sent.sequence, sent.timestamp, sent.marker) == (3, 5 * GRID, True)


@pytest.mark.parametrize(("sequence", "timestamp", "elapsed"), [
    (1 + LEAP, (1 + LEAP) * GRID, (1 + LEAP) * 0.02),  # away for long
    (1, GRID, DRIFT + 0.1),  # a clock that stood still while time went on
    (1, GRID + 3 * RATE, 0.02),  # one that jumped
    (1, 0, 0.02),  # one that does not go on
    (1, -5000, 0.02),
])  # fmt: skip
def test_a_stream_that_jumps_goes_on_by_our_clock(sequence: int, timestamp: int, elapsed: float) -> None:
    timeline = Timeline()
    timeline.next(rtp(0, 0), ADA, 0.0)
    sent = timeline.next(rtp(sequence, timestamp), ADA, elapsed)
    assert sent is not None
    assert (sent.sequence, sent.timestamp, sent.marker) == (1, max(GRID, round(elapsed * 50) * GRID), True)
    assert timeline.next(rtp(sequence - 1, timestamp - GRID), ADA, elapsed) is None


def test_a_loss_of_ten_seconds_is_a_loss() -> None:
    timeline = Timeline()
    timeline.next(rtp(0, 0), ADA, 0.0)
    sent = timeline.next(rtp(LEAP, LEAP * GRID), ADA, LEAP * 0.02)
    assert sent is not None and (sent.sequence, sent.marker) == (LEAP, False)


def test_a_stream_that_counts_anew_is_taken_up_at_its_second_packet() -> None:
    timeline = Timeline()
    run(timeline, spoken(FIRST, 5000, 0), ADA, 3, now=0.0)
    assert timeline.next(rtp(100, 0), ADA, 0.1) is None
    assert timeline.next(rtp(300, 0), ADA, 0.1) is None  # two strays are no stream
    assert timeline.next(rtp(5003, 3 * GRID), ADA, 0.1)
    assert timeline.next(rtp(301, GRID), ADA, 0.1) is None
    sent = timeline.next(rtp(302, 2 * GRID), ADA, 0.12)
    assert sent is not None and (sent.sequence, sent.marker) == (4, True)
    assert timeline.next(rtp(303, 3 * GRID), ADA, 0.14)


# Laws

PACKETS = st.lists(
    st.tuples(
        st.sampled_from([ADA, BEN, "cut", "rest"]),
        st.integers(-80, 80) | st.integers(0, 0xFFFF),
        st.integers(-3 * GRID, 3 * GRID) | st.integers(0, 2**32 - 1),
        st.sampled_from([FIRST, SECOND]),
        st.floats(0, 3),
    ),
    max_size=60,
)


@given(PACKETS)
def test_whatever_comes_no_place_is_given_twice_and_new_packets_go_forward(
    packets: list[tuple[str, int, int, int, float]],
) -> None:
    timeline = Timeline()
    now, highest, places = 0.0, -1, set()
    for source, sequence, timestamp, ssrc, passed in packets:
        now += passed
        if source in ("cut", "rest"):
            timeline.cut(now)
            for out in timeline.rest() if source == "rest" else []:
                assert out.sequence == highest + 1 and out.sequence not in places
                places.add(out.sequence)
                highest += 1
            continue
        before = timeline.timestamp
        sent = timeline.next(rtp(sequence, timestamp, ssrc), source, now)
        if sent is not None:
            assert sent.sequence not in places
            assert 0 <= sent.timestamp < 2**32
            if sent.sequence > highest and highest >= 0:
                assert 0 < (sent.timestamp - before) % 2**32 < 2**31
                assert sent.sequence - highest <= LEAP
            places.add(sent.sequence)
            highest = max(highest, sent.sequence)
        assert timeline.sequence == highest


@given(
    st.lists(st.tuples(st.sampled_from([ADA, BEN]), st.integers(1, 8)), min_size=1, max_size=12), st.integers(0, 2**32)
)
def test_orderly_speakers_are_one_unbroken_stream(turns: list[tuple[str, int]], start: int) -> None:
    timeline = Timeline(start)
    voices = {ADA: spoken(FIRST, start, start * 7), BEN: spoken(SECOND, start * 3, start)}
    sent: list[Outgoing] = []
    for source, n in turns:
        sent += run(timeline, voices[source], source, n, now=len(sent) * 0.02)
    assert [out.sequence for out in sent] == list(range(len(sent)))
    assert [out.timestamp for out in sent] == [(start + n * GRID) % 2**32 for n in range(len(sent))]


def test_what_came_late_on_one_stream_is_late_on_the_other() -> None:
    """Whoever is heard on another of a room's streams is not heard with what they said before."""
    left: Left = {}
    former, later = Timeline(0, left), Timeline(0, left)
    packets = list(islice(spoken(FIRST, 100, 0), 12))
    assert all(former.next(packet, ADA, n * 0.02) for n, packet in enumerate(packets[:10]) if n != 8)
    former.cut(0.2)
    assert later.next(packets[8], ADA, 0.3) is None
    assert later.next(packets[9], ADA, 0.3) is None
    assert later.next(packets[10], ADA, 0.3) is not None
    assert former.next(packets[8], BEN, 0.4) is not None  # of somebody else
