"""The port that the server listens on, and the address that people open."""

import contextlib
import errno
import http.client
import os
import socket
import ssl
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from server.config import Config
from server.doctor import certificate
from server.doctor.attending import Running
from server.doctor.finding import Finding, look, ok, wrong
from server.doctor.place import Place, direct, local, place, proxied
from server.http import MARK

PATIENCE = 5.0  # seconds
LARGEST = 4096  # bytes of an answer that are read
STATUS = {"ok": "", "storing-stalled": "its disk does not take what it has to keep"}


class Answer(NamedTuple):
    """To `/healthz`. `same`: of the server that runs here."""

    status: int
    said: str  # ok, storing-stalled; empty when it is no Lingkar server
    same: bool
    date: str


class Reached(NamedTuple):
    """What the public URL answered; `date` is empty when it did not."""

    findings: list[Finding]
    date: str


def port(settings: Config, running: Running | None) -> Iterator[Finding]:
    """Is it served by us, or can it be had?"""
    if running is None:
        yield _free(settings)
        return
    where = f"{running.host}, port {running.port}"
    try:
        answer = _health(direct(settings), running.mark)
    except (OSError, http.client.HTTPException) as no:
        yield wrong("port", f"the server does not answer at {where} ({_why(no)})", "start it again, and read its log")
        return
    stalled = STATUS.get(answer.said, "")
    if not answer.same:
        do = "see who else listens there (`ss -ltnp`)"
        yield wrong("port", f"somebody else answers at {where}", do)
    elif stalled:
        yield wrong("port", f"the server answers at {where}, but {stalled}", "see the disk and the data folder")
    else:
        yield ok("port", f"the server answers at {where}")


def _free(settings: Config) -> Finding:
    where = f"{settings.host}, port {settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as no:
        return _taken(settings, where, no)
    return ok("port", f"{where}, is free" if settings.port else f"{settings.host}, any free one")


def _taken(settings: Config, where: str, no: OSError) -> Finding:
    if no.errno == errno.EADDRINUSE:
        answer = None
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = _health(direct(settings))
        if answer is not None and answer.said:
            do = "give its folder with --data, or this one another port"
            return wrong("port", f"a Lingkar server of another data folder has {where}", do)
        return wrong("port", f"another program has {where}", "stop it, or give --port; `ss -ltnp` says which it is")
    if no.errno == errno.EACCES:
        return wrong("port", f"{where}, is not for this user", "take one above 1023, with a proxy before it")
    return wrong("port", f"{where}, cannot be had: {os.strerror(no.errno or 0)}", "see --host and --port")


def public_url(settings: Config) -> Iterator[Finding]:
    """May a browser open its microphone there?"""
    found, url = place(settings), settings.url(settings.port)
    if not settings.public_url and not local(Place("http", settings.host, settings.port)):
        text = f"it listens for others, but takes nobody who does not come by {url}"
        yield wrong("public URL", text, "give the address that people open: --public-url https://...")
    elif not found.secure and not local(found):
        text = f"{url} is not https: browsers open no microphone there"
        do = "get a certificate (--tls-cert, --tls-key) or put a proxy with one before it, and give --public-url https://..."
        yield (wrong if settings.audio else look)("public URL", text, do)
    elif not settings.public_url:
        yield ok("public URL", f"{url}, for this machine only; --public-url is for others")
    else:
        yield ok("public URL", url)


def reach(settings: Config, running: Running | None) -> Reached:
    """Ask at the public URL, and look whether it leads here."""
    found = place(settings)
    if running is None and not proxied(settings):
        return Reached([], "")  # nothing can answer
    try:
        socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    except OSError as no:
        do = "make a DNS record for it, or correct --public-url"
        return Reached([wrong("address", f"{found.host} is not known ({_why(no)})", do)], "")
    findings = []
    try:
        if found.secure:
            findings.append(certificate.shown(found))
        answer = _health(found, running.mark if running else "")
    except (OSError, http.client.HTTPException) as no:
        text = f"nothing answers at {settings.url(settings.port)} ({_why(no)})"
        do = "see the proxy, the firewall and --public-url"
        if not local(found):
            do += "; some routers do not let a machine reach itself by its public address: then look from outside"
        return Reached([*findings, wrong("address", text, do)], "")
    if running is not None:
        findings.append(_leads_here(settings, answer))
    return Reached(findings, answer.date)


def _leads_here(settings: Config, answer: Answer) -> Finding:
    url = settings.url(settings.port)
    if answer.same:
        return ok("address", f"{url} leads to this server")
    if answer.said:
        text = f"another Lingkar server answers at {url}"
        return wrong("address", text, "see where the proxy and the DNS record lead")
    text = f"no Lingkar server answers at {url} (status {answer.status})"
    return wrong("address", text, f"let the proxy pass everything to {settings.host}, port {settings.port}")


def proxy(settings: Config, running: Running | None) -> Iterator[Finding]:
    """TLS that the server does not speak itself needs a proxy, which has to be believed."""
    if proxied(settings) and not settings.trusted_proxies:
        text = "something before the server speaks TLS, and everybody seems to come from there"
        yield look("proxy", text, "give its network: --trusted-proxy 127.0.0.1, if it is on this machine")
    elif proxied(settings):
        yield ok("proxy", "there is one, and it is believed")


def _health(where: Place, mark: str = "") -> Answer:
    """Nothing secret is sent, so whoever answers is listened to. Raises `OSError`, `http.client.HTTPException`."""
    with contextlib.closing(_line(where)) as line:
        line.request("GET", "/healthz", headers={MARK: mark} if mark else {})
        answer = line.getresponse()
        said = _status(answer.read(LARGEST))
        return Answer(answer.status, said, answer.headers.get(MARK) == "same", answer.headers.get("Date", ""))


def _line(where: Place) -> http.client.HTTPConnection:
    if not where.secure:
        return http.client.HTTPConnection(where.host, where.port, timeout=PATIENCE)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(where.host, where.port, timeout=PATIENCE, context=context)


def _status(body: bytes) -> str:
    try:
        found: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return ""
    status = found.get("status") if isinstance(found, dict) else None
    return status if status in STATUS else ""


def _why(no: Exception) -> str:
    return str(getattr(no, "strerror", None) or str(no) or type(no).__name__)
