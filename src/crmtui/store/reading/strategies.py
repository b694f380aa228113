"""The list of strategies."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, NP_

VIEW: Final = View(
    table="strategy",
    joins="""JOIN objective b ON b.id = t.objective_id JOIN account a ON a.id = b.account_id
        LEFT JOIN actor o ON o.id = a.owner_id""",
    order="account",
    searched=("t.id IN ({strategy})", "t.objective_id IN ({objective})", "b.account_id IN ({account})"),
    columns=(
        Column(key="name", label=N_("Strategy"), sql="t.name", order="t.name_key", width=28),
        Column(key="objective", label=N_("Objective"), sql="b.name", order="b.name_key", width=24),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(
            key="open",
            label=N_("Open actions"),
            sql="(SELECT count(*) FROM plan_action x WHERE x.strategy_id = t.id AND x.done_on IS NULL)",
            shape=Shape.NUMBER,
            width=6,
            priority=1,
        ),
        Column(
            key="done",
            label=NP_("column", "Done"),
            sql="(SELECT count(*) FROM plan_action x WHERE x.strategy_id = t.id AND x.done_on IS NOT NULL)",
            shape=Shape.NUMBER,
            width=4,
            priority=2,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
        Column(key="account_id", label=N_("Account"), sql="b.account_id", shape=Shape.NUMBER, listed=False),
    ),
)
