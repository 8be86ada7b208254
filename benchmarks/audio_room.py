"""A room of ours with sound: real people over Socket.IO, one of whom has the floor, their media ends in the load."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import msgpack

from benchmarks.audio_load import Hired
from benchmarks.audio_peer import HOST, LEVEL_ID, OPUS
from benchmarks.crowd import Crowd, Member
from benchmarks.served import Room, admit, entry, room

STARTING = 15.0  # seconds until there has to be sound
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"


class Person(Member):
    """Somebody who can make an offer."""

    async def offer(self, sdp: str) -> str:
        self._next += 1
        answer = self._answers[self._next] = asyncio.get_running_loop().create_future()
        data = ["signal", {"type": "offer", "sdp": sdp}]
        await self.socket.send_bytes(msgpack.packb({"type": 2, "nsp": "/", "id": self._next, "data": data}))
        answered = await asyncio.wait_for(answer, 30)
        if not answered["ok"]:
            raise RuntimeError(f"an offer was refused: {answered}")
        sdp = answered["sdp"]
        return sdp


def described(end: dict[str, object], direction: str, setup: str, candidate: bool = False) -> str:
    """SDP of one audio line, as a browser would say it of this end."""
    lines = [
        "v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=group:BUNDLE 0",
        f"m=audio 9 UDP/TLS/RTP/SAVPF {OPUS}", "c=IN IP4 0.0.0.0", f"a={direction}", "a=mid:0", "a=rtcp-mux",
        f"a=extmap:{LEVEL_ID} {LEVEL}",
        f"a=rtpmap:{OPUS} opus/48000/2", f"a=fmtp:{OPUS} minptime=10;useinbandfec=1",
        f"a=ice-ufrag:{end['ufrag']}", f"a=ice-pwd:{end['pwd']}",
        f"a=fingerprint:sha-256 {end['fingerprint']}", f"a=setup:{setup}",
    ]  # fmt: skip
    if direction.startswith("send"):
        lines.append(f"a=ssrc:{end['ssrc']} cname:bench")
    if candidate:
        lines += [f"a=candidate:1 1 udp 2130706431 {HOST} {end['port']} typ host", "a=end-of-candidates"]
    return "\r\n".join(lines) + "\r\n"


def theirs(sdp: str, *, begins: bool, controls: bool) -> dict[str, object]:
    """What an end has to know of a server's SDP."""

    def one(pattern: str) -> str:
        found = re.search(pattern, sdp)
        if found is None:
            raise RuntimeError(f"no {pattern} in {sdp}")
        return found[1]

    port = int(one(rf"a=candidate:\S+ 1 udp \d+ {re.escape(HOST)} (\d+) typ host"))
    said = {"ufrag": one(r"a=ice-ufrag:(\S+)"), "pwd": one(r"a=ice-pwd:(\S+)"), "port": port}
    return {**said, "begins": begins, "controls": controls}


class Lingkar:
    """`people` are those who listen, in the order in which they came."""

    name = "lingkar"

    def __init__(self, made: Room, session: aiohttp.ClientSession, lead: Person) -> None:
        self.pid, self.made, self.lead = made.pid, made, lead
        self.people: list[Person] = []
        self._session = session

    async def come(self, count: int) -> None:
        """So many more are inside, still without sound."""
        first = len(self.people)
        coming = [self._come("participant", f"Person {n}") for n in range(first, first + count)]
        new = await asyncio.gather(*coming)
        for person in new:
            await admit(self.lead, person)
        self.people += new

    async def _come(self, kind: str, name: str) -> Person:
        return await enter(self._session, self.made, kind, name)

    async def speaker(self, load: Hired) -> None:
        """Whoever has the floor can be heard."""
        await self.connect(load, "speaker", self.lead, "sendrecv")

    async def listen(self, loads: Sequence[Hired], first: int, last: int) -> None:
        """These of the people make their offers, spread over the load."""
        for n in range(first, last):
            await self.connect(loads[n % len(loads)], str(n), self.people[n], "recvonly")

    async def connect(self, load: Hired, name: str, person: Person, direction: str) -> None:
        id = f"{self.name}/{name}"
        end = load.do("make", id=id)
        answer = await person.offer(described(end, direction, "actpass"))
        load.do("connect", id=id, **theirs(answer, begins=False, controls=True))


async def enter(session: aiohttp.ClientSession, made: Room, kind: str, name: str) -> Person:
    person = Person(Crowd())
    await person.connect(session, made.url, entry(made.links[kind], name))
    await asyncio.wait_for(person.shown.wait(), 10)
    answer = await person.ask("accept-agreement", version=1)
    assert answer["ok"], answer
    return person


@asynccontextmanager
async def lingkar() -> AsyncIterator[Lingkar]:
    """An open meeting in which the facilitator has the floor, and nobody else is there yet."""
    connector = aiohttp.TCPConnector(limit=0)
    async with room("--media-address", HOST) as made, aiohttp.ClientSession(connector=connector) as session:
        await _sound(session, made.url)
        lead = await enter(session, made, "facilitator", "Facilitator")
        await asyncio.wait_for(lead.inside.wait(), 10)
        for type, fields in (("open-meeting", {}), ("call-on", {"seat": lead.seat}), ("accept-floor", {"turn": "t1"})):
            answer = await lead.ask(type, **fields)
            assert answer["ok"], answer
        found = Lingkar(made, session, lead)
        try:
            yield found
        finally:
            await asyncio.gather(*(person.leave() for person in [lead, *found.people]))


async def _sound(session: aiohttp.ClientSession, url: str) -> None:
    """Wait until the server has it."""
    async with asyncio.timeout(STARTING):
        while True:
            async with session.get(f"{url}/healthz") as health:
                if (await health.json())["audio"] == "on":
                    return
            await asyncio.sleep(0.05)
