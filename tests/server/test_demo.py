"""Simulated people: what they decide, as a table; whole evenings of theirs against the real rules, with a clock that is
moved; and the command itself, with somebody who listens."""

import asyncio
import itertools
import math
import re
import signal
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from protocol.views import Role
from server.demo import acts, hosting
from server.demo.acts import DROP, Wish
from server.demo.mind import Mind
from server.demo.people import MARK, MOST, Chance, Temper, chance, gathering, leader
from server.demo.person import Person as Player
from server.demo.person import Place
from server.demo.voice import FRAME, RATE, frames, level, speech
from tests.server.evening import Evening, Guest, by_hand
from tests.server.media.circles import LOOPBACK, ask, audio
from tests.server.media.voices import Voice
from tests.server.person import Person
from tests.server.running import House, house, running
from tests.serving import COMMAND, HOME, clean_environment

CALM = Temper("Ayu-demo", 120.0, passes=0.0, drops=0.0)
NEVER_MEANT = {"malformed", "internal", "forbidden", "not-admitted", "not-agreed", "too-fast", "no-seat", "self"}
FORMATS = sorted(path.stem for path in (HOME / "rooms" / "formats").glob("*.toml"))


# Decisions


def circle(**changes: Any) -> dict[str, Any]:
    """What somebody sees who sits in an open meeting with three others."""
    seats = [f"s{n}" for n in range(4)]
    people = {seat: {"role": "participant", "present": True, "name": seat + MARK} for seat in seats}
    people["s0"]["role"] = "facilitator"
    policy = {"kinds": ["share"], "turn": 180, "warning": 30, "grace": 30, "offer": 40, "window": 120, "bell": True}
    view = {"sight": "circle", "meeting": "open", "policy": policy, "people": people, "circle": seats}
    return {**view, "hands": {}, "queue": [], "turns": {}, "floor": "", **changes}


def you(*may: str, **changes: Any) -> dict[str, Any]:
    return {"seat": "s1", "role": "participant", "may": list(may), "agreed": True, "admitted": True, **changes}


def turn(state: str, seat: str = "s1", **changes: Any) -> dict[str, Any]:
    return {"t1": {"seat": seat, "state": state, "budget": 180, **changes}}


def wants(view: dict[str, Any], me: dict[str, Any], who: Temper = CALM, seed: int = 1) -> dict[str, Wish]:
    return {str(wish.command["type"]): wish for wish in acts.wishes(view, me, who, chance(seed, who.name))}


DOOR = {"sight": "door", "agreement": {"version": 3, "policy": "full-disclosure"}}


@pytest.mark.parametrize(("view", "me", "expected"), [
    (DOOR, you("accept-agreement", "leave", agreed=False), {"type": "accept-agreement", "version": 3}),
    (circle(turns=turn("offered"), floor="t1"), you("accept-floor", "pass-floor", turn="t1"),
     {"type": "accept-floor", "turn": "t1"}),
    (circle(turns=turn("speaking"), floor="t1"), you("finish-turn", turn="t1"), {"type": "finish-turn", "turn": "t1"}),
    (circle(turns=turn("grace"), floor="t1"), you("finish-turn", turn="t1"), {"type": "finish-turn", "turn": "t1"}),
    (circle(turns=turn("paused"), floor="t1"), you("resume-turn", turn="t1"), {"type": "resume-turn", "turn": "t1"}),
    (circle(), you("raise-hand"), {"type": "raise-hand", "kind": "share"}),
    (circle(), you("take-floor", "raise-hand"), {"type": "take-floor"}),
    (circle(hold="break", hold_until=61.0), you("say-ready"), {"type": "say-ready"}),
])  # fmt: skip
def test_what_somebody_does(view: dict[str, Any], me: dict[str, Any], expected: dict[str, Any]) -> None:
    found = wants(view, me)
    assert list(found) == [expected["type"]]
    assert found[expected["type"]].command == expected
    assert 1 <= found[expected["type"]].after < 3600


@pytest.mark.parametrize(("view", "me"), [
    (DOOR, you("leave", agreed=True)),  # waits
    (circle(turns=turn("suspended"), floor="t1"), you("finish-turn", turn="t1")),
    (circle(turns=turn("question"), floor="t1"), you("finish-turn", turn="t1")),
    (circle(turns=turn("paused"), floor="t1"), you("finish-turn", turn="t1")),  # somebody else paused it
    (circle(hold="silence"), you("raise-hand")),
    (circle(hold="break", ready=["s1"]), you("say-ready")),
    (circle(hold="paused"), you("raise-hand")),
    (circle(turns=turn("speaking", "s2"), asking={"turn": "t1", "until": 9.0}),
     you("answer-time", answered_time=True)),
])  # fmt: skip
def test_what_somebody_leaves_alone(view: dict[str, Any], me: dict[str, Any]) -> None:
    assert wants(view, me) == {}


