"""Import files, several linked ones at once: all or nothing, as one step that undo takes back."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.commands import import_own, import_report, workspace
from crmtui.commands.import_existing import Existing
from crmtui.commands.import_foreign import ForeignImport
from crmtui.commands.import_opening import open_files
from crmtui.commands.import_report import FileReport, ImportReport
from crmtui.commands.import_staging import Staged
from crmtui.domain.words import Source
from crmtui.exchange.mapping.readers import Choices
from crmtui.store import backup
from crmtui.store.reading.connections import reading
from crmtui.store.unit import UnitOfWork, base_currency, work
from crmtui.text import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.commands.import_opening import Opened

TURN: Final = 0.00005  # seconds

__all__ = ["Existing", "ImportOptions", "ImportReport", "import_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the user decides about an import.

    Attributes:
        dry_run: report and change nothing.
        skip_rejected: import the other rows when some are refused.
        existing: what rows may do to records that are there.
        kinds: the table of the noun that a file holds, by file name.
        columns: the field of a column ('' leaves it out), by file name and header.
        currency: of money that names none; the workspace's own when empty.
        day_first: whether 03/04 is the third of April; None to let each column decide.
        decimal_comma: whether 1.234 is a thousand and more; None to let each column decide.
        units: what the numbers of a column are multiplied with, by header.
        heed: called every few thousand rows; what it raises ends the import, of which nothing stays.
        now: aware; what is over by then has happened. The clock's when it is not told.
    """

    dry_run: bool = False
    skip_rejected: bool = False
    existing: Existing = Existing.FILL
    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    currency: str = ""
    day_first: bool | None = None
    decimal_comma: bool | None = None
    units: Mapping[str, float] = field(default_factory=dict)
    heed: Callable[[], None] = lambda: None
    now: dt.datetime | None = None


def import_files(
    path: Path, files: Sequence[Path], options: ImportOptions, source: Source = Source.IMPORT
) -> ImportReport:
    """Import files into a workspace, a new one if there is none; the report tells what became of every row.

    A workspace that is there is backed up before anything is written to it. The files are read and checked before it
    is locked; only where some are our own, which may bring its currency, the others are read in the same transaction.
    Nobody waits for a new workspace: it is written while the files are read.

    With rejected rows nothing is imported unless `skip_rejected`; `report.done` says whether it was.

    Raises:
        FileProblemError: a file cannot be read at all; nothing was changed.
        UsageError: a file fits no noun, or an option names what is not there; nothing was changed.
    """
    with _for_many_rows():
        return _import_files(path, files, options, source)


@contextlib.contextmanager
def _for_many_rows() -> Iterator[None]:
    """Let Python look for circles of objects seldom: millions are made here, and no circle.

    And let the thread that writes have its turn sooner than after the usual 5 ms, or both processors would often wait.
    """
    switching = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with seldom_collecting():
            yield
    finally:
        sys.setswitchinterval(switching)


def _import_files(path: Path, files: Sequence[Path], options: ImportOptions, source: Source) -> ImportReport:
    opened = open_files(files, options.kinds, options.columns, _now(options).astimezone().date())
    if path.exists():
        if not options.dry_run:
            backup.make(path, backup.BEFORE_IMPORT)
        return _import(path, opened, options, source, is_new=False)
    _begin(path, opened.own)
    report = ImportReport()
    try:
        report = _import(path, opened, options, source, is_new=True)
    finally:
        if not report.done:
            workspace.discard(path)
    return report


def _begin(path: Path, own: list[import_own.OwnFile]) -> None:
    """A new workspace: bare when the files bring the settings of one."""
    if any(import_own.has_workspace(file) for file in own):
        workspace.create_bare(path)
    else:
        workspace.create(path)


def _import(path: Path, opened: Opened, options: ImportOptions, source: Source, *, is_new: bool) -> ImportReport:
    """Where others may have the workspace read and check first, so that it is locked only while it is written."""
    own = opened.own
    report = ImportReport(dry_run=options.dry_run)
    label = ngettext("Import {count} file", "Import {count} files", len(opened))
    with contextlib.ExitStack() as stack:
        staged = [stack.enter_context(Staged(table, recognised)) for table, recognised in opened.foreign]
        if not own:
            _prepare(staged, _currency(path), options)
        for file in staged if not (own or is_new) else ():
            file.read(options.heed)
        with work(path, label, source, by_record=False) as unit:
            if own:  # they may bring the workspace's currency
                report.files += import_own.load(unit, own, options.heed)
                _prepare(staged, base_currency(unit.connection), options)
            report.files += _written(unit, staged, options)
            if opened.calendars:  # last, since they name people and accounts
                report.files += _calendars(unit, opened, options)
            _conclude(unit, report, options)
    return report


def _currency(path: Path) -> str:
    with reading(path) as connection:
        return base_currency(connection)


def _prepare(staged: list[Staged], currency: str, options: ImportOptions) -> None:
    choices = Choices(
        currency=options.currency or currency,
        day_first=options.day_first,
        decimal_comma=options.decimal_comma,
        units=options.units,
    )
    for file in staged:
        file.prepare(choices)


def _written(unit: UnitOfWork, staged: list[Staged], options: ImportOptions) -> Iterator[FileReport]:
    for file in staged:
        ForeignImport(unit, file, options.existing).load(options.heed)
        file.report.rejected.sort(key=lambda problem: problem.line)
        file.report.notes += import_report.closing_notes(file.report, file.blank)
        yield file.report


def _calendars(unit: UnitOfWork, opened: Opened, options: ImportOptions) -> list[FileReport]:
    from crmtui.commands import import_calendars

    return import_calendars.load(unit, opened.calendars, options.existing, _now(options), options.heed)


def _now(options: ImportOptions) -> dt.datetime:
    return options.now or dt.datetime.now(dt.UTC)


def _conclude(unit: UnitOfWork, report: ImportReport, options: ImportOptions) -> None:
    if options.dry_run or (report.rejected and not options.skip_rejected):
        unit.abandon()
    elif unit.has_changed():
        report.done, report.set_id = True, unit.set_id
