"""The ring around a name: moves with the voice, not with each syllable."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.level import QUIET, STEPS, Level, Meter, decode


def said(meter: Meter, dbov: int, seconds: float, start: float) -> list[int]:
    """The steps told while somebody speaks so loudly, in packets of 20 ms."""
    told = [meter.heard(-dbov, start + n * 0.02) for n in range(round(seconds * 50))]
    return [step for step in told if step is not None]


def test_the_byte() -> None:
    assert decode(0) == Level(0, False)
    assert decode(0x80) == Level(0, True)
    assert decode(0xFF) == Level(-127, True)
    assert decode(0x7F) == Level(-127, False)
    assert decode(30) == Level(-30, False)


@pytest.mark.parametrize(("dbov", "step"), [
    (-127, 0), (-56, 0), (-55, 1), (-43, 1), (-42, 2), (-33, 2), (-32, 3), (-23, 3), (-22, 4), (0, 4),
])  # fmt: skip
def test_the_steps(dbov: int, step: int) -> None:
    meter = Meter()
    said(meter, dbov, 2.0, 0.0)
    assert meter.step == step


def test_the_first_word_shows_at_once() -> None:
    assert Meter().heard(30, 5.0) == 3


def test_it_rises_fast_and_falls_slowly() -> None:
    meter = Meter()
    said(meter, -60, 1.0, 0.0)
    assert said(meter, -10, 0.1, 1.0) == [1]  # on the way up, then nothing for a while
    said(meter, -10, 0.4, 1.1)
    assert meter.step == 4
    assert said(meter, -60, 0.06, 1.5) == []
    said(meter, -60, 1.0, 1.56)
    assert meter.step == 0


def test_a_voice_on_a_border_does_not_flicker() -> None:
    meter = Meter()
    said(meter, STEPS[2], 1.0, 0.0)
    assert meter.step == 3
    assert said(meter, STEPS[2] - 1, 3.0, 1.0) == []
    assert said(meter, STEPS[2] - 4, 3.0, 4.0) == [2]


def test_silence_without_packets() -> None:
    meter = Meter()
    said(meter, -20, 1.0, 0.0)
    assert meter.tick(0.98 + QUIET - 0.01) is None
    assert meter.tick(0.98 + QUIET) == 0
    assert meter.tick(3.0) is None
    assert meter.heard(20, 4.0) == 4


def test_after_the_turn_there_is_no_ring() -> None:
    meter = Meter()
    assert meter.over() is None
    said(meter, -20, 0.1, 0.0)
    assert meter.over() == 0
    assert meter.over() is None
    assert meter.tick(9.0) is None


@given(st.lists(st.tuples(st.floats(0, 0.3), st.integers(0, 255) | st.none()), max_size=300))
def test_at_most_five_changes_a_second(heard: list[tuple[float, int | None]]) -> None:
    meter, now, changes = Meter(), 0.0, [-10.0]
    for passed, value in heard:
        now += passed
        before = meter.step
        told = meter.tick(now) if value is None else meter.heard(value, now)
        assert 0 <= meter.step <= 4
        assert (told is None) == (meter.step == before)
        if told is not None:
            assert told == meter.step
            changes.append(now)
    assert all(later - sooner >= 0.2 for sooner, later in pairwise(changes))
