"""How a server is set up: flags and `LINGKAR_*` variables become one frozen value, or one plain sentence and exit 2.

Every flag has a variable of the same name (`--public-url`, `LINGKAR_PUBLIC_URL`); a flag wins. The two secrets,
`LINGKAR_HOST_TOKEN` and `LINGKAR_METRICS_TOKEN`, have no flag: everybody on a machine can read its command lines.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Literal, NoReturn
from urllib.parse import urlsplit

import msgspec

Network = IPv4Network | IPv6Network


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `lingkar serve` needs to know. `port` 0 means: any free port; lengths are minutes."""

    host: str = "127.0.0.1"
    port: int = 8080
    data: Path = Path("data")
    public_url: str = ""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    signposts: Path | None = None
    trusted_proxies: tuple[Network, ...] = ()
    writes: Literal["direct", "stock"] = "direct"
    audio: bool = True
    media_addresses: tuple[str, ...] = ()
    media_port: int = 0
    meeting_empty: float = 120.0
    meeting_longest: float = 720.0
    print_link: bool = False
    host_token: str = ""
    metrics_token: str = ""

    def url(self, port: int) -> str:
        """The address that people open, without a slash at its end; `port` is the one that was really bound."""
        return self.public_url or f"{self._scheme}://localhost{_port_part(self._scheme, port)}"

    def origins(self, port: int) -> tuple[str, ...]:
        """The origins that a browser may come from. Without a public URL both loopback names are right."""
        if self.public_url:
            return (self.public_url,)
        return tuple(f"{self._scheme}://{host}{_port_part(self._scheme, port)}" for host in ("localhost", "127.0.0.1"))

    @property
    def _scheme(self) -> str:
        return "https" if self.tls_cert else "http"


def _port_part(scheme: str, port: int) -> str:
    return "" if (scheme, port) in {("http", 80), ("https", 443)} else f":{port}"


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage in front of it, and exits with 2. No abbreviations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["allow_abbrev"] = False  # a flag that comes later must not change what an old command line means
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        refuse(message.removeprefix("argument "))


def refuse(sentence: str) -> NoReturn:
    """Print one sentence for the person at the terminal; exit status 2."""
    sys.stderr.write(f"lingkar: {sentence}\n")
    raise SystemExit(2)


def add_flags(parser: argparse.ArgumentParser, env: Mapping[str, str]) -> None:
    """The flags of `serve` (and of whatever else needs to know where a server lives)."""

    def flag(name: str, default: str, read: Callable[[str], Any], text: str, meta: str) -> None:
        parser.add_argument(f"--{name}", default=_from(env, name, default), type=read, help=text, metavar=meta)

    flag("host", "127.0.0.1", _host, "address to listen on (127.0.0.1)", "H")
    flag("port", "8080", _port, "port to listen on, 0 for any free one (8080)", "N")
    flag("data", "data", Path, "folder for the key and the journal (./data)", "DIR")
    flag("public-url", "", _public_url, "the address that people open (http://localhost:PORT)", "URL")
    flag("tls-cert", "", _file, "certificate chain, PEM", "FILE")
    flag("tls-key", "", _file, "private key of the certificate, PEM", "FILE")
    flag("signposts", "", _file, "places for help that the page names, TOML (none)", "FILE")
    flag("audio", "on", _audio, "sound in the rooms: on or off (on)", "ON")
    flag("media-port", "0", _port, "UDP port for all sound, 0 for any free one (0)", "N")
    flag("meeting-empty", "120", _minutes, "minutes without anybody after which a meeting ends (120)", "MIN")
    flag("meeting-longest", "720", _minutes, "minutes after which it ends in any case (720)", "MIN")
    flag("writes", "direct", _writes, "how messages reach the sockets: direct or stock (direct)", "WAY")
    parser.add_argument(
        "--trusted-proxy",
        action="append",
        type=_network,
        metavar="NET",
        help="network of a reverse proxy whose forwarding headers are believed; may be given several times",
    )
    parser.add_argument(
        "--media-address",
        action="append",
        type=_address,
        metavar="A",
        help="address at which browsers reach the media port; may be given several times (all of this machine's)",
    )
    parser.add_argument(
        "--print-link",
        action="store_true",
        default=_yes(env.get("LINGKAR_PRINT_LINK", "")),
        help="print the host link also when the output is not a terminal",
    )


