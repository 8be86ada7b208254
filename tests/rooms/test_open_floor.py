"""An open floor: a few voices at once, and back to structure with one tap."""

import pytest
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    BeginRound,
    CallOn,
    EndRound,
    FinishTurn,
    HandKind,
    Leave,
    PassFloor,
    PauseRoom,
    RaiseHand,
    ResumeRoom,
    SetPhase,
    TakeFloor,
)
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import TurnState, Why
from rooms.audio import audible
from rooms.events import (
    End,
    FloorOffered,
    FloorTaken,
    GraceBegan,
    HandLowered,
    HandRaised,
    NoteForgotten,
    OfferPutOff,
    PhaseBegan,
    TurnEnded,
)
from rooms.rules import open_floor
from tests.given import ADA, BEN, CIKA, DEWI, EKA, PHASE, Scene, doors, given, plan, room

OPEN = plan(floor=Movement.OPEN, voices=2)
PEOPLE = (ADA, BEN, CIKA, DEWI, EKA)
TWO = room(replace(PHASE, name="open", floor=Movement.OPEN, voices=3), replace(PHASE, name="back"))


def full() -> Scene:
    """Ben (t1) and Cika (t2) speak, since 10."""
    return given(*PEOPLE, of=OPEN).when(BEN, TakeFloor(), at=10).when(CIKA, TakeFloor())


def test_whoever_wants_to_speak_does() -> None:
    scene = given(*PEOPLE, of=OPEN).when(BEN, TakeFloor()).then(FloorTaken("t1", BEN, 300))
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert scene.on_the_floor.base == 300
    scene = scene.when(CIKA, TakeFloor(), at=10).then(FloorTaken("t2", CIKA, 300))
    assert audible(scene.state) == {BEN, CIKA}
    assert scene.circle.floor == "t2"
    assert set(scene.circle.turns) == {"t1", "t2"}
    assert scene.state.kept.spoke == CIKA


def test_no_more_than_so_many_voices_at_once() -> None:
    scene = full()
    scene.when(DEWI, TakeFloor()).refused(Code.FLOOR_TAKEN)
    assert "take-floor" not in scene.may(DEWI)
    scene = scene.when(BEN, FinishTurn("t1"), at=20).then(TurnEnded("t1", End.FINISHED))
    assert "take-floor" in scene.may(DEWI)
    scene.when(DEWI, TakeFloor()).then(FloorTaken("t3", DEWI, 300))  # there is no quiet between


def test_an_offer_is_a_voice_too() -> None:
    scene = given(*PEOPLE, of=OPEN).when(ADA, CallOn(BEN)).when(CIKA, TakeFloor())
    scene.when(DEWI, TakeFloor()).refused(Code.FLOOR_TAKEN)
    scene.when(BEN, PassFloor("t1")).when(DEWI, TakeFloor()).then(FloorTaken("t3", DEWI, 300))


def test_a_hand_waits_for_a_voice_and_is_offered_it_at_once() -> None:
    scene = full().when(DEWI, RaiseHand()).when(EKA, RaiseHand()).wait(15).then()
    scene = scene.when(BEN, FinishTurn("t1"), at=20)
    scene.then(TurnEnded("t1", End.FINISHED), FloorOffered("t3", DEWI, "h1", 300, 60))
    scene = scene.when(CIKA, FinishTurn("t2"), at=30)
    scene.then(TurnEnded("t2", End.FINISHED), FloorOffered("t4", EKA, "h2", 300, 70))
    scene.wait(60).then(OfferPutOff("t3", Why.LATER, "", 90))


def test_a_hand_while_there_is_room_is_offered_it_at_once() -> None:
    scene = given(*PEOPLE, of=OPEN).when(BEN, RaiseHand())
    assert scene.of(FloorOffered) == [FloorOffered("t1", BEN, "h1", 300, 40)]


def test_who_takes_it_has_no_hand_up_any_more() -> None:
    scene = given(*PEOPLE, of=OPEN).when(BEN, RaiseHand(note="short")).when(BEN, PassFloor("t1", later=True))
    scene = scene.when(BEN, TakeFloor()).then(FloorTaken("t2", BEN, 300), HandLowered("h1"), NoteForgotten("h1"))
    assert scene.queue == ()
    assert scene.lead.hands == {}


def test_what_was_left_of_a_lost_turn_can_be_taken() -> None:
    scene = full().drops(BEN, at=30).when(DEWI, TakeFloor()).refused(Code.FLOOR_TAKEN).wait(150)
    assert scene.of(HandRaised) == [HandRaised("h1", BEN, HandKind.SHARE, Why.RETURNED, budget=280)]
    scene = scene.when(DEWI, TakeFloor()).returns(BEN).when(CIKA, FinishTurn("t2"))
    assert scene.of(FloorOffered) == [FloorOffered("t4", BEN, "h1", 280, 190)]
    scene = scene.when(BEN, PassFloor("t4", later=True)).when(BEN, TakeFloor())
    assert scene.of(FloorTaken) == [FloorTaken("t5", BEN, 280)]


