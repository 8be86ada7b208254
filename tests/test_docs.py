"""The pages for people stay true: their links lead somewhere, the files, names, commands and buttons that they mention
are there, and both languages of a guide say the same."""

import ast
import importlib
import re
import shlex
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.__main__ import parser
from server.config import Parser, add_flags

HOME = Path(__file__).parent.parent
PAGES = sorted([*HOME.glob("*.md"), *HOME.glob("docs/**/*.md")])
NEW = {"LastHands", "LastHandsSet"}  # what the walk-through itself adds
NEW_FILES = {"rooms/rules/last_hands.py", "tests/rooms/test_last_hands.py"}
GUIDES = [(page, HOME / "docs" / page.name.replace(".id", "")) for page in sorted(HOME.glob("docs/*.id.md"))]
ON_SCREEN = ["participants.md", "participants.id.md", "facilitators.md", "facilitators.id.md", "hosts.md"]
PICTURES = sorted(HOME.glob("docs/pictures/*.png"))
LARGEST = 60_000  # bytes of a picture


def text_of(page: Path) -> str:
    """What a page says; without what is to be checked yet, as far as the next heading of its level."""
    return re.sub(r"<!-- To be checked.*?(?=^## |\Z)", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def headings(page: Path) -> list[tuple[int, str]]:
    """How deep, and what it says."""
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [(len(depth), said) for depth, said in re.findall(r"^(#+) (.+)$", prose, re.MULTILINE)]


def anchor(heading: str) -> str:
    """What a link behind a # says of it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)", re.sub(r"\s+", " ", page.read_text(encoding="utf-8")))
    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_pages_lead_to_headings(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", re.sub(r"\s+", " ", page.read_text(encoding="utf-8")))
    there = {link: {anchor(said) for _, said in headings(page.parent / link if link else page)} for link, _ in links}
    assert [f"{link}#{to}" for link, to in links if to not in there[link]] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_mentioned_are_there(page: Path) -> None:
    mentioned = set(
        re.findall(r"`((?:protocol|rooms|server|static|tests|docs|scripts)/[\w./*-]+)`", page.read_text("utf-8"))
    )
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


def shown(page: Path) -> list[tuple[str, str]]:
    """Pictures: where they are, and what they say to whom does not see them."""
    text = page.read_text("utf-8")
    marked = [(path, said) for said, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)]
    return marked + re.findall(r'<img src="([^"]+)" width="\d+" alt="([^"]*)">', text)


def test_pictures_are_there_and_described_and_small() -> None:
    used = {(page.parent / path).resolve(): said for page in PAGES for path, said in shown(page)}
    assert sum(page.read_text("utf-8").count("<img") + page.read_text("utf-8").count("![") for page in PAGES) == sum(
        len(shown(page)) for page in PAGES
    )
    assert sorted(used) == PICTURES
    assert [said for said in used.values() if len(said) < 30] == []
    assert {path.name: path.stat().st_size for path in PICTURES if path.stat().st_size > LARGEST} == {}
    for path in PICTURES:
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert min(width, height) >= 500, f"{path.name}: {width} x {height}"


@pytest.mark.parametrize(("other", "english"), GUIDES, ids=lambda page: page.name)
def test_both_languages_of_a_guide_say_the_same(other: Path, english: Path) -> None:
    texts = [other.read_text("utf-8"), english.read_text("utf-8")]
    assert [depth for depth, _ in headings(other)] == [depth for depth, _ in headings(english)]
    for pattern in (r"^```\n.*?^```", r"`[^`\n]+`"):
        here, there = (re.findall(pattern, text, re.DOTALL | re.MULTILINE) for text in texts)
        assert sorted(here) == sorted(there)
    for pattern in (r"^\|", r"^- ", r"^\d\. ", r"\*\*", r"<!--"):
        assert len(re.findall(pattern, texts[0], re.MULTILINE)) == len(re.findall(pattern, texts[1], re.MULTILINE))
    pictures = [[path.replace("-id.png", "-en.png") for path, _ in shown(page)] for page in (other, english)]
    assert pictures[0] == pictures[1]
    assert english.name in texts[0]
    assert other.name in texts[1]


@pytest.mark.parametrize("name", ON_SCREEN)
def test_what_guides_quote_is_on_the_screen(name: str) -> None:
    """What is written `*so*`, and in the table of the large button, are the page's own words in that language."""
    text = re.sub(r"\s+", " ", text_of(HOME / "docs" / name))
    files = HOME.glob(f"static/lang/{'id' if '.id.' in name else 'en'}/*.ftl")
    words = re.sub(r"\s+", " ", " ".join(file.read_text("utf-8") for file in files))
    quoted = re.findall(r"(?<![*\w])\*([^*\d]+)\*(?!\*)", text)
    quoted += re.findall(r"\| ([A-Z][^|*]+?) \| [a-z][^|]+ (?=\|)", text) if name.startswith("participants") else []
    assert len(quoted) > 3
    missing = [each for each in quoted if any(part.strip(" .") not in words for part in each.split("…"))]
    assert [each for each in missing if each != "-demo"] == []


def typed(page: Path) -> Iterator[str]:
    """Commands of ours that people are told to type, a line each."""
    for block in re.findall(r"^```(?:sh|console)?\n(.*?)^```", text_of(page), re.DOTALL | re.MULTILINE):
        for line in re.sub(r"\\\n\s*", "", block).splitlines():
            for part in re.split(r" \| | && |; | > |\s# ", line):
                if found := re.search(r"(?:^\s*|/bin/|exec lingkar |do )lingkar (.*)$", part):
                    yield found[1].strip()


def test_the_commands_that_people_are_told_to_type_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for file in ("fullchain.pem", "privkey.pem"):
        (tmp_path / file).touch()
    shutil.copy(HOME / "docs/hosting/signposts.toml", tmp_path)
    lines = sorted({(page.name, line) for page in PAGES for line in typed(page)})
    assert len(lines) > 25
    refused = []
    for where, line in lines:
        try:
            parser({}).parse_args(shlex.split(line))
        except SystemExit as no:
            if no.code:
                refused.append(f"{where}: lingkar {line}")
    assert refused == []


def test_the_commands_that_are_named_are_there() -> None:
    """In the middle of a sentence: the command and its flags, not necessarily the rest."""
    named = sorted({line for page in PAGES for line in re.findall(r"`lingkar ([^`\n]+)`", text_of(page))})
    assert len(named) > 10
    wrong = []
    for line in named:
        here = parser({})
        for word in shlex.split(re.sub(r"\[|\]|\.\.\.", "", line)):
            below = next((one.choices for one in here._actions if isinstance(one.choices, dict)), None)
            if word.startswith("--") and word not in here._option_string_actions:
                wrong.append(f"{line}: {word}")
            elif below is not None and not word.startswith("--") and word.islower():
                if word not in below:
                    wrong.append(f"{line}: {word}")
                here = below.get(word, here)
    assert wrong == []


def test_the_targets_of_make_that_are_named_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (page.name, target)
        for page in PAGES
        for code in re.findall(r"```\n.*?```|`[^`\n]+`", page.read_text("utf-8"), re.DOTALL)
        for target in re.findall(r"(?:^|[`\n])\s*make ([a-z]+)\b", code)
    }
    assert len(named) > 8
    assert {(where, target) for where, target in named if target not in targets} == set()


def test_every_setting_is_in_the_table_of_operators() -> None:
    table = (HOME / "docs/operators.md").read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    one = Parser()
    add_flags(one, {})
    flags = {flag for action in one._actions for flag in action.option_strings} - {"-h", "--help"}
    assert set(re.findall(r"^\| `(--[a-z-]+)", table, re.MULTILINE)) == flags
    for flag in flags:
        assert f"`LINGKAR_{flag[2:].upper().replace('-', '_')}`" in table
