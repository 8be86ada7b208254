"""Whole meetings over the real wire: what everybody is shown, in which order, and that the door hears nothing."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.server.person import Gone, Person
from tests.server.running import House, Room, Running, house, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("lingkar") / "data") as found:
        yield found


@pytest.fixture
async def home(server: Running) -> AsyncIterator[House]:
    async with house(server) as found:
        yield found


def queue(person: Person) -> list[str]:
    """Whose hands are up, in order."""
    return [person.view["hands"][hand]["seat"] for hand in person.view["queue"]]


def turn(person: Person) -> tuple[str, str] | None:
    """Who has the floor or is offered it, and the turn's state."""
    return next(((t["seat"], t["state"]) for t in person.view["turns"].values()), None)


async def agree(*people: Person) -> None:
    """Wait until everybody has been shown everything: each asks something harmless and is answered behind it."""
    for person in people:
        answer = await person.ask("lower-hand", hand="nobody's")
        assert answer["code"] in {"stale", "no-hand", "not-admitted", "not-agreed"}


async def floor(person: Person) -> str:
    """The turn that this person is offered or holds, as soon as there is one."""
    found: str = await person.until(lambda me: me.you.get("turn"))
    return found


# A whole meeting


async def test_a_meeting_of_four(home: House) -> None:
    room, (ada, budi, citra, dewi) = await home.meeting("Ada", "Budi", "Citra", "Dewi")
    everybody = [ada, budi, citra, dewi]
    await budi.do("raise-hand")
    await citra.do("raise-hand", kind="question", note="what is a lingkar?")
    await dewi.do("raise-hand", kind="process")
    await agree(*everybody)
    assert queue(ada) == queue(citra) == [dewi.seat, budi.seat, citra.seat]
    await ada.do("call-on", seat=budi.seat)
    await agree(*everybody)
    assert turn(ada) == turn(citra) == (budi.seat, "offered")
    assert queue(ada) == queue(budi) == [dewi.seat, citra.seat]
    assert (dewi.you["place"], dewi.you["next"], citra.you["place"]) == (1, True, 2)
    assert ada.view["hands"][citra.you["hand"]]["note"] == "what is a lingkar?"
    assert "note" not in budi.view["hands"][citra.you["hand"]]

    await budi.do("accept-floor", turn=budi.you["turn"])
    await agree(*everybody)
    assert {turn(person) for person in everybody} == {(budi.seat, "speaking")}
    assert (await citra.ask("finish-turn", turn=budi.you["turn"]))["code"] == "no-turn"
    await ada.do("pause-turn", turn=budi.you["turn"])
    await ada.do("resume-turn", turn=budi.you["turn"])
    await budi.do("finish-turn", turn=budi.you["turn"])

    await dewi.do("pass-floor", turn=await floor(dewi))
    await citra.do("accept-floor", turn=await floor(citra))
    await citra.do("leave", check_on_me=True)
    await citra.closed.wait()
    assert citra.bye == {"code": "left", "knows": ["room", "seat", "name", "address", "counts"]}
    await agree(ada, budi, dewi)
    assert ada.view["people"].keys() == {ada.seat, budi.seat, dewi.seat}
    assert ada.view["people"][budi.seat]["turns"] == 1
    assert (turn(ada), queue(ada)) == (None, [])

    shown = {key: value for key, value in ada.view.items() if key not in ("questions", "waiting")}
    assert budi.view == dewi.view == {**shown, "sight": "circle"}
    await ada.do("close-meeting")
    for person in (ada, budi, dewi):
        await person.closed.wait()
        assert person.bye == {"code": "closed", "knows": ["room", "address", "counts"]}
    assert [person.gaps for person in everybody] == [0, 0, 0, 0]

    status, listed = await home.api("GET", f"/api/rooms/{room.id}")
    assert (status, listed["state"], listed["present"]) == (200, "doors", 0)
    again = await home.leading(room, "Ada")
    assert (again.view["meeting"], again.view["people"].keys()) == ("doors", {again.seat})


