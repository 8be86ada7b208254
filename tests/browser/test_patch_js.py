"""The browser's patches and the server's are the same thing: one made document after another, applied by both."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from protocol.patch import apply

PATCH_JS = Path(__file__).resolve().parents[2] / "static" / "js" / "patch.js"

RUN = """
import { readFileSync } from 'node:fs'
import { applyPatch } from 'MODULE'
const freeze = (value) => {
  if (value && typeof value === 'object') Object.values(Object.freeze(value)).forEach(freeze)
  return value
}
const pairs = freeze(JSON.parse(readFileSync(0, 'utf8')))
console.log(JSON.stringify(pairs.map(([before, patch]) => applyPatch(before, patch))))
"""


def anything(chance: random.Random, depth: int, nulls: bool) -> Any:
    """A JSON value; documents more often than not, so that patches meet them."""
    if depth and chance.random() < 0.6:
        keys = chance.sample("abcdef", chance.randint(0, 5))
        return {key: anything(chance, depth - 1, nulls) for key in keys}
    plain: list[Any] = [0, 1, True, "", "word", [1, {"a": 1}], []]
    return chance.choice([*plain, None] if nulls else plain)


def document(chance: random.Random, nulls: bool) -> dict[str, Any]:
    return {key: anything(chance, 3, nulls) for key in "abcdef"}


def run(pairs: list[tuple[Any, Any]]) -> Any:
    script = RUN.replace("MODULE", PATCH_JS.as_uri())
    command = ["node", "--input-type=module", "-e", script]
    return json.loads(
        subprocess.run(command, input=json.dumps(pairs), check=True, capture_output=True, text=True, timeout=30).stdout
    )


def test_the_browser_applies_patches_as_the_server_does() -> None:
    chance = random.Random(7396)
    pairs = [(document(chance, nulls=False), document(chance, nulls=True)) for _ in range(1000)]
    assert run(pairs) == [apply(before, patch) for before, patch in pairs]


def test_examples_of_the_standard() -> None:
    """RFC 7396, appendix A: those that have an object on both sides, and one that begins without."""
    cases = [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        (["a"], {"a": "b"}, {"a": "b"}),
    ]
    assert run([(before, patch) for before, patch, _ in cases]) == [after for _, _, after in cases]
