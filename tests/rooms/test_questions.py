"""A question inside a turn."""

from typing import Any

import pytest

from protocol.commands import (
    AcceptFloor,
    AllowQuestion,
    BeginSilence,
    EndTurn,
    FinishTurn,
    HandKind,
    Leave,
    PassFloor,
    PauseRoom,
    PauseTurn,
    ResumeRoom,
    ResumeTurn,
    RingBell,
    TakeFloor,
    UndoEnd,
)
from protocol.errors import Code
from protocol.formats import Movement, Responses
from protocol.views import Hold, TurnState, Why
from rooms.asks import Restart
from rooms.audio import audible
from rooms.events import (
    Dropped,
    End,
    FloorAccepted,
    FloorOffered,
    HandRaised,
    HoldEnded,
    NoteForgotten,
    OfferPassed,
    OfferPutOff,
    RoomHeld,
    SpeakerReturned,
    TurnEnded,
    TurnInterposed,
    TurnPaused,
    TurnResumed,
    TurnSuspended,
)
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, SERVER, Scene, given, plan

INSIDE = plan(responses=Responses.INSIDE, question=60)


def up() -> Scene:
    """Ben speaks in t1 since 5, until 305; Cika has a question (h2), Dewi would share something (h3)."""
    scene = given(ADA, BEN, CIKA, DEWI, of=INSIDE).speaks(BEN)
    return scene.raises(CIKA, kind=HandKind.QUESTION).raises(DEWI)


def allowed(by: str = BEN) -> Scene:
    """After 100 seconds of 300, Cika is offered to ask, in t2."""
    return up().when(by, AllowQuestion("t1", "h2"), at=105)


def asks() -> Scene:
    """Cika asks since 110."""
    return allowed().when(CIKA, AcceptFloor("t2"), at=110)


def state(scene: Scene, turn: str = "t1") -> TurnState:
    return scene.state.kept.turns[turn].state


# Allowing


@pytest.mark.parametrize("by", [BEN, ADA])
def test_the_turn_stands_and_whoever_asks_is_offered_the_floor(by: str) -> None:
    scene = allowed(by).then(TurnInterposed("t1"), FloorOffered("t2", CIKA, "h2", 60, 145, inside="t1"))
    assert (scene.circle.turns["t1"].state, scene.circle.turns["t1"].left) == (TurnState.QUESTION, 200)
    assert scene.circle.turns["t2"].inside == "t1"
    assert scene.queue == (DEWI,)
    assert not audible(scene.state)


def test_whoever_asks_is_heard_and_nobody_else() -> None:
    scene = asks().then(FloorAccepted("t2"), NoteForgotten("h2"))
    assert audible(scene.state) == {CIKA}
    assert scene.circle.turns["t2"].ends_at == 170
    assert scene.circle.turns["t1"].left == 200


def test_only_the_speaker_and_those_who_lead_allow_it() -> None:
    up().when(DEWI, AllowQuestion("t1", "h2")).refused(Code.FORBIDDEN)
    assert "allow-question" in up().may(BEN)
    assert "allow-question" in up().may(ADA)
    assert "allow-question" not in up().may(CIKA)


def test_what_is_allowed_is_a_question() -> None:
    up().when(BEN, AllowQuestion("t1", "h3")).refused(Code.KIND_OFF)
    up().when(BEN, AllowQuestion("t1", "h9")).refused(Code.STALE)
    up().drops(CIKA).when(BEN, AllowQuestion("t1", "h2")).refused(Code.NOT_HERE)


def test_only_where_the_format_has_it_and_somebody_would_ask() -> None:
    plain = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA, kind=HandKind.QUESTION)
    plain.when(BEN, AllowQuestion("t1", "h2")).refused(Code.NO_HAND)
    given(ADA, BEN, DEWI, of=INSIDE).speaks(BEN).raises(DEWI).when(BEN, AllowQuestion("t1", "h2")).refused(Code.NO_HAND)


def test_only_into_a_turn_that_runs() -> None:
    up().when(ADA, PauseTurn("t1")).when(ADA, AllowQuestion("t1", "h2")).refused(Code.NOT_RUNNING)
    offered = given(ADA, BEN, CIKA, of=INSIDE).offered(BEN).raises(CIKA, kind=HandKind.QUESTION)
    offered.when(BEN, AllowQuestion("t1", "h2")).refused(Code.NOT_RUNNING)
    assert up().wait(310).when(BEN, AllowQuestion("t1", "h2")).code is None  # also in grace


def test_one_question_at_a_time() -> None:
    scene = asks().comes_in("eka").raises("eka", kind=HandKind.QUESTION)
    scene.when(CIKA, AllowQuestion("t2", "h4")).refused(Code.NOT_RUNNING)
    scene.when(ADA, AllowQuestion("t1", "h4")).refused(Code.NOT_RUNNING)
    assert scene.when(CIKA, FinishTurn("t2")).when(BEN, AllowQuestion("t1", "h4")).code is None


