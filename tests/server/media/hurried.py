"""`lingkar`, with formats more in which nobody waits: no quiet after a turn; turns that end by their time; a short
breath when the bell rings, with questions inside turns; and an open floor."""

from msgspec.structs import replace

from protocol.commands import HandKind
from protocol.formats import Movement, Responses
from rooms.format import Ending
from server.__main__ import main
from server.formats import FORMATS

QUICK = "quick"  # no quiet after a turn, and a bell that is not over before a test is
BRIEF = "brief"  # half a second, then the turn ends by itself
LENGTH = 0.5
PRACTICE = "practice"  # the bell, silence, and questions inside turns
BREATH = 2.0  # seconds
OPEN = "open"  # two voices at once


def add() -> None:
    simple = FORMATS["simple"]
    quick = replace(simple.phases[0], pause=0.0, rest=0.0, breath=120.0)
    brief = replace(quick, turn=LENGTH, warning=0.0, grace=0.0, ending=Ending.HARD)
    practice = replace(
        quick, breath=BREATH, kinds=(HandKind.SHARE, HandKind.QUESTION), responses=Responses.INSIDE, hush=600.0
    )
    wide = replace(quick, floor=Movement.OPEN, voices=2)
    for name, phase in ((QUICK, quick), (BRIEF, brief), (PRACTICE, practice), (OPEN, wide)):
        FORMATS[name] = replace(simple, name=name, phases=(phase,))


if __name__ == "__main__":
    add()
    main()
