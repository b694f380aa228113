"""The list of projects."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="project",
    joins="""JOIN account a ON a.id = t.account_id LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN actor o ON o.id = t.owner_id""",
    order="ends",
    searched=("t.id IN ({project})", "t.account_id IN ({account})", "t.opportunity_id IN ({opportunity})"),
    columns=(
        Column(key="name", label=N_("Project"), sql="t.name", order="t.name_key", width=24),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(
            key="status",
            label=N_("Status"),
            sql="t.status",
            shape=Shape.WORD,
            words=words.ProjectStatus,
            width=8,
            priority=2,
        ),
        Column(key="progress", label=N_("Progress"), sql="t.progress / 100.0", shape=Shape.SHARE, width=8),
        Column(
            key="cooperation", label=N_("Cooperation"), sql="t.cooperation", shape=Shape.NUMBER, width=11, priority=4
        ),
        Column(
            key="ends",
            label=N_("Until"),
            sql="t.ends_on",
            order="t.status IN ('done', 'stopped'), t.ends_on",
            shape=Shape.FUTURE,
            width=9,
        ),
        Column(key="ended", label=N_("Ended on"), sql="t.ended_on", shape=Shape.PAST, width=9, priority=4),
        Column(
            key="late",
            label=N_("Days late"),
            sql="iif(t.status = 'done', julianday(t.ended_on) - julianday(t.ends_on), NULL)",
            shape=Shape.NUMBER,
            listed=False,
        ),
        Column(
            key="open",
            label=N_("Promises open"),
            sql="(SELECT count(*) FROM promise m WHERE m.project_id = t.id AND m.kept IS NULL)",
            shape=Shape.NUMBER,
            width=13,
            priority=3,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", width=14, priority=5),
        Column(
            key="margin",
            label=N_("Margin"),
            sql="t.margin",
            currency="t.currency",
            shape=Shape.MONEY,
            width=9,
            priority=6,
        ),
        Column(key="starts", label=N_("From"), sql="t.starts_on", shape=Shape.PAST, listed=False),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", listed=False),
        Column(
            key="person",
            label=N_("Person"),
            sql="""(SELECT group_concat(n.name, ', ') FROM project_person j JOIN person n ON n.id = j.person_id
                WHERE j.project_id = t.id)""",
            listed=False,
        ),
        Column(
            key="missing",
            label=N_("Competences missing"),
            sql="(SELECT count(*) FROM competence k WHERE k.project_id = t.id AND k.grade < 2)",
            shape=Shape.NUMBER,
            listed=False,
        ),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)
