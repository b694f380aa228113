"""The list of opportunities, their totals, and the rows behind a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.store.reading import filters
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.store.reading.scorecards import GRADE
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

_STAGES: Final = " ".join(f"WHEN '{stage.value}' THEN {number}" for number, stage in enumerate(words.Stage))

VIEW: Final = View(
    table="opportunity",
    joins="""LEFT JOIN account a ON a.id = t.account_id LEFT JOIN actor o ON o.id = t.owner_id
        LEFT JOIN offering f ON f.id = t.offering_id""",
    order="close",
    tie="t.name_key, t.id",
    searched=("t.id IN ({opportunity})", "t.account_id IN ({account})", "t.offering_id IN ({offering})"),
    columns=(
        Column(key="name", label=N_("Opportunity"), sql="t.name", order="t.name_key", width=17),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=14),
        Column(
            key="stage",
            label=N_("Stage"),
            sql="t.stage",
            shape=Shape.WORD,
            words=words.Stage,
            order=f"CASE t.stage {_STAGES} END",
            width=11,
        ),
        Column(key="value", label=N_("Value"), sql="t.value", currency="t.currency", shape=Shape.MONEY, width=9),
        Column(
            key="score",
            label=N_("Score"),
            sql=f"""CASE WHEN t.stage NOT IN ('won', 'lost') THEN score_now(t.id) ELSE (
                SELECT sum({GRADE} * c.weight) / (4.0 * sum(c.weight)) FROM answer w
                JOIN criterion c ON c.id = w.criterion_id
                WHERE {GRADE} IS NOT NULL AND w.scorecard_id = (SELECT s.id FROM scorecard s
                    WHERE s.opportunity_id = t.id ORDER BY s.day DESC, s.id DESC LIMIT 1)) END""",
            shape=Shape.SHARE,
            width=6,
            priority=4,
        ),
        Column(key="win", label=N_("P(win)"), sql="p_win(t.id)", shape=Shape.SHARE, width=6),
        Column(
            key="ev",
            label=N_("EV"),
            sql="CAST(round(t.margin * p_win(t.id)) AS INTEGER) - coalesce(t.cost_to_spend, 0)",
            currency="t.currency",
            shape=Shape.MONEY,
            width=9,
            priority=1,
        ),
        Column(
            key="close",
            label=N_("Close"),
            sql="coalesce(t.closed_on, t.expected_on)",
            order="t.stage IN ('won', 'lost'), coalesce(t.closed_on, t.expected_on)",
            shape=Shape.FUTURE,
            width=8,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", width=16, priority=2),
        Column(key="offering", label=N_("Offering"), sql="f.name", width=14, priority=3),
        Column(key="next", label=N_("Next step"), sql="t.next_step", width=18, priority=4),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
        Column(key="opened", label=N_("Opened"), sql="t.opened_on", shape=Shape.PAST, listed=False),
        Column(
            key="budget", label=N_("Budget"), sql="t.budget", shape=Shape.WORD, words=words.BudgetRung, listed=False
        ),
        Column(
            key="given",
            label=N_("P given"),
            sql="""CASE WHEN t.stage IN ('won', 'lost') THEN (SELECT s.probability FROM scorecard s
                WHERE s.opportunity_id = t.id AND s.probability IS NOT NULL AND s.day <= coalesce(t.closed_on, s.day)
                ORDER BY s.day DESC, s.id DESC LIMIT 1) END""",
            shape=Shape.SHARE,
            listed=False,
        ),
        Column(key="reason", label=N_("Reason"), sql="t.reason", listed=False),
        Column(
            key="margin",
            label=N_("Margin"),
            sql="t.margin",
            currency="t.currency",
            shape=Shape.MONEY,
            listed=False,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Total:
    """Opportunities of one currency that belong together.

    Attributes:
        group: what they share: a stage, or a month as `2026-03`, None without a date.
        currency: ISO 4217.
        count: how many there are.
        valued: how many of them have a value.
        value: sum of those, minor units.
        unscored: how many of those are open and have no scorecard.
        weighable: how many of those are open.
        weighted: sum of value times P(win) of those, minor units.
    """

    group: str | None
    currency: str
    count: int
    valued: int
    value: int
    unscored: int
    weighable: int
    weighted: float


def by_stage(connection: sqlite3.Connection, today: dt.date, filter_text: str) -> list[Total]:
    """The totals of what a filter lets through, by stage and currency; the connection must know `p_win`."""
    return _totals(connection, "t.stage", "1", (today, filter_text))


def by_month(connection: sqlite3.Connection, today: dt.date, filter_text: str) -> list[Total]:
    """The totals of the open ones that a filter lets through, by month of the expected close and currency."""
    return _totals(connection, "substr(t.expected_on, 1, 7)", "t.stage NOT IN ('won', 'lost')", (today, filter_text))


def _totals(connection: sqlite3.Connection, group: str, only: str, asked: tuple[dt.date, str]) -> list[Total]:
    today, filter_text = asked
    condition, parameters = filters.compile_filter(VIEW, filter_text, today)
    rows = connection.execute(
        f"""SELECT {group}, t.currency, count(*), count(t.value), coalesce(sum(t.value), 0),
            count(CASE WHEN p_win(t.id) IS NOT NULL AND t.id NOT IN (SELECT opportunity_id FROM scorecard)
                THEN t.value END),
            count(t.value * p_win(t.id)), coalesce(sum(t.value * p_win(t.id)), 0.0)
        FROM opportunity t {VIEW.joins}
        WHERE ({condition}) AND {only} GROUP BY 1, 2 ORDER BY 1, 2""",
        parameters | {"today": today.isoformat()},
    )
    return [Total(*row) for row in rows]


def names(connection: sqlite3.Connection, opportunity_id: int) -> tuple[str, str, str, str]:
    """The names of its account, owner, main offering and of whom it was lost to; '' for what is not there."""
    row = connection.execute(
        """SELECT coalesce(a.name, ''), coalesce(o.name, ''), coalesce(f.name, ''), coalesce(k.name, '')
        FROM opportunity t LEFT JOIN account a ON a.id = t.account_id LEFT JOIN actor o ON o.id = t.owner_id
        LEFT JOIN offering f ON f.id = t.offering_id LEFT JOIN competitor k ON k.id = t.lost_to_id
        WHERE t.id = ?""",
        (opportunity_id,),
    ).fetchone()
    return (row[0], row[1], row[2], row[3])


def contact_days(connection: sqlite3.Connection, opportunity_id: int, today: dt.date) -> tuple[str | None, str | None]:
    """The days, ISO, of the last contact that was done and of the next one planned."""
    last, coming = connection.execute(
        """SELECT (SELECT max(day) FROM contact WHERE opportunity_id = :id AND status = 'done'),
            (SELECT min(day) FROM contact WHERE opportunity_id = :id AND status IN ('planned', 'moved')
                AND day >= :today)""",
        {"id": opportunity_id, "today": today.isoformat()},
    ).fetchone()
    return last, coming
