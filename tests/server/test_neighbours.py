"""Where connections come from, and how much may come from one place."""

import asyncio
import contextlib
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest

from server.neighbours import Allowed, Neighbours
from tests.server.person import Person
from tests.server.running import house, running

PROXY = [ip_network("10.0.0.0/8"), ip_network("::1")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "place"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["198.51.100.1"], "192.0.2.7"),  # nobody we trust
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),  # what stands before it, anybody can write
        ("10.0.0.1", ["203.0.113.9, 198.51.100.1, 10.2.2.2"], "198.51.100.1"),
        ("10.0.0.1", ["203.0.113.9", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ['"[2001:db8:1:2::7]:4711"'], "2001:db8:1::/56"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, rubbish"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["," * 5000], "10.0.0.1"),
        ("::1", ["198.51.100.1"], "198.51.100.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("2001:db8:1:2::7", [], "2001:db8:1::/56"),
        ("2001:db8:1:ff::1", [], "2001:db8:1::/56"),
        ("2001:db8:1:100::1", [], "2001:db8:1:100::/56"),
        ("fe80::1%eth0", [], "fe80::/56"),
        ("", [], ""),
    ],
)
def test_a_place_is_what_the_socket_or_a_trusted_proxy_says(peer: str, forwarded: list[str], place: str) -> None:
    assert Neighbours(PROXY).place(peer, forwarded) == place


def test_so_many_lines_from_one_place_and_no_more() -> None:
    here = Neighbours(allowed=Allowed(lines=2))
    assert [here.arrive("a", 0) for _ in range(3)] == [True, True, False]
    assert here.arrive("b", 0)
    here.leave("a", 1, struck_out=False)
    assert here.arrive("a", 1)


def test_so_many_arrivals_and_then_slowly() -> None:
    here = Neighbours(allowed=Allowed(arrivals=3, arrival_rate=1))
    assert [here.arrive("a", 0) for _ in range(4)] == [True, True, True, False]
    assert [here.arrive("a", 1), here.arrive("a", 1)] == [True, False]


def test_a_place_whose_lines_are_struck_out_again_and_again_is_shut_for_a_while() -> None:
    here = Neighbours(allowed=Allowed(struck_out=3, span=60))
    for second in range(3):
        assert here.arrive("a", second)
        here.leave("a", second, struck_out=True)
    assert not here.arrive("a", 61)
    assert here.arrive("b", 61)
    assert here.arrive("a", 62)


def test_what_is_remembered_has_an_end() -> None:
    here = Neighbours(allowed=Allowed(places=10, arrivals=1, arrival_rate=0))
    assert here.arrive("kept", 0)
    for number in range(100):
        here.arrive(f"p{number}", 1)
        here.leave(f"p{number}", 1, struck_out=False)
    assert len(here._places) <= 11
    assert not here.arrive("kept", 2)  # whoever is still connected is not forgotten


async def test_a_flood_from_one_place_does_not_shut_the_next(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--trusted-proxy", "127.0.0.1") as server:
        async with house(server) as home, forwarded("198.51.100.1") as there, forwarded("198.51.100.2") as next_door:
            room = await home.room()
            for _ in range(20):
                bad = await Person(there, server.url).join(room.links["participant"], "Budi")
                with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                    for _ in range(20):
                        await bad.tell("command", {"type": "nothing"})
                await asyncio.wait_for(bad.closed.wait(), 10)
            with pytest.raises(aiohttp.WSServerHandshakeError) as shut:
                await Person(there, server.url).join(room.links["participant"], "Budi")
            assert shut.value.status == 429
            await Person(next_door, server.url).join(room.links["participant"], "Cika")
            assert "198.51.100" not in server.said


async def test_wrong_host_tokens_are_counted_by_place(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            wrong = {"Authorization": "Bearer wrong"}
            codes = []
            for _ in range(110):
                async with home.session.get(f"{server.url}/api/rooms", headers=wrong) as answer:
                    codes.append(answer.status)
            assert codes[:100] == [401] * 100
            assert codes[-1] == 429
            assert (await home.api("GET", "/api/rooms"))[0] == 200  # the right one is never shut out


def forwarded(address: str) -> aiohttp.ClientSession:
    """Somebody whom a proxy before the server says to come from there."""
    return aiohttp.ClientSession(headers={"X-Forwarded-For": address})
