"""Where things stand in a TOML text: a wrong value is told with its line, however the file is written."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.toml_lines import DEEPEST, lines, longest_key

TEXT = '''\
# a comment with [brackets] = and "quotes"
name = "x # not a comment"

"quoted key" = 1
'single' = 2
a.b.c = 3

[[phases]]
turn = 1.5
kinds = [
  "share",  # one
  # between

  "respond",
]
prompt = """
several
"lines"
"""
box = 4

[[phases]]
note = \'\'\'
it's
\'\'\'
when = 2026-11-22T09:30:00Z

[phases.inner]
deep = { one = 1, two = [1, { three = 3 }], }
[[phases.inner.more]]
x = 1
[[phases.inner.more]]
x = 2
[other."dotted.name"]
y = 1
'''
# an inline table may not end with a comma in today's TOML: what `lines` reads may be more than TOML
PLAIN = TEXT.replace("}], }", "}] }")
WHERE = {
    ("name",): 2,
    ("quoted key",): 4,
    ("single",): 5,
    ("a",): 6,
    ("a", "b", "c"): 6,
    ("phases",): 8,
    ("phases", 0): 8,
    ("phases", 0, "turn"): 9,
    ("phases", 0, "kinds"): 10,
    ("phases", 0, "kinds", 0): 11,
    ("phases", 0, "kinds", 1): 14,
    ("phases", 0, "prompt"): 16,
    ("phases", 0, "box"): 20,
    ("phases", 1): 22,
    ("phases", 1, "note"): 23,
    ("phases", 1, "when"): 26,
    ("phases", 1, "inner"): 28,
    ("phases", 1, "inner", "deep", "one"): 29,
    ("phases", 1, "inner", "deep", "two", 0): 29,
    ("phases", 1, "inner", "deep", "two", 1, "three"): 29,
    ("phases", 1, "inner", "more", 0, "x"): 31,
    ("phases", 1, "inner", "more", 1): 32,
    ("phases", 1, "inner", "more", 1, "x"): 33,
    ("other", "dotted.name", "y"): 35,
}


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


@pytest.mark.parametrize("text", [PLAIN, TEXT, PLAIN.replace("\n", "\r\n")], ids=["plain", "looser", "other system"])
def test_everything_is_found_in_its_line(text: str) -> None:
    found = lines(text)
    assert {path: found.get(path) for path in WHERE} == WHERE


def test_the_paths_are_those_of_the_values() -> None:
    data = tomllib.loads(PLAIN)
    for path in WHERE:
        at(data, path)  # or KeyError


def test_what_lies_too_deep_is_stepped_over() -> None:
    deep = "[" * 30 + "{ x = [1, 2] }, 3" + "]" * 30
    found = lines(f"a = {deep}\nb = {{ c = {deep}, d = 1 }}\ne = 2\n")
    assert (found["a",], found["b",], found["b", "d"], found["e",]) == (1, 2, 2, 3)
    assert max(map(len, found)) <= DEEPEST + 1
    assert lines("a = 1\nb = " + "[" * 30)["b",] == 2


def paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for step, inner in steps for found in paths(inner, (*path, step)))]


KEYS = st.sampled_from(["a", "b", "name", "turn", "x-y", "7"])
VALUES = st.recursive(
    st.sampled_from(["1", "1.5", "true", '"x = [#"', "'y'", "-inf", '"""a\nb"""', "07:32:00", '"\\""']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: "[\n " + ",\n ".join(items) + ",\n]"),
        st.dictionaries(KEYS, inner, max_size=2).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=3).map(lambda table: [f"{key} = {table[key]}" for key in table])


@given(TABLES, st.lists(TABLES, max_size=3))
def test_whatever_is_written_has_a_line_and_it_begins_there(top: list[str], tables: list[list[str]]) -> None:
    text = "\n".join([*top, *(line for table in tables for line in ("", "[[phases]]", *table))]) + "\n"
    data, found = tomllib.loads(text), lines(text)
    written = text.split("\n")
    for path in paths(data)[1:]:
        if len(path) > DEEPEST:
            continue
        line = written[found[path] - 1]
        if isinstance(path[-1], str) and path != ("phases",):
            assert path[-1] in line
        elif path[0] == "phases" and len(path) <= 2:
            assert line == "[[phases]]"


@given(st.text(st.sampled_from("[]{}=,.#\"'\n\\ ab1"), max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines(text).values())
    assert 1 <= longest_key(text) <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("", 1),
        ("a = 1", 1),
        ("a.b . c = 1", 3),
        ("x = 'a.b.c.d'", 1),
        ("# a.b.c\nx = 1.5", 2),
        ("[a.b]\nx = {y.z.w = 1}", 3),
        ("a." * 50_000, 50_001),
    ],
)
def test_how_long_keys_are(text: str, most: int) -> None:
    assert longest_key(text) == most
