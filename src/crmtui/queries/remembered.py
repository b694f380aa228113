"""Figures that lists ask for again and again: remembered as long as nothing that they rest on has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from crmtui.store.reading import freshness

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable

Figure = TypeVar("Figure")


@dataclass(slots=True)
class _Told(Generic[Figure]):
    """What was told last of a file."""

    position: int
    today: dt.date
    figures: dict[int, Figure] = field(default_factory=dict)


class Remembered(Generic[Figure]):
    """Figures of records by their keys, file by file.

    Args:
        tables: those that the figures rest on; a change of any other leaves them as they are.
    """

    def __init__(self, tables: Iterable[str]) -> None:
        self._tables = tuple(tables)
        self._told: dict[str, _Told[Figure]] = {}

    def at(self, connection: sqlite3.Connection, today: dt.date) -> dict[int, Figure]:
        """What is known of the file now, on that day; what is put into it is known the next time.

        While a unit of work is under way nothing is known, and nothing is kept: it may yet be rolled back.
        """
        if freshness.is_writing(connection):
            return {}
        file, position = freshness.file(connection), freshness.position(connection)
        told = self._told.get(file)
        if told is None or told.today != today or self._is_stale(connection, told.position, position):
            told = self._told[file] = _Told(position, today)
        told.position = position
        return told.figures

    def _is_stale(self, connection: sqlite3.Connection, before: int, position: int) -> bool:
        """A journal that has come less far is another file's, put in the place of the first."""
        return before > position or (before < position and freshness.is_touched(connection, before, self._tables))
