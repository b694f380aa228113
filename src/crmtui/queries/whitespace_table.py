"""White space as tables: a cell a row, and what accounts could need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import Basis, Supply
from crmtui.queries import whitespace, whitespace_words as words
from crmtui.queries.lists import Shape
from crmtui.queries.worked import Table, worked
from crmtui.text import N_, _, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.proportions import Proportion
    from crmtui.method.suggestions import Evidence
    from crmtui.queries.whitespace import Axes, Named, Offered, Place, Row, Said, Suggestion

PAGE: Final = 500  # accounts that are read at a time
DIGITS: Final = 4


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

    @property
    def place(self) -> Place:
        """Account and offering."""
        return self.account.id, self.offering.id

    @property
    def judged(self) -> str:
        """Where what is known comes from, in words."""
        if self.said is None:
            return ""
        if self.said.is_by_orders:
            return _("by orders")
        return words.judged(self.said.record) if self.said.record else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cells are wanted.

    Attributes:
        words: the filter of the accounts.
        offerings: their keys; all when empty.
        states: which states; all but unknown when empty.
        ends: contracts that end from today to this day; None for any.
        places: only these cells, of whatever state; all when empty.
    """

    words: str = ""
    offerings: frozenset[int] = frozenset()
    states: frozenset[Supply] = frozenset()
    ends: dt.date | None = None
    places: frozenset[Place] = frozenset()


EVERY: Final = Asked()


def cells(path: Path, asked: Asked, today: dt.date) -> Iterator[Cell]:
    """The cells that are wanted, by account.

    Raises:
        UsageError: a filter that the list of accounts does not know.
    """
    axes = whitespace.axes(path, today, asked.words)
    columns = [one for one in axes.offerings if not asked.offerings or one.id in asked.offerings]
    usual = frozenset(Supply) if asked.places else frozenset(Supply) - {Supply.UNKNOWN}
    states = asked.states or usual
    for row in in_order(path, axes):
        for column in columns:
            found = Cell(row.account, column, row.cells.get(column.id))
            is_there = not asked.places or found.place in asked.places
            if is_there and found.state in states and _ends(found, asked.ends, today):
                yield found


def read(path: Path, today: dt.date) -> list[Cell]:
    """All cells of which something is known, by account."""
    return list(cells(path, EVERY, today))


def in_order(path: Path, axes: Axes) -> Iterator[Row]:
    """The accounts of a grid, one after another; those that are gone are left out."""
    ids = axes.order.ids
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        rows = whitespace.window(path, page)
        yield from (rows[key] for key in page if key in rows)


def _ends(found: Cell, until: dt.date | None, today: dt.date) -> bool:
    if until is None:
        return True
    day = found.said.cell.ends_on if found.said else None
    return day is not None and today <= day <= until


def _said(of: Callable[[Said], Any], otherwise: Any = None) -> Callable[[Cell], Any]:  # noqa: ANN401 - a cell
    return lambda one: of(one.said) if one.said else otherwise


def _record(of: Callable[[Any], Any], otherwise: Any = None) -> Callable[[Cell], Any]:  # noqa: ANN401 - a cell
    return lambda one: of(one.said.record) if one.said and one.said.record else otherwise


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


