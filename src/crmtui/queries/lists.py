"""Lists of every noun: their columns, their keys in order, their cells."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.errors import UsageError
from crmtui.store.reading import lists, standing
from crmtui.store.reading.connections import reading
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from array import array
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["NOUNS", "Column", "Shape", "columns", "ids", "rows", "table_of"]

# The nouns that have a list, as the user names them. Each has a module of that name in `store.reading`.
NOUNS: Final = (
    "accounts",
    "people",
    "opportunities",
    "dmu",
    "scorecards",
    "templates",
    "propositions",
    "assessments",
    "plans",
    "objectives",
    "strategies",
    "actions",
    "contacts",
    "offerings",
    "competitors",
    "orders",
    "projects",
    "promises",
    "requests",
    "feedback",
    "actors",
    "programmes",
    "areas",
    "curves",
    "scenarios",
    "criteria",
    "grades",
)

# The columns of a noun's list that are figures of the method, worked out for the rows that are asked for.
_FIGURES: Final = {
    "opportunities": ("score", "win", "ev"),
    "accounts": ("favour", "coverage"),
    "dmu": ("favour", "coverage"),
}
# A column that rests on all accounts at once, and so is worked out only where it is asked for.
_OF_ALL: Final = {"accounts": "value"}
_BY_FIGURE: Final = {noun: re.compile(rf"\b({'|'.join(keys)})[:<>]", re.IGNORECASE) for noun, keys in _FIGURES.items()}


def columns(noun: str) -> tuple[Column, ...]:
    """The columns that the list of a noun shows."""
    return _view(noun).listed


def filter_keys(noun: str) -> tuple[Column, ...]:
    """The columns that a filter may name."""
    return _view(noun).columns


def table_of(noun: str) -> str:
    """The table that a noun's list is of."""
    return _view(noun).table


def ids(
    path: Path, noun: str, today: dt.date, *, filter_text: str = "", order: str = "", limit: int = -1
) -> array[int]:
    """The keys of the records that a filter lets through, in order; `order` is a column's key, `-key` descending.

    Raises:
        UsageError: the filter or the order names what the list does not know.
    """
    with reading(path) as connection:
        return found(connection, noun, today, filter_text=filter_text, order=order, limit=limit)


def found(
    connection: sqlite3.Connection,
    noun: str,
    today: dt.date,
    *,
    filter_text: str = "",
    order: str = "",
    limit: int = -1,
    more: Sequence[Column] = (),
) -> array[int]:
    """The same on a connection that is open; `more` are columns beside those of the list, or instead of such a one."""
    if noun in _FIGURES and _asks_figures(noun, filter_text, order):
        _provide(connection, noun, None, today)
    if noun in _OF_ALL and _OF_ALL[noun] in f"{filter_text} {order}".casefold():
        from crmtui.queries import equity

        equity.provide(connection, today)
    view = _view(noun)
    if more:
        others = {column.key for column in more}
        view = replace(view, columns=(*more, *(one for one in view.columns if one.key not in others)))
    return lists.ids(connection, view, today=today, filter_text=filter_text, order=order, limit=limit)


def rows(path: Path, noun: str, wanted: Sequence[int], today: dt.date) -> dict[int, tuple[Any, ...]]:
    """The cells of the columns by key; MONEY as (minor units, currency), currency None where a sum mixes several."""
    with reading(path) as connection:
        if noun in _FIGURES:
            _provide(connection, noun, wanted, today)
        return lists.rows(connection, _view(noun), wanted, today=today)


def _asks_figures(noun: str, filter_text: str, order: str) -> bool:
    """Whether the figures of every record must be known before they can be picked or ordered."""
    return order.removeprefix("-") in _FIGURES[noun] or _BY_FIGURE[noun].search(filter_text) is not None


def _provide(connection: sqlite3.Connection, noun: str, wanted: Sequence[int] | None, today: dt.date) -> None:
    """Let SQL ask for the figures; what works them out is loaded only where there is something to work out."""
    if noun == "opportunities":
        from crmtui.queries import winning

        winning.provide(connection, wanted, today)
    elif standing.maps_behind(connection, table_of(noun), wanted):
        from crmtui.queries import standing as figures

        figures.provide(connection, table_of(noun), wanted, today)
    else:
        standing.provide(connection, {}, {})


def _view(noun: str) -> View:
    if noun not in NOUNS:
        raise UsageError(_("There are no {noun}; there are {nouns}.").format(noun=noun, nouns=", ".join(NOUNS)))
    view: View = importlib.import_module(f"crmtui.store.reading.{noun}").VIEW
    return view
