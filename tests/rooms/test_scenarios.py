"""What other systems do, done here: the same story, and in one line what is otherwise and why.

OpenSlides (list of speakers), TCQ (queue of a standards committee), OpenTalk (talking stick), Totem (circles with a
talking piece). See docs/other-systems.md.
"""

from msgspec.structs import replace

from protocol.commands import (
    AcceptFloor,
    AllowQuestion,
    CallOn,
    CloseQueue,
    DeferHand,
    EndTurn,
    Equalise,
    ExtendTurn,
    FinishTurn,
    GiveFloor,
    HandKind,
    MoveHand,
    Order,
    PassFloor,
    RaiseHand,
    SetPhase,
    UndoEnd,
)
from protocol.errors import Code
from protocol.formats import Ending, Format, Movement, Responses
from protocol.views import Hold, TurnState, Why
from rooms.events import End, TurnEnded
from rooms.state import Plan
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, EKA, FAJAR, PHASE, PLAN, given, plan

ALL = (HandKind.SHARE, HandKind.RESPOND, HandKind.QUESTION)
FAIR = plan(order=Order.FAIR, kinds=ALL)
INSIDE = plan(responses=Responses.INSIDE, kinds=ALL, question=60)
ROUND = replace(PHASE, name="round", floor=Movement.ROUND, give=True)
QUEUE = replace(PHASE, name="queue")


def room(*phases: object) -> Plan:
    return replace(PLAN, format=Format(name="two", phases=phases))  # type: ignore[arg-type]


# OpenSlides


def test_points_of_order_go_ahead_in_the_order_in_which_they_came() -> None:
    """OpenSlides ranks them by categories, if wished; here there is one kind, first come, and the note says what."""
    scene = given(ADA, BEN, CIKA, DEWI, EKA).speaks(BEN).raises(CIKA)
    scene = scene.raises(DEWI, kind=HandKind.PROCESS).raises(EKA, kind=HandKind.PROCESS)
    assert scene.queue == (DEWI, EKA, CIKA)
    assert [scene.hand(id).reason for id in scene.state.kept.queue] == [Why.PROCESS, Why.PROCESS, Why.FIRST_COME]


def test_a_closed_list_takes_points_of_order_and_whom_the_chair_adds() -> None:
    """OpenSlides can be told to refuse them, too; here what is about the room is always heard."""
    scene = given(ADA, BEN, CIKA, DEWI).speaks(BEN).when(ADA, CloseQueue())
    scene.when(CIKA, RaiseHand()).refused(Code.QUEUE_CLOSED)
    assert scene.raises(DEWI, kind=HandKind.PROCESS).queue == (DEWI,)


def test_an_interposed_question_pauses_the_speaker_who_goes_on_afterwards() -> None:
    """In OpenSlides the chair starts the question and has to let the speech go on; here the speaker may allow it, and
    the turn goes on by itself, with the seconds it had."""
    scene = given(ADA, BEN, CIKA, of=INSIDE).speaks(BEN).raises(CIKA, kind=HandKind.QUESTION)
    outer = scene.turn_id
    scene = scene.when(BEN, AllowQuestion(outer, "h2"), at=scene.now + 100)
    assert scene.state.kept.turns[outer].state is TurnState.QUESTION
    inner = scene.state.kept.floor
    scene = scene.when(CIKA, AcceptFloor(inner)).when(CIKA, FinishTurn(inner), at=scene.now + 30)
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert scene.on_the_floor.limit == scene.now + 200


def test_a_speech_that_ends_leaves_its_question() -> None:
    """OpenSlides ends the questions with the speech that they are in; here whoever asks is not cut off."""
    scene = given(ADA, BEN, CIKA, of=INSIDE).speaks(BEN).raises(CIKA, kind=HandKind.QUESTION)
    outer = scene.turn_id
    scene = scene.when(BEN, AllowQuestion(outer, "h2"))
    inner = scene.state.kept.floor
    scene = scene.when(CIKA, AcceptFloor(inner)).when(ADA, EndTurn(outer))
    assert [*scene.state.kept.turns] == [inner]
    assert scene.on_the_floor.state is TurnState.SPEAKING
    assert scene.on_the_floor.inside == ""


def test_who_speaks_for_the_first_time_is_marked_and_goes_ahead() -> None:
    """OpenSlides marks a first contribution and leaves the order to the chair, on purpose; here a group can choose the
    fair order, and everybody reads why."""
    scene = given(ADA, BEN, CIKA, DEWI, of=FAIR).speaks(BEN)
    scene = scene.when(BEN, FinishTurn(scene.turn_id), at=scene.now + 60).speaks(CIKA).raises(BEN, DEWI)
    assert scene.queue == (DEWI, BEN)
    assert [scene.hand(id).reason for id in scene.state.kept.queue] == [Why.NOT_SPOKEN, Why.TURNS]


