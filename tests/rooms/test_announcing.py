"""What a host says from outside, and that no host comes in unnoticed."""

import pytest
from msgspec import UNSET

from protocol import commands as c
from protocol.announcement import Announcement
from protocol.views import Deed
from rooms.asks import Announce, Restart, TakeDown
from rooms.events import Announced, AnnouncementEnded
from rooms.fallback import fall_back
from rooms.rules.announcing import SHOWN
from rooms.state import RoomState
from rooms.view import see
from tests.given import ADA, AGREEMENT, BEN, CIKA, HADI, HANA, PLAN, SERVER, Scene, doors, empty, given

WORDS = "Pukul delapan kita berkumpul lagi."


def announced(id: str = "n1") -> Scene:
    return given(ADA, BEN).wait(100).when(SERVER, Announce(id, WORDS))


def test_everybody_inside_sees_it_and_nobody_at_the_door() -> None:
    shown = Announcement("n1", WORDS, 100.0)
    scene = announced().then(Announced(shown)).joins(CIKA)
    seen = see(scene.state, None)
    assert seen.circle.announcement == seen.lead.announcement == seen.apart.announcement == shown
    assert WORDS not in repr(seen.door)
    assert [(act.done, act.by, act.who) for act in announced().acts] == [(Deed.ANNOUNCED, UNSET, "")]


@pytest.mark.parametrize("scene", [empty(), doors(ADA, BEN)])
def test_it_is_there_for_whoever_comes_later(scene: Scene) -> None:
    later = scene.when(SERVER, Announce("n1", WORDS)).comes_in(ADA if scene == empty() else CIKA)
    assert later.circle.announcement == Announcement("n1", WORDS, 0.0)


def test_a_newer_one_takes_its_place_and_only_the_one_that_stands_is_taken_down() -> None:
    scene = announced().when(SERVER, Announce("n2", "Lima menit lagi."), at=200)
    assert scene.circle.announcement == Announcement("n2", "Lima menit lagi.", 200.0)
    assert scene.when(SERVER, TakeDown("n1")).then().circle.announcement != UNSET
    assert scene.when(SERVER, TakeDown("n2")).then(AnnouncementEnded()).circle.announcement is UNSET
    assert given(ADA).when(SERVER, TakeDown("n1")).then().acts == ()


def test_it_is_there_for_ten_minutes() -> None:
    assert announced().wait(100 + SHOWN - 0.1).circle.announcement is not UNSET
    assert announced().wait(100 + SHOWN).then(AnnouncementEnded()).circle.announcement is UNSET


def test_it_is_never_written_and_gone_after_a_restart() -> None:
    scene = announced()
    assert scene.journal == given(ADA, BEN).journal
    assert Scene(RoomState(PLAN, scene.state.kept)).when(SERVER, Restart()).circle.announcement is UNSET


def test_a_write_that_failed_takes_nothing_of_it() -> None:
    before, after = given(ADA, BEN).state, announced().raises(BEN).state
    assert fall_back(before, after, {ADA, BEN}, 120).live.announcement == Announcement("n1", WORDS, 100.0)
    taken_down = announced().when(SERVER, TakeDown("n1")).raises(BEN).state
    assert fall_back(announced().state, taken_down, {ADA, BEN}, 120).live.announcement is None


def came_in(scene: Scene) -> list[tuple[Deed, object, str]]:
    return [(act.done, act.by, act.who) for act in scene.acts if act.done is Deed.CAME_IN]


def test_a_host_who_comes_in_by_the_link_is_told() -> None:
    joined = given(ADA, BEN).joins(HANA)
    assert came_in(joined) == []
    scene = joined.when(HANA, c.AcceptAgreement(AGREEMENT.version))
    assert came_in(scene) == [(Deed.CAME_IN, HANA, "Hana")]
    assert scene.circle.people[HANA].role == "host"
    assert came_in(scene.drops(HANA).returns(HANA)) == []


def test_a_second_host_is_told_when_somebody_has_let_them_in() -> None:
    waits = given(ADA, HANA).joins(HADI).when(HADI, c.AcceptAgreement(AGREEMENT.version))
    assert came_in(waits) == []
    assert came_in(waits.when(ADA, c.Admit(HADI))) == [(Deed.CAME_IN, HADI, "Hadi")]
    first = given(ADA, HANA).joins(HADI).when(ADA, c.Admit(HADI))
    assert came_in(first) == []
    assert came_in(first.when(HADI, c.AcceptAgreement(AGREEMENT.version))) == [(Deed.CAME_IN, HADI, "Hadi")]


def test_nobody_else_is() -> None:
    assert came_in(given(ADA, BEN).comes_in(CIKA)) == []
