"""The page's sound in a real browser: the way to the server, and the microphone that only its owner opens.

Asked directly (`static/js/media/index.js`), as taps ask it; what pages show of it is looked at elsewhere. The browser
has a microphone that beeps, or none at all; its network for sound is loopback.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from playwright.async_api import TimeoutError as Late

from tests.browser.conftest import CHROMIUM, FLAGS, QUICK
from tests.browser.relay import beyond
from tests.browser.relay_udp import Line, lines
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room, Running, running

NO_MICROPHONE = (*(flag for flag in FLAGS if "fake-device" not in flag), "--disable-audio-input")
PATIENCE = 30.0  # seconds for what is waited for; it only ends a broken test
CUT = ("net::ERR_", "WebSocket connection")

# What the page's own modules export, as `lingkar`.
REACH = """
async () => {
  const here = document.querySelector('script[type=module]').src.replace(/main\\.js$/, '')
  const parts = await Promise.all(['media/index', 'media/state', 'store'].map((part) => import(`${here}${part}.js`)))
  window.lingkar = Object.assign({}, ...parts)
}
"""
# Every device that the page ever got, every way and every context that it ever made. While `late` is set, a permission
# comes when it is called; a `weary` context never runs, as where there is no sound device.
REMEMBER = """
window.tracks = []
window.links = []
window.contexts = []
if (navigator.mediaDevices) {
  const take = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wish) => {
    if (window.late) await new Promise((resolve) => (window.late = resolve))
    const stream = await take(wish)
    window.tracks.push(...stream.getTracks())
    return stream
  }
}
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...how) {
    super(...how)
    window.links.push(this)
  }
}
window.AudioContext = class extends AudioContext {
  constructor(...how) {
    super(...how)
    window.contexts.push(this)
    if (window.weary) this.suspend()
  }
  resume() {
    return window.weary ? new Promise(() => undefined) : super.resume()
  }
}
"""
NO_DEVICE = "tracks.every((track) => track.readyState === 'ended')"
NOTHING_SENT = """links.every((link) =>
  link.connectionState === 'closed' || link.getSenders().every((sender) => sender.track === null))"""
NO_LINK = "links.every((link) => link.connectionState === 'closed')"
NO_CONTEXT = "contexts.every((context) => context.state === 'closed')"
SENT = """async () => [...(await links.at(-1).getStats()).values()].some(
  (each) => each.type === 'outbound-rtp' && each.packetsSent > 0)"""
ASKED = {
    "expression": f"({REACH})().then(() => lingkar.sound.link.value === 'on' ? lingkar.sound.plays.value : null)",
    "awaitPromise": True,
    "returnByValue": True,
}


async def until(ask: Callable[[], Awaitable[object]], wanted: object) -> None:
    found: object = None
    try:
        async with asyncio.timeout(PATIENCE):
            while (found := await ask()) is not wanted:
                pass
    except TimeoutError:
        raise AssertionError(f"it is {found}, not {wanted}") from None


class Sounding(Visitor):
    """A visitor who is asked about sound."""

    async def calls(self, what: str) -> Any:
        """What a tap would call; it has the rights of one."""
        return await self.page.evaluate(f"lingkar.{what}")

    async def sends(self, type: str, turn: str) -> None:
        assert (await self.calls(f"send({{ type: '{type}', turn: '{turn}' }})"))["ok"]

    async def now(self, signal: str) -> Any:
        return await self.page.evaluate(f"lingkar.sound.{signal}.value")

    async def says(self, **signals: object) -> None:
        """Waits until the page knows this about its sound."""
        for name, value in signals.items():
            try:
                await self.shows(f"lingkar.sound.{name}.value === {json.dumps(value)}")
            except Late:
                raise AssertionError(f"{name} is {await self.now(name)!r}, not {value!r}") from None

    async def shows(self, condition: str, within: float = PATIENCE) -> None:
        await self.page.wait_for_function(f"() => {condition}", timeout=within * 1000)

    async def reaches_in(self) -> None:
        await self.page.evaluate(REACH)
        await self.shows("lingkar.room.phase.value === 'room'")

    async def is_sent(self) -> None:
        """Packets of this voice leave, by the latest way."""
        await until(lambda: self.page.evaluate(SENT), True)

    async def plays(self, wanted: bool) -> None:
        """Waits, and asks without the rights of a tap."""
        page = await self.context.new_cdp_session(self.page)

        async def ask() -> object:
            return (await page.send("Runtime.evaluate", ASKED))["result"].get("value")

        await until(ask, wanted)

    async def turn(self, state: str) -> str:
        """Waits until the floor is in this state; the turn's id."""
        await self.shows(f"lingkar.room.view.value.turns[lingkar.room.view.value.floor]?.state === '{state}'")
        found: str = await self.page.evaluate("lingkar.room.view.value.floor")
        return found

    async def is_offered(self) -> str:
        await self.calls("send({ type: 'raise-hand' })")
        return await self.turn("offered")

    async def speaks(self) -> str:
        """Has the floor and an open microphone; the turn's id."""
        turn = await self.is_offered()
        opened, _ = await asyncio.gather(self.calls("openMicrophone()"), self.sends("accept-floor", turn))
        assert opened, await self.now("trouble")
        await self.says(mic="open")
        return turn


