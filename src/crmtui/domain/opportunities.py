"""Opportunities: what could be sold, to whom, when, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import (
    Noun,
    OnDelete,
    Record,
    choice,
    currency,
    date,
    line,
    link,
    money,
    record,
    text,
)
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="opportunity",
        one=N_("opportunity"),
        many=N_("opportunities"),
        searched=("name", "need", "next_step", "reason", "lesson", "notes"),
    )
)
class Opportunity(Record):
    """A piece of business that can be won or lost."""

    name: str = line(N_("Name"), required=True)
    account_id: int | None = link(N_("Account"), "account", on_delete=OnDelete.CASCADE)
    owner_id: int | None = link(N_("Owner"), "actor")
    offering_id: int | None = link(N_("Offering"), "offering", N_("The main one."))
    stage: words.Stage = choice(N_("Stage"), words.Stage, words.Stage.PROSPECTING, required=True)
    value: int | None = money(N_("Value"), N_("What the customer would pay."))
    margin: int | None = money(N_("Margin"), N_("What of it would be ours."))
    cost_to_spend: int | None = money(N_("Cost to spend"), N_("Still to be spent on winning it."), low=0)
    currency: str = currency()
    opened_on: dt.date | None = date(N_("Opened on"))
    expected_on: dt.date | None = date(N_("Expected close"))
    closed_on: dt.date | None = date(N_("Closed on"))
    need: str = text(N_("Need"), N_("What the customer needs, in its own words."))
    budget: words.BudgetRung | None = choice(N_("Budget"), words.BudgetRung)
    next_step: str = line(N_("Next step"))
    reason: str = line(N_("Reason"), N_("Why it was won or lost."))
    lost_to_id: int | None = link(N_("Lost to"), "competitor")
    lesson: str = text(N_("Lesson"), N_("What to do again, or differently."))
    notes: str = text(N_("Notes"))


@record(
    Noun(
        table="stage_change",
        one=N_("change of stage"),
        many=N_("changes of stage"),
        title="stage",
    )
)
class StageChange(Record):
    """The day on which an opportunity came to a stage; written by the program."""

    opportunity_id: int = link(N_("Opportunity"), "opportunity", on_delete=OnDelete.CASCADE, required=True)
    stage: words.Stage = choice(N_("Stage"), words.Stage, required=True)
    day: dt.date = date(N_("Day"), required=True)
