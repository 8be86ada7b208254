"""The pages for people stay true: their links lead somewhere, and the files and names that they mention are there."""

import ast
import importlib
import re
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
PAGES = sorted([*HOME.glob("*.md"), *HOME.glob("docs/**/*.md")])
NEW = {"LastHands", "LastHandsSet"}  # what the walk-through itself adds
NEW_FILES = {"rooms/rules/last_hands.py", "tests/rooms/test_last_hands.py"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)", re.sub(r"\s+", " ", page.read_text(encoding="utf-8")))
    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_mentioned_are_there(page: Path) -> None:
    mentioned = set(re.findall(r"`((?:protocol|rooms|server|static|tests|docs)/[\w./*-]+)`", page.read_text("utf-8")))
    assert sorted(path for path in mentioned - NEW_FILES if not any(HOME.glob(path.rstrip("/")))) == []


def test_the_walk_through_imports_what_is_there() -> None:
    page = (HOME / "docs/a-new-rule.md").read_text(encoding="utf-8")
    found = [
        (node.module, name.name)
        for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        if block.startswith(("from", '"""'))
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    ]
    missing = [
        f"{module}.{name}"
        for module, name in found
        if name not in NEW and not hasattr(importlib.import_module(str(module)), name)
    ]
    assert len(found) > 15
    assert missing == []


def test_every_decision_is_in_the_list() -> None:
    listed = (HOME / "docs/decisions/README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in (HOME / "docs/decisions").glob("0*.md"))
    assert re.findall(r"\]\((0[^)]+)\)", listed) == records
    for number, name in enumerate(records, 1):
        assert name.startswith(f"{number:04}-")
        assert (HOME / "docs/decisions" / name).read_text(encoding="utf-8").startswith(f"# {number}. ")
