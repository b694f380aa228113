"""Who reports to whom, made into a forest: whatever was typed in, every person has one place on the map."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Flaw(Enum):
    """What was wrong with a `reports to`; the person is shown at the top instead."""

    SELF = "self"
    UNKNOWN = "unknown"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Warn:
    """One `reports to` that was left out of the tree: whose, and to whom it pointed."""

    flaw: Flaw
    key: int
    reports_to: int


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of keys, in the order in which the people came; `bosses` holds None for who is at the top."""

    bosses: dict[int, int | None]
    reports: dict[int, tuple[int, ...]]
    roots: tuple[int, ...]
    warnings: tuple[Warn, ...] = field(default=())

    def outline(self) -> Iterator[tuple[int, int]]:
        """Every key with its depth (0 at the top), a boss before its reports, without recursion."""
        stack = [(root, 0) for root in reversed(self.roots)]
        while stack:
            key, depth = stack.pop()
            yield key, depth
            stack.extend((report, depth + 1) for report in reversed(self.reports[key]))


def plant(reports_to: Mapping[int, int | None]) -> Forest:
    """Make a forest of any graph: a self-report, an unknown boss and the lowest key of a cycle go to the top."""
    bosses: dict[int, int | None] = {}
    warnings: list[Warn] = []
    for key, boss in reports_to.items():
        flaw = _flaw(key, boss, reports_to)
        bosses[key] = None if flaw else boss
        if flaw and boss is not None:
            warnings.append(Warn(flaw, key, boss))
    for key in _cycle_heads(bosses):
        boss, bosses[key] = bosses[key], None
        if boss is not None:
            warnings.append(Warn(Flaw.CYCLE, key, boss))
    children: dict[int, list[int]] = {key: [] for key in bosses}
    for key, boss in bosses.items():
        if boss is not None:
            children[boss].append(key)
    roots = tuple(key for key, boss in bosses.items() if boss is None)
    return Forest(bosses, {key: tuple(keys) for key, keys in children.items()}, roots, tuple(warnings))


def _flaw(key: int, boss: int | None, known: Mapping[int, int | None]) -> Flaw | None:
    if boss is None:
        return None
    if boss == key:
        return Flaw.SELF
    return None if boss in known else Flaw.UNKNOWN


def _cycle_heads(bosses: Mapping[int, int | None]) -> list[int]:
    """The lowest key of every cycle; each person has one boss, so cycles never share a person."""
    heads: list[int] = []
    settled: set[int] = set()
    for start in bosses:
        trail: dict[int, None] = {}
        key: int | None = start
        while key is not None and key not in settled and key not in trail:
            trail[key] = None
            key = bosses[key]
        if key is not None and key in trail:
            path = list(trail)
            heads.append(min(path[path.index(key) :]))
        settled.update(trail)
    return heads
