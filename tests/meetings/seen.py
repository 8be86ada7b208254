"""What people see: the room as everyone sees it, the door, and each person's own part, in words."""

from collections.abc import Mapping
from typing import Any

from protocol.errors import Bye
from protocol.formats import Movement
from protocol.views import CircleView, Hold, LeadView, Turn, TurnState, Why, You
from rooms.events import SeatEnded
from rooms.privates import Privates
from rooms.view import see
from tests.given import Scene

Told = dict[str, str]  # what can be seen, by the word before it

STANDS = {
    Hold.PAUSED: "still: paused",
    Hold.LOST: "still: nobody leads",
    Hold.BELL: "still: the bell",
    Hold.SILENCE: "still: silence together",
    Hold.BREAK: "still: a break",
}


def sees(scene: Scene) -> Told:
    """Everything that somebody can see now."""
    seen = see(scene.state, None)
    view, privates = seen.circle, Privates(scene.state)
    names = {seat: str(person.name or f"({seat})") for seat, person in view.people.items()}
    waiting = {seat: str(somebody.name or f"({seat})") for seat, somebody in seen.lead.waiting.items()}
    people: Told = {
        "meeting": "closed" if scene.state.kept.closed else view.meeting.value,
        "phase": view.phase if len(view.agenda) > 1 else "",
        "words": view.prompt,
        "order": view.policy.order.value if view.policy.order.value != "first-come" else "",
        "stands": stands(view),
        "ready": ", ".join(names[seat] for seat in view.ready),
        "acting": ", ".join(names[seat] for seat in view.circle if scene.state.kept.seats[seat].acting),
        "named": ", ".join(names[seat] for seat in view.successors),
        "circle": ", ".join(names[seat] + ("" if view.people[seat].present else " (away)") for seat in view.circle),
        "reads": ", ".join(names[seat] for seat in seen.lead.reading),
        "door": ", ".join(waiting[seat] + at_the_door(seen.lead, seat) for seat in waiting),
        "seats": f"{seen.lead.taken} of {seen.lead.seats}" if seen.lead.seats else "",
        "removed": ", ".join(str(somebody.name or f"({id})") for id, somebody in seen.lead.removed.items()),
        "may go": ", ".join(
            f"{names[id]} until {clock(proposal.until)}, says {names[proposal.by]}: {proposal.reason}"
            for id, proposal in seen.lead.proposals.items()
        ),
        "floor": floor(view, names, scene.now),
        "given": names[view.given] if isinstance(view.given, str) else "",
        "asked": asking(view, names),
        "round": around(view, names),
        "queue": queue(view, names),
        "spoke": ", ".join(
            f"{names[seat]} {person.turns}x {clock(person.spoken)}"
            for seat, person in view.people.items()
            if person.turns or person.spoken
        ),
        "over": f"by {clock(view.overtime)}" if view.overtime else "",
        "extra": f"{clock(view.extra)} for each" if view.extra else "",
        "notes": ", ".join(f"{names[hand.seat]}: {hand.note}" for hand in seen.lead.hands.values() if hand.note),
    }
    own = {name: own_part(privates.of(seat)) for seat, name in {**names, **waiting}.items()}
    return {word: what for word, what in {**people, **own}.items() if what}


def stands(view: CircleView) -> str:
    if not isinstance(view.hold, Hold):
        return ""
    return STANDS[view.hold] + (f" until {clock(view.hold_until)}" if view.hold_until else "")


def at_the_door(view: LeadView, seat: str) -> str:
    somebody = view.waiting[seat]
    signs = [word for word in ("present", "agreed", "admitted") if getattr(somebody, word) is (word != "present")]
    said = [*(sign.replace("present", "away") for sign in signs), *(f'"{answer}"' for answer in somebody.answers)]
    said += [f"again, the seat of {somebody.again}"] if somebody.again else []
    return f" ({', '.join(said)})" if said else ""


def floor(view: CircleView, names: Mapping[str, str], now: float) -> str:
    turns = [turn_in_words(turn, names[turn.seat], view, names) for turn in view.turns.values()]
    if view.policy.floor is Movement.OPEN:
        room = view.policy.voices - sum(1 for turn in view.turns.values() if not turn.inside)
        turns += [f"room for {room}"] if room > 0 else []
        return "; ".join(turns)
    if turns:
        return "; ".join(turns)
    quiet = isinstance(view.pause_until, float | int) and view.pause_until > now
    return f"free, quiet until {clock(view.pause_until)}" if quiet else "free"


