"""The rows behind the portfolio matrix: grades by hand, and where accounts stood before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Known(NamedTuple):
    """What the matrix takes of an account beside its territory.

    Attributes:
        revenue: its own yearly revenue, minor units of the currency asked for; None when unknown or in another.
        employees: None when unknown.
        open_value: of its open opportunities in that currency, minor units; None of none.
    """

    account_id: int
    revenue: int | None
    employees: int | None
    open_value: int | None


def known(connection: sqlite3.Connection, currency: str) -> dict[int, Known]:
    """What is known of every account, by its key."""
    rows = connection.execute(
        """SELECT a.id, CASE WHEN a.currency = :currency THEN a.revenue END, a.employees, p.value
        FROM account a LEFT JOIN (SELECT account_id, sum(value) AS value FROM opportunity
            WHERE stage NOT IN ('won', 'lost') AND currency = :currency GROUP BY account_id) p
            ON p.account_id = a.id""",
        {"currency": currency},
    )
    return {row[0]: Known(*row) for row in rows}


def grades(connection: sqlite3.Connection) -> dict[int, dict[int, int]]:
    """The grades given by hand: by account, then by criterion; without unknown ones."""
    found: dict[int, dict[int, int]] = {}
    for account_id, criterion_id, grade in connection.execute(
        "SELECT account_id, criterion_id, grade FROM portfolio_grade WHERE grade IS NOT NULL"
    ):
        found.setdefault(account_id, {})[criterion_id] = grade
    return found


def spots(connection: sqlite3.Connection, before: str) -> tuple[str, dict[int, tuple[float | None, float | None]]]:
    """The newest day before another on which places were kept, and the places; '' and none where there is none."""
    (day,) = connection.execute("SELECT max(day) FROM portfolio_position WHERE day < ?", (before,)).fetchone()
    rows = connection.execute(
        "SELECT account_id, attractiveness, strength FROM portfolio_position WHERE day = ?", (day,)
    )
    return day or "", {row[0]: (row[1], row[2]) for row in rows}
