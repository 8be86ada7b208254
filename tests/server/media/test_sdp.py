"""Offers: the two browsers' own, and everything that an offer should not be."""

import re
from dataclasses import replace

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from server.media.sdp import LARGEST, Offer, SdpRefused, check

PRINT = ":".join(["A3", "92", "23", "37"] * 8)
CHROMIUM = f"""v=0
o=- 1437781755713523657 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS db7dd21f
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2122260223 10.1.2.3 50000 typ host generation 0
a=candidate:2 1 udp 2122260223 0f0e0d0c-1111-2222-3333-444455556666.local 50000 typ host
a=end-of-candidates
a=ice-ufrag:lAi4
a=ice-pwd:Tuqvonej7MlAAUY7Wi58tFVb
a=ice-options:trickle
a=fingerprint:sha-256 {PRINT}
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:db7dd21f ca64ad61
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=rtpmap:110 telephone-event/48000
a=ssrc:1072414728 cname:/32UW/KeCKaVVy09
a=ssrc:1072414728 msid:db7dd21f ca64ad61
""".replace("\n", "\r\n")
FIREFOX = f"""v=0
o=mozilla...THIS_IS_SDPARTA-99.0 4611 0 IN IP4 0.0.0.0
s=-
t=0 0
a=sendrecv
a=fingerprint:sha-256 {PRINT.lower()}
a=group:BUNDLE 0
a=ice-options:trickle
a=msid-semantic:WMS *
m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
c=IN IP4 0.0.0.0
a=recvonly
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
a=fmtp:101 0-15
a=ice-pwd:1a2b3c4d5e6f708192a3b4c5d6e7f809
a=ice-ufrag:5b6c7d8e
a=mid:0
a=rtcp-fb:109 nack
a=rtcp-mux
a=rtpmap:109 opus/48000/2
a=rtpmap:9 G722/8000/1
a=rtpmap:101 telephone-event/8000
a=setup:actpass
a=ssrc:3391502316 cname:{{8c7b6a59-0000-1111-2222-333344445555}}
""".replace("\n", "\r\n")


def changed(pattern: str, by: str) -> str:
    """Chromium's offer with a change in each line that matches."""
    offer, times = re.subn(pattern, by, CHROMIUM, flags=re.MULTILINE)
    assert times
    return offer


def refused(sdp: object) -> str:
    with pytest.raises(SdpRefused) as no:
        check(sdp)
    assert str(no.value) == no.value.reason
    return no.value.reason


def test_what_chromium_offers() -> None:
    assert check(CHROMIUM) == Offer(
        mid="0",
        direction="sendrecv",
        payload_type=111,
        ufrag="lAi4",
        pwd="Tuqvonej7MlAAUY7Wi58tFVb",
        fingerprint=PRINT,
        ssrcs=(1072414728,),
        mid_extension=4,
        level_extension=1,
        nack=False,
    )


def test_what_firefox_offers() -> None:
    offer = check(FIREFOX)
    assert (offer.payload_type, offer.fingerprint, offer.ufrag) == (109, PRINT, "5b6c7d8e")
    assert (offer.direction, offer.hears, offer.sends, offer.nack) == ("recvonly", True, False, True)
    assert (offer.level_extension, offer.mid_extension) == (1, 3)


def wide(offer: str, voices: int, transport: bool = True) -> str:
    """The same browser's offer to hear so many voices at once, with the transport in each line or in the first only."""
    session, first = offer[: offer.index("m=audio")], offer[offer.index("m=audio") :]
    further = re.sub(r"a=(msid|ssrc|candidate|end-of-candidates).*\r\n", "", first)
    further = re.sub(r"a=(sendrecv|recvonly)\r\n", "a=recvonly\r\n", further)
    if not transport:
        further = re.sub(
            r"a=(ice-ufrag|ice-pwd|ice-options|fingerprint|setup|rtcp-mux|rtcp-rsize|rtcp:).*\r\n", "", further
        )
        further = further.replace("m=audio 9 ", "m=audio 0 ") + "a=bundle-only\r\n"
    more = [further.replace("a=mid:0", f"a=mid:{number}") for number in range(1, voices)]
    mids = " ".join(str(number) for number in range(voices))
    return session.replace("BUNDLE 0", f"BUNDLE {mids}") + first + "".join(more)


