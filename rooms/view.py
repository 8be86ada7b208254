"""What people are shown. Three sights; what a sight does not show cannot leak.

Views are frozen and share every part that did not change with the view before, so the cost of a change is that of the
change (see `protocol/patch.py`).
"""

from collections.abc import Callable, Mapping, Set
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from protocol.views import CircleView, DoorView, Hand, LeadView, Person, Policy, Role, Turn, TurnState, Waiting, You
from rooms.core import may
from rooms.rules.door import leading_names, lookalike
from rooms.standing import facts, standing
from rooms.state import Kept, Live, Plan, RoomState, leads, present


class Sight(StrEnum):
    DOOR = "door"
    CIRCLE = "circle"
    LEAD = "lead"


def sight_of(state: RoomState, seat: str) -> Sight:
    me = state.kept.seats[seat]
    if not me.inside:
        return Sight.DOOR
    return Sight.LEAD if leads(me.role) else Sight.CIRCLE


class Seen(msgspec.Struct, frozen=True):
    """A state with the views of it that were made."""

    state: RoomState
    door: DoorView
    circle: CircleView
    lead: LeadView

    def view(self, sight: Sight) -> DoorView | CircleView | LeadView:
        views: dict[Sight, DoorView | CircleView | LeadView] = {
            Sight.DOOR: self.door,
            Sight.CIRCLE: self.circle,
            Sight.LEAD: self.lead,
        }
        return views[sight]


def see(state: RoomState, before: Seen | None) -> Seen:
    """Every sight of a state, sharing what `before` has already."""
    if before is not None and before.state is state:
        return before
    plan, kept, live = state.plan, state.kept, state.live
    old = before.state if before else None
    same_plan = old is not None and old.plan is plan
    shown = _Shown(before)
    circle = CircleView(
        title=plan.title,
        format=plan.format.name,
        meeting=kept.meeting,
        agreement=plan.agreement,
        policy=before.circle.policy if before and same_plan else _policy(plan),
        people=shown.people(state),
        circle=shown.circle(state),
        hands=shown.hands(kept),
        queue=shown.queue(kept),
        queue_version=kept.queue_version,
        queue_open=kept.queue_open,
        turns=shown.turns(state),
        floor=kept.floor,
        pause_until=_pause_until(state),
        hold=kept.hold.why if kept.hold else UNSET,
        successors=shown.successors(kept),
    )
    fields = {name: getattr(circle, name) for name in CircleView.__struct_fields__}
    fields["hands"] = shown.lead_hands(kept, live, circle.hands)
    lead = LeadView(**fields, questions=list(plan.questions), waiting=shown.waiting(state))
    door = before.door if before and same_plan else DoorView(agreement=plan.agreement, questions=list(plan.questions))
    return Seen(state, door, circle, lead)


def _policy(plan: Plan) -> Policy:
    phase = plan.format.phases[0]
    return Policy(
        kinds=list(phase.kinds),
        turn=phase.turn,
        warning=phase.warning,
        grace=phase.grace,
        offer=phase.offer,
        window=phase.window,
    )


def _pause_until(state: RoomState) -> float | msgspec.UnsetType:
    """The quiet after a turn; the page compares it with its own clock."""
    kept = state.kept
    if kept.turns or not kept.floor or not state.phase.pause:
        return UNSET
    return kept.free_since + state.phase.pause


V = TypeVar("V")


