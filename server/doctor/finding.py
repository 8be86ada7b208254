"""One thing that the doctor looked at."""

from typing import Literal

import msgspec

State = Literal["ok", "look", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """`text` says what is so, `do` what to do about it. *look* is for a person to judge; *wrong* keeps people away."""

    check: str
    state: State
    text: str
    do: str = ""


def ok(check: str, text: str) -> Finding:
    return Finding(check, "ok", text)


def look(check: str, text: str, do: str) -> Finding:
    return Finding(check, "look", text, do)


def wrong(check: str, text: str, do: str) -> Finding:
    return Finding(check, "wrong", text, do)
