"""Links: personal invites, seats that are given back by them, links that are taken back."""

import pytest

from protocol.commands import (
    AcceptAgreement,
    Admit,
    AnswerDoor,
    Decline,
    Leave,
    NameSuccessor,
    OpenMeeting,
    PauseRoom,
    Remove,
    TellWaiting,
    UndoRemoval,
)
from protocol.errors import Code
from protocol.views import Deed, Hold, Role
from rooms.asks import Join, Unlink
from rooms.events import (
    AnswersForgotten,
    Arrived,
    End,
    Named,
    Parting,
    SeatAdmitted,
    SeatEnded,
    SeatForgotten,
    SeatHandedOver,
    SeatTaken,
    TurnEnded,
)
from rooms.rules.entry import barred
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, HANA, SERVER, Scene, doors, empty, given


def comes(scene: Scene, seat: str, link: str, name: str = "", role: Role = Role.PARTICIPANT) -> Scene:
    """By a personal invite."""
    return scene.when(SERVER, Join(seat, role, name or seat.title(), link, personal=True))


# Walking in


def test_a_personal_invite_walks_in() -> None:
    scene = comes(doors(ADA), BEN, "invite-1.1")
    scene.then(
        SeatTaken(BEN, Role.PARTICIPANT, admitted=True, link="invite-1.1", personal=True),
        Named(BEN, "Ben", "ben"),
        Arrived(BEN),
    )
    assert scene.when(BEN, AcceptAgreement(1)).circle.circle == [ADA, BEN]


def test_a_facilitators_too_beside_another_one() -> None:
    assert comes(doors(ADA), AGUS, "invite-1.1", role=Role.FACILITATOR).you(AGUS).admitted


def test_also_before_anybody_is_there() -> None:
    assert comes(empty(), BEN, "invite-1.1").you(BEN).admitted


def test_not_while_the_room_stands_still() -> None:
    assert not comes(given(ADA).when(ADA, PauseRoom()), BEN, "invite-1.1").you(BEN).admitted


def test_who_leads_walks_in_also_then_and_a_room_that_had_lost_its_facilitator_goes_on() -> None:
    """Whom a host sends: nobody inside could let them in."""
    assert comes(given(ADA).when(ADA, PauseRoom()), AGUS, "invite-1.1", role=Role.FACILITATOR).you(AGUS).admitted
    lost = given(ADA, BEN).drops(ADA, at=100).wait(130)
    assert lost.circle.hold is Hold.LOST
    sent = comes(lost, AGUS, "invite-1.1", role=Role.FACILITATOR)
    assert sent.you(AGUS).admitted
    assert sent.when(AGUS, AcceptAgreement(1)).circle.hold is not Hold.LOST


def test_not_under_a_facilitators_name() -> None:
    scene = comes(doors(ADA), BEN, "invite-1.1", "Ada")
    assert not scene.you(BEN).admitted
    scene.when(ADA, Admit(BEN)).refused(Code.NAME_TAKEN)
    assert comes(doors(ADA), AGUS, "invite-1.1", "Ada", Role.FACILITATOR).you(AGUS).admitted


def test_not_twice() -> None:
    scene = comes(comes(doors(ADA), BEN, "invite-1.1"), "ben2", "invite-1.2", "Ben")
    assert not scene.you("ben2").admitted
    assert scene.lead.waiting["ben2"].again == BEN
    assert comes(scene, CIKA, "invite-2.1").you(CIKA).admitted


def test_whoever_waits_by_it_counts_too() -> None:
    held = comes(given(ADA).when(ADA, PauseRoom()), BEN, "invite-1.1")
    both = comes(held, "ben2", "invite-1.1", "Ben")
    assert both.lead.waiting["ben2"].again == BEN
    assert not both.lead.waiting[BEN].again
    assert not both.when(BEN, Leave()).lead.waiting["ben2"].again


# Once more


def again(name: str = "Ben") -> Scene:
    """Ben came by an invite and is inside; somebody stands at the door by the same one."""
    scene = comes(given(ADA, CIKA), BEN, "invite-1.1").when(BEN, AcceptAgreement(1))
    return comes(scene, "ben2", "invite-1.2", name).when("ben2", AcceptAgreement(1))


def test_whoever_is_confirmed_has_the_seat_that_the_invite_has() -> None:
    scene = again().drops(BEN).when(ADA, Admit("ben2"))
    scene.then(SeatEnded("ben2", Parting.YOURS), SeatForgotten("ben2"), SeatHandedOver(BEN, "invite-1.2"))
    assert scene.state.kept.seats[BEN].link == "invite-1.2"
    assert [(act.done, act.whom) for act in scene.acts] == [(Deed.ADMITTED, "Ben")]
    assert scene.returns(BEN).circle.circle == [ADA, CIKA, BEN]


def test_nobody_is_in_twice_whoever_is_confirmed_first() -> None:
    held = comes(comes(given(ADA).when(ADA, PauseRoom()), BEN, "invite-1.1"), "ben2", "invite-1.1", "Ben")
    going = Scene(held.state, held.now)
    assert going.lead.waiting["ben2"].again == BEN
    confirmed = going.when(ADA, Admit("ben2")).refused(Code.HELD)
    assert confirmed.lead.waiting["ben2"].again == BEN


