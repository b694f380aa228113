"""The cells of one column to values: each different cell is read once, since most columns repeat theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.checked import Checked, checker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crmtui.domain.fields import Spec
    from crmtui.domain.values import Plain, Value

MOST_KEPT: Final = 1 << 14


class Cells(dict[Any, "Plain"]):
    """What the cells of a column hold, as SQLite keeps it; None for those that are blank or refused.

    Args:
        spec: the field that they fill.
        read: from a cell that is not blank to a value; ValueError with a sentence. Text needs none.

    Attributes:
        refused: why cells cannot be read, by cell.
    """

    def __init__(self, spec: Spec, read: Callable[[Any], Value] | None = None) -> None:
        super().__init__()
        self.spec = spec
        self.refused: dict[Any, str] = {}
        self._read = read
        self._check = checker(spec)

    def column(self, cells: Iterable[Any]) -> Checked:
        """The values of some rows."""
        return Checked(self.spec, map(self.__getitem__, cells))

    def __missing__(self, cell: Any) -> Plain:  # noqa: ANN401 - a cell, or one with its currency
        if len(self) >= MOST_KEPT:
            self.clear()
        self[cell] = value = self._value(cell)
        return value

    def _value(self, cell: Any) -> Plain:  # noqa: ANN401
        text = cell[0] if isinstance(cell, tuple) else cell
        if not text or text.isspace():
            return None
        try:
            return self._check(self._read(cell) if self._read else cell)
        except ValueError as error:
            self.refused[cell] = str(error)
            return None
