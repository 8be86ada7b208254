"""Coming, dropping, coming back, leaving."""

from msgspec.structs import replace

from protocol.commands import AnswerDoor, CloseMeeting, Leave, RaiseHand
from protocol.errors import Code
from protocol.views import Role
from rooms.asks import Hear, Join, Restart
from rooms.events import (
    Arrived,
    Dropped,
    End,
    FloorOffered,
    HandLowered,
    HearersChanged,
    Named,
    NoteForgotten,
    OfferPassed,
    Parting,
    SeatEnded,
    SeatForgotten,
    SeatTaken,
    SetAside,
    TurnEnded,
)
from rooms.state import SEAT_LIMIT
from rooms.view import see
from tests.given import ADA, AGUS, BEN, CIKA, HADI, HANA, NOBODY, SERVER, Scene, doors, empty, given

# Joining


def test_a_participant_stands_at_the_door() -> None:
    scene = empty().when(SERVER, Join(BEN, Role.PARTICIPANT, "Ben"), at=3)
    scene.then(SeatTaken(BEN, Role.PARTICIPANT), Named(BEN, "Ben", "ben"), Arrived(BEN))
    assert scene.state.kept.seats[BEN].since == 3
    assert not scene.you(BEN).admitted


def test_the_first_holder_of_a_leading_link_skips_the_door() -> None:
    empty().when(SERVER, Join(ADA, Role.FACILITATOR, "Ada")).then(
        SeatTaken(ADA, Role.FACILITATOR, admitted=True), Named(ADA, "Ada", "ada"), Arrived(ADA)
    )
    assert doors(ADA).joins(HANA).you(HANA).admitted  # a host's is another link


def test_the_second_holder_waits_to_be_confirmed() -> None:
    assert not doors(ADA).joins(AGUS).you(AGUS).admitted
    assert not doors(HANA).joins(HADI).you(HADI).admitted


def test_the_second_holder_does_not_wait_for_one_who_is_long_gone() -> None:
    assert not doors(ADA, BEN).drops(ADA, at=10).wait(129).joins(AGUS).you(AGUS).admitted
    assert doors(ADA, BEN).drops(ADA, at=10).wait(130).joins(AGUS).you(AGUS).admitted


def test_nor_for_one_who_has_not_agreed() -> None:
    assert empty().joins(ADA, AGUS).you(AGUS).admitted


def test_after_a_restart_a_seat_that_nobody_has_returned_to_still_counts() -> None:
    assert not doors(ADA).when(SERVER, Restart()).joins(AGUS).you(AGUS).admitted


def test_a_full_room_takes_nobody() -> None:
    scene = empty().joins(*(f"s{number}" for number in range(SEAT_LIMIT)))
    scene.when(SERVER, Join(BEN, Role.PARTICIPANT, "Ben")).refused(Code.NO_ENTRY)
    scene.when("s0", Leave()).when(SERVER, Join(BEN, Role.PARTICIPANT, "Ben"))._fine()


def test_a_closed_room_takes_nobody() -> None:
    given(ADA).when(ADA, CloseMeeting()).when(SERVER, Join(BEN, Role.PARTICIPANT, "Ben")).refused(Code.NO_ENTRY)


def test_numbers_are_never_given_twice() -> None:
    scene = doors(ADA, BEN).when(BEN, Leave()).comes_in(CIKA)
    assert [person.number for person in scene.circle.people.values()] == [0, 2]


# Dropping and coming back


def test_a_drop_keeps_the_seat() -> None:
    scene = doors(ADA, BEN).drops(BEN, at=10).then(Dropped(BEN))
    assert not scene.circle.people[BEN].present
    assert scene.circle.circle == [ADA, BEN]


def test_a_drop_is_told_once() -> None:
    doors(ADA, BEN).drops(BEN).drops(BEN).then()
    doors(ADA).drops(NOBODY).then()


def test_coming_back_is_to_the_same_place() -> None:
    scene = doors(ADA, BEN).drops(BEN, at=10).returns(BEN, at=20)
    scene.then(Named(BEN, "Ben", "ben"), Arrived(BEN))
    assert scene.circle.people[BEN].present


def test_a_seat_that_ended_cannot_be_returned_to() -> None:
    doors(ADA).returns(BEN).refused(Code.NO_ENTRY)


