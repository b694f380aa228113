"""Files of our own format, whose rows say of themselves what they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange import portable
from crmtui.exchange.file_form import RECOGNISED, FileForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from crmtui.exchange.json_lines import RecordFile
    from crmtui.exchange.problems import Problem
    from crmtui.exchange.tables import Tabular

_FIRST: Final = 4_000  # rows, of which one tells whether a file brings a workspace


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row that says of itself what it is."""

    line: int
    table: str
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file in our own format.

    Attributes:
        path: where it is.
        first: the table of its first row, by which files are put in order.
        rows: a function that reads them, from the start.
        problems: a function that tells, after reading, which rows were left out.
        name: what it is called, where that is not the name of the file.
        form: how it was read.
        headers: its columns, where it is a table.
    """

    path: Path
    first: str
    rows: Callable[[], Iterator[OwnRow]]
    problems: Callable[[], list[Problem]]
    name: str = ""
    form: FileForm = RECOGNISED
    headers: tuple[str, ...] = ()

    def cells(self, problems: list[Problem]) -> list[Problem]:
        """Problems with the cells of their rows, where it is a table; it is read once more for them."""
        if not (problems and self.headers):
            return problems
        wanted = {problem.line for problem in problems}
        rows = {row.line: tuple(map(str, row.cells.values())) for row in self.rows() if row.line in wanted}
        return [replace(problem, values=problem.values or rows.get(problem.line, ())) for problem in problems]


def open_json(file: RecordFile) -> OwnFile:
    """A JSON or JSON lines file; each object says its `type`, or its fields tell."""
    path = file.path

    def rows() -> Iterator[OwnRow]:
        for record in file.rows():
            said = str(record.values.get(portable.TYPE, ""))
            yield OwnRow(record.line, said or portable.table_of(list(record.values), path.stem), record.values)

    return OwnFile(
        path, next((row.table for row in rows()), ""), rows, lambda: file.problems, form=FileForm(file.encoding)
    )


def is_own(file: RecordFile, stem: str) -> bool:
    """Whether objects say what they are in our words, or have the members of one of our records; or there are none."""
    heads = [record.values for record in islice(file.rows(), _FIRST)]
    return not heads or any(
        str(head.get(portable.TYPE, "")) in BY_TABLE or portable.table_of(list(head), stem) for head in heads
    )


def open_table(table: Tabular) -> OwnFile:
    """A table whose header is that of our own format."""
    kind = portable.table_of(table.headers, table.stem)

    def rows() -> Iterator[OwnRow]:
        for row in table.rows():
            yield OwnRow(row.line, kind, dict(zip(table.headers, row.values, strict=True)))

    return OwnFile(table.path, kind, rows, lambda: table.problems, table.name, table.form, table.headers)


def has_workspace(file: OwnFile) -> bool:
    """Whether the file brings the settings of a workspace, so that a new one needs no others."""
    return any(row.table == "workspace" for row in islice(file.rows(), _FIRST))