@pytest.mark.parametrize("transport", [True, False], ids=["as Chromium", "bundle-only"])
@pytest.mark.parametrize("voices", [1, 2, 8])
def test_a_line_for_each_voice_that_may_be_heard_at_once(voices: int, transport: bool) -> None:
    for one in (CHROMIUM, FIREFOX):
        offer = check(wide(one, voices, transport))
        assert offer == replace(check(one), more=tuple(str(number) for number in range(1, voices)))
        read = SessionDescription.parse(offer.text)
        assert [audio.rtp.muxId for audio in read.media] == list(offer.mids)
        assert [audio.direction for audio in read.media] == [offer.direction] + ["recvonly"] * (voices - 1)
        assert check(offer.text) == replace(offer, nack=False)


THREE = wide(CHROMIUM, 3)


def last(pattern: str, by: str) -> str:
    """The same with a change in the last of three lines."""
    head, media, tail = THREE.rpartition("m=audio")
    bent, times = re.subn(pattern, by, media + tail, flags=re.MULTILINE)
    assert times
    return head + bent


@pytest.mark.parametrize(("sdp", "reason"), [
    (wide(CHROMIUM, 9), "media"),
    (last("^m=audio 9", "m=audio 0"), "media"),  # left away, and not to be bundled
    (last("^m=audio", "m=video"), "media"),
    (last("a=recvonly", "a=sendrecv"), "direction"), (last("a=recvonly", "a=sendonly"), "direction"),
    (last("a=recvonly\r\n", ""), "direction"), (last("a=recvonly", "a=inactive"), "direction"),
    (THREE.replace("a=sendrecv", "a=sendonly"), "direction"), (THREE.replace("a=sendrecv", "a=inactive"), "direction"),
    (last("a=mid:2", "a=mid:1"), "mid"), (last("a=mid:2", "a=mid:0"), "mid"), (last("a=mid:2\r\n", ""), "mid"),
    (THREE.replace("BUNDLE 0 1 2", "BUNDLE 0 1"), "bundle"), (THREE.replace("BUNDLE 0 1 2", "BUNDLE 1 0 2"), "bundle"),
    (THREE.replace("BUNDLE 0 1 2", "BUNDLE 0 1\r\na=group:BUNDLE 2"), "bundle"),
    (last(r"\b111\b", "112"), "opus"), (last("opus/48000/2", "G722/8000"), "opus"),
    (last("lAi4", "lAi5"), "ice-ufrag"), (last("Tuqvonej7", "Tuqvonej8"), "ice-pwd"),
    (last("actpass", "active"), "setup"), (last("A3:92", "A4:92"), "fingerprint"),
    (last("sha-256 .*$", "sha-256\r"), "fingerprint"),
    (last("^a=rtcp-mux\r\n", ""), "rtcp-mux"), (last("^a=extmap:1 ", "a=extmap:x "), "extmap"),
    (THREE + "a=ssrc:0 cname:x\r\n", "ssrc"),
])  # fmt: skip
def test_what_is_refused_of_further_lines(sdp: str, reason: str) -> None:
    assert refused(sdp) == reason


def test_lost_packets_are_asked_for_on_all_lines_or_on_none() -> None:
    assert check(wide(FIREFOX, 3)).nack
    assert not check(wide(FIREFOX, 3).rpartition("a=rtcp-fb")[0] + "a=rtcp-mux\r\na=rtpmap:109 opus/48000/2\r\n").nack


def test_lines_may_end_in_either_way() -> None:
    assert check(CHROMIUM.replace("\r\n", "\n")) == check(CHROMIUM)


def test_what_our_library_reads_is_ours_alone() -> None:
    for offer in (check(CHROMIUM), check(FIREFOX)):
        read = SessionDescription.parse(offer.text)
        (audio,) = read.media
        assert audio.ice_candidates == [] and not audio.ice_candidates_complete
        assert [codec.mimeType for codec in audio.rtp.codecs] == ["audio/opus"]
        assert {extension.id for extension in audio.rtp.headerExtensions} == {
            offer.mid_extension,
            offer.level_extension,
        }
        assert (audio.direction, audio.rtp.muxId, audio.rtcp_mux) == (offer.direction, offer.mid, True)
        assert audio.ice is not None and audio.ice.usernameFragment == offer.ufrag and audio.ice.password == offer.pwd
        assert audio.dtls is not None and [f.value for f in audio.dtls.fingerprints] == [PRINT]
        assert [info.ssrc for info in audio.ssrc] == list(offer.ssrcs)
        assert check(offer.text) == replace(offer, nack=False)


