"""The portfolio matrix: where each account is, its segment, what we do with it and why, and how it moved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.money import exponent
from crmtui.domain.words import Figure, Level, Segment
from crmtui.domain.workspace import Workspace
from crmtui.method import portfolio as method
from crmtui.method.portfolio import Axis, Criterion, Profile
from crmtui.method.postures import Facts, stance
from crmtui.method.segments import Breakpoints, segment, usual
from crmtui.method.sensitivity import Sensitivity
from crmtui.queries import equity, matrix_before, postures, standing, winning
from crmtui.queries.ahead import ahead
from crmtui.queries.matrix_grades import YEAR, Grades
from crmtui.queries.remembered import Remembered
from crmtui.store.reading import records, territory
from crmtui.store.reading.connections import reading
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.portfolio import Place, Trace
    from crmtui.method.postures import Stance
    from crmtui.method.scorecard import Score
    from crmtui.method.segments import Segmented
    from crmtui.method.sensitivity import Shift
    from crmtui.method.stopping import Parting
    from crmtui.queries.matrix_before import Before, Then
    from crmtui.queries.postures import ByHand
    from crmtui.store.reading.matrix import Graded
    from crmtui.store.reading.territory import Kept

__all__ = ["Line", "MatrixPage", "page", "traced"]

_LEVELS: Final = {level.value: level for level in Level}
_SEGMENTS: Final = {one.value: one for one in Segment}
_AXES: Final = {axis.value: axis for axis in Axis}
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
        sensitivity: tells the weights on which its cell hangs.
        judged: the grades that were given by hand, by the criterion's code.
        elsewhere: sales in other currencies, which are left out.
        posture_by_hand: the one on the account, with its reason; None where nobody set any.
        segment_by_hand: likewise, without.
        is_valued: whether it is known what it is worth; until then whom to leave is not, and `stance` may yet change.
    """

    key: int
    name: str
    level: Level
    sales: int | None
    profile: Profile
    place: Place
    segmented: Segmented
    stance: Stance
    sensitivity: Sensitivity = field(repr=False, compare=False)
    judged: Mapping[str, Graded]
    elsewhere: int
    posture_by_hand: ByHand | None
    segment_by_hand: Segment | None
    is_valued: bool = True

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The weights on which its cell hangs: worked out when it is asked, as a list shows few of very many."""
        return self.sensitivity.shifts(self.profile)


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
        before: where traces begin; None while that is not known.
        traces: how accounts moved since then, by their keys; without those that had no place then, or have none.
        is_valued: whether it is known what accounts are worth, and so whom to leave.
    """

    today: dt.date
    currency: str
    criteria: tuple[Criterion, ...]
    names: Mapping[str, str]
    own: frozenset[Axis]
    breakpoints: Breakpoints
    lines: tuple[Line, ...]
    before: Before | None
    traces: Mapping[int, Trace] = field(default_factory=dict)
    is_valued: bool = True

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


class _Placed:
    """The accounts in their places: all of the matrix but what rests on what they are worth."""

    @seldom_collecting()
    def __init__(self, connection: sqlite3.Connection, today: dt.date, before_maps: Callable[[], object]) -> None:
        day, settings = today.isoformat(), records.get(connection, Workspace, 1)
        self._today, self._settings, self._currency = today, settings, settings.base_currency
        self._accounts = territory.accounts(connection, day)
        self._sold = territory.sold(connection, (today - YEAR).isoformat(), day, self._currency)
        found = Grades(connection, today, settings, self._accounts, self._sold, before_maps=before_maps)
        self._criteria, self._names, self._axes = found.criteria, found.names, found.axes
        self.profiles, self._judged = found.profiles, found.judged
        self._potentials = [found.potential(one) for one in self._accounts]
        self._places = method.places(self.profiles, self._criteria)
        self._sensitivity = Sensitivity(self._criteria)
        self._points = self._breakpoints()
        self._told: tuple[Mapping[int, Parting] | None, tuple[Line, ...]] | None = None

    @seldom_collecting()
    def page(self, parted: Mapping[int, Parting] | None = None, before: Before | None = None) -> MatrixPage:
        """The matrix, with whether to go on with each account and where it stood; None while not known."""
        moved = method.traces(before.spots, map(method.spot, self._places)) if before else ()
        return MatrixPage(
            today=self._today,
            currency=self._currency,
            criteria=self._criteria,
            names=self._names,
            own=self._axes,
            breakpoints=self._points,
            lines=self._lines(parted),
            before=before,
            traces={one.key: one for one in moved},
            is_valued=parted is not None,
        )

    def _lines(self, parted: Mapping[int, Parting] | None) -> tuple[Line, ...]:
        """The accounts, as they were told last where nothing else is known now."""
        told = self._told
        if told is None or told[0] is not parted:
            given = zip(self._accounts, self.profiles, self._places, self._potentials, strict=True)
            self._told = told = (parted, tuple(self._line(*one, parted) for one in given))
        return told[1]

    def _line(
        self,
        kept: Kept,
        profile: Profile,
        place: Place,
        potential: int | None,
        parted: Mapping[int, Parting] | None,
    ) -> Line:
        key = kept.account_id
        sold = self._sold.get(key)
        sales = sold.amount if sold else None
        segmented = segment(sales, potential, self._points)
        facts = Facts(
            cells=place.cells,
            is_placed=place.cell is not None,
            segment=segmented.segment,
            buys=sold is not None or kept.level != Level.PROSPECT,
            willingness=kept.willingness,
            parting=parted.get(key) if parted else None,
        )
        return Line(
            key=key,
            name=line(kept.name),
            level=_LEVELS[kept.level],
            sales=sales,
            profile=profile,
            place=place,
            segmented=segmented,
            stance=stance(facts),
            sensitivity=self._sensitivity,
            judged={str(criterion): one for criterion, one in self._judged.get(key, {}).items()},
            elsewhere=sold.elsewhere if sold else 0,
            posture_by_hand=postures.as_kept(kept.posture, kept.posture_reason),
            segment_by_hand=_SEGMENTS.get(kept.segment or ""),
            is_valued=parted is not None,
        )

    def _breakpoints(self) -> Breakpoints:
        """The workspace's own, else those at which the few that bring most begin; 1 where nobody brings anything."""
        unit = 10 ** exponent(self._currency)
        said = (self._settings.segment_sales, self._settings.segment_potential)
        figures: tuple[Sequence[float | None], ...] = ([one.amount for one in self._sold.values()], self._potentials)
        revenue, potential = (
            given * unit if given else usual(known) or 1.0 for given, known in zip(said, figures, strict=True)
        )
        return Breakpoints(revenue, potential)