class Place:
    """An open meeting that Ada leads, without a browser; and whoever comes with one."""

    def __init__(self, browser: Browser, room: Room, ada: Person) -> None:
        self.ada = ada
        self._browser, self._room = browser, room
        self._people: list[Sounding] = []

    async def comes(
        self, name: str, way: str, *, before: str = "", allowed: bool = True, asked: bool = True
    ) -> Sounding:
        """`before`: a script that runs before the page's own; `asked`: how they want to be here, on the way in."""
        link = self._room.links["participant"]
        permissions = ["microphone"] if allowed else []
        url = link.partition("/r/")[0]
        who = await Sounding.with_browser(self._browser, url, name, "en", "desktop", permissions=permissions)
        assert isinstance(who, Sounding)
        self._people.append(who)
        await who.context.add_init_script(before + REMEMBER)
        await who.opens(link)
        await who.gives_name()
        await (who.agrees() if asked else who.reads_and_agrees())
        await self.ada.until(lambda me: any(each.get("agreed") for each in me.view["waiting"].values()))
        await self.ada.do("admit", seat=next(iter(self.ada.view["waiting"])))
        await who.is_in()
        await who.reaches_in()
        await who.calls(f"choose('{way}')")
        return who

    async def leave(self) -> None:
        noise = {person.name: person.noise for person in self._people if person.noise}
        for person in self._people:
            await person.context.close()
        assert noise == {}


@asynccontextmanager
async def gathered(house: House, browser: Browser) -> AsyncIterator[Place]:
    room, [ada] = await house.meeting("Ada", format="still")
    place = Place(browser, room, ada)
    yield place
    await place.leave()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def network() -> AsyncIterator[Line]:
    """What lies between the browsers and the server, for commands and for sound."""
    async with lines(1) as [found]:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, network: Line) -> Iterator[Running]:
    flags = ("--public-url", network.url, "--media-address", "127.0.0.1")
    with running(tmp_path_factory.mktemp("lingkar") / "data", *flags, command=QUICK) as found:
        network.target = found.port
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def place(home: House, network: Line, chromium: Browser) -> AsyncIterator[Place]:
    async with gathered(home, chromium) as found:
        yield found
    network.heal()


@pytest_asyncio.fixture(loop_scope="session")
async def bare_place(home: House) -> AsyncIterator[Place]:
    """Where the computer has no microphone."""
    async with async_playwright() as playwright:
        bare = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(NO_MICROPHONE))
        async with gathered(home, bare) as found:
            yield found
        await bare.close()


@asynccontextmanager
async def another(folder: Any, browser: Browser, *flags: str) -> AsyncIterator[Place]:
    """A meeting on a server of its own."""
    async with lines(1) as [network]:
        with running(folder / "data", "--public-url", network.url, *flags, command=QUICK) as server:
            network.target = server.port
            async with beyond(server, network) as house, gathered(house, browser) as place:
                yield place


# The way


async def test_a_way_is_made_and_the_server_says_that_it_hears(place: Place) -> None:
    siti = await place.comes("Siti", "listen")
    await siti.says(server="on", link="on", mic="closed")
    await siti.shows("Object.values(lingkar.room.view.value.people).some((person) => person.hears)")
    assert await siti.page.evaluate("[links.length, tracks.length]") == [1, 0]  # no microphone was asked for
    await siti.calls("choose('silent')")
    await siti.says(link="none")
    await siti.shows(NO_LINK)


async def test_asked_for_again_and_again_the_server_is_never_overrun(place: Place) -> None:
    siti = await place.comes("Siti", "listen")
    await siti.says(link="on")
    for _ in range(12):
        await siti.calls("tryAgain()")
    await siti.shows("links.filter((link) => link.connectionState === 'connected').length === 1")
    await siti.says(link="on")
    assert await siti.page.evaluate("links.length") <= 6


