"""Who waits at the door learns nothing of what happens inside: there are two meetings at the same time, one full of
life, one where nothing happens at all; and to the last byte, the same goes to those who wait at their doors.
"""

import random
from typing import Any, get_args

import msgpack
import pytest
from aiohttp import WSMsgType

from protocol import asked, commands
from protocol.message import kebab
from server.directory import Room
from tests.conftest import a_seed
from tests.server.evening import Evening, Guest, evening

OPEN_TO_ALL = {"leave", "accept-agreement", "answer-door"}  # what one may do at the door, and what it says is one's own


def sent(guest: Guest) -> list[tuple[WSMsgType, bytes]]:
    """Every frame so far, in order; what is drawn anew for everybody (connection, seat, token) as if it were not."""
    frames = [(frame.opcode, frame.payload) for frame in guest._outlet.frames]
    own = [msgpack.unpackb(frames[0][1])["data"]["sid"], guest.resume or "", guest.seat]
    for n, secret in enumerate(own):
        frames = [(kind, data.replace(secret.encode(), b"<%d>" % n)) for kind, data in frames]
    return frames


def probes(view: dict[str, Any], seat: str) -> list[dict[str, Any]]:
    """Every command there is, about a person, hand and turn that are there, or are not, in this meeting."""
    things: dict[str, Any] = {
        "seat": seat,
        "hand": next(iter(view["hands"]), "h1"),
        "turn": next(iter(view["turns"]), "t1"),
        "queue": view["queue_version"],
        "after": "h1",
        "text": "words",
        "reason": "because",
        "until": 900.0,
    }
    kinds = [kind for kind in get_args(commands.Command) if kebab(kind.__name__) not in OPEN_TO_ALL]
    return [
        {"type": kebab(kind.__name__), **{name: things[name] for name in kind.__struct_fields__ if name in things}}
        for kind in kinds
    ]


async def waiting(server: Evening, room: Room) -> list[Guest]:
    """One who reads the agreement still, and one who has accepted it and answered."""
    guests = [server.knock(room, name) for name in ("Early", "Late")]
    await server.at(server.time + 0.5)
    guests[1].ask("accept-agreement", version=1)
    guests[1].ask("answer-door", answers=["a friend"])
    await server.at(server.time + 0.5)
    return guests


async def life(server: Evening, people: list[Guest], seats: dict[str, str], chance: random.Random) -> None:
    """Something that those who are inside do or that happens to them."""
    lead, guest = people[0], chance.choice(people[1:])
    view = lead.view
    turn, hand = next(iter(view["turns"]), "t0"), chance.choice([*view["queue"], "h0"])
    match chance.randrange(10):
        case 0:
            guest.pull()
            people[people.index(guest)] = server.back(guest)
        case 1:
            people[people.index(guest)] = server.back(guest)
        case 2:
            guest.ask(chance.choice(["accept-floor", "pass-floor", "finish-turn"]), turn=turn)
        case 3:
            lead.ask("call-on", seat=seats[guest.name], floor=view["floor"])
        case 4:
            lead.ask(chance.choice(["pause-room", "resume-room", "close-queue", "reopen-queue"]))
        case 5:
            lead.ask("remove", seat=seats[guest.name], reason="because")
            lead.ask("undo-removal", seat=seats[guest.name])
            await server.settled()
            people[people.index(guest)] = server.back(guest)
        case 6:
            lead.ask(chance.choice(["name-successor", "unname-successor"]), seat=seats[guest.name])
        case 7:
            lead.ask("move-hand", hand=hand, queue=view["queue_version"])
        case _:
            guest.ask("raise-hand", note="a secret note")


@pytest.mark.parametrize("number", range(4))
def test_the_door_is_silent_about_everything_inside(number: int, tmp_path: Any) -> None:
    chance = random.Random(a_seed() + number)

    async def scene(server: Evening) -> None:
        busy, quiet = await server.room(questions=("Who sent you?",)), await server.room(questions=("Who sent you?",))
        people, calm = await gathered(server, busy, quiet)
        seats = {guest.name: guest.seat for guest in people}
        at_busy, at_quiet = await waiting(server, busy), await waiting(server, quiet)
        for step in range(60):
            await life(server, people, seats, chance)
            await server.at(server.time + chance.choice([0, 0, 0.1, 0.5, 3, 20]))
            if step % 20 == 10:
                for one, other in zip(at_busy, at_quiet, strict=True):
                    for probe in probes(people[0].view, seats["Budi"]):
                        one.emit("command", probe)
                        other.emit("command", probe | ({"seat": calm.seat} if "seat" in probe else {}))
                    for kind in get_args(asked.Asked):
                        if kind is not asked.Move:  # the way of one's own seat; it is drawn beside the loop
                            for guest in (one, other):
                                guest.emit("ask", {"type": kebab(kind.__name__), "link": "participant"})
                    for guest in (one, other):
                        guest.emit("resync", {})
                    await server.at(server.time + 15)  # nobody is too fast
        assert people[0].view["floor"] and calm.view["floor"] == ""  # one was full of life
        for one, other in zip(at_busy, at_quiet, strict=True):
            assert len(sent(one)) > 100
            assert sent(one) == sent(other)
        told = b"".join(frame.wire for guest in at_busy for frame in guest._outlet.frames)
        assert not [name for name in ("Ada", "Budi", "Citra", "Dewi", "secret note") if name.encode() in told]

    evening(scene)(tmp_path)


async def gathered(server: Evening, busy: Room, quiet: Room) -> tuple[list[Guest], Guest]:
    """Both begin at the same moment, with the same clock; then one is left alone."""
    lead, calm = server.knock(busy, "Ada", "facilitator"), server.knock(quiet, "Ada", "facilitator")
    people = [lead, *(server.knock(busy, name) for name in ("Budi", "Citra", "Dewi"))]
    await server.at(server.time + 0.5)
    for guest in (calm, *people):
        guest.ask("accept-agreement", version=1)
    for guest in people[1:]:
        lead.ask("admit", seat=guest.seat)
    for guest in (lead, calm):
        guest.ask("open-meeting")
    await server.at(server.time + 5)
    return people, calm
