"""The door: one named person at a time is let in; being early never lets anybody in; the agreement comes first."""

from collections.abc import Sequence
from itertools import chain

import msgspec

from protocol.commands import AcceptAgreement, Admit, AnswerDoor, Decline, LockDoor, TellWaiting, UnlockDoor
from protocol.errors import Code, Rejected
from protocol.views import Deed, Hold, MeetingState, Role
from rooms.events import (
    AgreementAccepted,
    Answered,
    AnswersForgotten,
    DoorLocked,
    DoorUnlocked,
    Event,
    Parting,
    SeatAdmitted,
    Told,
)
from rooms.rules import acts, entry, invites
from rooms.rules.seats import seat_ends
from rooms.standing import Facts, Standing
from rooms.state import Kept, Live, RoomState, Seat, attends, leads, present, without

# Asked for


def may_accept(facts: Facts, me: Standing) -> Code | None:
    return Code.STALE if me.agreed else None


def accept(state: RoomState, by: str, command: AcceptAgreement, now: float) -> Sequence[Event]:
    if command.version != state.plan.agreement.version:
        raise Rejected(Code.STALE)
    return [AgreementAccepted(by, command.version), *_sits_down(state, by, now, admitted=state.kept.seats[by].admitted)]


def may_answer(facts: Facts, me: Standing) -> Code | None:
    if me.admitted:
        return Code.NOT_WAITING
    return None if facts.questions else Code.NO_QUESTIONS


def answer(state: RoomState, by: str, command: AnswerDoor, now: float) -> Sequence[Event]:
    if len(command.answers) > len(state.plan.questions):
        raise Rejected(Code.NO_QUESTIONS)
    return [Answered(by, tuple(command.answers))]


def may_admit(facts: Facts, me: Standing) -> Code | None:
    """While the room is paused, or silent, the door is shut, too; in a break people may come in."""
    return Code.HELD if facts.hold and facts.hold is not Hold.BREAK else None


def admit(state: RoomState, by: str, command: Admit, now: float) -> Sequence[Event]:
    """By name, and never under one that looks like a facilitator's: whoever waits cannot be told so, but cannot come in
    with it. What was said at the door has done its work.

    Whoever came by a personal invite that is in use is its person, and has the seat that it has.
    """
    kept = state.kept
    _waiting(state, command.seat)
    if command.seat not in state.live.names:  # the server was away, and this person is not back yet
        raise Rejected(Code.NOT_HERE)
    owner = entry.again(kept).get(command.seat)
    if entry.lookalike(state, command.seat, entry.leading_names(state), owner):
        raise Rejected(Code.NAME_TAKEN)
    if owner is None and not leads(kept.seats[command.seat].role) and entry.full(state.plan, kept):
        raise Rejected(Code.FULL)
    return _in(state, command.seat, owner, now)


def _in(state: RoomState, seat: str, owner: str | None, now: float) -> Sequence[Event]:
    if owner:
        return invites.hand_over(state, seat, owner)
    return [
        SeatAdmitted(seat),
        AnswersForgotten(seat),
        *_sits_down(state, seat, now, agreed=state.kept.seats[seat].agreed > 0),
    ]


def _sits_down(state: RoomState, seat: str, now: float, *, admitted: bool = True, agreed: bool = True) -> list[Event]:
    """A host never comes in unnoticed."""
    me = state.kept.seats[seat]
    if me.role is not Role.HOST or me.inside or not (admitted and agreed):
        return []
    return [acts.acted(state, Deed.CAME_IN, seat, now)]


def decline(state: RoomState, by: str, command: Decline, now: float) -> Sequence[Event]:
    _waiting(state, command.seat)
    return seat_ends(state, command.seat, Parting.DECLINED)


def tell(state: RoomState, by: str, command: TellWaiting, now: float) -> Sequence[Event]:
    """One person at the door, or all of them. What was written before is forgotten."""
    if command.seat:
        _waiting(state, command.seat)
        return [Told((command.seat,), command.text)]
    seats = tuple(id for id, seat in state.kept.seats.items() if not seat.admitted)
    return [Told(seats, command.text)] if seats else []


