"""Where the pages are: as people open them, and as this machine reaches the server itself."""

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from server.config import Config


class Place(NamedTuple):
    scheme: str
    host: str
    port: int

    @property
    def secure(self) -> bool:
        return self.scheme == "https"


def place(settings: Config) -> Place:
    """Of the public URL; without one, of this machine."""
    url = urlsplit(settings.url(settings.port))
    return Place(url.scheme, url.hostname or "", url.port or (443 if url.scheme == "https" else 80))


def direct(settings: Config) -> Place:
    """The server itself, past every proxy."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return Place("https" if settings.tls_cert else "http", host, settings.port)


def local(one: Place) -> bool:
    """What a browser takes for its own machine, and trusts without TLS."""
    if one.host == "localhost" or one.host.endswith(".localhost"):
        return True
    try:
        return ip_address(one.host).is_loopback
    except ValueError:
        return False


def proxied(settings: Config) -> bool:
    """Whether something must stand before the server: people open TLS that it does not speak itself."""
    return place(settings).secure and settings.tls_cert is None
