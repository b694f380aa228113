"""White space as the grid that people see: accounts down, offerings across, in each cell who supplies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.days import dated
from crmtui.queries import whitespace_words as words
from crmtui.queries.whitespace_table import in_order
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.queries.whitespace import Axes, Said


def headers(axes: Axes) -> list[str]:
    """What stands above: the account, what it is a unit of, then the offerings."""
    return [_("Account"), _("Unit of"), *(line(one.name) for one in axes.offerings)]


def rows(path: Path, axes: Axes) -> Iterator[list[str | None]]:
    """The accounts in their order, each with its cells in words; None where nobody knows anything."""
    for row in in_order(path, axes):
        told = (_told(row.cells.get(one.id)) for one in axes.offerings)
        yield [line(row.account.name), line(row.account.parent), *told]


def _told(said: Said | None) -> str | None:
    if said is None:
        return None
    supplier, ends = words.supplier(said), said.cell.ends_on
    return _("{supplier} until {day}").format(supplier=supplier, day=dated(ends)) if ends else supplier
