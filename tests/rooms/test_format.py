"""Formats are data: read from TOML, refused with every reason at once."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rooms
from protocol.commands import HandKind, Order
from protocol.formats import Clock, Movement, Mover, Responses
from rooms.format import Ending, Format, FormatWrong, Phase, built, read, said, wrong
from rooms.format_text import written
from tests.protocol.anything import anything

FORMATS = {path.stem: path for path in sorted((Path(rooms.__file__).parent / "formats").glob("*.toml"))}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in FORMATS.items()}
PLAIN = """
name = "plain"

[[phases]]
name = "talk"
kinds = ["share", "process"]
turn = 300
warning = 30
grace = 60
pause = 5
offer = 40

[[phases]]
name = "rest"
floor = "silence"
box = 60
"""

Told = list[tuple[int, str, str]]  # line, place, code


def faults(text: str) -> Told:
    with pytest.raises(FormatWrong) as refused:
        read(text)
    return [(fault.line, fault.at, fault.code) for fault in refused.value.faults]


# Those that come with the server


def test_a_format_is_read() -> None:
    talk, rest = read(PLAIN).phases
    assert (talk.kinds, talk.turn, talk.ending) == ((HandKind.SHARE, HandKind.PROCESS), 300, Ending.SOFT)
    assert (rest.floor, rest.box, rest.moves_on) == (Movement.SILENCE, 60, Mover.LEAD)


@pytest.mark.parametrize("name", TEXTS)
def test_ours_are_named_like_their_files_and_leave_the_words_to_the_page(name: str) -> None:
    form = read(TEXTS[name])
    assert form.name == name
    assert [form.title, *(phase.title + phase.prompt for phase in form.phases)] == [""] * (len(form.phases) + 1)
    assert {phase.name for phase in form.phases} <= {
        *("opening", "agreement-reminder", "newcomers", "check-in", "theme", "reading", "sharing", "round"),
        *("responses", "discussion", "silence", "break", "open-floor", "closing-round", "after-room"),
    }


def test_simple_is_as_it_always_was() -> None:
    [phase] = read(TEXTS["simple"]).phases
    assert phase == Phase(
        name="sharing",
        kinds=(HandKind.SHARE, HandKind.RESPOND, HandKind.QUESTION, HandKind.PROCESS),
        turn=180,
        warning=30,
        grace=30,
        pause=2,
        offer=40,
        rest=30,
        window=120,
        unled=30,
    )


def of(name: str) -> dict[str, Phase]:
    return {phase.name: phase for phase in read(TEXTS[name]).phases}


def test_what_people_count_on() -> None:
    """Of each format what makes it that, in the words of those who meet so."""
    listening, council, equal = of("listening-space"), of("council"), of("equal-time")
    talk, support, loose = of("discussion"), of("support-circle"), of("open-floor")
    assert (listening["sharing"].order, listening["sharing"].responses) == (Order.FAIR, Responses.NONE)
    assert (council["round"].floor, council["round"].give, council["round"].responses) == (
        Movement.ROUND, True, Responses.NONE
    )  # fmt: skip
    sharing = equal["sharing"]
    assert (sharing.equal, sharing.floor, sharing.responses) == (True, Movement.ROUND, Responses.NONE)
    assert all(phase.clock is Clock.EXACT for name, phase in equal.items() if name != "after-room")
    assert (talk["discussion"].responses, talk["discussion"].order) == (Responses.INSIDE, Order.FAIR)
    assert support["sharing"].responses is Responses.NONE
    assert list(support).index("break") == list(support).index("sharing") + 1
    assert (loose["open-floor"].voices, loose["open-floor"].moves_on) == (3, Mover.ANYONE)
    assert loose["sharing"].floor is Movement.QUEUE  # one tap away


@pytest.mark.parametrize("name", sorted(TEXTS.keys() - {"simple"}))
def test_whoever_is_new_is_invited_nobody_is_cut_and_silence_is_fine(name: str) -> None:
    phases = read(TEXTS[name]).phases
    assert all(phase.ending is Ending.SOFT for phase in phases)  # hard: only a group of its own can choose that
    assert all(phase.bell and phase.second_sweep and phase.hush >= 120 for phase in phases)
    assert all(phase.floor is Movement.QUEUE for phase in phases if phase.name == "newcomers")
    assert all(phase.box for phase in phases)  # there is an agenda
    assert phases[0].order is Order.CHOSEN  # whoever opens the meeting is not in a line


def test_the_page_about_formats_shows_what_can_run() -> None:
    page = (Path(rooms.__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert [read(text).name for text in shown] == ["thursday"]
    assert all(page.count(f"| `{name}` |") == 1 for name in TEXTS)


# What is wrong is said, with its place


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "plain"', 'name = "Plain One"', (2, "name", "name")),
        ('name = "plain"', 'name = "plain\\n"', (2, "name", "name")),
        ('name = "plain"', "name = 7", (2, "name", "type")),
        ('name = "plain"', "", (1, "name", "missing")),
        ('name = "plain"', 'name = "plain"\ntitle = "\\u202e"', (3, "title", "hidden")),
        ('name = "plain"', f'name = "plain"\ntitle = "{"x" * 61}"', (3, "title", "too-long")),
        ('name = "plain"', 'name = "plain"\ntitel = "x"', (3, "titel", "unknown-field")),
        ('"talk"', '"talk"\nprompt = " "', (6, "phases[0].prompt", "hidden")),
        ('"talk"', '"talk"\ntitle = "a\\u0000b"', (6, "phases[0].title", "hidden")),
        ('"process"', '"shout"', (6, "phases[0].kinds[1]", "choice")),
        ('"process"', "3", (6, "phases[0].kinds[1]", "choice")),
        ('["share", "process"]', '"share"', (6, "phases[0].kinds", "type")),
        ('"process"', '"share"', (6, "phases[0].kinds", "same-kind")),
        ("turn = 300", "turn = 9", (7, "phases[0].turn", "range")),
        ("turn = 300", "turn = 21601", (7, "phases[0].turn", "range")),
        ("turn = 300", "turn = nan", (7, "phases[0].turn", "range")),
        ("turn = 300", "turn = inf", (7, "phases[0].turn", "range")),
        ("turn = 300", 'turn = "long"', (7, "phases[0].turn", "type")),
        ("turn = 300", "turn = true", (7, "phases[0].turn", "type")),
        ("turn = 300", "turn = 12:30:00", (7, "phases[0].turn", "type")),
        ("warning = 30", "warning = 300", (8, "phases[0].warning", "warning-too-long")),
        ("grace = 60", "grace = 301", (9, "phases[0].grace", "grace-too-long")),
        ("grace = 60", "grace = 60\nspeed = 3", (10, "phases[0].speed", "unknown-field")),
        ("grace = 60", 'grace = 60\nending = "abrupt"', (10, "phases[0].ending", "choice")),
        ("grace = 60", 'grace = 60\ngive = "yes"', (10, "phases[0].give", "type")),
        ("pause = 5", "pause = -1", (10, "phases[0].pause", "range")),
        ("offer = 40", "offer = 19", (11, "phases[0].offer", "range")),
        ("offer = 40", "voices = 2.5", (11, "phases[0].voices", "type")),
        ("offer = 40", "voices = 9", (11, "phases[0].voices", "range")),
        ("offer = 40", "voices = 2", (11, "phases[0].voices", "voices-need-open")),
        ("offer = 40", 'floor = "open"', (4, "phases[0].voices", "open-needs-voices")),
        ("offer = 40", 'responses = "none"\nconsent = 0', None),
        ('"process"]', '"question"]\nresponses = "none"', (6, "phases[0].kinds", "kinds-none")),
        ('"process"]', '"question"]\nresponses = "inside"', None),
        ('"process"]', '"question"]\nresponses = "inside"\nquestion = 9', (8, "phases[0].question", "question-short")),
        ("offer = 40", 'responses = "inside"', (6, "phases[0].kinds", "inside-needs-question")),
        ("offer = 40", "equal = true", (11, "phases[0].equal", "equal-needs-round")),
        ("offer = 40", 'moves_on = "itself"', (11, "phases[0].moves_on", "itself")),
        ("offer = 40", "consent = 9", (11, "phases[0].consent", "consent-short")),
        ("offer = 40", "consent = 60\nconsent_for = 91", (12, "phases[0].consent_for", "consent-late")),
        ('"rest"', '"talk"', (14, "phases[1].name", "same-name")),
        ("box = 60", "box = 4", (16, "phases[1].box", "needs-box")),
        ("box = 60", "", (13, "phases[1].box", "needs-box")),
        ("box = 60", "box = 60\ngive = true", (17, "phases[1].give", "give-needs-turns")),
        ('floor = "silence"', 'floor = "break"\nmoves_on = "itself"', None),
        ('floor = "silence"', 'floor = "silent"', (15, "phases[1].floor", "choice")),
        ('floor = "silence"\nbox = 60', 'floor = "break"\nbox = 29', (16, "phases[1].box", "needs-box")),
        ('floor = "silence"\nbox = 60', 'floor = "round"\nequal = true', (16, "phases[1].equal", "equal-needs-box")),
    ],
)
def test_a_wrong_format_says_what_and_where(old: str, new: str, told: tuple[int, str, str] | None) -> None:
    assert PLAIN.count(old) == 1
    text = PLAIN.replace(old, new)
    assert told in faults(text) if told else read(text)


SYNTAX = {
    "name = ": (1, "the value cannot be read"),
    "name = plain": (1, "quotation marks"),
    'name = "plain': (1, "a quotation mark is missing"),
    "\n\nname": (3, "an = is missing"),
    'name = "a"\nname = "b"': (2, "said twice"),
    "[phases]\n[phases]": (2, "two brackets"),
    "[[phases": (1, "a ] is missing"),
    "turn = 3 s": (1, "one line says one thing"),
    'kinds = ["share"': (1, "has to end with ]"),
    "phases = {a = 1": (1, "has to end with }"),
    'name = """\nplain': (2, "a quotation mark is missing"),
    'name = "\\q"': (1, "a backslash"),
    'name = "\x07"': (1, "character"),
    "= 3": (1, "not `field = value`"),
    "turn = 2020-13-40": (1, "one line says one thing"),
    "turn = " + "9" * 5000: (1, "a number is too long"),
    "turn = " + "[" * 30_000: (1, ""),
    "a." * 30_000 + "b = 1": (1, "dots"),
    "\n": (1, "must be there"),
}


