"""Phases: one after the other, with hands and turns that outlive them."""

import pytest
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    AnswerTime,
    AskTime,
    BeginBreak,
    BeginRound,
    BeginSilence,
    CallOn,
    DeferHand,
    EndRound,
    Equalise,
    FinishTurn,
    GiveFloor,
    HandKind,
    OpenMeeting,
    Order,
    PassFloor,
    PauseRoom,
    RaiseHand,
    ResumeRoom,
    ResumeTurn,
    RingBell,
    SayReady,
    SetOrder,
    SetPhase,
    SetPrompt,
    TakeFloor,
)
from protocol.errors import Code
from protocol.formats import Ending, Movement, Mover, Phase
from protocol.views import Deed, Hold, TurnState, Why
from rooms.events import (
    End,
    FloorOffered,
    HoldEnded,
    OfferPassed,
    OfferPutOff,
    PhaseBegan,
    Prompted,
    QueueOrdered,
    ReadyForgotten,
    RoomHeld,
    RoundBegan,
    RoundEnded,
    SpeakerReturned,
    TurnEnded,
    VotesForgotten,
)
from tests.given import ADA, BEN, CIKA, DEWI, EKA, PHASE, Scene, doors, given, room

PEOPLE = (ADA, BEN, CIKA, DEWI, EKA)

OPENING = replace(PHASE, name="opening", pause=0)
SHARING = replace(PHASE, name="sharing", pause=0, order=Order.FAIR, prompt="What moves you?")
AROUND = replace(PHASE, name="around", floor=Movement.ROUND)
TALK = replace(PHASE, name="talk", floor=Movement.OPEN, voices=2)
HUSH = replace(PHASE, name="hush", floor=Movement.SILENCE, box=60)
REST = replace(PHASE, name="rest", floor=Movement.BREAK, box=300)
CLOSING = replace(PHASE, name="closing", pause=0)


def itself(phase: Phase) -> Phase:
    return replace(phase, moves_on=Mover.ITSELF)


def anyone(phase: Phase) -> Phase:
    return replace(phase, moves_on=Mover.ANYONE)


def on(*phases: Phase) -> Scene:
    """A meeting that has been opened, in the first of these phases."""
    return given(*PEOPLE, of=room(*phases))


def to(scene: Scene, phase: Phase, by: str = ADA, at: float | None = None) -> Scene:
    return scene.when(by, SetPhase(phase.name), at)


# The first one


def test_the_first_begins_when_the_meeting_opens() -> None:
    scene = doors(*PEOPLE, of=room(OPENING, SHARING)).when(ADA, OpenMeeting(), at=30)
    assert (scene.circle.phase, scene.circle.phase_since) == ("opening", 30)
    assert scene.state.kept.phase == "opening"


def test_everybody_sees_the_whole_agenda() -> None:
    view = on(replace(OPENING, title="Welcome", box=300), SHARING).circle
    assert [(step.name, step.title, step.box) for step in view.agenda] == [
        ("opening", "Welcome", 300),
        ("sharing", "", 0),
    ]
    assert to(on(OPENING, SHARING), SHARING).circle.prompt == "What moves you?"


# Moving on


def test_those_who_lead_move_to_any_phase() -> None:
    scene = to(on(OPENING, SHARING, CLOSING), CLOSING, at=100).then(PhaseBegan("closing"))
    assert (scene.circle.phase, scene.circle.phase_since) == ("closing", 100)
    assert [(act.done, act.by, act.whom) for act in scene.acts] == [(Deed.PHASE_SET, ADA, "")]
    assert to(scene, OPENING).circle.phase == "opening"


def test_to_the_phase_that_is_on_nothing_happens() -> None:
    scene = to(to(on(OPENING, SHARING), SHARING, at=10), SHARING, at=20).then()
    assert scene.circle.phase_since == 10
    assert scene.acts == ()


def test_there_is_no_such_phase() -> None:
    to(on(OPENING, SHARING), CLOSING).refused(Code.NO_PHASE)


def test_with_one_phase_there_is_nowhere_to_move() -> None:
    to(on(OPENING), OPENING).refused(Code.NO_PHASE)
    assert "set-phase" not in on(OPENING).may(ADA)


def test_not_before_the_meeting_opens() -> None:
    scene = to(doors(*PEOPLE, of=room(OPENING, SHARING)), SHARING).refused(Code.NOT_OPEN)
    assert "set-phase" not in scene.may(ADA)


