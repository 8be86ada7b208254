"""Python, the libraries, and how many connections the system grants."""

import re
import resource
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from server.doctor.attending import Running
from server.doctor.finding import Finding, look, ok, wrong

OLDEST = (3, 11)
ENOUGH, FEW = 4096, 1024  # open files: one for each connection, and some


def libraries() -> Iterator[Finding]:
    """Those that this version was made with, to the last number: the guards know them from the inside."""
    python = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        yield wrong("python", f"this is Python {python}", f"use Python {'.'.join(map(str, OLDEST))} or newer")
    else:
        yield ok("python", f"Python {python}")
    try:
        asked = metadata.requires("lingkar") or []
    except metadata.PackageNotFoundError:
        yield look(
            "libraries", "Lingkar is not installed here, so no versions are known", "install it: `make run` does"
        )
        return
    pinned = [found.groups() for text in asked if (found := re.fullmatch(r"([\w.-]+)==([\w.]+)", text))]
    off = [f"{name} {_version(name)} instead of {version}" for name, version in pinned if _version(name) != version]
    if off:
        yield wrong("libraries", "; ".join(off), "install it anew in a virtual environment of its own")
    else:
        yield ok("libraries", f"all {len(pinned)} are those that this version was made with")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "nothing"


def files(running: Running | None) -> Iterator[Finding]:
    """The server takes what the hard limit grants; one that runs has its own."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if running is not None:
        limits = re.search(r"^Max open files\s+\S+\s+(\d+)", _limits(running.pid), re.MULTILINE)
        most = int(limits[1]) if limits else most
    if most == resource.RLIM_INFINITY or most >= ENOUGH:
        yield ok("open files", f"{'without limit' if most == resource.RLIM_INFINITY else f'up to {most}'}")
        return
    do = "raise the hard limit: `LimitNOFILE=65536` in a systemd unit, `ulimit -Hn` in a shell"
    text = f"up to {most}; everybody who is connected takes one"
    yield (wrong if most < FEW else look)("open files", text, do)


def _limits(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/limits").read_text("ascii")
    except OSError:
        return ""
