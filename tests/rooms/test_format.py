"""Formats are data: read from TOML, refused with a reason."""

from pathlib import Path

import pytest

import rooms
from protocol.commands import HandKind
from rooms.format import Ending, read

FORMATS = sorted((Path(rooms.__file__).parent / "formats").glob("*.toml"))
PLAIN = """
name = "plain"

[[phases]]
kinds = ["share", "process"]
turn = 300
warning = 30
grace = 60
pause = 5
offer = 40
rest = 30
window = 120
"""


def test_a_format_is_read() -> None:
    phase = read(PLAIN).phases[0]
    assert phase.kinds == (HandKind.SHARE, HandKind.PROCESS)
    assert (phase.turn, phase.ending, phase.automatic_offers) == (300, Ending.SOFT, True)


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.stem)
def test_our_formats_can_be_read_and_are_named_like_their_files(path: Path) -> None:
    assert read(path.read_text(encoding="utf-8")).name == path.stem


def test_the_simple_format_is_plain() -> None:
    simple = read((FORMATS[0].parent / "simple.toml").read_text(encoding="utf-8"))
    assert len(simple.phases) == 1
    assert simple.phases[0].automatic_offers
    assert simple.phases[0].pause <= 3
    assert set(simple.phases[0].kinds) == set(HandKind)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('name = "plain"', 'name = "Plain One"', "name"),
        ('name = "plain"', "", "name"),
        ("offer = 40", "offer = 19", "offer"),
        ("offer = 40", "", "offer"),
        ("turn = 300", "turn = 9", "turn"),
        ("turn = 300", 'turn = "long"', "turn"),
        ("turn = 300", "turn = nan", "turn"),
        ("pause = 5", "pause = -1", "pause"),
        ("window = 120", "window = 21601", "window"),
        ('"process"', '"shout"', "kinds"),
        ("grace = 60", "grace = 60\nspeed = 3", "speed"),
        ("grace = 60", 'grace = 60\nending = "abrupt"', "ending"),
        ("[[phases]]", "[phases]", "phases"),
        ("[[phases]]", "[[phases", "line 4"),
    ],
)
def test_a_wrong_format_says_where(old: str, new: str, where: str) -> None:
    assert old in PLAIN
    with pytest.raises(ValueError, match=where):
        read(PLAIN.replace(old, new))


def test_a_format_has_a_phase() -> None:
    with pytest.raises(ValueError, match="phases"):
        read('name = "plain"\nphases = []')
