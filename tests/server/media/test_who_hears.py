"""Whom the page names as hearing is whom packets reach: after every step of any evening, and nobody else, ever.

Random evenings in rooms of a real server. After each step three things are compared: who should hear (a few lines
below), who hears according to everybody's view, and at whose sockets a spoken packet arrives.
"""

import asyncio
import random
import secrets
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from aioice import stun

from server.media.private import Certificate, new_certificate
from tests.conftest import a_seed
from tests.server.media.circles import HURRIED, floor, health, sound, sounding
from tests.server.media.handset import PATIENCE, Far, Handset
from tests.server.media.hurried import QUICK
from tests.server.person import Person
from tests.server.running import House, Room

ROOMS, STEPS = 6, 30
MOST = 6  # people in one room
SPOKEN = 5  # packets that are followed to their listeners


class Soul:
    """Somebody inside, connected or not, with sound or without."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.here = True
        self.handset: Handset | None = None

    @property
    def seat(self) -> str:
        return self.person.seat

    @property
    def hears(self) -> bool:
        """The law, in one line."""
        return self.here and self.handset is not None


class Walk:
    """One room's evening."""

    def __init__(self, home: House, room: Room, chance: random.Random, certificate: Certificate) -> None:
        self.home, self.room, self.chance, self.certificate = home, room, chance, certificate
        self.lead: Soul
        self.people: list[Soul] = []
        self.strangers: list[Stranger] = []
        self.handsets: list[Handset] = []  # that there ever were
        self.allowed: dict[int, set[Handset]] = {}  # by what was said
        self.over: dict[Handset, float] = {}  # nothing of any kind may come after
        self.tags = self.names = 0
        self.log: list[str] = []

    async def gather(self) -> None:
        self.lead = Soul(await self.home.leading(self.room, "Ada"))
        self.people = [self.lead]
        await self.lead.person.do("open-meeting")
        for _ in range(2):
            await self.join()
        for soul in self.people:
            await self.connect(soul)

    # What may happen

    def steps(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        """What may happen now, often the more interesting things."""
        silent = [soul for soul in self.people if soul.here and soul.handset is None]
        others = [soul for soul in self.people if soul is not self.lead]
        here = [soul for soul in others if soul.here]
        found: list[Callable[[], Coroutine[Any, Any, None]]] = []
        found += [self.join] * (len(self.people) < MOST)
        found += [lambda: self.connect(self.chance.choice(silent))] * (8 * bool(silent))
        sounding = [soul for soul in self.people if soul.hears]
        found += [lambda: self.connect(self.chance.choice(sounding))] * bool(sounding)
        found += [lambda: self.lose(self.chance.choice(sounding))] * bool(sounding)
        found += [lambda: self.drop(self.chance.choice(here))] * bool(here)
        away = [soul for soul in others if not soul.here]
        found += [lambda: self.come_back(self.chance.choice(away))] * (2 * bool(away))
        found += [lambda: self.come_back(self.chance.choice(self.people))]
        found += [lambda: self.remove(self.chance.choice(others))] * bool(others)
        found += [lambda: self.leave(self.chance.choice(here))] * bool(here)
        found += [self.next_turn] * 4
        found += [self.pause_or_go_on] * bool(self.turn)
        found += [self.knock]
        found += [self.close] * (self.chance.random() < 0.1)
        return found

    @property
    def turn(self) -> tuple[str, dict[str, Any]] | None:
        return next(iter(self.lead.person.view["turns"].items()), None)

    async def join(self) -> None:
        self.names += 1
        self.log.append("join")
        self.people.append(Soul(await self.home.seated(self.room, self.lead.person, f"Person {self.names}")))

    async def connect(self, soul: Soul) -> None:
        """With sound from now on; if there was sound before, the new one takes over, and the former is let go."""
        self.log.append(f"connect {soul.person.name}")
        wide = self.chance.choice((1, 1, 2, 8))  # lines: who has fewer hears one voice just as well
        former, soul.handset = soul.handset, await sound(soul.person, self.certificate, wide)
        self.handsets.append(soul.handset)
        if former is not None:
            await asyncio.wait_for(former.lost.wait(), PATIENCE)

    async def lose(self, soul: Soul) -> None:
        self.log.append(f"lose {soul.person.name}")
        assert soul.handset is not None
        await soul.handset.goodbye()
        soul.handset = None

    async def drop(self, soul: Soul) -> None:
        self.log.append(f"drop {soul.person.name}")
        soul.here, soul.handset = False, None
        seat = soul.seat
        await soul.person.pull()
        await self.lead.person.until(lambda me: not me.view["people"][seat]["present"])

    async def come_back(self, soul: Soul) -> None:
        """On a new connection, that has no sound yet; also in a second tab."""
        self.log.append(f"come back {soul.person.name}")
        soul.person = await self.home.person().come_back(soul.person)
        soul.here, soul.handset = True, None

    async def remove(self, soul: Soul) -> None:
        self.log.append(f"remove {soul.person.name}")
        self.people.remove(soul)
        await self.lead.person.do("remove", seat=soul.seat, reason="enough")

    async def leave(self, soul: Soul) -> None:
        self.log.append(f"leave {soul.person.name}")
        self.people.remove(soul)
        seat = soul.seat
        await soul.person.do("leave")
        await self.lead.person.until(lambda me: seat not in me.view["people"])

    async def next_turn(self) -> None:
        self.log.append("next turn")
        lead = self.lead.person
        if self.turn is not None:
            if self.turn[1]["state"] == "suspended":
                return
            await lead.do("end-turn", turn=self.turn[0])
        here = [soul for soul in self.people if soul.here]
        sounding = [soul for soul in here if soul.hears]
        held = await floor(self.chance.choice(sounding * 3 + here).person)
        await lead.until(lambda me: held in me.view["turns"])

    async def pause_or_go_on(self) -> None:
        self.log.append("pause or go on")
        assert self.turn is not None
        held, state = self.turn[0], self.turn[1]["state"]
        if state != "suspended":
            await self.lead.person.do("resume-turn" if state == "paused" else "pause-turn", turn=held)

    async def knock(self) -> None:
        """Somebody at the door who would like to listen in."""
        self.names += 1
        stranger = Stranger(await self.home.waiting(self.room, f"Stranger {self.names}"), Handset(self.certificate))
        self.strangers.append(stranger)
        self.handsets.append(stranger.handset)
        await stranger.tries(
            self.chance, self.lead.person, next((s.handset.far for s in self.people if s.handset), None)
        )

    async def close(self) -> None:
        self.log.append("close")
        await self.lead.person.do("close-meeting")
        for soul in self.people:
            if soul.here:
                await soul.person.closed.wait()
        await self.gather()

    # What is compared

    async def check(self) -> None:
        expected = {soul.seat for soul in self.people if soul.hears}
        for soul in self.people:
            if soul.here:
                await soul.person.until(lambda me: hearing(me) == expected)
        living = {soul.handset for soul in self.people}
        for handset in self.handsets:
            if handset not in living:
                self.over.setdefault(handset, asyncio.get_running_loop().time())
        await self.nobody_else()
        speaker = self.speaker()
        if speaker is not None:
            listeners = {soul.handset for soul in self.people if soul.hears and soul is not speaker and soul.handset}
            await self.speak(speaker, listeners)

    def speaker(self) -> Soul | None:
        """Who has the floor now, by a microphone."""
        if self.turn is None or self.turn[1]["state"] != "speaking":
            return None
        return next((soul for soul in self.people if soul.seat == self.turn[1]["seat"] and soul.hears), None)

    async def speak(self, speaker: Soul, listeners: set[Handset]) -> None:
        """What is said comes to every one of them, and at the end to nobody else."""
        assert speaker.handset is not None
        self.tags += 1
        self.allowed[self.tags] = listeners
        for _ in range(SPOKEN):
            speaker.handset.packet(self.tags)
        last = speaker.handset.said[self.tags][-1].number
        for one in listeners:
            await one.comes(self.tags, last)
            assert one.count(self.tags) == SPOKEN

    async def nobody_else(self) -> None:
        """Everybody talks who has no floor, or had sound once; nothing of it goes anywhere."""
        speaker = self.speaker()
        self.tags += 1
        self.allowed[self.tags] = set()
        for handset in self.handsets:
            if handset.can_talk and (speaker is None or handset is not speaker.handset):
                handset.packet(self.tags)
        await health(self.home)  # the server has been awake since

    def broken(self) -> list[str]:
        """What arrived and should not have."""
        return [line for handset in self.handsets for line in self._broken(handset)]

    def _broken(self, handset: Handset) -> list[str]:
        assert (handset.garbled, handset.others) == (0, 0)
        over = self.over.get(handset, float("inf"))
        wrong = [f"{came.tag} of {self.tags}" for came in handset.heard if handset not in self.allowed[came.tag]]
        return wrong + [f"late by {came.at - over:.3f} s" for came in handset.rests if came.at > over]


def hearing(person: Person) -> set[str]:
    return {seat for seat, shown in person.view["people"].items() if shown.get("hears")}


class Stranger:
    """Somebody who is not in, whatever they do."""

    def __init__(self, person: Person, handset: Handset) -> None:
        self.person, self.handset = person, handset
        self.codes: set[str] = set()

    async def tries(self, chance: random.Random, lead: Person, far: Far | None) -> None:
        """Offers: before anything, when the agreement is accepted, or when let in without it. Then the port itself."""
        await self.offers()
        if chance.random() < 0.5:
            await self.person.accept()
        else:
            await lead.do("admit", seat=self.person.seat)
            await self.person.until(lambda me: me.you["admitted"])
        await self.offers()
        if far is not None:
            for datagram in (
                check("aaaaaaaa"),
                check("a"),
                bytes([0x80, 111]) + bytes(60),
                bytes([22, 254, 253]) + bytes(60),
            ):
                self.handset.knock(datagram, far)

    async def offers(self) -> None:
        for sdp in (self.handset.offer, self.handset.offer.replace("sendrecv", "recvonly")):
            answer = await self.person.emit("signal", {"type": "offer", "sdp": sdp})
            assert not answer["ok"]
            self.codes.add(answer["code"])


def check(ufrag: str) -> bytes:
    """A connectivity check, for a peer that somebody guesses."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{ufrag}:abcd"
    message.attributes["PRIORITY"] = 1
    message.attributes["ICE-CONTROLLING"] = secrets.randbits(63)
    message.add_message_integrity(b"guessed")
    return bytes(message)


async def evening(walk: Walk) -> None:
    await walk.gather()
    for _ in range(STEPS):
        step = walk.chance.choice(walk.steps())
        try:
            await step()
            await walk.check()
        except Exception as wrong:
            wrong.add_note(f"after {', '.join(walk.log)}")
            raise
    # that they are at the door they see, and that is all
    for stranger in walk.strangers:
        assert stranger.codes <= {"not-admitted", "no-audio"}, stranger.codes
        assert stranger.person.frames("signal") == []
        assert "hears" not in str(stranger.person.frames("snapshot", "patch", "you"))


async def test_who_hears_is_whom_packets_reach(tmp_path: Path) -> None:
    seed = a_seed()
    certificate = new_certificate()
    async with sounding(tmp_path / "data", command=HURRIED) as home:
        rooms = [await home.room(format=QUICK) for _ in range(ROOMS)]
        walks = [Walk(home, room, random.Random(seed + n), certificate) for n, room in enumerate(rooms)]
        ended = await asyncio.gather(*(evening(walk) for walk in walks), return_exceptions=True)
        await asyncio.gather(*(handset.close() for walk in walks for handset in walk.handsets))
        assert [walk.broken() for walk in walks] == [[]] * ROOMS
        for one in ended:
            if one is not None:
                raise one
        spoken = sum(bool(listeners) for walk in walks for listeners in walk.allowed.values())
        assert spoken > ROOMS * STEPS / 15  # else it was an evening without evidence
        print(f"{ROOMS * STEPS} steps, {spoken} with somebody who spoke")