def test_in_an_open_floor_it_is_the_speaker_of_that_turn_who_allows_it() -> None:
    of = plan(responses=Responses.INSIDE, floor=Movement.OPEN, voices=2)
    scene = given(ADA, BEN, CIKA, DEWI, of=of).when(BEN, TakeFloor()).when(DEWI, TakeFloor())
    scene = scene.raises(CIKA, kind=HandKind.QUESTION)
    scene.when(DEWI, AllowQuestion("t1", "h1")).refused(Code.NOT_YOURS)
    scene.when(ADA, PauseTurn("t1")).when(ADA, AllowQuestion("t1", "h1")).refused(Code.NOT_RUNNING)
    asked = scene.when(BEN, AllowQuestion("t1", "h1")).when(CIKA, AcceptFloor("t3"))
    assert audible(asked.state) == {CIKA, DEWI}


# Going on


def test_the_turn_goes_on_by_itself_when_it_was_asked() -> None:
    scene = asks().when(CIKA, FinishTurn("t2"), at=130)
    scene.then(TurnEnded("t2", End.FINISHED), TurnResumed("t1"))
    assert (state(scene), scene.on_the_floor.limit) == (TurnState.SPEAKING, 330)
    assert audible(scene.state) == {BEN}


@pytest.mark.parametrize(
    ("command", "events"),
    [
        (PassFloor("t2"), [OfferPassed("t2"), NoteForgotten("h2")]),
        (PassFloor("t2", later=True), [OfferPutOff("t2", Why.LATER, rests_until=150)]),
    ],
)
def test_also_when_it_is_not_asked_after_all(command: Any, events: list[Any]) -> None:
    allowed().when(CIKA, command, at=120).then(*events, TurnResumed("t1"))


def test_also_when_nobody_answers_or_whoever_would_ask_drops() -> None:
    scene = allowed().wait(145)
    scene.then(OfferPutOff("t2", Why.LATER, rests_until=175), TurnResumed("t1"))
    gone = allowed().drops(CIKA, at=120)
    assert gone.said[-1] == TurnResumed("t1")
    assert gone.queue == (CIKA, DEWI)


def test_grace_is_as_in_every_turn_and_nobody_is_cut_off() -> None:
    scene = asks().wait(600)
    assert state(scene, "t2") is TurnState.GRACE
    assert state(scene) is TurnState.QUESTION
    scene.when(ADA, EndTurn("t2"), at=610).then(TurnEnded("t2", End.TIME), TurnResumed("t1"))


def test_a_speaker_who_is_away_then_has_the_whole_window() -> None:
    scene = asks().drops(BEN, at=115).then(Dropped(BEN))
    scene = scene.when(CIKA, FinishTurn("t2"), at=130)
    scene.then(TurnEnded("t2", End.FINISHED), TurnSuspended("t1", 250))


def test_who_drops_while_asking_is_waited_for_a_moment_only_and_may_ask_again() -> None:
    scene = asks().drops(CIKA, at=120).then(Dropped(CIKA), TurnSuspended("t2", 140))
    back = scene.returns(CIKA, at=130)
    assert back.said[-1] == SpeakerReturned("t2", 150)
    lost = scene.wait(140)
    again = HandRaised("h4", CIKA, HandKind.QUESTION, Why.RETURNED, before="h3", budget=50)
    lost.then(TurnEnded("t2", End.LEFT), again, TurnResumed("t1"))
    returned = lost.returns(CIKA, at=150).when(BEN, AllowQuestion("t1", "h4"))
    assert returned.of(FloorOffered) == [FloorOffered("t3", CIKA, "h4", 60, 190, inside="t1")]


def test_a_question_is_no_turn_but_its_seconds_count() -> None:
    scene = asks().when(CIKA, FinishTurn("t2"), at=130)
    assert (scene.circle.people[CIKA].turns, scene.circle.people[CIKA].spoken) == (0, 20)
    assert scene.circle.overtime == 0
    scene.when(ADA, UndoEnd("t2")).refused(Code.NOTHING_TO_UNDO)


def test_a_long_question_is_no_overtime() -> None:
    assert asks().wait(300).when(CIKA, FinishTurn("t2")).circle.overtime == 0


# The turn ends meanwhile


@pytest.mark.parametrize(("by", "command"), [(BEN, FinishTurn("t1")), (ADA, EndTurn("t1")), (BEN, Leave())])
def test_when_the_turn_ends_the_question_goes_on_as_a_turn(by: str, command: Any) -> None:
    scene = asks().when(by, command, at=120)
    assert list(scene.state.kept.turns) == ["t2"]
    assert state(scene, "t2") is TurnState.SPEAKING
    assert scene.on_the_floor.inside == ""
    ended = scene.when(CIKA, FinishTurn("t2"), at=130)
    assert ended.circle.people[CIKA].turns == 1
    assert ended.of(TurnResumed) == []


