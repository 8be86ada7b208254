"""Firefox and Chromium in one room: each hears the other, from a microphone to a loudspeaker.

And what people with Firefox read when no microphone is to be had: one sentence, and the room goes on.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser import hearing, tones
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.firefox import ASK, DENY, NO_PLACE, Firefox, FirefoxVisitor, firefox
from tests.browser.firefox_sound import Heard, SoundCard, sound_card
from tests.browser.scripted import PATIENCE
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room

ADAS, SITIS = 2, 1  # their voices
CLEAR = 0.97  # of what is heard is one voice
# How many will hear, as the large button says it.
HEARERS = "(count) => Number(/\\d+/.exec(document.querySelector('#large small')?.textContent)?.[0]) === count"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def card() -> AsyncIterator[SoundCard]:
    async with sound_card(SITIS) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fox(card: SoundCard, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Firefox]:
    async with firefox(tmp_path_factory.mktemp("firefox"), card.place) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def talking(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A Chromium with a microphone."""
    voice = tones.write(tmp_path_factory.mktemp("voice"), ADAS)
    fake = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={voice}")
    flags = [*FLAGS, *fake, "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def room(home: House) -> Room:
    return await home.room(format="still")


@pytest_asyncio.fixture(loop_scope="session")
async def ada(talking: Browser, origin: str, room: Room) -> AsyncIterator[Visitor]:
    """Leads the circle, with Chromium; it is open."""
    visitor = await Visitor.with_browser(talking, origin, "Ada", "en", "desktop")
    await hearing.observed(visitor)
    await visitor.comes(room.links["facilitator"], "voice")
    await visitor.presses_large(visitor.word("button-open"))
    yield visitor
    await visitor.context.close()
    assert visitor.noise == []


@pytest_asyncio.fixture(loop_scope="session")
async def lead(home: House, room: Room) -> Person:
    """Leads the circle without a browser; it is open."""
    person = await home.leading(room, "Wulan")
    await person.do("open-meeting")
    return person


async def lets_in(lead: Person, siti: FirefoxVisitor) -> None:
    await lead.do("admit", seat=await lead.until(lambda me: next(iter(me.view["waiting"]), None)))
    await siti.is_in()


async def plays_only(card: SoundCard, voice: int) -> None:
    """Until this voice comes out of the loudspeaker without a break, and no other."""
    async with asyncio.timeout(PATIENCE):
        while (heard := await card.plays(0.5)).sounding < 1 or heard.shares[voice] < CLEAR:
            pass


async def plays_nothing(card: SoundCard) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await card.plays(0.5)).sounding:
            pass


async def is_let_go(card: SoundCard) -> None:
    """Until no program has the microphone."""
    async with asyncio.timeout(PATIENCE):
        while await card.listened_to():
            await asyncio.sleep(0.05)


async def test_each_hears_the_other(fox: Firefox, origin: str, room: Room, ada: Visitor, card: SoundCard) -> None:
    async with fox.visitor(origin, "Siti") as siti:
        await siti.comes_to_sound(room.links["participant"])
        await siti.goes_to_the_door("voice")
        await ada.presses(f"{ada.word('door-admit')} Siti")
        await siti.is_in()

        await siti.presses_large(siti.word("button-raise"))
        await siti.large_says(siti.word("button-start"))
        await siti.until(HEARERS, 1)
        assert not await card.listened_to()
        await siti.presses_large(siti.word("button-start"))
        await siti.sees(siti.word("mic-open"))
        await hearing.hears(ada, SITIS)
        assert await card.plays(0.5) == Heard(0, (0, 0, 0, 0))  # nobody hears their own voice
        await siti.pictured("-speaks")
        await siti.presses_large(siti.word("button-finish"))
        await siti.sees(siti.word("mic-closed"))
        await hearing.hears_nothing(ada)
        await is_let_go(card)
        before = await hearing.heard(ada)

        await ada.presses_large(ada.word("button-raise"))
        await ada.presses_large(ada.word("button-start"))
        await plays_only(card, ADAS)
        assert (await hearing.heard(ada)).since(before).packets == 0
        await ada.presses_large(ada.word("button-finish"))
        await plays_nothing(card)
        received = await siti.received()
        assert received > 20
        assert await card.plays(1) == Heard(0, (0, 0, 0, 0))
        assert await siti.received() == received


