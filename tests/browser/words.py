"""The page's own words, for tests that speak both languages: plain messages of the language files, without plurals."""

import re
from functools import cache
from pathlib import Path

LANG = Path(__file__).resolve().parents[2] / "static" / "lang"


@cache
def _messages(language: str) -> dict[str, str]:
    texts = [path.read_text() for path in sorted((LANG / language).glob("*.ftl"))]
    return dict(re.findall(r"^([a-z][a-z0-9-]*) = (\S.*)$", "\n".join(texts), re.MULTILINE))


def word(language: str, key: str, **arguments: str) -> str:
    """`word("en", "button-offer", name="Siti")` -> `Offer to Siti`."""
    return re.sub(r"\{ \$(\w+) \}", lambda found: arguments[found[1]], _messages(language)[key])
