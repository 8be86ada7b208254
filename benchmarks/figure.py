"""A measured figure: the median of several runs, with its goal and the conditions under which it was measured.

Where there is a least that it should be, the best run counts: other work on the machine only takes away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Figure:
    """`goal` is the most that it should be, `least` the least. `raw` are the runs; without any the figure is missing,
    never made up."""

    name: str
    unit: str
    conditions: str
    raw: Sequence[float]
    goal: float | None = None
    peer: str | None = None
    why_missing: str = field(default="")
    least: float | None = None

    @property
    def value(self) -> float | None:
        if not self.raw:
            return None
        return round(median(self.raw) if self.least is None else max(self.raw), 4)

    @property
    def missed(self) -> bool:
        value, most, least = self.value, self.goal, self.least
        if value is None:
            return most is not None or least is not None
        return (most is not None and value > most) or (least is not None and value < least)

    def shown(self) -> dict[str, object]:
        shown: dict[str, object] = {
            "name": self.name,
            "value": self.value,
            "range": [round(min(self.raw), 4), round(max(self.raw), 4)] if self.raw else None,
            "unit": self.unit,
            "goal": self.goal,
            "peer": self.peer,
            "conditions": self.conditions,
            "runs": len(self.raw),
        }
        if self.least is not None:
            shown["least"] = self.least
        return shown | ({"missing": self.why_missing} if self.why_missing else {})
