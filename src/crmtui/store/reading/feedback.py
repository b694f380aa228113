"""The list of what customers said of us, 0 to 10 and in words."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.domain.delivery import DETRACTS, PROMOTES
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="satisfaction",
    joins="""JOIN account a ON a.id = t.account_id LEFT JOIN person n ON n.id = t.person_id
        LEFT JOIN project j ON j.id = t.project_id LEFT JOIN actor o ON o.id = t.actor_id""",
    order="-day",
    tie="t.id DESC",
    searched=("t.id IN ({satisfaction})", "t.account_id IN ({account})", "t.person_id IN ({person})"),
    columns=(
        Column(key="day", label=N_("Day"), sql="t.day", shape=Shape.PAST, width=9),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(key="score", label=N_("Of 10"), sql="t.score", shape=Shape.NUMBER, width=6),
        Column(
            key="class",
            label=N_("Class"),
            sql=f"""CASE WHEN t.score >= {PROMOTES} THEN 'promoter' WHEN t.score <= {DETRACTS} THEN 'detractor'
                WHEN t.score IS NOT NULL THEN 'passive' END""",
            shape=Shape.WORD,
            words=words.Loyalty,
            width=10,
        ),
        Column(key="comment", label=N_("In words"), sql="t.comment", width=30, priority=2),
        Column(key="person", label=N_("Said by"), sql="n.name", order="n.name_key", width=16, priority=1),
        Column(key="owner", label=N_("Asked by"), sql="o.name", width=14, priority=4),
        Column(key="project", label=N_("Project"), sql="j.name", order="j.name_key", width=16, priority=3),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)
