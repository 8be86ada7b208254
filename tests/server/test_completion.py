"""`lingkar completion`: a real bash completes every command, flag and choice that the command line knows."""

import argparse
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from server.__main__ import parser
from server.cli.completion import SHELLS, actions
from server.formats import FORMATS
from tests.server.test_cli import lingkar
from tests.serving import HOME


@cache
def script(shell: str) -> str:
    asked = lingkar("completion", shell)
    assert (asked.returncode, asked.stderr) == (0, "")
    return asked.stdout


def completed(file: Path, *lines: tuple[str, ...]) -> list[set[str]]:
    """What bash offers for the last word of each line."""
    asked = [f"source {shlex.quote(str(file))}"]
    for words in lines:
        whole = " ".join(map(shlex.quote, ("lingkar", *words)))
        asked.append(f'COMP_WORDS=({whole}); COMP_CWORD={len(words)}; _shtab_lingkar; echo "${{COMPREPLY[*]}}"')
    said = subprocess.run(["bash", "-c", "\n".join(asked)], cwd=HOME, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr
    return [set(line.split()) for line in said.stdout.splitlines()]


@pytest.fixture
def bash(tmp_path: Path) -> Path:
    file = tmp_path / "lingkar.bash"
    file.write_text(script("bash"), encoding="utf-8")
    return file


def commands(one: argparse.ArgumentParser, *before: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command of the tree and the words that lead to it."""
    yield before, one
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from commands(below, *before, word)


def test_every_command_flag_and_choice(bash: Path) -> None:
    asked: list[tuple[str, ...]] = []
    known: list[set[str]] = []
    for words, one in commands(parser({})):
        flags = {flag for action in one._actions for flag in action.option_strings}
        asked.append((*words, "-"))
        known.append(flags)
        for action in one._actions:
            if action.choices:
                flag = action.option_strings[-1:]
                asked.append((*words, *flag, ""))
                known.append(set(map(str, action.choices)))
    assert len(asked) > 25
    assert dict(zip(asked, completed(bash, *asked), strict=True)) == dict(zip(asked, known, strict=True))


def test_what_is_begun_is_completed(bash: Path) -> None:
    lines = {
        ("room", "cl"): {"close"},
        ("room", "create", "Kamis", "--two"): {"--two-to-remove"},
        ("format", "show", ""): set(FORMATS),
        ("format", "check", "pyp"): {"pyproject.toml"},
        ("serve", "--tls-cert", "pyp"): {"pyproject.toml"},
        ("serve", "--data", "stat"): {"static"},
    }
    assert dict(zip(lines, completed(bash, *lines), strict=True)) == lines


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_every_word(shell: str) -> None:
    text = script(shell)
    for action in actions(parser({})):
        for word in (*action.option_strings, *(action.choices or ())):
            assert str(word).lstrip("-") in text


def test_nothing_of_this_machine_is_in_it() -> None:
    secret = lingkar("completion", "bash", env={"LINGKAR_DATA": "/srv/here", "LINGKAR_HOST_TOKEN": "x" * 20}).stdout
    assert secret == script("bash")
    assert str(HOME) not in secret


def test_a_shell_that_is_not_known() -> None:
    asked = lingkar("completion", "csh")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr.startswith("lingkar: shell: invalid choice: 'csh'")