class _Shown:
    """The parts of one view, each taken from the view before where what it is made of is the same object."""

    def __init__(self, before: Seen | None) -> None:
        self.before = before
        self.old = before.state if before else None

    def people(self, state: RoomState) -> dict[str, Person]:
        kept, live, old = state.kept, state.live, self.old
        if self.before and old and _same_people(kept, live, old):
            return self.before.circle.people
        if self.before is None or old is None:
            return {id: _person(state, id) for id in kept.circle}
        known = self.before.circle.people
        other = _other(kept.seats, old.kept.seats) | _other(live.names, old.live.names)
        other |= _other(live.presence, old.live.presence) | (live.hearers ^ old.live.hearers)
        return {id: known[id] if id in known and id not in other else _person(state, id) for id in kept.circle}

    def circle(self, state: RoomState) -> list[str]:
        kept, live, old = state.kept, state.live, self.old
        if self.before and old and old.kept.circle is kept.circle and old.live.presence is live.presence:
            return self.before.circle.circle
        return [id for id in kept.circle if not (id in live.presence and live.presence[id].aside)]

    def hands(self, kept: Kept) -> dict[str, Hand]:
        old = self.old
        if self.before and old and old.kept.hands is kept.hands:
            return self.before.circle.hands
        known = self.before.circle.hands if self.before else {}
        before = old.kept.hands if old else {}
        return _reuse(kept.hands, before, known, _hand)

    def lead_hands(self, kept: Kept, live: Live, plain: dict[str, Hand]) -> dict[str, Hand]:
        """As everybody sees them, with the notes."""
        if self.before and self.old and plain is self.before.circle.hands and self.old.live.notes is live.notes:
            return self.before.lead.hands
        notes = live.notes
        return {
            id: msgspec.structs.replace(hand, note=notes[id]) if id in notes else hand for id, hand in plain.items()
        }

    def queue(self, kept: Kept) -> list[str]:
        if self.before and self.old and self.old.kept.queue is kept.queue:
            return self.before.circle.queue
        return list(kept.queue)

    def successors(self, kept: Kept) -> list[str]:
        if self.before and self.old and self.old.kept.successors is kept.successors:
            return self.before.circle.successors
        return list(kept.successors)

    def turns(self, state: RoomState) -> dict[str, Turn]:
        if self.before and self.old and self.old.kept.turns is state.kept.turns:
            return self.before.circle.turns
        return {id: _turn(state, id) for id in state.kept.turns}

    def waiting(self, state: RoomState) -> dict[str, Waiting]:
        kept, live, old = state.kept, state.live, self.old
        if self.before and old and _same_people(kept, live, old) and old.live.answers is live.answers:
            return self.before.lead.waiting
        if len(kept.seats) == len(kept.circle):
            return {}
        leading = leading_names(state)
        return {id: _waiting(state, id, leading) for id, seat in kept.seats.items() if not seat.inside}


def _same_people(kept: Kept, live: Live, old: RoomState) -> bool:
    was = old.live
    same = was.names is live.names and was.presence is live.presence and was.hearers is live.hearers
    return old.kept.seats is kept.seats and same


def _other(now: Mapping[str, Any], before: Mapping[str, Any]) -> set[str]:
    """The keys that are new or gone, or have another value than before."""
    if now is before:
        return set()
    return {key for key, value in now.items() if before.get(key) is not value} | (before.keys() - now.keys())


def _reuse(
    now: Mapping[str, Any], before: Mapping[str, Any], known: Mapping[str, V], make: Callable[[Any], V]
) -> dict[str, V]:
    return {id: known[id] if before.get(id) is value and id in known else make(value) for id, value in now.items()}


def _person(state: RoomState, id: str) -> Person:
    seat = state.kept.seats[id]
    return Person(
        role=seat.role,
        present=present(state, id),
        number=seat.number,
        name=_name(state, id),
        turns=seat.turns,
        spoken=round(seat.spoken),
        hears=id in state.live.hearers,
    )


def _name(state: RoomState, id: str) -> str | msgspec.UnsetType:
    name = state.live.names.get(id)
    return name.text if name else UNSET


def _hand(hand: Any) -> Hand:
    return Hand(
        seat=hand.seat,
        kind=hand.kind,
        reason=hand.reason,
        since=hand.since,
        rests_until=hand.rests_until or UNSET,
    )


def _turn(state: RoomState, id: str) -> Turn:
    turn = state.kept.turns[id]
    ends_at: float | msgspec.UnsetType = UNSET
    left: float | msgspec.UnsetType = UNSET
    match turn.state:
        case TurnState.OFFERED:
            ends_at = turn.until
        case TurnState.SPEAKING:
            ends_at = turn.limit
        case TurnState.GRACE:
            ends_at = turn.limit + state.phase.grace
        case _:
            left = turn.budget - turn.spent
    return Turn(
        seat=turn.seat,
        state=turn.state,
        budget=turn.budget,
        ends_at=ends_at,
        left=left,
        over=turn.over,
        waits_until=turn.until if turn.until and turn.state is not TurnState.OFFERED else UNSET,
    )


def _waiting(state: RoomState, id: str, leading: frozenset[str]) -> Waiting:
    seat = state.kept.seats[id]
    return Waiting(
        role=seat.role,
        present=present(state, id),
        since=seat.since,
        number=seat.number,
        name=_name(state, id),
        agreed=seat.agreed > 0,
        admitted=seat.admitted,
        lookalike=lookalike(state, id, leading),
        answers=list(state.live.answers.get(id, ())),
    )


