"""Which columns of a list are written: columns of the screen, fields of the record, or some of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.cli import cells
from crmtui.cli.tables import Heading
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.queries import flat, lists
from crmtui.queries.lists import Column, Shape
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]  # cells of the list, fields of the record
UID: Final = "uid"
FIELDS: Final = "fields"  # stands for all fields of the record
LAST: Final = 99  # the first column to go
_FIGURES: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.SCALE, Kind.MONEY})


class _One(NamedTuple):
    """A column that was picked.

    Attributes:
        name: as it was named.
        place: where its cell stands among those of the list, or of the record.
        column: the list's; None for a field.
        spec: the field's; None for the list's, for identities and for names beside them.
    """

    name: str
    place: int
    column: Column | None
    spec: Spec | None


@dataclass(frozen=True, slots=True)
class Picked:
    """The columns in their order."""

    noun: str
    kind: type[Record]
    ones: tuple[_One, ...]

    @property
    def needs_cells(self) -> bool:
        """Whether the list's cells are asked for."""
        return any(one.column for one in self.ones)

    @property
    def needs_fields(self) -> bool:
        """Whether the record's fields are asked for."""
        return any(one.column is None for one in self.ones)

    @property
    def headings(self) -> list[Heading]:
        """The headings of a table."""
        return [_heading(one) for one in self.ones]

    @property
    def headers(self) -> list[str]:
        """The names for programs; a sum of money has its currency beside."""
        names = []
        for one in self.ones:
            names.append(one.name)
            if one.column is not None and one.column.shape is Shape.MONEY:
                names.append(f"{one.name}_currency")
        return names

    def shown(self, rows: Iterable[Row]) -> Iterator[list[str]]:
        """The cells of a table."""
        currency = _place_of_currency(self.kind)
        for row in rows:
            yield [_shown(one, row, currency) for one in self.ones]

    def cells(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        """The cells for programs."""
        for row in rows:
            found: list[Any] = []
            for one in self.ones:
                cell = _cell(one, row)
                if one.column is not None and one.column.shape is Shape.MONEY:
                    found += cell or (None, None)
                else:
                    found.append(cell)
            yield found


def picked(noun: str, names: str | None, *, fields_first: bool) -> Picked:
    """The columns of these names, parted by commas; those of the screen where none is named.

    Args:
        noun: whose list.
        names: what was typed; `fields` among them are all fields of the record.
        fields_first: whether a name that is both means the field.

    Raises:
        UsageError: a name is neither; it says which there are.
    """
    kind = BY_TABLE[lists.table_of(noun)]
    of_list = {one.name: one for one in _of_list(noun)}
    of_record = {one.name: one for one in _of_record(kind)}
    if names is None:
        nameless = () if "name" in specs(kind) else (of_record[UID],)  # what to call it by
        return Picked(noun, kind, (*of_list.values(), *nameless))
    known = {**of_list, **of_record} if fields_first else {**of_record, **of_list}
    wanted: list[_One] = []
    for name in (line(typed).lower() for typed in names.split(",")):
        if name == FIELDS:
            wanted += of_record.values()
        elif name in known:
            wanted.append(known[name])
        else:
            every = ", ".join((FIELDS, *known))
            raise UsageError(_("There is no column {name}; there are: {names}.").format(name=name[:80], names=every))
    return Picked(noun, kind, tuple({one.name: one for one in wanted}.values()))


def _of_list(noun: str) -> Iterator[_One]:
    for place, column in enumerate(lists.columns(noun)):
        yield _One(column.key, place, column, None)


def _of_record(kind: type[Record]) -> Iterator[_One]:
    known = specs(kind)
    for place, name in enumerate(flat.headers(kind)):
        yield _One(name, place, None, known.get(name))


def _heading(one: _One) -> Heading:
    if one.column is not None:
        return Heading(_(one.column.label), one.column.shape in cells.FIGURES, one.column.priority)
    if one.name == UID:
        return Heading(_("Identity"), priority=LAST)
    return Heading(_(one.spec.label) if one.spec else one.name, one.spec is not None and one.spec.kind in _FIGURES)


def _cell(one: _One, row: Row) -> Any:  # noqa: ANN401 - a cell of any shape
    part = row[0] if one.column is not None else row[1]
    return None if part is None else part[one.place]


def _shown(one: _One, row: Row, currency: int | None) -> str:
    cell = _cell(one, row)
    if one.column is not None:
        return "" if cell is None else cells.of_list(one.column, cell)
    if one.spec is None or one.spec.kind is Kind.LINK:
        return str(cell or "")
    return cells.of_field(one.spec, cell, row[1][currency] if currency is not None and row[1] else "")


def _place_of_currency(kind: type[Record]) -> int | None:
    names = flat.headers(kind)
    return names.index("currency") if "currency" in names else None