def test_nothing_is_wished_that_they_may_not() -> None:
    for seed, state in itertools.product(range(40), ("offered", "speaking", "grace", "silent", "paused")):
        assert wants(circle(turns=turn(state), floor="t1"), you("leave", turn="t1"), seed=seed) == {}


def test_answers_differ_from_person_to_person_and_are_the_same_again() -> None:
    view, me = circle(turns=turn("offered"), floor="t1"), you("accept-floor", "pass-floor", turn="t1")
    who = CALM._replace(passes=0.5)
    found = [tuple(wants(view, me, who, seed)) for seed in range(100)]
    assert {"accept-floor", "pass-floor"} <= {type for one in found for type in one}
    assert found == [tuple(wants(view, me, who, seed)) for seed in range(100)]


def test_a_facilitator_leaves_the_lead_to_somebody_real() -> None:
    waiting = {"s9": {"present": True, "agreed": True, "name": "Tono"}}
    lead = circle(sight="lead", waiting=waiting, agenda=[{"name": "one"}, {"name": "two"}], phase="one", hands={})
    me = you("admit", "set-phase", "call-on", "end-turn", seat="s0", role="facilitator")

    def wished(view: dict[str, Any]) -> dict[str, Wish]:
        found = hosting.wishes(view, me, leader(1), chance(1, "x"))
        return {str(wish.command["type"]): wish for wish in found}

    alone = wished(lead)
    assert set(alone) == {"admit", "set-phase"}
    people = {**lead["people"], "s8": {"role": Role.FACILITATOR, "present": True, "name": "Somebody"}}
    beside = wished({**lead, "people": people})
    assert set(beside) == {"admit"}
    assert beside["admit"].after > 2 * alone["admit"].after


def test_who_they_are() -> None:
    people = gathering(MOST, 7)
    assert people == gathering(MOST, 7) != gathering(MOST, 8)
    assert len({one.name for one in people}) == MOST
    assert all(one.name.endswith(MARK) and len(one.name) <= 40 for one in [*people, leader(7)])
    for wrong in (0, MOST + 1):
        with pytest.raises(ValueError, match="60"):
            gathering(wrong, 7)


def test_a_wish_waits_for_its_time_and_is_done_once() -> None:
    mind, wish = Mind(pace=2.0), Wish("offer t1", {"type": "accept-floor", "turn": "t1"}, 6.0)
    assert mind.due([wish], 100.0) == (None, 3.0)
    assert mind.due([wish._replace(waits=True)], 102.0)[0] is None  # it goes on having been there
    assert mind.due([wish], 103.0) == (wish, 0.0)
    mind.did(wish, True, 103.0)
    assert mind.due([wish], 104.0)[0] is None
    late = Wish("more t2", {"type": "ask-time"}, 0.0, not_before=120.0)
    assert mind.due([late], 110.0) == (None, 10.0)
    assert mind.due([], 111.0)[0] is None
    assert mind.due([late], 120.0) == (late, 0.0)


def test_what_is_refused_is_tried_again_but_not_for_ever() -> None:
    mind, wish, now = Mind(), Wish("bell t1", {"type": "ring-bell"}, 1.0), 0.0
    tries = 0
    while now < 100:
        found, wait = mind.due([wish], now)
        if found is not None:
            tries += 1
            mind.did(found, False, now)
        now += min(wait, 50.0) or 0.1
    assert tries == 3


# Sound


def test_a_voice_is_soft_and_has_pauses() -> None:
    parts = list(itertools.islice(frames(100, "a"), 500))  # ten seconds
    assert 1000 < max(abs(value) for part in parts for value in part) < 32767 / 3
    assert 25 < sum(level(part) == 127 for part in parts) < 350


