"""Caddy and nginx as an operator runs them: with the files of docs/hosting, on ports of loopback, until the end of a
block. Only what an operator would fill in is filled in: the name, the ports, the certificate."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.serving import HOME, clean_environment

HOSTING = HOME / "docs" / "hosting"
NAMES = ("caddy", "nginx")
PATIENCE = 60.0  # seconds for a start or an end


class Proxy:
    """One proxy before `upstream` (a port). `url` is what people open; `said` is all that it wrote, files included."""

    def __init__(self, name: str, folder: Path, upstream: int) -> None:
        self.name, self.folder, self.upstream = name, folder, upstream
        self.port, self.plain = free_ports(2)
        self.url = f"https://localhost:{self.port}"
        self.output = folder / "output.log"
        folder.mkdir()
        self._command, self._env, self.certificate = PREPARE[name](self)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        with self.output.open("ab") as out:
            self._process = subprocess.Popen(
                self._command,
                cwd=self.folder,
                env=clean_environment() | dict(self._env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        until = time.monotonic() + PATIENCE
        while not (self.certificate.exists() and self._answers()):
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"{self.name} did not start:\n{self.said()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """As its service would be stopped; returns when it is no more."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(PATIENCE)
            finally:
                self._process.kill()

    def trust(self) -> ssl.SSLContext:
        """What a browser needs that takes its certificate for a good one."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def said(self) -> str:
        """Its output and every log that it has written."""
        logs = sorted(path for path in self.folder.rglob("*.log") if path.is_file())
        return "".join(path.read_text(errors="replace") for path in logs)

    def _answers(self) -> bool:
        try:
            with (
                socket.create_connection(("127.0.0.1", self.port), 5) as line,
                self.trust().wrap_socket(line, server_hostname="localhost"),
            ):
                return True
        except OSError:
            return False


@contextmanager
def proxying(name: str, folder: Path, upstream: int) -> Iterator[Proxy]:
    proxy = Proxy(name, folder, upstream)
    try:
        proxy.start()
        yield proxy
    finally:
        proxy.stop()


def free_ports(count: int) -> list[int]:
    """Ports that nobody has at the moment."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return found


Prepared = tuple[list[str], Mapping[str, str], Path]


def _caddy(proxy: Proxy) -> Prepared:
    """Our file with two variables, and global options that keep it on loopback, off this machine's list of trusted
    certificates, and off everybody else's ports."""
    text = (HOSTING / "Caddyfile").read_text(encoding="utf-8")
    ours = f"admin off\nskip_install_trust\nhttp_port {proxy.plain}\ndefault_bind 127.0.0.1\n"
    whole, count = re.subn(r"^\{\n", "{\n" + ours, text, count=1, flags=re.MULTILINE)
    assert count == 1
    file = proxy.folder / "Caddyfile"
    file.write_text(whole)
    env = {
        "LINGKAR_SITE": proxy.url,
        "LINGKAR_UPSTREAM": f"127.0.0.1:{proxy.upstream}",
        "HOME": str(proxy.folder),
        "XDG_DATA_HOME": str(proxy.folder / "data"),
        "XDG_CONFIG_HOME": str(proxy.folder / "config"),
    }
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)]
    return command, env, proxy.folder / "data/caddy/pki/authorities/local/root.crt"


# What a distribution's nginx.conf has around a site: it compresses, and writes down who came.
_AROUND = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    types {{ text/html html; }}
    access_log {folder}/access.log;
    gzip on;
    gzip_proxied any;
    gzip_types *;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def _nginx(proxy: Proxy) -> Prepared:
    """Our file with the name, the ports and the certificate of a small server, inside such a nginx.conf."""
    key, certificate = proxy.folder / "privkey.pem", proxy.folder / "fullchain.pem"
    _make_certificate(key, certificate)
    text = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    for ours, theirs in (
        ("/etc/letsencrypt/live/meet.example.org/", f"{proxy.folder}/"),
        ("meet.example.org", "localhost"),
        ("listen [::]:", "#"),
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{proxy.port} "),
        ("127.0.0.1:8080;", f"127.0.0.1:{proxy.upstream};"),
    ):
        assert ours in text
        text = text.replace(ours, theirs)
    (proxy.folder / "site.conf").write_text(text)
    around = proxy.folder / "nginx.conf"
    around.write_text(_AROUND.format(folder=proxy.folder))
    command = [program("nginx"), "-e", "stderr", "-p", str(proxy.folder), "-c", str(around)]
    return command, {}, certificate


def _make_certificate(key: Path, certificate: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def program(name: str) -> str:
    """Where a program is that `scripts/need` installs: servers live in a folder that is not on everybody's path."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    assert found, f"{name} is missing: scripts/need hosting"
    return found


PREPARE = {"caddy": _caddy, "nginx": _nginx}
