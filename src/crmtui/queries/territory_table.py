"""The territory as a table: effort of each account today and proposed, and what the change brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import EffortUnit, Level
from crmtui.method.territory_plan import Why
from crmtui.queries import territory, territory_words as words
from crmtui.queries.equity_words import in_units
from crmtui.queries.lists import Shape
from crmtui.queries.worked import Table, worked
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.method.territory_plan import Line, Plan
    from crmtui.method.units import Unit
    from crmtui.queries.territory import TerritoryPage
    from crmtui.queries.territory_accounts import Taken


class Row(NamedTuple):
    """An account with its line of the plan."""

    page: TerritoryPage
    line: Line

    @property
    def taken(self) -> Taken:
        """The account."""
        return self.page.of[self.line.key]

    @property
    def unit(self) -> Unit:
        """What effort is divided in."""
        return self.page.unit

    @property
    def is_known(self) -> bool:
        """Whether anybody knows what it buys."""
        return self.line.sales is not None

    @property
    def why(self) -> list[str]:
        """All terms."""
        found = words.account(self.taken, self.line, self.unit, in_units(self.page.currency))
        return [f"{label}: {text}" for label, text in found]


def rows(page: TerritoryPage, plan: Plan) -> list[Row]:
    """The accounts of a plan, in its order."""
    return [Row(page, line) for line in plan.lines]


def read(path: Path, today: dt.date) -> list[Row]:
    """All accounts, with what there is shared out as the accepted scenario does, else as today."""
    page = territory.page(path, today)
    return rows(page, page.plan(page.usual))


def shown(unit: Unit) -> tuple[str, ...]:
    """The columns that people see, of a plan that is divided in hours or in contacts."""
    contacts = ("contacts_today", "contacts") if unit.is_contacts else ("hours_today",)
    return ("name", "level", *contacts, "hours", "gain", "served")


def contacts(unit: Unit, count: float) -> float | None:
    """Contacts where effort is divided in them; else what is divided are hours."""
    return round(count, 2) if unit.is_contacts else None


def _known(of: Callable[[Row], float]) -> Callable[[Row], Any]:
    """Amounts that tell something only where it is known what the account buys."""
    return lambda one: (round(of(one)) if one.is_known else None, one.page.currency)


TABLE: Final[Table[Row]] = Table(
    noun="territory",
    title=N_("Territory"),
    account=lambda one: one.line.key,
    columns=(
        worked("section", N_("Section"), lambda _one: "account"),
        worked("name", N_("Account"), lambda one: one.taken.name),
        worked("level", N_("Level"), lambda one: one.taken.level.value, Level, priority=2),
        worked("unit", N_("Divided in"), lambda one: one.unit.word.value, EffortUnit),
        worked("contacts_today", N_("Contacts today"), lambda one: contacts(one.unit, one.line.today), Shape.NUMBER),
        worked("contacts", N_("Contacts proposed"), lambda one: contacts(one.unit, one.line.proposed), Shape.NUMBER),
        worked(
            "hours_each",
            N_("Hours a contact"),
            lambda one: round(one.taken.each.hours, 4) if one.unit.is_contacts else None,
            Shape.NUMBER,
        ),
        worked("hours_today", N_("Hours today"), lambda one: round(one.line.hours_today, 2), Shape.NUMBER),
        worked("hours", N_("Hours proposed"), lambda one: round(one.line.hours, 2), Shape.NUMBER),
        worked("gain", N_("Gain"), _known(lambda one: one.line.gain), Shape.MONEY),
        worked("low", N_("Gain at least"), _known(lambda one: one.line.band[0]), Shape.MONEY),
        worked("high", N_("Gain at most"), _known(lambda one: one.line.band[1]), Shape.MONEY),
        worked("currency", N_("Currency"), lambda one: one.page.currency),
        worked(
            "served",
            N_("Served today"),
            lambda one: one.line.served.value if one.line.served else None,
            said=lambda one: words.served(one.line),
            by=lambda one: one.unit.proposed(one.line) - one.unit.now(one.line) if one.line.served else None,
            priority=1,
        ),
        worked(
            "reason", N_("Because"), lambda one: one.line.why.value, Why, said=lambda one: words.why(one.line, one.unit)
        ),
        worked("sales", N_("Sales a year"), lambda one: (one.taken.sales, one.page.currency), Shape.MONEY),
        worked(
            "margin_share",
            N_("Margin share"),
            lambda one: None if one.taken.margin is None else round(one.taken.margin, 4),
            Shape.SHARE,
        ),
        worked("judged", N_("Somebody was asked"), lambda one: one.taken.is_judged, Shape.FLAG),
        worked("capacity", N_("Capacity"), lambda _one: None, Shape.NUMBER),
        worked("one_more", N_("One more brings"), lambda _one: (None, None), Shape.MONEY),
        worked("one_more_most", N_("One more brings at most"), lambda _one: (None, None), Shape.MONEY),
        worked("completeness", N_("Known"), lambda _one: None, Shape.SHARE),
        worked("why", N_("Why"), lambda one: one.why, said=lambda one: "; ".join(one.why)),
    ),
    shown=("name", "level", "hours_today", "hours", "gain", "served"),
    apart=frozenset(("why",)),
    beside=("section", "capacity", "one_more", "one_more_most", "completeness"),
)
