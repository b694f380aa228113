"""How often records were changed and when last, told from the journal: what goes out and comes back says so."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import Source

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

#: The change sets that touched something, by their keys: the instant of each, ISO in UTC, and the door it came by.
History = dict[int, tuple[str, str]]
HIGHEST: Final = 2**31 - 1  # of whole numbers in calendars


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of a record.

    Attributes:
        number: higher after each change, also where the same record goes on in another file; see `revision`.
        at: the instant of the last change, or else of its making, ISO in UTC; '' when the history has forgotten both.
        by_hand_at: the same of what came by another door than an import; '' where nothing did.
    """

    number: int = 0
    at: str = ""
    by_hand_at: str = ""


def revision(history: History, ahead: int = 0) -> Revision:
    """The state that change sets have led to.

    Its number is the second of the last one since 1970, or one more than it was before that one where the second is no
    higher. A count of changes would begin anew in each file, and below the number of an entry of another program.
    Where such a program told a number to come, ours go ahead of themselves by as much.
    """
    number = 0
    for _key, (at, _door) in sorted(history.items()):
        number = max(number + 1, second_of(at))
    doors = history.values()
    return Revision(
        min(number, HIGHEST) + ahead,
        max((at for at, _door in doors), default=""),
        max((at for at, door in doors if door != Source.IMPORT.value), default=""),
    )


def second_of(at: str) -> int:
    """The second since 1970 of an instant, which is ISO."""
    return int(dt.datetime.fromisoformat(at).timestamp())


def histories(connection: sqlite3.Connection, table: str, record_ids: Iterable[int]) -> dict[int, History]:
    """The change sets that touched each record, by its key."""
    found: dict[int, History] = {record_id: {} for record_id in record_ids}
    marks = ", ".join(map(str, found))
    changed = connection.execute(
        f"""SELECT c.row_id, s.id, s.at, s.source FROM change c JOIN change_set s ON s.id = c.set_id
        WHERE c.tbl = ? AND c.row_id IN ({marks}) AND c.last_id IS NULL""",
        (table,),
    )
    for record_id, set_id, *told in changed:
        found[record_id][set_id] = (told[0], told[1])
    runs = connection.execute(
        """SELECT c.row_id, c.last_id, s.id, s.at, s.source FROM change c JOIN change_set s ON s.id = c.set_id
        WHERE c.tbl = ? AND c.last_id IS NOT NULL ORDER BY c.row_id""",
        (table,),
    ).fetchall()
    firsts = [run[0] for run in runs]
    for record_id, history in found.items():
        place = bisect_right(firsts, record_id) - 1
        if place >= 0 and record_id <= runs[place][1]:
            _first, _last, set_id, at, door = runs[place]
            history[set_id] = (at, door)
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
