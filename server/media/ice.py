"""The answering side of ICE (RFC 8445) for one peer, with nothing of its own to look for.

It learns where the peer is from the peer's own checks, and believes a path only after a check of ours came back over
it: a forged sender never makes us send sound to a third party (RFC 7675). Remote candidates are never read.
"""

import secrets
import string
from collections.abc import Callable
from typing import Any, NamedTuple

from server.media import stun

Path = Any  # where a datagram came from, and goes back to; hashable, `path.host` and `path.port` are the peer's

UFRAG = 8  # letters of our ufrags
PATHS = 8  # that one peer may have at a time; a phone that changes networks needs two
CONSENT = 5.0  # seconds between our checks of the path in use
LOST = 20.0  # seconds without an answer to them: the peer is gone
ASKED = 3.0  # seconds that an answer may take
REPEATED = 8  # times that a check may come: RFC 8489, section 6.2.1, sends it seven times
REMEMBERED = 256  # checks whose repetition is counted
PRIORITY = 0x6EFFFFFF  # of a path learnt from a check: RFC 8445, section 5.1.2.1, type preference 110
_LETTERS = string.ascii_letters + string.digits + "+/"


class Credentials(NamedTuple):
    """`ice-ufrag` and `ice-pwd` of one side."""

    ufrag: str
    password: str


def new_credentials() -> Credentials:
    """RFC 8839, section 5.4, asks for at least 24 and 128 bits of chance; these are 48 and 144."""
    return Credentials(_letters(UFRAG), _letters(24))


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


class Ice:
    """`send(data, path)` puts a datagram on the wire; `learnt(path)`, `left(path)` say which paths are the peer's."""

    def __init__(
        self,
        local: Credentials,
        remote: Credentials,
        *,
        send: Callable[[bytes, Path], None],
        learnt: Callable[[Path], None],
        left: Callable[[Path], None],
        now: float,
    ) -> None:
        self.path: Path | None = None  # the one in use
        self.local = local
        self._remote = remote
        self._send, self._learnt, self._left = send, learnt, left
        self._username = f"{local.ufrag}:{remote.ufrag}".encode()
        self._theirs = f"{remote.ufrag}:{local.ufrag}".encode()
        self._local_key, self._remote_key = local.password.encode(), remote.password.encode()
        self._tie_breaker = secrets.randbits(64)
        self._paths: dict[Path, None] = {}  # proven, the oldest first
        self._wanted: dict[Path, None] = {}  # nominated, and not proven yet
        self._asked: dict[bytes, tuple[Path, float]] = {}
        self._times: dict[bytes, int] = {}  # that a check of theirs came
        self._consented = now
        self._next = now + CONSENT

    def take(self, data: bytes, path: Path, now: float) -> bool:
        """A STUN message; whether it was really the peer's. Never raises."""
        return self.times(data) > 0 and self.obey(data, path, now)

    def times(self, data: bytes) -> int:
        """How often this very message has come from the peer by now; 0 when it is not the peer's, or too often.

        Whoever sees a check can send it again as often as he likes, from anywhere: that must not look like the peer.
        """
        if data[:2] == stun.REQUEST:
            number = data[8:20]
            times = self._times.get(number, 0) + 1
            if times > REPEATED or not stun.sealed(data, self._local_key):
                return 0
            self._times[number] = times
            if len(self._times) > REMEMBERED:
                del self._times[next(iter(self._times))]
            return times
        return int(data[:2] == stun.ANSWER and data[8:20] in self._asked and stun.sealed(data, self._remote_key))

    def obey(self, data: bytes, path: Path, now: float) -> bool:
        """Do what a message wants that is the peer's."""
        if data[:2] == stun.ANSWER:
            return self._answered(data[8:20], path, now)
        found = stun.attributes(data)
        if found is None or found.get(stun.USERNAME) != self._username:
            return False
        self._send(stun.answer(data[8:20], path.host, path.port, self._local_key), path)
        nominated = stun.USE_CANDIDATE in found
        if path in self._paths:
            self.path = path if nominated else self.path
            return True
        if nominated:
            self._wanted[path] = None
            if len(self._wanted) > 2 * PATHS:
                del self._wanted[next(iter(self._wanted))]
        if sum(asked == path for asked, _ in self._asked.values()) < 2:
            self.ask(path, now)
        return True

    def _answered(self, number: bytes, path: Path, now: float) -> bool:
        asked, _ = self._asked.get(number, (None, 0.0))
        if asked is None or asked != path:
            return False
        del self._asked[number]
        if path not in self._paths:
            self._paths[path] = None
            self._learnt(path)
            self._forget_most()
        if self.path is None or path in self._wanted:
            self.path = path
        self._wanted.pop(path, None)
        if path == self.path:
            self._consented = now
        return True

    def _forget_most(self) -> None:
        for path in [path for path in self._paths if path != self.path][: max(0, len(self._paths) - PATHS)]:
            del self._paths[path]
            self._left(path)

    @property
    def hosts(self) -> set[str]:
        """Everywhere that the peer is, or may be: the addresses that are in memory."""
        asked = [path for path, _ in self._asked.values()]
        return {path.host for path in (*self._paths, *self._wanted, *asked)}

    def ask(self, path: Path, now: float) -> None:
        """Check a path; when the answer has come, it is proven."""
        if len(self._asked) >= 2 * PATHS and path not in self._paths:
            return
        number = self._number()
        self._asked[number] = (path, now)
        self._send(stun.request(number, self._theirs, PRIORITY, self._tie_breaker, self._remote_key), path)

    def _number(self) -> bytes:
        """Begins with our ufrag, so that the answer finds its way to us whatever path it comes by."""
        return self.local.ufrag.encode() + secrets.token_bytes(4)

    def watch(self, now: float) -> bool:
        """Regularly, at least once a second; False when the peer no longer answers."""
        self._asked = {key: (path, at) for key, (path, at) in self._asked.items() if now - at < ASKED}
        if self.path is not None and now >= self._next:
            self._next = now + CONSENT
            self.ask(self.path, now)
        return self.path is None or now - self._consented < LOST

    def close(self) -> None:
        for path in self._paths:
            self._left(path)
        self._paths.clear()
        self.path = None