def page(path: Path, today: dt.date) -> MatrixPage:
    """The matrix of all accounts that are neither closed nor lost."""
    with reading(path) as connection:
        known = _remembered.at(connection, today)
        if _WHOLE not in known:
            placed = _placed(path, connection, today)
            before = _then(connection, today).before(placed.profiles)
            known[_WHOLE] = placed.page(equity.parted(connection, today), before)
        return known[_WHOLE]


def valued(path: Path, today: dt.date) -> MatrixPage:
    """The same, as long as it is not known yet where accounts stood: then without that, and sooner."""
    with reading(path) as connection:
        known = _remembered.at(connection, today).get(_WHOLE)
        return known or _placed(path, connection, today).page(equity.parted(connection, today))


def sketch(path: Path, today: dt.date) -> MatrixPage:
    """The same, as long as it is not known yet whom to leave: then without that, and sooner."""
    with reading(path) as connection:
        return _remembered.at(connection, today).get(_WHOLE) or _placed(path, connection, today).page()


def traced(path: Path, lines: Sequence[Line]) -> list[Line]:
    """The same accounts with what the journal knows of the postures that were set by hand."""
    those = [one.key for one in lines if one.posture_by_hand]
    if not those:
        return list(lines)
    with reading(path) as connection:
        found = postures.by_hand(connection, those)
    return [replace(one, posture_by_hand=found.get(one.key)) for one in lines]


# What the matrix rests on, but for the day.
_TABLES: Final = (
    *("workspace", "account", "assessment", "assessment_rating", "sales_order", "order_line", "opportunity"),
    *("portfolio_criterion", "portfolio_grade", "portfolio_position", *standing.TABLES),
    *winning.LEARNT_FROM,
)
_remembered: Final[Remembered[MatrixPage]] = Remembered(_TABLES)
_places: Final[Remembered[_Placed]] = Remembered(_TABLES)
_thens: Final[Remembered[Then]] = Remembered(_TABLES)
_looking_back: Final = Lock()  # who asks while it is being worked out waits for that
_WHOLE: Final = 0  # the key of what is remembered of all accounts together


_MANY: Final = 1_000  # accounts, from which on it pays to begin with what they are worth while they are placed


def _placed(path: Path, connection: sqlite3.Connection, today: dt.date) -> _Placed:
    known = _places.at(connection, today)
    if _WHOLE not in known:
        maps = partial(standing.values_of_accounts, today=today)
        later = (equity.parted, _then) if equity.count(connection) > _MANY else ()
        wait = ahead(path, maps, *(partial(ask, today=today) for ask in later))
        known[_WHOLE] = _Placed(connection, today, wait)
    return known[_WHOLE]


def _then(connection: sqlite3.Connection, today: dt.date) -> Then:
    with _looking_back:
        known = _thens.at(connection, today)
        if _WHOLE not in known:
            known[_WHOLE] = matrix_before.then(connection, today)
        return known[_WHOLE]
