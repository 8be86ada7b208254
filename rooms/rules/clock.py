"""The clock of a turn stops, and nothing of it is lost."""

from msgspec.structs import replace

from protocol.views import TurnState
from rooms.state import Kept, Turn


def still(turn: Turn, at: float, state: TurnState, until: float = 0.0) -> Turn:
    """The turn with its clock stopped; a silence that was held in it is over, and counted."""
    hushed = turn.hushed + (at - turn.since if turn.state is TurnState.SILENT else 0.0)
    return replace(turn, state=state, spent=turn.spoken(at), since=at, until=until, hushed=hushed, returned=False)


def stop(kept: Kept, id: str, at: float, state: TurnState, until: float = 0.0) -> Kept:
    return put(kept, id, still(kept.turns[id], at, state, until))


def put(kept: Kept, id: str, turn: Turn) -> Kept:
    return replace(kept, turns={**kept.turns, id: turn})
