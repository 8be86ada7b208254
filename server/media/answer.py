"""The answer to a checked offer: one audio line, ours, which `sdp.dress` completes."""

from collections.abc import Sequence
from typing import NamedTuple

from server.media.ice import Credentials
from server.media.sdp import LEVEL, Offer, Profile, dress

_REVERSED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive"}


class Ours(NamedTuple):
    """What a peer learns about us."""

    credentials: Credentials
    fingerprint: str  # sha-256
    ssrc: int  # of the one stream that it is sent, for ever


def answer(offer: Offer, ours: Ours, profile: Profile, addresses: Sequence[tuple[str, int]]) -> str:
    """SDP. We begin the DTLS handshake: our first flight follows the proof of a path at once."""
    level = [] if offer.level_extension is None else [f"a=extmap:{offer.level_extension} {LEVEL}"]
    stream = [f"a=msid:room voice-{ours.ssrc}", f"a=ssrc:{ours.ssrc} cname:room"] if offer.hears else []
    lines = [
        "v=0",
        f"o=- {ours.ssrc} 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        f"a=group:BUNDLE {offer.mid}",
        "a=msid-semantic:WMS *",
        f"m=audio 9 UDP/TLS/RTP/SAVPF {offer.payload_type}",
        "c=IN IP4 0.0.0.0",
        f"a={_REVERSED[offer.direction]}",
        *level,
        f"a=mid:{offer.mid}",
        *stream,
        "a=rtcp-mux",
        f"a=rtpmap:{offer.payload_type} opus/48000/2",
        f"a=ice-ufrag:{ours.credentials.ufrag}",
        f"a=ice-pwd:{ours.credentials.password}",
        f"a=fingerprint:sha-256 {ours.fingerprint}",
        "a=setup:active",
    ]
    return dress("\r\n".join(lines) + "\r\n", offer, profile, addresses)
