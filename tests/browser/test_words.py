"""The words people read: the languages say the same things, and the page asks for words that exist."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from protocol.errors import Bye, Code
from protocol.views import Confidentiality
from server.requests import Problem

STATIC = Path(__file__).resolve().parents[2] / "static"
LANGUAGES = sorted(path.name for path in (STATIC / "lang").iterdir() if path.is_dir())
FILES = sorted((STATIC / "lang").glob("*/*.ftl"))
KEY = r"[a-z]+(?:-[a-z0-9]+)+"

# Reads each file with the very parser that browsers use, and writes {language: {file: {key: [arguments]}}}.
READ = """
import { readFileSync } from 'node:fs'
import { FluentResource } from 'VENDOR'
const named = (node, found) => {
  if (Array.isArray(node)) node.forEach((each) => named(each, found))
  else if (node && typeof node === 'object') {
    if (node.type === 'var') found.add(node.name)
    Object.values(node).forEach((each) => named(each, found))
  }
  return found
}
const read = (path) => {
  const { body } = new FluentResource(readFileSync(path, 'utf8'))
  return body.map(({ id, value }) => [id, [...named(value, new Set())].sort()])
}
const files = JSON.parse(process.argv[1])
console.log(JSON.stringify(files.map((path) => [path, read(path)])))
"""

Words = dict[str, list[str]]


@cache
def languages() -> dict[str, dict[str, Words]]:
    """{language: {file: {key: [arguments]}}}"""
    script = READ.replace("VENDOR", (STATIC / "vendor" / "fluent.js").as_uri())
    command = ["node", "--input-type=module", "-e", script, json.dumps([str(path) for path in FILES])]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)
    found: dict[str, dict[str, Words]] = {}
    for path, messages in json.loads(done.stdout):
        keys = [key for key, _ in messages]
        assert len(keys) == len(set(keys)), f"{path}: a key stands there twice"
        found.setdefault(Path(path).parent.name, {})[Path(path).name] = dict(messages)
    return found


def words(language: str) -> Words:
    return {key: names for part in languages()[language].values() for key, names in part.items()}


@cache
def sources() -> dict[str, str]:
    """Our own modules, without their comments (where a key is an example)."""
    modules = (STATIC / "js").rglob("*.js")
    comment = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
    return {path.as_posix(): comment.sub("", path.read_text()) for path in modules}


def spoken() -> tuple[set[str], list[re.Pattern[str]]]:
    """What the page may ask for: every string that looks like a key, and every template as a pattern."""
    literals: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for text in sources().values():
        literals |= set(re.findall(rf"""['"`]({KEY})['"`]""", text))
        for template in re.findall(r"`([a-z][a-z0-9-]*-\$\{[^`]*)`", text):
            parts = [re.escape(part) for part in re.split(r"\$\{[^}]*\}", template)]
            patterns.append(re.compile("[a-z0-9-]+".join(parts)))
    return literals, patterns


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_with_the_same_arguments(language: str) -> None:
    assert languages()[language] == languages()["en"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_line_is_understood(path: Path) -> None:
    """The parser skips what it does not understand, without a word."""
    begun = re.findall(r"^([^\s#}].*?)\s*=", path.read_text(), re.MULTILINE)
    assert begun == list(languages()[path.parent.name][path.name])


def test_no_key_stands_in_two_files() -> None:
    keys = [key for part in languages()["en"].values() for key in part]
    assert len(keys) == len(set(keys))


def test_every_key_that_the_page_names_exists() -> None:
    named = {
        (name, key)
        for name, text in sources().items()
        for asked in re.findall(r"(?:\bt\(|\bkey:)([^()`{,]*)", text)
        for key in re.findall(rf"""['"]({KEY})['"]""", asked)
    }
    assert len(named) > 50
    assert sorted(pair for pair in named if pair[1] not in words("en")) == []


def test_no_words_are_left_over() -> None:
    literals, patterns = spoken()
    unused = [key for key in words("en") if key not in literals and not any(each.fullmatch(key) for each in patterns)]
    assert unused == []


def test_every_refusal_has_its_sentence() -> None:
    known = words("en")
    assert [code for code in Code if f"refused-{code}" not in known] == []
    assert [code for code in Bye if not {f"page-{code}-title", f"page-{code}-text"} <= known.keys()] == []
    assert [each for each in Confidentiality if f"join-policy-{each}-text" not in known] == []


def test_the_host_page_explains_what_a_host_can_mend() -> None:
    mendable = [Problem.TITLE, Problem.AGREEMENT, Problem.QUESTIONS, Problem.NOT_FOUND, Problem.NOT_NOW]
    mendable += [Problem.SEATS, Problem.NO_LINK, Problem.LINKS_FULL]
    mendable += [Problem.FORMAT, Problem.FORMAT_WRONG, Problem.WOULD_LOSE]
    assert [problem for problem in mendable if f"host-problem-{problem}" not in words("en")] == []
