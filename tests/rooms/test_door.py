"""The door: the agreement, the questions, who lets whom in."""

import pytest
from msgspec.structs import replace

from protocol.commands import AcceptAgreement, Admit, AnswerDoor, Decline, Leave, RaiseHand
from protocol.errors import Code
from protocol.views import Role
from rooms.asks import Join, Restart
from rooms.events import (
    AgreementAccepted,
    Answered,
    AnswersForgotten,
    Arrived,
    Named,
    Parting,
    SeatAdmitted,
    SeatEnded,
    SeatForgotten,
    SetAside,
)
from rooms.view import Sight
from tests.given import ADA, AGUS, BEN, CIKA, HADI, HANA, NOBODY, PLAN, SERVER, Scene, doors, empty, given


def at_the_door(name: str = "Ben") -> Scene:
    """Ada is inside; Ben stands at the door under this name."""
    return doors(ADA).when(SERVER, Join(BEN, Role.PARTICIPANT, name))


# The agreement


def test_accepting_the_agreement_is_remembered_with_its_version() -> None:
    at_the_door().when(BEN, AcceptAgreement(1)).then(AgreementAccepted(BEN, 1))


def test_accepting_twice_is_stale() -> None:
    at_the_door().when(BEN, AcceptAgreement(1)).when(BEN, AcceptAgreement(1)).refused(Code.STALE)


@pytest.mark.parametrize("version", [0, 2])
def test_another_version_than_the_one_that_holds_is_stale(version: int) -> None:
    at_the_door().when(BEN, AcceptAgreement(version)).refused(Code.STALE)


def test_who_is_admitted_first_and_agrees_then_is_inside() -> None:
    scene = at_the_door().when(ADA, Admit(BEN))
    assert scene.sight(BEN) is Sight.DOOR
    assert scene.when(BEN, AcceptAgreement(1)).state.kept.circle == (ADA, BEN)


def test_who_agrees_first_and_is_admitted_then_is_inside() -> None:
    scene = at_the_door().when(BEN, AcceptAgreement(1))
    assert scene.sight(BEN) is Sight.DOOR
    assert scene.when(ADA, Admit(BEN)).state.kept.circle == (ADA, BEN)


def test_nothing_works_before_the_agreement() -> None:
    at_the_door().when(ADA, Admit(BEN)).when(BEN, RaiseHand()).refused(Code.NOT_AGREED)


def test_nothing_works_before_admission() -> None:
    at_the_door().when(BEN, AcceptAgreement(1)).when(BEN, RaiseHand()).refused(Code.NOT_ADMITTED)


# The questions


def test_answers_are_heard_by_those_who_admit() -> None:
    scene = at_the_door().when(BEN, AnswerDoor(["peace"])).then(Answered(BEN, ("peace",)))
    assert scene.lead.waiting[BEN].answers == ["peace"]
    assert scene.you(BEN).answered


def test_new_answers_take_the_place_of_the_old() -> None:
    scene = at_the_door().when(BEN, AnswerDoor(["peace"])).when(BEN, AnswerDoor(["quiet", "no"]))
    assert scene.lead.waiting[BEN].answers == ["quiet", "no"]


def test_more_answers_than_questions_are_refused() -> None:
    at_the_door().when(BEN, AnswerDoor(["a", "b", "c"])).refused(Code.NO_QUESTIONS)


def test_answers_where_nothing_was_asked_are_refused() -> None:
    empty(replace(PLAN, questions=())).joins(BEN).when(BEN, AnswerDoor([])).refused(Code.NO_QUESTIONS)


def test_who_is_admitted_has_nothing_to_answer() -> None:
    at_the_door().when(ADA, Admit(BEN)).when(BEN, AnswerDoor(["peace"])).refused(Code.NOT_WAITING)


def test_who_is_inside_has_nothing_to_answer() -> None:
    given(ADA, BEN).when(BEN, AnswerDoor(["peace"])).refused(Code.FORBIDDEN)


def test_answers_are_forgotten_with_admission() -> None:
    scene = at_the_door().when(BEN, AnswerDoor(["peace"])).when(ADA, Admit(BEN))
    assert scene.state.live.answers == {}
    assert scene.lead.waiting[BEN].answers == []


# Who lets whom in


def test_one_named_person_is_admitted() -> None:
    at_the_door().when(ADA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))


def test_admitting_works_before_and_after_the_meeting_was_opened() -> None:
    given(ADA).joins(BEN).when(ADA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))


def test_a_host_admits_too() -> None:
    doors(HANA).joins(BEN).when(HANA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))


