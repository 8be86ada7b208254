"""Anything in any order: commands, drops, returns, failing writes, restarts. Whatever happened, what a browser has made
of its patches is what a snapshot would show it, and what is on the disk is what is in memory."""

import random
from contextlib import ExitStack
from typing import Any

import pytest

from rooms import core
from server.directory import Room
from server.record import read
from tests.server.evening import Evening, Guest, evening

STEPS = 150
SECONDS = (0, 0, 0, 0.01, 0.2, 0.3, 1, 2.5, 20, 41, 130)


class Crowd:
    """Everybody of one meeting, connected or not."""

    def __init__(self, server: Evening, room: Room, people: list[Guest], chance: random.Random) -> None:
        self.server, self.room, self.chance = server, room, chance
        self.here, self.away = people, list[Guest]()
        self.failing = ExitStack()
        self.count = 0

    @property
    def lead(self) -> Guest:
        return next(guest for guest in self.here if guest.name == "Ada")

    async def step(self) -> None:
        """One thing."""
        chance, guest = self.chance, self.chance.choice(self.here)
        match chance.randrange(12):
            case 0 if len(self.here) > 2 and guest is not self.lead:
                guest.pull()
                self.here.remove(guest)
                self.away.append(guest)
            case 1 if self.away:
                self.here.append(self.server.back(self.away.pop(chance.randrange(len(self.away)))))
            case 2 if len(self.here) < 9:
                self.count += 1
                self.here.append(self.server.knock(self.room, f"Person {self.count}"))
            case 3:
                guest.emit("resync", {})
            case 4 | 5:
                await self.server.at(self.server.time + chance.choice(SECONDS))
            case 6 if chance.random() < 0.3:
                await self.server.settled()
                self.failing.close()
                self.failing.enter_context(self.server.unwritable())
            case 7 | 8:
                self.failing.close()
                await self.server.settled()
            case _:
                self.command(guest)
        self.look()

    def command(self, guest: Guest) -> None:
        view, lead, chance = guest.view, self.lead, self.chance
        version = lead.view.get("queue_version", 0)
        hand = chance.choice([*lead.view.get("queue", []), "h1"])
        turn = chance.choice([*lead.view.get("turns", {}), "t1"])
        seat = chance.choice([*lead.view.get("people", {}), *lead.view.get("waiting", {}), "s"])
        what: tuple[str, dict[str, Any]] = chance.choice(
            [
                ("raise-hand", {"note": f"note {chance.random()}"}),
                ("raise-hand", {"kind": "process"}),
                ("lower-hand", {}),
                ("defer-hand", {"hand": hand, "after": chance.choice([*lead.view.get("queue", []), "h1"])}),
                ("accept-floor", {"turn": turn}),
                ("accept-floor", {"turn": turn}),
                ("pass-floor", {"turn": turn, "later": True}),
                ("finish-turn", {"turn": turn}),
                ("resume-turn", {"turn": turn}),
                ("accept-agreement", {"version": 1}),
                ("accept-agreement", {"version": 1}),
                ("answer-door", {"answers": ["somebody"]}),
            ]
            if guest is not lead or not view
            else [
                ("admit", {"seat": seat}),
                ("admit", {"seat": seat}),
                ("call-on", {"seat": seat, "floor": view.get("floor", "")}),
                ("call-on", {"seat": seat}),
                ("add-hand", {"seat": seat}),
                ("move-hand", {"hand": hand, "queue": version}),
                ("pause-turn", {"turn": turn}),
                ("resume-turn", {"turn": turn}),
                ("end-turn", {"turn": turn}),
                ("extend-turn", {"turn": turn, "until": self.room.live.now + 100}),
                ("close-queue", {}),
                ("reopen-queue", {}),
                ("remove", {"seat": seat, "reason": "because"}),
            ]
        )
        guest.ask(what[0], **what[1])

    def look(self) -> None:
        """Whoever was told goodbye, or dropped by the server, is not here any more; a dropped one comes back."""
        for guest in self.here[:]:
            kinds = guest.kinds()
            if "end" in kinds:
                self.here.remove(guest)
                if guest.resume and not guest.code and "bye" not in kinds:
                    self.here.append(self.server.back(guest))

    async def agree(self) -> None:
        """Everybody's view is what a snapshot shows, patches had no gaps, the disk has what memory has."""
        self.failing.close()
        for _ in range(3):
            await self.server.at(self.server.time + 3)
            self.look()
        for guest in self.here:
            guest.heard.clear()
            view, you = guest.view, {key: value for key, value in guest.you.items() if key != "resume"}
            guest.emit("resync", {})
            await self.server.settled()
            assert guest.kinds() == ["snapshot"]
            assert (guest.view, guest.you) == (view, you)
            assert guest.gaps == 0
        state = self.room.live.state
        [row] = self.server.journal.meetings()
        stored = core.replay(state.plan, read(row.events))
        assert stored.kept == state.kept

    async def crash(self) -> None:
        """The server dies, and everybody comes back but one."""
        self.failing.close()
        self.server = await self.server.crash(self.server.folder.with_name(self.server.folder.name + "-"))
        [self.room] = self.server.rooms.rooms()
        self.here = [self.server.back(guest) for guest in self.here if guest.resume]
        await self.server.settled()
        self.look()


async def anything(server: Evening, seed: int) -> None:
    chance = random.Random(seed)
    room, people = await server.meeting("Ada", "Budi", "Citra", "Dewi", questions=("Who sent you?",))
    crowd = Crowd(server, room, list(people), chance)
    for _ in range(2):
        for step in range(STEPS):
            await crowd.step()
            if step % 15 == 14:
                await crowd.agree()
        await crowd.crash()
        await crowd.agree()


def scene(seed: int) -> Any:
    @evening
    async def play(server: Evening) -> None:
        await anything(server, seed)

    return play


@pytest.mark.parametrize("seed", range(8))
def test_views_agree_with_snapshots_and_the_disk_with_memory(seed: int, tmp_path: Any) -> None:
    scene(seed)(tmp_path)
