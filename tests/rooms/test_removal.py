"""Removing somebody: who may, when two have to agree, and how it is undone."""

from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptAgreement,
    CallOn,
    KeepSeat,
    Leave,
    NameSuccessor,
    PauseRoom,
    RaiseHand,
    Remove,
    ResumeRoom,
    StepDown,
    UndoRemoval,
)
from protocol.errors import Code
from protocol.views import Deed, Role
from rooms.asks import Join, Restart
from rooms.events import (
    End,
    NameKept,
    NamesForgotten,
    NoteForgotten,
    OfferPassed,
    Parting,
    ProposalEnded,
    ReasonForgotten,
    ReasonGiven,
    Recalled,
    RemovalProposed,
    SeatEnded,
    SeatForgotten,
    SeatRestored,
    SetAside,
    TurnEnded,
)
from rooms.privates import Privates
from rooms.rules.removal import reason
from rooms.rules.seats import MOST_REMOVED
from rooms.state import SEAT_LIMIT, RoomState
from rooms.view import Sight, see
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, HADI, HANA, NOBODY, PLAN, SERVER, Scene, doors, empty, given

TWO = replace(PLAN, two_to_remove=True)


def removed(seat: str) -> tuple[Any, ...]:
    """What happens to somebody without hand, turn or proposal."""
    return NameKept(seat), SeatEnded(seat, Parting.REMOVED), SeatForgotten(seat)


def ended(seat: str) -> tuple[Any, ...]:
    return ProposalEnded(seat), ReasonForgotten(seat)


# By one


def test_a_removed_person_is_gone_with_everything() -> None:
    scene = given(ADA, BEN).speaks(BEN).when(ADA, Remove(BEN, "shouting"))
    scene.then(TurnEnded("t1", End.REVOKED), *removed(BEN))
    assert BEN not in scene.state.kept.seats
    assert BEN not in {*scene.state.live.names, *scene.state.live.presence}
    assert scene.circle.circle == [ADA]
    scene.returns(BEN).refused(Code.NO_ENTRY)


def test_somebody_at_the_door_can_be_removed() -> None:
    doors(ADA).joins(BEN).when(ADA, Remove(BEN, "shouting")).then(*removed(BEN))


def test_a_removed_person_is_offered_nothing() -> None:
    scene = given(ADA, BEN).when(ADA, CallOn(BEN)).when(ADA, Remove(BEN, ""))
    scene.then(OfferPassed("t1"), NoteForgotten("h1"), *removed(BEN))


WHO_MAY = [
    (BEN, CIKA, Code.FORBIDDEN),
    (ADA, ADA, Code.SELF),
    (ADA, HANA, Code.FORBIDDEN),
    (HANA, HANA, Code.SELF),
    (ADA, NOBODY, Code.NO_SEAT),
    (ADA, AGUS, None),
    (HANA, ADA, None),
    (HANA, HADI, None),
]


@pytest.mark.parametrize(("by", "whom", "code"), WHO_MAY)
def test_who_may_remove_whom(by: str, whom: str, code: Code | None) -> None:
    scene = given(ADA, AGUS, HANA, HADI, BEN, CIKA).when(by, Remove(whom, ""))
    assert scene.code is code


def test_the_room_and_those_who_lead_see_it() -> None:
    scene = given(ADA, BEN).when(ADA, Remove(BEN, "shouting"), at=40)
    [act] = scene.acts
    assert (act.done, act.by, act.who, act.seat, act.whom, act.at) == (Deed.REMOVED, ADA, "Ada", BEN, "Ben", 40)
    shown = scene.lead.removed[BEN]
    assert (shown.number, shown.at, shown.role, shown.personal, shown.name) == (1, 40, Role.PARTICIPANT, False, "Ben")
    assert "shouting" not in repr(scene.state)


