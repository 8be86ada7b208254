"""Acts: what those who lead do is visible to the room, for ten minutes."""

from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol import commands as c
from protocol.commands import Order
from protocol.views import Deed
from rooms.asks import Restart, Unlink
from rooms.rulebook import COMMANDS
from rooms.state import RoomState
from rooms.view import see
from tests.given import ADA, BEN, CIKA, DEWI, EKA, PHASE, PLAN, SERVER, Scene, given, room


def opened() -> Scene:
    return given(ADA, BEN, CIKA, DEWI)


def waits() -> Scene:
    """Cika speaks, Dewi's hand is up."""
    return opened().speaks(CIKA).raises(DEWI)


@pytest.mark.parametrize(
    ("scene", "command", "deed", "whom"),
    [
        (opened().joins(EKA), c.Admit(EKA), Deed.ADMITTED, EKA),
        (opened(), c.Remove(BEN, "x"), Deed.REMOVED, BEN),
        (opened().when(ADA, c.Remove(BEN, "x")), c.UndoRemoval(BEN), Deed.RESTORED, BEN),
        (opened(), c.CallOn(BEN), Deed.CALLED, BEN),
        (opened(), c.AddHand(BEN), Deed.HAND_ADDED, BEN),
        (waits(), c.LowerHand("h2"), Deed.HAND_LOWERED, DEWI),
        (waits().raises(BEN), c.MoveHand("h2", 4), Deed.HAND_MOVED, DEWI),
        (waits(), c.LowerAll(3), Deed.ALL_LOWERED, ""),
        (opened(), c.CloseQueue(), Deed.QUEUE_CLOSED, ""),
        (opened().when(ADA, c.CloseQueue()), c.ReopenQueue(), Deed.QUEUE_REOPENED, ""),
        (waits(), c.SetOrder(Order.FAIR), Deed.ORDER_SET, ""),
        (waits(), c.SetPrompt("What do you need?"), Deed.PROMPT_SET, ""),
        (given(ADA, BEN, of=room(PHASE, replace(PHASE, name="next"))), c.SetPhase("next"), Deed.PHASE_SET, ""),
        (waits(), c.EndTurn("t1"), Deed.TURN_ENDED, CIKA),
        (waits(), c.PauseTurn("t1"), Deed.TURN_PAUSED, CIKA),
        (waits().when(ADA, c.PauseTurn("t1")), c.ResumeTurn("t1"), Deed.TURN_RESUMED, CIKA),
        (waits(), c.ExtendTurn("t1", 400), Deed.TURN_EXTENDED, CIKA),
        (waits().when(CIKA, c.FinishTurn("t1")), c.UndoEnd("t1"), Deed.END_UNDONE, CIKA),
        (waits().wait(400).when(CIKA, c.FinishTurn("t1")), c.Equalise(30), Deed.EQUALISED, ""),
        (opened(), c.BeginSilence(60), Deed.SILENCE_BEGUN, ""),
        (opened(), c.BeginBreak(60), Deed.BREAK_BEGUN, ""),
        (opened(), c.PauseRoom(), Deed.ROOM_PAUSED, ""),
        (opened().when(ADA, c.PauseRoom()), c.ResumeRoom(), Deed.ROOM_RESUMED, ""),
        (opened(), c.NameSuccessor(BEN), Deed.SUCCESSOR_NAMED, BEN),
        (opened().when(ADA, c.NameSuccessor(BEN)), c.UnnameSuccessor(BEN), Deed.SUCCESSOR_UNNAMED, BEN),
    ],
)
def test_what_is_done_about_others_is_told(scene: Scene, command: Any, deed: Deed, whom: str) -> None:
    [act] = scene.when(ADA, command).acts
    assert (act.done, act.by, act.who) == (deed, ADA, "Ada")
    assert (act.seat, act.whom) == (whom or UNSET, whom.title())
    assert act.at == scene.now


def test_of_a_declined_person_the_room_knows_nothing() -> None:
    [act] = opened().joins(EKA).when(ADA, c.Decline(EKA, "full")).acts
    assert (act.done, act.who, act.seat, act.whom) == (Deed.DECLINED, "Ada", UNSET, "")


def test_nor_of_anybody_else_at_the_door() -> None:
    removed = opened().joins(EKA).when(ADA, c.Remove(EKA, "x"))
    back = removed.when(ADA, c.UndoRemoval(EKA))
    for scene, deed in ((removed, Deed.REMOVED), (back, Deed.RESTORED)):
        [act] = scene.acts
        assert (act.done, act.who, act.seat, act.whom) == (deed, "Ada", UNSET, "")