def test_a_participant_does_not_unless_the_phase_says_so() -> None:
    scene = to(on(OPENING, SHARING), SHARING, by=BEN).refused(Code.FORBIDDEN)
    assert "set-phase" not in scene.may(BEN)
    scene = on(anyone(OPENING), SHARING)
    assert "set-phase" in scene.may(BEN)
    scene = to(scene, SHARING, by=BEN).then(PhaseBegan("sharing"))
    assert scene.acts == ()
    assert "set-phase" not in scene.may(BEN)


def test_and_then_only_to_the_next_one() -> None:
    scene = on(anyone(OPENING), anyone(SHARING), CLOSING)
    to(scene, CLOSING, by=BEN).refused(Code.FORBIDDEN)
    to(scene, OPENING, by=BEN).then()
    assert to(to(scene, SHARING, by=BEN), CLOSING, by=CIKA).circle.phase == "closing"
    to(to(scene, SHARING, by=BEN), OPENING, by=CIKA).refused(Code.FORBIDDEN)


def test_who_moves_on_twice_or_after_somebody_else_comes_too_late() -> None:
    """What they asked for has happened, whoever may move on from there."""
    scene = to(on(anyone(OPENING), SHARING, CLOSING), SHARING, by=BEN, at=10)
    for seat in (BEN, CIKA):
        assert "set-phase" not in scene.may(seat)
        to(scene, SHARING, by=seat).refused(Code.STALE)
        to(scene, CLOSING, by=seat).refused(Code.FORBIDDEN)
    to(scene, SHARING).then()  # those who lead hear that it is done
    further = to(on(anyone(OPENING), anyone(SHARING), CLOSING), SHARING)
    to(further, SHARING, by=BEN).refused(Code.STALE)


def test_also_when_those_who_lead_have_moved_further_meanwhile() -> None:
    scene = to(on(anyone(OPENING), SHARING, CLOSING), CLOSING)
    to(scene, SHARING, by=BEN).refused(Code.STALE)
    to(scene, OPENING, by=BEN).refused(Code.FORBIDDEN)
    held = scene.when(ADA, PauseRoom())
    to(held, SHARING, by=BEN).refused(Code.STALE)


def test_who_never_could_move_to_it_is_not_told_that_it_is_too_late() -> None:
    to(to(on(OPENING, SHARING), SHARING), SHARING, by=BEN).refused(Code.FORBIDDEN)
    ahead = on(anyone(OPENING), anyone(SHARING), CLOSING)
    to(ahead, CLOSING, by=BEN).refused(Code.FORBIDDEN)


def test_after_the_last_there_is_no_next() -> None:
    scene = to(on(OPENING, anyone(CLOSING)), CLOSING)
    assert "set-phase" not in scene.may(BEN)
    to(scene, OPENING, by=BEN).refused(Code.FORBIDDEN)


def test_while_the_room_is_stopped_only_those_who_lead_move_on() -> None:
    scene = on(anyone(OPENING), SHARING).when(ADA, PauseRoom())
    to(scene, SHARING, by=BEN).refused(Code.HELD)
    scene = to(scene, SHARING).then(PhaseBegan("sharing"))
    assert scene.circle.hold is Hold.PAUSED
    to(on(anyone(OPENING), SHARING).when(CIKA, RingBell()), SHARING, by=BEN).refused(Code.HELD)
    to(on(anyone(OPENING), SHARING).when(ADA, BeginSilence(60)), SHARING, by=BEN).refused(Code.HELD)


# What outlives it


def test_hands_stay_up_and_are_ordered_anew() -> None:
    scene = on(OPENING, SHARING).speaks(BEN).when(BEN, FinishTurn("t1"), at=20)
    scene = to(scene.speaks(DEWI).raises(BEN, CIKA), SHARING)
    scene.then(PhaseBegan("sharing"), QueueOrdered(("h4", "h3"), (Why.NOT_SPOKEN, Why.TURNS)))
    assert scene.queue == (CIKA, BEN)


def deferred(*phases: Phase) -> Scene:
    """Dewi speaks; Ben let Cika go first, so did Cika, and both places are of their choosing."""
    scene = on(*phases).speaks(DEWI).raises(BEN, CIKA).when(BEN, DeferHand("h2", "h3"))
    return scene.when(CIKA, DeferHand("h3", "h2"))


