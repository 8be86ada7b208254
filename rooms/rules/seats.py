"""Coming, dropping, coming back, leaving: a seat outlives every connection."""

from collections.abc import Mapping, Sequence

import msgspec

from protocol.errors import Code, Rejected
from protocol.views import TurnState
from rooms.asks import Drop, Hear, Join, Restart, Return
from rooms.events import (
    Arrived,
    Dropped,
    End,
    Event,
    HandLowered,
    HearersChanged,
    Named,
    NameKept,
    NoteForgotten,
    Parting,
    ProposalEnded,
    ReasonForgotten,
    ReturnAwaited,
    SeatEnded,
    SeatForgotten,
    SeatTaken,
    SetAside,
    TurnEnded,
)
from rooms.names import skeleton
from rooms.rules import entry, offers, rounds
from rooms.state import (
    SEAT_LIMIT,
    Gone,
    Kept,
    Live,
    Name,
    Presence,
    Removal,
    RoomState,
    Seat,
    begins,
    leads,
    present,
    round_on,
    without,
)

RETURN = 20.0  # seconds that the floor waits for the first in the queue after a restart, at most
MOST_REMOVED = 100  # seats that came by the room's links, were removed and can be given back

# Asked for


def join(state: RoomState, by: str, ask: Join, now: float) -> Sequence[Event]:
    """A new seat, at the door unless its link lets it walk in. The invite of whoever was removed opens nothing."""
    kept = state.kept
    if len(kept.seats) >= SEAT_LIMIT or kept.closed or entry.shut_out(kept, ask):
        raise Rejected(Code.NO_ENTRY)
    if ask.personal and entry.invite(ask.link) in entry.barred(kept):
        raise Rejected(Code.NO_ENTRY)
    return [
        SeatTaken(ask.seat, ask.role, entry.walks_in(state, ask), ask.link, ask.personal),
        Named(ask.seat, ask.name, skeleton(ask.name)),
        Arrived(ask.seat),
    ]


def come_back(state: RoomState, by: str, ask: Return, now: float) -> Sequence[Event]:
    """The same seat and place; what waited for the person goes on by itself (see turns, offers)."""
    if ask.seat not in state.kept.seats:
        raise Rejected(Code.NO_ENTRY)
    return [Named(ask.seat, ask.name, skeleton(ask.name)), Arrived(ask.seat)]


def drop(state: RoomState, by: str, ask: Drop, now: float) -> Sequence[Event]:
    return [Dropped(ask.seat)] if present(state, ask.seat) else []


def hear(state: RoomState, by: str, ask: Hear, now: float) -> Sequence[Event]:
    """Media says whom it reaches; who has gone meanwhile is left out."""
    seats = frozenset(seat for seat in ask.seats if seat in state.kept.seats and present(state, seat))
    return [HearersChanged(seats)] if seats != state.live.hearers else []


def restart(state: RoomState, by: str, ask: Restart, now: float) -> Sequence[Event]:
    """Everybody has a moment to return before the floor goes to whoever happens to be the first back."""
    dropped = [Dropped(seat) for seat in state.kept.seats]
    kept = state.kept
    waits = kept.queue or kept.turns or kept.given or round_on(kept)
    return [*dropped, ReturnAwaited(begins(state, now) + RETURN)] if waits else dropped


def seat_ends(state: RoomState, seat: str, how: Parting) -> list[Event]:
    """Everything of a seat ends with it: its turn, its hands, what it proposed or was proposed about it, what memory
    held about it; but for the name of somebody who is removed."""
    events = proposals_end(state, seat, about=True)
    for id, turn in state.kept.turns.items():
        if turn.seat == seat:
            ended = End.REVOKED if how in (Parting.REMOVED, Parting.UNLINKED) else End.LEFT
            events += offers.passes(id, turn) if turn.state is TurnState.OFFERED else [TurnEnded(id, ended)]
    for id in state.kept.queue:
        if state.kept.hands[id].seat == seat:
            events += [HandLowered(id), NoteForgotten(id)]
    for id, hand in state.kept.laid_down.items():
        if hand.seat == seat:
            events += [HandLowered(id), NoteForgotten(id)]
    if how is Parting.REMOVED and seat in state.live.names:
        events.append(NameKept(seat))
    return [*events, SeatEnded(seat, how), SeatForgotten(seat)]


def proposals_end(state: RoomState, by: str, about: bool = False) -> list[Event]:
    """What somebody proposed who does not lead any more; or, too, what was proposed about them."""
    ending = [id for id, proposal in state.kept.proposals.items() if proposal.by == by or (about and id == by)]
    return [event for id in ending for event in (ProposalEnded(id), ReasonForgotten(id))]


