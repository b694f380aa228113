"""Cells of the white space and suggestions: for people, and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.tables import Heading, write_table
from crmtui.domain.money import format_amount
from crmtui.domain.words import Supply
from crmtui.figures import Figure
from crmtui.queries import whitespace, whitespace_words as words
from crmtui.text import _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.suggestions import Evidence
    from crmtui.queries.whitespace import Named, Offered, Row, Said, Suggestion

PAGE: Final = 500  # accounts that are read at a time
DIGITS: Final = 4
HEADERS: Final = (
    *("account", "part_of", "offering", "family", "state", "competitor", "contract_ends_on", "potential", "currency"),
    *("basis", "judged_on", "source", "orders", "last_order", "by_orders"),
)
SUGGESTED: Final = (
    *("account", "offering", "support", "of", "confidence", "low", "high", "lift", "chance", "expected", "currency"),
    *("state", "why"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cells are wanted.

    Attributes:
        words: the filter of the accounts.
        offerings: their keys; all when empty.
        states: which states; all but unknown when empty.
        ends: contracts that end from today to this day; None for any.
        most: at most so many; all when negative.
    """

    words: str
    offerings: frozenset[int]
    states: frozenset[Supply]
    ends: dt.date | None
    most: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its names; None where nobody knows anything."""

    account: Named
    offering: Offered
    said: Said | None

    @property
    def state(self) -> Supply:
        """Who supplies it."""
        return self.said.cell.state if self.said else Supply.UNKNOWN


def cells(path: Path, asked: Asked, today: dt.date) -> Iterator[Cell]:
    """The cells that are wanted, by account."""
    axes = whitespace.axes(path, today, asked.words)
    columns = [one for one in axes.offerings if not asked.offerings or one.id in asked.offerings]
    states = asked.states or frozenset(Supply) - {Supply.UNKNOWN}
    left = asked.most
    for start in range(0, len(axes.order.ids), PAGE):
        page = axes.order.ids[start : start + PAGE]
        rows = whitespace.window(path, page)
        for key in page:
            for column in columns:
                if key not in rows or left == 0:
                    continue
                found = Cell(rows[key].account, column, rows[key].cells.get(column.id))
                if found.state in states and _ends(found, asked.ends, today):
                    left -= 1
                    yield found


def _ends(found: Cell, until: dt.date | None, today: dt.date) -> bool:
    if until is None:
        return True
    day = found.said.cell.ends_on if found.said else None
    return day is not None and today <= day <= until


def row(one: Cell) -> list[Any]:
    """A cell for programs; the potential in minor units."""
    said, record = one.said, one.said.record if one.said else None
    ordered = said.ordered if said else None
    return [
        *(line(one.account.name), line(one.account.parent), line(one.offering.name), line(one.offering.family)),
        *(one.state.value, line(said.competitor) if said else ""),
        *(said.cell.ends_on if said else None, said.cell.potential if said else None, said.currency if said else ""),
        *((record.basis.value, record.judged_on, record.source) if record else ("", None, "")),
        *((ordered.orders, ordered.last) if ordered else (0, None)),
        said.is_by_orders if said else False,
    ]


def write(found: Sequence[Cell], today: dt.date) -> None:
    """Write cells for people."""
    headings = [
        Heading(_("Account")),
        Heading(_("Offering")),
        Heading(_("Supplied by")),
        Heading(_("Contract ends")),
        Heading(_("Potential a year"), is_figure=True),
        Heading(_("Judged")),
    ]
    write_table(headings, (_shown(one, today) for one in found))


def _shown(one: Cell, today: dt.date) -> list[str]:
    said = one.said
    if said is None:
        return [line(one.account.name), line(one.offering.name), words.supplier(None), "", "", ""]
    terms = dict(words.terms(said, today))
    potential = "" if said.cell.potential is None else format_amount(said.cell.potential, said.currency)
    told = _("by orders") if said.is_by_orders else terms.get(_("judged"), "")
    day = terms.get(_("contract ends"), "")
    return [line(one.account.name), line(one.offering.name), words.supplier(said), day, potential, told]


# Suggestions


def suggested(found: Iterable[tuple[Row, Suggestion]], names: Mapping[int, str]) -> Iterator[list[Any]]:
    """Suggestions for programs: of very many accounts, to which the same evidence speaks."""
    why = cache(partial(words.evidence, offerings=names))
    return (_suggested(row, one, names, why) for row, one in found)


def _suggested(row: Row, one: Suggestion, names: Mapping[int, str], why: Callable[[Evidence], str]) -> list[Any]:
    best = one.best.confidence
    said = row.cells.get(one.offering)
    expected = one.expected
    return [
        *(line(row.account.name), line(names.get(one.offering, "")), best.count, best.of),
        *(round(best.value or 0, DIGITS), round(best.low, DIGITS), round(best.high, DIGITS)),
        *(round(one.best.lift, DIGITS), one.best.chance, None if expected is None else round(expected)),
        *(said.currency if said else "", (said.cell.state if said else Supply.UNKNOWN).value),
        [why(each) for each in one.evidence],
    ]


def write_suggestions(found: Sequence[tuple[Row, Suggestion]], names: Mapping[int, str], *, with_why: bool) -> None:
    """Write suggestions for people."""
    if with_why:
        output.write_lines(_with_why(found, names))
        return
    headings = [
        Heading(_("Account")),
        Heading(_("Offering")),
        Heading(_("Buy it"), is_figure=True),
        Heading(_("Band")),
        Heading(_("Lift"), is_figure=True),
        Heading(_("Has it from")),
    ]
    write_table(headings, (_brief(row, one, names) for row, one in found))


def _brief(row: Row, one: Suggestion, names: Mapping[int, str]) -> list[str]:
    share = one.best.confidence
    band = _("({low:.0f}…{high:.0f} %)").format(low=share.low * 100, high=share.high * 100)
    return [
        line(row.account.name),
        line(names.get(one.offering, "")),
        _("{count} of {of}").format(count=share.count, of=share.of),
        band,
        f"{Figure(one.best.lift):.1f}",
        words.supplier(row.cells.get(one.offering)),
    ]


def _with_why(found: Sequence[tuple[Row, Suggestion]], names: Mapping[int, str]) -> Iterator[str]:
    for row, one in found:
        has = words.supplier(row.cells.get(one.offering))
        yield " · ".join((line(row.account.name), line(names.get(one.offering, "")), has))
        yield from (f"    {words.evidence(each, names)}" for each in one.evidence)
