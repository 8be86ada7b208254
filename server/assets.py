"""The page: everything in `static/`, read and compressed once at start, kept in memory, served under a hash of it all.

A page is sent `no-store`; what it refers to lives under `/a/<hash>/` and may be kept for ever, because another build
has another hash. `{{assets}}` in a page stands for that prefix. Comments are not sent (see decision 23).
"""

import asyncio
import gzip
import hashlib
import posixpath
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

import brotli
import msgspec
from aiohttp import web

# `static/` is installed beside `server/`. The import system might find somebody else's folder of that name instead.
STATIC = Path(__file__).resolve().parent.parent / "static"

PLACEHOLDER = "{{assets}}"
PAGES = {"/": "index.html", "/host": "host.html", "/r/{room}": "room.html"}
TEMPLATES = {"error.html"}  # filled in by others before they are sent

# Declared here and not asked of the machine, whose table differs from one to the next. What is not here is not served.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ftl": "text/plain; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_PACKED = (".ico", ".png", ".woff2")  # compressed by their nature


class Asset(msgspec.Struct, frozen=True):
    """One thing to send. `packed` is its gzip form, or None where that would not be smaller."""

    type: str
    body: bytes
    packed: bytes | None
    _smallest: list[bytes] = msgspec.field(default_factory=list)

    async def smallest(self) -> bytes:
        """Its Brotli form (RFC 7932), for those who take it: a seventh less than gzip. Made when somebody first asks,
        in a thread of its own: the best of it takes some 30 ms, which nobody in a meeting shall wait for."""
        if not self._smallest:
            self._smallest.append(await asyncio.to_thread(brotli.compress, self.body, quality=11))
        return self._smallest[0]


class Assets(msgspec.Struct, frozen=True):
    """All that browsers fetch: `files` by path below `prefix` (`/a/<hash>`), `pages` by file name (`room.html`)."""

    prefix: str
    files: dict[str, Asset]
    pages: dict[str, Asset]


def read(folder: Path = STATIC) -> Assets:
    """Read a folder of pages and what they need. Raises `FileNotFoundError` when a page is missing."""
    found = {path: without_comments(path, body) for path, body in _files(folder)}
    missing = [name for name in PAGES.values() if name not in found]
    if missing:
        raise FileNotFoundError(f"the pages are incomplete: {', '.join(missing)}")
    prefix = f"/a/{_fingerprint(found)}"
    files = {path: asset(path, body) for path, body in found.items() if not path.endswith(".html")}
    pages = {path: _page(found, path, prefix) for path in found if path.endswith(".html") and "/" not in path}
    return Assets(prefix, files, pages)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        served = path.suffix in TYPES or path.suffix == ".html"
        if served and path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, path.read_bytes()


# In scripts: `/** ... */` wherever it is, and lines that are nothing but `// ...`. In sheets: `/* ... */`. A licence
# (`/*! ...`) stays. No script may have either in a string; a test compares what is left, token by token.
_COMMENTS = {
    ".js": re.compile(rb"/\*\*(?:[^*]|\*(?!/))*\*/|^[ \t]*//[^\n]*", re.MULTILINE),
    ".css": re.compile(rb"/\*(?!!)(?:[^*]|\*(?!/))*\*/"),
}


def without_comments(path: str, body: bytes) -> bytes:
    """A script or a sheet as it is sent. Every line stays where it is: errors name the line of the tree."""
    comments = _COMMENTS.get(posixpath.splitext(path)[1])
    return comments.sub(lambda found: b"\n" * found[0].count(b"\n"), body) if comments else body


