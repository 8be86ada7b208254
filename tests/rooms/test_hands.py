"""Hands and their order."""

import pytest

from protocol.commands import (
    AddHand,
    CallOn,
    CloseQueue,
    DeferHand,
    HandKind,
    LowerAll,
    LowerHand,
    MoveHand,
    Order,
    PassFloor,
    RaiseHand,
    ReopenQueue,
    SetPhase,
)
from protocol.errors import Code
from protocol.formats import Phase, Responses, Text
from protocol.views import Why
from rooms.events import (
    FloorOffered,
    HandLowered,
    HandMoved,
    HandRaised,
    Noted,
    NoteForgotten,
    QueueClosed,
    QueueReopened,
)
from tests.given import ADA, BEN, CIKA, DEWI, EKA, FAJAR, HANA, NOBODY, Scene, doors, given, plan, room

ALL = (BEN, CIKA, DEWI, EKA)


def busy(*waiting: str) -> Scene:
    """Fajar speaks; these wait, in this order: h2, h3, ..."""
    return given(ADA, *ALL, FAJAR).speaks(FAJAR).raises(*waiting)


# Raising


def test_hands_stand_in_the_order_in_which_they_were_raised() -> None:
    scene = busy(BEN).when(CIKA, RaiseHand(), at=20).then(HandRaised("h3", CIKA, HandKind.SHARE, Why.FIRST_COME))
    assert scene.queue == (BEN, CIKA)
    assert scene.hand("h3").since == 20


def test_a_note_is_for_those_who_lead() -> None:
    scene = (
        busy()
        .when(BEN, RaiseHand(note="short"))
        .then(HandRaised("h2", BEN, HandKind.SHARE, Why.FIRST_COME), Noted("h2", "short"))
    )
    assert scene.lead.hands["h2"].note == "short"
    assert scene.circle.hands["h2"].note == ""


def test_a_hand_about_the_room_goes_ahead_behind_others_of_its_kind() -> None:
    scene = busy(BEN).raises(CIKA, kind=HandKind.PROCESS)
    scene = scene.when(DEWI, RaiseHand(HandKind.PROCESS))
    scene.then(HandRaised("h4", DEWI, HandKind.PROCESS, Why.PROCESS, before="h2"))
    assert scene.queue == (CIKA, DEWI, BEN)


def test_a_hand_about_the_room_stands_alone_where_there_is_no_other() -> None:
    busy().when(BEN, RaiseHand(HandKind.PROCESS)).then(HandRaised("h2", BEN, HandKind.PROCESS, Why.PROCESS))


def test_one_hand_each() -> None:
    busy(BEN).when(BEN, RaiseHand()).refused(Code.HAND_UP)
    busy(BEN).when(BEN, RaiseHand(HandKind.PROCESS)).refused(Code.HAND_UP)


def test_who_has_the_floor_or_is_offered_it_raises_no_hand() -> None:
    busy().when(FAJAR, RaiseHand()).refused(Code.HAS_FLOOR)
    given(ADA, BEN).offered(BEN).when(BEN, RaiseHand()).refused(Code.HAS_FLOOR)


def test_a_kind_that_the_room_does_not_use_is_refused() -> None:
    busy().when(BEN, RaiseHand(HandKind.RESPOND)).refused(Code.KIND_OFF)


@pytest.mark.parametrize("kind", [HandKind.RESPOND, HandKind.QUESTION])
def test_where_what_was_shared_stands_for_itself_nothing_comes_back(kind: HandKind) -> None:
    of = plan(kinds=tuple(HandKind), responses=Responses.NONE)
    scene = given(ADA, BEN, CIKA, of=of).speaks(BEN)
    scene.when(CIKA, RaiseHand(kind)).refused(Code.KIND_OFF)
    scene.when(ADA, AddHand(CIKA, kind)).refused(Code.KIND_OFF)
    assert scene.raises(CIKA).raises(ADA, kind=HandKind.PROCESS).queue == (ADA, CIKA)


def test_a_closed_queue_takes_only_hands_about_the_room() -> None:
    scene = busy(BEN).when(ADA, CloseQueue())
    scene.when(CIKA, RaiseHand()).refused(Code.QUEUE_CLOSED)
    scene.when(CIKA, RaiseHand(HandKind.PROCESS)).then(
        HandRaised("h3", CIKA, HandKind.PROCESS, Why.PROCESS, before="h2")
    )


# Lowering


def test_my_hand_comes_down() -> None:
    scene = busy(BEN, CIKA).when(BEN, LowerHand()).then(HandLowered("h2"), NoteForgotten("h2"))
    assert scene.queue == (CIKA,)


