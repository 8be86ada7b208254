"""The meeting opens and closes."""

import pytest

from protocol.commands import CloseMeeting, OpenMeeting, RaiseHand
from protocol.errors import Code
from protocol.views import MeetingState
from rooms import core
from rooms.asks import Close, Join, Return
from rooms.events import AllForgotten, MeetingClosed, MeetingOpened, PhaseBegan
from rooms.state import Kept, Live
from tests.given import ADA, BEN, CIKA, DEWI, HANA, ROLES, SERVER, doors, given


def test_a_facilitator_opens_the_meeting() -> None:
    scene = doors(ADA, BEN).when(ADA, OpenMeeting(), at=7).then(MeetingOpened(), PhaseBegan("sharing"))
    assert scene.circle.meeting is MeetingState.OPEN
    assert (scene.circle.phase, scene.circle.phase_since) == ("sharing", 7)


def test_a_host_opens_the_meeting() -> None:
    doors(HANA).when(HANA, OpenMeeting()).then(MeetingOpened(), PhaseBegan("sharing"))


def test_it_opens_once() -> None:
    given(ADA).when(ADA, OpenMeeting()).refused(Code.ALREADY_OPEN)


def test_before_it_opens_nobody_raises_a_hand() -> None:
    doors(ADA, BEN).when(BEN, RaiseHand()).refused(Code.NOT_OPEN)


def test_a_participant_neither_opens_nor_closes() -> None:
    doors(ADA, BEN).when(BEN, OpenMeeting()).refused(Code.FORBIDDEN)
    given(ADA, BEN).when(BEN, CloseMeeting()).refused(Code.FORBIDDEN)


@pytest.mark.parametrize(("by", "how"), [(ADA, CloseMeeting()), (SERVER, Close())])
def test_closing_leaves_nothing(by: str, how: object) -> None:
    scene = given(ADA, BEN, CIKA, DEWI).raises(CIKA).speaks(CIKA).raises(DEWI).drops(BEN).joins("late")
    closed = scene.when(by, how).then(MeetingClosed(), AllForgotten())
    assert closed.state.kept == Kept(closed=True)
    assert closed.state.live == Live()
    assert core.alarm(closed.state) is None


def test_a_meeting_can_be_closed_before_it_opened() -> None:
    doors(ADA).when(ADA, CloseMeeting()).then(MeetingClosed(), AllForgotten())


def test_nobody_enters_or_comes_back_after_the_end() -> None:
    closed = given(ADA, BEN).when(ADA, CloseMeeting())
    closed.when(SERVER, Join(CIKA, ROLES[ADA], "Cika")).refused(Code.NO_ENTRY)
    closed.when(SERVER, Return(BEN, "Ben")).refused(Code.NO_ENTRY)
    closed.drops(BEN).then()
    closed.when(BEN, RaiseHand()).refused(Code.NO_SEAT)
