"""White space: which offerings an account has from us, from others, makes itself, or does not need (method.md 5).

A cell that nobody has looked at is unknown, which is not the same as not needed: it lowers the completeness and is the
next thing to find out. What may come of a cell is its potential a year, where it is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Supply

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

SOON: Final = 90  # days before the end of a contract from which it is told, on Today as in the white space
OPEN: Final = frozenset({Supply.COMPETITOR, Supply.IN_HOUSE, Supply.UNKNOWN})  # what may still become ours


@dataclass(frozen=True, slots=True)
class Cell:
    """An account, or a business unit, and an offering.

    Attributes:
        account: which.
        offering: which.
        state: who supplies it there.
        ends_on: when the present contract ends; None when unknown, or without one.
        potential: what the account would buy of it in a year, minor units; None when unknown.
    """

    account: int
    offering: int
    state: Supply
    ends_on: dt.date | None = None
    potential: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract of somebody else's, or of ours, that ends soon.

    Attributes:
        cell: where.
        days: until then, at least 0.
    """

    cell: Cell
    days: int


@dataclass(frozen=True, slots=True)
class Space:
    """The white space of some accounts and offerings.

    Attributes:
        counts: cells in each state; those that nobody entered are unknown.
        penetration: share of the cells known to be needed that is ours, 0 to 1; None of none.
        potential: of the cells that may still become ours, minor units a year, as far as it is known.
        unpriced: such cells that are needed, and of which nobody knows the potential.
        completeness: share of the cells of which it is known who supplies them, 0 to 1; None of no cells.
        endings: contracts that end soon, the first first.
    """

    counts: Mapping[Supply, int]
    penetration: float | None
    potential: int
    unpriced: int
    completeness: float | None
    endings: tuple[Ending, ...]


def space(cells: Iterable[Cell], size: int, today: dt.date, soon: int = SOON) -> Space:
    """The white space of `size` cells (accounts times offerings), of which some were entered.

    Raises:
        ValueError: more cells than there are.
    """
    given = tuple(cells)
    counts = dict.fromkeys(Supply, 0)
    for cell in given:
        counts[cell.state] += 1
    if len(given) > size:
        raise ValueError(f"{len(given)} cells were entered of {size}")
    counts[Supply.UNKNOWN] += size - len(given)
    others = [cell for cell in given if cell.state in OPEN]
    needed = counts[Supply.US] + counts[Supply.COMPETITOR] + counts[Supply.IN_HOUSE]
    endings = [
        Ending(cell, (cell.ends_on - today).days)
        for cell in given
        if cell.ends_on is not None and 0 <= (cell.ends_on - today).days <= soon
    ]
    return Space(
        counts=counts,
        penetration=counts[Supply.US] / needed if needed else None,
        potential=sum(cell.potential for cell in others if cell.potential is not None),
        unpriced=sum(cell.potential is None and cell.state is not Supply.UNKNOWN for cell in others),
        completeness=1 - counts[Supply.UNKNOWN] / size if size else None,
        endings=tuple(sorted(endings, key=lambda ending: ending.days)),
    )