def test_where_the_order_is_the_same_places_that_somebody_chose_stay() -> None:
    scene = to(deferred(OPENING, CLOSING), CLOSING).then(PhaseBegan("closing"))
    assert scene.hand("h3").reason is Why.DEFERRED


def test_where_it_is_another_one_they_are_explained_anew_too() -> None:
    scene = to(deferred(OPENING, SHARING), SHARING)
    scene.then(PhaseBegan("sharing"), QueueOrdered(("h2", "h3"), (Why.NOT_SPOKEN, Why.NOT_SPOKEN)))


def test_what_was_chosen_in_the_room_is_for_one_phase() -> None:
    scene = on(OPENING, CLOSING).speaks(DEWI).when(ADA, SetOrder(Order.CIRCLE)).raises(CIKA, BEN, EKA)
    assert scene.queue == (EKA, BEN, CIKA)
    scene = to(scene, CLOSING)
    scene.then(PhaseBegan("closing"), QueueOrdered(("h2", "h3", "h4"), (Why.FIRST_COME,) * 3))
    assert scene.circle.policy.order is Order.FIRST_COME


def test_chosen_in_the_room_and_the_next_phases_own_needs_no_new_order() -> None:
    scene = on(OPENING, SHARING).speaks(DEWI).when(ADA, SetOrder(Order.FAIR)).raises(CIKA)
    scene = to(scene, SHARING).then(PhaseBegan("sharing"))
    assert (scene.state.kept.order, scene.circle.policy.order) == (None, Order.FAIR)


def test_whoever_speaks_finishes() -> None:
    scene = to(on(OPENING, HUSH).speaks(BEN), HUSH, at=100).then(PhaseBegan("hush"))
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert scene.wait(299.9).on_the_floor.state is TurnState.SPEAKING
    scene = scene.when(BEN, FinishTurn("t1"), at=310)
    scene.then(TurnEnded("t1", End.FINISHED), RoomHeld(Hold.SILENCE, until=370))


def test_a_hard_end_is_not_for_whoever_began_before() -> None:
    scene = to(on(OPENING, replace(CLOSING, ending=Ending.HARD)).speaks(BEN), CLOSING, at=100).wait(300)
    assert scene.on_the_floor.state is TurnState.GRACE


def test_an_offer_is_taken_back_and_the_hand_is_where_it_was() -> None:
    scene = to(on(OPENING, CLOSING).offered(BEN).raises(CIKA), CLOSING, at=10)
    scene.then(
        OfferPutOff("t1", Why.FIRST_COME, before="h2"), PhaseBegan("closing"), FloorOffered("t2", BEN, "h1", 300, 50)
    )


def test_an_offer_is_taken_back_and_ordered_with_the_others() -> None:
    scene = on(OPENING, SHARING).speaks(BEN).when(BEN, FinishTurn("t1"), at=20)
    scene = to(scene.offered(BEN).raises(CIKA), SHARING)
    scene.then(
        OfferPutOff("t2", Why.FIRST_COME, before="h3"),
        PhaseBegan("sharing"),
        QueueOrdered(("h3", "h2"), (Why.NOT_SPOKEN, Why.TURNS)),
        FloorOffered("t3", CIKA, "h3", 300, 60),
    )


def test_of_an_offer_to_somebody_who_had_no_hand_nothing_stays() -> None:
    scene = to(on(OPENING, SHARING).when(ADA, CallOn(BEN)), SHARING).then(OfferPassed("t1"), PhaseBegan("sharing"))
    assert scene.queue == ()


def test_hands_wait_through_a_silence() -> None:
    scene = to(on(OPENING, HUSH, CLOSING), HUSH, at=10).raises(BEN)
    assert scene.wait(200).turn is None
    assert to(scene, CLOSING, at=201).on_the_floor.seat == BEN


def test_the_voices_of_an_open_floor_end() -> None:
    scene = on(TALK, SHARING).when(BEN, TakeFloor(), at=10).when(CIKA, TakeFloor(), at=10)
    scene = to(scene.raises(DEWI), SHARING, at=40)
    scene.then(
        TurnEnded("t1", End.FINISHED),
        TurnEnded("t2", End.FINISHED),
        PhaseBegan("sharing"),
        QueueOrdered(("h1",), (Why.NOT_SPOKEN,)),
        FloorOffered("t3", DEWI, "h1", 300, 80),
    )
    assert [scene.circle.people[seat].spoken for seat in (BEN, CIKA)] == [30, 30]


