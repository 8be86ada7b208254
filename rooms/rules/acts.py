"""Acts: what those who lead do is visible to the room, for a while, and only in memory."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from protocol.commands import UndoEnd
from protocol.views import Act, Deed
from rooms.events import Acted, ActsForgotten, Event, ProposalEnded, ReasonForgotten, ReasonGiven, RemovalProposed
from rooms.rules import entry
from rooms.state import Kept, Live, RoomState, leads

MOST = 20  # acts that are remembered
REMEMBERED = 600.0  # seconds, at most
_QUIET = (RemovalProposed, ProposalEnded, ReasonGiven, ReasonForgotten)  # nothing yet that the room should know


def of_command(
    state: RoomState, by: str, command: Any, deed: Deed | None, events: Sequence[Event], now: float
) -> list[Event]:
    """What the room is told of a command that made these events happen; `state` is that before them.

    Nothing when it changed nothing, nothing of what people do about themselves, no name of anybody at the door.
    """
    if deed is None or not leads(state.kept.seats[by].role) or all(isinstance(event, _QUIET) for event in events):
        return []
    whom = _aim(state, by, command)
    if whom == by or (deed is Deed.ADMITTED and _still_at_the_door(state.kept, whom)):
        return []
    return [acted(state, deed, by, now, whom if deed is Deed.ADMITTED or _inside(state.kept, whom) else "")]


def _still_at_the_door(kept: Kept, seat: str) -> bool:
    """Has a seat again by a personal invite that stands at the door itself."""
    owner = entry.again(kept).get(seat)
    return owner is not None and not kept.seats[owner].admitted


def _inside(kept: Kept, seat: str) -> bool:
    """Of people at the door the room knows nothing, whatever is done about them."""
    known = kept.removed[seat].seat if seat in kept.removed else kept.seats.get(seat)
    return known is not None and known.inside


def _aim(state: RoomState, by: str, command: Any) -> str:
    """The seat that a command is about: the one it names, or that of its hand or turn; empty for the whole room."""
    kept, fields = state.kept, command.__struct_fields__
    if isinstance(command, UndoEnd) and kept.last:
        return kept.last.turn.seat
    if "seat" in fields:
        return str(command.seat)
    if "hand" in fields:
        return kept.hands[command.hand].seat if command.hand else by
    return kept.turns[command.turn].seat if "turn" in fields else ""


def acted(state: RoomState, deed: Deed, by: str, now: float, whom: str = "") -> Acted:
    """With the names as they are now."""
    return Acted(Act(deed, now, by or UNSET, _name(state, by), whom or UNSET, _name(state, whom)))


def _name(state: RoomState, seat: str) -> str:
    live = state.live
    name = live.names.get(seat) or (live.gone[seat].name if seat in live.gone else None)
    return name.text if name else ""


# Following by itself


def forget(state: RoomState, now: float) -> Sequence[Event]:
    due = tuple(id for id, act in state.live.acts.items() if now >= act.at + REMEMBERED)
    return [ActsForgotten(due)] if due else []


def forget_at(state: RoomState) -> float | None:
    oldest = next(iter(state.live.acts.values()), None)
    return oldest.at + REMEMBERED if oldest else None


# What each event means


def done(live: Live, event: Acted, at: float) -> Live:
    count = live.act_count + 1
    acts = {**live.acts, f"a{count}": event.act}
    return replace(live, acts=dict(list(acts.items())[-MOST:]), act_count=count)


def forgotten(live: Live, event: ActsForgotten, at: float) -> Live:
    return replace(live, acts={id: act for id, act in live.acts.items() if id not in event.acts})


def nameless(live: Live, seat: str) -> Live:
    """No act tells who this was."""
    return replace(live, acts={id: _nameless(act, seat) for id, act in live.acts.items()})


def _nameless(act: Act, seat: str) -> Act:
    if act.by == seat:
        act = replace(act, by=UNSET, who="")
    return replace(act, seat=UNSET, whom="") if act.seat == seat else act
