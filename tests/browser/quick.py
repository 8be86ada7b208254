"""`lingkar` with more formats: *simple* with other times, so that no test waits for minutes or races against seconds.

`quick` has everything within half a minute. In `still` nothing moves by itself; `warned`, `graced`, `over` and `hushed`
are like it, but stay in the last seconds of a turn, in its grace, beyond it, in the quiet after it. In `led` somebody
has to lead.
"""

from typing import Any

from msgspec.structs import replace

from rooms.format import Format
from server.__main__ import main
from server.formats import FORMATS


def simple(name: str, **times: Any) -> Format:
    """The format *simple* with these times instead, in seconds."""
    plain = FORMATS["simple"]
    return replace(plain, name=name, phases=(replace(plain.phases[0], **times),))


STILL = {"turn": 1800, "warning": 30, "grace": 1800, "pause": 0, "offer": 600, "rest": 600, "window": 600, "unled": 600}
QUICK = [
    simple("quick", turn=10, warning=6, grace=2, pause=1, offer=20, rest=2, window=6, unled=600),
    simple("still", **STILL),
    simple("warned", **STILL | {"turn": 60, "warning": 59}),
    simple("graced", **STILL | {"turn": 6, "warning": 4}),
    simple("over", **STILL | {"turn": 6, "warning": 4, "grace": 0}),
    simple("led", **STILL | {"unled": 2}),
    simple("hushed", **STILL | {"pause": 1800}),
]

if __name__ == "__main__":
    FORMATS.update((each.name, each) for each in QUICK)
    main()
