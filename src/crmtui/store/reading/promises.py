"""The list of promises."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="promise",
    joins="""JOIN account a ON a.id = t.account_id LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN project j ON j.id = t.project_id LEFT JOIN person n ON n.id = t.person_id
        LEFT JOIN actor o ON o.id = t.actor_id""",
    order="due",
    searched=(
        "t.id IN ({promise})",
        "t.account_id IN ({account})",
        "t.opportunity_id IN ({opportunity})",
        "t.project_id IN ({project})",
        "t.person_id IN ({person})",
    ),
    columns=(
        Column(key="name", label=N_("Promise"), sql="t.name", order="t.name_key", width=28),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(
            key="due",
            label=N_("Due"),
            sql="t.due_on",
            order="t.kept IS NOT NULL, t.due_on",
            shape=Shape.FUTURE,
            width=9,
        ),
        Column(
            key="fate",
            label=N_("How it stands"),
            sql="coalesce(t.kept, CASE WHEN t.due_on < :today THEN 'overdue' ELSE 'open' END)",
            shape=Shape.WORD,
            words=words.Fate,
            width=13,
        ),
        Column(key="to", label=N_("Promised to"), sql="n.name", order="n.name_key", width=16, priority=2),
        Column(key="owner", label=N_("Promised by"), sql="o.name", width=14, priority=3),
        Column(key="project", label=N_("Project"), sql="j.name", order="j.name_key", width=16, priority=4),
        Column(key="made", label=N_("Promised on"), sql="t.made_on", shape=Shape.PAST, width=11, priority=5),
        Column(key="decided", label=N_("Decided on"), sql="t.ended_on", shape=Shape.PAST, listed=False),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", listed=False),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)
