"""`lingkar link`: the links of a room of a running server."""

import argparse
import time
from collections.abc import Mapping
from typing import Any

from protocol.views import Role
from server import remote
from server.cli.running import add_server, server
from server.cli.said import tell
from server.config import Parser


def add(commands: "argparse._SubParsersAction[Parser]", env: Mapping[str, str]) -> None:
    """`link list | make | renew | revoke`."""
    listing = commands.add_parser("list", help="the links that a room has")
    listing.set_defaults(do=list_all)
    making = commands.add_parser("make", help="make a personal invite and print it")
    making.add_argument(
        "--role", choices=[role.value for role in Role], default="participant", help="what it makes of them"
    )
    making.set_defaults(do=make)
    renewing = commands.add_parser("renew", help="another secret: the old link opens nothing any more")
    renewing.set_defaults(do=renew)
    revoking = commands.add_parser("revoke", help="the link opens nothing any more, and whoever came by it goes")
    revoking.set_defaults(do=revoke)
    for one in (listing, making, renewing, revoking):
        one.add_argument("room", metavar="ROOM", help="a room's id, as `lingkar room list` shows it")
    for one in (renewing, revoking):
        one.add_argument("link", metavar="LINK", help="participant, facilitator, host, or invite-<number>")
    for one in (making, renewing):
        one.add_argument("--hours", type=float, default=0, metavar="H", help="until it expires; 0: it does not")
    for one in (listing, making, renewing, revoking):
        add_server(one, env)


def list_all(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    found = server(asked, env).ask("GET", _links(asked))["links"]
    tell(asked, {"links": [_facts(link) for link in found]}, map(line, found))


def make(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    link = server(asked, env).ask("POST", _links(asked), {"role": asked.role, "hours": asked.hours})
    tell(asked, _facts(link), [line(link)])


def renew(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    path = f"{_links(asked)}/{remote.quoted(asked.link)}/renew"
    link = server(asked, env).ask("POST", path, {"hours": asked.hours})
    tell(asked, _facts(link), [line(link)])


def revoke(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    server(asked, env).ask("DELETE", f"{_links(asked)}/{remote.quoted(asked.link)}")
    said = f"Revoked {asked.link}: it opens nothing any more, and whoever came by it is out."
    tell(asked, {"revoked": asked.link}, [said])


def _links(asked: argparse.Namespace) -> str:
    return f"/api/rooms/{remote.quoted(asked.room)}/links"


def _facts(link: Mapping[str, Any]) -> dict[str, Any]:
    """What the line says, and no more: `until` as seconds since 1970, no `url` when it has expired."""
    return {key: link[key] for key in ("id", "role", "url", "until") if link.get(key) is not None}


def line(link: Mapping[str, Any]) -> str:
    """One line: which, for whom, until when, and its address."""
    until = link.get("until")
    moment = "" if until is None else time.strftime("until %Y-%m-%d %H:%M  ", time.localtime(until))
    return f"{link['id']:<12} {link['role']:<12} {moment}{link.get('url', 'expired')}"
