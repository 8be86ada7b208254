"""The server goes, and is there again: killed, or stopped for a restart. Nobody loses anything."""

import asyncio
import time

import pytest

from tests.browser.relay_udp import Line
from tests.reliability.network.evening import Evening, Machine, connected


@pytest.mark.parametrize("how", ["killed", "stopped"])
async def test_the_server_is_gone_and_back(how: str, evening: Evening, machine: Machine) -> None:
    begun = time.monotonic()
    if how == "killed":
        await asyncio.to_thread(machine.now.kill)  # the network is in this process, and goes on
    else:
        machine.now.terminate()
        await asyncio.to_thread(machine.now.end)
    print(f"gone after {time.monotonic() - begun:.2f} s")
    for person in evening.people:
        await connected(person, is_on=False)
    await asyncio.to_thread(machine.start)
    print(f"away for {time.monotonic() - begun:.2f} s")
    await evening.lead_comes_back(machine.now)
    print("back after", *[f"{each:.2f} s" for each in await evening.are_back()])
    await evening.have_everything()


async def test_a_slow_network_that_loses_much(evening: Evening, line: Line) -> None:
    """200 ms more or less, each way, and 5 % lost, for longer than anybody waits for a sign of life: it is no reason to
    be taken for gone, each command is done once, and sound goes on."""
    line.delay, line.jitter, line.loss = 0.2, 0.08, 0.05
    line.air.delay, line.air.loss = 0.2, 0.05
    until = time.monotonic() + 15
    asked = 0
    while time.monotonic() < until:
        await evening.next.presses_large("Lower hand")
        await evening.next.presses_large("Raise hand")
        await evening.next.large_says("Lower hand", "you are next")
        asked += 2
    evening.have_sent(evening.next, *["lower-hand", "raise-hand"] * (asked // 2))
    assert evening.lead.view["queue"] == [f"h{asked // 2 + 2}"], "some hand went up twice"
    absent = [patch for patch in evening.lead.frames("patch") if away(patch["patch"])]
    assert absent == [], "somebody was taken for gone"
    line.swallow()  # for a moment: TCP sends it again, the page does not
    await evening.next.presses_large("Lower hand")
    await asyncio.sleep(2)
    line.heal()
    await evening.lead.until(lambda me: me.view["queue"] == [])
    await evening.next.large_says("Raise hand")
    evening.have_sent(evening.next, "lower-hand")
    await evening.speaker.large_says(evening.speaker.word("button-finish"))


def away(patch: object) -> bool:
    people = patch.get("people", {}) if isinstance(patch, dict) else {}
    return any(one.get("present") is False for one in people.values())
