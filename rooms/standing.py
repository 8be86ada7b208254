"""What decides whether a command would be refused at once: the room's facts and where a person stands.

Both are small hashable values, so `may` is computed once for all who stand alike.
"""

from enum import StrEnum

from protocol.commands import HandKind
from protocol.formats import Movement, Mover, Responses
from protocol.views import Hold, MeetingState, Role, TurnState
from rooms.rules import next_up
from rooms.state import Kept, RoomState, Value, leads, round_on, turn_of

MOST_ASKINGS = 3  # times that the group is asked for more in one turn: after that it is for those who lead


class Who(StrEnum):
    """The permission column's values. Identity comes from the session; the role is read from the state."""

    DOOR = "door"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    HOST = "host"
    SERVER = "server"


INSIDE = {Role.PARTICIPANT: Who.PARTICIPANT, Role.FACILITATOR: Who.FACILITATOR, Role.HOST: Who.HOST}

LEADS = frozenset({Who.FACILITATOR, Who.HOST})
SEATED = LEADS | {Who.PARTICIPANT}
EVERYONE = SEATED | {Who.DOOR}
AT_THE_DOOR = frozenset({Who.DOOR})
SERVER = frozenset({Who.SERVER})


class Facts(Value, frozen=True):
    """What is the same for everybody. `turns` are the states of those on the floor."""

    meeting: MeetingState
    queue_open: bool
    hands: bool
    questions: bool
    hold: Hold | None = None
    successors: bool = False
    proposed: bool = False  # that somebody is removed
    removed: bool = False  # somebody was
    locked: bool = False
    turns: frozenset[TurnState] = frozenset()
    free: bool = True  # room for another voice
    floor: Movement = Movement.QUEUE
    round: bool = False  # and it is not over
    asking: bool = False  # the group is asked for more time
    last: bool = False  # a turn that could be put back
    overtime: bool = False
    questions_up: bool = False  # hands with a question, where one may be allowed into a turn
    consent: bool = False  # the phase lets the group give more time
    give: bool = False
    hush: bool = False
    bell: bool = False
    onward: bool = False  # there is a next phase, and anybody may move on to it
    phases: bool = False  # more than one
    hands_wait: bool = False  # where the piece is given: for the floor, and it comes to them by itself


class Standing(Value, frozen=True):
    """Where one person stands. `returned`: back after a drop in the middle of a turn."""

    who: Who
    leads: bool
    admitted: bool
    agreed: bool
    hand: bool = False
    behind: bool = False  # somebody stands behind my hand
    turn: TurnState | None = None
    returned: bool = False
    acting: bool = False  # took over, and can give it back
    successor: bool = False
    proposed: bool = False  # somebody would remove me: nothing that I am shown may depend on it
    round: bool = False  # yet to be asked in the round
    last: bool = False  # the turn that I could put back was mine
    asks: bool = False  # it is me who asks for more time now
    enough: bool = False  # nobody is asked whether my turn may go on: they were, or it is a question
    inside: bool = False  # I ask something in the turn of somebody else
    about: bool = False  # or say something about the room
    given: bool = False  # the piece was passed to me


def facts(state: RoomState) -> Facts:
    plan, kept, phase = state.plan, state.kept, state.phase
    phases = plan.format.phases
    return Facts(
        kept.meeting,
        kept.queue_open,
        bool(kept.queue),
        bool(plan.questions),
        kept.hold.why if kept.hold else None,
        bool(kept.successors),
        bool(kept.proposals),
        bool(kept.removed),
        kept.locked,
        turns=frozenset(turn.state for turn in kept.turns.values()),
        free=len(kept.turns) < state.voices,
        floor=phase.floor,
        round=round_on(kept) is not None,
        asking=kept.asking is not None,
        last=kept.last is not None,
        overtime=kept.overtime > 0,
        questions_up=phase.responses is Responses.INSIDE and _questions_up(kept),
        consent=phase.consent > 0,
        give=phase.give,
        hush=phase.hush > 0,
        bell=phase.bell,
        onward=phase.moves_on is Mover.ANYONE and phase.name != phases[-1].name,
        phases=len(phases) > 1,
        hands_wait=phase.give and next_up.hands_wait(state),
    )


def _questions_up(kept: Kept) -> bool:
    return any(kept.hands[id].kind is HandKind.QUESTION for id in kept.queue)


def standing(state: RoomState, seat: str, hand: str | None = None) -> Standing:
    """Where a seat stands; `hand` spares the search where the caller knows it."""
    kept = state.kept
    me = kept.seats[seat]
    agreed = me.agreed >= state.plan.agreement.version
    who = INSIDE[me.role] if me.inside and not me.reading else Who.DOOR
    turn = turn_of(kept, seat)
    return Standing(
        who,
        leads(me.role),
        me.admitted,
        agreed,
        bool(hand),
        bool(hand) and hand != kept.queue[-1],
        turn[1].state if turn else None,
        turn is not None and turn[1].returned,
        me.acting,
        seat in kept.successors,
        seat in kept.proposals,
        in_round(kept, seat),
        seat == own_last(kept),
        turn is not None and kept.asking is not None and kept.asking.turn == turn[0],
        turn is not None and (turn[1].declined or turn[1].askings >= MOST_ASKINGS or bool(turn[1].inside)),
        turn is not None and turn[1].inside in kept.turns,
        turn is not None and turn[1].about,
        turn is not None and turn[1].given,
    )


def own_last(kept: Kept) -> str:
    """The seat whose turn ended last, while it may put it back itself: it had ended it, nobody was offered the floor
    since, and the phase is the same; empty when there is none."""
    last = kept.last
    if last is None or not last.own or kept.turn_count != last.count or last.at <= kept.phase_since:
        return ""
    return last.turn.seat


def in_round(kept: Kept, seat: str) -> bool:
    """Yet to be asked in it."""
    around = round_on(kept)
    return around is not None and seat in around.waiting
