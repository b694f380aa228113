"""White space: accounts and their business units across, offerings along, who supplies what and until when.

What an account ordered from us is ours until somebody says otherwise; what is said by hand goes before what orders say.
A window of the grid is read at a time: names and cells of some accounts, all offerings; the sums are of all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.domain.words import Supply
from crmtui.method import suggestions, whitespace as method
from crmtui.method.likeness import Traits
from crmtui.method.suggestions import Patterns, Suggestion
from crmtui.method.whitespace import OPEN, Cell, Space
from crmtui.store.reading import accounts, lists, whitespace as rows
from crmtui.store.reading.connections import reading
from crmtui.store.reading.whitespace import Named, Offered, Order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.whitespace import WhiteSpace
    from crmtui.store.reading.whitespace import Ordered, State

__all__ = ["Axes", "Named", "Offered", "Order", "Patterns", "Place", "Row", "Said", "Suggestion", "White", "Whole"]

Place = tuple[int, int]  # account and offering
_SUPPLY = {one.value: one for one in Supply}


@dataclass(frozen=True, slots=True)
class Said:
    """A cell of which something is known.

    Attributes:
        cell: as the method takes it: its state is what is said by hand, else what orders say.
        record: what somebody said of it; None where nobody did.
        competitor: its name; '' for none.
        ordered: what was ordered of it; None for nothing.
        currency: of the potential; '' where there is none.
    """

    cell: Cell
    record: WhiteSpace | None
    competitor: str
    ordered: Ordered | None
    currency: str

    @property
    def is_by_orders(self) -> bool:
        """Whether the state is what orders say."""
        return self.record is None or self.record.state is not self.cell.state

    @property
    def is_doubtful(self) -> bool:
        """Whether something was ordered after somebody said that another supplies it, or that it is not needed."""
        if self.record is None or self.ordered is None or self.cell.state is Supply.US:
            return False
        return self.record.judged_on is not None and self.ordered.last > self.record.judged_on


@dataclass(frozen=True, slots=True)
class Axes:
    """The grid without its cells.

    Attributes:
        order: the accounts down.
        offerings: those across.
    """

    order: Order
    offerings: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An account of the grid.

    Attributes:
        account: its name and potential.
        cells: those of which something is known, by offering.
        suggested: what it could need, by offering.
    """

    account: Named
    cells: Mapping[int, Said]
    suggested: Mapping[int, Suggestion]


def axes(path: Path, today: dt.date, words: str = "") -> Axes:
    """The accounts that answer to a filter, and all offerings; UsageError for a filter that the list does not know."""
    with reading(path) as connection:
        wanted = lists.ids(connection, accounts.VIEW, today=today, filter_text=words) if words.strip() else None
        return Axes(rows.in_order(connection, wanted), rows.offerings(connection))


def judged(path: Path, today: dt.date, words: str) -> list[int]:
    """The keys of what was said of cells, in the order of their accounts: those that answer to a filter of `accounts`.

    Raises:
        UsageError: a filter that the list does not know.
    """
    with reading(path) as connection:
        wanted = lists.ids(connection, accounts.VIEW, today=today, filter_text=words)
        place = {key: number for number, key in enumerate(wanted)}
        said = sorted(rows.judged(connection, wanted).values(), key=lambda one: (place[one.account_id], one.id))
        return [one.id for one in said]


def window(path: Path, account_ids: Sequence[int], patterns: Patterns | None = None) -> dict[int, Row]:
    """The rows of some accounts, with suggestions where patterns were learnt; those that are gone are left out."""
    with reading(path) as connection:
        named = rows.named(connection, account_ids)
        said = _said(connection, account_ids)
        traits = {one.account: Traits(*one) for one in rows.traits(connection, account_ids)}
        offered = {one.id for one in rows.offerings(connection)}
    cells: dict[int, dict[int, Said]] = {key: {} for key in named}
    for (account, offering), one in said.items():
        if account in cells and offering in offered:
            cells[account][offering] = one
    return {
        key: Row(one, cells[key], _suggested(patterns, traits[key], cells[key]) if patterns else {})
        for key, one in named.items()
    }


