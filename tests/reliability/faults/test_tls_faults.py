"""A server that speaks TLS itself, and people who do not, or not to the end."""

import asyncio
import contextlib
import socket
import ssl
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.reliability.faults.beside import an_address, files, quietly, said, until
from tests.server.running import Running, house, running

OF_EACH = 20
ODD = {
    "nothing": b"",
    "plain http": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "zeroes": bytes(5000),
    "an old version": b"\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10" + bytes(40),
    "half a greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32),
    "a record that is too long": b"\x16\x03\x01\xff\xff" + bytes(5000),
    "an alarm": b"\x15\x03\x03\x00\x02\x02\x28",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
    ]
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with running(tmp_path / "data", "--tls-cert", str(cert), "--tls-key", str(key)) as found:
        found.url = found.url.replace("http:", "https:")
        yield found


async def test_handshakes_that_are_none(server: Running) -> None:
    """Each kind twenty times, held open, then ended or reset: the room goes on, nothing is said, nothing is left."""
    async with house(server, an_address()) as home:
        await home.session.close()
        insecure = ssl.create_default_context()
        insecure.check_hostname, insecure.verify_mode = False, ssl.CERT_NONE
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=insecure)) as home.session:
            _, (ada, budi) = await home.meeting("Ada", "Budi")
            await until_sound(home.session, server)
            before = files(server.pid)
            held = [begun(server, sent) for sent in ODD.values() for _ in range(OF_EACH)]
            await until(lambda: files(server.pid) > before)
            await budi.do("raise-hand")
            await ada.until(lambda me: me.view["queue"] or me.view["turns"])
            for number, one in enumerate(held):
                if number % 2:
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.close()
            await until(lambda: files(server.pid) <= before)
            await ada.do("close-queue")
            assert (ada.gaps, budi.gaps, ada.bye, budi.bye) == (0, 0, None, None)
    server.terminate()
    assert await asyncio.to_thread(server.end, 15) == 0
    quietly(said(server), [])


def begun(server: Running, sent: bytes) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    with contextlib.suppress(ConnectionError):
        found.sendall(sent)
    return found


async def until_sound(session: aiohttp.ClientSession, server: Running) -> None:
    async with asyncio.timeout(20):
        while True:
            async with session.get(f"{server.url}/healthz") as answer:
                if (await answer.json())["audio"] != "starting":
                    return
            await asyncio.sleep(0.05)