def test_where_everything_is_said_no_hand_has_a_note_but_one_about_the_room() -> None:
    scene = given(ADA, BEN, of=plan(text=Text.NONE))
    scene.when(BEN, RaiseHand(note="short")).refused(Code.PHASE_OFF)
    assert scene.when(BEN, RaiseHand()).hand("h1").kind is HandKind.SHARE
    about = scene.speaks(ADA).when(BEN, RaiseHand(HandKind.PROCESS, "no sound"))
    assert about.state.live.notes == {"h2": "no sound"}
    assert (scene.circle.policy.text, given(ADA).circle.policy.text) == (Text.NONE, Text.NOTES)


def test_a_note_stays_where_it_could_not_be_written_any_more() -> None:
    talk, said = Phase(name="talk", order=Order.CHOSEN), Phase(name="said", order=Order.CHOSEN, text=Text.NONE)
    scene = given(ADA, BEN, of=room(talk, said)).when(BEN, RaiseHand(note="short")).when(ADA, SetPhase("said"))
    assert scene.lead.hands["h1"].note == "short"


def test_a_note_comes_down_with_its_hand() -> None:
    scene = busy().when(BEN, RaiseHand(note="short")).when(BEN, LowerHand("h2"))
    assert scene.state.live.notes == {}


def test_a_facilitator_lowers_anybodys_hand() -> None:
    busy(BEN).when(ADA, LowerHand("h2")).then(HandLowered("h2"), NoteForgotten("h2"))


def test_a_participant_lowers_only_their_own() -> None:
    busy(BEN, CIKA).when(CIKA, LowerHand("h2")).refused(Code.NOT_YOURS)


def test_a_hand_that_is_down_cannot_be_lowered() -> None:
    busy(BEN).when(CIKA, LowerHand()).refused(Code.NO_HAND)
    busy(BEN).when(ADA, LowerHand()).refused(Code.NO_HAND)
    busy().when(ADA, LowerHand()).refused(Code.NO_HAND)
    busy(BEN, CIKA).when(BEN, LowerHand()).when(BEN, LowerHand("h2")).refused(Code.STALE)


def test_who_lowered_a_hand_may_raise_another() -> None:
    busy(BEN, CIKA).when(BEN, LowerHand()).when(BEN, RaiseHand()).then(
        HandRaised("h4", BEN, HandKind.SHARE, Why.FIRST_COME)
    )


# Letting others go first


def test_deferring_lets_somebody_go_first() -> None:
    scene = busy(BEN, CIKA, DEWI).when(BEN, DeferHand("h2", "h3")).then(HandMoved("h2", Why.DEFERRED, before="h4"))
    assert scene.queue == (CIKA, BEN, DEWI)
    assert scene.hand("h2").reason is Why.DEFERRED


def test_deferring_before_the_last_one_goes_to_the_end() -> None:
    scene = busy(BEN, CIKA).when(BEN, DeferHand("h2", "h3")).then(HandMoved("h2", Why.DEFERRED))
    assert scene.queue == (CIKA, BEN)


def test_deferring_twice_lets_nobody_else_go_first() -> None:
    scene = busy(BEN, CIKA, DEWI).when(BEN, DeferHand("h2", "h3"))
    assert scene.when(BEN, DeferHand("h2", "h3")).then().queue == (CIKA, BEN, DEWI)
    assert scene.when(BEN, DeferHand("h2", "h2")).then().queue == (CIKA, BEN, DEWI)


def test_deferring_behind_a_hand_that_is_down_again_is_stale() -> None:
    busy(BEN, CIKA, DEWI).when(CIKA, LowerHand()).when(BEN, DeferHand("h2", "h3")).refused(Code.STALE)


def test_deferring_needs_a_hand_of_mine_and_somebody_behind() -> None:
    busy(BEN, CIKA).when(CIKA, DeferHand("h3", "h2")).refused(Code.NOBODY_BEHIND)
    busy(BEN, CIKA).when(DEWI, DeferHand("h2", "h3")).refused(Code.NO_HAND)
    busy(BEN, CIKA, DEWI).when(CIKA, DeferHand("h2", "h3")).refused(Code.NOT_YOURS)
    busy(BEN, CIKA).when(BEN, DeferHand("h9", "h3")).refused(Code.STALE)


# For somebody else


def test_a_facilitator_raises_a_hand_for_somebody() -> None:
    busy().when(ADA, AddHand(BEN)).then(HandRaised("h2", BEN, HandKind.SHARE, Why.FIRST_COME))


def test_a_hand_about_the_room_can_be_raised_for_somebody() -> None:
    busy(BEN).when(ADA, AddHand(CIKA, HandKind.PROCESS)).then(
        HandRaised("h3", CIKA, HandKind.PROCESS, Why.PROCESS, before="h2")
    )


