"""The portfolio matrix: where each account is, its segment, what we do with it and why, and how it moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Final

from crmtui.domain.money import exponent
from crmtui.domain.portfolio import PortfolioCriterion
from crmtui.domain.words import Figure, Level
from crmtui.domain.workspace import Workspace
from crmtui.method import portfolio as method
from crmtui.method.computed import of_amount, of_favour, of_level, of_share
from crmtui.method.portfolio import Axis, Criterion, Profile, Spot
from crmtui.method.postures import Facts, stance
from crmtui.method.scorecard import TOP
from crmtui.method.segments import Breakpoints, segment, usual
from crmtui.method.sensitivity import sensitivity
from crmtui.method.strength import FULL, Part, shares
from crmtui.queries import equity, relationship, standing
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import matrix as rows, records, territory
from crmtui.store.reading.connections import reading
from crmtui.text import _, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.portfolio import Place, Trace
    from crmtui.method.postures import Stance
    from crmtui.method.scorecard import Score
    from crmtui.method.segments import Segmented
    from crmtui.method.sensitivity import Shift
    from crmtui.store.reading.matrix import Graded
    from crmtui.store.reading.territory import Kept

__all__ = ["Line", "MatrixPage", "page"]

_LEVELS: Final = {level.value: level for level in Level}
_AXES: Final = {axis.value: axis for axis in Axis}
_QUARTER: Final = dt.timedelta(days=75)  # a place kept so long ago is that of last quarter
_MONEY: Final = frozenset((Figure.POTENTIAL, Figure.SALES, Figure.MARGIN, Figure.PIPELINE, Figure.REVENUE))


@dataclass(frozen=True, slots=True)
class Line:
    """An account in the matrix.

    Attributes:
        key: which.
        name: on one line.
        level: of the relationship.
        sales: of the last twelve months, minor units of the workspace's own currency; None when unknown.
        profile: its grades.
        place: where it is.
        segmented: its segment.
        stance: what we do with it.
        shifts: the weights on which its cell hangs.
        judged: the grades that were given by hand, by the criterion's code.
        trace: how it moved since its place was kept; None where that is not known.
        elsewhere: sales in other currencies, which are left out.
    """

    key: int
    name: str
    level: Level
    sales: int | None
    profile: Profile
    place: Place
    segmented: Segmented
    stance: Stance
    shifts: tuple[Shift, ...]
    judged: Mapping[str, Graded]
    trace: Trace | None
    elsewhere: int

    @property
    def spot(self) -> Spot:
        """Where it is, as it is kept."""
        return Spot(self.key, self.place.attractiveness.value, self.place.strength.value)


@dataclass(frozen=True)
class MatrixPage:
    """The matrix.

    Attributes:
        today: the day it is of.
        currency: of all amounts, the workspace's own.
        criteria: what the axes are made of.
        names: of the user's own criteria, by code; the others are the method's.
        own: the axes that have criteria of the user's.
        breakpoints: of the segments, minor units.
        lines: the accounts, in the order of their names.
        kept_on: the day of the places that traces begin at; None where none were kept.
    """

    today: dt.date
    currency: str
    criteria: tuple[Criterion, ...]
    names: Mapping[str, str]
    own: frozenset[Axis]
    breakpoints: Breakpoints
    lines: tuple[Line, ...]
    kept_on: dt.date | None

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The names of the criteria by their codes, translated."""
        return {one.code: self.names.get(one.code) or _(one.label) for one in self.criteria}

    @cached_property
    def is_computed(self) -> Mapping[str, bool]:
        """Whether the grades of a criterion come from figures, by its code."""
        return {one.code: one.is_computed for one in self.criteria}

    @cached_property
    def ungraded(self) -> tuple[str, ...]:
        """The codes of criteria that are graded by hand, and on which nobody was."""
        graded = {code for one in self.lines for code, said in one.judged.items() if said.grade is not None}
        return tuple(one.code for one in self.criteria if not (one.is_computed or one.code in graded))

    def reasons(self, one: Line, axis: Axis) -> Score:
        """The terms of an account on an axis."""
        return method.reasons(one.profile, axis, self.criteria)


def page(path: Path, today: dt.date) -> MatrixPage:
    """The matrix of all accounts that are neither closed nor lost."""
    continuing = {one.key: one.parting.continuing for one in equity.page(path, today).lines}
    with reading(path) as connection:
        known = _remembered.at(connection, today)
        if _WHOLE not in known:
            known[_WHOLE] = _Read(connection, today, continuing).page()
        return known[_WHOLE]


