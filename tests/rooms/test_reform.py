"""The room has another format from now on."""

from dataclasses import replace as scene_with
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    BeginRound,
    CloseMeeting,
    DeferHand,
    FinishTurn,
    Order,
    PassRound,
    PauseTurn,
    SetOrder,
)
from protocol.errors import Code, Rejected
from protocol.formats import Ending, Format, Movement, Phase
from protocol.views import Deed, Why
from rooms import core
from rooms.asks import Reform, Restart
from rooms.events import FloorOffered, OfferPutOff, PhaseBegan, QueueOrdered, RoundBegan
from rooms.state import Plan, RoomState
from tests.given import ADA, BEN, CIKA, PHASE, PLAN, SERVER, Scene, doors, given, room

SHARING = replace(PHASE, name="sharing", pause=0)
AROUND = replace(PHASE, name="around", floor=Movement.ROUND, pause=0)
CLOSING = replace(PHASE, name="closing", pause=0)


def on(*phases: Phase) -> Scene:
    return given(ADA, BEN, CIKA, of=room(*phases))


def changed(scene: Scene, *phases: Phase, by: str = ADA) -> Scene:
    """The room has these phases from now on."""
    plan = replace(scene.state.plan, format=Format(name="other", phases=phases))
    scene = scene_with(scene, said=(), acts=(), code=None)
    try:
        return scene._on(core.reform(scene.state, plan, by, scene.now))
    except Rejected as no:
        return scene_with(scene, code=no.code)


def test_the_phase_that_is_on_goes_on_in_the_new_lengths() -> None:
    scene = changed(on(SHARING, CLOSING).speaks(BEN).raises(CIKA), AROUND, replace(SHARING, turn=60)).then()
    assert (scene.circle.phase, scene.circle.policy.turn, scene.on_the_floor.budget) == ("sharing", 60, 300)
    assert [step.name for step in scene.circle.agenda] == ["around", "sharing"]
    scene = scene.when(BEN, FinishTurn("t1"), at=30)
    assert scene.of(FloorOffered) == [FloorOffered("t2", CIKA, "h2", 60, 70)]


def test_the_room_is_told() -> None:
    [act] = changed(on(SHARING), CLOSING).acts
    assert (act.done, act.by, act.who, act.seat) == (Deed.FORMAT_CHANGED, ADA, "Ada", UNSET)
    for outside in ("", "gone"):
        [act] = changed(on(SHARING), CLOSING, by=outside).acts
        assert (act.by, act.who) == (UNSET, "")


def test_the_same_format_again_changes_nothing() -> None:
    scene = on(SHARING)
    same = replace(scene.state.plan, title="Wednesdays")
    outcome = core.reform(scene.state, same, ADA, scene.now)
    assert outcome.events == []
    assert outcome.state.plan.title == "Wednesdays"


def test_where_the_phase_is_gone_the_first_one_begins() -> None:
    scene = changed(on(SHARING).offered(BEN), CLOSING, AROUND)
    scene.then(OfferPutOff("t1", Why.FIRST_COME), PhaseBegan("closing"), FloorOffered("t2", BEN, "h1", 300, 40))
    assert (scene.circle.phase, scene.circle.format) == ("closing", "other")


def test_where_it_moves_the_floor_in_another_way_it_begins_anew() -> None:
    scene = changed(on(SHARING), CLOSING, replace(AROUND, name="sharing"))
    assert scene.said[:2] == (PhaseBegan("sharing"), RoundBegan((ADA, BEN, CIKA)))


def test_before_the_meeting_opens_nothing_has_begun() -> None:
    scene = changed(doors(ADA, BEN, of=room(SHARING)), CLOSING).then()
    assert scene.circle.phase == "closing"
    assert [act.done for act in scene.acts] == [Deed.FORMAT_CHANGED]


def test_after_it_is_over_there_is_nothing_to_tell() -> None:
    scene = changed(on(SHARING).when(ADA, CloseMeeting()), CLOSING, by="")
    assert (scene.said, scene.acts) == ((), ())


# Nobody loses anything


@pytest.mark.parametrize("phases", [(CLOSING,), (replace(AROUND, name="sharing"),)])
@pytest.mark.parametrize("standing", [False, True])
def test_not_while_somebody_speaks_whose_phase_would_go(phases: tuple[Phase, ...], standing: bool) -> None:
    scene = on(SHARING).speaks(BEN)
    scene = scene.when(ADA, PauseTurn("t1")) if standing else scene
    after = changed(scene, *phases)
    after.refused(Code.WOULD_LOSE)
    assert after.state is scene.state


@pytest.mark.parametrize("phases", [(CLOSING,), (replace(SHARING, name="around"),)])
def test_not_while_a_round_is_on_that_would_go(phases: tuple[Phase, ...]) -> None:
    changed(on(AROUND), *phases).refused(Code.WOULD_LOSE)