def test_the_name_is_forgotten_after_ten_minutes_and_the_removal_with_the_meeting() -> None:
    scene = given(ADA, BEN).when(ADA, Remove(BEN, ""), at=40)
    scene.wait(639.9).then()
    later = scene.wait(640).then(NamesForgotten((BEN,)))
    assert later.lead.removed[BEN].name is UNSET
    assert later.state.live.gone == {}
    assert later.wait(9000).lead.removed[BEN].number == 1


def test_after_a_restart_there_is_a_removal_without_a_name() -> None:
    scene = given(ADA, BEN).when(ADA, Remove(BEN, "")).wait(50)
    again = Scene(RoomState(PLAN, scene.state.kept), 60).when(SERVER, Restart()).returns(ADA)
    assert again.lead.removed[BEN].name is UNSET
    back = again.when(ADA, UndoRemoval(BEN)).then(SeatRestored(BEN), Recalled(BEN))
    assert back.circle.people[BEN].name is UNSET
    nameless = Scene(RoomState(PLAN, given(ADA, BEN).state.kept)).when(SERVER, Restart()).returns(ADA)
    nameless.when(ADA, Remove(BEN, "")).then(SeatEnded(BEN, Parting.REMOVED), SeatForgotten(BEN))


def test_of_very_many_removals_the_last_can_be_undone() -> None:
    scene = doors(ADA)
    seats = [f"troll{n}" for n in range(MOST_REMOVED + 1)]
    for seat in seats:
        scene = scene.joins(seat).when(ADA, Remove(seat, ""))
    assert list(scene.state.kept.removed) == seats[1:]
    assert len(scene.state.live.acts) == 20


# By two


def two(*others: str) -> Scene:
    """Two have to agree; Ada and Hana lead."""
    return given(ADA, HANA, BEN, CIKA, *others, of=TWO)


def test_the_first_proposes_it_and_the_second_carries_it() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"), at=40)
    scene.then(RemovalProposed(BEN, ADA, 100), ReasonGiven(BEN, "shouting"))
    assert scene.acts == ()
    shown = scene.lead.proposals[BEN]
    assert (shown.by, shown.until, shown.reason) == (ADA, 100, "shouting")
    carried = scene.when(HANA, Remove(BEN, "yes"), at=50).then(*ended(BEN), *removed(BEN))
    assert [(act.done, act.who, act.whom) for act in carried.acts] == [(Deed.REMOVED, "Hana", "Ben")]
    assert carried.lead.proposals == {}
    assert carried.state.live.reasons == {}


def test_the_person_is_told_the_first_reason() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"))
    assert reason(scene.state, Remove(BEN, "yes")) == "shouting"
    assert reason(two().when(ADA, Remove(BEN, "")).state, Remove(BEN, "yes")) == "yes"
    assert reason(two().state, Remove(BEN, "alone")) == "alone"


def test_the_same_one_cannot_carry_it_and_says_nothing_new() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"), at=40)
    scene.when(ADA, Remove(BEN, "still"), at=50).then()
    assert scene.when(ADA, Remove(BEN, "still")).lead.proposals[BEN].reason == "shouting"


def test_it_lapses_by_itself() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"), at=40)
    scene.wait(99.9).then()
    lapsed = scene.wait(100).then(*ended(BEN))
    assert lapsed.state.live.reasons == {}
    lapsed.when(HANA, Remove(BEN, "yes")).then(RemovalProposed(BEN, HANA, 160), ReasonGiven(BEN, "yes"))


@pytest.mark.parametrize("by", [ADA, HANA])
def test_everybody_who_leads_can_take_it_back(by: str) -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"), at=40)
    kept = scene.when(by, KeepSeat(BEN)).then(*ended(BEN))
    assert kept.acts == ()
    kept.when(by, KeepSeat(BEN)).refused(Code.NOT_PROPOSED)


def test_what_cannot_be_taken_back() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"))
    scene.when(HANA, KeepSeat(CIKA)).refused(Code.NOT_PROPOSED)
    scene.when(HANA, KeepSeat(NOBODY)).refused(Code.NO_SEAT)
    scene.when(CIKA, KeepSeat(BEN)).refused(Code.FORBIDDEN)
    two().when(ADA, KeepSeat(BEN)).refused(Code.NOT_PROPOSED)


