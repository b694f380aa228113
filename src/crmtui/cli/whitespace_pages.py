"""Suggestions with all that speaks for them, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.queries import whitespace_words as words
from crmtui.text import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.queries.whitespace_table import Need


def with_why(found: Iterable[Need]) -> Iterator[str]:
    """Each suggestion with its evidence below."""
    for one in found:
        yield " · ".join((line(one.row.account.name), one.offering, words.supplier(one.said)))
        yield from (f"    {told}" for told in one.why)