def test_the_last_speaker_is_put_back() -> None:
    """OpenSlides puts them on top of the list, to begin anew; here the turn itself is back, with what was left."""
    scene = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA)
    turn = scene.turn_id
    scene = scene.when(ADA, EndTurn(turn), at=scene.now + 100).when(ADA, UndoEnd(turn), at=scene.now + 102)
    assert scene.on_the_floor.state is TurnState.PAUSED
    assert scene.on_the_floor.budget - scene.on_the_floor.spent == 200
    assert scene.queue == (CIKA,)


def test_one_groups_overtime_is_given_to_all_others() -> None:
    """OpenSlides adds what a group is below zero to the time of all; here it is one person's, in this phase, and said
    as an absolute length, so that two clicks give it once."""
    scene = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA)
    scene = (
        scene.when(BEN, FinishTurn(scene.turn_id), at=scene.now + 340).when(ADA, Equalise(40)).when(ADA, Equalise(40))
    )
    scene = scene.wait(scene.now + PHASE.pause)
    assert scene.on_the_floor.seat == CIKA
    assert scene.on_the_floor.budget == 340


def test_the_next_speaker_does_not_end_the_one_who_speaks() -> None:
    """In OpenSlides and TCQ, *next* ends the speech; here calling somebody puts them next, and nobody is cut off."""
    scene = given(ADA, BEN, CIKA, DEWI).speaks(BEN).raises(DEWI).when(ADA, CallOn(CIKA))
    assert scene.on_the_floor.seat == BEN
    assert scene.queue == (CIKA, DEWI)


# TCQ


def test_a_question_is_not_ahead_of_what_people_want_to_share() -> None:
    """TCQ puts points of order before clarifying questions before replies before new topics; in a listening room only
    what is about the room goes ahead: a question waits, or is allowed into a turn by whoever is asked."""
    scene = given(ADA, BEN, CIKA, DEWI, EKA, of=INSIDE).speaks(BEN).raises(CIKA).raises(DEWI, kind=HandKind.QUESTION)
    scene = scene.raises(EKA, kind=HandKind.PROCESS)
    assert scene.queue == (EKA, CIKA, DEWI)


def test_one_can_let_others_go_first_and_not_push_in() -> None:
    """As in TCQ. There an entry that is moved down takes the kind of its new neighbours; here it stays what it is, and
    says that its person deferred."""
    scene = given(ADA, BEN, CIKA, DEWI, EKA).speaks(BEN).raises(CIKA, DEWI, EKA)
    first, _, last = scene.state.kept.queue
    scene = scene.when(CIKA, DeferHand(first, after=last))
    assert scene.queue == (DEWI, EKA, CIKA)
    assert scene.hand(first).reason is Why.DEFERRED
    assert scene.when(CIKA, DeferHand(first, after=scene.state.kept.queue[0])).queue == (DEWI, EKA, CIKA)
    scene.when(CIKA, MoveHand(first, queue=scene.state.kept.queue_version)).refused(Code.FORBIDDEN)


def test_two_who_lead_click_at_the_same_time() -> None:
    """As in TCQ the second click finds another state than it was aimed at. Here it is what it was aimed at that counts
    (this turn, this order), so that it does not fail for a change elsewhere."""
    scene = given(ADA, BEN, CIKA, DEWI).comes_in(AGUS).speaks(BEN).raises(CIKA, DEWI)
    turn = scene.turn_id
    scene = scene.when(ADA, EndTurn(turn))
    scene.when(AGUS, EndTurn(turn)).refused(Code.STALE)
    scene = scene.when(ADA, CallOn(DEWI, floor=turn))
    scene.when(AGUS, CallOn(CIKA, floor=turn)).refused(Code.STALE)


def test_one_hand_each() -> None:
    """TCQ allows several entries of one person, OpenSlides a point of order beside one's place; here it is one hand."""
    given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA).when(CIKA, RaiseHand()).refused(Code.HAND_UP)


def test_the_next_part_of_the_agenda_keeps_the_queue() -> None:
    """TCQ clears the queue with the item, after asking the chair; here hands stay up, in the order of the new part."""
    scene = given(ADA, BEN, CIKA, DEWI, of=room(QUEUE, replace(QUEUE, name="later"))).speaks(BEN).raises(CIKA, DEWI)
    scene = scene.when(ADA, SetPhase("later"))
    assert scene.queue == (CIKA, DEWI)
    assert scene.on_the_floor.seat == BEN


# OpenTalk


def test_a_playlist_keeps_the_place_of_whoever_loses_the_connection() -> None:
    """OpenTalk takes whoever leaves the room off the list, with a drop, too; here a round waits for them, and asks them
    first when they are back."""
    scene = given(ADA, BEN, CIKA, DEWI, of=room(ROUND)).drops(BEN).wait(PHASE.pause)
    scene = scene.when(ADA, PassFloor(scene.turn_id))
    assert scene.on_the_floor.seat == CIKA
    scene = scene.when(CIKA, AcceptFloor(scene.turn_id)).returns(BEN).when(CIKA, FinishTurn("t2"), at=scene.now + 30)
    assert scene.wait(scene.now + PHASE.pause).on_the_floor.seat == BEN


