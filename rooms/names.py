"""Names people choose. Rules: 1-40 visible characters, NFC, nothing that hides or turns text."""

import unicodedata

from protocol.errors import Code, Rejected

LONGEST = 40  # characters after cleaning
MARKS = 3  # combining marks that may follow one another: enough for real scripts, too few to drip over other lines

# Hangul fillers, Khmer inherent vowels, the empty Braille cell: letters, marks and symbols that are drawn as nothing
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\u034f")

# Letters of other scripts that look like Latin ones in ordinary fonts, after case folding (a small part of UTS #39).
_LOOKS = str.maketrans(
    "аеорсухікјѕһԁԛԝѵӏοαενρτυικχβµωϲϳ0135|ıɑɡi",
    "aeopcyxlkjshdqwvloaevptulkxbuwcjolesllagl",
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
    """Not a control, format (zero width, bidi), surrogate, private, unassigned or separator character, and not a letter
    that is drawn as nothing; a plain space is fine."""
    return c == " " or (unicodedata.category(c)[0] not in "CZ" and c not in _BLANK)


def _dripping(text: str) -> bool:
    run = 0
    for c in text:
        run = run + 1 if unicodedata.category(c)[0] == "M" else 0
        if run > MARKS:
            return True
    return False


def skeleton(name: str) -> str:
    """What the name looks like: compatibility forms, marks, case, spaces, signs and look-alike letters folded away. A
    name of signs alone looks like itself."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in folded if unicodedata.category(c)[0] in "LN" or c == "|") or folded
    return letters.translate(_LOOKS).replace("rn", "m").replace("vv", "w")
