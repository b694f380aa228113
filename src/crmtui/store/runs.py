"""Runs of new rows, written behind: what each of them would need can wait until somebody asks for the connection.

The trigger that looks at each new row takes a tenth of the time in which rows are written, and finds nothing as long
as only runs are, which are in the journal as they are announced. So it is taken away in the same transaction, in which
nobody else can write, and is back before anybody can. The search index writes out what it has gathered at the end of
each statement, so it is told of many rows at once. And where a table has few rows beside those of a run, its
indexes are made when all are there: sorted, they are written in half the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.store import schema, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.store.writing.statements import Statement

ROWS_AT_ONCE: Final = 1 << 14  # told to the search index
TIMES: Final = 2  # as many rows may be there as a run has
MANY: Final = 1 << 9  # rows, from which on it pays to take indexes away and make them anew


class Runs:
    """The tables that runs are written to, each with the keys of the rows that are not in its search index yet."""

    def __init__(self) -> None:
        self._unindexed: dict[str, range] = {}
        self._taken: dict[str, Mapping[str, str]] = {}  # indexes that are to be made, by table

    def begin(self, table: str, keys: range, indexes: Mapping[str, str]) -> Iterator[Statement]:
        """What is to be executed before a run of rows of a table.

        Args:
            table: theirs.
            keys: theirs.
            indexes: the statements that make the indexes of the table as it was found, by their names.
        """
        if table not in self._unindexed:
            self._unindexed[table] = range(0)
            yield schema.unwatch(table), ()
            if len(keys) >= MANY and len(keys) * TIMES >= keys.start:
                self._taken[table] = indexes
                yield from ((f"DROP INDEX {name}", ()) for name in indexes)

    def end(self, table: str, keys: range) -> Iterator[Statement]:
        """What is to be executed after it; its keys follow those of the last."""
        left = self._unindexed[table]
        keys = range(left.start or keys.start, keys.stop)
        if len(keys) >= ROWS_AT_ONCE:
            yield from search.of_run(table, keys)
            keys = range(0)
        self._unindexed[table] = keys

    def settle(self) -> Iterator[Statement]:
        """What is to be executed before anything else is written or searched for."""
        while self._unindexed:
            table, left = self._unindexed.popitem()
            yield from ((statement, ()) for statement in self._taken.pop(table, {}).values())
            yield schema.watch(table), ()
            yield from search.of_run(table, left) if left else ()
