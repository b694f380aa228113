"""The one table of a file, whatever its format, for who asks for a table and no records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.values import quoted
from crmtui.exchange.file_form import RECOGNISED, FileForm
from crmtui.exchange.kinds import FileKind, recognise
from crmtui.exchange.problems import refusal
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.exchange.tables import Tabular


def open_table(path: Path, form: FileForm = RECOGNISED) -> Tabular:
    """The table in a file: the sheet or list that the form names, else the only one that holds something.

    Raises:
        FileProblemError: the file cannot be read, holds no table, or several and none is named.
    """
    kind = recognise(path, form.encoding)
    if kind in (FileKind.CARDS, FileKind.CALENDAR):
        raise refusal(path, _("this is no table; save it as CSV, XLSX or JSON"))
    if kind is FileKind.WORKBOOK:
        return _sheet(path, form)
    if kind is FileKind.TABLE:
        from crmtui.exchange.reading import read_table

        return read_table(path, form)
    return _list(path, form, by_lines=kind is FileKind.JSON_LINES)


def _sheet(path: Path, form: FileForm) -> Tabular:
    from crmtui.exchange.sheets.table import SheetTable
    from crmtui.exchange.sheets.workbook import open_workbook

    filled = {sheet.name: sheet for sheet in open_workbook(path) if any(sheet.filled)}
    shown = {name: sheet for name, sheet in filled.items() if form.sheets or not sheet.is_hidden}
    return SheetTable(path, shown[_only(path, list(shown), form)], form)


def _list(path: Path, form: FileForm, *, by_lines: bool) -> Tabular:
    from crmtui.exchange.json_lines import read_records
    from crmtui.exchange.json_table import JsonTable, lists_in

    file = read_records(path, by_lines=by_lines, encoding=form.encoding)
    names = lists_in(file)
    table = JsonTable(file, _only(path, names, form), names)
    table.tells_problems = True
    return table


def _only(path: Path, names: Sequence[str], form: FileForm) -> str:
    """The sheet or list that is named, or the only one."""
    if not names:
        raise refusal(path, _("there is no table in it; is this the right file?"))
    wanted = [name for name in names if not form.sheets or key(name) in map(key, form.sheets)]
    if len(wanted) != 1:
        told = _("it holds {names}; name one of them with --sheet")
        raise refusal(path, told.format(names=", ".join(map(quoted, names))))
    return wanted[0]