def test_whoever_is_nominated_need_not_take_it() -> None:
    """In OpenTalk the next speaker is whoever was nominated, and without a nomination a moderator has to step in; here
    the piece is offered, and whoever would rather not have it passes: the round goes on by itself."""
    scene = given(ADA, BEN, CIKA, DEWI, of=room(ROUND)).wait(PHASE.pause)
    scene = scene.when(ADA, AcceptFloor("t1")).when(ADA, GiveFloor("t1", DEWI))
    scene = scene.wait(scene.now + PHASE.pause)
    assert scene.on_the_floor.seat == DEWI
    scene = scene.when(DEWI, PassFloor(scene.turn_id))
    assert scene.on_the_floor.seat == BEN


def test_nobody_is_nominated_who_has_spoken_already() -> None:
    """As in OpenTalk, where nobody speaks twice if that was wished; here in every round."""
    scene = given(ADA, BEN, CIKA, of=room(ROUND)).wait(PHASE.pause)
    scene = scene.when(ADA, AcceptFloor("t1")).when(ADA, GiveFloor("t1", CIKA)).wait(scene.now + PHASE.pause)
    scene = scene.when(CIKA, AcceptFloor("t2"))
    scene.when(CIKA, GiveFloor("t2", ADA)).refused(Code.NOT_IN_ROUND)
    assert scene.when(CIKA, GiveFloor("t2", BEN)).state.kept.given == BEN


def test_nobody_is_cut_off_at_the_limit() -> None:
    """OpenTalk chooses the next speaker when the time is over; here that is so only where the group chose it."""
    soft = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA)
    assert soft.wait(soft.now + 1000).on_the_floor.seat == BEN
    hard = given(ADA, BEN, CIKA, of=plan(ending=Ending.HARD)).speaks(BEN).raises(CIKA)
    assert TurnEnded(hard.turn_id, End.TIME) in hard.wait(hard.now + 300).said


def test_an_old_timer_does_not_end_a_turn() -> None:
    """OpenTalk's timers have to ask whether they are still meant; here there is no timer of a turn: when something
    follows is worked out from what there is."""
    scene = given(ADA, BEN, CIKA, of=plan(ending=Ending.HARD)).speaks(BEN)
    turn = scene.turn_id
    scene = scene.when(ADA, ExtendTurn(turn, until=scene.now + 600))
    assert scene.wait(scene.now + 599).turn_id == turn
    scene = scene.when(BEN, FinishTurn(turn)).speaks(CIKA)
    assert scene.wait(scene.now + 299).on_the_floor.seat == CIKA


# Totem


def test_the_piece_is_passed_in_two_steps() -> None:
    """As in Totem, where the keeper passes once more to skip somebody; here an offer also ends by itself, the hand is
    kept, and those who lead can take it back."""
    scene = given(ADA, BEN, CIKA, DEWI).raises(BEN, CIKA, DEWI).wait(PHASE.pause)
    assert scene.on_the_floor.state is TurnState.OFFERED
    scene = scene.when(ADA, EndTurn(scene.turn_id))
    assert scene.on_the_floor.seat == CIKA
    assert BEN in scene.queue
    assert scene.wait(scene.now + PHASE.offer).on_the_floor.seat != CIKA


def test_whoever_vanishes_with_the_piece_keeps_it_for_a_while() -> None:
    """In Totem the next event gives it to the first who is there; here the clock stands, and the floor waits."""
    scene = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA)
    scene = scene.drops(BEN, at=scene.now + 100)
    assert scene.wait(scene.now + 60).on_the_floor.seat == BEN
    back = scene.returns(BEN, at=scene.now + 60)
    assert back.on_the_floor.budget - back.on_the_floor.spent == 200
    assert scene.wait(scene.now + PHASE.window + PHASE.pause).on_the_floor.seat == CIKA


def test_without_the_keeper() -> None:
    """In Totem nobody can pass or accept while the keeper is away; here the turn goes on, and only when nobody has led
    for half a minute the room stands still, or a successor takes over."""
    scene = given(ADA, BEN, CIKA).speaks(BEN).raises(CIKA).drops(ADA)
    scene = scene.when(BEN, FinishTurn(scene.turn_id), at=scene.now + 10).wait(scene.now + 10 + PHASE.pause)
    scene = scene.when(CIKA, AcceptFloor(scene.turn_id))
    assert scene.on_the_floor.state is TurnState.SPEAKING
    held = scene.wait(scene.now + PHASE.unled)
    assert held.state.kept.hold is not None
    assert held.state.kept.hold.why is Hold.LOST


def test_whoever_comes_later_is_the_last_in_the_circle() -> None:
    """As in Totem, where those who come together are sorted by their names for it; here it is who sat down first."""
    scene = given(ADA, CIKA, BEN, of=room(ROUND)).comes_in(FAJAR, EKA)
    around = scene.state.kept.round
    assert around is not None
    assert around.waiting == (ADA, CIKA, BEN, FAJAR, EKA)
