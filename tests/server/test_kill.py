"""kill -9 in the middle of a meeting, with commands on their way, again and again: what was acknowledged is there.

Each person keeps a ledger of their own: what the server said yes to. After each restart everybody comes back by their
resume token, and the meeting is compared with the ledgers. A command that was not answered may have happened wholly or
not at all. `LINGKAR_TEST_KILLS` sets the number of kills.
"""

import asyncio
import contextlib
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.server.person import Gone, Person, TurnedAway
from tests.server.running import House, Room, Running, house, running

KILLS = int(os.environ.get("LINGKAR_TEST_KILLS", "8"))
FAVOUR = 2.0  # seconds that a crash may give to a speaker
SLACK = 1.0  # seconds that news of a time may take to get here
NAMES = [f"Person {n}" for n in range(8)]


@dataclass
class Ledger:
    """What was acknowledged, by seat; `asked` is what one has asked for and heard nothing about."""

    hands: dict[str, bool] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)  # hands in the order of their acknowledgement
    removed: set[str] = field(default_factory=set)


async def do(ledger: Ledger, person: Person, type: str, about: str = "", **fields: Any) -> bool:
    """Ask, and note it as open until it is answered. False when it was refused or the server died."""
    about = about or person.seat
    ledger.asked.add(about)
    answer = await person.ask(type, **fields)
    ledger.asked.discard(about)
    return bool(answer["ok"])


async def busy(ledger: Ledger, person: Person, chance: random.Random) -> None:
    """Somebody who raises and lowers their hand until the server is gone."""
    with contextlib.suppress(Gone, ConnectionError):
        while True:
            if not ledger.hands.get(person.seat):
                if await do(ledger, person, "raise-hand"):
                    ledger.hands[person.seat] = True
                    ledger.order.append(person.seat)
            elif chance.random() < 0.5:
                if await do(ledger, person, "lower-hand"):
                    ledger.hands[person.seat] = False
                    ledger.order.remove(person.seat)
            else:
                await person.ask("lower-hand", hand="h0")  # refused
            await asyncio.sleep(chance.random() / 20)


async def back(home: House, person: Person) -> Person:
    return await home.person().come_back(person)


def shown_order(lead: Person) -> list[str]:
    return [lead.view["hands"][hand]["seat"] for hand in lead.view["queue"]]


async def test_what_was_acknowledged_survives_every_kill(tmp_path: Path) -> None:
    chance = random.Random(7)
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            room, people = await home.meeting("Ada", "Sari", *NAMES)
            await people[0].do("call-on", seat=people[1].seat)
            await people[1].until(lambda me: me.you.get("turn"))
            await people[1].do("accept-floor", turn=people[1].you["turn"])
            ledger = Ledger()
            for cycle in range(KILLS):
                people = await a_kill(home, room, people, ledger, chance, cycle)


async def a_kill(
    home: House, room: Room, people: list[Person], ledger: Ledger, chance: random.Random, cycle: int
) -> list[Person]:
    """One life of the server: a crowd of commands, somebody removed, the end in the middle of it; and the return."""
    lead, speaker, *crowd = people
    [(turn, shown)] = lead.view["turns"].items()
    assert shown["state"] == "speaking"
    waiting = await home.waiting(room, "At the door")
    victim = await home.seated(room, lead, f"Victim {cycle}")
    ledger.asked.clear()
    tasks = [asyncio.create_task(busy(ledger, person, chance)) for person in crowd]
    gone = asyncio.create_task(removal(ledger, lead, victim, chance.random() / 4))
    await asyncio.sleep(0.1 + chance.random() / 4)  # how long, does not matter
    left = shown["ends_at"] - lead.now - (time.monotonic() - lead.since)
    home.server.kill()
    await asyncio.gather(*tasks, gone)
    for person in [*people, victim, waiting]:
        await person.closed.wait()

    home.server = Running(home.data)
    people = list(await asyncio.gather(*(back(home, person) for person in people)))
    lead, speaker = people[0], people[1]
    await lead.until(lambda me: all(me.view["people"][person.seat]["present"] for person in people))
    compare(ledger, lead, [person.seat for person in crowd])
    [(same, now)] = lead.view["turns"].items()
    assert (same, now["seat"], now["state"]) == (turn, speaker.seat, "paused")
    assert left - SLACK <= now["left"] <= left + FAVOUR + SLACK
    roles = [lead.view["people"][person.seat]["role"] for person in people]
    assert roles == ["facilitator", *(["participant"] * (len(people) - 1))]
    still = await back(home, waiting)
    assert still.view["sight"] == "door"
    await still.do("leave")
    await nobody(home, room, lead, victim, ledger)
    await speaker.do("resume-turn", turn=turn)
    await lead.until(lambda me: me.view["turns"][turn]["state"] == "speaking")
    await lead.do("extend-turn", turn=turn, until=lead.view["turns"][turn]["ends_at"] + 60)
    fresh = await back(home, lead)  # a snapshot, with the time
    return [fresh, *people[1:]]


async def removal(ledger: Ledger, lead: Person, victim: Person, after: float) -> None:
    await asyncio.sleep(after)
    with contextlib.suppress(Gone, ConnectionError):
        if await do(ledger, lead, "remove", about=victim.seat, seat=victim.seat, reason="goodbye"):
            ledger.removed.add(victim.seat)


async def nobody(home: House, room: Room, lead: Person, victim: Person, ledger: Ledger) -> None:
    """A removed person is removed; one whose removal was never acknowledged is in or out, and in one piece."""
    if victim.seat in ledger.removed:
        assert victim.seat not in lead.view["people"]
    try:
        again = await back(home, victim)
    except TurnedAway as no:
        assert str(no) == "no-entry"
        assert victim.seat not in lead.view["people"]
        assert victim.seat in ledger.removed | ledger.asked
    else:
        assert victim.seat not in ledger.removed
        await lead.do("remove", seat=again.seat, reason="goodbye")
        await again.closed.wait()


def compare(ledger: Ledger, lead: Person, seats: list[str]) -> None:
    """Hands that were answered are as they were answered, in that order; the others are up or not."""
    shown = shown_order(lead)
    assert len(shown) == len(set(shown))
    for seat in seats:
        if seat not in ledger.asked:
            assert (seat in shown) == ledger.hands.get(seat, False), (ledger, shown)
    sure = [seat for seat in ledger.order if seat not in ledger.asked]
    assert [seat for seat in shown if seat in sure] == sure
    ledger.hands = {seat: seat in shown for seat in seats}
    ledger.order = [seat for seat in shown if seat in seats]
