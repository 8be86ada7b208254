"""A room with so many seats, and the line at its door."""

from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import AcceptAgreement, Admit, Leave, NameSuccessor, Remove, UndoRemoval
from protocol.errors import Code
from protocol.views import Role
from rooms.asks import Join
from rooms.events import AnswersForgotten, SeatAdmitted
from rooms.privates import Privates
from rooms.state import RoomState
from rooms.view import see
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, EKA, FAJAR, HANA, PLAN, SERVER, Scene, doors, given

TWO_SEATS = replace(PLAN, seats=2)


def full() -> Scene:
    """Ben and Cika have the two seats; Dewi, Eka and Fajar came, in this order, and Eka has not agreed yet."""
    scene = doors(ADA, BEN, CIKA, of=TWO_SEATS).joins(DEWI, EKA, FAJAR)
    return scene.when(FAJAR, AcceptAgreement(1)).when(DEWI, AcceptAgreement(1))


def test_a_full_room_admits_no_participant() -> None:
    full().when(ADA, Admit(DEWI)).refused(Code.FULL)
    assert (full().lead.taken, full().lead.seats) == (2, 2)


def test_facilitators_and_hosts_are_not_counted() -> None:
    scene = full().joins(HANA, AGUS)
    assert scene.you(HANA).admitted
    scene.when(ADA, Admit(AGUS)).then(SeatAdmitted(AGUS), AnswersForgotten(AGUS))
    assert scene.lead.taken == 2


def test_whoever_is_admitted_has_a_seat_while_reading() -> None:
    scene = doors(ADA, BEN, of=TWO_SEATS).joins(CIKA, DEWI).when(ADA, Admit(CIKA))
    scene.when(ADA, Admit(DEWI)).refused(Code.FULL)


def test_the_line_is_by_the_time_people_came() -> None:
    scene = full()
    assert [scene.you(seat).line for seat in (DEWI, EKA, FAJAR)] == [1, UNSET, 2]
    assert [scene.lead.waiting[seat].line for seat in (DEWI, EKA, FAJAR)] == [1, 0, 2]
    assert [scene.when(EKA, AcceptAgreement(1)).you(seat).line for seat in (DEWI, EKA, FAJAR)] == [1, 2, 3]
    assert scene.drops(DEWI).you(FAJAR).line == 2
    assert scene.when(DEWI, Leave()).you(FAJAR).line == 1
    assert scene.you(BEN).line is UNSET


def test_there_is_no_line_when_there_is_room() -> None:
    scene = full().when(BEN, Leave())
    assert scene.you(DEWI).line is UNSET
    assert scene.lead.taken == 1
    assert scene.when(ADA, Admit(FAJAR)).you(DEWI).line == 1
    nobody = doors(ADA, BEN, CIKA).joins(DEWI).when(DEWI, AcceptAgreement(1))
    assert (nobody.you(DEWI).line, nobody.lead.waiting[DEWI].line, nobody.lead.taken) == (UNSET, 0, 0)


def test_those_whose_place_changed_are_told() -> None:
    before = full()
    after = before.when(DEWI, Leave())
    assert not Privates(after.state).same(FAJAR, Privates(before.state))
    assert Privates(after.state).same(EKA, Privates(before.state))


def test_a_personal_invite_waits_when_the_room_is_full() -> None:
    scene = full().when(SERVER, Join("guest", Role.PARTICIPANT, "Guest", "invite-1.1", personal=True))
    assert not scene.you("guest").admitted
    assert scene.when("guest", AcceptAgreement(1)).you("guest").line == 3
    leads = full().when(SERVER, Join("guest", Role.FACILITATOR, "Guest", "invite-1.1", personal=True))
    assert leads.you("guest").admitted


def test_whoever_comes_again_is_in_no_line_and_has_the_seat() -> None:
    scene = doors(ADA, BEN, of=TWO_SEATS)
    for seat in (CIKA, "cika2"):
        scene = scene.when(SERVER, Join(seat, Role.PARTICIPANT, "Cika", "invite-1.1", personal=True))
        scene = scene.when(seat, AcceptAgreement(1))
    assert scene.you("cika2").line is UNSET
    assert scene.when(ADA, Admit("cika2")).lead.taken == 2


def test_an_undone_removal_gives_the_seat_back_all_the_same() -> None:
    scene = full().when(ADA, Remove(BEN, "")).when(ADA, Admit(DEWI)).when(ADA, UndoRemoval(BEN))
    assert (scene.code, scene.lead.taken) == (None, 3)
    scene.when(ADA, Admit(FAJAR)).refused(Code.FULL)


def test_whoever_took_over_keeps_the_seat() -> None:
    scene = given(ADA, BEN, CIKA, of=TWO_SEATS).when(ADA, NameSuccessor(BEN)).drops(ADA, at=100).wait(130)
    assert scene.state.kept.seats[BEN].acting
    assert scene.lead.taken == 2


def test_a_host_may_add_seats_at_any_time() -> None:
    scene = full()
    seen = see(scene.state, None)
    more = Scene(RoomState(replace(TWO_SEATS, seats=3), scene.state.kept, scene.state.live), scene.now)
    assert see(more.state, seen).lead.waiting[DEWI].line == 0
    assert not Privates(more.state).same(DEWI, Privates(scene.state))
    assert more.when(ADA, Admit(DEWI)).code is None
    fewer = Scene(RoomState(replace(TWO_SEATS, seats=1), scene.state.kept, scene.state.live), scene.now)
    assert (fewer.lead.taken, fewer.lead.seats) == (2, 1)