TABLE: Final[Table[Cell]] = Table(
    noun="whitespace",
    title=N_("White space"),
    account=lambda one: one.account.id,
    columns=(
        worked("account_uid", N_("Identity of the account"), lambda one: one.account.uid),
        worked("account", N_("Account"), lambda one: line(one.account.name)),
        worked("part_of", N_("Unit of"), lambda one: line(one.account.parent)),
        worked("offering_uid", N_("Identity of the offering"), lambda one: one.offering.uid),
        worked("offering", N_("Offering"), lambda one: line(one.offering.name)),
        worked("family", N_("Family"), lambda one: line(one.offering.family)),
        worked(
            "state", N_("Supplied by"), lambda one: one.state.value, Supply, said=lambda one: words.supplier(one.said)
        ),
        worked("competitor", N_("Competitor"), _said(lambda said: line(said.competitor), "")),
        worked("contract_ends_on", N_("Contract ends"), _said(lambda said: _day(said.cell.ends_on)), Shape.FUTURE),
        worked(
            "potential",
            N_("Potential a year"),
            _said(lambda said: (said.cell.potential, said.currency), (None, "")),
            Shape.MONEY,
        ),
        worked("currency", N_("Currency"), _said(lambda said: said.currency, "")),
        worked("basis", N_("Basis"), _record(lambda record: record.basis.value), Basis),
        worked("judged_on", N_("Judged on"), _record(lambda record: _day(record.judged_on)), Shape.PAST),
        worked("source", N_("Source"), _record(lambda record: record.source, "")),
        worked("orders", N_("Orders"), _said(lambda said: said.ordered.orders if said.ordered else 0, 0), Shape.NUMBER),
        worked(
            "last_order",
            N_("Last order"),
            _said(lambda said: _day(said.ordered.last) if said.ordered else None),
            Shape.PAST,
        ),
        worked("by_orders", N_("By orders"), _said(lambda said: said.is_by_orders, otherwise=False), Shape.FLAG),
        worked("judged", N_("Judged"), lambda one: one.judged),
    ),
    shown=("account", "offering", "state", "contract_ends_on", "potential", "judged"),
    fields=(),
    apart=frozenset(("judged",)),
    is_one_each=False,
)


# What accounts could need


class Need(NamedTuple):
    """An offering that an account could need."""

    row: Row
    found: Suggestion
    names: Mapping[int, str]
    tell: Callable[[Evidence], str]

    @property
    def said(self) -> Said | None:
        """What is known of the cell."""
        return self.row.cells.get(self.found.offering)

    @property
    def share(self) -> Proportion:
        """How many of the others buy it."""
        return self.found.best.confidence

    @property
    def offering(self) -> str:
        """What could be needed."""
        return line(self.names.get(self.found.offering, ""))

    @property
    def why(self) -> list[str]:
        """All that speaks for it."""
        return [self.tell(each) for each in self.found.evidence]


def needs(found: Sequence[tuple[Row, Suggestion]], names: Mapping[int, str]) -> list[Need]:
    """Suggestions as rows: of very many accounts, to which the same evidence speaks."""
    tell = cache(partial(words.evidence, offerings=names))
    return [Need(row, one, names, tell) for row, one in found]


NEEDS: Final[Table[Need]] = Table(
    noun="suggestions",
    title=N_("Suggestions"),
    account=lambda one: one.row.account.id,
    columns=(
        worked("account_uid", N_("Identity of the account"), lambda one: one.row.account.uid),
        worked("account", N_("Account"), lambda one: line(one.row.account.name)),
        worked("offering", N_("Offering"), lambda one: one.offering),
        worked("support", N_("Buy it"), lambda one: one.share.count, Shape.NUMBER),
        worked("of", N_("Of"), lambda one: one.share.of, Shape.NUMBER),
        worked("confidence", N_("Share"), lambda one: round(one.share.value or 0, DIGITS), Shape.SHARE),
        worked("low", N_("Share at least"), lambda one: round(one.share.low, DIGITS), Shape.SHARE),
        worked("high", N_("Share at most"), lambda one: round(one.share.high, DIGITS), Shape.SHARE),
        worked("lift", N_("Lift"), lambda one: round(one.found.best.lift, DIGITS), Shape.NUMBER),
        worked("chance", N_("By chance"), lambda one: one.found.best.chance, Shape.NUMBER),
        worked(
            "expected",
            N_("Expected a year"),
            lambda one: (
                None if one.found.expected is None else round(one.found.expected),
                one.said.currency if one.said else "",
            ),
            Shape.MONEY,
        ),
        worked("currency", N_("Currency"), lambda one: one.said.currency if one.said else ""),
        worked(
            "state",
            N_("Has it from"),
            lambda one: (one.said.cell.state if one.said else Supply.UNKNOWN).value,
            Supply,
            said=lambda one: words.supplier(one.said),
        ),
        worked("why", N_("Why"), lambda one: one.why, said=lambda one: "; ".join(one.why)),
    ),
    shown=("account", "offering", "support", "of", "low", "high", "lift", "state"),
    fields=(),
    is_one_each=False,
)
