"""A format with everything in it, anything that one may do there, and what a meeting must still be after a restart."""

import random
from collections.abc import Mapping, Set
from typing import Any

from protocol.commands import HandKind, Order
from protocol.formats import Format, Movement, Mover, Phase, Responses
from protocol.views import TurnState
from rooms.state import Kept

LENGTHS: dict[str, Any] = {"turn": 100, "warning": 40, "grace": 30, "pause": 2, "consent": 30, "question": 30}
PHASES = (
    Phase(name="round", floor=Movement.ROUND, give=True, **LENGTHS),
    Phase(
        name="sharing",
        order=Order.FAIR,
        kinds=(HandKind.SHARE, HandKind.QUESTION),
        responses=Responses.INSIDE,
        give=True,
        **LENGTHS,
    ),
    Phase(name="open-floor", floor=Movement.OPEN, voices=2, moves_on=Mover.ANYONE, **LENGTHS),
    Phase(name="silence", floor=Movement.SILENCE, box=60, moves_on=Mover.ITSELF),
    Phase(name="break", floor=Movement.BREAK, box=60, moves_on=Mover.ITSELF),
    Phase(name="closing-round", floor=Movement.ROUND, second_sweep=False, **LENGTHS),
)
FORMAT = Format(name="practice", phases=PHASES)

ACTS = frozenset(
    (
        *("raise-hand", "accept-floor", "pass-floor", "finish-turn", "give-floor", "hold-silence", "ask-time"),
        *("answer-time", "allow-question", "undo-end", "take-floor", "pass-round", "ring-bell", "send-signal"),
        *("say-ready", "set-phase", "set-order", "set-prompt", "begin-round", "end-round", "begin-silence"),
        *("begin-break", "equalise", "resume-turn", "resume-room", "call-on", "lower-hand", "defer-hand"),
    )
)
SELDOM = frozenset(("set-phase", "end-round", "begin-silence", "begin-break", "lower-hand", "end-turn"))


def anything(
    chance: random.Random, view: Mapping[str, Any], you: Mapping[str, Any], rather: Set[str] = frozenset()
) -> tuple[str, dict[str, Any]] | None:
    """One of the acts that are open to this person, mostly one of `rather`, aimed at something that is there."""
    acts = sorted(ACTS.intersection(you["may"]))
    acts = [act for act in acts if act not in SELDOM or chance.random() < 0.1]
    if chance.random() < 0.7:
        acts = [act for act in acts if act in rather] or acts
    if not acts:
        return None
    act = chance.choice(acts)
    others = [seat for seat in view["circle"] if seat != you["seat"]] or view["circle"]
    waiting = view.get("round", {}).get("waiting") or others
    turns, queue = [*view["turns"]] or ["t0"], view["queue"] or ["h0"]
    mine = you.get("turn", chance.choice(turns))
    running = [id for id, turn in view["turns"].items() if turn["state"] in ("speaking", "grace")] or turns
    questions = [id for id, hand in view["hands"].items() if hand["kind"] == "question"] or queue
    fields: dict[str, dict[str, Any]] = {
        "raise-hand": {"kind": chance.choice([*view["policy"]["kinds"], "process"])},
        "pass-floor": {"turn": mine, "later": chance.random() < 0.3},
        "give-floor": {"turn": mine, "seat": chance.choice(waiting)},
        "answer-time": {"turn": view.get("asking", {}).get("turn", "t0"), "fine": chance.random() < 0.6},
        "allow-question": {"turn": chance.choice(running), "hand": chance.choice(questions)},
        "undo-end": {"turn": view.get("last", {}).get("turn", "t0")},
        "send-signal": {"signal": chance.choice(["with-you", "louder", "slower", "unclear"])},
        "set-phase": {"phase": chance.choice(view["agenda"])["name"]},
        "set-order": {"order": chance.choice(list(Order)).value},
        "set-prompt": {"prompt": f"prompt {chance.randrange(9)}"},
        "begin-silence": {"seconds": chance.choice([5, 60])},
        "begin-break": {"seconds": 30},
        "equalise": {"extra": view.get("overtime", 0) * chance.random()},
        "resume-turn": {"turn": chance.choice(turns)},
        "call-on": {"seat": chance.choice(others)},
        "lower-hand": {},
        "defer-hand": {"hand": you.get("hand", "h0"), "after": chance.choice(queue)},
    }
    given: dict[str, Any] = {"turn": mine} if act in ("accept-floor", "finish-turn", "hold-silence", "ask-time") else {}
    return act, fields.get(act, given)


def place_of_each(kept: Kept) -> dict[str, list[str]]:
    """Where the round has everybody; who is offered a turn of it still waits."""
    around = kept.round
    if around is None:
        return {}
    offered = [turn.seat for turn in kept.turns.values() if turn.round and turn.state is TurnState.OFFERED]
    return {
        "waiting": sorted([*around.waiting, *offered]),
        "again": sorted(around.again),
        "had": sorted(around.had),
        "done": sorted(around.done),
        "sweep": [str(around.sweep), str(around.size)],
    }


def line(kept: Kept) -> list[tuple[str, Any]]:
    """Who waits with a hand, in order, and why there; without those who were offered the floor."""
    return [(id, kept.hands[id].reason) for id in kept.queue]


def faults(kept: Kept) -> list[str]:
    """What is never so: somebody forgotten by the round, or in it twice; or with two hands or turns."""
    wrong = []
    if kept.round is not None and not kept.round.over:
        places = place_of_each(kept)
        seats = [seat for part in ("waiting", "again", "had", "done") for seat in places[part]]
        if sorted(seats) != sorted(kept.circle):
            wrong.append(f"the round has {places} of {kept.circle}")
    turns = [turn.seat for turn in kept.turns.values()]
    hands = [hand.seat for hand in kept.hands.values()]
    if len(set(turns)) < len(turns) or len(set(hands)) < len(hands):
        wrong.append(f"somebody has two: {turns} {hands}")
    wrong += [f"{id} waits aside for nothing" for id, hand in kept.laid_down.items() if hand.seat not in turns]
    return wrong


def changed(before: Kept, after: Kept) -> dict[str, Any]:
    """What a restart has changed, of what it must not. A round in which nobody waits any more may go on at once, when
    an offer beside it is taken back."""
    was, now = _stays(before), _stays(after)
    if not place_of_each(before).get("waiting"):
        was["round"] = now["round"] = ""
    return {name: (was[name], now[name]) for name in was if was[name] != now[name]}


def _stays(kept: Kept) -> dict[str, Any]:
    return {
        "phase": (kept.phase, kept.phase_since, kept.held_in_phase),
        "order": kept.order,
        "round": place_of_each(kept),
        "had": kept.round and kept.round.had,
        "laid down": kept.laid_down,
        "given": kept.given,
        "last": kept.last,
        "spoke": kept.spoke,
        "time": (kept.overtime, kept.extra),
        "bells": (kept.rung, kept.bells),
        "hold": kept.hold and (kept.hold.why, kept.hold.since, kept.hold.until),
        "seats": kept.seats,
        "circle": kept.circle,
    }
