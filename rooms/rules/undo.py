"""A turn that was ended too early is put back, with the time that was left, or a moment for a last word."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import UndoEnd
from protocol.errors import Code, Rejected
from protocol.views import TurnState
from rooms.events import Event, FloorGiven, HandLaidDown, HandLowered, NoteForgotten, TurnExtended, TurnRestored
from rooms.rules import clock, offers, turns
from rooms.rules.drops import REMAINDER_LEAST, RETURN_PAUSE
from rooms.standing import Facts, Standing
from rooms.state import Kept, Last, RoomState, attends, begins, hand_of

# Asked for


def may_undo(facts: Facts, me: Standing) -> Code | None:
    """Those who lead; the speaker, while nobody was offered the floor."""
    return None if me.last or (me.leads and facts.last) else Code.NOTHING_TO_UNDO


def undo(state: RoomState, by: str, command: UndoEnd, now: float) -> Sequence[Event]:
    """What was offered since is taken back, and what became of the speaker's own hand."""
    last = state.kept.last
    assert last is not None  # see core
    seat = last.turn.seat
    if not attends(state, seat):
        raise Rejected(Code.NOT_HERE)
    events = _taken_back(state, seat, now)
    if state.kept.given:
        events.append(FloorGiven(""))
    return [*events, TurnRestored(last.id, begins(state, now) + RETURN_PAUSE), *_a_moment_more(state, last)]


def _a_moment_more(state: RoomState, last: Last) -> list[Event]:
    """A turn that would end at its limit as soon as it went on has time for a last word; not by a slip of one's own,
    or whoever says *done* in time would gain it."""
    least = last.turn.spent + max(state.phase.warning, REMAINDER_LEAST)
    needs = turns.hard(state, last.turn) and not last.own and last.turn.budget < least
    return [TurnExtended(last.id, least)] if needs else []


def _taken_back(state: RoomState, seat: str, now: float) -> list[Event]:
    """The offer in whose place the turn is, and the hand or offer of the same person."""
    kept, back = state.kept, list[str]()
    own = hand_of(kept, seat)
    offered = [id for id, turn in kept.turns.items() if turn.state is TurnState.OFFERED]
    others = sum(not turn.inside for turn in kept.turns.values())
    for id in reversed(offered):
        turn = kept.turns[id]
        if turn.seat == seat or (others >= state.voices and not turn.inside):
            back.append(id)
            others -= not turn.inside
            stays = turn.held is not None and turn.held.own
            own = turn.hand if stays and turn.seat == seat else own
    events, _ = offers.all_back(state, back, now)
    if not own:
        return events
    in_round = kept.last is not None and kept.last.turn.round
    return [*events, HandLaidDown(own)] if in_round else [*events, HandLowered(own), NoteForgotten(own)]


# What each event means


def restored(kept: Kept, event: TurnRestored, at: float) -> Kept:
    """It stands, and is counted as if it had not ended."""
    last = kept.last
    assert last is not None
    turn = replace(last.turn, state=TurnState.PAUSED, since=at, until=event.until, returned=True)
    seat = kept.seats[turn.seat]
    told = replace(seat, turns=seat.turns - last.turn.counted, spoken=seat.spoken - turn.spent)
    same_phase = last.at > kept.phase_since
    return replace(
        clock.put(kept, event.turn, turn),
        seats={**kept.seats, turn.seat: told},
        floor=event.turn,
        last=None,
        overtime=last.overtime if same_phase else kept.overtime,
    )
