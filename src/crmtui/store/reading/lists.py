"""Lists: one definition of a column serves the list, its order, the filter language and the command line.

A view is a SELECT in parts. Its keys are read in order, all of them (100,000 keys take a few milliseconds where an
index gives the order); the cells are read for the rows in sight alone, so that a column may cost a subquery.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from crmtui.errors import UsageError
from crmtui.store.reading import filters
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterator, Sequence

    from crmtui.domain.fields import Word

PAGE = 256
_COMMON = 2_000  # records with a word: from about here on, walking the names in order is quicker than sorting


class Shape(StrEnum):
    """What a cell holds, and so how it is shown, compared and typed in a filter."""

    TEXT = "text"
    WORD = "word"
    LEVEL = "level"
    NUMBER = "number"
    SHARE = "share"  # 0 to 1
    MONEY = "money"  # minor units; the column has a `currency` expression beside
    FLAG = "flag"  # yes or no
    PAST = "past"  # a date that lies back; `last>60d` is longer ago than 60 days, or never
    FUTURE = "future"  # a date ahead; `close<30d` is within 30 days


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list.

    Attributes:
        key: its name in filters, orders and JSON.
        label: its heading, untranslated.
        sql: the expression that reads it; may use `:today`. For what is worked out see `worked.asking`.
        shape: what it holds.
        words: the enumeration of WORD and LEVEL.
        currency: for MONEY, the expression of its currency; NULL there means several, so that no sum is shown.
        amounts: for MONEY that sums several currencies, the SELECT of `minor` and `currency` of each.
        order: the expression to sort by, where it is not `sql`.
        width: cells on screen that it needs.
        priority: 0 is always shown; the greatest is the first to fold on a narrow screen.
        listed: whether it is a column, or only serves filters.
        decimals: of a NUMBER, how many are shown.
        signed: whether a NUMBER above 0 has a plus.
    """

    key: str
    label: str
    sql: str
    shape: Shape = Shape.TEXT
    words: type[Word] | None = None
    currency: str = ""
    amounts: str = ""
    order: str = ""
    width: int = 12
    priority: int = 0
    listed: bool = True
    decimals: int = 0
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A list of one noun.

    Attributes:
        table: the table whose rows are listed, under the alias `t`.
        joins: what is joined to it, each to one row at most.
        columns: what can be shown, sorted by and filtered by.
        order: the column it is sorted by unless told otherwise; `-key` for descending.
        searched: conditions of which one must hold for a typed word; `{table}` there stands for the keys that
            the search index of that table finds.
        reached: the same for words of `filters.LONG` letters and more: short ones would find too many by them.
        called: conditions of which one may hold for a typed telephone number; `{digits}(number)` there compares one.
        tie: what orders rows that are equal otherwise.
    """

    table: str
    joins: str = ""
    columns: tuple[Column, ...]
    order: str
    searched: tuple[str, ...]
    reached: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    tie: str = "t.id"

    @property
    def listed(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        return tuple(column for column in self.columns if column.listed)

    def column(self, key: str) -> Column:
        """The column of that name; UsageError names those that there are."""
        for column in self.columns:
            if column.key == key:
                return column
        names = ", ".join(column.key for column in self.columns)
        raise UsageError(_("There is no column {key}; there are: {names}.").format(key=key, names=names))


def ids(
    connection: sqlite3.Connection,
    view: View,
    *,
    today: dt.date,
    filter_text: str = "",
    order: str = "",
    limit: int = -1,
) -> array[int]:
    """The keys of all records that a filter lets through, in order; at most `limit`, all when negative."""
    condition, parameters = filters.compile_filter(view, filter_text, today)
    if limit >= 0 and _is_by_name(view, order) and filters.finds_many(connection, view, filter_text, _COMMON):
        condition = f"+({condition})"  # the sign keeps SQLite from looking up all that answer before it sorts them
    rows = connection.execute(
        f"SELECT t.id FROM {view.table} t {view.joins} WHERE {condition} "
        f"ORDER BY {_ordering(view, order)} LIMIT :limit",
        parameters | {"today": today.isoformat(), "limit": limit},
    )
    return array("q", (row[0] for row in rows))


def rows(
    connection: sqlite3.Connection, view: View, wanted: Sequence[int], *, today: dt.date
) -> dict[int, tuple[Any, ...]]:
    """The cells of the listed columns by key: plain values; MONEY as (minor units, currency or None)."""
    expressions = ", ".join(_cells(view))
    marks = ", ".join(str(int(record_id)) for record_id in wanted)
    cursor = connection.execute(
        f"SELECT t.id, {expressions} FROM {view.table} t {view.joins} WHERE t.id IN ({marks})",
        {"today": today.isoformat()},
    )
    with_currency = [column.shape is Shape.MONEY for column in view.listed]
    if not any(with_currency):
        return {row[0]: row[1:] for row in cursor}
    return {row[0]: _paired(with_currency, iter(row[1:])) for row in cursor}


def _cells(view: View) -> list[str]:
    found = []
    for column in view.listed:
        found.append(column.sql)
        if column.shape is Shape.MONEY:
            found.append(column.currency)
    return found


def _paired(with_currency: Sequence[bool], cells: Iterator[Any]) -> tuple[Any, ...]:
    return tuple([(next(cells), next(cells)) if paired else next(cells) for paired in with_currency])


def _is_by_name(view: View, order: str) -> bool:
    """Whether an index gives the order: every table with names has one on their keys."""
    column = view.column((order or view.order).removeprefix("-"))
    return column.order == "t.name_key"


def _ordering(view: View, order: str) -> str:
    """Unknown values last in either direction."""
    wanted = order or view.order
    column = view.column(wanted.removeprefix("-"))
    expression = column.order or column.sql
    if column.shape is Shape.MONEY and not column.order:
        expression = f"({expression}) * {filters.fineness(f'({column.currency})')}"
    way = "DESC" if wanted.startswith("-") else "ASC"
    return f"{expression} {way} NULLS LAST, {view.tie}"
