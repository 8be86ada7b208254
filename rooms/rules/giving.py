"""The talking piece is passed to a named person, who is offered it next and need not take it."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import FinishTurn, GiveFloor
from protocol.errors import Code, Rejected
from protocol.views import MeetingState
from rooms.events import Event, FloorGiven
from rooms.rules import next_up, offers, turns
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, attends, round_on, turn_of

# Asked for


def may_give(facts: Facts, me: Standing) -> Code | None:
    """Whoever asks something inside a turn, or has a word about the room, does not hold the piece. A piece that was
    given is not given on while hands wait, or some could pass it among themselves for ever; in a round it ends."""
    if not facts.give:
        return Code.PHASE_OFF
    if no := turns.may_finish(facts, me):
        return no
    if me.inside or me.about:
        return Code.NOT_YOURS
    return Code.ENOUGH if me.given and facts.hands_wait and not facts.round else None


def give(state: RoomState, by: str, command: GiveFloor, now: float) -> Sequence[Event]:
    offers.offered_to(state, by, command.turn)
    _may_receive(state, by, command.seat)
    finished = turns.finish(state, by, FinishTurn(command.turn), now)
    return [*finished, FloorGiven(command.seat)]


def _may_receive(state: RoomState, by: str, seat: str) -> None:
    kept = state.kept
    around = round_on(kept)
    if seat == by:
        raise Rejected(Code.SELF)
    if not kept.seats[seat].inside:
        raise Rejected(Code.WAITING)
    if turn_of(kept, seat):
        raise Rejected(Code.HAS_FLOOR)
    if not attends(state, seat):
        raise Rejected(Code.NOT_HERE)
    if around is not None and seat not in around.waiting:
        raise Rejected(Code.NOT_IN_ROUND)


# Following by itself


def nobody_receives(state: RoomState, now: float) -> Sequence[Event]:
    """Is away, or has passed in the round meanwhile: it goes on as usual."""
    due = nobody_receives_at(state)
    return [] if due is None or now < due else [FloorGiven("")]


def nobody_receives_at(state: RoomState) -> float | None:
    kept = state.kept
    if not kept.given or kept.hold or kept.meeting is not MeetingState.OPEN or not next_up.free(state):
        return None
    if next(next_up.given(kept), None) is None:
        return next_up.quiet_until(state)
    return None if attends(state, kept.given) else max(next_up.quiet_until(state), kept.awaited_until)


# What each event means


def given(kept: Kept, event: FloorGiven, at: float) -> Kept:
    return replace(kept, given=event.seat)
