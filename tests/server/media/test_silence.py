"""Who has no floor any more is not heard: whatever ended it, and whatever their browser goes on sending.

Every trial is one turn in a room of a real server, asked for over the real wire; the speaker's handset goes on at full
rate afterwards. All packets that ever arrive at anybody are compared with the moment when their turn ended.
`LINGKAR_TRIALS` sets the number of turns, `LINGKAR_SEED` repeats one choice of moments.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server.media.private import Certificate, new_certificate
from tests.conftest import a_seed
from tests.server.media.circles import HURRIED, Circle, Guest, floor, sound, sounding
from tests.server.media.handset import PACE, PATIENCE, Handset
from tests.server.media.hurried import BRIEF, LENGTH, QUICK
from tests.server.running import House

TRIALS = int(os.environ.get("LINGKAR_TRIALS", "1000"))
ROOMS, BRIEF_ROOMS = 21, 3
ENOUGH = 0.2  # seconds after which nothing more may come
NOTICED = 0.05  # seconds that what was sent before an answer may be behind it
AFTER = 0.3  # seconds of full rate behind that, before a trial is over


@dataclass
class Trial:
    """A turn. `tag` is what its speaker says; times are on the loop's clock."""

    tag: int
    kind: str
    opened: float = 0.0  # asked to start
    ended: float = 0.0  # asked to end
    limit: float = float("inf")  # nothing may arrive after
    late: bool = False  # the answer came so late that the server may not have known before
    heard: int = 0  # packets, by whoever heard the least

    def answered(self) -> None:
        """The server has known for a moment that it is over. A machine that was busy is no voice let through."""
        now = time.monotonic()
        self.late = now > self.ended + ENOUGH - NOTICED
        self.limit = max(self.ended + ENOUGH, now + NOTICED if self.late else 0.0)


@dataclass
class Run:
    """All turns, and every handset there ever was."""

    home: House
    chance: random.Random
    certificate: Certificate = field(default_factory=new_certificate)
    trials: list[Trial] = field(default_factory=lambda: [Trial(0, "nobody")])
    handsets: dict[int, Handset] = field(default_factory=dict)
    deaf: dict[int, float] = field(default_factory=dict)  # by handset: nothing at all may arrive there after
    going: list[asyncio.Task[None]] = field(default_factory=list)

    def new(self, kind: str) -> Trial:
        trial = Trial(len(self.trials), kind)
        self.trials.append(trial)
        return trial

    async def circle(self, form: str) -> Circle:
        circle = Circle(self.home, await self.home.room(format=form), self.certificate)
        return self.known(await circle.gather("Budi", "Citra"))

    def known(self, circle: Circle) -> Circle:
        for guest in circle.everybody:
            self.handsets[id(guest.handset)] = guest.handset
        return circle

    def let_go(self, trial: Trial, *guests: Guest) -> None:
        """They have no sound any more, and go on trying for a while."""
        for guest in guests:
            self.deaf[id(guest.handset)] = trial.limit
            self.going.append(asyncio.create_task(self._linger(trial, guest)))

    async def _linger(self, trial: Trial, guest: Guest) -> None:
        if trial.tag in guest.handset.said:
            await went_on(trial, guest)
        await guest.handset.close()

    async def over(self) -> None:
        """Everybody goes."""
        await asyncio.gather(*self.going)
        await asyncio.gather(*(handset.close() for handset in self.handsets.values()))

    def broken(self) -> list[str]:
        """What arrived and should not have."""
        return [line for handset in self.handsets.values() for line in self._broken(handset)]

    def _broken(self, handset: Handset) -> list[str]:
        assert (handset.garbled, handset.others) == (0, 0)
        deaf = self.deaf.get(id(handset), float("inf"))
        lines = []
        for came in handset.heard + handset.rests:
            trial = self.trials[came.tag]
            if came.at < trial.opened:
                lines.append(f"{trial.kind}: {trial.opened - came.at:.3f} s before the start")
            elif came.at > trial.limit:
                lines.append(f"{trial.kind}: {came.at - trial.ended:.3f} s after the end")
            elif came.at > deaf:
                lines.append(f"{trial.kind}: at somebody who was no longer there")
        return lines

    def latest(self) -> dict[str, int]:
        """Milliseconds after the end when the last packet of a turn came, at worst, by kind."""
        worst: dict[str, float] = {}
        for handset in self.handsets.values():
            for came in handset.heard:
                trial = self.trials[came.tag]
                worst[trial.kind] = max(worst.get(trial.kind, 0.0), came.at - trial.ended)
        return {kind: round(seconds * 1000) for kind, seconds in worst.items()}


async def went_on(trial: Trial, guest: Guest) -> None:
    """Wait until the trial is over: it was a changed browser, which went on as if nothing had happened."""
    await until(trial.limit + AFTER)
    async with asyncio.timeout(PATIENCE):
        while sum(said.at > trial.limit for said in guest.handset.said[trial.tag]) < AFTER / PACE / 2:
            await asyncio.sleep(PACE)


async def until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


async def ends(trial: Trial, what: Awaitable[object]) -> None:
    """Ask for it, note when."""
    trial.ended = time.monotonic()
    await what
    trial.answered()


# What ends a turn. Each leaves a circle in which the next turn can begin.


