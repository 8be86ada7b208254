"""Who comes next: about the room, then whom the piece was given to, then the round or the queue."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from protocol.commands import HandKind, Order
from protocol.formats import Movement
from protocol.views import MeetingState, Why
from rooms.state import Kept, RoomState, attends, hand_of, present, round_on


class Next(NamedTuple):
    """Somebody who could be offered the floor: out of this hand, or the round; with neither, because it was given."""

    seat: str
    hand: str = ""
    round: bool = False
    rests_until: float = 0.0


def seat(state: RoomState) -> str | None:
    """Who is offered the floor by itself as things are, of those who are here."""
    if state.kept.meeting is not MeetingState.OPEN:
        return None
    if not free(state):
        return next((one.seat for one in here(state)), None)
    quiet = quiet_until(state)  # who rests for longer than that is not asked before the others
    first = min(here(state), key=lambda one: max(one.rests_until, quiet), default=None)
    return first.seat if first else None


def here(state: RoomState) -> Iterator[Next]:
    """Those in the line who are not away."""
    return (one for one in line(state) if attends(state, one.seat))


def awaited(state: RoomState) -> bool:
    """The first in the line is away; or somebody is here who has yet to accept the agreement."""
    first = next(iter(line(state)), None)
    return first is not None and (not attends(state, first.seat) or somebody_reads(state))


def somebody_reads(state: RoomState) -> bool:
    seats = state.kept.seats
    return any(seats[id].reading and present(state, id) for id in state.kept.circle)


def free(state: RoomState) -> bool:
    """There is room for another voice."""
    return len(state.kept.turns) < state.voices


def quiet_until(state: RoomState) -> float:
    """When the floor may be offered, once it is free: after the quiet; in an open floor at once."""
    return state.kept.free_since + (state.phase.pause if state.voices == 1 else 0.0)


def quiet(state: RoomState, now: float) -> bool:
    """Somebody has just ended a turn."""
    return bool(state.kept.floor) and now < quiet_until(state)


def hands_wait(state: RoomState) -> bool:
    """Somebody who is here has a hand up out of which the floor is offered by itself."""
    return any(attends(state, one.seat) for one in _hands(state))


def line(state: RoomState) -> Iterable[Next]:
    """Everybody to whom the floor would be offered by itself, the first one first; also those who are away."""
    kept = state.kept
    hands = _hands(state)
    if kept.given:
        up = list(hands)
        process = [one for one in up if kept.hands[one.hand].kind is HandKind.PROCESS]
        hands = chain(process, given(kept), (one for one in up if one not in process))
    around = round_on(kept)
    if around is None or not state.phase.automatic_offers:
        return hands
    rests = around.rests
    return chain(hands, (Next(seat, "", True, rests.get(seat, 0.0)) for seat in around.waiting))


def given(kept: Kept) -> Iterator[Next]:
    """Whom the last speaker passed the piece to: from the place in the round, or the hand, without a rest."""
    around = round_on(kept)
    if around is None:
        yield Next(kept.given, hand_of(kept, kept.given) or "")
    elif kept.given in around.waiting:
        yield Next(kept.given, round=True)


def _hands(state: RoomState) -> Iterable[Next]:
    """Where those who lead choose, and after a silence or a break, only whom they called; in a round, only what goes
    before it."""
    kept = state.kept
    hands = kept.hands
    up: Iterable[str] = kept.queue
    if not state.phase.automatic_offers or state.phase.floor in (Movement.SILENCE, Movement.BREAK):
        up = (id for id in up if hands[id].reason is Why.CALLED)
    elif round_on(kept):
        up = (id for id in up if hands[id].kind is HandKind.PROCESS or hands[id].reason in _BEFORE_A_ROUND)
    elif state.order is Order.CHOSEN:
        up = (id for id in up if hands[id].reason is Why.CALLED)
    return (Next(hands[id].seat, id, False, hands[id].rests_until) for id in up)


_BEFORE_A_ROUND = (Why.CALLED, Why.RETURNED)
