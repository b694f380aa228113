"""The list of areas, where accounts share a trip."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="area",
    order="name",
    searched=("EXISTS (SELECT 1 FROM account a WHERE a.area_id = t.id AND a.id IN ({account}))",),
    columns=(
        Column(key="name", label=N_("Area"), sql="t.name", order="t.name_key", width=24),
        Column(key="trip", label=N_("Hours a trip"), sql="t.trip_hours", shape=Shape.NUMBER, width=12),
        Column(
            key="accounts",
            label=N_("Accounts"),
            sql="(SELECT count(*) FROM account a WHERE a.area_id = t.id)",
            shape=Shape.NUMBER,
            width=8,
        ),
    ),
)
