"""The rows of a list over a table that is worked out: its columns are sorted by and exported as the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.window_source import ListColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from crmtui.queries.worked import Table

Thing = TypeVar("Thing")


class WorkedSource(HeldSource[Thing]):
    """A `HeldSource` over rows of a table.

    Args:
        table: the table.
        columns: those of it that are shown.
        said: the words that a filter looks through.
        cells: what a row shows, a cell for each column.
    """

    def __init__(
        self,
        table: Table[Thing],
        columns: Sequence[ListColumn],
        said: Callable[[Thing], str],
        cells: Callable[[Thing], tuple[Content | str, ...]],
    ) -> None:
        by = {one.column.key: one.rank for one in table.columns}
        super().__init__(columns, table.account, said, cells, by)
        self.table = table

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys of the table's columns that are shown, in their order."""
        return tuple(key for column in self.columns for key in column.tells or (column.key,))


def of_table(table: Table[Any], key: str, *, title: str = "", **look: Any) -> ListColumn:  # noqa: ANN401 - as ListColumn
    """A column of a table as a list shows it; `title` is what it is called there, where that is shorter."""
    return ListColumn(key=key, title=title or table.column(key).column.label, **look)
