"""A server that stops and is back, by itself or by force; a network that is away for a while: how soon people are back.

LINGKAR_DROPS=100  so many drops instead of a few; read what is printed (-s)
"""

import contextlib
import json
import os
import random
import sqlite3
import statistics
import time
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from server.database import DATABASE
from tests.browser.conftest import Meeting, Someone
from tests.browser.relay import Relay
from tests.browser.test_returning import CUT, Restartable
from tests.browser.visitor import Visitor
from tests.conftest import a_seed
from tests.server.running import Running

CALM = "Back in a moment."
LOST = "You are offline."
DROPS = int(os.environ.get("LINGKAR_DROPS", "6"))
LATE = 20.0  # seconds; only a broken page is away for so long


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, network: Relay) -> Iterator[Restartable]:
    found = Restartable(tmp_path_factory.mktemp("lingkar") / "data", network)
    yield found
    found.now.kill()


@pytest.fixture
def server(machine: Restartable) -> Running:
    return machine.now


async def test_a_server_that_restarts_says_so_and_all_is_kept(
    meeting: Meeting, someone: Someone, machine: Restartable
) -> None:
    room, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi")
    cika = await someone("Cika")
    await cika.comes(room.links["participant"])
    await cika.waits_at_the_door()
    await budi.presses_large("Raise hand")
    await budi.presses_large("It’s yours: start")
    await siti.presses_large("Raise hand")
    await siti.large_says("Lower hand", "you are next")
    machine.now.terminate()
    await siti.sees(CALM, "Everything is kept, also your place and your hand.")
    await siti.middle("everything is kept, we are back by ourselves")
    await siti.hears("Back in a moment. Everything is kept.")
    await cika.sees("Back in a moment. Everything is kept.")
    assert machine.now.end() == 0
    await siti.sees(CALM)  # not "offline", as long as it takes
    machine.start()
    await siti.large_says("Lower hand", "you are next")
    await siti.hears("You are connected again.")
    assert not any("lost" in line for line in await siti.heard())
    await cika.sees("A facilitator will open the door for you.")
    await budi.presses_large("Go on with your turn")
    await ada.queue("Siti: in order")
    for person in (ada, siti, budi, cika):
        person.forgives(*CUT)


async def test_a_killed_server_is_a_lost_connection_and_all_is_kept(meeting: Meeting, machine: Restartable) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await siti.large_says("I’m done")  # the server has it
    machine.now.kill()
    await siti.sees(LOST)
    machine.start()
    await siti.presses_large("Go on with your turn")
    await ada.middle("Siti", "is sharing")
    for person in (ada, siti):
        person.forgives(*CUT)


async def test_what_comes_later_says_when_it_cannot_be_fetched(meeting: Meeting, network: Relay) -> None:
    """A sheet that was never opened before, without a network: it says so, and opens when it can."""
    _, [ada, siti] = await meeting("Ada", "Siti")
    network.cut()
    await siti.sees(LOST)
    menu = siti.page.get_by_role("button", name="Menu: people, agreement, settings, leave")
    await siti.tap(menu)
    await siti.sees("This could not be fetched. Check your connection.")
    await expect(siti.page.get_by_role("heading", name="Not fetched")).to_be_focused()
    await siti.hears("This could not be fetched.")
    network.heal()
    await siti.presses("Try again")
    await expect(siti.page.get_by_role("heading", name="Menu", exact=True)).to_be_focused()
    await siti.closes_sheet()
    await expect(menu).to_be_focused()
    for person in (ada, siti):
        person.forgives(*CUT)


KINDS = ["refused", "told", "half-open", *(["black hole"] if DROPS > 6 else [])]


async def lost(person: Visitor) -> None:
    await person.page.get_by_text(LOST).wait_for(timeout=3 * LATE * 1000)


async def back(person: Visitor) -> None:
    await expect(person.page.locator(".notice-place .notice")).to_have_count(0, timeout=LATE * 1000)


async def goes(kind: str, person: Visitor, network: Relay) -> None:
    """The network is away: connections are refused, or the browser knows, or nobody notices, or nothing comes back."""
    if kind == "told":
        await person.context.set_offline(True)
    if kind == "half-open":
        network.fall_silent()
    elif kind == "black hole":
        network.black_hole()
        await lost(person)
    else:
        network.cut()
        await lost(person)


async def comes(kind: str, person: Visitor, network: Relay) -> float:
    """The network is back; so many seconds later this person is, too."""
    began = time.monotonic()
    network.heal()
    if kind == "told":
        await person.context.set_offline(False)
    if (
        kind == "half-open"
    ):  # what a browser says that is in another network now; only then it is looked whether the line lives
        async with person.page.expect_event("websocket"):
            await person.page.evaluate("window.dispatchEvent(new Event('online'))")
    await back(person)
    return time.monotonic() - began


async def test_back_soon_after_the_network_is(meeting: Meeting, network: Relay) -> None:
    """Prints how long it takes; whether that is soon (p95 within 2 s) is read on a machine without other work."""
    _, [ada, siti] = await meeting("Ada", "Siti", format="still")
    walk = random.Random(a_seed())
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for drop in range(DROPS):
        kind = KINDS[drop % len(KINDS)]
        await goes(kind, siti, network)
        await siti.page.wait_for_timeout(walk.uniform(300, 6000))
        took[kind].append(await comes(kind, siti, network))
        await siti.large_says("Raise hand")
        await ada.page.evaluate("window.dispatchEvent(new Event('online'))")
        await ada.sees("2 here")
    for kind, times in took.items():
        p95 = sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
        print(f"{kind}: {len(times)} drops, p50 {statistics.median(times):.2f} s, p95 {p95:.2f} s")
    assert max(time for times in took.values() for time in times) < LATE
    for person in (ada, siti):
        person.forgives(*CUT)


async def test_a_meeting_that_an_update_could_not_take_along_says_so(meeting: Meeting, machine: Restartable) -> None:
    """The link leads to a new one; the facilitator's, too, although it is no longer in the address."""
    _, [ada, siti] = await meeting("Ada", "Siti")
    machine.now.kill()
    with contextlib.closing(sqlite3.connect(machine.data / DATABASE)) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE name GLOB 'meeting_[0-9]*'").fetchall():
            (head,) = db.execute(f"SELECT body FROM {table} WHERE n = -1").fetchone()
            newer = json.dumps(json.loads(head) | {"events": 99}).encode()
            db.execute(f"UPDATE {table} SET body = ? WHERE n = -1", (newer,))
        db.commit()
    machine.start()
    for person in (ada, siti):
        await person.heading("This meeting could not go on")
        await person.sees("The same link leads to a new one.")
        await person.presses("Go to the new meeting")
        await person.heading("Our agreement")
        person.forgives(*CUT)
