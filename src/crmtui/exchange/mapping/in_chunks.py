"""The rows of a recognised table read some at a time, and what became of those that were left out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from crmtui.exchange.mapping import targets
from crmtui.text import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.problems import Problem
    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

Made = TypeVar("Made")
_BEGINNING: Final = 8  # of the usual number so many times fewer are read first


class InChunks(ABC, Generic[Made]):
    """The rows of a table made something else, and what became of the others; iterated once.

    Attributes:
        chunk: how many rows are made something else at once.
        problems: the rows that could not be read.
        blank: how many cells of each column are empty, by header, where that is worth telling.
        respelt: cells that were taken for a usual word: (as the file has it, the word), and how often.
        deleted: rows that the other system has deleted; they were passed over.
    """

    chunk: ClassVar[int]

    def __init__(self, table: Tabular, recognised: Recognised, readers: Readers) -> None:
        self.problems: list[Problem] = []
        self.blank: Counter[str] = Counter()
        self.respelt: Counter[tuple[str, str]] = Counter()
        self.deleted = 0
        self._table = table
        self._recognised = recognised
        self._places = recognised.fields()
        self._kept = recognised.places(targets.KEPT)
        self._noted = recognised.places(targets.NOTE)
        self._readers = readers

    def __iter__(self) -> Iterator[Made]:
        """Some at a time, fewer at first: who writes them can begin while more are read."""
        rows, count = self._table.rows(), max(self.chunk // _BEGINNING, 1)
        while some := list(islice(rows, count)):
            yield self._read_some(some)
            count = min(2 * count, self.chunk)
        self.problems += self._table.problems

    @abstractmethod
    def _read_some(self, rows: list[Row]) -> Made:
        """What these rows become."""

    def notes(self) -> Iterator[str]:
        """What happened to rows, in sentences."""
        if self.deleted:
            yield ngettext(
                "{count} row is deleted there and was left out.",
                "{count} rows are deleted there and were left out.",
                self.deleted,
            )
