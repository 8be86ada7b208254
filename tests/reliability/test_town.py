"""Anything that people do about their place, in any order, by the hand clock: they come by all kinds of links, drop,
come back, open a second page, move to another device, are admitted, removed, taken back; rounds, phases, bells and
silences begin and end; links are renewed, revoked and expire; the server is killed and starts again; people are erased.

After each step: whoever has a place has it, as it was; whoever has none is out on every line, and no way leads back;
one line per seat; and who waits at the door was sent nothing that has anybody else in it.
"""

import asyncio
import random
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from protocol.errors import Rejected
from protocol.views import Role, TurnState
from server import entries, invites
from server.directory import Room
from tests.conftest import FRESH
from tests.reliability.doors import everything
from tests.reliability.practice import FORMAT, anything, faults
from tests.server.evening import Evening, Guest, HandLoop

# a failure is made small in a long look only: each try takes its time
PHASES = (Phase.generate, Phase.shrink) if FRESH else (Phase.generate,)
WINDOW = 120.0  # seconds that a place is promised for
KINDS = ("participant", "participant", "participant", "facilitator", "host")


class Person:
    """Somebody and all the connections that they had."""

    def __init__(self, name: str, link: str, guest: Guest) -> None:
        self.name = self.first_name = name
        self.link = link
        self.guest: Guest | None = guest  # the one that is open
        self.lines = [guest]
        self.token = guest.resume or ""
        self.seat = guest.seat
        self.inside = self.admitted = self.agreed = self.out = self.removed = False
        self.role = str(guest.you["role"])
        self.dropped = 0.0
        self.stale = False  # the token is one from before the seat was handed over
        self.place: str | None = None  # the hand or turn that they had when they dropped

    def __repr__(self) -> str:
        return f"{self.name} ({self.link})"


