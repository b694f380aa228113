"""Take customers into a programme, and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.programmes import Programme, ProgrammeMember
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.text import line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.domain.words import Source


def join(
    path: Path, programme_id: int, account_ids: Sequence[int], day: dt.date, source: Source, reason: str = ""
) -> int:
    """Take accounts in from a day on; those that are in stay as they are. Returns how many came in.

    One that had left is taken in again: it counts from the new day.

    Raises:
        NotFoundError: the programme or an account is gone.
    """
    count = 0
    with work(path, "", source) as unit:
        title = _title(unit, programme_id)
        for account_id in account_ids:
            count += _join(unit, programme_id, account_id, day, reason)
        unit.relabel(
            ngettext("Take {count} account into {title}", "Take {count} accounts into {title}", count, title=title)
        )
    return count


def leave(
    path: Path, programme_id: int, account_ids: Sequence[int], day: dt.date, source: Source, reason: str = ""
) -> int:
    """Take accounts out from a day on; those that are not in stay as they are. Returns how many left.

    Raises:
        InvalidError: a day before the account joined.
        NotFoundError: the programme is gone.
    """
    count = 0
    with work(path, "", source) as unit:
        title = _title(unit, programme_id)
        for account_id in account_ids:
            count += _leave(unit, programme_id, account_id, day, reason)
        unit.relabel(
            ngettext("Take {count} account out of {title}", "Take {count} accounts out of {title}", count, title=title)
        )
    return count


def _title(unit: UnitOfWork, programme_id: int) -> str:
    return line(records.get(unit.connection, Programme, programme_id).name)[:80]


def _member(unit: UnitOfWork, programme_id: int, account_id: int) -> ProgrammeMember | None:
    found = records.where(
        unit.connection, ProgrammeMember, "programme_id = ? AND account_id = ?", (programme_id, account_id)
    )
    return next(found, None)


def _join(unit: UnitOfWork, programme_id: int, account_id: int, day: dt.date, reason: str) -> bool:
    member = _member(unit, programme_id, account_id)
    if member is None:
        given = {"programme_id": programme_id, "account_id": account_id, "joined_on": day, "reason": reason}
        unit.insert(ProgrammeMember, given)
        return True
    if member.left_on is None:
        return False
    unit.update(ProgrammeMember, member.id, {"joined_on": day, "left_on": None, "reason": reason})
    return True


def _leave(unit: UnitOfWork, programme_id: int, account_id: int, day: dt.date, reason: str) -> bool:
    member = _member(unit, programme_id, account_id)
    if member is None or member.left_on is not None:
        return False
    unit.update(ProgrammeMember, member.id, {"left_on": day} | ({"reason": reason} if reason else {}))
    return True
