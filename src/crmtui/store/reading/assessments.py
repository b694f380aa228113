"""The list of dated assessments, and the rows behind the level of a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain import words
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.store.reading import records
from crmtui.store.reading.at_once import columns
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_INDICATORS: Final = {one.value: one for one in words.Indicator}
_BASES: Final = {one.value: one for one in words.Basis}
_HELD: Final = "coalesce(t.override_level, t.level)"
_RATED: Final = "FROM assessment_rating r WHERE r.assessment_id = t.id AND r.grade IS NOT NULL"

VIEW: Final = View(
    table="assessment",
    joins="JOIN account a ON a.id = t.account_id LEFT JOIN actor o ON o.id = a.owner_id",
    order="-day",
    tie="t.id DESC",
    searched=("t.account_id IN ({account})",),
    columns=(
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=22),
        Column(key="day", label=N_("Assessed on"), sql="t.day", shape=Shape.PAST, width=11),
        Column(
            key="level",
            label=N_("Level"),
            sql=_HELD,
            shape=Shape.LEVEL,
            words=words.Level,
            order=f"CASE {_HELD} WHEN 'prospect' THEN 0 WHEN 'buyer' THEN 1 WHEN 'account' THEN 2 ELSE 3 END",
            width=7,
        ),
        Column(
            key="computed",
            label=N_("By the gates"),
            sql="t.level",
            shape=Shape.WORD,
            words=words.Level,
            width=12,
            priority=3,
        ),
        Column(
            key="target", label=N_("Target"), sql="t.target_level", shape=Shape.WORD, words=words.Level, width=9
        ),
        Column(key="rated", label=N_("Rated"), sql=f"(SELECT count(*) / 20.0 {_RATED})", shape=Shape.SHARE, width=6),
        Column(
            key="mean", label=N_("Mean rating"), sql=f"(SELECT avg(r.grade) / 4 {_RATED})", shape=Shape.SHARE, width=6,
            priority=4,
        ),
        Column(
            key="willing", label=N_("Willing"), sql="t.willingness", shape=Shape.NUMBER, width=7, priority=2
        ),
        Column(key="benefit", label=N_("Benefit to the customer"), sql="t.benefit", width=24, priority=5),
        Column(key="notes", label=N_("Notes"), sql="t.notes", width=20, priority=6),
        Column(key="reason", label=N_("Set by hand because"), sql="t.override_reason", listed=False),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
    ),
)  # fmt: skip


class Grade(NamedTuple):
    """A rating, and how sure it is."""

    grade: int | None
    basis: words.Basis


def of_account(connection: sqlite3.Connection, account_id: int) -> list[Assessment]:
    """All assessments of an account, the newest first."""
    return list(records.where(connection, Assessment, "account_id = ?", (account_id,), "day DESC, id DESC"))


def on_or_before(connection: sqlite3.Connection, account_id: int, day: str) -> Assessment | None:
    """The newest assessment of an account up to a day (ISO); None where there is none."""
    found = records.where(
        connection, Assessment, "account_id = ? AND day <= ?", (account_id, day), "day DESC, id DESC LIMIT 1"
    )
    return next(found, None)


def latest(connection: sqlite3.Connection, account_ids: Sequence[int] | None = None) -> dict[int, Assessment]:
    """The newest assessment by account, of those that have any; of all accounts where none are named."""
    condition = f"""NOT EXISTS (SELECT 1 FROM assessment n WHERE n.account_id = assessment.account_id
        AND (n.day, n.id) > (assessment.day, assessment.id)) AND {_among("account_id", account_ids)}"""
    return {one.account_id: one for one in records.where(connection, Assessment, condition)}


def ratings(
    connection: sqlite3.Connection, assessment_ids: Sequence[int]
) -> dict[int, dict[words.Indicator, AssessmentRating]]:
    """The ratings of some assessments: by assessment, then by indicator."""
    found: dict[int, dict[words.Indicator, AssessmentRating]] = {}
    for one in records.where(connection, AssessmentRating, _among("assessment_id", assessment_ids)):
        found.setdefault(one.assessment_id, {})[one.indicator] = one
    return found


def grades(connection: sqlite3.Connection, assessment_ids: Sequence[int]) -> dict[int, dict[words.Indicator, Grade]]:
    """The ratings of some assessments without their evidence, for many accounts at once."""
    rows = connection.execute(
        f"""SELECT assessment_id, indicator, grade, basis FROM assessment_rating
        WHERE {_among("assessment_id", assessment_ids)}"""
    )
    found: dict[int, dict[words.Indicator, Grade]] = {}
    for assessment_id, indicator, grade, basis in rows:
        found.setdefault(assessment_id, {})[_INDICATORS[indicator]] = Grade(grade, _BASES[basis])
    return found


def sums(
    connection: sqlite3.Connection, groups: Sequence[Sequence[words.Indicator]], until: str | None = None
) -> dict[int, list[tuple[int, int]]]:
    """The known ratings of the newest assessment of each account, by group: what they add up to, how many they are.

    Of a day that is over, `until` (ISO), by the assessments up to then, and only of accounts that were assessed later
    as well: the others are as they are now.

    SQLite adds all up in one figure, in which each group has ten digits of its own: five for how many, five for the
    sum.
    """
    places = " ".join(f"WHEN '{one}' THEN {1 << 10 * at}" for at, group in enumerate(groups) for one in group)
    newest = f"""(SELECT a.account_id, coalesce(sum((32 + r.grade) * CASE r.indicator {places} END), 0) AS figure
        FROM (SELECT account_id, id, max(day) FROM assessment WHERE {_of_then(until)} GROUP BY account_id) a
        LEFT JOIN assessment_rating r ON r.assessment_id = a.id GROUP BY a.id)"""
    found = zip(*columns(connection, ("account_id", "figure"), newest, {"until": until}), strict=True)
    shifts = [10 * at for at in range(len(groups))]
    return {account_id: [(one >> at & 31, one >> at + 5 & 31) for at in shifts] for account_id, one in found}


def assessed_after(connection: sqlite3.Connection, until: str) -> set[int]:
    """The accounts that were assessed after a day (ISO)."""
    return {row[0] for row in connection.execute(f"SELECT account_id FROM ({_AFTER})", {"until": until})}


_AFTER: Final = "SELECT DISTINCT account_id FROM assessment WHERE day > :until"


def _of_then(until: str | None) -> str:
    """What is asked of an assessment where only those up to a day count, of accounts that were assessed after it."""
    return "1" if until is None else f"day <= :until AND account_id IN ({_AFTER})"


def levels(connection: sqlite3.Connection, until: str) -> dict[int, str]:
    """The word of the level of each account by its newest assessment up to a day (ISO); without those of none."""
    rows = connection.execute(
        """SELECT account_id, coalesce(override_level, level) FROM assessment WHERE day <= ? AND level IS NOT NULL
        ORDER BY day, id""",
        (until,),
    )
    return dict(rows.fetchall())


def orders(connection: sqlite3.Connection, until: str, account_ids: Sequence[int] | None = None) -> dict[int, int]:
    """How many orders each account gave up to a day (ISO); accounts without are left out.

    What was won counts as an order where none was written down for it; cancelled orders do not.
    """
    return dict(
        connection.execute(
            f"""SELECT account_id, count(*) FROM (
                SELECT account_id FROM sales_order WHERE status <> 'cancelled' AND day <= :until
                UNION ALL SELECT p.account_id FROM opportunity p WHERE p.stage = 'won'
                    AND coalesce(p.closed_on, :until) <= :until
                    AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.opportunity_id = p.id))
            WHERE {_among("account_id", account_ids)} GROUP BY account_id""",
            {"until": until},
        ).fetchall()
    )


def seats(
    connection: sqlite3.Connection, account_ids: Sequence[int] | None = None
) -> list[tuple[int, int, str, str | None, str, str]]:
    """Everybody on the accounts' own maps: account, stakeholder, name, rank, position on the map, title."""
    return connection.execute(
        f"""SELECT m.account_id, s.id, coalesce(p.name, s.position), s.rank, s.position, coalesce(p.title, '')
        FROM dmu_map m JOIN stakeholder s ON s.map_id = m.id LEFT JOIN person p ON p.id = s.person_id
        WHERE m.account_id IS NOT NULL AND {_among("m.account_id", account_ids)} ORDER BY s.id"""
    ).fetchall()


def accounts(connection: sqlite3.Connection) -> list[int]:
    """The keys of all accounts."""
    return [row[0] for row in connection.execute("SELECT id FROM account ORDER BY id")]


def willingness(connection: sqlite3.Connection, account_ids: Sequence[int] | None = None) -> dict[int, int | None]:
    """How much each assessed account wants to be managed, 0 to 4, by its newest assessment; None when unknown."""
    return {account_id: one.willingness for account_id, one in latest(connection, account_ids).items()}


def planned(connection: sqlite3.Connection, account_id: int) -> list[tuple[str, int, str, bool]]:
    """The actions that work on a gate of an account: (gate, key, name, whether it is done), the open ones first."""
    rows = connection.execute(
        """SELECT gate, id, name, done_on IS NOT NULL FROM plan_action WHERE account_id = ? AND gate <> ''
        ORDER BY done_on IS NOT NULL, id""",
        (account_id,),
    )
    return [(gate, key, name, bool(is_done)) for gate, key, name, is_done in rows]


def _among(column: str, keys: Sequence[int] | None) -> str:
    """The condition that a column holds one of some keys; true where none are named."""
    return "1" if keys is None else f"{column} IN ({', '.join(str(int(key)) for key in keys)})"
