"""Messages: what goes over the wire and comes back is the same, and what is outside the declarations is refused."""

import re
from enum import StrEnum
from typing import Any

import msgpack
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import asked, views
from protocol import commands as c
from protocol.errors import Bye, Code, Rejected
from protocol.generate import TERMS, command_kinds, command_types
from protocol.message import Message, Part, Term, kebab
from protocol.replies import Auth, Done, Formats, Goodbye, Links, Patch, Refused, Way
from protocol.signals import Level, Offer, Restarting
from tests.protocol.anything import anything

MESSAGES: tuple[type[msgspec.Struct], ...] = (*command_kinds(), Offer, *asked.Asked.__args__)
ANSWERS = (Done, Refused, Patch, Goodbye, Links, Way, Formats, Level, Restarting)
WHOLE = (*MESSAGES, *ANSWERS, Auth, views.You, views.DoorView, views.CircleView, views.LeadView)

AN_ID = (1, 24)
LIMITS: list[tuple[type[msgspec.Struct], str, tuple[int, int]]] = [
    (c.RaiseHand, "note", (0, 140)),
    (c.Remove, "reason", (0, 300)),
    (c.Decline, "reason", (0, 300)),
    (c.CallOn, "floor", (0, 24)),
    (Offer, "sdp", (0, 16 * 1024)),
    *((kind, "seat", AN_ID) for kind in (c.Admit, c.Decline, c.CallOn, c.AddHand, c.Remove)),
    *((kind, "seat", AN_ID) for kind in (c.NameSuccessor, c.UnnameSuccessor, c.KeepSeat, c.UndoRemoval)),
    (c.TellWaiting, "seat", (0, 24)),
    (c.TellWaiting, "text", (1, 300)),
    *((kind, "link", AN_ID) for kind in (asked.RenewLink, asked.RevokeLink)),
    *((kind, "hand", AN_ID) for kind in (c.LowerHand, c.DeferHand, c.MoveHand)),
    (c.MoveHand, "before", AN_ID),
    (c.DeferHand, "after", AN_ID),
    *((kind, "turn", AN_ID) for kind in (c.AcceptFloor, c.PassFloor, c.HoldOffer, c.FinishTurn)),
    *((kind, "turn", AN_ID) for kind in (c.ExtendTurn, c.PauseTurn, c.ResumeTurn, c.EndTurn)),
    *((kind, "turn", AN_ID) for kind in (c.GiveFloor, c.HoldSilence, c.AskTime, c.AnswerTime, c.AllowQuestion)),
    (c.UndoEnd, "turn", AN_ID),
    (c.AllowQuestion, "hand", AN_ID),
    (c.GiveFloor, "seat", AN_ID),
    (c.SetPhase, "phase", (1, 40)),
    (c.SetPrompt, "prompt", (0, 300)),
    (c.ResumeRoom, "hold", (0, 24)),
    (asked.SetFormat, "name", (0, 40)),
]
COUNTS = [(c.AcceptAgreement, "version"), (c.MoveHand, "queue"), (c.LowerAll, "queue")]
A_VALUE: dict[str, Any] = {
    "seat": "s1",
    "hand": "h1",
    "after": "h2",
    "turn": "t1",
    "queue": 1,
    "until": 1.0,
    "reason": "",
    "answers": [""],
    "version": 1,
    "role": "participant",
    "fine": True,
    "signal": "louder",
    "order": "fair",
    "seconds": 60,
    "extra": 30,
}


def plain(kind: type[msgspec.Struct], **fields: Any) -> dict[str, Any]:
    """A message as a browser would send it, with the given fields and only what must be there besides."""
    needed = [f.name for f in msgspec.structs.fields(kind) if f.required]
    return {"type": kind.__struct_config__.tag, **{name: A_VALUE.get(name, "x") for name in needed}, **fields}


@given(st.sampled_from(WHOLE).flatmap(anything))
def test_everything_comes_back_as_it_went(sent: msgspec.Struct) -> None:
    assert msgspec.convert(msgspec.to_builtins(sent), type(sent)) == sent
    assert msgspec.convert(msgpack.unpackb(msgspec.msgpack.encode(sent)), type(sent)) == sent


@given(st.sampled_from(command_kinds()).flatmap(anything))
def test_a_command_is_told_apart_by_its_type(sent: msgspec.Struct) -> None:
    assert msgspec.convert(msgspec.to_builtins(sent), c.Command) == sent


@pytest.mark.parametrize("kind", MESSAGES)
def test_an_unknown_field_is_refused(kind: type[msgspec.Struct]) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert(plain(kind, zeal=1), kind)


def test_an_unknown_field_of_auth_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"v": 1, "room": "r", "name": "Ada", "zeal": 1}, Auth)


@pytest.mark.parametrize("kind", command_kinds())
def test_a_field_that_must_be_there_must_be_there(kind: type[msgspec.Struct]) -> None:
    whole = plain(kind)
    assert isinstance(msgspec.convert(whole, c.Command), kind)
    for name in whole.keys() - {"type"}:
        with pytest.raises(msgspec.ValidationError, match=name):
            msgspec.convert({key: value for key, value in whole.items() if key != name}, c.Command)