@pytest.mark.parametrize("text", SYNTAX, ids=lambda text: repr(text[:20]))
def test_what_is_no_toml_is_said_plainly(text: str) -> None:
    line, words = SYNTAX[text]
    with pytest.raises(FormatWrong) as refused:
        read(text)
    first = refused.value.faults[0]
    assert (first.line, first.code) == (line, "missing" if text == "\n" else "syntax")
    assert words in first.why


def test_everything_is_said_at_once_in_the_order_of_the_text() -> None:
    text = """
tilte = "x"
[[phases]]
name = "Sharing"
turn = 5
gracee = 3
[[phases]]
floor = "brake"
kinds = [
    "share",
    "answer",
]
"""
    with pytest.raises(FormatWrong) as refused:
        read(text)
    assert str(refused.value).splitlines() == [
        "line 1: name: it must be there",
        "line 2: tilte: there is no such field; did you mean title?",
        "line 4: phase 1, name: a name has up to 40 small letters, digits and -, and begins with a letter",
        "line 5: phase 1, turn: it must be from 10 to 21600",
        "line 6: phase 1, gracee: there is no such field; did you mean grace?",
        "line 8: phase 2, floor: it is one of queue, round, open, silence, break; did you mean break?",
        "line 11: phase 2, kinds: it is one of share, respond, question, process",
    ]
    turn = next(fault for fault in refused.value.faults if fault.at.endswith("turn"))
    assert (turn.low, turn.high) == (10, 21600)


