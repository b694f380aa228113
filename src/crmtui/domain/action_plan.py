"""The action plan: objectives, the strategies towards them, and who does what until when (method.md section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain import words
from crmtui.domain.fields import Noun, OnDelete, Record, choice, date, line, link, number_ahead, record, text
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt


@record(
    Noun(
        table="objective",
        one=N_("objective"),
        many=N_("objectives"),
        searched=("name", "lesson", "notes"),
    )
)
class Objective(Record):
    """What we want to reach with an account; it ends not, partly or fully achieved, with a lesson."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity")
    name: str = line(N_("Objective"), required=True)
    due_on: dt.date | None = date(N_("Due"))
    achieved: words.Achieved | None = choice(
        N_("Achieved"), words.Achieved, text=N_("Empty while it is open."), blank=N_("open")
    )
    lesson: str = text(N_("Lesson"), N_("What to do again, or differently."))
    notes: str = text(N_("Notes"))


@record(Noun(table="strategy", one=N_("strategy"), many=N_("strategies"), searched=("name",)))
class Strategy(Record):
    """A way towards an objective."""

    objective_id: int = link(N_("Objective"), "objective", on_delete=OnDelete.CASCADE, required=True)
    name: str = line(N_("Strategy"), required=True)


@record(
    Noun(
        table="plan_action",
        one=N_("action"),
        many=N_("actions"),
        searched=("name", "lesson"),
        checks=("achieved IS NULL OR done_on IS NOT NULL",),
    )
)
class PlanAction(Record):
    """Something that one of us does until a day; it may serve a strategy, or stand for itself."""

    account_id: int = link(N_("Account"), "account", on_delete=OnDelete.CASCADE, required=True)
    opportunity_id: int | None = link(N_("Opportunity"), "opportunity")
    strategy_id: int | None = link(N_("Strategy"), "strategy")
    name: str = line(N_("Action"), required=True)
    owner_id: int | None = link(N_("Owner"), "actor", N_("Who of ours does it."))
    due_on: dt.date | None = date(N_("Due"))
    done_on: dt.date | None = date(N_("Done on"), N_("Empty while it is open."))
    achieved: words.Achieved | None = choice(N_("Achieved"), words.Achieved, blank=N_("open"))
    lesson: str = text(N_("Lesson"), N_("What to do again, or differently."))
    gate: str = line(N_("Gate"), N_("What is missing for the next level that it works on."), longest=60, hidden=True)
    number_ahead: int | None = number_ahead()
