"""How numbers in a sheet are shown, where that says more than the number: 0.9 as 90%, 1234 as 01234, 5 as €5."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

PERCENT: Final = "%"
_ZEROS: Final = re.compile(r"0{2,20}")
# What stands in brackets or quotes, or is a sign of its own: [$€-407], "USD", €. Colours and conditions are not.
_CURRENCY: Final = re.compile(
    r'\[\$\s?([€£$¥₹₩]|[A-Z]{3})\s?(?:-[^\]]*)?\]|"\s?([€£$¥₹₩]|[A-Z]{3})\s?"|(?<!\[)\\?([€£¥₹₩$])'
)
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_BUILT_IN: Final = {"9": PERCENT, "10": PERCENT}  # ECMA-376 part 1, 18.8.30; 5 to 8 show the reader's own currency


def shape_of(code: str) -> str:
    """What a number format adds: `%`, zeros as many as digits are shown, a sign or code of a currency; '' for nothing.

    Args:
        code: a number format, such as `0.0%`, `00000` or `#,##0.00 [$€-407]`.
    """
    positive = code.partition(";")[0]
    if PERCENT in _LITERAL.sub("", positive):
        return PERCENT
    if _ZEROS.fullmatch(positive):
        return positive
    found = _CURRENCY.search(positive)
    return next(filter(None, found.groups())) if found else ""


def built_in(number: str) -> str:
    """What a number format adds that is not written out in the file."""
    return _BUILT_IN.get(number, "")


def shown(text: str, shape: str) -> str:
    """A number in plain digits as it is shown in its shape; other text as it is."""
    if shape.startswith("0"):
        return text.zfill(len(shape)) if text.isdecimal() else text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if shape == PERCENT:
        return f"{(number * 100).normalize():f}%"
    return f"{shape} {text}" if shape.isalpha() else f"{shape}{text}"


@dataclass(slots=True)
class Shapes:
    """What a sheet tells of its cells beside their values.

    Attributes:
        columns: their shapes, by column: runs of rows (first, last, shape), from the top down.
        merged: rectangles of several rows that are one cell, where the reader does not know: first row and column,
            last row and column, from 1.
    """

    columns: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, row: int, column: int, shape: str, rows: int = 1) -> None:
        """Note the shape of one more cell, repeated in some rows below it; rows come from the top down."""
        runs, last = self.columns.setdefault(column, []), row + rows - 1
        if runs and runs[-1][1] == row - 1 and runs[-1][2] == shape:
            runs[-1] = (runs[-1][0], last, shape)
        else:
            runs.append((row, last, shape))


@dataclass(slots=True)
class Span:
    """What a sheet holds.

    Attributes:
        rows: the number of its last row.
        columns: the number of its last column.
        filled: how many cells have something in them.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0

    def take(self, rows: int, columns: int, filled: int) -> None:
        """Grow so that these fit."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        self.filled += filled
