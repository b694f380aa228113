"""New people of a file who have no account, though an address of theirs is at the domain of one: to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.commands.import_guessing import Guessing
from crmtui.commands.import_report import MOST_NAMED
from crmtui.domain.values import quoted
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.commands.import_report import FileReport
    from crmtui.store.unit import UnitOfWork


def tell_unplaced(unit: UnitOfWork, report: FileReport, new: Iterable[range]) -> None:
    """Tell of new people who have no account, and of which account each may be; a domain alone links nobody.

    Args:
        unit: the unit of work.
        report: of their file.
        new: their keys.
    """
    names: dict[int, str] = {}
    why: dict[int, str] = {}
    guessing: Guessing | None = None
    for keys in new:
        rows = unit.connection.execute(
            """SELECT p.id, p.name, e.address FROM person p JOIN person_email e ON e.person_id = p.id
            WHERE p.account_id IS NULL AND p.id BETWEEN ? AND ? ORDER BY p.id, e.id DESC""",
            (keys.start, keys.stop - 1),
        )
        for person_id, name, address in rows.fetchall():
            guessing = guessing or Guessing(unit)
            if account := guessing.at_domain(address):
                names[person_id] = name
                why[person_id] = _("{address} is at the domain of {account}").format(
                    address=line(address), account=quoted(account)
                )
    if names:
        _tell(report, names, why)


def _tell(report: FileReport, names: Mapping[int, str], why: Mapping[int, str]) -> None:
    few = ", ".join(f"{quoted(names[one])} ({why[one]})" for one in list(names)[:MOST_NAMED])
    report.notes.append(
        ngettext(
            "{count} person has no account, and may be of one by the address; look at it: {names}",
            "{count} people have no account, and may be of one by the address; look at them: {names}",
            len(names),
            names=few + ("…" if len(names) > MOST_NAMED else ""),
        )
    )
    for place, _outcome, record_id, _name, _uid in report.outcomes or ():
        if record_id in why:
            report.reasons[place] = why[record_id]
