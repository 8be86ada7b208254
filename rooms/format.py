"""A meeting described as data. A format is a TOML file; the rules read its values, never its name."""

import tomllib
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from protocol.commands import HandKind

Length = Annotated[float, Meta(ge=0, le=6 * 3600)]


class Ending(StrEnum):
    """What happens when a turn's time is over."""

    SOFT = "soft"  # grace, then a facilitator decides
    HARD = "hard"  # the turn ends; only where the group chose it


class Phase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the floor moves for a while. All lengths in seconds."""

    kinds: tuple[HandKind, ...]
    turn: Annotated[float, Meta(ge=10, le=6 * 3600)]
    warning: Length  # before the limit
    grace: Length  # after it
    pause: Length  # the quiet after each turn
    offer: Annotated[float, Meta(ge=20, le=600)]  # WCAG 2.2.1: nobody is hurried
    rest: Length  # how long a hand rests after an offer that was put off
    window: Length  # how long the floor of a dropped speaker is held
    unled: Length = 30.0  # without any facilitator, before the room stands still: pages are reloaded, networks change
    ending: Ending = Ending.SOFT
    automatic_offers: bool = True


class Format(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{0,39}$")]
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=20)]


def read(text: str) -> Format:
    """A format from its TOML text; `ValueError` says what is wrong and where."""
    return msgspec.convert(tomllib.loads(text), Format)
