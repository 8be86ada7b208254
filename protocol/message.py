"""The ground of every wire type: how a message is shaped, and the small text types that fields are made of.

A message is a frozen msgspec struct. Tags are kebab-case, fields snake_case, unknown fields are refused.
Fields with a default are left out when they hold it; nothing that is sent is ever null, except inside a patch, where
null means: gone.
"""

from enum import StrEnum
from typing import Annotated, Self

import msgspec
from msgspec import Meta

SeatId = Annotated[str, Meta(min_length=1, max_length=24, description="A seat: one person's place in a meeting.")]
HandId = Annotated[str, Meta(min_length=1, max_length=24, description="A hand: one request for the floor.")]
TurnId = Annotated[str, Meta(min_length=1, max_length=24, description="A turn: one offered or granted floor.")]
MeetingTime = Annotated[float, Meta(description="Meeting time: seconds that run only while the server runs.")]
Seconds = Annotated[float, Meta(description="A length of time in seconds.")]
Version = Annotated[
    int, Meta(ge=0, le=2**53, description="Counts up by one with each change of the thing it belongs to.")
]

VERSION = 1  # of the wire: `auth.v`; another number is answered with `reload`


class Term(StrEnum):
    """A word from a fixed list. `meaning` says in one line what it stands for; the generated manual shows it."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning = meaning
        return term


def kebab(name: str) -> str:
    """`RaiseHand` -> `raise-hand`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Message(msgspec.Struct, frozen=True, tag=kebab, forbid_unknown_fields=True, omit_defaults=True):
    """Something sent whole, told apart by its `type`; what holds its default is left out."""


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of a view; what holds its default is left out."""
