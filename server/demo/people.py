"""Who they are: first names that say that nobody is behind them, and how each one is in a circle."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

MOST = 60
MARK = "-demo"  # ends every name, so that nobody takes one of them for a person; pages show only the first word

_NAMES = """
Ayu Grace Budi Oliver Citra Ivy Dimas Henry Eka Clara Fitri Jack Gilang Nora Hadi Alice Indah Theo Joko Rose
Kartika Leo Lestari Emma Made Hugo Nadia Ruby Oka Felix Putri Amy Rizki George Sari Lucy Tono Oscar Umi Violet
Vina Arthur Wayan Maya Yusuf Ella Zahra Simon Bagus Hazel Dewi Frank Galih Judith Intan Kevin Laras Martha Nyoman
Peter
"""
_LEADER = "Rani"

Chance = Callable[[str], Random]  # dice for an occasion: the same occasion, the same dice


class Temper(NamedTuple):
    """How somebody is in a circle. Seconds at human pace, or a part of 1."""

    name: str
    pitch: float  # of the voice, in hertz
    arrives: float = 0.0  # seconds after the beginning
    eager: float = 150.0  # seconds until they would like to speak, on average, in a circle of six
    talks: float = 25.0  # seconds that a turn of theirs takes, on average
    passes: float = 0.1  # of the offers
    drops: float = 0.012  # of the turns in which they lose the connection
    stays: float = 0.0  # seconds until they leave for a while; 0: to the end


def gathering(count: int, seed: int) -> list[Temper]:
    """So many people, the same for the same seed. `ValueError` when there are not that many names."""
    if not 1 <= count <= MOST:
        raise ValueError(f"1 to {MOST} people")
    return [_one(name, seed, count) for name in _NAMES.split()[:count]]


def _one(name: str, seed: int, count: int) -> Temper:
    dice = Random(f"{seed} {name}")
    return Temper(
        name=name + MARK,
        pitch=dice.choice((dice.uniform(95, 140), dice.uniform(165, 230))),
        arrives=dice.uniform(0, 5 + 2 * count),
        eager=dice.choice((60, 120, 150, 240)),
        talks=dice.uniform(12, 40),
        passes=dice.choice((0.03, 0.1, 0.25)),
        stays=dice.uniform(400, 1800) if dice.random() < 0.3 else 0.0,
    )


def leader(seed: int) -> Temper:
    """The simulated facilitator, who asks for the floor only where leading does."""
    pitch = Random(f"{seed} {_LEADER}").uniform(150, 200)
    return Temper(name=_LEADER + MARK, pitch=pitch, eager=0.0, passes=0.0, drops=0.0)


def chance(seed: int, name: str) -> Chance:
    """Somebody's dice."""
    return lambda about: Random(f"{seed} {name} {about}")
