"""The list of competitors."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="competitor",
    order="name",
    searched=("t.id IN ({competitor})",),
    columns=(
        Column(key="name", label=N_("Competitor"), sql="t.name", order="t.name_key", width=24),
        Column(
            key="accounts",
            label=N_("Accounts"),
            sql="(SELECT count(*) FROM competitor_position p WHERE p.competitor_id = t.id)",
            shape=Shape.NUMBER,
            width=9,
        ),
        Column(
            key="lost",
            label=N_("Lost to it"),
            sql="(SELECT count(*) FROM opportunity p WHERE p.lost_to_id = t.id)",
            shape=Shape.NUMBER,
            width=11,
        ),
        Column(key="website", label=N_("Website"), sql="t.website", width=24, priority=1),
    ),
)
