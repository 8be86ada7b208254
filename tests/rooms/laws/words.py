"""What goes to disk is ids of our own making, words from fixed lists, names of phases, and numbers."""

import math
import re
from enum import Enum
from typing import Any

import msgspec

PLANTED = "planted"  # in every word that people write


def without_words(value: Any, phase: bool = False) -> None:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            without_words(getattr(value, name), name == "phase")
    elif isinstance(value, dict):
        for key, inner in value.items():
            without_words(key)
            without_words(inner)
    elif isinstance(value, tuple):
        for inner in value:
            without_words(inner)
    elif type(value) is str:
        assert re.fullmatch(r"[a-z0-9-]*" if phase else r"([sht]\d+|[a-z]+(-\d+)?\.\d+)?", value), value
    elif type(value) is float:
        assert math.isfinite(value), value
    else:
        assert isinstance(value, bool | int | Enum | None), value


def everything_in(document: Any) -> list[Any]:
    """Every value in a plain document, at any depth."""
    if isinstance(document, dict):
        return [inner for value in document.values() for inner in everything_in(value)]
    if isinstance(document, list):
        return [inner for value in document for inner in everything_in(value)]
    return [document]