@pytest.mark.parametrize(
    "wrong",
    [
        *(None, 7, "raise-hand", [], {}, ["raise-hand"]),
        *({"type": None}, {"type": 1}, {"type": "RaiseHand"}, {"type": "raise_hand"}, {"type": "joined"}),
        {"type": "raise-hand", "kind": "shout"},
        {"type": "raise-hand", "note": None},
        {"type": "raise-hand", "note": 5},
        {"type": "accept-agreement", "version": "1"},
        {"type": "accept-agreement", "version": True},
        {"type": "accept-agreement", "version": 1.5},
        {"type": "hold-offer", "turn": "t1", "until": "soon"},
        {"type": "leave", "check_on_me": 1},
        {"type": "answer-door", "answers": "one"},
        {"type": "answer-door", "answers": {"0": "one"}},
    ],
)
def test_what_is_not_a_command_is_refused(wrong: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, c.Command)


@pytest.mark.parametrize(("kind", "field", "limits"), LIMITS)
def test_text_is_as_short_and_as_long_as_it_may_be(
    kind: type[msgspec.Struct], field: str, limits: tuple[int, int]
) -> None:
    low, high = limits
    for length in (low, high):
        message = msgspec.convert(plain(kind, **{field: "ä" * length}), kind)
        assert getattr(message, field) == "ä" * length
    for length in {low - 1, high + 1} - {-1}:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(plain(kind, **{field: "ä" * length}), kind)


def test_every_text_of_a_message_has_a_limit() -> None:
    known = {(kind, field) for kind, field, _ in LIMITS} | {(c.AnswerDoor, "answers")}
    texts = {
        (kind, f.name)
        for kind in MESSAGES
        for f in msgspec.structs.fields(kind)
        if "str" in str(f.type) and "Kind" not in str(f.type)
    }
    assert texts == known


def test_the_door_takes_three_answers_of_500() -> None:
    answers = ["a" * 500, "", "b"]
    assert msgspec.convert({"type": "answer-door", "answers": answers}, c.Command) == c.AnswerDoor(answers)
    for wrong in (["a" * 501], ["", "", "", ""]):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"type": "answer-door", "answers": wrong}, c.Command)


@pytest.mark.parametrize(("kind", "field"), COUNTS)
def test_versions_count_from_0_to_2_to_the_53(kind: type[msgspec.Struct], field: str) -> None:
    for count in (0, 2**53):
        assert getattr(msgspec.convert(plain(kind, **{field: count}), kind), field) == count
    for count in (-1, 2**53 + 1, 2**64):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(plain(kind, **{field: count}), kind)


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_sent_with_defaults_only_is_accepted(kind: type[msgspec.Struct]) -> None:
    sent = msgspec.to_builtins(msgspec.convert(plain(kind), kind))
    assert sent.keys() == plain(kind).keys()


def test_words_of_the_wire_look_alike() -> None:
    for tag in (*command_types(), *(word.value for term in TERMS for word in term)):
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", tag), tag
    for kind in (*_all(Message), *_all(Part)):
        for field in kind.__struct_fields__:
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", field), field


def _all(kind: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """Every declared struct under this one, whatever the depth."""
    return [deep for direct in kind.__subclasses__() for deep in (direct, *_all(direct))]


def test_no_two_commands_share_a_type() -> None:
    assert len(set(command_types())) == len(command_types()) == len(command_kinds())


@pytest.mark.parametrize(("name", "tag"), [("Leave", "leave"), ("RaiseHand", "raise-hand")])
def test_kebab(name: str, tag: str) -> None:
    assert kebab(name) == tag


@pytest.mark.parametrize("kind", [c.LowerHand, views.Person, views.LeadView, Done])
def test_what_is_sent_cannot_be_changed(kind: type[msgspec.Struct]) -> None:
    assert kind.__struct_config__.frozen


@pytest.mark.parametrize("term", TERMS)
def test_every_word_of_a_list_says_what_it_means(term: type[Term]) -> None:
    for word in term:
        assert word.meaning
        assert not word.meaning.endswith(".")
        assert msgspec.convert(word.value, term) is word
        assert msgspec.to_builtins(word) == word.value == f"{word}"


def test_the_lists_of_words_are_all_there() -> None:
    declared = {term for term in Term.__subclasses__() if term.__module__.startswith("protocol.")}
    assert declared == set(TERMS)
    plain_lists = {term for term in StrEnum.__subclasses__() if term.__module__.startswith("protocol.")}
    assert plain_lists == {Term}


def test_a_refusal_carries_its_code() -> None:
    refusal = Rejected(Code.STALE)
    assert (refusal.code, refusal.detail, str(refusal)) == (Code.STALE, "", "stale")
    assert Rejected(Code.OUT_OF_RANGE, "until").detail == "until"


def test_no_goodbye_is_taken_for_a_refusal() -> None:
    assert not {bye.value for bye in Bye} & {code.value for code in Code}
