"""Somebody leads, or the room stands still; and the door, the seats and removals are as the room was made."""

from typing import TYPE_CHECKING

from protocol.views import Hold, MeetingState
from rooms.privates import Privates
from rooms.rules import entry
from rooms.state import attends, leads, present

if TYPE_CHECKING:
    from tests.rooms.laws.world import World


def somebody_leads_or_the_room_stands_still(m: "World") -> None:
    """Checked where the server is awake; a successor who is here has taken over."""
    kept = m.state.kept
    leading = [id for id in kept.circle if leads(kept.seats[id].role)]
    if not m.awake or any(attends(m.state, id) for id in leading):
        assert kept.hold is None or kept.hold.why is not Hold.LOST or not m.awake
        return
    here = m.state.live.presence
    began = [max(here[id].since, kept.asked + 60) if present(m.state, id) else here[id].since for id in leading]
    since = max(began, default=kept.unled)
    if kept.meeting is MeetingState.OPEN and m.now >= since + m.state.phase.unled:
        assert kept.hold is not None
        assert not any(attends(m.state, id) for id in kept.successors)
    assert all(not leads(kept.seats[id].role) for id in kept.successors)


def the_rooms_seats_are_enough(m: "World") -> None:
    plan, kept = m.state.plan, m.state.kept
    sitting = [s for s in kept.seats.values() if s.admitted and (s.acting or not leads(s.role))]
    lead, privates = m.whole.lead, Privates(m.state)
    assert lead.taken == (len(sitting) if plan.seats else 0)
    assert plan.seats == 0 or len(sitting) <= plan.seats or m.undone
    lines = {seat: waits.line for seat, waits in lead.waiting.items() if waits.line}
    assert sorted(lines.values()) == list(range(1, len(lines) + 1))
    assert not lines or len(sitting) >= plan.seats > 0
    assert sorted(lines, key=lambda seat: lines[seat]) == sorted(lines, key=lambda seat: kept.seats[seat].number)
    assert lines == {seat: privates.of(seat).line for seat in kept.seats if privates.of(seat).line}


def a_personal_invite_has_one_seat_inside(m: "World") -> None:
    inside = [entry.invite(seat.link) for seat in m.state.kept.seats.values() if seat.personal and seat.admitted]
    assert len(set(inside)) == len(inside)


LAWS = (somebody_leads_or_the_room_stands_still, the_rooms_seats_are_enough, a_personal_invite_has_one_seat_inside)
