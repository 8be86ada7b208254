"""A real server in a process of its own, for tests that look at it from outside."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

COMMAND = (sys.executable, "-m", "server")
HOME = Path(__file__).parent.parent


class Served(NamedTuple):
    """A server that answers at `url`. `said` is what it printed when it started."""

    url: str
    token: str
    said: list[str]
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def stop(self, by: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; the exit status and all that was printed after the start, both outputs together."""
        self.process.send_signal(by)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest


@contextmanager
def serving(
    data: Path,
    *flags: str,
    command: Sequence[str] = COMMAND,
    cwd: Path = HOME,
    env: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Start `serve --port 0 --print-link` on this data folder and wait until it has said where it is."""
    process = subprocess.Popen(
        [*command, "serve", "--port", "0", "--data", str(data), "--print-link", *flags],
        cwd=cwd,
        env=clean_environment() | dict(env or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = list(_until_ready(process))
        url, token = _read(said)
        yield Served(url, token, said, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def clean_environment() -> dict[str, str]:
    """This process's environment without settings of a server that somebody runs here."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LINGKAR_")}


def _until_ready(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:  # ends, at the latest, when the process does
        yield line.rstrip("\n")
        if line.startswith("Ctrl-C"):
            return


def _read(said: list[str]) -> tuple[str, str]:
    text = "\n".join(said)
    link = re.search(r"(http://[^/\s]+)/host#(\S+)$", text, re.MULTILINE)
    assert link, f"the server did not start:\n{text}"
    return link[1], link[2]
