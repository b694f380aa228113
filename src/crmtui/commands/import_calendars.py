"""Events and to-dos into the workspace: as contacts and actions of people and accounts that it knows.

A calendar holds much that is no business of ours: what has to do with nobody here is passed over, and told.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_participants import Participants
from crmtui.commands.import_placing import Placing, Way
from crmtui.commands.import_report import FileReport
from crmtui.exchange.entries import EntryKind
from crmtui.text import line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from crmtui.commands.import_existing import Existing
    from crmtui.exchange.calendars.reading import CalendarFile
    from crmtui.store.unit import UnitOfWork

SOURCE: Final = "icalendaruid"
CHUNK: Final = 1_000
ACTIONS: Final = "to-dos"


def load(
    unit: UnitOfWork,
    files: Sequence[CalendarFile],
    existing: Existing,
    now: dt.datetime,
    heed: Callable[[int], None],
    *,
    is_told: bool = False,
    is_traced: bool = False,
) -> list[FileReport]:
    """Write what calendars hold; returns a report for the contacts and one for the actions of each file.

    Args:
        unit: the unit of work.
        files: the calendars.
        existing: what entries may do to records that are there.
        now: aware; what is over by then has happened.
        heed: called with how many there are more, every thousand entries.
        is_told: whether to tell each field that changes.
        is_traced: whether to tell what became of each entry.
    """
    reports = []
    for file in files:
        name = line(file.path.name)
        of_kind = {
            EntryKind.CONTACT: FileReport(file.path, "contact", name=name),
            EntryKind.TASK: FileReport(file.path, "plan_action", name=f"{name}/{ACTIONS}"),
        }
        way = Way(existing, now, SOURCE, name, "UID", is_told=is_told, is_traced=is_traced)
        placing = Placing(unit, Participants(unit), way, of_kind)
        entries = file.entries()
        while some := list(islice(entries, CHUNK)):
            heed(len(some))
            placing.place(some)
        placing.call_off(file.series.coming, file.series.last)
        found = [one for one in of_kind.values() if one.rows or any(one.outcomes or ())] or [of_kind[EntryKind.CONTACT]]
        found[0].notes += [*file.notes, *placing.notes()]
        found[0].rejected += file.problems
        reports += found
    return reports
