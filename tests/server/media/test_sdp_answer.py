"""What is made of a bare answer: how to encode, and where we are."""

import re
from dataclasses import replace

import pytest
from aiortc.sdp import SessionDescription

from server.media.answer import Ours, answer
from server.media.ice import Credentials
from server.media.sdp import NARROW, SPEECH, Profile, check, dress
from tests.server.media.test_sdp import CHROMIUM, FIREFOX, PRINT, wide

ANSWER = f"""v=0
o=- 4004299162 4004299162 IN IP4 0.0.0.0
s=-
t=0 0
a=group:BUNDLE 0
a=msid-semantic:WMS *
m=audio 47414 UDP/TLS/RTP/SAVPF 111
c=IN IP4 192.0.2.2
a=sendrecv
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=mid:0
a=msid:a1f95dff 9c3ccb1c
a=rtcp:9 IN IP4 0.0.0.0
a=rtcp-mux
a=ssrc:3925933657 cname:0c9eb4b0
a=rtpmap:111 opus/48000/2
a=candidate:f957a2332b17 1 udp 2130706431 192.0.2.2 47414 typ host
a=candidate:d0bcf3d9c29a 1 udp 2130706431 fd00::2 52518 typ host
a=end-of-candidates
a=ice-ufrag:cAXo
a=ice-pwd:2dHREpABB4Lv3eSZfgeC1O
a=fingerprint:sha-256 {PRINT}
a=fingerprint:sha-384 00:11
a=fingerprint:sha-512 00:11
a=setup:active
""".replace("\n", "\r\n")


def test_the_answer_says_where_we_are_and_nothing_else() -> None:
    dressed = dress(ANSWER, check(CHROMIUM), SPEECH, [("198.51.100.7", 4000), ("2001:db8::7", 4000)])
    assert "192.0.2.2" not in dressed and "fd00::2" not in dressed
    assert "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" in dressed
    assert re.findall("a=candidate:.*", dressed) == [
        "a=candidate:1 1 udp 2130706431 198.51.100.7 4000 typ host\r",
        "a=candidate:2 1 udp 2130706175 2001:db8::7 4000 typ host\r",
    ]
    assert dressed.endswith("a=end-of-candidates\r\n") and dressed.count("a=end-of-candidates") == 1
    assert re.findall("a=fingerprint:(\\S+)", dressed) == ["sha-256"]
    read = SessionDescription.parse(dressed)
    assert [candidate.ip for candidate in read.media[0].ice_candidates] == ["198.51.100.7", "2001:db8::7"]


@pytest.mark.parametrize("offered", [CHROMIUM, FIREFOX])
def test_each_line_is_answered_with_a_stream_of_its_own_on_one_transport(offered: str) -> None:
    offer = check(wide(offered, 3))
    ours = Ours(Credentials("ours", "0123456789abcdefghijkl"), PRINT, [11, 22, 33])
    text = answer(offer, ours, SPEECH, [("198.51.100.7", 4000)])
    assert "a=group:BUNDLE 0 1 2\r\n" in text
    read = SessionDescription.parse(text)
    assert [audio.rtp.muxId for audio in read.media] == ["0", "1", "2"]
    assert [[info.ssrc for info in audio.ssrc] for audio in read.media] == [[11], [22], [33]]
    assert [audio.direction for audio in read.media][1:] == ["sendonly", "sendonly"]
    assert [len(audio.ice_candidates) for audio in read.media] == [1, 0, 0]
    assert {(audio.ice and audio.ice.usernameFragment, audio.rtcp_mux) for audio in read.media} == {("ours", True)}
    assert text.count("a=fmtp:") == 3 and text.count("a=rtcp-fb:109 nack") == 3 * offer.nack


@pytest.mark.parametrize(("profile", "settings"), [
    (SPEECH, ["minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate=32000", "a=ptime:20", "a=maxptime:60"]),
    (NARROW, ["minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate=24000", "a=ptime:60", "a=maxptime:60"]),
    (replace(SPEECH, quiet=False), ["usedtx=0"]),
])  # fmt: skip
def test_the_answer_says_how_to_encode(profile: Profile, settings: list[str]) -> None:
    dressed = dress(ANSWER + "a=fmtp:111 cbr=1\r\n", check(CHROMIUM), profile, [])
    for setting in settings:
        assert setting in dressed
    assert dressed.count("a=fmtp:") == 1


def test_lost_packets_may_be_asked_for_by_those_who_offered_to() -> None:
    assert "a=rtcp-fb" not in dress(ANSWER, check(CHROMIUM), SPEECH, [])
    answer = ANSWER.replace("111", "109")
    assert "a=rtcp-fb:109 nack\r\n" in dress(answer, check(FIREFOX), SPEECH, [])


@pytest.mark.parametrize(("host", "port"), [
    ("0.0.0.0", 1), ("::", 1), ("224.0.0.1", 1), ("room.example", 1), ("fe80::1%eth0", 1), ("10.0.0.1", 0),
    ("10.0.0.1", 65536), ("10.0.0.1\r\na=x", 1),
])  # fmt: skip
def test_nowhere_is_no_address(host: str, port: int) -> None:
    with pytest.raises(ValueError, match=r"addr"):
        dress(ANSWER, check(CHROMIUM), SPEECH, [(host, port)])