def test_a_round_that_is_over_is_nobodys_place() -> None:
    scene = given(ADA, of=room(replace(AROUND, second_sweep=False))).when(ADA, AcceptFloor("t1"))
    scene = scene.when(ADA, FinishTurn("t1"), at=10)
    assert changed(scene, CLOSING).circle.phase == "closing"


def test_a_round_goes_on_where_it_is_the_same() -> None:
    scene = changed(on(AROUND), CLOSING, replace(AROUND, turn=60)).then()
    assert scene.circle.phase == "around"
    assert scene.when(ADA, AcceptFloor("t1")).when(ADA, FinishTurn("t1"), at=10).on_the_floor.budget == 60


def test_nobody_is_cut_who_began_when_nobody_was() -> None:
    hard = replace(SHARING, ending=Ending.HARD)
    changed(on(SHARING).speaks(BEN), hard).refused(Code.WOULD_LOSE)
    assert changed(on(SHARING).offered(BEN), hard).circle.policy.ending is Ending.HARD
    assert changed(on(hard).speaks(BEN), SHARING).circle.policy.ending is Ending.SOFT
    assert changed(on(hard).speaks(BEN), replace(hard, turn=60)).circle.policy.turn == 60


@pytest.mark.parametrize("phase", [AROUND, SHARING])
def test_whoever_passed_in_a_round_is_still_asked_once_more(phase: Phase) -> None:
    scene = on(phase) if phase is AROUND else on(phase).when(ADA, BeginRound())
    scene = scene.when(CIKA, PassRound())
    changed(scene, replace(phase, second_sweep=False)).refused(Code.WOULD_LOSE)


# The order


def deferred() -> Scene:
    """Ben speaks; Cika let Ada go first, and so did Ada."""
    scene = on(SHARING).speaks(BEN).raises(CIKA, ADA).when(CIKA, DeferHand("h2", "h3"))
    return scene.when(ADA, DeferHand("h3", "h2"))


def test_where_the_order_is_another_one_everybody_is_told_why_anew() -> None:
    scene = changed(deferred(), replace(SHARING, order=Order.FAIR))
    scene.then(QueueOrdered(("h2", "h3"), (Why.NOT_SPOKEN, Why.NOT_SPOKEN)))


def test_where_it_is_the_same_everybody_stays_where_they_are() -> None:
    assert changed(deferred(), replace(SHARING, turn=60)).then().hand("h2").reason is Why.DEFERRED


def test_what_was_chosen_in_the_room_stays() -> None:
    scene = on(SHARING).speaks(BEN).when(ADA, SetOrder(Order.CIRCLE)).raises(CIKA)
    scene = changed(scene, replace(SHARING, order=Order.FAIR)).then()
    assert scene.circle.policy.order is Order.CIRCLE


# A plan that changed while nobody could say so: the server was stopped in between, or is a newer one


def back(scene: Scene, *phases: Phase) -> Scene:
    """The server is back, and the room has these phases."""
    state = RoomState(replace(scene.state.plan, format=Format(name="newer", phases=phases)), scene.state.kept)
    scene = scene_with(scene, state=state).when(SERVER, Restart())
    for seat in (ADA, BEN, CIKA):
        scene = scene.returns(seat)
    return scene


def test_without_its_phase_it_is_in_the_first_one() -> None:
    scene = back(on(SHARING).speaks(BEN), CLOSING, AROUND)
    assert (scene.state.kept.phase, scene.circle.phase) == ("closing", "closing")
    assert scene.on_the_floor.seat == BEN


def test_with_another_order_everybody_is_told_why_anew() -> None:
    scene = on(SHARING).speaks(BEN).when(BEN, FinishTurn("t1"), at=20).speaks(ADA).raises(BEN, CIKA)
    fair = back(scene, replace(SHARING, order=Order.FAIR))
    assert fair.queue == (CIKA, BEN)
    assert [fair.hand(hand).reason for hand in fair.state.kept.queue] == [Why.NOT_SPOKEN, Why.TURNS]
    assert core.replay(PLAN, fair.journal).kept == fair.state.kept


def test_with_the_same_places_that_somebody_chose_stay() -> None:
    scene = on(SHARING).speaks(BEN).raises(CIKA, ADA).when(CIKA, DeferHand("h2", "h3"))
    assert back(scene, SHARING).state.kept.hands == scene.state.kept.hands


# By whom


def test_only_the_server_asks_it_which_knows_who_did() -> None:
    ask: Any = Reform(PLAN.format)
    on(SHARING).when(ADA, ask).refused(Code.FORBIDDEN)
    assert on(SHARING).when(SERVER, ask).code is None


def test_the_journal_knows_nothing_of_plans() -> None:
    """Whatever plan it is read with, it is the same meeting."""
    scene = changed(changed(on(SHARING), CLOSING).raises(BEN), AROUND, by="")
    other = Plan("Another room", Format(name="odd", phases=(CLOSING,)))
    assert core.replay(other, scene.journal).kept == scene.state.kept