def test_also_those_that_stand_still() -> None:
    scene = on(TALK, SHARING).when(BEN, TakeFloor()).when(ADA, PauseRoom(), at=20)
    scene = to(scene, SHARING, at=30).then(TurnEnded("t1", End.FINISHED), PhaseBegan("sharing"))
    assert scene.when(ADA, ResumeRoom(), at=40).turn is None


def test_several_offers_are_taken_back_to_their_places_among_one_another() -> None:
    fair = replace(TALK, order=Order.FAIR)
    scene = on(fair, SHARING).when(BEN, TakeFloor()).when(BEN, FinishTurn("t1"), at=10).raises(BEN, CIKA)
    assert scene.state.kept.turns.keys() == {"t2", "t3"}
    scene = to(scene, SHARING)
    assert scene.said[:3] == (
        OfferPutOff("t2", Why.TURNS),
        OfferPutOff("t3", Why.NOT_SPOKEN, before="h1"),
        PhaseBegan("sharing"),
    )
    assert (scene.on_the_floor.seat, scene.queue) == (CIKA, (BEN,))


def test_into_an_open_floor_whoever_speaks_goes_on() -> None:
    scene = to(on(OPENING, TALK).speaks(BEN), TALK)
    assert scene.when(CIKA, TakeFloor()).state.kept.turns.keys() == {"t1", "t2"}


def test_leaving_a_round_ends_it() -> None:
    scene = on(AROUND, SHARING).wait(5)
    scene = to(scene, SHARING, at=10)
    assert scene.state.kept.round is None
    assert (scene.queue, scene.turn) == ((), None)
    ad_hoc = on(OPENING, SHARING).when(ADA, BeginRound())
    assert to(ad_hoc, SHARING).state.kept.round is None


def test_into_a_round_everybody_who_is_there() -> None:
    scene = to(on(OPENING, AROUND), AROUND, at=50)
    scene.then(PhaseBegan("around"), RoundBegan(PEOPLE), FloorOffered("t1", ADA, "", 300, 90, round=True))


def test_back_into_a_round_it_begins_anew() -> None:
    scene = to(on(AROUND, SHARING).wait(5).when(ADA, AcceptFloor("t1")), SHARING)
    scene = to(scene, AROUND)
    assert scene.state.kept.round is not None
    assert not scene.state.kept.round.had


def test_what_was_given_to_everybody_for_overtime_is_for_one_phase() -> None:
    scene = on(OPENING, CLOSING).speaks(BEN).when(BEN, FinishTurn("t1"), at=340).when(ADA, Equalise(40))
    assert (scene.circle.overtime, scene.circle.extra) == (40, 40)
    scene = to(scene, CLOSING)
    assert (scene.circle.overtime, scene.circle.extra) == (0, 0)


def test_nobody_is_asked_for_more_time_any_more() -> None:
    scene = on(replace(OPENING, consent=60), CLOSING).speaks(BEN).when(BEN, AskTime("t1"), at=280)
    scene = to(scene.when(CIKA, AnswerTime("t1", fine=True), at=281), CLOSING, at=282)
    scene.then(VotesForgotten(), PhaseBegan("closing"))
    assert scene.state.kept.asking is None
    assert scene.wait(320).on_the_floor.budget == 300


def test_a_piece_that_nobody_has_taken_yet_is_for_whoever_comes_next_in_the_new_phase() -> None:
    scene = on(replace(OPENING, give=True, pause=10), CLOSING).speaks(BEN).raises(CIKA)
    scene = to(scene.when(BEN, GiveFloor("t1", DEWI), at=30), CLOSING, at=31)
    assert (scene.state.kept.given, scene.on_the_floor.seat) == ("", CIKA)


# Silence and break end with their phase


@pytest.mark.parametrize("phase", [HUSH, REST])
def test_a_silence_or_break_of_the_phase_ends_with_it(phase: Phase) -> None:
    scene = to(on(OPENING, phase, CLOSING), phase, at=10)
    assert scene.circle.hold_until == 10 + phase.box
    to(scene, CLOSING, at=30).then(HoldEnded(), PhaseBegan("closing"))


def test_whoever_said_that_they_are_back_has_not_said_it_of_the_next_break() -> None:
    scene = to(on(OPENING, REST, CLOSING), REST, at=10).when(BEN, SayReady())
    scene = to(scene, CLOSING, at=30).then(HoldEnded(), PhaseBegan("closing"), ReadyForgotten())
    assert scene.circle.ready == []


