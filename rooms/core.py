"""A meeting is a value: decide, evolve, settle. Time is an argument, in meeting time."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from protocol.commands import SetPhase, UndoEnd, UndoRemoval
from protocol.errors import Code, Rejected
from protocol.message import kebab
from rooms.asks import Reform
from rooms.events import Durable, Event
from rooms.rulebook import AUTOMATIC, COMMANDS, EVENTS, Follows
from rooms.rules import acts, phases
from rooms.standing import Facts, Standing, Who, facts, standing
from rooms.state import Plan, RoomState, hand_of

SERVER_SEAT = ""  # `by` of what only the server asks
_SETTLED_BY = 1_000  # more steps than that means two rules undo one another


class Outcome(msgspec.Struct, frozen=True):
    state: RoomState
    events: Sequence[Event]


def decide(state: RoomState, by: str, command: Any, now: float) -> Sequence[Event]:
    """What the command would make happen. `Rejected` when a rule says no; nothing is changed here.

    Asked in this order: may this person ask at all; is what it was aimed at still there; could it be done by somebody
    who stands there; and is this very command possible.
    """
    row = COMMANDS[type(command)]
    if by == SERVER_SEAT:
        if Who.SERVER not in row.who:
            raise Rejected(Code.FORBIDDEN)
        return row.decide(state, by, command, now)
    if by not in state.kept.seats:
        raise Rejected(Code.NO_SEAT)
    me = standing(state, by, hand_of(state.kept, by))
    _permit(row.who, me)
    _aimed(state, me, command)
    refusal = row.may(facts(state), me)
    if refusal is not None:
        raise Rejected(refusal)
    return row.decide(state, by, command, now)


def _permit(who: frozenset[Who], me: Standing) -> None:
    if me.who in who:
        return
    if me.who is Who.DOOR:
        raise Rejected(Code.NOT_AGREED if me.admitted else Code.NOT_ADMITTED)
    raise Rejected(Code.FORBIDDEN)


def _aimed(state: RoomState, me: Standing, command: Any) -> None:
    """Commands name what they are aimed at; what is not there any more was acted on by somebody else."""
    kept, fields = state.kept, command.__struct_fields__
    if isinstance(command, UndoEnd):
        if kept.last is None or kept.last.id != command.turn:
            raise Rejected(Code.NOTHING_TO_UNDO)
    elif "turn" in fields and command.turn not in kept.turns:
        raise Rejected(Code.STALE)
    if "hand" in fields and command.hand and command.hand not in kept.hands:
        raise Rejected(Code.STALE)
    if "queue" in fields and command.queue != kept.queue_version:
        raise Rejected(Code.STALE)
    if isinstance(command, SetPhase) and not me.leads and phases.has_begun(state, command.phase):
        raise Rejected(Code.STALE)
    if isinstance(command, UndoRemoval):
        if command.seat not in kept.removed:
            raise Rejected(Code.NOT_REMOVED)
    elif "seat" in fields and command.seat and command.seat not in kept.seats:
        raise Rejected(Code.NO_SEAT)


def may(known: Facts, me: Standing) -> list[str]:
    """The command types that would not be refused at once to somebody who stands there."""
    rows = COMMANDS.items()
    return [_TAGS[kind] for kind, row in rows if me.who in row.who and row.may(known, me) is None]


_TAGS = {kind: kebab(kind.__name__) for kind in COMMANDS}


def evolve(state: RoomState, event: Event, at: float) -> RoomState:
    """The state after the event. Durable events touch only `kept`, ephemeral ones only `live`."""
    if isinstance(event, Durable):
        return msgspec.structs.replace(state, kept=EVENTS[type(event)](state.kept, event, at))
    return msgspec.structs.replace(state, live=EVENTS[type(event)](state.live, event, at))


def handle(state: RoomState, by: str, command: Any, now: float) -> Outcome:
    """Decide, tell the room what was done by those who lead, evolve, settle."""
    events = list(decide(state, by, command, now))
    events += acts.of_command(state, by, command, COMMANDS[type(command)].deed, events, now)
    for event in events:
        state = evolve(state, event, now)
    settled = settle(state, now)
    return Outcome(settled.state, [*events, *settled.events])


def reform(state: RoomState, plan: Plan, by: str, now: float) -> Outcome:
    """The room goes on by another plan, which `by` gave it; empty: a host, from outside. `Rejected` where somebody
    would lose something by its format."""
    events = decide(state, SERVER_SEAT, Reform(plan.format, by), now)
    state = RoomState(plan, state.kept, state.live)
    for event in events:
        state = evolve(state, event, now)
    settled = settle(state, now)
    return Outcome(settled.state, [*events, *settled.events])


def settle(state: RoomState, now: float, rules: Sequence[Follows] = AUTOMATIC) -> Outcome:
    """Everything that follows by itself, until nothing does."""
    events: list[Event] = []
    for _ in range(_SETTLED_BY):
        step = next((step for follows in rules if (step := follows.rule(state, now))), None)
        if step is None:
            return Outcome(state, events)
        for event in step:
            state = evolve(state, event, now)
        events += step
    raise RuntimeError("the rules do not settle")


def alarm(state: RoomState) -> float | None:
    """When `settle` next has something to say, if nothing happens before."""
    return min((at for follows in AUTOMATIC if (at := follows.alarm(state)) is not None), default=None)


def replay(plan: Plan, events: Iterable[tuple[float, Durable]]) -> RoomState:
    """The durable part, rebuilt by the very functions that made it."""
    state = RoomState(plan)
    for at, event in events:
        state = evolve(state, event, at)
    return state
