"""What may be offered, and what we answer (RFC 8866, RFC 8829).

Of a foreign offer only checked words survive: `Offer.text` is written anew from them, without candidates.
"""

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LARGEST = 16 * 1024  # characters
SSRCS = 2  # streams that one person may announce

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

_MEDIA = re.compile(r"audio ([1-9][0-9]{0,4}) UDP/TLS/RTP/SAVPF((?: [0-9]{1,3}){1,64})")
_OPUS = re.compile(r"([0-9]{1,3}) opus/48000/2", re.IGNORECASE)
_EXTENSION = re.compile(r"([0-9]{1,2})(?:/(?:sendrecv|sendonly|recvonly))? (\S+)(?: .*)?")
_SSRC = re.compile(r"([0-9]{1,10})(?: .*)?")
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,16}")
_UFRAG = re.compile(r"[A-Za-z0-9+/]{4,256}")
_PWD = re.compile(r"[A-Za-z0-9+/]{22,256}")
_SHA256 = re.compile(r"[0-9A-F]{2}(?::[0-9A-F]{2}){31}")
_LEFT_OUT = ("a=candidate:", "a=end-of-candidates", "a=fingerprint:sha-384", "a=fingerprint:sha-512")
_DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
_NOTHING, _ACTPASS = re.compile(""), re.compile("actpass")
_PRINTABLE = re.compile(r"[\x20-\x7e\r\n]*")


class SdpRefused(Exception):
    """This offer is not taken. `reason` is one of our own words, never a piece of the offer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Profile:
    """How a speaker is asked to encode. `ptime` and `most` in milliseconds, `bitrate` in bit/s."""

    ptime: int
    most: int
    bitrate: int
    quiet: bool = True  # next to nothing is sent in silence (DTX)


SPEECH = Profile(ptime=20, most=60, bitrate=32_000)
NARROW = Profile(ptime=60, most=60, bitrate=24_000)


@dataclass(frozen=True)
class Offer:
    """One person's offer of one audio line, as far as it concerns us."""

    mid: str
    direction: str
    payload_type: int  # of Opus, in both directions
    ufrag: str
    pwd: str
    fingerprint: str  # sha-256, upper case
    ssrcs: tuple[int, ...]
    mid_extension: int | None
    level_extension: int | None
    nack: bool  # whether they would ask for lost packets

    @property
    def sends(self) -> bool:
        return self.direction in ("sendrecv", "sendonly")

    @property
    def hears(self) -> bool:
        return self.direction in ("sendrecv", "recvonly")

    @property
    def text(self) -> str:
        """The same offer in our words: one audio line, Opus only, no candidates."""
        extensions = ((self.mid_extension, MID), (self.level_extension, LEVEL))
        lines = [
            "v=0",
            "o=- 1 1 IN IP4 0.0.0.0",
            "s=-",
            "t=0 0",
            f"a=group:BUNDLE {self.mid}",
            f"m=audio 9 UDP/TLS/RTP/SAVPF {self.payload_type}",
            "c=IN IP4 0.0.0.0",
            f"a={self.direction}",
            *(f"a=extmap:{number} {uri}" for number, uri in extensions if number is not None),
            f"a=mid:{self.mid}",
            "a=rtcp-mux",
            *(f"a=ssrc:{ssrc} cname:-" for ssrc in self.ssrcs),
            f"a=rtpmap:{self.payload_type} opus/48000/2",
            f"a=ice-ufrag:{self.ufrag}",
            f"a=ice-pwd:{self.pwd}",
            f"a=fingerprint:sha-256 {self.fingerprint}",
            "a=setup:actpass",
        ]
        return "\r\n".join(lines) + "\r\n"


class _Lines:
    """The session's part and the one media part, each as (letter, rest)."""

    def __init__(self, sdp: str) -> None:
        split = [line for line in sdp.replace("\r\n", "\n").split("\n") if line]
        if not split or split[0] != "v=0" or any(line[1:2] != "=" for line in split) or "\r" in "".join(split):
            raise SdpRefused("shape")
        media = [n for n, line in enumerate(split) if line.startswith("m=")]
        if len(media) != 1:
            raise SdpRefused("media")
        self.media = split[media[0]][2:]
        self._parts = (split[media[0] + 1 :], split[: media[0]])

    def attributes(self, name: str, session: bool = False) -> Iterator[str]:
        """The values of `a=name:value`, of the media part or of the session's; "" of a plain `a=name`."""
        for line in self._parts[session]:
            found, _, value = line[2:].partition(":")
            if line[0] == "a" and found == name:
                yield value

    def one(self, name: str, shape: re.Pattern[str]) -> str:
        """What the media part says, or else the session: exactly one value, of this shape."""
        values = list(self.attributes(name)) or list(self.attributes(name, session=True))
        if len(values) != 1 or not shape.fullmatch(values[0]):
            raise SdpRefused(name)
        return values[0]


