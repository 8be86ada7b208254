"""People who take their time, on purpose or because of their network: each is let go when it has been long enough.

All of them come at once, because what is waited for is half a minute of real time: `server.http.IDLE` and
`server.app.STUCK`.
"""

import asyncio
from collections.abc import Awaitable, Callable

from server.app import STUCK
from server.guard import Limits
from server.http import IDLE
from tests.reliability.faults.beside import beside, files, until
from tests.reliability.faults.raw import Wire, auth_of, frame, packed, request
from tests.server.running import House, Room, Running

SLACK = 15.0  # seconds for a machine that is busy
LIMITS = Limits()


async def says_nothing(home: House, _: Room) -> tuple[Wire, float]:
    return await Wire.open(home), IDLE


async def stays_after_an_answer(home: House, _: Room) -> tuple[Wire, float]:
    wire = await Wire.open(home)
    await wire.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    await wire.until(b"}")
    return wire, IDLE


async def begins_a_head(home: House, _: Room) -> tuple[Wire, float]:
    wire = await Wire.open(home)
    await wire.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    return wire, IDLE


async def dribbles_a_head(home: House, _: Room) -> tuple[Wire, float]:
    wire, within = await begins_a_head(home, _)
    wire.dribble(b"x")
    return wire, within


async def dribbles_a_body(home: House, _: Room) -> tuple[Wire, float]:
    wire = await Wire.open(home)
    lines = [f"Authorization: Bearer {home.server.token}", "Content-Type: application/json", "Content-Length: 60000"]
    await wire.send(request("POST", "/api/rooms", *lines))
    wire.dribble(b" ")
    return wire, IDLE


async def asks_and_does_not_read(home: House, _: Room) -> tuple[Wire, float]:
    wire = await Wire.open(home, window=4096)
    await wire.send(b"GET /protocol/schema.json HTTP/1.1\r\nHost: x\r\n\r\n" * 200)
    return wire, STUCK


async def never_says_connect(home: House, _: Room) -> tuple[Wire, float]:
    return await (await Wire.open(home)).upgrade(), LIMITS.connect


async def dribbles_a_connect(home: House, room: Room) -> tuple[Wire, float]:
    wire, within = await never_says_connect(home, room)
    await wire.send(frame(packed(0, auth_of(room.links["participant"], "x" * 40)), length=60_000))
    wire.dribble(b"x")
    return wire, within


async def is_in_and_silent(home: House, room: Room) -> tuple[Wire, float]:
    wire, _ = await never_says_connect(home, room)
    await wire.connect(auth_of(room.links["participant"], "Gita"))
    return wire, LIMITS.ping + LIMITS.pong


async def is_in_and_dribbles(home: House, room: Room) -> tuple[Wire, float]:
    wire, within = await is_in_and_silent(home, room)
    await wire.send(frame(b"", length=60_000))
    wire.dribble(b"x")
    return wire, within


SLOW: dict[str, Callable[[House, Room], Awaitable[tuple[Wire, float]]]] = {
    found.__name__: found
    for found in (
        says_nothing,
        stays_after_an_answer,
        begins_a_head,
        dribbles_a_head,
        dribbles_a_body,
        asks_and_does_not_read,
        never_says_connect,
        dribbles_a_connect,
        is_in_and_silent,
        is_in_and_dribbles,
    )
}
OF_EACH = 10


async def test_whoever_wastes_time_is_let_go(server: Running) -> None:
    """Slow heads and bodies, answers that nobody reads, sockets without CONNECT, dribbled frames: ten of each."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        before = files(server.pid)
        found = [(name, *await begin(home, room)) for name, begin in SLOW.items() for _ in range(OF_EACH)]
        told = [one for one in found if one[0] != asks_and_does_not_read.__name__]  # who does not listen, is not told
        ends = await asyncio.gather(*(wire.ended(within + SLACK) for _, wire, within in told))
        assert {name for (name, _, _), ended in zip(told, ends, strict=True) if not ended} == set()
        await until(lambda: files(server.pid) <= before)  # the server has let go of all of them
        await eka.until(lambda me: not any(shown.get("present") for shown in me.view["waiting"].values()))
