"""Our server as people meet it: behind Caddy, with the file of docs/hosting, https and HTTP/2, on loopback."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.served import TOKEN, Room, child, free_port

CADDYFILE = Path(__file__).resolve().parents[1] / "docs" / "hosting" / "Caddyfile"
PATIENCE = 60.0  # seconds for both to answer
KEY = {"Authorization": f"Bearer {TOKEN}"}


def caddy() -> str | None:
    """Where it is: servers live in a folder that is not on everybody's path."""
    return shutil.which("caddy", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


@asynccontextmanager
async def room() -> AsyncIterator[Room]:
    """A new room on a new server; its certificate is nobody's."""
    port, plain, upstream = free_port(), free_port(), free_port()
    url = f"https://localhost:{port}"
    with ExitStack() as open:
        folder = Path(open.enter_context(tempfile.TemporaryDirectory(prefix="lingkar-bench-")))
        ours = f"{{\nadmin off\nskip_install_trust\nhttp_port {plain}\ndefault_bind 127.0.0.1\n"
        (folder / "Caddyfile").write_text(CADDYFILE.read_text().replace("\n{\n", f"\n{ours}", 1))
        serve = [sys.executable, "-m", "server", "serve", "--port", str(upstream), "--data", str(folder / "data")]
        serve += ["--public-url", url, "--trusted-proxy", "127.0.0.1"]
        server = open.enter_context(child(serve, env={**os.environ, "LINGKAR_HOST_TOKEN": TOKEN}))
        around = {"LINGKAR_SITE": url, "LINGKAR_UPSTREAM": f"127.0.0.1:{upstream}", "HOME": str(folder)}
        around |= {"XDG_DATA_HOME": str(folder / "caddy"), "XDG_CONFIG_HOME": str(folder / "config")}
        run = [str(caddy()), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
        said = open.enter_context((folder / "said").open("w"))
        open.enter_context(child(run, env={**os.environ, **around}, stderr=said))
        document = await _first_room(url)
        yield Room(document["id"], url, server.pid, document["links"])


async def _first_room(url: str) -> dict[str, Any]:
    """As soon as both answer."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession(headers=KEY) as session:
        while True:
            try:
                async with session.post(f"{url}/api/rooms", json={"title": "Benchmark"}, ssl=False) as made:
                    if made.status == 201:
                        document: dict[str, Any] = await made.json()
                        return document
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
