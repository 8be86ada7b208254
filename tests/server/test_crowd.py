"""What one seat, one link, one place and everybody together may ask of a meeting, however often they connect."""

import asyncio
from pathlib import Path

from server.crowd import BOUNDS, Bounds, Crowd
from tests.server.person import TurnedAway
from tests.server.running import house, running

RATE, AT_ONCE = BOUNDS.returns


def test_a_link_lets_a_whole_meeting_in_at_once_and_then_a_few_a_second() -> None:
    crowd = Crowd(Bounds(newcomers=(5.0, 400)))
    assert sum(crowd.comes("participant.1", 0.0) for _ in range(1000)) == 400
    assert sum(crowd.comes("participant.1", 1.0) for _ in range(1000)) == 5
    assert crowd.comes("participant.2", 1.0)  # another link, and the renewed one, are not spent by it


def test_one_place_leaves_seats_at_the_door_for_others() -> None:
    crowd = Crowd(Bounds(waiting=3))
    for seat in ("a", "b", "c"):
        assert crowd.waits("198.51.100.1", crowd.places.keys())
        crowd.stands(seat, "198.51.100.1")
    assert not crowd.waits("198.51.100.1", {"a", "b", "c"})
    assert crowd.waits("198.51.100.2", {"a", "b", "c"})
    assert crowd.waits("198.51.100.1", {"a", "b"})  # one was let in, or went
    assert sorted(crowd.places) == ["a", "b"]


def test_a_new_connection_does_not_fill_up_what_a_seat_has_left() -> None:
    crowd = Crowd(Bounds(moves=(0.1, 2)))
    assert [crowd.of("a", 0.0).moves.take(0.0) for _ in range(3)] == [True, True, False]
    assert crowd.of("b", 0.0).moves.take(0.0)
    crowd.forget({"b"}, set())
    assert crowd.of("a", 0.0).moves.take(0.0)  # somebody new: the seat had ended


def test_a_room_takes_so_many_commands_of_all_together() -> None:
    crowd = Crowd(Bounds(commands=(10.0, 20)))
    assert sum(crowd.acts(0.0) for _ in range(50)) == 20
    assert sum(crowd.acts(1.0) for _ in range(50)) == 10


async def test_a_seat_that_connects_without_end_is_asked_to_wait_and_is_kept(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            _, (ada, ben) = await home.meeting("Ada", "Ben")
            _, (dewi, *_) = await home.meeting("Dewi", "Eka")
            tries = (home.person().come_back(ben) for _ in range(2 * AT_ONCE))
            ends = await asyncio.gather(*tries, return_exceptions=True)  # all at once, and the last one has the seat
            refused = [str(end) for end in ends if isinstance(end, TurnedAway)]
            assert set(refused) == {"too-fast"}
            assert ben.seat in ada.view["people"]
            await dewi.do("raise-hand")  # in another room nobody notices
            await asyncio.sleep(1 / RATE)  # what the bound itself asks for
            assert (await home.person().come_back(ben)).seat == ben.seat
