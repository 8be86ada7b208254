"""More time, by consent."""

from typing import Any

import pytest
from msgspec import UNSET

from protocol.commands import (
    AcceptFloor,
    AllowQuestion,
    AnswerTime,
    AskTime,
    EndTurn,
    FinishTurn,
    HandKind,
    HoldSilence,
    Leave,
    PauseTurn,
    ResumeTurn,
    RingBell,
    TakeFloor,
)
from protocol.errors import Code
from protocol.formats import Ending, Movement, Responses, Silence
from protocol.views import TurnState
from rooms.asks import Restart
from rooms.events import (
    End,
    TimeAnswered,
    TimeAsked,
    TurnEnded,
    TurnExtended,
    TurnSuspended,
    Voted,
    VotesForgotten,
)
from rooms.state import Plan
from rooms.view import see
from tests.given import ADA, BEN, CIKA, DEWI, SERVER, Scene, given, plan

CONSENT = plan(consent=60, consent_for=20)
SURE = plan(consent=60, consent_for=20, consent_silence=Silence.NO)
EXACT = plan(consent=60, consent_for=20, ending=Ending.HARD)


def speaking(of: Plan = CONSENT) -> Scene:
    """Ben speaks in t1 since 5, until 305; the warning comes at 275. Ada, Cika and Dewi listen."""
    return given(ADA, BEN, CIKA, DEWI, of=of).speaks(BEN)


def asked(of: Plan = CONSENT, at: float = 280) -> Scene:
    return speaking(of).when(BEN, AskTime("t1"), at=at)


def answers(scene: Scene, **fine: bool) -> Scene:
    """They answer, in this order."""
    for seat, is_fine in fine.items():
        scene = scene.when(seat, AnswerTime("t1", is_fine))._fine()
    return scene


# Asking


def test_everybody_else_is_asked_once_the_warning_has_come() -> None:
    speaking().when(BEN, AskTime("t1"), at=274.9).refused(Code.TOO_EARLY)
    scene = asked(at=275).then(TimeAsked("t1", 295))
    assert scene.circle.asking is not UNSET
    assert (scene.circle.asking.turn, scene.circle.asking.until) == ("t1", 295)


def test_also_in_grace_and_after_it() -> None:
    asked(at=310).then(TimeAsked("t1", 330))
    assert asked(at=900).of(TimeAsked) == [TimeAsked("t1", 920)]


def test_only_the_speaker_asks() -> None:
    scene = speaking().wait(280)
    scene.when(CIKA, AskTime("t1")).refused(Code.NO_TURN)
    scene.when(ADA, AskTime("t1")).refused(Code.NO_TURN)
    given(ADA, BEN, of=CONSENT).offered(BEN).when(BEN, AskTime("t1")).refused(Code.NOT_RUNNING)
    scene.when(ADA, PauseTurn("t1")).when(BEN, AskTime("t1")).refused(Code.NOT_RUNNING)


def test_not_where_the_format_does_not_have_it() -> None:
    scene = given(ADA, BEN).speaks(BEN).wait(280)
    scene.when(BEN, AskTime("t1")).refused(Code.PHASE_OFF)
    assert "ask-time" not in scene.may(BEN)


def test_not_twice_at_once() -> None:
    asked().when(BEN, AskTime("t1")).refused(Code.STALE)
    assert "ask-time" not in asked().may(BEN)


def test_in_an_open_floor_each_asks_for_their_own_turn_one_after_the_other() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(consent=60, floor=Movement.OPEN, voices=3))
    scene = scene.when(BEN, TakeFloor()).when(CIKA, TakeFloor(), at=1).wait(290)
    scene.when(BEN, AskTime("t2")).refused(Code.NOT_YOURS)
    scene = scene.when(BEN, AskTime("t1"))
    scene.when(CIKA, AskTime("t2")).refused(Code.STALE)
    scene.when(CIKA, AnswerTime("t2", fine=False)).refused(Code.NOT_ASKED)
    scene.when(ADA, AnswerTime("t1", fine=True)).when(CIKA, AnswerTime("t1", fine=True)).then(
        Voted(CIKA, True), TimeAnswered("t1"), TurnExtended("t1", 360), VotesForgotten()
    )


def test_a_question_inside_a_turn_is_not_made_longer() -> None:
    inside = plan(consent=60, responses=Responses.INSIDE)
    scene = given(ADA, BEN, CIKA, of=inside).speaks(BEN).raises(CIKA, kind=HandKind.QUESTION)
    scene = scene.when(BEN, AllowQuestion("t1", "h2")).when(CIKA, AcceptFloor("t2")).wait(60)
    scene.when(CIKA, AskTime("t2")).refused(Code.ENOUGH)


