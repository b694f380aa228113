"""Questions that are asked ahead, in a thread of their own: while SQLite reads for one, Python goes on with another."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from crmtui.store.reading.connections import close, reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[[sqlite3.Connection], object]


def ahead(path: Path, first: Ask, *others: Ask) -> Callable[[], object]:
    """Ask for what will be remembered, over another connection; what is returned waits until the first is answered.

    Whoever needs an answer asks again afterwards: it is remembered only if the file is still as it was then, and what
    failed here fails there as well, where somebody is told.
    """
    is_answered = threading.Event()

    def work() -> None:
        try:
            _ask(path, first)
            is_answered.set()
            for ask in others:
                _ask(path, ask)
        finally:
            is_answered.set()
            close()

    threading.Thread(target=work, name="asking ahead", daemon=True).start()
    return is_answered.wait


def _ask(path: Path, ask: Ask) -> None:
    with contextlib.suppress(Exception), reading(path) as connection:
        ask(connection)