def test_who_stays_away_leaves_the_picture_but_not_the_meeting() -> None:
    doors(ADA, BEN).drops(BEN, at=10).wait(129.999).then()
    scene = doors(ADA, BEN).drops(BEN, at=10).wait(130).then(SetAside(BEN))
    assert scene.circle.circle == [ADA]
    assert BEN in scene.circle.people
    assert scene.returns(BEN).circle.circle == [ADA, BEN]


def test_who_stays_away_from_the_door_is_gone() -> None:
    away = doors(ADA).joins(BEN).when(BEN, AnswerDoor(["peace"])).drops(BEN, at=10)
    away.wait(129.999).then()
    scene = away.wait(130).then(SeatEnded(BEN, Parting.GONE), SeatForgotten(BEN))
    assert scene.lead.waiting == {}
    assert scene.state.live.answers == {}


def test_after_a_restart_nobody_is_here_and_everybody_has_the_window() -> None:
    scene = doors(ADA, BEN).joins(CIKA).when(SERVER, Restart(), at=50)
    scene.then(Dropped(ADA), Dropped(BEN), Dropped(CIKA))
    scene.wait(169.999).then()
    scene.returns(ADA, at=60).wait(170).then(SetAside(BEN), SeatEnded(CIKA, Parting.GONE), SeatForgotten(CIKA))


def test_an_empty_room_restarts_empty() -> None:
    empty().when(SERVER, Restart()).then()


# Leaving


def test_leaving_is_leaving() -> None:
    scene = doors(ADA, BEN).when(BEN, Leave(check_on_me=True)).then(SeatEnded(BEN, Parting.LEFT), SeatForgotten(BEN))
    assert nowhere(scene, BEN)


def test_one_leaves_from_the_door_too() -> None:
    doors(ADA).joins(BEN).when(BEN, Leave()).then(SeatEnded(BEN, Parting.LEFT), SeatForgotten(BEN))


def test_who_leaves_while_waiting_takes_hand_and_note_along() -> None:
    scene = given(ADA, BEN, CIKA).speaks(CIKA).when(BEN, RaiseHand(note="short")).when(BEN, Leave())
    scene.then(HandLowered("h2"), NoteForgotten("h2"), SeatEnded(BEN, Parting.LEFT), SeatForgotten(BEN))
    assert scene.state.live.notes == {}
    assert nowhere(scene, BEN)


def test_who_leaves_while_offered_takes_hand_and_note_along() -> None:
    scene = given(ADA, BEN).wait(10).when(BEN, RaiseHand(note="short")).when(BEN, Leave())
    scene.then(OfferPassed("t1"), NoteForgotten("h1"), SeatEnded(BEN, Parting.LEFT), SeatForgotten(BEN))
    assert scene.state.live.notes == {}


def test_who_leaves_while_speaking_frees_the_floor() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA).when(BEN, Leave(), at=20)
    scene.then(TurnEnded("t1", End.LEFT), SeatEnded(BEN, Parting.LEFT), SeatForgotten(BEN))
    assert scene.wait(25).of(FloorOffered) == [FloorOffered("t2", CIKA, "h2", 300, 65)]


# Whom sound reaches


def test_who_hears_is_what_media_says() -> None:
    scene = given(ADA, BEN, CIKA).when(SERVER, Hear(frozenset([ADA, BEN])))
    scene.then(HearersChanged(frozenset([ADA, BEN])))
    people = see(scene.state, None).circle.people
    assert {seat for seat, person in people.items() if person.hears} == {ADA, BEN}
    scene.when(SERVER, Hear(frozenset([ADA, BEN]))).then()


def test_whoever_has_gone_hears_nothing() -> None:
    away = given(ADA, BEN).drops(BEN)
    away.when(SERVER, Hear(frozenset([ADA, BEN, NOBODY]))).then(HearersChanged(frozenset([ADA])))


def test_sound_has_to_reach_a_person_anew_after_a_drop() -> None:
    scene = given(ADA, BEN).when(SERVER, Hear(frozenset([ADA, BEN])))
    seen = see(scene.state, None)
    back = scene.drops(BEN).returns(BEN)
    assert back.state.live.hearers == {ADA}
    assert not see(back.state, seen).circle.people[BEN].hears
    assert see(back.state, seen).circle.people[ADA] is seen.circle.people[ADA]


def nowhere(scene: Scene, seat: str) -> bool:
    """No trace of the seat in the whole state, but for what those who lead did."""
    return f"'{seat}'" not in repr((scene.state.kept, replace(scene.state.live, acts={})))
