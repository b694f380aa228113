"""Questions that are asked ahead, in a thread of their own: while SQLite reads for one, Python goes on with another."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from crmtui.store.reading.connections import close, reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["ahead"]


@contextlib.contextmanager
def ahead(path: Path, ask: Callable[[sqlite3.Connection], object]) -> Iterator[Callable[[], None]]:
    """Ask for what will be remembered, over another connection; what is given waits until it is.

    Whoever needs the answer asks again afterwards: it is remembered only if the file is still as it was then, and what
    failed here fails there as well, where somebody is told.
    """
    thread = threading.Thread(target=_ask, args=(path, ask), name="asking ahead", daemon=True)
    thread.start()
    try:
        yield thread.join
    finally:
        thread.join()


def _ask(path: Path, ask: Callable[[sqlite3.Connection], object]) -> None:
    try:
        with contextlib.suppress(Exception), reading(path) as connection:
            ask(connection)
    finally:
        close()
