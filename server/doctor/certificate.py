"""Certificates: of our own file, and as the public URL shows it. OpenSSL itself judges them."""

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from server.config import Config
from server.doctor.finding import Finding, look, ok, wrong
from server.doctor.place import Place, place

SOON = 14  # days that are left; whoever renews by itself does so before
DAY = 86400.0
PATIENCE = 5.0  # seconds
MISMATCH = 62  # X509_V_ERR_HOSTNAME_MISMATCH
ADDRESS_MISMATCH = 64  # X509_V_ERR_IP_ADDRESS_MISMATCH


def own(settings: Config) -> Iterator[Finding]:
    """The file and the key that this server shows, where it speaks TLS itself."""
    if settings.tls_cert is None or settings.tls_key is None:
        return
    yield from _private(settings.tls_key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.tls_cert, settings.tls_key, password=lambda: "")
    except ssl.SSLError as no:
        yield wrong(
            "certificate", _unusable(settings.tls_cert, no), "give a chain and its key in PEM, without password"
        )
        return
    except OSError as no:
        text = f"{settings.tls_cert} or {settings.tls_key} cannot be read: {no.strerror}"
        yield wrong("certificate", text, "let the user that runs the server read both")
        return
    yield _judged("certificate", place(settings).host, settings.tls_cert, context)


def _private(key: Path) -> Iterator[Finding]:
    if key.exists() and key.stat().st_mode & 0o007:
        yield wrong("certificate key", f"every user may read {key}", f"chmod o= {key}")


def _unusable(cert: Path, no: ssl.SSLError) -> str:
    if no.reason == "KEY_VALUES_MISMATCH":
        return f"the key does not belong to {cert}"
    return f"{cert} and its key cannot be used ({no.reason or 'not PEM'})"


def _judged(check: str, host: str, cert: Path, server: ssl.SSLContext) -> Finding:
    """By a handshake in memory: is it valid now, and for this host? Who signed it is for browsers to judge."""
    client = ssl.create_default_context(cafile=str(cert))
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(back, there, server_hostname=host)
    theirs = server.wrap_bio(there, back, server_side=True)
    try:
        for _ in range(4):  # each has its say twice
            for side in (ours, theirs):
                try:
                    side.do_handshake()
                except ssl.SSLWantReadError:
                    continue
    except ssl.SSLCertVerificationError as no:
        return _refused(check, host, no)
    return _dated(check, host, ours.getpeercert())


def shown(one: Place) -> Finding:
    """What the public URL shows to a browser. Raises `OSError` where nothing answers."""
    context = ssl.create_default_context()
    with socket.create_connection((one.host, one.port), timeout=PATIENCE) as line:
        try:
            with context.wrap_socket(line, server_hostname=one.host) as secure:
                return _dated("TLS", one.host, secure.getpeercert())
        except ssl.SSLCertVerificationError as no:
            return _refused("TLS", one.host, no)
        except ssl.SSLError as no:
            text = f"{one.host}:{one.port} does not speak TLS as browsers do ({no.reason})"
            return wrong("TLS", text, "see the proxy, or --tls-cert and --tls-key")


def _refused(check: str, host: str, no: ssl.SSLCertVerificationError) -> Finding:
    if no.verify_code in (MISMATCH, ADDRESS_MISMATCH):
        return wrong(check, f"the certificate is not for {host}", f"get one with the name {host} in it")
    return wrong(
        check, f"browsers refuse the certificate: {no.verify_message}", "get one that browsers know, and valid"
    )


def _dated(check: str, host: str, found: Mapping[str, object] | None) -> Finding:
    """A certificate that was just found valid."""
    ends = ssl.cert_time_to_seconds(str((found or {})["notAfter"]))
    days = int((ends - time.time()) // DAY)
    text = f"the certificate is for {host}, and valid for {days} more {'day' if days == 1 else 'days'}"
    return look(check, text, "renew it now, and see why nothing did") if days < SOON else ok(check, text)
