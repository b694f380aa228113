"""The list of accounts."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

_OPEN: Final = "p.account_id = t.id AND p.stage NOT IN ('won', 'lost')"

VIEW: Final = View(
    table="account",
    joins="LEFT JOIN actor o ON o.id = t.owner_id",
    order="name",
    searched=("t.id IN ({account})",),
    columns=(
        Column(key="name", label=N_("Account"), sql="t.name", order="t.name_key", width=24),
        Column(
            key="level",
            label=N_("Level"),
            sql="t.level",
            shape=Shape.LEVEL,
            words=words.Level,
            order="CASE t.level WHEN 'prospect' THEN 0 WHEN 'buyer' THEN 1 WHEN 'account' THEN 2 ELSE 3 END",
            width=7,
        ),
        Column(key="posture", label=N_("Posture"), sql="t.posture", shape=Shape.WORD, words=words.Posture, priority=4),
        Column(key="owner", label=N_("Owner"), sql="o.name", width=16, priority=5),
        Column(key="industry", label=N_("Industry"), sql="t.industry", width=14, priority=6),
        Column(
            key="met",
            label=N_("Met"),
            sql="""(SELECT avg(EXISTS (SELECT 1 FROM contact_person cp JOIN contact c ON c.id = cp.contact_id
                    WHERE cp.person_id = s.person_id AND c.status = 'done' AND c.day >= date(:today, '-90 days')))
                FROM dmu_map m JOIN stakeholder s ON s.map_id = m.id WHERE m.account_id = t.id)""",
            shape=Shape.SHARE,
            width=5,
            priority=3,
        ),
        Column(
            key="open",
            label=N_("Open"),
            sql=f"(SELECT count(*) FROM opportunity p WHERE {_OPEN})",
            shape=Shape.NUMBER,
            width=5,
            priority=2,
        ),
        Column(
            key="pipeline",
            label=N_("Pipeline"),
            sql=f"(SELECT sum(p.value) FROM opportunity p WHERE {_OPEN})",
            currency=f"""(SELECT CASE WHEN min(p.currency) = max(p.currency) THEN min(p.currency) END
                FROM opportunity p WHERE {_OPEN} AND p.value IS NOT NULL)""",
            shape=Shape.MONEY,
            width=9,
            priority=1,
        ),
        Column(
            key="last",
            label=N_("Last"),
            sql="(SELECT max(c.day) FROM contact c WHERE c.account_id = t.id AND c.status = 'done')",
            shape=Shape.PAST,
            width=7,
        ),
        Column(
            key="next",
            label=N_("Next"),
            sql="""(SELECT min(c.day) FROM contact c WHERE c.account_id = t.id
                AND c.status IN ('planned', 'moved') AND c.day >= :today)""",
            shape=Shape.FUTURE,
            width=7,
        ),
        Column(
            key="won",
            label=N_("Won"),
            sql="(SELECT sum(p.value) FROM opportunity p WHERE p.account_id = t.id AND p.stage = 'won')",
            currency="""(SELECT CASE WHEN min(p.currency) = max(p.currency) THEN min(p.currency) END
                FROM opportunity p WHERE p.account_id = t.id AND p.stage = 'won' AND p.value IS NOT NULL)""",
            shape=Shape.MONEY,
            width=9,
            priority=1,
        ),
        Column(
            key="status",
            label=N_("Status"),
            sql="t.status",
            shape=Shape.WORD,
            words=words.AccountStatus,
            listed=False,
        ),
        Column(
            key="segment", label=N_("Segment"), sql="t.segment", shape=Shape.WORD, words=words.Segment, listed=False
        ),
        Column(key="city", label=N_("City"), sql="t.city", listed=False),
        Column(key="country", label=N_("Country"), sql="t.country", listed=False),
        Column(
            key="tag",
            label=N_("Tag"),
            sql="(SELECT group_concat(g.name, ' ') FROM tag g WHERE g.account_id = t.id)",
            listed=False,
        ),
        Column(key="employees", label=N_("Employees"), sql="t.employees", shape=Shape.NUMBER, listed=False),
    ),
)
