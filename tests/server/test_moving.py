"""A seat moves to another device by a code that works once. Clock by hand, real journal; and the drawing of a code."""

import asyncio
import re
from typing import Any

import pytest

from server import entries, moving
from server.moving import SECONDS, Mover, Ways, drawn
from tests.server.evening import Evening, Guest, evening

ADDRESS = "https://meet.example.org/r/abcdefghjk#~" + "a" * 26


# Codes


def test_a_code_works_once() -> None:
    ways, ada = Ways(), Mover("m", "ada")
    code = ways.make(ada, 0.0)
    assert re.fullmatch(r"[a-z2-7]{26}", code)
    assert ways.take(code.upper(), 1.0) is ways.take(code[:-1], 1.0) is ways.take(code + "a" * 99, 1.0) is None
    assert ways.take(code, 1.0) == ada
    assert ways.take(code, 1.0) is None
    assert len(ways) == 0


def test_a_code_is_for_a_short_while_and_the_newest_of_a_seat() -> None:
    ways, ada, budi = Ways(), Mover("m", "ada"), Mover("m", "budi")
    first, other = ways.make(ada, 0.0), ways.make(budi, 0.0)
    second = ways.make(ada, 1.0)
    assert len({first, second, other}) == 3
    assert ways.take(first, 2.0) is None
    assert ways.take(second, SECONDS + 0.9) == ada
    assert ways.take(other, SECONDS) is None
    assert len(ways) == 0


def test_a_code_is_not_kept_but_its_digest() -> None:
    ways = Ways()
    code = ways.make(Mover("m", "ada"), 0.0)
    assert code not in repr(vars(ways))


@pytest.mark.parametrize("text", ["", "\ud800", "x" * 100_000, "~", "\0"])
def test_whatever_is_given_as_a_code_is_nobodys(text: str) -> None:
    assert Ways().take(text, 0.0) is None


# The drawing


def modules(size: int, path: str) -> set[tuple[int, int]]:
    """The dark modules that the path fills, as a browser would: each run is a box of height 1."""
    dark = set()
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{n}v1h-{m}z" for x, y, n, m in runs) == path
    for x, y, n, m in runs:
        assert n == m
        dark |= {(int(x) + i, int(y)) for i in range(int(n))}
    assert all(4 <= x < size - 4 and 4 <= y < size - 4 for x, y in dark)
    return dark


def test_a_drawing_has_the_signs_of_a_qr_code_and_a_quiet_zone() -> None:
    size, path = drawn(ADDRESS)
    dark = modules(size, path)
    side = size - 8
    assert side % 4 == 1  # ISO/IEC 18004: 17 + 4 * version
    finder = {(x, y) for x in range(7) for y in range(7) if max(abs(x - 3), abs(y - 3)) != 2}
    for left, top in ((0, 0), (side - 7, 0), (0, side - 7)):
        box = {(x, y) for x in range(7) for y in range(7) if (x + left + 4, y + top + 4) in dark}
        assert box == finder
    timing = [(x + 4, 6 + 4) in dark for x in range(8, side - 8)]
    assert timing == [x % 2 == 0 for x in range(8, side - 8)]
    assert level(dark, side) == "M"


def level(dark: set[tuple[int, int]], side: int) -> str:
    """The error level, from the format bits beside the first finder (ISO/IEC 18004, 7.9)."""
    bits = [int((x + 4, 8 + 4) in dark) for x in (0, 1)]
    return {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}[(bits[0] ^ 1) << 1 | bits[1] ^ 0]


def test_different_addresses_are_drawn_differently_and_long_ones_too() -> None:
    assert drawn(ADDRESS) != drawn(ADDRESS + "b")
    longest = "https://" + "x" * 253 + ADDRESS.partition("example.org")[2]
    assert modules(*drawn(longest))


# The way


async def way(server: Evening, guest: Guest) -> dict[str, Any]:
    """The answer to `move`; it is drawn beside the loop."""
    key = guest.emit("ask", {"type": "move"})
    while not (guest.heard and key in guest.answers):
        await asyncio.sleep(0)
    return guest.answers[key]


def by(server: Evening, room: str, code: str) -> Guest:
    return server.guest().knock({"v": 1, "room": room, "name": "", "move": code})


