"""The hosts' API for a room's agreement and what it was before. It is changed with the room (see server/api.py).

    GET /api/rooms/{id}/agreement       ->  {"version", "policy", "text", "versions": [one, ...]}

`versions` has the newest one first, at most the last twenty: `{"version", "at"?, "policy", "text"}`; `at` is when it
began, in UTC, and is left out where that is not known.
"""

from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from server import agreements
from server.directory import Directory
from server.neighbours import Neighbours
from server.requests import answer, guarded, named
from server.stored import AgreementKept


def routes(rooms: Directory, host_token: str, neighbours: Neighbours) -> list[web.RouteDef]:
    """For whoever has the token."""

    async def one(request: web.Request) -> web.Response:
        row = named(rooms, request).row
        versions = [_shown(kept) for kept in reversed(agreements.known(row))]
        return answer({"version": row.version, "policy": row.policy, "text": row.text, "versions": versions})

    return [web.get("/api/rooms/{id}/agreement", guarded(one, neighbours, host_token))]


def _shown(kept: AgreementKept) -> dict[str, Any]:
    began = {"at": datetime.fromtimestamp(kept.at, UTC).isoformat(timespec="seconds")} if kept.at else {}
    return {"version": kept.version, **began, "policy": kept.policy, "text": kept.text}
