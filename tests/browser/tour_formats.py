"""Formats as those meet them who choose one: on the host page, and on the sheet of those who lead."""

import re
from collections.abc import AsyncIterator

from tests.browser.relay import Relay
from tests.browser.visitor import Visitor
from tests.server.running import House

States = AsyncIterator[str]


async def hosting_formats(home: House, visitor: Visitor, network: Relay) -> States:
    """A room is made with a copy of a format, which does not fit at first."""
    for old in (await home.api("GET", "/api/rooms"))[1]["rooms"]:
        await home.api("DELETE", f"/api/rooms/{old['id']}")
    await visitor.opens(f"{network.url}/host#{home.server.token}")
    await visitor.heading(visitor.word("host-title"))
    await visitor.presses(visitor.word("host-new"))
    await visitor.chooses(visitor.word("format-council"))
    council = visitor.word("format-council")
    await visitor.presses(f"{visitor.word('edit-copy')} {council}")
    await visitor.hears(visitor.word("edit-copied", name=council))
    await _unfolds(visitor, "phase-round", "edit-floor-round")
    yield "copied"
    await visitor.presses(visitor.word("edit-remove", name=visitor.word("phase-silence")))
    await visitor.writes(visitor.word("edit-turn"), "soon")
    await visitor.presses(visitor.word("host-new-go"))
    await visitor.sees(visitor.word("edit-wrong-number"))
    yield "does-not-fit"
    await visitor.writes(visitor.word("edit-turn"), "3")
    await visitor.writes(visitor.word("host-new-title"), "Kamis")
    await visitor.presses(visitor.word("host-new-go"))
    await visitor.heading("Kamis")
    await visitor.presses(visitor.word("host-section-links"))
    await visitor.presses(visitor.word("host-section-format"))
    await visitor.sees(visitor.word("host-format-save"))
    yield "of-a-room"


async def leading_formats(home: House, visitor: Visitor, network: Relay) -> States:
    """In the room, before the meeting begins and while it is under way."""
    made = await home.room("Lingkar Rabu", format="still")
    await visitor.comes(made.links["facilitator"])
    await visitor.is_in()
    await visitor.presses(visitor.word("agenda-tab"))
    await visitor.presses(visitor.word("lead-format"))
    await visitor.sees(visitor.word("edit-room-same"))
    yield "sheet"
    await visitor.chooses(visitor.word("format-support-circle"))
    await visitor.sees(visitor.word("edit-room-doors", name=visitor.word("phase-opening")))
    await visitor.presses(f"{visitor.word('edit-copy')} {visitor.word('format-support-circle')}")
    await _unfolds(visitor, "phase-sharing", "edit-floor-queue")
    yield "sheet-editing"
    await visitor.writes(visitor.word("edit-turn"), "0:20")
    await visitor.presses(visitor.word("edit-room-save"))
    await visitor.sees(visitor.word("refused-bad-format"))
    yield "sheet-does-not-fit"


async def _unfolds(visitor: Visitor, phase: str, floor: str) -> None:
    await visitor.presses(re.compile(rf"^\d+\. {visitor.word(phase)} {visitor.word(floor)}"))