@pytest.mark.parametrize("pitch", [100, 160, 220])
def test_a_voice_has_its_pitch(pitch: int) -> None:
    """Speech shifted by one period of its pitch, or a little beside it, as people do, is most like itself."""
    loud = max((list(part) for part in itertools.islice(frames(pitch, "b"), 100)), key=lambda part: sum(map(abs, part)))
    lags = range(RATE // 300, RATE // 80)
    alike = {lag: sum(a * b for a, b in zip(loud, loud[lag:], strict=False)) / (FRAME - lag) for lag in lags}
    nearest = RATE / max(alike, key=lambda lag: alike[lag])
    assert min(abs(nearest * times / pitch - 1) for times in (1, 2)) < 0.25


def test_speech_is_the_same_for_the_same_seed_and_small() -> None:
    first, again, other = (list(itertools.islice(speech(120, seed), 100)) for seed in ("a", "a", "b"))
    assert [one.level for one in first] == [one.level for one in again] != [one.level for one in other]
    assert all(0 < len(one.opus) < 400 for one in first)
    assert math.isclose(FRAME / RATE, 0.02)


# Evenings


class Simulated:
    """One of them on the moved clock."""

    def __init__(self, guest: Guest, who: Temper, seed: int) -> None:
        self.guest, self.who, self.mind = guest, who, Mind(pace=4.0)
        self.wishes = hosting.wishes if who == leader(seed) else acts.wishes
        self.chance: Chance = chance(seed, who.name)
        self.back_at: float | None = None
        self.sent: dict[int, str] = {}
        self.gone = False
        self._read, self._ahead = 0, 0.0

    def act(self, evening: Evening) -> None:
        heard = self.guest.heard
        for kind, data in heard[self._read :]:
            if kind == "snapshot":
                self._ahead = data["now"] - evening.time
        self._read = len(heard)
        now = evening.time + self._ahead
        wish, _ = self.mind.due(self.wishes(self.guest.view, self.guest.you, self.who, self.chance), now)
        if wish is None:
            return
        self.mind.did(wish, True, now)
        type = str(wish.command["type"])
        if type == DROP:
            self.guest.pull()
            self.back_at = evening.time + float(wish.command["seconds"]) / 4
            return
        assert type in self.guest.you["may"]
        self.sent[self.guest.ask(**wish.command)] = type
        self.gone = type == "leave"

    def return_if_due(self, evening: Evening) -> None:
        if self.back_at is not None and evening.time >= self.back_at:
            self.guest = evening.back(self.guest)
            self.back_at, self._read, self.sent = None, 0, {}


async def spend(evening: Evening, name: str, seed: int, until: float) -> "Spent":
    room = await evening.room(format=name)
    spent = Spent()
    people = [Simulated(evening.knock(room, leader(seed).name, "facilitator"), leader(seed), seed)]
    coming = gathering(6, seed)
    await evening.at(0.3)
    while evening.time < until:
        while coming and coming[0].arrives / 4 <= evening.time:
            who = coming.pop(0)
            people.append(Simulated(evening.knock(room, who.name), who, seed))
        await evening.at(evening.time + 0.5)
        for one in people:
            one.return_if_due(evening)
        await evening.settled()
        for one in [one for one in people if one.back_at is None and not one.gone and one.guest.you]:
            before = len(one.sent)
            one.act(evening)
            await evening.settled()
            spent.look(one, before)
    return spent


class Spent:
    """What an evening had."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []  # commands with their codes
        self.phases: dict[str, None] = {}
        self.offered: set[str] = set()
        self.spoke: set[str] = set()
        self.raised: dict[str, str] = {}
        self.view: dict[str, Any] = {}

    def look(self, one: Simulated, before: int) -> None:
        guest = one.guest
        assert guest.gaps == 0
        assert not [data for kind, data in guest.heard if kind == "bye" and data["code"] != "left"]
        for number, type in list(one.sent.items())[before:]:
            answer = guest.answers[number]
            self.asked.append((type, answer.get("code", "")))
            if type == "raise-hand" and answer["ok"]:
                self.raised[guest.seat] = one.who.name
        view = guest.view
        if view.get("sight") != "lead":
            return
        self.view = view
        self.phases[view.get("phase", "")] = None
        for turn in view["turns"].values():
            self.offered.add(turn["seat"])
            if turn["state"] in ("speaking", "grace"):
                self.spoke.add(turn["seat"])


@pytest.mark.parametrize("name", FORMATS)
def test_an_evening_in_each_format(name: str, tmp_path: Path) -> None:
    async def play() -> None:
        evening = Evening(tmp_path / "data")
        try:
            spent = await spend(evening, name, seed=5, until=700)
        finally:
            await evening.end()
        codes = {code for _, code in spent.asked}
        assert codes & NEVER_MEANT == set()
        refused = [one for one in spent.asked if one[1]]
        assert len(refused) <= len(spent.asked) / 10, refused
        waiting = {spent.view["hands"][hand]["seat"] for hand in spent.view["queue"]}
        assert set(spent.raised) <= spent.offered | waiting | ({*spent.raised} - set(spent.view["people"]))
        assert len(spent.spoke) >= 5
        agenda = [step["name"] for step in spent.view.get("agenda", ())]
        assert len(spent.phases) >= min(len(agenda), 4), spent.phases
        done = {type for type, code in spent.asked if not code}
        assert {"accept-agreement", "admit", "open-meeting", "accept-floor", "finish-turn"} <= done

    by_hand(play())


def test_the_same_seed_gives_the_same_evening(tmp_path: Path) -> None:
    found: list[list[tuple[str, str]]] = []

    async def play(folder: Path, seed: int) -> None:
        evening = Evening(folder)
        try:
            found.append((await spend(evening, "support-circle", seed, until=150)).asked)
        finally:
            await evening.end()

    for number, seed in enumerate((3, 3, 4)):
        by_hand(play(tmp_path / str(number), seed))
    assert found[0] == found[1] != found[2]
    assert len(found[0]) > 30


# The command


@contextmanager
def demo(*flags: str, token: str = "") -> Iterator["Demo"]:
    """`lingkar demo` in a process of its own; killed at the end of the block if it still runs."""
    found = Demo(flags, token)
    try:
        yield found
    finally:
        found.process.kill()
        found.end()


class Demo:
    """What it says is kept. `links` are those that it printed."""

    def __init__(self, flags: tuple[str, ...], token: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "demo", *flags],
            cwd=HOME, env=clean_environment() | ({"LINGKAR_HOST_TOKEN": token} if token else {}),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._said: list[str] = []
        self._ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def said(self) -> str:
        return "".join(self._said)

    async def links(self) -> dict[str, str]:
        """Participants', facilitators', and the host page, as far as they were printed."""
        await asyncio.to_thread(self._ready.wait, 60)
        found = re.findall(r"^(Come in|Lead|Host page): +(\S+)$", self.said, re.MULTILINE)
        return dict(found)

    def end(self) -> int:
        """Wait for the end; the exit status."""
        status = self.process.wait(60)
        self._listener.join(60)
        return status

    async def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(by)
        return await asyncio.to_thread(self.end)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._said.append(line)
                if line.startswith("Simulated people"):
                    self._ready.set()
        self._ready.set()


def ready(lead: Person) -> list[str]:
    """Who stands at the door and has accepted the agreement."""
    return [seat for seat, one in lead.view.get("waiting", {}).items() if one.get("agreed")]


def turns(person: Person) -> int:
    return sum(one.get("turns", 0) for one in person.view.get("people", {}).values())


def says_no_name(*said: str) -> bool:
    names = [one.name.removesuffix(MARK) for one in [*gathering(MOST, 1), leader(1)]]
    return not re.search(rf"\b({'|'.join(names)})\b", " ".join(said))


async def test_one_person_alone_sees_and_hears_a_room_alive(tmp_path: Path) -> None:
    """Let in by the simulated facilitator; several have turns; what the speakers say arrives as sound. Ctrl-C: nobody
    stays behind, and the room is gone."""
    with running(tmp_path / "data", *LOOPBACK) as server:
        async with house(server) as home:
            await audio(home, "on")
            flags = ("--url", server.url, "--people", "8", "--hosted", "--pace", "12", "--seed", "4")
            with demo(*flags, token=server.token) as play:
                links = await play.links()
                person = await home.person().join(links["Come in"], "Somebody")
                await person.accept()
                await person.until(lambda me: me.view["sight"] == "circle")
                await person.until(lambda me: me.view["meeting"] == "open")
                voice = Voice()
                await voice.connect(lambda sdp: ask(person, sdp))
                packets = await voice.hears(40)
                await person.until(lambda me: turns(me) >= 3, within=120)
                people = [one["name"] for one in person.view["people"].values() if "name" in one]
                assert {name.endswith(MARK) for name in people if name != "Somebody"} == {True}
                assert len({len(packet.data) for packet in packets}) > 5  # speech, not one packet again and again
                assert await play.stop() == 0
                await person.closed.wait()
                assert person.bye is not None
                assert person.bye["code"] == "closed"
                await voice.close()
            assert await rooms(home) == []
        assert says_no_name(server.said, play.said)
        assert play.said.endswith("Everybody has left.\n")


async def test_people_wait_at_the_door_of_a_link_and_leave_properly(tmp_path: Path) -> None:
    """A rehearsal: nobody is in before the facilitator says so; then they ask for the floor; then they go."""
    with running(tmp_path / "data", "--audio", "off") as server:
        async with house(server) as home:
            room = await home.room()
            lead = await home.leading(room, "Rehearsing")
            with demo("--link", room.links["participant"], "--people", "3", "--pace", "20", "--seed", "2") as play:
                for inside in (2, 3, 4):
                    seats = await lead.until(ready)
                    assert set(lead.view["people"]) & set(seats) == set()
                    await lead.do("admit", seat=seats[0])
                    assert len(lead.view["people"]) == inside
                await lead.do("open-meeting")
                await lead.until(lambda me: turns(me) >= 2)
                assert await play.stop(signal.SIGTERM) == 0
                await lead.until(lambda me: len(me.view["people"]) == 1 and not me.view.get("waiting"))
            assert [one["id"] for one in await rooms(home)] == [room.id]  # it is not theirs to remove
        assert says_no_name(server.said, play.said)


@asynccontextmanager
async def rehearsal(data: Path, who: Temper) -> AsyncIterator[tuple[Person, Player, str]]:
    """Somebody real leads, one simulated person is in and has this seat, the circle is open."""
    with running(data, "--audio", "off") as server:
        async with house(server) as home:
            room = await home.room()
            lead = await home.leading(room, "Rehearsing")
            person = Player(Place(home.session, room.links["participant"], 20.0, 1, None), who, acts.wishes)
            life = asyncio.create_task(person.live())
            [seat] = await lead.until(ready)
            await lead.do("admit", seat=seat)
            await lead.do("open-meeting")
            yield lead, person, seat
            await person.leave()
            await lead.until(lambda me: len(me.view["people"]) == 1 and not me.view.get("waiting"))
            life.cancel()
            await asyncio.wait([life])


async def test_whoever_drops_comes_back_to_the_same_seat(tmp_path: Path) -> None:
    async with rehearsal(tmp_path / "data", CALM._replace(drops=1.0, eager=9999.0)) as (lead, _, seat):
        for _ in range(2):
            await lead.do("call-on", seat=lead.seat)
            turn = await lead.until(lambda me: me.you.get("turn"))
            await lead.do("accept-floor", turn=turn)
            await lead.until(lambda me: not me.view["people"][seat]["present"])
            await lead.until(lambda me: me.view["people"][seat]["present"])
            await lead.do("finish-turn", turn=turn)
            await lead.until(lambda me: "turn" not in me.you)


async def test_whoever_left_comes_to_the_door_again(tmp_path: Path) -> None:
    async with rehearsal(tmp_path / "data", CALM._replace(stays=60.0, eager=9999.0)) as (lead, _, seat):
        await lead.until(lambda me: seat not in me.view["people"])
        [again] = await lead.until(ready)
        assert again != seat


async def test_a_server_of_its_own_ends_with_it() -> None:
    with demo("--serve", "--people", "2", "--hosted", "--silent", "--seconds", "2", "--pace", "20") as play:
        links = await play.links()
        assert set(links) == {"Come in", "Lead", "Host page"}
        assert await asyncio.to_thread(play.end) == 0
    address = re.search(r"localhost:(\d+)", links["Host page"])
    assert address is not None
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", int(address[1]))


@pytest.mark.parametrize(("flags", "status", "sentence"), [
    (["--people", "0"], 2, "--people: 1 to 60 people can come."),
    (["--people", "61"], 2, "--people: 1 to 60 people can come."),
    (["--pace", "fast"], 2, "--pace: a pace from 0.2 to 50 is possible."),
    (["--link", "somewhere"], 2, "--link: a link is http://.../r/ROOM#SECRET."),
    (["--link", "http://localhost:1/r/x#y", "--hosted"], 2,
     "--link leads to a room that somebody else leads: neither --hosted nor --serve goes with it."),
])  # fmt: skip
def test_what_cannot_be_is_said_plainly(flags: list[str], status: int, sentence: str) -> None:
    with demo(*flags) as play:
        assert (play.end(), play.said) == (status, f"lingkar: {sentence}\n")


async def test_a_link_that_opens_nothing(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--audio", "off") as server, demo(
        "--link", f"{server.url}/r/nowhere#nothing", "--people", "2", "--pace", "20"
    ) as play:  # fmt: skip
        assert await asyncio.to_thread(play.end) == 1
        assert play.said.endswith("lingkar: the room does not take them: the link is dead, or the door locked.\n")


async def rooms(home: House) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {home.server.token}"}
    async with home.session.get(f"{home.server.url}/api/rooms", headers=headers) as answer:
        found: list[dict[str, Any]] = (await answer.json())["rooms"]
        return found
