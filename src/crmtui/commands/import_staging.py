"""Files of other programs as drafts: read as they are written, or beforehand and put aside until then."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final, Self

from crmtui.commands.import_existing import Existing, Modes
from crmtui.commands.import_report import FileReport
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.exchange.mapping.choices import Choices, Open, Understood
from crmtui.exchange.mapping.drafting import Drafting
from crmtui.exchange.mapping.headers import spelt
from crmtui.exchange.mapping.meanings import EXTERNAL, UID
from crmtui.exchange.mapping.readers import prepare
from crmtui.exchange.mapping.targets import ORDERS, SHARED, TOLD, link_by_address, link_of
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from crmtui.commands.import_opening import Foreign
    from crmtui.commands.import_ours import Ours
    from crmtui.exchange.entries import Entry
    from crmtui.exchange.mapping.activities import Activities
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.exchange.mapping.orders import OrderRow, OrderRows
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.problems import Problem
    from crmtui.exchange.tables import Tabular

IN_MEMORY: Final = 32 << 20  # bytes; beyond it drafts go to a file without a name, in the system's temporary folder


class Staged:
    """One file, to be read and checked, and to be written; a context, at whose end what was put aside is gone.

    Attributes:
        report: what became of it so far.
        kind: the noun that its rows become.
        source: what its keys in the other system are called; '' where it has none.
        mapping: what was decided about it.
        empty: the lines of rows that were passed over, since they hold nothing.
        understood: cells that were understood, and may mean something else.
        blank: how many cells of each column are empty, by header.
    """

    def __init__(self, opened: Foreign) -> None:
        table, recognised = opened.table, opened.recognised
        self.report = FileReport(
            table.path, recognised.table, recognised.columns, table.headers, list(table.notes), name=table.name
        )
        self.report.program = recognised.form.program if recognised.form else ""
        self.report.mapping = opened.mapping_name
        self.kind = BY_TABLE[recognised.table]
        self.source = source_of(table, recognised)
        self.mapping = opened.mapping
        self.empty: list[int] = []
        self.blank: Counter[str] = Counter()
        self.understood: list[Understood] = []
        self._table = table
        self._recognised = recognised
        self._drafting: Drafting | Activities | OrderRows | None = None
        self._is_read = False
        self._aside: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `__exit__`

    @property
    def title(self) -> str:
        """The program that wrote it, or else the name of the file, as custom fields remember where they came from."""
        return self.report.program or self._table.name

    def modes(self, usual: Existing) -> Modes:
        """What its rows may do to records that are there."""
        chosen = {}
        for guess in self._recognised.columns:
            if guess.header in self.mapping.modes:
                name = spelt(guess.header) if guess.field in SHARED else _filled_by(guess.field)
                chosen[name] = self.mapping.modes[guess.header]
        return Modes(usual, chosen)

    def keys_by_link(self) -> dict[str, str]:
        """The headers of columns that link by keys of the other system, by the link."""
        return {link: spelt(guess.header) for guess in self._recognised.columns if (link := link_of(guess.field))}

    def spelt(self, cell: str) -> str:
        """A key of the other system as it is compared."""
        form = self._recognised.form
        return form.external(cell) if form and form.external else cell

    def key_sources(self, table: str, header: str, others: Mapping[str, Sequence[str]]) -> list[str]:
        """What keys of a table may be called that a column holds, the likeliest first.

        Args:
            table: what the column leads to.
            header: of the column.
            others: what the keys of the tables in this import are called, a name for each kind of file.
        """
        program = self._recognised.form.source if self._recognised.form else ""
        ours = UID if header.endswith(f"_{UID}") else ""
        names = (ours, program, *others.get(table, ()), key(header), f"{table}id", *_CALLED.get(table, ()))
        return [name for name in dict.fromkeys(names) if name]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._aside.close()

    def prepare(self, ours: Ours, *, is_strict: bool = True) -> list[Open]:
        """Decide what the cells of each column mean; returns what only the user can decide.

        Args:
            ours: what the workspace tells about cells, where nobody has said otherwise.
            is_strict: whether to refuse the file if something is still open.

        Raises:
            UsageError: a column can be read in two ways, and nothing says which.
            FileProblemError: the file cannot be read to its end.
        """
        choices = self._choices(ours)
        readers = prepare(self._table, self.kind, self._recognised, choices)
        if readers.open and is_strict:
            raise UsageError(f"{self._table.name}: {readers.open[0].sentence}")
        self.report.notes += readers.notes
        self.understood = readers.understood
        self.report.options = [one.option for one in readers.unknown]
        if self._recognised.table in TOLD:
            from crmtui.exchange.mapping.activities import Activities  # few files need it

            self._drafting = Activities(self._table, self._recognised, readers)
        elif self._recognised.table == ORDERS:
            from crmtui.exchange.mapping.orders import OrderRows  # nor this

            self._drafting = OrderRows(self._table, self._recognised, readers, choices.currency)
        else:
            is_assumed = not self.mapping.currency
            self._drafting = Drafting(self._table, self._recognised, readers, choices.currency, is_assumed=is_assumed)
        return [*readers.open, *readers.unknown]

    def _choices(self, ours: Ours) -> Choices:
        mapping = self.mapping
        return Choices(
            currency=mapping.currency or ours.currency,
            day_first=mapping.day_first,
            decimal_comma=mapping.decimal_comma,
            units=mapping.units,
            words=mapping.words,
            people=ours.known,
            keys=ours.keys,
            names=ours.spellings,
            spelt=self.spelt,
        )

    def read(self, heed: Callable[[int], None]) -> None:
        """Read and check all rows and put them aside; `heed` is called with how many, every few thousand of them."""
        for drafts in self._reading():
            heed(len(drafts))
            pickle.dump(drafts, self._aside, pickle.HIGHEST_PROTOCOL)
        self._is_read = True

    def newly_read(self, count: int) -> int:
        """How many of so many rows were read just now, and not put aside before."""
        return 0 if self._is_read else count

    def drafts(self) -> Iterator[Drafts]:
        """Its rows, a few thousand at a time: those that were put aside, or else as the file is read."""
        return self._rows()

    def entries(self) -> Iterator[list[Entry]]:
        """The same of a file about activities or notes."""
        return self._rows()

    def order_rows(self) -> Iterator[list[OrderRow]]:
        """The same of a file about orders."""
        return self._rows()

    def _rows(self) -> Iterator[Any]:
        return self._put_aside() if self._is_read else self._reading()

    def _put_aside(self) -> Iterator[Any]:
        self._aside.seek(0)
        while True:
            try:
                yield pickle.load(self._aside)  # noqa: S301 - written above, to where nobody else can write
            except EOFError:
                return

    def _reading(self) -> Iterator[Any]:
        if self._drafting is None:
            raise RuntimeError("a file is read before what its cells mean was decided")
        yield from self._drafting
        if self._table.has_header:
            self.blank = self._drafting.blank
        self.report.rejected += self._placed(self._drafting.problems)
        self.report.respelt += self._drafting.respelt
        self.empty = self._drafting.empty
        more = (*self._table.notes, *self._drafting.notes())
        self.report.notes += [note for note in more if note not in self.report.notes]

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
        return [replace(problem, place=problem.place or self._table.place(problem.line)) for problem in problems]


def _filled_by(target: str) -> str:
    """The field that a column fills, by name or otherwise."""
    return link_of(target) or link_by_address(target) or target


_CALLED: Final = {"actor": ("ownerid", "userid")}  # what a file of ours may call keys that another calls otherwise
_BARE: Final = frozenset({"id", "recordid"})  # what every system may call its keys


def source_of(table: Tabular, recognised: Recognised) -> str:
    """What the keys in the other system are called: by its program, or their header; '' where there are none.

    A header that any system may have says nothing, so that the name of the file stands in for it, without its figures.
    """
    header = key(next((guess.header for guess in recognised.columns if guess.field == EXTERNAL), ""))
    if not header or recognised.form:
        return recognised.form.source if header and recognised.form else ""
    if header not in _BARE:
        return header
    stem = "".join(mark for mark in key(table.stem) if not mark.isdigit())
    return f"{recognised.table}id{stem}" if stem else f"{recognised.table}id"
