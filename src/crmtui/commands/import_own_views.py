"""Tables that came out of one of our lists by columns: told by their headers, and by what the file is called."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UnknownContentError
from crmtui.exchange.mapping.meanings import MEANINGS, UID
from crmtui.exchange.mapping.recognised import Certainty
from crmtui.exchange.mapping.targets import KEPT, LEFT_OUT, PLACELESS, TOLD
from crmtui.queries import flat, lists, worked_tables
from crmtui.text import _, in_each_language, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.domain.fields import Record
    from crmtui.exchange.mapping.recognised import ColumnGuess, Recognised

_ACCOUNT: Final = "account"
_BESIDE: Final = ("{name}_amount", "{name}_currency")
_SEVERAL: Final = 2  # figures of one list that no other program's table has together


def nouns_of(headers: Sequence[str], name: str) -> tuple[str, ...]:
    """The tables of the nouns that a file may hold which may have gone out from one of our lists; none where any may.

    Args:
        headers: the names of its columns.
        name: what the file or the sheet is called.

    Raises:
        UnknownContentError: it went out from a list of what cannot be brought by columns, or from a table of figures.
    """
    told = {key(header) for header in headers} - {""}
    fitting = [noun for noun in lists.NOUNS if told <= headers_of(noun)]
    if not fitting:
        _refuse_figures(told, key(name))
    called = [noun for noun in lists.NOUNS if key(name) in _names(noun)]
    meant = [noun for noun in fitting if noun in called] or fitting
    found = _readable(meant)
    if meant and not found and (meant[0] in called or any(told & _accounts(noun) for noun in meant)):
        raise UnknownContentError(
            _(
                "it is a view of ours, of {nouns}, which cannot be brought back by columns; export {noun} whole, "
                "without choosing columns, or say what else it holds with --as"
            ).format(nouns=", ".join(_(BY_TABLE[lists.table_of(noun)].noun.many) for noun in meant), noun=meant[0])
        )
    if called and not meant and not _readable(called):
        return tuple(TOLD)  # another program's actions or plans may be activities, but no accounts or people
    return found


def _refuse_figures(told: set[str], name: str) -> None:
    """Refuse a table that was worked out: its postures and levels would be taken for what somebody judged."""
    for noun in worked_tables.NOUNS:
        table = worked_tables.table(noun)
        if told <= _of_worked(noun) and name in map(key, (noun, *in_each_language(table.title))):
            raise UnknownContentError(
                _(
                    "it is a table of figures of ours, {name}, which are worked out and cannot be brought back; say "
                    "what else it holds with --as"
                ).format(name=_(table.title))
            )


def without_figures(found: Recognised, name: str) -> Recognised:
    """Records of ours that come back by columns: what only lists tell is left out, and so are bare minor units.

    Args:
        found: what the table was taken for.
        name: what the file or the sheet is called.
    """
    headers = [guess.header for guess in found.columns]
    nouns = [noun for noun in lists.NOUNS if lists.table_of(noun) == found.table and _is_of(noun, headers, name)]
    figures = frozenset[str]().union(*map(_figures, nouns))

    def kept(guess: ColumnGuess) -> ColumnGuess:
        if f"{guess.header}_currency" in headers and guess.field not in PLACELESS:
            return replace(guess, field=LEFT_OUT, reason=_("in minor units of its currency; left out"))
        if guess.field == KEPT and guess.header == UID:  # something else is the key, as the number of an order
            return replace(guess, field=LEFT_OUT, reason=_("only of our list; left out"))
        is_figure = guess.field == KEPT and guess.certainty is not Certainty.SAID and key(guess.header) in figures
        return replace(guess, field=LEFT_OUT, reason=_("worked out here; not imported")) if is_figure else guess

    return replace(found, columns=tuple(map(kept, found.columns))) if nouns else found


def _is_of(noun: str, headers: Sequence[str], name: str) -> bool:
    """Whether a table surely went out from a list: by our identity, by its name, or by several figures of the list.

    Beside our identity most headers of the list are enough: somebody may have added columns.
    """
    told = {key(header) for header in headers} - {""}
    if not told <= headers_of(noun):
        return UID in headers and len(told & headers_of(noun)) > len(told) / 2
    return UID in headers or key(name) in _names(noun) or len(told & _figures(noun)) >= _SEVERAL


def _readable(nouns: Sequence[str]) -> tuple[str, ...]:
    tables = dict.fromkeys(map(lists.table_of, nouns))
    return tuple(table for table in tables if table in MEANINGS)


@cache
def _names(noun: str) -> frozenset[str]:
    """What a file of a list may be called, as it is compared."""
    said = BY_TABLE[lists.table_of(noun)].noun
    return frozenset(map(key, (noun, said.table, *in_each_language(said.one), *in_each_language(said.many))))


@cache
def headers_of(noun: str) -> frozenset[str]:
    """All headers that a file of a list may have, as they are compared."""
    return frozenset(map(key, _written(noun)))


@cache
def _of_worked(noun: str) -> frozenset[str]:
    """The same of a table of figures, whose file may have fields of the account too."""
    columns = [one.column for one in worked_tables.table(noun).columns]
    return frozenset(map(key, (*_of_columns(columns), *_of_fields(BY_TABLE[_ACCOUNT]))))


def _written(noun: str) -> Iterator[str]:
    yield from _of_columns(lists.columns(noun))
    yield from _of_fields(BY_TABLE[lists.table_of(noun)])


def _of_columns(columns: Iterable[lists.Column]) -> Iterator[str]:
    beside = (*_BESIDE, *in_each_language("{name}, currency"))
    for column in columns:
        is_money = column.shape is lists.Shape.MONEY
        for name in (column.key, *in_each_language(column.label)):
            yield name
            yield from (shape.format(name=name) for shape in beside if is_money)


def _of_fields(kind: type[Record]) -> Iterator[str]:
    for name in flat.headers(kind):
        yield name
        yield from (shape.format(name=name) for shape in _BESIDE)


@cache
def _figures(noun: str) -> frozenset[str]:
    """The headers of what a list works out, as they are compared: its columns that are no fields of its records."""
    fields = frozenset(map(key, flat.headers(BY_TABLE[lists.table_of(noun)])))
    return frozenset(map(key, _of_columns(lists.columns(noun)))) - fields


@cache
def _accounts(noun: str) -> frozenset[str]:
    """The headers under which a list of something else names accounts, as they are compared."""
    return frozenset(
        key(name)
        for column in lists.columns(noun)
        if column.key == _ACCOUNT
        for name in (column.key, *in_each_language(column.label))
    )