async def test_a_cut_line_closes_the_microphone_and_a_new_way_is_made(place: Place, network: Line) -> None:
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    await siti.speaks()
    network.cut()
    await siti.says(mic="closed", link="none")
    await siti.shows(f"{NO_DEVICE} && {NO_LINK}")
    network.heal()
    await siti.says(link="on")
    await siti.turn("paused")
    assert await siti.now("mic") == "closed"
    assert await siti.page.evaluate("[links.length, tracks.length]") == [2, 1]
    siti.forgives(*CUT)


async def test_a_reload_keeps_how_one_is_here_and_opens_nothing(place: Place) -> None:
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    await siti.speaks()
    await siti.page.reload()
    await siti.is_in()
    await siti.reaches_in()
    await siti.says(way="voice", link="on", mic="closed")
    await siti.turn("paused")
    assert await siti.page.evaluate("tracks.length") == 0


async def test_what_is_lost_is_made_anew_under_an_open_microphone(place: Place, network: Line) -> None:
    """The connection lives all the time; while nobody hears, the page does not say that they do."""
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    await siti.speaks()
    network.air.open = False
    await siti.shows("lingkar.sound.link.value === 'lost'", 20)
    await siti.says(mic="opening")
    network.air.heal()
    await siti.says(link="on", mic="open")
    assert await siti.page.evaluate("[lingkar.room.connection.value, tracks.length]") == ["on", 1]


async def test_without_udp_it_says_so_and_the_room_goes_on(place: Place, network: Line) -> None:
    network.air.open = False
    siti = await place.comes("Siti", "voice")
    await siti.says(link="connecting")
    turn = await siti.is_offered()
    opening = asyncio.create_task(siti.calls("openMicrophone()"))
    await siti.sends("accept-floor", turn)
    await siti.says(mic="opening")
    assert await opening is False
    await siti.says(link="blocked", mic="closed")
    await siti.shows(NO_DEVICE)
    assert await siti.calls("openMicrophone()") is False
    await siti.page.evaluate("window.dispatchEvent(new Event('online'))")
    await siti.shows("links.length === 2")
    assert await siti.now("link") == "blocked"  # nothing flickers while it tries by itself
    network.air.heal()
    await siti.says(link="on")
    assert await siti.now("mic") == "closed"
    assert await siti.calls("openMicrophone()") is True


async def test_a_server_without_sound_is_known_and_left_alone(tmp_path: Any, chromium: Browser) -> None:
    async with another(tmp_path, chromium, "--audio", "off") as place:
        siti = await place.comes("Siti", "voice", asked=False)
        await siti.says(server="off", link="none")
        assert await siti.calls("askServer()") == "off"
        await siti.is_offered()
        assert await siti.calls("openMicrophone()") is False
        await siti.shows(NO_LINK)
        assert await siti.page.evaluate("tracks.length") == 0


# The microphone


async def test_a_page_that_may_not_play_yet_waits_for_any_tap(place: Place) -> None:
    siti = await place.comes("Siti", "listen")
    await siti.says(link="on", plays=True)
    await siti.page.reload()
    await siti.plays(False)
    await siti.page.mouse.click(1, 1)
    await siti.plays(True)


async def test_it_is_tried_out_without_being_heard(place: Place) -> None:
    siti = await place.comes("Siti", "voice")
    assert await siti.calls("tryMicrophone()") is True
    await siti.says(trying=True, mic="closed")
    await siti.shows("lingkar.sound.loudness.value > 0.3")
    await siti.shows("lingkar.sound.microphones.value.length > 2 && lingkar.sound.microphones.value[0].id === ''")
    await siti.calls("chooseMicrophone(lingkar.sound.microphones.value[1].id)")
    await siti.shows("tracks.length === 2 && tracks[0].readyState === 'ended' && tracks[1].readyState === 'live'")
    await siti.shows(NOTHING_SENT)
    await siti.calls("playTone()")
    await siti.calls("stopTrying()")
    await siti.says(trying=False, loudness=0, trouble="")
    await siti.shows(NO_DEVICE)


