"""Files of other programs as drafts: read as they are written, or beforehand and put aside until then."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Final, Self

from crmtui.commands.import_report import FileReport
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.exchange.mapping.drafts import Drafting, Drafts
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.readers import Choices, prepare
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.exchange.mapping.recognise import Recognised
    from crmtui.exchange.problems import Problem
    from crmtui.exchange.tables import Tabular

IN_MEMORY: Final = 32 << 20  # bytes; beyond it drafts go to a file without a name, in the system's temporary folder


class Staged:
    """One file, to be read and checked, and to be written; a context, at whose end what was put aside is gone.

    Attributes:
        report: what became of it so far.
        kind: the noun that its rows become.
        source: what its keys in the other system are called; '' where it has none.
        blank: how many cells of each column are empty, by header.
    """

    def __init__(self, table: Tabular, recognised: Recognised) -> None:
        self.report = FileReport(
            table.path, recognised.table, recognised.columns, table.headers, list(table.notes), name=table.name
        )
        self.kind = BY_TABLE[recognised.table]
        self.source = key(next((guess.header for guess in recognised.columns if guess.field == EXTERNAL), ""))
        self.blank: Counter[str] = Counter()
        self._table = table
        self._recognised = recognised
        self._drafting: Drafting | None = None
        self._is_read = False
        self._aside: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `__exit__`

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._aside.close()

    def prepare(self, choices: Choices) -> None:
        """Decide what the cells of each column mean.

        Raises:
            UsageError: a column can be read in two ways, and nothing says which.
            FileProblemError: the file cannot be read to its end.
        """
        try:
            readers = prepare(self._table, self.kind, self._recognised.fields(), choices)
        except ValueError as error:
            raise UsageError(f"{self._table.name}: {error}") from None
        self.report.notes += readers.notes
        self._drafting = Drafting(self._table, self._recognised, readers, choices.currency)

    def read(self, heed: Callable[[], None]) -> None:
        """Read and check all rows and put them aside; `heed` is called every few thousand of them."""
        for drafts in self._reading():
            heed()
            pickle.dump(drafts, self._aside, pickle.HIGHEST_PROTOCOL)
        self._is_read = True

    def drafts(self) -> Iterator[Drafts]:
        """Its rows, a few thousand at a time: those that were put aside, or else as the file is read."""
        return self._put_aside() if self._is_read else self._reading()

    def _put_aside(self) -> Iterator[Drafts]:
        self._aside.seek(0)
        while True:
            try:
                yield pickle.load(self._aside)  # noqa: S301 - written above, to where nobody else can write
            except EOFError:
                return

    def _reading(self) -> Iterator[Drafts]:
        if self._drafting is None:
            raise RuntimeError("a file is read before what its cells mean was decided")
        yield from self._drafting
        if self._table.has_header:
            self.blank = self._drafting.blank
        self.report.rejected += self._placed(self._drafting.problems)
        self.report.respelt += self._drafting.respelt
        self.report.notes += [note for note in self._table.notes if note not in self.report.notes]

    def cells(self, problems: list[Problem]) -> list[Problem]:
        """Problems that were found after reading, with the cells of their rows."""
        if not problems:
            return []
        wanted = {problem.line for problem in problems}
        rows = {row.line: row.values for row in self._table.rows() if row.line in wanted}
        return self._placed([replace(problem, values=rows.get(problem.line, ())) for problem in problems])

    def _placed(self, problems: list[Problem]) -> list[Problem]:
        """The same, each with its place where the number of its line does not tell it."""
        if not problems or not self._table.place(problems[0].line):
            return problems
        return [replace(problem, place=self._table.place(problem.line)) for problem in problems]
