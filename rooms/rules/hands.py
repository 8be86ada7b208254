"""Hands: raised, lowered, moved. Whose is ahead of whose: order.py."""

from collections.abc import Sequence

import msgspec

from protocol.commands import (
    AddHand,
    CloseQueue,
    DeferHand,
    HandKind,
    LowerAll,
    LowerHand,
    MoveHand,
    RaiseHand,
    ReopenQueue,
)
from protocol.errors import Code, Rejected
from protocol.formats import Movement, Phase, Responses, Text
from protocol.views import MeetingState, Why
from rooms.events import (
    Event,
    HandLowered,
    HandMoved,
    HandRaised,
    Noted,
    NoteForgotten,
    QueueClosed,
    QueueReopened,
)
from rooms.rules import order
from rooms.standing import Facts, Standing
from rooms.state import Hand, Kept, Live, RoomState, hand_of, leads, turn_of, without

# Asked for


def may_raise(facts: Facts, me: Standing) -> Code | None:
    """Also while the room stands still: it takes nothing from anybody, its place is kept, and who needs to say that
    something is wrong can. It is offered nothing before the room goes on."""
    if facts.meeting is not MeetingState.OPEN:
        return Code.NOT_OPEN
    if me.turn is not None:
        return Code.HAS_FLOOR
    return Code.HAND_UP if me.hand else None


def raise_hand(state: RoomState, by: str, command: RaiseHand, now: float) -> Sequence[Event]:
    _welcome(state, command.kind)
    if not state.kept.queue_open and command.kind is not HandKind.PROCESS:
        raise Rejected(Code.QUEUE_CLOSED)
    if command.note and state.phase.text is Text.NONE and command.kind is not HandKind.PROCESS:
        raise Rejected(Code.PHASE_OFF)
    raised, *noted = _up(state, by, command.kind, command.note, now)
    if isinstance(raised, HandRaised) and raised.reason is Why.CHOOSING and leads(state.kept.seats[by].role):
        # whoever chooses may choose themselves, and need not ask
        raised = msgspec.structs.replace(raised, reason=Why.CALLED, before=order.behind_called(state.kept))
    return [raised, *noted]


def _welcome(state: RoomState, kind: HandKind) -> None:
    """Hands about the room always are. During the round of a phase everybody is asked anyway, and afterwards others
    are welcome again; in a round that was begun beside a queue they wait for its end."""
    if kind is HandKind.PROCESS:
        return
    around = state.kept.round
    if state.phase.floor is Movement.ROUND and around is not None and not around.over:
        raise Rejected(Code.PHASE_OFF)
    if kind not in _kinds(state.phase):
        raise Rejected(Code.KIND_OFF)


def _kinds(phase: Phase) -> Sequence[HandKind]:
    """Where what was shared stands for itself, nothing comes back to whoever shared it."""
    if phase.responses is not Responses.NONE:
        return phase.kinds
    return [kind for kind in phase.kinds if kind not in (HandKind.RESPOND, HandKind.QUESTION)]


def _up(state: RoomState, seat: str, kind: HandKind, note: str, now: float) -> Sequence[Event]:
    id = next_hand(state.kept)
    reason, before = Why.PROCESS, order.behind_process(state.kept)
    if kind is not HandKind.PROCESS:
        hand = order.told(Hand(seat, kind, Why.FIRST_COME, now), state.kept.seats[seat])
        reason, before = order.place(state, id, hand)
    raised = HandRaised(id, seat, kind, reason, before=before)
    return [raised, Noted(id, note)] if note else [raised]


def next_hand(kept: Kept) -> str:
    return f"h{kept.hand_count + 1}"


def may_lower(facts: Facts, me: Standing) -> Code | None:
    return None if me.hand or (me.leads and facts.hands) else Code.NO_HAND


def lower_hand(state: RoomState, by: str, command: LowerHand, now: float) -> Sequence[Event]:
    hand = command.hand or hand_of(state.kept, by)
    if not hand:
        raise Rejected(Code.NO_HAND)
    if state.kept.hands[hand].seat != by and not leads(state.kept.seats[by].role):
        raise Rejected(Code.NOT_YOURS)
    return [HandLowered(hand), NoteForgotten(hand)]


def may_defer(facts: Facts, me: Standing) -> Code | None:
    if not me.hand:
        return Code.NO_HAND
    return None if me.behind else Code.NOBODY_BEHIND


def defer_hand(state: RoomState, by: str, command: DeferHand, now: float) -> Sequence[Event]:
    if state.kept.hands[command.hand].seat != by:
        raise Rejected(Code.NOT_YOURS)
    queue = state.kept.queue
    if command.after not in queue:
        raise Rejected(Code.STALE)
    if queue.index(command.after) <= queue.index(command.hand):
        return []
    return [HandMoved(command.hand, Why.DEFERRED, before=behind(queue, command.after))]


