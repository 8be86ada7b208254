"""Places that somebody can turn to for help, as the operator wrote them down: `--signposts FILE`, in TOML.

    checked = 2026-11-01                    # when somebody last tried every number and address

    [[signpost]]                            # up to six, in the order in which they are shown
    telephone = "+00 000 000"               # at least one of these three
    text = "+00 000 000"
    web = "https://help.example.org/"
    [signpost.en]                           # the same for every language of the page
    name = "A line that listens"
    what = "People who listen, by day and night."
    where = "In the whole country"
    hours = "Always open"                   # may be left out

What is wrong in it is told all at once, with its line, and a server does not start with it: a person who needs help
must not find half a list. Nothing here is ever made up: without a file the page has no place to name.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from rooms import toml_lines

LANGUAGES = ("en", "id")  # those of the page
MOST = 6  # signposts; more of them are a directory, which nobody reads who needs help now
LARGEST = 64 * 1024  # bytes of the file
OLD = 90  # days after which somebody should try the numbers again

_WORDS = {"name": 60, "what": 240, "where": 80, "hours": 120}  # most characters of each
_ALWAYS = ("name", "what", "where")
_WAYS = ("telephone", "text", "web")
_NUMBER = re.compile(r"\+?[0-9][0-9 ()/-]{1,30}")


class Words(msgspec.Struct, frozen=True):
    """What a signpost is called and says, in one language; `where` is a country or region."""

    name: str
    what: str
    where: str
    hours: str = ""


class Signpost(msgspec.Struct, frozen=True, kw_only=True):
    """One place. `telephone` and `text` (for short messages) are numbers as people write them, `web` is https."""

    telephone: str = ""
    text: str = ""
    web: str = ""
    words: dict[str, Words]


class Signposts(msgspec.Struct, frozen=True):
    """What the page is given. `checked`: the day on which somebody last tried them; None when there are none."""

    checked: date | None = None
    signposts: tuple[Signpost, ...] = ()


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: in which line (0: in none), at what, and why."""

    line: int
    at: str
    why: str

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        return ": ".join(part for part in (line, self.at, self.why) if part)


