"""The evenings in this folder go as they are written. `LINGKAR_TELL=1` writes them anew, to be read as a diff."""

import os
from pathlib import Path

import pytest

import rooms
from tests.given import ADA, given
from tests.meetings.deeds import asked
from tests.meetings.evening import plan_of, told

EVENINGS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("evening", EVENINGS, ids=lambda path: path.stem)
def test_an_evening_goes_as_it_is_written(evening: Path) -> None:
    written = evening.read_text(encoding="utf-8")
    tale = told(written)
    if os.environ.get("LINGKAR_TELL"):
        evening.write_text(tale, encoding="utf-8")
    assert tale.splitlines() == written.splitlines()


def test_every_format_of_the_server_has_its_evening() -> None:
    played = {plan_of(evening.read_text(encoding="utf-8")).format.name for evening in EVENINGS}
    assert played == {path.stem for path in (Path(rooms.__file__).parent / "formats").glob("*.toml")}


def test_there_are_eleven() -> None:
    assert len(EVENINGS) >= 11


def test_a_script_that_nobody_understands_is_refused() -> None:
    with pytest.raises(ValueError, match="dances"):
        asked(given(ADA), ADA, "dances")
