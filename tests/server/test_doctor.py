"""`lingkar doctor` on real folders, ports, certificates and servers: what it finds, and that it says what to do."""

import asyncio
import json
import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server.database import LOCK, lock_folder
from server.doctor import clock
from server.doctor.folder import file_system
from server.http import MARK
from server.media.knock import heard
from tests.server.certificates import Files, files
from tests.server.running import Running, running
from tests.serving import COMMAND, HOME, clean_environment

Found = dict[str, list[dict[str, str]]]  # findings, by what was looked at
EXAMPLE = "meet.example.org"  # never asked for: the tests that name it need no answer


def doctor(
    *flags: str, status: int | None = None, limits: dict[int, tuple[int, int]] | None = None, **env: str
) -> Found:
    """What it finds, as JSON; the exit status fits it."""

    def limit() -> None:
        for kind, both in (limits or {}).items():
            resource.setrlimit(kind, both)

    asked = subprocess.run(
        [*COMMAND, "doctor", "--json", *flags],
        cwd=HOME, env=clean_environment() | env, capture_output=True, text=True, timeout=120, preexec_fn=limit,
    )  # fmt: skip
    assert asked.stderr == ""
    listed = json.loads(asked.stdout)
    assert asked.returncode == any(one["state"] == "wrong" for one in listed)
    assert status is None or asked.returncode == status, listed
    found: Found = {}
    for one in listed:
        assert one.keys() == {"check", "state", "text", "do"}
        assert bool(one["do"]) == (one["state"] != "ok"), one
        found.setdefault(one["check"], []).append(one)
    return found


def states(found: Found, check: str) -> list[str]:
    return [one["state"] for one in found.get(check, [])]


