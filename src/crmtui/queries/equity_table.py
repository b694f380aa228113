"""What customers are worth as a table: an account a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.domain.words import Level
from crmtui.queries import equity, equity_words as words, repeat, repeat_words
from crmtui.queries.equity_words import in_units
from crmtui.queries.lists import Shape
from crmtui.queries.worked import Table, worked
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from crmtui.method.defection import Risk
    from crmtui.method.equity import AccountWorth, Equity
    from crmtui.method.repeat import Forecast
    from crmtui.method.values import Worth
    from crmtui.queries.equity import EquityPage, Line
    from crmtui.queries.equity_words import Say
    from crmtui.queries.repeat import RepeatPage

DIGITS: Final = 4  # of a share


class Row(NamedTuple):
    """An account on the page that it is of; with how customers order, once that has been learnt."""

    page: EquityPage
    orders: RepeatPage | None
    line: Line

    @property
    def say(self) -> Say:
        """How amounts are written."""
        return in_units(self.page.basis.rates.currency)

    @property
    def up(self) -> Worth | None:
        """What one level up is worth; None where there is none."""
        return self.page.basis.ups[self.line.worth.state]

    @property
    def risk(self) -> Risk:
        """The risk to lose it."""
        return repeat.risk(self.orders, self.page.basis, self.line)

    @property
    def ahead(self) -> Forecast | None:
        """What is expected of its orders; None where nothing is, or nobody asked yet."""
        return self.orders.forecasts.get(self.line.key) if self.orders else None

    @property
    def habit(self) -> str:
        """How it buys beside the others; '' where that is not known."""
        found = self.orders.standings.get(self.line.key) if self.orders else None
        return found.habit.value if found else ""

    @property
    def why(self) -> list[str]:
        """All terms."""
        found = repeat_words.account(self.orders, self.page.basis, self.line, self.say)
        return [f"{label}: {text}" for label, text in found]

    def amount(self, minor: float | None) -> tuple[int | None, str]:
        """Whole minor units, with their currency."""
        return None if minor is None else round(minor), self.page.basis.rates.currency


def rows(page: EquityPage, orders: RepeatPage | None) -> list[Row]:
    """The accounts of a page in its order, but last those that have left by their orders: they bring nothing more."""
    found = [Row(page, orders, line) for line in page.lines]
    return sorted(found, key=lambda one: one.ahead is not None and one.ahead.has_left)


def read(path: Path, today: dt.date) -> list[Row]:
    """All accounts, the most valuable first."""
    return rows(equity.page(path, today), repeat.page(path, today))


def ends(found: Equity | AccountWorth, say: Say) -> dict[str, int]:
    """Both ends of a band in minor units; neither where nothing is between them."""
    is_open = words.is_open(found.low, found.high, say)
    return {"low": round(found.low), "high": round(found.high)} if is_open else {}


def _share(of: Callable[[Row], float | None]) -> Callable[[Row], float | None]:
    def rounded(one: Row) -> float | None:
        found = of(one)
        return None if found is None else round(found, DIGITS)

    return rounded


def _money(of: Callable[[Row], float | None]) -> Callable[[Row], Any]:
    return lambda one: one.amount(of(one))


TABLE: Final[Table[Row]] = Table(
    noun="equity",
    title=N_("Customer equity"),
    account=lambda one: one.line.key,
    columns=(
        worked("section", N_("Section"), lambda _one: "account"),
        worked("name", N_("Account"), lambda one: one.line.name),
        worked("level", N_("Level"), lambda one: one.line.worth.state, Level),
        worked("count", N_("Number"), lambda _one: None, Shape.NUMBER),
        worked("value", N_("Value"), _money(lambda one: one.line.worth.value), Shape.MONEY),
        worked(
            "low", N_("at least"), _money(lambda one: ends(one.line.worth, one.say).get("low")), Shape.MONEY, priority=2
        ),
        worked(
            "high",
            N_("at most"),
            _money(lambda one: ends(one.line.worth, one.say).get("high")),
            Shape.MONEY,
            priority=2,
        ),
        worked("currency", N_("Currency"), lambda one: one.page.basis.rates.currency),
        worked("completeness", N_("Margin known"), lambda one: one.line.worth.known, Shape.SHARE),
        worked("reward", N_("Brings in a year"), _money(lambda one: one.line.worth.reward), Shape.MONEY),
        worked("of_level", N_("Value of its level"), _money(lambda one: one.line.worth.of_state), Shape.MONEY),
        worked("own", N_("More than its level"), _money(lambda one: one.line.worth.own), Shape.MONEY),
        worked("risk_year", N_("Lost in a year"), _share(lambda one: one.risk.each[0]), Shape.SHARE, priority=1),
        worked("risk", N_("Lost in three years"), _share(lambda one: one.risk.value), Shape.SHARE),
        worked("risk_low", N_("Lost at least"), _share(lambda one: one.risk.low), Shape.SHARE),
        worked("risk_high", N_("Lost at most"), _share(lambda one: one.risk.high), Shape.SHARE),
        worked("up", N_("One level up"), _money(lambda one: one.up.value if one.up else None), Shape.MONEY, priority=1),
        worked("up_low", N_("One level up at least"), _money(lambda one: one.up.low if one.up else None), Shape.MONEY),
        worked("up_high", N_("One level up at most"), _money(lambda one: one.up.high if one.up else None), Shape.MONEY),
        worked("continuing", N_("Worth going on"), _money(lambda one: one.line.parting.continuing), Shape.MONEY),
        worked("leave", N_("To leave"), lambda one: one.line.parting.is_to_leave, Shape.FLAG),
        worked("leave_is_sure", N_("To leave for sure"), lambda one: one.line.parting.is_sure, Shape.FLAG),
        worked(
            "habit",
            N_("How it buys"),
            lambda one: one.habit or None,
            said=lambda one: repeat_words.habit(one.orders, one.line.key) if one.orders else "",
        ),
        worked(
            "orders_expected",
            N_("Orders expected"),
            _share(lambda one: one.ahead.purchases if one.ahead else None),
            Shape.NUMBER,
        ),
        worked(
            "still_buys",
            N_("Still buys"),
            _share(lambda one: one.ahead.alive if one.ahead else None),
            Shape.SHARE,
            priority=1,
        ),
        worked(
            "still_buys_low",
            N_("Still buys at least"),
            _share(lambda one: one.ahead.alive_low if one.ahead else None),
            Shape.SHARE,
        ),
        worked(
            "still_buys_high",
            N_("Still buys at most"),
            _share(lambda one: one.ahead.alive_high if one.ahead else None),
            Shape.SHARE,
        ),
        worked("has_left", N_("Has left"), lambda one: one.ahead.has_left if one.ahead else None, Shape.FLAG),
        worked("hint", N_("Hint"), lambda one: repeat_words.hint(one.orders, one.line) or None),
        worked("why", N_("Why"), lambda one: one.why, said=lambda one: "; ".join(one.why)),
    ),
    shown=("name", "level", "value", "low", "high", "risk_year", "up", "hint"),
    apart=frozenset(("hint", "why")),
    beside=("section", "count"),
)
