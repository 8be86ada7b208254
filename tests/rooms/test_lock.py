"""A locked door: nobody new comes to it, and nobody loses anything by it."""

from protocol import commands as c
from protocol.errors import Code
from protocol.views import Deed, Role
from rooms import events as e
from rooms.asks import Join
from tests.given import ADA, BEN, CIKA, SERVER, given


def test_nobody_new_comes_to_a_locked_door() -> None:
    locked = given(ADA, BEN).when(ADA, c.LockDoor()).then(e.DoorLocked())
    assert locked.state.kept.locked
    locked.when(SERVER, Join(CIKA, Role.PARTICIPANT, "Cika")).refused(Code.NO_ENTRY)
    locked.when(SERVER, Join(CIKA, Role.PARTICIPANT, "Cika", "invite-1.1", personal=True)).refused(Code.NO_ENTRY)


def test_who_leads_comes_in_all_the_same() -> None:
    scene = given(ADA, BEN).when(ADA, c.LockDoor()).when(SERVER, Join(CIKA, Role.FACILITATOR, "Cika"))
    assert CIKA in scene.state.kept.seats


def test_who_has_a_seat_comes_back_to_it() -> None:
    scene = given(ADA, BEN).when(ADA, c.LockDoor()).drops(BEN).returns(BEN)
    assert scene.code is None


def test_who_lost_the_page_may_ask_for_the_seat_of_their_invite() -> None:
    invited = Join(BEN, Role.PARTICIPANT, "Ben", "invite-1.1", personal=True)
    scene = given(ADA).when(SERVER, invited).when(BEN, c.AcceptAgreement(1)).when(ADA, c.LockDoor())
    scene = scene.when(SERVER, Join(CIKA, Role.PARTICIPANT, "Ben", "invite-1.1", personal=True))
    assert scene.lead.waiting[CIKA].again == BEN


def test_who_stands_there_already_can_be_let_in() -> None:
    scene = given(ADA).joins(BEN).when(ADA, c.LockDoor()).when(BEN, c.AcceptAgreement(1)).when(ADA, c.Admit(BEN))
    assert BEN in scene.state.kept.circle


def test_it_is_unlocked_again() -> None:
    scene = given(ADA).when(ADA, c.LockDoor()).when(ADA, c.UnlockDoor()).then(e.DoorUnlocked())
    assert not scene.state.kept.locked
    assert scene.joins(BEN).code is None


def test_twice_is_refused() -> None:
    given(ADA).when(ADA, c.UnlockDoor()).refused(Code.NOT_LOCKED)
    given(ADA).when(ADA, c.LockDoor()).when(ADA, c.LockDoor()).refused(Code.LOCKED)


def test_the_room_sees_it_and_who_did_it() -> None:
    circle = given(ADA, BEN).when(ADA, c.LockDoor()).circle
    assert circle.locked
    latest = circle.acts[circle.lately[-1]]
    assert (latest.done, latest.by) == (Deed.DOOR_LOCKED, ADA)
