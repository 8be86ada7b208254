"""JSON merge patches (RFC 7396): made from two views, applied to plain documents.

`diff` walks frozen values and stops wherever both sides are the same object, so its cost is that of what changed.
"""

from typing import Any

import msgspec
from msgspec import UNSET

Json = dict[str, Any]


def diff(old: Any, new: Any) -> Json:
    """The merge patch from one view to another of the same type; empty when they show the same."""
    return _struct(old, new) if isinstance(new, msgspec.Struct) else _mapping(old, new)


def _mapping(old: dict[str, Any], new: dict[str, Any]) -> Json:
    patch: Json = {key: None for key in old if key not in new}
    for key, value in new.items():
        _compare(patch, key, old.get(key, UNSET), value)
    return patch


def _struct(old: msgspec.Struct, new: msgspec.Struct) -> Json:
    patch: Json = {}
    for name, default in _defaults(type(new)):
        before, after = getattr(old, name), getattr(new, name)
        if before is after:
            continue
        was_there, is_there = _is_sent(before, default), _is_sent(after, default)
        if is_there:
            _compare(patch, name, before if was_there else UNSET, after)
        elif was_there:
            patch[name] = None
    return patch


def _compare(patch: Json, key: str, before: Any, after: Any) -> None:
    if before is after:
        return
    if type(before) is type(after) and isinstance(after, msgspec.Struct | dict):
        inner = diff(before, after)
        if inner:
            patch[key] = inner
    elif before != after:
        patch[key] = msgspec.to_builtins(after)


def _is_sent(value: Any, default: Any) -> bool:
    """Whether msgspec sends the field: it leaves out the very object that is the default, and what is empty where the
    default is. A number that only equals the default is sent, so a patch must say the same."""
    return value is not default and not (type(value) is type(default) and value in ([], {}))


_known: dict[type, list[tuple[str, Any]]] = {}


def _defaults(kind: type[msgspec.Struct]) -> list[tuple[str, Any]]:
    """Field names with the value that leaves the field out (or a thing that nothing equals where it is always sent)."""
    if kind not in _known:
        omits = kind.__struct_config__.omit_defaults
        _known[kind] = [(f.name, _left_out(f) if omits else _NOTHING) for f in msgspec.structs.fields(kind)]
    return _known[kind]


def _left_out(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _NOTHING if field.default is msgspec.NODEFAULT else field.default


_NOTHING = object()


def apply(document: Json, patch: Json) -> Json:
    """The document after the patch (RFC 7396, section 2)."""
    result = dict(document)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            before = result.get(key)
            result[key] = apply(before if isinstance(before, dict) else {}, value)
        else:
            result[key] = value
    return result
