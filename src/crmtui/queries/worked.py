"""Tables of what is worked out of accounts, all at once: one definition serves screen, commands, filters and files.

A column says what its cells hold, in plain values, so that it is shown, sorted, filtered and exported as the columns of
lists are. Where people read more than a word or a figure, it says that too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from crmtui.domain import money
from crmtui.domain.accounts import Account
from crmtui.queries import flat, lists, picked_cells, picking
from crmtui.queries.lists import Column, Shape
from crmtui.queries.picking import UID, Picked
from crmtui.store.reading import worked as sql
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Word
    from crmtui.queries.picking import Row

Thing = TypeVar("Thing")
ACCOUNTS = "accounts"
_PAGE = 1_000
_CURRENCY = "_currency"


@dataclass(frozen=True, slots=True)
class Worked(Generic[Thing]):
    """A column.

    Attributes:
        column: its key, its heading and what it holds.
        of: its cell: plain values, words by their own; MONEY as (minor units, currency).
        said: what people read instead; None where that is the label of the word, or the figure.
        by: what it is sorted by, None last; None where the shape of the cell says so.
    """

    column: Column
    of: Callable[[Thing], Any]
    said: Callable[[Thing], str] | None = None
    by: Callable[[Thing], Any] | None = None

    def cell(self, thing: Thing, *, for_people: bool) -> Any:  # noqa: ANN401 - what the column's shape says
        """Its cell of a row."""
        return self.said(thing) if for_people and self.said is not None else self.of(thing)

    def rank(self, thing: Thing) -> Any:  # noqa: ANN401 - whatever can be compared
        """What a row is sorted by; None comes last."""
        if self.by is not None:
            return self.by(thing)
        cell = self.of(thing)
        if self.column.shape is Shape.MONEY:
            minor, currency = cell or (None, None)
            return None if minor is None else minor * money.fineness(currency or "")
        if cell is None or cell == "":
            return None
        if self.column.words is not None:
            return [word.value for word in self.column.words].index(cell)
        return cell.casefold() if isinstance(cell, str) else cell


def worked(
    key: str,
    label: str,
    of: Callable[[Thing], Any],
    holds: Shape | type[Word] = Shape.TEXT,
    *,
    priority: int = 0,
    said: Callable[[Thing], str] | None = None,
    by: Callable[[Thing], Any] | None = None,
) -> Worked[Thing]:
    """A column that SQL can ask for, of a shape or of words; see `Worked` and `Column`."""
    shape, words = (holds, None) if isinstance(holds, Shape) else (Shape.WORD, holds)
    column = Column(
        key=key,
        label=label,
        sql=sql.asking(key),
        currency=sql.asking(f"{key}{_CURRENCY}"),
        shape=shape,
        words=words,
        priority=priority,
    )
    return Worked(column, of, said, by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Thing]):
    """A table whose rows are of accounts.

    Attributes:
        noun: what the command is called.
        title: what it is called, untranslated.
        account: the account of a row.
        columns: all of them, in the order in which programs get them.
        shown: the keys of those that people see, in their order.
        fields: of the account, that go before them where none are named.
        apart: the keys of those that are written only where they are named.
        beside: the keys of those that tell of more than accounts: a total, a level. Only rows of such have them.
        is_one_each: whether an account has one row at most; then filters can name the columns.
    """

    noun: str
    title: str
    account: Callable[[Thing], int]
    columns: tuple[Worked[Thing], ...]
    shown: tuple[str, ...]
    fields: tuple[str, ...] = (UID,)
    apart: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    is_one_each: bool = True

    def column(self, key: str) -> Worked[Thing]:
        """The column of a key."""
        return next(one for one in self.columns if one.column.key == key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns."""
        return tuple(one.column.key for one in self.columns)

    @property
    def usual(self) -> tuple[str, ...]:
        """What files have where no columns are named: of the account what tells which, and what it has."""
        return (*self.fields, *(key for key in self.keys if key not in self.apart and key not in self.beside))

    @property
    def whole(self) -> tuple[str, ...]:
        """The same with what tells of more than accounts."""
        return (
            *self.beside[:1],
            *self.fields,
            *(key for key in self.keys if key not in self.apart | {*self.beside[:1]}),
        )

    @property
    def filtered(self) -> tuple[Column, ...]:
        """The columns that filters can name."""
        return tuple(
            one.column for one in self.columns if self.is_one_each and one.column.key not in (*self.beside, *self.apart)
        )

    def picked(self, keys: Sequence[str]) -> Picked:
        """The columns of these keys."""
        known = {one.name: one for one in picking.of_list([one.column for one in self.columns])}
        return Picked(self.noun, Account, tuple(known[key] for key in keys))

    def named(self, names: str) -> Picked:
        """The columns that were typed, with fields of the account among them; see `picking.picked`."""
        ones = picking.named([one.column for one in self.columns], Account, names, fields_first=False)
        return Picked(self.noun, Account, ones)