def test_a_turn_that_ended_while_somebody_asked_is_not_put_back() -> None:
    asks().when(BEN, FinishTurn("t1")).when(ADA, UndoEnd("t1")).refused(Code.NOTHING_TO_UNDO)


# The room stands still meanwhile


def test_the_question_is_what_is_paused_and_the_turn_waits_for_it() -> None:
    held = asks().when(ADA, PauseRoom(), at=120).then(RoomHeld(Hold.PAUSED, "t2"), TurnPaused("t2"))
    assert state(held) is TurnState.QUESTION
    on = held.when(ADA, ResumeRoom(), at=200).then(HoldEnded(), SpeakerReturned("t2", 220))
    on.when(CIKA, ResumeTurn("t2")).when(CIKA, FinishTurn("t2")).then(TurnEnded("t2", End.FINISHED), TurnResumed("t1"))


def test_a_question_that_ends_meanwhile_does_not_open_a_microphone() -> None:
    held = asks().when(ADA, PauseRoom(), at=120).when(CIKA, FinishTurn("t2"), at=150)
    held.then(TurnEnded("t2", End.FINISHED), TurnPaused("t1"), RoomHeld(Hold.PAUSED, "t1"))
    assert not audible(held.state)
    assert held.state.kept.hold is not None
    assert (held.state.kept.hold.since, held.state.kept.hold.turns) == (120, ("t2", "t1"))
    held.when(ADA, ResumeRoom(), at=200).then(HoldEnded(), SpeakerReturned("t1", 220))


def test_nor_one_that_is_passed_while_there_was_nobody_to_be_heard() -> None:
    held = allowed().when(ADA, BeginSilence(60), at=110).then(RoomHeld(Hold.SILENCE, until=170))
    passed = held.when(CIKA, PassFloor("t2"), at=120)
    passed.then(OfferPassed("t2"), NoteForgotten("h2"), TurnPaused("t1"), RoomHeld(Hold.SILENCE, "t1", until=170))
    passed.wait(170).then(HoldEnded(), SpeakerReturned("t1", 190))


def test_after_the_bell_the_question_goes_on_by_itself() -> None:
    scene = asks().when(DEWI, RingBell(), at=120)
    assert audible(scene.state) == set()
    scene.wait(132).then(HoldEnded(), TurnResumed("t2"))


def test_a_restart_waits_for_both() -> None:
    scene = asks().when(SERVER, Restart(), at=120)
    assert (state(scene), state(scene, "t2")) == (TurnState.QUESTION, TurnState.SUSPENDED)
    back = scene.returns(ADA).returns(BEN).returns(CIKA, at=125).when(CIKA, ResumeTurn("t2"), at=130)
    back.when(CIKA, FinishTurn("t2"), at=140).then(TurnEnded("t2", End.FINISHED), TurnResumed("t1"))


# What the room is told


def test_the_room_is_told_when_somebody_who_leads_allowed_it() -> None:
    [act] = allowed(ADA).acts
    assert (act.by, act.seat) == (ADA, CIKA)
    assert allowed(BEN).acts == ()
    lead = given(ADA, AGUS, CIKA, of=INSIDE).speaks(AGUS).raises(CIKA, kind=HandKind.QUESTION)
    assert [act.seat for act in lead.when(AGUS, AllowQuestion("t1", "h2")).acts] == [CIKA]


def test_the_speaker_need_not_wait_for_a_question_that_does_not_come() -> None:
    """Offered, and not begun: the speaker goes on, and the hand stays. One that is being asked is heard to its end."""
    scene = given(ADA, BEN, CIKA, of=INSIDE).speaks(BEN).raises(CIKA, kind=HandKind.QUESTION)
    scene = scene.when(BEN, AllowQuestion("t1", "h2"), at=20)
    assert "resume-turn" in scene.may(BEN)
    on = scene.when(BEN, ResumeTurn("t1"), at=25)
    assert on.of(TurnResumed) == [TurnResumed("t1")]
    assert on.queue == (CIKA,)
    asked = scene.when(CIKA, AcceptFloor("t2"), at=25)
    assert "resume-turn" not in asked.may(BEN)
    asked.when(BEN, ResumeTurn("t1")).refused(Code.NOT_PAUSED)


def test_what_is_offered_to_somebody_else_is_not_the_question() -> None:
    """In an open floor another person is offered a voice while the question is asked."""
    of = plan(floor=Movement.OPEN, voices=3, responses=Responses.INSIDE, question=60)
    scene = given(ADA, BEN, CIKA, DEWI, of=of).when(BEN, TakeFloor()).when(DEWI, TakeFloor()).when(ADA, TakeFloor())
    scene = scene.raises(CIKA, kind=HandKind.QUESTION).when(BEN, AllowQuestion("t1", "h1"))
    scene = scene.when(CIKA, AcceptFloor("t4")).when(DEWI, FinishTurn("t2")).when(ADA, FinishTurn("t3")).raises(DEWI)
    assert scene.of(FloorOffered)
    scene.when(BEN, ResumeTurn("t1")).refused(Code.NOT_PAUSED)
