"""What people are shown: three sights, the private part, and what is shared from one view to the next."""

import weakref

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    Admit,
    AnswerDoor,
    CallOn,
    CloseQueue,
    FinishTurn,
    LowerHand,
    NameSuccessor,
    OpenMeeting,
    PassFloor,
    PassRound,
    PauseRoom,
    PauseTurn,
    RaiseHand,
    ReopenQueue,
    ResumeTurn,
)
from protocol.formats import Movement
from protocol.views import Role, TurnState
from rooms.asks import Join, Restart
from rooms.privates import Privates
from rooms.state import RoomState
from rooms.view import Sight, see
from tests.given import ADA, BEN, CIKA, DEWI, EKA, FAJAR, HANA, PLAN, SERVER, Scene, doors, empty, given, plan

LEADING = "admit decline tell-waiting lock-door close-meeting leave remove set-prompt"  # always
RUNNING = "extend-turn pause-turn end-turn"
HOLDING = "pause-room ring-bell begin-silence begin-break name-successor"


def busy(*waiting: str) -> Scene:
    """Fajar speaks since 5; these wait."""
    return given(ADA, BEN, CIKA, DEWI, EKA, FAJAR).speaks(FAJAR).raises(*waiting)


def plain(scene: Scene, sight: Sight) -> dict[str, object]:
    """As it goes over the wire."""
    shown = msgspec.to_builtins(scene.view(sight))
    assert isinstance(shown, dict)
    return shown


# Sights


def test_everyone_at_the_door_sees_the_door() -> None:
    scene = doors(ADA, BEN, HANA).joins(CIKA, "agus")
    assert [scene.sight(seat) for seat in (ADA, HANA, BEN, CIKA, "agus")] == ["lead", "lead", "circle", "door", "door"]


def test_the_door_shows_the_agreement_and_the_questions_alone() -> None:
    assert plain(busy(BEN, CIKA).joins("late"), Sight.DOOR) == {
        "sight": "door",
        "agreement": {"version": 1, "policy": "stays-in-the-room", "text": "We listen."},
        "questions": ["What brings you?", "Have you been here before?"],
    }


def test_the_door_is_the_same_whatever_happens_inside() -> None:
    assert see(busy(BEN).state, None).door == see(empty().state, None).door


def test_the_circle_does_not_show_notes_or_who_waits() -> None:
    scene = busy().when(BEN, RaiseHand(note="planted")).when(SERVER, Join("late", Role.PARTICIPANT, "Planted"))
    scene = scene.when("late", AnswerDoor(["planted"]))
    assert "lanted" not in repr(plain(scene, Sight.CIRCLE))
    assert repr(plain(scene, Sight.LEAD)).count("lanted") == 3


def test_the_circle_as_it_goes_over_the_wire() -> None:
    scene = given(ADA, BEN).speaks(BEN).raises(ADA)
    assert plain(scene, Sight.CIRCLE) == {
        "sight": "circle",
        "title": "Tuesdays",
        "format": "plain",
        "meeting": "open",
        "agreement": {"version": 1, "policy": "stays-in-the-room", "text": "We listen."},
        "policy": {
            "kinds": ["share", "question"],
            "turn": 300,
            "warning": 30,
            "grace": 60,
            "offer": 40,
            "window": 120,
            "hush": 120,
            "bell": True,
            "breath": 12,
        },
        "people": {
            "ada": {"role": "facilitator", "present": True, "number": 0, "name": "Ada"},
            "ben": {"role": "participant", "present": True, "number": 1, "name": "Ben"},
        },
        "circle": ["ada", "ben"],
        "hands": {"h2": {"seat": "ada", "kind": "share", "reason": "first-come", "since": 5.0}},
        "queue": ["h2"],
        "queue_version": 3,
        "queue_open": True,
        "turns": {"t1": {"seat": "ben", "state": "speaking", "budget": 300, "ends_at": 305.0}},
        "floor": "t1",
        "phase": "sharing",
        "phase_since": 0.0,
        "agenda": [{"name": "sharing"}],
        "acts": {"a1": {"done": "admitted", "at": 0.0, "by": "ada", "who": "Ada", "seat": "ben", "whom": "Ben"}},
        "lately": ["a1"],
    }


