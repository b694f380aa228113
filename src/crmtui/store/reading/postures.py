"""The postures that were set by hand, with what the journal knows of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class Kept(NamedTuple):
    """The posture of an account.

    Attributes:
        posture: its word.
        reason: why it was set; '' where nobody said.
        actor: who set it or changed its reason last; '' when unknown.
        source: the door that it came through; None when the journal has forgotten, or never knew.
        at: the instant, ISO in UTC; None likewise.
    """

    account_id: int
    posture: str
    reason: str
    actor: str | None
    source: str | None
    at: str | None


# The last change that found something else there; else what made the account, alone or in a run.
_SET: Final = """WITH chosen AS (
        SELECT a.id, a.posture, a.posture_reason FROM account a WHERE a.posture IS NOT NULL {chosen}
    ), changed AS (
        SELECT a.id, max(c.set_id) AS set_id FROM chosen a JOIN change c ON c.row_id = a.id AND c.tbl = 'account'
        JOIN past_account p ON p.change_id = c.id
        WHERE p.posture IS NOT a.posture OR p.posture_reason <> a.posture_reason GROUP BY a.id
    ), made AS (
        SELECT id, min(set_id) AS set_id FROM (
            SELECT a.id, c.set_id FROM chosen a JOIN change c ON c.row_id = a.id AND c.tbl = 'account' AND c.op = 'I'
            UNION ALL SELECT a.id, c.set_id FROM change c INDEXED BY ix_change_run
            CROSS JOIN account a ON a.id BETWEEN c.row_id AND c.last_id
            WHERE c.tbl = 'account' AND c.last_id IS NOT NULL AND a.posture IS NOT NULL {chosen}
        ) GROUP BY id
    )
    SELECT a.id, a.posture, a.posture_reason, s.actor, s.source, s.at FROM chosen a
    LEFT JOIN changed ON changed.id = a.id LEFT JOIN made ON made.id = a.id
    LEFT JOIN change_set s ON s.id = coalesce(changed.set_id, made.set_id)"""


def by_hand(connection: sqlite3.Connection, account_ids: Iterable[int]) -> list[Kept]:
    """The postures of those accounts that have one."""
    chosen = f"AND a.id IN ({', '.join(str(int(one)) for one in account_ids)})"
    return [Kept(*row) for row in connection.execute(_SET.format(chosen=chosen))]
