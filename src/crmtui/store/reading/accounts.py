"""The list of accounts, and the tags that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_, NP_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_MAP: Final = "(SELECT m.id FROM dmu_map m WHERE m.account_id = t.id)"
_OPEN: Final = "p.account_id = t.id AND p.stage NOT IN ('won', 'lost')"

VIEW: Final = View(
    table="account",
    joins="LEFT JOIN actor o ON o.id = t.owner_id",
    order="name",
    searched=("t.id IN ({account})",),
    reached=("t.id IN (SELECT p.account_id FROM person p WHERE p.id IN ({person}))",),
    called=(
        "(t.phone <> '' AND {digits}(t.phone))",
        """t.id IN (SELECT p.account_id FROM person_phone f JOIN person p ON p.id = f.person_id
            WHERE {digits}(f.number))""",
    ),
    columns=(
        Column(key="name", label=N_("Account"), sql="t.name", order="t.name_key", width=16),
        Column(
            key="level",
            label=NP_("column", "Level"),
            sql="t.level",
            shape=Shape.LEVEL,
            words=words.Level,
            order="CASE t.level WHEN 'prospect' THEN 0 WHEN 'buyer' THEN 1 WHEN 'account' THEN 2 ELSE 3 END",
            width=5,
        ),
        Column(
            key="posture",
            label=N_("Posture set by hand"),
            sql="t.posture",
            shape=Shape.WORD,
            words=words.Posture,
            width=19,
            priority=4,
        ),
        Column(
            key="favour",
            label=N_("Favour"),
            sql=f"map_favour({_MAP})",
            shape=Shape.NUMBER,
            decimals=2,
            signed=True,
            width=6,
            priority=1,
        ),
        Column(
            key="coverage",
            label=N_("Cover"),
            sql=f"map_coverage({_MAP})",
            shape=Shape.SHARE,
            width=5,
            priority=1,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", width=16, priority=5),
        Column(key="industry", label=N_("Industry"), sql="t.industry", width=14, priority=7),
        Column(
            key="met",
            label=N_("Met"),
            sql="""(SELECT avg(EXISTS (SELECT 1 FROM contact_person cp JOIN contact c ON c.id = cp.contact_id
                    WHERE cp.person_id = s.person_id AND c.status = 'done' AND c.day >= date(:today, '-90 days')))
                FROM dmu_map m JOIN stakeholder s ON s.map_id = m.id WHERE m.account_id = t.id)""",
            shape=Shape.SHARE,
            width=5,
            priority=6,
        ),
        Column(
            key="open",
            label=NP_("column", "Open"),
            sql=f"(SELECT count(*) FROM opportunity p WHERE {_OPEN})",
            shape=Shape.NUMBER,
            width=5,
            priority=3,
        ),
        Column(
            key="pipeline",
            label=N_("Pipeline"),
            sql=f"(SELECT sum(p.value) FROM opportunity p WHERE {_OPEN})",
            currency=f"""(SELECT CASE WHEN min(p.currency) = max(p.currency) THEN min(p.currency) END
                FROM opportunity p WHERE {_OPEN} AND p.value IS NOT NULL)""",
            amounts=f"""SELECT sum(p.value) AS minor, p.currency AS currency FROM opportunity p
                WHERE {_OPEN} GROUP BY p.currency""",
            shape=Shape.MONEY,
            width=9,
            priority=1,
        ),
        Column(
            key="last",
            label=N_("Last"),
            sql="(SELECT max(c.day) FROM contact c WHERE c.account_id = t.id AND c.status = 'done')",
            shape=Shape.PAST,
            width=8,
        ),
        Column(
            key="next",
            label=N_("Next"),
            sql="""(SELECT min(c.day) FROM contact c WHERE c.account_id = t.id
                AND c.status IN ('planned', 'moved') AND c.day >= :today)""",
            shape=Shape.FUTURE,
            width=8,
        ),
        Column(
            key="won",
            label=NP_("column", "Won"),
            sql="(SELECT sum(p.value) FROM opportunity p WHERE p.account_id = t.id AND p.stage = 'won')",
            currency="""(SELECT CASE WHEN min(p.currency) = max(p.currency) THEN min(p.currency) END
                FROM opportunity p WHERE p.account_id = t.id AND p.stage = 'won' AND p.value IS NOT NULL)""",
            amounts="""SELECT sum(p.value) AS minor, p.currency AS currency FROM opportunity p
                WHERE p.account_id = t.id AND p.stage = 'won' GROUP BY p.currency""",
            shape=Shape.MONEY,
            width=9,
            priority=2,
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
            key="segment",
            label=N_("Segment set by hand"),
            sql="t.segment",
            shape=Shape.WORD,
            words=words.Segment,
            listed=False,
        ),
        Column(key="city", label=N_("City"), sql="t.city", listed=False),
        Column(key="country", label=N_("Country"), sql="t.country", listed=False),
        Column(
            key="tag",
            label=N_("Tag"),
            sql="(SELECT group_concat(g.name, ' ') FROM tag g WHERE g.account_id = t.id)",
            listed=False,
        ),
        Column(
            key="value",
            label=N_("Value"),
            sql="account_value(t.id)",
            currency="(SELECT base_currency FROM workspace)",
            shape=Shape.MONEY,
            listed=False,
        ),
        Column(key="employees", label=N_("Employees"), sql="t.employees", shape=Shape.NUMBER, listed=False),
    ),
)


def known_tags(connection: sqlite3.Connection, account_ids: Sequence[int]) -> list[tuple[str, int, int]]:
    """All tags in use: (tag, how many accounts have it, how many of the given ones), most used first."""
    marks = ", ".join(str(int(account_id)) for account_id in account_ids)
    return connection.execute(
        f"""SELECT name, count(*), sum(account_id IN ({marks})) FROM tag
        GROUP BY name_key ORDER BY 2 DESC, name_key"""
    ).fetchall()