async def test_the_check_on_the_way_in(fox: Firefox, origin: str, room: Room, lead: Person, card: SoundCard) -> None:
    """A meter that moves, a tone; then the microphone is let go, and a listener never gives it."""
    async with fox.visitor(origin, "Siti") as siti:
        await siti.comes_to_sound(room.links["participant"])
        await siti.chooses(siti.word("sound-way-voice"))
        assert not await card.listened_to()
        await siti.presses(siti.word("sound-try"))
        await siti.sees(siti.word("sound-clear"))
        assert await card.listened_to()
        await siti.pictured("-tries")
        assert (await card.plays(0.5)).sounding == 0
        heard, _ = await asyncio.gather(card.plays(3), siti.presses(siti.word("sound-tone")))
        assert heard.sounding > 0.1
        await siti.goes_to_the_door("listen")
        await is_let_go(card)
        await lets_in(lead, siti)


async def test_after_a_reload_one_tap_lets_it_sound(
    fox: Firefox, origin: str, room: Room, ada: Visitor, card: SoundCard
) -> None:
    """Firefox plays nothing on a page that was neither touched nor given a microphone for good."""
    async with fox.microphone(ASK), fox.visitor(origin, "Siti") as siti:
        await siti.comes_to_sound(room.links["participant"])
        await siti.goes_to_the_door("listen")
        await ada.presses(f"{ada.word('door-admit')} Siti")
        await siti.is_in()
        await ada.presses_large(ada.word("button-raise"))
        await ada.presses_large(ada.word("button-start"))
        await plays_only(card, ADAS)
        await siti.reloads()
        await siti.is_in()
        await siti.sees(siti.word("sound-sleeps"))
        assert (await card.plays(0.5)).sounding == 0
        await siti.pictured("-sleeps")
        await siti.presses(siti.word("sound-wake"))
        await plays_only(card, ADAS)


async def test_without_permission_the_room_goes_on(
    fox: Firefox, origin: str, room: Room, lead: Person, card: SoundCard
) -> None:
    async with fox.microphone(DENY), fox.visitor(origin, "Siti", "id") as siti:
        await goes_on(siti, room, lead, "sound-denied")
        assert not await card.listened_to()


async def test_without_a_sound_device_the_room_goes_on(origin: str, room: Room, lead: Person, tmp_path: Path) -> None:
    async with firefox(tmp_path, NO_PLACE) as browser, browser.visitor(origin, "Siti") as siti:
        await goes_on(siti, room, lead, "sound-no-microphone")


async def goes_on(siti: FirefoxVisitor, room: Room, lead: Person, trouble: str) -> None:
    """Whoever cannot have a microphone reads why, comes in with a voice all the same, and has a turn like others."""
    await siti.comes_to_sound(room.links["participant"])
    await siti.chooses(siti.word("sound-way-voice"))
    await siti.presses(siti.word("sound-try"))
    await siti.sees(siti.word(trouble))
    await siti.pictured(f"-{trouble}")
    await siti.goes_to_the_door("voice")
    await lets_in(lead, siti)
    await siti.presses_large(siti.word("button-raise"))
    await siti.presses_large(siti.word("button-start"))
    await lead.until(speaking)
    await siti.sees(siti.word("mic-trouble"))
    await siti.pictured(f"-{trouble}-turn")
    await siti.presses(siti.word("button-finish"))
    await lead.until(lambda me: not speaking(me))


def speaking(me: Person) -> bool:
    return any(turn["state"] == "speaking" for turn in me.view["turns"].values())
