"""A workbook opened: looked over, read once in a process of its own, its rows put aside for as often as they are asked.

Its sheets are tables like any other, so that columns, checks and reports know no difference.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui import figures
from crmtui.exchange.aside import Aside
from crmtui.exchange.problems import refusal, system_refusal
from crmtui.exchange.sheets import ods, xls, xlsx
from crmtui.exchange.sheets.archive import DAMAGED, LOCKED, Archive
from crmtui.exchange.sheets.shapes import Shapes, Span
from crmtui.text import N_, _, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_CELLS: Final = 12_000_000
MOST_SHEETS: Final = 250
_FEW_CELLS: Final = 2_000_000  # a sheet may be this large with next to nothing in it
_HOLLOW: Final = 50
_CHILD: Final = Path(__file__).with_name("child.py")
_BASE: Final = 96 << 20  # bytes of memory for the process itself
_A_CELL: Final = 120  # twice in a list of cells, once in the rectangle
_STRINGS: Final = 6  # times their size: the shortest take this much
_SECONDS: Final = 2
_PACE: Final = 2 << 20  # bytes a second, a tenth of what it really is
_LONGEST_OLD: Final = 64 << 20
_LOCKED_CODE: Final = 3
_decode: Final = json.JSONDecoder().decode  # what `json.loads` comes to after a look at the encoding of every row

HOLLOW: Final = N_(
    "sheet {sheet} spans {rows} rows and {columns} columns with next to nothing in them; delete what is empty below "
    "and beside the table, or save it as CSV"
)
TOO_MANY: Final = N_("its {count} sheets are more than the {most} that can be read; save those that are needed apart")
TOO_LARGE: Final = N_("sheet {sheet} has {count} cells, more than can be read at once; save it as CSV")
BINARY: Final = N_("this is a workbook of a kind that is not read; save it as XLSX")
BEYOND: Final = N_("it cannot be read within the memory and time that its size allows; save the sheet as CSV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet whose rows were put aside.

    Attributes:
        name: what it is called, cleaned.
        is_hidden: whether the spreadsheet program shows it.
        row: the number of its first row.
        column: the number of its first column.
        filled: how many cells of each column are not empty.
        merged: rectangles of several rows that are one cell: first row and column, last row and column, from 1.
        shapes: how numbers are shown.
    """

    name: str
    is_hidden: bool
    row: int
    column: int
    filled: tuple[int, ...]
    merged: tuple[tuple[int, int, int, int], ...]
    shapes: Shapes
    _aside: Aside
    _place: int

    def rows(self) -> Iterator[list[str | float]]:
        """Its rows from the first that holds something; can be asked several times.

        Cells are texts, but for numbers with more than 15 digits, which spreadsheets do not show.
        """
        for text in self._aside.lines(self._place):
            if text.startswith(b"{"):
                return
            yield _decode(text.decode("ascii"))


def open_workbook(path: Path) -> list[Sheet]:
    """The sheets of an XLSX, ODS or XLS workbook, in their order.

    Raises:
        FileProblemError: it cannot be read, is damaged or protected, or would need more memory than it may have.
    """
    memory, size, shapes = _look_over(path)
    aside = Aside()
    code = _read(path, aside, memory, _SECONDS + size // _PACE)
    if code:
        raise refusal(path, _({_LOCKED_CODE: LOCKED, 4: DAMAGED}.get(code, BEYOND)))
    sheets = list(_sheets(aside, shapes))
    if len(sheets) > MOST_SHEETS:
        raise refusal(path, _(TOO_MANY).format(count=len(sheets), most=MOST_SHEETS))
    return sheets


def _look_over(path: Path) -> tuple[int, int, Mapping[str, Shapes]]:
    """How much memory the reading may take, how many bytes there are to read, and how numbers are shown."""
    try:
        with path.open("rb") as stream:
            is_archive, size = stream.read(2) == b"PK", path.stat().st_size
    except OSError as error:
        raise system_refusal(path, error) from error
    if not is_archive:
        if size > _LONGEST_OLD:
            raise refusal(path, _(BEYOND))
        return _BASE + 60 * size, size, xls.shapes_in(path)
    with Archive(path) as archive:
        kind = next((kind for kind in (xlsx, ods) if kind.is_workbook(archive)), None)
        if kind is None:
            raise refusal(path, _(BINARY))
        spans, shapes = kind.survey(path, archive)
        strings = archive.size(xlsx.STRINGS)
        size = sum(map(archive.size, archive.names()))
    for name, span in spans.items():
        _judge(path, name, span)
    spanned = sum(_A_CELL * span.filled + 32 * span.rows * span.columns for span in spans.values())
    return _BASE + spanned + _STRINGS * strings + 2 * size, size, shapes


def _judge(path: Path, name: str, span: Span) -> None:
    """Refuse a sheet for which too much room would be made."""
    spanned, sheet = span.rows * span.columns, line(name)
    if spanned > max(_FEW_CELLS, _HOLLOW * span.filled):
        raise refusal(
            path, _(HOLLOW).format(sheet=sheet, rows=figures.count(span.rows), columns=figures.count(span.columns))
        )
    if spanned > MOST_CELLS:
        raise refusal(path, _(TOO_LARGE).format(sheet=sheet, count=figures.count(spanned)))


def _read(path: Path, aside: Aside, memory: int, seconds: int) -> int:
    """Run the process; returns how it ended."""
    command = [sys.executable, "-P", str(_CHILD), str(path), str(memory), str(seconds)]
    process = subprocess.Popen(  # noqa: S603 - this interpreter, a script of this program and a path
        command, stdin=subprocess.DEVNULL, stdout=aside.stream, stderr=subprocess.DEVNULL
    )
    with process:
        try:
            return process.wait(5 * seconds)
        except subprocess.TimeoutExpired:
            return 1
        finally:
            process.kill()


def _sheets(aside: Aside, shapes: Mapping[str, Shapes]) -> Iterator[Sheet]:
    place, head, begin = 0, dict[str, Any](), 0
    for text in aside.lines(0):
        place += len(text) + 1
        if not text.startswith(b"{"):
            continue
        found = json.loads(text)
        if "sheet" in found:
            head, begin = found, place
            continue
        row, column = head["start"] or (0, 0)
        yield Sheet(
            name=line(head["sheet"]),
            is_hidden=head["hidden"],
            row=row + 1,
            column=column + 1,
            filled=tuple(found["filled"]),
            merged=(
                *((first + 1, left + 1, last + 1, right + 1) for first, left, last, right in head["merged"]),
                *shapes.get(head["sheet"], Shapes()).merged,
            ),
            shapes=shapes.get(head["sheet"], Shapes()),
            _aside=aside,
            _place=begin,
        )
