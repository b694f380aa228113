"""Filters that the user keeps by hand, for each list; they belong to the user, not to the workspace."""

from __future__ import annotations

from typing import Final

from crmtui.text import line
from crmtui.tui import state_file

MOST: Final = 50
_FILE: Final = "filters"


def of(name: str) -> list[str]:
    """The filters of a list, the newest first; none where nothing can be read."""
    found = state_file.read(_FILE).get(name)
    return [line(str(one)) for one in found][:MOST] if isinstance(found, list) else []


def keep(name: str, words: str) -> None:
    """Keep a filter of a list, before the others."""
    wanted = line(words)
    if wanted:
        state_file.write(_FILE, name, [wanted, *(one for one in of(name) if one != wanted)][:MOST])


def forget(name: str, words: str) -> None:
    """Keep it no longer."""
    state_file.write(_FILE, name, [one for one in of(name) if one != line(words)])