def may_add(facts: Facts, me: Standing) -> Code | None:
    return None if facts.meeting is MeetingState.OPEN else Code.NOT_OPEN


def add_hand(state: RoomState, by: str, command: AddHand, now: float) -> Sequence[Event]:
    """For somebody who cannot raise one; a closed queue does not stop a facilitator."""
    if not state.kept.seats[command.seat].inside:
        raise Rejected(Code.WAITING)
    if turn_of(state.kept, command.seat):
        raise Rejected(Code.HAS_FLOOR)
    if hand_of(state.kept, command.seat):
        raise Rejected(Code.HAND_UP)
    _welcome(state, command.kind)
    return _up(state, command.seat, command.kind, "", now)


def may_order(facts: Facts, me: Standing) -> Code | None:
    return None if facts.hands else Code.NO_HAND


def move_hand(state: RoomState, by: str, command: MoveHand, now: float) -> Sequence[Event]:
    if command.before and command.before not in state.kept.queue:
        raise Rejected(Code.STALE)
    if command.before in (command.hand, behind(state.kept.queue, command.hand)):
        return []
    return [HandMoved(command.hand, Why.MOVED, before=command.before)]


def behind(queue: tuple[str, ...], hand: str) -> str:
    """The hand right behind this one; empty at the end."""
    rest = queue[queue.index(hand) + 1 :]
    return rest[0] if rest else ""


def lower_all(state: RoomState, by: str, command: LowerAll, now: float) -> Sequence[Event]:
    events: list[Event] = []
    for hand in (*state.kept.queue, *state.kept.laid_down):
        events += [HandLowered(hand), NoteForgotten(hand)]
    return events


def may_close(facts: Facts, me: Standing) -> Code | None:
    return None if facts.queue_open else Code.QUEUE_CLOSED


def close_queue(state: RoomState, by: str, command: CloseQueue, now: float) -> Sequence[Event]:
    return [QueueClosed()]


def may_reopen(facts: Facts, me: Standing) -> Code | None:
    return Code.QUEUE_OPEN if facts.queue_open else None


def reopen_queue(state: RoomState, by: str, command: ReopenQueue, now: float) -> Sequence[Event]:
    return [QueueReopened()]


# What each event means


def raised(kept: Kept, event: HandRaised, at: float) -> Kept:
    """With what its person has spoken until now, which stays so while it waits."""
    hand = Hand(event.seat, event.kind, event.reason, at, budget=event.budget, own=event.own)
    hand = order.told(hand, kept.seats[event.seat])
    counted = msgspec.structs.replace(_called(kept, event.reason, at), hand_count=kept.hand_count + 1)
    return put(counted, event.hand, hand, event.before)


def lowered(kept: Kept, event: HandLowered, at: float) -> Kept:
    if event.hand in kept.laid_down:
        return msgspec.structs.replace(kept, laid_down=without(kept.laid_down, event.hand))
    return take(kept, event.hand)


def moved(kept: Kept, event: HandMoved, at: float) -> Kept:
    hand = msgspec.structs.replace(kept.hands[event.hand], reason=event.reason, rests_until=0.0)
    there = put(take(_called(kept, event.reason, at), event.hand), event.hand, hand, event.before)
    return msgspec.structs.replace(there, queue_version=kept.queue_version + 1)


def _called(kept: Kept, reason: Why, at: float) -> Kept:
    return msgspec.structs.replace(kept, called=at) if reason is Why.CALLED else kept


def queue_closed(kept: Kept, event: QueueClosed, at: float) -> Kept:
    return msgspec.structs.replace(kept, queue_open=False)


def queue_reopened(kept: Kept, event: QueueReopened, at: float) -> Kept:
    return msgspec.structs.replace(kept, queue_open=True)


def put(kept: Kept, id: str, hand: Hand, before: str) -> Kept:
    """The hand stands in front of `before`, or at the end."""
    at = kept.queue.index(before) if before in kept.queue else len(kept.queue)
    return msgspec.structs.replace(
        kept,
        hands={**kept.hands, id: hand},
        queue=(*kept.queue[:at], id, *kept.queue[at:]),
        queue_version=kept.queue_version + 1,
    )


def take(kept: Kept, id: str) -> Kept:
    return msgspec.structs.replace(
        kept,
        hands=without(kept.hands, id),
        queue=tuple(hand for hand in kept.queue if hand != id),
        queue_version=kept.queue_version + 1,
    )


def noted(live: Live, event: Noted, at: float) -> Live:
    return msgspec.structs.replace(live, notes={**live.notes, event.hand: event.note})


def note_forgotten(live: Live, event: NoteForgotten, at: float) -> Live:
    return msgspec.structs.replace(live, notes=without(live.notes, event.hand))
