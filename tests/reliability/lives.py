"""Rooms with people who are busy until the server is killed, and who come back to look whether everything is there.

Each kind of room does other things, several of them at once: `busy` gives what is going on, `back` brings everybody
back to the next server, `found` tells what is there now, `wrong` what should be otherwise beside the ledger.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

import aiohttp

from tests.reliability.ledger import DEAD, Ledger
from tests.server.person import Gone, Person
from tests.server.running import House, Room, Running

SPEAKING = ("speaking", "grace")
FAVOUR = 2.0  # seconds that a crash may give to a speaker
ENOUGH = 90.0  # seconds of a turn, for one life
SLACK = 3.0  # seconds that news of a time may take to get here
Facts = dict[Hashable, object]


class Listener(Person):
    """Somebody who notes whenever two are shown as speaking at once."""

    doubles = 0

    def _see(self, event: str, data: dict[str, Any]) -> None:
        super()._see(event, data)
        turns = self.view.get("turns", {}).values()
        self.doubles += sum(turn["state"] in SPEAKING for turn in turns) > 1

    async def emit(self, event: str, data: object) -> dict[str, Any]:
        if self.closed.is_set():  # nobody would tell that there will be no answer
            raise Gone(str(self.bye))
        return await super().emit(event, data)


class Home(House):
    """Who comes to this house, listens."""

    def person(self) -> Listener:
        return Listener(self.session, self.server.url)


@contextlib.asynccontextmanager
async def at_home(server: Running) -> AsyncIterator[Home]:
    """Like `house`: the people's connections end with the block, and so does the last server."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        home = Home(server, session)
        try:
            yield home
        finally:
            if home.server is not server and home.server.code is None:
                home.server.kill()


class Somebody:
    """One person through all lives of the server, on whatever connection."""

    def __init__(self, home: Home, line: Person) -> None:
        self._home = home
        self.lines = [line]
        self.room, self.name, self.seat = line.room, line.name, line.seat

    @property
    def line(self) -> Person:
        return self.lines[-1]

    @property
    def view(self) -> dict[str, Any]:
        return self.line.view

    async def back(self) -> "Somebody":
        """By the token; `TurnedAway` when that is no way back."""
        self.lines.append(await self._home.person().come_back(self.line))
        assert (self.line.seat, self.line.name) == (self.seat, self.name)
        return self

    async def flicker(self, chance: random.Random) -> None:
        """The connection goes, or the page is opened once more; either way, on with another one."""
        if chance.random() < 0.5:
            await self.line.pull()
        await self.back()

    def doubles(self) -> int:
        """How often two were shown as speaking; and the lines before the last are forgotten."""
        found = sum(line.doubles for line in self.lines if isinstance(line, Listener))
        gaps = sum(line.gaps for line in self.lines)
        assert not gaps, f"{gaps} patches are missing"
        del self.lines[:-1]
        return found


class Life:
    """One room. Everything about it is decided by `chance`, and written into `ledger`."""

    def __init__(self, home: Home, ledger: Ledger, chance: random.Random, room: Room, people: list[Somebody]) -> None:
        self.home, self.ledger, self.chance, self.room = home, ledger, chance, room
        self.people = people  # who is in for good; the first one leads

    @classmethod
    async def begin(cls, home: Home, ledger: Ledger, chance: random.Random, names: Sequence[str], **plan: Any) -> Any:
        room, people = await home.meeting(*names, **plan)
        self = cls(home, ledger, chance, room, [Somebody(home, person) for person in people])
        await self.prepare()
        return self

    @property
    def lead(self) -> Person:
        return self.people[0].line

    killed = 0.0  # when the last life of the server ended

    async def prepare(self) -> None:
        """Before each life of the server."""

    async def until_dead(self, act: Callable[[], Awaitable[object]], pace: float = 0.05) -> None:
        """Again and again, until the server is no more."""
        with contextlib.suppress(*DEAD):
            while self.home.server.code is None:
                await act()
                await asyncio.sleep(self.chance.random() * pace)

    def busy(self) -> Sequence[Awaitable[None]]:
        raise NotImplementedError

    async def back(self) -> None:
        """Everybody at once, the one who leads like all others."""
        await asyncio.gather(*(person.back() for person in self.people))
        seats = [person.seat for person in self.people]
        await self.lead.until(lambda me: all(me.view["people"][seat]["present"] for seat in seats), within=20)

    async def found(self) -> Facts:
        raise NotImplementedError

    def wrong(self) -> list[str]:
        return []

    def on_disk(self, folder: Path) -> list[str]:
        """What should not be there when the server has just died."""
        return []

    def doubles(self) -> int:
        return sum(person.doubles() for person in self.people)


