"""The page's files: found, hashed, compressed, preloaded."""

import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import brotli
import pytest

from server import assets


def folder(where: Path, **files: str) -> Path:
    """A `static/` of its own: file names with `__` for the slash and `_` for the dot before the suffix."""
    pages = {"index_html": "<p>index", "host_html": "<p>host", "room_html": "<p>room"}
    for name, text in (pages | files).items():
        path = where / re.sub(r"_([a-z]+)$", r".\1", name.replace("__", "/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return where


def test_a_missing_page_is_said_at_start(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "room.html").unlink()
    with pytest.raises(FileNotFoundError, match=r"room\.html"):
        assets.read(tmp_path)


def test_the_prefix_changes_with_any_byte_and_any_name_and_with_nothing_else(tmp_path: Path) -> None:
    first = assets.read(folder(tmp_path / "a", js__one_js="1"))
    again = assets.read(folder(tmp_path / "b", js__one_js="1"))
    byte = assets.read(folder(tmp_path / "c", js__one_js="2"))
    name = assets.read(folder(tmp_path / "d", js__two_js="1"))
    page = assets.read(folder(tmp_path / "e", js__one_js="1", index_html="<p>other"))
    assert re.fullmatch(r"/a/[0-9a-f]{16}", first.prefix)
    assert first == again
    assert len({first.prefix, byte.prefix, name.prefix, page.prefix}) == 4


def test_pages_get_the_prefix_and_are_no_assets(tmp_path: Path) -> None:
    found = assets.read(folder(tmp_path, room_html='<link href="{{assets}}/x.css"><img src="{{assets}}/y.svg">'))
    assert found.pages["room.html"].body.decode() == (
        f'<link href="{found.prefix}/x.css"><img src="{found.prefix}/y.svg">'
    )
    assert not any(path.endswith(".html") for path in found.files)


def test_what_pages_do_not_need_is_not_served(tmp_path: Path) -> None:
    found = assets.read(
        folder(tmp_path, js__ok_js="1", js__types_d_ts="1", js__map_js_map="1", __init___py="", css__base_css="x")
    )
    (tmp_path / ".secret.js").write_text("1")
    assert set(assets.read(tmp_path).files) == set(found.files) == {"js/ok.js", "css/base.css"}


async def test_the_smallest_form_is_made_once(tmp_path: Path) -> None:
    long = assets.read(folder(tmp_path, js__long_js="word " * 500)).files["js/long.js"]
    first = await long.smallest()
    assert brotli.decompress(first) == long.body
    assert await long.smallest() is first
    assert long.packed is not None
    assert len(first) < len(long.packed)


def test_compressed_only_where_it_helps(tmp_path: Path) -> None:
    found = assets.read(folder(tmp_path, js__long_js="word " * 500, js__short_js="1"))
    (tmp_path / "icon.png").write_bytes(b"\x89PNG" + b"\0" * 1000)
    long = found.files["js/long.js"]
    assert long.packed is not None
    assert gzip.decompress(long.packed) == long.body
    assert len(long.packed) < 100
    assert found.files["js/short.js"].packed is None
    assert assets.read(tmp_path).files["icon.png"].packed is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('import { a } from "./two.js"', True),
        ("import two from './two.js';", True),
        ('import "./two.js"', True),
        ('import two, { a } from "./two.js"', True),
        ('import * as two from "./two.js"', True),
        ('import {\n  a,\n  b as c,\n} from "./two.js";', True),
        ('export { a } from "./two.js"', True),
        ('export * from "./two.js"', True),
        ('let a=1;import{a as b}from"./two.js";', True),
        ('import"./two.js";', True),
        ('const two = await import("./two.js")', False),
        ('/** @type {import("./two.js").Two} */', False),
        ('/**\n * @import { Two } from "./two.js"\n */', False),
        ('// import { a } from "./two.js"', False),
        ('export const from = "./two.js"', False),
        ('export function two() { return from("./two.js") }', False),
    ],
)
def test_static_imports_are_followed_and_nothing_else(text: str, found: bool) -> None:
    page = '<script type="module" src="{{assets}}/js/one.js"></script>'
    files = {"js/one.js": text.encode(), "js/two.js": b""}
    assert assets.modules(files, page) == (["js/one.js", "js/two.js"] if found else ["js/one.js"])


def test_imports_are_followed_to_the_end_once_and_across_folders() -> None:
    page = '<script type="module" src="{{assets}}/js/main.js"></script>'
    files = {
        "js/main.js": b'import "./ui/room.js"\nimport "../vendor/lib.js"\nimport "./gone.js"\n',
        "js/ui/room.js": b'import "../main.js"\nimport "../../vendor/lib.js"\nimport "./seat.js"\n',
        "js/ui/seat.js": b"",
        "vendor/lib.js": b"",
        "js/never.js": b"",
    }
    assert assets.modules(files, page) == ["js/main.js", "js/ui/room.js", "vendor/lib.js", "js/ui/seat.js"]


