"""The list of programmes for priority customers, and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_MEMBERS: Final = "programme_member m WHERE m.programme_id = t.id"
_IN: Final = f"{_MEMBERS} AND m.joined_on <= :today AND (m.left_on IS NULL OR m.left_on > :today)"

VIEW: Final = View(
    table="programme",
    order="name",
    searched=("t.id IN ({programme})", f"EXISTS (SELECT 1 FROM {_MEMBERS} AND m.account_id IN ({{account}}))"),
    columns=(
        Column(key="name", label=N_("Programme"), sql="t.name", order="t.name_key", width=24),
        Column(
            key="members",
            label=N_("Members"),
            sql=f"(SELECT count(*) FROM {_IN})",
            shape=Shape.NUMBER,
            width=7,
        ),
        Column(
            key="cost", label=N_("Cost a year"), sql="t.yearly_cost", currency="t.currency", shape=Shape.MONEY, width=11
        ),
        Column(key="starts", label=N_("From"), sql="t.starts_on", shape=Shape.PAST, width=11, priority=1),
        Column(key="ends", label=N_("Until"), sql="t.ends_on", shape=Shape.FUTURE, width=11, priority=2),
        Column(key="benefits", label=N_("What they get"), sql="t.benefits", width=30, priority=3),
    ),
)  # fmt: skip


class Member(NamedTuple):
    """A customer that is, or was, in a programme.

    Attributes:
        joined_on: ISO.
        left_on: likewise; None while it is in.
        reason: why it was taken in, or left.
    """

    programme_id: int
    account_id: int
    account: str
    joined_on: str
    left_on: str | None
    reason: str


def names(connection: sqlite3.Connection, accounts: Iterable[int]) -> dict[int, str]:
    """What these accounts are called, in the order of their names."""
    keys = tuple(accounts)
    marks = ", ".join("?" * len(keys))
    return dict(connection.execute(f"SELECT id, name FROM account WHERE id IN ({marks}) ORDER BY name_key, id", keys))


def members(connection: sqlite3.Connection) -> list[Member]:
    """Who is or was in any programme, those that joined first at the top."""
    rows = connection.execute(
        """SELECT m.programme_id, m.account_id, a.name, m.joined_on, m.left_on, m.reason
        FROM programme_member m JOIN account a ON a.id = m.account_id ORDER BY m.joined_on, a.name_key, m.id"""
    )
    return [Member(*row) for row in rows]
