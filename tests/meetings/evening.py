"""Whole evenings as text: who does what when, and what everyone sees after it.

A line that begins with a time is the script; the indented lines under it are what changed then, as people see it:

    05:00  BEN raises a hand
             queue   1 Ben (first-come)
             Ben     1st, next
           05:02 by itself
             floor   offered to Ben until 05:42

People are written in capitals and exist from the moment they join. Whatever else is in a file (comments, blank lines)
stays. The verbs are in `deeds.py`, what is seen in `seen.py`.
"""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

import rooms
from protocol.commands import AcceptAgreement, Admit
from protocol.errors import Rejected
from protocol.formats import Format
from protocol.views import Role
from rooms import core
from rooms.asks import Join, Restart
from rooms.events import Durable, KeptEvent
from rooms.format import read
from rooms.state import Plan, RoomState
from tests.given import AGREEMENT, SERVER, Scene
from tests.meetings.deeds import asked, seconds
from tests.meetings.seen import Told, changes, clock, done, goodbyes, sees

STEP = re.compile(r"(?P<time>\d+:\d\d)  (?P<what>\S.*)")
ROOM = re.compile(r"^seats (?P<seats>\d+), two to remove$", re.MULTILINE)
FORMAT = re.compile(r"^format (?P<name>[a-z-]+)$", re.MULTILINE)
GATHER = re.compile(r"(?P<lead>[A-Z]+) lets everybody in: (?P<others>[A-Z]+(?:, [A-Z]+)*)")
REFORM = re.compile(r"the host makes it (?P<name>[a-z-]+)")
REWRITTEN = "the host changes the agreement"
INDENT = " " * 7


def told(script: str) -> str:
    """The script with everything that follows from it written under each line.

    Lines of their own say what kind of room it is: `seats 4, two to remove`, and `format council`.
    """
    scene = Scene(RoomState(plan_of(script)))
    lines: list[str] = []
    between: list[str] = []  # comments and blank lines since the last step
    seen: Told = {}
    for line in script.splitlines():
        if line.startswith(INDENT):
            continue
        between.append(line)
        if step := STEP.fullmatch(line):
            for by_itself, said, after in happens(scene, seconds(step["time"]), step["what"]):
                now = sees(after)
                news = [f"{INDENT}  {new}" for new in (*said, *changes(seen, now), *done(after))]
                if not by_itself:
                    lines += [*between, *news]
                elif news:  # what was done is forgotten without a word
                    lines += [f"{INDENT}{clock(after.now)} by itself", *news]
                scene, seen = after, now
            between = []
    return "\n".join([*lines, *between]) + "\n"


def plan_of(script: str) -> Plan:
    named, room = FORMAT.search(script), ROOM.search(script)
    plan = Plan("A long evening", format_of(named["name"] if named else "simple"), AGREEMENT, ("What brings you?",))
    return msgspec.structs.replace(plan, seats=int(room["seats"]), two_to_remove=True) if room else plan


def format_of(name: str) -> Format:
    """One of those that come with the server."""
    return read((Path(rooms.__file__).parent / "formats" / f"{name}.toml").read_text(encoding="utf-8"))


def happens(scene: Scene, at: float, what: str) -> Iterator[tuple[bool, list[str], Scene]]:
    """What follows by itself until then, one moment after the other, and then what somebody does."""
    while (due := core.alarm(scene.state)) is not None and due < at:
        scene = scene.wait(due)
        yield True, goodbyes(scene), scene
    if what == "nobody does anything":
        scene = scene.wait(at)
    elif what == "the server restarts":
        scene = restarted(scene, at)
    elif gather := GATHER.fullmatch(what):
        scene = gathered(scene.wait(at), gather["lead"].lower(), gather["others"].lower().split(", "))
    elif reform := REFORM.fullmatch(what):
        scene = reformed(scene.wait(at), format=format_of(reform["name"]))
    elif what == REWRITTEN:
        known = scene.state.plan.agreement
        newer = msgspec.structs.replace(known, version=known.version + 1, text="We listen. Nothing is recorded.")
        scene = reformed(scene.wait(at), agreement=newer)
    else:
        by, _, does = what.partition(" ")
        scene = scene.when(*asked(scene.wait(at) if at > scene.now else scene, by.lower(), does), at=at)
    yield False, ([f"refused {scene.code}"] if scene.code else goodbyes(scene)), scene


def gathered(scene: Scene, lead: str, others: list[str]) -> Scene:
    """A facilitator comes, and lets all others in: the door has evenings of its own."""
    for seat in (lead, *others):
        role = Role.FACILITATOR if seat == lead else Role.PARTICIPANT
        scene = scene.when(SERVER, Join(seat, role, seat.title(), f"{role}.1"))
        scene = scene.when(seat, AcceptAgreement(AGREEMENT.version))
        scene = scene if seat == lead else scene.when(lead, Admit(seat))
    return dataclasses.replace(scene, acts=())


def reformed(scene: Scene, **other: object) -> Scene:
    """The room has another format, or agreement, in the middle of the meeting."""
    plan = msgspec.structs.replace(scene.state.plan, **other)
    try:
        outcome = core.reform(scene.state, plan, "", scene.now)
    except Rejected as no:
        return dataclasses.replace(scene, said=(), acts=(), code=no.code)
    return dataclasses.replace(scene, said=(), acts=(), code=None)._on(outcome)


def restarted(scene: Scene, at: float) -> Scene:
    """Memory is lost; what the journal has is read back."""
    events: list[tuple[float, Durable]] = [(when, stored(event)) for when, event in scene.journal]
    again = Scene(core.replay(scene.state.plan, events), at, journal=scene.journal)
    return again.when(SERVER, Restart())


def stored(event: Durable) -> Durable:
    """As it comes back from a disk."""
    back: Durable = msgspec.msgpack.decode(msgspec.msgpack.encode(event), type=KeptEvent)
    return back
