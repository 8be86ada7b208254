"""Floods again and again: nothing of them adds up."""

import asyncio
import contextlib
import os
import random
import socket

import pytest

from tests.reliability.faults.beside import an_address, beside, gauges, memory
from tests.reliability.faults.raw import Wire, auth_of, frame, packed
from tests.server.media.test_sdp import CHROMIUM
from tests.server.person import TurnedAway
from tests.server.running import House, Room, Running, house

LONG = bool(os.environ.get("LINGKAR_LONG"))
ROUNDS = 60 if LONG else 6
PEOPLE = 20  # of each sort in a round
MORE = 16.0  # MiB that they may add together: garbage that goes in circles is looked for rarely
LATER = 6.0  # MiB that the second half of many rounds may add: 2,000 connections


@pytest.mark.timeout(900 if LONG else 120)
async def test_floods_do_not_add_up(server: Running) -> None:
    """People who come, offer sound and go; strangers with wrong links; junk; connections that are reset. After two
    rounds the process has most of what it needs; where it goes on for long (`LINGKAR_LONG`), it stays as it is."""
    async with beside(server, growth=64) as home:
        for _ in range(2):
            await a_round(server, home)
        sizes = [memory(server.pid)]
        for _ in range(ROUNDS):
            await a_round(server, home)
            sizes.append(memory(server.pid))
        print("MiB:", *(f"{size:.1f}" for size in sizes))
        assert sizes[-1] - sizes[0] < MORE
        if LONG:
            assert sizes[-1] - sizes[ROUNDS // 2] < LATER


async def a_round(server: Running, home: House) -> None:
    async with house(server, an_address()) as crowd:
        room, _ = await crowd.meeting("Eka", "Fajar")
        await asyncio.gather(
            *(comes_and_goes(crowd, room) for _ in range(PEOPLE)),
            *(knocks_wrongly(crowd, room) for _ in range(PEOPLE)),
            *(talks_junk(crowd, room) for _ in range(PEOPLE // 2)),
            *(is_reset(crowd) for _ in range(PEOPLE)),
        )
        status, _ = await crowd.api("DELETE", f"/api/rooms/{room.id}")
        assert status == 204
    async with asyncio.timeout(20):
        while (await gauges(home))["lingkar_peers"]:
            await asyncio.sleep(0.05)


async def comes_and_goes(crowd: House, room: Room) -> None:
    person = await crowd.waiting(room, "Gita")
    await person.accept()
    await person.emit("signal", {"type": "offer", "sdp": CHROMIUM})
    await person.ask("leave")


async def knocks_wrongly(crowd: House, room: Room) -> None:
    with contextlib.suppress(TurnedAway):
        await crowd.person().connect({"v": 1, "room": room.id, "secret": "x" * 22, "name": "Zed"})


async def talks_junk(crowd: House, room: Room) -> None:
    wire = await (await Wire.open(crowd)).upgrade()
    await wire.connect(auth_of(room.links["participant"], "Junk"))
    with contextlib.suppress(ConnectionError):
        for _ in range(30):
            await wire.send(frame(packed(2, ["command", {"x": "y" * 1000}])))
    await wire.rest()
    wire.close()


async def is_reset(crowd: House) -> None:
    wire = await (await Wire.open(crowd)).upgrade()
    wire.reset()


async def test_datagrams_from_strangers_by_the_ten_thousand(server: Running) -> None:
    """To the port for sound: empty, oversized, checks, handshakes, packets of nobody. None is answered, none kept."""
    chance = random.Random(20)
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        person = await home.seated(room, eka, "Gita")
        answer = await person.emit("signal", {"type": "offer", "sdp": CHROMIUM})
        assert answer["ok"], answer
        candidate = next(line.split() for line in answer["sdp"].splitlines() if line.startswith("a=candidate"))
        kinds = [
            b"",
            b"\x00",
            bytes(9000),
            b"\x16\xfe\xff" + bytes(60),
            b"\x80\x6f" + bytes(60),
            b"\x00\x01" + bytes(18),
        ]
        kinds += [chance.randbytes(chance.randrange(1, 1400)) for _ in range(50)]
        with contextlib.ExitStack() as stack:
            strangers = [stack.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in range(20)]
            for number in range(10_000):
                with contextlib.suppress(OSError):
                    strangers[number % 20].sendto(kinds[number % len(kinds)], ("127.0.0.1", int(candidate[5])))
                if number % 100 == 0:
                    await asyncio.sleep(0)
            await person.do("raise-hand")
            for stranger in strangers:
                stranger.setblocking(False)
                with contextlib.suppress(BlockingIOError, ConnectionError):
                    raise AssertionError(stranger.recv(1500))
        assert (await gauges(home))["lingkar_peers"] == 1
