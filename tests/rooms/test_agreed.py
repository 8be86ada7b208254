"""The agreement changes in the middle of a meeting: everybody inside is asked again, in a gap, and loses nothing."""

from dataclasses import replace as scene_with

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptAgreement,
    AcceptFloor,
    Admit,
    BeginSilence,
    CallOn,
    FinishTurn,
    GiveFloor,
    Leave,
    NameSuccessor,
    OpenMeeting,
    PauseRoom,
    RaiseHand,
    Remove,
    ResumeRoom,
    ResumeTurn,
    RingBell,
    TakeFloor,
    UndoEnd,
    UndoRemoval,
)
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import Deed, Hold, Role, TurnState
from rooms import core
from rooms.asks import Drop, Join, Restart
from rooms.audio import audible, listeners
from rooms.events import (
    AgreementAccepted,
    AgreementAsked,
    AgreementChanged,
    AnswersForgotten,
    FloorOffered,
    LeadTaken,
    ReturnAwaited,
    RoundEnded,
    SeatAdmitted,
)
from rooms.rules import agreed
from rooms.state import Kept, RoomState
from rooms.view import Sight
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, HANA, PHASE, SERVER, Scene, doors, given, plan, room

GAP, READING = agreed.GAP, agreed.READING


def changed(scene: Scene, version: int = 2) -> Scene:
    """A host gives the room another agreement."""
    new = replace(scene.state.plan.agreement, version=version, text=f"We listen, {version}.")
    scene = scene_with(scene, said=(), acts=(), code=None)
    return scene._on(core.reform(scene.state, replace(scene.state.plan, agreement=new), "", scene.now))


def accepts(scene: Scene, *seats: str, version: int = 2) -> Scene:
    for seat in seats:
        scene = scene.when(seat, AcceptAgreement(version))._fine()
    return scene


def reading(scene: Scene) -> list[str]:
    return [seat for seat, known in scene.state.kept.seats.items() if known.reading]


# When they are asked


def test_at_once_while_nobody_has_the_floor() -> None:
    scene = changed(given(ADA, BEN, CIKA))
    scene.then(AgreementChanged(2), AgreementAsked(), ReturnAwaited(scene.now + READING))
    assert reading(scene) == [ADA, BEN, CIKA]
    [act] = scene.acts
    assert (act.done, act.by, act.seat) == (Deed.AGREEMENT_CHANGED, UNSET, UNSET)


def test_also_before_the_meeting_is_opened() -> None:
    scene = changed(doors(ADA, BEN))
    assert reading(scene) == [ADA, BEN]
    accepts(scene, ADA).when(ADA, OpenMeeting())._fine()


def test_a_turn_is_finished_first_and_the_quiet_after_it() -> None:
    scene = changed(given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA)).then(AgreementChanged(2))
    now = scene.now
    assert audible(scene.state) == {BEN}
    assert not scene.you(BEN).agreed
    assert scene.sight(BEN) is Sight.CIRCLE
    scene = scene.when(BEN, FinishTurn(scene.turn_id), at=now + 100)
    assert not scene.of(AgreementAsked)
    scene = scene.wait(until=now + 100 + PHASE.pause)
    scene.then(AgreementAsked(), ReturnAwaited(now + 100 + PHASE.pause + READING))
    assert reading(scene) == [ADA, BEN, CIKA]


def test_an_offer_is_answered_first() -> None:
    scene = changed(given(ADA, BEN).offered(BEN)).then(AgreementChanged(2))
    assert scene.when(BEN, AcceptFloor(scene.turn_id))._fine().on_the_floor.state is TurnState.SPEAKING


def test_who_speaks_for_long_stops_in_the_end_and_has_what_is_left_of_the_turn() -> None:
    scene = changed(given(ADA, BEN, CIKA, of=plan(turn=900)).speaks(BEN))
    began, now = scene.on_the_floor.since, scene.now
    scene = scene.wait(until=now + GAP)
    assert scene.of(AgreementAsked)
    assert scene.on_the_floor.state is TurnState.SUSPENDED
    assert scene.on_the_floor.spent == now + GAP - began
    scene = accepts(scene, BEN)
    assert scene.on_the_floor.returned
    scene = scene.when(BEN, ResumeTurn(scene.turn_id))._fine()
    assert audible(scene.state) == {BEN}
    assert listeners(scene.state) == {BEN}


