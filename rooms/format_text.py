"""A format as TOML text, which `rooms.format.read` reads back."""

import json
from collections.abc import Iterator

import msgspec

from protocol.formats import Format, Phase


def written(form: Format) -> str:
    """Without what holds its default."""
    whole = msgspec.to_builtins(form)
    lines = [*_fields(whole)]
    for phase in form.phases:
        plain = {"name": phase.name} | msgspec.to_builtins(phase)
        lines += ["", "[[phases]]", *_fields({name: plain[name] for name in Phase.__struct_fields__ if name in plain})]
    return "\n".join(lines) + "\n"


def _fields(plain: dict[str, object]) -> Iterator[str]:
    return (f"{name} = {_value(value)}" for name, value in plain.items() if name != "phases")


def _value(value: object) -> str:
    """A string of JSON is one of TOML, too, but for the character 7F."""
    match value:
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
