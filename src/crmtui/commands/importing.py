"""Import files, several linked ones at once: all or nothing, as one step that undo takes back."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from crmtui.collecting import seldom_collecting
from crmtui.commands import workspace
from crmtui.commands.import_existing import Existing
from crmtui.commands.import_foreign import ForeignImport, How
from crmtui.commands.import_mappings import FileMapping, Memory, remember
from crmtui.commands.import_opening import open_files
from crmtui.commands.import_ours import Ours, ours
from crmtui.commands.import_own_files import OwnFile, has_workspace
from crmtui.commands.import_report import FileReport, ImportReport
from crmtui.commands.import_staging import Staged
from crmtui.commands.opening import make_room
from crmtui.domain.words import Source
from crmtui.errors import FileProblemError
from crmtui.exchange.file_form import FileForm
from crmtui.exchange.mapping.targets import ORDERS, TOLD
from crmtui.store import backup, database
from crmtui.store.aside import aside, can_be_replaced
from crmtui.store.files import building, put_new
from crmtui.store.reading.connections import reading
from crmtui.store.unit import UnitOfWork, note_written, work
from crmtui.text import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.commands.import_opening import Opened

TURN: Final = 0.00005  # seconds
MANY: Final = 250  # rows: where each changes a record, or names several, they are written in a quarter of a second
ATTEMPTS: Final = 3  # to write to a copy, before others have to wait after all

__all__ = ["Existing", "FileForm", "FileMapping", "ImportOptions", "ImportReport", "import_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the user decides about an import.

    Attributes:
        dry_run: report and change nothing.
        skip_rejected: import the other rows when some are refused.
        existing: what rows may do to records that are there.
        files: what was decided about a file, by its name; about all files by ''.
        skip_doubtful: leave out new rows that may mean a record that is there, or an earlier new row.
        is_traced: tell what became of each row, and each field that changes; a dry run tells the fields in any case.
        anew: whether to forget what was decided about files of the same headers.
        heed: called every few thousand rows; what it raises ends the import, of which nothing stays.
        tell: called as often with how many rows were read so far.
        now: aware; what is over by then has happened. The clock's when it is not told.
        forms: how a file, or a sheet of one, is laid out, by its name, where the user knows better; all of them by ''.
        account: the name of the account of what calendars hold that has none; '' to pass that over.
        found: those of the files that were found in a folder: they are passed over where nobody knows what they hold.
    """

    dry_run: bool = False
    skip_rejected: bool = False
    existing: Existing = Existing.FILL
    files: Mapping[str, FileMapping] = field(default_factory=dict)
    skip_doubtful: bool = False
    is_traced: bool = False
    anew: bool = False
    heed: Callable[[], None] = lambda: None
    tell: Callable[[int], None] = lambda _rows: None
    now: dt.datetime | None = None
    forms: Mapping[str, FileForm] = field(default_factory=dict)
    account: str = ""
    found: frozenset[Path] = frozenset()