def test_voices_of_an_open_floor_that_follow_one_another() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=2, pause=0))
    scene = changed(scene.when(BEN, TakeFloor()).when(CIKA, TakeFloor())).then(AgreementChanged(2))
    scene = scene.wait(until=scene.now + GAP)
    assert {turn.state for turn in scene.state.kept.turns.values()} == {TurnState.SUSPENDED}
    assert accepts(scene, CIKA).state.kept.turns["t2"].returned


@pytest.mark.parametrize("still", [RingBell(), BeginSilence(30)])
def test_a_silence_and_a_bell_are_not_disturbed(still: object) -> None:
    scene = given(ADA, BEN, of=plan(bell=True, breath=8)).when(ADA, still)._fine()
    until = scene.state.kept.hold.until if scene.state.kept.hold else 0.0
    scene = changed(scene).then(AgreementChanged(2))
    assert reading(scene) == []
    assert reading(scene.wait(until=until)) == [ADA, BEN]


def test_a_room_that_is_paused_is_a_gap() -> None:
    scene = changed(given(ADA, BEN).when(ADA, PauseRoom()))
    assert reading(scene) == [ADA, BEN]
    scene.when(ADA, ResumeRoom()).refused(Code.NOT_AGREED)
    assert accepts(scene, ADA).when(ADA, ResumeRoom())._fine().circle.hold is UNSET


def test_who_accepts_it_in_time_is_not_asked() -> None:
    scene = accepts(changed(given(ADA, BEN, CIKA).speaks(BEN)), CIKA)
    scene = scene.when(BEN, FinishTurn(scene.turn_id)).wait(until=scene.now + 60)
    assert reading(scene) == [ADA, BEN]


def test_nobody_is_asked_who_knew_no_other() -> None:
    scene = changed(given(ADA)).when(ADA, Leave())._fine()
    scene = changed(scene, 3).then()
    scene = accepts(scene.joins(AGUS), AGUS, version=3)
    assert reading(scene) == []
    assert changed(scene, 3).said == ()


def test_when_everybody_accepts_it_in_time_nobody_is_waited_for() -> None:
    scene = accepts(changed(given(ADA, BEN).speaks(BEN)), ADA, BEN)
    scene = scene.when(BEN, FinishTurn(scene.turn_id)).wait(until=scene.now + 60)
    assert scene.of(AgreementAsked) == [AgreementAsked()]
    assert not scene.of(ReturnAwaited)


# Whoever reads


def test_who_reads_sees_the_door_and_may_accept_or_leave() -> None:
    scene = changed(given(ADA, BEN, CIKA).raises(BEN))
    scene = accepts(scene.wait(until=200), ADA)  # the offer lapsed, nobody had answered
    assert scene.sight(BEN) is Sight.DOOR
    you = scene.you(BEN)
    assert (you.reading, you.agreed, you.admitted, you.next) == (True, False, True, False)
    assert set(you.may) == {"accept-agreement", "leave"}
    scene.when(BEN, RaiseHand()).refused(Code.NOT_AGREED)
    scene.when(BEN, AcceptAgreement(1)).refused(Code.STALE)
    assert listeners(scene.state) == {ADA}
    assert scene.lead.reading == [BEN, CIKA]
    assert scene.circle.people.keys() == {ADA, BEN, CIKA}
    assert scene.queue == (BEN,)


def test_place_hand_and_order_are_as_they_were() -> None:
    scene = given(ADA, BEN, CIKA, DEWI).speaks(BEN).raises(CIKA, DEWI)
    scene = changed(scene).when(BEN, FinishTurn(scene.turn_id)).wait(until=scene.now + 5)
    before = scene.circle
    scene = accepts(scene, ADA, BEN, CIKA, DEWI)
    assert (scene.circle.circle, scene.circle.people) == (before.circle, before.people)
    assert scene.of(FloorOffered) == [FloorOffered("t2", CIKA, "h2", 300, scene.now + 40)]
    assert scene.queue == (DEWI,)


def test_the_floor_waits_a_moment_for_those_who_read_and_then_passes_over_them() -> None:
    scene = changed(given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA, ADA))
    scene = accepts(scene.when(BEN, FinishTurn("t1")).wait(until=scene.now + 5), ADA)
    assert scene.turn is None
    asked = scene.now
    scene = scene.wait(until=asked + READING)
    assert scene.on_the_floor.seat == ADA
    scene = accepts(scene, CIKA).when(ADA, AcceptFloor("t2")).when(ADA, FinishTurn("t2"))
    assert scene.wait(until=scene.now + 5).on_the_floor.seat == CIKA


