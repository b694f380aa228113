"""The stakeholders of a page as the rows of a list."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.text import N_, NP_, _, key as folded
from crmtui.tui import show
from crmtui.tui.widgets.map_people import roles
from crmtui.tui.widgets.window_source import Head, ListColumn, Row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.queries.dmu import DmuPage, Sheet
    from crmtui.tui.widgets.window_source import Sort

COLUMNS: Final = (
    ListColumn(key="name", title=N_("Name"), width=18, flexible=True),
    ListColumn(key="position", title=N_("Position"), width=12, widest=24, priority=5),
    ListColumn(key="roles", title=N_("Roles"), width=12, widest=26, priority=1),
    ListColumn(key="bet", title=NP_("column", "Bet"), width=5, justify="right"),
    ListColumn(key="power", title=NP_("column", "Power"), width=5, justify="right", priority=4),
    ListColumn(key="attitude", title=NP_("column", "Attitude"), width=12),
    ListColumn(key="relationship", title=N_("Relation"), width=14, priority=2),
    ListColumn(key="cover", title=N_("Cover"), width=5, justify="right", priority=3),
    ListColumn(key="covered", title=N_("Covered by"), width=10, widest=18, priority=6),
    ListColumn(key="last", title=N_("Last"), width=7, priority=3),
    ListColumn(key="win", title=N_("Win"), width=8, widest=30, priority=7),
)
_SPECS: Final = specs(Stakeholder)


class StakeholderSource:
    """A `WindowSource` over a page that is at hand.

    Attributes:
        page: the page; another one may be put in its place, and is shown when the list is read again.
        today: the day it is seen from.
    """

    columns: Sequence[ListColumn] = COLUMNS

    def __init__(self, today: dt.date) -> None:
        self.page: DmuPage | None = None
        self.today = today

    def head(self, words: str, sort: Sort | None, limit: int) -> Head:
        """The first keys."""
        found = self.ids(words, sort)
        return Head(found[:limit], len(found) <= limit)

    def ids(self, words: str, sort: Sort | None) -> array[int]:
        """All keys, as on the map unless sorted; what is not known comes last in either direction."""
        sheets = [sheet for sheet in (self.page.sheets if self.page else ()) if folded(words) in folded(sheet.name)]
        if sort is not None:
            order = self._order(sort.key)
            known = [sheet for sheet in sheets if order(sheet) is not None]
            known.sort(key=order, reverse=sort.descending)
            sheets = known + [sheet for sheet in sheets if order(sheet) is None]
        return array("q", [sheet.key for sheet in sheets])

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of some keys."""
        if self.page is None:
            return {}
        sheets = (self.page.sheet(key) for key in ids)
        return {sheet.key: _row(self.page, sheet, self.today) for sheet in sheets if sheet}

    def _order(self, name: str) -> Callable[[Sheet], Any]:
        """What a column is sorted by."""
        if name in _ORDERS or self.page is None:
            return _ORDERS.get(name, _ORDERS["name"])
        figures = self.page.figures
        of = figures.leverage.of if name == "bet" else figures.coverage.of
        return lambda sheet: of(sheet.key)


def _row(page: DmuPage, sheet: Sheet, today: dt.date) -> Row:
    stakeholder = sheet.stakeholder
    name = show.label(sheet.name) if sheet.person else show.label(f"({sheet.name})", show.MUTED)
    power = show.unknown() if stakeholder.power is None else Content(str(stakeholder.power))
    return Row(
        sheet.key,
        (
            name,
            sheet.position,
            roles(stakeholder.roles) or show.unknown(),
            show.percent(page.figures.leverage.of(sheet.key)),
            power,
            _attitude(stakeholder.attitude),
            _word("relationship", stakeholder.relationship),
            show.percent(page.figures.coverage.of(sheet.key)) if sheet.person else show.nothing(),
            sheet.covered_by or show.nothing(),
            show.when(sheet.last_contact, today),
            show.label(stakeholder.win) if stakeholder.win.strip() else show.nothing(),
        ),
    )


def _attitude(value: int | None) -> Content:
    if value is None:
        return show.unknown()
    return Content.assemble(show.cells(show.attitude(value), 3), _word("attitude", value))


def _word(field: str, value: int | None) -> Content:
    return show.unknown() if value is None else Content(_(_SPECS[field].names[value]))


_ORDERS: Final[Mapping[str, Callable[[Sheet], Any]]] = {
    "name": lambda sheet: folded(sheet.name),
    "position": lambda sheet: folded(sheet.position) or None,
    "roles": lambda sheet: roles(sheet.stakeholder.roles) or None,
    "power": lambda sheet: sheet.stakeholder.power,
    "attitude": lambda sheet: sheet.stakeholder.attitude,
    "relationship": lambda sheet: sheet.stakeholder.relationship,
    "covered": lambda sheet: folded(sheet.covered_by) or None,
    "last": lambda sheet: sheet.last_contact,
    "win": lambda sheet: folded(sheet.stakeholder.win) or None,
}