def test_everybody_may_end_a_silence_where_everybody_moves_on() -> None:
    scene = to(on(OPENING, anyone(HUSH), CLOSING), HUSH, at=10)
    assert "set-phase" in scene.may(BEN)
    to(scene, CLOSING, by=BEN, at=30).then(HoldEnded(), PhaseBegan("closing"))


@pytest.mark.parametrize("command", [BeginSilence(60), BeginBreak(60)])
def test_so_does_one_that_was_begun_in_it_and_the_speaker_goes_on(command: BeginSilence | BeginBreak) -> None:
    scene = to(on(OPENING, CLOSING).speaks(BEN).when(ADA, command, at=10), CLOSING, at=30)
    scene.then(HoldEnded(), SpeakerReturned("t1", 50), PhaseBegan("closing"))
    assert scene.when(BEN, ResumeTurn("t1")).on_the_floor.state is TurnState.SPEAKING


def test_a_bell_rings_on() -> None:
    scene = to(on(OPENING, CLOSING).speaks(BEN).when(CIKA, RingBell(), at=10), CLOSING, at=11)
    scene.then(PhaseBegan("closing"))
    assert scene.wait(22).on_the_floor.state is TurnState.SPEAKING


def test_from_one_silence_into_another() -> None:
    other = replace(HUSH, name="more", box=20)
    scene = to(to(on(OPENING, HUSH, other), HUSH, at=10), other, at=15)
    scene.then(HoldEnded(), PhaseBegan("more"), RoomHeld(Hold.SILENCE, until=35))


# By itself


def one_by_one(scene: Scene) -> Scene:
    """Everybody in the round passes, at once."""
    while scene.turn is not None:
        scene = scene.when(scene.on_the_floor.seat, PassFloor(scene.turn_id))
        if scene.turn is None and scene.state.kept.round is not None and scene.state.kept.round.sweep == 1:
            scene = scene.wait(scene.now + 5)
    return scene


def test_after_a_round_and_the_quiet_the_next_phase_begins_by_itself() -> None:
    scene = given(ADA, BEN, of=room(itself(AROUND), CLOSING)).wait(5).when(ADA, AcceptFloor("t1"), at=10)
    scene = scene.when(ADA, FinishTurn("t1"), at=30).wait(35).when(BEN, AcceptFloor("t2"), at=40)
    scene = scene.when(BEN, FinishTurn("t2"), at=60)
    scene.wait(64.9).then()
    scene = scene.wait(65).then(RoundEnded(), PhaseBegan("closing"))
    assert scene.circle.phase_since == 65


def test_hands_that_waited_for_the_end_of_the_round_go_along() -> None:
    scene = given(ADA, BEN, of=room(itself(AROUND), CLOSING)).wait(5).raises(BEN, kind=HandKind.PROCESS)
    scene = scene.when(ADA, AcceptFloor("t1"), at=10).when(ADA, FinishTurn("t1"), at=30).wait(35)
    assert scene.on_the_floor.seat == BEN
    scene = scene.when(BEN, AcceptFloor("t2")).when(BEN, FinishTurn("t2"), at=40).wait(45)
    assert (scene.circle.phase, scene.on_the_floor.seat) == ("around", BEN)


def test_where_the_phase_does_not_say_so_it_stays() -> None:
    scene = one_by_one(given(ADA, BEN, of=room(AROUND, CLOSING)).wait(5))
    assert scene.state.kept.round is not None
    assert scene.wait(scene.now + 500).circle.phase == "around"


def test_a_round_that_is_ended_is_over() -> None:
    scene = on(itself(AROUND), CLOSING).wait(5).when(ADA, EndRound(), at=20)
    assert scene.wait(40).circle.phase == "closing"


def test_not_while_the_room_stands_still() -> None:
    scene = given(ADA, BEN, of=room(itself(AROUND), CLOSING)).wait(5).when(ADA, AcceptFloor("t1"), at=10)
    scene = scene.when(ADA, FinishTurn("t1"), at=20).wait(25).when(BEN, AcceptFloor("t2"), at=30)
    scene = scene.when(BEN, FinishTurn("t2"), at=40).when(ADA, PauseRoom(), at=42)
    assert scene.wait(100).circle.phase == "around"
    scene = scene.when(ADA, ResumeRoom(), at=100)
    assert scene.wait(102.9).circle.phase == "around"
    assert scene.wait(103).circle.phase == "closing"