def _said(connection: sqlite3.Connection, account_ids: Collection[int]) -> dict[Place, Said]:
    """The cells of some accounts of which something is known."""
    judged, ordered = rows.judged(connection, account_ids), rows.ordered(connection, account_ids)
    rivals = rows.names(connection, "competitor") if any(one.competitor_id for one in judged.values()) else {}
    return {
        place: _merged(place, judged.get(place), ordered.get(place), rivals) for place in judged.keys() | ordered.keys()
    }


def _merged(place: Place, record: WhiteSpace | None, ordered: Ordered | None, rivals: Mapping[int, str]) -> Said:
    if record is None:
        return Said(Cell(*place, Supply.US), None, "", ordered, "")
    state = Supply.US if record.state is Supply.UNKNOWN and ordered else record.state
    cell = Cell(*place, state, record.contract_ends_on, record.potential)
    return Said(cell, record, rivals.get(record.competitor_id or 0, ""), ordered, record.currency)


def _suggested(patterns: Patterns, traits: Traits, cells: Mapping[int, Said]) -> dict[int, Suggestion]:
    known = [one.cell for one in cells.values()]
    bought = [cell.offering for cell in known if cell.state is Supply.US]
    return {one.offering: one for one in suggestions.suggest(patterns, traits, bought, known)}


# What accounts that are alike buy


def learn(path: Path) -> Patterns:
    """What accounts that are alike buy, and what is bought together, in the whole workspace."""
    with reading(path) as connection:
        traits = [Traits(*one) for one in rows.traits(connection)]
        bought, elsewhere = _supplied(connection)
    return suggestions.learn(traits, bought, elsewhere)


def _supplied(connection: sqlite3.Connection) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """What each account has from us, and from others or of its own making."""
    bought: dict[int, set[int]] = {}
    elsewhere: dict[int, set[int]] = {}
    for account, offering in rows.bought(connection):
        bought.setdefault(account, set()).add(offering)
    for one in rows.states(connection):
        ours = bought.setdefault(one.account, set())
        if one.state == Supply.US.value:
            ours.add(one.offering)
        elif one.state != Supply.UNKNOWN.value:
            ours.discard(one.offering)
            if one.state != Supply.NOT_NEEDED.value:
                elsewhere.setdefault(one.account, set()).add(one.offering)
    return bought, elsewhere


def offerings(path: Path) -> dict[int, str]:
    """The names of all offerings, by key."""
    with reading(path) as connection:
        return rows.names(connection, "offering")


@seldom_collecting()
def suggested(
    path: Path, account_ids: Sequence[int] | None, today: dt.date, patterns: Patterns
) -> list[tuple[Row, Suggestion]]:
    """What some accounts, or all, could need by patterns that were learnt: the surest first."""
    ids = axes(path, today).order.ids if account_ids is None else account_ids
    found: list[tuple[Row, Suggestion]] = []
    for start in range(0, len(ids), _PAGE):
        page = window(path, ids[start : start + _PAGE], patterns)
        found += ((row, one) for row in page.values() for one in row.suggested.values())
    return sorted(found, key=lambda one: (-one[1].best.confidence.low, one[0].account.name, one[1].offering))


_PAGE: Final = 1_000
_LOOK: Final = 200  # accounts that are looked through at a time for the next suggestion


def next_suggestion(path: Path, grid: Axes, place: Place, patterns: Patterns) -> Place | None:
    """The next cell after a place, by rows and then round, that could be needed; None where there is none."""
    ids, columns = list(grid.order.ids), [one.id for one in grid.offerings]
    at = (ids.index(place[0]), columns.index(place[1]))
    ordered = ids[at[0] :] + ids[: at[0] + 1]
    for start in range(0, len(ordered), _LOOK):
        page = ordered[start : start + _LOOK]
        rows_there = window(path, page, patterns)
        for number, key in enumerate(page, start):
            first = at[1] + 1 if number == 0 else 0
            suggested_there = rows_there[key].suggested if key in rows_there else {}
            for offering in columns[first:]:
                if offering in suggested_there:
                    return (key, offering)
    return None


