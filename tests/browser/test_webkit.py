"""A whole visit with the engine of Safari, without sound: in by the link, a turn, out again; and the host page."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.browser.webkit import Webkit, WebkitVisitor, webkit
from tests.server.person import Person
from tests.server.running import House, Room

UNFOLDED = "() => document.querySelector('dialog[open] #sheet-title') && !document.getAnimations().length"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Webkit]:
    async with webkit(tmp_path_factory.mktemp("webkit")) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def room(home: House) -> Room:
    return await home.room("Lingkar Rabu", format="still")


async def test_a_whole_visit(engine: Webkit, origin: str, home: House, room: Room) -> None:
    lead = await home.leading(room, "Ada")
    await lead.do("open-meeting")
    async with engine.visitor(origin, "Siti") as siti:
        await siti.opens(room.links["participant"])
        await siti.sees(siti.word("join-name-title"))
        await siti.pictured("-name")
        await speaks_indonesian(siti)
        await siti.writes(siti.word("join-name-label"), "Siti")
        await siti.presses(siti.word("join-name-go"))
        await siti.presses(siti.word("join-agree"))
        await siti.sees(siti.word("sound-title"))
        await siti.presses(siti.word("sound-try"))
        await siti.sees(siti.word("sound-no-microphone"))
        await siti.pictured("-sound")
        await siti.goes_to_the_door("silent")
        await siti.pictured("-door")
        await lead.do("admit", seat=await lead.until(lambda me: next(iter(me.view["waiting"]), None)))
        await siti.is_in()

        await siti.presses_large(siti.word("button-raise"))
        await siti.presses_large(siti.word("button-start"))
        await lead.until(lambda me: speaking(me))
        await siti.large_says(siti.word("button-finish"))
        await siti.pictured("-turn")
        await siti.presses_large(siti.word("button-finish"))
        await lead.until(lambda me: not speaking(me))

        await siti.presses(siti.word("menu-open"))
        await siti.until(UNFOLDED)
        await siti.pictured("-menu")
        await siti.presses(siti.word("menu-leave"))
        await siti.presses(siti.word("leave-now"))
        await siti.sees(siti.word("page-left-title"))


def speaking(me: Person) -> bool:
    return any(turn["state"] == "speaking" for turn in me.view["turns"].values())


async def speaks_indonesian(siti: WebkitVisitor) -> None:
    await siti.presses("Indonesia")
    siti.language = "id"
    await siti.sees(siti.word("join-name-title"))


async def test_the_host_page(engine: Webkit, origin: str, home: House, room: Room) -> None:
    async with engine.visitor(origin, "Host", size="desktop") as host:
        await host.opens(f"{origin}/host#{home.server.token}")
        await host.sees(host.word("host-title"), "Lingkar Rabu")
