"""A running server, asked from the command line over its own API."""

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import msgspec

from rooms.format import Fault, said

TIMEOUT = 15.0  # seconds

_SAID = {
    "unauthorized": "the host token is not the one of that server.",
    "not-found": "there is no such room.",
    "title-invalid": "a title has 1 to 80 visible characters.",
    "format-unknown": "the server does not know that format.",
    "would-lose": "somebody would lose a turn or a place now; try again when nobody speaks, or between two phases.",
    "agreement-invalid": "the agreement's text is too long or has hidden characters.",
    "announcement-invalid": "an announcement has 1 to 300 characters, and no hidden ones.",
    "questions-invalid": "there may be three questions at most, of 1 to 200 visible characters each.",
    "seats-invalid": "a room has seats for 1 to 300 participants, or 0 for no limit.",
    "no-schedule": "that room has no schedule.",
    "hours-invalid": "a link expires after at most 8784 hours, or never: 0.",
    "no-link": "the room has no such link.",
    "links-full": "the room has as many personal invites as it can have; revoke some first.",
    "too-fast": "too many wrong tokens came from here; wait a few minutes.",
    "not-now": "the server cannot store anything just now; nothing was changed.",
}


class Unanswered(Exception):
    """What was asked for was not done; one plain sentence says why."""


class Server(msgspec.Struct, frozen=True):
    """Where a server runs (`http://localhost:8080`) and the token that opens its API."""

    url: str
    token: str

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The JSON answer, None where it is empty. Raises `Unanswered`."""
        try:
            return json.loads(self.read(method, path, body) or b"null")
        except ValueError as failed:
            raise self._silent(failed) from None

    def read(self, method: str, path: str, body: object = None) -> bytes:
        """The answer as it came. Raises `Unanswered`."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            request = urllib.request.Request(self.url.rstrip("/") + path, data, headers, method=method)
            with _direct.open(request, timeout=TIMEOUT) as answer:
                found: bytes = answer.read()
                return found
        except urllib.error.HTTPError as refused:
            with refused:
                raise Unanswered(_sentence(refused)) from None
        except (OSError, ValueError) as failed:
            raise self._silent(failed) from None

    def _silent(self, failed: Exception) -> Unanswered:
        return Unanswered(f"no Lingkar server answers at {self.url} ({_why(failed)}).")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token goes to the server that it belongs to and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


# Straight to the server: no proxy from the environment gets to see the token either.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def quoted(part: str) -> str:
    """A piece of a path, whatever characters somebody typed."""
    return urllib.parse.quote(part, safe="")


def _sentence(refused: urllib.error.HTTPError) -> str:
    try:
        answer = json.loads(refused.read())
        code = str(answer["code"])
        if code == "schedule-invalid":
            return schedule_sentence(answer["detail"]["field"], answer["detail"]["code"])
        if code == "format":
            faults = msgspec.convert(answer["detail"], list[Fault])
            return "\n  ".join(["the server says that it is no format that could run:", *map(said, faults)])
    except (ValueError, KeyError, TypeError):
        return f"that is not a Lingkar server: it answered {refused.code}."
    return _SAID.get(code, f"the server refused: {code}.")


_SCHEDULE = {
    "unknown": "is no time zone that the server knows; they are written as Asia/Jakarta",
    "not-a-time": "is no time; write it as 2026-11-24T19:30",
    "not-a-date": "is no date; write it as 2026-11-24",
    "out-of-range": "is too large or too small",
    "two-ends": "and count are both there; give one of them",
    "before-start": "is before the first meeting",
    "too-many": "has more than 200 dates",
    "nothing-left": "leaves out every date that there is",
}


def schedule_sentence(field: str, code: str) -> str:
    """What is wrong with a schedule."""
    return f"the schedule cannot be like this: {field} {_SCHEDULE.get(code, code)}."


def _why(failed: Exception) -> str:
    reason = getattr(failed, "reason", failed)
    return str(getattr(reason, "strerror", None) or reason)