# Answering


def test_the_answers_are_private_and_can_be_changed() -> None:
    scene = answers(asked(), cika=False)
    assert scene.you(CIKA).answered_time is False
    assert scene.you(DEWI).answered_time is UNSET
    scene.when(CIKA, AnswerTime("t1", fine=True)).then(Voted(CIKA, True))
    scene.when(CIKA, AnswerTime("t1", fine=False)).then()
    assert scene.when(CIKA, AnswerTime("t1", fine=True)).you(CIKA).answered_time is True


def test_nobody_but_the_speaker_is_told_anything_by_an_answer() -> None:
    """Not even that there was one: nothing of what others see is another object."""
    before = asked()
    seen = see(before.state, None)
    after = see(answers(before, cika=False).state, seen)
    assert after.circle == seen.circle
    assert after.lead == seen.lead


def test_who_is_asked() -> None:
    asked().when(BEN, AnswerTime("t1", fine=True)).refused(Code.SELF)
    assert "answer-time" not in asked().may(BEN)
    assert "answer-time" in asked().may(CIKA)
    assert "answer-time" in asked().may(ADA)
    speaking().when(CIKA, AnswerTime("t1", fine=True)).refused(Code.NOT_ASKED)
    waiting = asked().joins("eka")
    waiting.when("eka", AnswerTime("t1", fine=False)).refused(Code.NOT_ADMITTED)


def test_it_is_over_as_soon_as_everybody_has_answered() -> None:
    scene = answers(asked(), cika=True, dewi=True)
    scene.then(Voted(DEWI, True))
    scene = scene.when(ADA, AnswerTime("t1", fine=True), at=290)
    scene.then(Voted(ADA, True), TimeAnswered("t1"), TurnExtended("t1", 360), VotesForgotten())
    assert scene.circle.asking is UNSET
    assert scene.on_the_floor.limit == 365


def test_those_who_are_away_are_not_waited_for_and_what_they_said_counts() -> None:
    scene = answers(asked().drops(ADA, at=281), cika=False, dewi=False)
    assert scene.on_the_floor.declined
    said = answers(asked(), cika=False, ada=False).drops(CIKA, at=282).drops(ADA, at=283)
    said = answers(said, dewi=True)
    assert said.on_the_floor.declined


def test_when_the_last_who_is_missing_drops_it_is_over() -> None:
    scene = answers(asked(), cika=True, ada=True).drops(DEWI, at=285)
    assert scene.of(TurnExtended) == [TurnExtended("t1", 360)]


def test_the_answer_of_somebody_who_leaves_goes_with_them() -> None:
    scene = answers(asked(), cika=False).when(CIKA, Leave())
    assert scene.state.live.answers_time == {}


# The result


@pytest.mark.parametrize(
    ("of", "votes", "declined"),
    [
        (CONSENT, {}, False),  # nobody objects
        (CONSENT, {"cika": False}, False),
        (CONSENT, {"cika": False, "dewi": False}, True),  # as many as say nothing: not more
        (CONSENT, {"cika": True, "dewi": False}, False),
        (CONSENT, {"cika": False, "dewi": False, "ada": True}, True),
        (SURE, {}, True),
        (SURE, {"cika": True}, True),
        (SURE, {"cika": True, "dewi": True}, False),
        (SURE, {"cika": True, "dewi": True, "ada": False}, False),
    ],
)
def test_more_who_say_fine_than_enough(of: Plan, votes: dict[str, bool], declined: bool) -> None:
    """Three are asked; not to answer counts as the format says."""
    scene = answers(asked(of), **votes).wait(300)
    [answered] = scene.of(TimeAnswered) or answers(asked(of), **votes).of(TimeAnswered)
    assert answered == TimeAnswered("t1", declined)
    assert (scene.on_the_floor.budget, scene.on_the_floor.declined) == (300 if declined else 360, declined)
    assert scene.circle.turns["t1"].declined is declined


def test_two_of_three_who_say_enough_are_more_than_one_who_says_nothing() -> None:
    scene = answers(asked(), cika=False, dewi=False)
    scene.wait(299.9).then()
    scene.wait(300).then(TimeAnswered("t1", declined=True), VotesForgotten())


def test_nothing_happens_before_the_time_for_it_is_over() -> None:
    asked().wait(299.9).then()
    asked().wait(300).then(TimeAnswered("t1"), TurnExtended("t1", 360))


