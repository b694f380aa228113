"""Lines of text to records of cells, each with the line it began on, within bounds."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from crmtui.exchange.guard import APOSTROPHE, unguard
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_CELL: Final = 1 << 20
LONGEST_RECORD: Final = 8 << 20
_LINE_END: Final = re.compile("\r\n|\r|\n")


class RecordError(ValueError):
    """A record that cannot be read.

    Attributes:
        line: where it began, or where the quote was opened that nothing closes.
    """

    def __init__(self, sentence: str, line: int) -> None:
        self.line = line
        super().__init__(sentence)


class Records:
    """The records of a delimited text; iterated once.

    Args:
        lines: the text with its line ends.
        delimiter: what parts the cells.
        first_line: the number of the first line.
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
        self._reader = csv.reader(self._watched(lines), delimiter=delimiter, strict=is_strict)

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
            return next(csv.reader(self._quoted, delimiter=self._delimiter))
        except (csv.Error, StopIteration):
            raise RecordError(_("a cell here is longer than 1 MB; is a quote never closed?"), self.next_line) from None

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, measured: a record that pulls in too many is stopped before it fills the memory."""
        after_delimiter, after_quote = self._delimiter + APOSTROPHE, '"' + APOSTROPHE
        for line in lines:
            self._size += len(line)
            if self._size > LONGEST_RECORD:
                raise RecordError(_("this row is longer than 8 MB; is a quote never closed?"), self.next_line)
            if APOSTROPHE in line and (after_delimiter in line or after_quote in line or line[0] == APOSTROPHE):
                self._may_be_guarded = True
            if self._quoted or '"' in line:
                self._quoted.append(line)
            yield line
        self._ended = True  # the reader only comes back for more when it is inside of quotes

    def _opening(self, cell: str) -> int:
        """The line on which the cell began that ran on to the end of the text."""
        ends = _LINE_END.findall(cell)
        return self.next_line - 1 - len(ends) + cell.endswith(("\r", "\n"))

    def _unguarded(self, cells: list[str]) -> list[str]:
        self._may_be_guarded = False
        return list(map(unguard, cells))
