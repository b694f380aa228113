"""Rows that an import refused, mended and brought again: without the columns that tell why they were refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from crmtui.exchange.reading import Row
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.exchange.problems import Problem
    from crmtui.exchange.tables import Tabular

REASONS: Final = ("rejected_line", "rejected_column", "rejected_value", "rejected_reason")
_FEWEST: Final = 2  # of them; one alone may be a column of somebody else's


def without_reasons(table: Tabular) -> Tabular:
    """The table as it was before its rows were refused; the same where it does not tell why they were."""
    told = [header for header in table.headers if header in REASONS]
    return MendedTable(table, told) if _FEWEST <= len(told) < len(table.headers) else table


class MendedTable:
    """A table without some of its columns (`exchange.tables.Tabular`), and without rows that say nothing else.

    Args:
        table: the whole table.
        told: the columns that are left out.
    """

    def __init__(self, table: Tabular, told: Sequence[str]) -> None:
        self.path = table.path
        self.name = table.name
        self.stem = table.stem
        self.form = table.form
        self.has_header = table.has_header
        self._table = table
        self._places = [place for place, header in enumerate(table.headers) if header not in told]
        self.headers = tuple(table.headers[place] for place in self._places)
        note = _("Left out, since they only tell why rows were refused: {columns}.")
        self.notes = [*table.notes, note.format(columns=", ".join(told))]

    @property
    def problems(self) -> list[Problem]:
        """The rows that the last reading left out, each with its reason."""
        return [replace(problem, values=self._kept(problem.values)) for problem in self._table.problems]

    def rows(self) -> Iterator[Row]:
        """The rows that fit the header, in their order, without what is left out."""
        for row in self._table.rows():
            values = self._kept(row.values)
            if any(values):
                yield Row(row.line, values)
        self.notes += [note for note in self._table.notes if note not in self.notes]

    def place(self, line: int) -> str:
        """Where a line is, in words, if its number alone does not tell it; else ''."""
        return self._table.place(line)

    def _kept(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(cells[place] for place in self._places if place < len(cells))
