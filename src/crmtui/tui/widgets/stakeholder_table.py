"""The stakeholders of a page as the rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.queries.stakeholder_table import TABLE, graded, roles, rows
from crmtui.tui import show
from crmtui.tui.widgets.worked_source import WorkedSource, of_table

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.queries.dmu import DmuPage
    from crmtui.queries.stakeholder_table import Row

COLUMNS: Final = (
    of_table(TABLE, "name", width=18, flexible=True),
    of_table(TABLE, "position", width=12, widest=24, priority=5),
    of_table(TABLE, "roles", width=12, widest=26, priority=1),
    of_table(TABLE, "bet", width=5, justify="right"),
    of_table(TABLE, "power", width=5, justify="right", priority=4),
    of_table(TABLE, "attitude", width=12),
    of_table(TABLE, "relationship", width=14, priority=2),
    of_table(TABLE, "cover", width=5, justify="right", priority=3),
    of_table(TABLE, "covered", width=10, widest=18, priority=6),
    of_table(TABLE, "last", width=7, priority=3),
    of_table(TABLE, "win", width=8, widest=30, priority=7),
)


class StakeholderSource(WorkedSource["Row"]):
    """The rows of a page that is at hand, as on the map unless sorted.

    Attributes:
        today: the day it is seen from.
    """

    def __init__(self, today: dt.date) -> None:
        super().__init__(TABLE, COLUMNS, lambda one: one.sheet.name, self._cells)
        self.today = today

    def show(self, page: DmuPage | None) -> None:
        """Take another page; the list is to be read again."""
        self.hold(rows(page))

    def _cells(self, one: Row) -> tuple[Content | str, ...]:
        sheet, kept = one.sheet, one.kept
        name = show.label(sheet.name) if sheet.person else show.label(f"({sheet.name})", show.MUTED)
        return (
            name,
            sheet.position,
            roles(kept.roles) or show.unknown(),
            show.percent(one.bet),
            show.unknown() if kept.power is None else Content(str(kept.power)),
            _attitude(kept.attitude),
            _word("relationship", kept.relationship),
            show.percent(one.cover) if sheet.person else show.nothing(),
            sheet.covered_by or show.nothing(),
            show.when(sheet.last_contact, self.today),
            show.label(kept.win) if kept.win.strip() else show.nothing(),
        )


def _attitude(value: int | None) -> Content:
    if value is None:
        return show.unknown()
    return Content.assemble(show.cells(show.attitude(value), 3), _word("attitude", value))


def _word(field: str, value: int | None) -> Content:
    return show.unknown() if value is None else Content(graded(field, value))
