"""Scenarios of the territory as tables: the accounts of some, and the differences between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.words import EffortUnit
from crmtui.queries import scenario_words as words
from crmtui.queries.lists import Shape
from crmtui.queries.worked import Table, worked
from crmtui.text import N_, line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.method.scenarios import Change, Comparison
    from crmtui.queries.scenarios import Line, ScenarioPage
    from crmtui.queries.territory import TerritoryPage


class Row(NamedTuple):
    """An account of a scenario."""

    page: ScenarioPage
    line: Line


def rows(pages: Iterable[ScenarioPage]) -> list[Row]:
    """The accounts of some scenarios, one after another."""
    return [Row(page, one) for page in pages for one in page.lines]


TABLE: Final[Table[Row]] = Table(
    noun="scenarios",
    title=N_("Scenarios"),
    account=lambda one: one.line.key,
    columns=(
        worked("scenario", N_("Scenario"), lambda one: line(one.page.scenario.name)),
        worked("is_accepted", N_("Accepted"), lambda one: one.page.scenario.is_accepted, Shape.FLAG),
        worked("starts_on", N_("Starts on"), lambda one: one.page.scenario.starts_on.isoformat(), Shape.PAST),
        worked("ends_on", N_("Ends on"), lambda one: one.page.scenario.ends_on.isoformat(), Shape.FUTURE),
        worked("unit", N_("Divided in"), lambda one: one.page.scenario.unit.value, EffortUnit),
        worked("name", N_("Account"), lambda one: one.line.name),
        worked("contacts", N_("Contacts"), lambda one: one.line.contacts, Shape.NUMBER),
        worked("hours_today", N_("Hours today"), lambda one: one.line.hours_today, Shape.NUMBER, priority=1),
        worked("hours", N_("Hours proposed"), lambda one: one.line.service.hours, Shape.NUMBER),
        worked("gain", N_("Gain"), lambda one: (one.line.gain, one.line.currency), Shape.MONEY),
        worked("currency", N_("Currency"), lambda one: one.line.currency),
        worked("spent", N_("Spent"), lambda one: one.line.service.done, Shape.NUMBER),
        worked("planned", N_("Planned"), lambda one: one.line.service.planned, Shape.NUMBER),
        worked("due", N_("Due by now"), lambda one: round(one.line.service.due, 2), Shape.NUMBER),
        worked(
            "served",
            N_("Served"),
            lambda one: one.line.service.served.value,
            said=lambda one: words.standing(one.line),
            priority=2,
        ),
        worked("is_gone", N_("Closed or lost since"), lambda one: one.line.is_gone, Shape.FLAG),
    ),
    shown=("name", "hours_today", "hours", "gain", "spent", "planned", "served"),
    is_one_each=False,
)
BY_CONTACTS: Final = ("name", "contacts", "hours_today", "hours", "gain", "spent", "planned", "served")


class Difference(NamedTuple):
    """An account that two scenarios treat differently."""

    page: TerritoryPage
    found: Comparison
    change: Change

    @property
    def name(self) -> str:
        """Of the account."""
        return self.page.of[self.change.key].name

    @property
    def value(self) -> int | None:
        """How much more it brings, minor units; None where nobody knows."""
        return None if self.change.value is None else round(self.change.value)

    @property
    def currency(self) -> str:
        """Of its amounts."""
        return self.page.currency


DIFFERENCES: Final[Table[Difference]] = Table(
    noun="differences",
    title=N_("Differences"),
    account=lambda one: one.change.key,
    columns=(
        worked("name", N_("Account"), lambda one: one.name),
        worked("unit", N_("Divided in"), lambda one: one.found.unit.word.value, EffortUnit),
        worked("first", N_("The first"), lambda one: round(one.change.effort(one.found.unit)[0], 2), Shape.NUMBER),
        worked("second", N_("The second"), lambda one: round(one.change.effort(one.found.unit)[1], 2), Shape.NUMBER),
        worked("more", N_("Difference"), lambda one: round(one.change.more(one.found.unit), 2), Shape.NUMBER),
        worked("value", N_("Brings more"), lambda one: (one.value, one.currency), Shape.MONEY),
        worked("currency", N_("Currency"), lambda one: one.currency),
    ),
    shown=("name", "first", "second", "more", "value"),
)
