"""Silent signals to whoever has the floor."""

from protocol.commands import FinishTurn, HoldSilence, Leave, PauseTurn, SendSignal, SilentSignal, TakeFloor
from protocol.errors import Code
from protocol.formats import Movement
from rooms.events import Signalled, SignalsForgotten
from rooms.state import RoomState
from rooms.view import see
from tests.given import ADA, BEN, CIKA, DEWI, Scene, given, plan

WITH_YOU, LOUDER = SendSignal(SilentSignal.WITH_YOU), SendSignal(SilentSignal.LOUDER)


def speaking() -> Scene:
    return given(ADA, BEN, CIKA, DEWI).speaks(BEN)


def shown() -> Scene:
    """Since 10, Cika and Dewi show that they are with Ben."""
    return speaking().when(CIKA, WITH_YOU, at=10).when(DEWI, WITH_YOU)


def test_the_speaker_sees_how_many_and_nobody_else_anything() -> None:
    scene = shown().then(Signalled(DEWI, SilentSignal.WITH_YOU))
    assert scene.you(BEN).signals == {SilentSignal.WITH_YOU: 2}
    assert all(scene.you(seat).signals == {} for seat in (ADA, CIKA, DEWI))
    seen = see(speaking().state, None)
    assert see(scene.state, seen).circle == seen.circle
    assert see(scene.state, seen).lead == seen.lead


def test_the_last_one_of_each_person_counts() -> None:
    assert shown().when(CIKA, LOUDER).you(BEN).signals == {SilentSignal.WITH_YOU: 1, SilentSignal.LOUDER: 1}


def test_it_is_gone_after_twenty_seconds() -> None:
    scene = speaking().when(CIKA, WITH_YOU, at=10).when(DEWI, LOUDER, at=15)
    scene.wait(29.9).then()
    assert scene.wait(30).then(SignalsForgotten((CIKA,))).you(BEN).signals == {SilentSignal.LOUDER: 1}
    scene.wait(30).wait(35).then(SignalsForgotten((DEWI,)))


def test_shown_again_it_lasts_longer() -> None:
    scene = speaking().when(CIKA, WITH_YOU, at=10).when(CIKA, WITH_YOU, at=20)
    scene.wait(39.9).then()
    scene.wait(40).then(SignalsForgotten((CIKA,)))


def test_it_is_gone_when_the_turn_is_over_or_stands() -> None:
    for by, command in ((BEN, FinishTurn("t1")), (ADA, PauseTurn("t1")), (BEN, Leave())):
        scene = shown().when(by, command)
        assert scene.of(SignalsForgotten) == [SignalsForgotten((CIKA, DEWI))]
        assert scene.state.live.signals == {}


def test_a_silence_is_a_good_moment_for_one() -> None:
    scene = shown().when(BEN, HoldSilence("t1")).when(ADA, WITH_YOU)
    assert scene.you(BEN).signals == {SilentSignal.WITH_YOU: 3}


def test_who_leaves_takes_theirs_along() -> None:
    assert shown().when(CIKA, Leave()).you(BEN).signals == {SilentSignal.WITH_YOU: 1}


def test_only_to_somebody_else_who_is_heard() -> None:
    speaking().when(BEN, WITH_YOU).refused(Code.HAS_FLOOR)
    given(ADA, BEN).when(BEN, WITH_YOU).refused(Code.NO_TURN)
    given(ADA, BEN).offered(BEN).when(ADA, WITH_YOU).refused(Code.NO_TURN)
    speaking().when(ADA, PauseTurn("t1")).when(CIKA, WITH_YOU).refused(Code.NO_TURN)
    speaking().joins("eka").when("eka", WITH_YOU).refused(Code.NOT_ADMITTED)
    assert "send-signal" in speaking().may(CIKA)
    assert "send-signal" not in speaking().may(BEN)


def test_where_several_speak_each_of_them_sees_it() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=2))
    scene = scene.when(BEN, TakeFloor()).when(CIKA, TakeFloor()).when(ADA, LOUDER)
    assert scene.you(BEN).signals == scene.you(CIKA).signals == {SilentSignal.LOUDER: 1}
    assert scene.when(BEN, FinishTurn("t1")).you(CIKA).signals == {SilentSignal.LOUDER: 1}


def test_what_was_there_before_a_voice_began_was_not_for_it() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=2)).when(BEN, TakeFloor())
    scene = scene.when(ADA, LOUDER, at=10).when(CIKA, TakeFloor(), at=15)
    assert (scene.you(BEN).signals, scene.you(CIKA).signals) == ({SilentSignal.LOUDER: 1}, {})
    assert scene.when(ADA, LOUDER, at=16).you(CIKA).signals == {SilentSignal.LOUDER: 1}


def test_nothing_of_it_is_written() -> None:
    scene = shown()
    assert scene.journal == speaking().journal
    assert RoomState(scene.state.plan, scene.state.kept).live.signals == {}
