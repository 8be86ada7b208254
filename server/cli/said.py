"""How commands answer: lines for people, or one JSON document for programs (`--json`)."""

import argparse
import sys
from collections.abc import Iterable

import msgspec


def add_json(*parsers: argparse.ArgumentParser) -> None:
    """Let these be asked for JSON."""
    for one in parsers:
        one.add_argument("--json", action="store_true", help="print one JSON document, for programs")


def tell(asked: argparse.Namespace, facts: object, lines: Iterable[str]) -> None:
    """The answer of a command: `facts` where JSON was asked for, otherwise `lines`. Both say the same."""
    for line in [document(facts)] if asked.json else lines:
        say(line)


def document(facts: object) -> str:
    """JSON as people can read it, too."""
    return msgspec.json.format(msgspec.json.encode(facts)).decode()


def say(line: str) -> None:
    """To the terminal, at once: another program may be waiting for the line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
