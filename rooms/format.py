"""Formats, from TOML or from plain data, or every reason why not. The rules read their values, never their name.

Their shape is declared in protocol/formats.py; what fits together and what does not is said in rooms/fitting.py.
"""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any

import msgspec
from msgspec import inspect

from protocol.formats import Ending, Format, Movement, Phase
from rooms import toml_lines
from rooms.fitting import Fault, misfits, place

__all__ = ["Ending", "Fault", "Format", "FormatWrong", "Movement", "Phase", "built", "read", "said", "wrong"]

Path = toml_lines.Path
_PARTS = 40  # of a key with dots, before it takes long to find that no field is called so
_MOST = 100  # faults that are told: nobody reads more


class FormatWrong(ValueError):
    """Not a format that could run: all `faults`, as they come in the text."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(said, faults)))
        self.faults = faults


def said(fault: Fault) -> str:
    """In one line, for people, who count phases from 1."""
    line = f"line {fault.line}" if fault.line else ""
    found = re.fullmatch(r"phases\[(\d+)\](?:\.(\w+))?(\[\d+\])?", fault.at)
    where = fault.at if found is None else f"phase {int(found[1]) + 1}{', ' * bool(found[2])}{found[2] or ''}"
    return ": ".join(part for part in (line, where, fault.why) if part)


def read(text: str) -> Format:
    """A format from its TOML text. `FormatWrong` says everything that is wrong, and where."""
    text = text.removeprefix("\ufeff")  # what some editors put in front
    if toml_lines.longest_key(text) > _PARTS:
        raise FormatWrong([Fault("", "syntax", "a field's name has dots in it", 1)])
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise FormatWrong([Fault("", "syntax", "something stands in itself too deep", 1)]) from None
    except ValueError as error:
        raise FormatWrong([_syntax(str(error), text)]) from None
    try:
        return built(data)
    except FormatWrong as no:
        lines = toml_lines.lines(text)
        faults = [msgspec.structs.replace(fault, line=_line(lines, fault.at)) for fault in no.faults]
        raise FormatWrong(sorted(faults, key=lambda fault: fault.line)) from None


def built(data: object) -> Format:
    """A format from plain data, as TOML or JSON have it. `FormatWrong` says everything that is wrong."""
    faults = list(islice(_table(data, Format, ()), _MOST))
    try:
        found = msgspec.convert(data, Format)
    except msgspec.ValidationError as error:
        raise FormatWrong(faults or [Fault("", "type", str(error))]) from None
    faults = faults or wrong(found)
    if faults:
        raise FormatWrong(faults)
    return found


def wrong(form: Format) -> list[Fault]:
    """What does not fit together in a format whose every value is allowed."""
    return list(misfits(form))


# Where


def _line(lines: dict[Path, int], at: str) -> int:
    """The line of what is wrong; of what is missing, that of the table in which it is missing."""
    path: Path = tuple(int(n) if n else name for name, n in re.findall(r"([^.[\]]+(?=\.|\[|$))|\[(\d+)\]", at))
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


# Syntax: what Python says, for people who do not write programs

_SYNTAX = (
    ("Expected '=' after", "an = is missing: a line says `field = value`"),
    ("Expected ']", "a ] is missing: a phase begins with the line [[phases]]"),
    ("Invalid statement", "this is not `field = value`, nor the line [[phases]], nor a comment (# ...)"),
    ("Invalid initial character for a key", "this is not the name of a field"),
    ("Invalid value", "the value cannot be read: words stand in quotation marks, numbers and true or false do not"),
    ("Expected newline or end", "one line says one thing: something more stands behind the value"),
    ("Unclosed array", "a list has to end with ]"),
    ("Unclosed inline table", "a { has to end with }"),
    ("Unterminated string", "a quotation mark is missing at the end"),
    ("Expected \"'", "a quotation mark is missing at the end"),
    ("Unescaped", "a backslash means something here; two of them stand for one"),
    ("Illegal character", "a quotation mark is missing, or a character stands here that no text may have"),
    ("Escaped character", "there is no character of that number"),
    ("Found invalid character", "a character stands here that no text may have"),
    ("Cannot overwrite a value", "this is said twice"),
    ("Cannot declare", "this is said twice: a phase begins with two brackets, [[phases]]"),
    ("Cannot mutate", "this is said twice"),
    ("Cannot redefine", "this is said twice: a phase begins with two brackets, [[phases]]"),
    ("Duplicate inline table key", "this is said twice"),
    ("Invalid date", "there is no such date"),
    ("Exceeds the limit", "a number is too long"),
)


def _syntax(error: str, text: str) -> Fault:
    where = re.search(r" \((?:at line (\d+), column \d+|at end of document)\)$", error)
    end = text.rstrip().count("\n") + 1
    line = int(where[1]) if where and where[1] else end
    about = error[: where.start()] if where else error
    why = next((why for start, why in _SYNTAX if about.startswith(start)), about)
    return Fault("", "syntax", why, min(line, end))


# Values, one by one


def _table(data: object, kind: type[msgspec.Struct], path: Path) -> Iterator[Fault]:
    if not isinstance(data, dict):
        what = "a phase is a table: it begins with the line [[phases]]" if path else "it must be a table of fields"
        yield Fault(place(path), "type", what)
        return
    fields = _FIELDS[kind]
    for key in data:
        if key not in fields:
            yield Fault(place((*path, str(key))), "unknown-field", f"there is no such field{_meant(str(key), fields)}")
    for name, field in fields.items():
        if name in data:
            yield from _value(data[name], field.type, (*path, name))
        elif field.required:
            yield Fault(place((*path, name)), "missing", "it must be there")


def _value(value: object, kind: inspect.Type, path: Path) -> Iterator[Fault]:
    at = place(path)
    match kind:
        case inspect.Metadata(type=inner):
            yield from _value(value, inner, path)
        case inspect.BoolType():
            if not isinstance(value, bool):
                yield Fault(at, "type", "it is either true or false, without quotation marks")
        case inspect.IntType(ge=low, le=high) | inspect.FloatType(ge=low, le=high):
            yield from _number(value, isinstance(kind, inspect.IntType), low or 0, high or 0, at)
        case inspect.EnumType(cls=term):
            words = [str(each.value) for each in term]
            if not isinstance(value, str) or value not in words:
                meant = _meant(value, words) if isinstance(value, str) else ""
                yield Fault(at, "choice", f"it is one of {', '.join(words)}{meant}")
        case inspect.StrType():
            yield from _text(value, kind, at)
        case _:
            assert isinstance(kind, inspect.VarTupleType)
            yield from _list(value, kind, path)


def _number(value: object, whole: bool, low: float, high: float, at: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        unit = "" if whole else " (of seconds)"
        yield Fault(at, "type", f"it must be a number{unit}, without quotation marks")
    elif not low <= value <= high:
        yield Fault(at, "range", f"it must be from {low:g} to {high:g}", low=low, high=high)
    elif whole and value != int(value):
        yield Fault(at, "type", "it must be a whole number")


def _text(value: object, kind: inspect.StrType, at: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(at, "type", "it must be text, in quotation marks")
    elif kind.pattern is not None and re.fullmatch(kind.pattern, value) is None:
        yield Fault(at, "name", "a name has up to 40 small letters, digits and -, and begins with a letter")
    elif kind.max_length is not None and len(value) > kind.max_length:
        why = f"it has {len(value)} characters; {kind.max_length} are the most"
        yield Fault(at, "too-long", why, high=kind.max_length)


def _list(value: object, kind: inspect.VarTupleType, path: Path) -> Iterator[Fault]:
    if not isinstance(value, list | tuple):
        phases = isinstance(kind.item_type, inspect.StructType)
        what = "each phase begins with the line [[phases]], with two brackets" if phases else 'a list: ["share"]'
        yield Fault(place(path), "type", what)
        return
    low, high = kind.min_length or 0, kind.max_length or len(value)
    if not low <= len(value) <= high:
        yield Fault(place(path), "count", f"there must be {low} to {high} of them", low=low, high=high)
        return
    for n, item in enumerate(value):
        if isinstance(kind.item_type, inspect.StructType):
            yield from _table(item, kind.item_type.cls, (*path, n))
        else:
            yield from _value(item, kind.item_type, (*path, n))


def _meant(word: str, words: Any) -> str:
    close = get_close_matches(word[:30].lower().replace("_", "-"), [each.replace("_", "-") for each in words], 1)
    real = [each for each in words if [each.replace("_", "-")] == close]
    return f"; did you mean {real[0]}?" if real else ""


def _fields(kind: type[msgspec.Struct]) -> dict[str, inspect.Field]:
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    return {field.name: field for field in found.fields}


_FIELDS: dict[type[msgspec.Struct], dict[str, inspect.Field]] = {kind: _fields(kind) for kind in (Format, Phase)}
