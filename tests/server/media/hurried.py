"""`lingkar`, with two formats more in which nobody waits: no quiet after a turn; and turns that end by their time."""

from msgspec.structs import replace

from rooms.format import Ending
from server.__main__ import main
from server.formats import FORMATS

QUICK = "quick"  # no quiet after a turn
BRIEF = "brief"  # half a second, then the turn ends by itself
LENGTH = 0.5


def add() -> None:
    simple = FORMATS["simple"]
    quick = replace(simple.phases[0], pause=0.0, rest=0.0)
    brief = replace(quick, turn=LENGTH, warning=0.0, grace=0.0, ending=Ending.HARD)
    for name, phase in ((QUICK, quick), (BRIEF, brief)):
        FORMATS[name] = replace(simple, name=name, phases=(phase,))


if __name__ == "__main__":
    add()
    main()
