"""The cells of one column to values: each different cell is read once, or all at once where that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.checked import Checked, checker
from crmtui.domain.fields import Kind
from crmtui.text import are_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.domain.fields import Spec
    from crmtui.domain.values import Plain, Value

MOST_KEPT: Final = 1 << 14


class Cells(dict[Any, "Plain"]):
    """What the cells of a column hold, as SQLite keeps it; None for those that are blank or refused.

    Args:
        spec: the field that they fill.
        read: from a cell that is not blank to a value, None for none; ValueError with a sentence. Text needs none.

    Attributes:
        refused: why cells cannot be read, by cell.
    """

    def __init__(self, spec: Spec, read: Callable[[Any], Value] | None = None) -> None:
        super().__init__()
        self.spec = spec
        self.refused: dict[Any, str] = {}
        self._read = read
        self._check = checker(spec)

    def column(self, cells: Sequence[Any]) -> Checked:
        """The values of some rows."""
        if self.spec.kind is Kind.TEXT:
            self.clear()  # long texts would fill the memory
        if self._read is None and self.spec.kind is Kind.LINE:
            different = set(cells)
            if 2 * len(different) > len(cells) and self._fit(cells):  # it does not pay to remember them
                return Checked(self.spec, cells if all(cells) else [cell or None for cell in cells])
            self._learn([cell for cell in different if cell.isascii() and cell and cell not in self])
        return Checked(self.spec, map(self.__getitem__, cells))

    def _learn(self, cells: Sequence[str]) -> None:
        """Remember different cells that stay as they are, if that can be told for all at once."""
        if cells and self._fit(cells):
            if len(self) + len(cells) >= MOST_KEPT:
                self.clear()
            self.update(zip(cells, cells, strict=True))

    def _fit(self, cells: Sequence[str]) -> bool:
        """Whether all cells are plain text that fits, told for all at once."""
        return are_lines(cells) and max(map(len, cells)) <= self.spec.longest

    def __missing__(self, cell: Any) -> Plain:  # noqa: ANN401 - a cell, or one with its currency
        if len(self) >= MOST_KEPT:
            self.clear()
        self[cell] = value = self._value(cell)
        return value

    def _value(self, cell: Any) -> Plain:  # noqa: ANN401 - a cell, or one with its currency
        text = cell[0] if isinstance(cell, tuple) else cell
        if not text or text.isspace():
            return None
        try:
            value = self._read(cell) if self._read else cell
            return None if value is None else self._check(value)
        except ValueError as error:
            self.refused[cell] = str(error)
            return None
