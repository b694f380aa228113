"""The list of criteria of the portfolio matrix, with their shares of the axis and how many accounts are graded."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

_GRADES: Final = "portfolio_grade g WHERE g.criterion_id = t.id"
_WHOLE: Final = "(SELECT sum(o.weight) FROM portfolio_criterion o WHERE o.axis = t.axis)"

VIEW: Final = View(
    table="portfolio_criterion",
    order="axis",
    tie="t.position, t.id",
    searched=(f"EXISTS (SELECT 1 FROM {_GRADES} AND g.account_id IN ({{account}}))",),
    columns=(
        Column(key="name", label=N_("Criterion"), sql="t.name", order="t.name_key", width=22),
        Column(key="axis", label=N_("Axis"), sql="t.axis", shape=Shape.WORD, words=words.Axis, width=14),
        Column(key="weight", label=N_("Weight"), sql="t.weight", shape=Shape.NUMBER, width=6, decimals=1),
        Column(
            key="share",
            label=N_("Share"),
            sql=f"t.weight / nullif({_WHOLE}, 0)",
            shape=Shape.SHARE,
            width=6,
            priority=1,
        ),
        Column(
            key="computed",
            label=N_("Computed from"),
            sql="t.computed",
            shape=Shape.WORD,
            words=words.Figure,
            width=24,
            priority=2,
        ),
        Column(key="full", label=N_("Full grade at"), sql='t."full"', shape=Shape.NUMBER, width=13, priority=3),
        Column(
            key="graded",
            label=N_("By hand"),
            sql=f"(SELECT count(*) FROM {_GRADES} AND g.grade IS NOT NULL)",
            shape=Shape.NUMBER,
            width=7,
        ),
    ),
)
