"""What is made from the declarations: the schema fits the messages, the files in the tree are up to date."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from protocol import replies, views
from protocol.__main__ import HOME, main
from protocol.commands import RaiseHand
from protocol.errors import Code
from protocol.formats import Phase
from protocol.generate import HEARD, SENT, TERMS, command_kinds, command_types, schema, types
from protocol.generate_formats import with_fields
from protocol.generate_manual import EXAMPLES, manual
from protocol.signals import Offer
from rooms.permissions import words
from tests.protocol.anything import anything

SCHEMA = schema()
FORMATS = (HOME / "docs/formats.md").read_text(encoding="utf-8")
DECLARED = {
    **{kind.__name__: kind for kind in command_kinds()},
    **{kind.__name__: kind for kind in (Offer, views.You, views.DoorView, views.CircleView, views.LeadView)},
    **{kind.__name__: kind for kind in (replies.Auth, replies.Done, replies.Refused, replies.Goodbye, replies.Patch)},
}


def check(name: str, document: Any) -> None:
    """Raises ValidationError if the document is not a `name` by the schema."""
    Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}).validate(document)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@given(st.sampled_from(sorted(DECLARED)).flatmap(lambda name: st.tuples(st.just(name), anything(DECLARED[name]))))
def test_whatever_is_sent_fits_the_schema(sent: tuple[str, msgspec.Struct]) -> None:
    name, value = sent
    check(name, msgspec.to_builtins(_with_known_may(value)))


def _with_known_may(value: msgspec.Struct) -> msgspec.Struct:
    return msgspec.structs.replace(value, may=command_types()) if isinstance(value, views.You) else value


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_examples_of_the_manual_fit_the_schema(name: str) -> None:
    kind, value = EXAMPLES[name]
    check(kind, msgspec.to_builtins(value))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Command", {"type": "shout"}),
        ("Command", {"type": "raise-hand", "zeal": 1}),
        ("Command", {"type": "raise-hand", "note": "x" * 141}),
        ("Command", {"type": "admit"}),
        ("Command", {"type": "admit", "seat": ""}),
        ("Auth", {"v": 1, "room": "r", "name": "Ada", "zeal": 1}),
        ("Ack", {"ok": True}),
        ("Ack", {"ok": False, "seq": 1}),
        ("Ack", {"ok": True, "code": "stale"}),
        ("Ack", {"ok": False, "code": "because"}),
        ("You", {"seat": "s1", "role": "host", "may": ["shout"]}),
        ("View", {"sight": "door"}),
        ("View", {"sight": "attic", "agreement": {"version": 1, "policy": "full-disclosure"}}),
        ("DoorView", {"sight": "door", "agreement": {"version": 1, "policy": "full-disclosure"}, "questions": None}),
    ],
)
def test_what_does_not_fit_is_found(name: str, wrong: Any) -> None:
    with pytest.raises(ValidationError):
        check(name, wrong)


def test_every_command_and_every_list_of_words_is_in_the_schema() -> None:
    defs = SCHEMA["$defs"]
    assert defs["CommandType"]["enum"] == command_types()
    assert len(defs["Command"]["anyOf"]) == len(command_kinds())
    for term in TERMS:
        assert sorted(defs[term.__name__]["enum"]) == sorted(word.value for word in term)


def test_every_event_names_something_that_is_described() -> None:
    names = {name for name, *_ in (*SENT.values(), *HEARD.values()) if name}
    assert names <= SCHEMA["$defs"].keys()
    assert SCHEMA["x-events"]["client"]["command"] == {"$ref": "#/$defs/Command"}
    assert SCHEMA["x-events"]["client"]["resync"] == {}


def test_every_reference_leads_somewhere() -> None:
    assert set(_references(SCHEMA)) <= {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def _references(document: Any) -> list[str]:
    inner = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    here = [document["$ref"]] if isinstance(document, dict) and "$ref" in document else []
    return here + [found for each in inner for found in _references(each)]


def test_the_declarations_say_what_a_browser_needs() -> None:
    text = types()
    assert 'export type Role = "facilitator" | "host" | "participant";' in text
    assert 'export interface RaiseHand {\n  type: "raise-hand";\n  kind?: HandKind;\n' in text
    assert "  people: Record<string, Person>;\n" in text
    assert "  ends_at?: number;\n" in text
    assert "  may: Array<CommandType>;\n" in text
    assert "export type View = DoorView | CircleView | LeadView;" in text
    assert "  ok: false;\n" in text
    assert "  patch: Record<string, unknown>;\n" in text
    assert "  command: (sent: Command, answered: (answer: Ack) => void) => void;\n  resync: () => void;\n" in text


def test_the_manual_has_every_command_code_and_field() -> None:
    text = manual()
    for word in (*command_types(), *Code, *RaiseHand.__struct_fields__, *views.Turn.__struct_fields__):
        assert f"`{word}`" in text, word
    assert "$" not in text.replace("`$defs`", "")


def test_the_manual_says_who_may_ask_when_it_is_told() -> None:
    who = {each: f"who {each}" for each in command_types()}
    text = manual(who)
    assert all(f"| who {each} |" in text for each in command_types())
    assert "| who |" not in manual()


def test_the_rulebook_has_words_for_everything_that_can_be_asked() -> None:
    assert words().keys() == set(command_types())
    assert words()["admit"] == "facilitators and hosts"
    assert words()["answer-door"] == "people at the door"


def told_from_outside() -> dict[str, str]:
    """A table of who may ask, as `--who` names one."""
    return dict.fromkeys(command_types(), "the moon")


def test_the_command_line_prints(capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema"])
    assert json.loads(capsys.readouterr().out) == SCHEMA
    main(["types"])
    assert capsys.readouterr().out == types()
    main(["manual", "--who", f"{__name__}:told_from_outside"])
    assert capsys.readouterr().out == manual(told_from_outside())


def test_all_writes_all_files(tmp_path: Path) -> None:
    (tmp_path / "static/js").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    main(["all"], home=tmp_path)
    assert (tmp_path / "static/js/protocol.d.ts").read_text(encoding="utf-8") == types()
    assert (tmp_path / "docs/protocol.md").read_text(encoding="utf-8") == manual()
    assert (tmp_path / "docs/formats.md").read_text(encoding="utf-8") == with_fields(FORMATS)


def test_it_runs_as_a_module() -> None:
    ran = subprocess.run([sys.executable, "-m", "protocol", "types"], cwd=HOME, capture_output=True, check=True)
    assert ran.stdout.decode() == types()


def test_the_declarations_in_the_tree_are_up_to_date() -> None:
    assert (HOME / "static/js/protocol.d.ts").read_text(encoding="utf-8") == types(), "type: make protocol"


def test_the_fields_of_a_format_in_the_tree_are_up_to_date() -> None:
    assert with_fields(FORMATS) == FORMATS, "type: make protocol"
    assert all(f"| `{name}` |" in FORMATS for name in Phase.__struct_fields__)


def test_the_manual_in_the_tree_is_up_to_date() -> None:
    assert (HOME / "docs/protocol.md").read_text(encoding="utf-8") == manual(words()), "type: make protocol"
