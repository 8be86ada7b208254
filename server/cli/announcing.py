"""`lingkar announce`: say something to those who are inside, in all rooms of a running server or in some."""

import argparse
from collections.abc import Mapping
from typing import Any

from server import remote
from server.cli.running import add_server, server
from server.cli.said import tell
from server.config import Parser


def add(announcing: Parser, env: Mapping[str, str]) -> None:
    """`announce [TEXT | --take-down]`."""
    announcing.set_defaults(do=announce)
    what = announcing.add_mutually_exclusive_group()
    what.add_argument("text", metavar="TEXT", nargs="?", help="1-300 characters; left out: print what is shown now")
    what.add_argument("--take-down", action="store_true", help="what is shown now is not shown any more, anywhere")
    announcing.add_argument("--room", action="append", metavar="ID", help="only there; can be said several times")
    add_server(announcing, env)


def announce(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    to = server(asked, env)
    if asked.room and asked.text is None:
        raise remote.Unanswered("--room goes with a text.")
    if asked.text is None:
        shown: list[dict[str, Any]] = to.ask("GET", "/api/announcements")["announcements"]
        return _take_down(asked, to, shown) if asked.take_down else _list(asked, shown)
    rooms = {"rooms": asked.room} if asked.room else {}
    made = to.ask("POST", "/api/announcements", {"text": asked.text, **rooms})
    return tell(asked, made, [f"Shown for ten minutes to {_whom(made)}."])


def _take_down(asked: argparse.Namespace, to: remote.Server, shown: list[dict[str, Any]]) -> None:
    for one in shown:
        to.ask("DELETE", f"/api/announcements/{remote.quoted(one['id'])}")
    ids = [one["id"] for one in shown]
    tell(asked, {"taken_down": ids}, [f"Taken down: {one['text']}" for one in shown] or ["Nothing is shown."])


def _list(asked: argparse.Namespace, shown: list[dict[str, Any]]) -> None:
    lines = [f"{one['age'] / 60:.0f} min, to {_whom(one)}: {one['text']}" for one in shown]
    tell(asked, {"announcements": shown}, lines or ["Nothing is shown."])


def _whom(one: Mapping[str, Any]) -> str:
    people, rooms = one["people"], len(one["rooms"])
    return f"{people} {'person' if people == 1 else 'people'} in {rooms} room{'' if rooms == 1 else 's'}"
