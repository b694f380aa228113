"""By what the portfolio matrix places accounts: its criteria, and on each of them the grades of all accounts.

A figure is read when the first criterion asks for it, and for all accounts at once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from functools import cached_property, partial
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.money import exponent
from crmtui.domain.portfolio import PortfolioCriterion
from crmtui.domain.words import Figure, Level
from crmtui.method import portfolio as method
from crmtui.method.computed import of_amount, of_favour, of_level, of_share
from crmtui.method.portfolio import Axis, Criterion, Profile
from crmtui.method.scorecard import TOP
from crmtui.method.strength import Part, shares
from crmtui.queries import standing, strengths, winning
from crmtui.store.reading import assessments, matrix as rows, records, territory
from crmtui.text import line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from crmtui.domain.workspace import Workspace
    from crmtui.method.map_values import Values
    from crmtui.method.strength import Share
    from crmtui.store.reading.matrix import Graded, Known
    from crmtui.store.reading.territory import Kept, Sold

__all__ = ["Grades"]

_LEVELS: Final = {level.value: level for level in Level}
_AXES: Final = {axis.value: axis for axis in Axis}
_PARTS: Final = {part.value: part for part in Part}
_PLACES: Final = {part: at for at, part in enumerate(Part)}
_FIGURES: Final = {figure.value: figure for figure in Figure}
_MONEY: Final = frozenset((Figure.POTENTIAL, Figure.SALES, Figure.MARGIN, Figure.PIPELINE, Figure.REVENUE))
_GRADED: Final = frozenset((Figure.WILLINGNESS, Figure.LEVEL, Figure.BONDS, Figure.FAVOUR, Figure.COVERAGE))
YEAR: Final = dt.timedelta(days=365)


class _Column(NamedTuple):
    """The grades that one criterion gives the accounts, in their order, and their bands where there are any."""

    grades: Sequence[float | None]
    bands: Sequence[tuple[float, float] | None] = ()


class Grades:
    """The grades of accounts.

    Args:
        connection: reading.
        today: the last day that counts.
        settings: the workspace's.
        accounts: in order.
        sold: what they bought in the last twelve months.
        seen_from: the day that it is, where `today` is over, so that nothing that was judged later counts.
        before_maps: called before the maps are looked at; it may wait until they are known.

    Attributes:
        names: of the user's own criteria, by code, cleaned; the others are the method's.
        axes: those that have criteria of the user's.
        judged: the grades given by hand, by account, then by the key of the criterion.
        criteria: of each axis the user's own with a weight; where there are none those of the method.
        profiles: the accounts with their grades.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        today: dt.date,
        settings: Workspace,
        accounts: Sequence[Kept],
        sold: Mapping[int, Sold],
        *,
        seen_from: dt.date | None = None,
        before_maps: Callable[[], object] = lambda: None,
    ) -> None:
        self._before_maps = before_maps
        self._connection, self._today, self._settings = connection, today, settings
        self._seen_from, self._then = seen_from, today.isoformat() if seen_from else None
        self._currency, self._accounts, self._sold = settings.base_currency, accounts, sold
        self._own = tuple(records.where(connection, PortfolioCriterion, "1", (), "axis, position, id"))
        self.names = {str(one.id): line(one.name) for one in self._own}
        self.axes = frozenset(_AXES[one.axis.value] for one in self._own)
        self.judged: Mapping[int, Mapping[int, Graded]] = rows.grades(connection, self._then)
        asked = [(criterion, column) for criterion, column in self._asked() if criterion.weight]
        self.criteria = tuple(criterion for criterion, _column in asked)
        self.profiles = self._profiles([column() for _criterion, column in asked])

    def potential(self, kept: Kept) -> int | None:
        """What it could buy in a year; None where nobody has said, or in another currency."""
        return kept.potential if kept.currency == self._currency else None

    def _profiles(self, columns: Sequence[_Column]) -> list[Profile]:
        codes = [one.code for one in self.criteria]
        rows_ = zip(*(column.grades for column in columns), strict=True) if columns else ((),) * len(self._accounts)
        bands: list[dict[str, tuple[float, float]]] = [{} for _one in self._accounts]
        for code, column in zip(codes, columns, strict=True):
            if column.bands:
                for found, band in zip(bands, column.bands, strict=True):
                    if band is not None:
                        found[code] = band
        return [
            Profile(one.account_id, dict(zip(codes, grades, strict=True)), found)
            for one, grades, found in zip(self._accounts, rows_, bands, strict=True)
        ]

    # Criteria

    def _asked(self) -> Iterator[tuple[Criterion, Callable[[], _Column]]]:
        """Every criterion, and how its grades are found."""
        parts = shares({part: getattr(self._settings, f"weight_{part.value}") for part in Part})
        strong = sum(one.weight for one in method.DEFAULTS if one.code in _PARTS)
        for one in method.DEFAULTS:
            if one.axis in self.axes:
                continue
            if part := _PARTS.get(one.code):
                yield replace(one, weight=strong * parts[part]), partial(self._part, part)
            else:
                yield one, partial(self._graded, _FIGURES[one.code]) if one.is_computed else self._unknown
        for own in self._own:
            axis, code = _AXES[own.axis.value], str(own.id)
            if own.computed is Figure.STRENGTH:  # told in its parts, which have weights of their own in the settings
                for part, share in parts.items():
                    named = f"{code}.{part.value}"
                    yield (
                        Criterion(named, part.label, axis, own.weight * share, is_computed=True),
                        partial(self._part, part),
                    )
            elif own.computed is None:
                yield Criterion(code, own.name, axis, own.weight), partial(self._by_hand, own.id)
            else:
                criterion = Criterion(code, own.name, axis, own.weight, is_computed=True)
                yield criterion, partial(self._graded, own.computed, own.full)

    def _unknown(self) -> _Column:
        return _Column([None] * len(self._accounts))

    def _part(self, part: Part) -> _Column:
        """A part of the strength of the relationship."""
        grades, bands = zip(*self._of_part(part), strict=True) if self._accounts else ((), ())
        return _Column(grades, bands)

    def _of_part(self, part: Part) -> Iterator[tuple[float | None, tuple[float, float] | None]]:
        """Grade and band of a part, of each account."""
        at = _PLACES[part]
        known = (self._strengths.get(one.account_id) for one in self._accounts)
        return (method.of_part(parts[at]) if parts else (None, None) for parts in known)

    def _by_hand(self, key: int) -> _Column:
        given = (self.judged.get(one.account_id, {}).get(key) for one in self._accounts)
        return _Column([one.grade if one else None for one in given])

    def _graded(self, figure: Figure, full: float | None = None) -> _Column:
        """A figure as grades; with the bands of the strength where it is a part of that."""
        part = _PARTS.get(figure.value)
        bands = [band for _grade, band in self._of_part(part)] if part else ()
        return _Column(self._grades(figure, full), bands)

    def _grades(self, figure: Figure, full: float | None) -> list[float | None]:
        """A figure as grades: against what is graded 4, else against the middle one there is."""
        found = [self._of[figure](one) for one in self._accounts]
        if figure in _GRADED:
            return found
        if full:
            most = full * 10 ** exponent(self._currency) if figure in _MONEY else full
            return [None if one is None else min(float(TOP), max(0.0, TOP * one / most)) for one in found]
        middle = _middle(found)
        return [None if one is None else of_amount(one, middle) if middle else 0.0 for one in found]

    # Figures; money in minor units

    @cached_property
    def _of(self) -> Mapping[Figure, Callable[[Kept], float | None]]:
        return {
            Figure.POTENTIAL: self.potential,
            Figure.SALES: lambda one: sold.amount if (sold := self._sold.get(one.account_id)) else None,
            Figure.MARGIN: lambda one: sold.margin if (sold := self._sold.get(one.account_id)) else None,
            Figure.GROWTH: self._growth,
            Figure.PIPELINE: lambda one: self._open.get(one.account_id),
            Figure.REVENUE: lambda one: known.revenue if (known := self._known.get(one.account_id)) else None,
            Figure.EMPLOYEES: lambda one: known.employees if (known := self._known.get(one.account_id)) else None,
            Figure.WILLINGNESS: lambda one: one.willingness,
            Figure.LEVEL: lambda one: of_level(_LEVELS[self._levels.get(one.account_id, one.level)]),
            Figure.BONDS: self._bonds,
            Figure.FAVOUR: self._favour,
            Figure.COVERAGE: self._coverage,
        }

    def _growth(self, one: Kept) -> float | None:
        sold, former = self._sold.get(one.account_id), self._former.get(one.account_id)
        if sold is None or sold.amount is None or former is None or not former.amount:
            return None
        return sold.amount / former.amount - 1

    def _bonds(self, one: Kept) -> float | None:
        parts = self._strengths.get(one.account_id)
        bonds = parts[_PLACES[Part.BONDS]].value if parts else None
        return None if bonds is None else of_share(bonds)

    def _favour(self, one: Kept) -> float | None:
        values = self._values.get(one.account_id)
        return None if values is None or values.favour is None else of_favour(values.favour)

    def _coverage(self, one: Kept) -> float | None:
        values = self._values.get(one.account_id)
        return None if values is None or values.coverage is None else of_share(values.coverage)

    @cached_property
    def _former(self) -> Mapping[int, Sold]:
        """What they bought in the twelve months before the last."""
        until, since = self._today - YEAR, self._today - 2 * YEAR
        return territory.sold(self._connection, since.isoformat(), until.isoformat(), self._currency)

    @cached_property
    def _open(self) -> Mapping[int, float]:
        """What their open opportunities are worth, each by its own P(win)."""
        found: defaultdict[int, float] = defaultdict(float)
        if self._then:
            for account_id, chance, value in rows.open_then(self._connection, self._currency, self._then):
                found[account_id] += value * (self._settings.base_rate if chance is None else chance)
            return found
        chances = winning.estimates(self._connection, None, self._today)
        for account_id, key, value in rows.open_values(self._connection, self._currency):
            found[account_id] += value * chances[key].value
        return found

    @cached_property
    def _known(self) -> Mapping[int, Known]:
        return rows.known(self._connection, self._currency)

    @cached_property
    def _levels(self) -> Mapping[int, str]:
        """The levels that were another then, or may have been."""
        return assessments.levels(self._connection, self._then) if self._then else {}

    @cached_property
    def _values(self) -> Mapping[int, Values]:
        self._before_maps()
        if self._seen_from:
            return standing.values_of_accounts_then(self._connection, self._today, self._seen_from)
        return standing.values_of_accounts(self._connection, self._today)

    @cached_property
    def _strengths(self) -> Mapping[int, Sequence[Share]]:
        return strengths.parts(self._connection, self._covered, self._then)

    def _covered(self) -> Mapping[int, float]:
        covered = ((key, one.coverage) for key, one in self._values.items())
        return {key: one for key, one in covered if one is not None}


def _middle(figures: Sequence[float | None]) -> float | None:
    """The median of what is above 0; None where nothing is."""
    known = [one for one in figures if one is not None and one > 0]
    return float(median(known)) if known else None
