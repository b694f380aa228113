"""What was planned against what was done, and how accounts moved on the ladder (method.md section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.method.ladder import LEVELS
from crmtui.method.proportions import Proportion, proportion

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.domain.words import Level
    from crmtui.method.ladder import Move


@dataclass(frozen=True, slots=True)
class Effort:
    """Effort on an account, or on a channel.

    Attributes:
        key: which.
        planned: hours or contacts; 0 where nothing was planned.
        done: of these, what was done.
        unplanned: what was done beside them.
    """

    key: int
    planned: float
    done: float
    unplanned: float


@dataclass(frozen=True, slots=True)
class Against:
    """Plan against what was done.

    Attributes:
        planned: in all.
        done: of these, what was done.
        unplanned: what was done beside them.
        ratio: done over planned, 0 to 1; None where nothing was planned.
        under: keys that got less than planned in all, the greatest gap first.
        over: keys that got more, or had no plan, likewise.
    """

    planned: float
    done: float
    unplanned: float
    ratio: float | None
    under: tuple[int, ...]
    over: tuple[int, ...]


def against(efforts: Iterable[Effort]) -> Against:
    """Plan against what was done, of any one unit."""
    given = tuple(efforts)
    planned = sum(one.planned for one in given)
    done = sum(one.done for one in given)
    gaps = sorted(((one.done + one.unplanned - one.planned, one.key) for one in given), key=lambda gap: gap[0])
    return Against(
        planned=planned,
        done=done,
        unplanned=sum(one.unplanned for one in given),
        ratio=done / planned if planned else None,
        under=tuple(key for gap, key in gaps if gap < 0),
        over=tuple(key for gap, key in reversed(gaps) if gap > 0),
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """How accounts moved on the ladder in a period.

    Attributes:
        up: share of the accounts that were judged before and at the end that stand higher.
        down: share that stands lower.
        rows: for each level that they had, how many are at which level now.
        risen: keys, those with the most steps first.
        fallen: likewise.
        unseen: accounts with a level that nobody judged again in the period.
    """

    up: Proportion
    down: Proportion
    rows: Mapping[Level, Mapping[Level, int]]
    risen: tuple[int, ...]
    fallen: tuple[int, ...]
    unseen: int


def moves(histories: Mapping[int, Sequence[Move]], start: dt.date, end: dt.date) -> Moves:
    """Moves between two days, from the history of each account (`ladder.history`): the first day counts as before."""
    rows: dict[Level, dict[Level, int]] = {level: dict.fromkeys(LEVELS, 0) for level in LEVELS}
    steps: list[tuple[int, int]] = []
    unseen = 0
    for key, history in histories.items():
        before = [move.mark for move in history if move.mark.day <= start]
        inside = [move.mark for move in history if start < move.mark.day <= end]
        if before and inside:
            rows[before[-1].level][inside[-1].level] += 1
            steps.append((LEVELS.index(inside[-1].level) - LEVELS.index(before[-1].level), key))
        unseen += bool(before) and not inside
    risen, fallen = (sorted(one for one in steps if sign * one[0] > 0) for sign in (1, -1))
    return Moves(
        up=proportion(len(risen), len(steps)),
        down=proportion(len(fallen), len(steps)),
        rows=rows,
        risen=tuple(key for _steps, key in sorted(risen, key=lambda one: -one[0])),
        fallen=tuple(key for _steps, key in fallen),
        unseen=unseen,
    )
