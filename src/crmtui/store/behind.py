"""Statements that are executed while those who gave them prepare the next ones.

While a statement runs, SQLite lets go of Python: so a thread of its own that executes long statements takes the time of
a second processor, and none from the thread that gives them.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from crmtui.store.writing.statements import Statement

MOST_WAITING: Final = 6  # sets of statements, each of a few thousand rows; who gives more waits
MOMENT: Final = 0.02  # seconds


class Behind:
    """A thread that executes statements in the order in which they were given, until one fails.

    Nobody else may use the connection between `give` and `settle`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: queue.Queue[Sequence[Statement]] = queue.Queue(MOST_WAITING)
        self._failure: BaseException | None = None
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="writing behind", daemon=True)
        self._thread.start()

    def give(self, statements: Sequence[Statement]) -> None:
        """Have statements executed; raises what one given before has failed with."""
        self._complain()
        self._waiting.put(statements)

    def settle(self) -> None:
        """Wait until all is executed; raises what a statement has failed with."""
        self._waiting.join()
        self._complain()

    def stop(self) -> None:
        """End the thread: in the middle of the statement that it executes, without those that wait.

        What was written is to be rolled back: SQLite may have done so already.
        """
        self._is_over.set()
        with contextlib.suppress(queue.Empty):
            while True:
                self._waiting.get_nowait()  # or there might be no room for the last, which wakes the thread up
        self._waiting.put(())
        while self._thread.is_alive():
            self._connection.interrupt()  # again, for what may have begun in between
            self._thread.join(MOMENT)

    def _complain(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _work(self) -> None:
        while not self._is_over.is_set():
            for sql, given in self._waiting.get():
                if self._failure is None and not self._is_over.is_set():
                    self._execute(sql, given)
            self._waiting.task_done()

    def _execute(self, sql: str, given: Sequence[object]) -> None:
        try:
            self._connection.execute(sql, given)
        except BaseException as failure:  # noqa: BLE001 - raised in the thread that gives
            self._failure = failure
