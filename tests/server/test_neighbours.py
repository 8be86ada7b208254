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


def come_and_go(here: Neighbours, place: str, now: float, *, struck_out: bool = False, after: float = 0.0) -> bool:
    """One line that is there for so long; whether it was let in."""
    visit = here.arrive(place, now)
    if visit is not None:
        here.leave(visit, now + after, struck_out=struck_out)
    return visit is not None


def test_so_many_lines_from_one_place_and_no_more() -> None:
    here = Neighbours(allowed=Allowed(lines=2))
    first, second = here.arrive("a", 0), here.arrive("a", 0)
    assert first and second and not here.arrive("a", 0)
    assert here.arrive("b", 0)
    here.leave(first, 1, struck_out=False)
    assert here.arrive("a", 1)
    assert not here.arrive("a", 1)


def test_so_many_arrivals_and_then_slowly() -> None:
    here = Neighbours(allowed=Allowed(arrivals=3, arrival_rate=1))
    assert [come_and_go(here, "a", 0) for _ in range(4)] == [True, True, True, False]
    assert [come_and_go(here, "a", 1), come_and_go(here, "a", 1)] == [True, False]


def test_where_nobody_behaves_it_is_shut_until_that_was_long_ago() -> None:
    here = Neighbours(allowed=Allowed(slowed=1, struck_out=3, span=60))
    for second in range(3):
        assert come_and_go(here, "a", second, struck_out=True)
    assert not here.arrive("a", 3)
    assert here.arrive("b", 3)
    assert not here.arrive("a", 60)  # since the first one, not longer than the span
    assert here.arrive("a", 60.5)


def test_a_few_who_misbehave_slow_those_down_who_come_after_them() -> None:
    here = Neighbours(allowed=Allowed(slowed=3, wait=2.0, span=60))
    waits = []
    for second in range(5):
        visit = here.arrive("a", second)
        assert visit
        waits.append(visit.wait)
        here.leave(visit, second, struck_out=True)
    assert waits == [0, 0, 0, 2, 2]
    later, elsewhere = here.arrive("a", 100), here.arrive("b", 5)
    assert later and elsewhere
    assert (later.wait, elsewhere.wait) == (0, 0)


@pytest.mark.parametrize(("settled", "borne"), [(0, 20), (1, 40), (2, 60), (30, 620)])
def test_one_who_misbehaves_shuts_nobody_out_of_a_household_or_a_hall(settled: int, borne: int) -> None:
    here = Neighbours(allowed=Allowed(arrivals=10_000))
    for _ in range(settled):
        assert here.arrive("a", 0)
    for number in range(borne):
        assert come_and_go(here, "a", 100, struck_out=True), number
    assert not here.arrive("a", 100)


def test_a_hall_that_comes_back_is_as_well_known_as_before() -> None:
    """Its network was gone: nobody is connected any more, and the one who misbehaves is back first."""
    here = Neighbours()
    visits = [here.arrive("a", 0) for _ in range(60)]
    for visit in visits:
        assert visit
        here.leave(visit, 120, struck_out=False)
    for _ in range(300):
        assert come_and_go(here, "a", 150, struck_out=True)
    assert all(here.arrive("a", 180) for _ in range(60))


def test_lines_that_only_wait_for_their_moment_do_not_count_as_well_behaved() -> None:
    here = Neighbours()
    for _ in range(100):
        assert here.arrive("a", 0)
    for _ in range(20):
        assert come_and_go(here, "a", 50, struck_out=True)
    assert not here.arrive("a", 59)
    assert here.arrive("a", 60)  # they have been there for a minute by then


def test_what_is_remembered_has_an_end() -> None:
    here = Neighbours(allowed=Allowed(places=10, arrivals=1, arrival_rate=0))
    assert here.arrive("kept", 0)
    for number in range(100):
        come_and_go(here, f"p{number}", 1)
    assert len(here.known(1)) <= 11
    assert not here.arrive("kept", 2)  # whoever is still connected is not forgotten


def test_a_place_is_forgotten_ten_minutes_after_it_became_quiet() -> None:
    here = Neighbours()
    stays = here.arrive("stays", 0)
    assert stays
    come_and_go(here, "goes", 0, after=30, struck_out=True)
    assert here.guess("guesses", 100)
    assert [(known.place, known.lines, known.quiet, known.struck_out) for known in here.known(100)] == [
        ("stays", 1, 100, 0),
        ("goes", 0, 70, 1),
        ("guesses", 0, 0, 0),
    ]
    assert [known.place for known in here.known(629)] == ["stays", "goes", "guesses"]
    assert [known.place for known in here.known(630)] == ["stays", "guesses"]
    assert [known.place for known in here.known(5000)] == ["stays"]
    here.leave(stays, 5000, struck_out=False)
    assert [known.place for known in here.known(5599)] == ["stays"]
    assert here.known(5600) == []


async def test_a_flood_from_one_place_does_not_shut_the_next(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--trusted-proxy", "127.0.0.1") as server:
        async with house(server) as home, forwarded("198.51.100.1") as there, forwarded("198.51.100.2") as next_door:
            room = await home.room()
            crowd = [await Person(there, server.url).join(room.links["participant"], f"Budi {n}") for n in range(20)]
            await asyncio.gather(*(struck_out(bad) for bad in crowd))
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


async def struck_out(bad: Person) -> None:
    """Says what is nothing, until it is ended."""
    with contextlib.suppress(aiohttp.ClientError, ConnectionError):
        for _ in range(20):
            await bad.tell("command", {"type": "nothing"})
    await asyncio.wait_for(bad.closed.wait(), 20)


async def test_a_nuisance_in_a_household_only_slows_the_others_down(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--trusted-proxy", "127.0.0.1") as server:
        async with house(server) as home, forwarded("198.51.100.1") as there:
            room = await home.room()
            crowd = [await Person(there, server.url).join(room.links["participant"], f"Budi {n}") for n in range(10)]
            await asyncio.gather(*(struck_out(bad) for bad in crowd))
            start = asyncio.get_running_loop().time()
            await Person(there, server.url).join(room.links["participant"], "Cika")
            assert asyncio.get_running_loop().time() - start >= 2


async def test_who_goes_while_they_are_made_to_wait_is_gone(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--trusted-proxy", "127.0.0.1") as server:
        async with house(server) as home, forwarded("198.51.100.1") as there:
            room = await home.room()
            crowd = [await Person(there, server.url).join(room.links["participant"], f"Budi {n}") for n in range(10)]
            await asyncio.gather(*(struck_out(bad) for bad in crowd))
            for _ in range(5):
                asking = asyncio.create_task(Person(there, server.url).join(room.links["participant"], "Cika"))
                await asyncio.sleep(0.1)
                asking.cancel()
                await asyncio.wait([asking])
            last = await Person(there, server.url).join(room.links["participant"], "Dewi")
            assert last.view["sight"] == "door"
        server.terminate()
        assert server.end() == 0
        assert "Traceback" not in server.said and "bug" not in server.said


def forwarded(address: str) -> aiohttp.ClientSession:
    """Somebody whom a proxy before the server says to come from there."""
    return aiohttp.ClientSession(headers={"X-Forwarded-For": address})
