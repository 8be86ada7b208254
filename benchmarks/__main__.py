"""`python -m benchmarks [core|signalling|storm|back|resume|audio|page ...]`: a line per figure, all in results.json."""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from benchmarks import audio, back, core, everyone, page, resume, signalling, storm
from benchmarks.figure import Figure

QUESTIONS: dict[str, Callable[[], Iterator[Figure]]] = {
    "core": core.figures,
    "signalling": signalling.figures,
    "storm": storm.figures,
    "back": back.figures,
    "resume": resume.figures,
    "audio": audio.figures,
    "page": lambda: chain(page.figures(), everyone.figures()),
}
RESULTS = Path(__file__).parent / "results.json"


def main(asked: list[str]) -> None:
    unknown = set(asked) - QUESTIONS.keys()
    if unknown:
        raise SystemExit(f"benchmarks: {', '.join(sorted(unknown))}: there is only {', '.join(QUESTIONS)}")
    rows: list[dict[str, object]] = []
    missed = []
    for name in asked or QUESTIONS:
        about = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
        for figure in QUESTIONS[name]():
            print(json.dumps(figure.shown()), flush=True)
            rows.append({**figure.shown(), **about, "raw": figure.raw})
            missed += [figure.name] if figure.missed else []
    RESULTS.write_text(json.dumps([*(_others(rows) if asked else []), *rows], indent=1) + "\n")
    if missed:
        print(f"not as good as they should be: {', '.join(missed)}", file=sys.stderr)


def _others(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """What was measured before and not again now; each figure has its own date."""
    known: list[dict[str, object]] = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    return [row for row in known if row["name"] not in {new["name"] for new in rows}]


def machine() -> dict[str, object]:
    """`load` is what else the machine did in the minute before."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(pages * size / 2**30, 1),
        "python": platform.python_version(),
        "kernel": platform.release(),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
