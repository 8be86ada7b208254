"""The same for everybody: as somebody had overtime, all turns of the phase are as much longer."""

from collections.abc import Sequence

from msgspec.structs import replace

from protocol.commands import Equalise
from protocol.errors import Code, Rejected
from protocol.views import TurnState
from rooms.events import Equalised, Event, TurnExtended
from rooms.rules import turns
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, Turn

# Asked for


def may_equalise(facts: Facts, me: Standing) -> Code | None:
    return None if facts.overtime else Code.OUT_OF_RANGE


def equalise(state: RoomState, by: str, command: Equalise, now: float) -> Sequence[Event]:
    """Never more than the longest overtime. Whoever speaks, or is offered the floor, gets it now; all others with their
    offer. Less than before takes nothing back from them."""
    kept, extra = state.kept, command.extra
    if extra > kept.overtime:
        raise Rejected(Code.OUT_OF_RANGE)
    if extra == kept.extra:
        return []
    events: list[Event] = [Equalised(extra)]
    for id, turn in kept.turns.items():
        budget = _longer(kept, turn, extra)
        if _whole(kept, turn) and budget > max(turn.budget, turn.spoken(now)):
            events.append(TurnExtended(id, budget))
    return events


def _longer(kept: Kept, turn: Turn, extra: float) -> float:
    """By what is more than before. Whoever was given time already, by those who lead or the group, has that of it."""
    return min(turn.budget + extra - kept.extra, (turn.base or turn.budget) + extra)


def _whole(kept: Kept, turn: Turn) -> bool:
    """A turn of this phase; not a question inside one, nor the rest of one that was lost."""
    if turn.inside or (turn.held is not None and turn.held.budget):
        return False
    return turn.state is TurnState.OFFERED or (turns.of_phase(kept, turn) and (turn.counted or turn.about))


# What each event means


def equalised(kept: Kept, event: Equalised, at: float) -> Kept:
    return replace(kept, extra=event.extra)
