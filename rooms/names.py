"""Names people choose. Rules: 1-40 visible characters, NFC, nothing that hides or turns text."""

import unicodedata

from protocol.errors import Code, Rejected

LONGEST = 40  # characters after cleaning
MARKS = 3  # combining marks that may follow one another: enough for real scripts, too few to drip over other lines

# Letters of other scripts that look like Latin ones in ordinary fonts, after case folding (a small part of UTS #39).
_LOOKS = str.maketrans(
    "аеорсухікјѕһԁԛԝѵӏοαενρτυικχβµωϲϳ0135|ıɑɡ",
    "aeopcyxikjshdqwvloaevptuikxbuwcjolesliag",
)


def clean(name: str) -> str:
    """The name as it is shown: NFC, one space between words. `Rejected(NAME_INVALID)` when it cannot be."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(text) <= LONGEST or not all(_shown(c) for c in text) or _dripping(text):
        raise Rejected(Code.NAME_INVALID)
    if not any(unicodedata.category(c)[0] in "LNS" for c in text):
        raise Rejected(Code.NAME_INVALID)
    return text


def _shown(c: str) -> bool:
    """Not a control, format (zero width, bidi), surrogate, private, unassigned or separator character; a plain space is fine."""
    return c == " " or unicodedata.category(c)[0] not in "CZ"


def _dripping(text: str) -> bool:
    run = 0
    for c in text:
        run = run + 1 if unicodedata.category(c)[0] == "M" else 0
        if run > MARKS:
            return True
    return False


def skeleton(name: str) -> str:
    """What the name looks like: compatibility forms, marks, case, spaces and look-alike letters folded away."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in folded if unicodedata.category(c)[0] != "M" and not c.isspace())
    return letters.translate(_LOOKS).replace("rn", "m").replace("vv", "w")