# What the matrix rests on, but for the day.
_TABLES: Final = (
    *("workspace", "account", "assessment", "assessment_rating", "sales_order", "order_line", "opportunity"),
    *("portfolio_criterion", "portfolio_grade", "portfolio_position", *standing.TABLES),
)
_remembered: Final[Remembered[MatrixPage]] = Remembered(_TABLES)
_WHOLE: Final = 0  # the key of what is remembered of all accounts together


class _Read:
    """What is read once for all accounts."""

    def __init__(self, connection: sqlite3.Connection, today: dt.date, continuing: Mapping[int, float]) -> None:
        day, settings = today.isoformat(), records.get(connection, Workspace, 1)
        self._today, self._currency, self._settings = today, settings.base_currency, settings
        self._continuing = continuing
        self._accounts = territory.accounts(connection, day)
        year, before = (today - dt.timedelta(days=365 * years) for years in (1, 2))
        self._sold = territory.sold(connection, year.isoformat(), day, self._currency)
        self._former = territory.sold(connection, before.isoformat(), year.isoformat(), self._currency)
        self._known = rows.known(connection, self._currency)
        self._graded = rows.grades(connection)
        self._maps = standing.maps_of_accounts(connection)
        self._values = standing.values(connection, self._maps.values(), today)
        known = ((key, self._values[map_id].coverage) for key, map_id in self._maps.items())
        self._strengths = relationship.strengths(connection, {key: one for key, one in known if one is not None})
        self._own = tuple(records.where(connection, PortfolioCriterion, "1", (), "axis, position, id"))
        self._kept = self._spots(connection)

    def _spots(self, connection: sqlite3.Connection) -> tuple[str, dict[int, tuple[float | None, float | None]]]:
        """The places of last quarter; where none are as old, the newest there are."""
        found = rows.spots(connection, (self._today - _QUARTER).isoformat())
        return found if found[0] else rows.spots(connection, self._today.isoformat())

    def page(self) -> MatrixPage:
        criteria = self._criteria()
        figures = {one.account_id: self._figures(one) for one in self._accounts}
        middles = {figure: _middle(all_[figure] for all_ in figures.values()) for figure in Figure}
        profiles = [self._profile(one, figures[one.account_id], middles) for one in self._accounts]
        places = method.places(profiles, criteria)
        shifts: dict[int, list[Shift]] = {}
        for shift in sensitivity(profiles, criteria):
            shifts.setdefault(shift.key, []).append(shift)
        day, before = self._kept
        now = [Spot(one.key, one.attractiveness.value, one.strength.value) for one in places]
        traces = {one.key: one for one in method.traces((Spot(key, *spot) for key, spot in before.items()), now)}
        points = self._breakpoints()
        lines = []
        for kept, profile, place in zip(self._accounts, profiles, places, strict=True):
            sold = self._sold.get(kept.account_id)
            sales = sold.amount if sold else None
            segmented = segment(sales, self._potential(kept), points)
            facts = Facts(
                cells=place.cells,
                is_placed=place.cell is not None,
                segment=segmented.segment,
                buys=sold is not None or kept.level != Level.PROSPECT,
                willingness=kept.willingness,
                continuing=self._continuing.get(kept.account_id),
            )
            lines.append(
                Line(
                    key=kept.account_id,
                    name=line(kept.name),
                    level=_LEVELS[kept.level],
                    sales=sales,
                    profile=profile,
                    place=place,
                    segmented=segmented,
                    stance=stance(facts),
                    shifts=tuple(shifts.get(kept.account_id, ())),
                    judged={str(key): one for key, one in self._graded.get(kept.account_id, {}).items()},
                    trace=traces.get(kept.account_id),
                    elsewhere=sold.elsewhere if sold else 0,
                )
            )
        return MatrixPage(
            today=self._today,
            currency=self._currency,
            criteria=criteria,
            names={str(one.id): line(one.name) for one in self._own},
            own=self._axes,
            breakpoints=points,
            lines=tuple(lines),
            kept_on=dt.date.fromisoformat(day) if day else None,
        )

    @cached_property
    def _axes(self) -> frozenset[Axis]:
        return frozenset(_AXES[one.axis.value] for one in self._own)

    def _criteria(self) -> tuple[Criterion, ...]:
        """Of each axis the user's own with a weight; where there are none those of the method."""
        parts = shares({part: getattr(self._settings, f"weight_{part.value}") for part in Part})
        by_code = {part.value: share for part, share in parts.items()}
        strong = sum(one.weight for one in method.DEFAULTS if one.code in by_code)
        found = [
            replace(one, weight=strong * by_code[one.code]) if one.code in by_code else one
            for one in method.DEFAULTS
            if one.axis not in self._axes
        ]
        for one in self._own:
            axis = _AXES[one.axis.value]
            if one.computed is Figure.STRENGTH:  # told in its parts, which have weights of their own in the settings
                found += (
                    Criterion(_part(one, part), part.label, axis, one.weight * share, is_computed=True)
                    for part, share in parts.items()
                )
            else:
                found.append(Criterion(str(one.id), one.name, axis, one.weight, one.computed is not None))
        return tuple(one for one in found if one.weight)

    def _potential(self, kept: Kept) -> int | None:
        return kept.potential if kept.currency == self._currency else None

    def _figures(self, kept: Kept) -> dict[Figure, float | None]:
        """What criteria can be computed from; money in minor units."""
        key = kept.account_id
        sold, former, known = self._sold.get(key), self._former.get(key), self._known.get(key)
        amount, earlier = (one.amount if one else None for one in (sold, former))
        values = self._values.get(self._maps.get(key, 0))
        strength = self._strengths.get(key)
        bonds = next((one.share for one in strength.terms if one.part is Part.BONDS), None) if strength else None
        open_value = known.open_value if known else None
        return {
            Figure.POTENTIAL: self._potential(kept),
            Figure.SALES: amount,
            Figure.MARGIN: sold.margin if sold else None,
            Figure.GROWTH: amount / earlier - 1 if amount is not None and earlier else None,
            Figure.PIPELINE: None if open_value is None else open_value * self._settings.base_rate,
            Figure.REVENUE: known.revenue if known else None,
            Figure.EMPLOYEES: known.employees if known else None,
            Figure.WILLINGNESS: kept.willingness,
            Figure.STRENGTH: strength.value if strength else None,
            Figure.LEVEL: of_level(_LEVELS[kept.level]),
            Figure.BONDS: None if bonds is None else of_share(bonds),
            Figure.FAVOUR: None if values is None or values.favour is None else of_favour(values.favour),
            Figure.COVERAGE: None if values is None or values.coverage is None else of_share(values.coverage),
        }

    def _profile(
        self, kept: Kept, figures: Mapping[Figure, float | None], middles: Mapping[Figure, float | None]
    ) -> Profile:
        found = self._strengths.get(kept.account_id)
        strong, wide = method.of_strength(found) if found else ({}, {})
        grades: dict[str, float | None] = {
            figure.value: self._grade(figure, figures[figure], None, middles[figure])
            for figure in (Figure.POTENTIAL, Figure.MARGIN, Figure.WILLINGNESS)
        } | strong
        bands = dict(wide)
        by_hand = self._graded.get(kept.account_id, {})
        for one in self._own:
            code = str(one.id)
            if one.computed is None:
                grades[code] = by_hand[one.id].grade if one.id in by_hand else None
            elif one.computed is Figure.STRENGTH:
                grades |= {_part(one, part): strong.get(part.value) for part in Part}
                bands |= {_part(one, part): wide[part.value] for part in Part if part.value in wide}
            else:
                grades[code] = self._grade(one.computed, figures[one.computed], one.full, middles[one.computed])
                if one.computed.value in wide:
                    bands[code] = wide[one.computed.value]
        return Profile(kept.account_id, grades, bands)

    def _grade(self, figure: Figure, value: float | None, full: float | None, middle: float | None) -> float | None:
        """A figure as a grade: against what is graded 4, else against the middle one there is."""
        if value is None:
            return None
        if figure is Figure.STRENGTH:
            return TOP * value / FULL
        if figure in (Figure.WILLINGNESS, Figure.LEVEL, Figure.BONDS, Figure.FAVOUR, Figure.COVERAGE):
            return value
        if full:
            most = full * 10 ** exponent(self._currency) if figure in _MONEY else full
            return min(float(TOP), max(0.0, TOP * value / most))
        return of_amount(value, middle) if middle else 0.0

    def _breakpoints(self) -> Breakpoints:
        """The workspace's own, else those at which the few that bring most begin; 1 where nobody brings anything."""
        unit = 10 ** exponent(self._currency)
        said = (self._settings.segment_sales, self._settings.segment_potential)
        figures: tuple[Sequence[float | None], ...] = (
            [one.amount for one in self._sold.values()],
            [self._potential(one) for one in self._accounts],
        )
        revenue, potential = (
            given * unit if given else usual(known) or 1.0 for given, known in zip(said, figures, strict=True)
        )
        return Breakpoints(revenue, potential)


def _part(criterion: PortfolioCriterion, part: Part) -> str:
    """The code of a part of the strength, where a criterion of the user's is computed from it."""
    return f"{criterion.id}.{part.value}"


def _middle(figures: Iterable[float | None]) -> float | None:
    """The median of what is above 0; None where nothing is."""
    known = [one for one in figures if one is not None and one > 0]
    return float(median(known)) if known else None
