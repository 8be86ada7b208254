"""What do Lighthouse and axe say about the pages that people meet?

A Chromium stands on each page as people do: at the first step by a link, in an open room where somebody has the floor,
on the host page with a room. There Lighthouse loads the page anew, as on a phone and on a desktop, and axe looks at
every step on the way, in both colour schemes. All of it is done by `lighthouse.mjs`, over Caddy with https and HTTP/2.
"""

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.behind import caddy, room
from benchmarks.figure import Figure
from benchmarks.served import TOKEN

HERE = Path(__file__).parent
RUNS = 3


@dataclass
class Found:
    """What was measured so far: scores by page, form and category, what they lack; axe's sentences by state."""

    version: str = ""
    scores: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)
    lost: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    violations: dict[str, list[str]] = field(default_factory=dict)

    def add(self, line: dict[str, Any]) -> None:
        """A line of `lighthouse.mjs`."""
        if "state" in line:
            self.violations[line["state"]] = line["violations"]
            return
        place = (line["page"], line["form"])
        self.version = line["version"]
        for category, score in line["scores"].items():
            self.scores.setdefault((*place, category), []).append(score)
        self.lost.setdefault(place, set()).update(line["lost"])


def figures(runs: int = RUNS) -> Iterator[Figure]:
    if missing := _missing():
        yield Figure("lighthouse", "of 1.0", "", [], least=1.0, why_missing=missing)
        yield Figure("axe-violations", "violations", "", [], goal=0, why_missing=missing)
        return
    found = asyncio.run(_measured(runs))
    for (page, form, category), scores in found.scores.items():
        lost = ", ".join(sorted(found.lost[page, form])) or "nothing"
        told = (
            f"Lighthouse {found.version} as for a {form}, with its own slow network and processor; empty cache; behind "
            f"Caddy, https, HTTP/2; the best of {len(scores)}: other work on the machine only takes away; not full in "
            f"some run: {lost}"
        )
        yield Figure(f"lighthouse-{page}-{form}-{category}", "of 1.0", told, scores, least=1.0)
    wrong = [f"{state}: {each}" for state, sentences in found.violations.items() for each in sentences]
    told = "axe-core, all rules of WCAG 2.2 A and AA and its best practices; light and dark; "
    told += "; ".join([", ".join(found.violations), *wrong])
    yield Figure("axe-violations", "violations", told, [float(len(wrong))], goal=0)


def _missing() -> str:
    """Why nothing can be measured, or nothing."""
    if shutil.which("chromium") is None:
        return "there is no chromium on this machine"
    if caddy() is None:
        return "there is no caddy on this machine (scripts/need proxies)"
    if not (HERE.parent / "node_modules" / "lighthouse").is_dir():
        return "there is no node_modules/lighthouse (make test installs it)"
    return ""


async def _measured(runs: int) -> Found:
    found = Found()
    async with room() as made:
        asked = {**made.links, "host": f"{made.url}/host#{TOKEN}", "chromium": shutil.which("chromium"), "runs": runs}
        process = await asyncio.create_subprocess_exec(
            "node", str(HERE / "lighthouse.mjs"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked).encode())
        process.stdin.close()
        async for line in process.stdout:
            found.add(json.loads(line))
        if await process.wait():
            raise RuntimeError("lighthouse.mjs failed")
    return found
