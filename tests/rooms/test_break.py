"""A break: planned until a moment, and over when those who lead, or all who are back, say so."""

from typing import Any

import pytest
from msgspec.structs import replace

from protocol.commands import Admit, BeginBreak, BeginSilence, Leave, PauseRoom, ResumeRoom, SayReady, SetPhase
from protocol.errors import Code
from protocol.formats import Movement, Mover
from protocol.views import Hold
from rooms.events import (
    HoldEnded,
    PhaseBegan,
    ReadyForgotten,
    RoomHeld,
    SaidReady,
    SpeakerReturned,
    TurnPaused,
)
from tests.given import ADA, BEN, CIKA, PHASE, Scene, doors, given, room


def having() -> Scene:
    """A break from 10 to 310."""
    return given(ADA, BEN, CIKA).when(ADA, BeginBreak(300), at=10)


def test_a_break_is_planned_until_a_moment_and_does_not_end_by_itself() -> None:
    scene = having().then(RoomHeld(Hold.BREAK, until=310))
    assert (scene.circle.hold, scene.circle.hold_until) == (Hold.BREAK, 310)
    scene.wait(2000).then()
    scene.when(ADA, ResumeRoom(), at=400).then(HoldEnded())


def test_also_over_a_turn_which_goes_on_afterwards() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, BeginBreak(300), at=105)
    scene.then(RoomHeld(Hold.BREAK, "t1", until=405), TurnPaused("t1"))
    scene.when(ADA, ResumeRoom(), at=420).then(HoldEnded(), SpeakerReturned("t1", 440))


def test_everybody_says_when_they_are_back() -> None:
    scene = having().when(CIKA, SayReady(), at=100).then(SaidReady(CIKA))
    assert scene.circle.ready == [CIKA]
    scene.when(CIKA, SayReady()).then()
    both = scene.when(BEN, SayReady())
    assert both.circle.ready == [BEN, CIKA]
    on = both.when(ADA, ResumeRoom(), at=300).then(HoldEnded(), ReadyForgotten())
    assert on.circle.ready == []


def test_of_a_break_that_was_only_begun_those_who_lead_say_the_end() -> None:
    having().when(ADA, SayReady()).when(BEN, SayReady()).when(CIKA, SayReady()).then(SaidReady(CIKA))


@pytest.mark.parametrize(
    "scene", [given(ADA, BEN), given(ADA, BEN).when(ADA, BeginSilence(60)), given(ADA, BEN).when(ADA, PauseRoom())]
)
def test_only_in_a_break(scene: Scene) -> None:
    scene.when(BEN, SayReady()).refused(Code.NOT_HELD)
    assert "say-ready" not in scene.may(BEN)
    assert "say-ready" in having().may(BEN)


def test_a_pause_takes_over_and_nobody_is_asked_to_be_back() -> None:
    scene = having().when(CIKA, SayReady()).when(ADA, PauseRoom(), at=100)
    scene.then(RoomHeld(Hold.PAUSED), ReadyForgotten())
    scene.when(BEN, SayReady()).refused(Code.NOT_HELD)


def test_whoever_leaves_is_not_waited_for() -> None:
    assert having().when(CIKA, SayReady()).when(CIKA, Leave()).circle.ready == []


def test_who_begins_one_and_when() -> None:
    given(ADA, BEN).when(BEN, BeginBreak(60)).refused(Code.FORBIDDEN)
    doors(ADA).when(ADA, BeginBreak(60)).refused(Code.NOT_OPEN)
    having().when(ADA, BeginBreak(60)).refused(Code.HELD)


def test_without_anybody_who_leads_the_room_stands_still_after_it() -> None:
    scene = having().when(BEN, SayReady()).drops(ADA, at=50)
    assert scene.wait(309.9).circle.hold is Hold.BREAK
    lost = scene.wait(309.9).wait(310).then(RoomHeld(Hold.LOST), ReadyForgotten())
    back = lost.returns(ADA, at=400)
    assert back.said[-1] == HoldEnded()


def test_or_later_when_they_are_lost_later() -> None:
    having().drops(ADA, at=300).wait(329.9).then()
    having().drops(ADA, at=300).wait(330).then(RoomHeld(Hold.LOST))
    having().drops(ADA, at=400).wait(430).then(RoomHeld(Hold.LOST))


def test_people_may_come_in_meanwhile() -> None:
    scene = having().joins("eka")
    assert scene.when(ADA, Admit("eka")).code is None
    scene.when(ADA, PauseRoom()).when(ADA, Admit("eka")).refused(Code.HELD)


# A phase that is a break

BREAK = replace(PHASE, name="break", floor=Movement.BREAK, box=300)
SHARING = replace(PHASE, name="sharing")


def phase(**changes: Any) -> Scene:
    """It begins at 100, after some sharing, and is followed by the rest."""
    of = room(SHARING, replace(BREAK, **changes), replace(SHARING, name="sharing-2"))
    return given(ADA, BEN, CIKA, of=of).when(ADA, SetPhase("break"), at=100)


def test_it_begins_with_its_phase() -> None:
    scene = phase().then(PhaseBegan("break"), RoomHeld(Hold.BREAK, until=400))
    scene.wait(2000).then()
    scene.when(ADA, ResumeRoom(), at=500).wait(900).then()


def test_where_the_format_says_so_it_goes_on_when_everybody_is_back() -> None:
    scene = phase(moves_on=Mover.ITSELF).when(ADA, SayReady(), at=200).when(BEN, SayReady(), at=210)
    scene.wait(399).then()
    done = scene.when(CIKA, SayReady(), at=410)
    done.then(SaidReady(CIKA), HoldEnded(), ReadyForgotten(), PhaseBegan("sharing-2"))


def test_or_when_the_last_who_is_not_has_dropped() -> None:
    scene = phase(moves_on=Mover.ITSELF).when(ADA, SayReady(), at=200).when(BEN, SayReady(), at=210)
    assert scene.drops(CIKA, at=300).of(HoldEnded) == [HoldEnded()]


def test_nobody_is_there_and_nobody_said_so() -> None:
    scene = phase(moves_on=Mover.ITSELF).drops(CIKA, at=110).drops(BEN, at=111).drops(ADA, at=112)
    assert scene.wait(390).circle.hold is Hold.BREAK


def test_another_break_in_another_phase_is_not_ended_by_that() -> None:
    of = room(replace(PHASE, name="round", floor=Movement.ROUND, moves_on=Mover.ITSELF), SHARING)
    scene = given(ADA, BEN, of=of).when(ADA, BeginBreak(60)).when(ADA, SayReady()).when(BEN, SayReady())
    assert scene.circle.hold is Hold.BREAK


def test_and_only_where_the_format_says_so() -> None:
    scene = phase().when(ADA, SayReady()).when(BEN, SayReady()).when(CIKA, SayReady())
    assert scene.circle.hold is Hold.BREAK


def test_moving_on_ends_it() -> None:
    scene = phase().when(BEN, SayReady()).when(ADA, SetPhase("sharing-2"), at=150)
    assert scene.of(HoldEnded, PhaseBegan, ReadyForgotten) == [HoldEnded(), PhaseBegan("sharing-2"), ReadyForgotten()]
