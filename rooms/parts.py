"""Which views there are, and their parts, each taken from the view before where it is made of the same objects."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from protocol.views import (
    CircleView,
    DoorView,
    Hand,
    Last,
    LeadView,
    Person,
    Policy,
    Proposal,
    Removed,
    Round,
    Step,
    Turn,
    TurnState,
    Waiting,
    Why,
)
from rooms.rules import entry, turns
from rooms.state import Kept, Live, Plan, RoomState, leads, present


class Sight(StrEnum):
    DOOR = "door"
    CIRCLE = "circle"
    LEAD = "lead"
    APART = "apart"  # the lead's, without proposals to remove somebody: for whoever leads and is the one


class Seen(msgspec.Struct, frozen=True):
    """A state with the views of it that were made."""

    state: RoomState
    door: DoorView
    circle: CircleView
    lead: LeadView
    apart: LeadView

    def view(self, sight: Sight) -> DoorView | CircleView | LeadView:
        views: dict[Sight, DoorView | CircleView | LeadView] = {
            Sight.DOOR: self.door,
            Sight.CIRCLE: self.circle,
            Sight.LEAD: self.lead,
            Sight.APART: self.apart,
        }
        return views[sight]


def _policy(state: RoomState) -> Policy:
    phase = state.phase
    return Policy(
        kinds=list(phase.kinds),
        turn=phase.turn,
        warning=phase.warning,
        grace=phase.grace,
        offer=phase.offer,
        window=phase.window,
        floor=phase.floor,
        order=state.order,
        ending=phase.ending,
        clock=phase.clock,
        responses=phase.responses,
        text=phase.text,
        give=phase.give,
        voices=phase.voices,
        consent=phase.consent,
        consent_silence=phase.consent_silence,
        hush=phase.hush,
        bell=phase.bell,
        breath=phase.breath,
        moves_on=phase.moves_on,
    )


def agenda(plan: Plan) -> list[Step]:
    return [
        Step(name=one.name, title=one.title, floor=one.floor, box=one.box, voices=one.voices)
        for one in plan.format.phases
    ]


def pause_until(state: RoomState) -> float | msgspec.UnsetType:
    """The quiet after a turn; the page compares it with its own clock."""
    kept = state.kept
    if kept.turns or not kept.floor or not state.phase.pause or state.voices > 1:
        return UNSET
    return kept.free_since + state.phase.pause


V = TypeVar("V")


class Parts:
    """The parts of one view, each taken from the view before where what it is made of is the same object."""

    def __init__(self, before: Seen | None) -> None:
        self.before = before
        self.old = before.state if before else None

    def policy(self, state: RoomState) -> Policy:
        old = self.old
        if self.before and old and old.phase is state.phase and old.order is state.order:
            return self.before.circle.policy
        return _policy(state)

    def round(self, state: RoomState) -> Round | msgspec.UnsetType:
        old, around = self.old, state.kept.round
        if self.before and old and old.kept.round is around and old.phase is state.phase:
            return self.before.circle.round
        if around is None or around.over:
            return UNSET
        again = state.phase.second_sweep and around.sweep == 1
        return Round(waiting=list(around.waiting), sweep=around.sweep, had=len(around.had), again=again)

    def last(self, kept: Kept) -> Last | msgspec.UnsetType:
        last = kept.last
        if last is None or last.turn.seat not in kept.seats:
            return UNSET
        return Last(turn=last.id, seat=last.turn.seat, left=max(0.0, last.turn.budget - last.turn.spent))

    def ready(self, live: Live) -> list[str]:
        if self.before and self.old and self.old.live.ready is live.ready:
            return self.before.circle.ready
        return sorted(live.ready)

    def people(self, state: RoomState) -> dict[str, Person]:
        kept, live, old = state.kept, state.live, self.old
        if self.before and old and _same_people(kept, live, old):
            return self.before.circle.people
        if self.before is None or old is None:
            return {id: _person(state, id) for id in kept.circle}
        known = self.before.circle.people
        others = other(kept.seats, old.kept.seats) | other(live.names, old.live.names)
        others |= other(live.presence, old.live.presence) | (live.hearers ^ old.live.hearers)
        return {id: known[id] if id in known and id not in others else _person(state, id) for id in kept.circle}

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
        old = self.old
        if self.before and old and old.kept.turns is state.kept.turns and old.phase is state.phase:
            return self.before.circle.turns
        return {id: _turn(state, id) for id in state.kept.turns}

    def lately(self, live: Live) -> list[str]:
        if self.before and self.old and self.old.live.acts is live.acts:
            return self.before.circle.lately
        return list(live.acts)

    def waiting(self, state: RoomState) -> dict[str, Waiting]:
        kept, live = state.kept, state.live
        if self.before and self.old and _same_door(state, self.old):
            return self.before.lead.waiting
        if len(kept.seats) == len(kept.circle):
            return {}
        leading, same, line = entry.leading_names(state), entry.again(kept), entry.line(state.plan, kept)
        known = self._waiting_as_before(state)
        return {
            id: known[id]
            if id in known and known[id].line == line.get(id, 0) and id not in same
            else Waiting(
                role=seat.role,
                present=present(state, id),
                since=seat.since,
                number=seat.number,
                name=_name(state, id),
                agreed=seat.agreed > 0,
                admitted=seat.admitted,
                lookalike=entry.lookalike(state, id, leading, same.get(id)),
                answers=list(live.answers.get(id, ())),
                again=same.get(id, UNSET),
                line=line.get(id, 0),
                told=live.messages.get(id, ""),
            )
            for id, seat in kept.seats.items()
            if not seat.inside
        }

    def _waiting_as_before(self, state: RoomState) -> Mapping[str, Waiting]:
        """Those at the door of whom nothing has changed but, perhaps, the place in the line; none of them when somebody
        who leads has changed, for it may be about names that look like theirs."""
        if self.before is None or self.old is None:
            return {}
        kept, live, old = state.kept, state.live, self.old
        others = other(kept.seats, old.kept.seats) | other(live.names, old.live.names)
        others |= other(live.presence, old.live.presence) | other(live.answers, old.live.answers)
        others |= other(live.messages, old.live.messages)
        if any(leads(seats[id].role) for seats in (kept.seats, old.kept.seats) for id in others & seats.keys()):
            return {}
        known = self.before.lead.waiting
        return {id: one for id, one in known.items() if id not in others and one.again is UNSET}

    def taken(self, state: RoomState) -> int:
        old = self.old
        if self.before and old and old.kept.seats is state.kept.seats and old.plan is state.plan:
            return self.before.lead.taken
        return entry.taken(state.kept) if state.plan.seats else 0

    def reading(self, kept: Kept) -> list[str]:
        if self.before and self.old and self.old.kept.seats is kept.seats:
            return self.before.lead.reading
        return [id for id in kept.circle if kept.seats[id].reading]

    def proposals(self, kept: Kept, live: Live) -> dict[str, Proposal]:
        old = self.old
        if self.before and old and old.kept.proposals is kept.proposals and old.live.reasons is live.reasons:
            return self.before.lead.proposals
        reasons = live.reasons
        return {id: Proposal(by=p.by, until=p.until, reason=reasons.get(id, "")) for id, p in kept.proposals.items()}

    def removed(self, kept: Kept, live: Live) -> dict[str, Removed]:
        old = self.old
        if self.before and old and old.kept.removed is kept.removed and old.live.gone is live.gone:
            return self.before.lead.removed
        return {
            id: Removed(
                number=removal.seat.number,
                at=removal.at,
                role=removal.seat.role,
                personal=removal.seat.personal,
                name=live.gone[id].name.text if id in live.gone else UNSET,
            )
            for id, removal in kept.removed.items()
        }


def _same_people(kept: Kept, live: Live, old: RoomState) -> bool:
    was = old.live
    same = was.names is live.names and was.presence is live.presence and was.hearers is live.hearers
    return old.kept.seats is kept.seats and same


def _same_door(state: RoomState, old: RoomState) -> bool:
    live, was = state.live, old.live
    same = was.answers is live.answers and was.messages is live.messages and old.plan is state.plan
    return same and _same_people(state.kept, live, old)


def other(now: Mapping[str, Any], before: Mapping[str, Any]) -> set[str]:
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
        turns=hand.turns if hand.reason is Why.TURNS else 0,
        spoken=round(hand.spoken) if hand.reason is Why.TURNS else 0,
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
        inside=turn.inside or UNSET,
        declined=turn.declined,
        hard=turn.state is not TurnState.OFFERED and turns.hard(state, turn),
    )