def turn_in_words(turn: Turn, name: str, view: CircleView, names: Mapping[str, str]) -> str:
    outer = view.turns.get(turn.inside) if isinstance(turn.inside, str) else None
    who = f"{name} (a question to {names[outer.seat]})" if outer else name
    declined = ", no more time" if turn.declined else ""
    match turn.state:
        case TurnState.OFFERED:
            return f"offered to {who} until {clock(turn.ends_at)}"
        case TurnState.SPEAKING:
            return f"{who} speaks until {clock(turn.ends_at)}{declined}"
        case TurnState.GRACE:
            return (
                f"{who} is over time" if turn.over else f"{who} finishes the thought until {clock(turn.ends_at)}"
            ) + (declined)
        case TurnState.SILENT:
            return f"{who} holds a silence, {clock(turn.left)} left, until {clock(turn.waits_until)}"
        case TurnState.QUESTION:
            return f"{who} is asked something, {clock(turn.left)} left"
        case _:
            held = f", until {clock(turn.waits_until)}" if turn.waits_until else ""
            return f"{who} {turn.state}, {clock(turn.left)} left{held}"


def asking(view: CircleView, names: Mapping[str, str]) -> str:
    if not view.asking:
        return ""
    return f"a little more for {names[view.turns[view.asking.turn].seat]}? until {clock(view.asking.until)}"


def around(view: CircleView, names: Mapping[str, str]) -> str:
    if not view.round:
        return ""
    to_come = ", ".join(names[seat] for seat in view.round.waiting) or "nobody"
    return f"{to_come} to come{' (second sweep)' if view.round.sweep > 1 else ''}, {view.round.had} had a turn"


def queue(view: CircleView, names: Mapping[str, str]) -> str:
    hands = [(place, view.hands[hand]) for place, hand in enumerate(view.queue, 1)]
    told = ", ".join(f"{place} {names[hand.seat]} ({why(hand)}{rest(hand.rests_until)})" for place, hand in hands)
    return told + ("" if view.queue_open else " closed").lstrip("" if told else " ")


def why(hand: Any) -> str:
    return f"{hand.turns}x {clock(hand.spoken)} so far" if hand.reason is Why.TURNS else str(hand.reason)


def rest(until: Any) -> str:
    return f", rests until {clock(until)}" if until else ""


def own_part(you: You) -> str:
    """Place in the queue or the round, the heads-up, what others signal, and what the large button offers."""
    parts = [ordinal(you.place)] if isinstance(you.place, int) else []
    parts += [f"{ordinal(you.round_place)} in the round"] if isinstance(you.round_place, int) else []
    parts += ["next"] if you.next else []
    parts += [f"{ordinal(you.line)} in the line"] if isinstance(you.line, int) else []
    parts += [f'reads "{you.message}"'] if you.message else []
    parts += [f"sees {count}x {signal}" for signal, count in you.signals.items()]
    parts += (
        [{True: "said fine", False: "said enough"}[you.answered_time]] if you.answered_time in (True, False) else []
    )
    parts += [
        says
        for command, says in (
            ("accept-floor", "it is yours: start"),
            ("finish-turn", "I am done"),
            ("resume-turn", "go on"),
        )
        if command in you.may and you.turn
    ]
    return ", ".join(parts)


def ordinal(place: int) -> str:
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place, 'th') }"


def done(scene: Scene) -> list[str]:
    """What the room is told of those who lead."""
    return [f"{'told':<8}{act.who or 'a host'}: {act.done} {act.whom}".rstrip() for act in scene.acts]


def goodbyes(scene: Scene) -> list[str]:
    """The last thing that people hear."""
    return [f"goodbye {event.seat.title()}: {event.how}" for event in scene.said if isinstance(event, SeatEnded)] or (
        [f"goodbye everyone: {Bye.CLOSED}"] if scene.state.kept.closed else []
    )


def changes(before: Told, now: Told) -> list[str]:
    words = [*now, *(word for word in before if word not in now)]
    return [f"{word:<8}{now.get(word, '-')}" for word in words if before.get(word) != now.get(word)]


def clock(at: Any) -> str:
    """Meeting time as minutes and seconds."""
    minutes, rest = divmod(round(at), 60)
    return f"{minutes:02}:{rest:02}"
