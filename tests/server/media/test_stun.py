"""STUN messages: read and made by another implementation, and anything at all."""

import pytest
from aioice import stun as another
from hypothesis import example, given
from hypothesis import strategies as st

from server.media import stun

NUMBER, PASSWORD = b"twelve bytes", b"a password of some length"
NUMBERS = st.binary(min_size=12, max_size=12)


def check(password: bytes = PASSWORD) -> bytes:
    """A binding request by another ICE agent."""
    request = another.Message(another.Method.BINDING, another.Class.REQUEST, NUMBER)
    request.attributes.update({"USERNAME": "ours:theirs", "PRIORITY": 7, "USE-CANDIDATE": None})
    request.add_message_integrity(password)
    return bytes(request)


def test_another_reads_our_check() -> None:
    read = another.parse_message(stun.request(NUMBER, b"theirs:ours", 77, 2**63 + 5, PASSWORD))
    assert (read.message_method, read.message_class) == (another.Method.BINDING, another.Class.REQUEST)
    assert read.transaction_id == NUMBER and read.check_message_integrity(PASSWORD)
    assert {name: read.attributes[name] for name in ("USERNAME", "PRIORITY", "ICE-CONTROLLED")} == {
        "USERNAME": "theirs:ours",
        "PRIORITY": 77,
        "ICE-CONTROLLED": 2**63 + 5,
    }
    assert "FINGERPRINT" in read.attributes


@pytest.mark.parametrize("address", [("192.0.2.1", 32853), ("2001:db8:1234:5678:11:2233:4455:6677", 1), ("::1", 65535)])
def test_another_reads_our_answer(address: tuple[str, int]) -> None:
    read = another.parse_message(stun.answer(NUMBER, *address, PASSWORD))
    assert (read.message_method, read.message_class) == (another.Method.BINDING, another.Class.RESPONSE)
    assert read.transaction_id == NUMBER and read.check_message_integrity(PASSWORD)
    assert read.attributes["XOR-MAPPED-ADDRESS"] == address


def test_we_read_the_check_of_another() -> None:
    assert stun.sealed(check(), PASSWORD)
    assert not stun.sealed(check(), PASSWORD + b"x")
    found = stun.attributes(check())
    assert found is not None
    assert found[stun.USERNAME] == b"ours:theirs"
    assert found[stun.USE_CANDIDATE] == b""
    assert stun.PRIORITY in found and stun.INTEGRITY in found and stun.FINGERPRINT in found


@pytest.mark.parametrize("at", range(len(check()) - 8))
def test_each_byte_before_the_fingerprint_is_sealed(at: int) -> None:
    """But for the length, which says where the message ends: that is looked at before."""
    whole = check()
    broken = whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :]
    assert stun.sealed(broken, PASSWORD) == (at in (2, 3))


@given(st.binary(max_size=200) | st.builds(lambda rest: check()[:20] + rest, st.binary(max_size=200)), st.binary())
@example(b"", b"")
@example(check()[:-4], PASSWORD)
def test_anything_is_read_or_not(data: bytes, password: bytes) -> None:
    assert stun.sealed(data, password) in (False, data == check()[: len(data)])
    found = stun.attributes(data)
    assert found is None or sum(4 + len(value) for value in found.values()) <= max(0, len(data) - 20)


@given(NUMBERS, st.binary(max_size=60), st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1), st.binary(max_size=80))
def test_what_we_seal_is_sealed(number: bytes, name: bytes, priority: int, tie: int, password: bytes) -> None:
    made = stun.request(number, name, priority, tie, password)
    assert stun.sealed(made, password)
    assert int.from_bytes(made[2:4], "big") == len(made) - 20
    found = stun.attributes(made)
    assert found is not None and found[stun.USERNAME] == name
