"""The rows behind the portfolio matrix: grades by hand, and where accounts stood before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain.words import Basis

if TYPE_CHECKING:
    import sqlite3


_BASES: Final = {basis.value: basis for basis in Basis}


class Known(NamedTuple):
    """What the matrix takes of an account beside its territory.

    Attributes:
        revenue: its own yearly revenue, minor units of the currency asked for; None when unknown or in another.
        employees: None when unknown.
    """

    account_id: int
    revenue: int | None
    employees: int | None


def known(connection: sqlite3.Connection, currency: str) -> dict[int, Known]:
    """What is known of every account, by its key."""
    rows = connection.execute("SELECT id, CASE WHEN currency = ? THEN revenue END, employees FROM account", (currency,))
    return {row[0]: Known(*row) for row in rows}


def open_values(connection: sqlite3.Connection, currency: str) -> list[tuple[int, int, int]]:
    """The open opportunities with a value in that currency: account, opportunity, minor units."""
    return connection.execute(
        """SELECT account_id, id, value FROM opportunity
        WHERE stage NOT IN ('won', 'lost') AND currency = ? AND value IS NOT NULL AND account_id IS NOT NULL""",
        (currency,),
    ).fetchall()


def open_then(connection: sqlite3.Connection, currency: str, day: str) -> list[tuple[int, float | None, int]]:
    """Those that were open at the end of a day: account, P(win) as it was given until then if it was, minor units."""
    return connection.execute(
        """SELECT p.account_id, (SELECT s.probability FROM scorecard s WHERE s.opportunity_id = p.id AND s.day <= :day
            ORDER BY s.day DESC, s.id DESC LIMIT 1), p.value
        FROM opportunity p WHERE (p.stage NOT IN ('won', 'lost') OR p.closed_on > :day)
            AND coalesce(p.opened_on, '') <= :day
            AND p.currency = :currency AND p.value IS NOT NULL AND p.account_id IS NOT NULL""",
        {"currency": currency, "day": day},
    ).fetchall()


class Graded(NamedTuple):
    """A grade that was given by hand.

    Attributes:
        grade: 0 to 4; None for unknown.
        evidence: what it rests on.
        basis: whether it is assumed or confirmed.
        judged_on: the day; None when not said.
        source: who says so; '' for nobody.
    """

    grade: int | None
    evidence: str
    basis: Basis
    judged_on: dt.date | None
    source: str


_GRADE: Final = "account_id, criterion_id, grade, evidence, basis, judged_on, source"
# What stood on a day: of each grade the newest that had been judged by then; an earlier one is in the journal.
_THEN: Final = f"""SELECT {_GRADE} FROM (
        SELECT *, row_number() OVER (PARTITION BY account_id, criterion_id ORDER BY age DESC) AS rank FROM (
            SELECT {_GRADE}, 9223372036854775807 AS age FROM portfolio_grade
            UNION ALL SELECT {_GRADE}, change_id FROM past_portfolio_grade)
        WHERE judged_on IS NULL OR judged_on <= :until)
    WHERE rank = 1"""


def grades(connection: sqlite3.Connection, until: str | None = None) -> dict[int, dict[int, Graded]]:
    """The grades given by hand: by account, then by criterion; as they stood on a day, if given."""
    found: dict[int, dict[int, Graded]] = {}
    select = _THEN if until else f"SELECT {_GRADE} FROM portfolio_grade"
    rows = connection.execute(select, {"until": until} if until else {})
    for account_id, criterion_id, grade, evidence, basis, day, source in rows:
        judged_on = dt.date.fromisoformat(day) if day else None
        found.setdefault(account_id, {})[criterion_id] = Graded(grade, evidence, _BASES[basis], judged_on, source)
    return found


def potentials_then(connection: sqlite3.Connection, until: str) -> dict[int, tuple[int, str]]:
    """The potential, and its currency, that accounts were judged to have by a day, where it was judged anew later."""
    rows = connection.execute(
        """SELECT id, potential, currency, max(change_id) FROM past_account
        WHERE potential IS NOT NULL AND (potential_on IS NULL OR potential_on <= :until)
            AND id IN (SELECT id FROM account WHERE potential_on > :until)
        GROUP BY id""",
        {"until": until},
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def next_position(connection: sqlite3.Connection, axis: str) -> int:
    """The place after the last criterion of an axis."""
    select = "SELECT coalesce(max(position), 0) + 1 FROM portfolio_criterion WHERE axis = ?"
    return int(connection.execute(select, (axis,)).fetchone()[0])


def weightless(connection: sqlite3.Connection) -> list[str]:
    """The axes that have criteria of which none has a weight."""
    select = "SELECT axis FROM portfolio_criterion GROUP BY axis HAVING sum(weight) = 0"
    return [row[0] for row in connection.execute(select)]


def spots(connection: sqlite3.Connection, before: str) -> tuple[str, dict[int, tuple[float | None, float | None]]]:
    """The newest day before another on which places were kept, and the places; '' and none where there is none."""
    (day,) = connection.execute("SELECT max(day) FROM portfolio_position WHERE day < ?", (before,)).fetchone()
    rows = connection.execute(
        "SELECT account_id, attractiveness, strength FROM portfolio_position WHERE day = ?", (day,)
    )
    return day or "", {row[0]: (row[1], row[2]) for row in rows}
