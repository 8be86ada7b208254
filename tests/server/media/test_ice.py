"""The answering side of ICE: who is believed to be where."""

import socket
from collections.abc import Callable, Iterator

import pytest
from aioice import stun as another
from hypothesis import given
from hypothesis import strategies as st

from server.media import ice, stun
from server.media.ice import Ice, new_credentials
from server.media.port import Inlet, Path


class TwoSides:
    """Two sides of ICE whose datagrams go through lists."""

    def __init__(self) -> None:
        ours, theirs = new_credentials(), new_credentials()
        self.sent: dict[str, list[bytes]] = {"ours": [], "theirs": []}
        self.learnt: list[object] = []
        self.ours = self._side(Ice, "ours", ours, theirs)
        self.theirs = self._side(Ice, "theirs", theirs, ours)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.path = Path(Inlet(self.sock), ("192.0.2.9", 4000))

    def _side(self, kind: type[Ice], name: str, local: ice.Credentials, remote: ice.Credentials) -> Ice:
        learnt: Callable[[object], None] = self.learnt.append if name == "ours" else lambda _: None
        return kind(
            local, remote, send=lambda data, _: self.sent[name].append(data), learnt=learnt, left=lambda _: None, now=0
        )


@pytest.fixture
def sides() -> Iterator[TwoSides]:
    found = TwoSides()
    yield found
    found.sock.close()


def test_an_address_is_believed_only_after_it_has_answered(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    assert sides.ours.take(sides.sent["theirs"].pop(), sides.path, 0)
    assert (sides.ours.path, sides.learnt) == (None, [])
    answer, check = sides.sent["ours"]
    assert sides.theirs.take(answer, sides.path, 0)
    assert sides.theirs.take(check, sides.path, 0)
    elsewhere = sides.path._replace(address=("192.0.2.66", 4000))
    assert not sides.ours.take(sides.sent["theirs"][0], elsewhere, 0)
    assert sides.ours.take(sides.sent["theirs"][0], sides.path, 0)
    assert (sides.ours.path, sides.learnt) == (sides.path, [sides.path])


def test_a_forged_check_is_not_answered(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    check = bytearray(sides.sent["theirs"].pop())
    for at in range(20, len(check)):
        forged = bytes(check[:at]) + bytes([check[at] ^ 1]) + bytes(check[at + 1 :])
        sides.ours.take(forged, sides.path, 0)
    assert sides.ours.path is None
    assert sides.learnt == []


def test_who_no_longer_answers_is_gone(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    sides.ours.take(sides.sent["theirs"].pop(), sides.path, 0)
    for data in sides.sent["ours"]:
        sides.theirs.take(data, sides.path, 0)
    sides.ours.take(sides.sent["theirs"].pop(0), sides.path, 0)
    assert sides.ours.path == sides.path
    assert sides.ours.watch(ice.LOST - 0.1)
    assert not sides.ours.watch(ice.LOST)


def connected(sides: TwoSides) -> None:
    sides.theirs.ask(sides.path, 0)
    sides.ours.take(sides.sent["theirs"].pop(), sides.path, 0)
    for data in sides.sent["ours"]:
        sides.theirs.take(data, sides.path, 0)
    sides.ours.take(sides.sent["theirs"].pop(0), sides.path, 0)
    assert sides.ours.path == sides.path
    sides.sent["ours"].clear()


def nominating(sides: TwoSides, number: int) -> bytes:
    """A check of theirs that chooses the path that it comes by; as aioice makes it."""
    check = another.Message(another.Method.BINDING, another.Class.REQUEST, number.to_bytes(12, "big"))
    check.attributes["USERNAME"] = sides.theirs._theirs.decode()
    check.attributes["USE-CANDIDATE"] = None
    check.add_message_integrity(sides.theirs._remote_key)
    return bytes(check)


def answered(sides: TwoSides, path: Path) -> None:
    """Everything that we asked is answered, from there."""
    asked, sides.sent["ours"][:] = [data for data in sides.sent["ours"] if data[:2] == stun.REQUEST], []
    for data in asked:
        sides.sent["theirs"].clear()
        sides.theirs.take(data, path, 0)
        sides.ours.take(sides.sent["theirs"].pop(0), path, 0)


def test_another_network_is_used_when_it_was_chosen_and_has_answered(sides: TwoSides) -> None:
    connected(sides)
    elsewhere = sides.path._replace(address=("192.0.2.66", 4000))
    assert sides.ours.take(nominating(sides, 1), elsewhere, 0)
    assert sides.ours.path == sides.path
    answered(sides, elsewhere)
    assert sides.ours.path == elsewhere
    assert sides.ours.take(nominating(sides, 2), sides.path, 0)  # and back, which is proven already
    assert sides.ours.path == sides.path


def test_a_check_is_answered_as_often_as_it_may_be_repeated(sides: TwoSides) -> None:
    connected(sides)
    check = nominating(sides, 1)
    for times in range(ice.REPEATED):
        assert sides.ours.times(check) == times + 1
    assert sides.ours.times(check) == 0
    assert not sides.ours.take(check, sides.path, 0)
    for number in range(2, 2 * ice.REMEMBERED):
        assert sides.ours.times(nominating(sides, number)) == 1
    assert len(sides.ours._times) == ice.REMEMBERED


def test_checks_that_were_caught_and_come_from_everywhere_move_nothing(sides: TwoSides) -> None:
    """Whoever repeats the peer's checks under forged addresses hinders neither its own nor ours."""
    connected(sides)
    for number in range(100):
        forged = sides.path._replace(address=(f"198.51.100.{number}", 9))
        assert sides.ours.take(nominating(sides, number), forged, 0)
    assert len(sides.ours._asked) <= 2 * ice.PATHS and len(sides.ours._wanted) <= 2 * ice.PATHS
    assert sides.ours.path == sides.path and sides.learnt == [sides.path]
    sides.sent["ours"].clear()
    assert sides.ours.watch(ice.CONSENT)
    answered(sides, sides.path)
    assert sides.ours._consented == 0  # by the clock that `answered` has: it came through


def test_the_paths_of_one_peer_are_counted(sides: TwoSides) -> None:
    connected(sides)
    for number in range(3 * ice.PATHS):
        where = sides.path._replace(address=(f"198.51.100.{number}", 9))
        sides.ours.take(nominating(sides, 1000 + number), where, 0)
        answered(sides, where)
        assert sides.ours.path == where
    assert len(sides.ours._paths) <= ice.PATHS + 1
    sides.ours.close()
    assert (sides.ours.path, sides.ours._paths) == (None, {})


@given(st.binary(max_size=120))
def test_anything_is_refused(data: bytes) -> None:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ours, sent = new_credentials(), list[bytes]()
    it = Ice(ours, ours, send=lambda data, _: sent.append(data), learnt=print, left=print, now=0)
    for begin in (b"", stun.REQUEST, stun.ANSWER):
        assert not it.take(begin + data, Path(Inlet(sock), ("192.0.2.9", 4000)), 0)
    sock.close()
    assert sent == []