def check(sdp: object) -> Offer:
    """An offer as a browser makes it; raises `SdpRefused` for everything else, and nothing but that."""
    if not isinstance(sdp, str) or not 0 < len(sdp) <= LARGEST:
        raise SdpRefused("size")
    if not _PRINTABLE.fullmatch(sdp):
        raise SdpRefused("characters")
    lines = _Lines(sdp)
    formats = _formats(lines.media)
    mid = lines.one("mid", _TOKEN)
    if list(lines.attributes("group", session=True)).count(f"BUNDLE {mid}") != 1:
        raise SdpRefused("bundle")
    lines.one("rtcp-mux", _NOTHING)
    lines.one("setup", _ACTPASS)
    payload_type = _opus(lines, formats)
    extensions = _extensions(lines)
    return Offer(
        mid=mid,
        direction=_direction(lines),
        payload_type=payload_type,
        ufrag=lines.one("ice-ufrag", _UFRAG),
        pwd=lines.one("ice-pwd", _PWD),
        fingerprint=_fingerprint(lines),
        ssrcs=_ssrcs(lines),
        mid_extension=extensions.get(MID),
        level_extension=extensions.get(LEVEL),
        nack=any(value in (f"{payload_type} nack", "* nack") for value in lines.attributes("rtcp-fb")),
    )


def _formats(media: str) -> list[int]:
    found = _MEDIA.fullmatch(media)
    if not found or int(found[1]) > 65535:
        raise SdpRefused("media")
    return [int(number) for number in found[2].split()]


def _opus(lines: _Lines, formats: list[int]) -> int:
    """The first Opus in the order of preference, with a number that cannot be taken for RTCP."""
    numbers = [int(found[1]) for value in lines.attributes("rtpmap") if (found := _OPUS.fullmatch(value))]
    for number in formats:
        if number in numbers and (35 <= number <= 63 or 96 <= number <= 127):
            return number
    raise SdpRefused("opus")


def _direction(lines: _Lines) -> str:
    given = [name for name in _DIRECTIONS for _ in lines.attributes(name)]
    if len(given) > 1:
        raise SdpRefused("direction")
    return given[0] if given else "sendrecv"  # RFC 8866, section 6.7


def _fingerprint(lines: _Lines) -> str:
    """Of sha-256 there must be one; others beside it are not used."""
    values = list(lines.attributes("fingerprint")) or list(lines.attributes("fingerprint", session=True))
    found = {value.partition(" ")[2].upper() for value in values if value.lower().startswith("sha-256 ")}
    if len(found) != 1 or not _SHA256.fullmatch(value := found.pop()):
        raise SdpRefused("fingerprint")
    return value


def _ssrcs(lines: _Lines) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for value in lines.attributes("ssrc"):
        number = _SSRC.fullmatch(value)
        if not number or not 0 < int(number[1]) < 1 << 32:
            raise SdpRefused("ssrc")
        found[int(number[1])] = None
    if len(found) > SSRCS:
        raise SdpRefused("ssrc")
    return tuple(found)


def _extensions(lines: _Lines) -> dict[str, int]:
    """What we use of the header extensions: uri to id, as one-byte headers have them (RFC 8285, section 4.2)."""
    found: dict[str, int] = {}
    for value in [*lines.attributes("extmap", session=True), *lines.attributes("extmap")]:
        extension = _EXTENSION.fullmatch(value)
        if not extension:
            raise SdpRefused("extmap")
        if extension[2] in (MID, LEVEL) and 1 <= int(extension[1]) <= 14:
            found[extension[2]] = int(extension[1])
    if len(set(found.values())) < len(found):
        raise SdpRefused("extmap")
    return found


def dress(answer: str, offer: Offer, profile: Profile, addresses: Sequence[tuple[str, int]]) -> str:
    """A bare answer, completed: how to encode, and where we are; of what it says about that itself nothing stays.

    `addresses` are numeric hosts and ports, best first; ValueError for one that nobody could reach.
    """
    lines: list[str] = []
    fmtp = f"a=fmtp:{offer.payload_type} "
    for line in answer.splitlines():
        if line.startswith((*_LEFT_OUT, fmtp)):
            continue
        if line.startswith("m=audio "):
            line = "m=audio 9 " + line.split(" ", 2)[2]
        elif line.startswith("c="):
            line = "c=IN IP4 0.0.0.0"
        lines.append(line)
        if line.startswith(f"a=rtpmap:{offer.payload_type} "):
            lines += _settings(offer, profile)
    lines += [_candidate(n, host, port) for n, (host, port) in enumerate(addresses)]
    return "\r\n".join([*lines, "a=end-of-candidates"]) + "\r\n"


def _settings(offer: Offer, profile: Profile) -> Iterator[str]:
    """RFC 7587, section 6.1: what the speaker's encoder is asked to do."""
    if offer.nack:
        yield f"a=rtcp-fb:{offer.payload_type} nack"
    yield (
        f"a=fmtp:{offer.payload_type} minptime=10;useinbandfec=1;usedtx={profile.quiet:d};stereo=0;"
        f"maxaveragebitrate={profile.bitrate}"
    )
    yield f"a=ptime:{profile.ptime}"
    yield f"a=maxptime:{profile.most}"


def _candidate(n: int, host: str, port: int) -> str:
    """A host candidate; earlier ones are preferred (RFC 8445, section 5.1.2.1)."""
    address = ipaddress.ip_address(host)
    if address.is_unspecified or address.is_multicast or not 0 < port < 65536 or "%" in host:
        raise ValueError("not an address to reach us at")
    priority = 126 << 24 | (65535 - n) << 8 | 255
    return f"a=candidate:{n + 1} 1 udp {priority} {address} {port} typ host"
