"""Names people choose, and what they look like."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import Code, Rejected
from rooms.names import LONGEST, clean, skeleton


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ben", "Ben"),
        ("  Mbak \t Siti \n", "Mbak Siti"),
        ("Andre\u0301", "André"),
        ("李小龍", "李小龍"),
        ("ศิริพร", "ศิริพร"),
        ("မြင့်မြင့်", "မြင့်မြင့်"),
        ("J.-P. O'Neill", "J.-P. O'Neill"),
        ("7", "7"),
        ("🌱", "🌱"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_names_that_are_fine(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "x" * (LONGEST + 1),
        "Ben\x00",
        "Ben\x1b[31m",
        "B\u200ben",  # zero width space
        "B\u200den",  # zero width joiner
        "\u202eneB",  # right-to-left override
        "\u2066Ben",  # isolate
        "Ben\ufeff",
        "Ben\ud800",  # half of a pair
        "Ben\ue000",  # private use
        "\u3164",  # Hangul filler: a letter that is drawn as nothing
        "Ben\u2800\u2800",  # empty Braille cells
        "...",
        "\u0301",
        "Z" + "\u0351" * 4,
    ],
)
def test_names_that_hide_or_turn_text_are_refused(typed: str) -> None:
    with pytest.raises(Rejected) as no:
        clean(typed)
    assert no.value.code is Code.NAME_INVALID


def test_marks_may_follow_one_another_three_times() -> None:
    assert clean("Z" + "\u0351" * 3)
    assert clean("Z\u0351\u0351\u0351Z\u0351")


@given(st.text(max_size=60))
def test_whatever_is_typed_the_name_shown_keeps_the_rules_and_stays_what_it_is(typed: str) -> None:
    try:
        shown = clean(typed)
    except Rejected:
        return
    assert 1 <= len(shown) <= LONGEST
    assert clean(shown) == shown
    assert shown.strip() == shown
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert skeleton(shown)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rani", "rani"),
        ("Rani", "RANI"),
        ("Rani", "Ra ni"),
        ("Rani", "Rаni"),  # Cyrillic a
        ("Rani", "Rаnі"),  # Cyrillic a, i
        ("Rani", "Ranı"),
        ("Rani", "Ran1"),
        ("Rani", "Ranl"),
        ("Rani", "Ràñi"),
        ("Rani", "Ｒａｎｉ"),
        ("Rani", "𝐑𝐚𝐧𝐢"),
        ("Rani", "Rani."),
        ("Rani", "~ Rani ~"),
        ("Rani", "Rani✓"),
        ("Ami", "Arni"),
        ("Wita", "VVita"),
        ("Oda", "0da"),
        ("Ian", "lan"),
        ("Ian", "|an"),
    ],
)
def test_names_that_look_alike(name: str, other: str) -> None:
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "other"), [("Rani", "Rina"), ("Rani", "Rani Dewi"), ("Ben", "Bena"), ("🌱", "🌿"), ("李", "陈")]
)
def test_names_that_do_not(name: str, other: str) -> None:
    assert skeleton(name) != skeleton(other)
