"""An opportunity on one page, and all of them by stage and by month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.words import Stage
from crmtui.method import scorecard as method
from crmtui.method.expected import ExpectedValue, expected_value
from crmtui.queries import winning
from crmtui.queries.scorecards import Moment, moments, with_now
from crmtui.store.reading import brought, opportunities, records
from crmtui.store.reading.connections import reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crmtui.method.winrate import Estimate
    from crmtui.store.reading.brought import Brought
    from crmtui.store.reading.opportunities import Total

__all__ = ["Board", "MonthTotal", "OpportunityPage", "Pot", "StageTotal", "board", "page"]


@dataclass(frozen=True, slots=True)
class OpportunityPage:
    """All that the preview and the head of an opportunity's page show.

    Attributes:
        opportunity: the record.
        account: its name; '' for none; so also for owner, offering and lost_to.
        stages: the stages it came through, the oldest first.
        moments: its dated scorecards, the oldest first; of an open one the last is how it stands today.
        chance: the probability of winning as of today; of a closed one, what it would be.
        count: outcomes that it has learnt from.
        expected: what it can be expected to bring.
        last_contact: the day of the last one that happened.
        next_contact: the day of the next one planned.
        brought: what came with files and has no field of its own.
    """

    opportunity: Opportunity
    account: str
    owner: str
    offering: str
    lost_to: str
    stages: tuple[StageChange, ...]
    moments: tuple[Moment, ...]
    chance: Estimate
    count: int
    expected: ExpectedValue
    last_contact: dt.date | None
    next_contact: dt.date | None
    brought: Brought

    @property
    def since(self) -> dt.date | None:
        """The day it came to its present stage; None where nobody noted it."""
        days = [change.day for change in self.stages if change.stage is self.opportunity.stage]
        return days[-1] if days else None


@dataclass(frozen=True, slots=True)
class Pot:
    """Opportunities together; money is never added across currencies.

    Attributes:
        count: how many there are.
        unvalued: how many of them have no value, and so are in no sum.
        unscored: how many open ones have a value and no scorecard, and so are weighted by the usual share won.
        values: (minor units, currency), the currency with most opportunities first.
        weighted: value times P(win) of the open ones; shaped as `values`.
    """

    count: int = 0
    unvalued: int = 0
    unscored: int = 0
    values: tuple[tuple[int, str], ...] = ()
    weighted: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StageTotal:
    """A column of the board."""

    stage: Stage
    pot: Pot


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What is expected to close in a month.

    Attributes:
        month: its first day; None for what has no date.
        is_overdue: whether all months before this one are gathered here.
    """

    month: dt.date | None
    is_overdue: bool
    pot: Pot


@dataclass(frozen=True, slots=True)
class Board:
    """The totals of what a filter lets through.

    Attributes:
        stages: every stage, in order.
        pipeline: all that is open.
        months: the open ones by expected close: overdue, the months in order, without a date.
    """

    stages: tuple[StageTotal, ...]
    pipeline: Pot
    months: tuple[MonthTotal, ...]


def page(path: Path, opportunity_id: int, today: dt.date) -> OpportunityPage:
    """An opportunity with what belongs to it; NotFoundError if it is gone."""
    with reading(path) as connection:
        opportunity = records.get(connection, Opportunity, opportunity_id)
        account, owner, offering, lost_to = opportunities.names(connection, opportunity_id)
        stages = records.where(connection, StageChange, "opportunity_id = ?", (opportunity_id,), "day, id")
        last, coming = opportunities.contact_days(connection, opportunity_id, today)
        chance = winning.chances(connection, [opportunity_id], today)[opportunity_id]
        known = moments(connection, opportunity_id)
        if not opportunity.stage.is_closed:
            score = method.score(winning.answers(connection, opportunity_id, today))
            known = with_now(known, chance, score, today)
        return OpportunityPage(
            opportunity=opportunity,
            account=account,
            owner=owner,
            offering=offering,
            lost_to=lost_to,
            stages=tuple(stages),
            moments=known,
            chance=chance,
            count=chance.count,
            expected=expected_value(chance, opportunity.margin, opportunity.cost_to_spend),
            brought=brought.brought(connection, "opportunity", opportunity_id),
            last_contact=_day(last),
            next_contact=_day(coming),
        )


def board(path: Path, today: dt.date, filter_text: str = "") -> Board:
    """The totals by stage and the forecast by month; UsageError for a filter that cannot be read."""
    with reading(path) as connection:
        winning.provide(connection, None, today)
        stages = _grouped(opportunities.by_stage(connection, today, filter_text))
        months = opportunities.by_month(connection, today, filter_text)
    return Board(
        stages=tuple(StageTotal(stage, _pot(stages.get(stage.value, ()))) for stage in Stage),
        pipeline=_pot(months),
        months=_months(months, today),
    )


def _grouped(totals: Iterable[Total]) -> dict[str | None, list[Total]]:
    found: dict[str | None, list[Total]] = defaultdict(list)
    for total in totals:
        found[total.group].append(total)
    return found


def _months(totals: list[Total], today: dt.date) -> tuple[MonthTotal, ...]:
    this = f"{today:%Y-%m}"
    late = [total for total in totals if total.group and total.group < this]
    coming = _grouped(total for total in totals if total.group and total.group >= this)
    undated = [total for total in totals if not total.group]
    found = [MonthTotal(None, is_overdue=True, pot=_pot(late))] if late else []
    found += [
        MonthTotal(dt.date.fromisoformat(f"{month}-01"), is_overdue=False, pot=_pot(same))
        for month, same in sorted(coming.items(), key=lambda pair: str(pair[0]))
    ]
    return tuple(found + ([MonthTotal(None, is_overdue=False, pot=_pot(undated))] if undated else []))


def _pot(totals: Iterable[Total]) -> Pot:
    by_currency: dict[str, list[Total]] = defaultdict(list)
    for total in totals:
        by_currency[total.currency].append(total)
    ordered = sorted(by_currency.items(), key=lambda pair: -sum(total.count for total in pair[1]))
    every = [total for _currency, same in ordered for total in same]
    return Pot(
        count=sum(total.count for total in every),
        unvalued=sum(total.count - total.valued for total in every),
        unscored=sum(total.unscored for total in every),
        values=tuple(
            (sum(total.value for total in same), currency)
            for currency, same in ordered
            if any(total.valued for total in same)
        ),
        weighted=tuple(
            (round(sum(total.weighted for total in same)), currency)
            for currency, same in ordered
            if any(total.weighable for total in same)
        ),
    )


def _day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None
