"""How loud the speaker is, over the real wire: everybody inside is told, not too often, and nobody waits for it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pytest

from server import entries
from server.directory import Directory, RoomPlan
from server.journal import Journal
from server.links import Keys
from server.media.private import new_certificate
from server.media.sound import Sound
from server.metrics import Metrics
from server.sockets import Sockets
from server.wire import Limits, Wire
from tests.server.guarded import HOME, from_home, serve
from tests.server.media.circles import Circle, Guest, floor, sound, sounding
from tests.server.media.handset import LOUD, SILENT, Handset
from tests.server.person import Person
from tests.server.running import House

SECONDS = 4.0
PAUSE = 0.2  # between two changes of the level
MUCH = 10_000  # bytes
LIMITS = Limits(kernel=4096, rate=1000, burst=1000, stall=60, pong=60)  # readers who stop are known soon, and not cut


class Level(NamedTuple):
    at: float
    seat: str
    step: int


class Listener(Person):
    """A person who notes when what was said."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.levels: list[Level] = []

    def _see(self, event: str, data: dict[str, Any]) -> None:
        super()._see(event, data)
        if event == "signal":
            assert data.keys() <= {"type", "seat", "step"} and data["type"] == "level"
            self.levels.append(Level(asyncio.get_running_loop().time(), data["seat"], data.get("step", 0)))


class Listening(House):
    def person(self) -> Listener:
        return Listener(self.session, self.server.url)


def levels(guest: Guest) -> list[Level]:
    assert isinstance(guest.person, Listener)
    return guest.person.levels


@asynccontextmanager
async def circles(folder: Path, count: int = 1) -> AsyncIterator[list[Circle]]:
    async with sounding(folder) as home:
        listening = Listening(home.server, home.session)
        certificate = new_certificate()
        found = [Circle(listening, await listening.room(), certificate) for _ in range(count)]
        await asyncio.gather(*(circle.gather("Budi", "Citra") for circle in found))
        yield found
        await asyncio.gather(*(guest.handset.close() for circle in found for guest in circle.everybody))


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    async with circles(tmp_path / "data") as [found]:
        yield found


