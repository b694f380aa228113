"""Text of cells to values and back: the one place the importer asks.

A column is read twice: once to decide what its dates and numbers mean (`decide_…`), once to parse its cells with
that decision. Every parser takes a cell that is not blank and raises ValueError with a sentence for the user.
"""

from __future__ import annotations

from typing import Final

from crmtui.domain.values import quoted
from crmtui.exchange.dates import DateOrder, decide_date_order, format_moment, parse_date, parse_moment
from crmtui.exchange.numbers import (
    NumberStyle,
    decide_number_style,
    format_number,
    parse_number,
    parse_percentage,
    parse_whole,
)
from crmtui.text import N_, _

__all__ = [
    "DateOrder",
    "NumberStyle",
    "decide_date_order",
    "decide_number_style",
    "format_moment",
    "format_number",
    "format_yes_no",
    "parse_date",
    "parse_moment",
    "parse_number",
    "parse_percentage",
    "parse_whole",
    "parse_yes_no",
]

NEITHER: Final = N_("{value} is neither yes nor no")
_YES: Final = frozenset(["yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "si", "sì", "s", "vero", "v"])
_NO: Final = frozenset(["no", "n", "false", "f", "0", "off", "falso"])


def parse_yes_no(text: str) -> bool:
    """Yes or no, in English or Italian, as words, letters, ticks or figures."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(_(NEITHER).format(value=quoted(text)))


def format_yes_no(*, value: bool) -> str:
    """`yes` or `no`, in every language: it is read by programs."""
    return "yes" if value else "no"
