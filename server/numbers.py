"""What hosts see of a room without entering it: states and numbers, and who leads. Never who takes part."""

from collections.abc import Iterable

import msgspec

from protocol.views import MeetingState, TurnState
from rooms.rules import agreed
from rooms.state import RoomState, Turn, leads, present

FREE, OVER = "free", "over"  # of `floor`, beside the states of a turn


class RoundNumbers(msgspec.Struct, frozen=True):
    """A round: how many of how many `had` a turn in it; `sweep` 2: those who passed are asked once more."""

    had: int
    size: int
    sweep: int


class RoomNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """Times are seconds, in tenths; what is called `_for`, how long it has been so already, 0 while it is not so.

    Places (`speaker_at`, `away`) count from 0 in the circle that people see, where `circle` people sit: those who are
    here and those who are expected back.
    """

    id: str
    title: str
    format: str
    own_title: str  # a host's own words for the format, if any
    state: MeetingState
    phase: str  # the name of the one that is on; empty while nobody has opened the meeting
    phase_title: str  # a host's own words for it, if any
    phase_number: int  # from 1; 0 while nobody has opened the meeting
    phases: int
    present: int
    reconnecting: int
    facilitators: int  # who lead, of those present
    leads: list[str]  # what they are called; not who came as a participant and took over
    waiting: int  # at the door
    hands: int
    longest_wait: float  # of a hand
    longest_at_door: float
    floor: str  # the state of the turn, `over` past the end of its grace, `free` when there is none
    left: float  # of that turn's budget
    budget: float
    speaker_at: int  # -1: nobody has the floor, or is not in that circle
    away: list[int]  # those who are expected back
    circle: int
    voices: int  # how many are heard
    round: RoundNumbers | None
    hold: str  # why the room stands still; empty while it does not
    hold_for: float
    alone_for: float  # people are inside or at the door, and nobody who leads
    over_for: float  # the longest, since the grace ended
    suspended_for: float  # the longest, since a speaker lost the connection
    unagreed: int  # how many inside have yet to accept the newest agreement
    unagreed_for: float
    announced: str  # the id of the announcement that is shown, if any


TIMES = tuple(name for name, kind in RoomNumbers.__annotations__.items() if kind is float and name != "budget")


def of(id: str, state: RoomState, now: float) -> RoomNumbers:
    """Of this room, at this meeting time."""
    kept, live, plan, phase = state.kept, state.live, state.plan, state.phase
    is_open = kept.meeting is MeetingState.OPEN
    circle = [seat for seat in kept.circle if seat not in live.presence or not live.presence[seat].aside]
    here = [seat for seat in circle if present(state, seat)]
    door = [id for id, seat in kept.seats.items() if not seat.inside and present(state, id)]
    leading = [seat for seat in here if leads(kept.seats[seat].role)]
    turn = _on_the_floor(kept.turns.values())
    turns, around = kept.turns.values(), kept.round
    unagreed = [seat for seat in agreed.yet(state) if seat in circle]
    return RoomNumbers(
        id=id,
        title=plan.title,
        format=plan.format.name,
        own_title=plan.format.title,
        state=kept.meeting,
        phase=phase.name if is_open else "",
        phase_title=phase.title if is_open else "",
        phase_number=plan.format.phases.index(phase) + 1 if is_open else 0,
        phases=len(plan.format.phases),
        present=len(here),
        reconnecting=len(circle) - len(here),
        facilitators=len(leading),
        leads=[live.names[seat].text for seat in leading if seat in live.names and not kept.seats[seat].acting],
        waiting=len(door),
        hands=len(kept.queue),
        longest_wait=_longest(now - kept.hands[hand].since for hand in kept.queue),
        longest_at_door=_longest(now - kept.seats[seat].since for seat in door),
        floor=FREE if turn is None else OVER if turn.over else turn.state.value,
        left=0.0 if turn is None else _longest([turn.budget - turn.spoken(now)]),
        budget=0.0 if turn is None else round(turn.budget, 1),
        speaker_at=circle.index(turn.seat) if turn is not None and turn.seat in circle else -1,
        away=[place for place, seat in enumerate(circle) if not present(state, seat)],
        circle=len(circle),
        voices=sum(turn.heard for turn in turns),
        round=None if around is None or around.over else RoundNumbers(len(around.had), around.size, around.sweep),
        hold=kept.hold.why.value if kept.hold else "",
        hold_for=_longest([now - kept.hold.since] if kept.hold else ()),
        alone_for=0.0 if leading or not (here or door) else _longest([now - _alone_since(state, [*here, *door])]),
        over_for=_longest(one.spoken(now) - one.budget - phase.grace for one in turns if one.over),
        suspended_for=_longest(now - one.since for one in turns if one.state is TurnState.SUSPENDED),
        unagreed=len(unagreed),
        unagreed_for=_longest([agreed.yet_for(state, now)] if unagreed else ()),
        announced=live.announcement.id if live.announcement else "",
    )


def _longest(seconds: Iterable[float]) -> float:
    """The longest of them in tenths; 0 when there is none, or none is over 0."""
    return round(max((0.0, *seconds)), 1)


def _on_the_floor(turns: Iterable[Turn]) -> Turn | None:
    """The one turn that is told: the one in which a question is asked, else who is heard, else who would be, else
    whose answer is waited for."""
    weight = {TurnState.QUESTION: 0, TurnState.OFFERED: 3}
    return min(turns, key=lambda turn: weight.get(turn.state, 1 if turn.heard else 2), default=None)


def _alone_since(state: RoomState, people: Iterable[str]) -> float:
    """Since when there is somebody, and nobody who leads: the last of those had gone, and the first of these come."""
    kept, presence = state.kept, state.live.presence
    gone = [presence[id].since for id in kept.circle if leads(kept.seats[id].role) and id in presence]
    return max(max(gone, default=kept.unled), min(presence[id].since for id in people))


def clockless(numbers: RoomNumbers) -> RoomNumbers:
    """The same without what passing time alone changes: of times only whether they run."""
    return msgspec.structs.replace(numbers, **{name: float(getattr(numbers, name) > 0) for name in TIMES})
