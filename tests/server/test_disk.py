"""A disk that is full, slow or fails under a running server: nothing is shown that is not stored, people keep their
seats and connections, and it heals by itself. And two servers that want the same folder."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.server.person import Person, TurnedAway
from tests.server.running import House, Room, Running, held, house, running
from tests.server.test_forget import in_files
from tests.serving import serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


@pytest.fixture
async def home(server: Running) -> AsyncIterator[House]:
    async with house(server) as found:
        yield found


async def until_stored(person: Person, type: str) -> None:
    """Ask until the disk takes it."""
    async with asyncio.timeout(20):
        while not (answer := await person.ask(type))["ok"]:
            assert answer["code"] == "not-now"
            await asyncio.sleep(0.1)


async def test_a_full_disk_changes_nothing_and_heals(home: House) -> None:
    room, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
    waiting = await home.waiting(room, "Dewi")
    await ada.do("close-queue")
    await citra.until(lambda me: not me.view["queue_open"])
    seen, patches, still = dict(citra.view), len(citra.frames("patch")), len(waiting.heard)
    with home.server.full_disk():
        for person, type in ((budi, "leave"), (ada, "reopen-queue"), (citra, "leave")):
            assert await person.ask(type) == {"ok": False, "code": "not-now"}
        assert await ada.ask("remove", seat=budi.seat, reason="x") == {"ok": False, "code": "not-now"}
        for person in (ada, budi, citra):
            assert person.bye is None
            assert not person.closed.is_set()
        assert (citra.view, len(citra.frames("patch"))) == (seen, patches)
        assert await home.health() == (503, "storing-stalled")
        status, document = await home.api("POST", "/api/rooms", {"title": "Thursday"})
        assert (status, document) == (503, {"code": "not-now"})
        assert len(waiting.heard) == still
        assert await ada.ask("close-meeting") == {"ok": False, "code": "not-now"}
        assert (await ada.ask("raise-hand", kind="share"))["code"] == "queue-closed"  # what is refused, is refused
    await until_stored(ada, "reopen-queue")
    await citra.until(lambda me: me.view["queue_open"])
    assert await home.health() == (200, "ok")
    await budi.do("raise-hand")
    assert ada.view["people"].keys() == {ada.seat, budi.seat, citra.seat}
    home.server.kill()
    home.server = Running(home.data)
    with_hands = await home.person().come_back(budi)
    assert with_hands.you["hand"]
    assert with_hands.view["queue_open"]
    home.server.kill()


async def test_a_full_disk_erases_nobody_by_halves(home: House) -> None:
    _, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
    with home.server.full_disk():
        assert await budi.ask("leave", erase=True) == {"ok": False, "code": "not-now"}
        assert await ada.ask("close-meeting") == {"ok": False, "code": "not-now"}
        assert (budi.bye, citra.bye) == (None, None)
        assert ada.view["people"].keys() == {ada.seat, budi.seat, citra.seat}
    async with asyncio.timeout(20):
        while not (answer := await budi.ask("leave", erase=True))["ok"]:
            assert answer["code"] == "not-now"
            await asyncio.sleep(0.1)
    await budi.closed.wait()
    assert budi.bye == {"code": "left", "knows": ["room", "address", "counts"]}
    seats = [ada.seat, budi.seat, citra.seat]
    assert await asyncio.to_thread(in_files, home.data, seats) == {ada.seat, citra.seat}
    await until_stored(ada, "close-meeting")
    for person in (ada, citra):
        await person.closed.wait()
        assert person.bye == {"code": "closed", "knows": ["room", "address", "counts"]}
    assert await asyncio.to_thread(in_files, home.data, seats) == set()


async def test_a_slow_disk_holds_back_everything_that_depends_on_it(home: House) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    for _ in range(3):
        before = len(ada.heard)
        with held(home.data):
            asked = asyncio.create_task(budi.ask("raise-hand"))
            refused = asyncio.create_task(ada.ask("reopen-queue"))
            status, _ = await home.health()  # the server itself answers at once
            assert status == 200
            await ada.emit("signal", {"type": "offer", "sdp": ""})
            assert [kind for kind, _ in ada.heard[before:]] == ["ack"]
            assert not asked.done()
        assert (await asked)["ok"]
        assert (await refused)["code"] == "queue-open"
        await ada.until(lambda me: me.view["queue"] or me.view["turns"])
        if budi.you.get("turn"):
            await budi.do("pass-floor", turn=budi.you["turn"])
        else:
            await budi.do("lower-hand")


async def test_a_disk_that_stands_still_is_told_and_forgotten(home: House) -> None:
    """What was asked first waits; later it is refused at once; nobody is cut off; `/healthz` says it."""
    room, (ada, budi) = await home.meeting("Ada", "Budi")
    with held(home.data):
        first = asyncio.create_task(budi.ask("raise-hand"))
        early = await home.person().connect(entry(room, "Early"), waits=False)
        code = ""
        while not code:
            try:
                await home.person().connect(entry(room, "Late"), waits=False)
                await asyncio.sleep(0.1)
            except TurnedAway as no:
                code = str(no)
        assert code == "not-now"
        assert await ada.ask("close-queue") == {"ok": False, "code": "not-now"}
        assert not first.done()
        assert await first == {"ok": False, "code": "not-now"}
        assert "hand" not in budi.you
        await early.closed.wait()
        assert (early.heard, early.socket.close_code) == ([], 1001)  # comes again by itself
        async with asyncio.timeout(20):
            while (await home.health())[1] != "storing-stalled":
                await asyncio.sleep(0.05)
    await until_stored(ada, "close-queue")
    await budi.until(lambda me: not me.view["queue_open"])
    assert await home.health() == (200, "ok")
    assert (ada.bye, budi.bye, ada.gaps, budi.gaps) == (None, None, 0, 0)
    assert "waiting" not in ada.view


def entry(room: Room, name: str) -> dict[str, object]:
    return {"v": 1, "room": room.id, "secret": room.links["participant"].rpartition("#")[2], "name": name}


def started(data: Path) -> None:
    with serving(data):
        raise AssertionError("it started")


async def test_two_servers_on_one_folder(home: House, server: Running) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    with pytest.raises(AssertionError, match=r"lingkar: Another server is using the data folder \S+\.\n$"):
        await asyncio.to_thread(Running, home.data)  # the people here go on answering meanwhile
    with pytest.raises(AssertionError, match="Another server is using"):
        await asyncio.to_thread(started, home.data)
    await budi.do("raise-hand")
    assert ada.view