class Order(Life):
    """Somebody speaks the whole time; the others raise, put off and lower their hands, while the order is changed by
    hand, connections go and come back, and the queue is closed and opened."""

    async def prepare(self) -> None:
        lead, speaker = self.people[0].line, self.people[1].line
        if not lead.view["turns"]:
            await lead.do("call-on", seat=speaker.seat)
            await speaker.until(lambda me: me.you.get("turn"))
            await speaker.do("accept-floor", turn=speaker.you["turn"])
        [turn] = lead.view["turns"]
        if lead.view["turns"][turn]["state"] == "paused":
            await speaker.do("resume-turn", turn=turn)
        await lead.until(lambda me: me.view["turns"][turn]["state"] == "speaking")
        ends = lead.view["turns"][turn]["ends_at"]
        if ends - lead.now < ENOUGH:
            await lead.do("extend-turn", turn=turn, until=ends + ENOUGH)
        for person in self.people[2:]:
            self.ledger.sure.setdefault(("hand", person.seat), False)
        self.ledger.sure.setdefault(("open", self.room.id), True)
        self.before: list[str] = []

    def busy(self) -> Sequence[Awaitable[None]]:
        def act(person: Somebody) -> Callable[[], Awaitable[object]]:
            return lambda: self.hand(person)

        crowd = self.people[2:]
        return [self.until_dead(act(person)) for person in crowd] + [self.until_dead(self.order, 0.1)]

    async def hand(self, person: Somebody) -> None:
        key, chance, line = ("hand", person.seat), self.chance, person.line
        up, do = self.ledger.sure[key], self.ledger.do
        mine, queue = line.you.get("hand"), line.view["queue"]
        if chance.random() < 0.1:
            await person.flicker(chance)
        elif not up:
            await do(line, "raise-hand", key, True, note="a note")
        elif chance.random() < 0.4:
            await do(line, "lower-hand", key, False)
        elif mine in queue[:-1]:
            after = chance.choice(queue[queue.index(mine) + 1 :])
            await do(line, "defer-hand", key, True, hand=mine, after=after)
        else:
            await line.ask("lower-hand", hand="h0")  # refused

    async def order(self) -> None:
        lead, queue = self.lead, self.lead.view["queue"]
        version = lead.view["queue_version"]
        if len(queue) > 1 and self.chance.random() < 0.7:
            hand, before = self.chance.sample(queue, 2)
            fields = {"hand": hand, "before": before, "queue": version}
            await self.ledger.do(lead, "move-hand", ("moved", hand), True, **fields)
        else:
            key = ("open", self.room.id)
            close = bool(self.ledger.sure[key])
            await self.ledger.do(lead, "close-queue" if close else "reopen-queue", key, not close)

    async def back(self) -> None:
        view = self.lead.view
        self.before = list(view["queue"])
        self.sure = {
            hand
            for hand in self.before
            if not self.ledger.unsettled(("hand", view["hands"][hand]["seat"]))
            and not self.ledger.unsettled(("moved", hand))
        }
        [(self.turn, seen)] = view["turns"].items()
        self.left = seen["ends_at"] - self.lead.now - (self.killed - self.lead.since)
        await super().back()

    async def found(self) -> Facts:
        view = self.lead.view
        up = {hand["seat"] for hand in view["hands"].values()}
        hands: Facts = {("hand", person.seat): person.seat in up for person in self.people[2:]}
        return hands | {("open", self.room.id): view["queue_open"]}

    def wrong(self) -> list[str]:
        view = self.lead.view
        was = [hand for hand in self.before if hand in self.sure]
        now = [hand for hand in view["queue"] if hand in self.sure]
        wrong = [] if was == now or not set(now) <= set(was) else [f"the order was {was} and is {now}"]
        seats = [view["hands"][hand]["seat"] for hand in view["queue"]]
        if len(set(seats)) != len(seats):
            wrong.append(f"somebody has two hands: {seats}")
        turns = {turn: (seen["seat"], seen["state"]) for turn, seen in view["turns"].items()}
        if turns != {self.turn: (self.people[1].seat, "paused")}:
            wrong.append(f"the turn was {self.turn}, there is {view['turns']}")
        elif not self.left - SLACK <= view["turns"][self.turn]["left"] <= self.left + FAVOUR + SLACK:
            wrong.append(f"{self.left} seconds were left, there are {view['turns'][self.turn]['left']}")
        return wrong


class Floor(Life):
    """Everybody takes turns: offers are accepted, passed, put off, turns finished, and ended by who leads."""

    async def prepare(self) -> None:
        await asyncio.gather(*(self.go_on(person.line) for person in self.people[1:]))

    async def go_on(self, line: Person) -> None:
        """After a restart the speaker goes on alone."""
        turn = line.view["turns"].get(line.you.get("turn", ""))
        if turn and turn["state"] == "paused":
            await line.ask("resume-turn", turn=line.you["turn"])

    def busy(self) -> Sequence[Awaitable[None]]:
        def act(person: Somebody) -> Callable[[], Awaitable[object]]:
            return lambda: self.take_part(person)

        crowd = [self.until_dead(act(person)) for person in self.people[1:]]
        return [*crowd, self.until_dead(self.call_on)]

    async def call_on(self) -> None:
        """Lives are too short to wait for the quiet after a turn: the floor is offered by who leads."""
        view = self.lead.view
        if not view["turns"]:
            seat = self.chance.choice(self.people[1:]).seat
            await self.lead.ask("call-on", seat=seat, floor=view["floor"])

    async def take_part(self, person: Somebody) -> None:
        line, chance, do = person.line, self.chance, self.ledger.do
        turn = line.you.get("turn", "")
        state = line.view["turns"].get(turn, {}).get("state")
        if chance.random() < 0.05:
            await person.flicker(chance)
            return
        key = ("turn", turn)
        if turn:
            self.ledger.sure.setdefault(key, "offered")
        if state == "offered" and chance.random() < 0.8:
            await do(line, "accept-floor", key, "begun", turn=turn)
        elif state == "offered":
            await do(line, "pass-floor", key, "over", turn=turn, later=chance.random() < 0.5)
        elif state is not None and chance.random() < 0.5:
            await do(line, "finish-turn", key, "over", turn=turn)
        elif state is not None:
            await do(self.lead, "end-turn", key, "over", turn=turn)
        elif not line.you.get("hand"):
            await line.ask("raise-hand")

    async def found(self) -> Facts:
        """An offer may end by itself; what was begun or ended is so."""
        turns = self.lead.view["turns"]
        sure = {key: value for key, value in self.ledger.sure.items() if isinstance(key, tuple) and key[0] == "turn"}
        now = {id: "offered" if turn["state"] == "offered" else "begun" for id, turn in turns.items()}
        return {key: now.get(key[1], "over") for key, value in sure.items() if value != "offered"}