@pytest.mark.parametrize(("sdp", "reason"), [
    (None, "size"), (b"v=0", "size"), (5, "size"), ("", "size"), ("v=0\r\n" + "a" * LARGEST, "size"),
    (CHROMIUM + "a=x:ö\r\n", "characters"), (CHROMIUM + "a=x:\x00\r\n", "characters"),
    (CHROMIUM + "a=x:\u2028a=candidate:1\r\n", "characters"), (CHROMIUM + "a=x:\x0bm=video 9 X 1\r\n", "characters"),
    (CHROMIUM + "a=x:\ud800\r\n", "characters"), (CHROMIUM + "a=x:\t\r\n", "characters"),
    ("hello", "shape"), ("\r\n\r\n", "shape"), (CHROMIUM + "nonsense\r\n", "shape"), (CHROMIUM + "a=\rb\r\n", "shape"),
    (CHROMIUM[5:], "shape"), (changed("^v=0", "v=1"), "shape"), (CHROMIUM + "x\r\n", "shape"),
    ("v=0\r\n", "media"), (CHROMIUM + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "direction"),
    (CHROMIUM + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "media"),
    (CHROMIUM + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", "media"),
    (changed("^m=audio", "m=video"), "media"), (changed("^m=audio 9", "m=audio 0"), "media"),
    (changed("^m=audio 9", "m=audio 65536"), "media"), (changed("SAVPF 111.*$", "SAVPF"), "media"),
    (changed("SAVPF 111", "SAVPF x"), "media"), (changed("UDP/TLS/RTP/SAVPF", "RTP/AVP"), "media"),
    (changed("SAVPF 111", "SAVPF " + "1 " * 65 + "111"), "media"),
    (changed("^a=mid:0\r\n", ""), "mid"), (changed("^a=mid:0", "a=mid:" + "0" * 17), "mid"),
    (changed("^a=mid:0", "a=mid:0 1"), "mid"), (CHROMIUM + "a=mid:0\r\n", "mid"),
    (changed("^a=group:BUNDLE 0\r\n", ""), "bundle"), (changed("BUNDLE 0", "BUNDLE 0 1"), "bundle"),
    (changed("BUNDLE 0", "BUNDLE 1"), "bundle"),
    (changed("^a=rtcp-mux\r\n", ""), "rtcp-mux"),
    (changed("actpass", "holdconn"), "setup"), (changed("actpass", "active"), "setup"),
    (changed("^a=setup:actpass\r\n", ""), "setup"),
    (changed("opus/48000/2", "opus/48000"), "opus"), (changed("^a=rtpmap:111.*\r\n", ""), "opus"),
    (changed("^(m=.* )111 63", r"\g<1>63"), "opus"), (changed(r"\b111\b", "72"), "opus"),
    (changed(r"\b111\b", "200"), "opus"), (changed(r"\b111\b", "8"), "opus"),
    (changed("^a=ice-ufrag.*\r\n", ""), "ice-ufrag"), (changed("^a=ice-ufrag:.*$", "a=ice-ufrag:abc\r"), "ice-ufrag"),
    (changed("^a=ice-ufrag:.*$", f"a=ice-ufrag:{'a' * 257}\r"), "ice-ufrag"),
    (changed("lAi4", "lA:4"), "ice-ufrag"), (CHROMIUM + "a=ice-ufrag:lAi4\r\n", "ice-ufrag"),
    (changed("^a=ice-pwd.*\r\n", ""), "ice-pwd"), (changed("Tuqvonej7", "Tuq"), "ice-pwd"),
    (changed("Tuqvonej7", "Tuqvon j7"), "ice-pwd"), (changed("Tuqvonej7", "T" * 250), "ice-pwd"),
    (changed("^a=fingerprint.*\r\n", ""), "fingerprint"), (changed("sha-256", "sha-1"), "fingerprint"),
    (changed("A3:92", "A392"), "fingerprint"), (changed("A3:92", "G3:92"), "fingerprint"),
    (changed(PRINT, PRINT + ":00"), "fingerprint"), (changed("sha-256 ", "sha-256  "), "fingerprint"),
    (CHROMIUM + f"a=fingerprint:sha-256 {PRINT.replace('A3', 'A4')}\r\n", "fingerprint"),
    (CHROMIUM + "a=ssrc:1 cname:x\r\na=ssrc:2 cname:x\r\n", "ssrc"), (CHROMIUM + "a=ssrc:0 cname:x\r\n", "ssrc"),
    (CHROMIUM + "a=ssrc:4294967296 cname:x\r\n", "ssrc"), (CHROMIUM + "a=ssrc:-1 cname:x\r\n", "ssrc"),
    (CHROMIUM + "a=ssrc\r\n", "ssrc"), (CHROMIUM + "".join(f"a=ssrc:{n} a:b\r\n" for n in range(1, 60)), "ssrc"),
    (CHROMIUM + "a=recvonly\r\n", "direction"), (CHROMIUM + "a=sendrecv\r\n", "direction"),
    (CHROMIUM + "a=extmap:5\r\n", "extmap"), (CHROMIUM + "a=extmap:x urn:y\r\n", "extmap"),
    (CHROMIUM + "a=extmap:5/upwards urn:y\r\n", "extmap"),
    (changed("^a=extmap:4", "a=extmap:1"), "extmap"),
])  # fmt: skip
def test_what_is_refused(sdp: object, reason: str) -> None:
    assert refused(sdp) == reason


def test_hundreds_of_candidates_leave_no_trace() -> None:
    many = "".join(f"a=candidate:{n} 1 udp 1 10.0.0.{n % 255} 9 typ host\r\n" for n in range(200))
    assert check(CHROMIUM + many) == check(CHROMIUM)


def test_what_may_be_missing_or_more() -> None:
    assert check(changed("^a=sendrecv\r\n", "")).direction == "sendrecv"
    assert check(changed("^a=extmap:[14] .*\r\n", "")).level_extension is None
    assert check(changed("^a=extmap:1 ", "a=extmap:15 ")).level_extension is None  # only two-byte headers have it
    assert check(changed("^a=extmap:1 ", "a=extmap:1/sendrecv ")).level_extension == 1
    assert check(changed("^a=ssrc.*\r\n", "")).ssrcs == ()
    assert check(CHROMIUM + "a=ssrc:2 cname:x\r\n").ssrcs == (1072414728, 2)
    assert check(CHROMIUM + "a=rtcp-fb:* nack\r\n").nack
    assert not check(CHROMIUM + "a=rtcp-fb:111 nack pli\r\na=rtcp-fb:63 nack\r\n").nack
    assert check(CHROMIUM + "a=fingerprint:sha-512 00:11\r\n").fingerprint == PRINT
    assert check(changed(r"\b111\b", "35")).payload_type == 35


def test_the_first_opus_is_taken() -> None:
    assert check(changed("SAVPF 111 63", "SAVPF 112 111 63") + "a=rtpmap:112 OPUS/48000/2\r\n").payload_type == 112


@given(st.text(max_size=300) | st.binary(max_size=100) | st.none() | st.integers() | st.lists(st.integers()))
def test_anything_is_an_offer_or_refused(sdp: object) -> None:
    refused(sdp)


@given(st.data())
def test_offers_with_lines_lost_doubled_and_bent(data: st.DataObject) -> None:
    """What is not refused is safe to read: our library takes it, and there is nothing in it but checked words."""
    lines = data.draw(st.sampled_from([CHROMIUM, FIREFOX, wide(CHROMIUM, 2), wide(FIREFOX, 3, transport=False)])).split(
        "\r\n"
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["lose", "double", "bend", "move"])):
            case "lose":
                lines[at] = ""
            case "double":
                lines.append(lines[at])
            case "bend":
                to = data.draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:to] + data.draw(st.text(max_size=3)) + lines[at][to + 1 :]
            case _:
                lines.append(lines.pop(at))
    try:
        offer = check("\r\n".join(lines))
    except SdpRefused:
        return
    read = SessionDescription.parse(offer.text)
    assert len(read.media) == len(offer.mids) <= 3 and len(offer.text) < 2000 * len(offer.mids)
    assert check(offer.text) == replace(offer, nack=False)
