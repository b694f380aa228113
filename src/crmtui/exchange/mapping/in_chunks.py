"""The rows of a recognised table read some at a time, and what became of those that were left out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from crmtui.domain.values import quoted
from crmtui.exchange.layout import MOST_NAMED, few
from crmtui.exchange.mapping import targets
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.problems import Problem
    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

Made = TypeVar("Made")
_values: Final = attrgetter("values")
_MOST_LINES: Final = 10  # that are told
_BEGINNING: Final = 8  # of the usual number so many times fewer are read first


class InChunks(ABC, Generic[Made]):
    """The rows of a table made something else, and what became of the others; iterated once.

    Attributes:
        chunk: how many rows are made something else at once.
        problems: the rows that could not be read.
        blank: how many cells of each column are empty, by header, where that is worth telling.
        nothing: cells that say that something is not known: (header, the cell), and how often.
        respelt: cells that were taken for a usual word: (as the file has it, the word), and how often.
        system: what users of the other system itself are called; they were passed over.
        empty: the lines of rows that hold nothing that could be a record; they were passed over.
        deleted: rows that the other system has deleted; they were passed over.
    """

    chunk: ClassVar[int]

    def __init__(self, table: Tabular, recognised: Recognised, readers: Readers) -> None:
        self.problems: list[Problem] = []
        self.blank: Counter[str] = Counter()
        self.nothing: Counter[tuple[str, str]] = Counter()
        self.respelt: Counter[tuple[str, str]] = Counter()
        self.system: list[str] = []
        self.empty: list[int] = []
        self.deleted = 0
        self._table = table
        self._recognised = recognised
        self._places = recognised.fields()
        self._kept = [*recognised.places(targets.KEPT), *recognised.places(targets.SYSTEM)]
        self._noted = recognised.places(targets.NOTE)
        self._readers = readers
        self._empty = {self._places[name]: cells for name, cells in readers.nothing.items()}
        self._all_empty = frozenset().union(*self._empty.values())

    def __iter__(self) -> Iterator[Made]:
        """Some at a time, fewer at first: who writes them can begin while more are read."""
        rows, count = self._table.rows(), max(self.chunk // _BEGINNING, 1)
        while some := list(islice(rows, count)):
            yield self._read_some(self._emptied(some))
            count = min(2 * count, self.chunk)
        self.problems += self._table.problems

    @abstractmethod
    def _read_some(self, rows: list[Row]) -> Made:
        """What these rows become."""

    def _emptied(self, rows: list[Row]) -> list[Row]:
        """The rows, without what only says that something is not known."""
        if not self._all_empty or all(map(self._all_empty.isdisjoint, map(_values, rows))):
            return rows
        return [row if self._all_empty.isdisjoint(row.values) else self._without_nothing(row) for row in rows]

    def _without_nothing(self, row: Row) -> Row:
        cells = list(row.values)
        for place, nothing in self._empty.items():
            if cells[place] in nothing:
                self.nothing[self._table.headers[place], line(cells[place])] += 1
                cells[place] = ""
        return row._replace(values=tuple(cells))

    def notes(self) -> Iterator[str]:
        """What happened to rows, in sentences."""
        for header in dict.fromkeys(header for header, _cell in self.nothing):
            told = {cell: count for (of, cell), count in self.nothing.items() if of == header}
            yield _("Column {header}: read as empty: {cells}.").format(
                header=header, cells=", ".join(f"{quoted(cell)} ({count})" for cell, count in told.items())
            )
        if self.system:
            yield ngettext(
                "{count} user is of the other system itself and was left out: {names}",
                "{count} users are of the other system itself and were left out: {names}",
                len(self.system),
                names=few(self.system, MOST_NAMED),
            )
        if self.empty:
            yield ngettext(
                "{count} row holds nothing that could be a record and was left out: line {lines}.",
                "{count} rows hold nothing that could be records and were left out: lines {lines}.",
                len(self.empty),
                lines=", ".join(map(str, self.empty[:_MOST_LINES])) + ("…" if len(self.empty) > _MOST_LINES else ""),
            )
        if self.deleted:
            yield ngettext(
                "{count} row is deleted there and was left out.",
                "{count} rows are deleted there and were left out.",
                self.deleted,
            )
