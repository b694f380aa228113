"""JSON of other programs: whether an object is a record, or stands around the lists that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.commands import import_own_files as own_files
from crmtui.errors import UsageError
from crmtui.exchange.json_table import JsonTable, lists_in
from crmtui.exchange.mapping.looks import look_at
from crmtui.exchange.mapping.recognise import recognise
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.exchange.json_lines import RecordFile


_SHOWN: Final = 10  # names


def find_lists(file: RecordFile, *, is_asked: bool) -> str:
    """Let the lists in the one object that a file is be read, unless the object is a record itself.

    A record it is where at least as many of the values beside the lists mean something as members of any list.

    Args:
        file: the file.
        is_asked: whether lists are read in any case, since some were named.

    Returns:
        a sentence of what was decided where it could be otherwise, in the user's language; else ''.
    """
    beside, lists = file.outline()
    if not lists:
        return ""
    file.is_inside = True
    lists = lists_in(file)  # each of which is gone through below
    if is_asked or own_files.is_own(file, file.path.stem):
        return ""
    fitting = [_fields_of(JsonTable(file, name, lists)) for name in lists]
    whole = _fields(beside, file.path.stem)
    if whole and whole >= max(fitting):
        file.is_inside = False
        told = _("Read as one record; the lists in it can be chosen to be read instead: {names}.")
        return told.format(names=", ".join(map(line, lists)))
    if beside:
        told = _("What stands beside the lists was left out: {names}.")
        return told.format(names=", ".join(map(line, list(beside)[:_SHOWN])))
    return ""


def _fields_of(table: JsonTable) -> int:
    """How many columns of a table find a field; 0 where it is of no noun."""
    try:
        found = recognise(table.headers, table.stem, looks=look_at(table.rows(), len(table.headers)))
    except UsageError:
        return 0
    return found.placed()


def _fields(values: Mapping[str, Any], stem: str) -> int:
    """The same of the plain values of an object."""
    headers = [name.rpartition(".")[2] for name, value in values.items() if not isinstance(value, list)]
    try:
        return recognise(headers, stem).placed()
    except UsageError:
        return 0
