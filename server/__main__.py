"""`lingkar`: what people type.

    lingkar serve                      run a server
    lingkar host-link                  print the link of the host page once more
    lingkar room create TITLE          make a room on a running server; prints its links
    lingkar room list                  all rooms, in numbers
    lingkar room close ID              close a room's meeting and remove the room
    lingkar room format ID [FORMAT]    print a room's format, or give it another one
    lingkar format list                the formats that come with it
    lingkar format show NAME           print one, to copy and change
    lingkar format check FILE          everything that is wrong in a format of your own, with line and reason
    lingkar link list ROOM             the links that a room has
    lingkar link make ROOM             make a personal invite and print it
    lingkar link renew ROOM LINK       another secret: the old link opens nothing any more
    lingkar link revoke ROOM LINK      the link opens nothing any more, and whoever came by it goes
    lingkar disclose ID                print everything that the server could hand over about a room or meeting
    lingkar backup FILE                write all rooms, without any meeting, into a new file
    lingkar restore FILE               put them back while no server runs; all links are new then

Exit status: 0 done, 1 it could not be done, 2 asked for wrongly.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from protocol.views import Confidentiality, Role
from server import backup, format_commands, remote
from server.backup import BackupRefused
from server.config import Config, Parser, add_flags, config, refuse
from server.database import DataRefused
from server.links import KEY_FILE, Keys, KeysUnreadable


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] = os.environ) -> None:
    """Do what the command line says. Ends by `SystemExit` with a plain sentence where it cannot."""
    asked = parser(env).parse_args(arguments)
    try:
        asked.do(asked, env)
    except (remote.Unanswered, KeysUnreadable, BackupRefused, DataRefused) as wrong:
        raise SystemExit(f"lingkar: {wrong}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:  # `lingkar room list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def parser(env: Mapping[str, str]) -> Parser:
    """The whole command line."""
    top = Parser(prog="lingkar", description="A listening room for online meetings.")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    serving = commands.add_parser("serve", help="run a server")
    serving.set_defaults(do=serve)
    add_flags(serving, env)
    link = commands.add_parser("host-link", help="print the link of the host page")
    link.set_defaults(do=host_link)
    add_flags(link, env)
    room = commands.add_parser("room", help="make, list and close rooms of a running server")
    add_room(room.add_subparsers(metavar="COMMAND", required=True), env)
    formats = commands.add_parser("format", help="how meetings run: list, show and check formats")
    format_commands.add(formats.add_subparsers(metavar="COMMAND", required=True))
    links = commands.add_parser("link", help="the links of a room: list, make, renew and revoke them")
    add_link(links.add_subparsers(metavar="COMMAND", required=True), env)
    telling = commands.add_parser("disclose", help="everything that the server knows about a room or meeting, as JSON")
    telling.set_defaults(do=disclose)
    telling.add_argument("id", metavar="ID")
    add_flags(telling, env)
    saving = commands.add_parser("backup", help="write all rooms into a new file; no meeting, no key")
    saving.set_defaults(do=save)
    restoring = commands.add_parser("restore", help="put the rooms of a backup back; all links are new then")
    restoring.set_defaults(do=restore)
    for one in (saving, restoring):
        one.add_argument("file", metavar="FILE", type=Path)
        add_flags(one, env)
    return top


def add_room(commands: "argparse._SubParsersAction[Parser]", env: Mapping[str, str]) -> None:
    """`room create | list | close | format`."""
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
    create.set_defaults(do=room_create)
    listing = commands.add_parser("list", help="all rooms, in numbers")
    listing.set_defaults(do=room_list)
    close = commands.add_parser("close", help="close a room's meeting and remove the room")
    close.add_argument("id", metavar="ID")
    close.set_defaults(do=room_close)
    form = commands.add_parser("format", help="print a room's format, or give it another one")
    form.add_argument("id", metavar="ID")
    form.add_argument("format", metavar="FORMAT", nargs="?", help="a format's name, or a file.toml")
    form.set_defaults(do=room_format)
    for one in (create, listing, close, form):
        add_server(one, env)


def add_link(commands: "argparse._SubParsersAction[Parser]", env: Mapping[str, str]) -> None:
    """`link list | make | renew | revoke`."""
    listing = commands.add_parser("list", help="the links that a room has")
    listing.set_defaults(do=link_list)
    make = commands.add_parser("make", help="make a personal invite and print it")
    make.add_argument(
        "--role", choices=[role.value for role in Role], default="participant", help="what it makes of them"
    )
    make.set_defaults(do=link_make)
    renew = commands.add_parser("renew", help="another secret: the old link opens nothing any more")
    renew.set_defaults(do=link_renew)
    revoke = commands.add_parser("revoke", help="the link opens nothing any more, and whoever came by it goes")
    revoke.set_defaults(do=link_revoke)
    for one in (listing, make, renew, revoke):
        one.add_argument("room", metavar="ROOM", help="a room's id, as `lingkar room list` shows it")
    for one in (renew, revoke):
        one.add_argument("link", metavar="LINK", help="participant, facilitator, host, or invite-<number>")
    for one in (make, renew):
        one.add_argument("--hours", type=float, default=0, metavar="H", help="until it expires; 0: it does not")
    for one in (listing, make, renew, revoke):
        add_server(one, env)


def add_server(one: Parser, env: Mapping[str, str]) -> None:
    """Which running server is meant."""
    one.add_argument("--url", default=env.get("LINGKAR_URL", ""), help="where the server runs (http://127.0.0.1:8080)")
    add_flags(one, env)


def serve(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """Run a server until SIGTERM or SIGINT."""
    from server import app, logs  # the other commands start without them

    logs.hold_standard_files()
    logs.begin()
    settings = config(asked, env)
    shows = settings.print_link or (sys.stdout is not None and sys.stdout.isatty())
    out = logs.Writer(1)

    def announce(port: int, host_token: str) -> None:
        out.say(f"Lingkar is running at {settings.url(port)} (listening on {settings.host}, port {port}).")
        if shows:
            out.say(f"Host page, for you alone: {settings.url(port)}/host#{host_token}")
        out.say("Ctrl-C stops it; whoever is in a meeting keeps their place until it is back.")

    try:
        asyncio.run(app.run(settings, announce))
    except DataRefused as wrong:
        raise SystemExit(f"lingkar: {wrong}") from None
    except OSError as wrong:
        raise SystemExit(f"lingkar: it cannot start: {wrong.strerror or wrong}.") from None


def host_link(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """Print the host link; asked for on purpose, so it is printed wherever the output goes."""
    settings = config(asked, env)
    say(f"{settings.url(settings.port)}/host#{host_token(settings)}")


def host_token(settings: Config) -> str:
    """The token from the environment, else from the data folder's key; refuses where there is neither."""
    if settings.host_token:
        return settings.host_token
    if not (settings.data / KEY_FILE).exists():
        refuse(f"there is no key in {settings.data}: give --data or LINGKAR_HOST_TOKEN, or start a server first.")
    return Keys.open(settings.data).host_token()


