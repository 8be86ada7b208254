"""A speaker who drops loses neither turn nor time: the floor waits, and what was left of the turn is kept."""

from collections.abc import Sequence

from protocol.commands import HandKind
from protocol.views import Hold, TurnState, Why
from rooms.events import End, Event, HandRaised, SpeakerReturned, TurnEnded, TurnResumed, TurnSuspended
from rooms.rules import clock, hands, order
from rooms.rules.offers import change
from rooms.state import Kept, RoomState, Turn, attends, begins

RETURN_PAUSE = 20.0  # seconds a speaker who is back has before the clock goes on by itself
ASKER_WINDOW = 20.0  # seconds, at most, that a turn waits for somebody who dropped while asking inside it
REMAINDER_LEAST = 10.0  # seconds: a lost turn with less than this left is simply over

# Following by itself


def speaker_absent(state: RoomState, now: float) -> Sequence[Event]:
    """A speaker who drops is suspended: the clock stops, the floor waits. Also while the bell rings: only a microphone
    that was not connected anew goes on by itself."""
    for id, turn in state.kept.turns.items():
        if (turn.heard or turn.returned or _in_a_bell(state.kept, id, turn)) and not attends(state, turn.seat):
            return [_suspended(state, id, begins(state, now))]
    return []


def _in_a_bell(kept: Kept, id: str, turn: Turn) -> bool:
    hold = kept.hold
    return hold is not None and hold.why is Hold.BELL and id in hold.turns and turn.state is TurnState.PAUSED


def _suspended(state: RoomState, id: str, since: float) -> TurnSuspended:
    window = state.phase.window
    return TurnSuspended(id, since + (min(window, ASKER_WINDOW) if state.kept.turns[id].inside else window))


def goes_on(state: RoomState, id: str, now: float) -> Event:
    """The clock of a standing turn; or the wait for its speaker, who is not here."""
    return TurnResumed(id) if attends(state, state.kept.turns[id].seat) else _suspended(state, id, now)


def comes_back(state: RoomState, id: str, now: float) -> Event:
    """It goes on when its speaker says so, or after a moment: nobody else opens their microphone."""
    here = attends(state, state.kept.turns[id].seat)
    return SpeakerReturned(id, now + RETURN_PAUSE) if here else _suspended(state, id, now)


def speaker_back(state: RoomState, now: float) -> Sequence[Event]:
    """Back in time: the turn is theirs again."""
    for id, turn in state.kept.turns.items():
        if turn.state is TurnState.SUSPENDED and attends(state, turn.seat):
            return [comes_back(state, id, begins(state, now))]
    return []


def held_long_enough(state: RoomState, now: float) -> Sequence[Event]:
    """A dropped speaker's window is over; one who came back and said nothing, or was silent for as long as that can be,
    goes on."""
    if state.kept.hold:
        return []
    for id, turn in state.kept.turns.items():
        if turn.state is TurnState.SUSPENDED and now >= turn.until:
            return lost(state, id, turn)
        if _goes_on_alone(turn) and now >= turn.until:
            return [TurnResumed(id)]
    return []


def held_until(state: RoomState) -> float | None:
    if state.kept.hold:
        return None
    turns = state.kept.turns.values()
    return min((t.until for t in turns if t.state is TurnState.SUSPENDED or _goes_on_alone(t)), default=None)


def _goes_on_alone(turn: Turn) -> bool:
    return turn.returned or turn.state is TurnState.SILENT


def lost(state: RoomState, id: str, turn: Turn) -> Sequence[Event]:
    """The floor goes on; what was left of the turn waits at the head of the queue, behind hands about the room and what
    was lost before."""
    events: list[Event] = [TurnEnded(id, End.LEFT)]
    left = turn.budget - turn.spent
    if left >= REMAINDER_LEAST:
        kind = HandKind.QUESTION if turn.inside else HandKind.SHARE
        id, head = hands.next_hand(state.kept), order.behind_returned(state.kept)
        events.append(HandRaised(id, turn.seat, kind, Why.RETURNED, before=head, budget=left))
    return events


# What each event means


def suspended(kept: Kept, event: TurnSuspended, at: float) -> Kept:
    return clock.stop(kept, event.turn, at, TurnState.SUSPENDED, event.until)


def returned(kept: Kept, event: SpeakerReturned, at: float) -> Kept:
    return change(kept, event.turn, state=TurnState.PAUSED, until=event.until, returned=True)
