"""The peer that most open meeting software signals through: a group chat of Prosody, spoken to over plain XMPP.

Everybody is anonymous and sends and gets `<message type='groupchat'>` with a body as large as one of our patches.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.crowd import Crowd
from benchmarks.served import Served, child, free_port

NEED = Path(__file__).parent.parent / "scripts" / "need"
HOST = "localhost"
CIRCLE = f"circle@rooms.{HOST}"
PATIENCE = 30.0  # seconds that any one answer may take

OPEN = (
    f"<?xml version='1.0'?><stream:stream to='{HOST}' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
)
AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"
BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
END = b"</message>"

CONFIG = """
daemonize = false
run_as_root = {root}
pidfile = "{folder}/prosody.pid"
data_path = "{folder}"
certificates = "{folder}"
log = {{ {{ levels = {{ min = "error" }}, to = "file", filename = "{folder}/log" }} }}
storage = "memory"
c2s_ports = {{ {port} }}
c2s_interfaces = {{ "127.0.0.1" }}
c2s_require_encryption = false
s2s_ports = {{ }}
modules_enabled = {{ "saslauth" }}
modules_disabled = {{ "s2s", "tls", "offline", "limits", "http" }}

VirtualHost "{host}"
    authentication = "anonymous"

Component "rooms.{host}" "muc"
    muc_room_locking = false
    muc_room_default_history_length = 0
"""


def missing() -> str:
    """Installs Prosody where that is possible; why it is not there, or nothing."""
    found = subprocess.run([NEED, "prosody"], capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else " ".join((found.stderr.strip() or "scripts/need prosody failed").split())


class Occupant(asyncio.Protocol):
    """One connection in the chat. `patches` counts the messages that were delivered, `size` the bytes."""

    def __init__(self, crowd: Crowd, body: str) -> None:
        self.crowd, self.body = crowd, body
        self.patches = 0
        self.size = 0
        self._said = b""
        self._wanted: tuple[bytes, asyncio.Future[None]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._wanted is None:
            data = self._said + data  # a tag may come in two parts
            self._said = data[1 - len(END) :]
            self.size += len(data) - len(self._said)
            if count := data.count(END):
                self.patches += count
                self.crowd.delivered(count)
            return
        self._said += data
        wanted, came = self._wanted
        if wanted in self._said and not came.done():
            came.set_result(None)

    async def join(self, number: int) -> "Occupant":
        """Log in and enter; done when the chat has told everything that it tells whoever enters."""
        for stanza, answer in (
            (OPEN, b"</stream:features>"),
            (AUTH, b"<success"),
            (OPEN, b"</stream:features>"),
            (BIND, b"</bind>"),
            (
                f"<presence to='{CIRCLE}/Person {number}'><x xmlns='http://jabber.org/protocol/muc'/></presence>",
                b"<subject",
            ),
        ):
            await self._exchange(stanza, answer)
        return self

    async def _exchange(self, stanza: str, answer: bytes) -> None:
        came = asyncio.get_running_loop().create_future()
        self._said, self._wanted = b"", (answer, came)
        self._transport.write(stanza.encode())
        await asyncio.wait_for(came, PATIENCE)
        self._wanted = None

    async def ask(self, type: str, **fields: Any) -> Any:
        """Say something to everybody; a chat has no acknowledgement but what it delivers."""
        text = f"<message to='{CIRCLE}' type='groupchat' id='{type}'><body>{self.body}</body></message>"
        self._transport.write(text.encode())
        return {"ok": True}

    async def leave(self) -> None:
        self._transport.abort()


@asynccontextmanager
async def prosody_room(people: int, speakers: int, payload: int) -> AsyncIterator[Served]:
    """A chat of so many people; every message has a body of `payload` bytes."""
    folder = tempfile.mkdtemp(prefix="lingkar-bench-prosody-")
    port = free_port()
    config = Path(folder) / "prosody.cfg.lua"
    root = "true" if os.geteuid() == 0 else "false"
    config.write_text(CONFIG.format(folder=folder, port=port, host=HOST, root=root))
    try:
        with child(["prosody", "-F", "--config", str(config)]) as process:
            crowd = Crowd()
            for number in range(people):
                crowd.members.append(await (await _dial(port, Occupant(crowd, "x" * payload))).join(number))
            yield Served(process.pid, crowd, crowd.members[:speakers])
    finally:
        shutil.rmtree(folder)


async def _dial(port: int, occupant: Occupant) -> Occupant:
    """Connect; while the server is starting, again."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while True:
        try:
            await loop.create_connection(lambda: occupant, "127.0.0.1", port)
        except ConnectionRefusedError:
            if loop.time() >= until:
                raise
            await asyncio.sleep(0.05)
        else:
            return occupant