def test_what_comes_after_the_first_picture_is_hinted_apart_and_once(tmp_path: Path) -> None:
    page = '<head><script type="module" src="{{assets}}/js/main.js"></script></head><template id="soon">'
    page += '<link rel="modulepreload" href="{{assets}}/js/room.js"></template>'
    main, room = 'import "./lib.js"\nimport("./room.js")', 'import "./lib.js"\nimport "./seat.js"'
    found = assets.read(
        folder(tmp_path, room_html=page, js__main_js=main, js__room_js=room, js__seat_js="1", js__lib_js="1")
    )
    head, soon = found.pages["room.html"].body.decode().split('<template id="soon">')
    hint = rf'<link rel="modulepreload" href="{found.prefix}/js/(\w+)\.js">'
    assert re.findall(hint, head) == ["main", "lib"]
    assert re.findall(hint, soon) == ["room", "seat"]


def test_sheets_and_what_they_import_are_preloaded() -> None:
    page = '<link rel="stylesheet" href="{{assets}}/css/room.css"><link rel="icon" href="{{assets}}/i.svg">'
    files = {
        "css/room.css": b'@import "base.css";\n@import url("./more.css");',
        "css/base.css": b"",
        "css/more.css": b"",
    }
    assert assets.sheets(files, page) == ["css/room.css", "css/base.css", "css/more.css"]


def test_hints_stand_in_the_head_in_the_order_of_need(tmp_path: Path) -> None:
    page = (
        '<head><link rel="stylesheet" href="{{assets}}/css/a.css"></head>'
        '<body><script type="module" src="{{assets}}/js/main.js"></script>'
    )
    found = assets.read(folder(tmp_path, room_html=page, css__a_css="", js__main_js='import "./b.js"', js__b_js=""))
    head = found.pages["room.html"].body.decode().split("</head>")[0]
    assert re.findall(r'<link rel="(\w+)"(?: as="\w+")? href="/a/\w+/([^"]+)">', head) == [
        ("stylesheet", "css/a.css"),
        ("preload", "css/a.css"),
        ("modulepreload", "js/main.js"),
        ("modulepreload", "js/b.js"),
    ]


# The real ones


def test_every_import_of_the_real_page_leads_to_a_file() -> None:
    sources = {path: body.body.decode() for path, body in assets.read().files.items() if path.endswith(".js")}
    lost = [
        f"{path} -> {target}"
        for path, text in sources.items()
        for _, target in assets.JS_IMPORT.findall(text)
        if (Path("/static") / path).parent.joinpath(target).resolve().relative_to("/static").as_posix() not in sources
    ]
    assert sources
    assert lost == []


def test_every_asset_that_a_real_page_mentions_is_there() -> None:
    found = assets.read()
    for name, page in found.pages.items():
        mentioned = re.findall(rf'"{found.prefix}/([^"]+)"', page.body.decode())
        assert mentioned, name
        assert [path for path in mentioned if path not in found.files] == [], name


def test_the_real_pages_ask_nobody_else_and_have_nothing_inline() -> None:
    for name, page in assets.read().pages.items():
        text = page.body.decode()
        assert assets.PLACEHOLDER not in text, name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), name
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", text), name
        assert "<title>Lingkar</title>" in text, name


def test_comments_are_not_sent_and_every_line_stays_where_it_is(tmp_path: Path) -> None:
    script = (
        "/** What\n * it is. */\nconst a = /** @type {number} */ (1) // why\n  // a line\n/*! MIT */\nshow(`// no`)\n"
    )
    sheet = "/* the room */\na { b: c }\n/*! MIT */\n"
    found = assets.read(folder(tmp_path, js__one_js=script, css__one_css=sheet)).files
    assert found["js/one.js"].body.decode() == "\n\nconst a =  (1) // why\n\n/*! MIT */\nshow(`// no`)\n"
    assert found["css/one.css"].body.decode() == "\na { b: c }\n/*! MIT */\n"


def means_the_same(pairs: list[tuple[str, str, str]]) -> dict[str, Any]:
    script = Path(__file__).parent / "js" / "meant.mjs"
    done = subprocess.run(["node", script], input=json.dumps(pairs), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_without_its_comments_every_script_means_what_it_meant() -> None:
    scripts = {path.relative_to(assets.STATIC).as_posix(): path.read_bytes() for path in assets.STATIC.rglob("*.js")}
    sent = {name: assets.without_comments(name, body) for name, body in scripts.items()}
    pairs = [(name, body.decode(), sent[name].decode()) for name, body in scripts.items()]
    assert means_the_same(pairs) == {"seen": len(scripts), "differ": []}
    assert sum(map(len, sent.values())) < 0.9 * sum(map(len, scripts.values()))
    assert all(sent[name].count(b"\n") == body.count(b"\n") for name, body in scripts.items())
    wrong = "const a = '/** no comment */'\n"
    told = means_the_same([("wrong.js", wrong, assets.without_comments("wrong.js", wrong.encode()).decode())])
    assert told["differ"] == ["wrong.js"]


def test_no_sheet_has_a_comment_in_a_string() -> None:
    for path in assets.STATIC.rglob("*.css"):
        assert not re.search(r"""["'][^"'\n]*/\*[^"'\n]*["']""", path.read_text(encoding="utf-8")), path.name
