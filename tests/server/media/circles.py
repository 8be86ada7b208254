"""People of a real server, each with a connection and a handset."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.media.private import Certificate
from tests.server.media.handset import PATIENCE, Handset
from tests.server.person import Person
from tests.server.running import House, Room, house, running
from tests.serving import COMMAND

LOOPBACK = ("--media-address", "127.0.0.1")
HURRIED = (sys.executable, "-m", "tests.server.media.hurried")  # nobody waits there


@asynccontextmanager
async def sounding(data: Path, *flags: str, command: Sequence[str] = COMMAND) -> AsyncIterator[House]:
    """A server of its own process that has sound."""
    with running(data, *LOOPBACK, *flags, command=command) as server:
        async with house(server) as found:
            await audio(found, "on")
            yield found


async def audio(home: House, wanted: str) -> None:
    async with asyncio.timeout(20):
        while await health(home) != wanted:
            await asyncio.sleep(0.02)


async def health(home: House) -> str:
    async with home.session.get(f"{home.server.url}/healthz") as answer:
        return str((await answer.json())["audio"])


@dataclass
class Guest:
    """Somebody in the circle."""

    person: Person
    handset: Handset

    @property
    def seat(self) -> str:
        return self.person.seat


async def ask(person: Person, offer: str) -> str:
    """An offer, over the wire. Who has made too many of them makes the next one when it is taken, as a page does."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (answer := await person.emit("signal", {"type": "offer", "sdp": offer})).get("code") == "too-fast":
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.5)
    assert answer["ok"], answer
    return str(answer["sdp"])


async def sound(person: Person, certificate: Certificate | None = None, lines: int = 1) -> Handset:
    """A handset for this person, connected."""

    async def offer(sdp: str) -> str:
        return await ask(person, sdp)

    return await Handset(certificate, lines).connect(offer)


async def floor(person: Person, ahead: Any = None) -> str:
    """Raise a hand and start; the turn. `ahead` is called with the turn when it is offered, just before the start."""
    await person.do("raise-hand")
    turn = str(await person.until(lambda me: me.you.get("turn")))
    if ahead is not None:
        ahead(turn)
    await person.do("accept-floor", turn=turn)
    return turn


class Circle:
    """An open meeting of one room: Ada leads, the others take turns. Comes anew after it was closed."""

    def __init__(self, home: House, room: Room, certificate: Certificate, lines: int = 1) -> None:
        self.home, self.room, self.certificate, self.lines = home, room, certificate, lines
        self.lead: Guest
        self.guests: list[Guest] = []

    async def gather(self, *names: str) -> "Circle":
        person = await self.home.leading(self.room, "Ada")
        self.lead = Guest(person, await sound(person, self.certificate, self.lines))
        await person.do("open-meeting")
        self.guests = [await self.welcome(name) for name in names]
        return self

    async def welcome(self, name: str) -> Guest:
        """Somebody new, with sound."""
        person = await self.home.seated(self.room, self.lead.person, name)
        return Guest(person, await sound(person, self.certificate, self.lines))

    async def back(self, guest: Guest) -> Guest:
        """The same person on another connection, with sound."""
        person = await self.home.person().come_back(guest.person)
        return Guest(person, await sound(person, self.certificate, self.lines))

    @property
    def everybody(self) -> list[Guest]:
        return [self.lead, *self.guests]
