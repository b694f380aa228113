"""Rows without a name: those that hold nothing else are left out, and those that name an account are the account's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.fields import Kind
from crmtui.domain.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.domain.fields import Record
    from crmtui.exchange.mapping.drafts import Drafts


def apart(kind: type[Record], found: Drafts, nameless: Iterable[int]) -> tuple[list[int], list[int]]:
    """Of rows without a name, by their places, those that hold nothing, and those that name an account at least."""
    nothing: list[int] = []
    companies: list[int] = []
    accounts = found.column("account_id") if kind is Person else [None] * len(found)
    for place in nameless:
        if accounts[place]:
            companies.append(place)
        elif not _tells(found, place):
            nothing.append(place)
    return nothing, companies


def _tells(found: Drafts, place: int) -> bool:
    """Whether a row says anything of its record; a key elsewhere, a day and the usual currency say nothing alone."""
    columns = [*found.values.items(), *found.links.items(), *found.foreign.items(), *found.asides.items()]
    said = [column for name, column in columns if name != "currency" and column.spec.kind is not Kind.DATE]
    return any(column[place] for column in (*said, *found.notes.values()))
