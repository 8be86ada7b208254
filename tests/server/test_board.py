"""The hosts' board: what is told of all rooms, when, and to whom. First by a clock that a test moves, then over real
sockets."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server import api_board
from server.app import Server
from server.board import AGAIN, LOOK, MOST, Board, Onlooker
from server.config import Config
from server.directory import RoomPlan
from tests.server.evening import Evening, evening
from tests.server.running import PATIENCE, House, Running, house, running
from tests.server.test_stop import GONE


def watched(told: Board) -> Onlooker:
    onlooker = told.watch(lambda: False)
    assert onlooker is not None
    return onlooker


def heard(onlooker: Onlooker) -> Any:
    """What they were told since this was asked last; None when that is nothing."""
    body, onlooker.latest = onlooker.latest, None
    return None if body is None else json.loads(body)


async def after(server: Evening, seconds: float) -> None:
    """So much later, look by look."""
    for _ in range(round(seconds / LOOK)):
        await server.at(server.time + LOOK)


# When


@evening
async def test_nothing_is_said_while_nothing_happens(server: Evening) -> None:
    await server.room()
    onlooker = watched(Board(server.rooms, server.wall))
    assert [room["present"] for room in heard(onlooker)["rooms"]] == [0]
    await after(server, 60)
    assert heard(onlooker) is None


@evening
async def test_a_hand_shows_with_the_next_look_and_its_age_from_time_to_time(server: Evening) -> None:
    room, (_, budi, _) = await server.meeting("Ada", "Budi", "Citra")
    onlooker = watched(Board(server.rooms, server.wall))
    heard(onlooker)
    budi.ask("raise-hand")
    await server.settled()
    assert heard(onlooker) is None
    await after(server, 1)
    first = heard(onlooker)
    assert (first["rooms"][0]["floor"], first["rooms"][0]["speaker_at"]) == ("offered", 1)
    budi.ask("accept-floor", turn=budi.turn)
    await after(server, 2)
    then = heard(onlooker)
    assert then["at"] > first["at"]
    assert then["rooms"][0]["floor"] == "speaking"
    left = then["rooms"][0]["left"]
    await after(server, AGAIN - 3)
    assert heard(onlooker) is None  # whoever looks on counts on
    await after(server, 3)
    assert heard(onlooker)["rooms"][0]["left"] <= left - AGAIN + 3
    assert room.numbers().floor == "speaking"


@evening
async def test_words_and_names_of_those_who_take_part_change_nothing(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    told = Board(server.rooms, server.wall)
    onlooker = watched(told)
    assert b"Budi" not in told.now()
    assert heard(onlooker)["rooms"][0]["leads"] == ["Ada"]
    ada.ask("set-prompt", prompt="Apa yang kamu syukuri?")
    await after(server, 3)
    assert heard(onlooker) is None
    assert budi.view["prompt"] == "Apa yang kamu syukuri?"


@evening
async def test_rooms_that_come_and_go_show(server: Evening) -> None:
    onlooker = watched(Board(server.rooms, server.wall))
    assert heard(onlooker)["rooms"] == []
    room = await server.room()
    await after(server, 1)
    assert [one["id"] for one in heard(onlooker)["rooms"]] == [room.id]
    await server.rooms.delete(room)
    await after(server, 1)
    assert heard(onlooker)["rooms"] == []


# Who


@evening
async def test_there_is_no_look_while_nobody_looks_on(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    told = Board(server.rooms, server.wall)
    first, second = watched(told), watched(told)
    told.leave(first)
    budi.ask("raise-hand")
    await after(server, 1)
    assert heard(second) is not None
    told.leave(second)
    ada.ask("close-queue")
    await after(server, AGAIN)
    assert (heard(second), told.onlookers) == (None, 0)
    assert heard(watched(told))["rooms"][0]["floor"] == "offered"


@evening
async def test_only_so_many_look_on_and_who_has_gone_makes_room(server: Evening) -> None:
    told, gone = Board(server.rooms, server.wall), False
    first = told.watch(lambda: gone)
    assert first is not None
    for _ in range(MOST - 1):
        watched(told)
    assert told.watch(lambda: False) is None
    gone = True
    watched(told)
    assert (first.over, told.onlookers) == (True, MOST)


@evening
async def test_when_the_server_stops_nobody_looks_on(server: Evening) -> None:
    told = Board(server.rooms, server.wall)
    onlooker = watched(told)
    told.stop()
    assert (onlooker.over, told.watch(lambda: False)) == (True, None)


# Over sockets


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as found:
        yield found


@pytest.fixture
async def home(served: Running) -> AsyncIterator[House]:
    async with house(served) as found:
        yield found


@asynccontextmanager
async def looking(home: House, token: str = "") -> AsyncIterator[aiohttp.ClientResponse]:
    headers = {"Authorization": f"Bearer {token or home.server.token}", "Accept": "text/event-stream"}
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with home.session.get(f"{home.server.url}/api/board", headers=headers, timeout=timeout) as stream:
        yield stream


async def event(stream: aiohttp.ClientResponse) -> Any:
    """The next event; None when the stream has ended."""
    lines = []
    while (line := await stream.content.readline()) not in (b"", b"\n"):
        lines.append(line.decode().strip())
    if not lines:
        return None
    assert lines[0] == "event: board"
    return json.loads(lines[1].removeprefix("data: "))


async def test_a_hand_is_told_and_the_end_of_the_server_ends_it_at_once(home: House) -> None:
    room, (_, budi) = await home.meeting("Ada", "Budi")
    async with looking(home) as stream:
        assert (stream.status, stream.content_type, stream.headers["Cache-Control"]) == (
            200,
            "text/event-stream",
            "no-store",
        )
        [first] = (await event(stream))["rooms"]
        assert (first["id"], first["present"], first["hands"], first["leads"]) == (room.id, 2, 0, ["Ada"])
        await budi.do("raise-hand")
        while (told := (await event(stream))["rooms"][0])["floor"] == "free":
            pass
        assert (told["floor"], told["speaker_at"], told["circle"]) == ("offered", 1, 2)
        assert (await home.api("GET", "/api/board"))[1]["rooms"][0]["floor"] == "offered"
        one = (await home.api("GET", f"/api/rooms/{room.id}"))[1]
        assert told.keys() <= one.keys()
        assert (one["floor"], one["leads"]) == (told["floor"], told["leads"])
        home.server.terminate()
        while await event(stream) is not None:
            pass
    assert await asyncio.to_thread(home.server.end, GONE) == 0
    assert home.server.said.count("Traceback") == 0


async def test_without_the_token_there_is_nothing(home: House) -> None:
    async with looking(home, "wrong") as stream:
        assert (stream.status, await stream.json()) == (401, {"code": "unauthorized"})


async def test_the_meeting_is_closed_and_the_room_gathers_anew(home: House) -> None:
    room, (ada, budi) = await home.meeting("Ada", "Budi")
    status, shown = await home.api("POST", f"/api/rooms/{room.id}/close")
    assert (status, shown["id"], shown["state"], shown["present"]) == (200, room.id, "doors", 0)
    for person in (ada, budi):
        await person.closed.wait()
        assert person.bye == {"code": "closed", "knows": ["room", "address", "counts"]}
    again = await home.leading(room, "Ada")
    assert [one["name"] for one in again.view["people"].values()] == ["Ada"]
    assert (await home.api("POST", "/api/rooms/nowhere/close"))[0] == 404


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """In this process, with so many rooms that the network does not take them all at once."""
    started = Server(Config(data=tmp_path, port=0))
    for _ in range(400):
        await started.rooms.create(RoomPlan(title="W" * 80))
    await started.start()
    yield started
    await started.stop()


async def asked_and_left_unread(server: Server) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, ("127.0.0.1", server.port))
    head = f"GET /api/board HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.host_token}\r\n"
    await loop.sock_sendall(line, f"{head}Accept: text/event-stream\r\n\r\n".encode())
    while not server.board.onlookers:
        await asyncio.sleep(0)
    return line


async def ended(server: Server) -> None:
    async with asyncio.timeout(PATIENCE):
        while server.board.onlookers:
            await asyncio.sleep(0.01)


async def test_whoever_does_not_read_is_let_go(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_board, "STUCK", 0.2)
    with await asked_and_left_unread(server):
        await ended(server)


async def test_whoever_does_not_read_holds_nobody_who_stops(server: Server) -> None:
    with await asked_and_left_unread(server):
        server.board.stop()
        await ended(server)


async def test_whoever_says_nothing_hears_a_beat_and_who_has_gone_is_noticed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_board, "BEAT", 0.05)
    headers = {"Authorization": f"Bearer {server.host_token}", "Accept": "text/event-stream"}
    async with (
        aiohttp.ClientSession(headers=headers, read_bufsize=1 << 20) as session,
        session.get(f"http://127.0.0.1:{server.port}/api/board") as stream,
    ):
        assert len((await event(stream))["rooms"]) == 400
        assert [await stream.content.readline() for _ in range(4)] == [b":\n", b"\n"] * 2
    await ended(server)