@pytest.mark.parametrize("seat", [BEN, AGUS])
def test_whom_it_is_about_sees_nothing_of_it(seat: str) -> None:
    before = two(AGUS)
    scene = before.when(ADA, Remove(seat, "planted"))
    assert scene.view(scene.sight(seat)) == before.view(before.sight(seat))
    assert scene.you(seat) == before.you(seat)
    assert "planted" not in repr(scene.view(scene.sight(seat)))
    assert scene.lead.proposals[seat].reason == "planted"
    scene.when(seat, KeepSeat(seat)).refused(before.when(seat, KeepSeat(seat)).code or Code.INTERNAL)
    assert Privates(scene.state).same(seat, Privates(before.state)) or scene.you(seat) == before.you(seat)


def test_whom_it_is_about_among_those_who_lead_has_a_sight_of_their_own() -> None:
    scene = two(AGUS).when(ADA, Remove(AGUS, ""))
    assert (scene.sight(AGUS), scene.sight(HANA)) == (Sight.APART, Sight.LEAD)
    assert "keep-seat" in scene.may(HANA)
    assert "keep-seat" not in scene.may(AGUS)
    assert scene.when(HANA, KeepSeat(AGUS)).sight(AGUS) is Sight.LEAD


def test_nor_of_the_others_then() -> None:
    before = two(AGUS).when(ADA, Remove(BEN, ""))
    scene = before.when(ADA, Remove(AGUS, ""))
    assert ("keep-seat" in before.may(AGUS), "keep-seat" in scene.may(AGUS)) == (True, False)
    assert not Privates(scene.state).same(AGUS, Privates(before.state))


@pytest.mark.parametrize(
    "scene",
    [
        given(ADA, BEN, of=TWO),  # nobody else leads
        given(ADA, HANA, BEN, of=TWO).drops(HANA),  # nobody else is here
        given(ADA, BEN, of=TWO).joins(AGUS),  # at the door
        given(ADA, HANA, BEN),  # the room does not want it
    ],
)
def test_whoever_is_alone_does_not_need_another(scene: Scene) -> None:
    scene.when(ADA, Remove(BEN, "")).then(*removed(BEN))


def test_not_even_of_the_two_the_one_whom_it_is_about() -> None:
    given(ADA, AGUS, of=TWO).when(ADA, Remove(AGUS, "")).then(*removed(AGUS))


def test_whoever_proposed_it_and_is_left_alone_does_not_have_to_wait() -> None:
    two().when(ADA, Remove(BEN, "")).drops(HANA).when(ADA, Remove(BEN, "")).then(*ended(BEN), *removed(BEN))


def test_who_only_took_over_need_not_be_asked_but_may_carry_it() -> None:
    took = given(ADA, HANA, BEN, CIKA, of=TWO).when(ADA, NameSuccessor(CIKA)).drops(HANA, at=50).drops(ADA, at=100)
    took = took.wait(130).returns(ADA, at=140)
    assert took.state.kept.seats[CIKA].acting
    took.when(ADA, Remove(BEN, "")).then(*removed(BEN))
    proposed = took.when(CIKA, Remove(BEN, ""))
    proposed.then(RemovalProposed(BEN, CIKA, 200), ReasonGiven(BEN, ""))
    down = proposed.when(CIKA, StepDown())
    assert down.of(ProposalEnded) == [ProposalEnded(BEN)]
    assert down.state.live.reasons == {}
    ours = took.returns(HANA).when(ADA, Remove(BEN, ""))
    ours.when(CIKA, Remove(BEN, "")).then(*ended(BEN), *removed(BEN))


def test_a_proposal_ends_with_either_of_the_two() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"))
    assert scene.when(BEN, Leave()).of(ProposalEnded, ReasonForgotten) == list(ended(BEN))
    left = scene.when(ADA, Leave())
    assert left.of(ProposalEnded, ReasonForgotten) == list(ended(BEN))
    assert left.state.kept.seats[BEN].inside


