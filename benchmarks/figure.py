"""A measured figure: the median of several runs, with its goal and the conditions under which it was measured."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Figure:
    """`goal` is the most that it should be. `raw` are the runs; without any the figure is missing, never made up."""

    name: str
    unit: str
    conditions: str
    raw: Sequence[float]
    goal: float | None = None
    peer: str | None = None
    why_missing: str = field(default="")

    @property
    def value(self) -> float | None:
        return round(median(self.raw), 4) if self.raw else None

    @property
    def missed(self) -> bool:
        return self.goal is not None and (self.value is None or self.value > self.goal)

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
        return shown | ({"missing": self.why_missing} if self.why_missing else {})
