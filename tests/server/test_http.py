"""Pages, health, metrics and the hosts' API as anybody on the network may ask for them, well or badly."""

import asyncio
import gzip
import json
import logging
import re
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import brotli
import pytest
from aiohttp import web

from server import assets, http, moving, requests
from server.app import Server
from server.config import Config
from server.database import DATABASE
from tests.serving import Served, serving

TITLE = "Lingkar Rabu"
SECURITY = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self.body)


PLACES = IPv4Network("127.1.0.0/16").hosts()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("lingkar")) as server:
        yield server
        status, printed = server.stop()
        assert (status, printed) == (0, ""), "nothing that these tests did is worth a line in the log"


class Asker(NamedTuple):
    served: Served
    place: str = "127.0.0.1"

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Ask as somebody: header names with `_` for `-`. A body that is not bytes goes as JSON."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = HTTPConnection("127.0.0.1", self.served.port, timeout=20, source_address=(self.place, 0))
        try:
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def host(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Ask with the host token."""
        return self(method, path, body, **{"Authorization": f"Bearer {self.served.token}"} | headers)


@pytest.fixture
def ask(served: Served) -> Asker:
    """Every test comes from a place of its own: how often one place may guess is bounded."""
    return Asker(served, str(next(PLACES)))


@pytest.fixture
def room(ask: Asker) -> Iterator[str]:
    made = ask.host("POST", "/api/rooms", {"title": TITLE}).json["id"]
    yield made
    ask.host("DELETE", f"/api/rooms/{made}")


# Pages


def test_a_page_is_not_stored_and_says_nothing_about_the_room(ask: Asker, room: str) -> None:
    pages = [ask("GET", f"/r/{id}") for id in (room, "no-such-room", "x" * 3000, "%00", "%2e%2e")]
    assert {page.status for page in pages} == {200}
    assert len({page.body for page in pages}) == 1
    assert len({tuple(kept(page.headers)) for page in pages}) == 1
    assert pages[0].headers["Cache-Control"] == "no-store"
    assert pages[0].headers["Content-Type"] == "text/html; charset=utf-8"


def kept(headers: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers.items() if name != "Date"]


def test_a_page_comes_compressed_only_to_those_who_take_it(ask: Asker) -> None:
    plain = ask("GET", "/r/x")
    assert "Content-Encoding" not in plain.headers
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
    for accepted, coding in [
        *(("gzip", "gzip"), ("gzip;q=0.5, br;q=0", "gzip"), ("GZIP", "gzip"), ("*", "gzip")),
        *(("br", "br"), ("gzip, deflate, br, zstd", "br"), ("BR;q=0.1, gzip", "br")),
    ]:
        packed = ask("GET", "/r/x", Accept_Encoding=accepted)
        assert packed.headers["Content-Encoding"] == coding
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert unpack[coding](packed.body) == plain.body
    for refused in ("br;q=0", "identity", "gzip;q=0", "gzip; q=0.0", "x-gzip-not"):
        assert "Content-Encoding" not in ask("GET", "/r/x", Accept_Encoding=refused).headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"), ("HEAD", "/"), ("GET", "/host"), ("GET", "/r/x"), ("GET", "/healthz"), ("GET", "/metrics"),
        ("GET", "/protocol/schema.json"), ("GET", "/api/rooms"), ("POST", "/"), ("GET", "/nowhere"), ("GET", "/a/x"),
        ("OPTIONS", "/api/rooms"), ("GET", "/socket.io/"), ("GET", "/socket.io/?EIO=4&transport=websocket"),
    ],
)  # fmt: skip
def test_every_answer_has_the_security_headers_and_no_cookie(
    method: str, path: str, ask: Asker, served: Served
) -> None:
    headers = ask(method, path).headers
    assert {name: headers[name] for name in SECURITY} == SECURITY
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' ws://localhost:{served.port} ws://127.0.0.1:{served.port}",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "worker",
    }
    features = headers["Permissions-Policy"].split(", ")
    assert "microphone=(self)" in features
    assert {feature.split("=")[1] for feature in features if not feature.startswith("microphone")} == {"()"}
    assert "Cache-Control" in headers
    assert not {"Set-Cookie", "Server", "ETag", "Last-Modified", "Strict-Transport-Security"} & set(headers)


def test_over_https_browsers_are_told_to_stay_there() -> None:
    secure = http.headers(["https://meet.example.org"])
    assert secure["Strict-Transport-Security"] == "max-age=31536000"
    assert "connect-src 'self' wss://meet.example.org;" in secure["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in http.headers(["https://localhost", "http://127.0.0.1"])
    assert "Strict-Transport-Security" not in http.headers([])


def test_an_asset_is_kept_for_ever_and_has_its_type(ask: Asker) -> None:
    prefix = assets.read().prefix
    for path, file in assets.read().files.items():
        found = ask("GET", f"{prefix}/{path}")
        assert (found.status, found.body) == (200, file.body), path
        assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert found.headers["Content-Type"] == file.type
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert found.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert ("Content-Security-Policy" in found.headers) == (not path.endswith((".js", ".css")))
    assert ask("GET", f"{prefix}/js/main.js").headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_what_is_not_there_is_one_answer(ask: Asker) -> None:
    prefix = assets.read().prefix
    main = "/js/main.js"
    lost = [
        f"/a/0123456789abcdef{main}", f"/a{main}", f"{prefix}/js/none.js", f"{prefix}/", prefix, "/a/", "/nowhere",
        f"{prefix}/../../pyproject.toml", f"{prefix}/..%2f..%2fpyproject.toml", f"{prefix}/room.html",
        f"{prefix}//js/main.js", "/static/js/main.js", "/r/", "/r/a/b", f"{prefix}/js/main.js/",
    ]  # fmt: skip
    answers = [ask("GET", path) for path in lost]
    assert [(answer.status, answer.json) for answer in answers] == [(404, {"code": "not-found"})] * len(lost)
    assert len({tuple(kept(answer.headers)) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("GET", "/room/abc", None, 404, "There is no page here"),
        ("GET", "/r/a/b", None, 404, "There is no page here"),
        ("POST", "/", None, 405, "This does not work like that"),
        ("GET", "/api/rooms", None, 401, "This is not open from here"),
        ("POST", "/api/rooms", b"{", 400, "This could not be understood"),
        ("POST", "/api/rooms", b" " * 70_000, 413, "That was too long"),
    ],
)
def test_a_person_reads_a_sentence_and_a_program_a_code(
    method: str, path: str, body: bytes | None, status: int, words: str, ask: Asker
) -> None:
    asks = ask.host if body else ask
    found = asks(method, path, body, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (found.status, found.headers["Cache-Control"]) == (status, "no-store")
    assert found.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f"<h1>{words}</h1>" in found.body.decode()
    coded = asks(method, path, body)
    assert (coded.status, list(coded.json)) == (status, ["code"])
    kinds = ("Allow", "WWW-Authenticate")
    assert [found.headers.get(name) for name in kinds] == [coded.headers.get(name) for name in kinds]


def test_the_worker_is_never_kept_and_may_ask_this_server_only(ask: Asker) -> None:
    worker = ask("GET", "/sw.js")
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert b"{{" not in worker.body
    for path in re.findall(r'"(/[^"]+)"', worker.body.decode()):
        assert ask("GET", path).status == 200, path
    assert ask("GET", "/error").status == 404  # only a template
    manifest = json.loads(ask("GET", f"{assets.read().prefix}/manifest.webmanifest").body)
    for icon in manifest["icons"]:
        assert ask("GET", f"{assets.read().prefix}/{icon['src']}").headers["Content-Type"] == icon["type"]


def test_another_method_is_refused_with_a_code(ask: Asker) -> None:
    refused = ask("POST", "/")
    assert (refused.status, refused.json, refused.headers["Allow"]) == (405, {"code": "method-not-allowed"}, "GET,HEAD")


def test_head_is_a_get_without_a_body(ask: Asker) -> None:
    head = ask("HEAD", "/r/x")
    assert (head.status, head.body) == (200, b"")
    assert kept(head.headers) == kept(ask("GET", "/r/x").headers)


# Health, metrics, schema


def test_health_is_for_everybody(ask: Asker) -> None:
    health = ask("GET", "/healthz").json
    assert health["status"] == "ok"
    assert health["audio"] in ("starting", "on", "off")


def test_metrics_are_numbers_without_names_behind_a_token(ask: Asker, room: str) -> None:
    assert ask("GET", "/metrics").status == 401
    text = ask.host("GET", "/metrics").body.decode()
    assert re.search(r"^lingkar_rooms 1\.0$", text, re.MULTILINE)
    assert room not in text
    assert TITLE not in text
    labels = {label for found in re.findall(r"\{([^}]*)\}", text) for label in re.findall(r'(\w+)="', found)}
    assert labels <= {"outcome", "where", "le"}


def test_a_token_of_its_own_opens_the_metrics_and_nothing_else(tmp_path: Path) -> None:
    with serving(tmp_path, env={"LINGKAR_METRICS_TOKEN": "only-for-the-numbers"}) as server:
        ask = Asker(server)
        for token in ("only-for-the-numbers", server.token):
            assert ask("GET", "/metrics", Authorization=f"Bearer {token}").status == 200
        assert ask("GET", "/api/rooms", Authorization="Bearer only-for-the-numbers").status == 401
        assert ask("GET", "/metrics", Authorization="Bearer ").status == 401


def test_the_schema_of_the_wire_is_published(ask: Asker) -> None:
    schema = ask("GET", "/protocol/schema.json").json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"RaiseHand", "LeadView", "You", "Code"} <= set(schema["$defs"])


# The hosts' API


def test_a_room_is_made_shown_changed_and_removed(ask: Asker, served: Served) -> None:
    made = ask.host(
        "POST",
        "/api/rooms",
        {
            "title": "  Lingkar \t Rabu ",
            "format": "simple",
            "agreement": {"policy": "full-disclosure", "text": "Satu.\r\n\r\nDua.\n"},
            "questions": ["Siapa yang mengundangmu?"],
        },
    )
    assert made.status == 201
    room = made.json
    assert room == room | {
        "title": "Lingkar Rabu",
        "format": "simple",
        "agreement": {"policy": "full-disclosure", "text": "Satu.\n\nDua."},
        "questions": ["Siapa yang mengundangmu?"],
        "state": "doors",
        "phase": "",
        "present": 0,
        "waiting": 0,
        "hands": 0,
        "longest_wait": 0.0,
        "longest_at_door": 0.0,
    }
    links = room["links"]
    assert list(links) == ["host", "facilitator", "participant"]
    assert all(re.fullmatch(rf"{served.url}/r/{room['id']}#[\w-]{{22,}}", link) for link in links.values())
    assert len(set(links.values())) == 3

    path = f"/api/rooms/{room['id']}"
    assert ask.host("GET", path).json == room
    assert ask.host("GET", "/api/rooms").json == {"rooms": [room]}

    changed = ask.host("PATCH", path, {"title": "Kamis", "agreement": {"text": ""}})
    assert (changed.status, changed.json) == (
        200,
        room | {"title": "Kamis", "agreement": {"policy": "full-disclosure", "text": ""}},
    )
    assert ask.host("PATCH", path, {"questions": []}).json["questions"] == []
    assert ask.host("PATCH", path, {}).json["title"] == "Kamis"

    removed = ask.host("DELETE", path)
    assert (removed.status, removed.body) == (204, b"")
    for method in ("GET", "DELETE"):
        assert ask.host(method, path).status == 404
    assert ask.host("PATCH", path, {}).json == {"code": "not-found"}
    assert ask.host("GET", "/api/rooms").json == {"rooms": []}


def test_what_is_left_out_is_simple(ask: Asker, room: str) -> None:
    shown = ask.host("GET", f"/api/rooms/{room}").json
    assert shown["format"] == "simple"
    assert shown["agreement"] == {"policy": "stays-in-the-room", "text": ""}
    assert shown["questions"] == []


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic {token}",
        "{token}",
        "Bearer {token}x",
        "Bearer {half}",
        "Bearer t\xf6ken",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/rooms"),
        ("POST", "/api/rooms"),
        ("GET", "/api/rooms/x"),
        ("PATCH", "/api/rooms/x"),
        ("DELETE", "/api/rooms/x"),
        ("POST", "/api/rooms/x/close"),
        ("GET", "/api/board"),
    ],
)
def test_without_the_right_token_there_is_nothing(method: str, path: str, header: str, ask: Asker, room: str) -> None:
    given = header.format(token=ask.served.token, half=ask.served.token[:-1])
    for target in {path, path.replace("/x", f"/{room}")}:
        refused = ask(method, target, {"title": "x"}, **({"Authorization": given} if given else {}))
        assert (refused.status, refused.json) == (401, {"code": "unauthorized"})
        assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert [found["id"] for found in ask.host("GET", "/api/rooms").json["rooms"]] == [room]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed"),
        (b"{", "malformed"),
        (b"[]", "malformed"),
        (b"null", "malformed"),
        (b'{"title": "\xff"}', "malformed"),
        (b'{"title": "\\ud800"}', "malformed"),
        (b'{"title": ' + b"[" * 30_000, "malformed"),
        (b'{"title": 1e999}', "malformed"),
        ({}, "malformed"),
        ({"title": None}, "malformed"),
        ({"title": 7}, "malformed"),
        ({"title": "x", "id": "mine"}, "malformed"),
        ({"title": "x", "agreement": {"version": 3}}, "malformed"),
        ({"title": "x", "agreement": {"policy": "tell-everyone"}}, "malformed"),
        ({"title": "x", "agreement": "text"}, "malformed"),
        ({"title": "x", "questions": "why?"}, "malformed"),
        ({"title": "x", "questions": [None]}, "malformed"),
        ({"title": ""}, "title-invalid"),
        ({"title": " \n "}, "title-invalid"),
        ({"title": "..."}, "title-invalid"),
        ({"title": "x" * 81}, "title-invalid"),
        ({"title": "a\u202eb"}, "title-invalid"),
        ({"title": "a\u200bb"}, "title-invalid"),
        ({"title": "a\0b"}, "title-invalid"),
        ({"title": "x", "format": "opera"}, "format-unknown"),
        ({"title": "x", "format": "../simple"}, "format-unknown"),
        ({"title": "x", "agreement": {"text": "x" * 10_001}}, "agreement-invalid"),
        ({"title": "x", "agreement": {"text": "a\u2066b"}}, "agreement-invalid"),
        ({"title": "x", "questions": ["a", "b", "c", "d"]}, "questions-invalid"),
        ({"title": "x", "questions": [""]}, "questions-invalid"),
        ({"title": "x", "questions": ["x" * 201]}, "questions-invalid"),
        ({"title": "x", "questions": ["a\u202eb"]}, "questions-invalid"),
        ({"title": "x", "seats": "many"}, "malformed"),
        ({"title": "x", "seats": 1.5}, "malformed"),
        ({"title": "x", "two_to_remove": 1}, "malformed"),
        ({"title": "x", "seats": -1}, "seats-invalid"),
        ({"title": "x", "seats": 301}, "seats-invalid"),
        ({"title": "x", "seats": 2**70}, "seats-invalid"),
    ],
)
def test_bad_input_makes_no_room(body: Any, code: str, ask: Asker) -> None:
    refused = ask.host("POST", "/api/rooms", body)
    assert (refused.status, refused.json) == (400, {"code": code})
    assert ask.host("GET", "/api/rooms").json == {"rooms": []}


@pytest.mark.parametrize(
    "body",
    [
        {"title": "x" * 80},
        {"title": "👋"},
        {"title": "روز"},
        {"title": "x", "agreement": {"text": "x" * 10_000}},
        {"title": "x", "questions": ["x" * 200] * 3},
        {"title": "x", "seats": 300, "two_to_remove": True},
    ],
)
def test_the_longest_that_is_allowed_is_taken(body: Any, ask: Asker) -> None:
    made = ask.host("POST", "/api/rooms", body)
    assert made.status == 201
    assert ask.host("DELETE", f"/api/rooms/{made.json['id']}").status == 204


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"title": ""}, "title-invalid"),
        ({"format": "opera"}, "format-unknown"),
        ({"links": {}}, "malformed"),
        ({"questions": ["?"]}, "questions-invalid"),
        ({"seats": 301}, "seats-invalid"),
        (b"x", "malformed"),
    ],
)
def test_a_bad_change_changes_nothing(body: Any, code: str, ask: Asker, room: str) -> None:
    before = ask.host("GET", f"/api/rooms/{room}").json
    refused = ask.host("PATCH", f"/api/rooms/{room}", body)
    assert (refused.status, refused.json) == (400, {"code": code})
    assert ask.host("GET", f"/api/rooms/{room}").json == before


def test_seats_and_two_to_remove_are_set_and_changed(ask: Asker, room: str) -> None:
    path = f"/api/rooms/{room}"

    def now() -> tuple[int, bool]:
        found = ask.host("GET", path).json
        return found["seats"], found["two_to_remove"]

    assert now() == (0, False)
    assert ask.host("PATCH", path, {"seats": 12, "two_to_remove": True}).status == 200
    assert ask.host("PATCH", path, {"title": "Kamis"}).json["seats"] == 12
    assert now() == (12, True)
    assert ask.host("PATCH", path, {"seats": 0}).status == 200
    assert now() == (0, True)


# Links


def test_without_the_right_token_there_are_no_links(ask: Asker, room: str) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("POST", "/participant/renew"), ("DELETE", "/participant")):
        refused = ask(method, f"/api/rooms/{room}/links{path}", {}, Authorization=f"Bearer {ask.served.token[:-1]}")
        assert (refused.status, refused.json) == (401, {"code": "unauthorized"})
    assert len(ask.host("GET", f"/api/rooms/{room}/links").json["links"]) == 3


def test_links_are_listed_made_renewed_and_revoked(ask: Asker, room: str) -> None:
    path = f"/api/rooms/{room}/links"
    own = ask.host("GET", f"/api/rooms/{room}").json["links"]
    assert ask.host("GET", path).json["links"] == [
        {"id": kind, "role": kind, "url": own[kind]} for kind in ("participant", "facilitator", "host")
    ]
    made = ask.host("POST", path, {"role": "facilitator", "hours": 2})
    invite = made.json
    assert (made.status, invite["id"], invite["role"]) == (201, "invite-1", "facilitator")
    assert abs(invite["until"] - time.time() - 7200) < 600
    assert re.fullmatch(rf"{ask.served.url}/r/{room}#[a-z2-7]{{26}}", invite["url"])
    assert ask.host("POST", path, {}).json["id"] == "invite-2"

    renewed = ask.host("POST", f"{path}/invite-1/renew", {}).json
    assert renewed["url"] != invite["url"]
    assert "until" not in renewed
    assert ask.host("DELETE", f"{path}/invite-1").status == 204
    for method, gone in (("POST", f"{path}/invite-1/renew"), ("DELETE", f"{path}/invite-1"), ("DELETE", f"{path}/x")):
        refused = ask.host(method, gone, {})
        assert (refused.status, refused.json) == (404, {"code": "no-link"})
    assert ask.host("POST", path, {}).json["id"] == "invite-3"

    assert ask.host("DELETE", f"{path}/participant").status == 204
    assert ask.host("GET", f"/api/rooms/{room}").json["links"].keys() == {"facilitator", "host"}
    assert [link["id"] for link in ask.host("GET", path).json["links"]] == [
        *("facilitator", "host"), *("invite-2", "invite-3")
    ]  # fmt: skip
    back = ask.host("POST", f"{path}/participant/renew", {"hours": 1})
    assert back.json["url"] not in own.values()
    assert ask.host("GET", f"/api/rooms/{room}").json["links"]["participant"] == back.json["url"]


def test_a_link_is_drawn_for_cameras(ask: Asker, room: str) -> None:
    path = f"/api/rooms/{room}/links/participant/drawing"
    drawn = ask.host("GET", path)
    url = ask.host("GET", f"/api/rooms/{room}").json["links"]["participant"]
    assert (drawn.status, drawn.json) == (200, moving.drawn(url)._asdict())
    assert "no-store" in drawn.headers["Cache-Control"]
    refused = ask("GET", path, None, Authorization=f"Bearer {ask.served.token[:-1]}")
    assert (refused.status, refused.json) == (401, {"code": "unauthorized"})
    ask.host("DELETE", f"/api/rooms/{room}/links/participant")
    gone = ask.host("GET", path)
    assert (gone.status, gone.json) == (404, {"code": "no-link"})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed"),
        ({"role": "owner"}, "malformed"),
        ({"hours": "two"}, "malformed"),
        ({"hours": None}, "malformed"),
        ({"hours": 1, "url": "mine"}, "malformed"),
        (b'{"hours": NaN}', "malformed"),
        (b'{"hours": 1e999}', "malformed"),
        ({"hours": -1}, "hours-invalid"),
        ({"hours": 8785}, "hours-invalid"),
    ],
)
def test_a_bad_invite_is_none(body: Any, code: str, ask: Asker, room: str) -> None:
    path = f"/api/rooms/{room}/links"
    before = ask.host("GET", path).json
    refused = ask.host("POST", path, body)
    assert (refused.status, refused.json) == (400, {"code": code})
    if "role" not in str(body):
        assert ask.host("POST", f"{path}/participant/renew", body).json == {"code": code}
    assert ask.host("GET", path).json == before


def test_of_a_room_that_is_not_there_there_are_no_links(ask: Asker) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("POST", "/participant/renew"), ("DELETE", "/participant")):
        refused = ask.host(method, f"/api/rooms/nowhere/links{path}", {})
        assert (refused.status, refused.json) == (404, {"code": "not-found"})


def test_there_is_an_end_of_invites(ask: Asker, room: str) -> None:
    path = f"/api/rooms/{room}/links"
    for _ in range(200):
        assert ask.host("POST", path, {}).status == 201
    refused = ask.host("POST", path, {})
    assert (refused.status, refused.json) == (409, {"code": "links-full"})
    assert ask.host("DELETE", f"{path}/invite-17").status == 204
    assert ask.host("POST", path, {}).json["id"] == "invite-201"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Encoding": "gzip"},
    ],
)
def test_a_body_is_plain_json(headers: dict[str, str], ask: Asker) -> None:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    refused = ask.host("POST", "/api/rooms", gzip.compress(b"{}"), **sent)
    assert (refused.status, refused.json) == (415, {"code": "media-type"})


def test_a_body_ends_at_64_kib(ask: Asker) -> None:
    space = 64 * 1024 - len(b'{"title": "x"}')
    made = ask.host("POST", "/api/rooms", b'{"title": "x"}' + b" " * space)
    assert made.status == 201
    ask.host("DELETE", f"/api/rooms/{made.json['id']}")
    refused = ask.host("POST", "/api/rooms", b'{"title": "x"}' + b" " * (space + 1))
    assert (refused.status, refused.json) == (413, {"code": "too-large"})


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 9000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(500)) + b"\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"secret-words-of-somebody / HTTP/1.1\r\n\r\n",
        b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_what_is_not_http_is_closed_and_the_next_one_is_served(sent: bytes, ask: Asker) -> None:
    """The fixture looks at the log afterwards: no line, no address, no word of it."""
    with socket.create_connection(("127.0.0.1", ask.served.port), timeout=10) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer == b"" or answer.split(b" ")[1] in (b"400", b"401", b"404", b"405"), answer
    assert b"Traceback" not in answer
    assert ask("GET", "/healthz").status == 200


# Inside: what a whole server cannot be made to do from outside


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    started = Server(Config(data=tmp_path, port=0))
    await started.start()
    yield started
    await started.stop()


async def test_a_disk_that_refuses_makes_no_room_and_says_so(server: Server, tmp_path: Path) -> None:
    headers = {"Authorization": f"Bearer {server.host_token}"}
    rooms = f"http://127.0.0.1:{server.port}/api/rooms"
    async with aiohttp.ClientSession(headers=headers) as session:
        other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # somebody else writes, and does not stop
        async with session.post(rooms, json={"title": "x"}) as refused:
            assert (refused.status, await refused.json()) == (503, {"code": "not-now"})
        other.execute("ROLLBACK")
        other.close()
        async with session.get(rooms) as found:
            assert await found.json() == {"rooms": []}
        async with session.post(rooms, json={"title": "x"}) as made:
            assert made.status == 201


async def test_changes_at_the_same_time_do_not_undo_one_another(server: Server) -> None:
    headers = {"Authorization": f"Bearer {server.host_token}"}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}", headers=headers) as session:
        async with session.post("/api/rooms", json={"title": "x"}) as made:
            path = f"/api/rooms/{(await made.json())['id']}"
        changes = [{"title": "y"}, {"questions": ["?a"]}, {"agreement": {"text": "z"}}]
        done = await asyncio.gather(*(session.patch(path, json=change) for change in changes))
        assert [answer.status for answer in done] == [200, 200, 200]
        async with session.get(path) as found:
            room = await found.json()
    assert (room["title"], room["questions"], room["agreement"]["text"]) == ("y", ["?a"], "z")


async def test_a_body_that_does_not_come_is_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "PATIENCE", 0.1)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"POST /api/rooms HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.host_token}\r\n"
    writer.write(f"{head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{{".encode())
    answer = await reader.read()  # all of it: the connection is closed as well
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert answer.endswith(b'{"code":"too-slow"}')


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost:", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"])
async def test_whoever_says_nothing_more_is_let_go(server: Server, sent: bytes) -> None:
    async with site_served(site(server, 0.0), idle=0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        answer = await reader.read()  # ends when the server closes
        writer.close()
        await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 200 ") if sent.endswith(b"\r\n\r\n") else answer == b""


async def test_whoever_is_still_connected_does_not_keep_the_server_from_stopping(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(3)]
        lines[1].sendall(b"GET / HTTP/1.1\r\nHost:")
        lines[2].sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert lines[2].recv(12) == b"HTTP/1.1 200"
        stopped = await asyncio.to_thread(server.stop)
        for line in lines:
            line.close()
    assert stopped == (0, "")


@asynccontextmanager
async def site_served(site: http.Site, **listening: float) -> AsyncIterator[int]:
    """The port of a site without its socket.io side."""
    app = web.Application()
    http.attach(app, site)
    runner = web.AppRunner(app, **http.listening(**listening))
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    try:
        yield listener.getsockname()[1]
    finally:
        await runner.cleanup()


async def answered(site: http.Site, path: str) -> tuple[int, Any]:
    async with (
        site_served(site) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.json()


def site(server: Server, behind: float | str) -> http.Site:
    """The server's site with a journal that is so far behind; text is what a bug would say."""

    def lag() -> float:
        if isinstance(behind, str):
            raise RuntimeError(behind)
        return behind

    return http.Site(
        assets=assets.read(),
        rooms=server.rooms,
        board=server.board,
        metrics=server.metrics,
        behind=lag,
        origins=(),
        host_token="x" * 16,
    )


@pytest.mark.parametrize(
    ("behind", "status", "said"), [(0.0, 200, "ok"), (10.0, 200, "ok"), (10.1, 503, "storing-stalled")]
)
async def test_health_says_when_storing_has_stalled(server: Server, behind: float, status: int, said: str) -> None:
    assert await answered(site(server, behind), "/healthz") == (status, {"status": said, "audio": "off"})


async def test_a_bug_is_a_code_outside_and_a_traceback_without_words_inside(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert await answered(site(server, "what somebody said"), "/healthz") == (500, {"code": "internal"})
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "RuntimeError" in record.getMessage()
    assert "in lag" in record.getMessage()
    assert "what somebody said" not in caplog.text
    assert "127.0.0.1" not in record.getMessage()
    assert b'lingkar_bugs_total{where="http"} 1.0' in server.metrics.text()
