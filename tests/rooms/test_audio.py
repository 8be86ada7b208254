"""Who may be heard, and by whom: the seam that media obeys."""

from protocol.commands import FinishTurn, Leave, PauseTurn, Remove, ResumeTurn
from rooms.audio import audible, listeners
from tests.given import ADA, BEN, CIKA, Scene, given


def heard(scene: Scene) -> frozenset[str]:
    return audible(scene.state)


def test_nobody_is_heard_while_the_floor_is_free_or_only_offered() -> None:
    assert heard(given(ADA, BEN)) == frozenset()
    assert heard(given(ADA, BEN).offered(BEN)) == frozenset()


def test_only_the_speaker_is_heard_also_in_grace() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN)
    assert heard(scene) == {BEN}
    assert heard(scene.wait(306)) == {BEN}
    assert heard(scene.wait(1000)) == {BEN}


def test_a_standing_turn_is_not_heard() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN)
    assert heard(scene.when(ADA, PauseTurn("t1"))) == frozenset()
    assert heard(scene.when(ADA, PauseTurn("t1")).when(ADA, ResumeTurn("t1"))) == {BEN}
    assert heard(scene.drops(BEN)) == frozenset()
    assert heard(scene.drops(BEN).returns(BEN)) == frozenset()


def test_an_ended_turn_is_not_heard() -> None:
    scene = given(ADA, BEN, CIKA).speaks(BEN)
    assert heard(scene.when(BEN, FinishTurn("t1"))) == frozenset()
    assert heard(scene.when(BEN, Leave())) == frozenset()
    assert heard(scene.when(ADA, Remove(BEN, ""))) == frozenset()


def test_who_is_inside_and_here_hears() -> None:
    scene = given(ADA, BEN, CIKA).joins("late").drops(CIKA)
    assert listeners(scene.state) == {ADA, BEN}
    assert listeners(scene.when(BEN, Leave()).state) == {ADA}
