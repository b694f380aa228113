"""One thing that was learnt, as it is told: a figure, what it says, a table, and the terms behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.figures import count as digits
from crmtui.queries.equity_words import share, shares
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.method.proportions import Difference, Proportion

    Term = tuple[str, str]
    Row = tuple[str, ...]

NAMED: Final = 6  # accounts, or reasons, that a line names
NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Lead:
    """Where that is changed, or seen to, of which something was learnt.

    Attributes:
        noun: the records, as lists name them.
        key: the one record; None for the list of them.
        words: the filter of the list.
    """

    noun: str
    key: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing that was learnt.

    Attributes:
        id: its name.
        label: what it is called, translated.
        value: its figure; `NOTHING` for none.
        says: what it says, in a line.
        terms: what is behind it.
        columns: the headings of its table, and whether they are figures; empty for none.
        rows: its rows.
        lead: where to do something about it.
    """

    id: str
    label: str
    value: str
    says: str
    terms: tuple[Term, ...] = ()
    columns: tuple[tuple[str, bool], ...] = ()
    rows: tuple[Row, ...] = ()
    lead: Lead | None = None


def part(found: Proportion) -> str:
    """`5 of 12`."""
    return _("{count} of {of}").format(count=digits(found.count), of=digits(found.of))


def whole(found: Proportion) -> str:
    """`42 % (30 to 55)`, or nothing of nothing."""
    return NOTHING if found.value is None else f"{share(found.value)} ({shares(found.low, found.high)})"


def points(found: Difference) -> str:
    """`+12 (-3 to +27)` points."""
    if found.value is None:
        return NOTHING
    value, low, high = (round(one * 100) for one in (found.value, found.low, found.high))
    return _("{value:+d} ({low:+d} to {high:+d})").format(value=value, low=low, high=high)


def named(keys: Sequence[int], names: Mapping[int, str]) -> str:
    """Some names, and how many more."""
    told = ", ".join(line(names[key]) for key in keys[:NAMED] if key in names)
    more = len(keys) - NAMED
    return told if more <= 0 else ngettext("{names} and {count} more", "{names} and {count} more", more, names=told)
