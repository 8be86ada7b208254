"""Patches: what a browser has after applying one is what the server would have sent whole."""

from copy import deepcopy
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.message import Part
from protocol.patch import Json, apply, diff
from protocol.views import CircleView, DoorView, LeadView, Person, Role, View
from tests.protocol.anything import anything, near

SIGHTS: tuple[type[msgspec.Struct], ...] = (DoorView, CircleView, LeadView)


def two(kind: Any) -> st.SearchStrategy[tuple[Any, Any]]:
    """Two values of one type: with nothing in common, or neighbours."""
    anyone = anything(kind)
    return st.tuples(anyone, anyone) | anyone.flatmap(lambda old: st.tuples(st.just(old), near(kind, old)))


class Measured(Part, frozen=True):
    """A part of a view with a number that may be left out."""

    length: float = 0.0


def nulls(document: Any) -> bool:
    """Whether there is a null anywhere."""
    if isinstance(document, dict):
        return any(nulls(inner) for inner in document.values())
    return document is None or (isinstance(document, list) and any(nulls(inner) for inner in document))


@given(st.sampled_from(SIGHTS).flatmap(two))
def test_old_view_and_patch_make_the_new_view(views: tuple[View, View]) -> None:
    old, new = views
    assert apply(msgspec.to_builtins(old), diff(old, new)) == msgspec.to_builtins(new)


@pytest.mark.no_cover  # twice as fast, and the test above comes to the same lines
@given(two(LeadView))
def test_a_patched_view_is_read_back_as_the_same_value(views: tuple[LeadView, LeadView]) -> None:
    old, new = views
    assert msgspec.convert(apply(msgspec.to_builtins(old), diff(old, new)), LeadView) == new


@given(anything(LeadView))
def test_no_change_makes_no_patch(view: LeadView) -> None:
    assert diff(view, view) == {}
    assert diff(view, msgspec.structs.replace(view)) == {}
    assert diff(view, deepcopy(view)) == {}


@given(anything(LeadView))
def test_a_view_has_no_null(view: LeadView) -> None:
    assert not nulls(msgspec.to_builtins(view))


@given(two(CircleView))
def test_applying_leaves_its_arguments_alone(views: tuple[CircleView, CircleView]) -> None:
    old, new = views
    document, patch = msgspec.to_builtins(old), diff(old, new)
    before = deepcopy((document, patch))
    apply(document, patch)
    assert (document, patch) == before


@given(two(CircleView))
def test_a_patch_holds_only_plain_values(views: tuple[CircleView, CircleView]) -> None:
    patch = diff(*views)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(patch)) == patch


def test_a_change_deep_down_is_all_that_is_sent() -> None:
    old = {"s1": Person(Role.HOST, present=True, number=0, name="Rani", turns=1), "s2": Person(Role.HOST, True, 1)}
    new = {**old, "s1": msgspec.structs.replace(old["s1"], present=False, turns=0)}
    assert diff(old, new) == {"s1": {"present": False, "turns": None}}


def test_what_is_new_comes_whole_and_what_is_gone_is_null() -> None:
    person = Person(Role.HOST, present=True, number=0)
    assert diff({"s1": person}, {"s2": person}) == {
        "s1": None,
        "s2": {"role": "host", "present": True, "number": 0},
    }


def test_what_becomes_unset_is_null() -> None:
    named = Person(Role.HOST, present=True, number=0, name="Rani")
    nameless = msgspec.structs.replace(named, name=msgspec.UNSET)
    assert diff(named, nameless) == {"name": None}
    assert diff(nameless, named) == {"name": "Rani"}


def test_a_list_is_replaced_whole() -> None:
    assert diff({"queue": ["a", "b"]}, {"queue": ["b"]}) == {"queue": ["b"]}


def test_a_zero_that_is_not_the_default_itself_is_patched_as_it_is_sent() -> None:
    old, new = Measured(), Measured(float("0"))
    assert (msgspec.to_builtins(old), msgspec.to_builtins(new)) == ({}, {"length": 0.0})
    assert apply(msgspec.to_builtins(old), diff(old, new)) == msgspec.to_builtins(new)
    assert apply(msgspec.to_builtins(new), diff(new, old)) == msgspec.to_builtins(old)


@pytest.mark.parametrize(
    ("document", "patch", "result"),
    [
        # RFC 7396, appendix A: the cases whose documents and patches are objects
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": "b"}, {"a": {"b": "c"}}, {"a": {"b": "c"}}),
    ],
)
def test_apply_does_what_the_rfc_says(document: Json, patch: Json, result: Json) -> None:
    assert apply(document, patch) == result
