"""How often records were changed and when last, told from the journal: what goes out and comes back says so."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.words import Source

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of a record.

    Attributes:
        number: how often it was changed since it is there, as far as the history goes back.
        at: the instant of the last change, or else of its making, ISO in UTC; '' when the history has forgotten both.
        by_hand_at: the same of what came by another door than an import; '' where nothing did.
    """

    number: int = 0
    at: str = ""
    by_hand_at: str = ""


def revisions(connection: sqlite3.Connection, table: str, record_ids: Sequence[int]) -> Mapping[int, Revision]:
    """The revision of each record, by its key."""
    marks = ", ".join(str(int(record_id)) for record_id in record_ids)
    changed = connection.execute(
        f"""SELECT c.row_id, count(DISTINCT iif(c.op = 'U', c.set_id, NULL)), max(s.at),
            coalesce(max(iif(s.source = '{Source.IMPORT.value}', NULL, s.at)), '')
        FROM change c JOIN change_set s ON s.id = c.set_id
        WHERE c.tbl = ? AND c.row_id IN ({marks}) AND c.last_id IS NULL GROUP BY c.row_id""",
        (table,),
    )
    found = {row_id: Revision(*told) for row_id, *told in changed}
    runs = connection.execute(
        """SELECT c.row_id, c.last_id, s.at, s.source FROM change c JOIN change_set s ON s.id = c.set_id
        WHERE c.tbl = ? AND c.last_id IS NOT NULL""",
        (table,),
    ).fetchall()
    by_first = {run[0]: run for run in reversed(runs)}  # of the same records, how they were made first
    firsts = sorted(by_first)
    for record_id in record_ids:
        if record_id not in found:
            place = bisect_right(firsts, record_id) - 1
            _first, last, at, by = by_first[firsts[place]] if place >= 0 else (0, 0, "", "")
            at = at if record_id <= last else ""
            found[record_id] = Revision(0, at, "" if by == Source.IMPORT.value else at)
    return found


def external_ids(
    connection: sqlite3.Connection, table: str, source: str, record_ids: Sequence[int]
) -> Mapping[int, str]:
    """The keys that records have in another system, by their own; those that have none are left out."""
    marks = ", ".join(str(int(record_id)) for record_id in record_ids)
    rows = connection.execute(
        f"""SELECT record_id, external_id FROM external_identity
        WHERE source = ? AND kind = ? AND record_id IN ({marks}) ORDER BY id DESC""",
        (source, table),
    )
    return dict(rows.fetchall())