async def test_it_is_open_from_a_tap_to_the_end_of_the_turn(place: Place) -> None:
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    assert await siti.calls("openMicrophone()") is False  # without a turn there is nothing to open it for
    turn = await siti.speaks()
    await siti.is_sent()
    assert await siti.page.evaluate("links.at(-1).getSenders()[0].track !== tracks[0]")  # what fades is not the device
    await siti.calls("tryAgain()")
    await siti.shows("links.length === 2 && links[0].connectionState === 'closed'")
    await siti.is_sent()
    await siti.says(mic="open")
    await siti.calls("closeMicrophone()")
    assert await siti.now("mic") == "closed"
    await siti.shows(f"{NO_DEVICE} && {NOTHING_SENT}")
    assert await siti.calls("openMicrophone()") is True  # again, while the turn goes on
    await siti.page.evaluate("contexts.at(-1).suspend()")  # what a phone call does: the voice goes around it
    await siti.shows("links.at(-1).getSenders()[0].track === tracks.at(-1)")
    await place.ada.do("end-turn", turn=turn)
    await siti.says(mic="closed", loudness=0)
    await siti.shows(f"{NO_DEVICE} && {NOTHING_SENT}")


async def test_nobody_else_opens_it(place: Place) -> None:
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    turn = await siti.speaks()
    await place.ada.do("pause-turn", turn=turn)
    await siti.shows("lingkar.sound.mic.value === 'closed'", 5)  # at once; what never was heard is given 10 s
    await siti.shows(NO_DEVICE)
    await place.ada.do("resume-turn", turn=turn)
    await siti.turn("speaking")
    await place.ada.do("extend-turn", turn=turn, until=place.ada.view["turns"][turn]["ends_at"] + 60)
    await siti.shows("lingkar.room.view.value.turns[lingkar.room.view.value.floor].ends_at > 1850")
    assert await siti.now("mic") == "closed"
    assert await siti.page.evaluate("tracks.length") == 1
    assert await siti.calls("openMicrophone()") is True
    await siti.calls("choose('listen')")
    await siti.says(mic="closed", link="on")
    await siti.shows(f"{NO_DEVICE} && {NOTHING_SENT}")


async def test_a_permission_that_comes_too_late_opens_nothing(place: Place) -> None:
    siti = await place.comes("Siti", "voice", before="window.late = true;")
    await siti.says(link="on")
    turn = await siti.is_offered()
    opening = asyncio.create_task(siti.calls("openMicrophone()"))
    await siti.sends("accept-floor", turn)
    await siti.says(mic="opening")
    await place.ada.do("end-turn", turn=turn)
    assert await opening is False
    await siti.says(mic="closed")
    await siti.page.evaluate("late()")
    await siti.shows(f"tracks.length === 1 && {NO_DEVICE} && {NOTHING_SENT}")
    assert await siti.now("mic") == "closed"


async def test_a_refused_permission_is_one_word(place: Place) -> None:
    siti = await place.comes("Siti", "voice", allowed=False)
    assert await siti.calls("tryMicrophone()") is False
    await siti.says(trouble="denied", trying=False, link="on")
    await siti.is_offered()
    assert await siti.calls("openMicrophone()") is False
    await siti.says(trouble="denied", mic="closed")


async def test_a_permission_that_is_taken_back_closes_it(place: Place) -> None:
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    await siti.speaks()
    await siti.context.clear_permissions()
    await siti.says(mic="closed", trouble="unplugged")
    await siti.shows(f"{NO_DEVICE} && {NOTHING_SENT}")
    await siti.context.grant_permissions(["microphone"])
    assert await siti.calls("openMicrophone()") is True
    await siti.says(trouble="")


async def test_a_computer_without_a_microphone_says_so(bare_place: Place) -> None:
    siti = await bare_place.comes("Siti", "silent")
    assert await siti.calls("tryMicrophone()") is False
    await siti.says(trouble="no-microphone", trying=False, mic="closed")


async def test_where_nothing_can_fade_the_voice_is_sent_as_it_is(place: Place) -> None:
    siti = await place.comes("Siti", "voice", before="window.weary = true;")
    await siti.says(link="on")
    await siti.speaks()
    await siti.shows("links.at(-1).getSenders()[0].track === tracks[0]")
    await siti.is_sent()


@pytest.mark.parametrize("how", ["leaves", "is removed", "goes to another page"])
async def test_nothing_runs_on_when_it_is_over(how: str, place: Place) -> None:
    siti = await place.comes("Siti", "voice")
    await siti.says(link="on")
    await siti.speaks()
    seat = await siti.page.evaluate("lingkar.room.you.value.seat")
    match how:
        case "leaves":
            await siti.calls("send({ type: 'leave' })")
        case "is removed":
            await place.ada.do("remove", seat=seat, reason="-")
        case _:
            await siti.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    await siti.shows(f"contexts.length > 0 && {NO_DEVICE} && {NO_LINK} && {NO_CONTEXT}")
    await siti.says(mic="closed", link="none", loudness=0)
