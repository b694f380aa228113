"""Columns as a file: those of a list, or of a table that is worked out, as on the screen or as they were named."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from crmtui.domain.fields import Kind
from crmtui.errors import UsageError
from crmtui.exchange.atomic import atomic
from crmtui.exchange.sheets.writing import SheetColumn, write_workbook
from crmtui.exchange.writing import Format, write_rows
from crmtui.queries import picking, worked
from crmtui.queries.picked_cells import Cells, Manner, cells
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from crmtui.queries.picking import Picked, Row
    from crmtui.queries.worked import Table

Thing = TypeVar("Thing")
_HEEDED: Final = 500


class Columns(Protocol):
    """What is written.

    Attributes:
        name: of the sheet of a workbook.
        is_labelled: whether tables have the labels of columns and words, for people; else their keys, for programs.
        count: how many rows there are, as far as they are still there when they are read.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - above
    @property
    def is_labelled(self) -> bool: ...  # noqa: D102 - above
    @property
    def count(self) -> int: ...  # noqa: D102 - above

    def columns(self, manner: Manner) -> Sequence[Cells]:
        """The columns."""

    def rows(self, path: Path, *, for_people: bool) -> Iterator[Any]:
        """The rows that they take cells of, in their order."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows of a list.

    Attributes:
        pick: the columns.
        keys: of the rows, in their order.
        today: the day.
        is_labelled: see `Columns`.
    """

    pick: Picked
    keys: Sequence[int]
    today: dt.date
    is_labelled: bool = False

    @property
    def name(self) -> str:
        """The noun."""
        return self.pick.noun

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.keys)

    def columns(self, manner: Manner) -> Sequence[Cells]:
        """The columns."""
        return cells(self.pick, manner)

    def rows(self, path: Path, *, for_people: bool) -> Iterator[Row]:  # noqa: ARG002 - lists hold the same for all
        """The rows."""
        return picking.rows(path, self.pick, self.keys, self.today)


@dataclass(frozen=True, slots=True)
class Tabled(Generic[Thing]):
    """Rows of a table that is worked out.

    Attributes:
        pick: the columns.
        table: whose they are.
        things: the rows, in their order.
        is_labelled: see `Columns`.
    """

    pick: Picked
    table: Table[Thing]
    things: Sequence[Thing]
    is_labelled: bool = False

    @property
    def name(self) -> str:
        """What the table is called."""
        return self.table.noun

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.things)

    def columns(self, manner: Manner) -> Sequence[Cells]:
        """The columns."""
        return cells(self.pick, manner)

    def rows(self, path: Path, *, for_people: bool) -> Iterator[Row]:
        """The rows."""
        return worked.rows(path, self.table, self.pick, self.things, for_people=for_people)


@dataclass(frozen=True, slots=True)
class Plain:
    """A table that is what it is, for people and programs alike.

    Attributes:
        name: what it is called.
        headers: of its columns, none twice.
        count: how many rows there are.
        read: reads them, each with a cell for each column; None for nothing.
    """

    name: str
    headers: Sequence[str]
    count: int
    read: Callable[[Path], Iterable[Sequence[Any]]]

    is_labelled = True

    @classmethod
    def of(cls, name: str, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> Plain:
        """One whose rows are at hand; headers that are there twice are numbered."""
        return cls(name, numbered(headers), len(rows), lambda _path: rows)

    def columns(self, manner: Manner) -> Sequence[Cells]:  # noqa: ARG002 - alike for all
        """The columns."""
        return [Cells(header, Kind.LINE, itemgetter(at)) for at, header in enumerate(self.headers)]

    def rows(self, path: Path, *, for_people: bool) -> Iterator[Sequence[Any]]:  # noqa: ARG002 - likewise
        """The rows."""
        return iter(self.read(path))


def numbered(names: Sequence[str]) -> list[str]:
    """The names, each there once: the second `Service` is `Service (2)`."""
    found: list[str] = []
    for name in names:
        count = next(count for count in range(1, len(names) + 1) if _counted(name, count) not in found)
        found.append(_counted(name, count))
    return found


def _counted(name: str, count: int) -> str:
    return f"{name} ({count})" if count > 1 else name


@dataclass(frozen=True, slots=True)
class Way:
    """How they are written; see `exporting.ExportOptions`.

    Attributes:
        beside: what a workbook holds too, on further sheets.
    """

    raw: bool = False
    tell: Callable[[str], None] | None = None
    heed: Callable[[int, int], None] = lambda _done, _total: None
    beside: Sequence[Columns] = ()


def write(path: Path, listed: Columns, form: Format, stream: TextIO, way: Way) -> int:
    """Write the rows as text; returns how many there were. `heed` is called every few hundred, with how far it is.

    Raises:
        UsageError: the format has no columns.
    """
    if form in (Format.VCF, Format.ICS):
        raise UsageError(_("Columns are of tables: {form} has fields of its own.").format(form=form))
    columns, rows = _written(path, listed, way, is_table=form in (Format.CSV, Format.TSV))
    return write_rows(stream, form, [one.header for one in columns], rows, raw=way.raw, is_cleaned=True)


def write_to(path: Path, listed: Columns, form: Format, target: Path, way: Way) -> int:
    """Write them to a file, all or nothing; returns how many there were.

    Raises:
        UsageError: the format has no columns.
        FileProblemError: the target cannot be written; what was there is as before.
    """
    if form is not Format.XLSX:
        with atomic(target) as stream:
            return write(path, listed, form, stream, way)
    with atomic(target, "wb") as book:
        count = write_workbook(book, (_sheet(path, one, way) for one in (listed, *way.beside)), way.tell)
        way.heed(count, count)  # packing it took seconds, too
        return count


def _sheet(path: Path, listed: Columns, way: Way) -> tuple[str, Sequence[SheetColumn], Iterator[Sequence[Any]]]:
    """A sheet: its name, columns and rows."""
    columns, rows = _written(path, listed, way, is_table=True)
    return listed.name, [SheetColumn(one.header, one.kind) for one in columns], rows


def _written(
    path: Path, listed: Columns, way: Way, *, is_table: bool
) -> tuple[Sequence[Cells], Iterator[Sequence[Any]]]:
    """The columns as they are written, and the rows."""
    manner = _manner(listed, is_table=is_table)
    columns = listed.columns(manner)
    return columns, _rows(path, listed, columns, way.heed, for_people=manner is Manner.LABELS)


def _manner(listed: Columns, *, is_table: bool) -> Manner:
    """How cells are written: whoever opens a table sees amounts as they are paid, whatever its format."""
    if is_table:
        return Manner.LABELS if listed.is_labelled else Manner.WHOLE
    return Manner.MINOR


def _rows(
    path: Path, listed: Columns, columns: Sequence[Cells], heed: Callable[[int, int], None], *, for_people: bool
) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(listed.rows(path, for_people=for_people)):
        if number % _HEEDED == 0:
            heed(number, listed.count)
        yield [one.cell(row) for one in columns]
