"""The list of scorecard templates, every version a row."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="scorecard_template",
    order="name",
    tie="t.version DESC",
    searched=("t.name LIKE '%'",),
    columns=(
        Column(key="name", label=N_("Template"), sql="t.name", width=20),
        Column(key="version", label=N_("Version"), sql="t.version", shape=Shape.NUMBER, width=7),
        Column(
            key="current",
            label=N_("New cards"),
            sql="CASE WHEN t.is_current THEN '*' ELSE '' END",
            width=9,
        ),
        Column(
            key="criteria",
            label=N_("Criteria"),
            sql="(SELECT count(*) FROM criterion c WHERE c.template_id = t.id)",
            shape=Shape.NUMBER,
            width=8,
        ),
        Column(
            key="scorecards",
            label=N_("Scorecards"),
            sql="(SELECT count(*) FROM scorecard s WHERE s.template_id = t.id)",
            shape=Shape.NUMBER,
            width=10,
            priority=1,
        ),
        Column(key="description", label=N_("Description"), sql="t.description", width=40, priority=2),
    ),
)
