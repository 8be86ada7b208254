"""Those who lead call on somebody: at once when the floor is free, else next. The quiet after a turn is kept."""

from collections.abc import Sequence

from protocol.commands import CallOn, HandKind
from protocol.errors import Code, Rejected
from protocol.views import MeetingState, Why
from rooms.events import Event, HandMoved, HandRaised, RoundCalled
from rooms.rules import hands, next_up, offering, order
from rooms.rules.next_up import Next
from rooms.standing import Facts, Standing
from rooms.state import Kept, RoomState, attends, hand_of, round_on, turn_of


def may_call(facts: Facts, me: Standing) -> Code | None:
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    return Code.HELD if facts.hold else None


def call_on(state: RoomState, by: str, command: CallOn, now: float) -> Sequence[Event]:
    """Aimed at an older floor it is stale, or at one after which somebody was called, so two clicks call once."""
    kept, seat = state.kept, command.seat
    quiet = next_up.free(state) and next_up.quiet(state, now)
    if command.floor and (command.floor != kept.floor or (quiet and 0 < kept.free_since <= kept.called)):
        raise Rejected(Code.STALE)
    if not kept.seats[seat].inside:
        raise Rejected(Code.WAITING)
    if turn_of(kept, seat):
        raise Rejected(Code.HAS_FLOOR)
    if not attends(state, seat):
        raise Rejected(Code.NOT_HERE)
    around = round_on(kept)
    in_round = around is not None and seat in around.waiting
    if next_up.free(state) and not (quiet and _follows(state, in_round)):
        return offering.offer(state, Next(seat, "" if in_round else hand_of(kept, seat) or "", in_round), now)
    if around is not None and in_round:
        return [] if seat == around.waiting[0] and seat not in around.rests else [RoundCalled(seat)]
    return _ahead(kept, seat, hand_of(kept, seat))


def _follows(state: RoomState, in_round: bool) -> bool:
    """The offer comes by itself after the quiet. It does not in a round that goes by calls; and whom the piece was
    passed to would come before: there the call comes between, at once."""
    return not state.kept.given and (state.phase.automatic_offers or not in_round)


def _ahead(kept: Kept, seat: str, hand: str | None) -> Sequence[Event]:
    """Behind hands about the room and whoever was called before."""
    first = order.behind_called(kept)
    if hand is None:
        return [HandRaised(hands.next_hand(kept), seat, HandKind.SHARE, Why.CALLED, before=first, own=False)]
    if kept.hands[hand].reason is Why.CALLED:
        return []
    if first == "" or kept.queue.index(hand) <= kept.queue.index(first):
        first = hands.behind(kept.queue, hand)  # far enough in front: nobody is called to a later place
    return [HandMoved(hand, Why.CALLED, before=first)]
