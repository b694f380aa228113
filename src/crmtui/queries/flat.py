"""Whole records as rows of our own format (`exchange.portable`): every field, links by identity and name."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.exchange.portable import portable_columns
from crmtui.store.reading import flat
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from crmtui.domain.fields import Record

PAGE: Final = 1_000


def headers(kind: type[Record]) -> tuple[str, ...]:
    """The names of the cells, in order; `uid` is the first."""
    return tuple(column.name for column in portable_columns(kind))


def rows(path: Path, kind: type[Record], ids: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """The records of these keys, in this order, a page at a time; those that are gone are left out.

    Cells are plain values: dates ISO, money in minor units with the record's currency beside, yes and no as bool.
    """
    left = iter(ids)
    while keys := list(islice(left, PAGE)):
        found = page(path, kind, keys)
        yield from (found[record_id] for record_id in keys if record_id in found)


def page(path: Path, kind: type[Record], ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """The same by key, for as many keys as are shown at once."""
    with reading(path) as connection:
        return flat.rows(connection, kind, ids)


def uids(path: Path, kind: type[Record], ids: Iterable[int]) -> Iterator[str]:
    """The public identities of these keys, in this order."""
    left = iter(ids)
    while keys := list(islice(left, PAGE)):
        found = identities(path, kind, keys)
        yield from (found[record_id] for record_id in keys if record_id in found)


def identities(path: Path, kind: type[Record], ids: Sequence[int]) -> dict[int, str]:
    """The same by key, for as many keys as are shown at once."""
    marks = ", ".join(str(int(record_id)) for record_id in ids)
    with reading(path) as connection:
        return dict(connection.execute(f"SELECT id, uid FROM {kind.noun.table} WHERE id IN ({marks})").fetchall())