async def up_and_down(handset: Handset, seconds: float) -> None:
    """Louder and softer faster than anybody needs to know."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end:
        for handset.level in (LOUD, 60, 35, SILENT):
            await asyncio.sleep(0.1)
    handset.level = LOUD


async def told(guest: Guest, step: int) -> None:
    """This is the last that the person knows."""
    await guest.person.until(lambda me: levels(guest) and levels(guest)[-1].step == step)


async def test_everybody_inside_sees_how_loud_it_is_and_nobody_at_the_door(circle: Circle) -> None:
    home, room, lead, budi = circle.home, circle.room, circle.lead, circle.guests[0]
    strangers = [await home.waiting(room, name) for name in ("Dewi", "Eka", "Fajar")]
    await strangers[0].accept()
    await lead.person.do("admit", seat=strangers[1].seat)  # who has not agreed to anything
    turn = await floor(budi.person)
    budi.handset.talk(1)
    await up_and_down(budi.handset, SECONDS)
    await told(budi, 4)
    await budi.person.do("finish-turn", turn=turn)
    await asyncio.gather(*(told(guest, 0) for guest in circle.everybody))
    counts = [len(levels(guest)) for guest in circle.everybody]
    await budi.handset.says(20)
    for guest in circle.everybody:
        await guest.person.ask("lower-hand", hand="h0")  # refused; whatever was sent before has come
    assert [len(levels(guest)) for guest in circle.everybody] == counts
    for guest in circle.everybody:
        shown = levels(guest)
        assert {level.seat for level in shown} == {budi.seat}
        assert [level.step for level in shown] == [level.step for level in levels(lead)]
        assert {level.step for level in shown} > {0, 4} and all(0 <= level.step <= 4 for level in shown)
        lasted = shown[-1].at - shown[0].at
        assert SECONDS <= len(shown) <= lasted / PAUSE + 3  # both ends, and the end of the turn at once
    for stranger in strangers:
        await stranger.ask("raise-hand")  # refused, likewise
        assert isinstance(stranger, Listener)
        assert stranger.levels == []


ENDS = ("finish", "end", "pause", "remove", "leave", "drop")


async def test_nobody_is_shown_as_speaking_whose_turn_is_over(tmp_path: Path) -> None:
    async with circles(tmp_path / "data", len(ENDS)) as found:
        await asyncio.gather(*(shown_until_over(circle, how) for circle, how in zip(found, ENDS, strict=True)))


async def shown_until_over(circle: Circle, how: str) -> None:
    lead, (budi, citra) = circle.lead, circle.guests
    turn = await floor(budi.person)
    budi.handset.talk(1)
    await asyncio.gather(*(told(guest, 4) for guest in circle.everybody))
    match how:
        case "finish":
            await budi.person.do("finish-turn", turn=turn)
        case "end" | "pause":
            await lead.person.do(f"{how}-turn", turn=turn)
        case "remove":
            await lead.person.do("remove", seat=budi.seat, reason="enough")
        case "leave":
            await budi.person.do("leave")
        case "drop":
            await budi.person.pull()
    await asyncio.gather(told(lead, 0), told(citra, 0))
    await budi.handset.says(20)
    await lead.person.ask("lower-hand", hand="h0")
    assert levels(lead)[-1].step == 0, how


async def test_who_says_nothing_for_a_while_is_not_shown_as_speaking(circle: Circle) -> None:
    """A browser that sends nothing in silence."""
    budi = circle.guests[0]
    await floor(budi.person)
    for tag in (1, 2):
        budi.handset.talk(tag)
        await asyncio.gather(*(told(guest, 4) for guest in circle.everybody))
        budi.handset.hush()
        await asyncio.gather(*(told(guest, 0) for guest in circle.everybody))


class Parlour(NamedTuple):
    """A whole server in this process, so that its kernel keeps next to nothing for readers who stop."""

    url: str
    wire: Wire
    rooms: Directory
    session: aiohttp.ClientSession

    def stopped(self) -> int:
        """Lines for which much waits."""
        return sum(line._outlet.held() > MUCH for line in self.wire._open)

    async def join(self, link: str, name: str) -> Listener:
        return await Listener(self.session, self.url, HOME).join(link, name)  # type: ignore[return-value]


@asynccontextmanager
async def parlour(folder: Path) -> AsyncIterator[Parlour]:
    async with AsyncExitStack() as stack:
        keys, journal, ours = Keys.open(folder), Journal.open(folder), Sound(["127.0.0.1"])
        stack.push_async_callback(journal.close)
        rooms = Directory(keys, journal, lambda: HOME, ours)
        wire = Wire(Sockets(rooms, keys, Metrics(), ours), origin=from_home, limits=LIMITS)
        stack.push_async_callback(ours.close)
        stack.push_async_callback(rooms.stop)
        runner, port = await serve(wire)
        stack.push_async_callback(runner.cleanup)
        stack.push_async_callback(wire.close)
        await ours.start()
        assert ours.state == "on"
        connector = aiohttp.TCPConnector(socket_factory=_narrow)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        yield Parlour(f"http://127.0.0.1:{port}", wire, rooms, session)


def _narrow(info: Any) -> socket.socket:
    """A socket into which little fits."""
    sock = socket.socket(*info[:3])
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return sock


def transport(person: Person) -> Any:
    connection = person.socket._response.connection
    assert connection is not None
    return connection.transport


async def test_who_does_not_read_is_left_out_and_nobody_waits_for_them(tmp_path: Path) -> None:
    async with parlour(tmp_path / "data") as it:
        links = entries.urls(await it.rooms.create(RoomPlan(title="Wednesday")))
        lead = await it.join(links["facilitator"], "Ada")
        await lead.accept()
        await lead.until(lambda me: me.view["sight"] == "lead")
        await lead.do("open-meeting")
        others = []
        for name in ("Budi", "Citra", "Dewi"):
            others.append(await it.join(links["participant"], name))
            await others[-1].accept()
            await lead.do("admit", seat=others[-1].seat)
            await others[-1].until(lambda me: me.view["sight"] == "circle")
        budi, citra, stopped = others
        handset = await sound(budi)
        await floor(budi)
        transport(stopped).pause_reading()
        while not it.stopped():
            await lead.do("close-queue")
            await lead.do("reopen-queue")
        handset.talk(1)
        await up_and_down(handset, SECONDS / 2)
        await citra.until(lambda me: citra.levels and citra.levels[-1].step == 4)
        await asyncio.gather(*(person.until(lambda me: len(citra.levels) == len(me.levels)) for person in (lead, budi)))  # type: ignore[attr-defined]
        assert it.stopped() == 1
        behind = len(citra.levels)
        assert behind >= SECONDS
        transport(stopped).resume_reading()
        await stopped.until(lambda me: me.view["queue_open"] == lead.view["queue_open"] and me.seq == citra.seq)
        handset.level = SILENT
        await stopped.until(lambda me: stopped.levels and stopped.levels[-1].step == 0)
        await citra.until(lambda me: citra.levels[-1].step == 0)
        assert len(stopped.levels) <= len(citra.levels) - behind + 1
        assert stopped.gaps == 0
        await handset.close()
