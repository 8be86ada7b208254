"""Formats are read from TOML files; the rules read their values, never their name. The shape: protocol/formats.py."""

import tomllib

import msgspec

from protocol.formats import Ending, Format, Movement, Phase

__all__ = ["Ending", "Format", "Movement", "Phase", "read"]


def read(text: str) -> Format:
    """A format from its TOML text; `ValueError` says what is wrong and where."""
    return msgspec.convert(tomllib.loads(text), Format)