async def finish(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    await ends(trial, who.person.do("finish-turn", turn=turn))


async def end(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    await ends(trial, circle.lead.person.do("end-turn", turn=turn))


async def pause(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    lead = circle.lead.person
    await ends(trial, lead.do("pause-turn", turn=turn))
    await until(trial.limit + AFTER)
    await lead.do("end-turn", turn=turn)


async def removal(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    await ends(trial, circle.lead.person.do("remove", seat=who.seat, reason="enough"))
    run.let_go(trial, who)
    await comes_new(circle, who)


async def leave(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    await ends(trial, who.person.do("leave"))
    run.let_go(trial, who)
    await comes_new(circle, who)


async def comes_new(circle: Circle, who: Guest) -> None:
    name = who.person.name
    circle.guests[circle.guests.index(who)] = await circle.welcome(name)


async def drop(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    lead = circle.lead.person

    async def dropped() -> None:
        await who.person.pull()
        for _ in range(3):  # refused; but the server has been awake since, also behind what it reads in turns
            await lead.ask("lower-hand", hand="h0")

    await ends(trial, dropped())
    run.let_go(trial, who)
    await lead.until(lambda me: me.view["turns"][turn]["state"] == "suspended")
    await until(trial.limit + AFTER)
    circle.guests[circle.guests.index(who)] = again = await circle.back(who)
    await again.person.until(lambda me: me.view["turns"][turn]["state"] == "paused")
    await lead.do("end-turn", turn=turn)


async def replaced(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    """The turn goes on, but in the other tab, and there not before that has sound."""
    person, former = run.home.person(), who.person
    person.resume = former.resume
    auth = {"v": 1, "room": former.room, "resume": former.resume, "name": former.name}
    await ends(trial, person.connect(auth, waits=False))
    run.let_go(trial, who)
    await until(trial.limit + AFTER)
    circle.guests[circle.guests.index(who)] = again = Guest(person, await sound(person, run.certificate))
    run.known(circle)
    there = run.new("in the other tab")
    there.opened = time.monotonic()
    again.handset.talk(there.tag)
    await circle.lead.handset.hears(there.tag, 3)
    await ends(there, person.do("finish-turn", turn=turn))


async def close(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    people = circle.everybody
    await ends(trial, circle.lead.person.do("close-meeting"))
    run.let_go(trial, *people)
    for guest in people:
        await guest.person.closed.wait()
        assert guest.person.bye is not None and guest.person.bye["code"] == "closed"
    await circle.gather("Budi", "Citra")


async def time_over(run: Run, circle: Circle, who: Guest, trial: Trial, turn: str) -> None:
    """Nobody does anything: the turn's time is over, where the group has chosen that this ends it."""
    trial.ended = time.monotonic() + LENGTH  # at the latest: it began before the answer came
    await circle.lead.person.until(lambda me: turn not in me.view["turns"])
    trial.answered()


Ends = Callable[[Run, Circle, Guest, Trial, str], Awaitable[None]]
KINDS: tuple[Ends, ...] = (finish, end, pause, removal, leave, drop, replaced, close)


async def turn(run: Run, circle: Circle, who: Guest, how: Ends) -> Trial:
    """One trial."""
    trial = run.new(how.__name__)
    who.handset.talk(trial.tag)  # before anybody may hear it

    def begins(_: str) -> None:
        trial.opened = time.monotonic()

    held = await floor(who.person, begins)
    others = [guest.handset for guest in circle.everybody if guest is not who]
    if how is not time_over:
        await asyncio.gather(*(handset.hears(trial.tag, 2) for handset in others))
        await asyncio.sleep(run.chance.uniform(0, 2 * PACE))
    await how(run, circle, who, trial, held)
    run.known(circle)
    trial.heard = min(handset.count(trial.tag) for handset in others)
    return trial


async def one_room(run: Run, form: str, kinds: list[Ends]) -> Counter[str]:
    """Turn after turn; whoever spoke before goes on sending while the next one speaks."""
    done: Counter[str] = Counter()
    circle = await run.circle(form)
    spoke: dict[int, tuple[Trial, Guest]] = {}
    for number, how in enumerate(kinds):
        who = circle.guests[number % 2]
        if id(who.handset) in spoke:
            await went_on(*spoke.pop(id(who.handset)))
        trial = await turn(run, circle, who, how)
        if who in circle.guests:
            spoke[id(who.handset)] = (trial, who)
        done[trial.kind] += trial.heard > 0
    for guest in circle.guests:
        if id(guest.handset) in spoke:
            await went_on(*spoke.pop(id(guest.handset)))
    return done


@pytest.mark.timeout(120 + TRIALS // 5)
async def test_nothing_is_forwarded_from_a_fifth_of_a_second_on(tmp_path: Path) -> None:
    seed = a_seed()
    chance = random.Random(seed)
    count = -(-TRIALS // (len(KINDS) + 1))
    kinds: list[Ends] = [how for how in KINDS for _ in range(count)]
    chance.shuffle(kinds)
    brief: list[Ends] = [time_over] * (
        count + count // 10
    )  # a turn in which a busy machine lets nobody be heard does not count
    plan = [(QUICK, kinds[n::ROOMS]) for n in range(ROOMS)] + [
        (BRIEF, brief[n::BRIEF_ROOMS]) for n in range(BRIEF_ROOMS)
    ]
    async with sounding(tmp_path / "data", command=HURRIED) as home:
        run = Run(home, chance)
        done = await asyncio.gather(*(one_room(run, form, share) for form, share in plan), return_exceptions=True)
        await run.over()
    counts = sum((one for one in done if isinstance(one, Counter)), Counter[str]())
    print(f"turns {dict(counts)}, answered late {dict(Counter(trial.kind for trial in run.trials if trial.late))}")
    print(f"the last packet, ms after the end: {run.latest()}")
    assert run.broken() == []
    for one in done:
        if isinstance(one, BaseException):
            raise one
    assert min(counts.values()) >= count and len(counts) == len(KINDS) + 1
