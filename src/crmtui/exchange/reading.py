"""Text tables (CSV and its kin) as headers and rows, read as a stream: memory does not grow with the file."""

from __future__ import annotations

from collections import deque
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.values import quoted
from crmtui.exchange.encoding import ESCAPE, Source, examine
from crmtui.exchange.file_form import NO_HEADER, RECOGNISED, FileForm
from crmtui.exchange.footers import told, without_footer
from crmtui.exchange.layout import MOST_COLUMNS, Layout, lay_out
from crmtui.exchange.problems import Problem, refusal
from crmtui.exchange.records import LONGEST_RECORD, RecordError, Stretches
from crmtui.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_PROBLEMS: Final = 10_000
_SAMPLE_LINES: Final = 500
_MORE_LINES: Final = 20
_SAMPLE_SIZE: Final = 1 << 18
_KEPT_SIZE: Final = 16 << 20


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        line: the line of the file on which it begins, counted from 1.
        values: its cells as the file has them, one for each header; they are cleaned where they become a record.
    """

    line: int
    values: tuple[str, ...]


_ROW: Final = partial(tuple.__new__, Row)  # what `Row` does, without a call of Python for each


class Table:
    """A text table that was opened and recognised; its rows can be read several times.

    Attributes:
        path: where it is.
        encoding: the name of Python's codec.
        delimiter: what parts its cells.
        headers: the names of its columns, cleaned, none empty, none twice.
        form: how it is laid out, as it was recognised or named.
        notes: what was recognised or mended, a sentence each, in the user's language.
        problems: the rows that the last reading left out, each with its reason.
    """

    def __init__(self, source: Source, layout: Layout) -> None:
        self.path = source.path
        self.encoding = source.encoding
        self.delimiter = layout.delimiter
        self.headers = layout.headers
        self.form = FileForm(source.encoding, layout.delimiter, layout.header_line)
        self.notes = [*source.notes, *layout.notes]
        self.problems: list[Problem] = []
        self.has_header = layout.header_line != NO_HEADER
        self._source = source
        self._layout = layout
        self._kept_size = 0

    @property
    def name(self) -> str:
        """What it is called: the name of its file."""
        return self.path.name

    @property
    def stem(self) -> str:
        """What its name tells of its content."""
        return self.path.stem

    def rows(self) -> Iterator[Row]:
        """The rows that fit the header, in their order; those that do not go to `problems`.

        Blank rows are passed over, empty cells beyond the header are dropped, and a footer is left out and noted.

        Raises:
            FileProblemError: a quote is never closed, a row or cell is too long, too many rows do not fit, or the
                file changed while it was read.
        """
        self.problems.clear()
        self._kept_size = 0
        first = self._layout.data_line
        try:
            with self._source.open() as stream:
                deque(islice(stream, first - 1), maxlen=0)
                for some in self._fitting(Stretches(stream, self.delimiter, first, self._layout.quoting)):
                    yield from some
        except RecordError as error:
            raise refusal(self.path, str(error), error.line) from None
        except (OSError, UnicodeError) as error:
            raise refusal(self.path, _("the file changed while it was read; try again")) from error

    def place(self, line: int) -> str:  # noqa: ARG002 - what every table can be asked
        """Nothing more: the number of the line tells where it is."""
        return ""

    def sample(self, count: int) -> list[Row]:
        """The first rows, at most so many."""
        return list(islice(self.rows(), count))

    def _fitting(self, stretches: Stretches) -> Iterator[list[Row]]:
        width = len(self.headers)
        footer: list[Row] = []
        for rows in without_footer(self._all_rows(stretches, width), width, footer):
            fitting = [row for row in rows if len(row.values) == width]
            if len(fitting) < len(rows):
                self._reject_misfits(rows, width)
            yield fitting
        if footer and (note := told(footer)) not in self.notes:
            self.notes.append(note)

    def _all_rows(self, stretches: Stretches, width: int) -> Iterator[list[Row]]:
        for lines, records in stretches:
            if stretches.is_broken:
                for line, cells in zip(lines, records, strict=True):
                    why = _("text follows a quote that was closed; double the quotes in it")
                    self._reject(Row(line, tuple(cells)), why)
                continue
            if max(map(len, records), default=0) > width:
                for line, cells in zip(lines, records, strict=True):
                    _drop_empty_surplus(line, cells, width)
            yield list(map(_ROW, zip(lines, map(tuple, records), strict=True)))

    def _reject_misfits(self, rows: Sequence[Row], width: int) -> None:
        for row in rows:
            if (found := len(row.values)) != width:
                cells = ngettext("{count} cell", "{count} cells", found)
                columns = ngettext("{count} column", "{count} columns", width)
                self._reject(row, _("{cells} for {columns}; mend this row").format(cells=cells, columns=columns))

    def _reject(self, row: Row, reason: str) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            raise RecordError(_("too many rows do not fit the header; name the right delimiter"), row.line)
        cells = row.values
        self._kept_size += sum(map(len, cells)) + 100 * len(cells)
        kept = cells if self._kept_size < _KEPT_SIZE else ()
        self.problems.append(Problem(row.line, reason, values=kept))


def _drop_empty_surplus(line: int, cells: list[str], width: int) -> None:
    if len(cells) > MOST_COLUMNS:
        raise RecordError(_("this row has {count} cells; is this the right file?").format(count=len(cells)), line)
    if not any(cells[width:]):
        del cells[width:]


def read_table(path: Path, form: FileForm = RECOGNISED) -> Table:
    """Open a text table and recognise its encoding, delimiter and header, or use those that are named.

    Raises:
        FileProblemError: the file cannot be read, is no text table, or has no header that can be used.
    """
    if form.delimiter is not None and not _can_delimit(form.delimiter):
        raise refusal(path, _("{value} cannot part cells; name one character").format(value=quoted(form.delimiter)))
    if form.quote is not None and not _can_quote(form.quote, form.delimiter):
        raise refusal(path, _("{value} cannot stand around cells; name one sign").format(value=quoted(form.quote)))
    source = examine(path, form.encoding)
    if source.longest_line > 4 * LONGEST_RECORD:  # in bytes; a character has up to four
        raise refusal(path, _("one line is longer than 8 MB; this is no table with a row on each line"))
    try:
        with source.open() as stream:
            lines, complete = _first_lines(stream)
            if source.has_escapes and not complete and (more := list(_escaped_lines(stream))):
                lines, complete = lines + more, True  # these are whole, or show nothing
        layout = lay_out(lines, complete=complete, delimiter=form.delimiter, header=form.header, quote=form.quote)
        return Table(source, layout)
    except RecordError as error:
        raise refusal(path, str(error), error.line) from None
    except UnicodeError as error:
        raise refusal(path, _("the file changed while it was read; try again")) from error


def _can_delimit(delimiter: str) -> bool:
    return len(delimiter) == 1 and delimiter not in "\"'\r\n\0" and not "\ud800" <= delimiter <= "\udfff"


def _can_quote(quote: str, delimiter: str | None) -> bool:
    return len(quote) == 1 and quote.isprintable() and not quote.isalnum() and quote not in (" ", "\\", delimiter)


def _escaped_lines(stream: Iterator[str]) -> Iterator[str]:
    """Some of the other lines that may show that quotes are not doubled, since few lines have any in their cells."""
    return islice((line for line in stream if ESCAPE.decode() in line), _MORE_LINES)


def _first_lines(stream: Iterator[str]) -> tuple[list[str], bool]:
    lines: list[str] = []
    size = 0
    for line in stream:
        lines.append(line)
        size += len(line)
        if len(lines) >= _SAMPLE_LINES or size >= _SAMPLE_SIZE:
            return lines, next(stream, None) is None
    return lines, True