# Following by itself


def set_aside(state: RoomState, now: float) -> Sequence[Event]:
    """Whoever stays away longer than the window leaves the circle's picture (not the meeting), or the door."""
    events: list[Event] = []
    for id, known in state.live.presence.items():
        if not known.present and not known.aside and now >= known.since + state.phase.window:
            inside = state.kept.seats[id].inside
            events += [SetAside(id)] if inside else seat_ends(state, id, Parting.GONE)
    return events


def set_aside_at(state: RoomState) -> float | None:
    away = [p.since for p in state.live.presence.values() if not p.present and not p.aside]
    return min(away) + state.phase.window if away else None


# What each event means


def taken(kept: Kept, event: SeatTaken, at: float) -> Kept:
    seat = Seat(event.role, kept.seat_count, at, admitted=event.admitted, link=event.link, personal=event.personal)
    seats = {**kept.seats, event.seat: seat}
    return msgspec.structs.replace(kept, seats=seats, seat_count=kept.seat_count + 1)


def ended(kept: Kept, event: SeatEnded, at: float) -> Kept:
    left = msgspec.structs.replace(
        kept,
        seats=without(kept.seats, event.seat),
        circle=tuple(s for s in kept.circle if s != event.seat),
        successors=tuple(s for s in kept.successors if s != event.seat),
        removed=_removed(kept, event.seat, at) if event.how is Parting.REMOVED else kept.removed,
        last=None if kept.last and kept.last.turn.seat == event.seat else kept.last,
        bells=without(kept.bells, event.seat),
        given="" if kept.given == event.seat else kept.given,
        spoke=_before(kept.circle, event.seat) if kept.spoke == event.seat else kept.spoke,
    )
    left = rounds.gone(left, event.seat)
    led = leads(kept.seats[event.seat].role) and not any(leads(left.seats[id].role) for id in left.circle)
    return msgspec.structs.replace(left, unled=at) if led else left


def _before(circle: tuple[str, ...], seat: str) -> str:
    """Who sits before them, so that it goes on from the same place; empty when that is nobody."""
    place = circle.index(seat) if seat in circle else 0
    return circle[place - 1] if len(circle) > 1 else ""


def _removed(kept: Kept, seat: str, at: float) -> Mapping[str, Removal]:
    removed = {**kept.removed, seat: Removal(kept.seats[seat], at)}
    by_link = [id for id, removal in removed.items() if not removal.seat.personal]
    return removed if len(by_link) <= MOST_REMOVED else without(removed, by_link[0])


def awaited(kept: Kept, event: ReturnAwaited, at: float) -> Kept:
    return msgspec.structs.replace(kept, awaited_until=event.until)


def named(live: Live, event: Named, at: float) -> Live:
    return msgspec.structs.replace(live, names={**live.names, event.seat: Name(event.name, event.skeleton)})


def arrived(live: Live, event: Arrived, at: float) -> Live:
    return _presence(live, event.seat, Presence(True, at))


def dropped(live: Live, event: Dropped, at: float) -> Live:
    """Sound ends with the connection: it is not heard of again before it reaches the person anew."""
    live = _presence(live, event.seat, Presence(False, at))
    return msgspec.structs.replace(live, hearers=live.hearers - {event.seat}) if event.seat in live.hearers else live


def aside(live: Live, event: SetAside, at: float) -> Live:
    return _presence(live, event.seat, msgspec.structs.replace(live.presence[event.seat], aside=True))


def hearers_changed(live: Live, event: HearersChanged, at: float) -> Live:
    return msgspec.structs.replace(live, hearers=event.seats)


def _presence(live: Live, seat: str, presence: Presence) -> Live:
    return msgspec.structs.replace(live, presence={**live.presence, seat: presence})


def name_kept(live: Live, event: NameKept, at: float) -> Live:
    return msgspec.structs.replace(live, gone={**live.gone, event.seat: Gone(live.names[event.seat], at)})


def forgotten(live: Live, event: SeatForgotten, at: float) -> Live:
    return msgspec.structs.replace(
        live,
        names=without(live.names, event.seat),
        presence=without(live.presence, event.seat),
        answers=without(live.answers, event.seat),
        messages=without(live.messages, event.seat),
        hearers=live.hearers - {event.seat},
        answers_time=without(live.answers_time, event.seat),
        signals=without(live.signals, event.seat),
        ready=live.ready - {event.seat},
    )