def test_admitting_twice_is_refused() -> None:
    at_the_door().when(ADA, Admit(BEN)).when(AGUS, Admit(BEN)).refused(Code.NO_SEAT)
    at_the_door().when(ADA, Admit(BEN)).when(ADA, Admit(BEN)).refused(Code.NOT_WAITING)


def test_admitting_nobody_is_refused() -> None:
    at_the_door().when(ADA, Admit(NOBODY)).refused(Code.NO_SEAT)


def test_who_dropped_at_the_door_can_be_admitted() -> None:
    at_the_door().drops(BEN).when(ADA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))


def test_nobody_is_admitted_without_a_name() -> None:
    scene = at_the_door()
    restarted = Scene(replace(scene.state, live=replace(scene.state.live, names={}))).when(SERVER, Restart())
    scene = restarted.returns(ADA).when(ADA, Admit(BEN)).refused(Code.NOT_HERE)
    scene.returns(BEN).when(ADA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))


@pytest.mark.parametrize("name", ["Ada", "ADA", "А d а", "Adá", "Ada."])
def test_nobody_is_admitted_under_a_name_that_looks_like_a_facilitators(name: str) -> None:
    scene = at_the_door(name).when(ADA, Admit(BEN)).refused(Code.NAME_TAKEN)
    assert scene.lead.waiting[BEN].lookalike


def test_a_name_like_another_participants_is_fine() -> None:
    scene = doors(ADA, CIKA).when(SERVER, Join(BEN, Role.PARTICIPANT, "Cika"))
    assert not scene.lead.waiting[BEN].lookalike
    scene.when(ADA, Admit(BEN)).then(SeatAdmitted(BEN), AnswersForgotten(BEN))


def test_a_facilitator_may_have_the_name_of_another() -> None:
    scene = doors(ADA).when(SERVER, Join(AGUS, Role.FACILITATOR, "Ada"))
    scene.when(ADA, Admit(AGUS)).then(SeatAdmitted(AGUS), AnswersForgotten(AGUS))


def test_a_declined_person_is_gone_with_everything() -> None:
    scene = at_the_door().when(BEN, AnswerDoor(["peace"])).when(ADA, Decline(BEN, "full tonight"))
    scene.then(SeatEnded(BEN, Parting.DECLINED), SeatForgotten(BEN))
    assert BEN not in scene.state.kept.seats
    assert BEN not in {*scene.state.live.names, *scene.state.live.answers, *scene.state.live.presence}


def test_who_is_in_already_cannot_be_declined() -> None:
    given(ADA, BEN).when(ADA, Decline(BEN)).refused(Code.NOT_WAITING)


def test_declining_nobody_is_refused() -> None:
    given(ADA).when(ADA, Decline(NOBODY)).refused(Code.NO_SEAT)


def test_a_second_facilitator_is_let_in_when_nobody_is_left_to_confirm() -> None:
    scene = doors(ADA, BEN).joins(AGUS).when(AGUS, AcceptAgreement(1)).when(ADA, Leave())
    scene.then(SeatEnded(ADA, Parting.LEFT), SeatForgotten(ADA), SeatAdmitted(AGUS), AnswersForgotten(AGUS))
    assert scene.sight(AGUS) is Sight.LEAD


def test_not_while_a_host_could_confirm() -> None:
    scene = doors(ADA, BEN).comes_in(HANA).joins(AGUS).when(ADA, Leave())
    assert not scene.you(AGUS).admitted


def test_not_while_the_one_who_could_confirm_may_be_back() -> None:
    waiting = doors(ADA, BEN).joins(AGUS).drops(ADA, at=10)
    waiting.wait(129.999).then()
    waiting.wait(130).then(SetAside(ADA), SeatAdmitted(AGUS), AnswersForgotten(AGUS))


def test_of_two_who_wait_the_first_is_let_in_and_confirms_the_other() -> None:
    scene = doors(HANA).joins(HADI).when(SERVER, Join("hugo", Role.HOST, "Hugo")).when(HANA, Leave())
    assert (scene.you(HADI).admitted, scene.you("hugo").admitted) == (True, False)


def test_who_is_not_here_is_not_let_in() -> None:
    scene = doors(ADA).joins(AGUS).drops(AGUS).when(ADA, Leave())
    assert not scene.you(AGUS).admitted
    scene.returns(AGUS).then(Named(AGUS, "Agus", "agus"), Arrived(AGUS), SeatAdmitted(AGUS), AnswersForgotten(AGUS))


def test_the_door_of_a_second_host_is_opened_by_a_facilitator() -> None:
    scene = doors(ADA, HANA).joins(HADI)
    assert not scene.you(HADI).admitted
    scene.when(ADA, Admit(HADI)).then(SeatAdmitted(HADI), AnswersForgotten(HADI))
