"""`lingkar room`: make, list, close and change the rooms of a running server, and print their links."""

import argparse
from collections.abc import Mapping

from protocol.views import Confidentiality
from server import remote
from server.cli import agreements, formats, links, schedules
from server.cli.running import add_server, server
from server.cli.said import tell
from server.config import Parser

NUMBERS = ("present", "waiting", "hands")
LISTED = ("id", "title", "format", "state", *NUMBERS)  # what a list tells of a room; no link is in it


def add(commands: "argparse._SubParsersAction[Parser]", env: Mapping[str, str]) -> None:
    """`room create | list | links | close | format | agreement | schedule | calendar`."""
    create = commands.add_parser("create", help="make a room and print its links")
    create.add_argument("title", metavar="TITLE", help="1-80 characters; people see it when they are in")
    create.add_argument("--format", default="simple", metavar="FORMAT", help="a format's name, or a file.toml (simple)")
    create.add_argument(
        "--policy", choices=[policy.value for policy in Confidentiality], help="what may leave the room"
    )
    create.add_argument("--agreement", metavar="TEXT", help="the group's own words, beside the rules that always hold")
    create.add_argument("--question", action="append", metavar="TEXT", help="asked at the door; up to three times")
    create.add_argument("--seats", type=int, default=0, metavar="N", help="for how many participants; 0: no limit")
    create.add_argument("--two-to-remove", action="store_true", help="removing somebody takes two who lead")
    schedules.add_flags(create)
    create.set_defaults(do=make)
    listing = commands.add_parser("list", help="all rooms, in numbers")
    listing.set_defaults(do=list_all)
    linking = commands.add_parser("links", help="the links that a room has, as `lingkar link list` prints them")
    linking.set_defaults(do=links.list_all)
    linking.add_argument("room", metavar="ID")
    closing = commands.add_parser("close", help="close a room's meeting and remove the room")
    closing.add_argument("id", metavar="ID")
    closing.set_defaults(do=close)
    form = commands.add_parser("format", help="print a room's format, or give it another one")
    form.add_argument("id", metavar="ID")
    form.add_argument("format", metavar="FORMAT", nargs="?", help="a format's name, or a file.toml")
    form.set_defaults(do=show_format)
    agreed = commands.add_parser("agreement", help="print a room's agreement and its versions, or change it")
    agreements.add(agreed)
    for one in (create, listing, linking, closing, form, agreed):
        add_server(one, env)
    schedules.add(commands, env)


def make(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    agreement = {"policy": asked.policy, "text": asked.agreement}
    plan = {
        "title": asked.title,
        **formats.text_or_name(asked.format),
        "agreement": {key: value for key, value in agreement.items() if value is not None},
        "questions": asked.question or [],
        "seats": asked.seats,
        "two_to_remove": asked.two_to_remove,
        "schedule": schedules.asked_for(asked),
    }
    room = server(asked, env).ask("POST", "/api/rooms", plan)
    lines = [f"  {kind:<12} {link}" for kind, link in room["links"].items()]
    tell(asked, room, [f"{room['title']} ({room['id']})", *lines, *schedules.lines(room)])


def list_all(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    rooms = server(asked, env).ask("GET", "/api/rooms")["rooms"]
    lines = [_line(room) for room in rooms] or ["There is no room yet."]
    tell(asked, {"rooms": [{key: room[key] for key in LISTED} for room in rooms]}, lines)


def _line(room: Mapping[str, object]) -> str:
    numbers = ", ".join(f"{room[key]} {key}" for key in NUMBERS)
    return f"{room['id']}  {room['state']:<6} {numbers}  {room['title']}"


def close(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    server(asked, env).ask("DELETE", f"/api/rooms/{remote.quoted(asked.id)}")
    tell(asked, {"closed": asked.id}, [f"Closed {asked.id}; its links are dead."])


def show_format(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    path = f"/api/rooms/{remote.quoted(asked.id)}"
    if asked.format is None:
        return formats.show_room(asked, server(asked, env).ask("GET", path))
    room = server(asked, env).ask("PATCH", path, formats.text_or_name(asked.format))
    said = f"{room['title']} ({room['id']}) has the format {room['format']} from now on."
    return tell(asked, {"id": room["id"], "format": room["format"]}, [said])
