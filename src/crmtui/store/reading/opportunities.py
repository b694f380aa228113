"""The list of opportunities."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

_STAGES: Final = " ".join(f"WHEN '{stage.value}' THEN {number}" for number, stage in enumerate(words.Stage))

VIEW: Final = View(
    table="opportunity",
    joins="""LEFT JOIN account a ON a.id = t.account_id LEFT JOIN actor o ON o.id = t.owner_id
        LEFT JOIN offering f ON f.id = t.offering_id""",
    order="close",
    tie="t.name_key, t.id",
    searched=("t.id IN ({opportunity})", "t.account_id IN ({account})", "t.offering_id IN ({offering})"),
    columns=(
        Column(key="name", label=N_("Opportunity"), sql="t.name", order="t.name_key", width=22),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(
            key="stage",
            label=N_("Stage"),
            sql="t.stage",
            shape=Shape.WORD,
            words=words.Stage,
            order=f"CASE t.stage {_STAGES} END",
            width=12,
        ),
        Column(key="value", label=N_("Value"), sql="t.value", currency="t.currency", shape=Shape.MONEY, width=9),
        Column(
            key="score",
            label=N_("Score"),
            sql="""(SELECT sum(w.grade * c.weight) / (4.0 * sum(c.weight)) FROM answer w
                JOIN criterion c ON c.id = w.criterion_id
                WHERE w.grade IS NOT NULL AND w.scorecard_id = (SELECT s.id FROM scorecard s
                    WHERE s.opportunity_id = t.id ORDER BY s.day DESC, s.id DESC LIMIT 1))""",
            shape=Shape.SHARE,
            width=6,
            priority=1,
        ),
        Column(
            key="close",
            label=N_("Close"),
            sql="coalesce(t.closed_on, t.expected_on)",
            order="t.stage IN ('won', 'lost'), coalesce(t.closed_on, t.expected_on)",
            shape=Shape.FUTURE,
            width=8,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", width=16, priority=2),
        Column(key="offering", label=N_("Offering"), sql="f.name", width=14, priority=3),
        Column(key="next", label=N_("Next step"), sql="t.next_step", width=18, priority=4),
        Column(key="opened", label=N_("Opened"), sql="t.opened_on", shape=Shape.PAST, listed=False),
        Column(
            key="budget", label=N_("Budget"), sql="t.budget", shape=Shape.WORD, words=words.BudgetRung, listed=False
        ),
        Column(key="reason", label=N_("Reason"), sql="t.reason", listed=False),
        Column(
            key="margin",
            label=N_("Margin"),
            sql="t.margin",
            currency="t.currency",
            shape=Shape.MONEY,
            listed=False,
        ),
    ),
)
