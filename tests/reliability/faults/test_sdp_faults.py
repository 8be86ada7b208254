"""Offers of sound from people who mean no good, on a real server, beside a room that goes on."""

import asyncio
import random
import re

from server.crowd import BOUNDS
from server.media.sdp import LARGEST
from tests.reliability.faults.beside import an_address, beside, gauges, until
from tests.server.media.test_sdp import CHROMIUM, FIREFOX, PRINT, changed
from tests.server.person import Person
from tests.server.running import House, Room, Running, house

_, AT_ONCE = BOUNDS.offers  # that one seat may make

CANDIDATES = "".join(
    f"a=candidate:{n} 1 udp {n} {address} {1024 + n} typ host\r\n"
    for n in range(300)
    for address in ("10.0.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "a-b-c.local", "evil.example")
)
BAD: dict[str, object] = {
    "nothing": "",
    "no text": 5,
    "bytes": b"v=0\r\n",
    "17 KiB": CHROMIUM + "a=x\r\n" * (17 * 1024 // 5),
    "as large as a frame": "x" * 60_000,
    "binary": "\x00\x01\x02\xff" * 100,
    "a lone word": "hello",
    "video": CHROMIUM + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
    "data": CHROMIUM + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
    "only video": changed("^m=audio", "m=video"),
    "no fingerprint": changed("^a=fingerprint.*\r\n", ""),
    "half a fingerprint": changed(PRINT, PRINT[:40]),
    "two fingerprints": CHROMIUM + f"a=fingerprint:sha-256 {PRINT.replace('A3', 'A4')}\r\n",
    "an old digest": changed("sha-256", "md5"),
    "no password": changed("^a=ice-pwd.*\r\n", ""),
    "a short password": changed("Tuqvonej7", "T"),
    "many candidates": (CHROMIUM + CANDIDATES)[: LARGEST + 1],
}


async def offered(person: Person, sdp: object) -> str:
    """The code; empty when it was answered."""
    answer = await person.emit("signal", {"type": "offer", "sdp": sdp})
    return str(answer.get("code", ""))


async def test_offers_that_are_none(server: Running) -> None:
    """Empty, too large, binary, video, data, fingerprints: one code each, and nothing is made for them."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        kinds = list(BAD)
        for start in range(0, len(kinds), AT_ONCE):
            person = await home.seated(room, eka, "Gita")
            for kind in kinds[start : start + AT_ONCE]:
                assert await offered(person, BAD[kind]) == "malformed", kind
            await person.do("leave")
        assert (await gauges(home))["lingkar_peers"] == 0


async def test_offers_that_were_bent_by_the_hundred(server: Running) -> None:
    """Lines lost, doubled, cut, and bytes changed: answered or refused with a code; what was answered and never used
    goes with the person."""
    chance = random.Random(20)
    async with beside(server, growth=48) as home:
        room, (eka,) = await home.meeting("Eka")
        codes = await asyncio.gather(*(bent(home, room, eka, chance.randrange(2**32)) for _ in range(30)))
        assert {code for some in codes for code in some} <= {"", "malformed"}
        assert len(codes) == 30


async def bent(home: House, room: Room, eka: Person, seed: int) -> list[str]:
    chance = random.Random(seed)
    person = await home.seated(room, eka, "Gita")
    codes = [await offered(person, bend(chance)) for _ in range(AT_ONCE)]
    await person.pull()
    return codes


def bend(chance: random.Random) -> str:
    lines = chance.choice((CHROMIUM, FIREFOX)).splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = lines[at][: chance.randrange(len(lines[at]))]
            case _:
                lines[at] = re.sub(r"\w", lambda _: chr(chance.randrange(32, 127)), lines[at], count=3)
    return "".join(lines)


async def test_twenty_offers_in_a_second(server: Running) -> None:
    """Eight are heard, the others are too fast; one way of sound at most is left, and none when the person goes."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        person = await home.seated(room, eka, "Gita")
        codes = await asyncio.gather(*(offered(person, CHROMIUM) for _ in range(20)))
        assert codes[:AT_ONCE] == [""] * AT_ONCE
        assert set(codes) == {"", "too-fast"} and codes.count("too-fast") > 20 - 2 * AT_ONCE
        assert (await gauges(home))["lingkar_peers"] <= 2
        await person.do("raise-hand")
        await person.pull()
        async with asyncio.timeout(20):
            while (await gauges(home))["lingkar_peers"]:
                await asyncio.sleep(0.1)


async def test_offers_from_people_who_are_not_in(server: Running) -> None:
    """At the door there is no sound, whatever is offered."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        async with house(server, an_address()) as elsewhere:
            waiting = await elsewhere.waiting(room, "Gita")
            assert await offered(waiting, CHROMIUM) in ("not-admitted", "not-agreed")
            await waiting.tell("signal", {"type": "offer", "sdp": CHROMIUM})  # nobody could be told the answer
            await waiting.tell("signal", {"type": "candidate", "candidate": "candidate:1 1 udp 1 10.0.0.1 9 typ host"})
            assert await waiting.emit("signal", {"type": "restarting"}) == {"ok": False, "code": "malformed"}
        await until(lambda: not any(one.get("present") for one in eka.view["waiting"].values()))
        assert (await gauges(home))["lingkar_peers"] == 0
