"""Which columns of a list are written: columns of the screen, fields of the record, or some of both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.fields import Record, Spec, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.queries import flat, lists
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from crmtui.queries.lists import Column

Row = tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]  # cells of the list, fields of the record
UID: Final = "uid"
FIELDS: Final = "fields"  # stands for all fields of the record
_CURRENCY: Final = "currency"
_PAGE: Final = 1_000


class One(NamedTuple):
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

    def cell(self, row: Row) -> Any:  # noqa: ANN401 - a cell of any shape
        """Its cell of a row; None where the record has gone meanwhile."""
        part = row[0] if self.column is not None else row[1]
        return None if part is None else part[self.place]


@dataclass(frozen=True, slots=True)
class Picked:
    """The columns in their order."""

    noun: str
    kind: type[Record]
    ones: tuple[One, ...]

    @property
    def needs_cells(self) -> bool:
        """Whether the list's cells are asked for."""
        return any(one.column for one in self.ones)

    @property
    def needs_fields(self) -> bool:
        """Whether the record's fields are asked for."""
        return any(one.column is None for one in self.ones)

    @property
    def currency(self) -> int | None:
        """Where among the fields of the record its currency stands."""
        names = flat.headers(self.kind)
        return names.index(_CURRENCY) if _CURRENCY in names else None

    @property
    def has_currency(self) -> bool:
        """Whether that is picked."""
        return any(one.column is None and one.name == _CURRENCY for one in self.ones)

    @property
    def tells_currency(self) -> bool:
        """Whether a column that was picked tells the currency of all amounts of the list."""
        return any(one.column is not None and one.name == _CURRENCY for one in self.ones)


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
    columns = lists.columns(noun)
    if names is None:
        nameless = () if "name" in specs(kind) else (next(of_record(kind)),)  # what to call it by
        return Picked(noun, kind, (*of_list(columns), *nameless))
    return Picked(noun, kind, named(columns, kind, names, fields_first=fields_first))


def named(columns: Sequence[Column], kind: type[Record], names: str, *, fields_first: bool) -> tuple[One, ...]:
    """The columns of these names, among those of a list and the fields of its records; see `picked`."""
    listed = {one.name: one for one in of_list(columns)}
    fields = {one.name: one for one in of_record(kind)}
    known = {**listed, **fields} if fields_first else {**fields, **listed}
    wanted: list[One] = []
    for name in (line(typed).lower() for typed in names.split(",")):
        if name == FIELDS:
            wanted += fields.values()
        elif name in known:
            wanted.append(known[name])
        else:
            every = ", ".join((FIELDS, *known))
            raise UsageError(_("There is no column {name}; there are: {names}.").format(name=name[:80], names=every))
    return tuple({one.name: one for one in wanted}.values())


def shown(noun: str, keys: Sequence[str] = ()) -> Picked:
    """The columns of a list as the screen has them: these, or all of them."""
    known = {one.name: one for one in of_list(lists.columns(noun))}
    return Picked(noun, BY_TABLE[lists.table_of(noun)], tuple(known[key] for key in keys or known))


def rows(path: Path, pick: Picked, found: Iterable[int], today: dt.date) -> Iterator[Row]:
    """For each record its cells in the list and its fields, each only where they are asked for."""
    left = iter(found)
    while page := list(islice(left, _PAGE)):
        cells = lists.rows(path, pick.noun, page, today) if pick.needs_cells else {}
        fields = flat.page(path, pick.kind, page) if pick.needs_fields else {}
        for record_id in page:
            row = cells.get(record_id), fields.get(record_id)
            if any(part is not None for part in row):  # else it has gone since
                yield row


def of_list(columns: Sequence[Column]) -> Iterator[One]:
    """The columns of a list."""
    for place, column in enumerate(columns):
        yield One(column.key, place, column, None)


def of_record(kind: type[Record]) -> Iterator[One]:
    """The fields of its records, their identity first."""
    known = specs(kind)
    for place, name in enumerate(flat.headers(kind)):
        yield One(name, place, None, known.get(name))
