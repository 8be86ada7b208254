"""What is in `may` can be done, what is not in it cannot."""

from typing import TYPE_CHECKING

from protocol import commands as c
from protocol.errors import Code
from rooms.privates import Privates
from tests.rooms.laws.aiming import KINDS, TAGS, refused, what_there_is

if TYPE_CHECKING:
    from tests.rooms.laws.world import World

# About a certain other person, turn or moment: whether it can be done depends on what it is aimed at
ABOUT_SOMEBODY = (
    *(c.Admit, c.Decline, c.Remove, c.KeepSeat, c.UndoRemoval, c.CallOn, c.AddHand),
    *(c.NameSuccessor, c.UnnameSuccessor, c.GiveFloor, c.AllowQuestion),
)
# What may be refused only because of the moment, or of whoever is away, which no button follows
MOMENTS = {
    c.RingBell: {Code.RANG},
    c.AskTime: {Code.TOO_EARLY, Code.ENOUGH},
    c.HoldSilence: {Code.ENOUGH},
    c.SendSignal: {Code.NO_TURN},
    c.UndoEnd: {Code.NOT_HERE},
}
NOT_FOR_YOU = {Code.NOT_ADMITTED, Code.NOT_AGREED, Code.NOT_OPEN, Code.NO_HAND, Code.NO_TURN}


def the_buttons_are_right(m: "World") -> None:
    """Asked of one person after the other, a step at a time: it is every command of the rulebook for each of them."""
    seats = [*m.state.kept.seats]
    if not seats:
        return
    seat = seats[m.steps % len(seats)]
    may, aims = Privates(m.state).of(seat).may, what_there_is(m.state, seat, m.now)
    for kind in KINDS:
        allowed = TAGS[kind] in may
        code = refused(m.state, kind, seat, aims, m.now)
        if kind in ABOUT_SOMEBODY:
            assert code not in NOT_FOR_YOU if allowed else code is not None, (seat, kind, code)
        elif allowed:
            assert code is None or code in MOMENTS.get(kind, ()), (seat, kind, code)
        else:
            assert code is not None, (seat, kind)


LAWS = (the_buttons_are_right,)
