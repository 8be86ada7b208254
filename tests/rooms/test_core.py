"""Decide, evolve, settle: what holds for every command."""

from typing import Any

import msgspec
import pytest

from protocol.commands import (
    AcceptAgreement,
    AcceptFloor,
    Admit,
    CallOn,
    CloseQueue,
    DeferHand,
    EndTurn,
    FinishTurn,
    LowerHand,
    MoveHand,
    OpenMeeting,
    PauseTurn,
    RaiseHand,
    Remove,
)
from protocol.errors import Code, Rejected
from protocol.views import Deed
from rooms import core
from rooms.asks import Close, Drop, Hear, Join, Restart, Return, Unlink
from rooms.events import FloorOffered, HandRaised, KeptEvent, QueueClosed, QueueReopened
from rooms.rulebook import COMMANDS, Follows, at_once
from rooms.standing import Who
from tests.given import ADA, BEN, CIKA, DEWI, NOBODY, PLAN, ROLES, SERVER, doors, empty, given

UNLINK = Unlink(frozenset(["host.1"]), True, Deed.LINK_REVOKED)


def test_who_holds_no_seat_asks_for_nothing() -> None:
    given(ADA).when(NOBODY, RaiseHand()).refused(Code.NO_SEAT)


@pytest.mark.parametrize(
    "ask",
    [Join("x", ROLES[ADA], "X"), Return(BEN, "Ben"), Drop(ADA), Hear(frozenset([ADA])), Restart(), Close(), UNLINK],
)
@pytest.mark.parametrize("by", [ADA, BEN])
def test_what_only_the_server_asks_no_person_may_ask(by: str, ask: Any) -> None:
    given(ADA, BEN).when(by, ask).refused(Code.FORBIDDEN)


@pytest.mark.parametrize("command", [OpenMeeting(), RaiseHand(), AcceptAgreement(1), Remove(BEN, "")])
def test_the_server_asks_for_nothing_that_is_a_persons(command: Any) -> None:
    doors(ADA, BEN).when(SERVER, command).refused(Code.FORBIDDEN)


def test_whether_one_may_is_asked_first() -> None:
    given(ADA, BEN).when(BEN, Admit(NOBODY)).refused(Code.FORBIDDEN)
    doors(ADA).joins(BEN).when(BEN, FinishTurn("t9")).refused(Code.NOT_ADMITTED)


def test_the_aim_is_asked_before_the_moment() -> None:
    doors(ADA).when(ADA, CallOn(NOBODY)).refused(Code.NO_SEAT)
    given(ADA, BEN).when(BEN, LowerHand("h9")).refused(Code.STALE)
    given(ADA, BEN).when(ADA, MoveHand("h1", 99)).refused(Code.STALE)
    given(ADA, BEN).when(BEN, AcceptFloor("t9")).refused(Code.STALE)


def test_a_refused_command_changes_nothing() -> None:
    before = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA)
    for command in (RaiseHand(), DeferHand("h2", "h2"), FinishTurn("t9"), PauseTurn("t1"), EndTurn("t1")):
        assert (
            before.when(CIKA, command).refused(before.when(CIKA, command).code or Code.INTERNAL).state is before.state
        )


def test_deciding_changes_nothing() -> None:
    scene = given(ADA, BEN)
    before = repr(scene.state)
    assert core.decide(scene.state, BEN, RaiseHand(), 9.0)
    assert repr(scene.state) == before


def test_what_follows_by_itself_comes_with_the_command() -> None:
    assert [type(event) for event in given(ADA, BEN).wait(9).raises(BEN).said] == [HandRaised, FloorOffered]


def test_the_alarm_is_the_earliest_of_all() -> None:
    assert core.alarm(empty().state) is None
    assert core.alarm(given(ADA).state) is None
    assert core.alarm(given(ADA, BEN, CIKA).state) == 600  # what was done at the door is forgotten
    assert core.alarm(given(ADA, BEN, CIKA).speaks(BEN).state) == 305
    assert core.alarm(given(ADA, BEN, CIKA).speaks(BEN).drops(CIKA).state) == 125


def test_rules_that_undo_one_another_are_found_out() -> None:
    def toggle(state: Any, now: float) -> list[Any]:
        return [QueueClosed()] if state.kept.queue_open else [QueueReopened()]

    with pytest.raises(RuntimeError, match="do not settle"):
        core.settle(given(ADA).state, 0.0, rules=[Follows(toggle, at_once)])


def test_the_durable_part_is_rebuilt_by_the_very_functions_that_made_it() -> None:
    scene = given(ADA, BEN, CIKA, DEWI).speaks(BEN).raises(CIKA, DEWI).when(ADA, CloseQueue()).drops(BEN).wait(400)
    assert core.replay(PLAN, scene.journal).kept == scene.state.kept


def test_what_an_earlier_version_stored_is_read() -> None:
    """As the first version wrote it: fields that came later have their defaults."""
    stored = [
        {"type": "seat-taken", "seat": "s1", "role": "facilitator", "admitted": True},
        {"type": "agreement-accepted", "seat": "s1", "version": 1},
        {"type": "seat-taken", "seat": "s2", "role": "participant"},
        {"type": "seat-admitted", "seat": "s2"},
        {"type": "agreement-accepted", "seat": "s2", "version": 1},
        {"type": "meeting-opened"},
        {"type": "seat-ended", "seat": "s2", "how": "removed"},
    ]
    events = [(9.0, msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=KeptEvent)) for one in stored]
    kept = core.replay(PLAN, events).kept
    assert kept.circle == ("s1",)
    assert (kept.seats["s1"].link, kept.seats["s1"].personal) == ("", False)
    assert list(kept.removed) == ["s2"]


def test_what_may_be_done_by_the_server_is_in_nobodys_list() -> None:
    server_only = {kind.__name__ for kind, row in COMMANDS.items() if Who.SERVER in row.who}
    assert server_only == {
        "Join",
        "Return",
        "Drop",
        "Hear",
        "Unlink",
        "Reform",
        "Announce",
        "TakeDown",
        "Restart",
        "Close",
    }
    assert not {"join", "return", "drop", "unlink", "restart", "close"} & set(given(ADA).may(ADA))


def test_a_refusal_carries_its_code() -> None:
    with pytest.raises(Rejected) as no:
        core.decide(given(ADA).state, NOBODY, RaiseHand(), 0.0)
    assert no.value.code is Code.NO_SEAT
