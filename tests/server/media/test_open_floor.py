"""Several voices at once, by ear: each is heard by everybody else on a line of its own, and ends with its turn."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from server.media.private import new_certificate
from tests.server.media.circles import HURRIED, Circle, Guest, sound, sounding
from tests.server.media.hurried import OPEN

SILENT = 0.2  # seconds after which nothing more may come


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    """Ada leads; Budi, Citra and Dewi are there. Everybody has sound, and two lines, for two may speak at once."""
    async with sounding(tmp_path / "data", command=HURRIED) as home:
        room = await home.room(format=OPEN)
        found = await Circle(home, room, new_certificate(), lines=2).gather("Budi", "Citra", "Dewi")
        yield found
        await asyncio.gather(*(guest.handset.close() for guest in found.everybody))


def clock() -> float:
    return asyncio.get_running_loop().time()


async def joins(guest: Guest, tag: int) -> str:
    """In the open floor, saying this; the turn."""
    await guest.person.do("take-floor")
    guest.handset.talk(tag)
    return str(await guest.person.until(lambda me: me.you.get("turn")))


def lines(guest: Guest, tag: int) -> set[int]:
    """Where this was heard."""
    return {came.line for came in guest.handset.heard if came.tag == tag}


async def test_the_agenda_says_how_many_lines_to_offer(circle: Circle) -> None:
    assert [step.get("voices", 1) for step in circle.lead.person.view["agenda"]] == [2]


async def test_two_are_heard_at_the_same_time_and_neither_hears_themselves(circle: Circle) -> None:
    budi, citra, dewi = circle.guests
    first = await joins(budi, 1)
    await asyncio.gather(*(one.handset.hears(1, 10) for one in (circle.lead, citra, dewi)))
    await joins(citra, 2)
    await asyncio.gather(*(one.handset.hears(2, 10) for one in (circle.lead, budi, dewi)))
    for listener in (circle.lead, dewi):
        first_of_all, counts = len(listener.handset.heard), {tag: listener.handset.count(tag) for tag in (1, 2)}
        await asyncio.gather(*(listener.handset.hears(tag, counts[tag] + 25) for tag in (1, 2)))
        came = [one.tag for one in listener.handset.heard[first_of_all:]]
        assert sum(one != other for one, other in pairwise(came)) > 10  # both at once, not one after the other
        assert (lines(listener, 1), lines(listener, 2)) == ({0}, {1})
    assert (lines(budi, 1), lines(budi, 2)) == (set(), {1})
    assert (lines(citra, 1), lines(citra, 2)) == ({0}, set())

    # Who finishes is not heard any more, whatever their page does; the other goes on where they were.
    await budi.person.do("finish-turn", turn=first)
    ended = clock()
    before = {one.seat: one.handset.count(2) for one in (circle.lead, budi, dewi)}
    await asyncio.gather(*(one.handset.hears(2, before[one.seat] + 30) for one in (circle.lead, budi, dewi)))
    for one in circle.everybody:
        assert [came for came in one.handset.heard if came.tag == 1 and came.at > ended + SILENT] == []
        assert lines(one, 2) <= {1}

    # The lane is free again, for somebody else.
    await joins(dewi, 3)
    await asyncio.gather(*(one.handset.hears(3, 10) for one in (circle.lead, budi, citra)))
    assert (lines(budi, 3), lines(citra, 3), lines(dewi, 3)) == ({0}, {0}, set())


async def test_both_end_when_the_room_stands_still(circle: Circle) -> None:
    budi, citra, dewi = circle.guests
    await joins(budi, 1)
    await joins(citra, 2)
    await asyncio.gather(dewi.handset.hears(1, 5), dewi.handset.hears(2, 5))
    await circle.lead.person.do("pause-room")
    ended, before = clock(), budi.handset.said[1][-1].number
    await budi.handset.says(25)  # and the other as much
    await asyncio.gather(*(each.handset.says(5) for each in (budi, citra)))
    assert budi.handset.said[1][-1].number >= before + 25
    for one in circle.everybody:
        assert [came for came in one.handset.heard if came.at > ended + SILENT] == []


async def test_who_offered_one_line_hears_one_voice_and_the_next_when_it_is_quiet(circle: Circle) -> None:
    """A page from before, or one that has not yet made its way anew."""
    budi, citra, dewi = circle.guests
    former, dewi.handset = dewi.handset, await sound(dewi.person, circle.certificate)
    await former.lost.wait()
    await joins(budi, 1)
    await dewi.handset.hears(1, 10)
    await joins(citra, 2)
    await circle.lead.handset.hears(2, 25)
    assert dewi.handset.count(2) == 0
    budi.handset.hush()
    await dewi.handset.hears(2, 10)
    budi.handset.talk(1)
    await circle.lead.handset.hears(1, circle.lead.handset.count(1) + 25)
    between = [came.tag for came in dewi.handset.heard]
    assert between == sorted(between)  # one after the other: whoever has the one line keeps it
    assert lines(circle.lead, 1) | lines(circle.lead, 2) == {0, 1}
    await former.close()
