"""The rooms in which the laws are tried: every format that comes with the server, and small odd ones."""

from pathlib import Path

from msgspec.structs import replace

import rooms
from protocol.commands import HandKind, Order
from protocol.formats import Ending, Format, Movement, Mover, Phase, Responses, Silence
from rooms.format import read
from rooms.state import Plan
from tests.given import BY_HAND, HARD, PHASE, PLAN, plan

BUILT_IN = tuple(
    read(path.read_text("utf-8")) for path in sorted((Path(rooms.__file__).parent / "formats").glob("*.toml"))
)
KINDS = (HandKind.SHARE, HandKind.RESPOND, HandKind.QUESTION)

# Short lengths, so that a few steps see much of them
QUICK = replace(PHASE, kinds=KINDS, turn=40, warning=20, grace=10, pause=2, offer=20, rest=10, window=60)
ASKING = replace(QUICK, name="asking", responses=Responses.INSIDE, question=15, consent=15, consent_for=10, hush=12)
FAIR = replace(ASKING, name="fair", order=Order.FAIR, give=True, consent_silence=Silence.NO)
SEATED = replace(QUICK, name="seated", order=Order.CIRCLE, ending=Ending.HARD, pause=0, rest=0)
CHOSEN = replace(QUICK, name="chosen", order=Order.CHOSEN, give=True, bell=False)
ROUND = replace(QUICK, name="round", floor=Movement.ROUND, give=True, kinds=KINDS[:1], responses=Responses.NONE)
ONCE = replace(QUICK, name="once", floor=Movement.ROUND, second_sweep=False, moves_on=Mover.ITSELF, order=Order.FAIR)
EQUAL = replace(ROUND, name="equal", equal=True, box=100, give=False, moves_on=Mover.ANYONE, ending=Ending.HARD)
OPEN = replace(ASKING, name="open", floor=Movement.OPEN, voices=3, moves_on=Mover.ANYONE)
TWO = replace(OPEN, name="two", voices=2, order=Order.FAIR, consent=0)
HUSH = replace(QUICK, name="hush", floor=Movement.SILENCE, box=30, moves_on=Mover.ITSELF)
HUSHED = replace(HUSH, name="hushed", moves_on=Mover.LEAD)
BREAK = replace(QUICK, name="break", floor=Movement.BREAK, box=60, moves_on=Mover.ITSELF)
REST = replace(BREAK, name="rest", moves_on=Mover.ANYONE)
PHASES = (ASKING, FAIR, SEATED, CHOSEN, ROUND, ONCE, EQUAL, OPEN, TWO, HUSH, HUSHED, BREAK, REST)


def room(*phases: Phase, name: str = "odd") -> Plan:
    return replace(PLAN, format=Format(name=name, phases=phases))


CAREFUL = replace(PLAN, seats=2, two_to_remove=True)  # few seats, and two to remove somebody
ONE_BY_ONE = (FAIR, SEATED, ROUND, ASKING)
ODD = (
    room(*PHASES),
    room(*reversed(PHASES), name="backwards"),
    room(ROUND, name="around"),
    room(FAIR, name="only-fair"),
    room(replace(SEATED, automatic_offers=False), ONCE, CHOSEN, name="by-hand"),
    room(TWO, ASKING, name="kitchen"),
    replace(room(ROUND, OPEN, FAIR, name="careful"), seats=2, two_to_remove=True),
)
PLAIN = (
    *(PLAN, HARD, BY_HAND, plan(pause=0, rest=0), plan(window=15, grace=0, turn=20, offer=20), CAREFUL),
    replace(plan(window=60), two_to_remove=True),
)
PLANS = {  # by a name that reads well where a law does not hold
    **{f"plain-{number}": one for number, one in enumerate(PLAIN)},
    **{one.format.name: one for one in (*ODD, *(replace(PLAN, format=one) for one in BUILT_IN))},
}