def test_who_waits_as_those_see_who_may_admit() -> None:
    scene = doors(ADA).joins(BEN).when(BEN, AnswerDoor(["peace", ""])).drops(BEN)
    waiting = scene.lead.waiting[BEN]
    assert (waiting.name, waiting.present, waiting.agreed, waiting.admitted) == ("Ben", False, False, False)
    assert waiting.answers == ["peace", ""]
    assert scene.when(ADA, Admit(BEN)).lead.waiting[BEN].admitted


def test_a_name_is_missing_until_its_person_is_back() -> None:
    before = doors(ADA, BEN).joins(CIKA)
    scene = Scene(RoomState(PLAN, before.state.kept)).when(SERVER, Restart()).returns(ADA)
    assert scene.circle.people[BEN].name is UNSET
    assert scene.lead.waiting[CIKA].name is UNSET
    assert scene.you(BEN).name == ""
    assert scene.returns(BEN).circle.people[BEN].name == "Ben"


# Time


@pytest.mark.parametrize(
    ("scene", "state", "ends_at", "left", "waits_until"),
    [
        (given(ADA, BEN).offered(BEN), TurnState.OFFERED, 45, UNSET, UNSET),
        (given(ADA, BEN).speaks(BEN), TurnState.SPEAKING, 305, UNSET, UNSET),
        (given(ADA, BEN).speaks(BEN).wait(310), TurnState.GRACE, 365, UNSET, UNSET),
        (given(ADA, BEN).speaks(BEN).when(ADA, PauseTurn("t1"), at=105), TurnState.PAUSED, UNSET, 200, UNSET),
        (given(ADA, BEN).speaks(BEN).drops(BEN, at=105), TurnState.SUSPENDED, UNSET, 200, 225),
        (given(ADA, BEN).speaks(BEN).drops(BEN, at=105).returns(BEN), TurnState.PAUSED, UNSET, 200, 125),
    ],
)
def test_a_turn_shows_when_it_ends_or_what_is_left(
    scene: Scene, state: TurnState, ends_at: object, left: object, waits_until: object
) -> None:
    turn = scene.circle.turns["t1"]
    assert (turn.state, turn.ends_at, turn.left, turn.waits_until) == (state, ends_at, left, waits_until)


def test_the_quiet_after_a_turn_is_shown() -> None:
    scene = given(ADA, BEN).speaks(BEN)
    assert scene.circle.pause_until is UNSET
    assert scene.when(BEN, FinishTurn("t1"), at=60).circle.pause_until == 65
    assert given(ADA, BEN).circle.pause_until is UNSET
    without = given(ADA, BEN, of=plan(pause=0)).speaks(BEN).when(BEN, FinishTurn("t1"))
    assert without.circle.pause_until is UNSET


def test_a_resting_hand_shows_until_when() -> None:
    scene = given(ADA, BEN).offered(BEN)
    assert scene.when(BEN, PassFloor("t1", later=True), at=20).circle.hands["h1"].rests_until == 50
    assert busy(BEN).circle.hands["h2"].rests_until is UNSET


# The private part


def test_you_are_told_where_you_stand() -> None:
    you = busy(BEN, CIKA).you(CIKA)
    assert (you.seat, you.role, you.name) == (CIKA, Role.PARTICIPANT, "Cika")
    assert (you.agreed, you.admitted) == (True, True)
    assert (you.hand, you.place, you.turn, you.next) == ("h3", 2, UNSET, False)
    assert you.resume is UNSET


def test_the_speaker_is_told_the_turn() -> None:
    you = busy(BEN).you(FAJAR)
    assert (you.hand, you.place, you.turn, you.next) == (UNSET, UNSET, "t1", False)


