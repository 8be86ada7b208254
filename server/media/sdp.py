"""What may be offered, and what we answer (RFC 8866, RFC 8829).

Of a foreign offer only checked words survive: `Offer.text` is written anew from them, without candidates.
"""

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LARGEST = 16 * 1024  # characters
SSRCS = 2  # streams that one person may announce
LINES = 8  # voices that somebody can hear at once: the most that a format has in an open floor

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

_MEDIA = re.compile(r"audio (0|[1-9][0-9]{0,4}) UDP/TLS/RTP/SAVPF((?: [0-9]{1,3}){1,64})")
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
    """One person's offer, as far as it concerns us: an audio line in both directions, and further ones to hear more
    voices at the same time."""

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
    more: tuple[str, ...] = ()  # mids of the further lines

    @property
    def mids(self) -> tuple[str, ...]:
        """Of all lines, as the bundle names them."""
        return (self.mid, *self.more)

    @property
    def sends(self) -> bool:
        return self.direction in ("sendrecv", "sendonly")

    @property
    def hears(self) -> bool:
        return self.direction in ("sendrecv", "recvonly")

    @property
    def text(self) -> str:
        """The same offer in our words: audio lines, Opus only, no candidates."""
        session = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(self.mids)}"]
        first = self._section(self.mid, self.direction, self.ssrcs)
        further = [line for mid in self.more for line in self._section(mid, "recvonly", ())]
        return "\r\n".join([*session, *first, *further]) + "\r\n"

    def _section(self, mid: str, direction: str, ssrcs: tuple[int, ...]) -> list[str]:
        extensions = ((self.mid_extension, MID), (self.level_extension, LEVEL))
        return [
            f"m=audio 9 UDP/TLS/RTP/SAVPF {self.payload_type}",
            "c=IN IP4 0.0.0.0",
            f"a={direction}",
            *(f"a=extmap:{number} {uri}" for number, uri in extensions if number is not None),
            f"a=mid:{mid}",
            "a=rtcp-mux",
            *(f"a=ssrc:{ssrc} cname:-" for ssrc in ssrcs),
            f"a=rtpmap:{self.payload_type} opus/48000/2",
            f"a=ice-ufrag:{self.ufrag}",
            f"a=ice-pwd:{self.pwd}",
            f"a=fingerprint:sha-256 {self.fingerprint}",
            "a=setup:actpass",
        ]


class _Lines:
    """One media part, and the session's that is before all of them."""

    def __init__(self, session: Sequence[str], part: Sequence[str]) -> None:
        self.media = part[0][2:]
        self._parts = (part[1:], session)

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


def _parts(sdp: str) -> list[_Lines]:
    """The media parts: one to `LINES`."""
    split = [line for line in sdp.replace("\r\n", "\n").split("\n") if line]
    if not split or split[0] != "v=0" or any(line[1:2] != "=" for line in split) or "\r" in "".join(split):
        raise SdpRefused("shape")
    starts = [n for n, line in enumerate(split) if line.startswith("m=")]
    if not 1 <= len(starts) <= LINES:
        raise SdpRefused("media")
    ends = [*starts[1:], len(split)]
    return [_Lines(split[: starts[0]], split[start:end]) for start, end in zip(starts, ends, strict=True)]


def check(sdp: object) -> Offer:
    """An offer as a browser makes it; raises `SdpRefused` for everything else, and nothing but that."""
    if not isinstance(sdp, str) or not 0 < len(sdp) <= LARGEST:
        raise SdpRefused("size")
    if not _PRINTABLE.fullmatch(sdp):
        raise SdpRefused("characters")
    lines, *further = _parts(sdp)
    offer = _first(lines)
    for more in further:
        offer = _with(offer, more)
    if list(lines.attributes("group", session=True)).count(f"BUNDLE {' '.join(offer.mids)}") != 1:
        raise SdpRefused("bundle")
    return offer


def _first(lines: _Lines) -> Offer:
    """The line that has the transport of all, and the person's own voice."""
    formats = _formats(lines.media)
    mid = lines.one("mid", _TOKEN)
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
        nack=_nack(lines, payload_type),
    )


def _with(offer: Offer, lines: _Lines) -> Offer:
    """One line more, which only hears, on the same transport; of that it may leave everything out when it is to be
    bundled at any rate (RFC 8829, section 5.2.1)."""
    bundled = "" in lines.attributes("bundle-only")
    formats = _formats(lines.media, bundled)
    if not offer.hears or _direction(lines) != "recvonly":
        raise SdpRefused("direction")
    mid = lines.one("mid", _TOKEN)
    if mid in offer.mids:
        raise SdpRefused("mid")
    if not bundled:
        lines.one("rtcp-mux", _NOTHING)
    if _opus(lines, formats) != offer.payload_type:  # one number, one meaning, in all of a bundle
        raise SdpRefused("opus")
    same = {"ice-ufrag": offer.ufrag, "ice-pwd": offer.pwd, "setup": "actpass"}
    for name, value in same.items():
        if any(given != value for given in lines.attributes(name)):
            raise SdpRefused(name)
    if any(True for _ in lines.attributes("fingerprint")) and _fingerprint(lines) != offer.fingerprint:
        raise SdpRefused("fingerprint")
    _ssrcs(lines)
    _extensions(lines)
    return replace(offer, nack=offer.nack and _nack(lines, offer.payload_type), more=(*offer.more, mid))


def _formats(media: str, bundled: bool = False) -> list[int]:
    """The payload types. A line that is to be bundled or left away has the port 0."""
    found = _MEDIA.fullmatch(media)
    if not found or int(found[1]) > 65535 or (int(found[1]) == 0 and not bundled):
        raise SdpRefused("media")
    return [int(number) for number in found[2].split()]


def _opus(lines: _Lines, formats: list[int]) -> int:
    """The first Opus in the order of preference, with a number that cannot be taken for RTCP."""
    numbers = [int(found[1]) for value in lines.attributes("rtpmap") if (found := _OPUS.fullmatch(value))]
    for number in formats:
        if number in numbers and (35 <= number <= 63 or 96 <= number <= 127):
            return number
    raise SdpRefused("opus")


def _nack(lines: _Lines, payload_type: int) -> bool:
    return any(value in (f"{payload_type} nack", "* nack") for value in lines.attributes("rtcp-fb"))


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

    `addresses` are numeric hosts and ports, best first; ValueError for one that nobody could reach. They stand in the
    first line, whose transport all share.
    """
    lines: list[str] = []
    where = [_candidate(n, host, port) for n, (host, port) in enumerate(addresses)] + ["a=end-of-candidates"]
    media = 0
    for line in answer.splitlines():
        if line.startswith((*_LEFT_OUT, f"a=fmtp:{offer.payload_type} ")):
            continue
        if line.startswith("m=audio "):
            media += 1
            if media == 2:
                lines += where
            line = "m=audio 9 " + line.split(" ", 2)[2]
        elif line.startswith("c="):
            line = "c=IN IP4 0.0.0.0"
        lines.append(line)
        if line.startswith(f"a=rtpmap:{offer.payload_type} "):
            lines += _settings(offer, profile)
    return "\r\n".join([*lines, *(where if media < 2 else [])]) + "\r\n"


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
