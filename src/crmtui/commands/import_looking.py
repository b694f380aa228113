"""What files hold, before anything is imported: columns with their reasons, and what only the user can decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.commands.import_mappings import NOTHING, FileMapping, Memory
from crmtui.commands.import_opening import NO_FORMS, Opened, open_files
from crmtui.commands.import_ours import Ours, ours
from crmtui.commands.import_staging import Staged
from crmtui.domain.fields import Kind
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import CrmtuiError
from crmtui.exchange.file_form import RECOGNISED, FileForm
from crmtui.exchange.kinds import FileKind, recognise as kind_of
from crmtui.exchange.mapping.targets import spec_of
from crmtui.exchange.reading import read_table
from crmtui.paths import is_folder
from crmtui.store.reading.connections import reading
from crmtui.text import line

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Mapping, Sequence, Set as AbstractSet
    from pathlib import Path

    from crmtui.commands.import_opening import Foreign
    from crmtui.exchange.mapping.choices import Open, Understood
    from crmtui.exchange.mapping.recognised import ColumnGuess
    from crmtui.exchange.tables import Tabular

_ROWS: Final = 200  # that examples are taken from
_EXAMPLES: Final = 3
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file, or a sheet of one, as it would be read.

    Attributes:
        path: the file.
        name: what decisions about it are kept under.
        table: the noun that its rows become; '' where it tells that itself row by row, or cannot be read.
        program: what wrote it; '' for unknown.
        remembered: the file whose mapping is used again; '' for none.
        columns: what each column becomes, and why.
        examples: the first cells of each column that are not empty, on one line.
        questions: what only the user can decide, or may know better.
        understood: cells that were understood, and may mean something else.
        people: what our people are called whom its cells may mean.
        currency: of amounts that name none; '' where there are no amounts, or a column of their currencies.
        kept: what was decided about the last file of its headers.
        problem: why it cannot be read, in a sentence.
        kind: what kind of file it is; None where that cannot be told.
        form: how it was read, or, where it cannot be, how that was to be tried.
        headers: the names of its columns, also where nobody knows what it holds.
        sheets: the names of the sheets of its workbook that hold something.
    """

    path: Path
    name: str
    table: str = ""
    program: str = ""
    remembered: str = ""
    columns: tuple[ColumnGuess, ...] = ()
    examples: tuple[str, ...] = ()
    questions: tuple[Open, ...] = ()
    understood: tuple[Understood, ...] = ()
    people: tuple[str, ...] = ()
    currency: str = ""
    kept: FileMapping = NOTHING
    problem: str = ""
    kind: FileKind | None = None
    form: FileForm = RECOGNISED
    headers: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it has rows and columns, so that it may be read once it is said what they hold."""
        return self.kind not in (None, FileKind.CARDS, FileKind.CALENDAR)


class Looks(NamedTuple):
    """What files hold.

    Attributes:
        files: in the order in which they would be written; those that cannot be read come last.
        passed: what was passed over, a sentence each.
    """

    files: list[FileLook]
    passed: list[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What was decided about the files; see `look_over`."""

    mappings: Mapping[str, FileMapping]
    forms: Mapping[str, FileForm]
    today: dt.date
    anew: bool
    found: AbstractSet[Path]


def look_over(
    path: Path,
    files: Sequence[Path],
    mappings: Mapping[str, FileMapping],
    forms: Mapping[str, FileForm] = NO_FORMS,
    *,
    today: dt.date,
    anew: bool = False,
    found: AbstractSet[Path] = frozenset(),
) -> Looks:
    """What files hold.

    Args:
        path: the workspace, which need not be there.
        files: where they are.
        mappings: what was decided about a file, or a sheet of one, by its name.
        forms: how a file, or a sheet of one, is laid out, by its name.
        today: the day around which calendars are read.
        anew: whether to forget what was decided about files of the same headers.
        found: those of the files that were found in a folder: they are passed over where nobody knows what they hold.
    """
    said = _Said(mappings, forms, today, anew, found)
    if not path.exists():
        return _look(None, files, said)
    with reading(path) as connection:
        return _look(connection, files, said)


