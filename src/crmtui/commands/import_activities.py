"""Activities and notes of other programs into the workspace: as contacts, actions and notes of whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.commands.import_calendars import ACTIONS
from crmtui.commands.import_naming import Naming
from crmtui.commands.import_placing import KINDS, Placing, Way
from crmtui.commands.import_report import FileReport
from crmtui.exchange.entries import EntryKind
from crmtui.exchange.mapping.meanings import EXTERNAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from crmtui.commands.import_foreign import How
    from crmtui.commands.import_staging import Staged
    from crmtui.store.unit import UnitOfWork

SOURCE: Final = "row"  # of rows that have no key of the other program
_PARTS: Final = {EntryKind.TASK: ACTIONS, EntryKind.NOTE: "notes"}


def load(unit: UnitOfWork, file: Staged, how: How, now: dt.datetime, heed: Callable[[int], None]) -> list[FileReport]:
    """Write what a file tells; returns its report, and one each for actions and notes where some are among contacts."""
    of_kind = {kind: _report(file, kind) for kind in EntryKind}

    def sources(table: str, header: str) -> Sequence[str]:
        return file.key_sources(table, header, how.sources)

    whom = Naming(unit, sources, file.spelt, file.report)
    way = Way(
        *(file.modes(how.existing).usual, now, file.source or SOURCE, file.title, EXTERNAL),
        is_told=how.is_told,
        is_traced=how.is_traced,
    )
    placing = Placing(unit, whom, way, of_kind)
    for entries in file.entries():
        heed(file.newly_read(len(entries)))
        placing.place(entries)
    whom.finish()
    file.report.rejected.sort(key=lambda problem: problem.line)
    file.report.notes += placing.asides.notes()
    return [
        file.report,
        *(one for one in of_kind.values() if one is not file.report and (one.rows or any(one.outcomes or ()))),
    ]


def _report(file: Staged, kind: EntryKind) -> FileReport:
    """The report of a file, or of those of its rows that become something else."""
    table = KINDS[kind].noun.table
    if table == file.report.table:
        return file.report
    return FileReport(file.report.path, table, name=f"{file.report.title}/{_PARTS.get(kind, table)}")
