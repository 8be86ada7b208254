"""Prints or writes what is made from the declarations in this package.

    python -m protocol schema             JSON Schema, to standard output
    python -m protocol types              TypeScript declarations, to standard output
    python -m protocol manual             the manual for people who write clients, to standard output
    python -m protocol all                write static/js/protocol.d.ts, docs/protocol.md, tables of docs/formats.md

`--who module:function` names a function that gives a table from a command's type to the words for who may ask for it.
It is named from outside, because this package knows nothing of the rules.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from pkgutil import resolve_name

from protocol.generate import schema, types
from protocol.generate_formats import with_fields
from protocol.generate_manual import Who, manual

HOME = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None, home: Path = HOME) -> None:
    """Does what the command line says; `home` is the folder that `all` writes into."""
    parser = argparse.ArgumentParser(prog="python -m protocol", description="Makes what is made from the protocol.")
    parser.add_argument("what", choices=("schema", "types", "manual", "all"))
    parser.add_argument("--who", metavar="MODULE:FUNCTION", help="gives the table of who may ask for which command")
    asked = parser.parse_args(arguments)
    who: Who | None = resolve_name(asked.who)() if asked.who else None
    match asked.what:
        case "schema":
            sys.stdout.write(json.dumps(schema(), indent=2) + "\n")
        case "types":
            sys.stdout.write(types())
        case "manual":
            sys.stdout.write(manual(who))
        case _:
            (home / "static/js/protocol.d.ts").write_text(types(), encoding="utf-8")
            (home / "docs/protocol.md").write_text(manual(who), encoding="utf-8")
            page = (HOME / "docs/formats.md").read_text(encoding="utf-8")
            (home / "docs/formats.md").write_text(with_fields(page), encoding="utf-8")


if __name__ == "__main__":
    main()
