"""The sections that the user left out of a report last, so that the next one is offered without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.tui import state_file

if TYPE_CHECKING:
    from collections.abc import Collection

    from crmtui.queries.report_kinds import Report

MOST: Final = 200  # maps of opportunities are sections too
_FILE: Final = "reports"


def of(what: Report) -> frozenset[str]:
    """The ids of those that were left out; none where nothing can be read."""
    found = state_file.read(_FILE).get(what.value)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def keep(what: Report, offered: Collection[str], chosen: Collection[str]) -> None:
    """Remember which of the sections that were offered were not chosen; of others nothing new is known."""
    before = of(what) - set(offered)
    state_file.write(_FILE, what.value, [*(one for one in offered if one not in chosen), *sorted(before)][:MOST])
