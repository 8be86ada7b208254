"""What a datagram is taken for: the ones of a real conversation, their neighbours, and anything at all."""

import struct

import pytest
from aioice import stun
from hypothesis import example, given
from hypothesis import strategies as st

from server.media.demux import LARGEST, kind, ufrag

FOREIGN = st.binary(max_size=1600) | st.builds(
    lambda first, rest: bytes([first]) + rest, st.integers(0, 255), st.binary(max_size=60)
)


def check(username: str | None = "ours:theirs", *, integrity: bool = True, more: bytes = b"") -> bytes:
    """A binding request, as another ICE agent writes it."""
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, transaction_id=b"twelve bytes")
    request.attributes["PRIORITY"] = 1
    if username is not None:
        request.attributes["USERNAME"] = username
    if integrity:
        request.add_message_integrity(b"password")
    written = bytes(request) + more
    return written[:2] + struct.pack("!H", len(written) - 20) + written[4:]


def test_what_a_conversation_consists_of() -> None:
    assert kind(check()) == "stun"
    assert kind(bytes([22, 254, 253]) + bytes(10)) == "dtls"  # a handshake record
    assert kind(bytes([20]) + bytes(12)) == kind(bytes([63]) + bytes(12)) == "dtls"
    assert kind(bytes([0x80, 111]) + bytes(20)) == "srtp"
    assert kind(bytes([0xBF, 0x80 | 111]) + bytes(20)) == "srtp"  # everything set: padding, extension, marker
    assert kind(bytes([0x80, 200]) + bytes(20)) == "srtcp"


@pytest.mark.parametrize(("second", "is_control"), [(191, False), (192, True), (200, True), (223, True), (224, False)])
def test_control_is_known_by_its_packet_type(second: int, is_control: bool) -> None:
    assert kind(bytes([0x80, second]) + bytes(100)) == ("srtcp" if is_control else "srtp")


@pytest.mark.parametrize("first", [4, 15, 16, 19, 64, 79, 127, 192, 255])
def test_the_ranges_between_belong_to_nobody_here(first: int) -> None:
    assert kind(bytes([first]) * 100) == "other"


def test_too_short_and_too_long_is_nothing() -> None:
    assert kind(b"") == "other"
    assert kind(bytes([0x80, 111]) + bytes(19)) == "other"
    assert kind(bytes([0x80, 200]) + bytes(19)) == "other"
    assert kind(bytes([22]) + bytes(11)) == "other"
    assert kind(check()[:19]) == "other"
    assert kind(bytes([0x80, 111]) + bytes(LARGEST - 2)) == "srtp"
    assert kind(bytes([0x80, 111]) + bytes(LARGEST - 1)) == "other"


@pytest.mark.parametrize("broken", [
    check()[:4] + bytes(4) + check()[8:],  # another cookie: an older protocol
    check()[:-4],  # shorter than it says
    check() + bytes(4),  # longer than it says
    check()[:2] + struct.pack("!H", len(check()) - 21) + check()[4:-1],  # not a multiple of four
])  # fmt: skip
def test_a_check_has_a_cookie_and_its_own_length(broken: bytes) -> None:
    assert kind(broken) == "other"
    assert ufrag(broken) is None


def test_whose_check_it_is() -> None:
    assert ufrag(check("ours:theirs")) == "ours"
    assert ufrag(check("a+/9:" + "b" * 256)) == "a+/9"


@pytest.mark.parametrize("name", [
    None, "", "ours", ":theirs", "ours:", "abc:theirs", "ours:abc", "ou rs:theirs", "ours:theirs:more", "ours:theirs\n",
    "öurs:theirs", "a" * 257 + ":theirs", "ours:" + "b" * 257,
])  # fmt: skip
def test_a_name_that_we_cannot_have_given_out(name: str | None) -> None:
    assert ufrag(check(name)) is None


def test_without_an_integrity_nobody_is_looked_up() -> None:
    assert ufrag(check(integrity=False)) is None


def test_only_a_request_names_somebody() -> None:
    reply = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, attributes={"USERNAME": "ours:theirs"})
    reply.add_message_integrity(b"password")
    assert kind(bytes(reply)) == "stun"
    assert ufrag(bytes(reply)) is None


def test_what_follows_the_integrity_does_not_count() -> None:
    name = struct.pack("!HH", 6, 12) + b"ours:another"
    assert ufrag(check(None, more=name)) is None
    assert ufrag(check("ours:theirs", more=name)) == "ours"
    assert ufrag(check(None, integrity=False, more=name + struct.pack("!HH", 0x1C, 32) + bytes(32))) == "ours"


def test_an_attribute_that_leaves_the_message() -> None:
    assert ufrag(check(more=struct.pack("!HH", 6, 1))) is None
    assert ufrag(check(more=struct.pack("!HH", 6, 0xFFFF))) is None


@given(FOREIGN)
@example(check())
@example(bytes(LARGEST + 1))
def test_anything_is_something(data: bytes) -> None:
    assert kind(data) in ("stun", "dtls", "srtp", "srtcp", "other")
    assert ufrag(data) is None or kind(data) == "stun"


@given(st.data())
def test_a_check_with_one_byte_changed(data: st.DataObject) -> None:
    broken = bytearray(check())
    broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    found = ufrag(bytes(broken))
    assert found is None or len(found) >= 4