async def test_what_a_command_caused_comes_before_its_answer(home: House) -> None:
    _, (ada, budi, *_) = await home.meeting("Ada", "Budi")

    async def caused(person: Person, type: str, **fields: Any) -> list[str]:
        """What this person heard up to the answer to their command, once more people are silent."""
        await agree(ada, budi)
        before = len(person.heard)
        answer = await person.ask(type, **fields)
        kinds = [kind for kind, _ in person.heard[before:]]
        heard = kinds[: kinds.index("ack")]
        last = person.heard[before + len(heard) - 1][1] if heard else {}
        assert answer["ok"], answer
        assert answer["seq"] == max(d["seq"] for k, d in person.heard[: before + len(heard)] if "seq" in d)
        assert last
        return heard

    assert await caused(budi, "raise-hand") == ["patch", "you"]
    assert await caused(ada, "call-on", seat=budi.seat) == ["patch", "you"]
    assert await caused(budi, "accept-floor", turn=budi.you["turn"]) == ["patch", "you"]
    assert await caused(ada, "close-queue") == ["patch", "you"]
    assert await caused(ada, "pause-turn", turn=budi.you["turn"]) == ["patch", "you"]


async def test_each_stream_counts_by_one_and_a_new_sight_begins_with_a_snapshot(home: House) -> None:
    room, (ada, budi) = await home.meeting("Ada", "Budi")
    citra = await home.waiting(room, "Citra")
    assert citra.view == {"sight": "door", "agreement": ada.view["agreement"]}
    await budi.do("raise-hand")
    await ada.do("admit", seat=citra.seat)
    await citra.until(lambda me: me.you.get("admitted"))
    assert citra.view["sight"] == "door"
    await citra.accept()
    assert [kind for kind, _ in citra.heard] == ["snapshot", "you", "snapshot", "ack"]
    await agree(ada, budi, citra)
    assert citra.view == budi.view
    await budi.do("lower-hand")
    await agree(ada, citra)
    for person in (ada, budi, citra):
        count = -1
        for kind, data in person.heard:
            assert kind != "patch" or data["seq"] == count + 1 > 0
            count = data["seq"] if kind in ("snapshot", "patch") else count
        assert [data["patch"] for data in person.frames("patch") if not data["patch"]] == []


# The door


def still(*people: Person) -> list[int]:
    return [len(person.heard) for person in people]


async def test_whoever_waits_hears_nothing_at_all(home: House) -> None:
    """Whatever order things happen in, in six rooms at once."""
    await asyncio.gather(*(nothing_is_heard_at_the_door(home, seed) for seed in range(6)))


async def nothing_is_heard_at_the_door(home: House, seed: int) -> None:
    """Each of the three who wait is at another step."""
    chance = random.Random(seed)
    room, people = await home.meeting("Ada", "Budi", "Citra", "Dewi", questions=["Who sent you?"])
    ada = people[0]
    came, agreed, admitted = [await home.waiting(room, f"Waiting {n}") for n in range(3)]
    await agreed.accept()
    await agreed.do("answer-door", answers=["Eka"])
    await ada.do("admit", seat=admitted.seat)
    await admitted.until(lambda me: me.you.get("admitted"))
    await agree(came, agreed, admitted, *people)
    before = still(came, agreed, admitted)
    arrived = came.frames("snapshot")[0]
    for _ in range(60):
        await something(home, room, people, chance)
    await agree(came, agreed, admitted)
    assert [now - then for now, then in zip(still(came, agreed, admitted), before, strict=True)] == [1, 1, 1]

    late = (await home.waiting(room, "Late")).frames("snapshot")[0]
    del late["you"]["seat"], late["you"]["resume"], late["you"]["name"]
    del arrived["you"]["seat"], arrived["you"]["resume"], arrived["you"]["name"]
    assert late == arrived
    assert late["now"] == 0


async def something(home: House, room: Room, people: list[Person], chance: random.Random) -> None:
    """One thing that happens in a meeting, possible or not."""
    ada, who = people[0], chance.choice(people)
    hands = [*ada.view["queue"], "h1"]
    target = chance.choice(people).seat
    turns = [*ada.view["turns"], "t1"]
    match chance.randrange(12):
        case 0 | 1:
            await who.ask("raise-hand", note="a note")
        case 2:
            await who.ask("lower-hand")
        case 3:
            await ada.ask("call-on", seat=target, floor=ada.view["floor"])
        case 4:
            await who.ask("accept-floor", turn=chance.choice(turns))
        case 5:
            await who.ask("finish-turn", turn=chance.choice(turns))
        case 6:
            await ada.ask(chance.choice(["pause-turn", "resume-turn", "end-turn"]), turn=chance.choice(turns))
        case 7:
            await ada.ask("move-hand", hand=chance.choice(hands), queue=ada.view["queue_version"])
        case 8:
            await ada.ask(chance.choice(["close-queue", "reopen-queue"]))
        case 9:
            other = await home.waiting(room, "Passing by")
            await other.do("leave")
        case 10:
            other = await home.seated(room, ada, "For a moment")
            await other.ask("raise-hand")
            await ada.do("remove", seat=other.seat, reason="a reason")
        case 11 if who is not ada:
            await who.pull()
            await ada.until(lambda me: not me.view["people"][who.seat]["present"])
            people[people.index(who)] = await home.person().come_back(who)


