"""The wire as JSON Schema (2020-12) and as TypeScript declarations, both made from the structs themselves."""

import json
from typing import Any

import msgspec

from protocol import asked, commands, formats, replies, signals, views
from protocol.errors import Bye, Code, Known
from protocol.message import VERSION, Term

Json = dict[str, Any]

TERMS: tuple[type[Term], ...] = (
    *(Code, Bye, Known, commands.HandKind, views.Role, views.MeetingState, views.Hold),
    *(views.TurnState, views.Why, views.Confidentiality, views.Deed, commands.Order, commands.SilentSignal),
    *(formats.Movement, formats.Ending, formats.Responses, formats.Text, formats.Mover, formats.Clock, formats.Silence),
)

SENT = {
    "command": ("Command", "Ack", "Something is asked for; acknowledged when it is durable, or refused."),
    "resync": ("", "", "Asks for a snapshot; at most once per 2 seconds."),
    "signal": ("Offer", "Answered | Refused", "Asks for sound; acknowledged with the answer, or refused."),
    "ask": ("Asked", "Links | Way | Formats | Refused", "Asks about links, formats, or for a way to another device."),
}
HEARD = {
    "snapshot": ("Snapshot", "Everything this connection may see, and where the count of patches begins."),
    "patch": ("Patch", "What changed in the view."),
    "you": ("You", "The private part, whole, when it changed."),
    "signal": ("Signal", "How loud the speaker is, never waited for; or that the server is back in a moment."),
    "bye": ("Goodbye", "The last event of a connection; do not connect again by yourself."),
}


def schema() -> Json:
    """One document: `$defs` has every message by its name, `x-events` says which event carries which."""
    parts: tuple[type[msgspec.Struct], ...] = (
        *(replies.Done, replies.Answered, replies.Refused),
        *(replies.Links, replies.Way, replies.Formats, replies.Snapshot, replies.Patch),
    )
    others = (replies.Auth, replies.Goodbye, signals.Offer, Code, Bye)
    unions = {"Command": commands.Command, "View": views.View, "Asked": asked.Asked, "Signal": signals.Signal}
    shapes, defs = msgspec.json.schema_components((*unions.values(), *parts, *others), ref_template=_ref("{name}"))
    defs |= dict(zip(unions, shapes, strict=False))
    defs["Ack"] = {"description": "The answer to every command.", "anyOf": [_to("Done"), _to("Refused")]}
    defs["CommandType"] = {"description": "The `type` of a command.", "enum": command_types()}
    defs["You"]["properties"]["may"]["items"] = _to("CommandType")
    defs["Snapshot"]["properties"]["view"] = _to("View")
    for part in parts:
        defs[part.__name__]["required"] = _always(part)
    for term in TERMS:
        defs[term.__name__]["x-meanings"] = {word.value: word.meaning for word in term}
    document: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lingkar",
        "description": f"What crosses the wire, version {VERSION}. Nothing is ever null, except inside a patch.",
        "x-events": {
            "client": {event: _to(name) if name else {} for event, (name, _, _) in SENT.items()},
            "server": {event: _to(name) for event, (name, _) in HEARD.items()},
        },
        "$defs": dict(sorted(defs.items())),
    }
    plain: Json = msgspec.json.decode(msgspec.json.encode(document))  # a default may be a tuple, or a word of a list
    return plain


def command_types() -> list[str]:
    """The tag of every command, in the order of `protocol/commands.py`."""
    return [str(kind.__struct_config__.tag) for kind in command_kinds()]


def command_kinds() -> tuple[type[msgspec.Struct], ...]:
    """Every member of the union of commands."""
    kinds: tuple[type[msgspec.Struct], ...] = commands.Command.__args__
    return kinds


def _ref(name: str) -> str:
    return f"#/$defs/{name}"


def _to(name: str) -> Json:
    return {"$ref": _ref(name)}


def _always(part: type[msgspec.Struct]) -> list[str]:
    """Fields that a reply carries whatever they hold: all but those that may be unset."""
    return [f.name for f in msgspec.structs.fields(part) if f.default is not msgspec.UNSET]


def types() -> str:
    """`static/js/protocol.d.ts`: a declaration for each entry of `$defs`, and the events for socket.io-client."""
    document = schema()
    lines = ["// Made by `python -m protocol types` from protocol/*.py. Change those, not this.", ""]
    for name, shape in document["$defs"].items():
        lines += _comment(_told(shape))
        lines += [_declaration(name, shape), ""]
    return "\n".join([*lines, *_events()])


def _declaration(name: str, shape: Json) -> str:
    if "properties" not in shape:
        return f"export type {name} = {_type(shape)};"
    fields = []
    for field, inner in shape["properties"].items():
        mark = "" if field in shape.get("required", []) else "?"
        fields += _comment(_told(inner), "  ")
        fields.append(f"  {field}{mark}: {_type(inner)};")
    return "\n".join([f"export interface {name} {{", *fields, "}"])


_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def _type(shape: Json) -> str:
    """A TypeScript type for the few kinds of schema that msgspec writes; raises KeyError for any other."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "enum" in shape:
        return " | ".join(json.dumps(value) for value in shape["enum"])
    if "anyOf" in shape:
        return " | ".join(_type(inner) for inner in shape["anyOf"])
    if shape["type"] == "array":
        return f"Array<{_type(shape['items'])}>"
    if shape["type"] == "object":
        inner = shape.get("additionalProperties")
        return f"Record<string, {_type(inner) if inner else 'unknown'}>"
    return _PLAIN[shape["type"]]


def _told(shape: Json) -> str:
    told = str(shape.get("description", ""))
    return "\n".join([told, *(f"- `{word}`: {meaning}" for word, meaning in shape.get("x-meanings", {}).items())])


def _comment(text: str, margin: str = "") -> list[str]:
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) < 2:
        return [f"{margin}/** {line} */" for line in lines]
    return [f"{margin}/**", *(f"{margin} * {line}".rstrip() for line in lines), f"{margin} */"]


def _events() -> list[str]:
    lines = ["/** What a browser sends. */", "export interface ClientEvents {"]
    for event, (name, answer, _) in SENT.items():
        arguments = [f"sent: {name}"] if name else []
        arguments += [f"answered: (answer: {answer}) => void"] if answer else []
        lines.append(f"  {event}: ({', '.join(arguments)}) => void;")
    lines += ["}", "", "/** What the server sends. */", "export interface ServerEvents {"]
    lines += [f"  {event}: (heard: {name}) => void;" for event, (name, _) in HEARD.items()]
    return [*lines, "}", ""]
