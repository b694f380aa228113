"""The list of scenarios of the territory."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

_LINES: Final = "scenario_line l WHERE l.scenario_id = t.id"

VIEW: Final = View(
    table="territory_scenario",
    order="-starts",
    tie="t.id DESC",
    searched=(f"EXISTS (SELECT 1 FROM {_LINES} AND l.account_id IN ({{account}}))",),
    columns=(
        Column(key="name", label=N_("Scenario"), sql="t.name", order="t.name_key", width=24),
        Column(key="starts", label=N_("From"), sql="t.starts_on", shape=Shape.PAST, width=11),
        Column(key="ends", label=N_("Until"), sql="t.ends_on", shape=Shape.FUTURE, width=11),
        Column(key="capacity", label=N_("Hours there are"), sql="t.capacity", shape=Shape.NUMBER, width=15),
        Column(
            key="accounts",
            label=N_("Accounts"),
            sql=f"(SELECT count(*) FROM {_LINES})",
            shape=Shape.NUMBER,
            width=8,
        ),
        Column(key="accepted", label=N_("Accepted"), sql="t.is_accepted", shape=Shape.NUMBER, width=8),
    ),
)