def test_with_everybody_back_it_goes_on_at_once() -> None:
    scene = changed(given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA, ADA))
    scene = accepts(scene.when(BEN, FinishTurn("t1")).wait(until=scene.now + 5), ADA, CIKA)
    assert scene.turn is None
    assert accepts(scene, BEN).on_the_floor.seat == CIKA


def test_nobody_waits_for_who_has_lost_the_connection() -> None:
    scene = changed(given(ADA, BEN, CIKA).speaks(BEN).raises(ADA).drops(CIKA))
    scene = scene.when(BEN, FinishTurn("t1")).wait(until=scene.now + 5)
    assert accepts(scene, ADA, BEN).on_the_floor.seat == ADA


def test_who_reads_is_not_called_given_the_piece_or_put_back() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(give=True)).speaks(CIKA)
    scene = changed(scene.when(CIKA, FinishTurn("t1")))
    scene = accepts(scene.wait(until=scene.now + 5), ADA)
    scene.when(ADA, CallOn(BEN)).refused(Code.NOT_HERE)
    scene.when(ADA, UndoEnd("t1")).refused(Code.NOT_HERE)
    scene = scene.when(ADA, CallOn(ADA))._fine()
    scene = scene.when(ADA, AcceptFloor("t2"))._fine()
    scene.when(ADA, GiveFloor("t2", BEN)).refused(Code.NOT_HERE)


def test_a_round_does_not_end_while_they_read() -> None:
    scene = given(ADA, BEN, CIKA, of=room(replace(PHASE, floor=Movement.ROUND, second_sweep=False)))
    scene = scene.wait(until=5).when(ADA, AcceptFloor("t1")).when(ADA, FinishTurn("t1"))
    scene = accepts(changed(scene).wait(until=scene.now + 5), ADA)
    asked = scene.now
    assert scene.state.kept.round is not None
    assert scene.state.kept.round.waiting == (BEN, CIKA)
    scene = scene.wait(until=asked + READING + 19)
    assert not scene.of(RoundEnded)
    assert accepts(scene, CIKA).on_the_floor.seat == CIKA
    assert scene.wait(until=asked + READING + 20).of(RoundEnded)


def test_a_second_change_is_the_one_that_is_accepted() -> None:
    scene = accepts(changed(given(ADA, BEN, CIKA)), ADA)
    scene = changed(scene, 3)
    assert scene.of(AgreementAsked)
    assert reading(scene) == [ADA, BEN, CIKA]
    scene.when(BEN, AcceptAgreement(2)).refused(Code.STALE)
    scene = accepts(scene, BEN, version=3)
    assert scene.you(BEN).agreed
    assert reading(scene) == [ADA, CIKA]


def test_a_second_change_while_all_of_them_read() -> None:
    scene = changed(changed(given(ADA, BEN)), 3)
    assert reading(accepts(scene, ADA, version=3)) == [BEN]


def test_leaving_is_possible_as_ever() -> None:
    scene = changed(given(ADA, BEN, CIKA).raises(BEN)).wait(until=200)
    scene = scene.when(BEN, Leave())._fine()
    assert BEN not in scene.state.kept.seats
    assert scene.queue == ()


def test_one_who_reads_and_drops_reads_on() -> None:
    scene = changed(given(ADA, BEN)).drops(BEN).returns(BEN, at=300)
    assert scene.sight(BEN) is Sight.DOOR
    assert accepts(scene, BEN).sight(BEN) is Sight.CIRCLE


# The door, and who was removed


def test_at_the_door_the_newest_is_read_and_what_was_accepted_counts_no_more() -> None:
    scene = changed(given(ADA).joins(BEN).when(BEN, AcceptAgreement(1)))
    assert not scene.you(BEN).agreed
    assert not scene.you(BEN).reading
    scene = accepts(scene, ADA).when(ADA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))
    assert scene.state.kept.circle == (ADA,)
    assert accepts(scene, BEN).state.kept.circle == (ADA, BEN)


def test_who_comes_while_it_waits_is_not_asked_twice() -> None:
    scene = changed(given(ADA, CIKA).speaks(CIKA)).joins(BEN)
    scene = accepts(scene, BEN).when(ADA, Admit(BEN))._fine()
    scene = scene.when(CIKA, FinishTurn("t1")).wait(until=scene.now + 5)
    assert reading(scene) == [ADA, CIKA]


