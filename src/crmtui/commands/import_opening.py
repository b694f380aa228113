"""The files of an import opened: which are our own, which are tables of other programs, and what those hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from crmtui.commands import import_own_files as own_files, import_parts as parts
from crmtui.commands.import_layouts import read_laid_out
from crmtui.commands.import_mappings import NOTHING, FileMapping
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UnknownContentError, UsageError
from crmtui.exchange import portable
from crmtui.exchange.file_form import RECOGNISED, FileForm
from crmtui.exchange.kinds import FileKind, recognise as kind_of
from crmtui.exchange.layout import MOST_NAMED, few
from crmtui.exchange.mapping.looks import look_at
from crmtui.exchange.mapping.recognise import recognise
from crmtui.exchange.mended import without_reasons
from crmtui.exchange.problems import refusal
from crmtui.paths import is_folder
from crmtui.text import _, key, line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
    from pathlib import Path

    from crmtui.commands.import_mappings import Memory
    from crmtui.exchange.calendars.reading import CalendarFile
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.sheets.workbook import Sheet
    from crmtui.exchange.tables import Tabular

NO_FORMS: Final[Mapping[str, FileForm]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file of another program, or a sheet of one.

    Attributes:
        table: its columns and rows.
        recognised: what it was taken for.
        mapping: what was decided about it.
        mapping_name: the file for which that was remembered; '' where nothing was.
        remembered: what was remembered, and may have been decided otherwise now.
    """

    table: Tabular
    recognised: Recognised
    mapping: FileMapping
    mapping_name: str = ""
    remembered: FileMapping = NOTHING


@dataclass(slots=True)
class Opened:
    """The files of an import.

    Attributes:
        foreign: tables of other programs, in the order in which they are written: those that others link to first.
        own: files in our own format.
        calendars: those with events and to-dos.
        sheets: the names of the sheets of each workbook that hold something.
        passed: files that were found and hold nothing that is known, a sentence each.
    """

    foreign: list[Foreign] = field(default_factory=list)
    own: list[own_files.OwnFile] = field(default_factory=list)
    calendars: list[CalendarFile] = field(default_factory=list)
    sheets: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.foreign) + len(self.own) + len(self.calendars)

    def has_rows(self, count: int) -> bool:
        """Whether there are so many rows, cards or entries, which the size of a file does not tell."""
        told = chain(
            *(opened.table.rows() for opened in self.foreign),
            *(file.rows() for file in self.own),
            *(file.entries() for file in self.calendars),
        )
        return len(list(islice(told, count))) == count


def open_files(
    files: Sequence[Path],
    mappings: Mapping[str, FileMapping],
    memory: Memory,
    today: dt.date,
    forms: Mapping[str, FileForm] = NO_FORMS,
    found: AbstractSet[Path] = frozenset(),
) -> Opened:
    """The files, and what they hold.

    Args:
        files: where they are.
        mappings: what was decided about a file, or a sheet of one, by its name; about all of them by ''.
        memory: what was decided about the last files, by their headers.
        today: the day around which series of events are written out.
        forms: how a file, or a sheet of one, is laid out, by its name, where the user knows better; all of them by ''.
        found: those that nobody named: passed over where nobody knows what they hold and nothing is said of it.

    Raises:
        FileProblemError: a file cannot be read, or fits no noun.
        UsageError: a column is named that no file has.
    """
    opening = _Opening(mappings, memory, today, forms)
    for path in files:
        try:
            opening.open(path)
        except UnknownContentError as error:
            problem = refusal(path, str(error))
            if path not in found or any(_is_of(path, name) for name in (*mappings, *forms)):
                raise problem from None
            opening.found.passed.append(_("Passed over: {problem}").format(problem=problem))
        except UsageError as error:
            raise refusal(path, str(error)) from None
    opening.check()
    order = list(BY_TABLE)
    opening.found.foreign.sort(key=lambda opened: order.index(opened.recognised.table))
    return opening.found


