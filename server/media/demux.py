"""What a datagram is, by its first bytes, and whom a connectivity check is for. Reads only; never raises."""

import re
from typing import Literal

Kind = Literal["stun", "dtls", "srtp", "srtcp", "other"]

SMALLEST, LARGEST = 1, 1500  # bytes of a datagram that anything behind this may see

_HEADER = 20  # RFC 8489, section 5
_COOKIE = b"\x21\x12\xa4\x42"
_BINDING_REQUEST = b"\x00\x01"
_USERNAME, _INTEGRITY, _INTEGRITY_SHA256, _FINGERPRINT = 0x0006, 0x0008, 0x001C, 0x8028
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
    if len(data) > LARGEST or not _is_stun(data) or data[:2] != _BINDING_REQUEST:
        return None
    attributes = _attributes(data)
    if attributes is None or not (_INTEGRITY in attributes or _INTEGRITY_SHA256 in attributes):
        return None
    name = _NAME.match(attributes.get(_USERNAME, b""))
    return name[1].decode("ascii") if name else None


def _is_stun(data: bytes) -> bool:
    """The cookie, and a length that is exactly that of the datagram."""
    return (
        len(data) >= _HEADER
        and data[4:8] == _COOKIE
        and len(data) % 4 == 0
        and int.from_bytes(data[2:4], "big") == len(data) - _HEADER
    )


def _attributes(data: bytes) -> dict[int, bytes] | None:
    """Type to value, the first of each; what follows the integrity does not count (RFC 8489, section 14.5)."""
    found: dict[int, bytes] = {}
    at = _HEADER
    while at < len(data):
        name, length = int.from_bytes(data[at : at + 2], "big"), int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 4 + length
        if end > len(data):
            return None
        over = _INTEGRITY in found or _INTEGRITY_SHA256 in found
        if not over or name in (_INTEGRITY_SHA256, _FINGERPRINT):
            found.setdefault(name, data[at + 4 : end])
        at = end + -length % 4
    return found
