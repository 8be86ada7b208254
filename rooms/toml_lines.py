"""Where in a TOML text each value begins. `tomllib` says what a file means, but not in which line it says so."""

import re
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str | int, ...]

DEEPEST = 8  # steps of a path that are told apart; what lies deeper is stepped over

_TOKEN = re.compile(
    r'''"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|\n|[][{}=,.]'''
    r"""|[^]\s[{}=,.\#"']+""",
    re.DOTALL,
)


class _Token(NamedTuple):
    text: str
    line: int


class _Tokens:
    """The text in pieces, read once from front to back."""

    def __init__(self, text: str) -> None:
        self._rest = self._all(text)
        self.next = next(self._rest, None)

    @staticmethod
    def _all(text: str) -> Iterator[_Token]:
        line = 1
        for found in _TOKEN.finditer(text):
            if not found[0].startswith("#"):
                yield _Token(found[0], line)
            line += found[0].count("\n")

    def take(self) -> _Token | None:
        taken, self.next = self.next, next(self._rest, None)
        return taken

    def sees(self, text: str) -> bool:
        return self.next is not None and self.next.text == text

    def skip(self, text: str) -> bool:
        """Step over it if it comes next."""
        return self.take() is not None if self.sees(text) else False


def lines(text: str) -> dict[Path, int]:
    """The line, from 1, of each table and value of a text that `tomllib` can read, by its path: `("phases", 0,
    "turn")`. Of a text that it cannot read: of what was understood; never an error."""
    text = text.replace("\r\n", "\n")
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    tokens, table = _Tokens(text), Path()
    while tokens.next is not None:
        line = tokens.next.line
        if tokens.skip("\n"):
            continue
        if tokens.skip("["):
            several = tokens.skip("[")
            table = _inside(_key(tokens), counts)
            if several:
                counts[table] = counts.get(table, 0) + 1
                found.setdefault(table, line)
                table = (*table, counts[table] - 1)
            found.setdefault(table, line)
        else:
            _pair(tokens, table, found)
        _rest_of_line(tokens)
    return found


def longest_key(text: str) -> int:
    """How many parts the longest dotted key has, of any text. `tomllib` takes the square of that."""
    longest = parts = 0
    for found in _TOKEN.finditer(text):
        parts = parts + (found[0] == ".") if found[0] not in ("\n", "=", ",", "[", "]", "{", "}") else 0
        longest = max(longest, parts)
    return longest + 1


def _inside(path: Path, counts: dict[Path, int]) -> Path:
    """The path of a table's name: in an array of tables it means the last one."""
    real = Path()
    for n, part in enumerate(path, 1):
        real = (*real, part)
        if n < len(path) and real in counts:
            real = (*real, counts[real] - 1)
    return real


def _key(tokens: _Tokens) -> Path:
    """A key and what is dotted to it."""
    parts: list[str] = []
    while tokens.next is not None and tokens.next.text not in ("\n", "=", "]", "[", "{", "}", ","):
        part = tokens.next.text
        tokens.take()
        if part != "." and len(parts) < DEEPEST:
            parts.append(part[1:-1] if part[0] in "\"'" and len(part) > 1 else part)
    return tuple(parts)


def _pair(tokens: _Tokens, table: Path, found: dict[Path, int]) -> None:
    line = tokens.next.line if tokens.next is not None else 0
    path = (*table, *_key(tokens))
    for n in range(len(table) + 1, len(path) + 1):
        found.setdefault(path[:n], line)
    if tokens.skip("="):
        _value(tokens, path, found)


def _value(tokens: _Tokens, path: Path, found: dict[Path, int]) -> None:
    if len(path) > DEEPEST:
        _step_over(tokens)
    elif tokens.skip("["):
        _items(tokens, path, found)
    elif tokens.skip("{"):
        while tokens.next is not None and not tokens.skip("}"):
            before = tokens.next
            if not (tokens.skip(",") or tokens.skip("\n")):
                _pair(tokens, path, found)
            if tokens.next is before:
                tokens.take()
    else:
        tokens.take()


def _items(tokens: _Tokens, path: Path, found: dict[Path, int]) -> None:
    n = 0
    while tokens.next is not None and not tokens.skip("]"):
        before = tokens.next
        if tokens.skip("\n"):
            continue
        if tokens.skip(","):
            n += 1
            continue
        found.setdefault((*path, n), before.line)
        _value(tokens, (*path, n), found)


def _step_over(tokens: _Tokens) -> None:
    """One value, however deep."""
    depth = 0
    while (token := tokens.take()) is not None:
        depth += (token.text in ("[", "{")) - (token.text in ("]", "}"))
        if depth <= 0:
            return


def _rest_of_line(tokens: _Tokens) -> None:
    while tokens.next is not None and not tokens.sees("\n"):
        tokens.take()
