"""The list of the lines of value propositions, and the rows behind the page of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain import words
from crmtui.domain.propositions import Proposition
from crmtui.store.reading import records
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

if TYPE_CHECKING:
    import sqlite3

    from crmtui.store.reading.dmu import Place

VIEW: Final = View(
    table="proposition",
    joins="""LEFT JOIN opportunity p ON p.id = t.opportunity_id
        LEFT JOIN account a ON a.id = coalesce(t.account_id, p.account_id)
        LEFT JOIN actor o ON o.id = coalesce(p.owner_id, a.owner_id)""",
    order="account",
    tie="p.name_key NULLS FIRST, t.position, t.id",
    searched=(
        "t.id IN ({proposition})",
        "a.id IN ({account})",
        "t.opportunity_id IN ({opportunity})",
    ),
    columns=(
        Column(key="need", label=N_("Need"), sql="t.need", width=22),
        Column(key="offer", label=N_("Offer"), sql="t.offer", width=18),
        Column(key="benefit", label=N_("Benefit"), sql="t.benefit", width=18, priority=1),
        Column(key="proof", label=N_("Proof"), sql="t.proof", width=18, priority=3),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=16),
        Column(key="opportunity", label=N_("Opportunity"), sql="p.name", order="p.name_key", width=14, priority=4),
        Column(
            key="basis",
            label=N_("Need is"),
            sql="t.basis",
            shape=Shape.WORD,
            words=words.Basis,
            width=9,
            priority=5,
        ),
        Column(
            key="contacts",
            label=N_("Contacts"),
            sql="(SELECT count(*) FROM contact c WHERE c.proposition_id = t.id AND c.status <> 'cancelled')",
            shape=Shape.NUMBER,
            width=8,
            priority=2,
        ),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
        Column(key="account_id", label=N_("Account"), sql="a.id", shape=Shape.NUMBER, listed=False),
    ),
)


@dataclass(frozen=True, slots=True)
class Carried:
    """How many contacts carry something: still to happen, and done."""

    planned: int = 0
    done: int = 0


def of(connection: sqlite3.Connection, place: Place) -> list[Proposition]:
    """The lines of an account's own value proposition, or of an opportunity's, in order."""
    owner = "account_id" if place.account_id is not None else "opportunity_id"
    key = place.account_id if place.account_id is not None else place.opportunity_id
    return list(records.where(connection, Proposition, f"{owner} = ?", (key,), "position, id"))


def of_deals(connection: sqlite3.Connection, account_id: int) -> list[tuple[int, str, list[Proposition]]]:
    """The opportunities of an account that have lines of their own: (key, name, lines), the open ones first."""
    deals = connection.execute(
        """SELECT p.id, p.name FROM opportunity p
        WHERE p.account_id = ? AND EXISTS (SELECT 1 FROM proposition t WHERE t.opportunity_id = p.id)
        ORDER BY p.stage IN ('won', 'lost'), p.name_key, p.id""",
        (account_id,),
    ).fetchall()
    found = records.where(
        connection,
        Proposition,
        "opportunity_id IN (SELECT id FROM opportunity WHERE account_id = ?)",
        (account_id,),
        "position, id",
    )
    lines = list(found)
    return [(key, name, [line for line in lines if line.opportunity_id == key]) for key, name in deals]


def offerings(connection: sqlite3.Connection) -> dict[int, str]:
    """The names of the offerings that lines name, by key."""
    rows = connection.execute("SELECT f.id, f.name FROM offering f JOIN proposition t ON t.offering_id = f.id")
    return dict(rows.fetchall())


def carried(connection: sqlite3.Connection, field: str, account_id: int | None) -> dict[int, Carried]:
    """How many contacts of an account, or of none, carry each line (`proposition_id`) or win (`win_of_id`), by key."""
    counts: Counter[tuple[int, bool]] = Counter()
    for key, is_done, count in connection.execute(
        f"""SELECT c.{field}, c.status = 'done', count(*) FROM contact c
        WHERE c.{field} IS NOT NULL AND c.status <> 'cancelled' AND c.account_id IS ? GROUP BY 1, 2""",
        (account_id,),
    ):
        counts[key, bool(is_done)] += count
    return {key: Carried(counts[key, False], counts[key, True]) for key, _is_done in counts}


def account_of(connection: sqlite3.Connection, proposition_id: int) -> int | None:
    """The account that a line belongs to, also over its opportunity; None when it has none, or is gone."""
    row = connection.execute(
        """SELECT coalesce(t.account_id, p.account_id) FROM proposition t
        LEFT JOIN opportunity p ON p.id = t.opportunity_id WHERE t.id = ?""",
        (proposition_id,),
    ).fetchone()
    return row[0] if row else None


def next_position(connection: sqlite3.Connection, place: Place) -> int:
    """Where a new line goes: after the others."""
    return max((line.position for line in of(connection, place)), default=0) + 1