def test_whose_removal_is_undone_reads_it_first() -> None:
    scene = given(ADA, BEN, CIKA).when(ADA, Remove(BEN, "x"))
    scene = accepts(changed(scene), ADA, CIKA).when(ADA, UndoRemoval(BEN))._fine().returns(BEN)
    assert scene.sight(BEN) is Sight.DOOR
    assert scene.you(BEN).reading
    assert accepts(scene, BEN).state.kept.circle == (ADA, BEN, CIKA)


def test_whose_removal_from_the_door_is_undone_does_too() -> None:
    scene = given(ADA).joins(BEN).when(BEN, AcceptAgreement(1)).when(ADA, Remove(BEN, "x"))
    scene = accepts(changed(scene), ADA).when(ADA, UndoRemoval(BEN))._fine()
    assert scene.state.kept.seats[BEN].agreed == 0


# Who leads


def test_a_facilitator_who_reads_is_waited_for_before_the_room_stands_still() -> None:
    scene = accepts(changed(given(ADA, BEN)), BEN)
    asked = scene.now
    due = asked + READING + scene.state.phase.unled
    assert scene.wait(until=due - 1).circle.hold is UNSET
    scene = scene.wait(until=due)
    assert scene.circle.hold is Hold.LOST
    assert accepts(scene, ADA).circle.hold is UNSET


def test_a_successor_who_has_accepted_takes_over() -> None:
    scene = given(ADA, BEN, CIKA).when(ADA, NameSuccessor(BEN)).when(ADA, NameSuccessor(CIKA))
    scene = accepts(changed(scene), CIKA)
    scene = scene.wait(until=scene.now + READING + scene.state.phase.unled)
    assert scene.of(LeadTaken) == [LeadTaken(CIKA)]


def test_a_paused_room_whose_facilitator_never_accepts_can_be_led() -> None:
    scene = given(ADA, BEN).when(ADA, NameSuccessor(BEN)).when(ADA, PauseRoom())
    scene = accepts(changed(scene), BEN).wait(until=scene.now + READING + scene.state.phase.unled)
    assert scene.of(LeadTaken) == [LeadTaken(BEN)]
    assert scene.when(BEN, ResumeRoom())._fine().circle.hold is UNSET
    other = changed(given(ADA, BEN).when(ADA, PauseRoom()))
    join = Join(HANA, Role.HOST, "Hana")
    other = accepts(other.when(SERVER, join), HANA).when(HANA, ResumeRoom())._fine()
    assert other.circle.hold is UNSET


# A restart


def test_it_survives_a_restart_at_every_moment() -> None:
    """What waits for a gap waits on; who read reads on; and a change that was stored with the room alone is noticed."""
    scene = given(ADA, BEN).speaks(BEN)
    waits = changed(scene)
    asked = waits.when(BEN, FinishTurn("t1")).wait(until=waits.now + 5)
    for before, stored in ((scene, Kept()), (waits, waits.state.kept), (asked, asked.state.kept)):
        assert core.replay(waits.state.plan, before.journal).kept == (stored if stored != Kept() else before.state.kept)
        again = scene_with(before, state=RoomState(waits.state.plan, before.state.kept))
        again = again.when(SERVER, Restart()).returns(ADA).returns(BEN)
        again = again.wait(until=again.now + GAP + 1)
        assert reading(again) == [ADA, BEN]
        assert again.state.kept.agreement == 2


def test_what_hosts_are_told() -> None:
    scene = changed(given(ADA, BEN, CIKA).speaks(BEN))
    assert (agreed.yet(scene.state), agreed.yet_for(scene.state, scene.now + 9)) == ([ADA, BEN, CIKA], 0.0)
    scene = scene.when(BEN, FinishTurn("t1")).wait(until=scene.now + 5)
    asked = scene.now
    scene = accepts(scene, ADA).wait(until=asked + 30)
    assert (agreed.yet(scene.state), agreed.yet_for(scene.state, scene.now)) == ([BEN, CIKA], 30.0)
    scene = accepts(scene, BEN, CIKA)
    assert (agreed.yet(scene.state), agreed.yet_for(scene.state, scene.now)) == ([], 0.0)


def test_accepting_is_an_event_like_at_the_door() -> None:
    changed(given(ADA, BEN)).when(BEN, AcceptAgreement(2)).then(AgreementAccepted(BEN, 2))
    changed(given(ADA, BEN)).when(SERVER, Drop(ADA)).when(BEN, AcceptAgreement(2)).then(AgreementAccepted(BEN, 2))
