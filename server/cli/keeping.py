"""`lingkar disclose`, `backup` and `restore`: what is in a data folder."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from server import backup
from server.cli.said import add_json, document, say, tell
from server.config import Parser, add_flags, config


def add_disclose(one: Parser, env: Mapping[str, str]) -> None:
    one.set_defaults(do=disclose)
    one.add_argument("id", metavar="ID")
    add_json(one)  # it is JSON in any case; a program need not know which commands are
    add_flags(one, env)


def add_backup(saving: Parser, restoring: Parser, env: Mapping[str, str]) -> None:
    saving.set_defaults(do=save)
    restoring.set_defaults(do=restore)
    for one in (saving, restoring):
        one.add_argument("file", metavar="FILE", type=Path)
        add_json(one)
        add_flags(one, env)


def disclose(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    from server import disclosure

    try:
        found = disclosure.ask(config(asked, env).data, asked.id)
    except (disclosure.Unknown, OSError) as wrong:
        raise SystemExit(f"lingkar: {wrong}") from None
    say(document(found))


def save(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    rooms = backup.write(config(asked, env).data, asked.file)
    said = f"Wrote {_rooms(rooms)} to {asked.file}: agreements and questions are in it."
    tell(asked, {"rooms": rooms, "file": str(asked.file)}, [said])


def restore(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    rooms = backup.restore(config(asked, env).data, asked.file)
    said = f"Put {_rooms(rooms)} back. All links are new: the host page has them."
    tell(asked, {"rooms": rooms, "file": str(asked.file)}, [said])


def _rooms(count: int) -> str:
    return f"{count} {'room' if count == 1 else 'rooms'}"
