"""The evenings in this folder go as they are written. `LINGKAR_TELL=1` writes them anew, to be read as a diff."""

import os
from pathlib import Path

import pytest

from tests.given import ADA, given
from tests.meetings.evening import asked, told

EVENINGS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("evening", EVENINGS, ids=lambda path: path.stem)
def test_an_evening_goes_as_it_is_written(evening: Path) -> None:
    written = evening.read_text(encoding="utf-8")
    tale = told(written)
    if os.environ.get("LINGKAR_TELL"):
        evening.write_text(tale, encoding="utf-8")
    assert tale.splitlines() == written.splitlines()


def test_there_are_five() -> None:
    assert len(EVENINGS) >= 5


def test_a_script_that_nobody_understands_is_refused() -> None:
    with pytest.raises(ValueError, match="dances"):
        asked(given(ADA), ADA, "dances")
