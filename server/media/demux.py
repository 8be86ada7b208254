"""What a datagram is, by its first bytes, and whom a connectivity check is for. Reads only; never raises."""

import re
from typing import Literal

from server.media.stun import COOKIE, HEADER, INTEGRITY, INTEGRITY_SHA256, REQUEST, USERNAME, attributes

Kind = Literal["stun", "dtls", "srtp", "srtcp", "other"]

SMALLEST, LARGEST = 1, 1500  # bytes of a datagram that anything behind this may see

_NAME = re.compile(rb"([A-Za-z0-9+/]{4,256}):([A-Za-z0-9+/]{4,256})\Z")  # RFC 8445, section 7.2.2

_DTLS_RECORD = 13  # RFC 6347, section 4.1
_TAG = 10  # the shortest that the profiles we agree to put at the end
_SECURED = 12 + _TAG  # after the fixed header of RTP, or that of RTCP and its index (RFC 3711)


def kind(data: bytes) -> Kind:
    """RFC 7983, section 7, for what we speak; SRTCP by its packet type (RFC 5761, section 4).

    Too short to be what it says, or over `LARGEST`, is `other`, and so is everything that nobody here asked for.
    """
    size = len(data)
    if not SMALLEST <= size <= LARGEST:
        return "other"
    first = data[0]
    if 128 <= first <= 191:
        if size < _SECURED:
            return "other"
        return "srtcp" if 192 <= data[1] <= 223 else "srtp"
    if first <= 3:
        return "stun" if _is_stun(data) else "other"
    if 20 <= first <= 63 and size >= _DTLS_RECORD:
        return "dtls"
    return "other"


def ufrag(data: bytes) -> str | None:
    """Whose check this is: the part of USERNAME that we gave out, before the colon (RFC 8445, section 7.2.2).

    None unless it is a binding request whose attributes fit and which carries a name and an integrity: only a hint
    where to look, the integrity is checked there.
    """
    if len(data) > LARGEST or not _is_stun(data) or data[:2] != REQUEST:
        return None
    found = attributes(data)
    if found is None or not (INTEGRITY in found or INTEGRITY_SHA256 in found):
        return None
    name = _NAME.match(found.get(USERNAME, b""))
    return name[1].decode("ascii") if name else None


def _is_stun(data: bytes) -> bool:
    """The cookie, and a length that is exactly that of the datagram."""
    return (
        len(data) >= HEADER
        and data[4:8] == COOKIE
        and len(data) % 4 == 0
        and int.from_bytes(data[2:4], "big") == len(data) - HEADER
    )