def test_while_the_room_stands_still_it_waits_too() -> None:
    scene = two().when(ADA, Remove(BEN, ""), at=40).when(ADA, PauseRoom(), at=50)
    scene.wait(500).then()
    on = scene.when(ADA, ResumeRoom(), at=550)
    assert on.lead.proposals[BEN].until == 600
    on.wait(600).then(*ended(BEN))
    begun = two().when(ADA, PauseRoom(), at=50).when(ADA, Remove(BEN, ""), at=500)
    assert begun.when(ADA, ResumeRoom(), at=550).lead.proposals[BEN].until == 610


def test_it_outlives_a_restart_without_its_reason() -> None:
    scene = two().when(ADA, Remove(BEN, "shouting"), at=40)
    again = Scene(RoomState(TWO, scene.state.kept), 50).when(SERVER, Restart()).returns(ADA).returns(HANA)
    assert again.lead.proposals[BEN].reason == ""
    assert again.when(HANA, Remove(BEN, "yes")).of(SeatEnded) == [SeatEnded(BEN, Parting.REMOVED)]


# Undone


def test_an_undone_removal_gives_the_seat_back_as_it_was() -> None:
    before = given(ADA, BEN, CIKA, DEWI).speaks(CIKA).wait(65).raises(BEN)
    gone = before.when(ADA, Remove(CIKA, ""), at=70)
    taken = gone.state.kept.removed[CIKA].seat
    back = gone.when(ADA, UndoRemoval(CIKA), at=80).then(SeatRestored(CIKA), Recalled(CIKA))
    assert back.state.kept.seats[CIKA] == taken
    assert replace(taken, turns=0, spoken=0.0) == before.state.kept.seats[CIKA]
    assert (taken.turns, taken.spoken) == (1, 65)
    assert back.circle.circle == [ADA, BEN, CIKA, DEWI]
    assert (back.circle.people[CIKA].name, back.circle.people[CIKA].present) == ("Cika", False)
    assert back.lead.removed == {}
    assert back.state.live.gone == {}
    assert [(act.done, act.whom) for act in back.acts] == [(Deed.RESTORED, "Cika")]
    assert back.returns(CIKA).circle.people[CIKA].present
    assert back.returns(CIKA).raises(CIKA).queue[-1] == CIKA


def test_it_counts_as_gone_from_then_on() -> None:
    scene = given(ADA, BEN).when(ADA, Remove(BEN, ""), at=10).when(ADA, UndoRemoval(BEN), at=50)
    scene.wait(169).then()
    scene.wait(170).then(SetAside(BEN))


def test_a_place_at_the_door_is_given_back_too() -> None:
    scene = doors(ADA).joins(BEN).when(BEN, AcceptAgreement(1)).when(ADA, Remove(BEN, "")).when(ADA, UndoRemoval(BEN))
    assert scene.lead.waiting[BEN].agreed
    assert scene.circle.circle == [ADA]
    assert scene.wait(120).of(SeatEnded) == [SeatEnded(BEN, Parting.GONE)]


def test_several_are_back_in_their_places_in_any_order() -> None:
    scene = given(ADA, BEN, CIKA, DEWI).when(ADA, Remove(BEN, "")).when(ADA, Remove(CIKA, ""))
    for order in ((BEN, CIKA), (CIKA, BEN)):
        back = scene
        for seat in order:
            back = back.when(ADA, UndoRemoval(seat))
        assert back.circle.circle == [ADA, BEN, CIKA, DEWI]


@pytest.mark.parametrize(("by", "whom", "code"), [row for row in WHO_MAY if row[0] != row[1]])
def test_who_may_undo_is_who_may_remove(by: str, whom: str, code: Code | None) -> None:
    scene = given(HANA, HADI, ADA, AGUS, BEN, CIKA)
    for seat, remover in ((whom, HANA if whom != HANA else HADI),):
        scene = scene.when(remover, Remove(seat, ""))
    expected = {Code.NO_SEAT: Code.NOT_REMOVED}.get(code, code) if code else None
    assert scene.when(by, UndoRemoval(whom)).code is expected


