"""The table of every field of a format, for the people who write one: a part of docs/formats.md."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from protocol.commands import HandKind, Order
from protocol.formats import Clock, Ending, Format, Movement, Mover, Phase, Responses, Silence, Text
from protocol.generate_manual import meanings, table
from protocol.message import Term

BEGIN, END = "<!-- Made by `make protocol` from protocol/formats.py -->", "<!-- made so far -->"
TERMS: tuple[type[Term], ...] = (Movement, Order, HandKind, Responses, Text, Ending, Clock, Mover, Silence)


def with_fields(page: str) -> str:
    """The page with the tables as they are to be, between their two marks."""
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    return f"{before}{BEGIN}\n\n{_fields()}\n\n{END}{after}"


def _fields() -> str:
    parts = ["### Of the whole format", _of(Format), "### Of a phase", _of(Phase), "### Words"]
    for term in TERMS:
        parts += [f"#### {_used(term)}", meanings(term)]
    return "\n\n".join(parts)


def _used(term: type[Term]) -> str:
    """The fields that take words of this list."""
    return ", ".join(f"`{field.name}`" for field in _shape(Phase).fields if term in _terms(field.type))


def _of(kind: type[msgspec.Struct]) -> str:
    rows = [
        [f"`{field.name}`", _values(_plain(field.type)), _left_out(field), _meaning(field)]
        for field in _shape(kind).fields
    ]
    return table(["field", "what it can be", "left out", "meaning"], rows)


def _shape(kind: type[msgspec.Struct]) -> inspect.StructType:
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    return found


def _plain(kind: inspect.Type) -> inspect.Type:
    return _plain(kind.type) if isinstance(kind, inspect.Metadata) else kind


def _terms(kind: inspect.Type) -> Iterator[type[Any]]:
    match _plain(kind):
        case inspect.EnumType(cls=term):
            yield term
        case inspect.VarTupleType(item_type=item):
            yield from _terms(item)


def _values(kind: inspect.Type) -> str:
    match kind:
        case inspect.EnumType(cls=term):
            return ", ".join(f"`{each.value}`" for each in term)
        case inspect.VarTupleType(item_type=inspect.StructType()):
            return f"1 to {kind.max_length} times `[[phases]]`"
        case inspect.VarTupleType(item_type=item):
            return f"a list of {_values(item)}"
        case inspect.StrType(max_length=int() as most):
            return f"up to {most} characters"
        case inspect.StrType():
            return "up to 40 of `a-z`, `0-9`, `-`"
        case inspect.FloatType(ge=least, le=most):
            return f"{_span(least or 0)} to {_span(most or 0)}"
        case inspect.IntType(ge=least, le=most):
            return f"{least} to {most}"
        case _:
            return "`true`, `false`"


def _span(seconds: float) -> str:
    for unit, name in ((3600, "h"), (60, "min")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds / unit:g} {name}"
    return f"{seconds:g} s"


def _left_out(field: inspect.Field) -> str:
    if field.required:
        return "never"
    default = msgspec.to_builtins(field.default)
    return f"`{msgspec.json.encode(default).decode()}`" if default not in ("", ()) else ""


def _meaning(field: inspect.Field) -> str:
    """What the declaration says; of a word from a list, what the list is about."""
    kind, said = field.type, ""
    while isinstance(kind, inspect.Metadata):
        said = str((kind.extra_json_schema or {}).get("description", said))
        kind = kind.type
    return said or " ".join(re.sub(r"\s+", " ", str(term.__doc__)) for term in _terms(kind))
