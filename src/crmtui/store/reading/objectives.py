"""The list of objectives."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

_ACTIONS: Final = """FROM plan_action x JOIN strategy s ON s.id = x.strategy_id
    WHERE s.objective_id = t.id AND x.done_on IS NULL"""

VIEW: Final = View(
    table="objective",
    joins="""JOIN account a ON a.id = t.account_id LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN actor o ON o.id = a.owner_id""",
    order="due",
    searched=("t.id IN ({objective})", "t.account_id IN ({account})", "t.opportunity_id IN ({opportunity})"),
    columns=(
        Column(key="name", label=N_("Objective"), sql="t.name", order="t.name_key", width=28),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", width=14, priority=4),
        Column(
            key="due",
            label=N_("Due"),
            sql="t.due_on",
            order="t.achieved IS NOT NULL, t.due_on",
            shape=Shape.FUTURE,
            width=11,
        ),
        Column(
            key="strategies",
            label=N_("Strategies"),
            sql="(SELECT count(*) FROM strategy s WHERE s.objective_id = t.id)",
            shape=Shape.NUMBER,
            width=5,
            priority=5,
        ),
        Column(
            key="open",
            label=N_("Open actions"),
            sql=f"(SELECT count(*) {_ACTIONS})",
            shape=Shape.NUMBER,
            width=6,
            priority=2,
        ),
        Column(
            key="late",
            label=N_("Late"),
            sql=f"(SELECT count(*) {_ACTIONS} AND x.due_on < :today)",
            shape=Shape.NUMBER,
            width=4,
            priority=3,
        ),
        Column(
            key="achieved",
            label=N_("Achieved"),
            sql="t.achieved",
            shape=Shape.WORD,
            words=words.Achieved,
            width=9,
            priority=1,
        ),
        Column(key="lesson", label=N_("Lesson"), sql="t.lesson", listed=False),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)
