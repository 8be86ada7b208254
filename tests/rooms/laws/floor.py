"""Who is heard, and that the floor is never free while somebody is due."""

from typing import TYPE_CHECKING

from protocol import commands as c
from protocol.commands import Order
from protocol.formats import Ending, Movement
from protocol.views import MeetingState, TurnState, Why
from rooms import asks
from rooms import events as e
from rooms.audio import audible, listeners
from rooms.state import RoomState, attends

if TYPE_CHECKING:
    from tests.rooms.laws.world import World

BEFORE_A_ROUND = (Why.PROCESS, Why.CALLED, Why.RETURNED)


def no_more_voices_than_there_may_be(m: "World") -> None:
    kept = m.state.kept
    outer = [turn for turn in kept.turns.values() if not turn.inside]
    inner = [turn for turn in kept.turns.values() if turn.inside]
    phase = m.state.phase
    assert len(outer) <= (phase.voices if phase.floor is Movement.OPEN else 1)
    assert len({turn.seat for turn in kept.turns.values()}) == len(kept.turns)
    assert len({turn.inside for turn in inner}) == len(inner), "one question at a time in a turn"
    assert audible(m.state) <= listeners(m.state) & {turn.seat for turn in kept.turns.values()}
    assert len(audible(m.state)) <= len(outer)
    heard = (TurnState.SPEAKING, TurnState.GRACE, TurnState.SILENT)
    assert all(attends(m.state, turn.seat) for turn in kept.turns.values() if turn.state in heard or turn.hand)
    assert all(kept.seats[seat].inside for seat in (*audible(m.state), *listeners(m.state)))


def a_turn_stands_while_its_question_is_asked(m: "World") -> None:
    turns = m.state.kept.turns
    for turn in turns.values():
        if turn.inside:
            assert turn.inside in turns, "a question whose turn has ended is a turn of its own"
            assert not turns[turn.inside].running
            assert turns[turn.inside].state is not TurnState.OFFERED
            assert not turns[turn.inside].inside
    asked = {turn.inside for turn in turns.values()}
    assert all(id in asked for id, turn in turns.items() if turn.state is TurnState.QUESTION)


def while_the_room_stands_still_nobody_is_heard_and_no_clock_runs(m: "World") -> None:
    kept = m.state.kept
    if kept.hold is not None:
        assert kept.meeting is MeetingState.OPEN
        assert not audible(m.state)
        assert not any(turn.running for turn in kept.turns.values())
        assert kept.asking is None


def due(state: RoomState, now: float) -> set[str]:
    """The seats of which one should be offered the floor by now: written down as a facilitator would say it."""
    kept, phase = state.kept, state.phase
    around = kept.round if kept.round and not kept.round.over else None
    open_floor = phase.floor is Movement.OPEN and not around
    if kept.meeting is not MeetingState.OPEN or kept.hold or phase.floor in (Movement.SILENCE, Movement.BREAK):
        return set()
    if len(kept.turns) >= (phase.voices if open_floor else 1):
        return set()
    if now < kept.free_since + (0 if open_floor else phase.pause):
        return set()
    chosen = not phase.automatic_offers or (state.order is Order.CHOSEN and not around)
    wanted = {
        hand.seat
        for hand in (kept.hands[id] for id in kept.queue)
        if hand.rests_until <= now
        and (hand.reason is Why.CALLED if chosen else not around or hand.reason in BEFORE_A_ROUND)
    }
    if around and phase.automatic_offers:
        wanted |= {seat for seat in around.waiting if around.rests.get(seat, 0.0) <= now}
    wanted |= {kept.given} if kept.given and (not around or kept.given in around.waiting) else set()
    return {seat for seat in wanted if attends(state, seat)}


def nobody_waits_while_the_floor_is_free(m: "World") -> None:
    """Checked where the server is awake. After a restart the first in line has a moment to come back."""
    if m.awake and m.now >= m.state.kept.awaited_until:
        assert not due(m.state, m.now)


def nobody_is_cut_off(before: RoomState, event: e.Event, asked: type | None) -> None:
    """A turn ends because its person said so, or left, or was away for too long; because those who lead ended it, or
    the voices of an open floor; and by time alone where the group chose it. `asked`: the command that it follows."""
    if not isinstance(event, e.TurnEnded):
        return
    turn, phase = before.kept.turns[event.turn], before.phase
    match event.how:
        case e.End.FINISHED:
            assert asked in (c.FinishTurn, c.GiveFloor) or (asked is c.SetPhase and phase.floor is Movement.OPEN)
        case e.End.TIME:
            assert asked is c.EndTurn or (phase.ending is Ending.HARD and turn.began >= before.kept.phase_since)
        case e.End.REVOKED:
            assert asked in (c.EndTurn, c.Remove, asks.Unlink)
        case e.End.LEFT:
            assert asked in (c.Leave, c.Remove, c.Admit) or turn.state is TurnState.SUSPENDED


def what_is_about_others_is_not_counted(event: e.Event, before: RoomState, after: RoomState) -> None:
    """As a turn, in the fair order: what is asked inside one, is about the room, or is the rest of a lost one."""
    if isinstance(event, e.FloorAccepted):
        turn = before.kept.turns[event.turn]
        about = turn.held is not None and (turn.held.kind is c.HandKind.PROCESS or turn.held.budget > 0)
        assert after.kept.turns[event.turn].counted is not (bool(turn.inside) or about)


def an_open_floor_ends_at_once(before: RoomState, event: e.Event) -> None:
    """All its voices end when the order is brought back, and whoever was offered it has the hand up again."""
    if isinstance(event, e.PhaseBegan) and before.phase.floor is Movement.OPEN:
        assert not before.kept.turns


def the_bell_rings_rarely(before: RoomState, event: e.Event, now: float) -> None:
    kept = before.kept
    if isinstance(event, e.BellRung):
        assert kept.hold is None
        assert before.phase.bell
        assert now >= kept.bells.get(event.seat, -60.0) + 60
        assert not kept.rung or now >= kept.rung + 20


def the_quiet_after_a_turn_is_kept(before: RoomState, event: e.Event, now: float) -> None:
    """Nobody is offered the floor in it; but where the piece was passed to somebody, or a round goes by calls, those
    who lead come between."""
    kept, phase = before.kept, before.phase
    if not isinstance(event, e.FloorOffered) or event.inside or not kept.floor or before.voices > 1:
        return
    by_call = event.round and not phase.automatic_offers
    assert now >= kept.free_since + phase.pause or kept.given or by_call


LAWS = (
    no_more_voices_than_there_may_be,
    a_turn_stands_while_its_question_is_asked,
    while_the_room_stands_still_nobody_is_heard_and_no_clock_runs,
    nobody_waits_while_the_floor_is_free,
)
