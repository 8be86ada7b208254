"""What of a format does not fit together though every value by itself is allowed: told with a reason, before a room
runs it."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from protocol.commands import HandKind
from protocol.formats import Ending, Format, Movement, Mover, Phase, Responses

SHORTEST = {Movement.SILENCE: 5.0, Movement.BREAK: 30.0}  # seconds: as where they are begun by hand
LEAST_MORE = 10.0  # seconds, as the shortest turn
TIMED = (Movement.SILENCE, Movement.BREAK)


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something wrong with a format: where, as `phases[2].turn` (empty: the whole); in which line of a text, from 1;
    a word for programs; why; and the least and the most, where it is about a range."""

    at: str
    code: str
    why: str
    line: int = 0
    low: float | None = None
    high: float | None = None


def place(path: tuple[str | int, ...]) -> str:
    """`("phases", 2, "turn")` -> `phases[2].turn`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def misfits(form: Format) -> Iterator[Fault]:
    """In the order of the phases."""
    if unseen(form.title):
        yield Fault("title", "hidden", _HIDDEN)
    names: set[str] = set()
    for n, phase in enumerate(form.phases):
        if phase.name in names:
            yield Fault(f"phases[{n}].name", "same-name", f"another phase is called {phase.name} already")
        names.add(phase.name)
        for part in _PARTS:
            for field, code, why in part(phase):
                yield Fault(f"phases[{n}].{field}", code, why)


Part = Iterator[tuple[str, str, str]]  # field, code, why

_HIDDEN = "it has characters that nobody sees, or nothing that can be seen"


def unseen(text: str) -> bool:
    """Whether text that people are shown has what hides or turns text, or nothing to be seen at all."""
    hidden = any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for char in text)
    return hidden or (text != "" and not any(unicodedata.category(char)[0] in "LNS" for char in text))


def _words(phase: Phase) -> Part:
    if unseen(phase.title):
        yield "title", "hidden", _HIDDEN
    if unseen(phase.prompt.replace("\n", " ")):
        yield "prompt", "hidden", _HIDDEN


def _times(phase: Phase) -> Part:
    if phase.warning >= phase.turn:
        yield "warning", "warning-too-long", f"a turn of {phase.turn:g} s needs a warning shorter than that"
    if phase.grace > phase.turn and phase.ending is Ending.SOFT:
        yield "grace", "grace-too-long", f"a grace longer than the turn itself ({phase.turn:g} s) is no grace"
    least = SHORTEST.get(phase.floor, 0.0)
    if phase.box < least:
        yield "box", "needs-box", f"a {phase.floor} needs a length: at least {least:g} s"


def _hands(phase: Phase) -> Part:
    if len(set(phase.kinds)) < len(phase.kinds):
        yield "kinds", "same-kind", "a kind stands here twice"
    answers = [kind for kind in (HandKind.RESPOND, HandKind.QUESTION) if kind in phase.kinds]
    if phase.responses is Responses.NONE and answers:
        why = f'what is shared stands for itself here (responses = "none"): no hands to {" or ask a ".join(answers)}'
        yield "kinds", "kinds-none", why.replace("hands to question", "hands to ask a question")
    if phase.responses is Responses.INSIDE:
        if HandKind.QUESTION not in phase.kinds:
            yield "kinds", "inside-needs-question", 'a question inside a turn needs the kind "question"'
        if phase.question < LEAST_MORE:
            yield "question", "question-short", f"a question inside a turn takes at least {LEAST_MORE:g} s"


def _voices(phase: Phase) -> Part:
    if phase.floor is Movement.OPEN and phase.voices < 2:
        yield "voices", "open-needs-voices", "an open floor has room for at least 2 voices"
    if phase.floor is not Movement.OPEN and phase.voices > 1:
        yield "voices", "voices-need-open", 'more than one voice at once is for floor = "open"'
    if phase.give and phase.floor not in (Movement.QUEUE, Movement.ROUND):
        yield "give", "give-needs-turns", "the piece is passed on in a queue or a round"


def _round(phase: Phase) -> Part:
    if phase.equal and phase.floor is not Movement.ROUND:
        yield "equal", "equal-needs-round", 'equal turns are for floor = "round"'
    if phase.equal and not phase.box:
        yield "equal", "equal-needs-box", "equal turns divide the time of the phase: `box` says how much there is"
    if phase.moves_on is Mover.ITSELF and phase.floor not in (Movement.ROUND, *TIMED):
        yield "moves_on", "itself", "only a round, a silence or a break is over by itself"


def _consent(phase: Phase) -> Part:
    if not phase.consent:
        return
    if phase.consent < LEAST_MORE:
        yield "consent", "consent-short", f"more time is at least {LEAST_MORE:g} s, or 0: it is not asked for"
    soft = phase.ending is Ending.SOFT
    left = phase.warning + (phase.grace if soft else 0)
    if phase.consent_for > left:
        what = "the warning and the grace are" if soft else "the warning is"
        yield "consent_for", "consent-late", f"the turn is over before the group has answered: {what} {left:g} s long"


_PARTS: tuple[Callable[[Phase], Any], ...] = (_words, _times, _hands, _voices, _round, _consent)