def told(found: Found, check: str, state: str) -> str:
    """The one finding of that kind: its text."""
    [one] = found[check]
    assert one["state"] == state, one
    return one["text"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doctor") / "data"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Running]:
    with running(data) as found:
        until_sound(found)
        yield found


def until_sound(server: Running) -> None:
    async def sound() -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(60):
            while True:
                async with session.get(f"{server.url}/healthz", ssl=False) as answer:
                    if (await answer.json())["audio"] == "on":
                        return
                await asyncio.sleep(0.05)

    asyncio.run(sound())


# A machine


def test_a_server_that_runs_is_found_by_its_folder_and_all_is_right(server: Running) -> None:
    found = doctor("--data", str(server.data), status=0)
    everything = ["python", "libraries", "data folder", "disk", "file system", "server", "key", "open files", "port"]
    assert list(found) == [*everything, "public URL", "address", "sound", "signposts", "clock"]
    assert told(found, "server", "ok") == "one runs on this folder"
    assert told(found, "port", "ok") == f"the server answers at 127.0.0.1, port {server.port}"
    assert told(found, "address", "ok") == f"http://localhost:{server.port} leads to this server"
    assert "answers at" in told(found, "sound", "ok")
    assert "shows only from outside" in told(found, "sound", "ok")
    assert server.token not in json.dumps(found)


def test_people_read_a_line_each_and_what_to_do(tmp_path: Path, server: Running) -> None:
    (tmp_path / "key").write_bytes(bytes(32))
    (tmp_path / "key").chmod(0o644)
    tmp_path.chmod(0o700)
    asked = subprocess.run(
        [*COMMAND, "doctor", "--data", str(tmp_path), "--port", "0", "--audio", "off"],
        cwd=HOME, env=clean_environment(), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    lines = asked.stdout.splitlines()
    assert asked.returncode == 1
    at = lines.index(f"wrong         key: other users may read {tmp_path}/key, and open every room with it")
    assert lines[at + 1] == f"{'':<13} -> chmod 600 {tmp_path}/key"
    assert lines[-1].startswith("1 wrong, ")


def test_it_can_be_asked_wrongly(tmp_path: Path) -> None:
    for flags in (["--public-url", "ftp://x"], ["--tls-cert", str(tmp_path / "none")], ["more"]):
        asked = subprocess.run(
            [*COMMAND, "doctor", *flags], cwd=HOME, env=clean_environment(), capture_output=True, text=True, timeout=60
        )
        assert (asked.returncode, asked.stdout) == (2, "")


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    doctor("--data", str(tmp_path), "--port", "0", "--audio", "off", status=0)
    doctor("--data", str(tmp_path / "new"), "--port", "0", "--audio", "off", status=0)
    assert list(tmp_path.iterdir()) == []


def test_few_files(server: Running) -> None:
    few = {resource.RLIMIT_NOFILE: (900, 900)}
    flags = ("--port", "0", "--audio", "off", "--data", str(server.data / "no"))
    assert told(doctor(*flags, limits=few), "open files", "wrong").startswith("up to 900")
    some = {resource.RLIMIT_NOFILE: (2000, 2000)}
    assert told(doctor(*flags, limits=some), "open files", "look").startswith("up to 2000")
    # those of the server count, not those of who asks
    assert states(doctor("--data", str(server.data), limits=few), "open files") == ["ok"]


# A data folder


def quietly(folder: Path) -> tuple[str, ...]:
    return ("--port", "0", "--audio", "off", "--data", str(folder))


def test_a_disk_that_takes_nothing(tmp_path: Path) -> None:
    found = doctor(*quietly(tmp_path), limits={resource.RLIMIT_FSIZE: (0, 0)}, status=1)
    assert told(found, "data folder", "wrong").startswith(f"{tmp_path} cannot be written: ")


def test_folders_that_nobody_can_write(tmp_path: Path) -> None:
    assert "cannot be written" in told(doctor(*quietly(Path("/proc/self"))), "data folder", "wrong")
    (tmp_path / "file").touch()
    found = doctor(*quietly(tmp_path / "file"), status=1)
    assert told(found, "data folder", "wrong") == f"{tmp_path / 'file'} is no folder"


def test_a_file_system_that_is_memory() -> None:
    memory = Path("/dev/shm")
    kind = file_system(memory)
    assert kind
    state = "look" if kind == "tmpfs" else "ok"
    assert told(doctor(*quietly(memory)), "file system", state).startswith(kind)


def test_others_who_may_look(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert told(doctor(*quietly(tmp_path), status=0), "rights", "look") == f"other users may look into {tmp_path}"


def test_a_key_that_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    assert "is damaged" in told(doctor(*quietly(tmp_path), status=1), "key", "wrong")


def test_somebody_else_has_the_folder(tmp_path: Path) -> None:
    number = lock_folder(tmp_path)
    try:
        found = doctor(*quietly(tmp_path), status=1)
    finally:
        os.close(number)
    assert told(found, "server", "wrong") == "another program has this folder, and does not answer"
    os.close(lock_folder(tmp_path))  # and it still belongs to nobody after somebody has looked
    assert told(doctor(*quietly(tmp_path), status=0), "server", "ok").startswith("none runs")
    assert (tmp_path / LOCK).exists()


def test_a_server_that_does_not_move(tmp_path: Path) -> None:
    """It holds its folder and its port, and says nothing."""
    with running(tmp_path / "data", "--audio", "off") as stopped:
        os.kill(stopped.pid, signal.SIGSTOP)
        try:
            found = doctor("--data", str(tmp_path / "data"), "--port", str(stopped.port), "--audio", "off", status=1)
        finally:
            os.kill(stopped.pid, signal.SIGCONT)
    assert states(found, "server") == ["wrong", "look"]
    assert told(found, "port", "wrong") == f"another program has 127.0.0.1, port {stopped.port}"


# A port


def test_ports_that_others_have(server: Running, tmp_path: Path) -> None:
    found = doctor(*quietly(tmp_path), "--port", str(server.port), status=1)
    where = f"127.0.0.1, port {server.port}"
    assert told(found, "port", "wrong") == f"a Lingkar server of another data folder has {where}"
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        other.settimeout(0)
        number = other.getsockname()[1]
        found = doctor(*quietly(tmp_path), "--port", str(number), status=1)
    assert told(found, "port", "wrong") == f"another program has 127.0.0.1, port {number}"


def test_an_address_that_is_not_ours(tmp_path: Path) -> None:
    found = doctor(*quietly(tmp_path), "--host", "203.0.113.9", status=1)
    text = "203.0.113.9, port 0, cannot be had: Cannot assign requested address"
    assert told(found, "port", "wrong") == text


# An address that people open


def test_browsers_open_no_microphone_without_tls(tmp_path: Path) -> None:
    flags = (*quietly(tmp_path), "--public-url", f"http://{EXAMPLE}")
    assert "is not https" in told(doctor(*flags, "--audio", "on", status=1), "public URL", "wrong")
    assert "is not https" in told(doctor(*flags, status=0), "public URL", "look")


def test_listening_for_others_without_an_address(tmp_path: Path) -> None:
    found = doctor(*quietly(tmp_path), "--host", "0.0.0.0", status=1)
    assert "takes nobody who does not come by http://localhost" in told(found, "public URL", "wrong")


def test_a_name_that_nobody_knows(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--audio", "off", "--public-url", "http://nowhere.invalid") as server:
        found = doctor("--data", str(server.data), status=1)
    assert told(found, "address", "wrong").startswith("nowhere.invalid is not known")


class Elsewhere(BaseHTTPRequestHandler):
    """A web server that is none of ours, and of another time."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        self.send_response_only(404)
        self.send_header("Date", format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True))
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@contextmanager
def elsewhere() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Elsewhere) as found:
        found.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join()


def test_an_address_that_leads_elsewhere(tmp_path: Path) -> None:
    with elsewhere() as other:
        url = f"http://127.0.0.1:{other.server_port}"
        with running(tmp_path / "data", "--audio", "off", "--public-url", url) as server:
            found = doctor("--data", str(server.data), status=1)
            asked = other.asked  # type: ignore[attr-defined]
    assert told(found, "address", "wrong") == f"no Lingkar server answers at {url} (status 404)"
    assert re.search(r"differs by \+36\d\d seconds", told(found, "clock", "look"))
    assert [path for path, _ in asked] == ["/healthz"]
    assert server.token not in str(asked)  # whoever it is, no secret goes there


def test_an_address_that_leads_to_another_server(server: Running, tmp_path: Path) -> None:
    with running(tmp_path / "data", "--audio", "off", "--public-url", server.url) as ours:
        found = doctor("--data", str(ours.data), status=1)
    assert told(found, "address", "wrong") == f"another Lingkar server answers at {server.url}"


def test_an_address_where_nobody_is(tmp_path: Path, unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    with running(tmp_path / "data", "--audio", "off", "--public-url", url) as server:
        found = doctor("--data", str(server.data), status=1)
    assert told(found, "address", "wrong") == f"nothing answers at {url} (Connection refused)"


def test_only_the_doctor_learns_which_server_it_is(server: Running) -> None:
    async def asked(mark: str) -> str | None:
        there, headers = f"{server.url}/healthz", {MARK: mark}
        async with aiohttp.ClientSession() as session, session.get(there, headers=headers) as answer:
            return answer.headers.get(MARK)

    assert [asyncio.run(asked(mark)) for mark in ("", "0" * 32, "\u00e9")] == [None, None, None]


def test_whatever_is_given_for_a_mark(server: Running) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nLingkar-Mark: \xff\xfe\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Lingkar-Mark" not in answer


# Certificates


def secure(folder: Path, made: Files, *flags: str) -> Found:
    """What is found when this certificate is given and no server runs."""
    tls = ("--tls-cert", str(made.cert), "--tls-key", str(made.key))
    return doctor(*quietly(folder / "data"), *tls, *flags)


def test_certificates(tmp_path: Path) -> None:
    there = ("--public-url", f"https://{EXAMPLE}")
    good = files(tmp_path / "good", EXAMPLE, days=90.5)
    assert told(secure(tmp_path, good, *there), "certificate", "ok") == (
        f"the certificate is for {EXAMPLE}, and valid for 90 more days"
    )
    short = files(tmp_path / "short", EXAMPLE, days=1.5)
    assert told(secure(tmp_path, short, *there), "certificate", "look").endswith("valid for 1 more day")
    other = files(tmp_path / "other", "www.example.org")
    assert told(secure(tmp_path, other, *there), "certificate", "wrong") == f"the certificate is not for {EXAMPLE}"
    over = files(tmp_path / "over", EXAMPLE, days=-1, old=9)
    assert "expired" in told(secure(tmp_path, over, *there), "certificate", "wrong")
    early = files(tmp_path / "early", EXAMPLE, old=-1)
    assert "not yet valid" in told(secure(tmp_path, early, *there), "certificate", "wrong")
    mixed = Files(good.cert, other.key)
    assert "does not belong" in told(secure(tmp_path, mixed, *there), "certificate", "wrong")
    good.key.chmod(0o644)
    assert told(secure(tmp_path, good, *there), "certificate key", "wrong") == f"every user may read {good.key}"
    good.cert.write_text("nothing")
    assert "cannot be used" in told(secure(tmp_path, good, *there), "certificate", "wrong")


def test_a_server_with_tls_is_looked_at_as_a_browser_does(tmp_path: Path, unused_tcp_port: int) -> None:
    made = files(tmp_path / "tls")
    tls = ("--tls-cert", str(made.cert), "--tls-key", str(made.key))
    with running(tmp_path / "data", "--audio", "off", *tls) as server:
        where = ("--data", str(server.data))
        url = f"https://localhost:{server.port}"
        found = doctor(*where, status=1)  # nobody knows who signed it
        assert told(found, "TLS", "wrong").startswith("browsers refuse the certificate: self-signed")
        assert told(found, "address", "ok") == f"{url} leads to this server"
        found = doctor(*where, status=0, SSL_CERT_FILE=str(made.cert))
        assert told(found, "TLS", "ok").startswith("the certificate is for localhost, and valid for ")
        assert states(found, "certificate") == states(found, "port") == states(found, "address") == ["ok"]


def test_tls_at_a_proxy(tmp_path: Path) -> None:
    """The certificate is the one that the public URL shows; the proxy has to be believed."""
    made = files(tmp_path / "tls")
    with running(tmp_path / "behind", "--audio", "off") as behind:
        tls = ("--tls-cert", str(made.cert), "--tls-key", str(made.key))
        with running(tmp_path / "front", "--audio", "off", *tls) as front:
            flags = (*quietly(tmp_path / "data"), "--public-url", f"https://localhost:{front.port}")
            found = doctor(*flags, SSL_CERT_FILE=str(made.cert))
            assert states(found, "TLS") == ["ok"]
            assert "everybody seems to come from there" in told(found, "proxy", "look")
            found = doctor(*flags, "--trusted-proxy", "127.0.0.1", SSL_CERT_FILE=str(made.cert))
            assert states(found, "proxy") == ["ok"]
        found = doctor(*quietly(tmp_path / "data"), "--public-url", f"https://localhost:{behind.port}", status=1)
        assert "does not speak TLS" in told(found, "TLS", "wrong")


# Sound


def test_the_media_port(tmp_path: Path) -> None:
    flags = ("--port", "0", "--data", str(tmp_path), "--media-address", "127.0.0.1")
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as taken:
        taken.bind(("127.0.0.1", 0))
        number = str(taken.getsockname()[1])
        found = doctor(*flags, "--media-port", number, status=1)
        assert told(found, "sound", "wrong") == "the media port could not be bound: Address already in use"
        with running(tmp_path / "data", "--media-address", "127.0.0.1", "--media-port", number) as server:
            while "there is no sound" not in server.said:
                time.sleep(0.05)
            found = doctor("--data", str(server.data), status=1)
            assert told(found, "sound", "wrong").endswith("could not be bound: Address already in use")
    assert "sound comes through on this machine" in told(doctor(*flags, "--media-port", number), "sound", "ok")


def test_what_browsers_elsewhere_are_told(tmp_path: Path) -> None:
    flags = ("--port", "0", "--data", str(tmp_path), "--public-url", f"http://{EXAMPLE}")
    found = doctor(*flags, "--media-address", "127.0.0.1")
    assert "no firewall can know" in told(found, "media port", "look")
    assert told(found, "media address", "look").startswith("browsers are told 127.0.0.1")


def test_an_address_behind_a_router_is_told_and_not_asked(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--media-address", "203.0.113.5", "--media-address", "127.0.0.1") as server:
        until_sound(server)
        found = doctor("--data", str(server.data), status=0)
    assert "answers at 127.0.0.1;" in told(found, "sound", "ok")
    assert told(found, "media address", "look") == "browsers are told 203.0.113.5, which is no address of this machine"


def test_a_port_that_is_silent_is_not_taken_for_sound(server: Running) -> None:
    nobody = {"username": "aaaaaaaa:bbbbbbbb", "password": "x" * 24}
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as silent:
        silent.bind(("127.0.0.1", 0))
        assert not heard("127.0.0.1", silent.getsockname()[1], **nobody)
    assert not heard("127.0.0.1", 9, **nobody)  # nobody is there: ICMP says so at once


def test_the_doctor_can_come_again_and_again(server: Running) -> None:
    """Each look is let go of; whoever is in a room hears nothing of it."""
    for _ in range(3):
        assert states(doctor("--data", str(server.data), status=0), "sound") == ["ok"]
    assert "bug" not in server.said and "Traceback" not in server.said


# The clock


def test_clocks() -> None:
    now = clock.Moment.now()
    [one] = clock.right(now, "")
    assert one.state in ("ok", "look")  # whether the system keeps it right
    [jumped] = clock.right(now._replace(wall=now.wall - 30), "")
    assert (jumped.state, "set by +30" in jumped.text) == ("look", True)
    [apart] = clock.right(now, format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True))
    assert (apart.state, bool(re.search(r"differs by -7[12]\d\d seconds", apart.text))) == ("look", True)
    [odd] = clock.right(clock.Moment.now(), "yesterday")
    assert odd.state in ("ok", "look")
