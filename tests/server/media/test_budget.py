"""Speech always has room, ten times as much never has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.budget import BIT_BURST, BITS, FLOOD, PACKET_BURST, PACKETS, REST, Budget


def taken(budget: Budget, rate: float, size: int, start: float, seconds: float) -> float:
    """Datagrams of one size at an even rate; the share that was taken."""
    count = round(rate * seconds)
    return sum(budget.take(start + n / rate, size) for n in range(count)) / count


@pytest.mark.parametrize(("rate", "size"), [
    (50, 120),  # 32 kbit/s in packets of 20 ms
    (100, 90),  # of 10 ms
    (17, 260),  # of 60 ms
    (50, 400),  # music at its best
    (60, 200),  # with reports and checks beside it
])  # fmt: skip
def test_speech_is_never_refused(rate: float, size: int) -> None:
    budget = Budget(0.0)
    assert taken(budget, rate, size, 0.0, 600.0) == 1
    assert not budget.flooded(600.0)


def test_what_a_network_held_back_comes_at_once() -> None:
    budget = Budget(0.0)
    for n in range(60):
        start = n * 10.0
        assert all(budget.take(start + 4.0, 120) for _ in range(200))  # four seconds of speech in a moment
        assert taken(budget, 50, 120, start + 4.0, 6.0) == 1


@pytest.mark.parametrize(("rate", "size"), [(500, 120), (5000, 20), (140, 1400)])
def test_too_much_is_cut(rate: float, size: int) -> None:
    budget = Budget(0.0)
    taken(budget, rate, size, 0.0, 5.0)
    allowed = min(PACKETS, BITS / (8 * size))
    assert taken(budget, rate, size, 5.0, 10.0) == pytest.approx(allowed / rate, rel=0.02)


def test_large_ones_are_counted_by_their_size() -> None:
    budget = Budget(0.0)
    assert sum(budget.take(0.0, 1500) for _ in range(200)) == BIT_BURST // (8 * 1500)


def test_ten_times_the_packets_are_cut_within_a_second() -> None:
    budget = Budget(0.0)
    assert taken(budget, 500, 120, 0.0, 1.0) < 1


def test_who_does_not_stop_is_told_apart() -> None:
    budget = Budget(0.0)
    taken(budget, 500, 120, 0.0, FLOOD - 1)
    assert not budget.flooded(FLOOD - 1)
    taken(budget, 500, 120, FLOOD - 1, 4.0)
    assert budget.flooded(FLOOD + 3)
    assert not budget.flooded(FLOOD + 3 + REST + 0.1)
    taken(budget, 500, 120, FLOOD + 60, 4.0)  # much later, and not for long
    assert not budget.flooded(FLOOD + 64)


def test_a_clock_that_stands_or_steps_back_gives_nothing_away() -> None:
    budget = Budget(100.0)
    assert sum(budget.take(100.0, 1) for _ in range(1000)) == PACKET_BURST
    assert not budget.take(50.0, 1)
    assert budget.take(51.0, 1)


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 1500)), max_size=400))
def test_no_more_than_the_limits_over_any_time(datagrams: list[tuple[float, int]]) -> None:
    budget, now, packets, bits = Budget(0.0), 0.0, 0, 0
    for passed, size in datagrams:
        now += passed
        if budget.take(now, size):
            packets, bits = packets + 1, bits + 8 * size
        assert packets <= PACKET_BURST + now * PACKETS + 1e-6
        assert bits <= BIT_BURST + now * BITS + 1e-6
