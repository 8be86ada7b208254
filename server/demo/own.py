"""A server for the demo alone: on a free port, with a folder that is thrown away. It ends with the demo."""

import asyncio
import contextlib
import ctypes
import os
import re
import secrets
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from server.remote import Server, Unanswered

STARTING = 60.0  # seconds
STOPPING = 20.0
_PACKAGES = Path(__file__).parent.parent.parent
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux, prctl(2)


@contextlib.asynccontextmanager
async def server() -> AsyncIterator[Server]:
    """Raises `Unanswered` when it does not start."""
    token = secrets.token_urlsafe(24)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LINGKAR_")}
    with tempfile.TemporaryDirectory(prefix="lingkar-demo-") as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "server", "serve", "--port", "0", "--data", folder,
            env=inherited | {"LINGKAR_HOST_TOKEN": token, "PYTHONPATH": str(_PACKAGES)},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the demo: first everybody leaves
            preexec_fn=_end_with_the_demo,
        )  # fmt: skip
        draining: asyncio.Task[None] | None = None
        try:
            assert process.stdout is not None
            url = await _address(process.stdout)
            draining = asyncio.create_task(_drain(process.stdout))
            yield Server(url, token)
        finally:
            await _end(process)
            if draining is not None:
                await draining


async def _address(said: asyncio.StreamReader) -> str:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(STARTING):
            async for line in said:
                found = re.search(r"running at (http\S+) \(", line.decode(errors="replace"))
                if found:
                    return found[1]
    raise Unanswered("the server of the demo did not start.")


async def _drain(said: asyncio.StreamReader) -> None:
    while await said.read(4096):
        pass


async def _end(process: asyncio.subprocess.Process) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is None:
            with contextlib.suppress(TimeoutError, ProcessLookupError):
                process.send_signal(number)
                await asyncio.wait_for(process.wait(), STOPPING)


def _end_with_the_demo() -> None:
    """Also when the demo has no time for a goodbye."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
