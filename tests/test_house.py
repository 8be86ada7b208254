"""The rules of the house that no other tool knows: who may import whom, what pure code leaves alone, what files say."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
MAY_IMPORT = {
    "protocol": {"protocol", "msgspec"},
    "rooms": {"rooms", "protocol", "msgspec"},
    "server": {
        "server",
        "rooms",
        "protocol",
        "msgspec",
        "msgpack",
        "aiohttp",
        "brotli",
        "aioice",
        "aiortc",
        "av",
        "cffi",
        "ifaddr",
        "OpenSSL",
        "pylibsrtp",
        "segno",
        "shtab",
        "socketio",
        "engineio",
        "prometheus_client",
    },
}
# What a meeting is, and what crosses the wire, knows no clock, disk, network, thread, log or chance.
IMPURE = {
    "asyncio", "concurrent", "datetime", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random",
    "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time",
    "urllib", "uuid",
}  # fmt: skip
# The generator of the wire's documents is a command: it may print and write files.
COMMANDS = {"protocol/__main__.py"}


@cache
def tracked() -> list[Path]:
    """Every file of the project: known to git, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOME, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [path for name in sorted(set(listed.stdout.split("\0")) - {""}) if (path := HOME / name).is_file()]


def sources(*folders: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(HOME).parts[0] in folders]


def name(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The top-level names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_imports_go_one_way(folder: str) -> None:
    found = sources(folder)
    wrong = [
        f"{name(path)} imports {other}"
        for path in found
        for other in imports(path)
        if other not in MAY_IMPORT[folder] and other not in sys.stdlib_module_names
    ]
    assert found
    assert wrong == []


@pytest.mark.parametrize("folder", ["protocol", "rooms"])
def test_pure_code_imports_nothing_that_does_anything(folder: str) -> None:
    wrong = [
        f"{name(path)} imports {other}"
        for path in sources(folder)
        if name(path) not in COMMANDS
        for other in imports(path)
        if other in IMPURE
    ]
    assert wrong == []


def test_the_rules_would_notice() -> None:
    """The two tests above read what is really imported, also inside a function."""
    here = set(imports(Path(__file__)))
    assert {"ast", "pytest", "subprocess"} <= here
    assert set(imports(HOME / "server" / "http.py")) >= {"aiohttp", "protocol", "server"}


@pytest.mark.parametrize("folder", ["protocol", "rooms"])
def test_pure_code_awaits_nothing_and_opens_nothing(folder: str) -> None:
    for path in sources(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), name(path)
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            assert called not in {"open", "print", "input", "exec", "eval"}, name(path)


def test_names_say_what_a_thing_is() -> None:
    wrong = [
        f"{name(path)}: {node.name}"
        for path in sources("protocol", "rooms", "server")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and re.search(r"Manager$|Helpers?$|Utils?$|^Base|Base$", node.name)
    ]
    assert wrong == []


@pytest.mark.parametrize(("folders", "suffix", "most"), [
    (("protocol", "rooms", "server"), ".py", 400),
    (("rooms/rules",), ".py", 250),
    (("static/js",), ".js", 450),
])  # fmt: skip
def test_files_stay_small(folders: tuple[str, ...], suffix: str, most: int) -> None:
    lengths = {
        name(path): path.read_text(encoding="utf-8").count("\n")
        for path in tracked()
        if path.suffix == suffix and name(path).startswith(folders)
    }
    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > most} == {}


def test_what_asks_for_the_latest_is_pinned_for_every_npm() -> None:
    """`npm ci` takes what the lock file has for a tag only when that says where it is from; and the npm of Debian 12
    fails on `overrides` beside a tag."""
    assert "overrides" not in json.loads((HOME / "package.json").read_text())
    packages = json.loads((HOME / "package-lock.json").read_text())["packages"]
    by_tag = {
        name for each in packages.values() for name, spec in each.get("dependencies", {}).items() if spec.isalpha()
    }
    assert by_tag
    assert all("resolved" in packages[f"node_modules/{name}"] for name in by_tag)


def test_nothing_heavy_is_kept() -> None:
    assert [name(path) for path in tracked() if path.stat().st_size > 1_000_000] == []


# What would tie the project to the machine it was written on, or to one source of packages. (npm reads the address of
# its public registry in a lock file as "wherever packages come from here".)
FOREIGN = {
    "a path of somebody's own machine": re.compile(r"(?<![\w.~$}-])/(?:home|Users|root|work|mnt|tmp)/[\w.-]+"),
    "a source of packages": re.compile(
        r'--(?:extra-)?index-url|--registry|^\s*"resolved": "(?!https://registry\.npmjs\.org/)|//(?:registry|mirror)\.(?!npmjs)',
        re.MULTILINE,
    ),
    "a key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_files_speak_of_the_project_only(what: str) -> None:
    wrong = []
    for path in tracked():
        if path != Path(__file__) and path.suffix not in {".png", ".ico", ".woff2", ".webp"}:
            text = path.read_text(encoding="utf-8")
            wrong += [f"{name(path)}: {found[0]}" for found in FOREIGN[what].finditer(text)]
    assert wrong == []