def room_create(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    agreement = {"policy": asked.policy, "text": asked.agreement}
    plan = {
        "title": asked.title,
        **format_commands.text_or_name(asked.format),
        "agreement": {key: value for key, value in agreement.items() if value is not None},
        "questions": asked.question or [],
        "seats": asked.seats,
        "two_to_remove": asked.two_to_remove,
    }
    room = server(asked, env).ask("POST", "/api/rooms", plan)
    say(f"{room['title']} ({room['id']})")
    for kind, link in room["links"].items():
        say(f"  {kind:<12} {link}")


def room_list(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    rooms = server(asked, env).ask("GET", "/api/rooms")["rooms"]
    for room in rooms:
        numbers = ", ".join(f"{room[key]} {key}" for key in ("present", "waiting", "hands"))
        say(f"{room['id']}  {room['state']:<6} {numbers}  {room['title']}")
    if not rooms:
        say("There is no room yet.")


def room_close(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    server(asked, env).ask("DELETE", f"/api/rooms/{remote.quoted(asked.id)}")
    say(f"Closed {asked.id}; its links are dead.")


def room_format(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    path = f"/api/rooms/{remote.quoted(asked.id)}"
    if asked.format is None:
        return format_commands.show_room(server(asked, env).ask("GET", path))
    room = server(asked, env).ask("PATCH", path, format_commands.text_or_name(asked.format))
    return say(f"{room['title']} ({room['id']}) has the format {room['format']} from now on.")


def link_list(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    for link in server(asked, env).ask("GET", _links(asked))["links"]:
        say_link(link)


def link_make(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    body = {"role": asked.role, "hours": asked.hours}
    say_link(server(asked, env).ask("POST", _links(asked), body))


def link_renew(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    path = f"{_links(asked)}/{remote.quoted(asked.link)}/renew"
    say_link(server(asked, env).ask("POST", path, {"hours": asked.hours}))


def link_revoke(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    server(asked, env).ask("DELETE", f"{_links(asked)}/{remote.quoted(asked.link)}")
    say(f"Revoked {asked.link}: it opens nothing any more, and whoever came by it is out.")


def _links(asked: argparse.Namespace) -> str:
    return f"/api/rooms/{remote.quoted(asked.room)}/links"


def say_link(link: Mapping[str, Any]) -> None:
    """One line: which, for whom, until when, and its address."""
    until = link.get("until")
    moment = "" if until is None else time.strftime("until %Y-%m-%d %H:%M  ", time.localtime(until))
    say(f"{link['id']:<12} {link['role']:<12} {moment}{link.get('url', 'expired')}")


def disclose(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    from server import disclosure

    try:
        found = disclosure.ask(config(asked, env).data, asked.id)
    except (disclosure.Unknown, OSError) as wrong:
        raise SystemExit(f"lingkar: {wrong}") from None
    say(msgspec.json.format(msgspec.json.encode(found)).decode())


def save(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    rooms = backup.write(config(asked, env).data, asked.file)
    say(f"Wrote {rooms} {'room' if rooms == 1 else 'rooms'} to {asked.file}: agreements and questions are in it.")


def restore(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    rooms = backup.restore(config(asked, env).data, asked.file)
    say(f"Put {rooms} {'room' if rooms == 1 else 'rooms'} back. All links are new: the host page has them.")


def server(asked: argparse.Namespace, env: Mapping[str, str]) -> remote.Server:
    """The running server that the flags mean, with the token that opens it."""
    settings = config(asked, env)
    return remote.Server(asked.url or settings.url(settings.port), host_token(settings))


def say(line: str) -> None:
    """To the terminal, at once: another program may be waiting for the line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