def _fingerprint(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, body in files.items():
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()[:16]


def asset(path: str, body: bytes) -> Asset:
    """A body with its type and its gzip form (made without a time, so equal bytes stay equal)."""
    suffix = posixpath.splitext(path)[1]
    packed = b"" if suffix in _PACKED else gzip.compress(body, 9, mtime=0)
    small = packed if packed and len(packed) < len(body) else None
    return Asset(TYPES.get(suffix, "text/html; charset=utf-8"), body, small)


def _page(files: Mapping[str, bytes], name: str, prefix: str) -> Asset:
    """A page with its prefix filled in, and with a preload for every sheet and module that it will ask for. What it
    only needs after its first picture is in its `<template id="soon">`, and asked for when the page takes that out."""
    text = files[name].decode()
    hints = [f'<link rel="preload" as="style" href="{prefix}/{path}">' for path in sheets(files, text)]
    first = modules(files, text)
    hints += [_hint(prefix, path) for path in first]
    soon = [_hint(prefix, path) for path in _reachable(files, _SOON.findall(text), _imports) if path not in first]
    text = _SOON.sub(f'<template id="soon">{"".join(soon)}</template>', text)
    text = text.replace("</head>", "\n".join([*hints, "</head>"]), 1)
    return asset(name, text.replace(PLACEHOLDER, prefix).encode())


def _hint(prefix: str, path: str) -> str:
    return f'<link rel="modulepreload" href="{prefix}/{path}">'


_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="\{\{assets\}\}/([^"]+)"')
_SOON = re.compile(r'<template id="soon">\s*<link rel="modulepreload" href="\{\{assets\}\}/([^"]+)">\s*</template>')
_SHEET = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*\bhref="\{\{assets\}\}/([^"]+)"')
_CSS_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']([^"']+)["']""")
# Static imports only: `import(` waits until it is wanted. A type's `import("...")` in a comment has a bracket, too.
JS_IMPORT = re.compile(
    r"""(?:^|[;}])[ \t]*(?:(?:import|export)\b(?=[\s{*])[^"'`;()=]*?\bfrom\s*|import\s*)(["'])([^"']+)\1""",
    re.MULTILINE,
)


def modules(files: Mapping[str, bytes], page: str) -> list[str]:
    """The scripts of a page and, breadth first, all that they import statically, each once."""
    return _reachable(files, _SCRIPT.findall(page), _imports)


def _imports(text: str) -> list[str]:
    return [path for _, path in JS_IMPORT.findall(text)]


def sheets(files: Mapping[str, bytes], page: str) -> list[str]:
    """The style sheets of a page and all that they import, each once."""
    return _reachable(files, _SHEET.findall(page), _CSS_IMPORT.findall)


def _reachable(files: Mapping[str, bytes], roots: list[str], imports: Callable[[str], list[str]]) -> list[str]:
    order = [path for path in roots if path in files]
    for path in order:  # grows while it is read
        for target in imports(files[path].decode()):
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if found in files and found not in order:
                order.append(found)
    return order


def routes(assets: Assets) -> list[web.RouteDef]:
    """Pages and assets as routes. A page's bytes do not depend on the room in its address."""
    pages = [web.get(path, _sender(assets.pages[name])) for path, name in PAGES.items()]
    others = [name for name in assets.pages if name not in PAGES.values() and name not in TEMPLATES]
    pages += [web.get("/" + name.removesuffix(".html"), _sender(assets.pages[name])) for name in others]

    known = {f"{assets.prefix}/{path}": file for path, file in assets.files.items()}

    async def send(request: web.Request) -> web.Response:
        found = known.get(request.path)
        if found is None:
            raise web.HTTPNotFound
        return await respond(request, found, "public, max-age=31536000, immutable")

    return [*pages, web.get("/a/{rest:.*}", send)]


def _sender(page: Asset) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def send(request: web.Request) -> web.Response:
        return await respond(request, page, "no-store")

    return send


async def respond(request: web.Request, found: Asset, cache: str) -> web.Response:
    """The asset in the form that this browser takes."""
    headers = {"Content-Type": found.type, "Cache-Control": cache}
    if found.packed is None:
        return web.Response(body=found.body, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    accepted = request.headers.get("Accept-Encoding", "")
    if _takes("br", accepted):  # browsers do, from https and from this machine
        return web.Response(body=await found.smallest(), headers=headers | {"Content-Encoding": "br"})
    if _takes("gzip", accepted) or _takes("*", accepted):
        return web.Response(body=found.packed, headers=headers | {"Content-Encoding": "gzip"})
    return web.Response(body=found.body, headers=headers)


def _takes(coding: str, accepted: str) -> bool:
    offered = (one.replace(" ", "").lower() for one in accepted.split(","))
    return any(one.split(";")[0] == coding and not re.search(r";q=0(\.0*)?$", one) for one in offered)
