"""Sound, from microphone to ear: four browsers, four voices, a real server, and what each of them really hears.

Nothing is told to a page that a tap does not tell it. What is heard is what the page plays, measured; what a page does
with microphone and connections is watched by `js/observer.js`.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import NamedTuple, Protocol

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import hearing
from tests.browser.conftest import pictures
from tests.browser.evenings import evening, phase
from tests.browser.gathering import Circle, Host, Machine
from tests.browser.hearing import Quartet, heard, hears, hears_all, hears_nothing, holds_microphone, quartet
from tests.browser.visitor import PATIENCE, Visitor, Way
from tests.server.person import Person

NAMES = ("Ada", "Budi", "Citra", "Dewi")
A, B, C, D = range(4)  # their voices
CUT = (r"WebSocket connection to .* failed", r"net::ERR_")  # what Chromium itself says when a line breaks


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def four(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Quartet]:
    async with quartet(tmp_path_factory.mktemp("voices")) as found:
        yield found


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, four: Quartet) -> Iterator[Machine]:
    found = Machine(tmp_path_factory.mktemp("lingkar") / "data", four)
    yield found
    if found.now.code is None:
        found.now.kill()


class Gathering(Protocol):
    def __call__(self, *ways: Way, blocked: int = -1, plan: object = "still") -> Awaitable[Circle]: ...


@pytest_asyncio.fixture(loop_scope="session")
async def circle(four: Quartet, machine: Machine) -> AsyncIterator[Gathering]:
    """`room, lead, [ada, budi] = await circle("voice", "listen")`: people who came in by the door, and are heard of."""
    people: list[Visitor] = []
    async with aiohttp.ClientSession() as session:
        host = Host(machine, session, four.url)
        await host.sounds()

        async def gathered(*ways: Way, blocked: int = -1, plan: object = "still") -> Circle:
            room = await host.room(format=plan)
            lead = await host.leading(room, "Wulan")
            await lead.do("open-meeting")
            for name, browser in list(zip(NAMES, four.browsers, strict=True))[: len(ways)]:
                person = await Visitor.with_browser(browser, four.url, name, "en", "phone")
                people.append(person)
                await hearing.observed(person)
            await asyncio.gather(
                *(who.comes(room.links["participant"], way) for who, way in zip(people, ways, strict=True))
            )
            await asyncio.gather(*(_admitted(lead, person) for person in people))
            found = Circle(room, lead, people)
            await found.hear(*(who for voice, who in enumerate(people) if ways[voice] != "silent" and voice != blocked))
            return found

        yield gathered
        for line in four.lines:
            line.heal()
        await pictures(people)
        noise = {person.name: person.noise for person in people if person.noise}
        for person in people:
            await person.context.close()
        assert noise == {}


async def _admitted(lead: Person, person: Visitor) -> None:
    seat = await lead.until(
        lambda me: next((seat for seat, who in me.view["waiting"].items() if who["name"] == person.name), None)
    )
    await lead.do("admit", seat=seat)
    await person.is_in()


async def starts(person: Visitor) -> None:
    """A hand, an offer, a turn with an open microphone."""
    await person.presses_large(person.word("button-raise"))
    await person.presses_large(person.word("button-start"))
    await is_open(person)


async def finishes(person: Visitor) -> None:
    await person.presses_large(person.word("button-finish"))
    await is_closed(person)


async def counts(person: Visitor, hearers: int) -> None:
    """Before they begin, the large button says how many will hear them."""
    before = person.page.locator("#large small")
    await expect(before).to_have_text(re.compile(rf"^opens your microphone, {hearers}\b"))


async def is_open(person: Visitor) -> None:
    """By what the page says, and by the device."""
    await expect(person.page.locator(".stat .live")).to_be_visible()
    await holds_microphone(person, True)


async def is_closed(person: Visitor, patience: float = PATIENCE) -> None:
    await expect(person.page.locator(".stat .live")).to_have_count(0, timeout=patience)
    await holds_microphone(person, False)


async def test_whoever_has_the_floor_is_heard_by_all_and_nobody_else(circle: Gathering) -> None:
    _, _, people = await circle("voice", "voice", "voice", "voice")
    ada, budi, citra, dewi = people
    await shouts(citra)
    await starts(ada)
    await asyncio.gather(*(hears(person, A) for person in (budi, citra, dewi)))
    since, sent = await hearing.now(ada), await hearing.sent(citra)
    await hears_for(1.0, {budi: A, dewi: A}, since)
    assert await hearing.sent(citra) > sent + 40  # her page is not the one that keeps quiet
    await hears_nothing(ada)
    await finishes(ada)
    for person in people:
        await hears_nothing(person)

    await starts(citra)
    await asyncio.gather(*(hears(person, C) for person in (ada, budi, dewi)))
    await hears_for(1.0, {ada: C, budi: C, dewi: C}, await hearing.now(ada))
    await finishes(citra)


async def shouts(person: Visitor) -> None:
    """With a page of their own making: it sends their microphone, whoever has the floor."""
    await person.page.evaluate(
        """async () => {
          const stream = await observed.device({ audio: true })
          await observed.links.at(-1).getSenders()[0].replaceTrack(stream.getAudioTracks()[0])
        }"""
    )


async def hears_for(seconds: float, who: dict[Visitor, int], since: float) -> None:
    """All that came in this time was this voice: others would not have a thousandth of it."""
    for person, voice in who.items():
        await hearing.listens(person, since, seconds)
        shares = await hearing.voices(person, since)
        others = [share for other, share in enumerate(shares) if other != voice]
        assert shares[voice] > 0.98, (person.name, shares)
        assert max(others) < 0.01, (person.name, shares)


class Change(NamedTuple):
    """Of the floor, as a listener heard it."""

    made_up: float  # ms, while there was something to hear
    onset: float  # ms from the light that says *open* until the voice is heard
    clipped: list[int]  # steps after that light that were said before the first one that was heard


async def test_a_change_of_floor_is_not_heard_and_no_word_is_lost(circle: Gathering) -> None:
    """Eight in a row: nothing is made up for the listener, and whoever speaks once the page says that the microphone is
    open is heard from the first sound on. Where a busy machine stumbles, sound does: half of them have to be so."""
    *_, [ada, budi, citra, dewi] = await circle("voice", "voice", "voice", "listen")
    changes = []
    for voice, speaker in [(A, ada), (B, budi), (C, citra)] * 2 + [(A, ada), (B, budi)]:
        before, since = await heard(dewi), await hearing.now(dewi)
        await starts(speaker)
        await hears(dewi, voice)
        opened = await hearing.lit(speaker)
        spoken = [each for each in await hearing.said(speaker, opened) if each.at < opened + 200]
        came = [each for each in await hearing.played(dewi, since) if each.voice == voice]
        await finishes(speaker)
        await hears_nothing(dewi)
        made_up = (await heard(dewi)).since(before).audible_ms
        changes.append(Change(round(made_up, 1), round(came[0].at - opened), hearing.clipped(spoken, came)))
    print(*changes, *[f"connected in {await hearing.connected(each):.0f} ms" for each in (ada, budi, citra)], sep="\n")
    perfect = [change for change in changes if change.made_up <= 0 and not change.clipped]
    assert len(perfect) >= 4, changes


async def test_a_microphone_closes_with_the_turn_and_only_its_owner_opens_it(circle: Gathering) -> None:
    _, lead, [ada, budi] = found = await circle("voice", "listen")
    await starts(ada)
    await hears(budi, A)
    turn = found.turn

    # A pause closes it, and nobody else opens it again.
    await lead.do("pause-turn", turn=turn)
    await is_closed(ada)
    await stands_still(ada, budi)
    await lead.do("resume-turn", turn=turn)
    await ada.large_says(ada.word("button-microphone"))
    await ada.sees(ada.word("mic-closed"))
    await hears_nothing(budi)
    assert await hearing.asked(ada) == 1
    await ada.presses_large(ada.word("button-microphone"))
    await is_open(ada)
    await hears(budi, A)

    # The end of a turn does, whoever ends it.
    await finishes(ada)
    await stands_still(ada, budi)
    await starts(ada)
    await hears(budi, A)
    await lead.do("end-turn", turn=found.turn)
    await is_closed(ada)
    await stands_still(ada, budi)

    # So does a removal.
    await starts(ada)
    await hears(budi, A)
    seat = await found.seat(ada)
    await lead.do("remove", seat=seat, reason="")
    await ada.heading(ada.word("page-removed-title"))
    await is_closed(ada)
    await stands_still(None, budi)
    await found.hear(budi)


async def stands_still(speaker: Visitor | None, listener: Visitor) -> None:
    """Nothing leaves the one, nothing arrives at the other."""
    await hears_nothing(listener)

    async def counts() -> tuple[int, int]:
        return (await hearing.sent(speaker) if speaker else 0), (await heard(listener)).packets

    before, after = None, await counts()
    async with asyncio.timeout(PATIENCE / 1000):
        while after != before:  # what is on its way arrives
            await listener.page.wait_for_timeout(500)
            before, after = after, await counts()


async def test_a_reload_and_a_pulled_plug_bring_everybody_back_closed(circle: Gathering, four: Quartet) -> None:
    _, lead, [ada, budi] = found = await circle("voice", "listen")
    await starts(ada)
    await hears(budi, A)

    await ada.page.reload()
    await ada.large_says(ada.word("button-resume"))
    await found.hear(ada, budi)
    await hears_nothing(budi)
    assert await hearing.asked(ada) == 0
    await ada.presses_large(ada.word("button-resume"))
    await is_open(ada)
    await hears(budi, A)

    # Neither commands nor sound come through, and nobody tells her.
    four.lines[A].swallow()
    await budi.page.get_by_text(budi.word("room-suspended")).first.wait_for(timeout=20_000)
    await hears_nothing(budi)
    await is_closed(ada, 20_000)
    four.lines[A].cut()
    four.lines[A].heal()
    await ada.large_says(ada.word("button-resume"))
    await found.hear(ada, budi)
    await lead.do("resume-turn", turn=found.turn)
    await ada.large_says(ada.word("button-microphone"))
    await is_closed(ada)
    await hears_nothing(budi)
    await ada.presses_large(ada.word("button-microphone"))
    await is_open(ada)
    await hears(budi, A)

    # So does a listener's page; the browser may want a tap before it plays again.
    await budi.page.reload()
    wake = budi.button(budi.word("sound-wake"))
    async with asyncio.timeout(PATIENCE / 1000):
        while not (await wake.is_visible() or await budi.page.evaluate("observed.played() !== undefined")):
            await budi.page.wait_for_timeout(50)
    if await wake.is_visible():
        await budi.tap(wake)
    await hears(budi, A)
    ada.forgives(*CUT)


async def test_sound_goes_on_from_another_address_and_over_a_bad_network(circle: Gathering, four: Quartet) -> None:
    """As with a NAT that forgets: for who speaks, and for who listens. No new connection is made."""
    *_, [ada, budi] = await circle("voice", "listen")
    await starts(ada)
    await hears(budi, A)
    for line in (four.lines[A], four.lines[B]):
        line.air.moves()
        await comes_in(budi, 50)
        await hears(budi, A)
        await is_open(ada)
    four.lines[B].air.delay, four.lines[B].air.loss = 0.1, 0.05
    await comes_in(budi, 100)
    await hears(budi, A)
    assert [await person.page.evaluate("observed.links.length") for person in (ada, budi)] == [1, 1]


async def comes_in(person: Visitor, count: int) -> None:
    """So many packets more."""
    before = (await heard(person)).packets
    async with asyncio.timeout(PATIENCE / 1000):
        while (await heard(person)).packets < before + count:
            await person.page.wait_for_timeout(50)


@pytest.mark.skipif("LINGKAR_LONG" not in os.environ, reason="takes most of a minute: LINGKAR_LONG=1")
async def test_sound_that_is_blocked_in_the_middle_of_a_turn(circle: Gathering, four: Quartet) -> None:
    """She is told so, her microphone closes, the room goes on; by a tap both come back."""
    *_, [ada, budi] = found = await circle("voice", "listen")
    await starts(ada)
    await hears(budi, A)
    four.lines[A].air.open = False
    await hears_nothing(budi)
    await ada.page.get_by_text(ada.word("sound-lost")).wait_for(timeout=30_000)
    await ada.page.get_by_text(ada.word("sound-blocked")).wait_for(timeout=30_000)
    await is_closed(ada)
    await found.hear(budi)
    await budi.middle("Ada", "is sharing")
    four.lines[A].air.heal()
    await ada.presses(ada.word("sound-again"))
    await ada.presses_large(ada.word("button-microphone"))
    await is_open(ada)
    await hears(budi, A)
    await finishes(ada)


async def test_a_killed_server_gives_the_place_back_and_the_microphone_closed(
    circle: Gathering, machine: Machine
) -> None:
    *_, [ada, budi] = await circle("voice", "voice")
    await starts(ada)
    await hears(budi, A)
    await budi.presses_large(budi.word("button-raise"))
    await budi.large_says(budi.word("button-lower"), budi.word("button-lower-next"))
    machine.now.kill()
    await is_closed(ada)
    machine.start()
    await ada.large_says(ada.word("button-resume"))
    await counts(ada, 1)
    await is_closed(ada)
    assert await hearing.asked(ada) == 1
    await budi.large_says(budi.word("button-lower"), budi.word("button-lower-next"))
    await ada.presses_large(ada.word("button-resume"))
    await is_open(ada)
    await hears(budi, A)
    for person in (ada, budi):
        person.forgives(*CUT)


async def test_who_only_listens_or_is_here_without_sound_is_never_asked_for_a_microphone(circle: Gathering) -> None:
    *_, [ada, budi, citra] = await circle("voice", "listen", "silent")
    await starts(ada)
    await hears(budi, A)
    await citra.middle("Ada", "is sharing")
    await finishes(ada)
    for person in (budi, citra):  # a turn is theirs as well
        await person.presses_large(person.word("button-raise"))
        await person.large_says(person.word("button-start"), person.word("button-unheard"))
        await person.presses_large(person.word("button-start"))
        await person.large_says(person.word("button-finish"))
        await person.sees(person.word("stat-unheard"))
        await ada.middle(person.name, "is sharing")
        await person.presses_large(person.word("button-finish"))
    assert [await hearing.asked(person) for person in (ada, budi, citra)] == [1, 0, 0]
    assert await citra.page.evaluate("observed.links.length") == 0


async def test_who_hears_is_counted_as_it_is(circle: Gathering, four: Quartet) -> None:
    """Four people: one is without sound, and sound does not get through the network of another; a room all the same."""
    four.lines[C].air.open = False
    _, lead, [ada, _, citra, dewi] = await circle("voice", "silent", "listen", "listen", blocked=C)
    await ada.presses_large(ada.word("button-raise"))
    await counts(ada, 1)
    await citra.sees(citra.word("sound-blocked"))
    four.lines[C].air.open = True
    await citra.presses(citra.word("sound-again"))
    await counts(ada, 2)
    await ada.presses_large(ada.word("button-start"))
    await asyncio.gather(*(hears(person, A) for person in (citra, dewi)))
    await expect(ada.page.locator(".stat")).to_contain_text(re.compile(r"open2 "))
    await dewi.presses(dewi.word("tool-leave"))
    await dewi.presses("Leave the room")
    await expect(ada.page.locator(".stat")).to_contain_text(re.compile(r"open1 "))
    assert lead.gaps == 0


async def test_a_bell_or_a_question_silences_a_voice_and_gives_it_back_without_a_tap(circle: Gathering) -> None:
    """Her microphone rests; a room that is paused instead closes it, as ever."""
    plan = phase("discussion", breath=4, kinds=["share", "question"], responses="inside", question=600)
    *_, [ada, budi] = found = await circle("voice", "voice", plan=evening(plan))
    await starts(ada)
    await hears(budi, A)
    done = len(ada.sent)
    await budi.presses(budi.word("tool-bell"))
    await ada.sees(ada.word("mic-rests"))
    await hears_nothing(budi)
    await is_open(ada)
    await hears(budi, A)

    await found.lead.do("add-hand", seat=await found.seat(budi), kind="question")
    hand = next(id for id, each in found.lead.view["hands"].items() if each["kind"] == "question")
    await found.lead.do("allow-question", turn=found.turn, hand=hand)
    await budi.presses_large(budi.word("button-start-question"))
    await is_open(budi)
    await hears(ada, B)
    await ada.sees(ada.word("mic-rests"))
    await finishes(budi)
    await is_open(ada)
    await hears(budi, A)
    assert (await hearing.asked(ada), len(ada.sent)) == (1, done)

    await found.lead.do("pause-room")
    await is_closed(ada)
    await found.lead.do("resume-room")
    await ada.presses_large(ada.word("button-resume"))
    await is_open(ada)
    await finishes(ada)


async def test_joining_in_opens_the_microphone_in_an_open_floor(circle: Gathering) -> None:
    plan = evening(phase("open-floor", floor="open", voices=2))
    *_, [ada, budi, citra] = found = await circle("voice", "voice", "listen", plan=plan)
    await counts(ada, 2)
    await ada.presses_large(ada.word("button-join"))
    await is_open(ada)
    await hears(citra, A)
    await budi.presses_large(budi.word("button-join"))
    await is_open(budi)
    await asyncio.gather(hears_all(citra, A, B), hears(ada, B), hears(budi, A))
    for person in (ada, budi):  # both have a ring that moves
        ring = citra.page.locator(f'[data-seat="{await found.seat(person)}"] .voice')
        await expect(ring).not_to_have_attribute("data-step", "0")
    await finishes(ada)
    await asyncio.gather(hears(citra, B), hears(ada, B), hears_nothing(budi))
    await finishes(budi)
    await hears_nothing(citra)


async def test_a_format_with_more_voices_makes_the_way_wider_under_an_open_microphone(circle: Gathering) -> None:
    sharing, talk = phase("sharing"), phase("open-floor", floor="open", voices=3)
    _, lead, [ada, budi] = await circle("voice", "voice", plan=evening(sharing))
    await starts(ada)
    await hears(budi, A)
    answer = await lead.emit("ask", {"type": "set-format", "format": evening(sharing, talk)})
    assert answer["ok"], answer
    for person in (ada, budi):
        await person.page.wait_for_function(
            "() => observed.links.length === 2 && observed.links[1].connectionState === 'connected'", timeout=PATIENCE
        )
        assert await person.page.evaluate("observed.links.map((link) => link.getReceivers().length)") == [1, 3]
    await hears(budi, A)
    await is_open(ada)
    await lead.do("set-phase", phase="open-floor")
    await budi.presses_large(budi.word("button-join"))
    await is_open(budi)
    await asyncio.gather(hears(ada, B), hears(budi, A))
    assert [await hearing.asked(person) for person in (ada, budi)] == [1, 1]
    await asyncio.gather(finishes(ada), finishes(budi))


async def test_a_voice_fades_before_a_turn_that_ends_at_its_moment(circle: Gathering) -> None:
    plan = evening(phase("sharing", turn=10, warning=9, grace=0, ending="hard"))
    *_, [ada, budi] = await circle("voice", "listen", plan=plan)
    await starts(ada)
    await hears(budi, A)
    await is_closed(ada, 30_000)
    loud = await budi.page.evaluate("observed.windows(observed.played()).map(({ at, loud }) => [at, loud])")
    last = max(at for at, how in loud if how > 0.01)
    before = [how for at, how in loud if last - 4500 < at < last - 3500]
    falling = [how for at, how in loud if last - 700 < at <= last]
    assert max(falling) < 0.5 * max(before)
