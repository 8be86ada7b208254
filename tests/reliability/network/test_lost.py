"""Connections are lost, and nobody is told: whoever was in the room has everything, and has not spoken unawares.

The times are printed (`pytest -s`); what is asserted of them is that the others see it within 15 s.
"""

import asyncio
import time

from tests.browser.relay_udp import Line
from tests.reliability.network.evening import Evening

SEEN = 15.0  # seconds until everybody else sees that somebody is reconnecting


async def test_half_open(evening: Evening, line: Line) -> None:
    """Something in between has forgotten the connections; both ends believe in them. What was said into it is lost, and
    never sent again by itself."""
    line.fall_silent()
    await evening.next.presses_large("Lower hand")
    await missed(evening)
    await back(evening)
    evening.have_sent(evening.next, "lower-hand")
    await evening.have_everything()


async def test_another_address(evening: Evening, line: Line) -> None:
    """From one network to another: commands and sound come from somewhere else, and of the old way nobody hears."""
    line.move("127.0.0.2")
    await missed(evening)
    await back(evening)
    await evening.have_everything()


async def test_a_black_hole_of_half_a_minute(evening: Evening, line: Line) -> None:
    """Whoever dials into it gets through only when TCP asks again, unless the page dials anew."""
    begun = time.monotonic()
    line.black_hole()
    await missed(evening)
    await evening.next.sees("You are offline.")
    await asyncio.sleep(begun + 30 - time.monotonic())
    line.heal()
    await back(evening)
    await evening.have_everything()


async def missed(evening: Evening) -> None:
    after = await evening.are_missed()
    print("missed after", *[f"{each:.1f} s" for each in after])
    assert max(after) < SEEN


async def back(evening: Evening) -> None:
    print("back after", *[f"{each:.2f} s" for each in await evening.are_back()])
