"""Rows for a table as a few statements of many rows each.

For every statement whose triggers write, SQLite keeps a copy of each page that it touches, to be able to take the
statement alone back: a statement a row costs twice the time of a statement for many. And while one runs, other threads
have Python for themselves.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Statement = tuple[str, "Sequence[object]"]  # SQL, and what its question marks stand for

MOST_MARKS: Final = 32_766  # question marks in a statement (https://sqlite.org/limits.html, 9)
MOST_ROWS: Final = 8_192


def inserting(
    table: str, columns: Mapping[str, Sequence[object]], constants: Mapping[str, object]
) -> Iterator[Statement]:
    """What writes rows, as SQLite keeps them, in their order; `constants` are the columns that are the same in all.

    The numbers of rows are powers of two, so that few different statements have to be made ready.
    """
    count = len(next(iter(columns.values())))
    most = min(MOST_ROWS, (MOST_MARKS - len(constants)) // len(columns))
    given = ", ".join("*" if name is None else "?" for name in (None, *constants))
    row = f"({', '.join('?' * len(columns))})"
    place = 0
    while place < count:
        end = place + (1 << min(most, count - place).bit_length() - 1)
        rows = ", ".join([row] * (end - place))
        cells = zip(*(column[place:end] for column in columns.values()), strict=True)
        yield (
            f"INSERT INTO {table} ({', '.join((*columns, *constants))}) SELECT {given} FROM (VALUES {rows})",
            [*constants.values(), *chain.from_iterable(cells)],
        )
        place = end
