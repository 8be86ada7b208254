"""When a write failed: back to what is stored, without losing what only memory knows."""

from collections.abc import Callable, Mapping, Set
from typing import TypeVar

from rooms.state import Kept, Live, Presence, RoomState

V = TypeVar("V")


def fall_back(stored: RoomState, current: RoomState, connected: Set[str], now: float) -> RoomState:
    """The stored meeting with today's names and words. Who is here is what the connections say."""
    kept, old, new = stored.kept, stored.live, current.live
    hands = {*kept.hands, *kept.laid_down, *(turn.hand for turn in kept.turns.values())}
    live = Live(
        names=_both(old.names, new.names, kept.seats),
        presence=_presence(kept, _both(old.presence, new.presence, kept.seats), connected, now),
        notes=_both(old.notes, new.notes, hands),
        answers=_both(old.answers, new.answers, kept.seats),
        messages=_both(old.messages, new.messages, kept.seats),
        reasons=_both(old.reasons, new.reasons, kept.proposals),
        gone=_both(old.gone, new.gone, kept.removed),
        acts=old.acts,  # what was done since is not
        act_count=new.act_count,
        hearers=frozenset(seat for seat in new.hearers if seat in kept.seats and seat in connected),
        answers_time=_both({}, _of(stored, current, _asked).answers_time, kept.seats),
        signals=_both(old.signals, new.signals, kept.seats),
        ready=_of(stored, current, _hold).ready & kept.seats.keys(),
        announcement=new.announcement,  # no disk has a part in it
        prompt=_of(stored, current, _phase).prompt,
    )
    return RoomState(current.plan, kept, live)


def _of(stored: RoomState, current: RoomState, of: Callable[[RoomState], object]) -> Live:
    """Where words belong to what is the same in both, they are today's; else those of what is stored."""
    return current.live if of(stored) == of(current) else stored.live


def _asked(state: RoomState) -> object:
    return state.kept.asking


def _hold(state: RoomState) -> object:
    return state.kept.hold


def _phase(state: RoomState) -> object:
    return state.kept.phase, state.kept.phase_since


def _both(old: Mapping[str, V], new: Mapping[str, V], keys: Mapping[str, object] | Set[str]) -> Mapping[str, V]:
    return {key: value for key, value in {**old, **new}.items() if key in keys}


def _presence(kept: Kept, known: Mapping[str, Presence], connected: Set[str], now: float) -> Mapping[str, Presence]:
    presence = {}
    for seat in kept.seats:
        here = seat in connected
        before = known.get(seat)
        presence[seat] = before if before and before.present is here else Presence(here, now)
    return presence
