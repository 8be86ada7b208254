"""The peer that is known for forwarding: Janus with its VideoRoom plugin, one audio publisher and those who listen.

An instance of our own, with a folder of settings of its own, on loopback and free ports, told by its JSON over a
websocket. Everything that is not in `CONFIG` is as Debian's package has it.
"""

import asyncio
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.audio_load import Hired
from benchmarks.audio_peer import HOST
from benchmarks.audio_room import described, theirs
from benchmarks.served import child, free_port

NEED = Path(__file__).parent.parent / "scripts" / "need"
PATIENCE = 20.0  # seconds that any one answer may take
ALIVE = 20.0  # seconds between signs of life of the session, which has to give one every 60
ROOM = 1

CONFIG = """
general: {{
    configs_folder = "{folder}"
    plugins_folder = "{libraries}/plugins"
    transports_folder = "{libraries}/transports"
    events_folder = "{libraries}/events"
    loggers_folder = "{libraries}/loggers"
    debug_level = 2
    {more}
}}
nat: {{ ice_enforce_list = "{host}" }}
plugins: {{ disable = "{plugins}" }}
transports: {{ disable = "{transports}" }}
"""
WEBSOCKETS = """
general: {{ ws = true, ws_port = {port}, ws_ip = "127.0.0.1", wss = false }}
admin: {{ admin_ws = false, admin_wss = false }}
"""
VIDEOROOM = """
room-{room}: {{ description = "Benchmark", publishers = 1, audiocodec = "opus", notify_joining = false }}
"""


def missing() -> str:
    """Installs Janus where that is possible; why it is not there, or nothing."""
    found = subprocess.run([NEED, "janus"], capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else " ".join((found.stderr.strip() or "scripts/need janus failed").split())


def version() -> str:
    said = subprocess.run(["janus", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"^Janus version: \d+ \((\S+)\)", said, re.MULTILINE)
    return found[1] if found else "of unknown version"


class Janus:
    """`listen` gives the publisher's voice to so many more, each with a handle of its own, as with browsers."""

    def __init__(self, name: str, pid: int, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.name, self.pid = name, pid
        self._socket = socket
        self._waits: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._session = 0
        self._feed = 0
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._live())]

    async def begin(self) -> None:
        self._session = (await self._ask("success", {"janus": "create"}))["data"]["id"]

    async def come(self, count: int) -> None:
        """With Janus there is nobody without a media connection."""

    async def speaker(self, load: Hired) -> None:
        handle = await self._attach()
        joined = await self._message(handle, {"request": "join", "ptype": "publisher", "room": ROOM})
        self._feed = joined["plugindata"]["data"]["id"]
        id = f"{self.name}/speaker"
        end = load.do("make", id=id)
        offer = {"type": "offer", "sdp": described(end, "sendonly", "actpass", candidate=True)}
        answered = await self._message(handle, {"request": "publish"}, offer)
        answer = answered["jsep"]["sdp"]
        load.do("connect", id=id, **theirs(answer, begins="a=setup:active" not in answer, controls=True))

    async def listen(self, loads: Sequence[Hired], first: int, last: int) -> None:
        for n in range(first, last):
            await self._listen(loads[n % len(loads)], f"{self.name}/{n}")

    async def _listen(self, load: Hired, id: str) -> None:
        handle = await self._attach()
        joining = {"request": "join", "ptype": "subscriber", "room": ROOM, "streams": [{"feed": self._feed}]}
        offered = await self._message(handle, joining)
        end = load.do("make", id=id)
        load.do("connect", id=id, **theirs(offered["jsep"]["sdp"], begins=True, controls=False))
        answer = {"type": "answer", "sdp": described(end, "recvonly", "active", candidate=True)}
        await self._message(handle, {"request": "start"}, answer)

    async def _attach(self) -> int:
        answer = await self._ask("success", {"janus": "attach", "plugin": "janus.plugin.videoroom"})
        handle: int = answer["data"]["id"]
        return handle

    async def _message(self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None) -> dict[str, Any]:
        message = {"janus": "message", "handle_id": handle, "body": body} | ({"jsep": jsep} if jsep else {})
        answer = await self._ask("event", message)
        data = answer["plugindata"]["data"]
        if "error" in data:
            raise RuntimeError(f"Janus refused {body['request']}: {data['error']}")
        return answer

    async def _ask(self, kind: str, message: dict[str, Any]) -> dict[str, Any]:
        """The answer, or the event that has the same transaction."""
        transaction = f"{kind}-{secrets.token_hex(8)}"
        answer = self._waits[transaction] = asyncio.get_running_loop().create_future()
        session = {"session_id": self._session} if self._session else {}
        await self._socket.send_json({**message, **session, "transaction": transaction})
        return await asyncio.wait_for(answer, PATIENCE)

    async def _read(self) -> None:
        async for message in self._socket:
            told = message.json()
            transaction = told.get("transaction", "")
            if told["janus"] == "error":
                self._waits.pop(transaction).set_exception(RuntimeError(f"Janus: {told['error']}"))
            elif transaction.startswith(told["janus"] + "-"):
                self._waits.pop(transaction).set_result(told)

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(ALIVE)
            await self._ask("ack", {"janus": "keepalive"})

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._socket.close()


@asynccontextmanager
async def janus(name: str, more: str = "") -> AsyncIterator[Janus]:
    """A new instance with one empty room; `more` are lines for the general settings."""
    folder = tempfile.mkdtemp(prefix="lingkar-bench-janus-")
    port = free_port()
    _configure(Path(folder), port, more)
    try:
        with child(["janus", "--configs-folder", folder, "--config", f"{folder}/janus.jcfg"], cwd=folder) as process:
            async with aiohttp.ClientSession() as session:
                found = Janus(name, process.pid, await _dial(session, port))
                try:
                    await found.begin()
                    yield found
                finally:
                    await found.leave()
    finally:
        shutil.rmtree(folder)


def _configure(folder: Path, port: int, more: str) -> None:
    """Of plugins and transports only what is used: the others are files with another name."""
    (libraries,) = Path("/usr/lib").glob("*/janus")
    plugins = ",".join(_others(libraries / "plugins", "libjanus_videoroom.so"))
    transports = ",".join(_others(libraries / "transports", "libjanus_websockets.so"))
    general = CONFIG.format(
        host=HOST, folder=folder, libraries=libraries, more=more, plugins=plugins, transports=transports
    )
    (folder / "janus.jcfg").write_text(general)
    (folder / "janus.transport.websockets.jcfg").write_text(WEBSOCKETS.format(port=port))
    (folder / "janus.plugin.videoroom.jcfg").write_text(VIDEOROOM.format(room=ROOM))


def _others(folder: Path, wanted: str) -> list[str]:
    return sorted(file.name for file in folder.glob("*.so") if file.name != wanted)


async def _dial(session: aiohttp.ClientSession, port: int) -> aiohttp.ClientWebSocketResponse:
    """Connect; while the server is starting, again."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while True:
        try:
            return await session.ws_connect(f"http://127.0.0.1:{port}/", protocols=["janus-protocol"], max_msg_size=0)
        except aiohttp.ClientConnectorError:
            if loop.time() >= until:
                raise
            await asyncio.sleep(0.05)
