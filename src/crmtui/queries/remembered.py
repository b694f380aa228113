"""Figures that lists ask for again and again: remembered as long as nothing that they rest on has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from crmtui.store.reading import freshness

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Callable, Collection, Iterable

    from crmtui.store.reading.freshness import Position

Figure = TypeVar("Figure")


@dataclass(slots=True)
class _Told(Generic[Figure]):
    """What was told last of a file."""

    position: Position
    today: dt.date
    figures: dict[int, Figure] = field(default_factory=dict)


class Remembered(Generic[Figure]):
    """Figures of records by their keys, file by file.

    Args:
        tables: those that the figures rest on; a change of any other leaves them as they are.
        touched: the figures that have changed since the journal had come so far; None for all of them, as without it.
    """

    def __init__(
        self,
        tables: Iterable[str],
        touched: Callable[[sqlite3.Connection, Position], Collection[int] | None] | None = None,
    ) -> None:
        self._tables, self._touched = tuple(tables), touched
        self._told: dict[str, _Told[Figure]] = {}

    def at(self, connection: sqlite3.Connection, today: dt.date) -> dict[int, Figure]:
        """What is known of the file now, on that day; what is put into it is known the next time.

        While a unit of work is under way nothing is known, and nothing is kept: it may yet be rolled back.
        """
        if freshness.is_writing(connection):
            return {}
        file, position = freshness.file(connection), freshness.position(connection)
        told = self._told.get(file)
        if told is None or told.today != today or not freshness.is_after(connection, told.position):
            told = self._told[file] = _Told(position, today)
        elif told.position != position and freshness.is_touched(connection, told.position, self._tables):
            told = self._told[file] = _Told(position, today, self._left(connection, told))
        told.position = position
        return told.figures

    def _left(self, connection: sqlite3.Connection, told: _Told[Figure]) -> dict[int, Figure]:
        """What holds still, apart: somebody may yet put into the first what was true before."""
        touched = self._touched(connection, told.position) if self._touched else None
        return {} if touched is None else {key: one for key, one in told.figures.items() if key not in touched}
