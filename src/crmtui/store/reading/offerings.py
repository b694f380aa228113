"""The list of offerings."""

from __future__ import annotations

from typing import Final

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, NP_

_ONE: Final = "CASE WHEN min(p.currency) = max(p.currency) THEN min(p.currency) END"

VIEW: Final = View(
    table="offering",
    order="name",
    searched=("t.id IN ({offering})",),
    columns=(
        Column(key="name", label=N_("Offering"), sql="t.name", order="t.name_key", width=26),
        Column(key="code", label=N_("Code"), sql="t.code", width=10, priority=2),
        Column(key="family", label=N_("Family"), sql="t.family", width=16),
        Column(key="price", label=N_("List price"), sql="t.price", currency="t.currency", shape=Shape.MONEY, width=10),
        Column(
            key="open",
            label=NP_("column", "Open"),
            sql="(SELECT count(*) FROM opportunity p WHERE p.offering_id = t.id AND p.stage NOT IN ('won', 'lost'))",
            shape=Shape.NUMBER,
            width=6,
        ),
        Column(
            key="won",
            label=NP_("column", "Won"),
            sql="(SELECT sum(p.value) FROM opportunity p WHERE p.offering_id = t.id AND p.stage = 'won')",
            currency=f"""(SELECT {_ONE} FROM opportunity p
                WHERE p.offering_id = t.id AND p.stage = 'won' AND p.value IS NOT NULL)""",
            amounts="""SELECT sum(p.value) AS minor, p.currency AS currency FROM opportunity p
                WHERE p.offering_id = t.id AND p.stage = 'won' GROUP BY p.currency""",
            shape=Shape.MONEY,
            width=10,
            priority=1,
        ),
    ),
)
