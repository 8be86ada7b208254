"""The answering side of ICE (RFC 8445) for one peer, with nothing of its own to look for.

It learns where the peer is from the peer's own checks, and believes a path only after a check of ours came back over
it: a forged sender never makes us send sound to a third party (RFC 7675). Remote candidates are never read.
"""

import secrets
import string
from collections.abc import Callable
from typing import Any, NamedTuple

from aioice import stun

Path = Any  # where a datagram came from, and goes back to; hashable, `path.host` and `path.port` are the peer's

UFRAG = 8  # letters of our ufrags
PATHS = 8  # that one peer may have at a time; a phone that changes networks needs two
CONSENT = 5.0  # seconds between our checks of the path in use
LOST = 20.0  # seconds without an answer to them: the peer is gone
ASKED = 3.0  # seconds that an answer may take
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
        self._username = f"{local.ufrag}:{remote.ufrag}"
        self._local_key, self._remote_key = local.password.encode(), remote.password.encode()
        self._tie_breaker = secrets.randbits(64)
        self._paths: dict[Path, None] = {}  # proven, the oldest first
        self._nominated: Path | None = None
        self._asked: dict[bytes, tuple[Path, float]] = {}
        self._consented = now
        self._next = now + CONSENT

    def take(self, data: bytes, path: Path, now: float) -> bool:
        """A STUN message; whether it was really the peer's. Never raises."""
        try:
            message = stun.parse_message(data)
            if message.message_method is not stun.Method.BINDING:
                return False
            if message.message_class is stun.Class.REQUEST:
                return self._asked_by_peer(message, path, now)
            if message.message_class is stun.Class.RESPONSE:
                return self._answered(message, path, now)
        except Exception:  # what the parser raises on hostile bytes is not a closed list
            return False
        return False

    def _asked_by_peer(self, message: stun.Message, path: Path, now: float) -> bool:
        if message.attributes.get("USERNAME") != self._username:
            return False
        if not message.check_message_integrity(self._local_key):
            return False
        answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
        answer.attributes["XOR-MAPPED-ADDRESS"] = (path.host, path.port)
        answer.add_message_integrity(self._local_key)
        self._send(bytes(answer), path)
        if "USE-CANDIDATE" in message.attributes:
            self._nominated = path
            if path in self._paths:
                self.path = path
        if path not in self._paths and sum(asked == path for asked, _ in self._asked.values()) < 2:
            self.ask(path, now)
        return True

    def _answered(self, message: stun.Message, path: Path, now: float) -> bool:
        asked, _ = self._asked.get(message.transaction_id, (None, 0.0))
        if asked is None or asked != path or not message.check_message_integrity(self._remote_key):
            return False
        del self._asked[message.transaction_id]
        if path not in self._paths:
            self._paths[path] = None
            self._learnt(path)
            self._forget_most()
        if self.path is None or path == self._nominated:
            self.path = path
        if path == self.path:
            self._consented = now
        return True

    def _forget_most(self) -> None:
        for path in [path for path in self._paths if path != self.path][: max(0, len(self._paths) - PATHS)]:
            del self._paths[path]
            self._left(path)

    def ask(self, path: Path, now: float) -> None:
        """Check a path; when the answer has come, it is proven."""
        if len(self._asked) >= 2 * PATHS:
            return
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, self._number())
        request.attributes["USERNAME"] = f"{self._remote.ufrag}:{self.local.ufrag}"
        request.attributes["PRIORITY"] = PRIORITY
        request.attributes["ICE-CONTROLLED"] = self._tie_breaker
        request.add_message_integrity(self._remote_key)
        self._asked[request.transaction_id] = (path, now)
        self._send(bytes(request), path)

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