def test_a_seat_at_the_door_is_given_back_as_one_at_the_door() -> None:
    scene = comes(comes(doors(ADA), BEN, "invite-1.1", "Ada"), "ben2", "invite-1.1", "Ben")
    scene = scene.when(ADA, Admit("ben2"))
    scene.then(SeatEnded("ben2", Parting.YOURS), SeatForgotten("ben2"), SeatHandedOver(BEN, "invite-1.1"))
    assert not scene.you(BEN).admitted
    assert scene.acts == ()


def test_whoever_is_admitted_is_the_one_who_has_it() -> None:
    """Even who came later: two were in before by an undone removal, say."""
    scene = comes(comes(doors(ADA), BEN, "invite-1.1", "Ada"), "ben2", "invite-1.1", "Ben").when(BEN, Leave())
    scene = comes(scene.when(ADA, Admit("ben2")), "ben3", "invite-1.1", "Ben")
    assert scene.lead.waiting["ben3"].again == "ben2"


def test_the_same_person_may_be_called_the_same() -> None:
    scene = again().when(ADA, NameSuccessor(BEN)).drops(ADA, at=100).wait(130).returns(ADA)
    assert scene.state.kept.seats[BEN].acting
    assert not scene.lead.waiting["ben2"].lookalike
    assert scene.when(ADA, Admit("ben2")).of(SeatHandedOver) == [SeatHandedOver(BEN, "invite-1.2")]


def test_but_not_like_somebody_else_who_leads() -> None:
    again("Ada").when(ADA, Admit("ben2")).refused(Code.NAME_TAKEN)
    nameless = again("Ada").lead.waiting["ben2"]
    assert nameless.lookalike


def test_it_can_be_declined() -> None:
    scene = again().when(ADA, Decline("ben2", "")).then(SeatEnded("ben2", Parting.DECLINED), SeatForgotten("ben2"))
    assert scene.circle.circle == [ADA, CIKA, BEN]


def test_when_the_seat_ends_the_next_is_admitted_as_usual() -> None:
    scene = again().when(BEN, Leave())
    assert not scene.lead.waiting["ben2"].again
    scene.when(ADA, Admit("ben2")).then(SeatAdmitted("ben2"), AnswersForgotten("ben2"))


def test_who_leads_alone_has_the_seat_again_when_nobody_is_left_to_confirm() -> None:
    scene = comes(empty(), ADA, "invite-1.1", role=Role.FACILITATOR).when(ADA, AcceptAgreement(1)).drops(ADA, at=10)
    scene = comes(scene.wait(100), "ada2", "invite-1.1", "Ada", Role.FACILITATOR)
    assert not scene.you("ada2").admitted
    assert scene.wait(130).of(SeatEnded, SeatHandedOver) == [
        SeatEnded("ada2", Parting.YOURS),
        SeatHandedOver(ADA, "invite-1.1"),
    ]


def test_one_alone_is_let_in_and_confirms_the_others() -> None:
    scene = comes(empty(), ADA, "invite-1.1", role=Role.FACILITATOR)
    scene = comes(scene, AGUS, "invite-2.1", role=Role.FACILITATOR).when(ADA, AcceptAgreement(1))
    scene = scene.when(AGUS, AcceptAgreement(1)).drops(ADA, at=10).drops(AGUS, at=10)
    for owner, link in ((ADA, "invite-1.1"), (AGUS, "invite-2.1")):
        scene = comes(scene.wait(100), f"{owner}2", link, owner.title(), Role.FACILITATOR)
    scene = scene.joins("third").wait(130)
    assert scene.of(SeatHandedOver) == [SeatHandedOver(ADA, "invite-1.1")]
    assert scene.circle.circle == [ADA]
    assert scene.wait(249).of(SeatHandedOver) == []


def test_a_seat_at_the_door_is_not_given_back_by_itself() -> None:
    held = given(HANA).when(HANA, PauseRoom())
    held = comes(held, ADA, "invite-1.1", role=Role.FACILITATOR).drops(ADA, at=10)
    held = comes(held, "ada2", "invite-1.1", "Ada", Role.FACILITATOR).when(HANA, Leave())
    assert held.lead.waiting["ada2"].again == ADA
    assert not held.you("ada2").admitted
    assert held.wait(130).you("ada2").admitted  # the first one did not come back


def test_not_while_a_successor_is_here_who_takes_over_and_can() -> None:
    scene = given(ADA, BEN).when(ADA, NameSuccessor(BEN)).joins(AGUS).when(ADA, Leave(), at=10)
    assert not scene.wait(39).you(AGUS).admitted
    led = scene.wait(200)
    assert led.state.kept.seats[BEN].acting
    assert not led.you(AGUS).admitted
    assert led.when(BEN, Admit(AGUS)).you(AGUS).admitted