def import_files(
    path: Path, files: Sequence[Path], options: ImportOptions, source: Source = Source.IMPORT
) -> ImportReport:
    """Import files into a workspace, a new one if there is none; the report tells what became of every row.

    A workspace that is there is backed up before anything is written to it. Where there is much to write, it is
    written to a copy while the files are read, as a new workspace is, and others can go on; if they save something, it
    is done again. Otherwise the files are read and checked before it is locked; only where some are our own, which may
    bring its currency, the others are read in the same transaction.

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
    if not path.exists():
        make_room(path)
        return _into_new(path, _opened(path, files, options), options, source)
    if not options.dry_run:
        backup.make(path, backup.BEFORE_IMPORT)
    opened = _opened(path, files, options)
    attempts = ATTEMPTS if opened.has_rows(MANY) and can_be_replaced(path) else 0
    for _attempt in range(attempts):
        if report := _aside(path, opened, options, source):
            return report
        opened = _opened(path, files, options)
    return _import(path, opened, options, source, is_new=False)


def _opened(path: Path, files: Sequence[Path], options: ImportOptions) -> Opened:
    today = _now(options).astimezone().date()
    with _memory(path, options) as memory:
        opened = open_files(files, options.files, memory, today, options.forms, options.found)
    if not len(opened):
        raise FileProblemError("\n".join(opened.passed))
    return opened


def _into_new(path: Path, opened: Opened, options: ImportOptions, source: Source) -> ImportReport:
    with database.explained(path), building(path) as temporary:
        _begin(temporary, path.stem, opened.own)
        own = Existing.OVERWRITE  # what it begins with nobody has entered
        report = _import(temporary, opened, options, source, is_new=True, own=own)
        if report.done:
            put_new(temporary, path)
    return report


def _aside(path: Path, opened: Opened, options: ImportOptions, source: Source) -> ImportReport | None:
    """Into a copy that takes the place of the workspace; None where somebody saved something in the meantime."""
    with aside(path) as copy:
        report = _import(copy.path, opened, options, source, is_new=True)
        if report.done:
            if not copy.take_place():
                return None
            note_written(path)
    return report


@contextlib.contextmanager
def _memory(path: Path, options: ImportOptions) -> Iterator[Memory]:
    """What is remembered of files that were imported before."""
    if options.anew or not path.exists():
        yield Memory(None)
    else:
        with reading(path) as connection:
            yield Memory(connection)


def _begin(path: Path, name: str, own: list[OwnFile]) -> None:
    """A new workspace: bare when the files bring the settings of one."""
    path.unlink()
    if any(has_workspace(file) for file in own):
        workspace.create_bare(path)
    else:
        workspace.create(path, name=name)


def _import(
    path: Path,
    opened: Opened,
    options: ImportOptions,
    source: Source,
    *,
    is_new: bool,
    own: Existing | None = None,
) -> ImportReport:
    """Where others may have the workspace read and check first, so that it is locked only while it is written.

    Args:
        path: the workspace.
        opened: the files.
        options: what the user decides.
        source: the door.
        is_new: whether nobody else can have it.
        own: what rows of our own format may do to records that are there, if not the same as others.
    """
    heed = _counting(options)
    report = ImportReport(dry_run=options.dry_run, passed=opened.passed)
    label = ngettext("Import {count} file", "Import {count} files", len(opened))
    with contextlib.ExitStack() as stack:
        staged = [stack.enter_context(Staged(file)) for file in opened.foreign]
        if not opened.own:
            _prepare(staged, _ours(path, opened))
        for file in staged if not (opened.own or is_new) else ():
            file.read(heed)
        with work(path, label, source, by_record=False) as unit:
            if opened.own:  # they may bring the workspace's currency
                from crmtui.commands import import_own

                report.files += import_own.load(unit, opened.own, heed, own or options.existing, **_telling(options))
                _prepare(staged, ours(unit.connection, opened.foreign))
            report.files += _written(unit, staged, options, heed)
            for foreign in opened.foreign if not options.dry_run else ():
                if not foreign.table.has_header:
                    continue  # there is nothing to know another of its kind by
                kept = replace(foreign.mapping, kind=foreign.recognised.table)
                remember(unit, foreign.table.name, foreign.table.headers, kept, _now(options).astimezone().date())
            if opened.calendars:  # last, since they name people and accounts
                report.files += _calendars(unit, opened, options, heed)
            _conclude(unit, report, options)
    return report


def _ours(path: Path, opened: Opened) -> Ours:
    """Asked over a connection that is closed again: a new workspace is to get its name afterwards."""
    with contextlib.closing(database.connect(path)) as connection:
        return ours(connection, opened.foreign)


def _prepare(staged: list[Staged], told: Ours) -> None:
    for file in staged:
        file.prepare(told)


def _counting(options: ImportOptions) -> Callable[[int], None]:
    """What is told how many rows more were read: it counts them, and asks whether to go on."""
    done = 0

    def heed(count: int) -> None:
        nonlocal done
        done += count
        options.tell(done)
        options.heed()

    return heed


def _written(
    unit: UnitOfWork, staged: list[Staged], options: ImportOptions, heed: Callable[[int], None]
) -> Iterator[FileReport]:
    today = _now(options).astimezone().date()
    sources = {
        table: [file.source for file in staged if file.report.table == table and file.source]
        for table in {file.report.table for file in staged}
    }
    how = How(options.existing, today, sources, options.skip_doubtful, **_telling(options))
    for table, files in groupby(staged, lambda file: file.report.table):
        if table in TOLD:  # after the others, since they name people, accounts and opportunities
            from crmtui.commands import import_activities  # few files need it

            for file in files:
                yield from import_activities.load(unit, file, how, _now(options), heed)
            continue
        if table == ORDERS:
            from crmtui.commands import import_orders

            for file in files:
                yield import_orders.load(unit, file, how, heed)
            continue
        written = []
        for file in files:
            written.append(ForeignImport(unit, file, how))
            written[-1].load(heed)
        yield from (one.finish() for one in written)  # since rows may link to those of a file that comes later


def _calendars(
    unit: UnitOfWork, opened: Opened, options: ImportOptions, heed: Callable[[int], None]
) -> list[FileReport]:
    from crmtui.commands import import_calendars

    how = import_calendars.How(
        existing=options.existing, now=_now(options), account=options.account, **_telling(options)
    )
    return import_calendars.load(unit, opened.calendars, how, heed)


def _telling(options: ImportOptions) -> dict[str, bool]:
    """What is told row by row."""
    return {"is_told": options.is_traced or options.dry_run, "is_traced": options.is_traced}


def _now(options: ImportOptions) -> dt.datetime:
    return options.now or dt.datetime.now(dt.UTC)


def _conclude(unit: UnitOfWork, report: ImportReport, options: ImportOptions) -> None:
    if options.dry_run or (report.rejected and not options.skip_rejected):
        unit.abandon()
    elif unit.has_changed():  # which waits for what is written behind
        options.heed()
        report.done, report.set_id = True, unit.set_id
