"""The portfolio matrix: attractiveness of an account against strength of the relationship (method.md section 4).

Both axes are weighted means of grades from 0 to 4, scaled to 0 to 100 (Fiocca 1982, Industrial Marketing Management
11). What is unknown is left out of the mean and widens its band. Each axis is cut in three, which makes nine cells.
Published weights do not exist: criteria and weights are the user's, and `sensitivity` tells whose cell hangs on them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.fields import Word
from crmtui.method.scorecard import FULL, TOP, Graded, Score, score
from crmtui.text import N_, NP_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.method.strength import Share

CUTS: Final = (FULL / 3, 2 * FULL / 3)
_BEST: Final = float(TOP)
_EQUAL: Final = 1e-9  # points within which a figure is on a cut, and so above it


class Axis(Word):
    """An axis of the matrix."""

    ATTRACTIVENESS = "attractiveness", N_("attractiveness")
    STRENGTH = "strength", N_("strength of the relationship")


class Third(Word):
    """Where on an axis, the lowest first."""

    LOW = "low", NP_("third of an axis", "low")
    MIDDLE = "middle", NP_("third of an axis", "middle")
    HIGH = "high", NP_("third of an axis", "high")


THIRDS: Final = tuple(Third)


class Cell(NamedTuple):
    """A cell of the matrix."""

    attractiveness: Third
    strength: Third


# By attractiveness, then by strength, as far up as `step` says.
CELLS: Final = tuple(tuple(Cell(across, up) for up in THIRDS) for across in THIRDS)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an axis is made of.

    Attributes:
        code: which.
        label: its name; untranslated where it is the method's own.
        axis: where it counts.
        weight: how much, at least 0.
        is_computed: whether its grade comes from figures, and nobody is asked.
    """

    code: str
    label: str
    axis: Axis
    weight: float
    is_computed: bool = False