def test_before_the_meeting_no_successor_takes_over() -> None:
    scene = doors(ADA, BEN).when(ADA, NameSuccessor(BEN)).joins(AGUS).when(ADA, Leave())
    assert scene.you(AGUS).admitted
    assert scene.when(AGUS, AcceptAgreement(1)).when(AGUS, OpenMeeting()).code is None


# Of somebody who was removed


def test_the_invite_of_a_removed_person_opens_nothing() -> None:
    scene = comes(given(ADA), BEN, "invite-1.1").when(BEN, AcceptAgreement(1)).when(ADA, Remove(BEN, ""))
    assert scene.lead.removed[BEN].personal
    assert barred(scene.state.kept) == {"invite-1"}
    comes(scene, "ben2", "invite-1.1").refused(Code.NO_ENTRY)
    comes(scene, "ben2", "invite-1.2").refused(Code.NO_ENTRY)
    comes(scene, CIKA, "invite-2.1")._fine()
    undone = scene.when(ADA, UndoRemoval(BEN))
    assert comes(undone, "ben2", "invite-1.1").lead.waiting["ben2"].again == BEN


def test_whoever_waits_by_it_then_goes_too() -> None:
    scene = comes(again(), CIKA + "2", "invite-2.1").when(ADA, Remove(BEN, ""))
    assert scene.of(SeatEnded) == [SeatEnded(BEN, Parting.REMOVED), SeatEnded("ben2", Parting.UNLINKED)]
    assert CIKA + "2" in scene.state.kept.seats
    door = again().when(ADA, Remove("ben2", ""))
    assert door.of(SeatEnded) == [SeatEnded("ben2", Parting.REMOVED)]


# Taken back


def test_who_waits_by_a_renewed_link_goes_and_who_is_in_stays() -> None:
    scene = given(ADA).when(SERVER, Join(BEN, Role.PARTICIPANT, "Ben", "participant.1"))
    scene = scene.when(BEN, AcceptAgreement(1)).when(ADA, Admit(BEN))
    scene = scene.when(SERVER, Join(CIKA, Role.PARTICIPANT, "Cika", "participant.1"))
    scene = scene.when(SERVER, Join(DEWI, Role.PARTICIPANT, "Dewi", "participant.2"))
    renewed = scene.when(SERVER, Unlink(frozenset(["participant.1"]), False, Deed.LINK_RENEWED, ADA))
    renewed.then(SeatEnded(CIKA, Parting.UNLINKED), SeatForgotten(CIKA))
    assert list(renewed.state.kept.seats) == [ADA, BEN, DEWI]


def test_everybody_who_came_by_a_revoked_link_goes() -> None:
    scene = comes(given(ADA), BEN, "invite-1.1").when(BEN, AcceptAgreement(1)).speaks(BEN)
    links = frozenset(["invite-1.1", "invite-1.2"])
    revoked = scene.when(SERVER, Unlink(links, True, Deed.LINK_REVOKED, ADA))
    revoked.then(TurnEnded("t1", End.REVOKED), SeatEnded(BEN, Parting.UNLINKED), SeatForgotten(BEN))
    assert revoked.lead.removed == {}
    revoked.returns(BEN).refused(Code.NO_ENTRY)


def test_nobody_came_by_it() -> None:
    given(ADA).when(SERVER, Unlink(frozenset(["invite-7.1"]), True, Deed.LINK_REVOKED)).then()


# Words at the door


def test_words_to_one_person_at_the_door() -> None:
    scene = doors(ADA, HANA).joins(BEN, CIKA).when(ADA, TellWaiting("soon", BEN))
    assert (scene.you(BEN).message, scene.you(CIKA).message) == ("soon", "")
    assert (scene.lead.waiting[BEN].told, scene.lead.waiting[CIKA].told) == ("soon", "")
    assert scene.acts == ()


def test_words_to_everybody_at_the_door_the_last_ones_count() -> None:
    scene = doors(ADA).joins(BEN, CIKA).when(ADA, TellWaiting("soon", BEN)).when(ADA, TellWaiting("now"))
    assert (scene.you(BEN).message, scene.you(CIKA).message) == ("now", "now")


def test_they_are_forgotten_with_admission_and_with_the_seat() -> None:
    scene = doors(ADA).joins(BEN, CIKA).when(BEN, AnswerDoor(["peace"])).when(ADA, TellWaiting("soon"))
    admitted = scene.when(ADA, Admit(BEN))
    assert (admitted.you(BEN).message, admitted.lead.waiting[BEN].told) == ("", "")
    assert admitted.when(CIKA, Leave()).state.live.messages == {}


@pytest.mark.parametrize(
    ("command", "code"), [(TellWaiting("x", BEN), Code.NOT_WAITING), (TellWaiting("x", "q"), Code.NO_SEAT)]
)
def test_nobody_is_written_to_who_does_not_wait(command: TellWaiting, code: Code) -> None:
    doors(ADA, BEN).when(ADA, command).refused(code)


def test_an_empty_door_is_told_nothing() -> None:
    doors(ADA, BEN).when(ADA, TellWaiting("soon")).then()
    doors(ADA, BEN).joins(CIKA).when(BEN, TellWaiting("soon")).refused(Code.FORBIDDEN)
