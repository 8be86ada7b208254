"""What people are shown. Three sights; what a sight does not show cannot leak.

Views are frozen and share every part that did not change with the view before, so the cost of a change is that of the
change (see `protocol/patch.py`); the parts are made in rooms/parts.py.
"""

import msgspec
from msgspec import UNSET

from protocol.views import Asking, CircleView, DoorView, LeadView
from rooms.parts import Parts, agenda, pause_until
from rooms.parts import Seen as Seen
from rooms.parts import Sight as Sight
from rooms.state import RoomState, leads


def sight_of(state: RoomState, seat: str) -> Sight:
    me = state.kept.seats[seat]
    if not me.inside or me.reading:
        return Sight.DOOR
    if not leads(me.role):
        return Sight.CIRCLE
    return Sight.APART if seat in state.kept.proposals else Sight.LEAD


def see(state: RoomState, before: Seen | None) -> Seen:
    """Every sight of a state, sharing what `before` has already."""
    if before is not None and before.state is state:
        return before
    plan, kept, live = state.plan, state.kept, state.live
    old = before.state if before else None
    same_plan = old is not None and old.plan is plan
    shown = Parts(before)
    circle = CircleView(
        title=plan.title,
        format=plan.format.name,
        meeting=kept.meeting,
        agreement=plan.agreement,
        policy=shown.policy(state),
        people=shown.people(state),
        circle=shown.circle(state),
        hands=shown.hands(kept),
        queue=shown.queue(kept),
        queue_version=kept.queue_version,
        queue_open=kept.queue_open,
        turns=shown.turns(state),
        floor=kept.floor,
        pause_until=pause_until(state),
        hold=kept.hold.why if kept.hold else UNSET,
        hold_until=kept.hold.until or UNSET if kept.hold else UNSET,
        format_title=plan.format.title,
        phase=state.phase.name,
        phase_since=kept.phase_since,
        prompt=live.prompt or state.phase.prompt,
        agenda=before.circle.agenda if before and same_plan else agenda(plan),
        round=shown.round(state),
        given=kept.given or UNSET,
        asking=Asking(kept.asking.turn, kept.asking.until) if kept.asking else UNSET,
        last=shown.last(kept),
        overtime=kept.overtime or 0,
        extra=kept.extra or 0,
        ready=shown.ready(live),
        successors=shown.successors(kept),
        locked=kept.locked,
        announcement=live.announcement or UNSET,
        acts=live.acts,
        lately=shown.lately(live),
    )
    fields = {name: getattr(circle, name) for name in CircleView.__struct_fields__}
    fields["hands"] = shown.lead_hands(kept, live, circle.hands)
    lead = LeadView(
        **fields,
        questions=list(plan.questions),
        waiting=shown.waiting(state),
        seats=plan.seats,
        taken=shown.taken(state),
        two_to_remove=plan.two_to_remove,
        proposals=shown.proposals(kept, live),
        removed=shown.removed(kept, live),
        reading=shown.reading(kept),
    )
    apart = msgspec.structs.replace(lead, proposals={}) if lead.proposals else lead
    door = before.door if before and same_plan else DoorView(agreement=plan.agreement, questions=list(plan.questions))
    return Seen(state, door, circle, lead, apart)
