"""All tables that are worked out, by the names of their commands."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from crmtui.queries.worked import Table

NOUNS: Final = ("matrix", "territory", "equity", "whitespace")  # each has a module of that name, `<noun>_table`


def table(noun: str) -> Table[Any]:
    """The table of a noun."""
    found: Table[Any] = import_module(f"crmtui.queries.{noun}_table").TABLE
    return found


def read(noun: str, path: Path, today: dt.date) -> list[Any]:
    """All rows of the table of a noun, in its own order."""
    found: list[Any] = import_module(f"crmtui.queries.{noun}_table").read(path, today)
    return found
