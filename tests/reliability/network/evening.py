"""An open meeting on a bad network: somebody speaks, somebody waits with a hand, somebody leads.

These three have browsers. The host has none and reaches the server itself, so that what happens to the network does
not happen to them: it is by the host's view that the others are looked at.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from playwright.async_api import Browser

from tests.browser import hearing
from tests.browser.conftest import QUICK, pictures
from tests.browser.hearing import holds_microphone
from tests.browser.relay_udp import HERE, Line
from tests.browser.visitor import Visitor, Way
from tests.server.person import Person
from tests.server.running import House, Room, Running

NO_TURN: dict[str, Any] = {}
CUT = (r"WebSocket connection to .* failed", r"net::ERR_", r"Failed to load resource")  # what Chromium itself says
AWAY = 20.0  # seconds; others are told within 15
BACK = 20.0  # seconds; usually 2

# How a page's connection is, by its own word; `connection()` is there after `reaches_in`.
REACH = """
async () => {
  const here = document.querySelector('script[type=module]').src.replace(/main\\.js$/, '')
  const { room } = await import(`${here}store.js`)
  window.connection = () => room.connection.value
}
"""


class Machine:
    """The server behind the line; it can end and be started again on the same data."""

    def __init__(self, data: Path, line: Line) -> None:
        self._data, self.line = data, line
        self.start()

    def start(self) -> None:
        self.now = Running(self._data, "--public-url", self.line.url, "--media-address", HERE, command=QUICK)
        self.line.target = self.now.port


class Around(House):
    """Those who reach the server itself; they come from the same page as everybody."""

    def __init__(self, machine: Machine, session: aiohttp.ClientSession) -> None:
        super().__init__(machine.now, session)
        self._origin = machine.line.url

    def person(self) -> Person:
        return Person(self.session, self.server.url, origin=self._origin)

    async def sounds(self) -> None:
        """The server has sound: it looks at it after it has begun to serve."""
        async with asyncio.timeout(BACK):
            while True:
                async with self.session.get(f"{self.server.url}/healthz") as answer:
                    if (await answer.json())["audio"] == "on":
                        return
                await asyncio.sleep(0.05)


class Standing(NamedTuple):
    """What somebody has in the room, as those who lead see it. A turn's clock runs until `ends_at`, or stands with so
    much `left`."""

    seat: str
    role: str
    number: int
    present: bool
    hand: str
    place: int
    turn: str
    budget: float
    ends_at: float | None
    left: float | None

    @property
    def place_kept(self) -> tuple[object, ...]:
        return self[:3] + self[4:8]


def standing(lead: Person, seat: str) -> Standing:
    view = lead.view
    person = view["people"][seat]
    hand = next((id for id in view["queue"] if view["hands"][id]["seat"] == seat), "")
    turn, clock = next(((id, one) for id, one in view["turns"].items() if one["seat"] == seat), ("", NO_TURN))
    return Standing(
        seat=seat,
        role=person["role"],
        number=person["number"],
        present=person["present"],
        hand=hand,
        place=view["queue"].index(hand) + 1 if hand else 0,
        turn=turn,
        budget=clock.get("budget", 0.0),
        ends_at=clock.get("ends_at"),
        left=clock.get("left"),
    )


class Evening:
    """`speaker` has the floor and an open microphone, `next` is first in the queue, `helper` leads.

    `lead` is the host, without a browser.
    """

    def __init__(
        self, house: Around, room: Room, lead: Person, people: Sequence[Visitor], dialled: Counter[str]
    ) -> None:
        """`dialled` counts, by name, the connections that each page began to make."""
        self.house, self.room, self.lead = house, room, lead
        self.people = people
        self._dialled = dialled
        self.seats = [named(lead.view["people"], person.name) for person in people]
        self.before = self.standings()
        self._sent = [len(person.sent) for person in people]

    @property
    def speaker(self) -> Visitor:
        return self.people[0]

    @property
    def next(self) -> Visitor:
        return self.people[1]

    @property
    def helper(self) -> Visitor:
        return self.people[2]

    def standings(self) -> list[Standing]:
        return [standing(self.lead, seat) for seat in self.seats]

    async def are_missed(self) -> list[float]:
        """Each of them is seen as reconnecting by the others, or is back before they could; seconds until then."""
        begun, heard = time.monotonic(), len(self.lead.heard)

        async def one(person: Visitor, seat: str) -> float:
            dialled = self._dialled[person.name]
            async with asyncio.timeout(AWAY):
                while not (
                    was_absent(self.lead, seat, heard) or (self._dialled[person.name] > dialled and await is_on(person))
                ):
                    await asyncio.sleep(0.05)
            return time.monotonic() - begun

        return list(await asyncio.gather(*map(one, self.people, self.seats)))

    async def are_back(self) -> list[float]:
        """By what their pages say and by what others see; seconds until each page had its seat again."""
        begun = time.monotonic()

        async def one(person: Visitor) -> float:
            await connected(person)
            return time.monotonic() - begun

        found = await asyncio.gather(*(one(person) for person in self.people))
        await self.lead.until(lambda _: all(one.present for one in self.standings()), BACK)
        for person in self.people:
            person.forgives(*CUT)
        return list(found)

    async def lead_comes_back(self, server: Running) -> None:
        """To a server that was started anew."""
        self.house.server = server
        self.lead = await self.house.person().come_back(self.lead)

    async def have_everything(self) -> None:
        """Seat, role, hand, place and turn are as they were, nothing was sent by itself, and the microphone is closed
        until its owner opens it; nobody lost any of their time."""
        now = self.standings()
        assert [one.place_kept for one in now] == [one.place_kept for one in self.before]
        assert len(self.lead.view["people"]) == len(self.people) + 1, "somebody has come a second time"
        await self.next.large_says("Lower hand", "you are next")
        await self.helper.large_says("Give 1 more minute")
        stands_still = now[0].left is not None
        go_on = self.speaker.word("button-resume" if stands_still else "button-microphone")
        await self.speaker.large_says(go_on)
        assert self.sent() == [[], [], []]
        await holds_microphone(self.speaker, False)
        assert await hearing.asked(self.speaker) == 1
        await self.speaker.presses_large(go_on)
        await holds_microphone(self.speaker, True)
        if stands_still:
            await self._goes_on(now[0])
        else:  # back before the server had noticed
            assert (now[0].ends_at, self.sent()[0]) == (self.before[0].ends_at, [])
        assert self.lead.gaps == 0

    async def _goes_on(self, stood: Standing) -> None:
        """With the time that was left."""
        turn = await self.lead.until(lambda me: (one := me.view["turns"][stood.turn])["state"] == "speaking" and one)
        meeting_time = self.lead.now + time.monotonic() - self.lead.since
        assert stood.left is not None and stood.budget - 120 < stood.left < stood.budget
        assert stood.left - 30 < turn["ends_at"] - meeting_time <= stood.left + 1
        assert [command["type"] for command in self.sent()[0]] == ["resume-turn"]

    def have_sent(self, who: Visitor, *types: str) -> None:
        """These commands, each once; from now on it is counted anew."""
        n = self.people.index(who)
        assert [command["type"] for command in self.sent()[n]] == list(types)
        self._sent[n] = len(who.sent)

    def sent(self) -> list[list[Any]]:
        """The commands of each since it was noted."""
        return [person.sent[before:] for person, before in zip(self.people, self._sent, strict=True)]


async def connected(person: Visitor, is_on: bool = True) -> None:
    await person.page.wait_for_function(
        "(is_on) => (connection() === 'on') === is_on", arg=is_on, polling=20, timeout=BACK * 1000
    )


async def is_on(person: Visitor) -> bool:
    found: bool = await person.page.evaluate("connection() === 'on'")
    return found


def was_absent(lead: Person, seat: str, since: int) -> bool:
    """By what the host heard from that event on."""
    patches = [data["patch"] for kind, data in lead.heard[since:] if kind == "patch"]
    return any(patch.get("people", {}).get(seat, {}).get("present") is False for patch in patches)


async def reaches_in(person: Visitor) -> None:
    await person.page.evaluate(REACH)


Gathered = Callable[[Browser], Awaitable[Evening]]


@asynccontextmanager
async def gathering(machine: Machine, session: aiohttp.ClientSession) -> AsyncIterator[Gathered]:
    """When it ends, every page must have been silent."""
    people: list[Visitor] = []
    dialled: Counter[str] = Counter()
    house = Around(machine, session)

    async def come(browser: Browser, name: str, link: str, way: Way) -> Visitor:
        person = await Visitor.with_browser(browser, machine.line.url, name, "en", "phone", permissions=["microphone"])
        people.append(person)
        await hearing.observed(person)
        person.page.on("websocket", lambda _: dialled.update([name]))
        await person.comes(link, way)
        return person

    async def gathered(browser: Browser) -> Evening:
        house.server = machine.now
        await house.sounds()
        room = await house.room(format="still")
        lead = await house.leading(room, "Wulan", "host")
        await lead.do("open-meeting")
        budi = come(browser, "Budi", room.links["participant"], "voice")
        siti = come(browser, "Siti", room.links["participant"], "silent")
        ada = come(browser, "Ada", room.links["facilitator"], "silent")
        found = await asyncio.gather(budi, siti, ada)
        for person in found:
            await let_in(lead, person.name)
            await person.is_in()
            await reaches_in(person)
        await speaks_first(lead, *found[:2])
        return Evening(house, room, lead, found, dialled)

    yield gathered
    await pictures(people)
    noise = {person.name: person.noise for person in people if person.noise}
    for person in people:
        await person.context.close()
    assert noise == {}


async def let_in(lead: Person, name: str) -> None:
    """From the door; who leads is in already."""
    seat = await lead.until(lambda me: named(me.view.get("waiting", {}), name) or named(me.view["people"], name))
    if seat not in lead.view["people"]:
        await lead.do("admit", seat=seat)
        await lead.until(lambda me: seat in me.view["people"])


def named(people: dict[str, Any], name: str) -> str:
    return next((seat for seat, one in people.items() if one["name"] == name), "")


async def speaks_first(lead: Person, speaker: Visitor, other: Visitor) -> None:
    await speaker.presses_large(speaker.word("button-raise"))
    await speaker.presses_large(speaker.word("button-start"))
    await holds_microphone(speaker, True)
    await other.presses_large(other.word("button-raise"))
    await lead.until(lambda me: len(me.view["queue"]) == 1)
