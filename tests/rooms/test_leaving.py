"""Leaving without a trace: what was stored and remembered about a seat goes with it."""

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptAgreement,
    AcceptFloor,
    AddHand,
    AllowQuestion,
    AnswerDoor,
    AnswerTime,
    AskTime,
    BeginBreak,
    CallOn,
    FinishTurn,
    GiveFloor,
    HandKind,
    HoldSilence,
    Leave,
    NameSuccessor,
    PassFloor,
    PassRound,
    RaiseHand,
    Remove,
    RingBell,
    SayReady,
    SendSignal,
    SilentSignal,
)
from protocol.formats import Movement, Responses
from rooms import core
from rooms.events import FloorOffered, KeptEvent, Parting, Rebuilt, SeatEnded, SeatErased, SeatForgotten
from tests.given import ADA, BEN, CIKA, DEWI, HANA, PLAN, Scene, doors, given, plan

TWO = replace(PLAN, two_to_remove=True)


def after(scene: Scene, seat: str) -> Scene:
    left = scene.when(seat, Leave(erase=True))._fine()
    assert f"'{seat}'" not in repr((left.state.kept, left.state.live))
    [rebuilt] = [event for event in left.said if isinstance(event, Rebuilt)]
    assert seat.encode() not in msgspec.msgpack.encode(rebuilt)
    return left


def test_the_journal_begins_anew_with_the_meeting_as_it_is_without_the_seat() -> None:
    scene = after(given(ADA, BEN), BEN)
    kept = scene.state.kept
    scene.then(SeatEnded(BEN, Parting.LEFT), SeatForgotten(BEN), Rebuilt(kept), SeatErased(BEN))
    assert kept.circle == (ADA,)


AROUND = given(ADA, BEN, CIKA, of=plan(floor=Movement.ROUND, give=True)).wait(5)
TIMED = given(ADA, BEN, CIKA, of=plan(consent=60, responses=Responses.INSIDE))
ASKING = TIMED.speaks(CIKA).raises(BEN, kind=HandKind.QUESTION).when(CIKA, AllowQuestion("t1", "h2"))
ASKED = TIMED.speaks(BEN).raises(CIKA, kind=HandKind.QUESTION).when(BEN, AllowQuestion("t1", "h2"))
STORIES = [
    given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA),
    given(ADA, BEN, CIKA).offered(BEN),
    given(ADA, BEN, CIKA).speaks(CIKA).when(BEN, RaiseHand(note="short")),
    given(ADA, BEN, CIKA).when(ADA, NameSuccessor(BEN)),
    given(ADA, BEN, CIKA).speaks(CIKA).when(ADA, AddHand(BEN)),
    given(ADA, HANA, BEN, of=TWO).when(ADA, Remove(BEN, "x")),
    doors(ADA).joins(BEN).when(BEN, AnswerDoor(["peace"])),
    doors(ADA).joins(BEN).when(BEN, AcceptAgreement(1)),
    AROUND,
    AROUND.when(ADA, AcceptFloor("t1")),
    AROUND.when(ADA, PassFloor("t1")),
    AROUND.when(BEN, PassRound()),
    AROUND.when(ADA, PassFloor("t1")).when(BEN, PassFloor("t2", later=True)),
    AROUND.when(ADA, PassFloor("t1")).when(BEN, AcceptFloor("t2")).when(BEN, FinishTurn("t2")),
    AROUND.drops(BEN).when(ADA, PassFloor("t1")).returns(BEN),
    AROUND.when(ADA, AcceptFloor("t1")).when(ADA, GiveFloor("t1", BEN)),
    given(ADA, BEN).speaks(BEN).when(BEN, FinishTurn("t1")),
    given(ADA, BEN, CIKA).when(BEN, RingBell()),
    given(ADA, BEN, CIKA).speaks(BEN).when(CIKA, RingBell()),
    given(ADA, BEN, CIKA).speaks(BEN).when(BEN, HoldSilence("t1")),
    given(ADA, BEN, CIKA).speaks(CIKA).when(BEN, SendSignal(SilentSignal.LOUDER)),
    given(ADA, BEN, CIKA).when(ADA, BeginBreak(60)).when(BEN, SayReady()),
    TIMED.speaks(CIKA).when(CIKA, AskTime("t1"), at=300).when(BEN, AnswerTime("t1", fine=False)),
    TIMED.speaks(BEN).when(BEN, AskTime("t1"), at=300).when(CIKA, AnswerTime("t1", fine=False)),
    ASKING,
    ASKING.when(BEN, AcceptFloor("t2")),
    ASKED.when(CIKA, AcceptFloor("t2")),
]


@pytest.mark.parametrize("scene", STORIES)
def test_nothing_is_left_whatever_one_was_in_the_middle_of(scene: Scene) -> None:
    after(scene, BEN)


@pytest.mark.parametrize("scene", STORIES)
def test_the_journal_that_begins_anew_tells_the_same(scene: Scene) -> None:
    left = after(scene, BEN).wait(scene.now + 700)
    events = list(left.journal)
    begins = max(place for place, (_, event) in enumerate(events) if isinstance(event, Rebuilt))
    stored = [(at, msgspec.msgpack.decode(msgspec.msgpack.encode(event), type=KeptEvent)) for at, event in events]
    assert core.replay(left.state.plan, stored[begins:]).kept == left.state.kept
    assert core.replay(left.state.plan, stored).kept == left.state.kept


def test_what_follows_by_itself_comes_after_it() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(pause=0)).speaks(BEN).raises(CIKA)
    left = after(scene, BEN)
    assert [type(event) for event in left.said][-3:] == [Rebuilt, SeatErased, FloorOffered]


def test_acts_by_and_about_the_seat_have_no_name_any_more() -> None:
    scene = given(ADA, HANA, BEN, CIKA).when(ADA, CallOn(BEN)).when(ADA, AddHand(CIKA))
    acts = after(scene, BEN).circle.acts
    assert [(act.who, act.by, act.whom, act.seat) for act in acts.values()] == [
        ("Hana", HANA, "", UNSET),  # came in
        ("Ada", ADA, "", UNSET),  # admitted
        ("Ada", ADA, "Cika", CIKA),
        ("Ada", ADA, "", UNSET),  # called on
        ("Ada", ADA, "Cika", CIKA),
    ]
    acts = after(scene, ADA).circle.acts
    assert {(act.who, act.by) for act in acts.values()} == {("", UNSET), ("Hana", HANA)}
    assert [act.whom for act in acts.values()] == ["", "Ben", "Cika", "Ben", "Cika"]


def test_what_somebody_proposed_goes_with_them() -> None:
    scene = given(ADA, HANA, BEN, DEWI, of=TWO).when(ADA, Remove(BEN, "planted"))
    left = after(scene, ADA)
    assert left.lead.proposals == {}
    assert "planted" not in repr(left.state)


def test_numbers_go_on() -> None:
    scene = after(given(ADA, BEN).speaks(BEN), BEN).comes_in(CIKA)
    assert scene.circle.people[CIKA].number == 2
    assert scene.offered(CIKA).turn_id == "t2"