@evening
async def test_a_seat_moves_with_its_name_and_everything_and_the_old_device_is_told(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("raise-hand")
    await server.settled()
    turn = budi.turn
    found = await way(server, budi)
    url, _, code = found["url"].partition("#~")
    assert url == f"http://page.test/r/{room.id}"
    assert found["seconds"] == 120
    assert (found["size"], found["path"]) == drawn(found["url"])
    there = by(server, room.id, code)
    await server.at(server.time + 0.25)
    assert (there.seat, there.you["name"], there.turn) == (budi.seat, "Budi", turn)
    assert there.view["sight"] == "circle"
    assert [data["code"] for event, data in budi.heard if event == "bye"] == ["elsewhere"]
    assert ada.view["people"][budi.seat].get("present", True)
    # the new device has a token of its own, and the old one can bring the seat back with its
    assert there.resume
    there.name = "Budi"
    again = server.back(there)
    await server.at(server.time + 0.25)
    assert again.seat == budi.seat
    back = server.back(budi)
    await server.at(server.time + 0.25)
    assert back.seat == budi.seat
    assert by(server, room.id, code).code == "no-entry"


@evening
async def test_whoever_waits_at_the_door_moves_too_and_is_at_the_door(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    citra = server.knock(room, "Citra")
    await server.at(server.time + 0.25)
    there = by(server, room.id, (await way(server, citra))["url"].partition("#~")[2])
    await server.at(server.time + 0.25)
    assert there.view["sight"] == "door"
    assert (there.seat, there.you["name"]) == (citra.seat, "Citra")
    assert ada.view["waiting"][there.seat]["name"] == "Citra"


@evening
async def test_a_way_is_closed_to_everybody_whose_seat_is(server: Evening) -> None:
    room, (ada, budi, citra, dewi) = await server.meeting("Ada", "Budi", "Citra", "Dewi")
    other, _ = await server.meeting("Eka")
    codes = {guest.name: (await way(server, guest))["url"].partition("#~")[2] for guest in (ada, budi, citra, dewi)}
    assert by(server, other.id, codes["Ada"]).code == "no-entry"
    assert by(server, "nowhere", codes["Ada"]).code == "no-entry"
    ada.ask("remove", seat=budi.seat, reason="")
    citra.ask("leave")
    await server.settled()
    assert by(server, room.id, codes["Budi"]).code == "no-entry"
    assert by(server, room.id, codes["Citra"]).code == "no-entry"
    second = (await way(server, dewi))["url"].partition("#~")[2]
    assert by(server, room.id, codes["Dewi"]).code == "no-entry"
    await entries.revoke(room, "participant")
    assert by(server, room.id, second).code == "no-entry"
    ada.ask("close-meeting")
    await server.settled()
    assert by(server, room.id, codes["Ada"]).code == "no-entry"


@evening
async def test_a_way_ends_with_its_time_and_is_forgotten(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    code = (await way(server, ada))["url"].partition("#~")[2]
    await server.at(server.time + moving.SECONDS)
    assert by(server, room.id, code).code == "no-entry"
    await way(server, ada)
    for _ in range(4):
        await server.at(server.time + 60)
    assert len(room.ways) == 0


@evening
async def test_a_way_does_not_outlive_the_server(server: Evening) -> None:
    room, (_, budi) = await server.meeting("Ada", "Budi")
    code = (await way(server, budi))["url"].partition("#~")[2]
    after = await server.crash(server.folder.with_name("after"))
    assert by(after, room.id, code).code == "no-entry"
    assert after.back(budi).code == ""


@evening
async def test_whoever_moves_while_dropped_is_back(server: Evening) -> None:
    """A telephone whose battery went: the code was shown before."""
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    code = (await way(server, budi))["url"].partition("#~")[2]
    budi.pull()
    await server.at(server.time + 60)
    assert ada.view["people"][budi.seat]["present"] is False
    there = by(server, room.id, code)
    await server.at(server.time + 0.25)
    assert there.seat == budi.seat
    assert ada.view["people"][budi.seat].get("present", True)


@evening
async def test_whoever_leaves_leaves_no_way_behind(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    for guest in (ada, budi):
        await way(server, guest)
    budi.ask("leave", erase=True)
    await server.settled()
    assert len(room.ways) == 1
    assert budi.seat not in repr(vars(room.ways))


@evening
async def test_drawing_is_work_and_has_a_limit(server: Evening) -> None:
    _, (_, budi) = await server.meeting("Ada", "Budi")
    codes = [(await way(server, budi)).get("code", "ok") for _ in range(7)]
    assert codes == ["ok"] * 5 + ["too-fast"] * 2
    await server.at(server.time + 10)
    assert (await way(server, budi))["ok"]
