"""Commands of every kind: anything at all, and as well aimed as somebody could."""

import math
from typing import Any

import msgspec
from hypothesis import strategies as st

from protocol import commands as c
from protocol.errors import Code, Rejected
from protocol.message import kebab
from rooms import core
from rooms.rulebook import COMMANDS
from rooms.state import RoomState, turn_of
from tests.rooms.laws.words import PLANTED

KINDS = tuple(kind for kind in c.Command.__args__ if kind in COMMANDS)
TAGS = {kind: kebab(kind.__name__) for kind in KINDS}
FIELDS = {kind: msgspec.structs.fields(kind) for kind in KINDS}
AIMED = {kind: [f.name for f in fields if f.required or f.name in ("kind", "hand")] for kind, fields in FIELDS.items()}


def commands(state: RoomState, kind: type, now: float) -> st.SearchStrategy[Any]:
    """Commands of a kind, mostly aimed at what is there."""
    near = {name: st.sampled_from(values) for name, values in values_of(state, kind, now).items()}
    needed = {f.name: near[f.name] for f in FIELDS[kind] if f.required}
    others = {f.name: near[f.name] for f in FIELDS[kind] if not f.required}
    return st.fixed_dictionaries(needed, optional=others).map(lambda fields: kind(**fields))


def values_of(state: RoomState, kind: type, now: float) -> dict[str, list[Any]]:
    """What each field of a command could be, what is more likely more often."""
    kept = state.kept
    turns = [*kept.turns] or ["t98"]
    seats: list[str] = [*kept.seats, "s99"]
    if kind in (c.UndoRemoval, c.KeepSeat):
        seats += [*(kept.removed if kind is c.UndoRemoval else kept.proposals)] * 3
    if kind is c.GiveFloor and kept.round:
        seats += kept.round.waiting
    return {
        "seat": seats,
        "hand": [*kept.queue, *kept.queue, "h99"],
        "before": ["", *kept.queue, "h99"],
        "after": [*kept.queue, "h99"],
        "turn": [kept.last.id if kind is c.UndoEnd and kept.last else turn for turn in turns * 7] + ["t99"],
        "floor": ["", kept.floor, "t99"],
        "queue": [kept.queue_version, kept.queue_version, kept.queue_version + 1],
        "version": [state.plan.agreement.version] * 2 + [1, 2],
        "until": [now + 60, now + 20, now - 1, now + 400, now + 5000, math.nan, math.inf],
        "note": ["", PLANTED],
        "reason": [PLANTED],
        "answers": [[], [PLANTED], [PLANTED, PLANTED], [PLANTED] * 3],
        "kind": [*c.HandKind],
        "later": [False, True],
        "check_on_me": [False, True],
        "erase": [False, False, True],
        "text": [PLANTED],
        "phase": [*(phase.name for phase in state.plan.format.phases), "no-such-phase"],
        "order": [*c.Order],
        "prompt": ["", PLANTED],
        "seconds": [5.0, 30.0, 60.0],
        "extra": [0.0, kept.overtime / 2, kept.overtime, kept.overtime + 1],
        "fine": [False, True],
        "signal": [*c.SilentSignal],
        "hold": ["", str(kept.hold.why) if kept.hold else "", "paused"],
    }


def what_there_is(state: RoomState, seat: str, now: float) -> dict[str, Any]:
    """What the fields of a command could name that this person means."""
    kept = state.kept
    mine = next((hand for hand in kept.queue if kept.hands[hand].seat == seat), None)
    phases = [phase.name for phase in state.plan.format.phases]
    here = phases.index(state.phase.name)
    return {
        "seat": next(other for other in (*kept.seats, "s99") if other != seat),
        "hand": mine or next(iter(kept.queue), "h99"),
        "after": kept.queue[-1] if kept.queue else "h99",
        "turn": next(iter(kept.turns), "t99"),
        "queue": kept.queue_version,
        "version": state.plan.agreement.version,
        "until": now + 60,
        "answers": [],
        "reason": "",
        "text": "",
        "kind": c.HandKind.PROCESS,
        "phase": phases[min(here + 1, len(phases) - 1)],
        "order": c.Order.FAIR,
        "prompt": "",
        "seconds": 60.0,
        "extra": 0.0,
        "fine": True,
        "signal": c.SilentSignal.WITH_YOU,
    }


def refused(state: RoomState, kind: type, seat: str, aims: dict[str, Any], now: float) -> Code | None:
    """Why somebody cannot do this, aimed as well as can be: at whatever of its kind it could be done to, if any."""
    why: Code | None = None
    for others in could_be(state, kind, seat):
        fields = {**aims, **others}
        code = refusal(state, seat, kind(**{name: fields[name] for name in AIMED[kind]}), now)
        if code is None:
            return None
        why = why or code
    return why


def could_be(state: RoomState, kind: type, seat: str) -> list[dict[str, Any]]:
    """What else the fields of a command could name."""
    kept = state.kept
    if kind in (c.UndoRemoval, c.KeepSeat):
        return [{"seat": next(iter(kept.removed if kind is c.UndoRemoval else kept.proposals), "s99")}]
    if kind is c.UndoEnd:
        return [{"turn": kept.last.id if kept.last else "t99"}]
    mine = turn_of(kept, seat)
    turns = [*([mine[0]] if mine else []), *kept.turns, "t99"]
    if kind is c.HoldOffer:
        return [{"turn": turn, "until": kept.turns[turn].until} for turn in turns if turn in kept.turns] or [{}]
    if kind is c.GiveFloor:
        return [{"turn": turns[0], "seat": other} for other in kept.seats]
    if kind is c.AllowQuestion:
        return [{"turn": turn, "hand": hand} for turn in turns for hand in (*kept.queue, "h99")]
    return [{"turn": turn} for turn in turns] if "turn" in AIMED[kind] else [{}]


def refusal(state: RoomState, by: str, command: Any, now: float) -> Code | None:
    try:
        core.decide(state, by, command, now)
    except Rejected as no:
        return no.code
    return None
