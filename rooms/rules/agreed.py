"""The agreement has changed: everybody inside is asked again, in the next gap.

Until they accept the newest one they keep seat, hand and place, and are in the room like somebody who is away.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from protocol.views import Deed, Hold
from rooms.events import AgreementAsked, AgreementChanged, Event, ReturnAwaited
from rooms.rules import acts, next_up
from rooms.state import Kept, RoomState

GAP = 300.0  # seconds, at most, that a change waits for nobody to have the floor: longer than most turns are
READING = 60.0  # seconds that the floor waits for those who read

# What the other rules ask, and hosts


def yet(state: RoomState) -> list[str]:
    """The seats inside that have yet to accept the newest agreement, in circle order; also before they are asked."""
    seats, version = state.kept.seats, state.plan.agreement.version
    return [id for id in state.kept.circle if seats[id].agreed < version]


def yet_for(state: RoomState, now: float) -> float:
    """Seconds since somebody inside was asked who has not answered; 0 when there is nobody."""
    return max(0.0, now - state.kept.asked) if next(_reading(state.kept), None) else 0.0


def away_since(state: RoomState, seat: str) -> float:
    """Of somebody who does not attend, and is known in memory: since when. Who reads has a moment for it."""
    known = state.live.presence[seat]
    return max(known.since, state.kept.asked + READING) if known.present else known.since


def _reading(kept: Kept) -> Iterator[str]:
    return (id for id in kept.circle if kept.seats[id].reading)


# Following by itself


def changed(state: RoomState, now: float) -> Sequence[Event]:
    """Somebody has accepted an older one than the room has now."""
    kept, version = state.kept, state.plan.agreement.version
    if version <= kept.agreement or not any(0 < seat.agreed < version for seat in kept.seats.values()):
        return []
    return [AgreementChanged(version), acts.acted(state, Deed.AGREEMENT_CHANGED, "", now)]


def asks_again(state: RoomState, now: float) -> Sequence[Event]:
    due = asks_again_at(state)
    if due is None or now < due:
        return []
    return [AgreementAsked(), ReturnAwaited(now + READING)] if yet(state) else [AgreementAsked()]


def asks_again_at(state: RoomState) -> float | None:
    """While somebody has the floor, and in the quiet after it, in a silence and while the bell rings it waits; but not
    for ever: voices of an open floor may follow one another without a gap."""
    kept, since = state.kept, state.kept.changed
    if since is None:
        return None
    gap = since
    if kept.turns:
        gap = since + GAP
    elif kept.hold is not None and kept.hold.why in (Hold.BELL, Hold.SILENCE):
        gap = kept.hold.until
    elif kept.hold is None and kept.floor:
        gap = next_up.quiet_until(state)
    return min(max(gap, since), since + GAP)


# What each event means


def was_changed(kept: Kept, event: AgreementChanged, at: float) -> Kept:
    """At the door nobody has accepted it: they read the newest one there."""
    inside = frozenset(kept.circle)
    seats = {id: seat if id in inside else replace(seat, agreed=0) for id, seat in kept.seats.items()}
    return replace(kept, seats=seats, agreement=event.version, changed=at)


def asked(kept: Kept, event: AgreementAsked, at: float) -> Kept:
    """Whoever is in the circle: at the door nobody has accepted an older one."""
    version = kept.agreement
    seats = {id: replace(s, reading=True) if 0 < s.agreed < version else s for id, s in kept.seats.items()}
    return replace(kept, seats=seats, changed=None, asked=at)