class _Opening:
    def __init__(
        self, mappings: Mapping[str, FileMapping], memory: Memory, today: dt.date, forms: Mapping[str, FileForm]
    ) -> None:
        self.found = Opened()
        self._mappings = mappings
        self._memory = memory
        self._today = today
        self._forms = forms

    def check(self) -> None:
        """Refuse columns of all files that none of them has."""
        headers = [header for opened in self.found.foreign for header in opened.table.headers]
        there = set(map(key, headers))
        for_all = self._mappings.get("", NOTHING)
        for header in (*for_all.columns, *_without_column(for_all, there)):
            if key(header) not in there:
                raise UsageError(
                    _("there is no column {header}; there are {headers}").format(
                        header=header, headers=few(headers, MOST_NAMED)
                    )
                )

    def open(self, path: Path) -> None:
        """One more file, or a folder of cards.

        Raises:
            UsageError: what was said of it does not fit, or nobody knows what it holds.
        """
        if is_folder(path):
            self._cards(path)
            return
        kind = kind_of(path, self._form(path).encoding)
        if kind in (FileKind.JSON, FileKind.JSON_LINES):
            self._json(path, by_lines=kind is FileKind.JSON_LINES)
        elif kind is FileKind.WORKBOOK:
            self._workbook(path)
        elif kind is FileKind.CARDS:
            self._cards(path)
        elif kind is FileKind.CALENDAR:
            self._calendar(path)
        else:
            self._table(without_reasons(read_laid_out(path, self._form(path), self._memory)), self._form(path))

    def _form(self, path: Path, sheet: str = "") -> FileForm:
        """What the user said about the sheet, else the file, else all files."""
        found = self._forms.get("", RECOGNISED)
        for name in (path.name, f"{path.name}/{sheet}"):
            found = self._forms.get(name, RECOGNISED).over(found)
        return found

    def _table(self, table: Tabular, form: FileForm) -> None:
        said = replace(self._said(table), form=form._replace(sheets=()))
        if portable.table_of(table.headers, table.stem) and not said.kind:
            self.found.own.append(own_files.open_table(table))
        else:
            self._foreign(table, said)

    def _json(self, path: Path, *, by_lines: bool) -> None:
        """Records of ours, or else a table of each list."""
        from crmtui.commands.import_json import find_lists
        from crmtui.exchange.json_lines import read_records
        from crmtui.exchange.json_table import JsonTable, lists_in

        file = read_records(path, by_lines=by_lines, encoding=self._form(path).encoding)
        wanted = self._form(path).sheets
        told = find_lists(file, is_asked=bool(wanted))
        if own_files.is_own(file, path.stem):
            self.found.own.append(own_files.open_json(file))
            return
        names = lists_in(file)
        opened: list[JsonTable] = []
        left_out: list[tuple[str, str]] = []
        if any(names):
            self.found.sheets[path] = tuple(names)
            there = _("there is no list {name} with objects in it; there are {names}")
            parts.refuse_unknown(path, wanted, names, there)
        for name in names:
            if any(names) and wanted and key(name) not in map(key, wanted):
                left_out.append((name, _("it was not chosen")))
                continue
            table = JsonTable(file, name, names)
            try:
                self._foreign(table, self._said(table))
            except UsageError as error:
                if wanted:  # what was asked for is not passed over
                    raise refusal(path, str(error)) from None
                left_out.append((name, str(error)))
            else:
                opened.append(table)
        if not opened:
            raise UnknownContentError(left_out[0][1])
        opened[0].tells_problems = True
        without = _("List {name} was left out: {why}")
        opened[0].notes.extend(without.format(name=line(name), why=why) for name, why in left_out)
        opened[0].notes += [told] if told else []

    def _calendar(self, path: Path) -> None:
        from crmtui.exchange.calendars.reading import read_calendar

        self.found.calendars.append(read_calendar(path, self._today, self._form(path).encoding))

    def _cards(self, path: Path) -> None:
        from crmtui.exchange.cards.table import files_in, open_cards

        for table in open_cards(path, files_in(path) if is_folder(path) else [path], self._form(path).encoding):
            said = replace(self._said(table), kind="")
            recognised = recognise(table.headers, table.stem, table=table.noun, wanted=said.columns)
            self.found.foreign.append(Foreign(table, recognised, said))

    def _said(self, table: Tabular) -> FileMapping:
        """What the user said about a table: about the sheet, else its file, else all files."""
        there = {key(header): header for header in reversed(table.headers)}
        for_all = self._mappings.get("", NOTHING)
        found = replace(
            for_all,
            columns={name: one for name, one in for_all.columns.items() if key(name) in there},
            units={there[key(name)]: unit for name, unit in for_all.units.items() if key(name) in there},
            words={(there[key(name)], cell): one for (name, cell), one in for_all.words.items() if key(name) in there},
        )
        for name in (table.path.name, table.name):
            found = self._mappings.get(name, NOTHING).over(found)
        return found

    def _foreign(self, table: Tabular, said: FileMapping) -> None:
        known = self._memory.of(table.headers) if table.has_header else None
        mapping = said.over(known[1]) if known else said
        recognised = recognise(
            table.headers,
            table.stem,
            table=mapping.kind,
            wanted=mapping.columns,
            name=table.name,
            looks=look_at(table.rows(), len(table.headers)),
            among=lambda: _nouns_of(table),
        )
        if not recognised.form:  # no list of ours has the signs of a program
            from crmtui.commands.import_own_views import without_figures

            recognised = without_figures(recognised, table.stem)
        self.found.foreign.append(Foreign(table, recognised, mapping, *(known or ())))

    def _workbook(self, path: Path) -> None:
        """The sheets that hold a noun; those that do not are told where others do."""
        from crmtui.exchange.sheets.table import SheetTable
        from crmtui.exchange.sheets.workbook import open_workbook

        sheets = [sheet for sheet in open_workbook(path) if any(sheet.filled)]
        shown = [sheet for sheet in sheets if self._is_wanted(path, sheet)]
        names = [sheet.name for sheet in sheets]
        told = _("there is no sheet {name} with anything in it; there are {names}")
        parts.refuse_unknown(path, self._form(path).sheets, names, told)
        if len(shown) > 1 and self._mappings.get(path.name, NOTHING).kind:
            raise refusal(path, parts.which(path, shown))
        self.found.sheets[path] = tuple(sheet.name for sheet in sheets)
        why = _("it was not chosen") if self._form(path).sheets else _("it is hidden")
        left_out = [(sheet.name, why) for sheet in sheets if sheet not in shown]
        opened: list[Tabular] = []
        for sheet in shown:
            form = self._form(path, sheet.name)
            try:
                table = without_reasons(SheetTable(path, sheet, form))
                if portable.table_of(table.headers, table.stem):
                    table = without_reasons(SheetTable(path, sheet, form, is_exact=True))
                self._table(table, form)
            except UsageError as error:
                if self._is_named(path, sheet) or self._form(path).sheets:  # what was asked for is not passed over
                    raise refusal(path, f"{line(sheet.name)}: {error}") from None
                left_out.append((sheet.name, str(error)))
            else:
                opened.append(table)
        if not opened:
            raise UnknownContentError(left_out[0][1] if len(left_out) == 1 else parts.no_table(left_out))
        opened[0].notes.extend(parts.told(left_out))

    def _is_wanted(self, path: Path, sheet: Sheet) -> bool:
        """Whether it is one of those that were chosen; else whether it is shown, or something was said about it."""
        if wanted := self._form(path).sheets:
            return key(sheet.name) in map(key, wanted)
        return not sheet.is_hidden or self._is_named(path, sheet)

    def _is_named(self, path: Path, sheet: Sheet) -> bool:
        name = f"{path.name}/{sheet.name}"
        return name in self._mappings or name in self._forms


def _nouns_of(table: Tabular) -> Sequence[str]:
    """What it may hold where no program tells, if it may be a list of ours."""
    from crmtui.commands.import_own_views import nouns_of

    return nouns_of(table.headers, table.stem)


def _is_of(path: Path, name: str) -> bool:
    """Whether what is said by a name is said of a file, or of a sheet of it."""
    return name == path.name or name.startswith(f"{path.name}/")


def _without_column(mapping: FileMapping, there: AbstractSet[str]) -> Iterator[str]:
    """Columns that no file has of whose words something is said; a colon in one may be read as its end."""
    named = {name for name, _cell in mapping.words}
    found = {name for name in named if key(name) in there}
    for name in named - found:
        if not any(name.startswith(f"{other}:") or other.startswith(f"{name}:") for other in found):
            yield name
