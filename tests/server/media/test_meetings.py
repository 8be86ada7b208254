"""A whole server and its people: sound follows the meeting, and the meeting never waits for sound."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.crowd import BOUNDS
from server.media.private import new_certificate
from tests.server.media.circles import HURRIED, LOOPBACK, Circle, Guest, audio, floor, health, sound, sounding
from tests.server.media.handset import Handset
from tests.server.media.hurried import QUICK
from tests.server.media.voices import Heard, Voice
from tests.server.person import Person
from tests.server.running import House, Running, held, house, running

SILENT = 0.2  # seconds after which nothing more may come
ROUNDS = 3


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with sounding(tmp_path / "data") as found:
        yield found


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
    answers = [(await ada.emit("signal", bad[0]))["code"] for _ in range(2 * BOUNDS.offers[1])]
    assert "too-fast" in answers
    again = await home.person().come_back(ada)  # a new connection is no new budget
    assert "too-fast" in [(await again.emit("signal", bad[0]))["code"] for _ in range(BOUNDS.offers[1])]
    ada = again
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


# The disk decides when somebody is heard, never when nobody is


async def circles(home: House, count: int, form: str = "simple") -> list[Circle]:
    """Each with somebody to lead and somebody to speak."""
    certificate = new_certificate()
    found = [Circle(home, await home.room(format=form), certificate) for _ in range(count)]
    return list(await asyncio.gather(*(circle.gather("Budi") for circle in found)))


async def gone(*all_circles: Circle) -> None:
    await asyncio.gather(*(guest.handset.close() for circle in all_circles for guest in circle.everybody))


async def offered(person: Person) -> str:
    await person.do("raise-hand")
    return str(await person.until(lambda me: me.you.get("turn")))


async def test_nobody_is_heard_before_their_turn_is_durable(tmp_path: Path) -> None:
    """Not a packet of what was said until then comes later, and everything comes that is said from the answer on."""
    async with sounding(tmp_path / "data", command=HURRIED) as home:
        rooms = await circles(home, 5, QUICK)
        for tag in range(ROUNDS):
            await slow_start(home, rooms, tag)
        await gone(*rooms)


async def slow_start(home: House, rooms: list[Circle], tag: int) -> None:
    clock = asyncio.get_running_loop().time
    speakers = [circle.guests[0] for circle in rooms]
    turns = await asyncio.gather(*(offered(one.person) for one in speakers))
    with held(home.data):
        answers = [asyncio.create_task(answered(one, turn)) for one, turn in zip(speakers, turns, strict=True)]
        for one in speakers:
            one.handset.talk(tag)
        await asyncio.gather(*(one.handset.says(25) for one in speakers))
        waited = [len(circle.lead.handset.numbers(tag)) for circle in rooms]
        assert (waited, [answer.done() for answer in answers]) == ([0] * len(rooms), [False] * len(rooms))
        released = clock()
    await asyncio.gather(*answers)
    await asyncio.gather(*(one.handset.says(15) for one in speakers))
    for circle, one, turn, answer in zip(rooms, speakers, turns, answers, strict=True):
        one.handset.hush()
        said = one.handset.said[tag]
        await circle.lead.handset.comes(tag, said[-1].number)
        came = circle.lead.handset.numbers(tag)
        assert not came & {packet.number for packet in said if packet.at < released}
        assert came >= {packet.number for packet in said if packet.at > answer.result()}
        await one.person.do("finish-turn", turn=turn)


async def answered(guest: Guest, turn: str) -> float:
    """Start; when the answer came."""
    await guest.person.do("accept-floor", turn=turn)
    return asyncio.get_running_loop().time()


async def test_who_is_done_is_not_heard_though_the_disk_is_slow(tmp_path: Path) -> None:
    async with sounding(tmp_path / "data", command=HURRIED) as home:
        rooms = await circles(home, 6, QUICK)
        speakers = [circle.guests[0] for circle in rooms]
        turns = await asyncio.gather(*(floor(one.person) for one in speakers))
        for one in speakers:
            one.handset.talk(1)
        await asyncio.gather(*(circle.lead.handset.hears(1, 3) for circle in rooms))
        with held(home.data):
            ways = zip(rooms, speakers, turns, ("finish", "end", "pause", "remove", "leave", "bell"), strict=True)
            answers = [asyncio.create_task(ended(circle, one, turn, how)) for circle, one, turn, how in ways]
            await asyncio.sleep(SILENT)  # that long it may take
            assert await health(home) == "on"  # and the server has been awake since
            for one in speakers:
                one.handset.talk(2)
            await asyncio.gather(*(one.handset.says(25) for one in speakers))
            assert [answer.done() for answer in answers] == [False] * len(rooms)
        await asyncio.gather(*answers)
        await asyncio.gather(*(one.handset.says(25) for one in speakers))
        assert [circle.lead.handset.count(2) for circle in rooms] == [0] * len(rooms)
        await gone(*rooms)


async def ended(circle: Circle, who: Guest, turn: str, how: str) -> None:
    match how:
        case "finish":
            await who.person.do("finish-turn", turn=turn)
        case "end" | "pause":
            await circle.lead.person.do(f"{how}-turn", turn=turn)
        case "remove":
            await circle.lead.person.do("remove", seat=who.seat, reason="enough")
        case "leave":
            await who.person.do("leave")
        case "bell":
            await circle.lead.person.do("ring-bell")


async def test_a_start_that_could_not_be_stored_is_not_heard(home: House) -> None:
    [circle] = await circles(home, 1)
    speaker = circle.guests[0]
    turn = await offered(speaker.person)
    speaker.handset.talk(1)
    with home.server.full_disk():
        answer = await speaker.person.ask("accept-floor", turn=turn)
        assert answer == {"ok": False, "code": "not-now"}
        await speaker.handset.says(25)
    assert circle.lead.handset.heard == []
    await speaker.person.do("accept-floor", turn=turn)
    await circle.lead.handset.hears(1, 5)
    with home.server.full_disk():  # nor is an end that could not be: the turn goes on, for everybody
        answer = await speaker.person.ask("finish-turn", turn=turn)
        assert answer == {"ok": False, "code": "not-now"}
        speaker.handset.talk(2)
        await circle.lead.handset.hears(2, 5)
    await gone(circle)


# A server that died


async def test_after_a_kill_nobody_is_heard_until_they_offer_anew_and_their_turn_goes_on(tmp_path: Path) -> None:
    """On the same port, to which the former handsets go on sending."""
    async with sounding(tmp_path / "data") as home:
        rooms = await circles(home, 2)
        speakers = [circle.guests[0] for circle in rooms]
        turns = await asyncio.gather(*(floor(one.person) for one in speakers))
        for one in speakers:
            one.handset.talk(1)
        await asyncio.gather(*(circle.lead.handset.hears(1, 3) for circle in rooms))
        home.server.kill()
        home.server = Running(home.data, *LOOPBACK, "--media-port", str(speakers[0].handset.far.port))
        await audio(home, "on")
        await asyncio.gather(
            after_a_kill(home, rooms[0], turns[0], True), after_a_kill(home, rooms[1], turns[1], False)
        )
        await gone(*rooms)


async def after_a_kill(home: House, before: Circle, turn: str, turn_first: bool) -> None:
    """The turn goes on before the speaker has sound again, or the other way round."""
    former = before.guests[0]
    former.handset.talk(2)
    lead, speaker = [await home.person().come_back(one.person) for one in (before.lead, former)]
    assert lead.view["turns"][turn]["state"] == "paused"
    listens = await sound(lead)
    assert listens.far == former.handset.far
    await former.handset.says(25)
    if turn_first:
        await speaker.do("resume-turn", turn=turn)
        await former.handset.says(25)
        assert listens.heard == []
        now = await sound(speaker)
    else:
        now = await sound(speaker)
        now.talk(3)
        await now.says(25)
        assert listens.heard == []
        await speaker.do("resume-turn", turn=turn)
    now.talk(4)
    await listens.hears(4, 10)
    assert listens.count(2) == 0
    await asyncio.gather(listens.close(), now.close())


# A server that is to have no sound


@pytest.mark.parametrize(("flags", "env"), [(["--audio", "off"], {}), ([], {"LINGKAR_AUDIO": "off"})])
async def test_sound_can_be_switched_off(tmp_path: Path, flags: list[str], env: dict[str, str]) -> None:
    with running(tmp_path / "data", *LOOPBACK, *flags, env=env) as server:
        async with house(server) as found:
            assert await health(found) == "off"
            _, (ada, *_) = await found.meeting("Ada")
            handset = Handset()
            answer = await ada.emit("signal", {"type": "offer", "sdp": handset.offer})
            assert answer == {"ok": False, "code": "no-audio"}
            await handset.close()
            assert udp_sockets(server.pid) == 0
            assert "there is no sound" not in server.said  # nobody is surprised
            assert (await ada.ask("raise-hand"))["ok"]


async def test_sound_has_one_port(home: House) -> None:
    assert udp_sockets(home.server.pid) == 1


def udp_sockets(pid: int) -> int:
    """Of this process."""
    tables = [Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("udp", "udp6")]
    udp = {line.split()[9] for table in tables for line in table}
    links = [link.readlink() for link in Path(f"/proc/{pid}/fd").iterdir()]
    return sum(str(link) == f"socket:[{inode}]" for link in links for inode in udp)