def _from(env: Mapping[str, str], name: str, default: str) -> str:
    return env.get("LINGKAR_" + name.upper().replace("-", "_"), "") or default


def config(args: argparse.Namespace, env: Mapping[str, str]) -> Config:
    """Parsed flags -> `Config`. Refuses what only shows when the values are seen together."""
    if bool(args.tls_cert) != bool(args.tls_key):
        refuse("--tls-cert and --tls-key come together: one of them is missing.")
    return Config(
        host=args.host,
        port=args.port,
        data=args.data,
        public_url=args.public_url,
        tls_cert=args.tls_cert,
        tls_key=args.tls_key,
        signposts=args.signposts,
        trusted_proxies=tuple(args.trusted_proxy or _several(env, "LINGKAR_TRUSTED_PROXY", _network)),
        media_addresses=tuple(args.media_address or _several(env, "LINGKAR_MEDIA_ADDRESS", _address)),
        audio=args.audio,
        media_port=args.media_port,
        meeting_empty=args.meeting_empty,
        meeting_longest=args.meeting_longest,
        writes=args.writes,
        print_link=args.print_link,
        host_token=_token(env, "LINGKAR_HOST_TOKEN"),
        metrics_token=_token(env, "LINGKAR_METRICS_TOKEN"),
    )


def _several(env: Mapping[str, str], name: str, read: Callable[[str], Any]) -> list[Any]:
    """What a flag that may be given several times has in the environment: separated by commas or spaces."""
    try:
        return [read(text) for text in re.split(r"[\s,]+", env.get(name, "")) if text]
    except argparse.ArgumentTypeError as wrong:
        refuse(f"{name}: {wrong}")


def _token(env: Mapping[str, str], name: str) -> str:
    token = env.get(name, "")
    if token and not re.fullmatch(r"[A-Za-z0-9._~-]{16,200}", token):
        refuse(f"{name} must be 16 to 200 letters, digits or any of . _ ~ - so that it fits into a link.")
    return token


def _wrong(sentence: str) -> NoReturn:
    raise argparse.ArgumentTypeError(sentence)


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]{1,253}", text):
        _wrong(f"{text!r} is not an address or host name.")
    return text


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        _wrong(f"a port is a number from 0 to 65535, not {text!r}.")
    return int(text)


def _minutes(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) < 1:
        _wrong(f"it is a number of minutes from 1 to 99999, not {text!r}.")
    return float(text)


def _public_url(text: str) -> str:
    """`https://Example.org/` -> `https://example.org`: an origin as browsers write it, or empty."""
    if not text:
        return ""
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        _wrong(f"{text!r} is not a web address.")
    if url.scheme not in ("http", "https") or not url.hostname or url.username is not None:
        _wrong(f"a public URL looks like https://meet.example.org, not {text!r}.")
    if url.path not in ("", "/") or url.query or url.fragment:
        _wrong("a public URL has no path: Lingkar needs a host name of its own.")
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    if not re.fullmatch(r"[a-z0-9.:\[\]_-]+", host):
        _wrong(f"{text!r}: letters beyond ASCII are written in their xn-- form.")
    return f"{url.scheme}://{host}{'' if port is None else _port_part(url.scheme, port)}"


def _file(text: str) -> Path | None:
    if not text:
        return None
    if not Path(text).is_file():
        _wrong(f"there is no file {text!r}.")
    return Path(text)


def _address(text: str) -> str:
    try:
        found = ip_address(text)
    except ValueError:
        _wrong(f"{text!r} is not an address such as 192.0.2.7 or 2001:db8::7.")
    if found.is_unspecified or found.is_multicast or "%" in text:
        _wrong(f"nobody can be reached at {text!r}.")
    return str(found)


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        _wrong(f"{text!r} is not a network such as 10.0.0.0/8 or 192.0.2.7.")


def _audio(text: str) -> bool:
    if text not in ("on", "off"):
        _wrong(f"it is on or off, not {text!r}.")
    return text == "on"


def _writes(text: str) -> str:
    if text not in ("direct", "stock"):
        _wrong(f"it is direct or stock, not {text!r}.")
    return text


def _yes(text: str) -> bool:
    return text.lower() in ("1", "yes", "true", "on")
