"""What a person reads when something cannot be shown: one page for each kind of error, in every language at once.

The words are those of `static/lang/*/errors.ftl`, put into `static/error.html` at start, so that they are there before
any script, and when none comes at all. With one, the page shows one language, and the way to help.
"""

import html
import re
from collections.abc import Mapping

from aiohttp import web

from server.assets import Asset, Assets, asset

OFFLINE = "offline"  # no error of ours: what the browser shows by itself when it finds no network
KINDS = (400, 403, 404, 405, 410, 413, 429, 500, 503)
NEAR = {401: 403, 415: 400, 408: 400}  # what reads the same for a person
_MESSAGE = re.compile(r"^(error-[a-z0-9-]+) = (\S.*)$", re.MULTILINE)


class ErrorPages:
    """All of them, by status; and the one without a network."""

    def __init__(self, assets: Assets) -> None:
        template = assets.pages["error.html"].body.decode()
        words = {
            path.split("/")[1]: dict(_MESSAGE.findall(file.body.decode()))
            for path, file in sorted(assets.files.items())
            if re.fullmatch(r"lang/\w+/errors\.ftl", path)
        }
        self._pages = {kind: _page(template, str(kind), words) for kind in KINDS}
        self.offline = _page(template, OFFLINE, words)

    def of(self, status: int) -> Asset:
        """For any status from 400 on."""
        kind = NEAR.get(status, status)
        return self._pages[kind if kind in self._pages else 500 if status >= 500 else 400]


def _page(template: str, kind: str, words: Mapping[str, Mapping[str, str]]) -> Asset:
    said = [
        f'<section lang="{code}"><h1>{_plain(its[f"error-{kind}-title"])}</h1>'
        f"<p>{_plain(its[f'error-{kind}-text'])}</p></section>"
        for code, its in words.items()
    ]
    return asset("error.html", template.replace("{{kind}}", kind).replace("{{said}}", "\n".join(said)).encode())


def _plain(text: str) -> str:
    return html.escape(text, quote=False)


def wants_page(request: web.Request) -> bool:
    """Whether a person's browser asks for something to show; programs, our own page among them, get a code."""
    return "text/html" in request.headers.get("Accept", "")
