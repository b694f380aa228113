"""How the scripts of this folder tell what they measured: for people, or as one JSON object."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Target:
    """What was asked for, and what was found.

    Attributes:
        what: the figure in words.
        found: what was measured.
        limit: the most that it may be, or the least.
        is_least: whether the limit is the least.
    """

    what: str
    found: float
    limit: float
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether what was found is within the limit."""
        return self.found >= self.limit if self.is_least else self.found <= self.limit

    def line(self) -> str:
        """The target in a line for people."""
        sign = "≥" if self.is_least else "≤"
        return f"{'met   ' if self.is_met else 'MISSED'} {self.what}: {self.found:g} (target {sign} {self.limit:g})"


def medians(taken: Mapping[str, Sequence[tuple[float, float, float]]]) -> dict[str, dict[str, float]]:
    """Of what each run of each program took (by the clock, of the processor, MiB): medians, and the most memory."""
    return {
        name: {
            "wall_s": round(statistics.median(wall for wall, _cpu, _memory in times), 2),
            "cpu_s": round(statistics.median(cpu for _wall, cpu, _memory in times), 2),
            "peak_mib": round(max(memory for _wall, _cpu, memory in times), 1),
        }
        for name, times in taken.items()
    }


def tell(figures: Mapping[str, Any], targets: Sequence[Target], *, as_json: bool, skipped: str = "") -> None:
    """Print figures and targets; as JSON exactly one object, and nothing else, on stdout."""
    if as_json:
        found = {"figures": figures, "targets": [asdict(target) | {"is_met": target.is_met} for target in targets]}
        print(json.dumps(found | ({"skipped": skipped} if skipped else {}), ensure_ascii=False))
        return
    for name, figure in figures.items():
        shown = "  ".join(f"{key} {value}" for key, value in figure.items()) if isinstance(figure, dict) else figure
        print(f"{name:24} {shown}")
    if skipped:
        print(f"skipped: {skipped}")
    for target in targets:
        print(target.line())
