"""A meeting of people with browsers of their own: the server that tests may kill, and those who lead it without one."""

import asyncio
from pathlib import Path
from typing import NamedTuple

import aiohttp

from tests.browser.conftest import QUICK
from tests.browser.hearing import Quartet
from tests.browser.relay_udp import HERE
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room, Running


class Machine:
    """The server behind all lines; it can be killed and started again on the same data."""

    def __init__(self, data: Path, four: Quartet) -> None:
        self._data, self._four = data, four
        self.start()

    def start(self) -> None:
        self.now = Running(self._data, "--public-url", self._four.url, "--media-address", HERE, command=QUICK)
        for line in self._four.lines:
            line.target = self.now.port


class Host(House):
    """Makes rooms; and those who lead here have no browser."""

    def __init__(self, machine: Machine, session: aiohttp.ClientSession, origin: str) -> None:
        super().__init__(machine.now, session)
        self._origin = origin

    def person(self) -> Person:
        return Person(self.session, self.server.url, origin=self._origin)

    async def sounds(self) -> None:
        """The server has sound: it looks at it after it has begun to serve."""
        while True:
            async with self.session.get(f"{self.server.url}/healthz") as answer:
                audio = (await answer.json())["audio"]
            if audio == "on":
                return
            assert audio == "starting", self.server.said
            await asyncio.sleep(0.05)


class Circle(NamedTuple):
    """An open meeting of people with browsers; `lead` has none."""

    room: Room
    lead: Person
    people: list[Visitor]

    async def seat(self, person: Visitor) -> str:
        found = await self.lead.until(
            lambda me: next((seat for seat, who in me.view["people"].items() if who["name"] == person.name), None)
        )
        return str(found)

    async def hear(self, *people: Visitor) -> None:
        """The server says of exactly these that sound reaches them."""
        names = {person.name for person in people}
        await self.lead.until(
            lambda me: {who["name"] for who in me.view["people"].values() if who.get("hears")} == names, 20
        )

    @property
    def turn(self) -> str:
        """The latest one's id."""
        return str(self.lead.view["floor"])
