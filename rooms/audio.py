"""Who may be heard. The seam that media obeys: given this and the connected peers, make it so."""

from rooms.state import RoomState, attends


def audible(state: RoomState) -> frozenset[str]:
    """The seats whose voice may be forwarded now: whose turn runs, or stands in a silence, and who is here."""
    turns = state.kept.turns.values()
    return frozenset(turn.seat for turn in turns if turn.heard and attends(state, turn.seat))


def listeners(state: RoomState) -> frozenset[str]:
    """The seats that may hear: everyone inside with a live connection."""
    return frozenset(seat for seat in state.kept.circle if attends(state, seat))
