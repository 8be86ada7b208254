"""`lingkar demo`: fill a room with simulated people, to see and hear it alive, or to rehearse leading one.

They get a new room, which goes with them, or wait at the door of the one whose link they are given, until somebody
lets them in: nobody finds them in a meeting that they were not asked into.
"""

import argparse
import asyncio
import contextlib
import random
import re
import signal
from collections.abc import AsyncIterator, Mapping

from server import remote
from server.cli import formats
from server.cli.running import add_where, server
from server.cli.said import say
from server.config import Parser, refuse

MOST = 60  # people
SLOW, FAST = 0.2, 50.0  # how many times faster than people
_LINK = re.compile(r"https?://[^/\s]+/r/[\w-]+#[^\s~]+")


def add(demo: Parser, env: Mapping[str, str]) -> None:
    demo.add_argument("--people", type=_people, default=8, metavar="N", help=f"how many, 1 to {MOST} (8)")
    demo.add_argument("--format", default="simple", metavar="FORMAT", help="a format's name, or a file.toml (simple)")
    demo.add_argument("--seconds", type=float, default=0.0, metavar="S", help="leave after so long (with Ctrl-C)")
    demo.add_argument("--pace", type=_pace, default=1.0, metavar="X", help="so many times faster than people (1)")
    demo.add_argument("--seed", type=int, metavar="K", help="the same people, who do the same (others each time)")
    demo.add_argument("--silent", action="store_true", help="without sound")
    demo.add_argument("--hosted", action="store_true", help="a simulated facilitator lets people in and leads")
    demo.add_argument("--link", type=_link, help="wait at the door of this participants' link instead")
    demo.add_argument("--serve", action="store_true", help="start a server for it, too, which ends with it")
    demo.set_defaults(do=run)
    add_where(demo, env)


def run(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """Until Ctrl-C, SIGTERM or the given time. Exit status 0 then; 1 with a sentence where it could not begin."""
    if asked.link and (asked.hosted or asked.serve):
        refuse("--link leads to a room that somebody else leads: neither --hosted nor --serve goes with it.")
    asyncio.run(_run(asked, env))


async def _run(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    from server.demo.circle import Meeting  # sound brings much along; other commands start without it
    from server.demo.line import TurnedAway

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10_000)
    async with _links(asked, env) as links:
        leading = links["facilitator"] if asked.hosted else ""
        ways = {"people": asked.people, "pace": asked.pace, "seed": seed, "silent": asked.silent}
        say(f"Simulated people: {asked.people}, seed {seed}. Ctrl-C lets them leave.")
        try:
            over = await Meeting(links["participant"], leading, **ways).run(stop, asked.seconds)
        except TurnedAway:
            raise remote.Unanswered("the room does not take them: the link is dead, or the door locked.") from None
        say(over or "Everybody has left.")


@contextlib.asynccontextmanager
async def _links(asked: argparse.Namespace, env: Mapping[str, str]) -> AsyncIterator[Mapping[str, str]]:
    """Of a room of their own, which is removed at the end; or the one link that was given."""
    if asked.link:
        origin = asked.link.partition("/r/")[0]
        await asyncio.to_thread(remote.Server(origin, "").ask, "GET", "/healthz")
        yield {"participant": asked.link}
        return
    from server.demo import own

    async with contextlib.AsyncExitStack() as stack:
        there = await stack.enter_async_context(own.server()) if asked.serve else server(asked, env)
        plan = {"title": "Demo", **formats.text_or_name(asked.format)}
        room = await asyncio.to_thread(there.ask, "POST", "/api/rooms", plan)
        try:
            _invite(room["links"], asked.hosted, f"{there.url}/host#{there.token}" if asked.serve else "")
            yield room["links"]
        finally:
            with contextlib.suppress(remote.Unanswered):  # it may have been removed meanwhile
                await asyncio.to_thread(there.ask, "DELETE", f"/api/rooms/{room['id']}")


def _invite(links: Mapping[str, str], hosted: bool, host: str) -> None:
    """How the person at the terminal gets in."""
    say(f"Come in:     {links['participant']}")
    say(f"Lead:        {links['facilitator']}")
    if host:
        say(f"Host page:   {host}")
    if hosted:
        say("A simulated facilitator lets you in, and leaves the lead to you if you come to lead.")
    else:
        say("Open the second link: people wait at the door until you let them in and open the circle.")


def _people(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"1 to {MOST} people can come.")
    return int(text)


def _pace(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not SLOW <= pace <= FAST:
        raise argparse.ArgumentTypeError(f"a pace from {SLOW} to {FAST:g} is possible.")
    return pace


def _link(text: str) -> str:
    if not _LINK.fullmatch(text):
        raise argparse.ArgumentTypeError("a link is http://.../r/ROOM#SECRET.")
    return text
