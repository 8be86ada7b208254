"""`lingkar signposts check FILE`: everything that is wrong in a file of places for help. No server is asked."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from server.cli.said import add_json, say, tell
from server.config import Parser, refuse
from server.signposts import Fault, SignpostsWrong, load, placeholders


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """`signposts check`."""
    checking = commands.add_parser("check", help="everything that is wrong in a file, with line and reason")
    checking.set_defaults(do=check)
    checking.add_argument("files", metavar="FILE", nargs="+")
    add_json(checking)


def check(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """Exit status 1 when something is wrong in any of them, 2 when one cannot be read."""
    found: dict[str, list[Fault]] = {}
    for file in asked.files:
        fine, faults = "", []
        try:
            signposts = load(Path(file))
            count = len(signposts.signposts)
            fine = f"fine ({count} {'signpost' if count == 1 else 'signposts'}, last checked on {signposts.checked})"
            if nowhere := placeholders(signposts):
                fine += f"; but these are placeholders, and lead nowhere: {', '.join(nowhere)}"
        except SignpostsWrong as no:
            faults = no.faults
        except (OSError, ValueError) as no:
            refuse(f"{file} cannot be read: {getattr(no, 'strerror', None) or 'no file has such a name'}.")
        found[file] = faults
        if not asked.json:
            for text in [fine] if fine else map(str, faults):
                say(f"{file}: {text}")
    tell(asked, {"files": [{"file": file, "faults": faults} for file, faults in found.items()]}, [])
    if any(found.values()):
        raise SystemExit(1)
