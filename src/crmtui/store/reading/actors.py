"""The list of our own people."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, NP_

VIEW: Final = View(
    table="actor",
    joins="LEFT JOIN actor m ON m.id = t.manager_id",
    order="name",
    searched=("t.id IN ({actor})",),
    columns=(
        Column(key="name", label=N_("Name"), sql="t.name", order="t.name_key", width=24),
        Column(key="title", label=N_("Title"), sql="t.title", width=18, priority=2),
        Column(key="region", label=N_("Region"), sql="t.region", width=12),
        Column(key="manager", label=N_("Manager"), sql="m.name", width=20),
        Column(
            key="accounts",
            label=N_("Accounts"),
            sql="(SELECT count(*) FROM account a WHERE a.owner_id = t.id)",
            shape=Shape.NUMBER,
            width=9,
        ),
        Column(
            key="open",
            label=NP_("column", "Open"),
            sql="(SELECT count(*) FROM opportunity p WHERE p.owner_id = t.id AND p.stage NOT IN ('won', 'lost'))",
            shape=Shape.NUMBER,
            width=6,
        ),
        Column(key="email", label=N_("E-mail"), sql="t.email", width=24, priority=3),
    ),
)
