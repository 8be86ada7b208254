"""An open floor: while there is room for another voice, anybody speaks without being offered anything."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import TakeFloor
from protocol.errors import Code
from protocol.formats import Movement
from protocol.views import MeetingState, TurnState
from rooms.events import End, Event, FloorTaken, HandLowered, NoteForgotten, TurnEnded
from rooms.rules import offering
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, Turn, hand_of

# Asked for


def may_take(facts: Facts, me: Standing) -> Code | None:
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    if facts.floor is not Movement.OPEN:
        return Code.PHASE_OFF
    if facts.round:
        return Code.ROUND_ON
    if me.turn is not None:
        return Code.HAS_FLOOR
    if facts.hold:
        return Code.HELD
    return None if facts.free else Code.FLOOR_TAKEN


def take(state: RoomState, by: str, command: TakeFloor, now: float) -> Sequence[Event]:
    """Who speaks has no hand up; what was left of a turn that was lost is spoken now."""
    kept = state.kept
    hand = hand_of(kept, by)
    left = kept.hands[hand].budget if hand else 0.0
    taken = FloorTaken(offering.next_turn(kept), by, left or offering.length(state))
    return [taken, HandLowered(hand), NoteForgotten(hand)] if hand else [taken]


def ended(state: RoomState) -> list[Event]:
    """Back to structure: all voices end at once."""
    turns = state.kept.turns.items()
    return [TurnEnded(id, End.FINISHED) for id, turn in turns if turn.state is not TurnState.OFFERED]


# What each event means


def taken(kept: Kept, event: FloorTaken, at: float) -> Kept:
    turn = Turn(event.seat, TurnState.SPEAKING, event.budget, at, base=event.budget, began=at)
    return replace(
        kept,
        turns={**kept.turns, event.turn: turn},
        floor=event.turn,
        turn_count=kept.turn_count + 1,
        spoke=event.seat,
        given="" if kept.given == event.seat else kept.given,
        last=None,
    )