def test_the_lengths_of_turns_are_as_always() -> None:
    scene = full()
    scene.wait(309.999).then()
    scene = scene.wait(310).then(GraceBegan("t1"), GraceBegan("t2"))
    assert scene.when(BEN, FinishTurn("t1")).of(TurnEnded)


def test_who_speaks_takes_nothing_more() -> None:
    full().when(BEN, TakeFloor()).refused(Code.HAS_FLOOR)
    given(*PEOPLE, of=OPEN).offered(BEN).when(BEN, TakeFloor()).refused(Code.HAS_FLOOR)


def test_the_floor_is_taken_only_in_an_open_floor() -> None:
    doors(*PEOPLE, of=OPEN).when(BEN, TakeFloor()).refused(Code.NOT_OPEN)
    given(*PEOPLE).when(BEN, TakeFloor()).refused(Code.PHASE_OFF)
    given(*PEOPLE, of=OPEN).when(ADA, PauseRoom()).when(BEN, TakeFloor()).refused(Code.HELD)
    given(*PEOPLE, of=OPEN).joins("fajar").when("fajar", TakeFloor()).refused(Code.NOT_ADMITTED)


def test_all_voices_stand_still_with_the_room() -> None:
    scene = full().when(ADA, PauseRoom(), at=20)
    assert audible(scene.state) == frozenset()
    assert {turn.state for turn in scene.state.kept.turns.values()} == {TurnState.PAUSED}
    scene = scene.when(ADA, ResumeRoom(), at=40).wait(60)
    assert audible(scene.state) == {BEN, CIKA}


def test_called_while_there_is_room_is_offered_it_at_once() -> None:
    scene = given(*PEOPLE, of=OPEN).when(BEN, TakeFloor()).when(ADA, CallOn(DEWI))
    assert scene.of(FloorOffered) == [FloorOffered("t2", DEWI, "h1", 300, 40)]
    scene = full().when(ADA, CallOn(DEWI)).then(HandRaised("h1", DEWI, HandKind.SHARE, Why.CALLED, own=False))
    assert scene.when(BEN, FinishTurn("t1")).of(FloorOffered) == [FloorOffered("t3", DEWI, "h1", 300, 50)]


# Back to structure


def test_all_voices_end_when_it_goes_back_to_structure() -> None:
    scene = given(*PEOPLE, of=TWO).when(BEN, TakeFloor(), at=10).when(CIKA, TakeFloor()).when(ADA, CallOn(DEWI))
    scene = scene.when(ADA, SetPhase("back"), at=20)
    assert scene.of(TurnEnded) == [TurnEnded("t1", End.FINISHED), TurnEnded("t2", End.FINISHED)]
    assert scene.of(PhaseBegan) == [PhaseBegan("back")]
    assert audible(scene.state) == frozenset()
    assert scene.state.kept.turns == {}


def test_what_is_offered_is_no_voice_that_ends() -> None:
    scene = full().when(BEN, FinishTurn("t1")).when(ADA, CallOn(DEWI))
    assert open_floor.ended(scene.state) == [TurnEnded("t2", End.FINISHED)]


def test_who_still_speaks_when_the_floor_opens_is_one_of_the_voices() -> None:
    of = room(replace(PHASE, name="queue"), replace(PHASE, name="open", floor=Movement.OPEN, voices=2))
    scene = given(*PEOPLE, of=of).speaks(BEN).raises(DEWI).when(ADA, SetPhase("open"))
    assert scene.of(FloorOffered) == [FloorOffered("t2", DEWI, "h2", 300, 45)]
    scene.when(CIKA, TakeFloor()).refused(Code.FLOOR_TAKEN)
    assert audible(scene.state) == {BEN}


# A round meanwhile


def test_in_a_round_one_speaks_after_the_other() -> None:
    scene = full().when(ADA, BeginRound(), at=20)
    scene = scene.when(DEWI, TakeFloor()).refused(Code.ROUND_ON).when(BEN, FinishTurn("t1"), at=30)
    assert scene.of(FloorOffered) == []
    scene = scene.when(CIKA, FinishTurn("t2"), at=40)
    scene.wait(44.999).then()
    scene = scene.wait(45).then(FloorOffered("t3", ADA, "", 300, 85, round=True))
    scene = scene.when(ADA, AcceptFloor("t3"))
    assert "take-floor" not in scene.may(DEWI)
    assert "take-floor" in scene.when(ADA, EndRound()).may(DEWI)


@pytest.mark.parametrize("seat", [BEN, CIKA])
def test_the_circle_goes_on_from_the_place_of_whoever_has_left(seat: str) -> None:
    """Orders that follow the circle count from whoever had the floor last."""
    scene = full().when(seat, Leave())
    assert scene.state.kept.spoke == (BEN if seat == CIKA else CIKA)
    first = given(ADA, BEN, of=OPEN).when(ADA, TakeFloor()).when(ADA, Leave())
    assert first.state.kept.spoke == BEN
    assert first.when(BEN, TakeFloor()).when(BEN, Leave()).state.kept.spoke == ""
