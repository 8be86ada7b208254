"""All that the doctor looks at, in the order in which it is told."""

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import msgspec

from server import control
from server.config import Config
from server.doctor import address, certificate, clock, folder, machine, signposts, sound
from server.doctor.attending import Running
from server.doctor.finding import Finding, look


def findings(settings: Config) -> Iterator[Finding]:
    """Each as soon as it is known. A server that runs on the data folder is looked at as it runs, whatever the flags
    say: it was perhaps started with others."""
    began = clock.Moment.now()
    running, why = _running(settings.data)
    settings = _as_it_runs(settings, running)
    yield from machine.libraries()
    yield from folder.data(settings.data, running is not None)
    if why:
        yield look("server", f"the one of this data folder cannot be asked ({why})", "ask as the user that runs it")
    yield from machine.files(running)
    yield from address.port(settings, running)
    yield from address.public_url(settings)
    yield from certificate.own(settings)
    reached = address.reach(settings, running)
    yield from reached.findings
    yield from address.proxy(settings, running)
    yield from sound.port(settings, running)
    yield from signposts.shown(settings.signposts, datetime.now(UTC).astimezone().date())
    yield from clock.right(began, reached.date)


def _running(data: Path) -> tuple[Running | None, str]:
    """The server of that folder, or why it cannot be asked."""
    try:
        answer = control.ask(data, "/running")
        return (None if answer is None else msgspec.json.decode(answer.body, type=Running)), ""
    except OSError as no:
        return None, str(no.strerror or no)
    except (http.client.HTTPException, msgspec.DecodeError):
        return None, "it is of another version"


def _as_it_runs(settings: Config, running: Running | None) -> Config:
    if running is None:
        return settings
    return msgspec.structs.replace(
        settings,
        host=running.host,
        port=running.port,
        public_url=running.public_url,
        tls_cert=Path(running.tls_cert) if running.tls_cert else None,
        tls_key=Path(running.tls_key) if running.tls_key else None,
        trusted_proxies=tuple(map(ip_network, running.trusted_proxies)),
        signposts=Path(running.signposts) if running.signposts else None,
        audio=running.audio_wanted,
        media_port=running.media_port if running.media_port_chosen else 0,
        media_addresses=running.media_addresses,
    )
