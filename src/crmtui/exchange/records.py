"""Lines of text to records of cells, each with the line it began on, within bounds."""

from __future__ import annotations

import csv
import re
from itertools import chain
from typing import TYPE_CHECKING, Final, TextIO

from crmtui.exchange.guard import APOSTROPHE, unguard
from crmtui.exchange.quoting import USUAL, Quoting
from crmtui.text import _

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_CELL: Final = 1 << 20
LONGEST_RECORD: Final = 8 << 20
_AT_ONCE: Final = 1 << 14  # characters
_LINE_END: Final = re.compile("\r\n|\r|\n")


class RecordError(ValueError):
    """A record that cannot be read.

    Attributes:
        line: where it began, or where the quote was opened that nothing closes.
    """

    def __init__(self, sentence: str, line: int) -> None:
        self.line = line
        super().__init__(sentence)


def _reader(lines: Iterable[str], delimiter: str, quoting: Quoting, *, is_strict: bool = False) -> Reader:
    """Reads records of lines in which the marks within cells are doubled."""
    return csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=quoting.mark,
        skipinitialspace=quoting.is_spaced,
        strict=is_strict,
    )


class Records:
    """The records of a delimited text; iterated once.

    Args:
        lines: the text with its line ends.
        delimiter: what parts the cells.
        first_line: the number of the first line.
        quoting: how cells are quoted.
        partial: whether the text may end inside of quotes, because it goes on elsewhere.
        is_strict: whether a record in which text follows a closed quote is told to be broken: its quotes are not
            doubled, and nobody knows where its cells end.

    Attributes:
        next_line: the line after the record given last.
        cut_off: whether the record given last ended inside of quotes.
        is_broken: whether the record given last is broken; its cells are a guess.
    """

    def __init__(
        self,
        lines: Iterable[str],
        delimiter: str,
        first_line: int = 1,
        *,
        quoting: Quoting = USUAL,
        partial: bool = False,
        is_strict: bool = False,
    ) -> None:
        csv.field_size_limit(LONGEST_CELL)  # the module's own limit, 128 KiB, is below ours
        self.next_line = first_line
        self.cut_off = False
        self._first_line = first_line
        self._delimiter = delimiter
        self._partial = partial
        self._ended = False
        self._size = 0
        self._may_be_guarded = False
        self.is_broken = False
        self._quoted: list[str] = []  # the lines of the record from its first quote on
        self._quoting = quoting
        self._reader = _reader(self._watched(lines), delimiter, quoting, is_strict=is_strict)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each record; no cells for a blank line.

        Raises:
            RecordError: a cell or record is too long, or a quote is never closed.
        """
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                cells = self._guessed()
                self.is_broken = not self._ended
            line, self.next_line = self.next_line, self._first_line + self._reader.line_num
            self.cut_off, self._size = self._ended, 0
            if self.cut_off and not self._partial:
                raise RecordError(_("a quote that is opened here is never closed; close it"), self._opening(cells[-1]))
            yield line, self._unguarded(cells) if self._may_be_guarded else cells
            self.is_broken = False
            self._quoted.clear()

    def _guessed(self) -> list[str]:
        """The cells of a record with a fault in its quotes, as well as they can be told apart."""
        try:
            return next(_reader(self._quoted, self._delimiter, self._quoting))
        except (csv.Error, StopIteration):
            raise RecordError(_("a cell here is longer than 1 MB; is a quote never closed?"), self.next_line) from None

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, measured: a record that pulls in too many is stopped before it fills the memory."""
        mark = self._quoting.mark
        after_delimiter, after_quote = self._delimiter + APOSTROPHE, mark + APOSTROPHE
        for line in lines:
            self._size += len(line)
            if self._size > LONGEST_RECORD:
                raise RecordError(_("this row is longer than 8 MB; is a quote never closed?"), self.next_line)
            if APOSTROPHE in line and (after_delimiter in line or after_quote in line or line[0] == APOSTROPHE):
                self._may_be_guarded = True
            text = self._quoting.doubled(line)
            if self._quoted or mark in text:
                self._quoted.append(text)
            yield text
        self._ended = True  # the reader only comes back for more when it is inside of quotes

    def _opening(self, cell: str) -> int:
        """The line on which the cell began that ran on to the end of the text."""
        ends = _LINE_END.findall(cell)
        return self.next_line - 1 - len(ends) + cell.endswith(("\r", "\n"))

    def _unguarded(self, cells: list[str]) -> list[str]:
        self._may_be_guarded = False
        return list(map(unguard, cells))


class Stretches:
    """The records of a delimited text, many at a time; iterated once.

    Lines that are a record each, as most are, are read without a look at every single one.

    Args:
        stream: the text from a record's beginning on, with its line ends.
        delimiter: what parts the cells.
        first_line: the number of the line that comes first.
        quoting: how cells are quoted.

    Attributes:
        is_broken: whether what was given last is one record that is broken, as `Records` with `is_strict` tells it.
    """

    def __init__(self, stream: TextIO, delimiter: str, first_line: int, quoting: Quoting = USUAL) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self.is_broken = False
        self._stream = stream
        self._delimiter = delimiter
        self._next_line = first_line
        self._quoting = quoting
        self._before_guarded = tuple(f"{mark}{APOSTROPHE}" for mark in (delimiter, quoting.mark, "\n", "\r"))

    def __iter__(self) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """Lines and cells of some records at a time; no cells for a blank line.

        Raises:
            RecordError: a cell or record is too long, or a quote is never closed.
        """
        while lines := self._stream.readlines(_AT_ONCE):
            if (found := self._a_line_each(lines)) is None:
                yield from self._closely(lines)
            else:
                first, self._next_line = self._next_line, self._next_line + len(lines)
                yield range(first, self._next_line), found

    def _a_line_each(self, lines: list[str]) -> list[list[str]] | None:
        """The cells of each line; None where one may be no record, or may have guarded cells."""
        text = "".join(lines)
        if APOSTROPHE in text and (text[0] == APOSTROPHE or any(one in text for one in self._before_guarded)):
            return None
        try:
            doubled = map(self._quoting.doubled, lines) if self._quoting.is_escaped else lines
            found = list(_reader(doubled, self._delimiter, self._quoting, is_strict=True))
        except csv.Error:
            return None
        return found if len(found) == len(lines) else None

    def _closely(self, lines: list[str]) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """The records that begin on these lines, looked at one by one."""
        every = chain(lines, self._stream)
        records = Records(every, self._delimiter, self._next_line, quoting=self._quoting, is_strict=True)
        end = self._next_line + len(lines)
        begun: list[int] = []
        whole: list[list[str]] = []
        for line, cells in records:
            if records.is_broken:
                yield begun, whole
                begun, whole, self.is_broken = [], [], True
                yield [line], [cells]
                self.is_broken = False
            else:
                begun.append(line)
                whole.append(cells)
            if records.next_line >= end:
                break
        self._next_line = records.next_line
        yield begun, whole
