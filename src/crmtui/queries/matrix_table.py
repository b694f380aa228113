"""The portfolio matrix as a table: an account a row."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.words import Level, Posture, Segment
from crmtui.method.postures import Reason
from crmtui.queries import matrix_words as words
from crmtui.queries.equity_words import in_units
from crmtui.queries.lists import Shape
from crmtui.queries.worked import Table, Worked, worked
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from crmtui.method.portfolio import Trace
    from crmtui.queries.matrix import Line, MatrixPage
    from crmtui.queries.postures import ByHand


class Row(NamedTuple):
    """An account on the page that it is of."""

    page: MatrixPage
    line: Line

    @property
    def trace(self) -> Trace | None:
        """How it moved; None where that is not known."""
        return self.page.traces.get(self.line.key)

    @property
    def by_hand(self) -> ByHand | None:
        """The posture that was set by hand."""
        return self.line.posture_by_hand

    @property
    def hangs_on(self) -> list[str]:
        """The criteria on whose weights its cell hangs."""
        return sorted({self.page.labels[shift.code] for shift in self.line.shifts})

    @property
    def cell(self) -> str | None:
        """Its cell: the third of attractiveness, then that of strength."""
        found = self.line.place.cell
        return None if found is None else "/".join(third.value for third in found)

    @property
    def why(self) -> list[str]:
        """All terms."""
        return [f"{label}: {text}" for label, text in words.account(self.page, self.line, in_units(self.page.currency))]


def rows(page: MatrixPage) -> list[Row]:
    """The accounts of a page, in its order."""
    return [Row(page, line) for line in page.lines]


def page(path: Path, today: dt.date) -> MatrixPage:
    """The matrix, with what the journal knows of postures that were set by hand."""
    from crmtui.queries import matrix

    found = matrix.page(path, today)
    return replace(found, lines=tuple(matrix.traced(path, found.lines)))


def read(path: Path, today: dt.date) -> list[Row]:
    """All accounts, by name."""
    return rows(page(path, today))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _reach(axis: str, labels: tuple[str, str, str]) -> tuple[Worked[Row], ...]:
    """Where accounts are on an axis, at least and at most."""
    told = zip(("value", "low", "high"), (axis, f"{axis}_low", f"{axis}_high"), labels, strict=True)
    return tuple(worked(key, label, partial(_on_axis, axis=axis, end=end), Shape.NUMBER) for end, key, label in told)


def _on_axis(one: Row, axis: str, end: str) -> float | None:
    return _rounded(getattr(getattr(one.line.place, axis), end))


TABLE: Final[Table[Row]] = Table(
    noun="matrix",
    title=N_("Matrix"),
    account=lambda one: one.line.key,
    columns=(
        worked("name", N_("Account"), lambda one: one.line.name),
        worked("level", N_("Level"), lambda one: one.line.level.value, Level),
        worked(
            "sales", N_("Sales in 12 months"), lambda one: (one.line.sales, one.page.currency), Shape.MONEY, priority=2
        ),
        worked("currency", N_("Currency"), lambda one: one.page.currency),
        *_reach("attractiveness", (N_("Attractive"), N_("Attractive at least"), N_("Attractive at most"))),
        *_reach("strength", (N_("Strong"), N_("Strong at least"), N_("Strong at most"))),
        worked("cell", N_("Cell"), lambda one: one.cell, said=lambda one: words.cell(one.line.place.cell)),
        worked(
            "segment",
            N_("Segment"),
            lambda one: one.line.segmented.segment.value,
            Segment,
            priority=1,
        ),
        worked("posture", N_("Posture"), lambda one: one.line.stance.posture.value, Posture),
        worked(
            "reason",
            N_("Because"),
            lambda one: one.line.stance.reason.value,
            Reason,
            said=lambda one: words.because(one.line),
            priority=3,
        ),
        worked("is_certain", N_("Certain"), lambda one: one.line.stance.is_certain, Shape.FLAG),
        worked(
            "hangs_on",
            N_("Hangs on"),
            lambda one: one.hangs_on,
            said=lambda one: ", ".join(one.hangs_on),
            by=lambda one: len(one.hangs_on),
        ),
        worked(
            "posture_by_hand",
            N_("Posture set by hand"),
            lambda one: one.by_hand and one.by_hand.posture.value,
            Posture,
        ),
        worked("posture_reason", N_("Reason of the posture"), lambda one: one.by_hand and one.by_hand.reason),
        worked(
            "posture_set_on",
            N_("Posture set on"),
            lambda one: one.by_hand and one.by_hand.on and one.by_hand.on.isoformat(),
            Shape.PAST,
        ),
        worked(
            "moved_since",
            N_("Moved since"),
            lambda one: one.page.before.day.isoformat() if one.trace and one.page.before else None,
            Shape.PAST,
        ),
        worked(
            "moved_points", N_("Moved by"), lambda one: _rounded(one.trace.length) if one.trace else None, Shape.NUMBER
        ),
        worked(
            "moved_cell",
            N_("Moved to another cell"),
            lambda one: one.trace.has_changed_cell if one.trace else None,
            Shape.FLAG,
        ),
        worked("why", N_("Why"), lambda one: one.why, said=lambda one: "; ".join(one.why)),
    ),
    shown=("name", "attractiveness", "strength", "sales", "segment", "posture", "reason"),
    apart=frozenset(("why",)),
)