def chosen(
    path: Path,
    table: Table[Thing],
    things: Sequence[Thing],
    today: dt.date,
    *,
    filter_text: str = "",
    order: str = "",
) -> list[Thing]:
    """The rows whose accounts answer to a filter of `accounts`, in an order: of a column, or of the list of accounts.

    Raises:
        UsageError: the filter or the order names what neither the table nor the list knows.
    """
    key = order.removeprefix("-")
    is_own = key in table.keys
    found = list(things)
    if filter_text.strip() or (order and not is_own):
        places = {
            account: place
            for place, account in enumerate(_accounts(path, table, found, today, filter_text, "" if is_own else order))
        }
        found = [one for one in found if table.account(one) in places]
        if order and not is_own:
            found.sort(key=lambda one: places[table.account(one)])
    return ordered(found, table.column(key).rank, descending=order.startswith("-")) if is_own else found


def ordered(things: Sequence[Thing], rank: Callable[[Thing], Any], *, descending: bool) -> list[Thing]:
    """The rows by what they are sorted by; those without it come last either way."""
    ranks = [(rank(one), one) for one in things]
    known = [one for one in ranks if one[0] is not None]
    known.sort(key=lambda one: one[0], reverse=descending)
    return [one for _rank, one in known] + [one for found, one in ranks if found is None]


def rows(path: Path, table: Table[Thing], pick: Picked, things: Sequence[Thing], *, for_people: bool) -> Iterator[Row]:
    """For each row its cells and the fields of its account, each only where they are asked for."""
    wanted = {one.place for one in pick.ones if one.column is not None}
    columns = [one if place in wanted else None for place, one in enumerate(table.columns)]
    for start in range(0, len(things), _PAGE):
        page = things[start : start + _PAGE]
        fields = _fields(path, pick, [table.account(one) for one in page])
        for thing in page:
            cells = tuple(one.cell(thing, for_people=for_people) if one else None for one in columns)
            yield cells, fields.get(table.account(thing))


def plain(table: Table[Thing], things: Sequence[Thing]) -> Iterator[dict[str, Any]]:
    """The rows with all columns of the table, as programs get them: amounts in minor units."""
    columns = picked_cells.cells(table.picked(table.keys))
    for thing in things:
        row = tuple(one.of(thing) for one in table.columns), None
        yield {one.header: one.cell(row) for one in columns}


def _fields(path: Path, pick: Picked, accounts: Sequence[int]) -> Mapping[int, tuple[Any, ...]]:
    """The fields of accounts as far as they were picked; mostly that is the identity alone, which comes first."""
    wanted = {one.name for one in pick.ones if one.column is None}
    if wanted - {UID}:
        return flat.page(path, pick.kind, accounts)
    return {key: (uid,) for key, uid in flat.identities(path, Account, accounts).items()} if wanted else {}


def _accounts(
    path: Path, table: Table[Thing], things: Sequence[Thing], today: dt.date, filter_text: str, order: str
) -> Sequence[int]:
    """The keys of all accounts that answer to a filter, in the order of their list."""
    with reading(path) as connection:
        known = {column.key for column in lists.filter_keys(ACCOUNTS) if column.shape is Shape.TEXT}
        more = [column for column in table.filtered if column.key not in known]  # the list knows a text in any case
        with sql.provided(connection, _asked(table, things)):
            return lists.found(connection, ACCOUNTS, today, filter_text=filter_text, order=order, more=more)


def _asked(table: Table[Thing], things: Sequence[Thing]) -> Callable[[int, str], Any]:
    """What SQL is told when it asks for a cell."""
    by_account = {table.account(one): one for one in things}
    by_key = {one.column.key: one for one in table.columns}

    def tell(account: int, key: str) -> Any:  # noqa: ANN401 - what SQLite keeps
        thing = by_account.get(account)
        if thing is None:
            return None
        is_currency = key not in by_key
        column = by_key[key.removesuffix(_CURRENCY) if is_currency else key]
        cell = column.of(thing)
        if column.column.shape is Shape.MONEY:
            minor, currency = cell or (None, None)
            return currency if is_currency else minor
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        return ", ".join(cell) if isinstance(cell, list) else cell

    return tell
