"""`lingkar format`: formats that come with this program, and a look at those that somebody writes. No server is asked.

lingkar format list            the formats that come with it, and their phases
lingkar format show NAME       print one, to copy and change
lingkar format check FILE ...  everything that is wrong in these files, with line and reason
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from rooms.format import Format, FormatWrong, read, said
from rooms.format_text import written
from server.cli.said import add_json, say, tell
from server.config import Parser, refuse
from server.formats import FORMATS, TEXTS

LARGEST = 64 * 1024  # bytes: what the server takes


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """`format list | show | check`."""
    listing = commands.add_parser("list", help="the formats that come with it, and their phases")
    listing.set_defaults(do=list_all)
    show = commands.add_parser("show", help="print one that comes with it, to copy and change")
    show.set_defaults(do=show_one)
    show.add_argument("name", metavar="NAME", help="as `lingkar format list` shows it")
    checking = commands.add_parser("check", help="everything that is wrong in a file, with line and reason")
    checking.set_defaults(do=check)
    checking.add_argument("files", metavar="FILE", nargs="+")
    add_json(listing, show, checking)


def list_all(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    found = {name: [phase.name for phase in form.phases] for name, form in FORMATS.items()}
    facts = [{"name": name, "phases": phases} for name, phases in found.items()]
    tell(asked, {"formats": facts}, [f"{name:<16} {', '.join(phases)}" for name, phases in found.items()])


def show_one(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    if asked.name not in TEXTS:
        raise SystemExit(f"lingkar: there is no format {asked.name!r}: it is one of {', '.join(TEXTS)}.")
    _show(asked, {}, FORMATS[asked.name], TEXTS[asked.name])


def show_room(asked: argparse.Namespace, room: Mapping[str, Any]) -> None:
    """The format of a room as the API shows it: its own, or one that comes with the server."""
    if "own_format" in room:
        form = msgspec.convert(room["own_format"], Format)
        _show(asked, {"id": room["id"]}, form, written(form))
    elif room["format"] in TEXTS:
        _show(asked, {"id": room["id"]}, FORMATS[room["format"]], TEXTS[room["format"]])
    else:
        raise SystemExit(f"lingkar: this version has no format {room['format']!r}: ask with that of the server.")


def _show(asked: argparse.Namespace, whose: Mapping[str, str], form: Format, text: str) -> None:
    tell(asked, {**whose, "format": form.name, "whole": form, "toml": text}, [text.rstrip("\n")])


def check(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """Exit status 1 when something is wrong in any of them, 2 when one cannot be read."""
    found = []
    for file in asked.files:
        fine, faults = "", []
        try:
            fine = _fine(read(text_of(file)))
        except FormatWrong as no:
            faults = no.faults
        found.append({"file": file, "faults": [{"line": one.line, "at": one.at, "text": said(one)} for one in faults]})
        if not asked.json:  # each as soon as it is known: the next one may not be readable
            for text in [fine] if fine else map(said, faults):
                say(f"{file}: {text}")
    tell(asked, {"files": found}, [])
    if any(one["faults"] for one in found):
        raise SystemExit(1)


def text_of(file: str, what: str = "a format") -> str:
    """What a file says. Ends with exit status 2 when that cannot be read."""
    try:
        with Path(file).open("rb") as opened:
            found = opened.read(LARGEST + 1)
        if len(found) > LARGEST:
            refuse(f"{file} is longer than {what} can be: {LARGEST // 1024} KiB.")
        return found.decode("utf-8")
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        refuse(f"{file} is not text in UTF-8.")
    except ValueError:  # a name that no file can have
        refuse(f"{file!r} cannot be read.")


def text_or_name(given: str) -> dict[str, str]:
    """What `--format` means to the server: the text of a file that is in order, or a name. Ends with exit status 1 when
    something is wrong in the file."""
    if given in FORMATS or not given.endswith(".toml"):
        return {"format": given}
    text = text_of(given)
    try:
        read(text)
    except FormatWrong as no:
        faults = "\n".join(f"  {said(fault)}" for fault in no.faults)
        raise SystemExit(f"lingkar: {given} is no format that could run:\n{faults}") from None
    return {"format_toml": text}


def _fine(form: Format) -> str:
    minutes = round(sum(phase.box for phase in form.phases) / 60)
    planned = f", {minutes} minutes planned" if minutes else ""
    return f"fine ({len(form.phases)} {'phase' if len(form.phases) == 1 else 'phases'}{planned})"
