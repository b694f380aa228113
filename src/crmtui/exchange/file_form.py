"""How a file is laid out, as far as somebody says it who knows better than what is recognised."""

from __future__ import annotations

from typing import Final, NamedTuple

NO_HEADER: Final = 0  # in place of the line of a header: the first line is a row already


class FileForm(NamedTuple):
    """How a file is laid out; what is None or empty is recognised.

    Attributes:
        encoding: of texts: a name that Python knows.
        delimiter: what parts the cells of tables.
        header: the line that names the columns, counted from 1; NO_HEADER where none does.
        sheets: the names of the sheets of a workbook, or of the lists of a JSON file, that are read; else all that it
            shows.
        quote: the mark around cells of tables that are quoted.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = None
    sheets: tuple[str, ...] = ()
    quote: str | None = None

    def over(self, other: FileForm) -> FileForm:
        """What this says, and the other where this says nothing."""
        return FileForm(
            self.encoding if self.encoding is not None else other.encoding,
            self.delimiter if self.delimiter is not None else other.delimiter,
            self.header if self.header is not None else other.header,
            self.sheets or other.sheets,
            self.quote if self.quote is not None else other.quote,
        )


RECOGNISED: Final = FileForm()
