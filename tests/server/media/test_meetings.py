"""A whole server and its people: sound follows the meeting, and the meeting never waits for sound."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.server.media.voices import Heard, Voice
from tests.server.person import Person
from tests.server.running import House, house, running

SILENT = 0.2  # seconds after which nothing more may come


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    with running(tmp_path / "data", "--media-address", "127.0.0.1") as server:
        async with house(server) as found:
            await audio(found, "on")
            yield found


async def audio(home: House, wanted: str) -> None:
    async with asyncio.timeout(20):
        while await said(home.session, home.server.url) != wanted:
            await asyncio.sleep(0.05)


async def said(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(f"{url}/healthz") as answer:
        return str((await answer.json())["audio"])


async def speaking(person: Person, pitch: int | None = None) -> Voice:
    """The person's browser has sound."""
    voice = Voice(pitch)

    async def ask(sdp: str) -> str:
        answer = await person.emit("signal", {"type": "offer", "sdp": sdp})
        assert answer["ok"], answer
        return str(answer["sdp"])

    await voice.connect(ask)
    return voice


async def turn(person: Person) -> str:
    """Has the floor now; the turn."""
    await person.do("raise-hand")
    offered = await person.until(lambda me: [id for id, it in me.view["turns"].items() if it["seat"] == me.seat])
    await person.do("accept-floor", turn=offered[0])
    return str(offered[0])


def later(voice: Voice, than: float) -> list[Heard]:
    return [packet for packet in voice.heard if packet.at > than + SILENT]


async def test_the_floor_is_heard_and_nobody_else(home: House) -> None:
    _, people = await home.meeting("Ada", "Budi", "Citra")
    ada, budi, citra = people
    voices = [await speaking(ada), await speaking(budi, 440), await speaking(citra, 1760)]
    held = await turn(budi)
    await voices[0].hears(30)
    assert await voices[0].pitch((440, 1760)) == 440
    assert voices[1].heard == []
    await budi.do("finish-turn", turn=held)
    finished = asyncio.get_running_loop().time()
    await asyncio.sleep(3 * SILENT)  # everybody's microphone goes on meanwhile
    assert [later(voice, finished) for voice in voices] == [[], [], []]
    await turn(citra)
    await voices[1].hears(30)
    assert await voices[0].pitch((440, 1760)) == 1760
    await asyncio.gather(*(voice.close() for voice in voices))


@pytest.mark.parametrize("how", ["pause", "end", "remove", "drop", "leave", "close"])
async def test_nothing_is_heard_after(home: House, how: str) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    hears, speaks = await speaking(ada), await speaking(budi, 440)
    held = await turn(budi)
    await hears.hears()
    match how:
        case "pause":
            await ada.do("pause-turn", turn=held)
        case "end":
            await ada.do("end-turn", turn=held)
        case "remove":
            await ada.do("remove", seat=budi.seat, reason="enough")
        case "drop":
            await budi.pull()
            await ada.until(lambda me: not me.view["people"][budi.seat]["present"])
        case "leave":
            await budi.do("leave")
        case "close":
            await ada.do("close-meeting")
    over = asyncio.get_running_loop().time()
    await asyncio.sleep(3 * SILENT)
    assert later(hears, over) == []
    await asyncio.gather(hears.close(), speaks.close())


async def test_somebody_at_the_door_has_no_sound(home: House) -> None:
    room, (ada, *_) = await home.meeting("Ada")
    waiting = await home.waiting(room, "Budi")
    voice = Voice()
    answer = await waiting.emit("signal", {"type": "offer", "sdp": await voice.offer()})
    assert answer == {"ok": False, "code": "not-admitted"}
    await voice.close()
    assert (await ada.ask("raise-hand"))["ok"]


async def test_offers_that_are_none_and_too_many(home: House) -> None:
    _, (ada, *_) = await home.meeting("Ada")
    bad: list[object] = [
        {"type": "offer", "sdp": "v=0"},
        {"type": "offer", "sdp": 5},
        {"type": "offer", "sdp": "x" * 20_000},
        {"type": "answer", "sdp": "v=0"},
        {"sdp": "v=0"},
        None,
    ]
    for data in bad:
        assert await ada.emit("signal", data) == {"ok": False, "code": "malformed"}
    assert await ada.emit("signal", bad[0]) == {"ok": False, "code": "too-fast"}
    assert (await ada.ask("raise-hand"))["ok"]


async def test_another_connection_takes_the_sound_with_it(home: House) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    former, speaks = await speaking(ada), await speaking(budi, 440)
    await turn(budi)
    await former.hears()
    again = await home.person().come_back(ada)
    moved = asyncio.get_running_loop().time()
    now = await speaking(again)
    await now.hears()
    assert later(former, moved) == []
    await asyncio.gather(former.close(), now.close(), speaks.close())


async def test_a_server_without_sound_goes_on(tmp_path: Path) -> None:
    """Its port is taken; it says so, in one line, and people meet."""
    with running(tmp_path / "one", "--media-address", "127.0.0.1", "--media-port", "0") as first:
        async with house(first) as found:
            await audio(found, "on")
            _, (ada, *_) = await found.meeting("Ada")
            voice = Voice()
            answer = await ada.emit("signal", {"type": "offer", "sdp": await voice.offer()})
            port = next(line.split()[5] for line in answer["sdp"].splitlines() if line.startswith("a=candidate"))
            await voice.close()
        with running(tmp_path / "two", "--media-address", "127.0.0.1", "--media-port", port) as second:
            async with house(second) as found:
                await audio(found, "off")
                _, (ada, *_) = await found.meeting("Ada")
                answer = await ada.emit("signal", {"type": "offer", "sdp": "v=0"})
                assert answer == {"ok": False, "code": "no-audio"}
                assert (await ada.ask("raise-hand"))["ok"]
            assert "there is no sound: the media port could not be bound" in second.said