def test_there_are_phases_and_not_too_many() -> None:
    assert faults('name = "plain"') == [(1, "phases", "missing")]
    assert faults('name = "plain"\nphases = []') == [(2, "phases", "count")]
    assert faults('name = "plain"\nphases = 3') == [(2, "phases", "type")]
    assert faults('name = "plain"\nphases = [3]') == [(2, "phases[0]", "type")]
    assert faults('name = "plain"\n[phases]\nturn = 60') == [(2, "phases", "type")]
    many = "".join(f'[[phases]]\nname = "p{n}"\n' for n in range(21))
    assert faults('name = "plain"\n' + many) == [(2, "phases", "count")]
    assert len(read('name = "plain"\n' + many.rpartition("[[")[0]).phases) == 20


def test_a_file_of_another_system_is_read_too() -> None:
    assert read("\ufeff" + PLAIN.replace("\n", "\r\n")) == read(PLAIN)


@pytest.mark.parametrize("data", [None, 7, "council", [], [{}], {"name": "x", 3: 4}])
def test_what_is_no_table_is_no_format(data: object) -> None:
    with pytest.raises(FormatWrong):
        built(data)


def test_nobody_reads_a_thousand_faults() -> None:
    with pytest.raises(FormatWrong) as refused:
        built({"name": "x", "phases": [{f"q{n}": 1 for n in range(3000)}]})
    assert len(refused.value.faults) == 100


