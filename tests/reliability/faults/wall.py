"""`lingkar` on a machine whose wall clock can be set: `python -m tests.reliability.faults.wall FILE serve ...`

The seconds in the file are added to what `time.time` says, which is where the server reads wall time; the monotonic
clock, by which meetings run, cannot be set on any machine.
"""

import sys
import time
from pathlib import Path

_file, _true = Path(sys.argv[1]), time.time


def _set() -> float:
    return _true() + float(_file.read_text())


if __name__ == "__main__":
    time.time = _set
    from server.__main__ import main  # reads the clock's name when it is imported

    main(sys.argv[2:])
