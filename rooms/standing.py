"""What decides whether a command would be refused at once: the room's facts and where a person stands.

Both are small hashable values, so `may` is computed once for all who stand alike.
"""

from enum import StrEnum

from protocol.views import Hold, MeetingState, Role, TurnState
from rooms.state import Kept, Plan, RoomState, Value, leads, turn_of


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
    """What is the same for everybody. `turn` is the state of the turn on the floor."""

    meeting: MeetingState
    queue_open: bool
    hands: bool
    turn: TurnState | None
    questions: bool
    hold: Hold | None = None
    successors: bool = False
    proposed: bool = False  # that somebody is removed
    removed: bool = False  # somebody was
    locked: bool = False


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


def facts(plan: Plan, kept: Kept) -> Facts:
    turn = next(iter(kept.turns.values()), None)
    return Facts(
        kept.meeting,
        kept.queue_open,
        bool(kept.queue),
        turn.state if turn else None,
        bool(plan.questions),
        kept.hold.why if kept.hold else None,
        bool(kept.successors),
        bool(kept.proposals),
        bool(kept.removed),
        kept.locked,
    )


def standing(state: RoomState, seat: str, hand: str | None = None) -> Standing:
    """Where a seat stands; `hand` spares the search where the caller knows it."""
    kept = state.kept
    me = kept.seats[seat]
    agreed = me.agreed >= state.plan.agreement.version
    who = INSIDE[me.role] if me.inside else Who.DOOR
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
    )