# Whatever comes

VALUES = st.one_of(
    st.none() | st.booleans() | st.integers(-3, 30_000) | st.floats() | st.text(max_size=50),
    st.sampled_from([each.value for term in (Movement, Ending, Responses, Mover, Clock, HandKind) for each in term]),
    st.lists(st.sampled_from([each.value for each in HandKind]) | st.integers(), max_size=3),
    st.just(2**70),
)
NAMES = st.sampled_from([*Phase.__struct_fields__]) | st.text(max_size=6)
PHASES = st.dictionaries(NAMES, VALUES, max_size=6)


def fits(data: object) -> bool:
    """What msgspec says, which builds the value in the end; but its patterns let a newline through at the end."""
    try:
        form = msgspec.convert(data, Format)
    except msgspec.ValidationError:
        return False
    return not wrong(form) and "\n" not in "".join([form.name, *(phase.name for phase in form.phases)])


@given(st.fixed_dictionaries({"name": st.just("plain") | VALUES, "phases": st.lists(PHASES, max_size=3) | VALUES}))
def test_our_words_refuse_exactly_what_could_not_be_built(data: Any) -> None:
    if fits(data):
        assert built(data) == msgspec.convert(data, Format)
        return
    with pytest.raises(FormatWrong) as refused:
        built(data)
    assert refused.value.faults
    assert all(fault.code and fault.why for fault in refused.value.faults)
    assert not any("Expected `" in fault.why for fault in refused.value.faults)  # in our words, not in msgspec's


PIECES = st.sampled_from(
    [*"[]{}=,.#\"'\n\\ ", "[[", "]]", '"""', "'''", "phases", "name", "turn", "1", "-", "true", "\r\n", "\0", "\ud7ff"]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_no_text_is_too_strange_to_be_refused(text: str) -> None:
    read_or_told(text)


@given(st.data())
def test_nor_is_half_a_format_or_one_with_something_in_between(data: st.DataObject) -> None:
    text = TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    read_or_told(text[:start] + data.draw(st.lists(PIECES, max_size=4).map("".join)) + text[end:])


def read_or_told(text: str) -> None:
    try:
        assert isinstance(read(text), Format)
    except FormatWrong as no:
        assert no.faults
        for fault in no.faults:
            assert 1 <= fault.line <= text.count("\n") + 1
            assert str(fault.line) in said(fault)


@given(anything(Format))
def test_what_is_written_is_read_again(form: Format) -> None:
    text = written(form)
    problems = wrong(form)
    if problems:
        with pytest.raises(FormatWrong) as refused:
            read(text)
        assert {(fault.at, fault.code) for fault in refused.value.faults} == {(f.at, f.code) for f in problems}
    else:
        assert read(text) == form
