"""`docs/faults.md` stays true: every row has a test, every test that it names is there, and none of ours is missing."""

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[2]
PAGE = (TESTS.parent / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|") and not re.match(r"\| what happens |\|---", line)]
NAMED = re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)

# What the table is about at least, as words of its rows.
ABOUT = {
    "HTTP": "slow heads, idle, Origin, long polling, another version, 64 KiB, dribbles, inflated",
    "Socket.IO": "reserved names, wrong shapes, binary, acknowledgement ids, truncated, nested, no text, NaN, 2^64, "
    "surrogates, 200 events, same command twice, out of order, after coming back, another room, CONNECT, "
    "stopping to read",
    "Text": "HTML, script links, 2,001, combining marks, right-to-left, confusable",
    "SDP and ICE": "empty, 17 KiB, binary, mutated, hundreds of candidates, .local, video, data, fingerprints, "
    "20 offers, then nothing",
    "Media": "empty, oversized, STUN, handshakes, spoofed, replayed, many sources, ten times, after the turn, removal",
    "In a room": "fifty hands, turn or an offer, two tabs, stolen, facilitators gone, same moment, timer fires, "
    "full room, clock two years",
    "Storage": "kill -9, disk is full, read-only, stalled, locked, truncated, newer, migration, yesterday's backup",
    "The process and its machine": "wall clock, suspended, SIGSTOP, SIGTERM, twice, file descriptors, reads the log",
    "The client and its network": "200 ms, 30 s, another address, UDP, denied, unplugged, back, refresh, restored tab, "
    "keyboard, screen reader",
}


@cache
def names_in(path: Path) -> set[str]:
    """The functions of a module."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.name for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_row_names_a_test() -> None:
    assert len(ROWS) > 80
    assert [row for row in ROWS if not re.search(r"`[\w/]+\.py::test_\w+`", row.split("|")[3])] == []


def test_every_test_that_is_named_is_there() -> None:
    missing = [
        f"{file}::{name}" for file, name in NAMED if not (TESTS / file).exists() or name not in names_in(TESTS / file)
    ]
    assert missing == []


def test_no_test_of_a_fault_is_missing_in_the_table() -> None:
    ours = {
        (path.relative_to(TESTS).as_posix(), name)
        for path in Path(__file__).parent.glob("test_*_faults.py")
        for name in names_in(path)
        if name.startswith("test_")
    }
    assert len(ours) > 40
    assert ours - set(NAMED) == set()


def test_everything_that_may_go_wrong_has_its_row() -> None:
    sections = dict(re.findall(r"^## (.+?)\n\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
    missing = []
    for title, words in ABOUT.items():
        said = " ".join(row.split("|")[1] for row in sections[title].splitlines() if row.startswith("|")).lower()
        missing += [f"{title}: {word}" for word in words.split(", ") if word.lower() not in said]
    assert missing == []
