"""Links, the host token and resume tokens: all derived from one key file, so that no secret is ever stored.

Everything is HMAC-SHA256 under the key, with the purpose and every field length-prefixed into the message, so that no
two questions have the same answer. Rotating a link is `generation + 1`; losing the key file ends every link at once.
"""

import base64
import binascii
import contextlib
import errno
import functools
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec

from rooms.state import Seat

KEY_FILE = "key"
KEY_BYTES = 32
LONGEST_SECRET = 64  # characters; ours have 26
LONGEST_RESUME = 512  # characters; ours have about 150
MAC_BYTES = 16
DIGEST_BYTES = 16
KNOWN = 8192  # secrets that are kept at hand, in memory: a room may have two hundred links to compare with


class KeysUnreadable(Exception):
    """The key file cannot be used. The message is one plain sentence for the operator and has nothing of the key."""


class _Claims(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a resume token says, as it is packed. The name is not in it: only a digest that needs the key."""

    room: str
    meeting: str
    seat: str
    link: str
    generation: int
    name: bytes


@dataclass(frozen=True, slots=True)
class Resume:
    """A resume token that we made: the seat it gives back, and the link that it descends from."""

    room: str
    meeting: str
    seat: str
    link: str
    generation: int
    _name: bytes = field(repr=False)
    _keys: "Keys" = field(repr=False, compare=False)

    @property
    def descent(self) -> str:
        """The link that it descends from, as seats name it: `participant.1`."""
        return f"{self.link}.{self.generation}"

    def is_for(self, name: str) -> bool:
        """Whether it was made for a person of exactly this (already cleaned) name."""
        return hmac.compare_digest(self._name, self._keys._name_digest(self.room, self.meeting, self.seat, name))


def holder(id: str, seat: Seat) -> str:
    """The seat as resume tokens name it: a token from before it was handed over gives nothing back."""
    return f"{id}.{seat.handed}" if seat.handed else id


class Keys:
    """The key of this data folder and everything that follows from it. Never shows the key."""

    __slots__ = ("_key", "_known")

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._key = key
        self._known = functools.lru_cache(KNOWN)(self._secret)

    def __repr__(self) -> str:
        return "Keys()"

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read the key of a data folder; the first time, make one. Raises `KeysUnreadable`."""
        path = folder / KEY_FILE
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.path.lexists(path):
                _make(path)
            for half in folder.glob(f"{KEY_FILE}.*.new"):  # the power went while the first one was made
                half.unlink(missing_ok=True)
            return cls(_read(path))
        except OSError as error:
            raise KeysUnreadable(f"The key file {path} cannot be read or made: {error.strerror}.") from None

    def secret(self, room: str, link: str, generation: int) -> str:
        """The secret part of a link (`participant`, `invite-3`): 26 lower-case letters and digits (128 bits).

        No sign that a chat program might take for formatting, or for the end of the address.
        """
        return self._known(room, link, generation).decode()

    def link_of(self, room: str, generations: Mapping[str, int], secret: str) -> str | None:
        """Which link of this room the secret opens. Takes the same time whichever it is, and if it is none."""
        given = _bytes(secret if len(secret) <= LONGEST_SECRET else "")
        found = None
        for link, generation in generations.items():
            if hmac.compare_digest(given, self._known(room, link, generation)):
                found = link
        return found

    def host_token(self) -> str:
        """What a host proves to be the host with, unless another one is configured."""
        return _letters(self._mac("host token"))

    def resume(self, room: str, meeting: str, seat: str, name: str, link: tuple[str, int]) -> str:
        """A signed token that gives a seat back to the same name. It descends from `link`, in that generation."""
        digest = self._name_digest(room, meeting, seat, name)
        claims = msgspec.msgpack.encode(_Claims(room, meeting, seat, link[0], link[1], digest))
        token = base64.urlsafe_b64encode(claims + self._signature(claims)).decode().rstrip("=")
        if len(token) > LONGEST_RESUME:
            raise ValueError("the ids are too long for a resume token")
        return token

    def read_resume(self, token: str) -> Resume | None:
        """What a resume token says; None for anything that we did not make exactly like this."""
        packed = _unpacked(token) if len(token) <= LONGEST_RESUME else None
        if packed is None or len(packed) <= MAC_BYTES:
            return None
        claims, signature = packed[:-MAC_BYTES], packed[-MAC_BYTES:]
        if not hmac.compare_digest(signature, self._signature(claims)):
            return None
        try:
            said = msgspec.msgpack.decode(claims, type=_Claims)
        except msgspec.DecodeError:  # signed by us, but by another version of this program
            return None
        return Resume(said.room, said.meeting, said.seat, said.link, said.generation, said.name, self)

    def _secret(self, room: str, link: str, generation: int) -> bytes:
        return _letters(self._mac("link", room, link, str(generation))).encode()

    def _signature(self, claims: bytes) -> bytes:
        return self._mac("resume", claims)[:MAC_BYTES]

    def _name_digest(self, room: str, meeting: str, seat: str, name: str) -> bytes:
        # Bound to the seat: the same name in two meetings, or of two people, gives digests that have nothing in common.
        return self._mac("name", room, meeting, seat, name)[:DIGEST_BYTES]

    def _mac(self, purpose: str, *fields: str | bytes) -> bytes:
        parts = [purpose.encode(), *(_bytes(f) if isinstance(f, str) else f for f in fields)]
        return hmac.digest(self._key, b"".join(len(p).to_bytes(4, "big") + p for p in parts), hashlib.sha256)


def _bytes(text: str) -> bytes:
    """UTF-8 that never raises: lone surrogates may come from outside."""
    return text.encode("utf-8", "surrogatepass")


def _letters(mac: bytes) -> str:
    return base64.b32encode(mac[:16]).decode().rstrip("=").lower()


def _unpacked(token: str) -> bytes | None:
    """The bytes of an unpadded base64url text, if it is the one way to write them."""
    try:
        packed = base64.b64decode(_bytes(token) + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return packed if base64.urlsafe_b64encode(packed).decode().rstrip("=") == token else None


def _make(path: Path) -> None:
    """Put a new key in place, whole or not at all; if somebody else was faster, theirs stays."""
    half = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    with contextlib.ExitStack() as undo:
        file = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        undo.callback(half.unlink, missing_ok=True)
        try:
            if os.write(file, secrets.token_bytes(KEY_BYTES)) != KEY_BYTES:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file)
        finally:
            os.close(file)
        with contextlib.suppress(FileExistsError, FileNotFoundError):  # theirs is there, and took ours for a left-over
            os.link(half, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _read(path: Path) -> bytes:
    # Without waiting: a named pipe in its place must not hold up the start.
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size != KEY_BYTES:
            raise KeysUnreadable(
                f"The key file {path} is damaged: it should have {KEY_BYTES} bytes. "
                "Put your copy of it back, or delete it to begin with new links."
            )
        if status.st_mode & 0o077:
            with contextlib.suppress(OSError):  # not our file; it is the operator's to keep
                os.fchmod(file, 0o600)
        return os.read(file, KEY_BYTES)
    finally:
        os.close(file)
