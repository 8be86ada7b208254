"""STUN (RFC 8489) as far as ICE needs it: binding requests and their answers, sealed with a password.

Ours and not aioice's, because what is forged has to cost as little as possible: the seal is looked at first.
"""

import hmac
import socket
import struct
import zlib

REQUEST, ANSWER = b"\x00\x01", b"\x01\x01"  # of the method binding
HEADER = 20  # RFC 8489, section 5
COOKIE = b"\x21\x12\xa4\x42"

USERNAME, INTEGRITY, INTEGRITY_SHA256, FINGERPRINT = 0x0006, 0x0008, 0x001C, 0x8028
MAPPED, PRIORITY, USE_CANDIDATE, CONTROLLED = 0x0020, 0x0024, 0x0025, 0x8029

_SEAL = 20  # bytes of an HMAC-SHA1
_MASK = 0x5354554E  # what a fingerprint is mixed with


def attributes(data: bytes) -> dict[int, bytes] | None:
    """Type to value, the first of each; what follows the integrity does not count (RFC 8489, section 14.5).

    None when one leaves the message. `data` has the length that its header states.
    """
    found: dict[int, bytes] = {}
    at, over = HEADER, False
    while at + 4 <= len(data):
        name, length = struct.unpack_from("!HH", data, at)
        end = at + 4 + length
        if end > len(data):
            return None
        if not over or name in (INTEGRITY_SHA256, FINGERPRINT):
            found.setdefault(name, data[at + 4 : end])
        over = over or name in (INTEGRITY, INTEGRITY_SHA256)
        at = end + -length % 4
    return found if at == len(data) else None


def sealed(data: bytes, password: bytes) -> bool:
    """Whether the message was made by somebody who knows the password (RFC 8489, section 14.5). Never raises."""
    at = HEADER
    while at + 4 <= len(data):
        name, length = struct.unpack_from("!HH", data, at)
        if name == INTEGRITY:
            given = data[at + 4 : at + 4 + length]
            return hmac.compare_digest(given, _seal(data[:2], data[4:at], password))
        at += 4 + length + -length % 4
    return False


def request(transaction: bytes, username: bytes, priority: int, tie_breaker: int, password: bytes) -> bytes:
    """A check by the controlled side (RFC 8445, section 7.1); `transaction` has 12 bytes."""
    body = _attribute(USERNAME, username)
    body += _attribute(PRIORITY, struct.pack("!I", priority))
    body += _attribute(CONTROLLED, struct.pack("!Q", tie_breaker))
    return _message(REQUEST, transaction, body, password)


def answer(transaction: bytes, host: str, port: int, password: bytes) -> bytes:
    """To a request that came from there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    packed = socket.inet_pton(family, host)
    mixed = int.from_bytes(packed, "big") ^ int.from_bytes((COOKIE + transaction)[: len(packed)], "big")
    mapped = struct.pack("!BBH", 0, 2 if family == socket.AF_INET6 else 1, port ^ 0x2112)
    return _message(ANSWER, transaction, _attribute(MAPPED, mapped + mixed.to_bytes(len(packed), "big")), password)


def _message(kind: bytes, transaction: bytes, body: bytes, password: bytes) -> bytes:
    rest = COOKIE + transaction + body
    rest += _attribute(INTEGRITY, _seal(kind, rest, password))
    whole = kind + struct.pack("!H", len(rest) - 16 + 8) + rest
    return whole + _attribute(FINGERPRINT, struct.pack("!I", zlib.crc32(whole) ^ _MASK))


def _seal(kind: bytes, rest: bytes, password: bytes) -> bytes:
    """Over everything before it, with a length that counts it in."""
    return hmac.digest(password, kind + struct.pack("!H", len(rest) - 16 + 4 + _SEAL) + rest, "sha1")


def _attribute(name: int, value: bytes) -> bytes:
    return struct.pack("!HH", name, len(value)) + value + bytes(-len(value) % 4)