async def test_thirty_people_who_arrive_together_are_announced_together(home: House) -> None:
    room, (ada, budi) = await home.meeting("Ada", "Budi")
    await agree(ada, budi)
    before, start = len(ada.frames("patch")), asyncio.get_running_loop().time()
    people = await asyncio.gather(*(home.waiting(room, f"Person {n}") for n in range(30)))
    await ada.until(lambda me: len(me.view["waiting"]) == 30)
    took = asyncio.get_running_loop().time() - start
    assert len(ada.frames("patch")) - before <= 2 + took / 0.25
    assert {w["name"] for w in ada.view["waiting"].values()} == {person.name for person in people}
    assert not any("people" in patch["patch"] for patch in budi.frames("patch")[-1:])


# Gaps


async def test_a_missed_patch_is_repaired_and_not_more_often_than_every_two_seconds(home: House) -> None:
    _, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
    await citra.do("raise-hand")
    await agree(ada, budi, citra)
    before = len(budi.frames("snapshot"))
    budi.view, budi.seq = {}, -1
    for _ in range(10):
        await budi.tell("resync", {})
    await agree(budi)
    assert len(budi.frames("snapshot")) == before + 1
    assert (budi.view, budi.seq) == (citra.view, citra.seq)
    assert "resume" not in budi.you
    await citra.do("lower-hand") if citra.you.get("hand") else await citra.do("pass-floor", turn=citra.you["turn"])
    await agree(budi)
    assert (budi.view, budi.gaps) == (citra.view, 0)


# Rooms apart


async def test_two_rooms_never_touch(home: House) -> None:
    (_, (ada, budi)), (_, (eka, fajar)) = await home.meeting("Ada", "Budi"), await home.meeting("Eka", "Fajar")
    await agree(ada, budi, eka, fajar)
    before = still(eka, fajar)
    for refused in (
        await ada.ask("admit", seat=fajar.seat),
        await ada.ask("remove", seat=fajar.seat, reason="another room"),
        await ada.ask("call-on", seat=eka.seat),
    ):
        assert refused["code"] == "no-seat"
    for _ in range(10):
        await ada.do("call-on", seat=budi.seat)
        await budi.do("pass-floor", turn=await floor(budi))
    await ada.do("close-meeting")
    await agree(eka, fajar)
    assert [now - then for now, then in zip(still(eka, fajar), before, strict=True)] == [1, 1]
    await fajar.do("raise-hand")


# What is no command


BAD: list[object] = [
    None,
    "raise-hand",
    [],
    {},
    {"type": "dance"},
    {"type": ["raise-hand"]},
    {"type": "raise-hand", "kind": "shout"},
    {"type": "raise-hand", "note": "x" * 141},
    {"type": "raise-hand", "seat": "somebody"},
    {"type": "admit"},
    {"type": "admit", "seat": ""},
    {"type": "accept-agreement", "version": -1},
    {"type": "accept-agreement", "version": True},
    {"type": "extend-turn", "turn": "t1", "until": None},
    {"type": "answer-door", "answers": ["a", "b", "c", "d"]},
    {"type": "join", "seat": "s", "role": "host", "name": "Mallory"},
    {"type": "close"},
]


async def test_what_is_malformed_is_told_so_and_too_much_of_it_ends_the_connection(home: House) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    for data in BAD:
        assert await budi.emit("command", data) == {"ok": False, "code": "malformed"}, data
    await budi.do("raise-hand")
    for _ in range(20 - len(BAD) - 1):
        await budi.emit("command", {})
    await budi.tell("command", {})
    await budi.closed.wait()
    assert budi.bye == {"code": "strikes"}
    await ada.until(lambda me: not me.view["people"][budi.seat]["present"])
    back = await home.person().come_back(budi)
    assert back.seat == budi.seat
    with pytest.raises(Gone):
        await budi.until(lambda me: False)
