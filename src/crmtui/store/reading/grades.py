"""The list of grades that accounts were given by hand, for the portfolio matrix."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

VIEW: Final = View(
    table="portfolio_grade",
    joins="JOIN account a ON a.id = t.account_id JOIN portfolio_criterion c ON c.id = t.criterion_id",
    order="account",
    tie="c.axis, c.position, t.id",
    searched=("t.account_id IN ({account})",),
    columns=(
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=22),
        Column(key="criterion", label=N_("Criterion"), sql="c.name", order="c.name_key", width=22),
        Column(key="grade", label=N_("Grade"), sql="t.grade", shape=Shape.NUMBER, width=5),
        Column(
            key="basis", label=N_("Judgement is"), sql="t.basis", shape=Shape.WORD, words=words.Basis, width=10,
            priority=1,
        ),
        Column(key="source", label=N_("According to"), sql="t.source", width=16, priority=2),
        Column(key="judged", label=N_("Judged on"), sql="t.judged_on", shape=Shape.PAST, width=11, priority=2),
        Column(key="evidence", label=N_("Evidence"), sql="t.evidence", width=30, priority=3),
    ),
)  # fmt: skip
