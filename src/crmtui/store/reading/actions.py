"""The list of actions, and the rows of an account's action plan and of what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import words
from crmtui.domain.words import Achieved
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

OPEN: Final = "x.done_on IS NULL"
# What is to be done by somebody, or by whoever answers for the account; what belongs to nobody is everybody's.
MINE: Final = "(:me IS NULL OR coalesce(x.owner_id, a.owner_id, :me) = :me)"

VIEW: Final = View(
    table="plan_action",
    joins="""JOIN account a ON a.id = t.account_id LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN strategy s ON s.id = t.strategy_id LEFT JOIN objective b ON b.id = s.objective_id
        LEFT JOIN actor o ON o.id = t.owner_id""",
    order="due",
    searched=("t.id IN ({plan_action})", "t.account_id IN ({account})", "t.opportunity_id IN ({opportunity})"),
    columns=(
        Column(key="name", label=N_("Action"), sql="t.name", order="t.name_key", width=28),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=18),
        Column(
            key="due",
            label=N_("Due"),
            sql="t.due_on",
            order="t.done_on IS NOT NULL, t.due_on",
            shape=Shape.FUTURE,
            width=11,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", width=14, priority=2),
        Column(key="strategy", label=N_("Strategy"), sql="s.name", order="s.name_key", width=18, priority=4),
        Column(key="objective", label=N_("Objective"), sql="b.name", order="b.name_key", width=18, priority=5),
        Column(key="done", label=N_("Done on"), sql="t.done_on", shape=Shape.PAST, width=8, priority=3),
        Column(
            key="achieved",
            label=N_("Achieved"),
            sql="t.achieved",
            shape=Shape.WORD,
            words=words.Achieved,
            width=9,
            priority=1,
        ),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", listed=False),
        Column(key="lesson", label=N_("Lesson"), sql="t.lesson", listed=False),
        Column(key="account_id", label=N_("Account"), sql="t.account_id", shape=Shape.NUMBER, listed=False),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An action with the names that a line shows; names are '' for what is not there.

    Attributes:
        id: its key.
        due_on: None where no day is set.
        done_on: None while it is open.
        achieved: how far; None while nobody has said.
        objective: what its strategy is towards.
    """

    id: int
    name: str
    account_id: int
    account: str
    opportunity_id: int | None
    opportunity: str
    strategy_id: int | None
    strategy: str
    objective: str
    owner_id: int | None
    owner: str
    due_on: dt.date | None
    done_on: dt.date | None
    achieved: Achieved | None
    lesson: str
    gate: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An objective with the strategies towards it.

    Attributes:
        id: its key.
        due_on: None where no day is set.
        achieved: how far; None while it is open.
        strategies: (key, name), in the order they were written down.
    """

    id: int
    name: str
    opportunity_id: int | None
    opportunity: str
    due_on: dt.date | None
    achieved: Achieved | None
    lesson: str
    strategies: tuple[tuple[int, str], ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be achieved."""
        return self.achieved is None


_ACHIEVED: Final[Mapping[str | None, Achieved | None]] = {None: None, **{word.value: word for word in Achieved}}
IN_ORDER: Final = "x.done_on IS NOT NULL, x.due_on IS NULL, x.due_on, x.id"


def actions(
    connection: sqlite3.Connection, condition: str, parameters: Mapping[str, Any], *, limit: int = -1
) -> tuple[Task, ...]:
    """The actions `x` of accounts `a` that meet a condition written by the caller: open ones first, by day due."""
    rows = connection.execute(
        f"""SELECT x.id, x.name, x.account_id, a.name, x.opportunity_id, coalesce(p.name, ''), x.strategy_id,
            coalesce(s.name, ''), coalesce(b.name, ''), x.owner_id, coalesce(o.name, ''), x.due_on, x.done_on,
            x.achieved, x.lesson, x.gate
        FROM plan_action x JOIN account a ON a.id = x.account_id LEFT JOIN opportunity p ON p.id = x.opportunity_id
            LEFT JOIN strategy s ON s.id = x.strategy_id LEFT JOIN objective b ON b.id = s.objective_id
            LEFT JOIN actor o ON o.id = x.owner_id
        WHERE {condition} ORDER BY {IN_ORDER} LIMIT :limit""",
        {**parameters, "limit": limit},
    )
    return tuple(
        Task(
            id=row[0],
            name=row[1],
            account_id=row[2],
            account=row[3],
            opportunity_id=row[4],
            opportunity=row[5],
            strategy_id=row[6],
            strategy=row[7],
            objective=row[8],
            owner_id=row[9],
            owner=row[10],
            due_on=_day(row[11]),
            done_on=_day(row[12]),
            achieved=_ACHIEVED[row[13]],
            lesson=row[14],
            gate=row[15],
        )
        for row in rows
    )


def due(connection: sqlite3.Connection, days: str, parameters: Mapping[str, Any]) -> int:
    """How many open actions meet a condition on `x.due_on`, of `:me` or of nobody."""
    row = connection.execute(
        f"""SELECT count(*) FROM plan_action x JOIN account a ON a.id = x.account_id
        WHERE {OPEN} AND {MINE} AND {days}""",
        parameters,
    ).fetchone()
    return int(row[0])


def goals(connection: sqlite3.Connection, account_id: int) -> tuple[Goal, ...]:
    """The objectives of an account, open ones first, by day due."""
    ways: dict[int, list[tuple[int, str]]] = {}
    for objective_id, key, name in connection.execute(
        """SELECT s.objective_id, s.id, s.name FROM strategy s JOIN objective b ON b.id = s.objective_id
        WHERE b.account_id = ? ORDER BY s.id""",
        (account_id,),
    ):
        ways.setdefault(objective_id, []).append((key, name))
    rows = connection.execute(
        """SELECT b.id, b.name, b.opportunity_id, coalesce(p.name, ''), b.due_on, b.achieved, b.lesson
        FROM objective b LEFT JOIN opportunity p ON p.id = b.opportunity_id WHERE b.account_id = ?
        ORDER BY b.achieved IS NOT NULL, b.due_on IS NULL, b.due_on, b.id""",
        (account_id,),
    )
    return tuple(
        Goal(
            id=key,
            name=name,
            opportunity_id=deal_id,
            opportunity=deal,
            due_on=_day(due_on),
            achieved=_ACHIEVED[achieved],
            lesson=lesson,
            strategies=tuple(ways.get(key, ())),
        )
        for key, name, deal_id, deal, due_on, achieved, lesson in rows
    )


def _day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None


def strategies(connection: sqlite3.Connection, account_id: int | None) -> list[tuple[int, str, str]]:
    """The strategies towards what is still to be achieved: (key, name, objective); of an account, or of all."""
    return connection.execute(
        """SELECT s.id, s.name, b.name FROM strategy s JOIN objective b ON b.id = s.objective_id
        WHERE (:account IS NULL OR b.account_id = :account) AND b.achieved IS NULL ORDER BY b.name_key, s.id""",
        {"account": account_id},
    ).fetchall()