def test_a_closed_queue_does_not_stop_a_facilitator() -> None:
    assert busy().when(ADA, CloseQueue()).when(ADA, AddHand(BEN)).queue == (BEN,)


def test_a_hand_for_somebody_who_is_away_keeps_their_place() -> None:
    assert busy().drops(BEN).when(ADA, AddHand(BEN)).queue == (BEN,)


def test_adding_a_hand_is_refused_where_it_makes_no_sense() -> None:
    doors(ADA, BEN).when(ADA, AddHand(BEN)).refused(Code.NOT_OPEN)
    busy().joins("late").when(ADA, AddHand("late")).refused(Code.WAITING)
    busy().when(ADA, AddHand(FAJAR)).refused(Code.HAS_FLOOR)
    busy(BEN).when(ADA, AddHand(BEN)).refused(Code.HAND_UP)
    busy().when(ADA, AddHand(BEN, HandKind.RESPOND)).refused(Code.KIND_OFF)
    busy().when(ADA, AddHand(NOBODY)).refused(Code.NO_SEAT)
    busy().when(BEN, AddHand(CIKA)).refused(Code.FORBIDDEN)


# The order


def move(scene: Scene, hand: str, before: str = "") -> Scene:
    """Ada moves a hand in the order as it stands."""
    return scene.when(ADA, MoveHand(hand, scene.circle.queue_version, before))


def test_a_facilitator_moves_a_hand_in_front_of_another() -> None:
    scene = move(busy(BEN, CIKA, DEWI), "h4", before="h2").then(HandMoved("h4", Why.MOVED, before="h2"))
    assert scene.queue == (DEWI, BEN, CIKA)
    assert scene.circle.hands["h4"].reason is Why.MOVED


def test_a_facilitator_moves_a_hand_to_the_end() -> None:
    assert move(busy(BEN, CIKA), "h2").then(HandMoved("h2", Why.MOVED)).queue == (CIKA, BEN)


@pytest.mark.parametrize(("hand", "before"), [("h2", "h3"), ("h3", ""), ("h2", "h2")])
def test_moving_a_hand_to_where_it_stands_changes_nothing(hand: str, before: str) -> None:
    move(busy(BEN, CIKA), hand, before).then()


def test_a_move_is_aimed_at_the_order_as_it_was_seen() -> None:
    seen = busy(BEN, CIKA)
    later = seen.raises(DEWI)
    later.when(ADA, MoveHand("h3", seen.circle.queue_version, "h2")).refused(Code.STALE)


def test_a_move_of_or_before_a_hand_that_is_down_is_stale() -> None:
    move(busy(BEN, CIKA), "h9").refused(Code.STALE)
    move(busy(BEN, CIKA), "h2", before="h9").refused(Code.STALE)


def test_where_no_hand_is_up_nothing_is_in_order() -> None:
    busy().when(ADA, LowerAll(busy().circle.queue_version)).refused(Code.NO_HAND)


def test_a_moved_hand_does_not_rest_any_more() -> None:
    scene = given(ADA, BEN).offered(BEN).when(BEN, PassFloor("t1", later=True), at=10).when(ADA, CallOn(BEN))
    scene.then(FloorOffered("t2", BEN, "h1", 300, 50))


def test_the_version_of_the_order_counts_by_one() -> None:
    scene = busy(BEN, CIKA)
    version = scene.circle.queue_version
    assert move(scene, "h3", before="h2").circle.queue_version == version + 1
    assert scene.raises(DEWI).circle.queue_version == version + 1
    assert scene.when(BEN, LowerHand()).circle.queue_version == version + 1
    assert scene.when(ADA, CloseQueue()).circle.queue_version == version


def test_all_hands_come_down_together() -> None:
    scene = busy(BEN, CIKA)
    scene = scene.when(ADA, LowerAll(scene.circle.queue_version))
    scene.then(HandLowered("h2"), NoteForgotten("h2"), HandLowered("h3"), NoteForgotten("h3"))
    assert scene.queue == ()


def test_all_hands_that_were_seen_not_those_that_came_since() -> None:
    seen = busy(BEN)
    seen.raises(CIKA).when(ADA, LowerAll(seen.circle.queue_version)).refused(Code.STALE)


def test_the_queue_closes_and_reopens() -> None:
    scene = busy(BEN).when(HANA, CloseQueue()).refused(Code.NO_SEAT)
    scene = scene.when(ADA, CloseQueue()).then(QueueClosed())
    assert not scene.circle.queue_open
    assert scene.queue == (BEN,)
    scene.when(ADA, CloseQueue()).refused(Code.QUEUE_CLOSED)
    scene = scene.when(ADA, ReopenQueue()).then(QueueReopened())
    assert scene.circle.queue_open
    scene.when(ADA, ReopenQueue()).refused(Code.QUEUE_OPEN)
