"""`lingkar`: what people type.

    lingkar serve                      run a server
    lingkar host-link                  print the link of the host page once more
    lingkar room create TITLE          make a room on a running server; prints its links
    lingkar room list                  all rooms, in numbers
    lingkar room links ID              the links that a room has
    lingkar room close ID              close a room's meeting and remove the room
    lingkar room format ID [FORMAT]    print a room's format, or give it another one
    lingkar room agreement ID          print what its people accept, and accepted before, or change it
    lingkar format list                the formats that come with it
    lingkar format show NAME           print one, to copy and change
    lingkar format check FILE          everything that is wrong in a format of your own, with line and reason
    lingkar signposts check FILE       everything that is wrong in a file of places for help, with line and reason
    lingkar link list ROOM             the links that a room has
    lingkar link make ROOM             make a personal invite and print it
    lingkar link renew ROOM LINK       another secret: the old link opens nothing any more
    lingkar link revoke ROOM LINK      the link opens nothing any more, and whoever came by it goes
    lingkar announce TEXT              say something to everybody who is inside, in all rooms or some
    lingkar demo                       fill a room with simulated people, to see and hear it alive, or to rehearse
    lingkar disclose ID                print everything that the server could hand over about a room or meeting
    lingkar backup FILE                write all rooms, without any meeting, into a new file
    lingkar restore FILE               put them back while no server runs; all links are new then
    lingkar doctor                     look whether everything is all right, and say what to do where it is not
    lingkar completion SHELL           a script by which bash, zsh or fish completes all of this

Exit status: 0 done, 1 it could not be done, 2 asked for wrongly. With `--json` a command that tells something prints
one JSON document instead of lines; when it could not be done, there is a sentence on stderr as ever and no document.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping, Sequence

from server import remote
from server.backup import BackupRefused
from server.cli import announcing, completion, demo, doctor, formats, keeping, links, rooms, running, signposts
from server.config import Parser, add_flags, config, refuse
from server.database import DataRefused
from server.links import KeysUnreadable
from server.signposts import SignpostsWrong, placeholders
from server.signposts import load as load_signposts


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
    running.add_host_link(commands.add_parser("host-link", help="print the link of the host page"), env)
    room = commands.add_parser("room", help="make, list and close rooms of a running server, and print their links")
    rooms.add(room.add_subparsers(metavar="COMMAND", required=True), env)
    form = commands.add_parser("format", help="how meetings run: list, show and check formats")
    formats.add(form.add_subparsers(metavar="COMMAND", required=True))
    link = commands.add_parser("link", help="the links of a room: list, make, renew and revoke them")
    links.add(link.add_subparsers(metavar="COMMAND", required=True), env)
    announcing.add(commands.add_parser("announce", help="say something to everybody who is inside a room"), env)
    places = commands.add_parser("signposts", help="places for help that the page names: check a file of them")
    signposts.add(places.add_subparsers(metavar="COMMAND", required=True))
    demo.add(commands.add_parser("demo", help="fill a room with simulated people"), env)
    telling = commands.add_parser("disclose", help="everything that the server knows about a room or meeting, as JSON")
    keeping.add_disclose(telling, env)
    saving = commands.add_parser("backup", help="write all rooms into a new file; no meeting, no key")
    restoring = commands.add_parser("restore", help="put the rooms of a backup back; all links are new then")
    keeping.add_backup(saving, restoring, env)
    doctor.add(commands.add_parser("doctor", help="look whether everything is all right, and say what to do"), env)
    completing = commands.add_parser("completion", help="print a script by which a shell completes what you type")
    completion.add(completing, env, parser)
    return top


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
        if nowhere := placeholders(load_signposts(settings.signposts)):
            out.say(f"People who need help are shown placeholders that lead nowhere: {', '.join(nowhere)}.")
        out.say("Ctrl-C stops it; whoever is in a meeting keeps their place until it is back.")

    try:
        asyncio.run(app.run(settings, announce))
    except SignpostsWrong as wrong:
        refuse(f"{settings.signposts} cannot be used:\n{wrong}")
    except DataRefused as wrong:
        raise SystemExit(f"lingkar: {wrong}") from None
    except OSError as wrong:
        raise SystemExit(f"lingkar: it cannot start: {wrong.strerror or wrong}.") from None


if __name__ == "__main__":
    main()
