"""The socket in the data folder by which whoever may read the folder asks the running server what no page is told."""

import contextlib
import http.client
import os
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

SOCKET = "control"
PATIENCE = 15.0  # seconds


class Control:
    """The socket of a running server."""

    def __init__(self, folder: Path, routes: Sequence[web.RouteDef]) -> None:
        self._folder, self._routes = folder, routes
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await self._runner.setup()
        with _short(self._folder) as path:
            path.unlink(missing_ok=True)  # of a server that was killed: the folder's lock is ours
            await web.UnixSite(self._runner, path).start()
            path.chmod(0o600)

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            with contextlib.suppress(OSError):
                (self._folder / SOCKET).unlink()


class Answer(NamedTuple):
    """Of the server that runs on a data folder."""

    status: int
    body: bytes


def ask(folder: Path, path: str, method: str = "GET") -> Answer | None:
    """Of the server of this data folder; None when none runs. Raises `OSError`, `http.client.HTTPException`."""
    with _short(folder) as file, contextlib.closing(http.client.HTTPConnection("control", timeout=PATIENCE)) as line:
        line.sock = socket.socket(socket.AF_UNIX)
        line.sock.settimeout(PATIENCE)
        try:
            line.sock.connect(str(file))
        except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
            return None
        line.request(method, path)
        answer = line.getresponse()
        return Answer(answer.status, answer.read())


@contextlib.contextmanager
def _short(folder: Path) -> Iterator[Path]:
    """A path to the socket that is short enough for the kernel (107 bytes), wherever the folder is."""
    if not folder.is_dir():
        yield folder / SOCKET
        return
    number = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield Path(f"/proc/self/fd/{number}", SOCKET)
    finally:
        os.close(number)