class SignpostsWrong(ValueError):
    """The file cannot be used: all `faults`, as they come in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load(file: Path | None) -> Signposts:
    """The signposts of a file; without one there are none. `OSError` when it cannot be read, `SignpostsWrong` else."""
    if file is None:
        return Signposts()
    with file.open("rb") as opened:
        found = opened.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise SignpostsWrong([Fault(0, "", f"it is longer than {LARGEST // 1024} KiB")])
    try:
        return read(found.decode())
    except UnicodeDecodeError:
        raise SignpostsWrong([Fault(0, "", "it is not text in UTF-8")]) from None


def read(text: str) -> Signposts:
    """The signposts of a TOML text, or `SignpostsWrong` with everything that is wrong in it."""
    text = text.removeprefix("\ufeff")  # what some editors put in front
    if toml_lines.longest_key(text) > toml_lines.DEEPEST:
        raise SignpostsWrong([Fault(1, "", "a field's name has too many dots in it")])
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise SignpostsWrong([Fault(1, "", "something stands in itself too deep")]) from None
    except ValueError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        text_end = text.count("\n") + 1
        why, line = (found[1], int(found[2] or text_end)) if found else (str(error), 1)
        raise SignpostsWrong([Fault(line, "", f"this is not TOML: {why[:1].lower()}{why[1:]}")]) from None
    lines = toml_lines.lines(text)
    faults = [Fault(_line(lines, path), _said(path), why) for path, why in _faults(data)]
    if faults:
        raise SignpostsWrong(sorted(faults, key=lambda fault: fault.line))
    return Signposts(data["checked"], tuple(map(_signpost, data["signpost"])))


def placeholders(found: Signposts) -> list[str]:
    """What of it leads nowhere: numbers of no country (ITU-T E.164 has no code that begins with 0), and addresses that
    are kept free for examples (RFC 2606), as a form has them before somebody fills it in."""
    numbers = (number for post in found.signposts for number in (post.telephone, post.text))
    webs = (post.web for post in found.signposts)
    return [number for number in numbers if number.startswith("+0")] + [web for web in webs if _is_example(web)]


def _is_example(web: str) -> bool:
    name = f".{urlsplit(web).hostname or ''}"
    return name.endswith((".example", ".invalid", ".test", ".example.com", ".example.net", ".example.org"))


def _signpost(plain: Mapping[str, Any]) -> Signpost:
    words = {code: Words(**{key: _clean(text) for key, text in plain[code].items()}) for code in LANGUAGES}
    return Signpost(**{way: plain[way].strip() for way in _WAYS if way in plain}, words=words)


# What can be wrong

_Path = toml_lines.Path
_Wrong = tuple[_Path, str]


def _faults(data: Mapping[str, Any]) -> Iterator[_Wrong]:
    yield from _unknown(data, (), ("checked", "signpost"))
    checked = data.get("checked")
    if not isinstance(checked, date) or isinstance(checked, datetime):
        yield ("checked",), "it is the day on which the numbers were last tried, like 2026-11-01, without quotes"
    entries = data.get("signpost")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries) or not entries:
        yield ("signpost",), "there is at least one [[signpost]]"
        return
    if len(entries) > MOST:
        yield ("signpost", MOST), f"there are {MOST} at most"
    for n, entry in enumerate(entries):
        yield from _entry(entry, ("signpost", n))


def _entry(entry: Mapping[str, Any], at: _Path) -> Iterator[_Wrong]:
    yield from _unknown(entry, at, (*_WAYS, *LANGUAGES))
    if not any(way in entry for way in _WAYS):
        yield at, "it has a telephone, a text or a web: one of them at least"
    for way in ("telephone", "text"):
        if way in entry and not (isinstance(entry[way], str) and _NUMBER.fullmatch(entry[way].strip())):
            yield (*at, way), 'it is a number in quotes, like "+00 000 000"'
    if "web" in entry and not _is_web(entry["web"]):
        yield (*at, "web"), 'it is an address in quotes that begins with https, like "https://help.example.org/"'
    timed = [code for code in LANGUAGES if isinstance(entry.get(code), dict) and "hours" in entry[code]]
    for code in LANGUAGES:
        words = entry.get(code)
        if not isinstance(words, dict):
            yield (*at, code), f"its words are missing in this language: [signpost.{code}]"
        else:
            yield from _words(words, (*at, code), bool(timed))


def _words(words: Mapping[str, Any], at: _Path, timed: bool) -> Iterator[_Wrong]:
    yield from _unknown(words, at, tuple(_WORDS))
    for key, most in _WORDS.items():
        if key in words:
            if not isinstance(words[key], str) or not _is_visible(words[key], most):
                yield (*at, key), f"it is 1 to {most} visible characters, in quotes, on one line"
        elif key in _ALWAYS or timed:
            yield at, f"{key} is missing in this language"


def _unknown(table: Mapping[str, Any], at: _Path, known: tuple[str, ...]) -> Iterator[_Wrong]:
    for key in table:
        if key not in known:
            yield (*at, key), f"it is not known here; these are: {', '.join(known)}"


def _is_web(address: object) -> bool:
    if not isinstance(address, str) or not re.fullmatch(r"https://[!-~]{3,200}", address):
        return False
    try:
        url = urlsplit(address)
        return bool(url.hostname) and url.username is None and (url.port or 443) > 0
    except ValueError:
        return False


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _is_visible(text: str, most: int) -> bool:
    """No control, zero-width or turning characters, and something that is seen."""
    clean = _clean(text)
    return 1 <= len(clean) <= most and all(c == " " or unicodedata.category(c)[0] not in "CZ" for c in clean)


def _line(lines: Mapping[_Path, int], path: _Path) -> int:
    """Where it stands, or where that stands in which it is missing."""
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 0)


def _said(path: _Path) -> str:
    """`("signpost", 0, "en", "name")` -> `signpost 1, en, name`."""
    parts = [f"{part + 1}" if isinstance(part, int) else part for part in path]
    return ", ".join(parts).replace("signpost, ", "signpost ", 1)
