"""The list of what customers asked for."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.domain.delivery import ANSWERED_WITHIN
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

# A request has a day of its own, or a usual one: that of `method.delivery.requests`.
DUE: Final = f"coalesce({{x}}.due_on, date({{x}}.received_on, '+{ANSWERED_WITHIN} days'))"
_DUE: Final = DUE.format(x="t")

VIEW: Final = View(
    table="customer_request",
    joins="""JOIN account a ON a.id = t.account_id LEFT JOIN person n ON n.id = t.person_id
        LEFT JOIN project j ON j.id = t.project_id LEFT JOIN actor o ON o.id = t.passed_to_id""",
    order="due",
    searched=(
        "t.id IN ({customer_request})",
        "t.account_id IN ({account})",
        "t.person_id IN ({person})",
        "t.project_id IN ({project})",
    ),
    columns=(
        Column(key="name", label=N_("Request"), sql="t.name", order="t.name_key", width=28),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(key="received", label=N_("Received on"), sql="t.received_on", shape=Shape.PAST, width=11, priority=3),
        Column(
            key="due",
            label=N_("Due"),
            sql=_DUE,
            order=f"t.answered_on IS NOT NULL, {_DUE}",
            shape=Shape.FUTURE,
            width=9,
        ),
        Column(
            key="pace",
            label=N_("How it stands"),
            sql=f"""CASE WHEN t.answered_on > {_DUE} THEN 'late' WHEN t.answered_on IS NOT NULL THEN 'in_time'
                WHEN {_DUE} < :today THEN 'overdue' ELSE 'open' END""",
            shape=Shape.WORD,
            words=words.Pace,
            width=16,
        ),
        Column(key="person", label=N_("Asked by"), sql="n.name", order="n.name_key", width=16, priority=2),
        Column(key="owner", label=N_("Passed to"), sql="o.name", width=14, priority=1),
        Column(key="answered", label=N_("Answered on"), sql="t.answered_on", shape=Shape.PAST, width=11, priority=4),
        Column(key="answer", label=N_("Answer"), sql="t.answer", width=20, priority=6),
        Column(key="project", label=N_("Project"), sql="j.name", order="j.name_key", width=16, priority=5),
        Column(key="passed", label=N_("Passed on"), sql="t.passed_on", shape=Shape.PAST, listed=False),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)
