"""What a meeting tells sound, and when; and the port's addresses."""

import ipaddress

import pytest

from protocol.commands import FinishTurn, PauseTurn
from protocol.errors import Code, Rejected
from rooms.asks import Drop
from rooms.state import RoomState
from server.media.port import open_port, own_addresses
from server.media.rooms import Media
from server.media.selftest import wrong_with
from server.media.sound import Fan, Hearing, Sound
from tests.given import ADA, BEN, CIKA, SERVER, given

SPEAKS = given(ADA, BEN, CIKA).speaks(BEN)
QUIET = SPEAKS.when(BEN, FinishTurn("t1"))
ALL = frozenset([ADA, BEN, CIKA])


class Told:
    """A meeting's hearing, and what sound has been told."""

    def __init__(self, sound: Sound | None = None) -> None:
        self.reached: list[frozenset[str]] = []
        self.levels: list[tuple[str, int]] = []
        self.sound = sound or Sound()
        self.hearing = Hearing("m", self.sound, self)

    def sound_reaches(self, seats: frozenset[str]) -> None:
        self.reached.append(seats)

    def level(self, seat: str, step: int) -> None:
        self.levels.append((seat, step))

    @property
    def fan(self) -> Fan:
        return self.sound.fan("m")

    def durably(self, state: RoomState) -> None:
        self.hearing.close(state)
        if (opened := self.hearing.to_open()) is not None:
            opened()


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_voice_opens_when_it_is_durable(told: Told) -> None:
    told.hearing.close(SPEAKS.state)
    assert told.fan == Fan()
    opened = told.hearing.to_open()
    assert told.fan == Fan()
    assert opened is not None
    opened()
    assert told.fan == Fan(frozenset([BEN]), ALL)
    assert told.hearing.to_open() is None


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (QUIET.state, ALL),
        (SPEAKS.when(ADA, PauseTurn("t1")).state, ALL),
        (SPEAKS.when(SERVER, Drop(BEN)).state, ALL - {BEN}),
    ],
)
def test_a_voice_closes_at_once(told: Told, after: RoomState, left: frozenset[str]) -> None:
    told.durably(SPEAKS.state)
    told.hearing.close(after)
    assert told.fan == Fan(frozenset(), left)


def test_what_is_over_does_not_open_when_the_disk_is_late(told: Told) -> None:
    told.hearing.close(SPEAKS.state)
    opened = told.hearing.to_open()
    told.hearing.close(QUIET.state)
    assert opened is not None
    opened()
    assert told.fan == Fan(frozenset(), ALL)


def test_what_is_so_again_opens_in_the_end(told: Told) -> None:
    told.durably(SPEAKS.state)
    told.hearing.close(QUIET.state)
    assert told.hearing.to_open() is None  # what only ended, has
    told.hearing.close(SPEAKS.state)
    opened = told.hearing.to_open()
    assert opened is not None
    assert told.fan.audible == frozenset()
    opened()
    assert told.fan.audible == {BEN}


def test_who_was_away_for_less_than_it_takes_to_tell_has_sound_again(told: Told) -> None:
    """A quick reload: both happen before anybody is told of either."""
    told.durably(SPEAKS.state)
    told.hearing.close(SPEAKS.when(SERVER, Drop(CIKA)).state)
    assert told.fan.listeners == ALL - {CIKA}
    told.durably(SPEAKS.state)
    assert told.fan == Fan(frozenset([BEN]), ALL)


def test_after_a_failed_write_what_is_stored_is_so(told: Told) -> None:
    told.durably(SPEAKS.state)
    told.hearing.close(QUIET.state)
    told.hearing.to_open()
    told.hearing.start_over(SPEAKS.state)
    assert told.fan == Fan(frozenset([BEN]), ALL)
    assert told.hearing.to_open() is None


def test_a_meeting_is_told_of_itself_alone_until_it_is_over(told: Told) -> None:
    told.sound.connected("other", ALL)
    told.sound.level("other", ADA, 3)
    assert not told.reached and not told.levels
    told.sound.connected("m", frozenset([ADA]))
    told.sound.level("m", BEN, 2)
    assert (told.reached, told.levels) == ([frozenset([ADA])], [(BEN, 2)])
    told.durably(SPEAKS.state)
    told.hearing.over()
    assert told.fan == Fan()
    told.sound.connected("m", ALL)
    assert told.reached == [frozenset([ADA])]


async def test_sound_can_be_switched_off() -> None:
    sound = Sound(wanted=False)
    await sound.start()
    assert (sound.state, sound.peers) == ("off", 0)
    with pytest.raises(Rejected) as refused:
        sound.answer("m", BEN, "v=0")
    assert refused.value.code is Code.NO_AUDIO


def test_without_sound_an_offer_is_refused(told: Told) -> None:
    told.durably(SPEAKS.state)
    with pytest.raises(Rejected) as refused:
        told.sound.answer("m", BEN, "v=0")
    assert refused.value.code is Code.NO_AUDIO


async def test_sound_that_comes_later_knows_what_was_said_before() -> None:
    told = Told(Sound(["127.0.0.1"]))
    told.durably(SPEAKS.state)
    await told.sound.start()
    assert told.sound.state == "on"
    with pytest.raises(Rejected) as refused:
        told.sound.answer("m", BEN, "v=0")
    assert refused.value.code is Code.MALFORMED  # of somebody who may
    await told.sound.close()


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["203.0.113.5"], ["127.0.0.1", "203.0.113.5"]])
async def test_sound_comes_through_also_where_the_address_is_anothers(addresses: list[str]) -> None:
    """As behind a NAT that forwards: the address is told, and the port is bound on all of this machine's."""
    port = open_port(0, addresses)
    media = Media(port)
    assert port.addresses == tuple(addresses)
    assert await wrong_with(media, port) == ""
    await media.close()


async def test_a_port_that_is_taken_is_an_error() -> None:
    port = open_port(0, ["127.0.0.1"])
    media = Media(port)
    with pytest.raises(OSError, match="in use"):
        open_port(port.number, ["127.0.0.1"])
    await media.close()


def test_own_addresses_can_be_told_to_others() -> None:
    found = [ipaddress.ip_address(address) for address in own_addresses()]
    assert found
    assert not any(address.is_link_local or address.is_unspecified for address in found)