def test_nothing_to_undo() -> None:
    given(ADA, BEN).when(ADA, UndoRemoval(BEN)).refused(Code.NOT_REMOVED)
    scene = given(ADA, BEN, CIKA).when(ADA, Remove(BEN, ""))
    scene.when(ADA, UndoRemoval(CIKA)).refused(Code.NOT_REMOVED)
    assert "undo-removal" in scene.may(ADA)
    assert "undo-removal" not in scene.when(ADA, UndoRemoval(BEN)).may(ADA)


def test_a_second_undo_finds_nothing() -> None:
    scene = given(ADA, BEN).when(ADA, Remove(BEN, "")).when(ADA, UndoRemoval(BEN))
    scene.when(ADA, UndoRemoval(BEN)).refused(Code.NOT_REMOVED)


def test_who_only_took_over_does_not_give_back_who_leads() -> None:
    took = given(ADA, AGUS, BEN, CIKA).when(ADA, NameSuccessor(CIKA)).when(ADA, Remove(AGUS, "")).drops(ADA, at=100)
    took.wait(130).when(CIKA, UndoRemoval(AGUS)).refused(Code.FORBIDDEN)


def test_a_crowded_meeting_gives_no_seat_back() -> None:
    scene = doors(ADA, BEN).when(ADA, Remove(BEN, ""))
    crowd = scene.joins(*(f"s{n}" for n in range(SEAT_LIMIT - 1)))
    crowd.when(ADA, UndoRemoval(BEN)).refused(Code.FULL)


def test_a_role_is_given_back() -> None:
    scene = given(HANA, ADA, BEN).when(HANA, Remove(ADA, "")).when(HANA, UndoRemoval(ADA)).returns(ADA)
    assert scene.sight(ADA) is Sight.LEAD
    assert scene.when(ADA, PauseRoom()).code is None


# Again at the door


def test_by_the_rooms_link_a_removed_person_stands_at_the_door() -> None:
    scene = (
        given(ADA, BEN).when(ADA, Remove(BEN, "")).when(SERVER, Join("again", Role.PARTICIPANT, "Ben", "participant.1"))
    )
    assert not scene.you("again").admitted
    assert BEN in scene.lead.removed


def test_a_removed_facilitator_does_not_walk_in_by_the_link_before_it_is_renewed() -> None:
    scene = given(HANA, BEN).when(SERVER, Join(ADA, Role.FACILITATOR, "Ada", "facilitator.1"))
    scene = scene.when(ADA, AcceptAgreement(1)).when(HANA, Remove(ADA, ""))
    scene = scene.when(SERVER, Join("again", Role.FACILITATOR, "Ada", "facilitator.1"))
    assert not scene.you("again").admitted
    assert not scene.when(HANA, Leave()).you("again").admitted  # nor when nobody is left to say so
    assert scene.when(SERVER, Join(AGUS, Role.FACILITATOR, "Agus", "facilitator.2")).you(AGUS).admitted


def test_views_share_what_did_not_change() -> None:
    scene = two().when(ADA, Remove(CIKA, "")).when(HANA, Remove(CIKA, "")).when(ADA, Remove(BEN, "x"))
    seen = see(scene.state, None)
    after = see(scene.when(HANA, RaiseHand()).state, seen)
    assert after.lead.removed is seen.lead.removed
    assert after.lead.proposals is seen.lead.proposals
    assert after.circle.acts is seen.circle.acts
    assert after.circle.lately is seen.circle.lately
    kept = see(scene.when(HANA, KeepSeat(BEN)).state, seen)
    assert kept.apart is kept.lead
    assert kept.circle == seen.circle
    assert empty().lead.removed == {}
