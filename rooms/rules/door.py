"""The door: one named person at a time is let in; being early never lets anybody in; the agreement comes first."""

from collections.abc import Sequence

import msgspec

from protocol.commands import AcceptAgreement, Admit, AnswerDoor, Decline
from protocol.errors import Code, Rejected
from rooms.events import AgreementAccepted, Answered, AnswersForgotten, Event, Parting, SeatAdmitted
from rooms.rules.seats import seat_ends
from rooms.standing import Facts, Standing
from rooms.state import Kept, Live, RoomState, Seat, leads, present, without

# Asked for


def may_accept(facts: Facts, me: Standing) -> Code | None:
    return Code.STALE if me.agreed else None


def accept(state: RoomState, by: str, command: AcceptAgreement, now: float) -> Sequence[Event]:
    if command.version != state.plan.agreement.version:
        raise Rejected(Code.STALE)
    return [AgreementAccepted(by, command.version)]


def may_answer(facts: Facts, me: Standing) -> Code | None:
    if me.admitted:
        return Code.NOT_WAITING
    return None if facts.questions else Code.NO_QUESTIONS


def answer(state: RoomState, by: str, command: AnswerDoor, now: float) -> Sequence[Event]:
    if len(command.answers) > len(state.plan.questions):
        raise Rejected(Code.NO_QUESTIONS)
    return [Answered(by, tuple(command.answers))]


def may_admit(facts: Facts, me: Standing) -> Code | None:
    """While the room is paused the door is shut, too."""
    return Code.HELD if facts.hold else None


def admit(state: RoomState, by: str, command: Admit, now: float) -> Sequence[Event]:
    """By name, and never under one that looks like a facilitator's: whoever waits cannot be told so, but cannot come in
    with it. The answers have done their work."""
    _waiting(state, command.seat)
    if command.seat not in state.live.names:  # the server was away, and this person is not back yet
        raise Rejected(Code.NOT_HERE)
    if lookalike(state, command.seat, leading_names(state)):
        raise Rejected(Code.NAME_TAKEN)
    return [SeatAdmitted(command.seat), AnswersForgotten(command.seat)]


def decline(state: RoomState, by: str, command: Decline, now: float) -> Sequence[Event]:
    _waiting(state, command.seat)
    return seat_ends(state, command.seat, Parting.DECLINED)


def _waiting(state: RoomState, seat: str) -> None:
    if state.kept.seats[seat].admitted:
        raise Rejected(Code.NOT_WAITING)


def leading_names(state: RoomState) -> frozenset[str]:
    """What the facilitators' and hosts' names look like."""
    names = state.live.names
    return frozenset(names[id].skeleton for id, seat in state.kept.seats.items() if leads(seat.role) and id in names)


def lookalike(state: RoomState, seat: str, leading: frozenset[str]) -> bool:
    """A participant under a facilitator's or host's name, or one that looks the same."""
    name = state.live.names.get(seat)
    return name is not None and name.skeleton in leading and not leads(state.kept.seats[seat].role)


# Following by itself


def nobody_to_confirm(state: RoomState, now: float) -> Sequence[Event]:
    """Who leads and waits to be confirmed is let in when nobody is left who could: no meeting locks itself out."""
    kept, presence = state.kept, state.live.presence
    if len(kept.circle) == len(kept.seats):
        return []
    leading = [id for id, seat in kept.seats.items() if leads(seat.role)]
    if any(kept.seats[id].admitted and not presence[id].aside for id in leading):
        return []
    return next(([SeatAdmitted(id), AnswersForgotten(id)] for id in leading if present(state, id)), [])


# What each event means


def admitted(kept: Kept, event: SeatAdmitted, at: float) -> Kept:
    return _entering(kept, event.seat, msgspec.structs.replace(kept.seats[event.seat], admitted=True))


def accepted(kept: Kept, event: AgreementAccepted, at: float) -> Kept:
    return _entering(kept, event.seat, msgspec.structs.replace(kept.seats[event.seat], agreed=event.version))


def _entering(kept: Kept, id: str, seat: Seat) -> Kept:
    """Whoever is admitted and has agreed sits down at the end of the circle."""
    circle = (*kept.circle, id) if seat.inside and id not in kept.circle else kept.circle
    return msgspec.structs.replace(kept, seats={**kept.seats, id: seat}, circle=circle)


def answered(live: Live, event: Answered, at: float) -> Live:
    return msgspec.structs.replace(live, answers={**live.answers, event.seat: event.answers})


def answers_forgotten(live: Live, event: AnswersForgotten, at: float) -> Live:
    return msgspec.structs.replace(live, answers=without(live.answers, event.seat))