# The weights of strength are those of `method.strength`, so that both say the same until the user changes them.
DEFAULTS: Final = (
    Criterion("potential", N_("what it could buy from us"), Axis.ATTRACTIVENESS, 3.0, is_computed=True),
    Criterion("margin", N_("margin that it leaves"), Axis.ATTRACTIVENESS, 2.0, is_computed=True),
    Criterion("willingness", N_("wants to be managed"), Axis.ATTRACTIVENESS, 2.0, is_computed=True),
    Criterion("growth", N_("its own business grows"), Axis.ATTRACTIVENESS, 1.5),
    Criterion("ease", N_("easy and cheap to serve"), Axis.ATTRACTIVENESS, 1.0),
    Criterion("reference", N_("others look at it"), Axis.ATTRACTIVENESS, 0.5),
    Criterion("recognition", N_("recognition"), Axis.STRENGTH, 4.0, is_computed=True),
    Criterion("bonds", N_("bonds"), Axis.STRENGTH, 3.0, is_computed=True),
    Criterion("coverage", N_("coverage"), Axis.STRENGTH, 3.0, is_computed=True),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as the matrix takes it.

    Attributes:
        key: which.
        grades: 0 to 4 by the criterion's code; what is not there, or None, is unknown.
        bands: lowest and highest grade still possible, where a computed grade rests on what is partly unknown.
    """

    key: int
    grades: Mapping[str, float | None]
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """A figure on an axis.

    Attributes:
        value: 0 to 100; None where nothing that counts is known.
        low: what it would be if all that is unknown turned out worst.
        high: the same, turned out best.
        completeness: share of the weight that is known, 0 to 1.
    """

    value: float | None
    low: float
    high: float
    completeness: float


@dataclass(frozen=True, slots=True)
class Place:
    """An account in the matrix.

    Attributes:
        key: which.
        attractiveness: how attractive it is.
        strength: how strong the relationship is.
        cell: where that is; None while an axis is unknown.
        possible: all cells that it may turn out to be in, the least attractive and weakest first.
    """

    key: int
    attractiveness: Reach
    strength: Reach
    cell: Cell | None
    possible: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The possible cells, the one that it is in first."""
        return self.possible if self.cell is None else _first(self.cell, self.possible)

    @property
    def is_certain(self) -> bool:
        """Whether what is unknown cannot move it to another cell."""
        return self.cell is not None and len(self.possible) == 1


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an account was on a day: what is kept of a place."""

    key: int
    attractiveness: float | None
    strength: float | None


@dataclass(frozen=True, slots=True)
class Trace:
    """How an account moved.

    Attributes:
        key: which.
        before: where it was.
        after: where it is.
        cell_before: its cell then, with the cuts of now.
        cell: its cell now.
    """

    key: int
    before: Spot
    after: Spot
    cell_before: Cell
    cell: Cell

    @property
    def has_changed_cell(self) -> bool:
        """Whether it came into another cell."""
        return self.cell != self.cell_before

    @property
    def length(self) -> float:
        """How far it moved, in points."""
        return math.dist(_point(self.before), _point(self.after))


def places(
    profiles: Iterable[Profile], criteria: Sequence[Criterion] = DEFAULTS, cuts: tuple[float, float] = CUTS
) -> tuple[Place, ...]:
    """Where each account is in the matrix, in the order given.

    Raises:
        ValueError: a weight below 0 or not finite, a grade outside of 0 to 4, or cuts that are not in order.
    """
    check(criteria, cuts)
    axes = along(Axis.ATTRACTIVENESS, criteria), along(Axis.STRENGTH, criteria)
    return tuple(_place(one.key, _reach(one, axes[0]), _reach(one, axes[1]), cuts) for one in profiles)


def reasons(profile: Profile, axis: Axis, criteria: Sequence[Criterion] = DEFAULTS) -> Score:
    """The figure of one account on an axis with a term for each criterion; its band is that of unknown grades alone."""
    return score(Graded(one.code, one.weight, profile.grades.get(one.code)) for one in along(axis, criteria))


def spot(place: Place) -> Spot:
    """What is kept of a place."""
    return Spot(place.key, place.attractiveness.value, place.strength.value)


def spots(profiles: Iterable[Profile], criteria: Sequence[Criterion] = DEFAULTS) -> Iterator[Spot]:
    """The spots of the places of many, without what else they may turn out to be; of those that have a place.

    Raises:
        ValueError: a weight below 0 or not finite.
    """
    check(criteria)
    axes = [[(one.code, one.weight) for one in along(axis, criteria)] for axis in Axis]
    for one in profiles:
        across, up = (_mean(one.grades, weights) for weights in axes)
        if across is not None and up is not None:
            yield Spot(one.key, across, up)


def _mean(grades: Mapping[str, float | None], weights: Iterable[tuple[str, float]]) -> float | None:
    """The weighted mean of what is known, 0 to 100; None where nothing that counts is."""
    known = points = 0.0
    for code, weight in weights:
        grade = grades.get(code)
        if grade is not None:
            known += weight
            points += weight * grade
    return FULL / TOP * points / known if known else None


def traces(before: Iterable[Spot], after: Iterable[Spot], cuts: tuple[float, float] = CUTS) -> tuple[Trace, ...]:
    """How accounts moved that were and are in the matrix: those into another cell first, then the farthest."""
    then = {spot.key: spot for spot in before}
    found = []
    for spot in after:
        old = then.get(spot.key)
        cells = old and _cell(old.attractiveness, old.strength, cuts), _cell(spot.attractiveness, spot.strength, cuts)
        if old and cells[0] and cells[1]:
            found.append(Trace(spot.key, old, spot, cells[0], cells[1]))
    return tuple(sorted(found, key=lambda one: (not one.has_changed_cell, -one.length)))


def of_part(share: Share) -> tuple[float | None, tuple[float, float]]:
    """Grade and band of a criterion that is a part of the strength of the relationship; see `method.strength`."""
    return None if share.value is None else TOP * share.value, (TOP * share.low, TOP * share.high)


def check(criteria: Sequence[Criterion], cuts: tuple[float, float] = CUTS) -> None:
    """Raise ValueError for weights or cuts that no matrix can be made of."""
    for one in criteria:
        if not (math.isfinite(one.weight) and one.weight >= 0):
            raise ValueError(f"{one.code}: weight {one.weight} is not a number of at least 0")
    if len({one.code for one in criteria}) < len(criteria):
        raise ValueError("two criteria have the same code")
    if not 0 < cuts[0] <= cuts[1] < FULL:
        raise ValueError(f"cuts at {cuts[0]:g} and {cuts[1]:g} do not make three parts of 0 to {FULL:g}")


def along(axis: Axis, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The criteria that count on an axis."""
    return tuple(one for one in criteria if one.axis is axis)


def step(value: float, cuts: tuple[float, float] = CUTS) -> int:
    """Which third of its axis a figure from 0 to 100 is in, from 0; on a cut it is above it."""
    return (value >= cuts[0] - _EQUAL) + (value >= cuts[1] - _EQUAL)


def ends(at: int, cuts: tuple[float, float] = CUTS) -> tuple[float, float]:
    """Where a third of an axis begins, and before which figure it ends, as `step` counts them."""
    return (-math.inf, *(cut - _EQUAL for cut in cuts))[at], (*(cut - _EQUAL for cut in cuts), math.inf)[at]


def _place(key: int, attractiveness: Reach, strength: Reach, cuts: tuple[float, float]) -> Place:
    cell = _cell(attractiveness.value, strength.value, cuts)
    across, up = ((step(one.low, cuts), step(one.high, cuts)) for one in (attractiveness, strength))
    return Place(key, attractiveness, strength, cell, _cells(across, up))


def _cell(attractiveness: float | None, strength: float | None, cuts: tuple[float, float]) -> Cell | None:
    if attractiveness is None or strength is None:
        return None
    return CELLS[step(attractiveness, cuts)][step(strength, cuts)]


@cache
def _cells(across: tuple[int, int], up: tuple[int, int]) -> tuple[Cell, ...]:
    """The cells from one step to another, both among them, along each axis."""
    return tuple(cell for column in CELLS[across[0] : across[1] + 1] for cell in column[up[0] : up[1] + 1])


@cache
def _first(cell: Cell, possible: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The possible cells, that one first and the others in their order."""
    return tuple(sorted(possible, key=lambda one: one != cell))


def _reach(profile: Profile, criteria: Sequence[Criterion]) -> Reach:
    """The weighted mean of what is known; `scorecard.score` for many accounts, without its terms."""
    grades, bands = profile.grades, profile.bands
    whole = known = points = low = high = 0.0
    for one in criteria:
        code, weight = one.code, one.weight
        grade, band = grades.get(code), bands.get(code)
        whole += weight
        if grade is not None:
            known += weight
            points += weight * grade
        if band is not None:
            worst, best = band
        elif grade is not None:
            worst = best = grade
        else:
            worst, best = 0.0, _BEST
        if not 0 <= worst <= best <= TOP or (grade is not None and not worst <= grade <= best):
            _refuse(code, grade, worst, best)
        low += weight * worst
        high += weight * best
    if not whole:
        return Reach(None, 0.0, FULL, 0.0)
    scale = FULL / TOP
    return Reach(scale * points / known if known else None, scale * low / whole, scale * high / whole, known / whole)


def _refuse(code: str, grade: float | None, worst: float, best: float) -> None:
    if grade is not None and not 0 <= grade <= TOP:
        raise ValueError(f"{code}: grade {grade} is not between 0 and {TOP}")
    raise ValueError(f"{code}: grade {grade} and its band, {worst} to {best}, do not fit together")


def _point(spot: Spot) -> tuple[float, float]:
    return spot.attractiveness or 0.0, spot.strength or 0.0