def _look(connection: sqlite3.Connection | None, files: Sequence[Path], said: _Said) -> Looks:
    memory = Memory(None if said.anew else connection)
    found: list[FileLook] = []
    broken: list[FileLook] = []
    passed: list[str] = []
    foreign: list[Foreign] = []
    sheets: dict[Path, tuple[str, ...]] = {}
    for file in dict.fromkeys(files):
        try:
            opened = open_files([file], said.mappings, memory, said.today, said.forms, said.found)
            passed += opened.passed
            found += _own(opened)
            foreign += opened.foreign
            sheets |= opened.sheets
        except CrmtuiError as error:
            broken.append(_broken(file, said, error))
    told = ours(connection, foreign)
    for one in foreign:
        try:
            found.append(_foreign(one, told))
        except CrmtuiError as error:
            broken.append(_broken(one.table.path, said, error))
    order = list(BY_TABLE)
    found.sort(key=lambda look: order.index(look.table) if look.table else -1)
    found = [replace(look, kind=_kind(look.path), sheets=sheets.get(look.path, look.sheets)) for look in found]
    return Looks(found + broken, passed)


def _broken(file: Path, said: _Said, error: CrmtuiError) -> FileLook:
    table, kind = said.mappings.get(file.name, NOTHING).kind, _kind(file)
    form = said.forms.get(file.name, RECOGNISED)
    look = FileLook(file, line(file.name), table, problem=str(error), kind=kind, form=form)
    try:
        if kind is FileKind.WORKBOOK:
            return _sheets(look)
        if kind is FileKind.TABLE:
            found = read_table(file, form)
            return replace(look, form=found.form, headers=found.headers)
    except CrmtuiError:
        pass  # it cannot be read at all, as was said
    return look


def _kind(file: Path) -> FileKind | None:
    try:
        return FileKind.CARDS if is_folder(file) else kind_of(file)
    except CrmtuiError:
        return None


def _sheets(look: FileLook) -> FileLook:
    """The sheets of a workbook that hold something, and the columns of the one that was chosen, or of the only one."""
    from crmtui.exchange.sheets.table import SheetTable
    from crmtui.exchange.sheets.workbook import open_workbook

    sheets = [sheet for sheet in open_workbook(look.path) if any(sheet.filled)]
    look = replace(look, sheets=tuple(sheet.name for sheet in sheets))
    wanted = [sheet for sheet in sheets if sheet.name in (look.form.sheets or look.sheets)]
    if len(wanted) > 1:
        return look
    found = SheetTable(look.path, wanted[0], look.form)
    return replace(look, form=found.form, headers=found.headers)


def _own(opened: Opened) -> list[FileLook]:
    """Files that tell themselves what they hold."""
    return [
        *(FileLook(file.path, line(file.name or file.path.name), form=file.form) for file in opened.own),
        *(FileLook(file.path, line(file.path.name)) for file in opened.calendars),
    ]


def _foreign(one: Foreign, told: Ours) -> FileLook:
    with Staged(one) as staged:
        questions = staged.prepare(told, is_strict=False)
        kind = BY_TABLE[one.recognised.table]
        fields = one.recognised.fields()
        has_money = "currency" not in fields and any(spec_of(kind, name).kind is Kind.MONEY for name in fields)
        return FileLook(
            path=one.table.path,
            name=one.table.name,
            table=one.recognised.table,
            program=staged.report.program,
            remembered=one.mapping_name,
            columns=one.recognised.columns,
            examples=_examples(one.table),
            questions=tuple(questions),
            understood=tuple(staged.understood),
            people=told.names,
            currency=(one.mapping.currency or told.currency) if has_money else "",
            kept=one.remembered,
            form=one.table.form,
        )


def _examples(table: Tabular) -> tuple[str, ...]:
    columns: list[list[str]] = [[] for _header in table.headers]
    for row in islice(table.rows(), _ROWS):
        for seen, cell in zip(columns, row.values, strict=True):
            if len(seen) < _EXAMPLES and cell.strip() and (shown := line(cell[:_LONGEST])) not in seen:
                seen.append(shown)
    return tuple(" · ".join(seen) for seen in columns)
