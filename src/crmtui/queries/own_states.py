"""States of the user's own, read from a table: a row for each, and a column for each that its customers can come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.values import quoted
from crmtui.exchange.file_form import RECOGNISED, FileForm
from crmtui.exchange.numbers import NumberStyle, decide_number_style, parse_number
from crmtui.exchange.one_table import open_table
from crmtui.exchange.problems import refusal
from crmtui.method.states import State
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

# How the columns may be called that are no states, in English and Italian.
STATE: Final = ("state", "stato", "level", "livello", "segment", "segmento")
CUSTOMERS: Final = ("customers", "clienti", "accounts", "number", "numero")
MARGIN: Final = ("margin", "margine", "yearly margin", "margine annuo", "reward")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called that are no states; '' for those that are found by their usual names."""

    state: str = ""
    customers: str = ""
    margin: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a file holds.

    Attributes:
        states: in the order of its rows, then those that have a column only.
        without_row: the names of those: nobody leaves them.
        has_percentages: whether moves are written as percentages.
        notes: what was recognised or mended, a sentence each.
    """

    states: tuple[State, ...]
    without_row: tuple[str, ...]
    has_percentages: bool
    notes: tuple[str, ...]


def read(path: Path, columns: Columns, form: FileForm = RECOGNISED) -> Given:
    """The states in a file.

    Raises:
        FileProblemError: it cannot be read, lacks a column, or holds what is no number.
    """
    table = open_table(path, form)
    return _Reading(table, columns).given()


class _Reading:
    """A table as it is read."""

    def __init__(self, table: Tabular, columns: Columns) -> None:
        self._table = table
        self._rows = list(table.rows())
        if table.problems:
            first = table.problems[0]
            raise refusal(table.path, first.reason, first.line)
        self._state = self._place(columns.state, STATE, _("the name of each state"), "--state")
        self._margin = self._place(columns.margin, MARGIN, _("what a customer brings in a period"), "--margin")
        self._customers = self._find(columns.customers, CUSTOMERS, "--customers")
        self._styles = self._decided()

    def given(self) -> Given:
        """The states."""
        names = [line(row.values[self._state]) for row in self._rows]
        self._refuse_twice(names)
        places = [self._column(name) for name in names]
        others = [at for at in self._numbers() if at not in (self._margin, self._customers, *places)]
        without_row = tuple(self._table.headers[at] for at in others)
        places += others
        known = [self._known(name, row, places) for name, row in zip(names, self._rows, strict=True)]
        ends = [State(name, 0.0, (0.0,) * len(places), 0.0) for name in without_row]
        has_percentages = any("%" in row.values[at] for row in self._rows for at in places)
        return Given((*known, *ends), without_row, has_percentages, tuple(self._table.notes))

    def _known(self, name: str, row: Row, places: Sequence[int]) -> State:
        """The state of a row; where nobody moves, empty cells say nothing else than 0."""
        moves = self._moves(row, places)
        if any(moves) and not row.values[self._margin].strip():
            told = _("nobody says what a customer in {state} brings; write 0 for nothing").format(state=quoted(name))
            raise refusal(self._table.path, f"{self._table.headers[self._margin]}: {told}", row.line)
        at = self._customers
        is_counted = at is not None and (row.values[at].strip() or not any(moves))
        customers = self._number(row, at) if at is not None and is_counted else None
        return State(name, self._number(row, self._margin), moves, customers)

    def _find(self, wanted: str, usual: Sequence[str], option: str) -> int | None:
        headers = list(map(_same, self._table.headers))
        if wanted and _same(wanted) not in headers:
            raise refusal(
                self._table.path,
                _("{option}: there is no column {name}; there are {names}").format(
                    option=option, name=quoted(wanted), names=self._names()
                ),
            )
        return next((headers.index(name) for name in (_same(wanted), *usual) if name in headers), None)

    def _place(self, wanted: str, usual: Sequence[str], what: str, option: str) -> int:
        found = self._find(wanted, usual, option)
        if found is None:
            raise refusal(
                self._table.path,
                _("no column is called {name}, for {what}; name it with {option}: there are {names}").format(
                    name=quoted(usual[0]), what=what, option=option, names=self._names()
                ),
            )
        return found

    def _names(self) -> str:
        return ", ".join(map(quoted, self._table.headers))

    def _refuse_twice(self, names: Sequence[str]) -> None:
        seen: set[str] = set()
        for name, row in zip(names, self._rows, strict=True):
            if not name:
                raise refusal(self._table.path, _("this row names no state"), row.line)
            if _same(name) in seen:
                raise refusal(self._table.path, _("{name} has a row already").format(name=quoted(name)), row.line)
            seen.add(_same(name))

    def _column(self, name: str) -> int:
        """Where the table tells how many come to a state."""
        for at, header in enumerate(self._table.headers):
            if at != self._state and _same(header) == _same(name):
                return at
        raise refusal(
            self._table.path,
            _("no column is called {name}, for those who come to this state: add it, with 0 where nobody does").format(
                name=quoted(name)
            ),
        )

    def _numbers(self) -> Iterator[int]:
        return (at for at in range(len(self._table.headers)) if at != self._state)

    def _decided(self) -> dict[int, NumberStyle]:
        """What marks decimals in each column, or else in all of them."""
        columns = {at: [row.values[at].strip() for row in self._rows] for at in self._numbers()}
        whole = decide_number_style(cell for cells in columns.values() for cell in cells)
        decided = (NumberStyle.POINT, NumberStyle.COMMA)
        return {
            at: style if (style := decide_number_style(cells)) in decided else whole for at, cells in columns.items()
        }

    def _number(self, row: Row, at: int) -> float:
        """The number in a cell; 0 where it is empty."""
        cell = row.values[at]
        if not cell.strip():
            return 0.0
        try:
            return float(parse_number(cell.strip().removesuffix("%"), self._styles[at]))
        except ValueError as error:
            raise refusal(self._table.path, f"{self._table.headers[at]}: {error}", row.line) from None

    def _moves(self, row: Row, places: Sequence[int]) -> tuple[float, ...]:
        found = tuple(self._number(row, at) for at in places)
        shares = {"%" in row.values[at] for at, number in zip(places, found, strict=True) if number}
        if len(shares) > 1:
            told = _("some moves are percentages and some are not, so that they cannot be scaled to 1 together")
            raise refusal(self._table.path, told, row.line)
        return found


def _same(name: str) -> str:
    return line(name).casefold()
