"""`lingkar room agreement`: print what a room's people accept, and what they accepted before; or change it."""

import argparse
from collections.abc import Mapping
from typing import Any

from protocol.views import Confidentiality
from server import remote
from server.cli.formats import text_of
from server.cli.running import server
from server.cli.said import tell
from server.config import Parser


def add(one: Parser) -> None:
    one.add_argument("id", metavar="ID")
    one.add_argument("--text-file", metavar="FILE", help="the group's own words from now on")
    one.add_argument(
        "--policy", choices=[policy.value for policy in Confidentiality], help="what may leave the room from now on"
    )
    one.set_defaults(do=show)


def show(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """With a text or a policy it is changed first: everybody who is in the room is asked again."""
    path = f"/api/rooms/{remote.quoted(asked.id)}"
    text = None if asked.text_file is None else text_of(asked.text_file, "an agreement")
    new = {key: value for key, value in (("policy", asked.policy), ("text", text)) if value is not None}
    if new:
        server(asked, env).ask("PATCH", path, {"agreement": new})
    found = server(asked, env).ask("GET", f"{path}/agreement")
    tell(asked, {"id": asked.id, **found}, _lines(found))


def _lines(found: Mapping[str, Any]) -> list[str]:
    now, *before = [_line(one) for one in found["versions"]]
    text = ["", *found["text"].splitlines()] if found["text"] else []
    return [now, *text, *(["", "Before:"] if before else []), *before]


def _line(one: Mapping[str, Any]) -> str:
    began = f"  since {one['at']}" if "at" in one else ""
    return f"Version {one['version']}  {one['policy']}{began}"
