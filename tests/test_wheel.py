"""What `pip install` brings is complete: built, installed alone in an empty place, started, all of it fetched."""

import gzip
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.serving import HOME, Served, clean_environment, serving

EXPECTED = {
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def done(*command: str | Path, cwd: Path) -> str:
    """What the command printed; all of it in the failure when it fails."""
    ran = subprocess.run(
        list(command), cwd=cwd, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, cwd=HOME)
    [found] = place.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """An empty folder with nothing but a virtual environment in which the wheel is installed."""
    place = tmp_path_factory.mktemp("empty")
    venv.create(place / "env", with_pip=True)
    pip = ("-m", "pip", "install", "--quiet", "--constraint", HOME / "constraints.txt")
    done(place / "env/bin/python", *pip, wheel, cwd=place)
    return place


@pytest.fixture(scope="module")
def served(empty: Path) -> Iterator[Served]:
    with serving(empty / "data", command=[str(empty / "env/bin/lingkar")], cwd=empty) as server:
        yield server


def fetch(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


def test_the_wheel_has_the_packages_and_nothing_else(wheel: Path) -> None:
    names = done(sys.executable, "-m", "zipfile", "-l", wheel, cwd=HOME).splitlines()[1:]
    assert {line.split("/")[0] for line in names} - {"protocol", "rooms", "server", "static"} == {
        f"lingkar-{wheel.name.split('-')[1]}.dist-info"
    }


def test_every_page_and_all_that_it_mentions_can_be_fetched(served: Served) -> None:
    seen: set[str] = set()
    for page in ("/", "/host", "/r/any-room"):
        status, headers, body = fetch(served.url + page)
        assert status == 200
        assert {name: headers[name] for name in EXPECTED} == EXPECTED
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        seen |= set(re.findall(r'(?:src|href)="(/a/[^"]+)"', body.decode()))
    assert any(path.endswith(".js") for path in seen)
    assert any(path.endswith(".css") for path in seen)
    for path in sorted(seen):
        status, headers, body = fetch(served.url + path)
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable"), path
        assert headers["Content-Encoding"] is None
        status, headers, packed = fetch(served.url + path, **{"Accept-Encoding": "gzip"})
        assert (gzip.decompress(packed) if headers["Content-Encoding"] == "gzip" else packed) == body, path


def test_every_file_of_the_page_came_along(served: Served, empty: Path) -> None:
    """Not only what the pages mention: languages and whatever is fetched later, too."""
    [prefix] = set(re.findall(r'"(/a/[0-9a-f]+)/', fetch(served.url + "/r/x")[2].decode()))
    [static] = empty.glob("env/lib/python*/site-packages/static")
    files = [path for path in (HOME / "static").rglob("*") if path.suffix in {".js", ".css", ".json", ".ftl", ".svg"}]
    assert files
    for path in files:
        relative = path.relative_to(HOME / "static")
        assert (static / relative).read_bytes() == path.read_bytes()
        assert fetch(f"{served.url}{prefix}/{relative.as_posix()}")[0] == 200, relative


def test_a_room_can_be_made_and_the_schema_read(served: Served) -> None:
    asked = urllib.request.Request(
        f"{served.url}/api/rooms",
        json.dumps({"title": "Wednesday"}).encode(),
        {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status == 201
        assert set(json.loads(answer.read())["links"]) == {"host", "facilitator", "participant"}
    assert json.loads(fetch(f"{served.url}/healthz")[2])["status"] == "ok"
    assert "RaiseHand" in json.loads(fetch(f"{served.url}/protocol/schema.json")[2])["$defs"]


def test_it_stops_when_it_is_asked_to(empty: Path) -> None:
    with serving(empty / "other", command=[str(empty / "env/bin/lingkar")], cwd=empty) as server:
        assert server.stop() == (0, "")