def may_lock(facts: Facts, me: Standing) -> Code | None:
    return Code.LOCKED if facts.locked else None


def lock(state: RoomState, by: str, command: LockDoor, now: float) -> Sequence[Event]:
    """Who stands there already goes on waiting."""
    return [DoorLocked()]


def may_unlock(facts: Facts, me: Standing) -> Code | None:
    return None if facts.locked else Code.NOT_LOCKED


def unlock(state: RoomState, by: str, command: UnlockDoor, now: float) -> Sequence[Event]:
    return [DoorUnlocked()]


def _waiting(state: RoomState, seat: str) -> None:
    if state.kept.seats[seat].admitted:
        raise Rejected(Code.NOT_WAITING)


# Following by itself


def nobody_to_confirm(state: RoomState, now: float) -> Sequence[Event]:
    """Who leads and waits to be confirmed is let in when nobody is left who could: no meeting locks itself out.

    Not while a successor is here, who takes over and can; and not by the link of somebody who was removed, which has to
    be renewed first.
    """
    kept, presence = state.kept, state.live.presence
    if len(kept.circle) == len(kept.seats):
        return []
    seats = kept.seats
    inside_first = chain(kept.circle, seats)  # there one of them is found at once, however many are at the door
    if any(leads(seats[id].role) and seats[id].admitted and not presence[id].aside for id in inside_first):
        return []
    if kept.meeting is MeetingState.OPEN and any(attends(state, id) for id in kept.successors):
        return []
    same = entry.again(kept)
    leading = (id for id, seat in seats.items() if leads(seat.role))
    waiting = (id for id in leading if present(state, id) and not entry.of_a_removed(kept, seats[id].link))
    confirmed = (id for id in waiting if id not in same or seats[same[id]].admitted)
    return next((_in(state, id, same.get(id), now) for id in confirmed), [])


# What each event means


def locked(kept: Kept, event: DoorLocked, at: float) -> Kept:
    return msgspec.structs.replace(kept, locked=True)


def unlocked(kept: Kept, event: DoorUnlocked, at: float) -> Kept:
    return msgspec.structs.replace(kept, locked=False)


def admitted(kept: Kept, event: SeatAdmitted, at: float) -> Kept:
    return _entering(kept, event.seat, msgspec.structs.replace(kept.seats[event.seat], admitted=True))


def accepted(kept: Kept, event: AgreementAccepted, at: float) -> Kept:
    seat = msgspec.structs.replace(kept.seats[event.seat], agreed=event.version, reading=False)
    newest = max(kept.agreement, event.version)
    return msgspec.structs.replace(_entering(kept, event.seat, seat), agreement=newest)


def _entering(kept: Kept, id: str, seat: Seat) -> Kept:
    """Whoever is admitted and has agreed sits down at the end of the circle."""
    if not seat.inside or id in kept.circle:
        return msgspec.structs.replace(kept, seats={**kept.seats, id: seat})
    sat = kept.sat_count + 1
    seats = {**kept.seats, id: msgspec.structs.replace(seat, sat=sat)}
    return msgspec.structs.replace(kept, seats=seats, circle=(*kept.circle, id), sat_count=sat)


def answered(live: Live, event: Answered, at: float) -> Live:
    return msgspec.structs.replace(live, answers={**live.answers, event.seat: event.answers})


def answers_forgotten(live: Live, event: AnswersForgotten, at: float) -> Live:
    said = without(live.messages, event.seat) if event.seat in live.messages else live.messages
    return msgspec.structs.replace(live, answers=without(live.answers, event.seat), messages=said)


def told(live: Live, event: Told, at: float) -> Live:
    return msgspec.structs.replace(live, messages={**live.messages, **dict.fromkeys(event.seats, event.text)})
