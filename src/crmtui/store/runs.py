"""Runs of new rows, written behind: what each of them would need can wait until somebody asks for the connection.

The trigger that looks at each new row takes a tenth of the time in which rows are written, and finds nothing as long
as only runs are, which are in the journal as they are announced. So it is taken away in the same transaction, in which
nobody else can write, and is back before anybody can. The search index writes out what it has gathered at the end of
each statement, so it is told of many rows at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.store import schema, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.store.writing.statements import Statement

ROWS_AT_ONCE: Final = 1 << 15  # told to the search index


class Runs:
    """The tables that runs are written to, each with the keys of the rows that are not in its search index yet."""

    def __init__(self) -> None:
        self._unindexed: dict[str, range] = {}

    def begin(self, table: str) -> Iterator[Statement]:
        """What is to be executed before a run of rows of a table."""
        if table not in self._unindexed:
            self._unindexed[table] = range(0)
            yield schema.unwatch(table), ()

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
            yield schema.watch(table), ()
            yield from search.of_run(table, left) if left else ()
