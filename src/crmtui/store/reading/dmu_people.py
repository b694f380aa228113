"""Who may come onto a map of a decision-making unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def candidates(
    connection: sqlite3.Connection, account_id: int | None, map_id: int | None
) -> list[tuple[int, str, str]]:
    """The people of an account who are not on the map yet: (key, name, title), by name."""
    return connection.execute(
        """SELECT id, name, title FROM person WHERE account_id = ?
            AND id NOT IN (SELECT person_id FROM stakeholder WHERE map_id = ? AND person_id IS NOT NULL)
        ORDER BY name_key, id""",
        (account_id, map_id),
    ).fetchall()


def employers(connection: sqlite3.Connection, person_ids: Sequence[int]) -> dict[int, str]:
    """The names of the accounts of persons, by the persons' keys; without those who have none."""
    places = ",".join("?" * len(person_ids))
    return dict(
        connection.execute(
            f"""SELECT person.id, account.name FROM person JOIN account ON account.id = person.account_id
            WHERE person.id IN ({places})""",
            tuple(person_ids),
        ).fetchall()
    )
