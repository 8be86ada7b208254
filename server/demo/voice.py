"""Sound like somebody who speaks behind a wall: syllables, words and pauses, and nothing that could be understood.

A vowel is one period of a few harmonics, shaped by two formants; a syllable is that period repeated under a soft
envelope. Made on the spot, with a few percent of a processor while somebody speaks, and
encoded by the Opus encoder of aiortc.
"""

import array
import math
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from aiortc.codecs.opus import OpusEncoder
from av import AudioFrame

RATE = 16_000  # samples per second
FRAME = 320  # samples in 20 ms
BITRATE = 24_000  # per second
LOUD = 8000  # of 32,767: the loudest vowel

_POINTS = 256  # of a period
_VOWELS = ((730, 1090), (570, 840), (530, 1840), (390, 1990), (440, 1020), (300, 870))  # formants in hertz
_SPREAD = (90.0, 130.0)
_HIGHEST = 3400.0

Wave = list[float]


class Packet(NamedTuple):
    """20 ms. `level` is in -dBov, 0 to 127, as RFC 6464 has it."""

    opus: bytes
    level: int


def speech(pitch: float, seed: str) -> Iterator[Packet]:
    """Without end; the same for the same seed. `pitch` in hertz."""
    encoder = OpusEncoder()
    encoder.codec.bit_rate = BITRATE
    for number, samples in enumerate(frames(pitch, seed)):
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts = RATE, number * FRAME
        for opus in encoder.encode(frame)[0]:
            yield Packet(opus, level(samples))


def frames(pitch: float, seed: str) -> Iterator["array.array[int]"]:
    """The samples of 20 ms each, without end."""
    dice = Random(seed)
    waves = [vowel(pitch, formants) for formants in _VOWELS]
    ready: array.array[int] = array.array("h")
    while True:
        for samples in _phrase(pitch, waves, dice):
            ready.extend(samples)
            while len(ready) >= FRAME:
                yield ready[:FRAME]
                del ready[:FRAME]


def vowel(pitch: float, formants: tuple[int, int]) -> Wave:
    """One period, from -1 to 1."""
    count = int(_HIGHEST / pitch)
    parts = [(k, _strength(k * pitch, formants) / math.sqrt(k)) for k in range(1, count + 1)]
    wave = [
        sum(strength * math.sin(2 * math.pi * k * n / _POINTS + k) for k, strength in parts) for n in range(_POINTS)
    ]
    most = max(map(abs, wave))
    return [value / most for value in wave]


def _strength(frequency: float, formants: tuple[int, int]) -> float:
    near = (math.exp(-(((frequency - one) / width) ** 2) / 2) for one, width in zip(formants, _SPREAD, strict=True))
    return 0.12 * math.exp(-frequency / 500) + sum(near)


def _phrase(pitch: float, waves: list[Wave], dice: Random) -> Iterator["array.array[int]"]:
    """A few syllables that fall a little, some words apart, and a pause to breathe."""
    count = dice.randint(4, 11)
    for number in range(count):
        falls = 1.1 - 0.18 * number / count + dice.uniform(-0.03, 0.03)
        stress = dice.choice((0.55, 0.75, 1.0))
        yield _syllable(pitch * falls, dice.choice(waves), dice.uniform(0.1, 0.24), LOUD * stress)
        yield _quiet(dice.uniform(0.02, 0.05) if dice.random() < 0.7 else dice.uniform(0.08, 0.16))
    yield _quiet(dice.uniform(0.35, 1.1))


def _syllable(pitch: float, wave: Wave, seconds: float, loud: float) -> "array.array[int]":
    count = int(seconds * RATE)
    step, rise, fall = pitch * _POINTS / RATE, count / 4, count / 2.5
    return array.array(
        "h",
        (int(loud * min(1.0, n / rise, (count - n) / fall) * wave[int(n * step) % _POINTS]) for n in range(count)),
    )


def _quiet(seconds: float) -> "array.array[int]":
    return array.array("h", bytes(2 * int(seconds * RATE)))


def level(samples: "array.array[int]") -> int:
    """In -dBov: 127 is silence."""
    power = sum(value * value for value in samples) / len(samples)
    return 127 if power < 1 else min(127, round(-10 * math.log10(power / 32768**2)))
