"""Bell, silence and questions, by ear: who is not heard for a moment is heard again by the very same microphone."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.media.private import new_certificate
from tests.server.media.circles import HURRIED, Circle, Guest, floor, sounding
from tests.server.media.hurried import BREATH, PRACTICE
from tests.server.person import Person
from tests.server.running import House

SILENT = 0.2  # seconds after which nothing more may come


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    """Ada leads; Budi and Citra are there. Everybody has sound."""
    async with sounding(tmp_path / "data", command=HURRIED) as home:
        found = await gathered(home)
        yield found
        await asyncio.gather(*(guest.handset.close() for guest in found.everybody))


async def gathered(home: House) -> Circle:
    room = await home.room(format=PRACTICE)
    return await Circle(home, room, new_certificate()).gather("Budi", "Citra")


def clock() -> float:
    return asyncio.get_running_loop().time()


def state(guest: Guest, turn: str) -> str:
    """Of this turn, as the guest is shown it."""
    return str(guest.person.view["turns"][turn]["state"])


def holds(person: Person) -> list[str]:
    """Why the room stood still, each time that it was told."""
    return [one["patch"]["hold"] for one in person.frames("patch") if one["patch"].get("hold")]


async def test_after_the_bell_the_same_microphone_is_heard_again(circle: Circle) -> None:
    budi, citra = circle.guests
    turn = await floor(budi.person)
    budi.handset.talk(1)
    await asyncio.gather(*(one.handset.hears(1, 5) for one in (circle.lead, citra)))
    before = clock()
    await citra.person.do("ring-bell")
    rung = clock()
    budi.handset.talk(2)  # whoever does not hear the bell goes on
    await circle.lead.person.until(lambda me: "bell" in holds(me))
    await circle.lead.person.until(lambda me: "hold" not in me.view)
    assert state(circle.lead, turn) == "speaking"
    budi.handset.talk(3)
    await asyncio.gather(*(one.handset.hears(3, 10) for one in (circle.lead, citra)))
    for one in (circle.lead, citra):
        assert [came for came in one.handset.heard if rung + SILENT < came.at < before + BREATH] == []
        assert all(came.at > before + BREATH for came in one.handset.heard if came.tag == 3)
    assert not budi.handset.lost.is_set()


async def test_a_speaker_who_is_silent_is_heard(circle: Circle) -> None:
    budi, citra = circle.guests
    turn = await floor(budi.person)
    budi.handset.talk(1)
    await citra.handset.hears(1, 5)
    await budi.person.do("hold-silence", turn=turn)
    await citra.person.until(lambda me: state(citra, turn) == "silent")
    budi.handset.talk(2)
    await citra.handset.hears(2, 10)


async def test_whoever_asks_is_heard_and_the_speaker_again_afterwards(circle: Circle) -> None:
    budi, citra = circle.guests
    outer = await floor(budi.person)
    budi.handset.talk(1)
    await circle.lead.handset.hears(1, 5)
    await citra.person.do("raise-hand", kind="question")
    hand = await budi.person.until(lambda me: next(iter(me.view["queue"]), None))
    await budi.person.do("allow-question", turn=outer, hand=hand)
    allowed = clock()
    inner = str(await citra.person.until(lambda me: me.you.get("turn")))
    await citra.person.do("accept-floor", turn=inner)
    citra.handset.talk(2)
    await asyncio.gather(*(one.handset.hears(2, 10) for one in (circle.lead, budi)))
    late = [came for came in circle.lead.handset.heard if came.tag == 1 and came.at > allowed + SILENT]
    assert late == []
    await citra.person.do("finish-turn", turn=inner)
    await budi.person.until(lambda me: state(budi, outer) == "speaking")
    budi.handset.talk(3)
    await asyncio.gather(*(one.handset.hears(3, 10) for one in (circle.lead, citra)))
