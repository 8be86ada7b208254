"""Voices that a machine can tell apart, and say how far each one has come: for Chromium's microphones of a file.

A voice whistles a scale of its own, up and up again: twenty steps of 80 ms. Which scale is heard says who is heard,
and the step says which moment of it. A steady tone would be taken for noise, and suppressed; this one is not.
"""

import math
import wave
from array import array
from pathlib import Path

RATE = 48_000  # samples per second
STEPS, STEP = 20, 0.08  # of a scale; seconds of each
LOWEST, HIGHER, APART = 400, 1000, 45  # Hz: the first step, from each voice to the next, from each step to the next
LOUD = 0.3  # of full scale
RAMP = 0.01  # seconds in which a step begins and ends
VOICES = 4
AROUND = 8  # times through the scale, without a seam when the file is played again


def pitches(voice: int) -> list[int]:
    """In Hz, of each step."""
    return [LOWEST + HIGHER * voice + APART * step for step in range(STEPS)]


def samples(pitch: int) -> "array[int]":
    """One step, 16 bits."""
    count, ramp = round(STEP * RATE), round(RAMP * RATE)
    turn = 2 * math.pi * pitch / RATE
    swell = [min(1.0, (n + 1) / ramp, (count - n) / ramp) for n in range(count)]
    return array("h", [round(32_767 * LOUD * swell[n] * math.sin(turn * n)) for n in range(count)])


def write(folder: Path, voice: int) -> Path:
    """The file of this voice."""
    scale: array[int] = array("h")
    for pitch in pitches(voice):
        scale += samples(pitch)
    path = folder / f"voice-{voice}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((scale * AROUND).tobytes())
    return path
