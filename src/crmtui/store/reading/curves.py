"""The list of response curves: what was said of how accounts answer to effort."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="response_curve",
    joins="JOIN account a ON a.id = t.account_id",
    order="account",
    searched=("t.account_id IN ({account})",),
    columns=(
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=22),
        Column(
            key="sales", label=N_("Sales a year"), sql="t.sales", currency="t.currency", shape=Shape.MONEY, width=12
        ),
        Column(key="hours", label=N_("Hours today"), sql="t.hours", shape=Shape.NUMBER, width=11),
        Column(key="none", label=N_("None"), sql='t."none"', shape=Shape.NUMBER, width=6, priority=1),
        Column(key="half", label=N_("Half"), sql="t.half", shape=Shape.NUMBER, width=6, priority=1),
        Column(key="more", label=N_("Half as much again"), sql="t.more", shape=Shape.NUMBER, width=6, priority=1),
        Column(key="most", label=N_("Saturation"), sql="t.most", shape=Shape.NUMBER, width=6, priority=1),
        Column(key="fixed", label=N_("Fixed at"), sql="t.pinned_hours", shape=Shape.NUMBER, width=8),
        Column(
            key="basis", label=N_("Judgement is"), sql="t.basis", shape=Shape.WORD, words=words.Basis, width=10,
            priority=2,
        ),
        Column(key="judged", label=N_("Judged on"), sql="t.judged_on", shape=Shape.PAST, width=11, priority=2),
    ),
)  # fmt: skip
