"""The objects of a JSON file of another program as tables: one of each list that has a name, one of all otherwise."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.exchange.file_form import FileForm
from crmtui.exchange.layout import MOST_COLUMNS, too_wide, unique_names
from crmtui.exchange.problems import Problem, refusal
from crmtui.exchange.reading import Row
from crmtui.text import _, key, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.exchange.json_lines import RecordFile

MOST_LISTS: Final = 50
# Lists of e-mail addresses and telephones, and what their members are called that tell these and their kinds.
_LISTS: Final = frozenset({"phones", "phonenumbers", "telephones", "telefoni", "emails", "emailaddresses"})
_VALUES: Final = frozenset({"number", "value", "phone", "email", "address", "mail"})
_TYPES: Final = frozenset({"type", "label", "kind"})
_PARTS: Final = " ::: "  # as Google parts several in a cell
_GROUP: Final = 3  # digits: a number with as many decimals could be one of thousands


class JsonTable:
    """Objects as a table (`exchange.tables.Tabular`); each column is called as the member is, wherever it stands.

    Args:
        file: the objects.
        kind: the name of the list that they stand in; '' where lists have no names.
        kinds: the names of all lists in the file.

    Attributes:
        tells_problems: whether it tells what is no object in the file, also in other lists: one of its tables does.
    """

    def __init__(self, file: RecordFile, kind: str, kinds: Sequence[str]) -> None:
        self.path: Path = file.path
        self.stem = line(kind.rpartition(".")[2]) or file.path.stem
        self.name = f"{line(file.path.name)}/{line(kind)}" if kinds[1:] else line(file.path.name)
        self.notes: list[str] = [*file.notes]
        self.problems: list[Problem] = []
        self.form = FileForm(file.encoding)
        self.has_header = True
        self._file = file
        self._kind = kind
        self.tells_problems = False
        self._places: dict[tuple[str, ...], int] = {}
        self.headers = self._headers()

    def _headers(self) -> tuple[str, ...]:
        """The members of all objects, in the order in which they come; inner ones with the outer before, if need be."""
        for number, values in self._records():
            for path, _value in _flat(values):
                self._places.setdefault(path, len(self._places))
            if len(self._places) > MOST_COLUMNS:
                raise too_wide(self.path, len(self._places), number)
        last = Counter(path[-1] for path in self._places)
        wanted = [path[-1] if last[path[-1]] == 1 else ": ".join(path) for path in self._places]
        names, mended = unique_names(wanted)
        self.notes += mended
        return names

    def _records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for record in self._file.rows():
            if record.kind == self._kind:
                yield record.line, record.values

    def rows(self) -> Iterator[Row]:
        """The objects as rows; these are told apart by their numbers, since a whole file may be one line."""
        for number, (_line, values) in enumerate(self._records(), 1):
            cells = [""] * len(self.headers)
            for path, value in _flat(values):
                cells[self._places[path]] = _cell(value)
            yield Row(number, tuple(cells))
        told = self._file.problems if self.tells_problems else ()
        self.problems = [replace(one, place=_("line {line}").format(line=one.line)) for one in told]

    def place(self, line: int) -> str:
        """The number of an object."""
        return _("object {number}").format(number=line)


def lists_in(file: RecordFile) -> list[str]:
    """The names of the lists in a file, in their order; '' for a list without one.

    Raises:
        FileProblemError: there are more than can be read; the file is gone through for each of them.
    """
    found = list(dict.fromkeys(record.kind for record in file.rows()))
    if len(found) > MOST_LISTS:
        told = _("{count} lists are more than the {most} that can be read; is this the right file?")
        raise refusal(file.path, told.format(count=len(found), most=MOST_LISTS))
    return found


def _flat(values: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The members of an object and of those in it, each with the names that lead there."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, (*before, name))
        elif told := _addresses(name, value):
            yield from (((*before, column), cell) for column, cell in told.items())
        else:
            yield (*before, name), value


def _addresses(name: str, value: object) -> dict[str, str]:
    """E-mail addresses or telephones in a list of objects, and their kinds, as cells; none where it is another list."""
    if key(name) not in _LISTS or not isinstance(value, list) or not value:
        return {}
    items = [one for one in value if isinstance(one, dict) and _VALUES & one.keys() and one.keys() <= _VALUES | _TYPES]
    if len(items) < len(value):
        return {}
    columns = ((name, _VALUES), (f"{name} type", _TYPES))
    cells = {
        column: [next((_cell(one[of]) for of in one if of in names), "") for one in items] for column, names in columns
    }
    return {column: _PARTS.join(told) for column, told in cells.items() if any(told)}


def _cell(value: object) -> str:
    """A value as a cell; of several that stand in a list each one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "; ".join(filter(None, map(_cell, value)))
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """A number of which nobody can take the point for one that parts thousands."""
    told = repr(value)
    return f"{told}0" if len(told.partition(".")[2]) == _GROUP and "e" not in told else told