@pytest.mark.parametrize(
    ("scene", "by", "command"),
    [
        (waits(), DEWI, c.LowerHand()),
        (waits(), DEWI, c.LowerHand("h2")),
        (waits().raises(ADA), ADA, c.LowerHand()),
        (waits().drops(CIKA).returns(CIKA), CIKA, c.ResumeTurn("t1")),
        (opened().when(ADA, c.NameSuccessor(BEN)), BEN, c.UnnameSuccessor(BEN)),
        (opened().speaks(ADA), ADA, c.ExtendTurn("t1", 400)),
        (opened().when(ADA, c.NameSuccessor(BEN)), ADA, c.NameSuccessor(BEN)),  # named already
        (waits(), ADA, c.ExtendTurn("t1", 6)),  # it lasts longer already
        (opened().joins(EKA), ADA, c.TellWaiting("soon")),
        (opened(), ADA, c.RaiseHand()),
        (opened(), BEN, c.Leave()),
        (waits().when(CIKA, c.FinishTurn("t1")), CIKA, c.UndoEnd("t1")),
        (opened(), BEN, c.RingBell()),
        (opened(), ADA, c.RingBell()),
        (opened().when(ADA, c.BeginBreak(60)), BEN, c.SayReady()),
        (waits(), ADA, c.SendSignal(c.SilentSignal.LOUDER)),
    ],
)
def test_what_people_do_themselves_and_what_changes_nothing_is_not(scene: Scene, by: str, command: Any) -> None:
    done = scene.when(by, command)._fine()
    assert done.acts == ()


def test_who_takes_over_and_gives_it_back() -> None:
    led = opened().when(ADA, c.NameSuccessor(BEN)).drops(ADA, at=100).wait(130)
    assert [(act.done, act.by, act.who, act.seat) for act in led.acts] == [(Deed.LED, BEN, "Ben", UNSET)]
    back = led.when(BEN, c.StepDown())
    assert [(act.done, act.by, act.seat) for act in back.acts] == [(Deed.STEPPED_DOWN, BEN, UNSET)]


def test_everyone_inside_sees_them_in_their_order() -> None:
    scene = opened().when(ADA, c.PauseRoom(), at=10).when(ADA, c.ResumeRoom(), at=20)
    for view in (scene.circle, scene.lead):
        assert [view.acts[id].done for id in view.lately][-2:] == [Deed.ROOM_PAUSED, Deed.ROOM_RESUMED]
        assert view.lately == ["a1", "a2", "a3", "a4", "a5"]


def test_the_latest_twenty_are_remembered() -> None:
    scene = opened()
    for _ in range(15):
        scene = scene.when(ADA, c.CloseQueue()).when(ADA, c.ReopenQueue())
    assert scene.circle.lately == [f"a{n}" for n in range(14, 34)]


def test_each_is_forgotten_after_ten_minutes() -> None:
    scene = opened().when(ADA, c.PauseRoom(), at=10).when(ADA, c.ResumeRoom(), at=20)
    assert scene.wait(609.9).circle.lately == ["a4", "a5"]
    assert scene.wait(610).circle.lately == ["a5"]
    assert scene.wait(620).state.live.acts == {}
    assert scene.wait(620).when(ADA, c.CloseQueue()).circle.lately == ["a6"]


def test_they_are_never_written() -> None:
    scene = opened().when(ADA, c.Remove(BEN, ""))
    assert "Ada" not in repr(scene.journal)
    assert Scene(RoomState(PLAN, scene.state.kept)).when(SERVER, Restart()).circle.acts == {}


def test_names_stay_as_they_were_when_somebody_goes() -> None:
    scene = opened().when(ADA, c.CallOn(BEN)).when(BEN, c.Leave())
    act = scene.circle.acts["a4"]
    assert (act.seat, act.whom) == (BEN, "Ben")


def test_an_act_costs_nothing_per_person() -> None:
    scene = opened()
    seen = see(scene.state, None)
    after = see(scene.when(ADA, c.CloseQueue()).state, seen)
    assert after.circle.people is seen.circle.people
    assert after.circle.acts["a1"] is seen.circle.acts["a1"]
    assert after.door is seen.door
    assert after.lead.acts is after.circle.acts


def test_links_are_told_too_also_by_somebody_outside() -> None:
    scene = opened().when(SERVER, Unlink(frozenset(), False, Deed.INVITED, ADA))
    assert [(act.done, act.by, act.who) for act in scene.acts] == [(Deed.INVITED, ADA, "Ada")]
    scene = opened().when(SERVER, Unlink(frozenset(["host.1"]), False, Deed.LINK_RENEWED))
    assert [(act.done, act.by, act.who) for act in scene.acts] == [(Deed.LINK_RENEWED, UNSET, "")]
    gone = opened().when(SERVER, Unlink(frozenset(), False, Deed.INVITED, EKA))
    assert [(act.by, act.who) for act in gone.acts] == [(UNSET, "")]


def test_every_deed_is_somebodys() -> None:
    told = {row.deed for row in COMMANDS.values()} | {Deed.LED, Deed.FORMAT_CHANGED, Deed.AGREEMENT_CHANGED}
    told |= {Deed.INVITED, Deed.LINK_RENEWED, Deed.LINK_REVOKED, Deed.CAME_IN, Deed.ANNOUNCED}
    assert told - {None} == set(Deed)
