"""Hypothesis strategies for whatever the wire can carry, read from the declarations themselves."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec import inspect as shape

IDS = st.sampled_from(["a1", "b2", "c3", "d4"])  # few, so that two random views have things in common
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type that the protocol declares."""
    return _of(shape.type_info(kind))


def near(kind: Any, value: Any) -> st.SearchStrategy[Any]:
    """Values of the same type that differ from this one in a few places, or not at all."""
    return _near(shape.type_info(kind), value)


def _of(info: shape.Type) -> st.SearchStrategy[Any]:
    match info:
        case shape.Metadata(type=inner):
            return _of(inner)
        case shape.StructType(cls=cls, fields=fields):
            return st.fixed_dictionaries(
                {f.name: _of(f.type) for f in fields if f.required},
                optional={f.name: _of(f.type) for f in fields if not f.required},
            ).map(lambda known: cls(**known))
        case shape.UnionType(types=types):
            return st.one_of([_of(inner) for inner in types])
        case shape.DictType(key_type=key, value_type=inner):
            return st.dictionaries(_of(key), _of(inner), max_size=3)
        case shape.ListType(item_type=inner, max_length=longest):
            return st.lists(_of(inner), max_size=min(3, 3 if longest is None else longest))
        case shape.VarTupleType(item_type=inner, min_length=least):
            return st.lists(_of(inner), min_size=least or 0, max_size=3).map(tuple)
        case shape.StrType(pattern=str() as pattern):
            return st.from_regex(pattern.removesuffix("$"), fullmatch=True)
        case shape.StrType(min_length=1):
            return IDS
        case shape.IntType(ge=least, le=most):
            return st.integers(least or 0, 2**53 if most is None else most)
        case shape.FloatType(ge=least, le=most) if least is not None:
            return st.floats(least, most, allow_nan=False, allow_infinity=False)
        case shape.EnumType(cls=cls):
            return st.sampled_from(list(cls))
        case shape.LiteralType(values=values):
            return st.sampled_from(values)
        case _:
            return _PLAIN[type(info)]


_PLAIN: dict[type[shape.Type], st.SearchStrategy[Any]] = {
    shape.StrType: TEXT,
    shape.FloatType: st.floats(allow_nan=False, allow_infinity=False) | st.builds(float, st.just("0.0")),
    shape.BoolType: st.booleans(),
    shape.AnyType: TEXT,
}


def _near(info: shape.Type, value: Any) -> st.SearchStrategy[Any]:
    match info:
        case shape.Metadata(type=inner):
            return _near(inner, value)
        case shape.StructType(fields=fields):
            changes = {f.name: _near_field(f, getattr(value, f.name)) for f in fields}
            return st.fixed_dictionaries({}, optional=changes).map(
                lambda known: msgspec.structs.replace(value, **known)
            )
        case shape.DictType(value_type=inner):
            kept = {key: _near(inner, old) for key, old in value.items()}
            return st.builds(lambda old, new: {**old, **new}, st.fixed_dictionaries({}, optional=kept), _of(info))
        case _:
            return st.just(value) | _of(info)


def _near_field(field: shape.Field, value: Any) -> st.SearchStrategy[Any]:
    known = _of(field.type) if value is UNSET else _near(field.type, value)
    if field.default is not msgspec.NODEFAULT:
        return known | st.just(field.default)
    return known