def open_deal(path: Path, place: Place) -> int | None:
    """An open opportunity for a cell; None where there is none."""
    with reading(path) as connection:
        return rows.open_deal(connection, *place)


# Sums


@dataclass(frozen=True, slots=True)
class Whole:
    """The white space of some accounts.

    Attributes:
        space: counts, penetration, completeness, contracts that end soon.
        potentials: of what may still become ours, (minor units a year, currency): never added across currencies.
    """

    space: Space
    potentials: tuple[tuple[int, str], ...]


def whole(path: Path, today: dt.date) -> Whole:
    """The white space of all accounts."""
    with reading(path) as connection:
        return _whole(_every(connection), rows.size(connection), today)


@dataclass(frozen=True, slots=True)
class White:
    """The white space of one account.

    Attributes:
        whole: its sums.
        offerings: what we sell.
        cells: those of which something is known, by offering.
    """

    whole: Whole
    offerings: tuple[Offered, ...]
    cells: Mapping[int, Said]

    def of(self, state: Supply) -> list[tuple[Offered, Said | None]]:
        """The offerings that are supplied so, with what is known of them."""
        told = ((one, self.cells.get(one.id)) for one in self.offerings)
        return [(one, said) for one, said in told if (said.cell.state if said else Supply.UNKNOWN) is state]

    @property
    def bought(self) -> list[tuple[Offered, Ordered]]:
        """What was ordered of us, or won, the last one first."""
        told = ((one, said.ordered) for one in self.offerings if (said := self.cells.get(one.id)) and said.ordered)
        return sorted(told, key=lambda each: each[1].last, reverse=True)


def of_account(path: Path, account_id: int, today: dt.date) -> White:
    """The white space of one account."""
    with reading(path) as connection:
        return white(connection, account_id, today)


def white(connection: sqlite3.Connection, account_id: int, today: dt.date) -> White:
    """The same on a connection that is open."""
    offered = rows.offerings(connection)
    cells = _offered(connection, account_id, offered)
    whole = _whole([(one.cell, one.currency) for one in cells.values()], len(offered), today)
    return White(whole, offered, cells)


def _offered(connection: sqlite3.Connection, account_id: int, offered: Sequence[Offered]) -> dict[int, Said]:
    there = {one.id for one in offered}
    return {place[1]: one for place, one in _said(connection, [account_id]).items() if place[1] in there}


def _every(connection: sqlite3.Connection) -> list[tuple[Cell, str]]:
    """Every cell of which something is known, with the currency of its potential."""
    found = {(one.account, one.offering): (_cell(one), one.currency) for one in rows.states(connection)}
    for place in rows.bought(connection):
        known = found.get(place)
        if known is None:
            found[place] = (Cell(place[0], place[1], Supply.US), "")
        elif known[0].state is Supply.UNKNOWN:
            found[place] = (replace(known[0], state=Supply.US), known[1])
    return list(found.values())


def _cell(one: State) -> Cell:
    ends_on = dt.date.fromisoformat(one.ends_on) if one.ends_on else None
    return Cell(one.account, one.offering, _SUPPLY[one.state], ends_on, one.potential)


def _whole(cells: Sequence[tuple[Cell, str]], size: int, today: dt.date) -> Whole:
    potentials: dict[str, int] = {}
    for cell, currency in cells:
        if cell.state in OPEN and cell.potential is not None:
            potentials[currency] = potentials.get(currency, 0) + cell.potential
    ordered = sorted(potentials.items(), key=lambda one: (-one[1], one[0]))
    return Whole(
        method.space([cell for cell, _currency in cells], size, today),
        tuple((minor, code) for code, minor in ordered),
    )
