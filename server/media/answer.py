"""The answer to a checked offer: as many audio lines, ours, which `sdp.dress` completes."""

from collections.abc import Sequence
from typing import NamedTuple

from server.media.ice import Credentials
from server.media.sdp import LEVEL, Offer, Profile, dress

_REVERSED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive"}


class Ours(NamedTuple):
    """What a peer learns about us."""

    credentials: Credentials
    fingerprint: str  # sha-256
    ssrcs: Sequence[int]  # of the streams that it is sent, one for each line, for ever


def answer(offer: Offer, ours: Ours, profile: Profile, addresses: Sequence[tuple[str, int]]) -> str:
    """SDP. We begin the DTLS handshake: our first flight follows the proof of a path at once."""
    lines = [
        "v=0",
        f"o=- {ours.ssrcs[0]} 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        f"a=group:BUNDLE {' '.join(offer.mids)}",
        "a=msid-semantic:WMS *",
    ]
    for mid, ssrc in zip(offer.mids, ours.ssrcs, strict=True):
        first = mid == offer.mid
        lines += _section(offer, ours, mid, _REVERSED[offer.direction] if first else "sendonly", ssrc)
    return dress("\r\n".join(lines) + "\r\n", offer, profile, addresses)


def _section(offer: Offer, ours: Ours, mid: str, direction: str, ssrc: int) -> list[str]:
    """Of one line. The transport stands in each of them, the same, as browsers write it themselves."""
    level = [] if offer.level_extension is None or mid != offer.mid else [f"a=extmap:{offer.level_extension} {LEVEL}"]
    stream = [f"a=msid:room voice-{ssrc}", f"a=ssrc:{ssrc} cname:room"] if offer.hears else []
    return [
        f"m=audio 9 UDP/TLS/RTP/SAVPF {offer.payload_type}",
        "c=IN IP4 0.0.0.0",
        f"a={direction}",
        *level,
        f"a=mid:{mid}",
        *stream,
        "a=rtcp-mux",
        f"a=rtpmap:{offer.payload_type} opus/48000/2",
        f"a=ice-ufrag:{ours.credentials.ufrag}",
        f"a=ice-pwd:{ours.credentials.password}",
        f"a=fingerprint:sha-256 {ours.fingerprint}",
        "a=setup:active",
    ]