class Privates:
    """The private parts of one state: everyone who stands alike shares one `may`."""

    def __init__(self, state: RoomState) -> None:
        self.state = state
        kept = state.kept
        self.facts = facts(state.plan, kept)
        last = len(kept.queue)
        self._hands = {kept.hands[id].seat: (id, place, place < last) for place, id in enumerate(kept.queue, 1)}
        self._turns = {turn.seat: (id, turn) for id, turn in kept.turns.items()}
        self._next = next((h.seat for id in kept.queue if present(state, (h := kept.hands[id]).seat)), None)
        self._alike: dict[tuple[object, ...], list[str]] = {}
        self._crowds: dict[tuple[object, ...], list[str]] = {}  # by what they would be without hand or turn
        self._than: Privates | None = None
        self._others: set[str] = set()

    def same(self, seat: str, old: "Privates") -> bool:
        """Nothing of this person's part has changed."""
        return seat not in self.others(old)

    def others(self, old: "Privates") -> Set[str]:
        """The seats whose part may be another one; all at once, because nearly always it is only a few."""
        if self._than is not old:
            self._than, self._others = old, self._other(old)
            old._than = None  # or each would hold on to all before it
        return self._others

    def _other(self, old: "Privates") -> set[str]:
        now, before = self.state, old.state
        if now.plan is not before.plan:
            return set(now.kept.seats)
        others = _other(now.kept.seats, before.kept.seats) | _other(now.live.names, before.live.names)
        others |= _other(now.live.answers, before.live.answers)
        others |= {seat for seat, _ in self._hands.items() ^ old._hands.items()}
        others |= {seat for seat, _ in self._turns.items() ^ old._turns.items()}
        others |= {seat for seat in (self._next, old._next) if seat is not None and self._next != old._next}
        if self.facts != old.facts:
            others |= self._otherwise(old, others)
        return others

    def _otherwise(self, old: "Privates", others: set[str]) -> set[str]:
        """Of those who are not among the others: who may do other things now, because the room's facts have changed.

        One of each crowd is asked for all of it: whoever has neither hand nor turn gains or loses the same.
        """
        seats = self.state.kept.seats
        if seats is old.state.kept.seats:
            self._crowds = old._crowds
        if not self._crowds:
            for seat, me in seats.items():
                alike = (me.role is _PARTICIPANT, me.role is _HOST, me.acting, me.admitted, me.agreed)
                self._crowds.setdefault(alike, []).append(seat)
        busy = self._hands.keys() | self._turns.keys()
        found = {seat for seat in busy - others if self.may(seat) != old.may(seat)}
        for crowd in self._crowds.values():
            one = next((seat for seat in crowd if seat not in busy and seat not in others), None)
            if one is not None and self.may(one) != old.may(one):
                found.update(crowd)
        return found

    def of(self, seat: str) -> You:
        """What one person is told about themselves."""
        hand, place, _ = self._hands.get(seat, _NO_HAND)
        turn = self._turns.get(seat)
        me = self.state.kept.seats[seat]
        name = self.state.live.names.get(seat)
        return You(
            seat=seat,
            role=me.role,
            may=self.may(seat),
            agreed=me.agreed >= self.state.plan.agreement.version,
            admitted=me.admitted,
            name=name.text if name else "",
            hand=hand or UNSET,
            turn=turn[0] if turn else UNSET,
            place=place or UNSET,
            next=seat == self._next,
            answered=seat in self.state.live.answers,
        )

    def may(self, seat: str) -> list[str]:
        """The command types that would not be refused to this person at once; one list for all who stand alike."""
        alike = self._stands(seat)
        if alike not in self._alike:
            hand = self._hands.get(seat, _NO_HAND)[0]
            self._alike[alike] = may(self.facts, standing(self.state, seat, hand))
        return self._alike[alike]

    def _stands(self, seat: str) -> tuple[object, ...]:
        """Equal for two people to whom the rules would give the same answers."""
        me = self.state.kept.seats[seat]
        if seat in self._turns or seat in self.state.kept.successors:
            return (seat,)
        behind = self._hands.get(seat, _NO_HAND)[2]
        return (me.role is _PARTICIPANT, me.role is _HOST, me.acting, me.admitted, me.agreed, behind)


_PARTICIPANT, _HOST = Role.PARTICIPANT, Role.HOST  # an enum's own hash is slow
_NO_HAND: tuple[str, int, bool | None] = ("", 0, None)
