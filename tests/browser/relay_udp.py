"""One person's network, for what goes by TCP and for sound: it can swallow, delay, lose, and give a new address.

Sound goes where the server's answer says. So the relay puts its own port into each answer that passes, as a gateway
does which knows the protocol, and learns from it where to pass on to: no page and no server knows of it.
"""

import asyncio
import random
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from tests.browser.relay import Relay

HERE = "127.0.0.1"
LARGEST = 2048
CANDIDATE = re.compile(rb"(?<= 127\.0\.0\.1 )\d{5}(?= typ host)")  # five digits by five: nothing around it moves


class Line(Relay):
    """A `Relay` whose `air` carries the sound that is agreed on through it."""

    def __init__(self) -> None:
        super().__init__()
        self.air = Air()

    def carried(self, piece: bytes) -> bytes:
        for found in CANDIDATE.findall(piece):
            self.air.target = int(found)
        return CANDIDATE.sub(b"%d" % self.air.number, piece)

    def swallow(self) -> None:
        """Neither commands nor sound arrive any more."""
        super().swallow()
        self.air.open = False

    def move(self, source: str) -> None:
        """Sound comes from another address as well."""
        super().move(source)
        self.air.moves()

    def heal(self) -> None:
        super().heal()
        self.air.heal()


class Air:
    """Passes datagrams on to `target`, a port on loopback, from an address that looks like the person's.

    `open` False swallows all of them; `delay` is in seconds, each way; `loss` is the share that gets lost.
    """

    def __init__(self) -> None:
        self.target = 0
        self.open, self.delay, self.loss = True, 0.0, 0.0
        self.gone = self.came = 0  # datagrams that were passed on, to the server and to the browser
        self._chance = random.Random(7)
        self._ways: dict[tuple[str, int], socket.socket] = {}  # by where a browser sends from, as in a NAT's table
        self._addresses = 1
        self._loop = asyncio.get_running_loop()
        self._door = _socket(HERE)
        self.number: int = self._door.getsockname()[1]
        assert len(str(self.number)) == 5
        self._loop.add_reader(self._door, self._from_browser)

    def heal(self) -> None:
        self.open, self.delay, self.loss = True, 0.0, 0.0

    def moves(self) -> None:
        """Everything comes from another address from now on, as after a change of network or of a NAT's mind."""
        self._addresses += 1
        self._forget()

    def close(self) -> None:
        self._loop.remove_reader(self._door)
        self._door.close()
        self._forget()

    def _forget(self) -> None:
        for way in self._ways.values():
            self._loop.remove_reader(way)
            way.close()
        self._ways.clear()

    def _from_browser(self) -> None:
        for data, browser in _arrived(self._door):
            way = self._ways.get(browser)
            if way is None:
                way = self._ways[browser] = _socket(f"127.0.0.{self._addresses}")
                self._loop.add_reader(way, self._from_server, way, browser)
            self.gone += self._pass(way, data, (HERE, self.target))

    def _from_server(self, way: socket.socket, browser: tuple[str, int]) -> None:
        for data, _ in _arrived(way):
            self.came += self._pass(self._door, data, browser)

    def _pass(self, by: socket.socket, data: bytes, to: tuple[str, int]) -> bool:
        if not self.open or not to[1] or self._chance.random() < self.loss:
            return False
        if self.delay:
            self._loop.call_later(self.delay, partial(_send, by, data, to))
        else:
            _send(by, data, to)
        return True


def _socket(address: str) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.setblocking(False)
    found.bind((address, 0))
    return found


def _arrived(at: socket.socket) -> list[tuple[bytes, tuple[str, int]]]:
    found = []
    while True:
        try:
            found.append(at.recvfrom(LARGEST))
        except BlockingIOError:
            return found


def _send(by: socket.socket, data: bytes, to: tuple[str, int]) -> None:
    with suppress(OSError):  # closed since, or full: lost, as on any network
        by.sendto(data, to)


@asynccontextmanager
async def lines(count: int) -> AsyncIterator[list[Line]]:
    """As many networks on free ports; each one's `url` is its own."""
    found = [Line() for _ in range(count)]
    servers = [await asyncio.start_server(line.meet, HERE, 0) for line in found]
    for line, server in zip(found, servers, strict=True):
        line.url = f"http://localhost:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        for line, server in zip(found, servers, strict=True):
            server.close()
            line.heal()
            line.cut()
            line.air.close()