def test_in_the_quiet_who_rests_is_not_next_before_somebody_who_does_not() -> None:
    scene = given(ADA, BEN, CIKA, DEWI).offered(BEN).raises(CIKA).when(BEN, PassFloor("t1", later=True), at=20)
    scene = scene.when(CIKA, AcceptFloor("t2"), at=21).raises(DEWI).when(CIKA, FinishTurn("t2"), at=30)
    assert (scene.queue, scene.circle.hands["h1"].rests_until, scene.circle.pause_until) == ((BEN, DEWI), 50, 35)
    assert [seat for seat in (BEN, DEWI) if scene.you(seat).next] == [DEWI]
    assert scene.wait(36).on_the_floor.seat == DEWI
    alone = scene.when(DEWI, LowerHand("h3"), at=31)
    assert alone.you(BEN).next


def test_the_next_person_is_told_alone() -> None:
    scene = busy(BEN, CIKA)
    assert [seat for seat in scene.state.kept.circle if scene.you(seat).next] == [BEN]
    assert [seat for seat in scene.drops(BEN).state.kept.circle if scene.drops(BEN).you(seat).next] == [CIKA]
    assert not any(busy().you(seat).next for seat in scene.state.kept.circle)


@pytest.mark.parametrize(
    ("scene", "seat", "may"),
    [
        (doors(ADA).joins(BEN), BEN, "accept-agreement answer-door leave"),
        (doors(ADA).joins(BEN).when(ADA, Admit(BEN)), BEN, "accept-agreement leave"),
        (empty(replace(PLAN, questions=())).joins(BEN), BEN, "accept-agreement leave"),
        (doors(ADA, BEN), BEN, "leave"),
        (given(ADA, BEN), BEN, "leave raise-hand send-signal ring-bell"),
        (busy(BEN), BEN, "leave lower-hand send-signal ring-bell"),
        (busy(BEN, CIKA), BEN, "leave lower-hand defer-hand send-signal ring-bell"),
        (given(ADA, BEN).offered(BEN), BEN, "leave accept-floor pass-floor hold-offer ring-bell"),
        (given(ADA, BEN).when(ADA, NameSuccessor(BEN)), BEN, "leave raise-hand send-signal ring-bell unname-successor"),
        (given(ADA, BEN).offered(BEN).when(ADA, PauseRoom()), BEN, "leave pass-floor"),
        (given(ADA, BEN).speaks(BEN), BEN, "leave finish-turn hold-silence ring-bell"),
        (given(ADA, BEN).speaks(BEN).when(ADA, PauseTurn("t1")), BEN, "leave finish-turn ring-bell"),
        (given(ADA, BEN).speaks(BEN).drops(BEN).returns(BEN), BEN, "leave finish-turn resume-turn ring-bell"),
        (
            doors(ADA),
            ADA,
            (
                "admit decline tell-waiting lock-door open-meeting close-meeting leave remove set-prompt close-queue "
                "name-successor"
            ),
        ),
        (
            busy(BEN).when(ADA, CloseQueue()),
            ADA,
            (
                f"{LEADING} raise-hand lower-hand add-hand move-hand lower-all set-order reopen-queue call-on "
                f"{RUNNING} send-signal begin-round {HOLDING}"
            ),
        ),
        (
            busy().when(ADA, PauseTurn("t1")),
            ADA,
            (
                f"{LEADING} raise-hand add-hand set-order close-queue call-on extend-turn resume-turn end-turn "
                f"send-signal begin-round {HOLDING}"
            ),
        ),
    ],
)
def test_you_are_told_what_you_may_do(scene: Scene, seat: str, may: str) -> None:
    assert scene.may(seat) == may.split()


def test_people_who_stand_alike_share_one_list() -> None:
    privates = Privates(busy().state)
    assert privates.of(BEN).may is privates.of(CIKA).may
    privates = Privates(busy(BEN, CIKA, DEWI).state)
    assert privates.of(BEN).may is privates.of(CIKA).may
    assert privates.of(BEN).may != privates.of(DEWI).may


def test_a_private_part_is_the_same_while_nothing_of_it_changed() -> None:
    before = busy(BEN)
    after = before.raises(CIKA)
    was, now = Privates(before.state), Privates(after.state)
    assert now.same(DEWI, was)
    assert not now.same(CIKA, was)
    assert not now.same(BEN, was)  # somebody stands behind now


