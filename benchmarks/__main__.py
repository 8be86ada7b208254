"""`python -m benchmarks [core|signalling|page ...]`: one JSON line per figure, all of them in `benchmarks/results.json`."""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import core, page, signalling
from benchmarks.figure import Figure

QUESTIONS = {"core": core.figures, "signalling": signalling.figures, "page": page.figures}
RESULTS = Path(__file__).parent / "results.json"


def main(asked: list[str]) -> None:
    unknown = set(asked) - QUESTIONS.keys()
    if unknown:
        raise SystemExit(f"benchmarks: {', '.join(sorted(unknown))}: there is only {', '.join(QUESTIONS)}")
    found: list[Figure] = []
    for name in asked or QUESTIONS:
        for figure in QUESTIONS[name]():
            print(json.dumps(figure.shown()), flush=True)
            found.append(figure)
    about = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    rows = [{**figure.shown(), **about, "raw": figure.raw} for figure in found]
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n")
    if any(figure.missed for figure in found):
        print("some figures miss their goal", file=sys.stderr)


def machine() -> dict[str, object]:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(pages * size / 2**30, 1),
        "python": platform.python_version(),
        "kernel": platform.release(),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