def test_after_a_silence() -> None:
    scene = to(on(OPENING, itself(HUSH), CLOSING), HUSH, at=10)
    scene.wait(69.9).then()
    assert scene.wait(70).then(HoldEnded(), PhaseBegan("closing")).circle.phase_since == 70


def test_after_a_silence_that_was_ended_early() -> None:
    scene = to(on(OPENING, itself(HUSH), CLOSING), HUSH, at=10)
    scene.when(ADA, ResumeRoom(), at=30).then(HoldEnded(), PhaseBegan("closing"))


def test_a_silence_in_which_somebody_still_speaks_has_not_been() -> None:
    scene = to(on(OPENING, itself(HUSH), CLOSING).speaks(BEN), HUSH, at=10)
    assert scene.wait(200).circle.phase == "hush"
    scene = scene.when(BEN, FinishTurn("t1"), at=210)
    assert scene.wait(269.9).circle.phase == "hush"
    assert scene.wait(270).circle.phase == "closing"


def test_after_a_break_when_everybody_who_is_here_is_back() -> None:
    scene = to(given(ADA, BEN, CIKA, of=room(OPENING, itself(REST), CLOSING)).drops(CIKA), REST, at=10)
    scene = scene.when(ADA, SayReady(), at=100)
    assert scene.wait(500).circle.phase == "rest"
    scene = scene.when(BEN, SayReady(), at=501)
    assert (scene.circle.phase, scene.circle.phase_since) == ("closing", 501)


def test_after_the_last_phase_nothing_begins() -> None:
    scene = to(on(OPENING, itself(HUSH)), HUSH, at=10)
    scene.wait(70).then(HoldEnded())
    assert scene.wait(700).circle.phase == "hush"


def test_a_queue_is_never_over() -> None:
    assert on(itself(OPENING), CLOSING).wait(5000).circle.phase == "opening"


def test_not_before_the_meeting_opens_by_itself() -> None:
    scene = doors(*PEOPLE, of=room(itself(HUSH), CLOSING)).wait(1000)
    assert scene.circle.phase == "hush"
    assert scene.when(ADA, OpenMeeting()).wait(1060).circle.phase == "closing"


# The prompt


def test_those_who_lead_show_everybody_other_words() -> None:
    scene = (
        to(on(OPENING, SHARING, CLOSING), SHARING)
        .when(ADA, SetPrompt("  What did you hear? "))
        .then(Prompted("What did you hear?"))
    )
    assert scene.circle.prompt == "What did you hear?"
    assert [(act.done, act.by) for act in scene.acts] == [(Deed.PROMPT_SET, ADA)]
    scene.when(ADA, SetPrompt("What did you hear?")).then()
    assert scene.when(ADA, SetPrompt("")).then(Prompted("")).circle.prompt == "What moves you?"


def test_the_words_go_with_the_phase() -> None:
    scene = to(on(OPENING, SHARING).when(ADA, SetPrompt("Welcome")), SHARING)
    scene.then(Prompted(""), PhaseBegan("sharing"))
    assert scene.circle.prompt == "What moves you?"


def test_what_is_written_before_the_meeting_opens_is_for_its_first_phase() -> None:
    scene = doors(*PEOPLE, of=room(OPENING, SHARING)).when(ADA, SetPrompt("Soon")).when(ADA, OpenMeeting())
    assert scene.circle.prompt == "Soon"


def test_the_words_are_never_written() -> None:
    scene = on(OPENING, SHARING).when(ADA, SetPrompt("Of Ben"))
    assert "Of Ben" not in repr(scene.journal)


def test_a_participant_writes_nothing_there() -> None:
    on(OPENING).when(BEN, SetPrompt("I")).refused(Code.FORBIDDEN)


# Hands, in phases


def test_in_the_round_of_a_phase_only_hands_about_the_room_go_up() -> None:
    scene = on(AROUND).wait(5)
    scene.when(BEN, RaiseHand()).refused(Code.PHASE_OFF)
    assert scene.when(BEN, RaiseHand(HandKind.PROCESS)).queue == (BEN,)
    assert scene.when(ADA, EndRound()).when(BEN, RaiseHand()).on_the_floor.seat == BEN
    assert on(OPENING).when(ADA, BeginRound()).when(BEN, RaiseHand()).queue == (BEN,)
