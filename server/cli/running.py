"""Which running server a command means, and the token that opens it. `lingkar host-link` prints that."""

import argparse
from collections.abc import Mapping

from server import remote
from server.cli.said import add_json, tell
from server.config import Config, Parser, add_flags, config, refuse
from server.links import KEY_FILE, Keys


def add_host_link(one: Parser, env: Mapping[str, str]) -> None:
    one.set_defaults(do=host_link)
    add_json(one)
    add_flags(one, env)


def add_server(one: Parser, env: Mapping[str, str]) -> None:
    """Which running server is meant; and JSON, for what it answers."""
    add_where(one, env)
    add_json(one)


def add_where(one: Parser, env: Mapping[str, str]) -> None:
    """Which running server is meant."""
    one.add_argument("--url", default=env.get("LINGKAR_URL", ""), help="where the server runs (http://127.0.0.1:8080)")
    add_flags(one, env)


def server(asked: argparse.Namespace, env: Mapping[str, str]) -> remote.Server:
    """The running server that the flags mean, with the token that opens it."""
    settings = config(asked, env)
    return remote.Server(asked.url or settings.url(settings.port), host_token(settings))


def host_link(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """Print the host link; asked for on purpose, so it is printed wherever the output goes."""
    settings = config(asked, env)
    link = f"{settings.url(settings.port)}/host#{host_token(settings)}"
    tell(asked, {"host_link": link}, [link])


def host_token(settings: Config) -> str:
    """The token from the environment, else from the data folder's key; refuses where there is neither."""
    if settings.host_token:
        return settings.host_token
    if not (settings.data / KEY_FILE).exists():
        refuse(f"there is no key in {settings.data}: give --data or LINGKAR_HOST_TOKEN, or start a server first.")
    return Keys.open(settings.data).host_token()