class Town(RuleBasedStateMachine):
    """One room, seen from outside; a second one only lends its secrets and tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=HandLoop)
        self.folder = Path(tempfile.mkdtemp(prefix="town-"))
        self.people: list[Person] = []
        self.dead: list[dict[str, Any]] = []  # what opens nothing any more
        self.erased: list[str] = []
        self.count = self.crashes = 0
        self.ahead = 0.0  # of the wall clock
        self.run(self.begin())

    def run(self, what: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(what)

    async def begin(self) -> None:
        self.first = self.server = Evening(self.folder / "0")
        other, [stranger] = await self.server.meeting("Stranger")
        self.room = await self.server.room(format=FORMAT.name, own=FORMAT)
        self.other = other.id
        self.dead = [
            {"v": 1, "room": self.room.id, "secret": self.secret(other, "participant"), "name": "Anybody"},
            {"v": 1, "room": self.room.id, "secret": "x" * 26, "name": "Anybody"},
            {"v": 1, "room": "nosuchroom", "secret": self.secret(self.room, "participant"), "name": "Anybody"},
            {"v": 1, "room": self.room.id, "resume": stranger.resume, "name": "Stranger"},
            {"v": 1, "room": self.room.id, "resume": "x", "name": "Stranger"},
            {"v": 1, "room": self.room.id, "move": "y" * 26, "name": ""},
        ]
        self.no_entry = said(self.server.guest().knock(self.dead[2]))
        await self.comes("facilitator")
        lead = self.people[0]
        assert lead.guest is not None
        lead.guest.ask("accept-agreement", version=1)
        for _ in range(3):
            await self.comes("participant")
        for person in self.people[1:]:
            assert await self.ask(person, "accept-agreement", version=1)
            assert await self.ask(lead, "admit", seat=person.seat)
            person.admitted = person.inside = True
        lead.guest.ask("open-meeting")
        await self.on(3)

    def teardown(self) -> None:
        self.run(self.first.end())
        self.runner.close()
        shutil.rmtree(self.folder)

    # Small things

    @property
    def kept(self) -> Any:
        return self.room.live.state.kept

    @property
    def now(self) -> float:
        return self.server.loop.hand

    def opening(self) -> set[str]:
        """The links that open the room now."""
        return set(invites.opening(self.room.row, self.server.wall()))

    def secret(self, room: Room, link: str) -> str:
        return entries.url(room, link).rpartition("#")[2]

    async def on(self, seconds: float) -> None:
        await self.server.at(self.server.time + seconds)
        self.look()

    async def ask(self, person: Person, type: str, **fields: Any) -> bool:
        """Whether it was done."""
        assert person.guest is not None
        key = person.guest.ask(type, **fields)
        line = person.guest
        while key not in heard(line):  # what is erased is cleared in the thread's own time
            await self.server.settled()
        await self.on(0.3)
        return bool(line.answers[key]["ok"])

    def here(self) -> list[Person]:
        return [person for person in self.people if person.guest is not None and not person.out]

    def leading(self) -> list[Person]:
        return [person for person in self.here() if person.inside and person.role != "participant"]

    def return_of(self, person: Person) -> dict[str, Any]:
        """What their page would come back with."""
        return {"v": 1, "room": self.room.id, "resume": person.token, "name": person.name}

    def goes(self, person: Person, removed: bool = False) -> None:
        """They are out: by their token nobody comes in any more."""
        person.out, person.removed, person.inside = True, removed, False
        self.dead.append(self.return_of(person))

    def look(self) -> None:
        """What everybody was told."""
        for person in self.people:
            if person.out:
                continue
            if person.guest is not None:
                person.token = person.guest.resume or person.token
                you = person.guest.you
                person.admitted = you.get("admitted", False)
                person.agreed = you.get("agreed", False)
                person.inside = person.admitted and person.agreed
                person.role = str(you["role"])
                if "end" in person.guest.kinds():
                    byes = [data["code"] for kind, data in person.guest.heard if kind == "bye"]
                    person.guest, person.dropped = None, self.now
                    if byes == ["revoked"] and not person.admitted:  # waited by the invite of somebody removed
                        assert self.of_a_removed(person.link)
                        self.goes(person)
            elif not person.inside and person.seat not in self.kept.seats:
                # nobody waits at the door for ever, or by an invite that opens nothing any more
                assert self.now - person.dropped >= WINDOW or self.of_a_removed(person.link)
                self.goes(person)

    def of_a_removed(self, link: str) -> bool:
        """Whether it is the personal invite of somebody who was removed."""
        return link.startswith("invite") and any(person.removed and person.link == link for person in self.people)

    async def comes(self, link: str) -> Person | None:
        self.count += 1
        name = f"Person-{self.count:03}"
        guest = self.server.guest()
        guest.knock({"v": 1, "room": self.room.id, "secret": self.secret(self.room, link), "name": name})
        await self.on(0.3)
        if not guest.you:
            assert guest.code == "no-entry"
            return None
        self.people.append(Person(name, link, guest))
        self.look()
        return self.people[-1]

    # What people do

    @rule(data=st.data())
    def somebody_comes(self, data: st.DataObject) -> None:
        if len(self.here()) < 8:
            links = [*KINDS, *self.room.row.invites, *self.room.row.invites]
            link = data.draw(st.sampled_from(links))
            came = self.run(self.comes(link))
            assert (came is not None) == (link in self.opening() and not self.of_a_removed(link))

    @rule(data=st.data())
    def somebody_agrees(self, data: st.DataObject) -> None:
        door = [person for person in self.here() if not person.inside]
        if door:
            self.run(self.ask(data.draw(st.sampled_from(door)), "accept-agreement", version=1))

    @rule(data=st.data())
    def somebody_is_admitted(self, data: st.DataObject) -> None:
        self.run(self.admitted(data))

    async def admitted(self, data: st.DataObject) -> None:
        door = [person for person in self.people if not person.admitted and not person.out]
        if not door or not self.leading():
            return
        person, lead = data.draw(st.sampled_from(door)), data.draw(st.sampled_from(self.leading()))
        again = lead.guest.view.get("waiting", {}).get(person.seat, {}).get("again") if lead.guest else None
        done = await self.ask(lead, "admit", seat=person.seat)
        if done and again:
            await self.handed_over(person, next(one for one in self.people if one.seat == again and not one.out))
        elif done:
            person.admitted, person.inside = True, person.agreed

    async def handed_over(self, newcomer: Person, owner: Person) -> None:
        """It is the same person: the page of the newcomer comes back with the token of the seat."""
        byes = [data for line in newcomer.lines[-1:] for kind, data in line.heard if kind == "bye"]
        self.goes(newcomer)
        newcomer.guest = None
        self.dead.append(self.return_of(owner))
        owner.stale = True  # until they are heard of again: nobody has a token of that seat
        if byes:
            assert byes[-1]["code"] == "yours"
            guest = self.server.guest()
            guest._resume = byes[-1]["resume"]
            auth = {"v": 1, "room": self.room.id, "resume": byes[-1]["resume"], "name": newcomer.name}
            owner.stale = False
            owner.name, owner.token = newcomer.name, byes[-1]["resume"]
            owner.guest = guest.knock(auth)
            owner.lines.append(guest)
            await self.on(0.3)

    @rule(data=st.data())
    def somebody_raises_or_lowers_a_hand(self, data: st.DataObject) -> None:
        inside = [person for person in self.here() if person.inside]
        if inside:
            person = data.draw(st.sampled_from(inside))
            self.run(self.ask(person, data.draw(st.sampled_from(["raise-hand", "raise-hand", "lower-hand"]))))

    @rule(data=st.data())
    def somebody_accepts_or_finishes(self, data: st.DataObject) -> None:
        having = [person for person in self.here() if person.guest and person.guest.you.get("turn")]
        if having:
            person = data.draw(st.sampled_from(having))
            what = data.draw(st.sampled_from(["accept-floor", "accept-floor", "finish-turn", "pass-floor"]))
            assert person.guest is not None
            self.run(self.ask(person, what, turn=person.guest.turn))

    @rule(data=st.data())
    def somebody_drops(self, data: st.DataObject) -> None:
        if self.here():
            self.run(self.drops(data.draw(st.sampled_from(self.here()))))

    async def drops(self, person: Person) -> None:
        assert person.guest is not None
        person.place = self.place(person)
        person.guest.pull()
        person.guest, person.dropped = None, self.now
        await self.on(0.3)

    @rule(seed=st.integers(0, 1 << 32))
    def somebody_takes_part(self, seed: int) -> None:
        """In whatever the phase is about."""
        chance = random.Random(seed)
        for _ in range(8):
            inside = [person for person in self.here() if person.inside]
            if inside:
                self.run(self.takes_part(chance.choice(inside), chance))

    async def takes_part(self, person: Person, chance: random.Random) -> None:
        assert person.guest is not None
        act = anything(chance, person.guest.view, person.guest.you)
        if act and await self.ask(person, act[0], **act[1]) and act[0] in ("set-phase", "undo-end"):
            for other in self.people:  # an open floor ends with its phase; and a turn is put back with what it had
                other.place = other.place and self.place(other)

    def place(self, person: Person) -> str | None:
        """The hand or turn that somebody has and cannot lose by being away for a moment: a round ends without whoever
        is away, and a question is not waited for as long."""
        for turn in self.kept.turns.values():
            if turn.seat == person.seat:
                return None if turn.inside or (turn.round and turn.state is TurnState.OFFERED) else "turn"
        return "hand" if any(hand.seat == person.seat for hand in self.kept.hands.values()) else None

    @rule(data=st.data(), second=st.booleans())
    def somebody_comes_back(self, data: st.DataObject, second: bool) -> None:
        """After a drop; or on a second device beside the first."""
        them = [person for person in self.people if not person.out and (person.guest is None or second)]
        if them:
            self.run(self.comes_back(data.draw(st.sampled_from(them))))

    async def comes_back(self, person: Person) -> None:
        before = person.guest
        guest = self.server.guest()
        guest._resume = person.token
        guest.knock(self.return_of(person))
        await self.on(0.3)
        if person.stale or (not person.admitted and person.link not in self.opening()):
            assert guest.code == "no-entry"  # nobody waits by a link that has expired
            return
        assert not guest.code, f"{person.name} was turned away"
        assert (guest.seat, guest.you["role"]) == (person.seat, person.role)
        assert (guest.view["sight"] != "door") == person.inside
        assert before is None or [data["code"] for kind, data in before.heard if kind == "bye"] == ["elsewhere"]
        if before is None and self.now - person.dropped <= WINDOW:
            assert person.place is None or self.place(person) is not None, f"{person.name} lost the {person.place}"
        person.guest, person.place = guest, None
        person.lines.append(guest)

    @rule(data=st.data())
    def somebody_moves_to_another_device(self, data: st.DataObject) -> None:
        if self.here():
            self.run(self.moves(data.draw(st.sampled_from(self.here()))))

    async def moves(self, person: Person) -> None:
        before = person.guest
        assert before is not None
        key = before.emit("ask", {"type": "move"})
        while key not in heard(before):  # it is drawn beside the loop
            await asyncio.sleep(0)
        if not before.answers[key]["ok"]:
            return
        waits = person.admitted or person.link in self.opening()
        code = before.answers[key]["url"].rpartition("#~")[2]
        auth = {"v": 1, "room": self.room.id, "move": code, "name": ""}
        guest = self.server.guest().knock(auth)
        await self.on(0.3)
        self.dead.append(auth)
        if not waits:
            assert guest.code == "no-entry"
            return
        assert (guest.seat, guest.you["name"]) == (person.seat, person.name)
        person.guest, person.token, person.stale = guest, guest.resume or "", False
        person.lines.append(guest)

    @rule(data=st.data(), undone=st.booleans())
    def somebody_is_removed(self, data: st.DataObject, undone: bool) -> None:
        self.run(self.is_removed(data, undone))

    async def is_removed(self, data: st.DataObject, undone: bool) -> None:
        inside = [person for person in self.people if person.inside and not person.out]
        if len(self.leading()) and len(inside) > 1:
            lead, person = data.draw(st.sampled_from(self.leading())), data.draw(st.sampled_from(inside))
            person.removed = True
            if not await self.ask(lead, "remove", seat=person.seat, reason="because"):
                person.removed = False
            else:
                self.goes(person, removed=True)
                person.guest = None
                if undone and lead is not person and await self.ask(lead, "undo-removal", seat=person.seat):
                    self.dead.remove(self.return_of(person))
                    person.out, person.removed, person.inside, person.admitted = False, False, True, True
                    person.dropped, person.place = self.now, None

    @rule(data=st.data(), erase=st.booleans())
    def somebody_leaves(self, data: st.DataObject, erase: bool) -> None:
        self.run(self.leaves(data, erase))

    async def leaves(self, data: st.DataObject, erase: bool) -> None:
        them = self.here()
        if len(them) > 2:
            person = data.draw(st.sampled_from(them))
            assert await self.ask(person, "leave", erase=erase)
            self.goes(person)
            person.guest = None
            if erase:
                self.erased.append(person.seat)

    # What happens to links

    @rule(hours=st.sampled_from([0, 0, 1]), role=st.sampled_from(["participant", "participant", "facilitator"]))
    def an_invite_is_made(self, hours: float, role: str) -> None:
        if len(self.room.row.invites) < 6:
            self.run(entries.make(self.room, Role(role), hours))

    @rule(data=st.data(), revoked=st.booleans())
    def a_link_is_renewed_or_revoked(self, data: st.DataObject, revoked: bool) -> None:
        links = ["participant", *self.room.row.invites]
        self.run(self.ends(data.draw(st.sampled_from(links)), revoked))

    async def ends(self, link: str, revoked: bool) -> None:
        opening = self.opening()
        try:
            auth = {"v": 1, "room": self.room.id, "secret": self.secret(self.room, link), "name": "Anybody"}
            await (entries.revoke(self.room, link) if revoked else entries.renew(self.room, link, 0))
        except Rejected:
            return
        if link in opening or link not in self.room.row.generations:
            self.dead.append(auth)
        for person in self.people:
            if person.link == link and not person.out and (revoked or not person.admitted):
                self.goes(person)
                person.guest = None
        await self.on(0.3)

    # Time, and the server

    @rule(seconds=st.sampled_from([0.5, 2.5, 10, 45, 100, 130, 700]))
    def time_goes_by(self, seconds: float) -> None:
        self.run(self.on(seconds))

    @rule()
    def an_hour_goes_by_for_links(self) -> None:
        """On the wall, which the meeting does not look at."""
        before = self.opening()
        self.ahead += 3700
        self.server.wall_ahead = self.ahead
        for link in before - self.opening():
            auth = {"v": 1, "room": self.room.id, "secret": self.secret(self.room, link), "name": "Anybody"}
            self.dead.append(auth)

    @precondition(lambda self: self.crashes < 4)
    @rule()
    def the_server_is_killed(self) -> None:
        """And starts again from what the disk has."""
        self.run(self.crash())

    async def crash(self) -> None:
        self.crashes += 1
        for person in self.here():
            person.place = self.place(person)
            person.guest, person.dropped = None, self.now
        for person in self.people:
            person.lines.clear()
        self.server = await self.server.crash(self.folder / f"{self.crashes}")
        self.server.wall_ahead = self.ahead
        found = self.server.rooms.find(self.room.id)
        assert found is not None
        self.room = found
        await self.on(0.3)

    # What holds after each step

    @invariant()
    def what_always_holds(self) -> None:
        self.whoever_has_a_place_has_it()
        self.one_line_for_each_seat()
        self.whoever_is_out_hears_nothing()
        assert not faults(self.kept)
        self.the_door_tells_nothing_of_anybody()

    def whoever_has_a_place_has_it(self) -> None:
        for person in self.people:
            if person.out:
                assert person.seat not in self.kept.seats, f"{person.name} is not out"
            elif person.admitted:
                seat = self.kept.seats[person.seat]
                assert (seat.admitted, seat.inside) == (True, person.inside), f"{person.name} is not in"

    def one_line_for_each_seat(self) -> None:
        for person in self.people:
            open = [line for line in person.lines if "end" not in line.kinds() and line.line.connected]
            assert open == ([person.guest] if person.guest is not None else []), person.name

    def whoever_is_out_hears_nothing(self) -> None:
        live = self.room.live._streams.lines
        assert live.keys() == {person.seat for person in self.here()}

    def the_door_tells_nothing_of_anybody(self) -> None:
        names = [(person.seat, person.name) for person in self.people]
        for person in self.people:
            for line in person.lines:
                sights = [data["view"]["sight"] for kind, data in line.heard if kind == "snapshot"]
                if sights and set(sights) == {"door"}:
                    sent = said(line)
                    own = (person.name, person.first_name)
                    others = [name for seat, name in names if seat != person.seat and name not in own]
                    told = [name for name in [*others, "Stranger"] if name.encode() in sent]
                    assert not told, f"{person.name} at the door was told of {told}"

    @rule(data=st.data())
    def what_is_dead_opens_nothing(self, data: st.DataObject) -> None:
        """Whatever it was, with the same answer."""
        self.run(self.tried(data.draw(st.sampled_from(self.dead))))

    async def tried(self, auth: dict[str, Any]) -> None:
        guest = self.server.guest().knock(auth)
        await self.on(0.3)
        assert not guest.heard or guest.heard[0][0] == "end"
        assert guest.code == "no-entry", auth
        assert said(guest) == self.no_entry

    @precondition(lambda self: self.erased)
    @rule()
    def who_was_erased_is_nowhere(self) -> None:
        """In the state, the views, the database, its log."""
        state = self.room.live.state
        texts = [msgspec.json.encode(state.kept), msgspec.json.encode(state.live), everything(self.server.folder)]
        assert not [seat for seat in self.erased if any(seat.encode() in text for text in texts)]


def heard(guest: Guest) -> dict[int, dict[str, Any]]:
    """The answers that came."""
    assert guest.kinds()
    return guest.answers


def said(guest: Guest) -> bytes:
    """All that went to this line."""
    return b"".join(frame.wire for frame in guest._outlet.frames)


@pytest.mark.timeout(3600 if FRESH else 120)
def test_places_are_kept_and_what_is_dead_stays_dead() -> None:
    run_state_machine_as_test(
        Town,
        settings=settings(max_examples=1000 if FRESH else 50, stateful_step_count=40, phases=PHASES),
    )