def test_in_grace_it_counts_from_now() -> None:
    scene = asked(at=320).wait(340)
    assert scene.of(TurnExtended) == [TurnExtended("t1", 395)]  # 335 spoken, and 60
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert scene.circle.turns["t1"].ends_at == 400


def test_it_may_be_asked_again_at_the_next_warning() -> None:
    scene = asked().wait(300)
    scene.when(BEN, AskTime("t1"), at=330).refused(Code.TOO_EARLY)
    again = scene.when(BEN, AskTime("t1"), at=340).wait(360)
    assert again.of(TurnExtended) == [TurnExtended("t1", 420)]


def test_enough_is_for_the_whole_turn_and_for_this_one_only() -> None:
    scene = answers(asked(), cika=False, dewi=False, ada=False)
    scene.when(BEN, AskTime("t1"), at=304).refused(Code.ENOUGH)
    assert "ask-time" not in scene.may(BEN)
    later = scene.when(BEN, FinishTurn("t1"), at=305).speaks(BEN)
    assert "ask-time" in later.may(BEN)


def test_alone_nobody_agrees() -> None:
    """When everybody else has dropped there is nobody who could be asked."""
    scene = given(ADA, of=CONSENT).speaks(ADA).when(ADA, AskTime("t1"), at=280)
    scene.then(TimeAsked("t1", 300)).wait(299.9).then()
    scene.wait(300).then(TimeAnswered("t1", declined=True))


# What ends it without a result


@pytest.mark.parametrize(
    ("by", "command"),
    [
        (ADA, PauseTurn("t1")),
        (ADA, EndTurn("t1")),
        (BEN, FinishTurn("t1")),
        (CIKA, RingBell()),
        (BEN, Leave()),
    ],
)
def test_when_the_turn_stops_nobody_is_asked_any_more(by: str, command: Any) -> None:
    scene = answers(asked(), dewi=False).when(by, command, at=285)
    assert scene.of(TimeAnswered, VotesForgotten) == [TimeAnswered("t1"), VotesForgotten()]
    assert scene.circle.asking is UNSET
    assert scene.you(DEWI).answered_time is UNSET


def test_nor_when_the_speaker_drops_and_it_can_be_asked_anew() -> None:
    scene = asked().drops(BEN, at=285)
    assert scene.of(TurnSuspended, TimeAnswered) == [TurnSuspended("t1", 405), TimeAnswered("t1")]
    back = scene.returns(BEN, at=290).when(BEN, ResumeTurn("t1"), at=300)
    back.when(BEN, AskTime("t1"), at=310).then(TimeAsked("t1", 330))


def test_after_a_restart_it_begins_anew() -> None:
    scene = answers(asked(), cika=False).when(SERVER, Restart(), at=285)
    assert scene.circle.asking is UNSET
    back = scene.returns(ADA).returns(BEN).returns(CIKA).when(BEN, ResumeTurn("t1"), at=290)
    back.when(BEN, AskTime("t1"), at=300).then(TimeAsked("t1", 320))


def test_a_silence_in_the_turn_does_not_end_it() -> None:
    scene = asked().when(BEN, HoldSilence("t1"), at=285).wait(300)
    scene.then(TimeAnswered("t1"), TurnExtended("t1", 360))
    assert scene.on_the_floor.state is TurnState.SILENT


# A hard end


def test_a_hard_end_does_not_wait_for_the_answer() -> None:
    scene = asked(EXACT, at=290).then(TimeAsked("t1", 305))
    scene.wait(305).then(TimeAnswered("t1"), TurnExtended("t1", 360))
    no = answers(scene, cika=False, dewi=False).wait(305)
    no.then(TimeAnswered("t1", declined=True), VotesForgotten(), TurnEnded("t1", End.TIME))


def test_nor_is_it_asked_when_nobody_could_answer_any_more() -> None:
    asked(EXACT, at=300).then(TimeAsked("t1", 305))
    asked(EXACT, at=300.1).refused(Code.ENOUGH)


def test_a_turn_is_made_longer_by_the_group_three_times_at_most() -> None:
    """Where silence counts as fine, it would go on as long as nobody says anything."""
    scene = given(ADA, BEN, CIKA, of=plan(consent=60)).speaks(BEN)
    for at in (280, 340, 400):
        scene = scene.when(BEN, AskTime("t1"), at=at).wait(at + 20)
        assert scene.of(TurnExtended)
    assert "ask-time" not in scene.may(BEN)
    scene.when(BEN, AskTime("t1"), at=460).refused(Code.ENOUGH)
