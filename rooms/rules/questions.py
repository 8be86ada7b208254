"""A question inside a turn: the turn stands still for it, and goes on by itself."""

from collections.abc import Sequence

from protocol.commands import AllowQuestion, HandKind
from protocol.errors import Code, Rejected
from protocol.views import TurnState
from rooms.events import Event, FloorOffered, RoomHeld, TurnInterposed, TurnPaused
from rooms.rules import clock, drops, offering
from rooms.standing import Facts, Standing
from rooms.state import RUNNING, Kept, RoomState, attends, leads

# Asked for


def may_allow(facts: Facts, me: Standing) -> Code | None:
    """One question at a time, in the whole room."""
    if not facts.questions_up:
        return Code.NO_HAND
    if TurnState.QUESTION in facts.turns or not facts.turns & RUNNING:
        return Code.NOT_RUNNING
    return None if me.leads or me.turn in RUNNING else Code.FORBIDDEN


def allow(state: RoomState, by: str, command: AllowQuestion, now: float) -> Sequence[Event]:
    """Whoever has the hand up is offered the floor inside the turn."""
    turn, hand = state.kept.turns[command.turn], state.kept.hands[command.hand]
    if turn.seat != by and not leads(state.kept.seats[by].role):
        raise Rejected(Code.NOT_YOURS)
    if not turn.running:
        raise Rejected(Code.NOT_RUNNING)
    if hand.kind is not HandKind.QUESTION:
        raise Rejected(Code.KIND_OFF)
    if not attends(state, hand.seat):
        raise Rejected(Code.NOT_HERE)
    phase, id = state.phase, offering.next_turn(state.kept)
    offered = FloorOffered(id, hand.seat, command.hand, phase.question, now + phase.offer, inside=command.turn)
    return [TurnInterposed(command.turn), offered]


# Following by itself


def over(state: RoomState, now: float) -> Sequence[Event]:
    """It was asked, passed, or lapsed. Where the room stands still, the turn goes on with it afterwards."""
    kept = state.kept
    inside = {turn.inside for turn in kept.turns.values()}
    for id, turn in kept.turns.items():
        if turn.state is TurnState.QUESTION and id not in inside:
            if kept.hold is None:
                return [drops.goes_on(state, id, now)]
            return [TurnPaused(id), RoomHeld(kept.hold.why, id, until=kept.hold.until)]
    return []


# What each event means


def interposed(kept: Kept, event: TurnInterposed, at: float) -> Kept:
    return clock.stop(kept, event.turn, at, TurnState.QUESTION)