@pytest.mark.parametrize("facilitators_hand", [False, True])
def test_a_change_of_the_rooms_facts_reaches_everybody_whom_it_concerns(facilitators_hand: bool) -> None:
    scene = busy(BEN, CIKA, *([ADA] if facilitators_hand else []))
    before = Privates(scene.state)
    told: list[list[str]] = []
    for by, command in (
        (ADA, CloseQueue()),
        (ADA, ReopenQueue()),
        (ADA, PauseTurn("t1")),
        (ADA, ResumeTurn("t1")),
        (FAJAR, FinishTurn("t1")),
    ):
        scene = scene.when(by, command)
        now = Privates(scene.state)
        told.append([seat for seat in scene.state.kept.circle if not now.same(seat, before)])
        assert set(told[-1]) >= {seat for seat in scene.state.kept.circle if now.of(seat) != before.of(seat)}
        before = now
    assert told == [[ADA], [ADA], [ADA, FAJAR], [ADA, FAJAR], [ADA, FAJAR]]


def test_a_place_in_the_round_is_part_of_what_one_is_told() -> None:
    scene = given(ADA, BEN, CIKA, DEWI, of=plan(floor=Movement.ROUND)).wait(5)  # Ada is offered the floor
    before, now = Privates(scene.state), Privates(scene.when(CIKA, PassRound()).state)
    assert now.of(CIKA) != before.of(CIKA)
    assert not now.same(CIKA, before)
    assert now.same(BEN, before)


def test_everybody_is_told_that_the_meeting_has_begun() -> None:
    waiting = doors(ADA, BEN, CIKA).joins(DEWI)
    before, now = Privates(waiting.state), Privates(waiting.when(ADA, OpenMeeting()).state)
    assert [seat for seat in waiting.state.kept.seats if not now.same(seat, before)] == [ADA, BEN, CIKA]


def test_what_was_compared_is_not_held_on_to_for_ever() -> None:
    scene, privates = busy(), [Privates(busy().state)]
    for seat in (BEN, CIKA, DEWI):
        scene = scene.raises(seat)
        privates.append(Privates(scene.state))
        assert not privates[-1].same(seat, privates[-2])
    first = weakref.ref(privates.pop(0))
    assert first() is None


# What is shared


def test_the_same_state_is_seen_once() -> None:
    seen = see(busy().state, None)
    assert see(seen.state, seen) is seen


def test_what_did_not_change_is_the_same_object() -> None:
    scene = busy(BEN)
    seen = see(scene.state, None)
    after = see(scene.raises(CIKA).state, seen)
    assert after.circle.people is seen.circle.people
    assert after.circle.circle is seen.circle.circle
    assert after.circle.turns is seen.circle.turns
    assert after.circle.policy is seen.circle.policy
    assert after.circle.hands["h2"] is seen.circle.hands["h2"]
    assert after.lead.waiting is seen.lead.waiting
    assert after.door is seen.door


def test_a_drop_changes_one_person() -> None:
    scene = busy(BEN)
    seen = see(scene.state, None)
    after = see(scene.drops(BEN).state, seen)
    assert {seat for seat in after.circle.people if after.circle.people[seat] is not seen.circle.people[seat]} == {BEN}
    assert after.circle.hands is seen.circle.hands
    assert after.lead.hands is seen.lead.hands
    assert after.circle.queue is seen.circle.queue


def test_whoever_waits_under_a_name_is_looked_at_again_when_somebody_leads_who_is_called_that() -> None:
    scene = busy().when(SERVER, Join("late", Role.PARTICIPANT, "Hana"))
    seen = see(scene.state, None)
    after = see(scene.comes_in(HANA).state, seen)
    assert [each.lead.waiting["late"].lookalike for each in (seen, after)] == [False, True]


def test_a_host_who_changes_the_room_changes_the_door() -> None:
    scene = busy()
    seen = see(scene.state, None)
    other = see(replace(scene.state, plan=replace(PLAN, title="Mondays", questions=())), seen)
    assert other.circle.title == "Mondays"
    assert other.door.questions == []
    assert not Privates(other.state).same(BEN, Privates(scene.state))


def test_a_call_shows_why() -> None:
    assert busy(BEN).when(ADA, CallOn(CIKA)).circle.hands["h3"].reason == "called"
