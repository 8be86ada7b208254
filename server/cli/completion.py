"""`lingkar completion bash | zsh | fish`: a script that completes what people type, made from the command line itself.

Nothing is listed here a second time: commands, flags and choices are read from the parser; files, folders and formats
are told by the names that stand for them in the help.
"""

import argparse
import functools
from collections.abc import Callable, Iterator, Mapping

from server.cli.said import say
from server.config import Parser
from server.formats import FORMATS

SHELLS = ("bash", "zsh", "fish")
SHOWN = "NAME"  # stands for a format that comes with it


def add(one: Parser, env: Mapping[str, str], whole: Callable[[Mapping[str, str]], Parser]) -> None:
    """`whole` makes the command line that is to be completed."""
    one.set_defaults(do=functools.partial(write, whole))
    one.add_argument("shell", choices=SHELLS, help="the shell that you type in")


def write(whole: Callable[[Mapping[str, str]], Parser], asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    import shtab  # the other commands start without it

    tree = whole({})  # settings of this moment have no place in a script
    for action in actions(tree):
        if action.metavar == "FILE":
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar == "DIR":
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar == SHOWN:
            action.choices = list(FORMATS)
    say(shtab.complete(tree, shell=asked.shell).rstrip("\n"))


def actions(tree: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Everything that can be typed, of all commands."""
    for action in tree._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from actions(one)
